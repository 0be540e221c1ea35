"""Findings about tone, pairs of actors and deeds in a sentence.

Reads the tables that the charts of `analysis.display.charts.tone`, `relations` and `agency` are drawn from; returns a
`Finding` about the rows that the chart shows, chosen by the chart's own functions.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.codebook.load import EMPTY, Codebook
from analysis.coding.actions.code import keep_done
from analysis.contracts.schema import AUTHOR, UNNAMED
from analysis.contracts.tables import Tables, rows_of
from analysis.display.charts import style
from analysis.display.charts.agency import choose_doers, choose_events
from analysis.display.charts.relations import NO_AGENT, NO_PATIENT, OTHER_AGENT, choose_deeds, choose_pairs, rank_pairs
from analysis.display.charts.tone import SIDES, choose_actors
from analysis.display.explanations.explain import explain
from analysis.display.explanations.explanation import Explanation
from analysis.display.findings.charts import Finding
from analysis.display.words import count, event_label, label, list_words, number, word


def describe_tone(estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 10) -> Finding:
    """How many evaluations there are of each class, and which actors shown are evaluated worst and best.

    Parameters
    ----------
    estimates : DataFrame
        As for `analysis.display.plot_tone`.
    codebook, language, top
        As for the chart.

    Returns
    -------
    Finding
        An actor of fewer than three evaluations is neither worst nor best, unless no other is shown.
    """
    known, shown, total = choose_actors(estimates, codebook, top)
    if known.empty:
        return Finding(word("no_evaluations", language))
    drawn = known[known["actor_id"].isin(shown)]
    counts = drawn.groupby("actor_id")["n_units"].sum()
    means = drawn.assign(sum=drawn["estimate"] * drawn["n_units"]).groupby("actor_id")["sum"].sum() / counts
    rated = [actor for actor in shown if counts[actor] >= style.FEW] or shown

    def tell(actor: str) -> str:
        tone = number(round(float(means[actor]), 9), language, decimals=2, signed=True)
        return word("with_n", language, name=label(actor, codebook, language), value=tone, n=counts[actor])

    own, quoted = (int(drawn.loc[drawn["voice"] == voice, "n_units"].sum()) for voice in ("own voice", "quoted"))
    told = word(
        "evaluations_by_voice", language, evaluations=count(own + quoted, "evaluation", language),
        actors=count(len(shown), "actor", language), own=own, quoted=quoted, sides=_tell_sides(drawn, language),
        rest=word("shown_of", language, n=total) if len(shown) < total else "", worst=tell(rated[-1]),
        best=word("most_positive", language, actor=tell(rated[0])) if len(rated) > 1 else "",
    )  # fmt: skip
    return Finding(told)


def describe_pairs(estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 8) -> Finding:
    """Who judges whom most often, of the sources and targets that `plot_who_on_whom` shows."""
    grid = choose_pairs(estimates, codebook, top)
    drawn = grid.known[grid.known["source_id"].isin(grid.rows) & grid.known["actor_id"].isin(grid.columns)]
    if drawn.empty:
        return Finding(word("no_pairs", language))
    told = word(
        "pairs", language, evaluations=count(drawn["n_units"].sum(), "evaluation", language),
        pairs=count(len(drawn), "pair", language), few=int((drawn["n_units"] < style.FEW).sum()), least=style.FEW,
        sources=count(len(set(drawn["source_id"]) - {AUTHOR, UNNAMED}), "quoted_source", language),
        told=_list_pairs(rank_pairs(drawn, codebook, 3, least=1)[0], codebook, language),
    )  # fmt: skip
    return Finding(told)


def describe_ranked_pairs(
    estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 12
) -> Finding:
    """The pairs at the head of the list that `plot_pairs` shows."""
    drawn, total = rank_pairs(estimates, codebook, top)
    if drawn.empty:
        return Finding(word("no_ranked_pairs", language))
    rest = word("of_all", language, n=total) if len(drawn) < total else ""
    pairs, n = count(len(drawn), "pair", language), drawn["n_units"].sum()
    told, sides = _list_pairs(drawn.head(3), codebook, language), _tell_sides(drawn, language)
    return Finding(word("ranked_pairs", language, pairs=pairs, rest=rest, n=n, sides=sides, told=told))


def describe_actions(actions: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 8) -> Finding:
    """Who acts and who undergoes, and how often the sentence leaves out who did it, of what `plot_actions` shows."""
    if keep_done(actions).empty:
        return Finding(word("no_deeds", language))
    grid = choose_deeds(actions, codebook, top)
    drawn = grid.known[grid.known["agent"].isin(grid.rows) & grid.known["patient"].isin(grid.columns)]
    if drawn.empty:
        return Finding(word("no_deed_of_actor", language))
    rest = word("of_all", language, n=len(grid.known)) if len(drawn) < len(grid.known) else ""
    outside = (NO_AGENT, OTHER_AGENT, NO_PATIENT)
    doing, undergoing = (
        {str(key): float(n) for key, n in drawn[column].value_counts().items() if key not in outside}
        for column in ("agent", "patient")
    )
    left_out, deeds = int((drawn["agent"] == NO_AGENT).sum()), count(len(drawn), "deed", language)
    most = _tell_most(doing, undergoing, codebook, language)
    return Finding(word("deeds", language, deeds=deeds, rest=rest, left_out=left_out, most=most))


def describe_agency(agency: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 10) -> Finding:
    """Who acts more than it undergoes and the reverse, of the actors that `plot_agency` shows."""
    shown, total = choose_doers(agency, codebook, top)
    drawn = agency[agency["patient_id"].isin(shown)]
    doing, undergoing = (
        {str(a): float(n) for a, n in zip(drawn["patient_id"], drawn[column], strict=True) if n}
        for column in ("n_agent", "n_patient")
    )
    if not shown:
        return Finding(word("no_deeds_between", language))
    told = word(
        "agency", language, actors=count(len(shown), "actor", language),
        rest=word("shown_of", language, n=total) if len(shown) < total else "",
        doing=len(doing), undergoing=len(undergoing), only=len(set(undergoing) - set(doing)),
        most=_tell_most(doing, undergoing, codebook, language),
    )  # fmt: skip
    return Finding(told)


def describe_left_out(agency: pd.DataFrame, *, language: str = "nl", top: int = 12) -> Finding:
    """Of how many deeds the doer is left out, and of which type most, of the types that `plot_left_out` shows."""
    shown, total = choose_events(agency, "event", EMPTY, top)
    if not shown:
        return Finding(word("no_verbal_deeds", language))
    drawn = agency.set_index("event").loc[shown]
    types, n = count(len(shown), "type", language), int(drawn["n_agentless"].sum())
    rest = word("in_types", language, types=types, total=total) if len(shown) < total else ""
    told = ""
    if n:
        most = drawn.sort_values(["n_agentless", "event"], ascending=[False, True], kind="stable").iloc[0]
        counts = {"n": f"{most['n_agentless']:.0f}", "total": f"{most['n_verbal']:.0f}"}
        told = word("most_often_of", language, event=event_label(str(most.name), language), **counts)
    deeds = count(drawn["n_verbal"].sum(), "deed", language)
    return Finding(word("left_out", language, deeds=deeds, rest=rest, n=n, most=told))


def explain_first_pair(
    tables: Tables, named: pd.DataFrame, *, codebook: Codebook, language: str = "nl"
) -> Explanation | Finding:
    """The evaluations of the first pair of `analysis.display.views.list_pairs`, in their sentences."""
    if named.empty:
        return Finding(word("no_pairs", language))
    return explain(tables, str(named["name"].iloc[0]), codebook=codebook, language=language)


def _tell_sides(drawn: pd.DataFrame, language: str) -> str:
    """How many evaluations are negative, neutral and positive, where the table says so."""
    if not set(SIDES) <= set(drawn.columns):
        return ""
    told = [f"{int(drawn[column].sum())} {word(side, language)}" for column, (side, _) in SIDES.items()]
    return f": {list_words(told, language)}"


def _list_pairs(rows: pd.DataFrame, codebook: Codebook, language: str) -> str:
    return list_words([_tell_pair(row, codebook, language) for row in rows_of(rows)], language)


def _tell_pair(row: Any, codebook: Codebook, language: str) -> str:
    mean = number(row.estimate, language, decimals=2, signed=True)
    source, target = (label(str(key), codebook, language) for key in (row.source_id, row.actor_id))
    name = word("source_on_target", language, source=source, target=target)
    return word("with_n", language, name=name, value=mean, n=row.n_units)


def _tell_most(doing: dict[str, float], undergoing: dict[str, float], codebook: Codebook, language: str) -> str:
    told = ""
    for key, counts in (("acting_most", doing), ("undergoing_most", undergoing)):
        names = [f"{label(a, codebook, language)} ({counts[a]:.0f})" for a in style.rank(counts, codebook, 3)[0]]
        told += word(key, language, told=list_words(names, language)) if names else ""
    return told
