"""Charts of comparison: a measure per outlet, period or voice, and over time, with intervals.

Reads ``estimates``; returns a Figure. Where a table has the column ``estimator`` (`analysis.measures.correction`), what
the machine's codes give and what gold codes make of it stand side by side, each in its shape and with its own n.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from babel.dates import format_date
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from analysis.codebook.load import Codebook
from analysis.contracts.errors import InputError
from analysis.contracts.tables import rows_of
from analysis.display.charts import style
from analysis.display.charts.marks import draw_mark, explain_marks
from analysis.display.links import ask_for, refer
from analysis.display.words import label, number, word

ESTIMATORS = {
    "naive": ("o", "#8a8a8a"), "corrected": ("D", style.QUALITATIVE[0]), "coded": ("s", style.QUALITATIVE[2]),
    "all": ("*", style.INK),
}  # fmt: skip
"""Per estimator: marker and colour."""
WHOLE = "all"
"""The estimator of a corpus of which every article was coded: it needs no interval."""
GLYPHS = {"naive": "●", "corrected": "◆", "coded": "■", "all": "★"}
"""The markers of estimators as characters."""
BETWEEN = {"change"}
"""Measures that set two sides against each other."""
MEASURES = {
    "polarity": "mean_polarity", "present": "share_sentences", "tone": "mean_tone", "carried": "share_articles",
    "spoken": "share_quotes", "is_toned": "share_toned", "n_named": "n_named",
    "change": "tone_change", "trend": "tone_trend",
}  # fmt: skip
"""Chart word of a measure; any other is called by its column."""
QUESTIONS = {"tone", "carried", "spoken", "change", "trend"}
"""Measures with a title of their own."""
MOST_IN_A_COLUMN = 3
"""Panels below each other; more stand in three columns, unless every estimator tells its n."""
MOST_UPRIGHT = 16
"""Days whose numbers fit below a chart; more periods, or longer names, are tilted."""
SHORT = 5
"""Characters of a name that is no wider than its place."""
DAY, WEEK = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-W\d\d")
"""How a day and a week are written."""
MARKERS = ("o", "^", "s", "D", "v", "P", "X", "*")


@style.styled
def plot_groups(
    estimates: pd.DataFrame,
    *,
    group: str,
    panel: str = "actor_id",
    codebook: Codebook,
    language: str = "nl",
    title: str | None = None,
    level: float = 0.95,
    coded_by: str | None = None,
) -> Figure:
    """A measure per group, a dot with its interval; a panel for each actor where the table is by actor.

    Parameters
    ----------
    estimates : DataFrame
        Table ``estimates`` by `group`, and by `panel` or ``estimator`` if wanted.
    group : str
        The column that is compared, such as ``outlet``.
    panel : str, default "actor_id"
        The column with a panel for each of its values, where the table has it; more than three stand in columns, the
        groups named at the first, and a caption that fits stands in a place that is left over.
    codebook : Codebook
        Labels, and the order of outlets and actors.
    language : {"nl", "en"}
    title : str, optional
        The question; by default that of the measure, or how the groups differ.
    level : float, default 0.95
        Level the intervals were made with, for the caption.
    coded_by : {"models", "people"}, optional
        Who gave the gold codes of a table with ``estimator``: the caption says so.

    Returns
    -------
    matplotlib.figure.Figure
        A line at zero where the measure runs below it. Each estimator tells its own n.

    Raises
    ------
    InputError
        When the table lacks a column or has more than one row for a mark.
    """
    known = _known(estimates, (group,), "plot_groups")
    asked = title or word(_title(known), language)
    if known.empty:
        return style.say_no_evidence(asked, language)
    tie = style.order_key(codebook)
    names = sorted({str(name) for name in known[group]}, key=lambda name: _outlet_key(name, codebook))
    panels = sorted({str(key) for key in known[panel]}, key=tie) if panel in known and panel != group else [""]
    kinds = [kind for kind in ESTIMATORS if kind in set(known["estimator"])] if "estimator" in known else [""]
    rows = {
        (
            str(getattr(row, panel)) if panels != [""] else "",
            str(getattr(row, group)),
            str(getattr(row, "estimator", "")),
        ): row
        for row in rows_of(known)
    }
    if len(rows) < len(known):
        raise InputError(f"plot_groups: more than one row for a {group}; pass estimates by {group} (and {panel}) only")
    n_columns = 1 if len(panels) <= MOST_IN_A_COLUMN or kinds != [""] else 3
    n_lines = -(-len(panels) // n_columns)
    weeks = dict(zip(names, name_periods(names, language)[0], strict=True)) if group in ("day", "week") else {}
    titles = [
        style.wrap(weeks.get(name) or label(name, codebook, language), 26 if n_columns == 1 else 20) for name in names
    ]
    below = "\n" if kinds != [""] else ""  # estimators tell their n on a line of its own
    figure = style.new_figure(0.9 + n_lines * style.fit_height([t + below for t in titles], overhead=0.45))
    grid = figure.subplots(n_lines, n_columns, sharex=True, squeeze=False).ravel()
    charts = list(grid[: len(panels)])
    for axes in grid[len(panels) :]:
        axes.set_axis_off()
    for at, (axes, key) in enumerate(zip(charts, panels, strict=True)):
        for place, name in enumerate(names):
            for number_, kind in enumerate(kinds):
                row = rows.get((key, name, kind))
                if row is not None:
                    marker, colour = ESTIMATORS.get(kind, ("o", style.QUALITATIVE[0]))
                    spot = place + (number_ - (len(kinds) - 1) / 2) * (0.24 if len(kinds) < 4 else 0.2)
                    _draw(axes, row, spot, marker, colour)
        shown = [
            (title_ if at % n_columns == 0 else "")
            + _tell_counts([rows[key, name, kind] for kind in kinds if (key, name, kind) in rows])
            for title_, name in zip(titles, names, strict=True)
        ]
        (of_panel,) = ask_for([key], panel if key else "")
        style.name_rows(axes, shown, [of_group | of_panel for of_group in ask_for(names, group)])
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.grid(axis="y")
        style.bare(axes)
        if key:
            called = style.wrap(label(key, codebook, language), 60 if n_columns == 1 else 16)
            refer(axes.set_title(called, loc="left", fontsize=style.SMALL, fontweight="bold"), of_panel)
    _finish_scale(charts, charts[-n_columns:], known, language)
    if kinds != [""]:
        marks = [_handle(*ESTIMATORS[kind], word(f"estimator_{kind}", language)) for kind in kinds]
        style.add_legend(charts[n_columns - 1], marks)
    of_n = "caption_groups" if kinds == [""] else "caption_estimators"
    caption = [word(of_n, language), style.judged_by(known, language), _interval(known, level, language)]
    notes = style.notes([p for p in panels if p], 0, None, language)
    spare = grid[-1] if len(panels) < len(grid) else None
    return style.finish(figure, asked, [*caption, *_tell_marks(known, coded_by, language), *notes], place=spare)


@style.styled
def plot_over_time(
    estimates: pd.DataFrame,
    *,
    period: str = "published",
    group: str | None = None,
    events: Mapping[str, str] | None = None,
    n_articles: Mapping[str, int] | None = None,
    codebook: Codebook,
    language: str = "nl",
    title: str | None = None,
    level: float = 0.95,
    coded_by: str | None = None,
) -> Figure:
    """A measure over time, a dot with its interval per period, joined by a line; a shape for each group.

    Parameters
    ----------
    estimates : DataFrame
        Table ``estimates`` by `period` and, if wanted, `group`.
    period : str, default "published"
        Column of dates or periods (``2025-03-04``, ``2025-03``), in the order of their text.
    group : str, optional
        Column of groups, such as ``actor_id``, ``outlet`` or ``estimator``: at most eight.
    events : mapping of str to str, optional
        Words by the date or period at whose beginning a broken line is drawn.
    n_articles : mapping of str to int, optional
        Articles of each period, shown below its name: how much of the news the chart knows. A period that no
        estimate knows is shown too.
    codebook, language, title, level, coded_by
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
    times = sorted({*(str(time) for time in estimates[period].dropna()), *(n_articles or {})})
    names = _order_groups(known, group, codebook) if group else [""]
    if len(names) > len(MARKERS):
        raise InputError(f"plot_over_time: {len(names)} values of {group}; choose at most {len(MARKERS)} of them")
    figure = style.new_figure(3.6)
    axes = figure.add_subplot()
    handles = []
    for place, name in enumerate(names):
        is_estimator = group == "estimator"
        marker, colour = ESTIMATORS[name] if is_estimator else (MARKERS[place], style.QUALITATIVE[place])
        own = known if not group else known[known[group].astype(str) == name]
        rows = {str(getattr(row, period)): row for row in rows_of(own)}
        shift = (place - (len(names) - 1) / 2) * min(0.14, 0.03 * len(times))  # of two periods marks lie close too
        values = [float(rows[time].estimate) if time in rows else math.nan for time in times]
        axes.plot([i + shift for i in range(len(times))], values, color=colour, linewidth=1.2, zorder=2)
        for i, time in enumerate(times):
            if time in rows:
                _draw(axes, rows[time], i + shift, marker, colour, upright=True)
        shown = word(f"estimator_{name}", language) if is_estimator else label(name, codebook, language)
        handles.append(_handle(marker, colour, shown))
    by_time: dict[str, list[Any]] = {time: [] for time in times}
    for row in rows_of(known) if group == "estimator" else ():
        by_time[str(getattr(row, period))].append(row)
    below = [
        f"\n({n_articles.get(time, 0)})" if n_articles is not None else _tell_counts(by_time[time]) for time in times
    ]
    called, across = name_periods(times, language)
    ticks = [f"{name}{n}" for name, n in zip(called, below, strict=True)]
    is_tilted = len(times) > (MOST_UPRIGHT if max(map(len, called)) <= SHORT else 6)
    axes.set_xticks(range(len(times)), ticks, rotation=40 if is_tilted else 0, ha="right" if is_tilted else "center")
    axes.set_xlabel(across)
    axes.set_xlim(-0.5, len(times) - 0.5)
    if float(known[["estimate", "ci_low"]].min().min()) < 0:
        axes.axhline(0, color=style.FAINT, linewidth=1, zorder=1)
    _draw_events(axes, times, events or {})
    axes.set_ylabel(name_measure(known, language))
    axes.yaxis.set_major_formatter(lambda value, _: number(value, language, decimals=2, signed=bool(value)))
    axes.grid(axis="y")
    style.bare(axes, keep=("bottom", "left"))
    if group:
        style.add_legend(axes, handles, ask_for(names, group))
    counted = known[known["estimator"] == known["estimator"].iloc[0]] if "estimator" in known else known
    caption = [
        word("caption_estimators", language)
        if group == "estimator"
        else word("caption_over_time", language, n=int(counted["n_units"].sum())),
        word("n_below", language) if n_articles is not None else "",
        style.judged_by(known, language),
        _interval(known, level, language),
    ]
    return style.finish(figure, asked, [*caption, *_tell_marks(known, coded_by, language)])


def name_periods(periods: Sequence[str], language: str) -> tuple[list[str], str]:
    """Names of periods on an axis, and what they have in common: the month of days, the year of weeks.

    Examples
    --------
    >>> name_periods(["2025-03-04", "2025-03-05"], "nl")
    (['4', '5'], 'maart 2025')
    >>> name_periods(["2025-02-28", "2025-03-01"], "en")
    (['28/2', '1/3'], '2025')
    >>> name_periods(["2025-W10"], "en"), name_periods(["2025-03"], "nl")
    ((['week 10'], '2025'), (['2025-03'], ''))
    """
    years = "–".join(sorted({period[:4] for period in (periods[0], periods[-1])}))
    if all(WEEK.fullmatch(period) for period in periods):
        return [word("week", language, n=int(period[6:])) for period in periods], years
    if not all(DAY.fullmatch(period) for period in periods):
        return list(periods), ""
    days = [date.fromisoformat(period) for period in periods]
    if len({period[:7] for period in periods}) == 1:
        return [str(day.day) for day in days], format_date(days[0], "MMMM yyyy", locale=language)
    return [f"{day.day}/{day.month}" for day in days], years


def _order_groups(known: pd.DataFrame, group: str, codebook: Codebook) -> list[str]:
    names = {str(name) for name in known[group]}
    if group == "estimator":
        return [name for name in ESTIMATORS if name in names]
    return sorted(names, key=lambda name: _outlet_key(name, codebook))


def _draw_events(axes: Axes, times: Sequence[str], events: Mapping[str, str]) -> None:
    """A broken line before the first period that begins with or after each event, its words beside its upper end."""
    if events:
        low, high = axes.get_ylim()
        axes.set_ylim(low, high + 0.12 * (high - low))
    for when, what in sorted(events.items()):
        place = sum(time < when for time in times) - 0.5
        axes.axvline(place, color=style.FAINT, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        axes.annotate(
            what, (place, 1.0), xycoords=("data", "axes fraction"), xytext=(4, -2), textcoords="offset points",
            ha="left", va="top", fontsize=style.SMALL, color=style.FAINT,
        )  # fmt: skip


def _tell_counts(rows: Sequence[Any]) -> str:
    """The n behind a name: in brackets, or of each estimator behind its mark."""
    told = [(row, count_units(row)) for row in sorted(rows, key=lambda row: _place(getattr(row, "estimator", "")))]
    if not rows or hasattr(rows[0], "estimator"):
        return "\n" + "  ".join(f"{GLYPHS[row.estimator]}{n}" for row, n in told) if rows else ""
    return f"  ({told[0][1]})"


def _place(estimator: str) -> int:
    return list(ESTIMATORS).index(estimator) if estimator in ESTIMATORS else 0


def _interval(known: pd.DataFrame, level: float, language: str) -> str:
    """The caption part that says what a line is: of corrected estimates errors are clustered, nothing is redrawn."""
    if known["ci_low"].isna().all():
        return ""
    if "estimator" in known:
        return word("interval_clustered", language, level=f"{level * 100:g}")
    return style.interval("article", level, language)


def _tell_marks(known: pd.DataFrame, coded_by: str | None, language: str) -> list[str]:
    """The caption parts that say how to read marks, and who gave the gold codes where there are some."""
    if "estimator" not in known:
        return explain_marks(known, language)
    is_whole = known["estimator"] == WHOLE
    resting = known.assign(n=[count_units(row) for row in rows_of(known)])[~is_whole]
    between = "no_line_between" if set(known["measure"]) <= BETWEEN else "no_line"
    parts = explain_marks(resting, language, n="n", no_line=between)
    parts += [word("whole_marker", language)] if is_whole.any() else []
    return [*parts, word(f"coded_by_{coded_by}", language)] if coded_by else parts


def count_units(row: Any) -> int:
    """What an estimate rests on: of one that takes gold codes their number, else its units."""
    rests_on_gold = getattr(row, "estimator", "naive") != "naive" and hasattr(row, "n_coded")
    return int(row.n_coded if rests_on_gold else row.n_units)


def _draw(axes: Axes, row: Any, place: float, marker: str, colour: str, *, upright: bool = False) -> None:
    is_fact = getattr(row, "estimator", "") == WHOLE
    draw_mark(axes, row, place, marker, colour, n=count_units(row), upright=upright, is_fact=is_fact)


def _handle(marker: str, colour: str, name: str) -> Line2D:
    return Line2D([], [], color=colour, marker=marker, markersize=6, linewidth=1.6, label=name)


def _finish_scale(charts: Sequence[Axes], lowest: Sequence[Axes], known: pd.DataFrame, language: str) -> None:
    """A line at zero where the measure runs below it, and the name of the scale below the lowest charts."""
    low = float(known[["estimate", "ci_low"]].min().min())
    is_signed = float(known["estimate"].min()) < 0
    for axes in charts:
        if low < 0:
            axes.axvline(0, color=style.FAINT, linewidth=1, zorder=1)
        axes.xaxis.set_major_locator(MaxNLocator(6 if len(lowest) == 1 else 3, steps=[1, 2, 5, 10]))
        axes.xaxis.set_major_formatter(
            lambda value, _: number(value, language, decimals=1, signed=is_signed and bool(value))
        )
    for axes in lowest:
        axes.tick_params(labelbottom=True)
        axes.set_xlabel(name_measure(known, language))


def name_measure(known: pd.DataFrame, language: str) -> str:
    """What a table of estimates or differences measures, in chart words."""
    names = sorted({str(name) for name in known["measure"]})
    return " / ".join(word(MEASURES[name], language) if name in MEASURES else name for name in names)


def _title(known: pd.DataFrame) -> str:
    """Key of the chart word that asks what a table of one measure answers."""
    names = {str(name) for name in known["measure"]}
    return f"title_groups_{names.pop()}" if len(names) == 1 and names <= QUESTIONS else "title_groups"


def _outlet_key(name: str, codebook: Codebook) -> tuple[int, str]:
    order = {key: place for place, key in enumerate([*codebook.outlets, *codebook.actors, *codebook.frames])}
    return (order.get(name, len(order)), name)


def _known(estimates: pd.DataFrame, needed: Sequence[str], verb: str) -> pd.DataFrame:
    style.need(estimates, needed, verb)
    return estimates[estimates[["estimate", *needed]].notna().all(axis=1)]
