"""Chart words, numbers and labels in two languages."""

import pytest

from analysis.codebook import Actor, Codebook
from analysis.display.words import label, number, word
from analysis.errors import UsageError

CODEBOOK = Codebook(name="t", actors={"iran": Actor("iran", {"nl": "Iran", "en": "Islamic Republic"}, "country")})


def test_words_speak_two_languages():
    """One name per concept."""
    assert [word("quoted", "nl"), word("quoted", "en")] == ["geciteerd", "quoted"]
    assert word("top", "en", shown=3, total=9) == "3 of 9 shown"


@pytest.mark.parametrize(
    ("key", "language", "said"), [("quotd", "nl", "did you mean 'quoted'"), ("quoted", "fr", "'fr'")]
)
def test_an_unknown_word_or_language_is_refused(key, language, said):
    """The message says what to do."""
    with pytest.raises(UsageError, match=said):
        word(key, language)


@pytest.mark.parametrize(
    ("value", "language", "signed", "text"),
    [
        (-0.25, "nl", True, "−0,25"),
        (0.5, "en", True, "+0.50"),
        (-0.001, "nl", True, "0,00"),
        (float("nan"), "nl", True, "–"),
    ],
)
def test_numbers_are_written_as_the_language_does(value, language, signed, text):
    """Decimal comma, true minus, no negative zero, a dash for no evidence."""
    assert number(value, language, decimals=2, signed=signed) == text


@pytest.mark.parametrize(
    ("actor_id", "shown"),
    [
        ("iran", "Islamic Republic"),
        ("author", "own voice"),
        ("unnamed", "unnamed source"),
        ("unlisted:Jan_Smit", "Jan Smit *"),
    ],
)
def test_labels_of_every_kind_of_source(actor_id, shown):
    """An actor that no codebook lists is marked."""
    assert label(actor_id, CODEBOOK, "en") == shown
