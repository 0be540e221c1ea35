"""Charts of agency: who acts and who undergoes, and where the doer is left out.

Reads the frames that `analysis.measures.agency.agency` makes of the table ``actions``; returns a Figure. What a chart
shows as a share has its number of deeds beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from analysis.codebook.load import Codebook
from analysis.contracts.errors import InputError
from analysis.display.charts import style
from analysis.display.charts.marks import is_few
from analysis.display.links import Asks, ask_for
from analysis.display.words import event_label, label, word

ROLES = {"n_patient": (style.QUALITATIVE[2], "//", -1), "n_agent": (style.QUALITATIVE[0], "", 1)}
"""Per role: colour, hatch, and the side of the middle on which it stands."""
DOERS = {
    "listed": (style.QUALITATIVE[0], ""),
    "other_agent": (style.QUALITATIVE[5], "..."),
    "no_agent": ("white", "///"),
}
"""Per kind of doer: colour and hatch."""


@style.styled
def plot_agency(agency: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 10) -> Figure:
    """Deeds per actor: those it undergoes to the left, those it does to the right.

    Parameters
    ----------
    agency : DataFrame
        ``agency(actions, by="patient_id")``.
    codebook : Codebook
    language : {"nl", "en"}
    top : int, default 10
        Show the actors with most deeds; the caption says how many there are.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    InputError
        When the table is not by actor.
    """
    title = word("title_agency", language)
    _check(agency, "plot_agency", "patient_id")
    shown, total = choose_doers(agency, codebook, top)
    if not shown:
        return style.say_no_evidence(title, language)
    table = agency.set_index("patient_id").loc[shown]
    names = [style.wrap(label(actor, codebook, language), 30) for actor in shown]
    figure = style.new_figure(style.fit_height(names, overhead=1.45))
    axes = figure.add_subplot()
    rows = range(len(shown))
    for role, (colour, hatch, side) in ROLES.items():
        values = table[role].to_numpy(int)
        bars = axes.barh(rows, side * values, **_look(colour, hatch))
        axes.bar_label(bars, [str(n) if n else "" for n in values], padding=3, fontsize=style.SMALL)
    axes.axvline(0, color=style.INK, linewidth=0.9)
    widest = max(1, int(table[list(ROLES)].to_numpy(int).max()))
    axes.set(xlim=(-widest * 1.15, widest * 1.15), xlabel=word("n_deeds", language), ylabel="")
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):.0f}"))
    _name_rows(axes, names, ask_for(shown, kind="deed"))
    words = {"n_patient": "undergoes", "n_agent": "acts"}
    style.add_legend(axes, [_patch(word(words[role], language), *look[:2]) for role, look in ROLES.items()])
    n_deeds = int(agency["n_agent"].sum())
    caption = [word("caption_agency", language, n=n_deeds), word("no_interval", language)]
    return style.finish(figure, title, [*caption, *style.notes(shown, total, None, language)])


@style.styled
def plot_left_out(agency: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 12) -> Figure:
    """Who does it, as far as the sentence says: shares of deeds whose doer is an actor, somebody else, or left out.

    Parameters
    ----------
    agency : DataFrame
        ``agency(actions, by="event")``, a bar for each type of event; or ``by="patient_id"``, one for each actor that
        undergoes deeds.
    codebook : Codebook
    language : {"nl", "en"}
    top : int, default 12
        Show the rows with most deeds.

    Returns
    -------
    matplotlib.figure.Figure
        Behind each name stands the number of deeds told by a verb, the denominator. Nouns (`de aanval`) leave room for
        no doer and are not counted.

    Raises
    ------
    InputError
        When the table is neither by event nor by actor.
    """
    by = "event" if "event" in agency.columns else "patient_id"
    _check(agency, "plot_left_out", by)
    title = word("title_left_out" if by == "event" else "title_left_out_actors", language)
    shown, total = choose_events(agency, by, codebook, top)
    if not shown:
        return style.say_no_evidence(title, language)
    table = agency.set_index(by).loc[shown]
    counts = {key: float(n) for key, n in zip(shown, table["n_verbal"], strict=True)}
    told = agency[agency["n_verbal"] > 0]
    parts = pd.DataFrame({
        "listed": table["n_verbal"] - table["n_agentless"] - table["n_unlisted_agent"],
        "other_agent": table["n_unlisted_agent"],
        "no_agent": table["n_agentless"],
    })  # fmt: skip
    titles = [event_label(key, language) if by == "event" else label(key, codebook, language) for key in shown]
    names = [f"{style.wrap(name, 28)}  ({counts[key]:.0f})" for name, key in zip(titles, shown, strict=True)]
    figure = style.new_figure(style.fit_height(names, overhead=1.45))
    axes = figure.add_subplot()
    left = pd.Series(0.0, index=table.index)
    for part, (colour, hatch) in DOERS.items():
        share = parts[part] / table["n_verbal"]
        bars = axes.barh(range(len(shown)), share, left=left, **_look(colour, hatch))
        numbers = [str(n) if n else "" for n in parts[part]]
        box = {"facecolor": colour, "edgecolor": "none", "pad": 0.8}
        texts = axes.bar_label(
            bars, numbers, label_type="center", fontsize=style.SMALL, color=style.ink_on(colour), bbox=box
        )
        for bar, text, key in zip(bars, texts, shown, strict=True):
            if is_few(counts[key]):
                bar.set_alpha(0.35)
                text.set(color=style.INK, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.8})
            text.set_visible(bool(text.get_text()))
        left = left + share
    axes.set(xlim=(0, 1), xlabel=word("share_deeds", language), ylabel="")
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol="%" if language == "en" else " %"))
    _name_rows(axes, names, ask_for(shown, by, kind="deed"))
    style.add_legend(axes, [_patch(word(part, language), *look) for part, look in DOERS.items()])
    pale = word("faded_bar", language) if any(is_few(counts[key]) for key in shown) else ""
    caption = [word("caption_left_out", language, n=int(told["n_verbal"].sum())), pale, word("no_interval", language)]
    if by == "event":
        more = [word("top", language, shown=len(shown), total=total)] if len(shown) < total else []
    else:
        more = style.notes(shown, total, None, language)
    return style.finish(figure, title, [*caption, *more])


def choose_doers(agency: pd.DataFrame, codebook: Codebook, top: int) -> tuple[list[str], int]:
    """The actors that a chart of agency shows, most deeds first, and how many have deeds."""
    counts = {
        str(actor): float(done + undergone)
        for actor, done, undergone in zip(agency["patient_id"], agency["n_agent"], agency["n_patient"], strict=True)
        if done + undergone
    }
    return style.rank(counts, codebook, top)


def choose_events(agency: pd.DataFrame, by: str, codebook: Codebook, top: int) -> tuple[list[str], int]:
    """The rows that a chart of left-out doers shows, most deeds told by a verb first, and how many have such deeds."""
    counts = {str(key): float(n) for key, n in zip(agency[by], agency["n_verbal"], strict=True) if n}
    return style.rank(counts, codebook, top)


def _look(colour: str, hatch: str) -> dict[str, Any]:
    return {"color": colour, "hatch": hatch, "edgecolor": style.INK, "linewidth": 0.6, "height": 0.62}


def _patch(name: str, colour: str, hatch: str) -> Patch:
    return Patch(facecolor=colour, hatch=hatch, edgecolor=style.INK, linewidth=0.6, label=name)


def _name_rows(axes: Axes, names: list[str], asks: Sequence[Asks]) -> None:
    style.name_rows(axes, names, asks)
    axes.invert_yaxis()
    style.bare(axes)


def _check(agency: pd.DataFrame, verb: str, by: str) -> None:
    if missing := [column for column in (by, "n_agent", "n_patient", "n_verbal") if column not in agency.columns]:
        raise InputError(f"{verb}: the table lacks {', '.join(missing)}; pass agency(actions, by=...)")
