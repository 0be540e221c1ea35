"""Charts of comparison: a measure per outlet, period or voice, and over time, with intervals.

Reads ``estimates``; returns a Figure. Where a table has the column ``estimator`` (`analysis.measures.correction`), what
the machine's codes give and what hand codes make of it stand side by side, in two shapes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.codebook import Codebook
from analysis.display import style
from analysis.display.words import label, number, word
from analysis.errors import InputError
from analysis.tables import rows_of

ESTIMATORS = {
    "naive": ("o", "#8a8a8a"), "corrected": ("D", style.QUALITATIVE[0]), "coded": ("s", style.QUALITATIVE[2]),
}  # fmt: skip
"""Per estimator: marker and colour."""
MARKERS = ("o", "^", "s", "D", "v", "P", "X", "*")


@style.styled
def plot_groups(
    estimates: pd.DataFrame,
    *,
    group: str,
    codebook: Codebook,
    language: str = "nl",
    title: str | None = None,
    level: float = 0.95,
) -> Figure:
    """A measure per group, a dot with its interval; a panel for each actor where the table is by actor.

    Parameters
    ----------
    estimates : DataFrame
        Table ``estimates`` by `group`, and by ``actor_id`` or ``estimator`` if wanted.
    group : str
        The column that is compared, such as ``outlet``.
    codebook : Codebook
        Labels, and the order of outlets and actors.
    language : {"nl", "en"}
    title : str, optional
        The question; by default how the groups differ.
    level : float, default 0.95
        Level the intervals were made with, for the caption.

    Returns
    -------
    matplotlib.figure.Figure
        A line at zero where the measure runs below it. A marker without interval is open.

    Raises
    ------
    InputError
        When the table lacks a column or has more than one row for a mark.
    """
    known = _known(estimates, (group,), "plot_groups")
    asked = title or word("title_groups", language)
    if known.empty:
        return style.say_no_evidence(asked, language)
    tie = style.order_key(codebook)
    names = sorted({str(name) for name in known[group]}, key=lambda name: _outlet_key(name, codebook))
    panels = sorted({str(actor) for actor in known["actor_id"]}, key=tie) if "actor_id" in known else [""]
    kinds = [kind for kind in ESTIMATORS if kind in set(known["estimator"])] if "estimator" in known else [""]
    rows = {
        (str(getattr(row, "actor_id", "")), str(getattr(row, group)), str(getattr(row, "estimator", ""))): row
        for row in rows_of(known)
    }
    if len(rows) < len(known):
        raise InputError(f"plot_groups: more than one row for a {group}; pass estimates by {group} (and actor_id) only")
    titles = [style.wrap(label(name, codebook, language), 26) for name in names]
    figure = style.new_figure(0.9 + len(panels) * style.fit_height(titles, overhead=0.45))
    charts = list(figure.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0])
    for axes, actor in zip(charts, panels, strict=True):
        for place, name in enumerate(names):
            for number_, kind in enumerate(kinds):
                row = rows.get((actor, name, kind))
                if row is not None:
                    marker, colour = ESTIMATORS.get(kind, ("o", style.QUALITATIVE[0]))
                    _mark(axes, row, place + (number_ - (len(kinds) - 1) / 2) * 0.24, marker, colour)
        shown = [
            f"{name}  ({int(rows[actor, key, kinds[0]].n_units)})" if (actor, key, kinds[0]) in rows else name
            for name, key in zip(titles, names, strict=True)
        ]
        axes.set_yticks(range(len(names)), shown)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.grid(axis="y")
        style.bare(axes)
        if actor:
            axes.set_title(label(actor, codebook, language), loc="left", fontsize=style.SMALL, fontweight="bold")
    _finish_scale(charts, known, language)
    if kinds != [""]:
        marks = [_handle(*ESTIMATORS[kind], word(f"estimator_{kind}", language)) for kind in kinds]
        style.add_legend(charts[0], marks)
    n = int(known[known["estimator"] == kinds[0]]["n_units"].sum() if kinds != [""] else known["n_units"].sum())
    caption = [
        word("caption_groups", language, n=n),
        style.judged_by(known, language),
        style.interval("article", level, language),
    ]
    if known["ci_low"].isna().any():
        caption.append(word("open_marker", language))
    return style.finish(figure, asked, [*caption, *style.notes([p for p in panels if p], 0, None, language)])


@style.styled
def plot_over_time(
    estimates: pd.DataFrame,
    *,
    period: str = "published",
    group: str | None = None,
    codebook: Codebook,
    language: str = "nl",
    title: str | None = None,
    level: float = 0.95,
) -> Figure:
    """A measure over time, a dot with its interval per period, joined by a line; a shape for each group.

    Parameters
    ----------
    estimates : DataFrame
        Table ``estimates`` by `period` and, if wanted, `group`.
    period : str, default "published"
        Column of dates or periods (``2025-03-04``, ``2025-03``), in the order of their text.
    group : str, optional
        Column of groups, such as ``actor_id`` or ``outlet``: at most eight.
    codebook, language, title, level
        As for `plot_groups`.

    Returns
    -------
    matplotlib.figure.Figure
        Periods stand at equal distances, also where there is no evidence between them; then the line is broken.

    Raises
    ------
    InputError
        When the table lacks a column, or has more groups than shapes.
    """
    known = _known(estimates, (period, *([group] if group else [])), "plot_over_time")
    asked = title or word("title_over_time", language)
    if known.empty:
        return style.say_no_evidence(asked, language)
    times = sorted({str(time) for time in estimates[period].dropna()})
    names = sorted({str(n) for n in known[group]}, key=lambda n: _outlet_key(n, codebook)) if group else [""]
    if len(names) > len(MARKERS):
        raise InputError(f"plot_over_time: {len(names)} values of {group}; choose at most {len(MARKERS)} of them")
    figure = style.new_figure(3.6)
    axes = figure.add_subplot()
    handles = []
    for place, name in enumerate(names):
        colour, marker = style.QUALITATIVE[place], MARKERS[place]
        own = known if not group else known[known[group].astype(str) == name]
        rows = {str(getattr(row, period)): row for row in rows_of(own)}
        shift = (place - (len(names) - 1) / 2) * 0.09
        values = [float(rows[time].estimate) if time in rows else math.nan for time in times]
        axes.plot([i + shift for i in range(len(times))], values, color=colour, linewidth=1.2, zorder=2)
        for i, time in enumerate(times):
            if time in rows:
                _mark(axes, rows[time], i + shift, marker, colour, upright=True)
        handles.append(_handle(marker, colour, label(name, codebook, language) if name else ""))
    axes.set_xticks(
        range(len(times)), times, rotation=40 if len(times) > 6 else 0, ha="right" if len(times) > 6 else "center"
    )
    axes.set_xlim(-0.5, len(times) - 0.5)
    if float(known[["estimate", "ci_low"]].min().min()) < 0:
        axes.axhline(0, color=style.FAINT, linewidth=1, zorder=1)
    axes.set_ylabel(_measure(known, language))
    axes.yaxis.set_major_formatter(lambda value, _: number(value, language, decimals=2, signed=bool(value)))
    axes.grid(axis="y")
    style.bare(axes, keep=("bottom", "left"))
    if group:
        style.add_legend(axes, handles)
    caption = [
        word("caption_over_time", language, n=int(known["n_units"].sum())),
        style.judged_by(known, language),
        style.interval("article", level, language),
    ]
    if known["ci_low"].isna().any():
        caption.append(word("open_marker", language))
    return style.finish(figure, asked, caption)


def _mark(axes: Axes, row: Any, place: float, marker: str, colour: str, *, upright: bool = False) -> None:
    has_interval = not math.isnan(row.ci_low)
    if has_interval:
        draw = axes.vlines if upright else axes.hlines
        draw(place, row.ci_low, row.ci_high, color=colour, linewidth=1.6, zorder=2)
    spot = (place, row.estimate) if upright else (row.estimate, place)
    axes.plot(
        *spot, marker, color=colour, markerfacecolor=colour if has_interval else "white", markersize=6,
        markeredgewidth=1.4, zorder=3, clip_on=False,
    )  # fmt: skip


def _handle(marker: str, colour: str, name: str) -> Line2D:
    return Line2D([], [], color=colour, marker=marker, markersize=6, linewidth=1.6, label=name)


def _finish_scale(charts: Sequence[Axes], known: pd.DataFrame, language: str) -> None:
    low = float(known[["estimate", "ci_low"]].min().min())
    for axes in charts:
        if low < 0:
            axes.axvline(0, color=style.FAINT, linewidth=1, zorder=1)
    charts[-1].set_xlabel(_measure(known, language))
    charts[-1].xaxis.set_major_formatter(lambda value, _: number(value, language, decimals=2, signed=bool(value)))


def _measure(known: pd.DataFrame, language: str) -> str:
    names = sorted({str(name) for name in known["measure"]})
    told = {"polarity": "mean_polarity", "tone": "mean_polarity", "present": "share_sentences"}
    return " / ".join(word(told[name], language) if name in told else name for name in names)


def _outlet_key(name: str, codebook: Codebook) -> tuple[int, str]:
    order = {key: place for place, key in enumerate([*codebook.outlets, *codebook.actors, *codebook.frames])}
    return (order.get(name, len(order)), name)


def _known(estimates: pd.DataFrame, needed: Sequence[str], verb: str) -> pd.DataFrame:
    style.need(estimates, needed, verb)
    return estimates[estimates["estimate"].notna()]
