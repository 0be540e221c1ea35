"""One long table: every method on every gold set; what is stored still holds for the coder as it is."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.reading.model_loading import reading_model_path
from analysis.validation.methods_table import (
    COLUMNS,
    GOLD,
    OWN,
    SECOND,
    TABLES,
    TONE,
    measure_methods,
)
from analysis.validation.polarity import cut_window
from analysis.validation.stored import read_results

KEYS = ["gold", "language", "method", "measure"]


def test_every_set_is_stored_with_every_method():
    """Own and reference data; ablations and second coders among the methods; no row twice."""
    stored = read_results("methods")
    assert list(dict.fromkeys(stored["gold"])) == list(GOLD)
    assert not stored.duplicated(KEYS).any()
    methods = stored.groupby("gold")["method"].agg(set)
    for gold in ("madtsc_nl.dev", "opener_nl.dev"):
        assert {"coder", "model", "model_no_target", "model_3_words", "model_no_context", "lexicon", "majority"} <= methods[gold]  # fmt: skip
    for gold in ("newsmtsc_en.dev", "opener_en.dev", "teaching.tone"):
        assert "vader" in methods[gold]
    twice = {"target_nl.double_coding", "teaching.tone", "teaching.frames", "seed.evaluations", "frames_nl.double_coding"}  # fmt: skip
    assert set(stored.loc[stored["method"] == SECOND, "gold"]) == twice
    assert set(TONE) <= set(GOLD)


def test_estimates_lie_within_their_intervals_and_bounds():
    """Alpha may be negative, nothing is above one."""
    stored = read_results("methods")
    known = stored[stored["ci_low"].notna() & stored["estimate"].notna()]
    assert (known["ci_low"] <= known["estimate"] + 0.02).all() and (known["estimate"] <= known["ci_high"] + 0.02).all()
    assert stored["estimate"].max() <= 1


def test_agreement_of_coders_is_measured_from_the_double_coding():
    """The alpha that the README of the annotations reports."""
    found = measure_methods("target_nl.double_coding")
    assert list(found.columns) == COLUMNS
    alpha = found.set_index("measure").loc["alpha"]
    assert round(alpha["estimate"], 3) == 0.994 and alpha["n"] == 500
    assert set(found["method"]) == {SECOND}


@pytest.mark.skipif(not reading_model_path().is_file(), reason="the reading model is not in data/models")
def test_stored_results_hold_for_the_coder_as_it_is():
    """Measured again; when this fails, the coder has changed: renew data/validity as its README says."""
    again = pd.concat([measure_methods(gold) for gold in ("target_nl.double_coding", "seed.evaluations")])
    both = again.merge(read_results("methods"), on=KEYS, how="left", suffixes=("", "_stored"))
    differs = both[(both["estimate"] - both["estimate_stored"]).abs().gt(0.005) | both["estimate_stored"].isna()]
    assert differs.empty, f"python -m analysis.validation methods data/validity/methods.csv\n{differs[KEYS]}"


def test_reference_data_that_is_not_there_is_left_out(monkeypatch, tmp_path):
    """The project's own sets can be measured by anyone."""
    monkeypatch.setenv("STUDY_REFERENCE_DATA", str(tmp_path))
    assert TABLES["methods"].list_present() == list(OWN)


@pytest.mark.parametrize(
    ("n_words", "text", "span"),
    [(0, "Bos", (0, 3)), (1, "prijst Bos zeer", (7, 10)), (9, "De jury prijst Bos zeer om zijn moed.", (15, 18))],
)
def test_a_window_is_cut_around_the_actor(n_words, text, span):
    """Words on either side, fewer where the sentence ends."""
    found = cut_window("De jury prijst Bos zeer om zijn moed.", 15, 18, n_words)
    assert found == (text, span)
    assert text[slice(*span)] == "Bos"
