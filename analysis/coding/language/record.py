"""A language: its code, its words, and what is true of its grammar.

Reads ``data/languages/<code>``; returns a frozen `Language`, which coders ask for words and traits instead of comparing
codes. A language is a folder: one that lacks a list has none of its words, and one without ``grammar.yaml`` no traits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from analysis.contracts.errors import InputError
from analysis.contracts.words import list_languages, load_pairs, load_tuple, load_words

TRAITS = {
    "verb_second": "the finite verb is the second part of a main clause, so that a subject may follow it",
    "verb_final": "verbs close a subordinate clause, and infinitives and participles a main clause",
    "closed_compounds": "a compound noun is written as one word",
    "open_syllables": "a long vowel is written once in an open syllable, so that endings in -e double consonants",
    "gendered_articles": "the article tells a neuter noun from others",
    "bare_clauses": "reported clauses need no conjunction (she said she would)",
    "inflected_participles": "a participle before a noun takes an ending (gevreesd: gevreesde)",
    "separable_verbs": "a particle may part from its verb, and stands before it in participles (viel aan, aangevallen)",
    "syncretic_participles": "regular verbs have one form for the past and the participle (arrested)",
    "gerunds": "a verb in -ing serves as noun and as participle",
}
"""What coders may ask of a grammar, and what it means."""


@dataclass(frozen=True)
class Language:
    """A language as coders see it.

    Attributes
    ----------
    code : str
        Name of its folder (ISO 639-1), and of ``articles.language``.
    traits : frozenset of str
        Those of `TRAITS` that hold.
    """

    code: str
    traits: frozenset[str] = frozenset()

    def has(self, trait: str) -> bool:
        """Whether a trait of `TRAITS` holds; a name that is not there is a mistake in the code (KeyError)."""
        TRAITS[trait]
        return trait in self.traits

    def words(self, file: str, name: str) -> frozenset[str]:
        """Return a list as a set."""
        return load_words(file, name, self.code)

    def in_order(self, file: str, name: str) -> tuple[str, ...]:
        """Return a list in its order."""
        return load_tuple(file, name, self.code)

    def pairs(self, file: str, name: str) -> Mapping[str, str]:
        """Return a list whose words have a value each."""
        return load_pairs(file, name, self.code)


@cache
def get_language(code: str) -> Language:
    """Return the language of a code; one without a folder has neither words nor traits.

    Raises
    ------
    InputError
        If its ``grammar.yaml`` names a trait that no coder asks for.

    Examples
    --------
    >>> get_language("nl").has("verb_final"), get_language("xx").has("verb_final")
    (True, False)
    """
    traits = load_words("grammar", "traits", code)
    if unknown := sorted(traits - TRAITS.keys()):
        raise InputError(
            f"data/languages/{code}/grammar.yaml: {', '.join(unknown)}: no such trait; there are {', '.join(TRAITS)}"
        )
    return Language(code, traits)


def language_of(place: Doc | Span | Token) -> Language:
    """Return the language of a parsed text, or of a part of it."""
    return get_language((place if isinstance(place, Doc) else place.doc).lang_)


def coded_languages() -> tuple[Language, ...]:
    """Return every language that has a folder, by code."""
    return tuple(get_language(code) for code in list_languages())
