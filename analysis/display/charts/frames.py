"""Charts of frames: where in the text, and with which actors.

Reads ``estimates`` by frame and paragraph, or ``features``; returns a Figure. Shares come with the table; what is added
up over articles are counts of sentences.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.codebook.load import Codebook
from analysis.contracts.errors import InputError
from analysis.contracts.tables import rows_of
from analysis.display.charts import style
from analysis.display.charts.cells import draw_cells, has_few
from analysis.display.charts.marks import is_few
from analysis.display.links import ask_for
from analysis.display.words import label, word

HATCHES = ("", "///", "...", "\\\\\\", "xxx", "---", "|||", "+++")
MAX_FRAMES = len(style.QUALITATIVE)


@style.styled
def plot_frames_by_paragraph(
    estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = MAX_FRAMES
) -> Figure:
    """Share of the sentences of each paragraph in which a frame is present: one small chart per frame, one scale.

    Parameters
    ----------
    estimates : DataFrame
        Table ``estimates`` by ``frame_id`` and ``paragraph``, as ``estimate(frame_units(tables,
        frame_ids=codebook.frames), "present", by=["frame_id", "paragraph"], rng=rng)`` gives it.
    codebook : Codebook
        Labels and the order of frames.
    language : {"nl", "en"}
    top : int, default 8
        Show at most so many frames, those in most sentences.

    Returns
    -------
    matplotlib.figure.Figure
        Frames one above the other in the order of the codebook, so that a paragraph can be read down the page.

    Raises
    ------
    InputError
        When the table is not grouped by frame and paragraph.
    """
    title = word("title_frames_by_paragraph", language)
    if missing := [column for column in ("frame_id", "paragraph") if column not in estimates.columns]:
        raise InputError(
            f"plot_frames_by_paragraph: the table lacks {', '.join(missing)}; pass estimates by frame_id and paragraph"
        )
    known, shown, total = choose_frames(estimates, codebook, top)
    if known.empty or not (known["estimate"] > 0).any():
        return style.say_no_evidence(title, language)
    paragraphs = sorted({int(p) for p in known["paragraph"]})
    n_sentences = known.groupby("paragraph")["n_units"].max()
    figure = style.new_figure(1.45 + 0.55 * len(shown))
    panels = figure.subplots(len(shown), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
    cells = {(str(row.frame_id), int(row.paragraph)): float(row.estimate) for row in rows_of(known)}
    for place, (axes, frame) in enumerate(zip(panels, shown, strict=True)):
        heights = [cells.get((frame, p), math.nan) for p in paragraphs]
        bars = axes.bar(
            range(len(paragraphs)), heights, width=0.7, color=style.QUALITATIVE[place], edgecolor="white",
            hatch=HATCHES[place],
        )  # fmt: skip
        for bar, paragraph in zip(bars, paragraphs, strict=True):
            if is_few(n_sentences[paragraph]):
                bar.set_alpha(0.4)
        axes.set_ylim(0, 1)
        axes.set_yticks([0, 0.5, 1], ["0", "", "1"])
        axes.grid(axis="y")
        axes.set_ylabel(
            style.wrap(label(frame, codebook, language), 18), rotation=0, ha="right", va="center", labelpad=6
        )
        style.bare(axes)
    every = max(1, -(-len(paragraphs) // 16))
    ticks = [i for i in range(len(paragraphs)) if i % every == 0]
    panels[-1].set_xticks(ticks, [f"{paragraphs[i] + 1}\n({int(n_sentences[paragraphs[i]])})" for i in ticks])
    panels[-1].set_xlabel(word("paragraph_n", language))
    figure.align_ylabels(list(panels))
    n = int(n_sentences.sum())
    pale = word("faded_bar", language) if any(map(is_few, n_sentences)) else ""
    caption = [word("caption_frames_by_paragraph", language, n=n), word("paragraphs_from_1", language), pale]
    caption.append(word("no_interval", language))
    return style.finish(figure, title, [*caption, *style.notes(shown, total, style.one_article(known), language)])


@style.styled
def plot_frames_by_actor(features: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 10) -> Figure:
    """In which share of the sentences that mention an actor each frame is present.

    Parameters
    ----------
    features : DataFrame
        Table ``features`` with its columns ``frame_<id>``; of several articles the sentences are added up.
    codebook : Codebook
    language : {"nl", "en"}
    top : int, default 10
        Show the actors in most sentences.

    Returns
    -------
    matplotlib.figure.Figure
        The cell says how many of the actor's sentences have the frame; n beside the label is how many it has.
    """
    title = word("title_frames_by_actor", language)
    columns = [column for column in features.columns if column.startswith("frame_")]
    seen = features[features["n_sentences_actor"] > 0]
    if seen.empty or not columns:
        return style.say_no_evidence(title, language)
    frames = sorted((column.removeprefix("frame_") for column in columns), key=style.order_key(codebook))[:MAX_FRAMES]
    totals = {str(actor): float(n) for actor, n in seen.groupby("actor_id")["n_sentences_actor"].sum().items()}
    shown, total = style.rank(totals, codebook, top)
    hits = pd.DataFrame(
        {
            frame: (seen[f"frame_{frame}"] * seen["n_sentences_actor"]).groupby(seen["actor_id"]).sum(min_count=1)
            for frame in frames
        }
    ).reindex(shown)
    figure = style.new_figure(2.2 + 0.27 * len(shown))
    axes = figure.add_subplot()
    shares = hits.div(pd.Series(totals).reindex(shown), axis=0).to_numpy(float)
    is_open = draw_shares(axes, shares, [totals[key] for key in shown])
    names = [f"{style.wrap(label(actor, codebook, language), 28)}  (n = {int(totals[actor])})" for actor in shown]
    style.name_rows(axes, names, ask_for(shown), shift=0.5)
    key = style.name_columns(axes, [label(frame, codebook, language) for frame in frames], language)
    open_cell = word("open_cell", language) if is_open else ""
    caption = [word("caption_frames_by_actor", language), open_cell, word("no_interval", language), key]
    return style.finish(
        figure, title, [*caption, *style.notes(shown, total, features["article_id"].nunique(), language)]
    )


def choose_frames(
    estimates: pd.DataFrame, codebook: Codebook, top: int = MAX_FRAMES
) -> tuple[pd.DataFrame, list[str], int]:
    """Rows with an estimate, the frames that a chart by paragraph shows, and how many there are."""
    known = estimates[estimates["estimate"].notna()]
    hits = known.assign(hits=known["estimate"] * known["n_units"]).groupby("frame_id")["hits"].sum()
    shown, total = style.rank({str(frame): round(float(n), 6) for frame, n in hits.items()}, codebook, top)
    return known, sorted(shown, key=style.order_key(codebook)), total


def draw_shares(axes: Axes, shares: npt.NDArray[np.float64], totals: Sequence[float]) -> bool:
    """A grid of shares, ``[rows, frames]``, with the sentences with the frame out of all of the row in each cell.

    Returns
    -------
    bool
        Whether there is a row of so few sentences that its boxes are outlines only.
    """
    texts = [
        ["" if math.isnan(share) else f"{round(share * total)}/{int(total)}" for share in line]
        for line, total in zip(shares, totals, strict=True)
    ]
    counts = np.repeat(np.asarray(totals, float)[:, None], shares.shape[1], axis=1)
    draw_cells(axes, shares, texts, style.sequential_map(), (0, 1), counts=counts)
    return has_few(shares, counts)
