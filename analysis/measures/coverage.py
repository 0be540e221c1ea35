"""Coverage: of what there is no evidence, so that a zero is never mistaken for silence.

Reads the coded tables of a corpus; returns one row per group and measure, numerator and denominator beside each share.
Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.codebook.load import Codebook
from analysis.coding.evaluations.methods import is_clear, select_evaluations
from analysis.coding.frames.methods import select_frames
from analysis.contracts.errors import UsageError
from analysis.contracts.tables import Tables

GROUPS = ("outlet", "article_id")
MEASURES = {
    "sentences_without_mention": "sentences in which no actor is mentioned",
    "sentences_without_frame": "sentences without evidence of any frame",
    "actors_not_found": "actors of the codebook that are never mentioned",
    "actors_without_quote": "actors mentioned who say nothing",
    "actors_without_judgement": "actors mentioned of whom no evaluation is clear",
    "mentions_without_evaluation": "actors of a sentence, a mention at least each, on whom no evaluation stands there",
    "evaluations_not_clear": "evaluations that are neither clearly negative nor clearly positive",
    "quotes_without_speaker": "quotes whose speaker was not found",
    "deeds_without_doer": "deeds without an actor who does them",
}
"""Measures in the order of the table, and what their numerator counts."""
COLUMNS = ["measure", "n_missing", "n", "share"]


def coverage(
    tables: Tables,
    *,
    codebook: Codebook,
    by: Sequence[str] = (),
    method: str | None = None,
    captions: bool = False,
) -> pd.DataFrame:
    """Count what was looked at and shows nothing.

    Parameters
    ----------
    tables : Tables
        All tables of a coded corpus.
    codebook : Codebook
        The actors that were looked for. Actors that it does not list count as mentioned, never as missing.
    by : sequence of {"outlet", "article_id"}
        Groups; the whole corpus when left out. An actor counts once per group.
    method : str, optional
        Whose evaluations; by default as `select_evaluations` chooses.
    captions : bool, default False
        Count sentences of captions, as when the corpus was coded with them.

    Returns
    -------
    DataFrame
        The columns `by`, then `COLUMNS`: ``measure`` (`MEASURES`), ``n_missing`` of ``n``, and ``share`` [0, 1], NaN
        where ``n`` is 0: of nothing there is no share. Sorted by group, measures in their order.

    Raises
    ------
    UsageError
        For an unknown group.

    Notes
    -----
    Nothing found is not the same as nothing there: the share says how much of the text a chart cannot speak of, whether
    the coder missed it or the author did not write it.

    References
    ----------
    Krippendorff, K. (2018). *Content analysis* (4th ed.). Sage. On missing data and the units of analysis.
    """
    if unknown := [name for name in by if name not in GROUPS]:
        raise UsageError(f"coverage: unknown group '{unknown[0]}'; use {' or '.join(GROUPS)}")
    keys = list(by)
    groups = tables.articles[keys].drop_duplicates().sort_values(keys) if keys else pd.DataFrame(index=[0])
    rows = []
    for group in groups.to_dict("records"):
        articles = tables.articles
        for column, value in group.items():
            articles = articles[articles[column].isna() if pd.isna(value) else articles[column] == value]
        missing = _list_missing(tables, set(articles["article_id"]), codebook, method, captions=captions)
        for measure in MEASURES:
            is_missing = missing[measure]
            n_missing, n = int(is_missing.sum()), len(is_missing)
            share = n_missing / n if n else float("nan")
            rows.append({**group, "measure": measure, "n_missing": n_missing, "n": n, "share": share})
    return pd.DataFrame(rows, columns=[*keys, *COLUMNS])


def _list_missing(
    tables: Tables, article_ids: set[str], codebook: Codebook, method: str | None, *, captions: bool
) -> dict[str, pd.Series[bool]]:
    """Per measure, for each unit of these articles, whether it is one of which there is no evidence."""

    def take(table: pd.DataFrame) -> pd.DataFrame:
        return table[table["article_id"].isin(article_ids)]

    sentences, mentions, quotes, actions = map(take, (tables.sentences, tables.mentions, tables.quotes, tables.actions))
    judged, frames = take(select_evaluations(tables.evaluations, method)), take(select_frames(tables.frames))
    if not captions:
        sentences = sentences[sentences["part"] != "caption"]
    places = _places(sentences)
    counted = mentions[_places(mentions).isin(places)]
    actors = pd.Series(sorted(set(mentions["actor_id"])), dtype="str")
    clear = judged[is_clear(judged)]
    return {
        "sentences_without_mention": _is_absent(places, _places(mentions)),
        "sentences_without_frame": _is_absent(places, _places(frames)),
        "actors_not_found": ~pd.Series(list(codebook.actors), dtype="str").isin(set(actors)),
        "actors_without_quote": ~actors.isin(set(quotes["source_id"].dropna())),
        "actors_without_judgement": ~actors.isin(set(clear["target_id"])),
        "mentions_without_evaluation": _is_absent(
            _judged_places(counted, "actor_id"), _judged_places(judged, "target_id")
        ),
        "evaluations_not_clear": ~is_clear(judged),
        "quotes_without_speaker": quotes["source_id"].isna(),
        "deeds_without_doer": actions["agent_id"].isna(),
    }


def _judged_places(table: pd.DataFrame, actor: str) -> pd.Series[str]:
    """Article, sentence and actor of each row, as one key, each once."""
    return (_places(table) + "\t" + table[actor].astype(str)).drop_duplicates()


def _places(table: pd.DataFrame) -> pd.Series[str]:
    """Article and sentence of each row, as one key."""
    return table["article_id"].astype(str) + "\n" + table["sentence_id"].astype(str)


def _is_absent(places: pd.Series[str], found: pd.Series[str]) -> pd.Series[bool]:
    return ~places.isin(set(found))
