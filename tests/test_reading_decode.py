"""From scores to trees, spans and lemmas: literal cases, and trees against all there are."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.reading.decode import apply_rule, find_cycle, find_tree, read_entities, read_tags, spanning_tree

NONE = -99.0


@pytest.mark.parametrize(
    ("scores", "greedy", "heads"),
    [
        pytest.param([[3.0, NONE]], [0], [0], id="one word is the root"),
        pytest.param([[1.0, NONE, 5.0], [4.0, 1.0, NONE]], [2, 0], [2, 0], id="the greedy choice is a tree"),
        pytest.param([[1.0, NONE, 9.0], [4.0, 9.0, NONE]], [2, 1], [2, 0], id="two words choose each other"),
        pytest.param([[8.0, NONE, 5.0], [7.0, 1.0, NONE]], [0, 0], [2, 0], id="two roots, the dearer one gives way"),
        pytest.param(
            [[5.0, NONE, 1.0, 1.0], [1.0, 4.0, NONE, 9.0], [1.0, 3.0, 9.0, NONE]],
            [0, 3, 2],
            [0, 1, 2],
            id="a cycle beside the root is entered where that costs least",
        ),
        pytest.param(
            [[6.0, NONE, 9.0, 0.0], [0.0, 0.0, NONE, 9.0], [5.0, 9.0, 0.0, NONE]],
            [2, 3, 1],
            [0, 3, 1],
            id="a cycle of three is broken where that costs least",
        ),
        pytest.param([[9.0, 99.0, 1.0], [1.0, 5.0, NONE]], [1, 1], [0, 1], id="no word is its own head"),
    ],
)
def test_the_best_tree(scores, greedy, heads):
    """Literal scores, what a greedy choice makes of them, and the heads of the best tree."""
    table = np.array(scores)
    assert table.argmax(1).tolist() == greedy
    assert find_tree(table).tolist() == heads


def is_tree(heads: tuple[int, ...]) -> bool:
    """One root, and every word reaches it."""
    return heads.count(0) == 1 and find_cycle(np.array(heads)) is None


@given(st.integers(1, 4).flatmap(lambda n: arrays(np.float64, (n, n + 1), elements=st.integers(-50, 50))))
def test_no_other_tree_is_better(scores):
    """Of every tree with one root over up to four words, none has a higher score."""
    n_words = len(scores)
    found = tuple(find_tree(scores).tolist())
    assert is_tree(found)
    score = {heads: scores[range(n_words), heads].sum() for heads in product(range(n_words + 1), repeat=n_words)}
    assert score[found] == max(value for heads, value in score.items() if is_tree(heads))


@given(arrays(np.float32, (30, 31), elements=st.floats(-9, 9, width=32)))
def test_a_long_sentence_is_a_tree_too(scores):
    """Cycles within cycles are solved."""
    assert is_tree(tuple(find_tree(scores).tolist()))


def test_an_arborescence_may_have_several_roots():
    """The spanning tree itself knows no single root; `find_tree` asks for one."""
    forbidden = -np.inf
    scores = np.array([[forbidden] * 3, [8.0, forbidden, 5.0], [7.0, 1.0, forbidden]])
    assert spanning_tree(scores).tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("O O", []),
        ("B-person I-person O", [(0, 2, "person")]),
        ("B-person B-person", [(0, 1, "person"), (1, 2, "person")]),
        ("O I-place I-place", [(1, 3, "place")]),
        ("B-person I-group O B-place", [(0, 2, "person"), (3, 4, "place")]),
        ("", []),
    ],
)
def test_spans_of_tags(tags, spans):
    """Tags in, spans out."""
    assert read_tags(tags.split()) == spans


def test_entities_of_scores():
    """Boundaries come before types: two halves of a name that disagree still make one name, of the likelier type."""
    tags = ["O", "B-person", "I-person", "B-place", "I-place"]
    probability = np.array(
        [
            [0.1, 0.5, 0.0, 0.4, 0.0],
            [0.2, 0.0, 0.2, 0.0, 0.6],
            [0.9, 0.025, 0.025, 0.025, 0.025],
        ]
    )
    found = read_entities(np.log(probability + 1e-30), tags)
    assert [entity[:3] for entity in found] == [(0, 2, "place")]
    assert found[0][3] == pytest.approx((0.9 + 0.8) / 2)


@pytest.mark.parametrize(
    ("word", "rule", "lemma"),
    [
        ("partijen", "2|0||", "partij"),
        ("gewerkt", "1|0|0|en", "werken"),
        ("opgelost", "1|0|2|sen", "oplossen"),
        ("Ministers", "1|1||", "minister"),
        ("Ajax", "0|0||", "Ajax"),
        ("was", "3|0||zijn", "zijn"),
        ("werkt", "1|0|0|en", "werkt"),
        ("de", "5|0||en", "de"),
        ("a", "0|0|||x", "a|x"),
    ],
)
def test_lemma_rules(word, rule, lemma):
    """A rule that does not fit leaves the word alone."""
    assert apply_rule(word, rule) == lemma
