"""Participants: of what kind an actor is, and which actor the head of a phrase stands for.

Reads tokens of a spaCy Doc with a tree, the spans that a reading marks, and the rows of ``mentions`` in a sentence;
returns kinds and mentions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span, Token

from analysis.coding.syntax.trees import children, find_tokens, once
from analysis.contracts.words import load_both

PERSON, GROUP, ORGANISATION, GOVERNMENT = "person", "group", "organisation", "government"
PLACE, OTHER = "place", "misc"
"""Kinds of what a reading marks: the shipped model's labels."""
ACTOR_KINDS = frozenset([PERSON, GROUP, ORGANISATION, GOVERNMENT])
"""Kinds that can act."""
_KINDS = {
    **{kind: kind for kind in (*ACTOR_KINDS, PLACE, OTHER)},
    "PERSON": PERSON, "PER": PERSON, "NORP": GROUP, "ORG": ORGANISATION, "GPE": PLACE, "LOC": PLACE, "MISC": OTHER,
}  # fmt: skip
"""Labels of the shipped model and of spaCy's pipelines; those of dates, amounts and works are of no kind."""
CONTAINERS = load_both("clauses", "quantity_nouns")
"""Nouns of quantity and membership: who is meant stands in the phrase after them (`leden van de jeugdbende`)."""
STATE_FORCES = load_both("clauses", "state_force_nouns")
"""Nouns that act for the state whose demonym stands before them (`Russische raketten`)."""
_NAMING = ("appos", "flat", "compound")
_COUNTED = ("nmod", "obl", "appos", "nsubj", "nsubj:pass")
_OF_STATE = ("amod", "nmod:poss", "nmod", "compound")


@dataclass(frozen=True)
class PlacedActor:
    """A mention: its actor, its id, and the tokens `first` to `last` (exclusive) it takes."""

    actor_id: str
    mention_id: str
    first: int
    last: int


def kind_of(marked: Span | Token) -> str | None:
    """Kind of an entity or an actor phrase, or of the entity that a token stands in; None for what is no actor."""
    return _KINDS.get(marked.ent_type_ if isinstance(marked, Token) else marked.label_)


@once
def people_of(doc: Doc) -> frozenset[int]:
    """Tokens that the reading takes to be people, organisations or places, listed or not."""
    return frozenset(i for span in (*doc.ents, *doc.spans.get("actors", [])) for i in range(span.start, span.end))


def place_actors(doc: Doc, mentions: Sequence[Any]) -> list[PlacedActor]:
    """Rows of ``mentions`` as token ranges."""
    return [PlacedActor(m.actor_id, m.mention_id, *find_tokens(doc, m.start, m.end)) for m in mentions]


class ActorIndex:
    """Actors of a sentence by token.

    Parameters
    ----------
    targets : sequence of PlacedActor
        The mentions.
    """

    def __init__(self, targets: Sequence[PlacedActor]) -> None:
        self._of: dict[int, PlacedActor] = {}
        for target in sorted(targets, key=lambda one: one.first - one.last):
            for index in range(target.first, target.last):
                self._of[index] = target

    def covers(self, index: int) -> bool:
        """Whether a token is a part of a mention."""
        return index in self._of

    def find(self, token: Token) -> PlacedActor | None:
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
            found += children(token, _OF_STATE)
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
