"""Clauses, voice and participants by surface signs."""

import pytest
import spacy

from analysis.coding.syntax.surface import find_clause, find_voice, split_clauses

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
