"""How far the frame model can be believed: bins added up by hand, and the tables that training leaves."""

import numpy as np
import pandas as pd
import pytest

from analysis.codebook.load import load_codebook
from analysis.coding.frames.model import load_frame_model
from analysis.contracts.errors import InputError
from analysis.contracts.paths import CODEBOOKS
from analysis.measures.frame_agreement import (
    calibration_by_frame,
    join_bins,
    measure_bins,
    read_agreement,
    read_reliability,
)
from analysis.training.frames.fitting import FittedFrames
from analysis.training.frames.shipped import describe_agreement, describe_reliability

HIGHEST_ERROR = 0.08
"""Of stated probabilities, over the frames together."""


def make_fitted(agreement, predictions):
    """Fitted heads of which only the figures matter."""
    return FittedFrames(load_frame_model(), pd.DataFrame(agreement), pd.DataFrame(predictions))


def test_every_question_of_the_generic_frames_has_its_agreement():
    """Twenty of sentences and five of articles, numbers only, beside what coders reach."""
    table = read_agreement()
    codebook = load_codebook(CODEBOOKS / "frames_generic.yaml")
    asked = {(frame.id, indicator.id) for frame in codebook.frames.values() for indicator in frame.indicators}
    sentences, articles = (table[table["unit"] == unit] for unit in ("sentence", "article"))
    assert set(zip(sentences["frame_id"], sentences["indicator"], strict=True)) == asked
    heads = {head.frame_id for head in load_frame_model().of_articles}
    assert set(articles["frame_id"]) == heads
    assert all(table[column].dtype == float for column in ("f1", "alpha", "coders_low", "coders_high"))
    assert (table["coders_low"].dropna() <= table["coders_high"].dropna()).all()
    assert sentences["coders_low"].notna().all()
    assert articles.set_index("frame_id").loc["conflict", ["coders_low", "coders_high"]].tolist() == [0.38, 0.45]


def test_the_bins_are_those_of_the_agreement():
    """Both tables come from one run: as many texts and as many yes."""
    agreement = read_agreement().groupby(["unit", "frame_id"])[["n", "n_yes"]].sum()
    bins = read_reliability().groupby(["unit", "frame_id"])[["n", "n_yes"]].sum()
    pd.testing.assert_frame_equal(bins, agreement)


def test_stated_probabilities_are_believable():
    """Over the frames together; of 159 articles the bins of one frame are too small to say."""
    bins = read_reliability()
    for unit in ("sentence", "article"):
        assert measure_bins(join_bins(bins[bins["unit"] == unit])) < HIGHEST_ERROR
    sentences = calibration_by_frame(bins[bins["unit"] == "sentence"])
    assert (sentences["calibration_error"] < HIGHEST_ERROR).all()


def test_errors_are_added_up_per_frame():
    """Weighed by answers: nine of ten off by .1, one by .5."""
    bins = pd.DataFrame(
        {
            "unit": "sentence", "frame_id": ["a", "a", "b"], "bin_start": [0.1, 0.5, 0.5], "n": [9, 1, 2],
            "n_yes": [0, 1, 1], "probability": [0.1, 0.5, 0.5],
        }
    )  # fmt: skip
    table = calibration_by_frame(bins).set_index("frame_id")
    assert table["calibration_error"].to_dict() == pytest.approx({"a": 0.14, "b": 0.0})
    assert table["n"].to_dict() == {"a": 10, "b": 2}
    assert measure_bins(join_bins(bins)) == pytest.approx((9 * 0.1 + 3 * abs(2 / 3 - 0.5)) / 12)


def test_a_missing_table_says_how_it_is_made(tmp_path):
    """By training."""
    for read in (read_agreement, read_reliability):
        with pytest.raises(InputError, match=r"none\.csv: missing; restore it, or make it"):
            read(tmp_path / "none.csv")


def test_training_sets_coders_beside_the_model(tmp_path):
    """Two coders of sentences agree as far as alpha says; of articles the published range stands there."""
    (tmp_path / "part_01.tsv").write_text("id\ttext\tforce\n1\ta\t1\n2\tb\t0\n3\tc\t0\n4\td\t1\n", encoding="utf-8")
    (tmp_path / "double_coded.tsv").write_text("id\tforce\n1\t1\n2\t0\n3\t1\n4\t1\n", encoding="utf-8")
    predictions = {
        "text_id": ["1", "2", "3", "4"], "frame_id": "conflict", "indicator": "force", "gold": [1, 0, 0, 1],
        "probability": [0.95, 0.05, 1.0, 0.4], "is_yes": [1, 0, 1, 0],
    }  # fmt: skip
    fitted = [
        make_fitted({"frame_id": ["conflict"], "indicator": ["force"], "alpha": [0.5]}, predictions),
        make_fitted(
            {"frame_id": ["conflict", "resolution"], "indicator": ["conflict", "resolution"], "alpha": [0.4, 0.2]},
            predictions | {"indicator": "conflict"},
        ),
    ]
    table = describe_agreement(fitted, tmp_path)
    assert table["unit"].tolist() == ["sentence", "article", "article"]
    by_hand = 1 - 0.25 / (2 * 5 * 3 / (8 * 7))
    assert table["coders_low"].tolist() == pytest.approx([by_hand, 0.38, np.nan], nan_ok=True)
    assert table["coders_high"].tolist() == pytest.approx([by_hand, 0.45, np.nan], nan_ok=True)
    bins = describe_reliability(fitted)
    sentences = bins[bins["unit"] == "sentence"]
    assert sentences[["bin_start", "n", "n_yes"]].to_numpy().tolist() == [[0.0, 1, 0], [0.4, 1, 1], [0.9, 2, 1]]
    assert sentences["probability"].tolist() == pytest.approx([0.05, 0.4, 0.975])
