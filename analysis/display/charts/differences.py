"""The chart of differences: which group departs from the others, in what, by how much.

Reads the table of `analysis.measures.comparison.compare`; returns a Figure.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.codebook.load import Codebook
from analysis.contracts.tables import rows_of
from analysis.display.charts import style
from analysis.display.charts.comparing import name_measure
from analysis.display.links import ask_for
from analysis.display.words import label, number, word

ALPHA = 0.05
"""Level below which a corrected p value counts as a difference."""


@style.styled
def plot_differences(
    differences: pd.DataFrame,
    *,
    codebook: Codebook,
    language: str = "nl",
    title: str | None = None,
    top: int = 15,
    level: float = 0.95,
) -> Figure:
    """Differences with their intervals, the largest first; filled where they outlast the correction for many tests.

    Parameters
    ----------
    differences : DataFrame
        As `compare` returns it, with or without the column ``actor_id`` or ``frame_id`` that it was made by.
    codebook : Codebook
        Labels, and the order of ties.
    language : {"nl", "en"}
    title : str, optional
        The question; by default which group departs from the others.
    top : int, default 15
        Rows to show, by the size of the difference.
    level : float, default 0.95
        Level the intervals were made with, for the caption.

    Returns
    -------
    matplotlib.figure.Figure
        A row per difference, named by the group and, where there is one, the actor or frame. Differences that rest on
        fewer than three articles on a side are not tested and not shown; a line asks for ten, five on either side.

    Raises
    ------
    InputError
        When the table lacks a column.
    """
    style.need(differences, ("group_a", "group_b", "difference", "ci_low", "p_value", "p_adjusted"), "plot_differences")
    shown, n_tested = choose_differences(differences, codebook, top)
    asked = title or word("title_differences", language)
    if not shown:
        return style.say_no_evidence(asked, language)
    about = next((column for column in ("actor_id", "frame_id") if column in differences), None)
    names = []
    for row in shown:
        parts = [label(str(row.group_a), codebook, language)]
        if about:
            parts.insert(0, label(str(getattr(row, about)), codebook, language))
        names.append(style.wrap(f"{': '.join(parts)} ({row.n_articles_a}, {row.n_articles_b})", 44))
    figure = style.new_figure(style.fit_height(names, overhead=1.5))
    axes = figure.add_subplot()
    colour = style.QUALITATIVE[0]
    has_lines: list[bool] = []
    for place, row in enumerate(shown):
        if has_line := not math.isnan(row.ci_low):
            axes.hlines(place, row.ci_low, row.ci_high, color=colour, linewidth=1.6, zorder=2)
        has_lines.append(has_line)
        is_sure = not math.isnan(row.p_adjusted) and row.p_adjusted < ALPHA
        axes.add_line(
            Line2D([row.difference], [place], marker="o", markersize=6, color=colour, zorder=3,
                   markerfacecolor=colour if is_sure else "white", markeredgewidth=1.4)
        )  # fmt: skip
    axes.axvline(0, color=style.FAINT, linewidth=1, zorder=1)
    about_ids = [str(getattr(row, about)) if about else "" for row in shown]
    style.name_rows(axes, names, ask_for(about_ids, about or ""))
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.grid(axis="y")
    style.bare(axes)
    axes.set_xlabel(word("difference_in", language, measure=name_measure(differences, language)))
    axes.xaxis.set_major_formatter(lambda value, _: number(value, language, decimals=1, signed=bool(value)))
    caption = [
        word("caption_differences", language),
        style.interval("article", level, language) if any(has_lines) else "",
        "" if all(has_lines) else word("no_line_between", language),
        word("filled_marker", language, n=n_tested),
        word("top", language, shown=len(shown), total=n_tested) if len(shown) < n_tested else "",
    ]
    return style.finish(figure, asked, caption)


def choose_differences(differences: pd.DataFrame, codebook: Codebook, top: int = 15) -> tuple[list[Any], int]:
    """The rows that the chart shows, the largest difference first, and how many were tested."""
    tested = differences[differences["p_value"].notna()]
    tie = style.order_key(codebook)
    ordered = sorted(rows_of(tested), key=lambda row: (-abs(row.difference), tie(str(row.group_a))))
    return ordered[:top], len(ordered)
