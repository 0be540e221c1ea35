"""Scoring: literal tables, agreement with scikit-learn, and intervals that resample groups."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, f1_score

from analysis.contracts.errors import UsageError
from analysis.measures.scoring import calibration_error, score_indicators, score_labels, score_mean_f1

LABELS = [-1, 0, 1]


def test_scores_of_a_small_table():
    """Every score of six rows, by hand."""
    found = score_labels([-1, -1, 0, 0, 1, 1], [-1, 0, 0, 0, 1, -1], labels=LABELS, rng=np.random.default_rng(1))
    assert found.n == 6
    assert found.accuracy == pytest.approx(4 / 6)
    assert found.per_class["precision"].tolist() == pytest.approx([1 / 2, 2 / 3, 1])
    assert found.per_class["recall"].tolist() == pytest.approx([1 / 2, 1, 1 / 2])
    assert found.per_class["f1"].tolist() == pytest.approx([1 / 2, 4 / 5, 2 / 3])
    assert found.per_class["n"].tolist() == [2, 2, 2]
    assert found.confusion.to_numpy().tolist() == [[1, 1, 0], [0, 2, 0], [1, 0, 1]]
    assert found.macro_f1 == pytest.approx((1 / 2 + 4 / 5 + 2 / 3) / 3)


def test_a_label_never_predicted_has_no_precision_and_f1_of_zero():
    """Missing evidence stays empty; a label that is missed counts as 0 in macro-F1."""
    found = score_labels([1, 1, -1], [1, 1, 1], labels=LABELS, rng=np.random.default_rng(1))
    assert np.isnan(found.per_class.loc["-1", "precision"])
    assert found.per_class.loc["-1", "f1"] == 0
    assert np.isnan(found.per_class.loc["0", "f1"])
    assert found.macro_f1 == pytest.approx((0.8 + 0) / 2)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS)), min_size=1, max_size=40))
def test_scores_equal_those_of_scikit_learn(rows):
    """Accuracy and macro-F1 are the usual ones, and lie in their intervals' range."""
    gold, predicted = map(list, zip(*rows, strict=True))
    found = score_labels(gold, predicted, labels=LABELS, rng=np.random.default_rng(1), n_draws=50)
    assert found.accuracy == pytest.approx(accuracy_score(gold, predicted))
    assert found.macro_f1 == pytest.approx(f1_score(gold, predicted, average="macro", zero_division=0))
    low, high = found.intervals["accuracy"]
    assert 0 <= low <= high <= 1


def test_rows_of_one_group_are_resampled_together():
    """Ten copies of a row carry no more information than one: the interval stays as wide."""
    gold, predicted = [0, 1, 1, 0, 1, 0, 1, 1], [0, 1, 0, 0, 1, 1, 1, 1]
    single = score_labels(gold, predicted, labels=[0, 1], rng=np.random.default_rng(5))
    copied = score_labels(
        gold * 10, predicted * 10, labels=[0, 1], groups=list(range(8)) * 10, rng=np.random.default_rng(5)
    )
    assert copied.intervals["accuracy"] == pytest.approx(single.intervals["accuracy"])


def test_a_perfect_coder_has_alpha_one_and_chance_has_zero():
    """Alpha of the coder with gold, at both ends."""
    rng = np.random.default_rng(3)
    gold = rng.integers(0, 2, 4000).tolist()
    assert score_labels(gold, gold, labels=[0, 1], rng=rng, n_draws=10).alpha == 1
    assert abs(score_labels(gold, rng.permutation(gold).tolist(), labels=[0, 1], rng=rng, n_draws=10).alpha) < 0.05


def test_calibration_error_of_known_tables():
    """A coder that is right as often as it says has no error."""
    assert calibration_error([0.75] * 4, [True, True, True, False]) == pytest.approx(0)
    assert calibration_error([1.0, 1.0], [False, False]) == 1
    with pytest.raises(UsageError, match="between 0 and 1"):
        calibration_error([1.2], [True])


def test_wrong_labels_are_refused():
    """Lengths and labels are checked."""
    with pytest.raises(UsageError, match="1 gold and 2 predicted"):
        score_labels([1], [1, 0], labels=LABELS, rng=np.random.default_rng(1))
    with pytest.raises(UsageError, match="the label 2 is not among"):
        score_labels([2], [1], labels=LABELS, rng=np.random.default_rng(1))


def test_indicators_are_scored_on_yes():
    """F1 is that of yes, per code; means over codes; a code that never occurs has no F1."""
    gold = pd.DataFrame({"conflict": [1, 1, 0, 0], "morality": [0, 1, 0, 0], "economic": [0, 0, 0, 0]})
    said = pd.DataFrame({"conflict": [1, 0, 1, 0], "morality": [0, 1, 0, 0], "economic": [0, 0, 0, 0]})
    found = score_indicators(gold, said, rng=np.random.default_rng(1))
    assert found.per_class["f1"].tolist() == pytest.approx([0.5, 1, np.nan], nan_ok=True)
    assert found.per_class["n"].tolist() == [2, 1, 0]
    assert found.per_class["accuracy"].tolist() == [0.5, 1, 1]
    assert (found.macro_f1, found.accuracy) == pytest.approx((0.75, 2.5 / 3))
    single = score_labels(
        gold["conflict"].tolist(), said["conflict"].tolist(), labels=[0, 1], rng=np.random.default_rng(1)
    )
    assert found.per_class.loc["conflict", "alpha"] == pytest.approx(single.alpha)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS)), min_size=1, max_size=30))
def test_mean_f1_of_some_labels(rows):
    """All labels give macro-F1 with its interval; two give the mean of their F1, where they occur."""
    gold, predicted = map(list, zip(*rows, strict=True))
    options = {"n_draws": 30, "groups": [g for g, _ in rows]}
    whole = score_labels(gold, predicted, labels=LABELS, rng=np.random.default_rng(4), **options)
    mean, bounds = score_mean_f1(gold, predicted, labels=LABELS, rng=np.random.default_rng(4), **options)
    assert (mean, *bounds) == pytest.approx((whole.macro_f1, *whole.intervals["macro_f1"]))
    polar, _ = score_mean_f1(gold, predicted, labels=[-1, 1], rng=np.random.default_rng(4), **options)
    known = whole.per_class["f1"].drop("0").dropna()
    assert polar == pytest.approx(known.mean() if len(known) else np.nan, nan_ok=True)
