"""The planted slants of the teaching corpus, by the machine and by gold codes.

Reads the tables of the coded teaching corpus (``data/teaching``, constructed) and its gold coding, by language models;
returns a row per statement of its README: the difference with its interval by either. The table of
``docs/validation.md`` is printed by ``python -m analysis.validation slants``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.codebook.load import Codebook, load_codebook
from analysis.contracts.paths import CODEBOOKS, DATA
from analysis.contracts.tables import Tables
from analysis.corpus import load_articles
from analysis.measures import article_units
from analysis.measures.comparison import OTHERS, compare
from analysis.runs.cache import code_once

TEACHING = DATA / "teaching"
VICTIMS = ("akkerman", "fatima_ouali", "van_rossum", "lamers", "de_wit", "cor_blok")
"""Those whose names the regional paper gives (S5)."""
SECOND_WEEK = "2025-03-10"
KINDS = ["n_direct", "n_partial", "n_indirect"]
DRAWS = 5000
"""Bootstrap draws, as in the README of the corpus."""


class Statement(NamedTuple):
    """What the README says of one group of articles.

    Attributes
    ----------
    units, measure : str
        Which units (`units_of_machine`), and their number.
    about : str
        The actor or frame; empty where all units count.
    group, other : str
        The outlet that departs and the one it is set against, ``others`` for the other four; or ``second week``.
    sign : int
        -1 or 1 for a slant, 0 for a non-difference.
    """

    units: str
    measure: str
    about: str
    group: str
    other: str
    sign: int


STATEMENTS: Mapping[str, Statement] = {
    "S1": Statement("tone", "tone", "het_tij", "ochtendwacht", OTHERS, -1),
    "S2": Statement("frames", "carried", "economic", "ochtendwacht", OTHERS, 1),
    "S3": Statement("tone", "tone", "norvelin", "klaroen", OTHERS, -1),
    "S4": Statement("frames", "carried", "human_interest", "veerblad", OTHERS, 1),
    "S5": Statement("names", "n_named", "", "veerblad", OTHERS, 1),
    "S6": Statement("tone", "is_toned", "", "pdn", OTHERS, -1),
    "S7": Statement("voices", "spoken", "authorities", "courier", OTHERS, 1),
    "S8": Statement("tone", "tone", "norvelin", "second week", OTHERS, -1),
    "N1": Statement("tone", "tone", "stouthart", "klaroen", OTHERS, 0),
    "N2": Statement("tone", "tone", "fire_brigade", "veerblad", OTHERS, 0),
    "N3": Statement("tone", "tone", "fire_brigade", "second week", OTHERS, 0),
    "N4": Statement("frames", "carried", "conflict", "pdn", "courier", 0),
    "N5": Statement("quotes", "n_quotes", "", "ochtendwacht", "klaroen", 0),
}
"""Statements of data/teaching/README.md, by their id."""


def units_of_machine(tables: Tables, codebook: Codebook) -> dict[str, pd.DataFrame]:
    """Units of every kind from the coder's tables: tone, frames, names, voices, quotes."""
    voices = article_units.quotes_of_articles(tables, codebook=codebook, speakers=["authorities"])
    counts = voices.groupby("article_id").size()
    articles = tables.articles[article_units.ABOUT]
    return {
        "tone": article_units.tone_of_articles(tables, codebook=codebook),
        "frames": article_units.frames_of_articles(tables, frame_ids=list(codebook.frames)),
        "names": article_units.names_of_articles(tables, codebook=codebook, actors=VICTIMS),
        "voices": voices,
        "quotes": articles.assign(n_quotes=counts.reindex(articles["article_id"], fill_value=0).to_numpy(float)),
    }


def units_of_gold(articles: pd.DataFrame, *, coder: str = "gold") -> dict[str, pd.DataFrame]:
    """The same units from the coding of a coder: ``gold``, ``coder_a`` or ``coder_b``."""
    folder = TEACHING / "coding" / coder
    tone, voices, frames = (pd.read_csv(folder / f"{kind}.csv") for kind in ("tone", "voices", "frames"))
    about = articles[article_units.ABOUT]
    tone = tone.assign(tone=tone["tone"].astype(float), is_toned=(tone["tone"] != 0).astype(float))
    spoken = voices.loc[voices.index.repeat(voices[KINDS].sum(axis=1))]
    spoken = spoken.assign(spoken=(spoken["role"] == "official").astype(float), actor_id="authorities")
    named = tone[tone["actor_id"].isin(VICTIMS)].groupby("article_id").size()
    quotes = spoken.groupby("article_id").size()
    counted = {
        name: about.assign(**{column: counts.reindex(about["article_id"], fill_value=0).to_numpy(float)})
        for name, column, counts in (("names", "n_named", named), ("quotes", "n_quotes", quotes))
    }
    carried = frames.melt("article_id", var_name="frame_id", value_name="carried")
    coded = {"tone": tone, "voices": spoken, "frames": carried.astype({"carried": "float64"})}
    return counted | {name: table.merge(about, on="article_id") for name, table in coded.items()}


def measure_slants(units: Mapping[str, pd.DataFrame], *, seed: int = 20250316) -> pd.DataFrame:
    """Every statement measured.

    Parameters
    ----------
    units : mapping of str to DataFrame
        From `units_of_machine` or `units_of_gold`.
    seed : int
        Where chance begins, anew for each statement.

    Returns
    -------
    DataFrame
        ``id``, ``difference``, ``ci_low``, ``ci_high`` (95 %, articles drawn within each group), ``n_articles_a``,
        ``n_articles_b``, ``is_right``: a slant excludes zero on the stated side, a non-difference does not exclude it.
    """
    rows = []
    for name, said in STATEMENTS.items():
        table = units[said.units]
        if said.about:
            table = table[table["frame_id" if said.units == "frames" else "actor_id"] == said.about]
        if said.group == "second week":
            in_group = table["published"] >= SECOND_WEEK
        else:
            in_group = table["outlet"] == said.group
            if said.other != OTHERS:
                table = table[table["outlet"].isin([said.group, said.other])]
        side = in_group.reindex(table.index).map({True: "a", False: "b"})
        found = compare(
            table.assign(side=side), said.measure, group="side", rng=np.random.default_rng(seed), n_draws=DRAWS
        )
        row = found.iloc[0]
        excludes = np.sign(row["ci_low"]) * (row["ci_low"] * row["ci_high"] > 0)
        rows.append(
            {"id": name, **row[["difference", "ci_low", "ci_high", "n_articles_a", "n_articles_b"]].to_dict(),
             "is_right": bool(excludes == said.sign)}
        )  # fmt: skip
    return pd.DataFrame(rows)


def code_teaching() -> tuple[Tables, Codebook]:
    """The teaching corpus as the coder codes it, and its codebook."""
    codebook = load_codebook(CODEBOOKS / "teaching.yaml")
    return code_once(load_articles(TEACHING / "articles"), codebook), codebook


def write_table(machine: pd.DataFrame, gold: pd.DataFrame) -> str:
    """Both as a table in Markdown."""
    lines = [
        "| id | gold | 95 % | machine | 95 % | articles | as planted |",
        "|---|---|---|---|---|---|---|",
    ]
    for by_gold, by_machine in zip(gold.to_dict("records"), machine.to_dict("records"), strict=True):
        cells = [cell for row in (by_gold, by_machine) for cell in (f"{row['difference']:+.2f}", _interval(row))]
        n = f"{by_machine['n_articles_a']}, {by_machine['n_articles_b']}"
        verdict = "-" if pd.isna(by_machine["ci_low"]) else "yes" if by_machine["is_right"] else "no"
        lines.append(f"| {' | '.join([by_gold['id'], *cells, n, verdict])} |")
    return "\n".join(lines) + "\n"


def _interval(row: Mapping[Any, Any]) -> str:
    """In words; none where a group has too few articles for one."""
    return "-" if pd.isna(row["ci_low"]) else f"{row['ci_low']:+.2f} to {row['ci_high']:+.2f}"


def main() -> None:
    """Print the table."""
    tables, codebook = code_teaching()
    machine = measure_slants(units_of_machine(tables, codebook))
    print(write_table(machine, measure_slants(units_of_gold(tables.articles))), end="")
