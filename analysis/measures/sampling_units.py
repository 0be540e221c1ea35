"""Units that people code: a mention in its sentence, a sentence and a frame, an article and an actor.

Reads the tables of a coded corpus; returns one row per unit with the machine's code and how sure it was, and adds the
text that a coder sees. Keys are made of keys of the tables, so that a code finds its way back to the words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.coding.evaluations.methods import CLEAR, select_evaluations
from analysis.coding.frames.methods import select_frames
from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.tables import Tables
from analysis.corpus.selection import keep_once

UNITS = ("evaluation", "sentence", "article")
NEUTRAL_WITHIN = 0.05
"""Polarity up to which an evaluation without probabilities is neutral: VADER's bound (Hutto & Gilbert 2014)."""
UNCERTAINTY_STEPS = (0.2, 0.4)
"""Bounds of low, medium and high uncertainty: the most probable class has over 0.8, over 0.6, or less."""
_COLUMNS = (
    "unit", "variable", "article_id", "sentence_id", "actor_id", "frame_id", "source_id", "start", "end",
    "outlet", "language", "published", "predicted", "score", "uncertainty", "uncertainty_level", "method",
)  # fmt: skip
_TEXTS = ("unit", "variable", "article_id", "actor_id", "frame_id", "source_id", "outlet", "language", "published",
          "uncertainty_level", "method")  # fmt: skip


def sampling_columns() -> list[str]:
    """Columns of `list_units`, in order."""
    return list(_COLUMNS)


def list_units(
    tables: Tables,
    *,
    unit: str = "evaluation",
    actors: Sequence[str] | None = None,
    frames: Sequence[str] | None = None,
    method: str | None = None,
    captions: bool = False,
    repeats: bool = False,
) -> pd.DataFrame:
    """Every unit of a coded corpus, with the machine's code.

    Parameters
    ----------
    tables, unit, actors, frames, method, captions, repeats
        As for `analysis.measures.sampling.draw_sample`.

    Returns
    -------
    DataFrame
        Sorted by ``unit``, a key: the mention_id, ``<article_id>:s<sentence_id>:<frame_id>`` or
        ``<article_id>:actor:<actor_id>``. ``start`` and ``end`` are offsets in the article. ``predicted`` is the
        machine's class (-1, 0, 1: the sign where polarity or tone is clear, `CLEAR`; for a frame 0 or 1; empty without
        evidence), ``score`` its number, ``uncertainty`` one minus the probability of the most probable class (for an
        article: the mean over its evaluations of the actor; empty where the method gives no probabilities).

    Raises
    ------
    UsageError
        For an unknown unit, or `actors` with sentences, or `frames` with another unit.
    InputError
        When a frame or an actor named does not occur.
    """
    if unit not in UNITS:
        raise UsageError(f"sample: unknown unit '{unit}'; use one of {', '.join(UNITS)}")
    if (actors is not None and unit == "sentence") or (frames is not None and unit != "sentence"):
        raise UsageError("sample: `actors` goes with the units evaluation and article, `frames` with sentence")
    listing: dict[str, Callable[[], pd.DataFrame]] = {
        "evaluation": lambda: _list_evaluations(tables, method),
        "sentence": lambda: _list_sentences(tables, frames, captions),
        "article": lambda: _list_articles(tables, method),
    }
    units = listing[unit]() if repeats else keep_once(listing[unit](), tables.articles)
    if actors is not None:
        if missing := sorted(set(actors) - set(units["actor_id"])):
            raise InputError(f"sample: no {unit} is about {', '.join(missing)}; check the ids, or leave them out")
        units = units[units["actor_id"].isin(list(actors))]
    about = tables.articles[["article_id", "outlet", "language", "published"]]
    units = units.merge(about, on="article_id", how="left", validate="many_to_one")
    units["uncertainty_level"] = units["uncertainty"].map(name_uncertainty)
    units = units.reindex(columns=list(_COLUMNS)).astype(dict.fromkeys(_TEXTS, "str"))
    whole = dict.fromkeys(("sentence_id", "start", "end", "predicted"), "Int64")
    units = units.astype({**whole, "score": "float64", "uncertainty": "float64"})
    return units.sort_values("unit", kind="stable", ignore_index=True)


def name_uncertainty(uncertainty: float) -> str:
    """Low, medium or high; unknown where the method gave no probabilities.

    Examples
    --------
    >>> [name_uncertainty(value) for value in (0.19, 0.2, 0.5, float("nan"))]
    ['low', 'medium', 'high', 'unknown']
    """
    if np.isnan(uncertainty):
        return "unknown"
    low, medium = UNCERTAINTY_STEPS
    return "low" if uncertainty < low else "medium" if uncertainty < medium else "high"


def _list_evaluations(tables: Tables, method: str | None) -> pd.DataFrame:
    judged = select_evaluations(tables.evaluations, method)
    if method is not None and judged.empty:
        raise InputError(f"sample: no evaluation is by the method '{method}'; code with it, or name another")
    likeliest = judged[["p_negative", "p_neutral", "p_positive"]].max(axis=1)
    bound = likeliest.notna().map({True: CLEAR - 1e-9, False: NEUTRAL_WITHIN})
    rows = judged.assign(
        predicted=np.sign(judged["polarity"]) * (judged["polarity"].abs() > bound),
        score=judged["polarity"],
        uncertainty=1 - likeliest,
    )
    # Where two voices judge one mention (the lexicon only), the unit is still the mention, and the stronger counts.
    rows = rows.assign(strength=-rows["polarity"].abs()).sort_values(["strength", "evaluation_id"], kind="stable")
    rows = rows.merge(
        tables.mentions[["mention_id", "sentence_id"]].rename(columns={"mention_id": "target_mention_id"}),
        on=["target_mention_id", "sentence_id"],
    )  # who is judged where no mention stands is no unit: there is nothing to point at
    rows = rows.drop_duplicates("target_mention_id").rename(
        columns={"target_mention_id": "unit", "target_id": "actor_id"}
    )
    places = tables.mentions[["mention_id", "start", "end"]].rename(columns={"mention_id": "unit"})
    rows = rows.merge(places, on="unit", how="left", validate="one_to_one")
    return rows.assign(variable="polarity", frame_id=None)


def _list_sentences(tables: Tables, frames: Sequence[str] | None, captions: bool) -> pd.DataFrame:
    known = sorted(
        {column.removeprefix("frame_") for column in tables.features.columns if column.startswith("frame_")}
        | set(tables.frames["frame_id"])
    )
    chosen = known if frames is None else list(frames)
    if missing := sorted(set(chosen) - set(known)):
        raise InputError(
            f"sample: no frame {', '.join(missing)} in these tables; they have {', '.join(known) or 'none'}"
        )
    sentences = tables.sentences if captions else tables.sentences[tables.sentences["part"] != "caption"]
    grid = sentences[["article_id", "sentence_id", "start", "end"]].merge(
        pd.DataFrame({"frame_id": pd.Series(chosen, dtype="str")}), how="cross"
    )
    keys = ["article_id", "sentence_id", "frame_id"]
    found = (
        select_frames(tables.frames)
        .sort_values("method")
        .groupby(keys, as_index=False)
        .agg(score=("score", "max"), method=("method", "first"))
    )
    rows = grid.merge(found.assign(is_yes=1.0), on=keys, how="left")
    rows["score"] = rows["score"].fillna(0.0)
    rows["method"] = rows["method"].fillna(min(found["method"], default="patterns"))
    rows["unit"] = rows["article_id"] + ":s" + rows["sentence_id"].astype("str") + ":" + rows["frame_id"]
    return rows.assign(
        variable=rows["frame_id"], actor_id=None, source_id=None, uncertainty=np.nan,
        predicted=rows["is_yes"].fillna(0.0).astype(int),  # a row of the table is a yes, whatever its probability
    )  # fmt: skip


def _list_articles(tables: Tables, method: str | None) -> pd.DataFrame:
    judged = select_evaluations(tables.evaluations, method)
    if method is not None and judged.empty:
        raise InputError(f"sample: no evaluation is by the method '{method}'; code with it, or name another")
    doubts = judged[["article_id"]].assign(
        actor_id=judged["target_id"], uncertainty=1 - judged[["p_negative", "p_neutral", "p_positive"]].max(axis=1)
    )
    doubts = doubts.groupby(["article_id", "actor_id"]).mean().reset_index()
    rows = tables.features[["article_id", "actor_id", "tone"]].merge(doubts, how="left", on=["article_id", "actor_id"])
    lengths = dict(zip(tables.articles["article_id"], tables.articles["text"].str.len(), strict=True))
    sign = np.sign(rows["tone"]) * (rows["tone"].abs() >= CLEAR)
    return rows.assign(
        unit=rows["article_id"] + ":actor:" + rows["actor_id"], variable="tone", frame_id=None, source_id=None,
        sentence_id=None, start=0, end=rows["article_id"].map(lengths), predicted=sign, score=rows["tone"],
        method=judged["method"].iloc[0] if len(judged) else None,
    )  # fmt: skip


def add_context(units: pd.DataFrame, tables: Tables, *, context: int = 2) -> pd.DataFrame:
    """Add what a coder sees of each unit.

    Parameters
    ----------
    units : DataFrame
        Rows of `list_units`.
    tables : Tables
        The tables they come from.
    context : int, default 2
        Sentences before and after the sentence of the unit.

    Returns
    -------
    DataFrame
        With ``headline``, ``before``, ``text`` (the sentence, or the whole article), ``after``, and ``mark_start`` and
        ``mark_end``: the mention, in ``text``; empty where no words are marked.

    Raises
    ------
    UsageError
        When `context` is negative.
    """
    if context < 0:
        raise UsageError(f"sample: context must be 0 or more, not {context}")
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    headlines = dict(zip(tables.articles["article_id"], tables.articles["headline"], strict=True))
    asked = tables.sentences[tables.sentences["article_id"].isin(set(units["article_id"]))].sort_values("sentence_id")
    sentences = {
        str(article_id): (group["sentence_id"].tolist(), group["start"].tolist(), group["end"].tolist())
        for article_id, group in asked.groupby("article_id", sort=False)
    }
    shown: list[dict[str, Any]] = []
    for article_id, sentence_id, start, end, actor_id in zip(
        units["article_id"], units["sentence_id"], units["start"], units["end"], units["actor_id"], strict=True
    ):
        text = str(texts[article_id])
        row: dict[str, Any] = {"headline": headlines[article_id], "before": None, "text": text, "after": None}
        row |= {"mark_start": None, "mark_end": None}
        if pd.notna(sentence_id):
            ids, starts, ends = sentences[str(article_id)]
            place = ids.index(sentence_id)
            first, last = starts[place], ends[place]
            row["before"] = text[starts[max(place - context, 0)] : first].strip() or None
            row["text"] = text[first:last]
            row["after"] = text[last : ends[min(place + context, len(ids) - 1)]].strip() or None
            if pd.notna(actor_id):
                row |= {"mark_start": int(start) - first, "mark_end": min(int(end), last) - first}
        shown.append(row)
    columns = ["headline", "before", "text", "after", "mark_start", "mark_end"]
    added = pd.DataFrame(shown, columns=columns, index=units.index)
    added = added.astype({**dict.fromkeys(columns[:4], "str"), "mark_start": "Int64", "mark_end": "Int64"})
    return pd.concat([units, added], axis=1)
