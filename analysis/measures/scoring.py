"""Scoring: how well predicted codes agree with gold codes.

Reads labels, row by row; returns scores with percentile bootstrap intervals. Rows that belong together (sentences of
one article) are resampled together. `analysis.measures.counting` does the same for what is found or missed.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.contracts.errors import UsageError
from analysis.measures.agreement import Level, alpha_of, percentiles

Numbers = npt.NDArray[np.float64]
Interval = tuple[float, float]


@dataclass(frozen=True)
class LabelScores:
    """Scores of one coder against gold labels.

    Attributes
    ----------
    n : int
        Rows.
    accuracy, macro_f1, alpha : float
        Share right; mean F1 over the labels that occur in gold or prediction; Krippendorff's alpha of coder and gold.
    per_class : DataFrame
        Index ``label``; columns ``precision``, ``recall``, ``f1``, ``n`` (gold rows). Precision is empty where the
        label is never predicted, recall where gold never has it.
    intervals : mapping of str to (low, high)
        For ``accuracy``, ``macro_f1``, ``alpha`` and ``f1 <label>``.
    confusion : DataFrame
        Rows: gold; columns: predicted.
    """

    n: int
    accuracy: float
    macro_f1: float
    alpha: float
    per_class: pd.DataFrame
    intervals: dict[str, Interval]
    confusion: pd.DataFrame


@dataclass(frozen=True)
class IndicatorScores:
    """Scores of several yes-or-no codes on the same rows.

    Attributes
    ----------
    n : int
        Rows.
    accuracy, macro_f1, alpha : float
        Means over the codes of: share right, F1 of yes, nominal alpha.
    per_class : DataFrame
        Index: the codes; ``precision``, ``recall``, ``f1`` of yes, ``n`` (gold rows with yes), ``accuracy``, ``alpha``.
    intervals : mapping of str to (low, high)
        For ``accuracy``, ``macro_f1``, ``alpha`` and ``f1 <code>``.
    """

    n: int
    accuracy: float
    macro_f1: float
    alpha: float
    per_class: pd.DataFrame
    intervals: dict[str, Interval]


def score_labels(
    gold: Sequence[Hashable],
    predicted: Sequence[Hashable],
    *,
    labels: Sequence[Hashable],
    level: Level = "nominal",
    groups: Sequence[Hashable] | None = None,
    rng: np.random.Generator,
    n_draws: int = 1000,
    confidence: float = 0.95,
) -> LabelScores:
    """Score predicted labels against gold labels.

    Parameters
    ----------
    gold, predicted : sequence
        One label per row, in the same order.
    labels : sequence
        All labels, in rising order when `level` is not nominal; numbers when it is interval.
    level : {"nominal", "ordinal", "interval"}
        Level of measurement for alpha.
    groups : sequence, optional
        What each row belongs to; groups are resampled. Every row by itself when left out.
    rng : numpy.random.Generator
        Source of randomness.
    n_draws : int, default 1000
        Bootstrap draws.
    confidence : float in (0, 1), default 0.95
        Level of the intervals.

    Returns
    -------
    LabelScores

    Raises
    ------
    UsageError
        When there are no rows, lengths differ, or a label is not among `labels`.

    Examples
    --------
    >>> found = score_labels([-1, 0, 1, 1], [-1, 0, 0, 1], labels=[-1, 0, 1], rng=np.random.default_rng(1))
    >>> found.accuracy, round(found.macro_f1, 3)
    (0.75, 0.778)
    """
    if not len(gold) or len(gold) != len(predicted):
        counts = f"{len(gold)} gold and {len(predicted)} predicted labels"
        raise UsageError(f"score_labels: {counts}; give as many, at least one")
    place = {label: number for number, label in enumerate(labels)}
    if unknown := sorted((set(gold) | set(predicted)) - set(place), key=str):
        raise UsageError(f"score_labels: the label {unknown[0]!r} is not among {', '.join(map(str, labels))}")
    size = len(labels)
    cells = np.asarray([place[g] * size + place[p] for g, p in zip(gold, predicted, strict=True)])
    clusters = _number_groups(groups, len(cells))
    scale = np.asarray(labels, dtype=float) if level == "interval" else np.arange(size, dtype=float)
    whole = np.bincount(cells, minlength=size * size).astype(float).reshape(size, size)
    drawn = draw_cells(cells, clusters, size * size, rng, n_draws).reshape(n_draws, size, size)
    precision, recall, f1 = _per_class(whole)
    accuracy, macro_f1, alpha = _overall(whole, scale, level)
    drawn_accuracy, drawn_macro, drawn_alpha = _overall(drawn, scale, level)
    intervals = {
        "accuracy": percentiles(drawn_accuracy, confidence),
        "macro_f1": percentiles(drawn_macro, confidence),
        "alpha": percentiles(drawn_alpha, confidence),
    }
    drawn_f1 = _per_class(drawn)[2]
    intervals |= {f"f1 {label}": percentiles(drawn_f1[:, number], confidence) for number, label in enumerate(labels)}
    names = [str(label) for label in labels]
    columns = {"precision": precision, "recall": recall, "f1": f1, "n": whole.sum(axis=1).astype(int)}
    rows, across = pd.Index(names, name="gold"), pd.Index(names, name="predicted")
    return LabelScores(
        n=len(cells),
        accuracy=float(accuracy),
        macro_f1=float(macro_f1),
        alpha=float(alpha),
        per_class=pd.DataFrame(columns, index=pd.Index(names, name="label")),
        intervals=intervals,
        confusion=pd.DataFrame(whole.astype(int), index=rows, columns=across),
    )


def score_indicators(
    gold: pd.DataFrame,
    predicted: pd.DataFrame,
    *,
    rng: np.random.Generator,
    n_draws: int = 1000,
    confidence: float = 0.95,
) -> IndicatorScores:
    """Score yes-or-no codes: one column per code, 0 or 1, the same rows and columns in both tables.

    Parameters
    ----------
    gold, predicted : DataFrame
        One row per unit; integers 0 and 1.
    rng, n_draws, confidence
        As for `score_labels`. All codes are resampled in the same draws of rows.

    Returns
    -------
    IndicatorScores
    """
    if gold.empty or gold.shape != predicted.shape or list(gold.columns) != list(predicted.columns):
        raise UsageError("score_indicators: give gold and predicted the same rows and columns, at least one of each")
    n_rows, names = len(gold), [str(name) for name in gold.columns]
    cells = gold.to_numpy(int) * 2 + predicted.to_numpy(int)
    one_hot = np.eye(4)[cells].reshape(n_rows, -1)
    weights = rng.multinomial(n_rows, np.full(n_rows, 1 / n_rows), size=n_draws).astype(float)
    whole = one_hot.sum(axis=0).reshape(len(names), 2, 2)
    drawn = (weights @ one_hot).reshape(n_draws, len(names), 2, 2)
    scale = np.arange(2.0)
    accuracy, _, alpha = _overall(whole, scale, "nominal")
    drawn_accuracy, _, drawn_alpha = _overall(drawn, scale, "nominal")
    precision, recall, f1 = (values[:, 1] for values in _per_class(whole))
    drawn_f1 = _per_class(drawn)[2][..., 1]
    intervals = {
        "accuracy": percentiles(drawn_accuracy.mean(axis=1), confidence),
        "macro_f1": percentiles(_mean(drawn_f1), confidence),
        "alpha": percentiles(_mean(drawn_alpha), confidence),
    }
    intervals |= {f"f1 {name}": percentiles(drawn_f1[:, number], confidence) for number, name in enumerate(names)}
    columns = {"precision": precision, "recall": recall, "f1": f1, "n": gold.sum().to_numpy(int)}
    per_class = pd.DataFrame(columns | {"accuracy": accuracy, "alpha": alpha}, index=pd.Index(names, name="label"))
    return IndicatorScores(n_rows, float(accuracy.mean()), float(_mean(f1)), float(_mean(alpha)), per_class, intervals)


def score_mean_f1(
    gold: Sequence[Hashable],
    predicted: Sequence[Hashable],
    *,
    labels: Sequence[Hashable],
    groups: Sequence[Hashable] | None = None,
    rng: np.random.Generator,
    n_draws: int = 1000,
    confidence: float = 0.95,
) -> tuple[float, Interval]:
    """Mean F1 of some of the labels, with an interval.

    Parameters
    ----------
    gold, predicted : sequence
        One label per row, in the same order; labels that are not among `labels` count as one other label.
    labels : sequence
        The labels whose F1 counts, such as negative and positive where gold has next to no neutral rows.
    groups, rng, n_draws, confidence
        As for `score_labels`, whose draws these are when the generator starts from the same seed.

    Returns
    -------
    tuple of float and (low, high)
        A label that occurs in neither gold nor prediction is left out of the mean.

    Examples
    --------
    >>> mean, _ = score_mean_f1([-1, 0, 1, 1], [-1, 0, 0, 1], labels=[-1, 1], rng=np.random.default_rng(1))
    >>> round(mean, 3)
    0.833
    """
    size = len(labels) + 1
    place = {label: number for number, label in enumerate(labels)}
    other = len(labels)
    cells = np.asarray([place.get(g, other) * size + place.get(p, other) for g, p in zip(gold, predicted, strict=True)])
    clusters = _number_groups(groups, len(cells))
    whole = np.bincount(cells, minlength=size * size).astype(float).reshape(size, size)
    drawn = draw_cells(cells, clusters, size * size, rng, n_draws).reshape(n_draws, size, size)
    mean, means = (_mean(_per_class(counts)[2][..., :other]) for counts in (whole, drawn))
    return float(mean), percentiles(means, confidence)


def calibration_error(probabilities: Sequence[float], is_right: Sequence[bool], *, n_bins: int = 10) -> float:
    """Expected calibration error: how far stated probabilities lie from how often they come true.

    Parameters
    ----------
    probabilities : sequence of float in [0, 1]
        Probability that the coder gave to the label it chose.
    is_right : sequence of bool
        Whether that label was the gold label.
    n_bins : int, default 10
        Bins of equal width; the upper bound belongs to a bin.

    Returns
    -------
    float
        Mean over rows of the distance between accuracy and mean probability of their bin, in [0, 1].

    References
    ----------
    Guo, C., Pleiss, G., Sun, Y., & Weinberger, K. Q. (2017). On calibration of modern neural networks. ICML.

    Examples
    --------
    >>> round(calibration_error([0.9, 0.9, 0.6], [True, True, False]), 3)
    0.267
    """
    given = np.asarray(probabilities, dtype=float)
    right = np.asarray(is_right, dtype=float)
    if not len(given) or len(given) != len(right) or np.isnan(given).any() or given.min() < 0 or given.max() > 1:
        raise UsageError("calibration_error: give as many probabilities between 0 and 1 as answers, at least one")
    bins = np.clip(np.ceil(given * n_bins).astype(int) - 1, 0, n_bins - 1)
    gaps = np.bincount(bins, right - given, minlength=n_bins)
    return float(np.abs(gaps).sum() / len(given))


def draw_cells(
    cells: npt.NDArray[np.int64], clusters: npt.NDArray[np.int64], n_cells: int, rng: np.random.Generator, n_draws: int
) -> Numbers:
    """Cell counts of each bootstrap draw of clusters, [n_draws, n_cells]."""
    n_clusters = int(clusters.max()) + 1
    counts = np.bincount(clusters * n_cells + cells, minlength=n_clusters * n_cells).astype(float)
    weights = rng.multinomial(n_clusters, np.full(n_clusters, 1 / n_clusters), size=n_draws).astype(float)
    return np.asarray(weights @ counts.reshape(n_clusters, n_cells))


def _number_groups(groups: Sequence[Hashable] | None, n_rows: int) -> npt.NDArray[np.int64]:
    """Number of the group of each row; every row by itself where there are none."""
    if groups is None:
        return np.arange(n_rows)
    return np.asarray(pd.factorize(np.asarray([str(group) for group in groups]))[0], dtype=np.int64)


def _per_class(confusion: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    right = np.diagonal(confusion, axis1=-2, axis2=-1)
    n_gold, n_predicted = confusion.sum(axis=-1), confusion.sum(axis=-2)
    return divide(right, n_predicted), divide(right, n_gold), divide(2 * right, n_gold + n_predicted)


def _overall(confusion: Numbers, scale: Numbers, level: Level) -> tuple[Numbers, Numbers, Numbers]:
    accuracy = np.trace(confusion, axis1=-2, axis2=-1) / confusion.sum(axis=(-2, -1))
    f1 = _per_class(confusion)[2]
    occurs = ~np.isnan(f1)
    macro = np.where(occurs, f1, 0.0).sum(axis=-1) / occurs.sum(axis=-1)
    alpha = alpha_of(confusion + np.swapaxes(confusion, -2, -1), scale, level=level)
    return np.asarray(accuracy), np.asarray(macro), alpha


def _mean(values: Numbers) -> Numbers:
    """Mean over the last axis of what is known; NaN where nothing is."""
    known = ~np.isnan(values)
    return divide(np.where(known, values, 0.0).sum(axis=-1), known.sum(axis=-1))


def divide(numerator: npt.ArrayLike, denominator: npt.ArrayLike) -> Numbers:
    """Quotients; NaN where there is nothing to divide by."""
    top, bottom = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    return np.asarray(np.divide(top, bottom, out=np.full(np.broadcast(top, bottom).shape, np.nan), where=bottom > 0))
