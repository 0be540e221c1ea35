"""Numbers of labels become words of labels: one sentence, literally."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.reading.model_output import Entity, SentenceReading, decode_sentence, join_stretches

LABELS = {
    "upos": ["PROPN", "VERB", "PUNCT"],
    "relation": ["nsubj", "root", "punct"],
    "lemma": ["0|0||", "3|0|0|en"],  # rules of an older format, not read
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
    assert reading.lemmas == ["Ajax", "verliezen", "."]
    assert reading.heads == [1, 1, 1]
    assert reading.relations == ["nsubj", "root", "punct"]
    assert reading.names == [Entity(0, 1, "organisation", pytest.approx(1, abs=1e-3))]
    assert reading.phrases == []
    assert reading.vector.tolist() == pytest.approx([0.6, 0.8])


def test_stretches_hang_on_the_first():
    """One root, spans counted through, and the first vector."""
    first = SentenceReading(
        ["NOUN"] * 2, [{}] * 2, ["a", "b"], [1, 1], ["det", "root"], [Entity(1, 2, "place", 0.9)], [], np.ones(2)
    )
    second = SentenceReading(
        ["VERB"] * 2, [{}] * 2, ["c", "d"], [0, 0], ["root", "obj"], [], [Entity(0, 2, "group", 0.8)], np.zeros(2)
    )
    joined = join_stretches([first, second])
    assert joined.lemmas == ["a", "b", "c", "d"]
    assert joined.heads == [1, 1, 1, 2]
    assert joined.relations == ["det", "root", "parataxis", "obj"]
    assert joined.names == [Entity(1, 2, "place", 0.9)]
    assert joined.phrases == [Entity(2, 4, "group", 0.8)]
    assert joined.vector is first.vector
    assert join_stretches([second]) is second
