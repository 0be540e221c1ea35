"""Least squares with clusters: equal to a library's, and prediction-powered fits to what they are made of."""

import numpy as np
import pytest
from statsmodels.regression.linear_model import OLS, WLS

from analysis.measures.least_squares import fit_linear, fit_powered


def draw(rng, n_clusters=20, size=4):
    """A design with an intercept and two columns, an outcome with moods of clusters."""
    clusters = np.repeat([f"a{n:02d}" for n in range(n_clusters)], size).astype(object)
    design = np.column_stack([np.ones(len(clusters)), rng.normal(size=(len(clusters), 2))])
    mood = np.repeat(rng.normal(size=n_clusters), size)
    return design, design @ [1.0, 0.5, -0.5] + mood + rng.normal(size=len(clusters)), clusters


def test_errors_are_those_of_statsmodels():
    """Weighted and unweighted, with the same correction for few clusters."""
    design, outcome, clusters = draw(np.random.default_rng(1))
    for weights in (np.ones(len(outcome)), np.random.default_rng(2).uniform(0.5, 2, len(outcome))):
        found = fit_linear(design, outcome, clusters, weights)
        groups = np.unique(clusters, return_inverse=True)[1]
        published = WLS(outcome, design, weights=weights).fit(cov_type="cluster", cov_kwds={"groups": groups})
        assert found.estimates == pytest.approx(published.params)
        assert found.errors == pytest.approx(published.bse)
        assert found.freedom == 19


def test_where_everything_is_coded_the_powered_fit_is_that_of_the_hand_codes():
    """Estimates and errors: the machine is then of no account."""
    rng = np.random.default_rng(3)
    design, human, clusters = draw(rng)
    machine = rng.normal(size=len(human))
    found = fit_powered(design, machine, human, clusters, np.ones(len(human)))
    expected = fit_linear(design, human, clusters, np.ones(len(human)))
    assert found.estimates == pytest.approx(expected.estimates)
    assert found.errors == pytest.approx(expected.errors)


def test_a_powered_fit_is_the_machine_fit_less_the_fit_of_its_errors():
    """Coefficients by the formula, on a sample of half the units."""
    rng = np.random.default_rng(4)
    design, truth, clusters = draw(rng)
    machine = truth * 0.5 + rng.normal(size=len(truth)) * 0.1
    human = np.where(rng.random(len(truth)) < 0.5, truth, np.nan)
    is_coded = ~np.isnan(human)
    found = fit_powered(design, machine, human, clusters, np.full(len(truth), 0.5))
    expected = OLS(machine, design).fit().params + OLS((human - machine)[is_coded], design[is_coded]).fit().params
    assert found.estimates == pytest.approx(expected)


def test_few_clusters_give_no_errors():
    """Two articles, or two that were coded."""
    design, outcome, clusters = draw(np.random.default_rng(5), n_clusters=6)
    two = clusters < "a02"
    assert np.isnan(fit_linear(design[two], outcome[two], clusters[two], np.ones(two.sum())).errors).all()
    human = np.where(two, outcome, np.nan)
    found = fit_powered(design, outcome, human, clusters, np.full(len(outcome), 0.5))
    assert np.isfinite(found.estimates).all() and np.isnan(found.errors).all()
