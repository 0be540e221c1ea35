"""Least squares whose errors know that units of one article belong together.

Reads arrays; returns a `Fit`. Means are fits with an intercept alone. What is regressed on what, and what is corrected,
is decided in `analysis.measures.correction`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]
FEWEST = 3
"""Fewest clusters for an interval."""


class Fit(NamedTuple):
    """An estimate per term with its standard error and the degrees of freedom of its interval."""

    estimates: Numbers
    errors: Numbers
    freedom: int


def fit_linear(design: Numbers, outcome: Numbers, clusters: npt.NDArray[np.object_], weights: Numbers) -> Fit:
    """Weighted least squares with standard errors that are robust to dependence within clusters (CR1).

    Parameters
    ----------
    design : array, [n, k]
    outcome, weights : array, [n]
    clusters : array, [n]
        Name of each row's cluster.

    Returns
    -------
    Fit
        Errors are NaN below `FEWEST` clusters.
    """
    weighted = design * weights[:, None]
    bread = np.linalg.inv(weighted.T @ design)
    estimates = bread @ (weighted.T @ outcome)
    scores = weighted * (outcome - design @ estimates)[:, None]
    return Fit(estimates, *_cluster_errors(scores @ bread, clusters))


def fit_powered(
    design: Numbers, machine: Numbers, human: Numbers, clusters: npt.NDArray[np.object_], chance: Numbers
) -> Fit:
    """Least squares on the machine's codes, less the machine's error among the coded units, weighted by probability.

    Parameters
    ----------
    design : array, [n, k]
    machine, human : array, [n]
        `human` is NaN where a unit was not coded.
    clusters : array, [n]
        Name of each row's cluster.
    chance : array, [n]
        Probability of each unit to be coded.

    Returns
    -------
    Fit
        Prediction-powered estimates with errors that are robust to dependence within clusters; the degrees of freedom
        are those of the coded clusters.
    """
    is_coded = ~np.isnan(human)
    weights = is_coded / chance
    bread = np.linalg.inv(design.T @ design)
    powered = bread @ (design.T @ machine)
    bread_coded = np.linalg.inv((design * weights[:, None]).T @ design)
    error = np.where(is_coded, human - machine, 0.0)
    taken = bread_coded @ (design.T @ (weights * error))
    influence = (design * (machine - design @ powered)[:, None]) @ bread
    influence += (design * (weights * (error - design @ taken))[:, None]) @ bread_coded
    errors, _ = _cluster_errors(influence, clusters)
    n_coded = len(set(clusters[is_coded]))
    if n_coded < FEWEST:
        errors = np.full(design.shape[1], np.nan)
    return Fit(powered + taken, errors, max(n_coded - 1, 0))


def _cluster_errors(influence: Numbers, clusters: npt.NDArray[np.object_]) -> tuple[Numbers, int]:
    """Standard errors from the influence of each row [n, k], summed by cluster (CR1), and degrees of freedom."""
    codes, names = pd.factorize(pd.Series(clusters), sort=True)
    n, k = influence.shape
    n_clusters = len(names)
    if n_clusters < FEWEST:
        return np.full(k, np.nan), max(n_clusters - 1, 0)
    sums = np.zeros((n_clusters, k))
    np.add.at(sums, codes, influence)
    scale = n_clusters / (n_clusters - 1) * (n - 1) / max(n - k, 1)
    return np.sqrt(scale * (sums**2).sum(axis=0)), n_clusters - 1
