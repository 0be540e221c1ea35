"""Charts of pairs of actors: who judges whom, and who acts on whom.

Reads ``estimates`` by source and target, or ``actions``; returns a Figure. Sources and agents stand in rows, targets
and those who undergo a deed in columns; a cell without evidence is empty, never zero.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.codebook import Codebook
from analysis.coding.actions import keep_done
from analysis.coding.evaluations_methods import CLEAR
from analysis.display import style
from analysis.display.words import label, number, word
from analysis.errors import InputError
from analysis.schema import AUTHOR, UNNAMED
from analysis.tables import rows_of

NO_AGENT, OTHER_AGENT, NO_PATIENT = "no_agent", "other_agent", "no_patient"
SIGNS: dict[str, tuple[str, Any]] = {
    "negative": (style.NEGATIVE, "dashed"),
    "balanced": ("#8a8a8a", "dotted"),
    "positive": (style.POSITIVE, "solid"),
}
"""Per sign of a mean: colour and line style of an edge."""


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
    known, sources, targets = _pairs(estimates, "plot_who_on_whom")
    if known.empty:
        return style.say_no_evidence(title, language)
    rows, n_rows = style.rank(sources, codebook, top)
    rows.sort(key=lambda source: (source != AUTHOR, source == UNNAMED))
    columns, n_columns = style.rank(targets, codebook, top)
    values = known.pivot(index="source_id", columns="actor_id", values="estimate").reindex(index=rows, columns=columns)
    counts = known.pivot(index="source_id", columns="actor_id", values="n_units").reindex(index=rows, columns=columns)
    texts = [
        [
            "" if math.isnan(n) else f"{number(value, language, decimals=2, signed=True)}\nn={int(n)}"
            for value, n in zip(*line, strict=True)
        ]
        for line in zip(values.to_numpy(float), counts.to_numpy(float), strict=True)
    ]
    row_names = [f"{style.wrap(label(a, codebook, language), 24)}  ({sources[a]:.0f})" for a in rows]
    column_names = [f"{label(a, codebook, language)} ({targets[a]:.0f})" for a in columns]
    figure = style.new_figure(2.35 + 0.36 * len(rows))
    axes = figure.add_subplot()
    _draw_cells(axes, values, texts, row_names, style.diverging_map(), (-1, 1))
    key = style.name_columns(axes, column_names, language)
    axes.set(xlabel=word("target", language), ylabel=word("source", language))
    caption = [
        word("caption_who_on_whom", language, n=int(known["n_units"].sum())),
        style.judged_by(known, language),
        word("no_interval", language),
    ]
    shown, total = list(dict.fromkeys([*rows, *columns])), len(set(sources) | set(targets))
    if len(rows) == n_rows and len(columns) == n_columns:
        total = len(shown)
    return style.finish(figure, title, [*caption, key, *style.notes(shown, total, style.one_article(known), language)])


@style.styled
def plot_network(estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 12) -> Figure:
    """Who judges whom as a network: an arrow from source to target, its sign in colour and line style.

    Parameters
    ----------
    estimates : DataFrame
        As for `plot_who_on_whom`.
    codebook : Codebook
    language : {"nl", "en"}
    top : int, default 12
        Show the actors that judge or are judged most.

    Returns
    -------
    matplotlib.figure.Figure
        Actors on an ellipse in the order of their number of evaluations, so that the same table gives the same picture;
        the outlet's own voice is a square. An actor's evaluations of itself are a loop.

    Raises
    ------
    InputError
        When the table is not grouped by source and target.
    """
    title = word("title_network", language)
    known, sources, targets = _pairs(estimates, "plot_network")
    if known.empty:
        return style.say_no_evidence(title, language)
    weight = {actor: sources.get(actor, 0.0) + targets.get(actor, 0.0) for actor in [*sources, *targets]}
    nodes, total = style.rank(weight, codebook, top)
    graph: Any = nx.DiGraph()
    graph.add_nodes_from(nodes)
    for row in rows_of(known.sort_values(["source_id", "actor_id"])):
        if row.source_id in graph and row.actor_id in graph:
            graph.add_edge(row.source_id, row.actor_id, sign=sign_of(float(row.estimate)), n=int(row.n_units))
    figure = style.new_figure(4.7)
    axes = figure.add_subplot()
    axes.set(xlim=(-3.15, 3.15), ylim=(-1.65, 1.65))
    axes.set_axis_off()
    places = _ellipse(nodes)
    for sign, (colour, line) in SIGNS.items():
        edges = [(a, b) for a, b, data in graph.edges(data=True) if data["sign"] == sign]
        if edges:
            nx.draw_networkx_edges(
                graph, places, edgelist=edges, ax=axes, edge_color=colour, style=line, arrowsize=13, node_size=260,
                width=[min(3.2, 0.9 + 0.5 * graph.edges[edge]["n"]) for edge in edges], connectionstyle="arc3,rad=0.14",
            )  # fmt: skip
    for shape, group in (("o", [n for n in nodes if n != AUTHOR]), ("s", [n for n in nodes if n == AUTHOR])):
        if group:
            nx.draw_networkx_nodes(
                graph, places, nodelist=group, ax=axes, node_shape=shape, node_size=170, node_color="white",
                edgecolors=style.INK, linewidths=1.2,
            )  # fmt: skip
    for node, (x, y) in places.items():
        side = 0 if abs(x) < 0.05 else math.copysign(1, x)
        name = axes.text(
            x + 0.17 * side, y + (0.2 * math.copysign(1, y) if side == 0 else 0.1 * y),
            style.wrap(label(node, codebook, language), 20, lines=3, longest_word=20),
            ha={-1: "right", 0: "center", 1: "left"}[int(side)],
            va="center" if side else ("bottom" if y > 0 else "top"),
        )  # fmt: skip
        name.set_in_layout(False)  # the places leave room for it; the layout would shrink the network instead
    present = {data["sign"] for _, _, data in graph.edges(data=True)}
    handles = [
        Line2D([], [], color=colour, linestyle=line, linewidth=2, label=word(sign, language))
        for sign, (colour, line) in SIGNS.items()
        if sign in present
    ]
    style.add_legend(axes, handles)
    caption = [
        word("caption_network", language, n=int(known["n_units"].sum())),
        style.judged_by(known, language),
        word("no_interval", language),
    ]
    return style.finish(figure, title, [*caption, *style.notes(nodes, total, style.one_article(known), language)])


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
    done = keep_done(actions)
    told = done[done["agent_id"].notna() | done["patient_id"].notna()]
    if told.empty:
        return style.say_no_evidence(title, language)
    left_out = (told["voice"] == "agentless_passive").map({True: NO_AGENT, False: OTHER_AGENT})
    pairs = pd.DataFrame({"agent": told["agent_id"].fillna(left_out), "patient": told["patient_id"].fillna(NO_PATIENT)})
    unnamed = [agent for agent in (OTHER_AGENT, NO_AGENT) if (pairs["agent"] == agent).any()]
    agents = {str(a): float(n) for a, n in pairs.groupby("agent").size().items() if a not in unnamed}
    patients = {str(a): float(n) for a, n in pairs.groupby("patient").size().items() if a != NO_PATIENT}
    rows, n_rows = style.rank(agents, codebook, top)
    columns, n_columns = style.rank(patients, codebook, top)
    shown, total = list(dict.fromkeys([*rows, *columns])), len(set(agents) | set(patients))
    if len(rows) == n_rows and len(columns) == n_columns:
        total = len(shown)
    rows += unnamed
    if (pairs["patient"] == NO_PATIENT).any():
        columns.append(NO_PATIENT)
    counts = pairs.groupby(["agent", "patient"]).size().unstack().reindex(index=rows, columns=columns)
    texts = [["" if math.isnan(n) else f"{n:.0f}" for n in line] for line in counts.to_numpy(float)]
    names = {
        actor: word(actor, language) if actor in (*unnamed, NO_PATIENT) else label(actor, codebook, language)
        for actor in [*rows, *columns]
    }
    figure = style.new_figure(2.1 + 0.33 * len(rows))
    axes = figure.add_subplot()
    highest = max(1.0, float(np.nanmax(counts.to_numpy(float)))) if any(map(any, texts)) else 1.0
    _draw_cells(axes, counts, texts, [style.wrap(names[a], 28) for a in rows], style.sequential_map(), (0, highest))
    key = style.name_columns(axes, [names[a] for a in columns], language)
    if unnamed and len(rows) > len(unnamed):
        axes.axhline(len(rows) - len(unnamed), color=style.INK, linewidth=1.2)
    if NO_PATIENT in columns and len(columns) > 1:
        axes.axvline(len(columns) - 1, color=style.INK, linewidth=1.2)
    axes.set(xlabel=word("patient", language), ylabel=word("agent", language))
    caption = [word("caption_actions", language, n=len(told)), word("no_interval", language)]
    return style.finish(
        figure, title, [*caption, key, *style.notes(shown, total, told["article_id"].nunique(), language)]
    )


def sign_of(value: float) -> str:
    """negative, balanced or positive: a mean nearer to zero than `CLEAR`, as two decimals show it, takes no side."""
    rounded = round(value, 2)
    return "balanced" if abs(rounded) < CLEAR else "negative" if rounded < 0 else "positive"


def _pairs(estimates: pd.DataFrame, verb: str) -> tuple[pd.DataFrame, dict[str, float], dict[str, float]]:
    """Rows with an estimate, and evaluations per source and per target."""
    if missing := [column for column in ("source_id", "actor_id") if column not in estimates.columns]:
        raise InputError(f"{verb}: the table lacks {', '.join(missing)}; pass estimates by source_id and actor_id")
    known = estimates[estimates["estimate"].notna()]
    if known.duplicated(["source_id", "actor_id"]).any():
        raise InputError(
            f"{verb}: more than one row for a source and target; pass estimates by source_id and actor_id only"
        )
    sums = [known.groupby(column)["n_units"].sum() for column in ("source_id", "actor_id")]
    sources, targets = ({str(actor): float(n) for actor, n in counts.items()} for counts in sums)
    return known, sources, targets


def _draw_cells(
    axes: Axes,
    values: pd.DataFrame,
    texts: Sequence[Sequence[str]],
    row_names: Sequence[str],
    colours: Colormap,
    limits: tuple[float, float],
) -> None:
    """A heatmap whose empty cells stay white, with the number in the others: no colour is read off a scale."""
    sns.heatmap(
        values.to_numpy(float), ax=axes, cmap=colours, vmin=limits[0], vmax=limits[1], linewidths=1,
        linecolor="#e3e3e3", cbar=False,
    )  # fmt: skip
    numbers = values.to_numpy(float)
    span = limits[1] - limits[0]
    for place, line in enumerate(texts):
        for column, text in enumerate(line):
            if text:
                colour = colours((numbers[place, column] - limits[0]) / span)
                axes.text(
                    column + 0.5,
                    place + 0.5,
                    text,
                    ha="center",
                    va="center",
                    color=style.ink_on(colour),
                    linespacing=1.05,
                )
    axes.set_yticks([i + 0.5 for i in range(len(row_names))], row_names, rotation=0)
    style.bare(axes, keep=())


def _ellipse(nodes: Sequence[str]) -> Mapping[str, tuple[float, float]]:
    """Places on an ellipse, clockwise from the upper right, none exactly on top: labels stand left or right of them."""
    step = 2 * math.pi / len(nodes)
    angles = [math.pi / 2 - step / 2 - place * step for place in range(len(nodes))]
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    return {
        node: (round(1.45 * math.cos(a), 6), round(1.3 * math.sin(a), 6)) for node, a in zip(nodes, angles, strict=True)
    }
