"""Scoring of what is found or missed: literal counts."""

import numpy as np
import pandas as pd
import pytest

from analysis.measures.counting import score_classes, score_share, score_spans


def test_spans_over_articles():
    """Precision, recall and F1 sum over articles before they divide."""
    counts = pd.DataFrame({"right_predicted": [1, 0], "n_predicted": [2, 0], "right_gold": [2, 0], "n_gold": [3, 1]})
    found = score_spans(counts, rng=np.random.default_rng(1))
    assert (found.precision, found.recall, found.f1) == pytest.approx((0.5, 0.5, 0.5))
    empty = score_spans(counts.assign(right_predicted=0, n_predicted=0, right_gold=0), rng=np.random.default_rng(1))
    assert np.isnan(empty.precision)
    assert (empty.recall, empty.f1) == (0, 0)


def test_a_share_without_denominator_is_empty():
    """Nothing out of nothing is no evidence, not 0."""
    share, (low, high) = score_share(pd.DataFrame({"right": [0], "n": [0]}), rng=np.random.default_rng(1))
    assert np.isnan([share, low, high]).all()


def test_classes_over_units():
    """Per label: sums over units before dividing, the most frequent first; units without a row are drawn too."""
    counts = pd.DataFrame(
        [
            {"unit": 0, "label": "nsubj", "right": 1, "n_predicted": 2, "n_gold": 1},
            {"unit": 1, "label": "nsubj", "right": 1, "n_predicted": 1, "n_gold": 3},
            {"unit": 0, "label": "obj", "right": 0, "n_predicted": 0, "n_gold": 1},
            {"unit": 1, "label": "det", "right": 0, "n_predicted": 1, "n_gold": 0},
        ]
    )
    found, intervals = score_classes(counts, n_units=3, rng=np.random.default_rng(1))
    assert found.index.tolist() == ["nsubj", "obj", "det"]
    assert found.loc["nsubj"].tolist() == pytest.approx([2 / 3, 1 / 2, 4 / 7, 4])
    assert np.isnan(found.loc["obj", "precision"])
    assert np.isnan(found.loc["det", "recall"])
    assert found["f1"].tolist()[1:] == [0, 0]
    low, high = intervals["f1 nsubj"]
    assert low == pytest.approx(0.5)
    assert high == pytest.approx(2 / 3)
    assert set(intervals) == {"f1 nsubj", "f1 obj", "f1 det"}
