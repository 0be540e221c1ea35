"""Charts of pairs of actors: who judges whom, and who acts on whom.

Reads ``estimates`` by source and target, or ``actions``; returns a Figure. Sources and agents stand in rows, targets
and those who undergo a deed in columns; where there is no evidence there is no box, never a zero. What a chart shows is
chosen by functions that its finding is made from too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.codebook.load import Codebook
from analysis.coding.actions.code import keep_done
from analysis.contracts.errors import InputError
from analysis.contracts.schema import AUTHOR, UNNAMED
from analysis.contracts.tables import rows_of
from analysis.display.charts import style
from analysis.display.charts.cells import draw_cells, has_few
from analysis.display.charts.tone import SIDES, draw_sides
from analysis.display.links import JUDGED, ask_for
from analysis.display.words import label, number, word

NO_AGENT, OTHER_AGENT, NO_PATIENT = "no_agent", "other_agent", "no_patient"
LEAST = 2
"""Evaluations that make a pair of the ranked list: one is a sentence, not a relation."""


class Grid(NamedTuple):
    """What a chart of pairs shows: the rows with evidence, the ids of its lines and columns, and how many are shown."""

    known: pd.DataFrame
    rows: list[str]
    columns: list[str]
    sources: dict[str, float]
    targets: dict[str, float]
    shown: list[str]
    total: int


@style.styled
def plot_who_on_whom(estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 8) -> Figure:
    """Mean polarity of every source towards every target, as a heatmap with the count in the cell.

    Parameters
    ----------
    estimates : DataFrame
        Table ``estimates`` by ``source_id`` and ``actor_id`` (the target), as
        ``estimate(tone_units(tables), "polarity", by=["source_id", "actor_id"], rng=rng)`` gives it.
    codebook : Codebook
    language : {"nl", "en"}
    top : int, default 8
        Show at most so many sources and so many targets, those with most evaluations.

    Returns
    -------
    matplotlib.figure.Figure
        The outlet's own voice is the first row, unnamed sources the last; the colour is centred on zero.

    Raises
    ------
    InputError
        When the table is not grouped by source and target.
    """
    title = word("title_who_on_whom", language)
    grid = choose_pairs(estimates, codebook, top, "plot_who_on_whom")
    known, rows, columns = grid.known, grid.rows, grid.columns
    if known.empty:
        return style.say_no_evidence(title, language)
    values, counts = (
        known.pivot(index="source_id", columns="actor_id", values=name)
        .reindex(index=rows, columns=columns)
        .to_numpy(float)
        for name in ("estimate", "n_units")
    )
    texts = [
        [
            "" if np.isnan(n) else f"{number(value, language, decimals=2, signed=True)}\nn={int(n)}"
            for value, n in zip(*line, strict=True)
        ]
        for line in zip(values, counts, strict=True)
    ]
    row_names = [f"{style.wrap(label(a, codebook, language), 24)}  ({grid.sources[a]:.0f})" for a in rows]
    column_names = [f"{label(a, codebook, language)} ({grid.targets[a]:.0f})" for a in columns]
    figure = style.new_figure(2.35 + 0.36 * len(rows))
    axes = figure.add_subplot()
    draw_cells(axes, values, texts, style.diverging_map(), (-1, 1), counts=counts)
    style.name_rows(axes, row_names, ask_for(rows, "source_id", kind=JUDGED), shift=0.5)
    key = style.name_columns(axes, column_names, language, ask_for(columns, kind=JUDGED))
    axes.set(xlabel=word("target", language), ylabel=word("source", language))
    caption = [
        word("caption_who_on_whom", language, n=int(known["n_units"].sum())),
        word("open_cell", language) if has_few(values, counts) else "",
        style.judged_by(known, language),
        word("no_interval", language),
    ]
    notes = style.notes(grid.shown, grid.total, style.one_article(known), language)
    return style.finish(figure, title, [*caption, key, *notes])


@style.styled
def plot_pairs(estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 12) -> Figure:
    """Who judges whom most often, as a ranked list: a bar per pair, parted by negative, neutral and positive.

    Parameters
    ----------
    estimates : DataFrame
        As for `plot_who_on_whom`, with the columns of `analysis.measures.estimates.add_sides`.
    codebook : Codebook
    language : {"nl", "en"}
    top : int, default 12
        Show the pairs with most evaluations.

    Returns
    -------
    matplotlib.figure.Figure
        Pairs of at least two evaluations, those with most on top; behind each bar its mean.

    Raises
    ------
    InputError
        When the table is not grouped by source and target, or lacks the numbers of each class.
    """
    title = word("title_pairs", language)
    if missing := [column for column in SIDES if column not in estimates.columns]:
        raise InputError(f"plot_pairs: the table lacks {', '.join(missing)}; pass add_sides(estimates, units)")
    known, total = rank_pairs(estimates, codebook, top)
    if known.empty:
        return style.say_no_evidence(title, language)
    names = [
        style.wrap(
            f"{label(str(row.source_id), codebook, language)} → {label(str(row.actor_id), codebook, language)}", 34
        )
        for row in rows_of(known)
    ]
    figure = style.new_figure(style.fit_height(names, overhead=1.75, row=0.14))
    axes = figure.add_subplot()
    for place, row in enumerate(rows_of(known)):
        draw_sides(axes, row, place)
        mean = number(row.estimate, language, decimals=2, signed=True)
        axes.annotate(mean, (row.n_units, place), xytext=(5, 0), textcoords="offset points", va="center")
    asks = [{"actor": str(row.actor_id), "source": str(row.source_id), "kind": JUDGED} for row in rows_of(known)]
    style.name_rows(axes, names, asks)
    axes.set(ylim=(len(names) - 0.5, -0.5), xlabel=word("n_evaluations", language))
    axes.set_xlim(0, float(known["n_units"].max()) * 1.13)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    style.bare(axes)
    style.add_legend(axes, [Patch(facecolor=colour, label=word(side, language)) for side, colour in SIDES.values()])
    caption = [
        word("caption_pairs", language, n=int(known["n_units"].sum())),
        word("faded_bar", language) if (known["n_units"] < style.FEW).any() else "",
        style.judged_by(known, language),
        word("no_interval", language),
        word("top", language, shown=len(known), total=total) if len(known) < total else "",
    ]
    shown = list(dict.fromkeys([*known["source_id"].astype(str), *known["actor_id"].astype(str)]))
    return style.finish(figure, title, [*caption, *style.notes(shown, len(shown), style.one_article(known), language)])


@style.styled
def plot_actions(actions: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 8) -> Figure:
    """Who acts on whom: number of deeds per agent and patient, with what a sentence leaves out set apart.

    Parameters
    ----------
    actions : DataFrame
        Table ``actions``.
    codebook : Codebook
    language : {"nl", "en"}
    top : int, default 8
        Show at most so many agents and so many patients, those with most deeds.

    Returns
    -------
    matplotlib.figure.Figure
        Agents in rows, patients in columns; last rows: somebody who is no actor of the study, and the agent left out
        by the sentence (agentless passive); last column: no actor undergoes it.
        Deeds with neither are no evidence of who acts on whom and are left out.
    """
    title = word("title_actions", language)
    grid = choose_deeds(actions, codebook, top)
    rows, columns = grid.rows, grid.columns
    if grid.known.empty:
        return style.say_no_evidence(title, language)
    counts = grid.known.groupby(["agent", "patient"]).size().unstack().reindex(index=rows, columns=columns)
    values = counts.to_numpy(float)
    texts = [["" if np.isnan(n) else f"{n:.0f}" for n in line] for line in values]
    outside = (NO_AGENT, OTHER_AGENT, NO_PATIENT)
    names = {
        actor: word(actor, language) if actor in outside else label(actor, codebook, language)
        for actor in [*rows, *columns]
    }
    figure = style.new_figure(2.1 + 0.33 * len(rows))
    axes = figure.add_subplot()
    highest = float(np.nanmax(values)) if any(map(any, texts)) else 1.0
    draw_cells(axes, values, texts, style.sequential_map(), (0, max(style.FEW, highest)))
    style.name_rows(axes, [style.wrap(names[a], 28) for a in rows], ask_for(rows, kind="deed", but=outside), shift=0.5)
    key = style.name_columns(axes, [names[a] for a in columns], language, ask_for(columns, kind="deed", but=outside))
    unnamed = [agent for agent in rows if agent in outside]
    if unnamed and len(rows) > len(unnamed):
        axes.axhline(len(rows) - len(unnamed), color=style.INK, linewidth=1.2)
    if NO_PATIENT in columns and len(columns) > 1:
        axes.axvline(len(columns) - 1, color=style.INK, linewidth=1.2)
    axes.set(xlabel=word("patient", language), ylabel=word("agent", language))
    caption = [word("caption_actions", language, n=len(grid.known)), word("no_interval", language)]
    n_articles = grid.known["article_id"].nunique()
    return style.finish(figure, title, [*caption, key, *style.notes(grid.shown, grid.total, n_articles, language)])


def choose_deeds(actions: pd.DataFrame, codebook: Codebook, top: int = 8) -> Grid:
    """What `plot_actions` shows: deeds with ``agent`` and ``patient``, its rows and its columns."""
    done = keep_done(actions)
    told = done[done["agent_id"].notna() | done["patient_id"].notna()]
    left_out = (told["voice"] == "agentless_passive").map({True: NO_AGENT, False: OTHER_AGENT})
    told = told.assign(agent=told["agent_id"].fillna(left_out), patient=told["patient_id"].fillna(NO_PATIENT))
    unnamed = [agent for agent in (OTHER_AGENT, NO_AGENT) if (told["agent"] == agent).any()]
    agents = {str(a): float(n) for a, n in told.groupby("agent").size().items() if a not in unnamed}
    patients = {str(a): float(n) for a, n in told.groupby("patient").size().items() if a != NO_PATIENT}
    rows, n_rows = style.rank(agents, codebook, top)
    columns, n_columns = style.rank(patients, codebook, top)
    shown, total = list(dict.fromkeys([*rows, *columns])), len(set(agents) | set(patients))
    if len(rows) == n_rows and len(columns) == n_columns:
        total = len(shown)
    nobody = [NO_PATIENT] if (told["patient"] == NO_PATIENT).any() else []
    return Grid(told, rows + unnamed, columns + nobody, agents, patients, shown, total)


def choose_pairs(estimates: pd.DataFrame, codebook: Codebook, top: int = 8, verb: str = "choose_pairs") -> Grid:
    """What `plot_who_on_whom` shows: the outlet's own voice first, unnamed sources last, nobody without a box.

    Raises
    ------
    InputError
        When the table is not grouped by source and target alone.
    """
    known = _known(estimates, verb)
    sums = [known.groupby(column)["n_units"].sum() for column in ("source_id", "actor_id")]
    sources, targets = ({str(actor): float(n) for actor, n in counts.items()} for counts in sums)
    rows, n_rows = style.rank(sources, codebook, top)
    rows.sort(key=lambda source: (source != AUTHOR, source == UNNAMED))
    columns, n_columns = style.rank(targets, codebook, top)
    boxes = known[known["source_id"].isin(rows) & known["actor_id"].isin(columns)]
    rows, columns = (
        [a for a in ids if a in set(boxes[by])] for ids, by in ((rows, "source_id"), (columns, "actor_id"))
    )
    shown, total = list(dict.fromkeys([*rows, *columns])), len(set(sources) | set(targets))
    if len(rows) == n_rows and len(columns) == n_columns:
        total = len(shown)
    return Grid(known, rows, columns, sources, targets, shown, total)


def rank_pairs(
    estimates: pd.DataFrame, codebook: Codebook, top: int = 12, *, least: int = LEAST
) -> tuple[pd.DataFrame, int]:
    """The pairs with most evaluations, as `plot_pairs` shows them, and how many have as many as `least`."""
    known = _known(estimates, "plot_pairs")
    known = known[known["n_units"] >= least]
    tie = style.order_key(codebook)
    places = [
        (-n, round(mean, 9), tie(str(source)), tie(str(target)))
        for n, mean, source, target in zip(
            known["n_units"], known["estimate"], known["source_id"], known["actor_id"], strict=True
        )
    ]
    order = sorted(range(len(known)), key=places.__getitem__)
    return known.iloc[order[:top]], len(known)


def _known(estimates: pd.DataFrame, verb: str) -> pd.DataFrame:
    """Rows with an estimate, one for each source and target."""
    if missing := [column for column in ("source_id", "actor_id") if column not in estimates.columns]:
        raise InputError(f"{verb}: the table lacks {', '.join(missing)}; pass estimates by source_id and actor_id")
    known = estimates[estimates["estimate"].notna()]
    if known.duplicated(["source_id", "actor_id"]).any():
        raise InputError(
            f"{verb}: more than one row for a source and target; pass estimates by source_id and actor_id only"
        )
    return known
