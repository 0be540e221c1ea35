"""Findings about tone, pairs of actors and deeds in a sentence.

Reads the tables that the charts of `analysis.display.tone`, `relations` and `agency` are drawn from; returns a
`Finding` about the rows that the chart shows, chosen by the chart's own functions.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.codebook import EMPTY, Codebook
from analysis.coding.actions import keep_done
from analysis.display import style
from analysis.display.agency import choose_doers, choose_events
from analysis.display.explaining import explain
from analysis.display.explanation import Explanation
from analysis.display.findings import Finding, count_nouns, list_words
from analysis.display.relations import NO_AGENT, NO_PATIENT, OTHER_AGENT, choose_deeds, choose_pairs, rank_pairs
from analysis.display.tone import SIDES, choose_actors
from analysis.display.words import event_label, label, number
from analysis.schema import AUTHOR, UNNAMED
from analysis.tables import Tables, rows_of


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
        return Finding("No actor is evaluated.")
    drawn = known[known["actor_id"].isin(shown)]
    counts = drawn.groupby("actor_id")["n_units"].sum()
    means = drawn.assign(sum=drawn["estimate"] * drawn["n_units"]).groupby("actor_id")["sum"].sum() / counts
    rated = [actor for actor in shown if counts[actor] >= style.FEW] or shown

    def tell(actor: str) -> str:
        tone = number(round(float(means[actor]), 9), "en", decimals=2, signed=True)
        return f"{label(actor, codebook, language)} ({tone}, n = {counts[actor]})"

    own, quoted = (int(drawn.loc[drawn["voice"] == voice, "n_units"].sum()) for voice in ("own voice", "quoted"))
    rest = "" if len(shown) == total else f" (shown, of {total})"
    text = (
        f"{count_nouns(own + quoted, 'evaluation')} of {count_nouns(len(shown), 'actor')}{rest}, {own} in the outlet's "
        f"own voice and {quoted} quoted{_tell_sides(drawn)}. Most negative mean: {tell(rated[-1])}."
    )
    return Finding(f"{text} Most positive: {tell(rated[0])}." if len(rated) > 1 else text)


def describe_pairs(estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 8) -> Finding:
    """Who judges whom most often, of the sources and targets that `plot_who_on_whom` shows."""
    grid = choose_pairs(estimates, codebook, top)
    drawn = grid.known[grid.known["source_id"].isin(grid.rows) & grid.known["actor_id"].isin(grid.columns)]
    if drawn.empty:
        return Finding("Nobody evaluates anybody.")
    speakers = len(set(drawn["source_id"]) - {AUTHOR, UNNAMED})
    few = int((drawn["n_units"] < style.FEW).sum())
    return Finding(
        f"{count_nouns(drawn['n_units'].sum(), 'evaluation')} between {count_nouns(len(drawn), 'pair')} are shown, "
        f"{few} of them of fewer than {style.FEW}, with {count_nouns(speakers, 'quoted source')}. "
        f"Most frequent: {_list_pairs(rank_pairs(drawn, codebook, 3, least=1)[0], codebook, language)}."
    )


def describe_ranked_pairs(
    estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 12
) -> Finding:
    """The pairs at the head of the list that `plot_pairs` shows."""
    drawn, total = rank_pairs(estimates, codebook, top)
    if drawn.empty:
        return Finding("Nobody evaluates anybody twice.")
    rest = "" if len(drawn) == total else f" of {total}"
    return Finding(
        f"{count_nouns(len(drawn), 'pair')}{rest} with at least two evaluations, {drawn['n_units'].sum()} "
        f"together{_tell_sides(drawn)}. Most frequent: {_list_pairs(drawn.head(3), codebook, language)}."
    )


def describe_actions(actions: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 8) -> Finding:
    """Who acts and who undergoes, and how often the sentence leaves out who did it, of what `plot_actions` shows."""
    if keep_done(actions).empty:
        return Finding("No deeds are reported.")
    grid = choose_deeds(actions, codebook, top)
    drawn = grid.known[grid.known["agent"].isin(grid.rows) & grid.known["patient"].isin(grid.columns)]
    if drawn.empty:
        return Finding("No deed has an actor.")
    rest = "" if len(drawn) == len(grid.known) else f" of {len(grid.known)}"
    sentences = [
        f"{count_nouns(len(drawn), 'deed')}{rest} shown.",
        f"Agent left out by a passive: {int((drawn['agent'] == NO_AGENT).sum())}.",
    ]
    for column, verb, outside in (
        ("agent", "Acting", {NO_AGENT, OTHER_AGENT}),
        ("patient", "Undergoing", {NO_PATIENT}),
    ):
        counts = {str(key): float(n) for key, n in drawn[column].value_counts().items() if key not in outside}
        if counts:
            sentences.append(f"{verb} most: {_list_counts(counts, codebook, language)}.")
    return Finding(" ".join(sentences))


def describe_agency(agency: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 10) -> Finding:
    """Who acts more than it undergoes and the reverse, of the actors that `plot_agency` shows."""
    shown, total = choose_doers(agency, codebook, top)
    drawn = agency[agency["patient_id"].isin(shown)]
    doing, undergoing = (
        {str(a): float(n) for a, n in zip(drawn["patient_id"], drawn[column], strict=True) if n}
        for column in ("n_agent", "n_patient")
    )
    if not shown:
        return Finding("No deeds between actors are reported.")
    rest = "" if len(shown) == total else f" (shown, of {total})"
    only = len(set(undergoing) - set(doing))
    actors = f"{count_nouns(len(shown), 'actor')}{rest}"
    sentences = [f"Of {actors} {len(doing)} act, {len(undergoing)} undergo deeds, {only} only undergo them."]
    for counts, verb in ((doing, "Acting"), (undergoing, "Undergoing")):
        if counts:
            sentences.append(f"{verb} most: {_list_counts(counts, codebook, language)}.")
    return Finding(" ".join(sentences))


def describe_left_out(agency: pd.DataFrame, *, language: str = "nl", top: int = 12) -> Finding:
    """Of how many deeds the doer is left out, and of which type most, of the types that `plot_left_out` shows."""
    shown, total = choose_events(agency, "event", EMPTY, top)
    if not shown:
        return Finding("No deed is told by a verb.")
    drawn = agency.set_index("event").loc[shown]
    told, left_out = int(drawn["n_verbal"].sum()), int(drawn["n_agentless"].sum())
    rest = "" if len(shown) == total else f" in the {count_nouns(len(shown), 'type')} shown, of {total}"
    finding = f"{count_nouns(told, 'deed')} told by a verb{rest}; the doer is left out of {left_out}."
    if left_out:
        most = drawn.sort_values(["n_agentless", "event"], ascending=[False, True], kind="stable").iloc[0]
        event = event_label(str(most.name), language)
        finding += f" Most often of: {event} ({most['n_agentless']:.0f} of {most['n_verbal']:.0f})."
    return Finding(finding)


def explain_first_pair(
    tables: Tables, named: pd.DataFrame, *, codebook: Codebook, language: str = "nl"
) -> Explanation | Finding:
    """The evaluations of the first pair of `analysis.display.views.list_pairs`, in their sentences."""
    if named.empty:
        return Finding("Nobody evaluates anybody.")
    return explain(tables, str(named["name"].iloc[0]), codebook=codebook, language=language)


def _tell_sides(drawn: pd.DataFrame) -> str:
    """How many evaluations are negative, neutral and positive, where the table says so."""
    if not set(SIDES) <= set(drawn.columns):
        return ""
    told = list_words([f"{int(drawn[column].sum())} {word}" for column, (word, _) in SIDES.items()])
    return f": {told}"


def _list_pairs(rows: pd.DataFrame, codebook: Codebook, language: str) -> str:
    return list_words([_tell_pair(row, codebook, language) for row in rows_of(rows)])


def _tell_pair(row: Any, codebook: Codebook, language: str) -> str:
    mean = number(row.estimate, "en", decimals=2, signed=True)
    source, target = label(str(row.source_id), codebook, language), label(str(row.actor_id), codebook, language)
    return f"{source} on {target} ({mean}, n = {row.n_units})"


def _list_counts(counts: dict[str, float], codebook: Codebook, language: str) -> str:
    first, _ = style.rank(counts, codebook, 3)
    return list_words([f"{label(actor, codebook, language)} ({counts[actor]:.0f})" for actor in first])
