"""Lemmas: words that a list of endings gets wrong, and words that stay as they are."""

from __future__ import annotations

import pytest

from analysis.reading.lemmas import find_lemmas


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("opgelost", "VERB", "oplossen"),
        ("aangevallen", "VERB", "aanvallen"),
        ("was", "AUX", "zijn"),
        ("zei", "VERB", "zeggen"),
        ("betogers", "NOUN", "betoger"),
        ("foto’s", "NOUN", "foto"),
        ("Nederlandse", "ADJ", "Nederlands"),
        ("beter", "ADJ", "goed"),
        ("vrouwen", "NOUN", "vrouw"),
        ("verscheen", "VERB", "verschijnen"),
        ("tekenen", "VERB", "tekenen"),
        ("tekenen", "NOUN", "teken"),
        ("rijst", "NOUN", "rijst"),
        ("rijst", "VERB", "rijzen"),
        ("Belgische", "ADJ", "Belgisch"),
        ("schoten", "VERB", "schieten"),
        ("schoten", "NOUN", "schot"),
        ("sloegen", "VERB", "slaan"),
        ("vielen", "VERB", "vallen"),
        ("braken", "VERB", "breken"),
        ("uitbraken", "VERB", "uitbreken"),
        ("namen", "VERB", "nemen"),
        ("namen", "NOUN", "naam"),
        ("hielpen", "VERB", "helpen"),
        ("schreven", "VERB", "schrijven"),
        ("stonden", "VERB", "staan"),
        ("gaven", "VERB", "geven"),
        ("rijden", "VERB", "rijden"),
        ("schelden", "VERB", "schelden"),
        ("verlagen", "VERB", "verlagen"),
        ("staken", "VERB", "staken"),
        ("kinderen", "NOUN", "kind"),
        ("bladeren", "NOUN", "blad"),
        ("leden", "NOUN", "lid"),
        ("raadsleden", "NOUN", "raadslid"),
        ("verleden", "NOUN", "verleden"),
        ("agent", "NOUN", "agent"),
        ("toerist", "NOUN", "toerist"),
    ],
)
def test_dutch_words(word, tag, lemma):
    """In the middle of a sentence."""
    assert find_lemmas(["dat", word], ["SCONJ", tag], "nl")[1] == lemma


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [("ran", "VERB", "run"), ("accused", "VERB", "accuse"), ("ministers", "NOUN", "minister"), ("was", "AUX", "be"),
     ("wives", "NOUN", "wife"), ("thieves", "NOUN", "thief"), ("children", "NOUN", "child"), ("women", "NOUN", "woman"),
     ("spokespeople", "NOUN", "spokesperson")],
)  # fmt: skip
def test_english_words(word, tag, lemma):
    """The language decides: `was` is another word in each."""
    assert find_lemmas(["he", word], ["PRON", tag], "en")[1] == lemma


def test_names_numbers_and_marks_stay_as_written():
    """A party called Vooruit is no adverb; the first word loses its capital, unless it is a name."""
    words = ["‘", "De", "Partijen", "van", "Vooruit", "wonnen", "12", "zetels", "."]
    tags = ["PUNCT", "DET", "NOUN", "ADP", "PROPN", "VERB", "NUM", "NOUN", "PUNCT"]
    assert find_lemmas(words, tags, "nl")[:7] == ["‘", "de", "partij", "van", "Vooruit", "winnen", "12"]
    assert find_lemmas(["Rutte", "WON"], ["PROPN", "VERB"], "nl") == ["Rutte", "winnen"]


def test_words_of_other_languages_are_their_own_lemma():
    """No list, no guess."""
    assert find_lemmas(["Häuser"], ["NOUN"], "de") == ["Häuser"]
