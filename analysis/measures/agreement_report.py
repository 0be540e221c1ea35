"""The agreement of a study: alpha of all coders and of each pair, and how coders and methods do against a reference.

Reads codes in long form, of people and machines alike; returns tables for a report. The coefficients are those of
`analysis.measures.agreement` and `analysis.measures.scoring`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from analysis.contracts.errors import InputError, UsageError
from analysis.measures.agreement import Level, agreement, percentiles
from analysis.measures.scoring import divide, draw_cells, score_labels

ALL = "all"
PEOPLE = "people"
"""Names of groups of coders in the column ``coders``."""
ADJUDICATED = "adjudicated"
"""The coder whose codes were made of those of others: a reference to score against, and nobody to agree with."""
_AGREEMENT = (
    "variable", "coders", "level", "n_units", "n_coders", "n_codes", "alpha", "alpha_low", "alpha_high",
    "percent_agreement", "percent_low", "percent_high",
)  # fmt: skip
_OVERALL = (
    "variable", "reference", "coder", "n", "accuracy", "accuracy_low", "accuracy_high", "macro_f1", "macro_f1_low",
    "macro_f1_high", "alpha", "alpha_low", "alpha_high",
)  # fmt: skip
_PER_CLASS = (
    "variable", "reference", "coder", "label", "n", "precision", "precision_low", "precision_high", "recall",
    "recall_low", "recall_high", "f1", "f1_low", "f1_high",
)  # fmt: skip
_CONFUSION = ("variable", "reference", "coder", "reference_code", "code", "n", "share", "share_low", "share_high")
_COVERAGE = ("variable", "coder", "n_units", "n_codes", "n_missing")


@dataclass(frozen=True)
class AgreementReport:
    """Tables of a report on agreement.

    Attributes
    ----------
    agreement : DataFrame
        One row per variable, group of coders and level of measurement: ``variable``, ``coders`` (`ALL`, `PEOPLE`, or a
        pair such as ``anna × ben``), ``level`` and the columns of `analysis.measures.agreement.agreement`.
    overall : DataFrame
        One row per variable and coder against the reference: ``n``, ``accuracy``, ``macro_f1`` and ``alpha`` (at the
        highest level that the codes bear), each with ``_low`` and ``_high``. Empty without a reference.
    per_class : DataFrame
        One row per variable, coder and label: ``n`` (units with the label in the reference), ``precision``, ``recall``
        and ``f1`` with bounds. Precision is empty where the coder never gives the label, recall where the reference
        never does.
    confusion : DataFrame
        One row per variable, coder, ``reference_code`` and ``code``: ``n``, and ``share`` of the units with that
        reference code, with bounds.
    coverage : DataFrame
        One row per variable and coder: units of the variable, codes given, and codes missing.
    """

    agreement: pd.DataFrame
    overall: pd.DataFrame
    per_class: pd.DataFrame
    confusion: pd.DataFrame
    coverage: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Names and tables, in the order to show them; tables without rows are left out."""
        named = {name: getattr(self, name) for name in ("coverage", "agreement", "overall", "per_class", "confusion")}
        return {name: table for name, table in named.items() if len(table)}


def report_agreement(
    codes: pd.DataFrame,
    *,
    reference: str | None = None,
    machines: Sequence[str] = (),
    values: Mapping[str, Sequence[Hashable]] | None = None,
    groups: Mapping[str, Hashable] | None = None,
    seed: int = 1,
    n_draws: int = 1000,
    confidence: float = 0.95,
) -> AgreementReport:
    """Report how far coders agree, any number of people and machines.

    Parameters
    ----------
    codes : DataFrame
        ``unit``, ``variable``, ``coder`` and ``code``, as `analysis.hand_coding.sheets.read_sheets` and
        `analysis.measures.sampling.machine_codes` return them (concatenate them). An empty code is missing.
    reference : str, optional
        The coder, person or method, against whom the others are scored.
    machines : sequence of str
        Coders that are no people. Where there are some, and two people or more, people are also reported apart.
    values : mapping of str to sequence, optional
        Per variable, all codes in rising order; needed where codes are texts that have an order. By default the codes
        that occur: numbers by size, texts by name.
    groups : mapping of str to hashable, optional
        What each unit belongs to, such as its article: scores against the reference are then resampled by group. The
        intervals of `agreement` resample units.
    seed, n_draws, confidence
        Of the bootstrap: seed, number of draws, level of the intervals.

    Returns
    -------
    AgreementReport
        Levels: nominal always; ordinal and interval too where there are three codes or more that are numbers (with two
        codes all levels are the same), ordinal where `values` orders texts. Pairs and groups that share no unit have no
        row. The coder `ADJUDICATED` is in no group or pair, since its codes are made of theirs.

    Raises
    ------
    InputError
        When a column is missing, a coder codes a unit twice, nobody shares a unit with another, or a code is not among
        `values`.
    UsageError
        When the reference or a machine is no coder.

    Notes
    -----
    Units count alike here. Of a stratified sample, these are the scores of the sample and not of the corpus; what they
    mean for estimates of the corpus is told by `analysis.measures.correction`. Alpha is `Krippendorff's
    <https://repository.upenn.edu/asc_papers/43>`_; he asks 0.800 for conclusions and 0.667 for tentative ones.

    References
    ----------
    Krippendorff, K. (2018). Content analysis: An introduction to its methodology (4th ed.), chapter 12. Sage.
    Van Atteveldt, W., Van der Velden, M., & Boukes, M. (2021). The validity of sentiment analysis. Communication
    Methods and Measures, 15(2), 121-140.

    Examples
    --------
    >>> codes = pd.DataFrame({"unit": list("abcabc"), "variable": "tone", "coder": ["anna"] * 3 + ["model"] * 3,
    ...                       "code": [1, 0, -1, 1, 0, 0]})
    >>> report = report_agreement(codes, reference="anna", n_draws=100)
    >>> report.agreement[["coders", "level", "alpha"]].round(2).to_numpy().tolist()
    [['all', 'nominal', 0.55], ['all', 'ordinal', 0.78], ['all', 'interval', 0.71]]
    >>> report.per_class[["label", "precision", "recall"]].to_numpy().tolist()
    [['-1', nan, 0.0], ['0', 0.5, 1.0], ['1', 1.0, 1.0]]
    """
    _check(codes, reference, machines)
    given = codes[codes["code"].notna()]
    given = given.assign(code=pd.Series([_whole(code) for code in given["code"]], index=given.index, dtype=object))
    tables: dict[str, list[dict[str, Any]]] = {"agreement": [], "overall": [], "per_class": [], "confusion": []}
    for variable, part in given.groupby("variable", sort=True):
        domain, levels = _read_domain(part, str(variable), (values or {}).get(str(variable)))
        bootstrap = {"n_draws": n_draws, "confidence": confidence}
        tables["agreement"] += _agree(part, str(variable), domain, levels, machines, seed, bootstrap)
        if reference is not None:
            for coder in sorted(set(part["coder"]) - {reference}):
                found = _score(part, reference, coder, domain, levels[-1], groups, seed, bootstrap)
                for name, rows in found.items():
                    tables[name] += [
                        {"variable": variable, "reference": reference, "coder": coder} | row for row in rows
                    ]
    if not tables["agreement"] and not tables["overall"]:
        raise InputError("agreement: no unit is coded by two coders; let them code the same units")
    columns = {"agreement": _AGREEMENT, "overall": _OVERALL, "per_class": _PER_CLASS, "confusion": _CONFUSION}
    made = {name: pd.DataFrame(rows, columns=list(columns[name])) for name, rows in tables.items()}
    return AgreementReport(coverage=_count(codes), **made)


def _agree(
    codes: pd.DataFrame,
    variable: str,
    domain: Sequence[Hashable],
    levels: Sequence[Level],
    machines: Sequence[str],
    seed: int,
    bootstrap: Mapping[str, Any],
) -> list[dict[str, Any]]:
    coders = sorted(set(codes["coder"]) - {ADJUDICATED})
    people = [coder for coder in coders if coder not in machines]
    named: list[tuple[str, list[str]]] = [(ALL, coders)]
    if len(coders) > len(people) > 1:
        named.append((PEOPLE, people))
    if len(coders) > 2:
        named += [(" × ".join(pair), list(pair)) for pair in combinations(coders, 2)]
    rows = []
    for name, chosen in named:
        part = codes[codes["coder"].isin(chosen)]
        if part.duplicated("unit").any():
            for level in levels:
                rng = np.random.default_rng(seed)
                found = agreement(part.drop(columns="variable"), level=level, values=domain, rng=rng, **bootstrap)
                about: dict[str, Any] = {"variable": variable, "coders": name}
                rows.append(about | {str(column): value for column, value in found.iloc[0].items()})
    return rows


def _score(
    codes: pd.DataFrame,
    reference: str,
    coder: str,
    domain: Sequence[Hashable],
    level: Level,
    groups: Mapping[str, Hashable] | None,
    seed: int,
    bootstrap: Mapping[str, Any],
) -> dict[str, list[dict[str, Any]]]:
    """Rows of the three tables against the reference; none where the two share no unit."""
    both = [codes[codes["coder"] == name].set_index("unit")["code"] for name in (reference, coder)]
    shared = sorted(set(both[0].index) & set(both[1].index))
    if not shared:
        return {}
    gold, predicted = ([by_unit[unit] for unit in shared] for by_unit in both)
    clusters = None if groups is None else [groups.get(unit, unit) for unit in shared]
    rng = np.random.default_rng(seed)
    found = score_labels(gold, predicted, labels=domain, level=level, groups=clusters, rng=rng, **bootstrap)
    overall: dict[str, Any] = {"n": found.n}
    for measure in ("accuracy", "macro_f1", "alpha"):
        low, high = found.intervals[measure]
        overall |= {measure: getattr(found, measure), f"{measure}_low": low, f"{measure}_high": high}
    size = len(domain)
    places = {value: place for place, value in enumerate(domain)}
    cells = np.asarray([places[g] * size + places[p] for g, p in zip(gold, predicted, strict=True)], dtype=np.int64)
    names = shared if clusters is None else clusters
    numbers = np.asarray(pd.factorize(np.asarray([str(name) for name in names]))[0], dtype=np.int64)
    # The same seed and clusters as above, so the same draws.
    rng, draws = np.random.default_rng(seed), int(bootstrap["n_draws"])
    drawn = draw_cells(cells, numbers, size * size, rng, draws).reshape(draws, size, size)
    confidence = float(bootstrap["confidence"])
    right = np.diagonal(drawn, axis1=1, axis2=2)
    of_code, of_reference = drawn.sum(axis=1), drawn.sum(axis=2)
    measured = {
        "precision": divide(right, of_code),
        "recall": divide(right, of_reference),
        "f1": divide(2 * right, of_code + of_reference),
    }
    per_class: list[dict[str, Any]] = []
    for place, (label, scores) in enumerate(zip(domain, found.per_class.to_dict("records"), strict=True)):
        row: dict[str, Any] = {"label": str(label), "n": scores["n"]}
        for measure, values in measured.items():
            low, high = percentiles(values[:, place], confidence)
            row |= {measure: scores[measure], f"{measure}_low": low, f"{measure}_high": high}
        per_class.append(row)
    counts = found.confusion.to_numpy()
    whole = divide(counts, counts.sum(axis=1, keepdims=True))
    shares = divide(drawn, drawn.sum(axis=2, keepdims=True))
    confusion = []
    for g, reference_code in enumerate(domain):
        for p, code in enumerate(domain):
            low, high = percentiles(shares[:, g, p], confidence)
            row = {"reference_code": str(reference_code), "code": str(code), "n": int(counts[g, p])}
            confusion.append(row | {"share": float(whole[g, p]), "share_low": low, "share_high": high})
    return {"overall": [overall], "per_class": per_class, "confusion": confusion}


def _read_domain(
    codes: pd.DataFrame, variable: str, values: Sequence[Hashable] | None
) -> tuple[list[Hashable], tuple[Level, ...]]:
    """All codes of a variable in rising order, and the levels of measurement they bear."""
    found = set(codes["code"])
    are_numbers = all(isinstance(value, int | float | np.number) for value in found | set(values or ()))
    if values is None:
        domain: list[Hashable] = sorted(found) if are_numbers else sorted(found, key=str)
    else:
        domain = list(values)
        if unknown := sorted(found - set(domain), key=str):
            raise InputError(f"agreement: {variable}: the code {unknown[0]!r} is not among `values`; add it")
    has_order = len(domain) > 2 and (are_numbers or values is not None)
    if not has_order:
        return domain, ("nominal",)
    return domain, ("nominal", "ordinal", "interval") if are_numbers else ("nominal", "ordinal")


def _whole(code: Any) -> Any:
    """A number that is whole as an integer: beside missing codes pandas makes 1.0 of 1."""
    is_whole = isinstance(code, float | np.integer | np.floating) and float(code).is_integer()
    return int(code) if is_whole else code


def _count(codes: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for variable, part in codes.groupby("variable", sort=True):
        n_units = part["unit"].nunique()
        for coder, own in part.groupby("coder", sort=True):
            n_codes = int(own["code"].notna().sum())
            rows.append(
                {"variable": variable, "coder": coder, "n_units": n_units, "n_codes": n_codes}
                | {"n_missing": n_units - n_codes}
            )
    return pd.DataFrame(rows, columns=list(_COVERAGE))


def _check(codes: pd.DataFrame, reference: str | None, machines: Sequence[str]) -> None:
    if missing := [column for column in ("unit", "variable", "coder", "code") if column not in codes.columns]:
        raise InputError(
            f"agreement: the table lacks {', '.join(missing)}; it has {', '.join(map(str, codes.columns))}"
        )
    coders = sorted(set(codes["coder"]))
    wanted = [*([] if reference is None else [reference]), *machines]
    if unknown := [name for name in wanted if name not in coders]:
        raise UsageError(f"agreement: nobody is called '{unknown[0]}'; the coders are {', '.join(coders) or 'none'}")
    given = codes[codes["code"].notna()]
    twice = given[given.duplicated(["variable", "unit", "coder"])]
    if len(twice):
        first = twice.iloc[0]
        raise InputError(f"agreement: {first['coder']} codes the unit {first['unit']} twice; keep one code")
