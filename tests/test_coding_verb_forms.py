"""Infinitives of what stands in a text."""

import pytest

from analysis.coding.syntax.verb_forms import find_strong_infinitive, is_participle_form


@pytest.mark.parametrize(
    ("word", "lemma", "is_past", "expected"),
    [
        ("bedrogen", "bedrogen", True, "bedriegen"),
        ("verslagen", "verslagen", True, "verslaan"),
        ("uitgesloten", "uitgesloten", True, "uitsluiten"),
        ("opgepakt", "opgepakte", True, "oppakken"),
        ("sloten", "sloten", False, "sluiten"),
        ("schoten", "schoten", True, "schieten"),
        ("staken", "staken", False, "staken"),
        ("werken", "werken", False, "werken"),
    ],
)
def test_a_form_has_its_infinitive(word, lemma, is_past, expected):
    """Strong verbs, prefixes and particles included; what the reading knows stays."""
    assert find_strong_infinitive(word, lemma, "nl", is_past=is_past) == expected


@pytest.mark.parametrize(
    ("word", "infinitive", "expected"),
    [
        ("geschorst", "schorsen", True),
        ("opgepakt", "oppakken", True),
        ("ontslagen", "ontslaan", True),
        ("ontsloegen", "ontslaan", False),
        ("gebeurt", "gebeuren", False),
        ("genieten", "genieten", False),
        ("schorst", "schorsen", False),
    ],
)
def test_a_participle_is_known_by_its_form(word, infinitive, expected):
    """Whatever the reading calls it."""
    assert is_participle_form(word, infinitive) is expected
