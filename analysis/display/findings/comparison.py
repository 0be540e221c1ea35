"""Findings of comparisons in a sentence: differences, corrections, changes over time.

Reads the tables that charts of comparison are drawn from; returns a `Finding`, as `findings.charts` does.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.codebook.load import Codebook
from analysis.contracts.tables import rows_of
from analysis.display.charts.differences import ALPHA, choose_differences
from analysis.display.charts.style import FEW
from analysis.display.findings.charts import Finding
from analysis.display.words import count, label, list_words, number, word


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
        return Finding(word("no_evidence_to_compare", language))
    signed = bool((known["estimate"] < 0).any())
    told, n_left_out, to = [], 0, f" {word('to', language)} "
    for key, part in known.groupby(panel, sort=False) if panel in known else [("", known)]:
        enough = part[part["n_units"] >= FEW]
        n_left_out += len(part) - len(enough)
        if enough.empty:
            continue
        ordered = enough.sort_values(["estimate", group], kind="stable")
        ends = [ordered.iloc[0]] if len(ordered) == 1 else [ordered.iloc[0], ordered.iloc[-1]]
        values = [number(end["estimate"], language, decimals=2, signed=signed) for end in ends]
        names = [label(str(end[group]), codebook, language) for end in ends]
        words = [
            word("with_n", language, name=name, value=value, n=end["n_units"])
            for name, value, end in zip(names, values, ends, strict=True)
        ]
        if len(ordered) > 1 and ends[0]["estimate"] == ends[-1]["estimate"]:
            words = [word("in_all", language, value=values[0], n=len(ordered))]
        start = f"{label(str(key), codebook, language)}: " if key else ""
        told.append(f"{start}{to.join(words)}")
    parts = [word("lowest_to_highest", language, told="; ".join(told))] if told else []
    parts += [word("not_compared", language, few=FEW, n=n_left_out, total=len(known))] if n_left_out else []
    return Finding(" ".join(parts))


def describe_differences(
    differences: pd.DataFrame, *, codebook: Codebook, language: str = "nl", n: int = 3, top: int = 15
) -> Finding:
    """How many differences were tested, how many outlast the correction, and the largest of those shown (`compare`)."""
    shown, n_tested = choose_differences(differences, codebook, top)
    if not shown:
        return Finding(word("nothing_to_compare", language))
    drawn = pd.DataFrame(shown)
    known = drawn[drawn["ci_low"].notna()]
    clear = known[(known["ci_low"] > 0) | (known["ci_high"] < 0)]
    sure = drawn[drawn["p_adjusted"] < ALPHA]
    told = [
        f"{_about(row, codebook, language)} "
        f"({number(row.difference, language, decimals=2, signed=True)}{_tell_interval(row, language)})"
        for row in rows_of(drawn.head(n))
    ]
    n_untested = len(differences) - n_tested
    finding = word(
        "differences", language, differences=count(len(drawn), "difference", language),
        rest=word("largest_of", language, n=n_tested) if len(drawn) < n_tested else "",
        remain=word("remain", language, n=len(sure)), tests=count(n_tested, "test", language),
        known=word("enough_for_interval", language, n=len(known)),
        exclude=word("of_which_exclude", language, n=len(clear)),
        untested=word("untested", language, n=n_untested) if n_untested else "", told=list_words(told, language),
    )  # fmt: skip
    return Finding(finding)


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
        return Finding(word("no_gold_codes", language))
    wide = estimates.pivot_table(index=by, columns="estimator", values="estimate", sort=False)
    spans = estimates.assign(span=estimates["ci_high"] - estimates["ci_low"])
    width = spans.pivot_table(index=by, columns="estimator", values="span", sort=False)
    n_coded = estimates[estimates["estimator"] == "corrected"].set_index(by)["n_coded"]
    change = (wide["corrected"] - wide["naive"]).rename("change").reset_index()
    first = change.assign(size=-change["change"].abs()).sort_values(["size", by], kind="stable").head(n)
    signed = bool((estimates["estimate"] < 0).any())

    def tell(key: str, kind: str) -> str:
        return number(float(wide[kind].to_dict()[key]), language, decimals=2, signed=signed)

    told = []
    for key in first[by]:
        values = {kind: tell(key, kind) for kind in ("naive", "corrected")}
        whole = word("all_codes_say", language, value=tell(key, "all")) if "all" in wide else ""
        codes, name = count(n_coded[key], "gold_code", language), label(str(key), codebook, language)
        told.append(word("corrected_from", language, name=name, codes=codes, whole=whole, **values))
    known = width.dropna() if {"corrected", "naive"} <= set(width) else width.iloc[:0]
    known = known[known["naive"] > 0] if len(known) else known
    wider = ""
    if len(known):
        mean = number(float((known["corrected"] / known["naive"]).mean()), language)
        wider = word("wider", language, mean=mean)
    n_bare = int(estimates.loc[estimates["estimator"] == "corrected", "ci_low"].isna().sum())
    bare = word("no_corrected_interval", language, n=n_bare, total=len(n_coded)) if n_bare else ""
    return Finding(word("correction", language, told=list_words(told, language), wider=wider, bare=bare))


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
        return Finding(word("no_changes", language))
    known = estimates[estimates["ci_low"].notna()]
    clear = known[(known["ci_low"] > 0) | (known["ci_high"] < 0)]
    told = [
        f"{label(str(row.actor_id), codebook, language)} ({number(row.estimate, language, decimals=2, signed=True)}"
        f"{_tell_interval(row, language)})"
        for row in rows_of(clear)
    ]
    bare = estimates[estimates["ci_low"].isna()]
    of_what = "gold_code" if "n_coded" in bare and estimator != "naive" else "article"
    named = [
        f"{label(str(row.actor_id), codebook, language)} "
        f"({count(row.n_coded if of_what == 'gold_code' else row.n_units, of_what, language)})"
        for row in rows_of(bare)
    ]
    finding = word(
        "changes", language, n=len(clear), changes=count(len(estimates), "change", language),
        estimator=word(f"estimator_{estimator}", language), told=f": {list_words(told, language)}" if told else "",
        unknown=word("changes_not_known", language, named=list_words(named, language)) if named else "",
    )  # fmt: skip
    return Finding(finding)


def describe_periods(counts: pd.DataFrame, *, language: str = "nl") -> Finding:
    """How evenly articles are spread over periods (`analysis.measures.periods.count_articles`)."""
    if counts.empty:
        return Finding(word("no_days", language))
    period = str(counts.columns[0])
    totals = counts.groupby(period)["n_articles"].sum()
    n_empty = int((totals == 0).sum())
    gaps = word("empty_periods", language, periods=count(n_empty, period, language)) if n_empty else ""
    articles, periods = count(totals.sum(), "article", language), count(len(totals), period, language)
    low, high = totals.min(), totals.max()
    return Finding(word("periods", language, articles=articles, periods=periods, low=low, high=high, gaps=gaps))


def describe_power(table: pd.DataFrame, *, wanted: float = 0.8, language: str = "nl") -> Finding:
    """The smallest number of articles a group that was tried with which the difference would usually be found."""
    if table.empty:
        return Finding(word("no_power", language))
    enough = table.loc[table["power"] >= wanted, "n_articles"]
    share = number(wanted * 100, language, decimals=0)
    if enough.empty:
        return Finding(word("never_enough", language, n=int(table["n_articles"].max()), share=share))
    return Finding(word("fewest_enough", language, n=int(enough.min()), share=share))


def _tell_interval(row: Any, language: str) -> str:
    """The bounds behind a number, where there are some."""
    if math.isnan(row.ci_low):
        return ""
    low, high = (number(bound, language, decimals=2, signed=True) for bound in (row.ci_low, row.ci_high))
    return word("bounds", language, low=low, high=high)


def _about(row: Any, codebook: Codebook, language: str) -> str:
    key = getattr(row, "actor_id", None) or getattr(row, "frame_id", None)
    group = label(str(row.group_a), codebook, language)
    return word("actor_in_group", language, actor=label(str(key), codebook, language), group=group) if key else group
