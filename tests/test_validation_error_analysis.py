"""Errors are counted per phenomenon as one would by hand; certainty is set against what was right."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.validation.error_analysis import PHENOMENA, TOGETHER, count_errors, rate_certainty
from analysis.validation.stored import read_results

ROWS = [
    # unit, sentence, phenomena, label, coder, model, certainty of the model's label
    ("p:1:0", "p:1", "deed|headline", -1, 1, -1, 0.9),
    ("p:1:1", "p:1", "deed|headline", 0, 0, 0, 0.8),
    ("p:2:0", "p:2", "own_voice", 1, 1, 0, 0.5),
    ("p:3:0", "p:3", "quote|negation", 0, -1, 0, 0.6),
]


def predictions() -> pd.DataFrame:
    """Four codes in three sentences."""
    rows = []
    for unit, sentence, phenomena, label, coder, model, certainty in ROWS:
        rest = (1 - certainty) / 2
        found = dict.fromkeys(("p_negative", "p_neutral", "p_positive"), rest)
        found[("p_negative", "p_neutral", "p_positive")[model + 1]] = certainty
        about = {"gold": "g", "unit": unit, "sentence": sentence, "phenomena": phenomena, "label": label}
        rows.append(about | {"coder": coder, "model": model, "polarity": 0.5 * coder} | found)
    return pd.DataFrame(rows)


def test_errors_per_phenomenon_are_those_of_the_rows():
    """A sentence counts for everything it holds; what no sentence holds has no row."""
    found = count_errors(predictions()).set_index(["phenomenon", "method"])
    assert found.loc[("all", "coder"), ["n_wrong", "n"]].tolist() == [2, 4]
    assert found.loc[("all", "model"), ["n_wrong", "n"]].tolist() == [1, 4]
    assert found.loc[("deed", "coder"), ["n_wrong", "n"]].tolist() == [1, 2]
    assert found.loc[("negation", "model"), "share_wrong"] == 0.0
    assert "blame" not in found.index.get_level_values("phenomenon")


def test_certainty_is_that_of_the_label_chosen():
    """Bins of a tenth; mentions without a row are left out."""
    table = predictions()
    table.loc[2, ["p_negative", "p_neutral", "p_positive"]] = float("nan")
    bins = rate_certainty(table)
    assert bins["n"].sum() == 3
    assert bins["share_right"].tolist() == [1.0, 1.0, 1.0]
    assert bins["probability"].tolist() == pytest.approx([0.6, 0.8, 0.9])


def test_what_is_stored_is_what_would_be_counted():
    """Every phenomenon in both halves; every held-out code once, with probabilities that sum to one."""
    phenomena = read_results("phenomena")
    assert set(phenomena["phenomenon"]) == set(PHENOMENA)
    assert set(phenomena["half"]) == {"dev", "held"} and phenomena["estimate"].dropna().between(0, 1).all()
    stored = read_results("predictions")
    assert len(stored) > 1_500 and stored["unit"].is_unique
    assert set(stored["phenomena"].dropna().str.split("|").explode()) <= set(TOGETHER)
    sums = stored[["p_negative", "p_neutral", "p_positive"]].sum(axis=1)
    assert ((sums - 1).abs() < 0.001).all()
