"""How every chart looks: size, type, colours, labels, captions.

Reads nothing; returns settings and figures with nothing drawn in them yet. There is one diverging palette for
polarity (orange to purple, which colour-blind readers tell apart; the purple end is much the darker one, so that grey
prints keep the difference) and one muted qualitative palette. Charts repeat in shape, line or number what colour says.

Fonts are those that come with matplotlib (DejaVu). SVG text is kept as text (``svg.fonttype: none``): it is read by
screen readers and search, and its bytes do not depend on how a machine's font library draws an outline. Where DejaVu is
missing a browser takes its own sans-serif, which is narrower, so nothing overlaps.
"""

from __future__ import annotations

import functools
import re
import string
import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import matplotlib as mpl
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from analysis.codebook.load import Codebook
from analysis.contracts.errors import InputError
from analysis.contracts.schema import NOT_IN_CODEBOOK
from analysis.display.links import Asks, refer, refer_ticks
from analysis.display.words import label, number, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["FIGURE_SIZE", "QUALITATIVE", "RC", "label", "number", "word"]

FIGURE_SIZE = (6.5, 4.0)
"""Inches: the text width of a page. Charts keep the width and grow in height when labels need it."""
JUDGED_BY = re.compile(r"evaluations by (model|lexicon|vader)\b")
"""How the column ``method`` of estimates names the method behind its evaluations."""
SMALL, LARGE = 9.0, 10.0
"""Points: labels and captions, titles."""
LEADING = 1.25
"""Of a line of text, as a share of its size."""

NEGATIVE, NEUTRAL, POSITIVE = "#d9791e", "#f1f0ee", "#4b2c83"
GREY = "#d6d4cf"
"""The class neutral as a bar, which needs to be seen."""
FEW = 3
"""Units below which a share or mean is shown hollow or pale: one or two are cases to read, not a quantity."""
DIVERGING = (NEGATIVE, "#f0b36f", "#f7dcb9", NEUTRAL, "#cfc8e2", "#8f7fb9", POSITIVE)
QUALITATIVE = ("#35608d", "#44aa99", "#cc6677", "#999933", "#882255", "#88ccee", "#ddcc77", "#6f6f6f")
INK, FAINT, LINE = "#222222", "#555555", "#c8c8c8"

RC: dict[str, Any] = {
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": SMALL,
    "axes.titlesize": SMALL,
    "axes.labelsize": SMALL,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "legend.fontsize": SMALL,
    "figure.titlesize": LARGE,
    "figure.dpi": 100,
    "savefig.dpi": 150,
    "savefig.bbox": None,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "axes.facecolor": "white",
    "axes.edgecolor": LINE,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "text.color": INK,
    "text.usetex": False,
    "text.parse_math": False,  # a label with two dollar signs is no formula
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "grid.color": "#e6e6e6",
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "path.simplify": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "framewijs",
    "svg.id": None,
}
"""The settings every chart is drawn and written under; they hold inside a plot function and nowhere else."""

P = ParamSpec("P")
R = TypeVar("R")


def styled(function: Callable[P, R]) -> Callable[P, R]:
    """Run a plot function under `RC`, leaving the caller's settings alone."""

    @functools.wraps(function)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        with mpl.rc_context():
            mpl.rcdefaults()
            for name, value in RC.items():
                mpl.rcParams[name] = value  # type: ignore[index]  # one name at a time, checked by matplotlib
            return function(*args, **kwargs)

    return inside


def diverging_map() -> LinearSegmentedColormap:
    """The palette of polarity as a colour map; draw it from -1 to 1, so that its middle is zero."""
    return LinearSegmentedColormap.from_list("polarity", DIVERGING)


def sequential_map() -> LinearSegmentedColormap:
    """One hue from near white to dark, for counts and shares."""
    return LinearSegmentedColormap.from_list("counts", ("#eef2f6", "#9fb6cf", QUALITATIVE[0]))


def ink_on(colour: Any) -> str:
    """Black or white, whichever reads better on `colour` (relative luminance of WCAG 2)."""
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    luminance = 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    return "white" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else INK


def new_figure(height: float = FIGURE_SIZE[1]) -> Figure:
    """A figure of the study's width that pyplot knows nothing of."""
    figure = Figure(figsize=(FIGURE_SIZE[0], max(FIGURE_SIZE[1], round(height, 2))), layout="constrained")
    figure.get_layout_engine().set(w_pad=0.1)  # type: ignore[union-attr,call-arg]
    FigureCanvasAgg(figure)
    return figure


def finish(figure: Figure, title: str, caption: Sequence[str], *, place: Axes | None = None) -> Figure:
    """Set the question above a chart and its caption (parts joined by semicolons) below, or in an empty `place`."""
    text = "; ".join(part for part in caption if part) + "."
    figure.suptitle(fill(title, LARGE, bold=True), x=0.012, ha="left", fontsize=LARGE, fontweight="bold")
    look: dict[str, Any] = {"ha": "left", "fontsize": SMALL, "color": FAINT}
    if place is not None:
        figure.draw_without_rendering()  # the layout tells how much room there is
        room, points = place.get_window_extent(), 72 / figure.dpi
        narrow = fill(text, SMALL, widest=room.width * points)
        if (narrow.count("\n") + 1) * SMALL * LEADING <= room.height * points:
            place.text(0, 1, narrow, va="top", transform=place.transAxes, **look).set_in_layout(False)
            return figure
    figure.supxlabel(fill(text, SMALL), x=0.012, **look)
    return figure


def fill(text: str, points: float, *, bold: bool = False, widest: float = FIGURE_SIZE[0] * 72 - 36) -> str:
    """Break a text into lines that fit a width in points, by default the figure's, by the font's own measures."""
    # By default less than the width: hinting at screen size widens a line by up to six per cent.
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal", size=points)
    lines: list[str] = []
    for part in text.split():
        longer = f"{lines[-1]} {part}" if lines else part
        if lines and text_to_path.get_text_width_height_descent(longer, font, ismath=False)[0] <= widest:
            lines[-1] = longer
        else:
            lines.append(part)
    return "\n".join(lines)


def say_no_evidence(title: str, language: str) -> Figure:
    """The chart of an empty table: the question, and that there is no evidence."""
    figure = new_figure()
    axes = figure.add_subplot()
    axes.set_axis_off()
    axes.text(
        0.5, 0.5, word("no_evidence", language), ha="center", va="center", transform=axes.transAxes, fontsize=LARGE
    )
    figure.suptitle(fill(title, LARGE, bold=True), x=0.012, ha="left", fontsize=LARGE, fontweight="bold")
    return figure


def wrap(text: str, width: int, *, lines: int = 2, longest: int = 90, longest_word: int = 30) -> str:
    """Break a label into at most `lines` even lines of about `width` characters; a monstrous one is shortened."""
    text = " ".join(text.split())
    if len(text) > longest:
        text = text[: longest - 1].rstrip() + "…"
    text = " ".join(_break_word(part, longest_word) for part in text.split(" "))
    if len(text) <= width:
        return text
    for wide in range(max(width, -(-len(text) // lines)), len(text) + 1):
        parts = textwrap.wrap(text, wide, break_long_words=False, break_on_hyphens=True)
        if len(parts) <= lines:
            # The narrowest width that needs no more lines: lines of even length.
            for narrow in range(-(-len(text) // len(parts)), wide + 1):
                even = textwrap.wrap(text, narrow, break_long_words=False, break_on_hyphens=True)
                if len(even) <= len(parts):
                    return "\n".join(even)
    return text


def _break_word(text: str, most: int) -> str:
    """A word with a part of more than `most` letters between its hyphens, cut so that it can be wrapped."""
    parts = []
    for part in text.split("-"):
        pieces = [part[i : i + most - 2] for i in range(0, len(part), most - 2)] if len(part) > most else [part]
        parts.append("- ".join(pieces))
    return "-".join(parts)


def fit_height(labels: Iterable[str], *, overhead: float, row: float = 0.1, line: float = 0.155) -> float:
    """Inches of height that labels stacked on the y axis need."""
    return overhead + sum(row + line * (text.count("\n") + 1) for text in labels)


def order_key(codebook: Codebook) -> Callable[[str], tuple[int, str]]:
    """Sort key that breaks ties: the order of the codebook, then the id."""
    places = {actor_id: place for place, actor_id in enumerate([*codebook.actors, *codebook.frames])}
    return lambda actor_id: (places.get(actor_id, len(places)), actor_id)


def rank(counts: dict[str, float], codebook: Codebook, top: int) -> tuple[list[str], int]:
    """The `top` ids with the highest count, highest first, and how many there are in all."""
    tie = order_key(codebook)
    ordered = sorted(counts, key=lambda actor_id: (-counts[actor_id], tie(actor_id)))
    return ordered[:top], len(ordered)


def one_article(estimates: pd.DataFrame) -> int | None:
    """1 where sentences of a single article were resampled; else None, since groups do not add up to all articles."""
    return 1 if set(estimates["unit"]) == {"sentence"} else None


def judged_by(estimates: pd.DataFrame, language: str) -> str:
    """The caption part that names the method behind evaluations, as the column ``method`` of estimates tells it."""
    told = [JUDGED_BY.search(str(method)) for method in sorted(set(estimates["method"]))]
    return ", ".join(dict.fromkeys(word(f"method_{found[1]}", language) for found in told if found))


def need(estimates: pd.DataFrame, columns: Sequence[str], verb: str) -> None:
    """Raise `InputError` unless a table of estimates is grouped by these columns."""
    if missing := [column for column in columns if column not in estimates.columns]:
        raise InputError(f"{verb}: the table lacks {', '.join(missing)}; pass estimates by {' and '.join(columns)}")


def interval(unit: str, level: float, language: str) -> str:
    """The caption part that says what a line is: an interval of this level, over articles or sentences drawn again."""
    return word("interval", language, level=f"{level * 100:g}", unit=word(f"unit_{unit}", language))


def notes(shown: Sequence[str], total: int, n_articles: int | None, language: str) -> list[str]:
    """The caption parts every chart shares: how many are shown, unlisted actors, how many articles where known."""
    parts = [word("top", language, shown=len(shown), total=total)] if len(shown) < total else []
    if any(actor_id.startswith(NOT_IN_CODEBOOK) for actor_id in shown):
        parts.append(word("unlisted", language))
    if n_articles == 1:
        parts.append(word("this_article", language))
    elif n_articles is not None:
        parts.append(word("articles", language, n=n_articles))
    return parts


def add_legend(axes: Axes, handles: Sequence[Any], asks: Sequence[Asks] = (), *, n_columns: int | None = None) -> None:
    """A legend between the title and the chart, in one line or in columns; `asks` as for `name_rows`."""
    legend = axes.legend(
        handles=handles, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=n_columns or len(handles),
        borderaxespad=0.3, handlelength=2.4, columnspacing=1.4,
    )  # fmt: skip
    for text, one in zip(legend.get_texts(), asks, strict=False):
        refer(text, one)


def name_rows(
    axes: Axes, names: Sequence[str], asks: Sequence[Asks] = (), *, shift: float = 0.0, rotation: float | None = None
) -> None:
    """Name the rows of a chart.

    Parameters
    ----------
    axes : Axes
    names : sequence of str
        From the row at 0 on.
    asks : sequence of mapping, optional
        What each name asks of the evidence browser (`analysis.display.links`); by default none is a link.
    shift : float
        How far beyond its number a row stands: 0.5 where rows are cells.
    rotation : float, optional
        Of the names.
    """
    look: dict[str, Any] = {} if rotation is None else {"rotation": rotation}
    axes.set_yticks([place + shift for place in range(len(names))], list(names), **look)
    if asks:
        refer_ticks(axes.yaxis, asks)


def name_columns(
    axes: Axes, names: Sequence[str], language: str, asks: Sequence[Asks] = (), *, longest: int = 26
) -> str:
    """Name the columns of a heatmap: tilted, or by letters with a key when a name is too long to be tilted.

    Parameters
    ----------
    axes : Axes
    names : sequence of str
    language : {"nl", "en"}
    asks : sequence of mapping, optional
        As for `name_rows`; a letter is a link too.
    longest : int, default 26
        Characters of a name that can be tilted.

    Returns
    -------
    str
        The key for the caption; empty when the names stand at the columns themselves.
    """
    places = [i + 0.5 for i in range(len(names))]
    letters = [string.ascii_uppercase[i % 26] for i in range(len(names))]
    is_short = all(len(name) <= longest for name in names)
    if is_short:
        axes.set_xticks(places, list(names), rotation=40, ha="right", rotation_mode="anchor")
    else:
        axes.set_xticks(places, letters, rotation=0)
    if asks:
        refer_ticks(axes.xaxis, asks)
    key = ", ".join(f"{letter} = {name}" for letter, name in zip(letters, names, strict=True))
    return "" if is_short else word("columns", language, key=key)


def bare(axes: Axes, *, keep: Sequence[str] = ("bottom",)) -> None:
    """Take away the frame lines that carry no meaning."""
    for side, spine in axes.spines.items():
        spine.set_visible(side in keep)
