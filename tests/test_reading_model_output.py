"""Numbers of labels become words of labels: one sentence, literally."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.reading.model_output import Entity, decode_sentence

LABELS = {
    "upos": ["PROPN", "VERB", "PUNCT"],
    "relation": ["nsubj", "root", "punct"],
    "lemma": ["0|0||", "3|0|0|en"],
    "feature:Number": ["", "Sing"],
    "feature:Tense": ["", "Past"],
}
TAGS = ["O", "B-organisation", "I-organisation"]


def test_a_sentence():
    """Absent features are left out, the root is its own head, relations are counted without the root's."""
    zero = [9.0, 0.0, 0.0]
    found = {
        "labels": np.array([[0, 0, 1, 0], [1, 0, 1, 1], [2, 0, 0, 0]]),
        "arcs": np.array([[-5.0, -9.0, -0.1, -9.0], [-0.1, -9.0, -9.0, -9.0], [-9.0, -9.0, -0.1, -9.0]]),
        "relations": np.array([[1, 1, 0, 1], [0, 0, 0, 0], [0, 0, 1, 0]]),
        "names": np.array([[0.0, 9.0, 0.0], zero, zero]),
        "phrases": np.array([zero, zero, zero]),
        "sentence": np.array([0.6, 0.8], np.float32),
    }
    reading = decode_sentence(["Ajax", "verloor", "."], found, LABELS, TAGS)
    assert reading.upos == ["PROPN", "VERB", "PUNCT"]
    assert reading.features == [{"Number": "Sing"}, {"Number": "Sing", "Tense": "Past"}, {}]
    assert reading.lemmas == ["Ajax", "verloor", "."]
    assert reading.heads == [1, 1, 1]
    assert reading.relations == ["nsubj", "root", "punct"]
    assert reading.names == [Entity(0, 1, "organisation", pytest.approx(1, abs=1e-3))]
    assert reading.phrases == []
    assert reading.vector.tolist() == pytest.approx([0.6, 0.8])
