"""Charts of validity: methods side by side, errors by phenomenon, certainty, names, and what shows nothing.

Reads the tables of `analysis.validation` (or like ones) and of `analysis.measures.coverage`; returns a Figure. Nothing
is computed here but the order of rows. A mark is a dot with its interval where there is enough for one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.contracts.errors import InputError
from analysis.contracts.tables import rows_of
from analysis.display.charts import style
from analysis.display.charts.marks import draw_mark, explain_marks, is_few
from analysis.display.findings.validity import NOTABLE, TRIVIAL
from analysis.display.validity_words import name
from analysis.display.words import number

METHODS = ("second language model", "coder", "model")
"""Methods that are shown of every gold set, beside the best of those that anyone has without a model."""
MARKS: Mapping[str, tuple[str, str]] = {
    "second language model": ("s", style.INK), "coder": ("o", style.QUALITATIVE[0]),
    "model": ("D", style.QUALITATIVE[2]), "trivial": ("v", "#8a8a8a"),
    "nl": ("o", style.QUALITATIVE[0]), "en": ("^", style.QUALITATIVE[2]),
}  # fmt: skip
OTHER = ("o", "#8a8a8a")
"""Marker and colour of every other method."""
SPREAD = 0.26
"""Distance between two marks on one row."""


def choose_methods(table: pd.DataFrame, *, measure: str = "macro_f1") -> pd.DataFrame:
    """The rows that `plot_methods` shows: `METHODS`, and of the `TRIVIAL` the one that does best on that gold set."""
    known = table[(table["measure"] == measure) & table["estimate"].notna()]
    best = (
        known[known["method"].isin(TRIVIAL)].sort_values("estimate").drop_duplicates(["gold", "language"], keep="last")
    )
    return known[known["method"].isin(METHODS) | known.index.isin(best.index)]


@style.styled
def plot_methods(table: pd.DataFrame, *, measure: str = "macro_f1", language: str = "nl") -> Figure:
    """The program and what stands beside it on every gold set, a row each.

    Parameters
    ----------
    table : DataFrame
        ``gold, language, method, measure, n, estimate, ci_low, ci_high``; shown are the rows of `choose_methods`.
    measure : str, default "macro_f1"
        What is shown, [0, 1].
    language : {"nl", "en"}
        Of the chart.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    InputError
        When the table lacks a column.
    """
    columns = ["gold", "language", "method", "measure", "n", "estimate", "ci_low", "ci_high"]
    shown = choose_methods(_check(table, columns, "plot_methods"), measure=measure)
    if shown.empty:
        return style.say_no_evidence(name("title_methods", language), language)
    shown = shown.assign(
        mark=shown["method"].where(shown["method"].isin(METHODS), "trivial"), row=shown["gold"] + shown["language"]
    )
    sets = shown.groupby("row", sort=False).agg({"gold": "first", "language": "first", "n": "max"})
    names = [
        f"{style.wrap(name(row.gold, language), 28)}\n{name(f'gold_{row.language}', language)} ({row.n:.0f})"
        for row in rows_of(sets)
    ]
    marks = [mark for mark in (*METHODS, "trivial") if mark in set(shown["mark"])]
    figure = style.new_figure(style.fit_height(names, overhead=1.5, row=0.26))
    axes = figure.add_subplot()
    _draw(axes, shown, "row", list(sets.index), "mark", marks, spread=0.17)
    _rows(axes, names)
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(lambda value, _: number(value, language, decimals=1))
    axes.set_xlabel(name(measure, language))
    style.add_legend(axes, [_handle(mark, language) for mark in marks], n_columns=2)
    caption = [name("caption_methods", language), name("interval_of", language, unit=name("unit_texts", language))]
    return style.finish(figure, name("title_methods", language), caption)


@style.styled
def plot_errors(errors: pd.DataFrame, *, language: str = "nl") -> Figure:
    """Share of wrong labels per phenomenon, a mark per method.

    Parameters
    ----------
    errors : DataFrame
        ``phenomenon, method, n, share_wrong, ci_low, ci_high``; rows keep their order.
    language : {"nl", "en"}

    Returns
    -------
    matplotlib.figure.Figure
    """
    shown = _check(errors, ["phenomenon", "method", "n", "share_wrong", "ci_low", "ci_high"], "plot_errors")
    if shown.empty:
        return style.say_no_evidence(name("title_errors", language), language)
    counts = dict(zip(shown["phenomenon"], shown["n"], strict=True))
    names = [f"{name(key, language)}  ({int(n)})" for key, n in counts.items()]
    figure = style.new_figure(style.fit_height(names, overhead=1.1, row=0.16))
    axes = figure.add_subplot()
    methods = list(dict.fromkeys(shown["method"]))
    _draw(axes, shown.rename(columns={"share_wrong": "estimate"}), "phenomenon", list(counts), "method", methods)
    _rows(axes, names)
    axes.set_xlim(left=0)
    axes.set_xlabel(name("share_wrong", language))
    axes.xaxis.set_major_formatter(lambda value, _: number(value, language, decimals=2))
    style.add_legend(axes, [_handle(method, language) for method in methods])
    caption = [name("caption_errors", language), name("interval_of", language, unit=name("unit_texts", language))]
    return style.finish(figure, name("title_errors", language), caption)


@style.styled
def plot_reliability(bins: pd.DataFrame, *, language: str = "nl") -> Figure:
    """Stated probability against how often it came true, with the line where both are the same.

    Parameters
    ----------
    bins : DataFrame
        As `analysis.measures.correspondence.reliability` returns it.
    language : {"nl", "en"}

    Returns
    -------
    matplotlib.figure.Figure
    """
    shown = _check(bins, ["n", "probability", "share_right", "ci_low", "ci_high"], "plot_reliability")
    if shown.empty:
        return style.say_no_evidence(name("title_reliability", language), language)
    figure = style.new_figure(4.4)
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], color=style.FAINT, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    for row in rows_of(shown.rename(columns={"share_right": "estimate"})):
        draw_mark(axes, row, row.probability, *MARKS["model"], n=row.n, upright=True, size=5)
        axes.annotate(
            f"{int(row.n)}", (row.probability, row.estimate), xytext=(7, -9), textcoords="offset points",
            fontsize=style.SMALL, color=style.FAINT, zorder=4,
            bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"},
        )  # fmt: skip
    low = max(0.0, math.floor(10 * float(shown["probability"].min()) - 0.5) / 10)
    axes.set_xlim(low - 0.02, 1.03)
    axes.set_ylim(0, 1.03)
    axes.set_xlabel(name("probability", language))
    axes.set_ylabel(name("share_right", language))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: number(value, language, decimals=1))
    axes.grid(axis="y")
    style.bare(axes, keep=("bottom", "left"))
    caption = [name("caption_reliability", language), name("interval_of", language, unit=name("unit_texts", language))]
    caption += explain_marks(shown, language, n="n")
    return style.finish(figure, name("title_reliability", language), caption)


@style.styled
def plot_gaps(table: pd.DataFrame, *, method: str = "coder", language: str = "nl") -> Figure:
    """How far each group of names lies from all groups in the same sentences, a panel per kind of group.

    Parameters
    ----------
    table : DataFrame
        ``language, slot, by, group, method, measure, n, estimate, ci_low, ci_high``; rows of the measure gap are shown.
    method : str, default "coder"
        Whose judgements.
    language : {"nl", "en"}
        Of the chart.

    Returns
    -------
    matplotlib.figure.Figure
    """
    columns = ["language", "slot", "by", "group", "method", "measure", "n", "estimate", "ci_low", "ci_high"]
    shown = _check(table, columns, "plot_gaps")
    shown = shown[(shown["measure"] == "gap") & (shown["method"] == method)]
    if shown.empty:
        return style.say_no_evidence(name("title_gaps", language), language)
    panels = list(dict.fromkeys(zip(shown["slot"], shown["by"], strict=True)))
    groups = [
        list(dict.fromkeys(shown.loc[(shown["slot"] == slot) & (shown["by"] == by), "group"])) for slot, by in panels
    ]
    spoken = list(dict.fromkeys(shown["language"]))
    figure = style.new_figure(1.3 + sum(0.35 + 0.27 * len(found) for found in groups))
    ratios = [len(found) for found in groups]
    charts = list(figure.subplots(len(panels), 1, sharex=True, squeeze=False, height_ratios=ratios)[:, 0])
    for axes, (slot, by), found in zip(charts, panels, groups, strict=True):
        part = shown[(shown["slot"] == slot) & (shown["by"] == by)]
        axes.axvspan(-NOTABLE, NOTABLE, color="#eeeeee", zorder=0)
        axes.axvline(0, color=style.FAINT, linewidth=1, zorder=1)
        _draw(axes, part, "group", found, "language", spoken, least=NOTABLE)
        _rows(axes, [name(group, language) for group in found])
        pad = 20 if axes is charts[0] else 6  # above the legend
        axes.set_title(name(f"{slot} {by}", language), loc="left", fontsize=style.SMALL, fontweight="bold", pad=pad)
    charts[-1].set_xlabel(name("gap", language))
    charts[-1].xaxis.set_major_formatter(lambda value, _: number(value, language, decimals=2, signed=bool(value)))
    style.add_legend(charts[0], [_handle(key, language) for key in spoken])
    caption = [name("caption_gaps", language), name("interval_of", language, unit=name("unit_names", language))]
    return style.finish(figure, name("title_gaps", language), caption)


@style.styled
def plot_coverage(table: pd.DataFrame, *, group: str, language: str = "nl") -> Figure:
    """Share of units that show nothing, a panel per group.

    Parameters
    ----------
    table : DataFrame
        `group`, ``measure, n_missing, n, share``, as `analysis.measures.coverage.coverage` returns it.
    group : str
        The column with one value per panel, such as ``outlet`` or ``corpus``; at most three values.
    language : {"nl", "en"}

    Returns
    -------
    matplotlib.figure.Figure
        A measure of nothing has no bar and its numbers alone.
    """
    shown = _check(table, [group, "measure", "n_missing", "n", "share"], "plot_coverage")
    if shown.empty:
        return style.say_no_evidence(name("title_coverage", language), language)
    groups = list(dict.fromkeys(shown[group].astype(str)))
    if len(groups) > 3:
        raise InputError(f"plot_coverage: {len(groups)} values of {group}; show at most three of them")
    measures = list(dict.fromkeys(shown["measure"]))
    names = [style.wrap(name(measure, language), 24) for measure in measures]
    figure = style.new_figure(style.fit_height(names, overhead=1.2, row=0.12))
    charts = list(figure.subplots(1, len(groups), sharex=True, sharey=True, squeeze=False)[0])
    for axes, key in zip(charts, groups, strict=True):
        part = shown[shown[group].astype(str) == key].set_index("measure").reindex(measures)
        bars = axes.barh(
            range(len(measures)), part["share"].fillna(0), color=style.QUALITATIVE[0], height=0.55, zorder=2
        )
        for bar, n in zip(bars, part["n"].fillna(0), strict=True):
            bar.set_alpha(0.35 if is_few(n) else 1.0)
        for place, row in enumerate(rows_of(part)):
            share = 0.0 if math.isnan(row.share) else float(row.share)
            shift, side, ink = (-0.02, "right", "white") if share > 0.55 else (0.02, "left", style.INK)
            told = f"{int(row.n_missing)} / {int(row.n)}"
            axes.text(share + shift, place, told, va="center", ha=side, fontsize=style.SMALL, color=ink, zorder=3)
        axes.set_title(name(key, language), loc="left", fontsize=style.SMALL, fontweight="bold")
        _rows(axes, names)
        axes.grid(visible=False)
        axes.set_xlim(0, 1)
        axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
        axes.xaxis.set_major_formatter(lambda value, _: number(value, language, decimals=1))
    _name_axis(charts, name("share_silent", language))
    return style.finish(figure, name("title_coverage", language), [name("caption_coverage", language)])


def _draw(
    axes: Axes,
    table: pd.DataFrame,
    row_by: str,
    rows: Sequence[str],
    mark_by: str,
    marks: Sequence[str],
    *,
    least: float = 0,
    spread: float = SPREAD,
) -> None:
    """A mark for each row and kind; filled where the estimate is `least` or more either way."""
    for found in rows_of(table):
        number_ = marks.index(getattr(found, mark_by))
        place = rows.index(getattr(found, row_by)) + (number_ - (len(marks) - 1) / 2) * spread
        marker, colour = MARKS.get(marks[number_], OTHER)
        is_filled = abs(round(found.estimate, 4)) >= least
        n = math.inf if least else found.n  # of gaps n counts names; what is drawn again are their sentences too
        draw_mark(axes, found, place, marker, colour, n=n, size=5, is_filled=is_filled)


def _rows(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), list(names))
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.grid(axis="y")
    style.bare(axes)


def _name_axis(charts: Sequence[Axes], text: str) -> None:
    for axes in charts:
        axes.set_xlabel(text)


def _handle(key: str, language: str) -> Line2D:
    marker, colour = MARKS.get(key, OTHER)
    return Line2D([], [], color=colour, marker=marker, markersize=5, linewidth=1.4, label=name(key, language))


def _check(table: pd.DataFrame, columns: Sequence[str], verb: str) -> pd.DataFrame:
    if missing := [column for column in columns if column not in table.columns]:
        raise InputError(f"{verb}: the table lacks {', '.join(missing)}; see its description")
    return table
