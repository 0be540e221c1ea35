"""Correction: estimates that stay right although the coder errs.

Reads units with the machine's code for all and a coder's code for a random sample; returns the table ``estimates`` with
three rows per group: ``naive`` (the machine's codes as if they were true), ``corrected`` and ``coded`` (the coded units
alone). The correction needs to know with which probability each unit was drawn for coding, and nothing about how
the coder errs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.tables import make_estimates
from analysis.measures.least_squares import Fit, Numbers, fit_linear, fit_powered
from analysis.measures.scales import Bounds, cut, is_enough, scale_of, widest_difference

ESTIMATORS = ("naive", "corrected", "coded")
FIRST = ("estimator", "n_coded")
"""Columns that stand before those of every table of estimates."""
CORRECTIONS = {"dsl": "design-based supervised learning", "ppi": "prediction-powered inference"}
"""Ways to correct, and how the column ``method`` names them."""


UNKNOWN = Fit(np.array([np.nan]), np.array([np.nan]), 0)
"""The fit of a group in which nothing was coded."""


def correct_means(
    units: pd.DataFrame,
    *,
    predicted: str,
    coded: str,
    probability: str,
    by: Sequence[str] = (),
    cluster: str = "article_id",
    level: float = 0.95,
    correction: str = "dsl",
) -> pd.DataFrame:
    """Mean per group, as the machine gives it, corrected by gold codes, and of the gold codes alone.

    Parameters
    ----------
    units : DataFrame
        One row per unit of analysis. `predicted`: the machine's code, a number on every row. `coded`: the gold code,
        a number or empty. `probability`: the known probability, in (0, 1], with which the row was drawn for coding.
    by : sequence of str
        Grouping columns; none for one estimate over all.
    cluster : str, default "article_id"
        Units of one cluster are not independent: standard errors are clustered.
    level : float in (0, 1), default 0.95
        Level of the intervals.
    correction : {"dsl", "ppi"}
        ``dsl``, design-based supervised learning: right on average in any group. ``ppi``, prediction-powered: the mean
        error of the machine among the coded units is taken off, weighted by their probability. The same for a whole
        sample; in a group of few units ``ppi`` does not depend on how many of them happened to be drawn.

    Returns
    -------
    DataFrame
        Table ``estimates`` with the columns `by`, ``estimator`` (naive, corrected, coded) and ``n_coded`` (gold codes
        that the estimate rests on) first. The interval is estimate ± t · standard error with clusters − 1 degrees of
        freedom, within the bounds of the scale; empty where units, or of corrected and coded the coded units, are too
        few (`analysis.measures.scales`). No rows where there are no units; of a group without a coded unit only the
        naive estimate is known.

    Raises
    ------
    InputError
        When a column is missing, a prediction is empty, a probability lies outside (0, 1], or nothing is coded.

    Notes
    -----
    Design-based supervised learning: the outcome of a unit is replaced by ``predicted + (coded − predicted) /
    probability`` where it was coded and by ``predicted`` elsewhere. Its mean is right on average whatever errors the
    machine makes, as the probabilities are known by design. A better machine makes the interval narrower, not righter.
    In groups of few units it can leave the scale of the codes, where more of them were drawn than expected; of a
    measure whose scale is known (`analysis.measures.scales.SCALES`) it is then set to the bound.

    References
    ----------
    Egami, N., Hinck, M., Stewart, B. M., & Wei, H. (2023). Using imperfect surrogates for downstream inference:
    design-based supervised learning for social science applications of large language models. NeurIPS. Angelopoulos
    et al. (2023), as for `prediction_powered_mean`.

    Examples
    --------
    >>> units = pd.DataFrame({"article_id": list("abcdef"), "machine": [1.0, 1, 1, 0, 0, 1],
    ...                       "human": [0.0, None, 1, 0, None, 0], "p": 4 / 6})
    >>> correct_means(units, predicted="machine", coded="human", probability="p")[["estimator", "estimate"]].round(2)
       estimator  estimate
    0      naive      0.67
    1  corrected      0.17
    2      coded      0.25
    """
    _check(units, [predicted, coded, probability, cluster, *by], predicted, coded, probability, level, correction)
    if units.empty:
        fixed = ["measure", "estimate", "ci_low", "ci_high", "n_articles", "n_units", "unit", "method"]
        return make_estimates([*by, *FIRST], pd.DataFrame(columns=[*by, *FIRST, *fixed]))
    groups = units.groupby(list(by), sort=True, dropna=False) if by else [((), units)]
    rows = []
    for key, group in groups:
        where = dict(zip(by, key, strict=True))
        constant = np.ones((len(group), 1))
        for estimator in ESTIMATORS:
            chosen = group if estimator != "coded" else group[group[coded].notna()]
            if estimator != "naive" and not group[coded].notna().any():
                fit = UNKNOWN
            else:
                fit = _fit(
                    chosen, constant[: len(chosen)], estimator, correction, predicted, coded, probability, cluster
                )
            resting = chosen if estimator == "naive" else chosen[chosen[coded].notna()]
            has_interval = is_enough(len(resting), resting[cluster].nunique())
            rows.append(
                where
                | {"estimator": estimator, "n_coded": 0 if estimator == "naive" else len(resting)}
                | _describe(predicted, chosen, cluster, estimator, correction)
                | _bound(fit, 0, level, scale_of(predicted), has_interval=has_interval)
            )
    return make_estimates([*by, *FIRST], pd.DataFrame(rows))


def correct_slopes(
    units: pd.DataFrame,
    terms: Sequence[str],
    *,
    predicted: str,
    coded: str,
    probability: str,
    cluster: str = "article_id",
    level: float = 0.95,
    correction: str = "dsl",
) -> pd.DataFrame:
    """Linear regression of a code on other columns: differences between outlets, trends over time.

    Parameters
    ----------
    units, predicted, coded, probability, cluster, level, correction
        As for `correct_means`.
    terms : sequence of str
        Numeric columns: a 0/1 column for a difference between two outlets, days for a trend. An intercept is added.

    Returns
    -------
    DataFrame
        Table ``estimates`` with ``term`` (``intercept`` first), ``estimator`` and ``n_coded`` before the fixed columns.
        The slope of a term of 0 and 1 is a difference: without an interval where either side has too few units.

    Raises
    ------
    InputError
        As `correct_means`; also when a term is empty or no number, or the terms cannot be told apart.

    Notes
    -----
    Least squares on the corrected outcomes of `correct_means` (``dsl``), or least squares on the machine's codes less
    the same on its errors among the coded units (``ppi``), with standard errors clustered by `cluster` (CR1).

    References
    ----------
    Egami et al. (2023), as for `correct_means`. Cameron, A. C., & Miller, D. L. (2015). A practitioner's guide to
    cluster-robust inference. Journal of Human Resources, 50(2), 317-372.
    """
    _check(units, [predicted, coded, probability, cluster, *terms], predicted, coded, probability, level, correction)
    rows = []
    for estimator in ESTIMATORS:
        chosen = units if estimator != "coded" else units[units[coded].notna()]
        try:
            columns = chosen[list(terms)].to_numpy(float)
        except (TypeError, ValueError) as error:
            raise InputError(f"correct_slopes: {', '.join(terms)}: not all values are numbers; recode them") from error
        if np.isnan(columns).any():
            raise InputError(f"correct_slopes: {', '.join(terms)}: a value is empty; leave those rows out first")
        design = np.column_stack([np.ones(len(chosen)), columns])
        is_coded = chosen[coded].notna().to_numpy()
        for which, part in ((estimator, design), ("coded", design[is_coded])):
            if np.linalg.matrix_rank(part) < design.shape[1]:
                raise InputError(
                    f"correct_slopes: {', '.join(terms)} cannot be told apart among the {len(part)} {which} units; "
                    "leave one out, or code more units"
                )
        fit = _fit(chosen, design, estimator, correction, predicted, coded, probability, cluster)
        resting = chosen if estimator == "naive" else chosen[chosen[coded].notna()]
        for place, term in enumerate(["intercept", *terms]):
            is_side = place > 0 and set(resting[term].unique()) <= {0, 1}
            sides = resting[term].astype(int).value_counts() if is_side else pd.Series(dtype=int)
            has_interval = is_enough(len(resting), min([resting[cluster].nunique(), *sides]))
            bounds = widest_difference(predicted) if is_side and len(terms) == 1 else None
            rows.append(
                {"term": term, "estimator": estimator, "n_coded": 0 if estimator == "naive" else len(resting)}
                | _describe(predicted, chosen, cluster, estimator, correction)
                | _bound(fit, place, level, bounds, has_interval=has_interval)
            )
    order = {term: place for place, term in enumerate(["intercept", *terms])}
    table = pd.DataFrame(rows)
    table = table.iloc[table["term"].map(order).argsort(kind="stable")].reset_index(drop=True)
    return make_estimates(["term", *FIRST], table)


def prediction_powered_mean(
    coded: npt.ArrayLike,
    predicted_coded: npt.ArrayLike,
    predicted_rest: npt.ArrayLike,
    *,
    level: float = 0.95,
    power: float | None = None,
) -> tuple[float, float, float]:
    """Mean by prediction-powered inference: the coded units are a simple random sample, the rest has predictions only.

    Parameters
    ----------
    coded, predicted_coded : array, [n]
        Human and machine codes of the coded units.
    predicted_rest : array, [N]
        Machine codes of the units that nobody coded.
    level : float in (0, 1), default 0.95
        Level of the interval.
    power : float, optional
        Weight of the predictions; 1 is the original method, 0 the coded units alone. By default the weight that gives
        the narrowest interval, kept within [0, 1].

    Returns
    -------
    tuple of float
        Estimate, lower and upper bound (normal approximation).

    Raises
    ------
    InputError
        When there are fewer than two units of either kind, or the coded arrays differ in length.

    References
    ----------
    Angelopoulos, A. N., Bates, S., Fannjiang, C., Jordan, M. I., & Zrnic, T. (2023). Prediction-powered inference.
    Science, 382, 669-674. Angelopoulos, A. N., Duchi, J. C., & Zrnic, T. (2023). PPI++: efficient
    prediction-powered inference. arXiv:2311.01453.

    Examples
    --------
    >>> [round(x, 3) for x in prediction_powered_mean([1, 0, 1, 1], [1, 1, 1, 1], [1, 0, 1, 0, 1, 1], power=1)]
    [0.417, -0.151, 0.984]
    """
    human, machine, rest = (np.asarray(values, float) for values in (coded, predicted_coded, predicted_rest))
    if len(human) != len(machine) or min(len(human), len(rest)) < 2:
        raise InputError(
            "prediction_powered_mean: needs two coded units and two others, each coded one with both codes"
        )
    n, n_rest = len(human), len(rest)
    if power is None:
        spread = np.concatenate([machine, rest]).var(ddof=1)
        shared = float(((human - human.mean()) * (machine - machine.mean())).mean())
        power = 0.0 if spread == 0 else float(np.clip(shared / (spread * (1 + n / n_rest)), 0, 1))
    estimate = float(power * rest.mean() + (human - power * machine).mean())
    error = float(np.sqrt(power**2 * rest.var(ddof=0) / n_rest + (human - power * machine).var(ddof=0) / n))
    reach = float(stats.norm.ppf((1 + level) / 2)) * error
    return estimate, estimate - reach, estimate + reach


def _fit(
    units: pd.DataFrame,
    design: Numbers,
    estimator: str,
    correction: str,
    predicted: str,
    coded: str,
    probability: str,
    cluster: str,
) -> Fit:
    """One estimator's fit."""
    clusters = units[cluster].to_numpy()
    if estimator == "corrected" and correction == "ppi":
        machine, human, chance = (units[column].to_numpy(float) for column in (predicted, coded, probability))
        return fit_powered(design, machine, human, clusters, chance)
    outcome, weights = _outcome(units, estimator, predicted, coded, probability)
    return fit_linear(design, outcome, clusters, weights)


def _outcome(
    units: pd.DataFrame, estimator: str, predicted: str, coded: str, probability: str
) -> tuple[Numbers, Numbers]:
    """What is averaged, and with which weights."""
    machine = units[predicted].to_numpy(float)
    ones = np.ones(len(units))
    if estimator == "naive":
        return machine, ones
    human = units[coded].to_numpy(float)
    chance = units[probability].to_numpy(float)
    if estimator == "coded":
        return human, 1 / chance
    return np.where(np.isnan(human), machine, machine + (human - machine) / chance), ones


def _bound(fit: Fit, place: int, level: float, bounds: Bounds | None, *, has_interval: bool) -> dict[str, float]:
    """Estimate and interval, within the bounds of the scale."""
    value, reach = float(fit.estimates[place]), float("nan")
    if has_interval and fit.freedom:
        reach = float(stats.t.ppf((1 + level) / 2, fit.freedom)) * float(fit.errors[place])
    found = {"estimate": value, "ci_low": value - reach, "ci_high": value + reach}
    return {name: number if np.isnan(number) else cut(number, bounds) for name, number in found.items()}


def _describe(measure: str, units: pd.DataFrame, cluster: str, estimator: str, correction: str) -> dict[str, object]:
    how = {
        "naive": "machine codes as they are",
        "corrected": CORRECTIONS[correction],
        "coded": "coded units, weighted by their probability",
    }[estimator]
    return {
        "measure": measure,
        "n_articles": units["article_id"].nunique() if "article_id" in units else units[cluster].nunique(),
        "n_units": len(units),
        "unit": "article" if cluster == "article_id" else cluster,
        "method": f"{how}; errors clustered by {cluster}",
    }


def _check(
    units: pd.DataFrame,
    needed: Sequence[str],
    predicted: str,
    coded: str,
    probability: str,
    level: float,
    correction: str,
) -> None:
    if correction not in CORRECTIONS:
        raise UsageError(f"correction: unknown correction '{correction}'; use {' or '.join(CORRECTIONS)}")
    if not 0 < level < 1:
        raise UsageError(f"correction: level must lie between 0 and 1, not {level}")
    if missing := [column for column in needed if column not in units.columns]:
        raise InputError(f"correction: the table lacks {', '.join(missing)}; it has {', '.join(units.columns)}")
    if units[predicted].isna().any():
        raise InputError(f"correction: {predicted} is empty on some rows; the machine must have coded every unit")
    chance = units[probability]
    if chance.isna().any() or not ((chance > 0) & (chance <= 1)).all():
        raise InputError(f"correction: {probability} must lie above 0 and up to 1 on every row; see `framewijs sample`")
    if len(units) and not units[coded].notna().any():
        raise InputError(f"correction: {coded} is empty on every row; code a sample first")
