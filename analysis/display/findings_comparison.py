"""Findings of comparisons in a sentence: differences, corrections, changes over time.

Reads the tables that charts of comparison are drawn from; returns a `Finding`, as `analysis.display.findings` does.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.codebook import Codebook
from analysis.display.differences import ALPHA, choose_differences
from analysis.display.findings import Finding, count_nouns, list_words
from analysis.display.style import FEW
from analysis.display.words import label, number
from analysis.tables import rows_of

NOTHING = Finding("There is nothing to compare: no two groups have evidence.")
WORDS = {"naive": "machine codes", "corrected": "corrected", "coded": "gold codes alone", "all": "all gold codes"}
"""English names of estimators."""


def describe_groups(
    estimates: pd.DataFrame, *, group: str, panel: str = "actor_id", codebook: Codebook, language: str = "nl"
) -> Finding:
    """Which group is lowest and which highest (``estimates`` by `group`, and by `panel` where there is one).

    Returns
    -------
    Finding
        A group of fewer than three units is not compared: one story is neither lowest nor highest.
    """
    known = estimates[estimates["estimate"].notna() & estimates[group].notna()]
    if known.empty:
        return Finding("There is no evidence to compare.")
    signed = bool((known["estimate"] < 0).any())
    told, n_left_out = [], 0
    for key, part in known.groupby(panel, sort=False) if panel in known else [("", known)]:
        enough = part[part["n_units"] >= FEW]
        n_left_out += len(part) - len(enough)
        if enough.empty:
            continue
        ordered = enough.sort_values(["estimate", group], kind="stable")
        ends = [ordered.iloc[0]] if len(ordered) == 1 else [ordered.iloc[0], ordered.iloc[-1]]
        words = [
            f"{label(str(end[group]), codebook, language)} "
            f"({number(end['estimate'], 'en', decimals=2, signed=signed)}, n = {end['n_units']})"
            for end in ends
        ]
        name = f"{label(str(key), codebook, language)}: " if key else ""
        if len(ordered) > 1 and ends[0]["estimate"] == ends[-1]["estimate"]:
            words = [f"{number(ends[0]['estimate'], 'en', decimals=2, signed=signed)} in all {len(ordered)}"]
        told.append(f"{name}{' to '.join(words)}")
    rest = f" Of fewer than {FEW} units, and not compared: {n_left_out} of {len(known)}." if n_left_out else ""
    return Finding(f"Lowest to highest: {'; '.join(told)}.{rest}" if told else rest.strip())


def describe_differences(
    differences: pd.DataFrame, *, codebook: Codebook, language: str = "nl", n: int = 3, top: int = 15
) -> Finding:
    """How many differences were tested, how many outlast the correction, and the largest of those shown (`compare`)."""
    shown, n_tested = choose_differences(differences, codebook, top)
    if not shown:
        return NOTHING
    drawn = pd.DataFrame(shown)
    known = drawn[drawn["ci_low"].notna()]
    clear = known[(known["ci_low"] > 0) | (known["ci_high"] < 0)]
    sure = drawn[drawn["p_adjusted"] < ALPHA]
    told = [
        f"{_about(row, codebook, language)}{label(str(row.group_a), codebook, language)} "
        f"({number(row.difference, 'en', decimals=2, signed=True)}{_tell_interval(row)})"
        for row in rows_of(drawn.head(n))
    ]
    rest = "" if len(drawn) == n_tested else f" of {n_tested}, the largest"
    untested = len(differences) - n_tested
    more = f" Resting on too few articles to test: {untested} more." if untested else ""
    return Finding(
        f"{count_nouns(len(drawn), 'difference')}{rest}: {_tell(len(sure), 'remain')} after correction for {n_tested} "
        f"tests; {len(known)} rest on enough articles for an interval, of which {_tell(len(clear), 'exclude')} zero."
        f"{more} Largest: {list_words(told)}."
    )


def describe_correction(
    estimates: pd.DataFrame, *, by: str, codebook: Codebook, language: str = "nl", n: int = 2
) -> Finding:
    """Where the correction changes most, on how many gold codes it rests, and how much intervals widen.

    Parameters
    ----------
    estimates : DataFrame
        With ``estimator`` and ``n_coded``; where the estimator ``all`` is there, what all gold codes say is told too.
    by : str
        The column of groups.
    codebook, language, n
        As for the chart; how many groups are named.
    """
    if estimates.empty:
        return Finding("There are no gold codes of these articles: nothing can be corrected.")
    wide = estimates.pivot_table(index=by, columns="estimator", values="estimate", sort=False)
    spans = estimates.assign(span=estimates["ci_high"] - estimates["ci_low"])
    width = spans.pivot_table(index=by, columns="estimator", values="span", sort=False)
    n_coded = estimates[estimates["estimator"] == "corrected"].set_index(by)["n_coded"]
    change = (wide["corrected"] - wide["naive"]).rename("change").reset_index()
    first = change.assign(size=-change["change"].abs()).sort_values(["size", by], kind="stable").head(n)
    signed = bool((estimates["estimate"] < 0).any())

    def tell(key: str, kind: str) -> str:
        return number(float(wide[kind].to_dict()[key]), "en", decimals=2, signed=signed)

    told = []
    for row in rows_of(first):
        key = getattr(row, by)
        whole = f"; all gold codes say {tell(key, 'all')}" if "all" in wide else ""
        told.append(
            f"{label(str(key), codebook, language)} (from {tell(key, 'naive')} to {tell(key, 'corrected')}, with "
            f"{count_nouns(n_coded[key], 'gold code')}{whole})"
        )
    known = width.dropna() if {"corrected", "naive"} <= set(width) else width.iloc[:0]
    known = known[known["naive"] > 0] if len(known) else known
    ratio = ""
    if len(known):
        mean = number(float((known["corrected"] / known["naive"]).mean()), "en", decimals=1)
        ratio = f" Corrected intervals are on average {mean} times as wide as those that believe the machine."
    n_bare = int(estimates.loc[estimates["estimator"] == "corrected", "ci_low"].isna().sum())
    bare = f" Too few gold codes for a corrected interval: {n_bare} of {len(n_coded)}." if n_bare else ""
    return Finding(f"The correction changes most: {list_words(told)}.{ratio}{bare}")


def describe_changes(
    estimates: pd.DataFrame, *, estimator: str = "naive", codebook: Codebook, language: str = "nl"
) -> Finding:
    """Which changes exclude zero (`correct_differences` by ``actor_id``), by one estimator, and which are not known.

    Returns
    -------
    Finding
        A change without an interval is named with what it rests on, and never said to exclude zero.
    """
    if "estimator" in estimates:
        estimates = estimates[estimates["estimator"] == estimator]
    if estimates.empty:
        return Finding("There is too little evidence to speak of a change.")
    known = estimates[estimates["ci_low"].notna()]
    clear = known[(known["ci_low"] > 0) | (known["ci_high"] < 0)]
    told = [
        f"{label(str(row.actor_id), codebook, language)} ({number(row.estimate, 'en', decimals=2, signed=True)}"
        f"{_tell_interval(row)})"
        for row in rows_of(clear)
    ]
    tail = f": {list_words(told)}" if told else ""
    subject = count_nouns(len(estimates), "change")
    start = f"Of {subject} ({WORDS[estimator]}), {_tell(len(clear), 'exclude')} zero{tail}."
    bare = estimates[estimates["ci_low"].isna()]
    if bare.empty:
        return Finding(start)
    of_what = "gold code" if "n_coded" in bare and estimator != "naive" else "article"
    named = [
        f"{label(str(row.actor_id), codebook, language)} "
        f"({count_nouns(row.n_coded if of_what == 'gold code' else row.n_units, of_what)})"
        for row in rows_of(bare)
    ]
    return Finding(f"{start} Resting on too little for an interval, so not known: {list_words(named)}.")


def describe_periods(counts: pd.DataFrame) -> Finding:
    """How evenly articles are spread over periods (`analysis.measures.periods.count_articles`)."""
    if counts.empty:
        return Finding("No article has a date that is known to the day.")
    period = str(counts.columns[0])
    totals = counts.groupby(period)["n_articles"].sum()
    empty = int((totals == 0).sum())
    gaps = f" In {count_nouns(empty, period)} there is none." if empty else ""
    return Finding(
        f"{count_nouns(totals.sum(), 'article')} in {count_nouns(len(totals), period)}, "
        f"{totals.min()} to {totals.max()} in each.{gaps}"
    )


def describe_power(table: pd.DataFrame, *, wanted: float = 0.8) -> Finding:
    """The smallest number of articles a group that was tried with which the difference would usually be found."""
    if table.empty:
        return Finding("Too few articles have evidence to know how articles vary.")
    enough = table[table["power"] >= wanted]
    share = number(wanted * 100, "en", decimals=0)
    if enough.empty:
        most = int(table["n_articles"].max())
        return Finding(f"Even {most} articles a group would not find it in {share} of 100 studies.")
    fewest = int(enough["n_articles"].min())
    return Finding(
        f"Of the numbers tried, {fewest} articles a group are the fewest that find it in {share} of 100 studies."
    )


def _tell_interval(row: Any) -> str:
    """The bounds behind a number, where there are some."""
    if math.isnan(row.ci_low):
        return ""
    bounds = [number(bound, "en", decimals=2, signed=True) for bound in (row.ci_low, row.ci_high)]
    return f", {bounds[0]} to {bounds[1]}"


def _tell(n: int, verb: str) -> str:
    return f"{n} {verb}s" if n == 1 else f"{n} {verb}"


def _about(row: object, codebook: Codebook, language: str) -> str:
    key = getattr(row, "actor_id", None) or getattr(row, "frame_id", None)
    return f"{label(str(key), codebook, language)} in " if key else ""
