"""Charts of roles and framing functions: who is cast as what, who says so, and whom it is about.

Reads the frames that `analysis.measures.casting` counts; returns a Figure. Every number on a chart is a count.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.codebook.load import Codebook
from analysis.contracts.errors import InputError
from analysis.contracts.schema_roles import FUNCTIONS, ROLES
from analysis.display.charts import style
from analysis.display.charts.cells import draw_cells
from analysis.display.links import ask_for
from analysis.display.words import label, word


@style.styled
def plot_roles(counts: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 10) -> Figure:
    """Sentences that speak for each role: a bar for each actor, a panel for each role.

    Parameters
    ----------
    counts : DataFrame
        ``count_roles(role_evidence)``.
    codebook : Codebook
    language : {"nl", "en"}
    top : int, default 10
        Show the actors with most sentences; the caption says how many there are.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    InputError
        When the table is not by actor and role.
    """
    title = word("title_roles", language)
    if missing := [column for column in ("actor_id", *ROLES, "n_sentences") if column not in counts.columns]:
        raise InputError(f"plot_roles: the table lacks {', '.join(missing)}; pass count_roles(role_evidence)")
    if counts.empty:
        return style.say_no_evidence(title, language)
    totals = {str(key): float(n) for key, n in zip(counts["actor_id"], counts["n_sentences"], strict=True)}
    shown, total = style.rank(totals, codebook, top)
    table = counts.set_index("actor_id").loc[shown]
    names = [f"{style.wrap(label(actor, codebook, language), 26)}  ({totals[actor]:.0f})" for actor in shown]
    figure = style.new_figure(style.fit_height(names, overhead=1.45, row=0.16))
    charts = figure.subplots(1, len(ROLES), sharex=True, sharey=True)
    for axes, role in zip(charts, ROLES, strict=True):
        bars = axes.barh(range(len(shown)), table[role], height=0.62, color=style.QUALITATIVE[0])
        axes.bar_label(bars, [f"{n:.0f}" if n else "" for n in table[role]], padding=3, fontsize=style.SMALL)
        axes.set_title(word(role, language), loc="left", fontsize=style.SMALL, fontweight="bold")
        style.bare(axes)
    charts[0].set(xlim=(0, 1.2 * table[list(ROLES)].to_numpy().max()))
    charts[0].xaxis.set_major_locator(MaxNLocator(3, integer=True))
    style.name_rows(charts[0], names, ask_for(shown, kind="role"))
    charts[0].invert_yaxis()
    charts[1].set_xlabel(word("n_role_sentences", language))
    caption = [word("caption_roles", language), word("no_interval", language)]
    return style.finish(figure, title, [*caption, *style.notes(shown, total, None, language)])


@style.styled
def plot_functions(counts: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 10) -> Figure:
    """How often each framing function is carried out, a row for each source or actor.

    Parameters
    ----------
    counts : DataFrame
        ``count_functions(functions, by=...)``: by ``source_id``, who says so; by ``actor_id``, whom it is about.
    codebook : Codebook
    language : {"nl", "en"}
    top : int, default 10
        Show the rows with most functions.

    Returns
    -------
    matplotlib.figure.Figure
        A number in each cell; an empty cell is no evidence.

    Raises
    ------
    InputError
        When the table is by neither.
    """
    by = "source_id" if "source_id" in counts.columns else "actor_id"
    if missing := [column for column in (by, *FUNCTIONS, "n_functions") if column not in counts.columns]:
        raise InputError(f"plot_functions: the table lacks {', '.join(missing)}; pass count_functions(functions)")
    title = word(f"title_functions_{by}", language)
    if counts.empty:
        return style.say_no_evidence(title, language)
    totals = {str(key): float(n) for key, n in zip(counts[by], counts["n_functions"], strict=True)}
    shown, total = style.rank(totals, codebook, top)
    table = counts.set_index(by).loc[shown, list(FUNCTIONS)]
    names = [f"{style.wrap(label(key, codebook, language), 26)}  ({totals[key]:.0f})" for key in shown]
    figure = style.new_figure(style.fit_height(names, overhead=1.6, row=0.16))
    axes = figure.add_subplot()
    values = table.to_numpy(float)
    texts = [[f"{value:.0f}" for value in line] for line in values]
    limits = (0.0, max(style.FEW, float(values.max())))
    draw_cells(axes, np.where(values > 0, values, np.nan), texts, style.sequential_map(), limits)
    places = [place + 0.5 for place in range(len(FUNCTIONS))]
    heads = [style.wrap(word(f"{by}_{function}", language), 16) for function in FUNCTIONS]
    axes.set_xticks(places, heads)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    style.name_rows(axes, names, ask_for(shown, by, kind="function"), shift=0.5)
    caption = [word("caption_functions", language), word("no_interval", language)]
    return style.finish(figure, title, [*caption, *style.notes(shown, total, None, language)])
