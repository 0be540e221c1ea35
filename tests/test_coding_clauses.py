"""Clauses, voice and participants by surface signs."""

import pytest
import spacy

from analysis.coding.evaluations.word_order import find_clause, find_mood, find_voice, split_clauses
from analysis.coding.syntax.modality import Modality

DUTCH = spacy.blank("nl")
ENGLISH = spacy.blank("en")


def clauses_of(text: str, language: str = "nl") -> list[str]:
    """Texts of the clauses."""
    doc = (DUTCH if language == "nl" else ENGLISH)(text)
    return [doc[c.first : c.last].text for c in split_clauses(doc, 0, len(doc), language)]


def test_commas_and_conjunctions_part_clauses():
    """Each clause is a stretch between marks or from a conjunction on."""
    assert clauses_of("De raad prees haar, omdat zij bleef toen hij ging.") == [
        "De raad prees haar",
        "omdat zij bleef",
        "toen hij ging.",
    ]
    assert clauses_of("The council praised her because she stayed.", "en") == [
        "The council praised her",
        "because she stayed.",
    ]


def test_an_apposition_is_marked():
    """A stretch that opens with a determiner right after a comma describes what stands before."""
    doc = DUTCH("Jan de Boer, de geliefde trainer van Zwolle, vertrekt.")
    assert [c.is_apposition for c in split_clauses(doc, 0, len(doc), "nl")] == [False, True, False]


def test_a_clause_after_an_insertion_is_marked():
    """Only what follows two commas; a fronted clause is no insertion."""
    for text, expected in (
        ("Jansen, die opstapte, viel Bakker aan.", [False, False, True]),
        ("Terwijl Jansen sliep, vielen zij aan.", [False, False]),
    ):
        doc = DUTCH(text)
        assert [c.follows_insertion for c in split_clauses(doc, 0, len(doc), "nl")] == expected


def test_a_mark_belongs_to_no_clause():
    """The comma itself is in none."""
    doc = DUTCH("Zij kwam, hij ging.")
    clauses = split_clauses(doc, 0, len(doc), "nl")
    assert [find_clause(clauses, token.i) for token in doc] == [0, 0, None, 1, 1, 1]


@pytest.mark.parametrize(
    ("text", "verb", "language", "voice"),
    [
        ("De minister werd geprezen.", "geprezen", "nl", "passive"),
        ("De minister is geprezen.", "geprezen", "nl", "passive"),
        ("De raad heeft de minister geprezen.", "geprezen", "nl", "active"),
        ("De raad prees de minister.", "prees", "nl", "active"),
        ("The minister was praised.", "praised", "en", "passive"),
        ("The council has praised the minister.", "praised", "en", "active"),
    ],
)
def test_voice_follows_the_auxiliary(text, verb, language, voice):
    """`worden` and `be` make a participle passive, `hebben` and `have` do not."""
    doc = (DUTCH if language == "nl" else ENGLISH)(text)
    clause = split_clauses(doc, 0, len(doc), language)[0]
    at = next(token.i for token in doc if token.text == verb)
    assert find_voice(doc, clause, (at,), language) == voice


@pytest.mark.parametrize(
    ("text", "token", "expected"),
    [
        ("Jansen is corrupt?", 2, Modality(question=True)),
        ("Jansen komt als de raad liegt.", 5, Modality(conditional=True)),
        ("Jansen ontkende de fraude.", 3, Modality(denied=True)),
        ("Jansen is corrupt, maar Bakker zou niet komen.", 2, Modality()),
    ],
)
def test_without_a_tree_the_clause_decides_the_mood(text, token, expected):
    """A question, a condition, a denial before the word."""
    doc = spacy.blank("nl")(text)
    assert find_mood(doc, 0, len(doc), token) == expected
