"""Names and actor phrases as tags: which tags an annotation allows, and which names a phrase holds."""

from __future__ import annotations

import pytest

from analysis.training.data import ANY_TYPE, Sentence, Span
from analysis.training.entities import TAGS, NameWords, add_names, allowed_tags, read_conll2002, score_spans

PERSON = frozenset({"person"})


def test_the_tags_in_their_order():
    """The order is part of a model file."""
    assert TAGS == (
        "O", "B-person", "I-person", "B-group", "I-group", "B-organisation", "I-organisation", "B-government",
        "I-government", "B-place", "I-place", "B-misc", "I-misc",
    )  # fmt: skip


def test_a_span_of_several_types_allows_several_tags():
    """A span that runs over the end is cut."""
    tags = allowed_tags([Span(1, 9, frozenset({"person", "group"}))], 3)
    assert tags == [{"O"}, {"B-person", "B-group"}, {"I-person", "I-group"}]


@pytest.mark.parametrize(
    ("words", "phrase", "names"),
    [
        ("de Iraakse premier Al-Salim sprak", (1, 4), [Span(1, 2, ANY_TYPE), Span(3, 4, PERSON)]),
        ("gisteren sprak Jan van den Berg", (2, 6), [Span(2, 6, PERSON)]),
        ("Betogers riepen", (0, 1), []),
        ("Ajax riep", (0, 1), [Span(0, 1, PERSON)]),
        ("toen riepen betogers", (2, 3), []),
    ],
)
def test_names_inside_phrases(words, phrase, names):
    """A capital that opens a sentence counts unless the word is a common one."""
    known = NameWords([Sentence(("veel", "betogers"))])
    sentence = Sentence(tuple(words.split()), phrases=(Span(*phrase, PERSON),))
    assert list(add_names([sentence], known)[0].names) == names


def test_a_name_seen_in_a_treebank_is_not_common():
    """`Bos` is a name although `bos` is a word."""
    known = NameWords([Sentence(("het", "bos")), Sentence(("Bos",), upos=("PROPN",))])
    assert not known.is_common("Bos")
    assert NameWords([Sentence(("het", "bos"))]).is_common("Bos")


def test_conll2002(tmp_path):
    """Words, and spans of the third column."""
    path = tmp_path / "x.txt"
    path.write_text("-DOCSTART- -DOCSTART- O\n\nJan N B-PER\nBos N I-PER\nsprak V O\n\n", encoding="utf-8")
    assert read_conll2002(path) == [(("Jan", "Bos", "sprak"), [(0, 2, "PER")])]


def test_spans_are_scored_by_boundaries():
    """One of two gold spans found, one of two found is right; none anywhere gives zeros."""
    scores = score_spans([[(0, 1, "a"), (2, 4, "b")]], [[(0, 1, "c"), (2, 3, "b")]])
    assert scores == (0.5, 0.5, 0.5, 2)
    assert score_spans([[]], [[]]) == (0.0, 0.0, 0.0, 0)
