"""Scoring of what is found or missed: spans, words, relations.

Reads counts per unit (an article, a sentence); returns precision, recall and F1, or shares, with percentile bootstrap
intervals over units.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.measures.agreement import percentiles
from analysis.measures.scoring import Interval, Numbers, divide


@dataclass(frozen=True)
class SpanScores:
    """Precision, recall and F1 over spans, with intervals; NaN where there is nothing to divide by."""

    precision: float
    recall: float
    f1: float
    intervals: dict[str, Interval]


def score_spans(
    counts: pd.DataFrame, *, rng: np.random.Generator, n_draws: int = 1000, confidence: float = 0.95
) -> SpanScores:
    """Score spans from counts per article.

    Parameters
    ----------
    counts : DataFrame
        One row per article: ``right_predicted`` of ``n_predicted`` and ``right_gold`` of ``n_gold``, in spans or in
        words. The two counts of right differ when several predictions may share one gold span.
    rng, n_draws, confidence
        As for `analysis.measures.scoring.score_labels`; articles are resampled.

    Returns
    -------
    SpanScores
    """
    columns = counts[["right_predicted", "n_predicted", "right_gold", "n_gold"]].to_numpy(float)
    n_articles = len(columns)
    weights = rng.multinomial(n_articles, np.full(n_articles, 1 / n_articles), size=n_draws).astype(float)
    precision, recall, f1 = _ratios(columns.sum(axis=0))
    drawn = _ratios(weights @ columns)
    names = ("precision", "recall", "f1")
    intervals = {name: percentiles(values, confidence) for name, values in zip(names, drawn, strict=True)}
    return SpanScores(float(precision), float(recall), float(f1), intervals)


def score_classes(
    counts: pd.DataFrame, *, n_units: int, rng: np.random.Generator, n_draws: int = 1000, confidence: float = 0.95
) -> tuple[pd.DataFrame, dict[str, Interval]]:
    """Score labels that are found or missed, from counts per unit and label.

    Parameters
    ----------
    counts : DataFrame
        At most one row per unit and label: ``unit`` (0 to `n_units` - 1), ``label``, ``right`` of ``n_predicted`` and
        ``n_gold``.
    n_units : int
        Units, those without a row included; they are resampled.
    rng, n_draws, confidence
        As for `analysis.measures.scoring.score_labels`.

    Returns
    -------
    tuple of DataFrame and mapping of str to (low, high)
        Index ``label``, the most frequent in gold first; columns ``precision``, ``recall``, ``f1``, ``n`` (in gold).
        Intervals are named ``f1 <label>``.
    """
    columns = ["right", "n_predicted", "right", "n_gold"]
    totals = counts.groupby("label")[["right", "n_predicted", "n_gold"]].sum()
    totals = totals.sort_index().sort_values("n_gold", ascending=False, kind="stable")
    weights = rng.multinomial(n_units, np.full(n_units, 1 / n_units), size=n_draws).astype(float)
    precision, recall, f1 = _ratios(totals[columns].to_numpy(float))
    by_label = dict(tuple(counts.groupby("label")))
    intervals = {}
    for label in totals.index:
        rows = by_label[label]
        drawn = weights[:, rows["unit"].to_numpy(int)] @ rows[columns].to_numpy(float)
        intervals[f"f1 {label}"] = percentiles(_ratios(drawn)[2], confidence)
    scores = {"precision": precision, "recall": recall, "f1": f1, "n": totals["n_gold"].to_numpy(int)}
    return pd.DataFrame(scores, index=totals.index), intervals


def score_share(
    counts: pd.DataFrame, *, rng: np.random.Generator, n_draws: int = 1000, confidence: float = 0.95
) -> tuple[float, Interval]:
    """Share ``right`` of ``n`` summed over articles, with an interval over articles; NaN when ``n`` is 0."""
    columns = counts[["right", "n"]].to_numpy(float)
    n_articles = len(columns)
    weights = rng.multinomial(n_articles, np.full(n_articles, 1 / n_articles), size=n_draws).astype(float)
    total, drawn = columns.sum(axis=0), weights @ columns
    return float(divide(total[0], total[1])), percentiles(divide(drawn[:, 0], drawn[:, 1]), confidence)


def _ratios(columns: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    precision = divide(columns[..., 0], columns[..., 1])
    recall = divide(columns[..., 2], columns[..., 3])
    # Nothing predicted, or nothing in gold: the side that exists decides, and F1 is 0.
    both = np.nan_to_num(precision) + np.nan_to_num(recall)
    f1 = np.where(both > 0, 2 * np.nan_to_num(precision) * np.nan_to_num(recall) / np.where(both > 0, both, 1), 0.0)
    f1 = np.where(columns[..., 1] + columns[..., 3] > 0, f1, np.nan)
    return precision, recall, np.asarray(f1)
