"""Charts of micro-frames: actors between opposite meanings, and the sentences that pull them there.

Reads the tables ``microframes`` and ``places``; returns a Figure, a `Finding` or an `Explanation`. What differs from
chance is told by the table (``bias_q``), never computed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from analysis.codebook.load import Axis, Codebook
from analysis.coding.microframes.code import list_pulling_sentences
from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.tables import Tables, rows_of
from analysis.display.charts import style
from analysis.display.explanations.explanation import Explanation, Highlight, ShownSentence
from analysis.display.findings.charts import Finding
from analysis.display.links import ask_for, refer
from analysis.display.words import count, label, list_words, number, word

LEVEL = 0.05
"""Share of false findings that is put up with among all that are marked."""
LEAST_SCALE = 0.5
"""Standard deviations at which colours are full at the latest, so that small biases look small."""
MARKERS = ("o", "s", "D", "^")
LEAST_ORDER = 0.75
"""Share of pairs of held-out texts in order below which no claim should rest on an axis; chance is 0.5."""


@style.styled
def plot_microframes(
    microframes: pd.DataFrame, *, codebook: Codebook, axes: Codebook, language: str = "nl", top: int = 10
) -> Figure:
    """Bias of each actor on each axis: actors in rows, axes in columns.

    Parameters
    ----------
    microframes : DataFrame
        Table ``microframes``.
    codebook : Codebook
        Labels of actors.
    axes : Codebook
        Labels and order of axes; may be the same codebook.
    language : {"nl", "en"}
    top : int, default 10
        Show the actors in most sentences.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    InputError
        When the table lacks a column, or has an axis that `axes` does not know.
    """
    title = word("title_microframes", language)
    _check(microframes, axes, "plot_microframes")
    if microframes.empty:
        return style.say_no_evidence(title, language)
    shown, total = style.rank(_count(microframes), codebook, top)
    known = _order_axes(microframes, axes)
    bias = microframes.pivot_table(index="actor_id", columns="axis_id", values="bias").loc[shown, known]
    q = microframes.pivot_table(index="actor_id", columns="axis_id", values="bias_q").loc[shown, known]
    biases, qs = bias.to_numpy(float), q.to_numpy(float)
    widest = max(LEAST_SCALE, float(np.abs(biases).max()))
    figure = style.new_figure(2.6 + 0.27 * len(shown))
    panel = figure.add_subplot()
    colours = style.diverging_map()
    sns.heatmap(
        biases, ax=panel, cmap=colours, vmin=-widest, vmax=widest, linewidths=1, linecolor="white",
        cbar=False,
    )  # fmt: skip
    for line in range(len(shown)):
        for column in range(len(known)):
            value, is_sure = float(biases[line, column]), float(qs[line, column]) < LEVEL
            panel.text(
                column + 0.5, line + 0.5, number(value, language, signed=True), ha="center",
                va="center", color=style.ink_on(colours((value + widest) / (2 * widest))),
                fontweight="bold" if is_sure else "normal", fontsize=style.SMALL,
            )  # fmt: skip
            if is_sure:
                frame = Rectangle(
                    (column + 0.04, line + 0.04), 0.92, 0.92, fill=False, edgecolor=style.INK, linewidth=1.2
                )
                panel.add_patch(frame)
    style.name_rows(panel, _name(shown, microframes, codebook, language), ask_for(shown), shift=0.5)
    panel.tick_params(axis="y", rotation=0)
    key = style.name_columns(panel, [_label(axes.axes[axis], language) for axis in known], language)
    panel.set(xlabel="", ylabel="")
    style.bare(panel, keep=())
    framed = word("framed", language, level=number(LEVEL, language, decimals=2))
    caption = [word("caption_microframes", language), framed, key]
    return style.finish(figure, title, [*caption, *style.notes(shown, total, _one_article(microframes), language)])


@style.styled
def plot_profiles(
    microframes: pd.DataFrame,
    actors: Sequence[str] | None = None,
    *,
    codebook: Codebook,
    axes: Codebook,
    language: str = "nl",
    level: float = 0.95,
) -> Figure:
    """A few actors between the poles of every axis, with intervals: a semantic differential.

    Parameters
    ----------
    microframes : DataFrame
        Table ``microframes``.
    actors : sequence of str, optional
        Ids of one to four actors of the table; by default the four in most sentences.
    codebook, axes, language
        As in `plot_microframes`.
    level : float, default 0.95
        Level of the intervals in the table.

    Returns
    -------
    matplotlib.figure.Figure
        The pole low stands left and the pole high right, each by its first word.

    Raises
    ------
    InputError
        As `plot_microframes`.
    UsageError
        When there is no actor, there are more than four, or one has no rows.
    """
    title = word("title_profiles", language)
    _check(microframes, axes, "plot_profiles")
    if microframes.empty:
        return style.say_no_evidence(title, language)
    if actors is None:
        actors, _ = style.rank(_count(microframes), codebook, len(MARKERS))
    if not 1 <= len(actors) <= len(MARKERS):
        raise UsageError(f"plot_profiles: pass one to {len(MARKERS)} actors, not {len(actors)}")
    if missing := [actor for actor in actors if actor not in set(microframes["actor_id"])]:
        raise UsageError(f"plot_profiles: '{missing[0]}' has no rows; it is in too few sentences, or misspelt")
    known = _order_axes(microframes, axes)
    figure = style.new_figure(1.9 + 0.16 * len(known) * (1 + 0.55 * len(actors)))
    panel = figure.add_subplot()
    names = _name(actors, microframes, codebook, language)
    handles = []
    for order, (actor, name) in enumerate(zip(actors, names, strict=True)):
        table = microframes[microframes["actor_id"] == actor].set_index("axis_id").loc[known]
        shift = (order - (len(actors) - 1) / 2) * 0.62 / len(actors)
        colour, marker = style.QUALITATIVE[order], MARKERS[order]
        for place, row in enumerate(rows_of(table)):
            if not pd.isna(row.ci_low):
                panel.plot([row.ci_low, row.ci_high], [place + shift] * 2, color=colour, linewidth=1.3, zorder=2)
            fill = colour if row.bias_q < LEVEL else "white"
            panel.plot(
                row.bias, place + shift, marker=marker, color=colour, markerfacecolor=fill, markersize=6, zorder=3
            )
        handles.append(Line2D([], [], color=colour, marker=marker, markersize=6, label=name))
    chosen = microframes[microframes["actor_id"].isin(actors)]
    panel.axvline(0, color=style.INK, linewidth=0.9, zorder=1)
    widest = max(LEAST_SCALE, float(np.nanmax(np.abs(chosen[_BOUNDS].to_numpy(float)))))
    panel.set(xlim=(-widest * 1.06, widest * 1.06), ylim=(len(known) - 0.5, -0.5), xlabel=word("bias", language))
    panel.set_yticks(range(len(known)), [_pole(axes.axes[axis].low, language) for axis in known])
    panel.xaxis.set_major_formatter(lambda value, _: number(value, language, signed=True))
    panel.grid(axis="y")
    style.bare(panel)
    right = panel.secondary_yaxis("right")
    right.set_yticks(range(len(known)), [_pole(axes.axes[axis].high, language) for axis in known])
    right.spines["right"].set_visible(False)
    right.tick_params(length=0)
    legend = panel.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, borderaxespad=0.3)
    for text, asks in zip(legend.get_texts(), ask_for(actors), strict=True):
        refer(text, asks)
    unit = str(microframes["unit"].iloc[0])
    caption = [
        word("caption_profiles", language),
        word("filled", language, level=number(LEVEL, language, decimals=2)),
        style.interval(unit, level, language),
    ]
    return style.finish(
        figure, title, [*caption, *style.notes(actors, len(actors), _one_article(microframes), language)]
    )


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
    _check(microframes, axes, "describe_leaning")
    if microframes.empty:
        return Finding(word("no_microframes", language))
    if top is not None:
        shown, _ = style.rank(_count(microframes), codebook, top)
        microframes = microframes[microframes["actor_id"].isin(shown)]
    sure = microframes[microframes["bias_q"] < LEVEL]
    farthest = sure.reindex(sure["bias"].abs().sort_values(ascending=False, kind="stable").index).head(n)
    leans = [
        word(
            "actor_to_pole", language, actor=label(row.actor_id, codebook, language),
            pole=_pole(axes.axes[row.axis_id].high if row.bias > 0 else axes.axes[row.axis_id].low, language),
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


def describe_axes(scores: pd.DataFrame, axes: Codebook, *, language: str = "nl") -> Finding:
    """On which axes no claim should rest, by stored scores (``half``, ``axis_id``, ``in_order``) of held-out texts."""
    held_out = scores[scores["half"] == "held out"].set_index("axis_id")["in_order"]
    known = [axis for axis in axes.axes.values() if axis.id in held_out.index]
    weak = [_label(axis, language) for axis in known if held_out[axis.id] < LEAST_ORDER]
    unknown = [_label(axis, language) for axis in axes.axes.values() if axis.id not in held_out.index]
    share, n = number(100 * LEAST_ORDER, language, decimals=0), len(known) - len(weak)
    on_weak = word("weak_axes", language, axes=list_words(weak, language)) if weak else ""
    on_unknown = word("unknown_axes", language, axes=", ".join(unknown)) if unknown else ""
    values = {"share": share, "n": n, "total": len(known), "weak": on_weak, "unknown": on_unknown}
    return Finding(word("axes_in_order", language, **values))


def list_farthest(microframes: pd.DataFrame, *, axes: Codebook, language: str = "nl") -> pd.DataFrame:
    """Rows of ``microframes`` that differ from chance, the farthest first, with the label of the axis as ``axis``."""
    _check(microframes, axes, "list_farthest")
    sure = microframes[(microframes["bias_q"] < LEVEL) | (microframes["intensity_q"] < LEVEL)]
    order = sure["bias"].abs().sort_values(ascending=False, kind="stable").index
    labels = sure["axis_id"].map({axis.id: _label(axis, language) for axis in axes.axes.values()}).astype("str")
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
        own, pole = found[found["pole"] == side], _pole(words, language)
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
    return Explanation(f"{name}, {_label(axis, language)}", rows, tuple(reasons), tuple(shown), language)


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
    _check(microframes, axes, "explain_farthest")
    sure = microframes[microframes["bias_q"] < LEVEL]
    if sure.empty:
        return Finding(word("no_sure_bias", language))
    farthest = sure.reindex(sure["bias"].abs().sort_values(ascending=False, kind="stable").index).iloc[0]
    actor_id, axis_id = str(farthest["actor_id"]), str(farthest["axis_id"])
    return explain_microframe(places, tables, actor_id, axis_id, codebook=codebook, axes=axes, language=language)


_BOUNDS = ["bias", "ci_low", "ci_high"]
_NEEDED = ("actor_id", "axis_id", "n_sentences", "bias", "bias_q", "intensity_q", "unit")


def _check(microframes: pd.DataFrame, axes: Codebook, verb: str) -> None:
    if missing := [column for column in _NEEDED if column not in microframes.columns]:
        raise InputError(f"{verb}: the table lacks {', '.join(missing)}; pass what code_microframes returns")
    if unknown := sorted(set(microframes["axis_id"]) - set(axes.axes)):
        raise InputError(f"{verb}: the axis '{unknown[0]}' is not in the codebook passed as axes")


def _count(microframes: pd.DataFrame) -> dict[str, float]:
    return {str(actor): float(n) for actor, n in microframes.groupby("actor_id")["n_sentences"].max().items()}


def _name(actors: Sequence[str], microframes: pd.DataFrame, codebook: Codebook, language: str) -> list[str]:
    n = _count(microframes)
    return [f"{style.wrap(label(actor, codebook, language), 26)} ({n[actor]:.0f})" for actor in actors]


def _order_axes(microframes: pd.DataFrame, axes: Codebook) -> list[str]:
    there = set(microframes["axis_id"])
    return [axis for axis in axes.axes if axis in there]


def _label(axis: Axis, language: str) -> str:
    return axis.label.get(language) or next(iter(axis.label.values()))


def _pole(words: Any, language: str) -> str:
    return str((words.get(language) or next(iter(words.values())))[0])


def _one_article(microframes: pd.DataFrame) -> int | None:
    return 1 if set(microframes["unit"]) == {"sentence"} else None
