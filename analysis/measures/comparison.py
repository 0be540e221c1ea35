"""Comparison: do outlets, periods or voices differ, by how much, and how many articles would it take to know.

Reads units (rows with an article, grouping columns and a value) as `estimate` does; returns tables of differences and
of power. Articles are resampled, not rows: the sentences of one article are not independent.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.contracts.errors import InputError, UsageError
from analysis.measures.scales import is_enough_between

Numbers = npt.NDArray[np.float64]
CORRECTIONS = {"holm": "holm", "fdr": "fdr_bh", "none": None}
FEWEST = 3
"""Fewest articles in a group for a test or an effect size; an interval asks for more (`analysis.measures.scales`)."""
OTHERS = "others"
"""As `reference` of `compare`: each group with all others together."""
COLUMNS = (
    "measure", "group_a", "group_b", "mean_a", "mean_b", "difference", "ci_low", "ci_high", "effect_size", "p_value",
    "p_adjusted", "n_articles_a", "n_articles_b", "n_units",
)  # fmt: skip
"""Columns of `compare` after those of `by`."""


def compare(
    units: pd.DataFrame,
    measure: str,
    *,
    group: str,
    by: Sequence[str] = (),
    reference: str | None = None,
    correction: str = "holm",
    rng: np.random.Generator,
    n_draws: int = 2000,
    level: float = 0.95,
) -> pd.DataFrame:
    """Differences in the mean of `measure` between groups of articles.

    Parameters
    ----------
    units : DataFrame
        One row per unit: ``article_id``, `group`, the columns `by` and the number `measure`; rows where that is empty
        are left out.
    measure : str
        What is compared, such as ``polarity``.
    group : str
        The column whose values are compared, such as ``outlet``, ``period`` or ``voice``.
    by : sequence of str
        Compare within each value of these, such as ``actor_id``.
    reference : str, optional
        Compare all others with this group, or each group with all others together (``others``); by default every pair
        is compared.
    correction : {"holm", "fdr", "none"}
        For many tests: Holm (1979), which keeps the chance of one false alarm at its level, or Benjamini and Hochberg
        (1995), which keeps the share of false alarms among the findings. Over all rows of the table.
    rng : numpy.random.Generator
        Source of randomness; the order of rows changes nothing.
    n_draws : int, default 2000
        Draws of articles for the interval, and permutations of articles for the test.
    level : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    DataFrame
        One row per `by` and pair: ``measure``, ``group_a``, ``group_b``, ``mean_a``, ``mean_b``, ``difference``
        (a − b), ``ci_low``, ``ci_high`` (percentile bootstrap over articles within each group), ``effect_size``
        (Hedges' g on article means), ``p_value`` (permutation of articles), ``p_adjusted``, ``n_articles_a``,
        ``n_articles_b``, ``n_units``. The interval is empty below ten articles, or five on a side; effect size and
        tests are where a side has fewer than three. No rows where no two groups have evidence.

    Raises
    ------
    InputError
        When a column is missing.
    UsageError
        For an unknown correction, a reference that is no group, or options out of range.

    Notes
    -----
    An article that has units in both groups (two voices in one article) is drawn as a whole, once for both; the test
    then flips which of its two means belongs to which group.

    References
    ----------
    Cameron, A. C., Gelbach, J. B., & Miller, D. L. (2008). Bootstrap-based improvements for inference with clustered
    errors. Review of Economics and Statistics, 90(3), 414-427. Hedges, L. V. (1981). Distribution theory for Glass's
    estimator of effect size. Journal of Educational Statistics, 6(2), 107-128.
    """
    if correction not in CORRECTIONS:
        raise UsageError(f"compare: unknown correction '{correction}'; use one of {', '.join(CORRECTIONS)}")
    if n_draws < 1 or not 0 < level < 1:
        raise UsageError("compare: n_draws must be at least 1 and level between 0 and 1")
    needed = ["article_id", group, *by, measure]
    if missing := [column for column in needed if column not in units.columns]:
        raise InputError(f"compare: the table lacks {', '.join(missing)}; it has {', '.join(units.columns)}")
    known = units.loc[units[measure].notna() & units[group].notna(), needed]
    names = sorted(known[group].unique(), key=str)
    pairs = _pair(names, group, reference)
    rows = []
    parts = known.groupby(list(by), sort=True, dropna=False) if by else [((), known)]
    for key, part in parts:
        for one, other in pairs:
            first, second = (
                part[part[group] == one],
                part[part[group] != one if other == OTHERS else part[group] == other],
            )
            if len(first) and len(second):
                sums = [
                    side.groupby("article_id", sort=True)[measure].agg(["sum", "count"]) for side in (first, second)
                ]
                row = _compare_pair(sums[0], sums[1], rng, n_draws, level)
                rows.append(
                    dict(zip(by, key, strict=True)) | {"measure": measure, "group_a": one, "group_b": other} | row
                )
    if not rows:
        return pd.DataFrame(columns=[*by, *COLUMNS])
    table = pd.DataFrame(rows)
    table.insert(list(table.columns).index("p_value") + 1, "p_adjusted", adjust(table["p_value"], correction))
    return table


def _pair(names: Sequence[str], group: str, reference: str | None) -> list[tuple[str, str]]:
    """Which groups are compared with which."""
    if reference is None:
        return list(combinations(names, 2))
    if reference == OTHERS and OTHERS not in names:
        return [(name, OTHERS) for name in names if len(names) > 1]
    if len(names) > 1 and reference not in names:
        raise UsageError(f"compare: reference '{reference}' is no {group}; use one of {', '.join(map(str, names))}")
    return [(name, reference) for name in names if name != reference]


def adjust(p_values: pd.Series, correction: str) -> pd.Series:
    """P values corrected for their number; empty ones stay empty and do not count."""
    from statsmodels.stats.multitest import multipletests  # noqa: PLC0415  slow to import

    method = CORRECTIONS[correction]
    known = p_values.notna()
    adjusted = p_values.astype(float).copy()
    if method is not None and known.any():
        adjusted[known] = multipletests(p_values[known].to_numpy(float), method=method)[1]
    return adjusted


def power(
    units: pd.DataFrame,
    measure: str,
    *,
    difference: float,
    articles: Sequence[int] = (10, 20, 40, 80, 160),
    alpha: float = 0.05,
    rng: np.random.Generator,
    n_simulations: int = 1000,
) -> pd.DataFrame:
    """How often a difference of this size would be found with so many articles in each of two groups.

    Parameters
    ----------
    units : DataFrame
        ``article_id`` and `measure`: a corpus whose articles are like those that will be compared.
    difference : float
        The true difference, in units of `measure`.
    articles : sequence of int
        Numbers of articles per group to try.
    alpha : float, default 0.05
        Level of the test.

    Returns
    -------
    DataFrame
        ``n_articles`` (per group), ``power`` [0, 1], ``power_low``, ``power_high`` (95 % interval of the simulation).
        No rows where fewer than three articles have evidence: how articles vary is then unknown.

    Notes
    -----
    Simulation: articles are drawn with replacement from the corpus for both groups, with all their units, the
    difference is added to one group, and the groups' article-weighted means are tested by Welch's t on articles. A
    corpus of few articles knows little of how articles vary: below about twenty take the answer as a guess.

    References
    ----------
    Arnold, B. F., Hogan, D. R., Colford, J. M., & Hubbard, A. E. (2011). Simulation methods to estimate design power.
    BMC Medical Research Methodology, 11, 94.
    """
    from scipy import stats  # noqa: PLC0415

    if not 0 < alpha < 1 or n_simulations < 1 or min(articles, default=0) < 2:
        raise UsageError("power: alpha must lie between 0 and 1, simulations above 0, and articles from 2 on")
    if missing := [column for column in ("article_id", measure) if column not in units.columns]:
        raise InputError(f"power: the table lacks {', '.join(missing)}; it has {', '.join(units.columns)}")
    means = units[units[measure].notna()].groupby("article_id", sort=True)[measure].mean().to_numpy(float)
    rows: list[dict[str, float]] = []
    if len(means) < FEWEST:
        return pd.DataFrame(columns=["n_articles", "power", "power_low", "power_high"])
    for n in articles:
        drawn = rng.choice(means, size=(n_simulations, 2, n))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # equal articles: no spread to test against
            found = stats.ttest_ind(drawn[:, 0] + difference, drawn[:, 1], axis=1, equal_var=False).pvalue
        hits = int(np.nansum(found < alpha))
        interval = stats.binomtest(hits, n_simulations).proportion_ci(method="wilson")
        rows.append(
            {"n_articles": n, "power": hits / n_simulations, "power_low": interval.low, "power_high": interval.high}
        )
    return pd.DataFrame(rows)


def _compare_pair(
    one: pd.DataFrame, other: pd.DataFrame, rng: np.random.Generator, n_draws: int, level: float
) -> dict[str, object]:
    """Difference, interval, effect size and test of two groups' sums and counts per article."""
    names = one.index.union(other.index)
    sums = np.stack([part["sum"].reindex(names, fill_value=0).to_numpy(float) for part in (one, other)])
    counts = np.stack([part["count"].reindex(names, fill_value=0).to_numpy(float) for part in (one, other)])
    means = sums.sum(axis=1) / counts.sum(axis=1)
    low = high = effect = p_value = float("nan")
    if min(len(one), len(other)) >= FEWEST:
        drawn = _interval(sums, counts, rng, n_draws, level)
        if is_enough_between(len(one), len(other)):
            low, high = drawn
        effect = hedges_g(*((part["sum"] / part["count"]).to_numpy(float) for part in (one, other)))
        p_value = _permute(sums, counts, float(means[0] - means[1]), rng, n_draws)
    return {
        "mean_a": float(means[0]), "mean_b": float(means[1]), "difference": float(means[0] - means[1]),
        "ci_low": low, "ci_high": high, "effect_size": effect, "p_value": p_value,
        "n_articles_a": len(one), "n_articles_b": len(other), "n_units": int(counts.sum()),
    }  # fmt: skip


def _interval(
    sums: Numbers, counts: Numbers, rng: np.random.Generator, n_draws: int, level: float
) -> tuple[float, float]:
    """Percentile bootstrap of the difference; articles of a kind (only a, only b, both) are drawn among themselves."""
    kinds = (counts[0] > 0) * 2 + (counts[1] > 0)
    total_sums, total_counts = np.zeros((n_draws, 2)), np.zeros((n_draws, 2))
    for kind in np.unique(kinds):
        places = np.flatnonzero(kinds == kind)
        weights = rng.multinomial(len(places), np.full(len(places), 1 / len(places)), size=n_draws).astype(float)
        total_sums += weights @ sums[:, places].T
        total_counts += weights @ counts[:, places].T
    drawn = total_sums[:, 0] / total_counts[:, 0] - total_sums[:, 1] / total_counts[:, 1]
    tail = (1 - level) / 2 * 100
    low, high = np.percentile(drawn, [tail, 100 - tail])
    return float(low), float(high)


def _permute(sums: Numbers, counts: Numbers, seen: float, rng: np.random.Generator, n_draws: int) -> float:
    """Share of permutations of articles whose difference is as large as the one seen, the seen one included."""
    both = (counts > 0).all(axis=0)
    only = np.flatnonzero(~both)
    n_first = int((counts[0, only] > 0).sum())
    alone_sums, alone_counts = sums[:, only].sum(axis=0), counts[:, only].sum(axis=0)
    shared_sums, shared_counts = sums[:, both], counts[:, both]
    orders = np.argsort(rng.random((n_draws, len(only))), axis=1)
    flips = rng.random((n_draws, shared_sums.shape[1])) < 0.5
    first, second = orders[:, :n_first], orders[:, n_first:]

    def mean(order: npt.NDArray[np.int64], place: int) -> Numbers:
        chosen = np.where(flips, shared_sums[1 - place], shared_sums[place]).sum(axis=1)
        counted = np.where(flips, shared_counts[1 - place], shared_counts[place]).sum(axis=1)
        return np.asarray((alone_sums[order].sum(axis=1) + chosen) / (alone_counts[order].sum(axis=1) + counted))

    differences = np.abs(mean(first, 0) - mean(second, 1))
    return float((np.count_nonzero(differences >= abs(seen) - 1e-12) + 1) / (n_draws + 1))


def hedges_g(one: Numbers, other: Numbers) -> float:
    """Standardised difference of two samples, corrected for few; NaN where neither varies.

    Examples
    --------
    >>> round(hedges_g(np.array([1.0, 2, 3]), np.array([3.0, 4, 5])), 3)
    -1.6
    """
    n_one, n_other = len(one), len(other)
    freedom = n_one + n_other - 2
    spread = np.sqrt(((n_one - 1) * one.var(ddof=1) + (n_other - 1) * other.var(ddof=1)) / freedom)
    if spread == 0:
        return float("nan")
    return float((one.mean() - other.mean()) / spread * (1 - 3 / (4 * freedom - 1)))
