"""Actions: who does what to whom.

Reads a `Reading` and its mentions; returns the table ``actions``: one row per deed, agent and patient. A deed whose
agent the sentence leaves out keeps its row with an empty agent, so that what is left out can be counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from spacy.tokens import Doc, Token

from analysis.coding.actions.events import Action, actions_from
from analysis.coding.syntax.modality import find_modality
from analysis.coding.syntax.participants import ActorIndex, PlacedActor, people_of, place_actors
from analysis.coding.syntax.trees import children, find_tokens, has_tree, obliques
from analysis.coding.syntax.verb_forms import find_infinitive
from analysis.contracts.tables import group_rows, make_table
from analysis.contracts.words import list_languages, load_both
from analysis.reading import Reading

_INSTEAD = load_both("events_words", "undone_clause_openers")
_OMITTING = load_both("events_words", "omitting_verbs")
_IN_OR_OF = load_both("events_words", "possessor_adpositions")
_THROUGH_THINGS = frozenset(["criticise", "reject", "sanction", "support", "praise", "accuse", "coerce"])
"""Types of events that reach somebody through what is theirs (`kritiek op het beleid van de premier`)."""
_MOST_PAIRS = 6
"""Most rows that one event has: longer lists of actors are enumerations that the tree reads badly."""


def keep_done(actions: pd.DataFrame) -> pd.DataFrame:
    """Deeds that are not said not to be done: those that features, roles and charts count."""
    return actions[~actions["negated"].astype(bool)]


def code_actions(reading: Reading, mentions: pd.DataFrame, *, captions: bool = False) -> pd.DataFrame:
    """Find actions, and who does them to whom.

    Every verb that is no auxiliary, copula, report or thought counts, and every noun of the event lists.

    Parameters
    ----------
    reading : Reading
        Articles that have been read.
    mentions : DataFrame
        Table ``mentions`` of the same articles.
    captions : bool, default False
        Also look in photo captions.

    Returns
    -------
    DataFrame
        Table ``actions``; no row for articles that were read without trees. A row has an actor as agent or patient, or
        is harm or help to somebody who is no actor of the study. An empty agent with the voice ``agentless_passive`` is
        left out by the sentence; with another voice it is somebody who is no actor of the study, or with ``nominal``
        either. Coordinated actors have a row each.

    Notes
    -----
    Valence is that of the event lists, else that of the news lexicon (conflict below zero, cooperation above); it is
    the word's, not the event's: a rescue that fails is cooperation. Negated and denied deeds are rows too.
    Errors of the tree are errors here; a doer whom the reader can guess from another sentence is not filled in.

    References
    ----------
    Halterman, Bagozzi, Beger, Schrodt and Scarborough (2023), PLOVER and POLECAT (types of event).
    """
    mentions_of = group_rows(mentions, "article_id", "sentence_id")
    rows: list[dict[str, Any]] = []
    for article_id, sentences in group_rows(reading.sentences, "article_id").items():
        doc = reading.docs[article_id]
        if doc.lang_ not in list_languages() or not has_tree(doc):
            continue
        found: list[dict[str, Any]] = []
        for sentence in sentences:
            if sentence.part == "caption" and not captions:
                continue
            placed = place_actors(doc, mentions_of.get((article_id, sentence.sentence_id), []))
            where = {"article_id": article_id, "sentence_id": sentence.sentence_id, "method": "tree"}
            found += [row | where for row in _code(doc[find_tokens(doc, sentence.start, sentence.end)[0]], placed)]
        found.sort(key=lambda row: (row["start"], row["end"]))
        rows += [row | {"action_id": f"{article_id}:a{n:05d}"} for n, row in enumerate(found, start=1)]
    return make_table("actions", rows)


def _code(opening: Token, placed: Sequence[PlacedActor]) -> Iterator[dict[str, Any]]:
    index, doc = ActorIndex(placed), opening.doc
    people = people_of(doc)
    for action in actions_from(opening):
        if action.voice == "nominal" and index.covers(action.head.i):
            continue  # `de oppositie`, `het Verzet`: an actor, no event
        pairs = list(_pair(action, index, people))
        if not pairs and _is_kept(action, people):
            pairs = [(None, None)]
        if not pairs:
            continue
        modality = find_modality(action.head)
        start, end = _extent(doc, action)
        about = {
            "predicate": action.predicate,
            "event": action.event or None,
            "voice": action.voice,
            "valence": action.valence,
            "negated": modality.negated or modality.denied or _is_undone(action.head),
            "hedged": modality.hedged,
            "start": start,
            "end": end,
        }
        for agent, patient in pairs:
            yield about | {
                "agent_id": None if agent is None else agent.actor_id,
                "agent_mention_id": None if agent is None else agent.mention_id,
                "patient_id": None if patient is None else patient.actor_id,
                "patient_mention_id": None if patient is None else patient.mention_id,
            }


def _is_undone(head: Token) -> bool:
    """Whether an event is said not to happen: `zonder te`, `in plaats van te`, `nagelaten te`."""
    marks = [child for child in children(head, ("mark",)) if child.i < head.i]
    opened = {" ".join([mark.lower_, *(part.lower_ for part in mark.children)]) for mark in marks}
    if opened & _INSTEAD:
        return True
    is_below = head.dep_ in ("xcomp", "ccomp", "advcl")
    return is_below and find_infinitive(head.head) in _OMITTING and not find_modality(head.head).negated


def _pair(
    action: Action, index: ActorIndex, people: frozenset[int]
) -> Iterator[tuple[PlacedActor | None, PlacedActor | None]]:
    """Each agent with each patient; nothing where neither is an actor."""
    agents = _actors(action.agents, index)
    patients = _actors(action.patients, index)
    if not patients and action.event in _THROUGH_THINGS:
        patients = _actors([owner for thing in action.patients for owner in _owners(thing, people)], index)
    if action.is_given:
        patients = patients[:1]
    if action.is_mutual and len(agents) > 1:
        yield (agents[0], agents[1])
        yield (agents[1], agents[0])
        return
    if not agents and not patients:
        return
    pairs = [(agent, patient) for agent in agents or [None] for patient in patients or [None]]
    yield from [(a, p) for a, p in pairs if a is None or p is None or a.mention_id != p.mention_id][:_MOST_PAIRS]


def _owners(thing: Token, people: frozenset[int]) -> list[Token]:
    """Whose a thing is, or in whom: `kritiek op het beleid van de premier`, `zegt het vertrouwen in haar op`."""
    if thing.i in people or thing.pos_ != "NOUN":
        return []
    phrases = [one.token for one in obliques(thing) if one.preposition in _IN_OR_OF and one.token.i > thing.i]
    return [*children(thing, ("nmod:poss",)), *phrases]


def _actors(tokens: Sequence[Token], index: ActorIndex) -> list[PlacedActor | None]:
    found = {actor.mention_id: actor for token in tokens if (actor := index.find(token)) is not None}
    return list(found.values())


def _is_kept(action: Action, people: frozenset[int]) -> bool:
    """Whether an event without actors has a row: harm or help, of a noun only where it falls on somebody."""
    if action.valence == "neutral":
        return False
    if action.voice == "nominal":
        return any(patient.i in people or patient.pos_ == "PROPN" for patient in action.patients)
    return True


def _extent(doc: Doc, action: Action) -> tuple[int, int]:
    """Characters of the words that name the event; of words that stand apart, those of the one that matters most."""
    tokens = action.tokens
    if tokens[-1] - tokens[0] >= len(tokens):
        tokens = (action.head.i,)
    return doc[tokens[0]].idx, doc[tokens[-1]].idx + len(doc[tokens[-1]])
