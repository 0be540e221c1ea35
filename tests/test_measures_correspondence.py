"""Correlation and reliability are what they are by hand, with intervals over what belongs together."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.contracts.errors import UsageError
from analysis.measures.correspondence import correlate, reliability
from analysis.measures.scoring import calibration_error


def test_the_correlation_is_that_of_numpy():
    """Same number, NaN left out; the interval holds it."""
    rng = np.random.default_rng(5)
    x = rng.normal(size=60)
    y = x + rng.normal(size=60)
    x[7] = np.nan
    found, (low, high), n = correlate(x, y, groups=[i // 3 for i in range(60)], rng=rng)
    kept = ~np.isnan(x)
    assert found == pytest.approx(np.corrcoef(x[kept], y[kept])[0, 1])
    assert low < found < high and n == 59


def test_without_variation_or_groups_there_is_less():
    """No variation: no correlation; two groups: no interval."""
    found, _, n = correlate([1.0, 1.0, 1.0], [0, 1, 0], groups="abc", rng=np.random.default_rng(1))
    assert np.isnan(found) and n == 3
    _, bounds, _ = correlate([1.0, 2.0, 3.0], [0, 1, 0], groups="aab", rng=np.random.default_rng(1))
    assert np.isnan(bounds).all()
    with pytest.raises(UsageError, match="give as many of each"):
        correlate([1.0], [1, 2], groups="a", rng=np.random.default_rng(1))


def test_bins_hold_all_units_and_the_mean_distance_is_the_calibration_error():
    """Weighted by units, the distance between stated and found is the measure of Guo et al. (2017)."""
    rng = np.random.default_rng(8)
    given = rng.uniform(0.34, 1.0, size=400)
    right = rng.uniform(size=400) < given**2
    bins = reliability(given.tolist(), right.tolist(), rng=rng)
    assert bins["n"].sum() == 400
    distance = ((bins["probability"] - bins["share_right"]).abs() * bins["n"]).sum() / 400
    assert distance == pytest.approx(calibration_error(given.tolist(), right.tolist()))
    assert ((bins["ci_low"] <= bins["share_right"]) & (bins["share_right"] <= bins["ci_high"])).all()


def test_a_bin_of_one_text_has_no_interval():
    """However many actors the text has."""
    bins = reliability([0.95] * 5, [True] * 5, groups=["a"] * 5, rng=np.random.default_rng(1))
    assert bins["n"].tolist() == [5] and bins["ci_low"].isna().all()


def test_numbers_that_are_no_probabilities_are_refused():
    """Above one, missing, or not as many as answers."""
    for given, right in (([1.2], [True]), ([float("nan")], [True]), ([0.5], [])):
        with pytest.raises(UsageError, match="probabilities between 0 and 1"):
            reliability(given, right, rng=np.random.default_rng(1))
