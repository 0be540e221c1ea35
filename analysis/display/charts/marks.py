"""A mark with its line, and why it has none: one look for every chart of estimates.

Reads a row of estimates; draws on axes, returns caption parts. Evidence shows in the mark: a line from ten units on,
filled from three, open below. A fact (all articles are coded) has neither line nor doubt.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.display.charts import style
from analysis.display.words import word

ROUNDING = 1e-9
"""Intervals narrower than this have no width."""


def is_few(n: float) -> bool:
    """Whether a share or mean of so many is one of next to nothing: such marks, bars and cells are hollow or pale.

    Examples
    --------
    >>> is_few(2), is_few(3), is_few(float("nan"))
    (True, False, False)
    """
    return n < style.FEW


def draw_mark(
    axes: Axes, row: Any, place: float, marker: str, colour: str, *, n: float, upright: bool = False,
    size: float = 6.0, is_fact: bool = False, is_filled: bool = True,
) -> None:  # fmt: skip
    """A marker with its line; a short bar across where the interval has no width.

    Parameters
    ----------
    axes : Axes
    row : named tuple
        ``estimate``, ``ci_low``, ``ci_high``; without an interval there is no line.
    place : float
        Where on the other axis it stands.
    marker, colour : str
    n : float
        Units behind the estimate: open when they are few.
    upright : bool, default False
        Estimates run upwards.
    size : float
        Points.
    is_fact : bool, default False
        Nothing is estimated: filled, however few.
    is_filled : bool, default True
        Whether it is filled where the units are enough.
    """
    if not math.isnan(row.ci_low):
        draw = axes.vlines if upright else axes.hlines
        if row.ci_high - row.ci_low < ROUNDING:
            across = "_" if upright else "|"
            spot = (place, row.estimate) if upright else (row.estimate, place)
            axes.plot(*spot, across, color=colour, markersize=size * 2.2, markeredgewidth=1.4, zorder=2, clip_on=False)
        else:
            draw(place, row.ci_low, row.ci_high, color=colour, linewidth=1.6, zorder=2)
    spot = (place, row.estimate) if upright else (row.estimate, place)
    face = colour if is_fact or (is_filled and not is_few(n)) else "white"
    axes.plot(
        *spot, marker, color=colour, markerfacecolor=face, markersize=size * 4 / 3 if is_fact else size,
        markeredgewidth=1.4, zorder=3, clip_on=False,
    )  # fmt: skip


def explain_marks(known: pd.DataFrame, language: str, *, n: str = "n_units", no_line: str = "no_line") -> list[str]:
    """The caption parts on marks that are open, have no line, or a line without width, where there are such marks.

    Parameters
    ----------
    known : DataFrame
        The rows that are drawn, but for facts: ``ci_low``, ``ci_high`` and the column `n`.
    language : {"nl", "en"}
    n : str
        The column with the units behind each row.
    no_line : str
        The chart word for a mark without a line.
    """
    is_bare = known["ci_low"].isna()
    reasons = {
        no_line: (is_bare & (known[n] >= style.FEW)).any() or (is_bare.any() and not known[n].lt(style.FEW).any()),
        "open_marker": known[n].lt(style.FEW).any(),
        "no_spread": (known["ci_high"] - known["ci_low"] < ROUNDING).any(),
    }
    return [word(reason, language) for reason, is_there in reasons.items() if is_there]
