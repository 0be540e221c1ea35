"""Lemma rules round trip, label lists, and scores of trees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading.decode import apply_rule
from analysis.training.data import Sentence
from analysis.training.syntax import FEATURES, collect_labels, lemma_rule, score_trees

LETTERS = st.text("geGEabnAN|é", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("word", "lemma", "rule"),
    [
        ("huis", "huis", "0|0||"),
        ("Huizen", "huis", "3|1||s"),
        ("gegeven", "geven", "0|0|0|"),
        ("aangevallen", "aanvallen", "0|0|3|"),
        ("NAVO", "NAVO", "0|0||"),
    ],
)
def test_rules(word, lemma, rule):
    """The shortest edit wins."""
    assert lemma_rule(word, lemma) == rule
    assert apply_rule(word, rule) == lemma


@given(LETTERS, LETTERS)
def test_a_rule_undone_gives_the_lemma(word, lemma):
    """Whatever the two words, also with the sign that divides a rule."""
    assert apply_rule(word, lemma_rule(word, lemma)) == lemma


def sentence(**changes: object) -> Sentence:
    """Jan sliep ."""
    layers = {
        "upos": ("PROPN", "VERB", "PUNCT"),
        "features": ({"Number": "Sing"}, {"Number": "Sing", "Tense": "Past"}, {}),
        "lemmas": ("Jan", "slapen", "."),
        "heads": (2, 0, 2),
        "relations": ("nsubj", "root", "punct"),
    }
    return Sentence(("Jan", "sliep", "."), **{**layers, **changes})


def test_labels_are_collected_most_frequent_first():
    """Old conventions decide nothing; what occurs once is dropped, but for parts of speech; absence comes first."""
    old = sentence(upos=("X",) * 3, is_old_convention=True)
    labels = collect_labels([sentence(), sentence(relations=("nsubj", "root", "dep")), old, Sentence(("niets",))])
    assert list(labels) == ["upos", "relation", "lemma", *(f"feature:{name}" for name in FEATURES)]
    assert labels["upos"] == ["PROPN", "VERB", "PUNCT"]
    assert labels["relation"] == ["nsubj", "root"]
    assert labels["lemma"] == ["0|0||", "3|0||apen"]
    assert labels["feature:Number"] == ["", "Sing"]
    assert labels["feature:Tense"] == ["", "Past"]
    assert labels["feature:Person"] == [""]


def test_trees_are_scored_by_word():
    """Two heads of three right, one of them with its relation; all parts of speech right."""
    scores = score_trees([sentence()], [(2, 0, 1)], [("obj", "root", "punct")], [("PROPN", "VERB", "PUNCT")])
    assert scores["uas"] == pytest.approx(2 / 3)
    assert scores["las"] == pytest.approx(1 / 3)
    assert scores["pos"] == 1
    assert scores["f1:root"] == 1
    assert scores["f1:nsubj"] == 0
