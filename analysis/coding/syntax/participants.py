"""Participants: which actors in a clause a judging or acting word bears on.

Reads token positions in a spaCy Doc; returns targets. With a tree, `ActorIndex` tells which actor the head of a phrase
stands for. Without one, agent and patient are told by word order, voice and the agent preposition: what stands first
acts, unless the verb is passive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from spacy.tokens import Doc, Token

from analysis.coding.language.lexicon import Entry, Hit
from analysis.coding.syntax.surface import AGENT_PREPOSITIONS, DETERMINERS, Clause, find_clause, find_voice
from analysis.contracts.words import load_both, load_by_language

PLACE_PREPOSITIONS = load_by_language("function_words", "place_prepositions")
"""An actor after one of these is where something happens, not who does or undergoes it."""
SUBJECT_PRONOUNS = load_by_language("pronouns", "subject_pronouns")


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


def assign_participants(
    doc: Doc, clauses: Sequence[Clause], hit: Hit[Entry], targets: Sequence[Target], language: str
) -> list[Target]:
    """Targets on whom the word at `hit` bears.

    A verb bears on its agent, its patient or both, as the lexicon says. An adjective, adverb or noun bears
    on the nearest actor of its clause that is no place; in an apposition (`X, de gevreesde leider`), on the actor
    before it.
    """
    number = find_clause(clauses, hit.first)
    if number is None:
        return []
    clause = clauses[number]
    inside = [target for target in targets if clause.first <= target.first < clause.last]
    if hit.record.pos in ("verb", "phrase") and hit.record.bears in ("agent", "patient"):
        agent, patient = split_participants(doc, clause, hit, inside, language)
        return agent if hit.record.bears == "agent" else patient
    if clause.is_apposition and number > 0:
        before = [target for target in targets if target.last == clauses[number].first - 1]
        if before:
            return before
    if hit.record.bears == "both":
        return inside
    places = PLACE_PREPOSITIONS.get(language, frozenset())
    by = AGENT_PREPOSITIONS.get(language)
    led_by = {target.first: _preposition(doc, target, clause, language) for target in inside}
    # `door X beschuldigd van fraude`: who stands before as the agent of a passive is not who commits it.
    return nearest(
        hit,
        [
            target
            for target in inside
            if led_by[target.first] not in places and not (led_by[target.first] == by and target.first < hit.first)
        ],
    )


def split_participants(
    doc: Doc, clause: Clause, hit: Hit[Entry], inside: Sequence[Target], language: str
) -> tuple[list[Target], list[Target]]:
    """Agent and patient (each at most one) of the verb at `hit` among the actors of its clause, places left out."""
    led_by = {target.first: _preposition(doc, target, clause, language) for target in inside}
    by = [target for target in inside if led_by[target.first] == AGENT_PREPOSITIONS.get(language)]
    places = PLACE_PREPOSITIONS.get(language, frozenset())
    others = [target for target in inside if target not in by and led_by[target.first] not in places]
    if find_voice(doc, clause, hit.tokens, language) == "passive":
        return by[:1], others[:1]
    if not others:
        return [], []
    before = [target for target in others if target.first < hit.first]
    after = [target for target in others if target.first > hit.first]
    if before:
        # Verb-final clauses (`dat de bond de wethouder prijst`) have both before the verb.
        patient = after[:1] or before[1:][-1:]
        return before[:1], patient
    if (
        doc[clause.first].lower_ in DETERMINERS | SUBJECT_PRONOUNS.get(language, frozenset())
        and clause.first < hit.first
    ):
        # A subject that is no actor of ours (`De bond prees Jansen`): who follows undergoes.
        return [], after[:1]
    if language == "en" or (clause.follows_insertion and len(after) == 1):
        # The subject stands before an inserted clause (`Jansen, who resigned, attacked Bakker`): who follows undergoes.
        return [], after[:1]
    # Dutch inversion, as after an adverbial (`Gisteren prees de bond de wethouder`): subject, then object.
    return after[:1], after[1:2]


def names_agent(doc: Doc, clause: Clause, language: str) -> bool:
    """Whether the clause has the agent preposition (`door`, `by`), so that a passive names its agent, listed or not."""
    return any(doc[index].lower_ == AGENT_PREPOSITIONS.get(language) for index in range(clause.first, clause.last))


def nearest(hit: Hit[Entry], inside: Sequence[Target]) -> list[Target]:
    """The actor of the clause that stands nearest to the word; what follows wins a tie."""

    def distance(target: Target) -> tuple[int, int]:
        if target.first > hit.last:
            return target.first - hit.last, 0
        return max(0, hit.first - target.last + 1), 1

    return sorted(inside, key=distance)[:1]


def _preposition(doc: Doc, target: Placed, clause: Clause, language: str) -> str:
    """The word before the actor and its determiner; or `door` before a title or the first half of a name."""
    index = target.first - 1
    while index > clause.first and doc[index].lower_ in DETERMINERS:
        index -= 1
    if index < clause.first:
        return ""
    # `door de Tweede Kamer`, `door Kamerlid Bakker`: capitals between the preposition and the actor belong to it.
    before = index
    while before > clause.first and (doc[before].is_title or doc[before].lower_ in DETERMINERS):
        before -= 1
    agent = AGENT_PREPOSITIONS.get(language)
    return doc[before].lower_ if doc[before].lower_ == agent else doc[index].lower_
