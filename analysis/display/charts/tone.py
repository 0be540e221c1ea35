"""The chart of tone: how each actor is evaluated, and by whom.

Reads ``estimates`` by actor and voice, with the number of negative, neutral and positive evaluations where it has them;
returns a Figure. Shares stand first, since polarities crowd at the ends of their scale: the mean beside them is for
comparing and for regression.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from analysis.codebook.load import Codebook
from analysis.contracts.tables import rows_of
from analysis.display.charts import style
from analysis.display.charts.marks import draw_mark, explain_marks, is_few
from analysis.display.links import JUDGED, ask_for
from analysis.display.words import label, word

VOICE_KEYS = {"own voice": "own_voice", "quoted": "quoted"}
"""Values of ``voice`` in a table of estimates, and the chart word for each."""
VOICE_MARKS = {"own voice": ("o", "●", style.QUALITATIVE[0], -0.2), "quoted": ("^", "▲", style.QUALITATIVE[2], 0.2)}
"""Per voice: marker, the same shape as a character, colour, and how far below the middle of the row it stands."""
SIDES = {
    "n_negative": ("negative", style.NEGATIVE),
    "n_neutral": ("neutral", style.GREY),
    "n_positive": ("positive", style.POSITIVE),
}
"""Columns with the evaluations of each class: chart word and colour."""
PALE = 0.35
"""Opacity of bars that rest on few."""


def choose_actors(estimates: pd.DataFrame, codebook: Codebook, top: int) -> tuple[pd.DataFrame, list[str], int]:
    """Rows with an estimate, the actors that a chart of tone shows (most positive first), and how many there are."""
    known = estimates[estimates["estimate"].notna()]
    counts = {str(actor): float(n) for actor, n in known.groupby("actor_id")["n_units"].sum().items()}
    shown, total = style.rank(counts, codebook, top)
    weighted = known.assign(sum=known["estimate"] * known["n_units"]).groupby("actor_id")["sum"].sum()
    tie = style.order_key(codebook)
    shown.sort(key=lambda actor: (-round(float(weighted[actor]) / counts[actor], 9), tie(actor)))
    return known, shown, total


@style.styled
def plot_tone(
    estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 10, level: float = 0.95
) -> Figure:
    """Evaluations per actor: shares of negative, neutral and positive, and the mean; both voices apart.

    Parameters
    ----------
    estimates : DataFrame
        Table ``estimates`` by ``actor_id`` and ``voice`` (``own voice``, ``quoted``), as
        ``add_sides(estimate(units, "polarity", by=["actor_id", "voice"], rng=rng), units)`` gives it. Without
        ``add_sides`` only the means are drawn.
    codebook : Codebook
    language : {"nl", "en"}
    top : int, default 10
        Show the actors with the most evaluations; the caption says how many there are.
    level : float, default 0.95
        Level the intervals were made with, for the caption.

    Returns
    -------
    matplotlib.figure.Figure
        Most positive actor on top. An actor stands by the mean of its evaluations, which is the mean of its
        estimates weighted by their n. What rests on fewer than three is pale, its marker open; a line asks for ten.

    Raises
    ------
    InputError
        When the table is not grouped by actor and voice.
    """
    title = word("title_tone", language)
    style.need(estimates, ("actor_id", "voice"), "plot_tone")
    known, shown, total = choose_actors(estimates, codebook, top)
    if known.empty:
        return style.say_no_evidence(title, language)
    cells = {(str(row.actor_id), str(row.voice)): row for row in rows_of(known)}
    names = [style.wrap(label(actor, codebook, language), 26) for actor in shown]
    figure = style.new_figure(style.fit_height(names, overhead=1.95, row=0.26))
    has_sides = set(SIDES) <= set(known.columns)
    charts = figure.subplots(1, 2, sharey=True, width_ratios=(5, 4)) if has_sides else [figure.add_subplot()]
    right = charts[-1]
    right.axvline(0, color=style.FAINT, linewidth=1, zorder=1)
    for voice, (marker, glyph, colour, offset) in VOICE_MARKS.items():
        for middle, actor in enumerate(shown):
            if (actor, voice) not in cells:
                continue
            row = cells[actor, voice]
            # Two shapes share a row; one shape alone stands in its middle.
            place = middle + (offset if all((actor, other) in cells for other in VOICE_MARKS) else 0.0)
            draw_mark(right, row, place, marker, colour, n=row.n_units, size=7)
            if has_sides:
                draw_sides(charts[0], row, place, of=row.n_units, height=0.34, points=style.SMALL - 1)
            charts[0].annotate(
                f"{glyph} {row.n_units}", (0, place), xycoords=("axes fraction", "data"), xytext=(-4, 0),
                textcoords="offset points", ha="right", va="center", fontsize=style.SMALL, color=colour,
            )  # fmt: skip
    charts[0].set_ylim(len(shown) - 0.45, -0.55)
    style.name_rows(charts[0], names, ask_for(shown, kind=JUDGED))
    charts[0].tick_params(axis="y", pad=32)
    right.set(xlim=(-1.06, 1.06))
    ends = {
        -1: f"−1\n{word('negative', language)}",
        0: f"0\n{word('neutral', language)}",
        1: f"+1\n{word('positive', language)}",
    }
    right.set_xticks(list(ends), list(ends.values()))
    right.set_xlabel(word("mean_polarity", language))
    for axes in charts:
        style.bare(axes)
    right.grid(axis="y")
    _add_legend(charts, language, has_sides=has_sides)
    caption = [
        word("caption_tone", language, n=int(known["n_units"].sum())),
        style.judged_by(known, language),
        style.interval(sorted(set(known["unit"]))[0], level, language) if known["ci_low"].notna().any() else "",
        *explain_marks(known[known["actor_id"].isin(shown)], language),
    ]
    return style.finish(figure, title, [*caption, *style.notes(shown, total, style.one_article(known), language)])


def draw_sides(
    axes: Axes, row: Any, place: float, *, of: float = 1, height: float = 0.6, points: float = style.SMALL
) -> None:
    """One bar of evaluations, their number in each part: counts, or shares `of` all; pale where there are few."""
    left = 0.0
    for column, (_, colour) in SIDES.items():
        n = int(getattr(row, column))
        if not n:
            continue
        axes.barh(
            place, n / of, left=left, height=height, color=colour, edgecolor="white", linewidth=0.8,
            alpha=PALE if is_few(row.n_units) else 1.0,
        )  # fmt: skip
        ink = style.INK if is_few(row.n_units) else style.ink_on(colour)
        axes.text(left + n / of / 2, place, str(n), ha="center", va="center", color=ink, fontsize=points)
        left += n / of


def _add_legend(charts: Sequence[Axes], language: str, *, has_sides: bool) -> None:
    handles: list[Any] = [
        Line2D([], [], color=colour, marker=marker, markersize=7, linewidth=0, label=word(VOICE_KEYS[voice], language))
        for voice, (marker, _, colour, _) in VOICE_MARKS.items()
    ]
    if has_sides:
        charts[0].set(xlim=(0, 1), xlabel=word("share_evaluations", language))
        charts[0].xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol="%" if language == "en" else " %"))
        charts[0].set_xticks([0, 0.5, 1])
        handles += [Patch(facecolor=colour, label=word(side, language)) for side, colour in SIDES.values()]
    # One legend over both charts: a title of nothing keeps the room that the layout would give it by moving a chart.
    charts[0].set_title(" ", pad=10)
    legend = charts[-1].legend(
        handles=handles, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=len(handles), handlelength=1.2,
        columnspacing=1.4, handletextpad=0.5, borderaxespad=0.3,
    )  # fmt: skip
    legend.set_in_layout(False)
