"""Correspondence: how far the numbers of a method go with codes, and its probabilities with how often it is right.

Reads numbers and codes, unit by unit; returns a correlation, or a table of bins, with intervals. Units that belong
together (actors of one article) are resampled together.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.contracts.errors import UsageError
from analysis.measures.agreement import percentiles
from analysis.measures.scales import is_enough
from analysis.measures.scoring import Interval, Numbers, divide

RELIABILITY = ["bin_low", "bin_high", "n", "probability", "share_right", "ci_low", "ci_high"]
"""Columns of `reliability`."""


def correlate(
    numbers: npt.ArrayLike,
    codes: npt.ArrayLike,
    *,
    groups: Sequence[Hashable],
    rng: np.random.Generator,
    n_draws: int = 1000,
    confidence: float = 0.95,
) -> tuple[float, Interval, int]:
    """Pearson's correlation of numbers with codes, with a bootstrap interval over groups.

    Parameters
    ----------
    numbers : array of float, [n]
        What a method says; NaN is no evidence, and such a unit is left out.
    codes : array of float, [n]
        What the coders say.
    groups : sequence, [n]
        What each unit belongs to.
    rng, n_draws, confidence
        As for `analysis.measures.scoring.score_labels`.

    Returns
    -------
    tuple of float, (low, high) and int
        The correlation, NaN without variation; its interval, NaN where the units are too few
        (`analysis.measures.scales`); and the units used.

    Examples
    --------
    >>> r, _, n = correlate([-0.5, 0.0, 0.5, np.nan], [-1, 0, 1, 1], groups="abcd", rng=np.random.default_rng(1))
    >>> round(r, 3), n
    (1.0, 3)
    """
    x, y = np.asarray(numbers, dtype=float), np.asarray(codes, dtype=float)
    if not len(x) == len(y) == len(groups):
        raise UsageError(f"correlate: {len(x)} numbers, {len(y)} codes and {len(groups)} groups; give as many of each")
    known = ~np.isnan(x) & ~np.isnan(y)
    x, y = x[known], y[known]
    cluster, names = pd.factorize(np.asarray([str(group) for group in groups], dtype=object)[known])
    moments = np.stack([np.ones_like(x), x, y, x * x, y * y, x * y], axis=1)
    sums = np.zeros((len(names), 6))
    np.add.at(sums, cluster, moments)
    found = float(_pearson(sums.sum(axis=0)))
    if not is_enough(len(x), len(names)):
        return found, (float("nan"), float("nan")), len(x)
    weights = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=n_draws).astype(float)
    return found, percentiles(_pearson(weights @ sums), confidence), len(x)


def reliability(
    probabilities: Sequence[float],
    is_right: Sequence[bool],
    *,
    groups: Sequence[Hashable] | None = None,
    n_bins: int = 10,
    rng: np.random.Generator,
    n_draws: int = 1000,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How often a method is right among the units on which it is about equally sure.

    Parameters
    ----------
    probabilities : sequence of float in [0, 1]
        Probability that the method gave to the label it chose.
    is_right : sequence of bool
        Whether that was the label of the coders.
    groups : sequence, optional
        What each unit belongs to; every unit by itself when left out.
    n_bins : int, default 10
        Bins of equal width; the upper bound belongs to a bin.
    rng, n_draws, confidence
        As for `analysis.measures.scoring.score_labels`.

    Returns
    -------
    DataFrame
        `RELIABILITY`, a row for each bin that has units, rising. A method that is calibrated has ``share_right`` near
        ``probability`` in each; `analysis.measures.scoring.calibration_error` is the mean distance over units.

    Notes
    -----
    A bin of few units says little: see ``n`` and the interval, which is empty below ten units, or units of fewer
    than five groups.

    References
    ----------
    Guo, C., Pleiss, G., Sun, Y., & Weinberger, K. Q. (2017). On calibration of modern neural networks. ICML.

    Examples
    --------
    >>> bins = reliability([0.9, 0.95, 0.6], [True, False, True], rng=np.random.default_rng(1))
    >>> bins[["bin_low", "n", "probability", "share_right"]].round(3).to_numpy().tolist()
    [[0.5, 1.0, 0.6, 1.0], [0.8, 1.0, 0.9, 1.0], [0.9, 1.0, 0.95, 0.0]]
    """
    given, right = np.asarray(probabilities, dtype=float), np.asarray(is_right, dtype=float)
    if not len(given) or len(given) != len(right) or np.isnan(given).any() or given.min() < 0 or given.max() > 1:
        raise UsageError("reliability: give as many probabilities between 0 and 1 as answers, at least one")
    owners = range(len(given)) if groups is None else groups
    cluster, names = pd.factorize(np.asarray([str(owner) for owner in owners], dtype=object))
    bins = np.clip(np.ceil(given * n_bins - 1e-9).astype(int) - 1, 0, n_bins - 1)
    hits, counts = np.zeros((len(names), n_bins)), np.zeros((len(names), n_bins))
    np.add.at(hits, (cluster, bins), right)
    np.add.at(counts, (cluster, bins), 1.0)
    weights = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=n_draws).astype(float)
    drawn = divide(weights @ hits, weights @ counts)
    rows = []
    for number in np.unique(bins):
        inside = bins == number
        has_interval = is_enough(int(inside.sum()), len(set(cluster[inside])))
        low, high = percentiles(drawn[:, number], confidence) if has_interval else (float("nan"), float("nan"))
        row = (number / n_bins, (number + 1) / n_bins, int(inside.sum()), given[inside].mean(), right[inside].mean())
        rows.append((*row, low, high))
    return pd.DataFrame(rows, columns=RELIABILITY)


def _pearson(moments: Numbers) -> Numbers:
    """Correlations from sums of 1, x, y, xx, yy and xy, [..., 6]; NaN without variation."""
    n, x, y, xx, yy, xy = np.moveaxis(moments, -1, 0)
    spread = (n * xx - x * x) * (n * yy - y * y)
    return np.where(spread > 1e-12, divide(n * xy - x * y, np.sqrt(np.maximum(spread, 0))), np.nan)
