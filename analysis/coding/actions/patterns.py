"""Actions by surface patterns: deeds of a sentence that has no tree, by the news lexicon and word order.

Reads a spaCy Doc and the actors placed in it; returns rows of the table ``actions`` without their keys. It is there for
readings without a tree, for teaching, and as the method that others are measured against.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from analysis.coding.language.events import DEED_DOMAINS, find_noun_event, find_verb_event
from analysis.coding.language.lexicon import Entry, Hit, find_hits, load_lexicon, load_shifters
from analysis.coding.syntax.participants import names_agent, split_participants
from analysis.coding.syntax.surface import DETERMINERS, find_clause, find_tokens, find_voice, split_clauses
from analysis.contracts.words import load_by_language

AGENT_OF_NOUN = load_by_language("events_words", "agent_of_noun")
PATIENT_OF_NOUN = load_by_language("events_words", "patient_of_noun")


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


def find_deeds_by_patterns(
    doc: Doc, first: int, last: int, placed: Sequence[PlacedActor], language: str
) -> list[dict[str, Any]]:
    """Deeds among the tokens `first` to `last` (exclusive), by the words of the lexicon and their order.

    Agent and patient follow word order and voice (`split_participants`), which errs in long clauses, with inverted
    objects and where an actor stands in a place phrase. Pronouns count where they are mentions.
    """
    clauses = split_clauses(doc, first, last, language)
    shifters = find_hits(doc, load_shifters(language), first, last)
    deeds = []
    for hit in find_hits(doc, load_lexicon(language), first, last):
        number = find_clause(clauses, hit.first)
        if (
            number is None
            or hit.record.domain not in DEED_DOMAINS
            or hit.record.bears not in ("agent", "patient", "both")
        ):
            continue
        clause = clauses[number]
        kinds = {shifter.record.kind for shifter in shifters if clause.first <= shifter.first < clause.last}
        inside = [target for target in placed if clause.first <= target.first < clause.last]
        if hit.record.pos == "verb":
            agent, patient = split_participants(doc, clause, hit, inside, language)
            voice = find_voice(doc, clause, hit.tokens, language)
            if voice == "passive" and not agent and not names_agent(doc, clause, language):
                voice = "agentless_passive"
            event = find_verb_event(hit.record.term, language)
        elif hit.record.pos == "noun":
            agent, patient = _around_noun(doc, hit, inside, language)
            voice = "nominal"
            if not agent and not patient:
                continue
            event = find_noun_event(hit.record.term, language)
        else:
            continue
        deeds.append(
            {
                "agent_id": agent[0].actor_id if agent else None,
                "agent_mention_id": agent[0].mention_id if agent else None,
                "predicate": hit.record.term,
                "patient_id": patient[0].actor_id if patient else None,
                "patient_mention_id": patient[0].mention_id if patient else None,
                "event": event.event if event is not None and event.event not in ("", "none") else None,
                "voice": voice,
                "valence": "conflict" if hit.record.polarity < 0 else "cooperation",
                "negated": "negation" in kinds,
                "hedged": "hedge" in kinds,
                "start": doc[hit.first].idx,
                "end": doc[hit.last].idx + len(doc[hit.last]),
            }
        )
    return deeds


def _around_noun(
    doc: Doc, hit: Hit[Entry], inside: Sequence[PlacedActor], language: str
) -> tuple[list[PlacedActor], list[PlacedActor]]:
    """`de luchtaanvallen van de VS op de militie`: agent after `van`, patient after `op`; a demonym before acts."""
    agent: list[PlacedActor] = []
    patient: list[PlacedActor] = []
    for target in inside:
        if target.last == hit.first:
            agent = agent or [target]
        if target.first <= hit.last:
            continue
        index = target.first - 1
        while index > hit.last and doc[index].lower_ in DETERMINERS:
            index -= 1
        word = doc[index].lower_
        if word in AGENT_OF_NOUN[language] and index == hit.last + 1:
            agent = agent or [target]
        elif word in PATIENT_OF_NOUN[language]:
            patient = patient or [target]
    return agent, patient
