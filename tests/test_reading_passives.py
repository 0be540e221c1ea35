"""Passives in one shape: literal sentences, and what may not change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading.passives import settle_passives

KNOWN = {"nsubj", "nsubj:pass", "csubj", "csubj:pass", "obl", "obl:arg", "obl:agent"}


@pytest.mark.parametrize(
    ("sentence", "heads", "relations", "settled"),
    [
        pytest.param(
            "De wet werd door de Kamer verworpen",
            [1, 6, 6, 5, 5, 6, 6],
            "det nsubj aux:pass case det obl root",
            "det nsubj:pass aux:pass case det obl:agent root",
            id="a passive has a passive subject and an agent",
        ),
        pytest.param(
            "De Kamer stemde door",
            [1, 2, 2, 2],
            "det nsubj:pass root compound:prt",
            "det nsubj root compound:prt",
            id="an active verb has none",
        ),
        pytest.param(
            "Hij liep door de stad",
            [1, 1, 4, 4, 1],
            "nsubj root case det obl:agent",
            "nsubj root case det obl",
            id="through is not by",
        ),
        pytest.param(
            "Hij werd in Kampen gekozen",
            [4, 4, 3, 4, 4],
            "nsubj:pass aux:pass case obl:agent root",
            "nsubj:pass aux:pass case obl root",
            id="a place is no agent",
        ),
        pytest.param(
            "The mayor was praised By voters",
            [1, 3, 3, 3, 5, 3],
            "det nsubj aux:pass root case obl:arg",
            "det nsubj:pass aux:pass root case obl:agent",
            id="English, in capitals",
        ),
        pytest.param(
            "Dat hij loog wordt ontkend",
            [2, 2, 4, 4, 4],
            "mark nsubj csubj aux:pass root",
            "mark nsubj csubj:pass aux:pass root",
            id="a clause can be a subject, and has its own",
        ),
    ],
)
def test_a_sentence(sentence, heads, relations, settled):
    """Words, heads and relations in; relations out."""
    assert settle_passives(sentence.split(), heads, relations.split(), KNOWN) == settled.split()


def test_a_relation_that_the_model_does_not_know_is_not_given():
    """An older model keeps its labels."""
    arguments = (["Hij", "werd", "gekozen"], [2, 2, 2], ["nsubj", "aux:pass", "root"])
    assert settle_passives(*arguments, {"nsubj"}) == ["nsubj", "aux:pass", "root"]


@given(st.data())
def test_settling_twice_changes_nothing(data):
    """What is settled stays, and only subjects and obliques are touched."""
    n_words = data.draw(st.integers(1, 8))
    places = st.lists(st.integers(0, n_words - 1), min_size=n_words, max_size=n_words)
    names = st.sampled_from([*sorted(KNOWN), "aux:pass", "case", "root"])
    words = data.draw(st.lists(st.sampled_from(["door", "Kamer", "by"]), min_size=n_words, max_size=n_words))
    heads, relations = data.draw(places), data.draw(st.lists(names, min_size=n_words, max_size=n_words))
    once = settle_passives(words, heads, relations, KNOWN)
    assert settle_passives(words, heads, once, KNOWN) == once
    assert all(a == b for a, b in zip(relations, once, strict=True) if a not in KNOWN)
