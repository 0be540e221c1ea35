"""Roles in the text itself: words that name or describe an actor as hero, villain or victim, and losses without a doer.

Reads a spaCy Doc with a tree and the words of `analysis.coding.roles.words`; returns `RoleSign` rows of tokens. Which
tokens are actors is decided by whoever asks (`analysis.coding.roles.evidence`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.coding.claims.places import follow_place
from analysis.coding.roles.words import Role, load_role_words
from analysis.coding.syntax.trees import expand, objects, obliques, preposition, subjects
from analysis.coding.syntax.verb_forms import find_infinitive
from analysis.contracts.words import load_both

_LOSING = load_both("roles", "losing_verbs")
"""Verbs whose subject loses what their object names."""
_HARMED = load_both("roles", "harm_adpositions")
"""Adpositions after a noun of harm that name who is harmed."""
_NAMING = frozenset([""]) | load_both("roles", "naming_adpositions")
"""What may stand before a word that is said of somebody."""


class RoleSign(NamedTuple):
    """A word that casts, how it does (`use`), in which role, the heads of whom it casts, and the tokens to show."""

    head: Token
    use: str
    role: Role
    targets: tuple[Token, ...]
    tokens: tuple[int, ...]


def find_role_signs(doc: Doc, first: int, last: int, language: str) -> Iterator[RoleSign]:
    """Signs among the tokens `first` to `last` (exclusive), in text order."""
    words = load_role_words(language)
    for token in doc[first:last]:
        if token.pos_ in ("PROPN", "ADP", "PRON", "DET", "AUX"):
            continue
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB" and find_infinitive(token) in _LOSING:
            for lost in objects(token):  # `lost their jobs`, `verloor haar huis`
                for role in words["loses"].get(lost.lemma_.lower(), ()):
                    yield RoleSign(token, "loses", role, tuple(subjects(token)), tuple(sorted((token.i, lost.i))))
        if token.pos_ == "NOUN" and lemma in words["harm_to"]:
            harmed = [m for one in obliques(token) if one.preposition in _HARMED for m in expand(one.token)]
            for role in words["harm_to"][lemma] if harmed else ():
                yield RoleSign(token, "harm_to", role, tuple(harmed), (token.i,))
        for role in words["is"].get(lemma) or words["is"].get(token.lower_, ()):
            # `voor de slachtoffers`: they alone
            targets = follow_place("named", token) if preposition(token) in _NAMING else [token]
            yield RoleSign(token, "is", role, tuple(targets), (token.i,))
