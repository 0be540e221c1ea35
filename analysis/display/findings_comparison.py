"""Findings of comparisons in a sentence: differences, corrections, changes over time.

Reads the tables that charts of comparison are drawn from; returns a `Finding`, as `analysis.display.findings` does.
"""

from __future__ import annotations

import pandas as pd

from analysis.codebook import Codebook
from analysis.display.differences import ALPHA
from analysis.display.findings import Finding, count_nouns, list_words
from analysis.display.words import label, number
from analysis.tables import rows_of

NOTHING = Finding("There is nothing to compare: no two groups have evidence.")
WORDS = {"naive": "machine codes", "corrected": "corrected", "coded": "hand codes alone", "all": "all by hand"}
"""English names of estimators."""


def describe_groups(
    estimates: pd.DataFrame, *, group: str, panel: str = "actor_id", codebook: Codebook, language: str = "nl"
) -> Finding:
    """Which group is lowest and which highest (``estimates`` by `group`, and by `panel` where there is one)."""
    known = estimates[estimates["estimate"].notna() & estimates[group].notna()]
    if known.empty:
        return Finding("There is no evidence to compare.")
    signed = bool((known["estimate"] < 0).any())
    told = []
    for key, part in known.groupby(panel, sort=False) if panel in known else [("", known)]:
        ordered = part.sort_values(["estimate", group], kind="stable")
        ends = [ordered.iloc[0]] if len(ordered) == 1 else [ordered.iloc[0], ordered.iloc[-1]]
        words = [
            f"{label(str(end[group]), codebook, language)} "
            f"({number(end['estimate'], 'en', decimals=2, signed=signed)}, n = {end['n_units']})"
            for end in ends
        ]
        name = f"{label(str(key), codebook, language)}: " if key else ""
        told.append(f"{name}{' to '.join(words)}")
    return Finding(f"Lowest to highest: {'; '.join(told)}.")


def describe_differences(differences: pd.DataFrame, *, codebook: Codebook, language: str = "nl", n: int = 3) -> Finding:
    """How many differences there are, how many outlast the correction, and the largest of them (`compare`)."""
    tested = differences[differences["ci_low"].notna()]
    if tested.empty:
        return NOTHING
    clear = tested[(tested["ci_low"] > 0) | (tested["ci_high"] < 0)]
    sure = tested[tested["p_adjusted"] < ALPHA]
    untested = len(differences) - len(tested)
    rest = f" Resting on too few articles to test: {untested} more." if untested else ""
    largest = tested.assign(size=-tested["difference"].abs()).sort_values(["size", "group_a"], kind="stable").head(n)
    told = [
        f"{_about(row, codebook, language)}{label(str(row.group_a), codebook, language)} "
        f"({number(row.difference, 'en', decimals=2, signed=True)}, "
        f"{number(row.ci_low, 'en', decimals=2, signed=True)} to {number(row.ci_high, 'en', decimals=2, signed=True)})"
        for row in rows_of(largest)
    ]
    return Finding(
        f"Of {count_nouns(len(tested), 'difference')} with an interval, {_tell(len(clear), 'exclude')} zero and "
        f"{_tell(len(sure), 'remain')} after correction for many tests.{rest} Largest: {list_words(told)}."
    )


def describe_correction(
    estimates: pd.DataFrame, *, by: str, codebook: Codebook, language: str = "nl", n: int = 2
) -> Finding:
    """Where the correction changes most, and by how much intervals widen (``estimates`` with ``estimator``)."""
    if estimates.empty:
        return Finding("There are no hand codes of these articles: nothing can be corrected.")
    wide = estimates.pivot_table(index=by, columns="estimator", values="estimate", sort=False)
    spans = estimates.assign(span=estimates["ci_high"] - estimates["ci_low"])
    width = spans.pivot_table(index=by, columns="estimator", values="span", sort=False)
    change = (wide["corrected"] - wide["naive"]).rename("change").reset_index()
    first = change.assign(size=-change["change"].abs()).sort_values(["size", by], kind="stable").head(n)
    told = [
        f"{label(str(getattr(row, by)), codebook, language)} "
        f"(from {number(wide.loc[getattr(row, by), 'naive'], 'en', decimals=2)} "
        f"to {number(wide.loc[getattr(row, by), 'corrected'], 'en', decimals=2)})"
        for row in rows_of(first)
    ]
    ratio = ""
    if {"corrected", "naive"} <= set(width) and (width["naive"] > 0).any():
        known = width[width["naive"] > 0]
        mean = number(float((known["corrected"] / known["naive"]).mean()), "en", decimals=1)
        ratio = f" Corrected intervals are on average {mean} times as wide as those that believe the machine."
    return Finding(f"The correction changes most: {list_words(told)}.{ratio}")


def describe_changes(
    estimates: pd.DataFrame, *, estimator: str = "naive", codebook: Codebook, language: str = "nl"
) -> Finding:
    """Which changes exclude zero (`correct_differences` by ``actor_id``), by one estimator."""
    if "estimator" in estimates:
        estimates = estimates[estimates["estimator"] == estimator]
    known = estimates[estimates["ci_low"].notna()]
    if known.empty:
        return Finding("There is too little evidence to speak of a change.")
    clear = known[(known["ci_low"] > 0) | (known["ci_high"] < 0)]
    told = [
        f"{label(str(row.actor_id), codebook, language)} ({number(row.estimate, 'en', decimals=2, signed=True)}, "
        f"{number(row.ci_low, 'en', decimals=2, signed=True)} to {number(row.ci_high, 'en', decimals=2, signed=True)})"
        for row in rows_of(clear)
    ]
    tail = f": {list_words(told)}" if told else ""
    subject = count_nouns(len(known), "change")
    return Finding(f"Of {subject} ({WORDS[estimator]}), {_tell(len(clear), 'exclude')} zero{tail}.")


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


def _tell(n: int, verb: str) -> str:
    return f"{n} {verb}s" if n == 1 else f"{n} {verb}"


def _about(row: object, codebook: Codebook, language: str) -> str:
    key = getattr(row, "actor_id", None) or getattr(row, "frame_id", None)
    return f"{label(str(key), codebook, language)} in " if key else ""
