"""Axes against gold: accuracy and order are those one counts by hand; the command stores them."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.codebook.load import EMPTY, load_codebook
from analysis.contracts.errors import InputError
from analysis.validation import microframes_table
from analysis.validation.microframes_table import (
    AXES,
    GoldText,
    place_gold,
    read_gold_texts,
    score_axes,
)


def make_text(axis, side, *, held_out=False, text="Anna wacht."):
    """A text about Anna."""
    return GoldText(axis, side, "nl", held_out, text, (0, 4))


def test_an_axis_is_scored_on_its_own_texts_of_one_half():
    """Against the middle of all texts of that half; a tie is half in order; texts at no pole only move the middle."""
    texts = [
        make_text("a", -1), make_text("a", -1), make_text("a", 1), make_text("a", 0),
        make_text("b", 1), make_text("b", -1), make_text("a", 1, held_out=True),
    ]  # fmt: skip
    places = np.array([[-3.0, 9.0], [1.0, 9.0], [1.0, -9.0], [1.0, -9.0], [0.0, 2.0], [0.0, -2.0], [99.0, 99.0]])
    found = score_axes(places, texts, ["a", "b"], held_out=False)
    assert found["n"].to_dict() == {"a": 3, "b": 2}
    assert found["accuracy"].to_dict() == {"a": pytest.approx(2 / 3), "b": 1.0}
    assert found["auc"].to_dict() == {"a": 0.75, "b": 1.0}


def test_gold_is_read_with_the_place_of_its_actor():
    """The brackets are gone; a codebook without axes has no texts."""
    texts = read_gold_texts(load_codebook(AXES))
    assert {text.side for text in texts} == {-1, 0, 1} and {text.language for text in texts} == {"nl", "en"}
    for text in texts:
        assert "[" not in text.text and text.text[slice(*text.name)].strip()
    assert read_gold_texts(EMPTY) == []


def test_gold_that_breaks_its_rules_is_refused(monkeypatch, tmp_path):
    """A text without a marked actor, a text of two sentences."""
    file = tmp_path / "gold.yaml"
    file.write_text("- {axis: strong, low: {nl: [Anna wacht.]}, neutral: {}, high: {}}\n", encoding="utf-8")
    monkeypatch.setattr(microframes_table, "GOLD", file)
    with pytest.raises(InputError, match=r"gold\.yaml, strong, low: mark the actor in 'Anna wacht\.'"):
        read_gold_texts(load_codebook(AXES))
    with pytest.raises(InputError, match="must be one sentence"):
        place_gold([make_text("strong", 1, text="Anna wacht op de trein. Het regent buiten.")], load_codebook(AXES))
