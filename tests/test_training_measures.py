"""Scores of tone on labels one can count."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.training.data import Target
from analysis.training.measures import (
    calibration_error,
    fit_temperature,
    labels_of,
    macro_f1,
    per_class_f1,
    softmax,
)

GOLD = np.array([0, 0, 1, 1, 2, 2])
FOUND = np.array([0, 1, 1, 1, 0, 1])


def test_codes_become_label_numbers():
    """-1, 0, 1 are 0, 1, 2."""
    assert labels_of([Target("x", 0, 0, code, "x") for code in (1, -1, 0)]).tolist() == [2, 0, 1]


def test_f1_of_each_class():
    """One of two negatives, two of two neutrals among four, no positive."""
    assert per_class_f1(GOLD, FOUND) == pytest.approx((0.5, 4 / 6, 0.0))
    assert macro_f1(GOLD, FOUND) == pytest.approx((0.5 + 4 / 6) / 3)
    assert macro_f1(GOLD, GOLD) == 1


def test_a_class_that_does_not_occur_counts_as_zero():
    """Macro-F1 is over the three classes, whatever a set holds."""
    assert per_class_f1(np.array([0]), np.array([0])) == (1.0, 0.0, 0.0)


def test_temperature_makes_probabilities_flatter():
    """Literal shares; each row sums to 1."""
    scores = np.log(np.array([[1.0, 4.0, 16.0]]))
    assert softmax(scores)[0] == pytest.approx([1 / 21, 4 / 21, 16 / 21])
    assert softmax(scores, 2.0)[0] == pytest.approx([1 / 7, 2 / 7, 4 / 7])


def test_the_temperature_is_found_again():
    """Scores twice as sure as the labels allow want a temperature of two."""
    shares = np.array([0.1, 0.2, 0.7])
    scores = np.tile(2 * np.log(shares), (10, 1)).astype(np.float32)
    gold = np.array([0] + [1] * 2 + [2] * 7)
    assert fit_temperature(scores, gold) == pytest.approx(2.0, abs=0.02)


def test_calibration_error():
    """Sure and right costs nothing; eight tenths sure and half right costs three tenths."""
    sure = np.array([[1.0, 0.0, 0.0]] * 2)
    assert calibration_error(sure, np.array([0, 0])) == 0
    assert calibration_error(np.array([[0.8, 0.2, 0.0]] * 2), np.array([0, 1])) == pytest.approx(0.3)
