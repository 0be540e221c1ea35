"""Findings about validity in a sentence, and its long tables as a reader wants them: wide, with intervals in the cell.

Reads the tables of `analysis.validation` and of `analysis.measures.coverage`; returns a `Finding` or a table of text.
No prose of a notebook states a number that is not written here from a table.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.contracts.tables import rows_of
from analysis.display.findings.charts import Finding
from analysis.display.validity_words import name
from analysis.display.words import MISSING, count, list_words, number, word
from analysis.display.words_tables import localise

NOTABLE = 0.05
"""Gap in mean polarity from which a group of names is named: what the study asks to stay below."""
TRIVIAL = ("majority", "lexicon", "lexicon_no_target", "vader", "patterns")
"""Methods that anyone has without a model: what a coder must beat to be of use."""


def describe_stored(table: pd.DataFrame, *, what: str, language: str = "nl") -> Finding:
    """When stored results were measured, and how to measure them again.

    Parameters
    ----------
    table : DataFrame
        With ``date`` and ``command``.
    what : str
        What they are, such as ``methods``.
    language : {"nl", "en"}

    Examples
    --------
    >>> describe_stored(pd.DataFrame({"date": ["2025-03-01"], "command": ["x OUT a"]}), what="methods", language="en")
    Stored results (methods), measured on 2025-03-01 and not again in this run. To renew: x OUT a
    """
    days = sorted(set(table["date"]))
    when = days[0] if len(days) == 1 else word("days_from", language, first=days[0], last=days[-1])
    command, *others = dict.fromkeys(table["command"])
    more = word("commands_like_it", language, n=len(others)) if others else ""
    return Finding(word("stored", language, what=what, days=when, command=command, more=more))


def describe_again(kept: pd.DataFrame, measured: pd.DataFrame, *, language: str = "nl") -> Finding:
    """When stored results were measured, and whether those measured just now are the same to two decimals.

    Parameters
    ----------
    kept : DataFrame
        ``gold, language, method, measure, estimate, date, command``.
    measured : DataFrame
        The same without date and command, of some of the gold sets.
    language : {"nl", "en"}

    Examples
    --------
    >>> found = pd.DataFrame({"gold": "a", "language": "nl", "method": "coder", "measure": "alpha", "estimate": [0.5]})
    >>> kept = found.assign(date="2025-03-01", command="python -m x")
    >>> describe_again(kept, found.assign(estimate=0.6), language="en").partition("But for ")[2]
    'a: 0 of 1 results are as stored; measure the stored results anew'
    """
    keys = ["gold", "language", "method", "measure"]
    both = measured.merge(kept, on=keys, how="left", suffixes=("", "_stored"))
    is_same = (both["estimate"] - both["estimate_stored"]).abs().lt(0.005) | both["estimate"].isna()
    rest = "" if is_same.all() else word("measure_anew", language)
    stored = describe_stored(kept, what=word("stored_methods", language), language=language)
    sets, n = list_words(sorted(set(both["gold"])), language), int(is_same.sum())
    return Finding(word("measured_again", language, stored=stored, sets=sets, n=n, total=len(both), rest=rest))


def describe_methods(table: pd.DataFrame, *, measure: str = "macro_f1", language: str = "nl") -> Finding:
    """On how many gold sets the coder beats what anyone has without a model, and where it falls behind its own network.

    Parameters
    ----------
    table : DataFrame
        ``gold, language, method, measure, estimate``.
    measure : str
        What is compared.
    language : {"nl", "en"}
    """
    shown = table[table["measure"] == measure]
    wide = shown.pivot_table(index=["gold", "language"], columns="method", values="estimate")
    if "coder" not in wide or wide["coder"].dropna().empty:
        return Finding(word("no_gold_sets", language))
    wide = wide[wide["coder"].notna()]
    beaten = wide["coder"] > wide[[method for method in TRIVIAL if method in wide]].max(axis=1)
    told = [word("beats", language, measure=name(measure, language), n=beaten.sum(), total=len(beaten))]
    if not beaten.all():
        told.append(word("beats_not", language, sets=_list_sets(wide[~beaten], language)))
    if "model" in wide:
        told.append(word("network_higher", language, sets=_list_sets(wide[wide["model"] > wide["coder"]], language)))
    for method, key in (("model_no_target", "without_target"), ("model_no_context", "bare_name")):
        if method in wide:
            told.append(word(key, language, lost=number((wide["model"] - wide[method]).mean(), language, decimals=2)))
    return Finding("; ".join(told) + ".")


def describe_errors(errors: pd.DataFrame, *, method: str = "coder", top: int = 3, language: str = "nl") -> Finding:
    """Where the coder is wrong most and least often, and how often in all.

    Parameters
    ----------
    errors : DataFrame
        ``phenomenon, method, n_wrong, n, share_wrong``.
    method : str
        Whose errors.
    top : int
        How many phenomena are named.
    language : {"nl", "en"}
    """
    own = errors[errors["method"] == method]
    whole = own[own["phenomenon"] == "all"]
    ranked = own[own["phenomenon"] != "all"].sort_values("share_wrong", ascending=False, kind="stable")
    if ranked.empty:
        return Finding(word("not_measured", language))
    most, least = _list_wrong(ranked.head(top), language), _list_wrong(ranked.tail(1), language)
    wrong = {"n": whole["n_wrong"].sum(), "total": whole["n"].sum()}
    return Finding(word("errors_of_all" if len(whole) else "errors", language, most=most, least=least, **wrong))


def describe_reliability(bins: pd.DataFrame, *, language: str = "nl") -> Finding:
    """Mean distance of stated and found shares, and on which side they differ (table of `reliability`)."""
    n = int(bins["n"].sum())
    distance = float(((bins["probability"] - bins["share_right"]).abs() * bins["n"]).sum() / n)
    stated, right = (float((bins[column] * bins["n"]).sum() / n) for column in ("probability", "share_right"))
    side = word("too_sure" if stated > right else "too_unsure", language)
    values = {"stated": _share(stated), "right": _share(right), "error": number(distance, language, decimals=2)}
    return Finding(word("reliability", language, n=n, side=side, **values))


def describe_robustness(table: pd.DataFrame, *, method: str = "coder", language: str = "nl") -> Finding:
    """How often a label stays the same in other words and with typing errors, by kind and language.

    Parameters
    ----------
    table : DataFrame
        As `analysis.validation.robustness.measure_robustness` returns it.
    method : str
        Whose labels.
    language : {"nl", "en"}
    """
    own = table[(table["method"] == method) & (table["measure"] == "same_label") & (table["group"] != "as written")]
    of = word("of", language)
    told = [
        f"{localise(row.group, 'group', language)} ({name(row.language, language)}) "
        f"{_share(row.estimate)} {of} {row.n:.0f}"
        for _, part in own.groupby("test", sort=False)
        for row in rows_of(part.sort_values(["language", "estimate"], ascending=[False, True], kind="stable"))
    ]
    return Finding(word("robustness" if told else "not_measured", language, told=_list_any(told, language)))


def describe_gaps(
    table: pd.DataFrame, *, method: str = "coder", least: float = NOTABLE, language: str = "nl"
) -> Finding:
    """Names every group of names whose gap is at least `least`, with its interval; or says that there is none.

    Parameters
    ----------
    table : DataFrame
        As `analysis.validation.robustness.measure_robustness` returns it.
    method : str
        Whose judgements.
    least : float
        The bound.
    language : {"nl", "en"}
    """
    gaps = table[(table["measure"] == "gap") & (table["method"] == method)]
    if gaps.empty:
        return Finding(word("not_measured", language))
    bound, widest = number(least, language, decimals=2), number(gaps["estimate"].abs().max(), language, decimals=3)
    notable = gaps[gaps["estimate"].abs().round(4) >= least]
    notable = notable.sort_values("estimate", key=lambda gap: -gap.abs(), kind="stable")
    named = _list_any([_tell_gap(row, language) for row in rows_of(notable)], language)
    values = {"n": len(notable), "bound": bound, "widest": widest, "told": named}
    told = word("gaps_below" if notable.empty else "gaps_above", language, **values)
    n, groups = count(len(gaps), "gap", language), count(gaps["group"].nunique(), "name_group", language)
    return Finding(word("gaps", language, gaps=n, groups=groups, method=name(method, language), told=told))


def describe_coverage(table: pd.DataFrame, *, group: str, language: str = "nl") -> Finding:
    """Per group the kinds of silence that are widest (table of `coverage`, by `group`)."""
    told, of = [], word("of", language)
    for key, part in table.groupby(group, sort=False):
        known = part[part["share"].notna()].sort_values("share", ascending=False, kind="stable").head(3)
        kinds = [f"{name(row.measure, language)} {_share(row.share)} {of} {row.n:.0f}" for row in rows_of(known)]
        told.append(f"{name(str(key), language)}: {_list_any(kinds, language)}")
    return Finding(word("silences", language, told="; ".join(told)))


def widen_methods(table: pd.DataFrame, measures: Sequence[str] = ("accuracy", "macro_f1", "alpha")) -> pd.DataFrame:
    """The long table with a row per gold set, language and method, and a column of text per measure.

    Parameters
    ----------
    table : DataFrame
        ``gold, language, method, measure, n, estimate, ci_low, ci_high``.
    measures : sequence of str
        In the order of the columns.

    Returns
    -------
    DataFrame
        ``gold, language, method, n`` and each measure as ``0.72 [0.69, 0.75]``. The second coder of every set
        that was coded twice is a language model.
    """
    keys = ["gold", "language", "method"]
    whole = table[table["measure"] == measures[0]].set_index(keys)
    wide = pd.DataFrame({"n": whole["n"].astype(int)})
    for measure in measures:
        part = table[table["measure"] == measure].set_index(keys)
        cells = [write_interval(row.estimate, row.ci_low, row.ci_high) for row in rows_of(part)]
        wide[measure] = pd.Series(cells, index=part.index).reindex(wide.index).fillna(MISSING)
    return wide.reset_index()


def widen_phenomena(table: pd.DataFrame, *, half: str = "held") -> pd.DataFrame:
    """Facts found and mistakes made per phenomenon, the coder beside its rules and lexicon alone.

    Parameters
    ----------
    table : DataFrame
        ``phenomenon, half, method, measure, n, estimate, ci_low, ci_high``.
    half : {"held", "dev"}
        The sentences that nobody looked at while writing rules, or the others.
    """
    part = table[table["half"] == half]
    cells = [write_interval(row.estimate, row.ci_low, row.ci_high) for row in rows_of(part)]
    column = [
        f"{name(row.measure, 'en')}, {'program' if row.method == 'model' else 'lexicon'}" for row in rows_of(part)
    ]
    told = part.assign(cell=cells, column=column)
    order = list(dict.fromkeys(told["column"]))
    wide = told.pivot(index="phenomenon", columns="column", values="cell").reindex(columns=order)
    return wide.loc[list(dict.fromkeys(told["phenomenon"]))].rename_axis(columns=None)


def write_interval(estimate: float, low: float, high: float) -> str:
    """A number with its interval, as a cell of a table.

    Examples
    --------
    >>> write_interval(0.718, 0.69, 0.751), write_interval(0.5, float("nan"), float("nan"))
    ('0.72 [0.69, 0.75]', '0.50')
    """
    if math.isnan(estimate):
        return MISSING
    bounds = "" if math.isnan(low) else f" [{low + 0.0:.2f}, {high + 0.0:.2f}]"
    return f"{estimate + 0.0:.2f}{bounds}"


def _list_sets(wide: pd.DataFrame, language: str) -> str:
    sets = [f"{name(gold, language)} ({name(f'gold_{spoken}', language)})" for gold, spoken in wide.index]
    return _list_any(sets, language)


def _list_any(parts: Sequence[str], language: str) -> str:
    return list_words(parts or [word("none", language)], language)


def _list_wrong(own: pd.DataFrame, language: str) -> str:
    of = word("of", language)
    wrong = [f"{name(row.phenomenon, language)} ({row.n_wrong} {of} {row.n})" for row in rows_of(own)]
    return _list_any(wrong, language)


def _tell_gap(row: Any, language: str) -> str:
    gap, low, high = (number(n, language, decimals=3, signed=True) for n in (row.estimate, row.ci_low, row.ci_high))
    about = {"group": name(row.group, language), "sentences": name(row.language, language)}
    return word("gap_of", language, slot=localise(row.slot, "type", language), gap=gap, low=low, high=high, **about)


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"
