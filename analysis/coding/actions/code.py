"""Actions: who does what to whom.

Reads a `Reading` and its mentions; returns the table ``actions``: one row per deed, agent and patient. A deed whose
agent the sentence leaves out keeps its row with an empty agent, so that what is left out can be counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from spacy.tokens import Doc, Token

from analysis.coding.actions.deeds import Deed, find_deeds
from analysis.coding.actions.patterns import PlacedActor, find_deeds_by_patterns, place_actors
from analysis.coding.syntax.modality import find_modality, find_signs
from analysis.coding.syntax.participants import ActorIndex
from analysis.coding.syntax.surface import find_tokens
from analysis.coding.syntax.trees import children, has_tree, obliques
from analysis.coding.syntax.verb_forms import find_infinitive
from analysis.contracts.errors import UsageError
from analysis.contracts.tables import group_rows, make_table
from analysis.contracts.words import load_both
from analysis.reading import Reading

METHODS = ("auto", "tree", "patterns")
LANGUAGES = ("nl", "en")
_INSTEAD = load_both("events_words", "undone_clause_openers")
_OMITTING = load_both("events_words", "omitting_verbs")
_IN_OR_OF = load_both("events_words", "possessor_adpositions")
_THROUGH_THINGS = frozenset(["criticise", "reject", "sanction", "support", "praise", "accuse", "coerce"])
"""Types of deeds that reach somebody through what is theirs (`kritiek op het beleid van de premier`)."""
_MOST_PAIRS = 6
"""Most rows that one deed has: longer lists of actors are enumerations that the tree reads badly."""


def keep_done(actions: pd.DataFrame) -> pd.DataFrame:
    """Deeds that are not said not to be done: those that features, roles and charts count."""
    return actions[~actions["negated"].astype(bool)]


def code_actions(
    reading: Reading, mentions: pd.DataFrame, *, method: str = "auto", captions: bool = False
) -> pd.DataFrame:
    """Find deeds, and who does them to whom.

    Parameters
    ----------
    reading : Reading
        Articles that have been read.
    mentions : DataFrame
        Table ``mentions`` of the same articles.
    method : {"auto", "tree", "patterns"}
        ``tree``: every verb that is no auxiliary, copula, report or thought, and every noun of the event lists, with
        the participants that the tree gives it. ``patterns``: verbs and nouns of the news lexicon, with word order.
        ``auto``: the first where the reading has trees, else the second.
    captions : bool, default False
        Also look in photo captions.

    Returns
    -------
    DataFrame
        Table ``actions``. A row has an actor as agent or patient, or tells harm or help to somebody who is no actor of
        the study. An empty agent with the voice ``agentless_passive`` is left out by the sentence; with another voice
        it is somebody who is no actor of the study, or with ``nominal`` either. Coordinated actors have a row each.

    Raises
    ------
    UsageError
        For an unknown method, or ``tree`` of a reading without trees.

    Notes
    -----
    Valence is that of the event lists, else that of the news lexicon (conflict below zero, cooperation above); it is
    the word's, not the event's: a rescue that fails is cooperation. Negated and denied deeds are rows too.
    Errors of the tree are errors here; a doer whom the reader can guess from another sentence is not filled in.

    References
    ----------
    Halterman, Bagozzi, Beger, Schrodt and Scarborough (2023), PLOVER and POLECAT (types of event).
    """
    if method not in METHODS:
        raise UsageError(f"code_actions: unknown method '{method}'; use one of {', '.join(METHODS)}")
    languages = reading.languages
    mentions_of = group_rows(mentions, "article_id", "sentence_id")
    rows: list[dict[str, Any]] = []
    for article_id, sentences in group_rows(reading.sentences, "article_id").items():
        language = languages[article_id]
        if language not in LANGUAGES:
            continue
        doc = reading.docs[article_id]
        is_tree = has_tree(doc)
        if method == "tree" and not is_tree:
            raise UsageError(
                f"code_actions: article {article_id} was read without trees; "
                'read it with reading="model" or use method="patterns"'
            )
        found: list[dict[str, Any]] = []
        for sentence in sentences:
            if sentence.part == "caption" and not captions:
                continue
            placed = place_actors(doc, mentions_of.get((article_id, sentence.sentence_id), []))
            first, last = find_tokens(doc, sentence.start, sentence.end)
            used = "patterns" if method == "patterns" or not is_tree else "tree"
            find = find_deeds_by_patterns if used == "patterns" else _find_by_tree
            where = {"article_id": article_id, "sentence_id": sentence.sentence_id, "method": used}
            found += [deed | where for deed in find(doc, first, last, placed, language)]
        found.sort(key=lambda row: (row["start"], row["end"]))
        rows += [row | {"action_id": f"{article_id}:a{n:05d}"} for n, row in enumerate(found, start=1)]
    return make_table("actions", rows)


def _find_by_tree(
    doc: Doc, first: int, last: int, placed: Sequence[PlacedActor], language: str
) -> list[dict[str, Any]]:
    index = ActorIndex(placed)
    people = _people(doc, first, last)
    signs: dict[int, str] | None = None
    rows = []
    for deed in find_deeds(doc, first, last, language):
        if deed.voice == "nominal" and index.covers(deed.head.i):
            continue  # `de oppositie`, `het Verzet`: an actor, no deed
        pairs = list(_pair(deed, index, people))
        if not pairs:
            if not _is_told(deed, people):
                continue
            pairs = [(None, None)]
        signs = find_signs(doc, first, last, language) if signs is None else signs
        modality = find_modality(deed.head, signs, language)
        is_negated = modality.negated or modality.denied or _is_undone(deed.head, signs, language)
        start, end = _extent(doc, deed)
        for agent, patient in pairs:
            rows.append(
                {
                    "agent_id": None if agent is None else agent.actor_id,
                    "agent_mention_id": None if agent is None else agent.mention_id,
                    "predicate": deed.predicate,
                    "patient_id": None if patient is None else patient.actor_id,
                    "patient_mention_id": None if patient is None else patient.mention_id,
                    "event": deed.event or None,
                    "voice": deed.voice,
                    "valence": deed.valence,
                    "negated": is_negated,
                    "hedged": modality.hedged,
                    "start": start,
                    "end": end,
                }
            )
    return rows


def _is_undone(head: Token, signs: dict[int, str], language: str) -> bool:
    """Whether a deed is told as one that is not done: `zonder te`, `in plaats van te`, `nagelaten te`."""
    marks = [child for child in head.children if child.dep_ == "mark" and child.i < head.i]
    opened = {" ".join([mark.lower_, *(part.lower_ for part in mark.children)]) for mark in marks}
    if opened & _INSTEAD:
        return True
    above = head.head
    if head.dep_ not in ("xcomp", "ccomp", "advcl") or find_infinitive(above) not in _OMITTING:
        return False
    return not find_modality(above, signs, language).negated


def _pair(
    deed: Deed, index: ActorIndex[PlacedActor], people: frozenset[int]
) -> Iterator[tuple[PlacedActor | None, PlacedActor | None]]:
    """Each agent with each patient; nothing where neither is an actor."""
    agents = _actors(deed.agents, index)
    patients = _actors(deed.patients, index)
    if not patients and deed.event in _THROUGH_THINGS:
        patients = _actors([owner for thing in deed.patients for owner in _owners(thing, people)], index)
    if deed.is_given:
        patients = patients[:1]
    if deed.is_mutual and len(agents) > 1:
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


def _actors(tokens: Sequence[Token], index: ActorIndex[PlacedActor]) -> list[PlacedActor | None]:
    found = {actor.mention_id: actor for token in tokens if (actor := index.find(token)) is not None}
    return list(found.values())


def _is_told(deed: Deed, people: frozenset[int]) -> bool:
    """Whether a deed without actors of the study is kept: harm or help, of a noun only where it falls on somebody."""
    if deed.valence == "neutral":
        return False
    if deed.voice == "nominal":
        return any(patient.i in people or patient.pos_ == "PROPN" for patient in deed.patients)
    return True


def _people(doc: Doc, first: int, last: int) -> frozenset[int]:
    """Tokens that the reading takes to be people or organisations, listed or not."""
    spans = [*doc.ents, *doc.spans.get("actors", [])]
    return frozenset(i for span in spans if first <= span.start < last for i in range(span.start, span.end))


def _extent(doc: Doc, deed: Deed) -> tuple[int, int]:
    """Characters of the words that tell the deed; of words that stand apart, those of the one that matters most."""
    tokens = deed.tokens
    if tokens[-1] - tokens[0] >= len(tokens):
        tokens = (deed.head.i,)
    return doc[tokens[0]].idx, doc[tokens[-1]].idx + len(doc[tokens[-1]])
