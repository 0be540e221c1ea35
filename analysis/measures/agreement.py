"""Agreement between coders: Krippendorff's alpha and percent agreement, with intervals over units.

Reads codes in long form (one row per unit and coder); returns a table with one row per variable. Human coders
and methods are treated alike: whoever gave a code is a coder.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import krippendorff
import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.contracts.errors import InputError, UsageError

LEVELS = ("nominal", "ordinal", "interval")
Level = Literal["nominal", "ordinal", "interval"]
Numbers = npt.NDArray[np.float64]


def agreement(
    codes: pd.DataFrame,
    *,
    level: Level = "nominal",
    values: Sequence[object] | None = None,
    rng: np.random.Generator,
    n_draws: int = 1000,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How far coders agree, corrected for chance.

    Parameters
    ----------
    codes : DataFrame
        Columns ``unit``, ``coder`` and ``code``, one row per code given; an empty ``code`` is a code not given.
        With a column ``variable``, agreement is computed per variable.
    level : {"nominal", "ordinal", "interval"}
        Level of measurement of the codes. ``interval`` needs numbers.
    values : sequence, optional
        The codes in rising order, for ``ordinal`` codes that are texts. Numbers are ordered by themselves.
    rng : numpy.random.Generator
        Source of randomness for the bootstrap.
    n_draws : int, default 1000
        Bootstrap draws of units.
    confidence : float in (0, 1), default 0.95
        Level of the intervals.

    Returns
    -------
    DataFrame
        One row per variable: ``variable`` (where given), ``level``, ``n_units`` (with two codes or more),
        ``n_coders``, ``n_codes`` (in those units), ``alpha`` with ``alpha_low`` and ``alpha_high``,
        ``percent_agreement`` [0, 1] with ``percent_low`` and ``percent_high``. Alpha is empty when all codes
        are the same: without variation there is nothing to agree on.

    Raises
    ------
    InputError
        When a column is missing, a coder codes a unit twice, no unit has two codes, or interval codes are no
        numbers.
    UsageError
        For an unknown level, or `n_draws` or `confidence` out of range.

    Notes
    -----
    Percent agreement is the share of agreeing pairs of coders, averaged over units. The interval resamples units;
    it does not know how other coders would have coded. The estimate is the package krippendorff's; the draws use
    the same formula on coincidences per unit.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania.

    Examples
    --------
    >>> codes = pd.DataFrame(
    ...     {"unit": [1, 1, 2, 2, 3, 3], "coder": ["a", "b"] * 3, "code": [1, 1, 0, 0, 1, 0]}
    ... )
    >>> found = agreement(codes, rng=np.random.default_rng(1))
    >>> round(float(found["alpha"][0]), 3), round(float(found["percent_agreement"][0]), 3)
    (0.444, 0.667)
    """
    if level not in LEVELS:
        raise UsageError(f"agreement: unknown level '{level}'; use one of {', '.join(LEVELS)}")
    if n_draws < 1 or not 0 < confidence < 1:
        raise UsageError("agreement: n_draws must be at least 1 and confidence between 0 and 1")
    if missing := [column for column in ("unit", "coder", "code") if column not in codes.columns]:
        held = ", ".join(map(str, codes.columns))
        raise InputError(f"agreement: the table lacks {', '.join(missing)}; it has {held}")
    given = codes[codes["code"].notna()]
    if "variable" not in codes.columns:
        return pd.DataFrame([_agree(given, "the codes", level, values, rng, n_draws, confidence)])
    rows = [
        {"variable": variable} | _agree(part, str(variable), level, values, rng, n_draws, confidence)
        for variable, part in given.groupby("variable", sort=True)
    ]
    return pd.DataFrame(rows)


def _agree(
    codes: pd.DataFrame,
    name: str,
    level: Level,
    values: Sequence[object] | None,
    rng: np.random.Generator,
    n_draws: int,
    confidence: float,
) -> dict[str, object]:
    twice = codes[codes.duplicated(["unit", "coder"])]
    if len(twice):
        first = twice.iloc[0]
        raise InputError(f"agreement: {name}: coder {first['coder']} codes unit {first['unit']} twice; keep one code")
    domain = list(values) if values is not None else sorted(codes["code"].unique())
    if unknown := sorted(set(codes["code"]) - set(domain), key=str):
        raise InputError(f"agreement: {name}: the code {unknown[0]!r} is not among `values`; add it")
    counts = pd.crosstab(codes["unit"], codes["code"]).reindex(columns=domain, fill_value=0).to_numpy(float)
    counts = counts[counts.sum(axis=1) > 1]
    if not len(counts):
        raise InputError(f"agreement: {name}: no unit is coded by two coders; let them code the same units")
    scale = _scale(domain, level, name)
    per_unit = unit_coincidences(counts)
    coders = counts.sum(axis=1)
    percents = np.trace(per_unit, axis1=1, axis2=2) / coders
    weights = rng.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=n_draws).astype(float)
    flat = per_unit.reshape(len(counts), -1)
    drawn = (weights @ flat).reshape(n_draws, len(domain), len(domain))
    alpha = float("nan")
    if np.count_nonzero(counts.sum(axis=0)) > 1:
        alpha = float(krippendorff.alpha(value_counts=counts, value_domain=scale, level_of_measurement=level))
    alpha_low, alpha_high = percentiles(alpha_of(drawn, scale, level=level), confidence)
    percent_low, percent_high = percentiles(weights @ percents / len(counts), confidence)
    return {
        "level": level,
        "n_units": len(counts),
        "n_coders": int(codes["coder"].nunique()),
        "n_codes": int(coders.sum()),
        "alpha": alpha,
        "alpha_low": alpha_low,
        "alpha_high": alpha_high,
        "percent_agreement": float(percents.mean()),
        "percent_low": percent_low,
        "percent_high": percent_high,
    }


def unit_coincidences(counts: Numbers) -> Numbers:
    """Coincidence matrix of each unit from how often it got each value.

    Parameters
    ----------
    counts : array, [n_units, n_values]
        Every unit has two codes or more.

    Returns
    -------
    array, [n_units, n_values, n_values]
        Pairs of codes within the unit, over (codes - 1); sums to the number of codes of the unit.
    """
    pairs = counts[:, :, None] * counts[:, None, :]
    places = np.arange(counts.shape[1])
    pairs[:, places, places] -= counts
    return np.asarray(pairs / (counts.sum(axis=1) - 1)[:, None, None])


def alpha_of(coincidences: Numbers, scale: Numbers, *, level: Level = "nominal") -> Numbers:
    """Krippendorff's alpha of one or many coincidence matrices.

    Parameters
    ----------
    coincidences : array, [..., n_values, n_values]
        Sums of `unit_coincidences`; for two coders, a confusion matrix plus its transpose.
    scale : array, [n_values]
        The values as numbers, rising.
    level : {"nominal", "ordinal", "interval"}
        Level of measurement.

    Returns
    -------
    array, [...]
        Alpha; NaN where the codes do not vary.
    """
    totals = coincidences.sum(axis=-1)
    n_codes = totals.sum(axis=-1)
    if level == "nominal":
        distances = np.broadcast_to(1 - np.eye(len(scale)), coincidences.shape)
    elif level == "interval":
        distances = np.broadcast_to((scale[:, None] - scale[None, :]) ** 2, coincidences.shape)
    else:
        ranks = np.cumsum(totals, axis=-1) - totals / 2
        distances = (ranks[..., :, None] - ranks[..., None, :]) ** 2
    expected_pairs = totals[..., :, None] * totals[..., None, :]
    observed = (coincidences * distances).sum(axis=(-2, -1))
    expected = (expected_pairs * distances).sum(axis=(-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(expected > 0, 1 - (n_codes - 1) * observed / expected, np.nan))


def percentiles(draws: Numbers, confidence: float) -> tuple[float, float]:
    """Bounds of a percentile interval; draws without a value are left out, NaN when none is left."""
    known = draws[~np.isnan(draws)]
    if not len(known):
        return float("nan"), float("nan")
    tail = (1 - confidence) / 2 * 100
    low, high = np.percentile(known, [tail, 100 - tail])
    return float(low), float(high)


def _scale(domain: Sequence[object], level: Level, name: str) -> Numbers:
    if level != "interval":
        return np.arange(len(domain), dtype=float)
    try:
        return np.asarray([float(value) for value in domain], dtype=float)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise InputError(f"agreement: {name}: interval codes must be numbers; use level nominal or ordinal") from error
