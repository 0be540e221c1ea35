"""How right, and how honest about itself, the tone of a network is: numpy alone.

Reads label numbers (0 negative, 1 neutral, 2 positive) and scores ``[n, 3]``; returns single numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.training.data import Target

#: Codes of tone, in the order of a network's scores.
LABELS = (-1, 0, 1)


def labels_of(targets: Sequence[Target]) -> npt.NDArray[np.int64]:
    """Return the label numbers (0, 1, 2) of targets."""
    return np.array([LABELS.index(target.label) for target in targets])


def per_class_f1(gold: npt.NDArray[np.int64], found: npt.NDArray[np.int64]) -> tuple[float, float, float]:
    """Return the F1 of negative, neutral and positive."""
    scores = []
    for label in range(len(LABELS)):
        right = int(np.sum((gold == label) & (found == label)))
        total = int(np.sum(gold == label) + np.sum(found == label))
        scores.append(2 * right / total if total else 0.0)
    return scores[0], scores[1], scores[2]


def macro_f1(gold: npt.NDArray[np.int64], found: npt.NDArray[np.int64]) -> float:
    """Return the mean F1 of the three classes."""
    return float(np.mean(per_class_f1(gold, found)))


def softmax(scores: npt.NDArray[np.floating[Any]], temperature: float = 1.0) -> npt.NDArray[np.float64]:
    """Return probabilities per row."""
    shifted = scores.astype(np.float64) / temperature
    shifted -= shifted.max(-1, keepdims=True)
    raised = np.exp(shifted)
    return np.asarray(raised / raised.sum(-1, keepdims=True))


def fit_temperature(scores: npt.NDArray[np.float32], gold: npt.NDArray[np.int64]) -> float:
    """Return the temperature with the least log loss (a grid of 0.5 to 3)."""
    grid = np.arange(0.5, 3.0, 0.01)
    rows = np.arange(len(gold))
    losses = [-np.log(softmax(scores, t)[rows, gold] + 1e-12).mean() for t in grid]
    return float(grid[int(np.argmin(losses))])


def calibration_error(probabilities: npt.NDArray[np.float64], gold: npt.NDArray[np.int64], n_bins: int = 10) -> float:
    """Return the expected calibration error of the chosen label over equal-width bins."""
    confidence = probabilities.max(1)
    is_right = probabilities.argmax(1) == gold
    bins = np.minimum((confidence * n_bins).astype(int), n_bins - 1)
    error = 0.0
    for number in range(n_bins):
        inside = bins == number
        if inside.any():
            error += inside.mean() * abs(is_right[inside].mean() - confidence[inside].mean())
    return float(error)
