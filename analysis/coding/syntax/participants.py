"""Participants: which actor the head of a phrase stands for.

Reads tokens of a spaCy Doc with a tree and the rows of ``mentions`` in a sentence; returns mentions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from spacy.tokens import Doc, Token

from analysis.coding.syntax.trees import find_tokens
from analysis.contracts.words import load_both


class Placed(Protocol):
    """Anything with a token range."""

    @property
    def first(self) -> int:
        """Index of the first token."""
        ...

    @property
    def last(self) -> int:
        """Index after the last token."""
        ...


Target = TypeVar("Target", bound=Placed)

CONTAINERS = load_both("clauses", "quantity_nouns")
"""Nouns of quantity and membership: who is meant stands in the phrase after them (`leden van de jeugdbende`)."""
STATE_FORCES = load_both("clauses", "state_force_nouns")
"""Nouns that act for the state whose demonym stands before them (`Russische raketten`)."""
_NAMING = ("appos", "flat", "flat:name", "compound", "nmod:appos")
_COUNTED = ("nmod", "obl", "appos", "nsubj", "nsubj:pass")
_OF_STATE = ("amod", "nmod:poss", "nmod", "compound")


@dataclass(frozen=True)
class PlacedActor:
    """A mention: its actor, its id, and the tokens `first` to `last` (exclusive) it takes."""

    actor_id: str
    mention_id: str
    first: int
    last: int


def place_actors(doc: Doc, mentions: Sequence[Any]) -> list[PlacedActor]:
    """Rows of ``mentions`` as token ranges."""
    return [PlacedActor(m.actor_id, m.mention_id, *find_tokens(doc, m.start, m.end)) for m in mentions]


class ActorIndex(Generic[Target]):
    """Actors of a sentence by token.

    Parameters
    ----------
    targets : sequence of Placed
        Token ranges of the mentions.
    """

    def __init__(self, targets: Sequence[Target]) -> None:
        self._of: dict[int, Target] = {}
        for target in sorted(targets, key=lambda one: one.first - one.last):
            for index in range(target.first, target.last):
                self._of[index] = target

    def covers(self, index: int) -> bool:
        """Whether a token is a part of a mention."""
        return index in self._of

    def find(self, token: Token) -> Target | None:
        """The actor that the head of a phrase stands for, or None.

        The mention that covers the token; else one that names it beside it (`minister Jansen`); else, after a noun of
        quantity or membership, the one in its phrase; else the state before a noun of its forces or its government.
        """
        if token.i in self._of:
            return self._of[token.i]
        lemma = token.lemma_.lower()
        found = [*_namings(token)]
        if lemma in CONTAINERS or token.lower_ in CONTAINERS or token.pos_ == "NUM":
            found += [member for one in _contained(token) for member in (one, *_namings(one))]
        if lemma in STATE_FORCES or token.lower_ in STATE_FORCES:
            found += [child for child in token.children if child.dep_ in _OF_STATE]
        return next((self._of[one.i] for one in found if one.i in self._of), None)


def _namings(token: Token) -> Iterator[Token]:
    """Tokens that name what a noun describes (`minister Jansen`)."""
    for child in token.children:
        if child.dep_ in _NAMING:
            yield child
        elif child.dep_ == "amod" and child.pos_ == "PROPN":
            # `het Drentse bedrijf Lindevang`, whose tree takes place and name for one name
            yield from (part for part in child.children if part.dep_ in _NAMING and part.i > token.i)


def _contained(token: Token) -> Iterator[Token]:
    """What a noun of quantity or membership counts (`leden van X`, `honderden boeren`)."""
    for child in token.children:
        if child.dep_ in _COUNTED and child.i > token.i:
            yield child
            if child.lemma_.lower() in CONTAINERS or child.lower_ in CONTAINERS:
                yield from _contained(child)  # `tientallen leden van X`
    if token.i + 1 < token.sent.end and token.nbor().pos_ in ("NOUN", "PROPN"):
        yield token.nbor()
