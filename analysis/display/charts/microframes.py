"""Charts of micro-frames: actors between opposite meanings.

Reads the table ``microframes``; returns a Figure. What differs from chance is told by the table (``bias_q``), never
computed here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from analysis.codebook.load import Axis, Codebook
from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.tables import rows_of
from analysis.display.charts import style
from analysis.display.links import ask_for, refer
from analysis.display.words import label, number, word

LEVEL = 0.05
"""Share of false findings that is put up with among all that are marked."""
LEAST_SCALE = 0.5
"""Standard deviations at which colours are full at the latest, so that small biases look small."""
MARKERS = ("o", "s", "D", "^")
COLOURS = tuple(style.QUALITATIVE[place] for place in (0, 1, 4, 3))
"""Of up to four actors: those that colour-blind readers tell apart."""
UNTRUSTED = "#8a8a8a"
"""Numbers and names of axes on which no claim should rest."""
DOTTED = (0, (1.5, 1.5))
"""Frame of a bias that does not differ from chance within articles."""


@style.styled
def plot_microframes(
    microframes: pd.DataFrame, *, codebook: Codebook, axes: Codebook, language: str = "nl", top: int = 10,
    weak: Collection[str] = (),
) -> Figure:  # fmt: skip
    """Bias of each actor on each axis: actors in rows, axes in columns.

    Parameters
    ----------
    microframes : DataFrame
        Table ``microframes``; of `findings.set_beside`, to see which biases differ from chance within articles too.
    codebook : Codebook
        Labels of actors.
    axes : Codebook
        Labels and order of axes; may be the same codebook.
    language : {"nl", "en"}
    top : int, default 10
        Show the actors in most sentences.
    weak : collection of str
        Ids of axes on which no claim should rest (`findings.list_weak`): grey, and nothing framed.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    InputError
        When the table lacks a column, or has an axis that `axes` does not know.
    """
    title = word("title_microframes", language)
    check(microframes, axes, "plot_microframes")
    if microframes.empty:
        return style.say_no_evidence(title, language)
    shown, total = style.rank(count_sentences(microframes), codebook, top)
    known = _order_axes(microframes, axes)
    bias = microframes.pivot_table(index="actor_id", columns="axis_id", values="bias").loc[shown, known]
    biases, is_weak = bias.to_numpy(float), [axis in weak for axis in known]
    of_cell = {(row.actor_id, row.axis_id): row for row in rows_of(microframes)}
    kinds = set()
    widest = max(LEAST_SCALE, float(np.abs(biases).max()))
    figure = style.new_figure(2.6 + 0.27 * len(shown))
    panel = figure.add_subplot()
    colours = style.diverging_map()
    sns.heatmap(
        np.where(is_weak, 0, biases), ax=panel, cmap=colours, vmin=-widest, vmax=widest, linewidths=1, cbar=False,
        linecolor="white",
    )  # fmt: skip
    for (line, column), value in np.ndenumerate(biases):
        row = of_cell[shown[line], known[column]]
        is_sure = row.bias_q < LEVEL and not is_weak[column]
        ink = UNTRUSTED if is_weak[column] else style.ink_on(colours((value + widest) / (2 * widest)))
        panel.text(
            column + 0.5, line + 0.5, number(value, language, signed=True), ha="center", va="center", color=ink,
            fontweight="bold" if is_sure else "normal", fontsize=style.SMALL,
        )  # fmt: skip
        if is_sure:
            kind = DOTTED if getattr(row, "bias_q_within", 0) >= LEVEL else "-"
            look: dict[str, Any] = {"fill": False, "edgecolor": style.INK, "linewidth": 1.4, "linestyle": kind}
            panel.add_patch(Rectangle((column + 0.04, line + 0.04), 0.92, 0.92, **look))
            kinds.add(kind)
    style.name_rows(panel, _name(shown, microframes, codebook, language), ask_for(shown), shift=0.5)
    panel.tick_params(axis="y", rotation=0)
    key = style.name_columns(panel, [label_axis(axes.axes[axis], language) for axis in known], language)
    panel.set(xlabel="", ylabel="")
    style.bare(panel, keep=())
    caption = [
        word("caption_microframes", language),
        word("framed", language, level=number(LEVEL, language, decimals=2)),
        word("framed_of_event", language) if DOTTED in kinds else "",
        _grey(panel.get_xticklabels(), is_weak, language),
        key,
    ]
    return style.finish(figure, title, [*caption, *style.notes(shown, total, style.one_article(microframes), language)])


@style.styled
def plot_profiles(
    microframes: pd.DataFrame,
    actors: Sequence[str] | None = None,
    *,
    codebook: Codebook,
    axes: Codebook,
    language: str = "nl",
    level: float = 0.95,
    weak: Collection[str] = (),
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
    weak : collection of str
        As in `plot_microframes`: their poles are grey, their marks open.

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
    check(microframes, axes, "plot_profiles")
    if microframes.empty:
        return style.say_no_evidence(title, language)
    if actors is None:
        actors, _ = style.rank(count_sentences(microframes), codebook, len(MARKERS))
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
        colour, marker = COLOURS[order], MARKERS[order]
        for place, row in enumerate(rows_of(table)):
            if not pd.isna(row.ci_low):
                panel.plot([row.ci_low, row.ci_high], [place + shift] * 2, color=colour, linewidth=1.3, zorder=2)
            fill = colour if row.bias_q < LEVEL and known[place] not in weak else "white"
            panel.plot(
                row.bias, place + shift, marker=marker, color=colour, markerfacecolor=fill, markersize=6, zorder=3
            )
        handles.append(Line2D([], [], color=colour, marker=marker, markersize=6, label=name))
    chosen = microframes[microframes["actor_id"].isin(actors)]
    panel.axvline(0, color=style.INK, linewidth=0.9, zorder=1)
    widest = max(LEAST_SCALE, float(np.nanmax(np.abs(chosen[_BOUNDS].to_numpy(float)))))
    panel.set(xlim=(-widest * 1.06, widest * 1.06), ylim=(len(known) - 0.5, -0.5), xlabel=word("bias", language))
    panel.set_yticks(range(len(known)), [name_pole(axes.axes[axis].low, language) for axis in known])
    panel.xaxis.set_major_formatter(lambda value, _: number(value, language, signed=True))
    panel.grid(axis="y")
    style.bare(panel)
    right = panel.secondary_yaxis("right")
    right.set_yticks(range(len(known)), [name_pole(axes.axes[axis].high, language) for axis in known])
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
        _grey([*panel.get_yticklabels(), *right.get_yticklabels()], [axis in weak for axis in known] * 2, language),
    ]
    return style.finish(
        figure, title, [*caption, *style.notes(actors, len(actors), style.one_article(microframes), language)]
    )


_BOUNDS = ["bias", "ci_low", "ci_high"]
_NEEDED = ("actor_id", "axis_id", "n_sentences", "bias", "bias_q", "intensity_q", "unit")


def check(microframes: pd.DataFrame, axes: Codebook, verb: str) -> None:
    """Raise `InputError` for a table that lacks a column or has an axis that `axes` does not know."""
    if missing := [column for column in _NEEDED if column not in microframes.columns]:
        raise InputError(f"{verb}: the table lacks {', '.join(missing)}; pass what code_microframes returns")
    if unknown := sorted(set(microframes["axis_id"]) - set(axes.axes)):
        raise InputError(f"{verb}: the axis '{unknown[0]}' is not in the codebook passed as axes")


def count_sentences(microframes: pd.DataFrame) -> dict[str, float]:
    """Sentences per actor."""
    return {str(actor): float(n) for actor, n in microframes.groupby("actor_id")["n_sentences"].max().items()}


def _name(actors: Sequence[str], microframes: pd.DataFrame, codebook: Codebook, language: str) -> list[str]:
    n = count_sentences(microframes)
    return [f"{style.wrap(label(actor, codebook, language), 26)} ({n[actor]:.0f})" for actor in actors]


def _order_axes(microframes: pd.DataFrame, axes: Codebook) -> list[str]:
    there = set(microframes["axis_id"])
    return [axis for axis in axes.axes if axis in there]


def label_axis(axis: Axis, language: str) -> str:
    """What an axis is called."""
    return axis.label.get(language) or next(iter(axis.label.values()))


def name_pole(words: Any, language: str) -> str:
    """A pole by its first word."""
    return str((words.get(language) or next(iter(words.values())))[0])


def _grey(labels: Sequence[Any], is_weak: Sequence[bool], language: str) -> str:
    """Make the labels of weak axes grey, and tell so in a caption part."""
    for text, is_grey in zip(labels, is_weak, strict=True):
        text.set_color(UNTRUSTED if is_grey else style.INK)
    return word("weak_axis", language) if any(is_weak) else ""
