"""Findings about micro-frames in words, and the sentences that pull an actor to a pole.

Reads the tables ``microframes`` and ``places``, and stored scores of the axes; returns a `Finding`, a table or an
`Explanation`. What differs from chance is told by the table (``bias_q``), never computed here.
"""

from __future__ import annotations

import pandas as pd

from analysis.codebook.load import Codebook
from analysis.coding.microframes.code import list_pulling_sentences
from analysis.contracts.errors import UsageError
from analysis.contracts.tables import Tables, rows_of
from analysis.display.charts import style
from analysis.display.charts.microframes import LEVEL, check, count_sentences, label_axis, name_pole
from analysis.display.explanations.explanation import Explanation, Highlight, ShownSentence
from analysis.display.findings.charts import Finding
from analysis.display.words import count, label, list_words, number, word

LEAST_ORDER = 0.75
"""Share of pairs of held-out texts in order below which no claim should rest on an axis; chance is 0.5."""


def describe_leaning(
    microframes: pd.DataFrame, *, codebook: Codebook, axes: Codebook, language: str = "nl", n: int = 3,
    top: int | None = None,
) -> Finding:  # fmt: skip
    """The findings of a table ``microframes`` in words: how many differ from chance, and the `n` farthest.

    Parameters
    ----------
    microframes : DataFrame
        Table ``microframes``.
    codebook, axes, language
        As in `plot_microframes`.
    n : int, default 3
        How many are named.
    top : int, optional
        Speak of the actors in most sentences only: those that a chart with so many shows. By default of all.
    """
    check(microframes, axes, "describe_leaning")
    if microframes.empty:
        return Finding(word("no_microframes", language))
    if top is not None:
        shown, _ = style.rank(count_sentences(microframes), codebook, top)
        microframes = microframes[microframes["actor_id"].isin(shown)]
    sure = microframes[microframes["bias_q"] < LEVEL]
    farthest = sure.reindex(sure["bias"].abs().sort_values(ascending=False, kind="stable").index).head(n)
    leans = [
        word(
            "actor_to_pole", language, actor=label(row.actor_id, codebook, language),
            pole=name_pole(axes.axes[row.axis_id].high if row.bias > 0 else axes.axes[row.axis_id].low, language),
            bias=number(row.bias, language, decimals=2, signed=True),
            sentences=count(row.n_sentences, "sentence", language),
        )
        for row in rows_of(farthest)
    ]  # fmt: skip
    told = word(
        "microframes", language, actors=count(microframes["actor_id"].nunique(), "actor", language),
        axes=count(microframes["axis_id"].nunique(), "axis", language), sure=len(sure), total=len(microframes),
        intensities=count((microframes["intensity_q"] < LEVEL).sum(), "intensity", language),
        farthest=word("farthest", language, told="; ".join(leans)) if leans else "",
    )  # fmt: skip
    return Finding(told)


def list_axes(axes: Codebook, *, language: str = "nl") -> pd.DataFrame:
    """What the poles of every axis consist of, in one language: columns ``axis_id``, ``low`` and ``high``."""
    rows = [
        (axis.id, *(", ".join(pole.get(language) or next(iter(pole.values()))) for pole in (axis.low, axis.high)))
        for axis in axes.axes.values()
    ]
    return pd.DataFrame(rows, columns=["axis_id", "low", "high"])


def list_weak(scores: pd.DataFrame) -> list[str]:
    """Ids of axes on which no claim should rest, by stored scores (``half``, ``axis_id``, ``in_order``)."""
    is_weak = (scores["half"] == "held out") & (scores["in_order"] < LEAST_ORDER)
    return list(scores.loc[is_weak, "axis_id"])


def set_beside(microframes: pd.DataFrame, within: pd.DataFrame) -> pd.DataFrame:
    """Biases, with those within articles beside them: ``bias_within`` and ``bias_q_within``."""
    beside = within[["actor_id", "axis_id", "bias", "bias_q"]]
    return microframes.merge(beside, on=["actor_id", "axis_id"], how="left", suffixes=("", "_within"))


def describe_axes(scores: pd.DataFrame, axes: Codebook, *, language: str = "nl") -> Finding:
    """On which axes no claim should rest (`list_weak`), and which are not measured."""
    held_out = set(scores.loc[scores["half"] == "held out", "axis_id"])
    known = [axis for axis in axes.axes.values() if axis.id in held_out]
    weak = [label_axis(axis, language) for axis in known if axis.id in list_weak(scores)]
    unknown = [label_axis(axis, language) for axis in axes.axes.values() if axis.id not in held_out]
    share, n = number(100 * LEAST_ORDER, language, decimals=0), len(known) - len(weak)
    on_weak = word("weak_axes", language, axes=list_words(weak, language)) if weak else ""
    on_unknown = word("unknown_axes", language, axes=", ".join(unknown)) if unknown else ""
    values = {"share": share, "n": n, "total": len(known), "weak": on_weak, "unknown": on_unknown}
    return Finding(word("axes_in_order", language, **values))


def list_farthest(microframes: pd.DataFrame, *, axes: Codebook, language: str = "nl") -> pd.DataFrame:
    """Rows of ``microframes`` that differ from chance, the farthest first, with the label of the axis as ``axis``."""
    check(microframes, axes, "list_farthest")
    sure = microframes[(microframes["bias_q"] < LEVEL) | (microframes["intensity_q"] < LEVEL)]
    order = sure["bias"].abs().sort_values(ascending=False, kind="stable").index
    labels = sure["axis_id"].map({axis.id: label_axis(axis, language) for axis in axes.axes.values()}).astype("str")
    return sure.assign(axis=labels).loc[order].reset_index(drop=True)


def explain_microframe(
    places: pd.DataFrame,
    tables: Tables,
    actor_id: str,
    axis_id: str,
    *,
    codebook: Codebook,
    axes: Codebook,
    language: str = "nl",
    n: int = 3,
) -> Explanation:
    """The sentences behind a bias: those that pull the actor farthest to either pole.

    Parameters
    ----------
    places : DataFrame
        Table ``places``.
    tables : Tables
        Of the same articles.
    actor_id, axis_id : str
        Whose bias on which axis.
    codebook, axes, language
        As in `plot_microframes`.
    n : int, default 3
        Sentences per pole.

    Returns
    -------
    Explanation
        Marked are the mentions of the actor; their notes tell where the sentence lies.

    Raises
    ------
    UsageError
        When `axes` does not know the axis, or the actor has no sentence on it.
    """
    if axis_id not in axes.axes:
        raise UsageError(f"explain_microframe: there is no axis '{axis_id}'; there are {', '.join(axes.axes)}")
    mentions = tables.mentions
    pulling = list_pulling_sentences(places, mentions, tables.sentences, actor_id=actor_id, axis_id=axis_id, n=n)
    axis, name = axes.axes[axis_id], label(actor_id, codebook, language)
    found = pulling.merge(
        tables.sentences[["article_id", "sentence_id", "start", "end"]], on=["article_id", "sentence_id"]
    )
    shown, reasons = [], []
    for side, words in (("low", axis.low), ("high", axis.high)):
        own, pole = found[found["pole"] == side], name_pole(words, language)
        n_own = count(len(own), "sentence", language)
        reasons.append(word("farthest_to_pole", language, name=name, sentences=n_own, pole=pole))
        for row in rows_of(own):
            place = number(row.place, language, decimals=2, signed=True)
            note = word("place_to_pole", language, pole=pole, place=place)
            is_here = (mentions["article_id"] == row.article_id) & (mentions["sentence_id"] == row.sentence_id)
            marks = tuple(
                Highlight(row.article_id, int(mention.start), int(mention.end), str(mention.text), note)
                for mention in rows_of(mentions[is_here & (mentions["actor_id"] == actor_id)])
            )
            shown.append(
                ShownSentence(row.article_id, int(row.sentence_id), int(row.start), int(row.end), row.sentence, marks)
            )
            reasons.append(f"{row.article_id}, {word('sentence', language)} {row.sentence_id}: {note}")
    rows = tuple(("places", f"{s.article_id}:{s.sentence_id}:{axis_id}") for s in shown)
    return Explanation(f"{name}, {label_axis(axis, language)}", rows, tuple(reasons), tuple(shown), language)


def explain_farthest(
    microframes: pd.DataFrame,
    places: pd.DataFrame,
    tables: Tables,
    *,
    codebook: Codebook,
    axes: Codebook,
    language: str = "nl",
) -> Explanation | Finding:
    """The sentences behind the bias farthest from zero of those that differ from chance, if there is one."""
    check(microframes, axes, "explain_farthest")
    sure = microframes[microframes["bias_q"] < LEVEL]
    if sure.empty:
        return Finding(word("no_sure_bias", language))
    farthest = sure.reindex(sure["bias"].abs().sort_values(ascending=False, kind="stable").index).iloc[0]
    actor_id, axis_id = str(farthest["actor_id"]), str(farthest["axis_id"])
    return explain_microframe(places, tables, actor_id, axis_id, codebook=codebook, axes=axes, language=language)
