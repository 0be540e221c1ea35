"""Charts of frames beside each other: in whose voice, by which method, and how far a probability can be believed.

Reads counts by voice, ``estimates`` by method, or what the frame model said of texts left out; returns a Figure.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.codebook.load import Codebook
from analysis.contracts.errors import InputError
from analysis.contracts.schema import AUTHOR
from analysis.contracts.tables import rows_of
from analysis.display.charts import style
from analysis.display.charts.frames import MAX_FRAMES, draw_shares
from analysis.display.charts.marks import draw_mark, explain_marks
from analysis.display.links import ask_for
from analysis.display.words import label, number, word
from analysis.measures.frame_agreement import join_bins, measure_bins

METHOD_MARKS = {"model": ("o", 0), "patterns": ("^", 2), "zero_shot": ("s", 1)}
"""Marker of each method, and its colour in the qualitative palette."""
NEAR_ZERO = 0.1
"""A dot below this probability has its number to the right, where the axis is not in the way."""
CODED_BY = {"sentence": "models", "article": "people"}
"""Who coded what the shipped frame model has learnt from (docs/frames.md)."""
QUOTED, NOBODY = "quoted", "nobody"
"""Rows of the chart by voice that are no actor: all quoted sentences, and those of which nobody is said to speak."""


@style.styled
def plot_frames_by_voice(counts: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 6) -> Figure:
    """In which share of the outlet's own sentences, of the quoted ones and of each source's each frame is present.

    Parameters
    ----------
    counts : DataFrame
        As `analysis.measures.framing.count_frames_by_voice` gives it.
    codebook : Codebook
    language : {"nl", "en"}
    top : int, default 6
        Show the sources of most sentences.

    Returns
    -------
    matplotlib.figure.Figure
        The outlet's own voice and all that is quoted first, then who is quoted, those with most sentences first and
        what has no named speaker last. The cell says how many of the sentences have the frame.

    Raises
    ------
    InputError
        When the table lacks a column.
    """
    title = word("title_frames_by_voice", language)
    needed = ("source_id", "frame_id", "n_frame", "n_sentences")
    if missing := [column for column in needed if column not in counts.columns]:
        raise InputError(f"plot_frames_by_voice: the table lacks {', '.join(missing)}; pass count_frames_by_voice")
    if counts.empty:
        return style.say_no_evidence(title, language)
    named = counts.assign(row=counts["source_id"].fillna(NOBODY))
    quoted = named[named["row"] != AUTHOR]
    both = pd.concat([named, quoted.assign(row=QUOTED)])
    hits = both.groupby(["row", "frame_id"])["n_frame"].sum().unstack()
    totals = both.groupby(["row", "frame_id"])["n_sentences"].sum().unstack().max(axis=1)
    frames = sorted((str(frame) for frame in hits.columns), key=style.order_key(codebook))[:MAX_FRAMES]
    sources = {str(key): float(n) for key, n in totals.items() if key not in (AUTHOR, QUOTED, NOBODY)}
    shown, total = style.rank(sources, codebook, top)
    order = [key for key in (AUTHOR, QUOTED, *shown, NOBODY) if key in totals.index]
    figure = style.new_figure(2.2 + 0.29 * len(order))
    axes = figure.add_subplot()
    shares = hits.loc[order, frames].div(totals.loc[order], axis=0).to_numpy(float)
    is_open = draw_shares(axes, shares, [float(totals[key]) for key in order])
    words = {QUOTED: word("quoted", language), NOBODY: word("nobody", language)}
    names = [
        f"{style.wrap(words.get(key) or label(key, codebook, language), 28)}  (n = {int(totals[key])})" for key in order
    ]
    style.name_rows(axes, names, ask_for(order, "source_id", but=[QUOTED, NOBODY]), shift=0.5, rotation=0)
    if QUOTED in order and order[-1] != QUOTED:
        axes.axhline(order.index(QUOTED) + 1, color=style.FAINT, linewidth=1.2)
    key = style.name_columns(axes, [label(frame, codebook, language) for frame in frames], language)
    open_cell = word("open_cell", language) if is_open else ""
    caption = [word("caption_frames_by_voice", language), open_cell, word("no_interval", language), key]
    return style.finish(figure, title, [*caption, *style.notes(shown, total, None, language)])


def name_pairs(pairs: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> pd.DataFrame:
    """Pairs of frames (`analysis.measures.framing.count_frame_pairs`) by their labels: ``frame`` and ``other``.

    Examples
    --------
    >>> from analysis.codebook.load import EMPTY
    >>> name_pairs(pd.DataFrame({"frame_id": ["war"], "other_id": ["law"], "n_both": [1]}), codebook=EMPTY)
      frame other  n_both
    0   war   law       1
    """
    named = {
        column: [label(str(key), codebook, language) for key in pairs[column]] for column in ("frame_id", "other_id")
    }
    return pairs.assign(**named).rename(columns={"frame_id": "frame", "other_id": "other"})


@style.styled
def plot_frames_by_method(
    estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl", level: float = 0.95
) -> Figure:
    """Share of sentences with each frame by each method that answered: a dot with its interval, a shape per method.

    Parameters
    ----------
    estimates : DataFrame
        Table ``estimates`` by ``frame_id`` and ``answered_by``, as ``estimate(frame_units_by_method(tables,
        frame_ids=codebook.frames), "present", by=["frame_id", "answered_by"], rng=rng)`` gives it.
    codebook : Codebook
        Labels and the order of frames.
    language : {"nl", "en"}
    level : float, default 0.95
        Level the intervals were made with, for the caption.

    Returns
    -------
    matplotlib.figure.Figure
        Frames one above the other in the order of the codebook. A marker without interval is open.

    Raises
    ------
    InputError
        When the table is not grouped by frame and method.
    """
    title = word("title_frames_by_method", language)
    style.need(estimates, ("frame_id", "answered_by"), "plot_frames_by_method")
    known = estimates[estimates["estimate"].notna()]
    if known.empty:
        return style.say_no_evidence(title, language)
    frames = sorted({str(key) for key in known["frame_id"]}, key=style.order_key(codebook))
    methods = [key for key in METHOD_MARKS if key in set(known["answered_by"])]
    cells = {(str(row.frame_id), str(row.answered_by)): row for row in rows_of(known)}
    names = [style.wrap(label(frame, codebook, language), 26) for frame in frames]
    figure = style.new_figure(style.fit_height(names, overhead=1.6, row=0.3))
    axes = figure.add_subplot()
    handles = []
    for number_, method in enumerate(methods):
        marker, colour = METHOD_MARKS[method][0], style.QUALITATIVE[METHOD_MARKS[method][1]]
        shift = (number_ - (len(methods) - 1) / 2) * 0.22
        for place, frame in enumerate(frames):
            if (frame, method) not in cells:
                continue
            row = cells[frame, method]
            draw_mark(axes, row, place + shift, marker, colour, n=row.n_units, size=6.5)
        handles.append(
            Line2D([], [], color=colour, marker=marker, markersize=6.5, label=word(f"answered_{method}", language))
        )
    axes.set(xlim=(-0.02, min(1.02, 1.05 * float(known[["estimate", "ci_high"]].max().max()) + 0.02)))
    axes.set_ylim(len(frames) - 0.5, -0.5)
    axes.set_yticks(range(len(frames)), names)
    axes.set_xlabel(word("share_sentences", language))
    axes.xaxis.set_major_formatter(lambda value, _: number(value, language))
    axes.grid(axis="y")
    style.bare(axes)
    style.add_legend(axes, handles)
    caption = [
        word("caption_frames_by_method", language, n=int(known["n_units"].max())),
        style.interval(sorted(set(known["unit"]))[0], level, language),
        *explain_marks(known, language),
    ]
    return style.finish(figure, title, [*caption, *style.notes(frames, 0, style.one_article(known), language)])


@style.styled
def plot_frame_reliability(
    bins: pd.DataFrame, *, language: str = "nl", coded_by: Mapping[str, str] | None = None
) -> Figure:
    """Probability of yes that the frame model stated against the share of yes in the coding, over all frames.

    Parameters
    ----------
    bins : DataFrame
        ``unit``, ``bin_start``, ``n``, ``n_yes``, ``probability``, as `analysis.measures.frame_agreement` reads them:
        said of texts left out.
    language : {"nl", "en"}
    coded_by : mapping of str to {"models", "people"}, optional
        Per unit who coded, for the titles: by default as for the shipped model.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for sentences and one for whole articles; a dot per bin, with its n, and the line on which both are the
        same.

    Raises
    ------
    InputError
        When the table lacks a column.
    """
    title = word("title_frame_reliability", language)
    needed = ("unit", "bin_start", "n", "n_yes", "probability")
    if missing := [column for column in needed if column not in bins.columns]:
        raise InputError(f"plot_frame_reliability: the table lacks {', '.join(missing)}")
    if bins.empty:
        return style.say_no_evidence(title, language)
    units = sorted(set(bins["unit"]), reverse=True)
    figure = style.new_figure(4.3)
    panels = figure.subplots(1, len(units), sharey=True, squeeze=False)[0]
    for axes, unit in zip(panels, units, strict=True):
        curve = join_bins(bins[bins["unit"] == unit])
        axes.plot([0, 1], [0, 1], color=style.FAINT, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        axes.plot(
            curve["probability"], curve["share_yes"], marker="o", color=style.QUALITATIVE[0], markersize=6,
            linewidth=1.2, clip_on=False,
        )  # fmt: skip
        for row in rows_of(curve):
            is_first, is_above = row.probability < NEAR_ZERO, row.share_yes > row.probability
            axes.annotate(
                f"{int(row.n)}", (row.probability, row.share_yes), textcoords="offset points",
                xytext=(9, 1) if is_first else (0, 7) if is_above else (4, -6),
                ha="right" if is_above and not is_first else "left", va="center", fontsize=style.SMALL,
                color=style.FAINT,
            )  # fmt: skip
        axes.set(xlim=(-0.04, 1.1), ylim=(-0.04, 1.03), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(lambda value, _: number(value, language, decimals=1))
        error = number(measure_bins(curve), language, decimals=3)
        who = word(f"by_{(coded_by or CODED_BY)[unit]}", language)
        called = word(f"of_{unit}", language, n=int(curve["n"].sum()), e=error) + f"\n{who}"
        axes.set_title(called, loc="left", fontsize=style.SMALL, fontweight="bold")
        axes.set_xlabel(word("probability_yes", language))
        axes.grid(axis="y")
        style.bare(axes, keep=("bottom", "left"))
    panels[0].set_ylabel(word("share_yes", language))
    return style.finish(figure, title, [word("caption_frame_reliability", language)])
