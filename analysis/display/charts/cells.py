"""Cells of a grid: a filled box where there is enough evidence, an outline where there are few, nothing where none.

Reads numbers; draws on axes. "Neutral" is a grey box and "no evidence" no box at all, so that the two cannot be taken
for each other at a glance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, to_rgb
from matplotlib.patches import Rectangle

from analysis.display.charts import style
from analysis.display.charts.marks import is_few

GAP = 0.045
"""Room around a box, as a share of the cell."""
EDGE = "#9a9a9a"


def draw_cells(
    axes: Axes,
    values: npt.NDArray[np.float64],
    texts: Sequence[Sequence[str]],
    colours: Colormap,
    limits: tuple[float, float],
    *,
    counts: npt.NDArray[np.float64] | None = None,
) -> None:
    """Draw a grid, its first row on top.

    Parameters
    ----------
    axes : Axes
    values : array, [rows, columns]
        What colours a box; NaN is no evidence.
    texts : sequence of sequence of str
        What stands in each box.
    colours : Colormap
    limits : tuple of float
        Values with the first and the last colour.
    counts : array, [rows, columns], optional
        Units behind each value: of few a box is an outline only. Left out where the values are counts themselves.
    """
    n_rows, n_columns = values.shape
    axes.set(xlim=(0, n_columns), ylim=(n_rows, 0))
    span = limits[1] - limits[0]
    for (row, column), value in np.ndenumerate(values):
        if math.isnan(value):
            continue
        colour = to_rgb(colours((value - limits[0]) / span))
        is_open = counts is not None and is_few(float(counts[row, column]))
        pale = max(colour) - min(colour) < 0.25 and min(colour) > 0.6
        edge = EDGE if pale or not is_open else colour
        box = Rectangle(
            (column + GAP, row + GAP), 1 - 2 * GAP, 1 - 2 * GAP, facecolor="white" if is_open else colour,
            edgecolor=edge, linewidth=1.8 if is_open else 0.6,
        )  # fmt: skip
        axes.add_patch(box)
        ink = style.INK if is_open else style.ink_on(colour)
        axes.text(column + 0.5, row + 0.5, texts[row][column], ha="center", va="center", color=ink, linespacing=1.05)
    axes.tick_params(length=0)
    style.bare(axes, keep=())


def has_few(values: npt.NDArray[np.float64], counts: npt.NDArray[np.float64]) -> bool:
    """Whether a grid has a box that is an outline only."""
    return bool((~np.isnan(values) & (counts < style.FEW)).any())
