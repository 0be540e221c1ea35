"""Findings about validity in a sentence, and its long tables as a reader wants them: wide, with intervals in the cell.

Reads the tables of `analysis.validation` and of `analysis.measures.coverage`; returns a `Finding` or a table of text.
No prose of a notebook states a number that is not written here from a table.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.display.findings import Finding
from analysis.display.validity_words import name
from analysis.display.words import MISSING, number
from analysis.tables import rows_of

NOTABLE = 0.05
"""Gap in mean polarity from which a group of names is named: what the study asks to stay below."""
TRIVIAL = ("majority", "lexicon", "lexicon_no_target", "vader", "patterns")
"""Methods that anyone has without a model: what a coder must beat to be of use."""


def describe_stored(table: pd.DataFrame, *, what: str) -> Finding:
    """When stored results were measured, and how to measure them again.

    Parameters
    ----------
    table : DataFrame
        With ``date`` and ``command``.
    what : str
        What they are, such as ``methods``.

    Examples
    --------
    >>> describe_stored(pd.DataFrame({"date": ["2025-03-01"], "command": ["python -m x OUT a"]}), what="methods")
    Stored results (methods), measured on 2025-03-01 and not again in this run. To renew: python -m x OUT a
    """
    days = sorted(set(table["date"]))
    when = days[0] if len(days) == 1 else f"days from {days[0]} to {days[-1]}"
    commands = list(dict.fromkeys(table["command"]))
    more = f" (and {len(commands) - 1} like it, in the column command)" if len(commands) > 1 else ""
    return Finding(
        f"Stored results ({what}), measured on {when} and not again in this run. To renew: {commands[0]}{more}"
    )


def describe_again(kept: pd.DataFrame, measured: pd.DataFrame) -> Finding:
    """When stored results were measured, and whether those measured just now are the same to two decimals.

    Parameters
    ----------
    kept : DataFrame
        ``gold, language, method, measure, estimate, date, command``.
    measured : DataFrame
        The same without date and command, of some of the gold sets.

    Examples
    --------
    >>> found = pd.DataFrame({"gold": "a", "language": "nl", "method": "coder", "measure": "alpha", "estimate": [0.5]})
    >>> told = describe_again(found.assign(date="2025-03-01", command="python -m x"), found.assign(estimate=0.6))
    >>> told.partition("But for ")[2]
    'a: 0 of 1 results are as stored; measure the stored results anew'
    """
    keys = ["gold", "language", "method", "measure"]
    both = measured.merge(kept, on=keys, how="left", suffixes=("", "_stored"))
    is_same = (both["estimate"] - both["estimate_stored"]).abs().lt(0.005) | both["estimate"].isna()
    rest = "" if is_same.all() else "; measure the stored results anew"
    sets = _join(sorted(set(both["gold"])))
    told = f"But for {sets}: {int(is_same.sum())} of {len(both)} results are as stored"
    return Finding(f"{describe_stored(kept, what='methods')}. {told}{rest}")


def describe_methods(table: pd.DataFrame, *, measure: str = "macro_f1") -> Finding:
    """On how many gold sets the coder beats what anyone has without a model, and where it falls behind its own network.

    Parameters
    ----------
    table : DataFrame
        ``gold, language, method, measure, estimate``.
    measure : str
        What is compared.
    """
    wide = table[table["measure"] == measure].pivot_table(
        index=["gold", "language"], columns="method", values="estimate"
    )
    if "coder" not in wide or wide["coder"].dropna().empty:
        return Finding("No gold set was coded by the program.")
    wide = wide[wide["coder"].notna()]
    best = wide[[method for method in TRIVIAL if method in wide]].max(axis=1)
    beaten = wide["coder"] > best
    of_how_many = f"{beaten.sum()} of {len(beaten)} gold sets"
    told = [f"By {name(measure, 'en')} the program beats word lists and majority on {of_how_many}"]
    if not beaten.all():
        told.append(f"it does not on {_list_sets(wide[~beaten])}")
    if "model" in wide:
        behind = wide[wide["model"] > wide["coder"]]
        told.append(f"its network alone scores higher on {_list_sets(behind)}")
    if "model_no_target" in wide:
        both = wide[wide[["model", "model_no_target"]].notna().all(axis=1)]
        lost_f1 = (both["model"] - both["model_no_target"]).mean()
        told.append(f"hiding from the network who is meant costs it {number(lost_f1, 'en', decimals=2)} on average")
    if "model_no_context" in wide:
        both = wide[wide[["model", "model_no_context"]].notna().all(axis=1)]
        lost_f1 = (both["model"] - both["model_no_context"]).mean()
        told.append(f"giving it the bare name {number(lost_f1, 'en', decimals=2)}")
    return Finding("; ".join(told) + ".")


def describe_errors(errors: pd.DataFrame, *, method: str = "coder", top: int = 3) -> Finding:
    """Where the coder is wrong most and least often, and how often in all.

    Parameters
    ----------
    errors : DataFrame
        ``phenomenon, method, n_wrong, n, share_wrong``.
    method : str
        Whose errors.
    top : int
        How many phenomena are named.
    """
    own = errors[errors["method"] == method]
    whole = own[own["phenomenon"] == "all"]
    ranked = own[own["phenomenon"] != "all"].sort_values("share_wrong", ascending=False, kind="stable")
    if ranked.empty:
        return Finding("Nothing was measured.")
    total = f"{whole['n_wrong'].iloc[0]} of {whole['n'].iloc[0]} labels are wrong: m" if len(whole) else "M"
    most, least = (_join([_name_share(row) for row in rows_of(part)]) for part in (ranked.head(top), ranked.tail(1)))
    return Finding(f"{total}ost often with {most}; least often with {least}.")


def describe_reliability(bins: pd.DataFrame) -> Finding:
    """Mean distance of stated and found shares, and on which side they differ (table of `reliability`)."""
    n = int(bins["n"].sum())
    distance = float(((bins["probability"] - bins["share_right"]).abs() * bins["n"]).sum() / n)
    mean_stated = float((bins["probability"] * bins["n"]).sum() / n)
    mean_right = float((bins["share_right"] * bins["n"]).sum() / n)
    side = "more" if mean_stated > mean_right else "less"
    return Finding(
        f"Over {n} judgements the network states {_share(mean_stated)} on average and is right in "
        f"{_share(mean_right)}: it is {side} sure than right. The mean distance per bin (expected calibration error) "
        f"is {number(distance, 'en', decimals=2)}."
    )


def describe_robustness(table: pd.DataFrame, *, method: str = "coder") -> Finding:
    """How often a label stays the same in other words and with typing errors, by kind and language.

    Parameters
    ----------
    table : DataFrame
        As `analysis.validation.robustness.measure_robustness` returns it.
    method : str
        Whose labels.
    """
    own = table[(table["method"] == method) & (table["measure"] == "same_label") & (table["group"] != "as written")]
    told = [
        f"{row.group} ({name(row.language, 'en')}) {_share(row.estimate)} of {int(row.n)}"
        for _, part in own.groupby("test", sort=False)
        for row in rows_of(part.sort_values(["language", "estimate"], ascending=[False, True], kind="stable"))
    ]
    return Finding(f"The label stays the same: {_join(told)}." if told else "Nothing was measured.")


def describe_gaps(table: pd.DataFrame, *, method: str = "coder", least: float = NOTABLE) -> Finding:
    """Names every group of names whose gap is at least `least`, with its interval; or says that there is none.

    Parameters
    ----------
    table : DataFrame
        As `analysis.validation.robustness.measure_robustness` returns it.
    method : str
        Whose judgements.
    least : float
        The bound.
    """
    gaps = table[(table["measure"] == "gap") & (table["method"] == method)]
    if gaps.empty:
        return Finding("Nothing was measured.")
    bound = number(least, "en", decimals=2)
    widest = gaps["estimate"].abs().max()
    notable = gaps[gaps["estimate"].abs().round(4) >= least]
    notable = notable.sort_values("estimate", key=lambda gap: -gap.abs(), kind="stable")
    head = f"{len(gaps)} gaps of {gaps['group'].nunique()} groups of names, by {name(method, 'en')}: "
    if notable.empty:
        return Finding(f"{head}none reaches {bound}; the widest is {number(widest, 'en', decimals=3)}.")
    told = [
        f"{row.group} ({row.slot}, {name(row.language, 'en')}) {number(row.estimate, 'en', decimals=3, signed=True)} "
        f"[{number(row.ci_low, 'en', decimals=3, signed=True)}, {number(row.ci_high, 'en', decimals=3, signed=True)}]"
        for row in rows_of(notable)
    ]
    return Finding(f"{head}{len(notable)} reach {bound}: {_join(told)}.")


def describe_coverage(table: pd.DataFrame, *, group: str) -> Finding:
    """Per group the kinds of silence that are widest (table of `coverage`, by `group`)."""
    told = []
    for key, part in table.groupby(group, sort=False):
        known = part[part["share"].notna()].sort_values("share", ascending=False, kind="stable").head(3)
        kinds = [f"{name(row.measure, 'en')} {_share(row.share)} of {int(row.n)}" for row in rows_of(known)]
        told.append(f"{name(str(key), 'en')}: {_join(kinds)}")
    return Finding("Widest silences. " + "; ".join(told) + ".")


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


def _list_sets(wide: pd.DataFrame) -> str:
    return _join([f"{gold} ({language})" for gold, language in wide.index])


def _name_share(row: Any) -> str:
    return f"{name(row.phenomenon, 'en')} ({row.n_wrong} of {row.n})"


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"


def _join(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return parts[0] if parts else "none"
    return ", ".join(parts[:-1]) + " and " + parts[-1]
