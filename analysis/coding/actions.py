"""Actions: who does what to whom.

Reads a `Reading` and its mentions; returns the table ``actions``: one row per deed, with agent, patient and
voice. A deed whose agent the sentence leaves out keeps its row with an empty agent, so that what is left out
can be counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from spacy.tokens import Doc

from analysis.coding.clauses import DETERMINERS, find_clause, find_tokens, find_voice, split_clauses
from analysis.coding.lexicon import Entry, Hit, find_hits, load_lexicon, load_shifters
from analysis.coding.participants import names_agent, split_participants
from analysis.errors import UsageError
from analysis.reading import Reading
from analysis.schema import group_rows, make_table

METHODS = ("patterns",)
DEED_DOMAINS = frozenset({"conflict", "crime", "politics", "diplomacy"})
"""Domains of the lexicon whose verbs are deeds between actors; the others describe states and qualities."""
AGENT_OF_NOUN = {"nl": frozenset({"van", "door"}), "en": frozenset({"of", "by"})}
PATIENT_OF_NOUN = {"nl": frozenset({"op", "tegen", "aan", "met"}), "en": frozenset({"on", "against", "for", "with"})}


@dataclass(frozen=True)
class _Placed:
    actor_id: str
    first: int
    last: int


def code_actions(
    reading: Reading, mentions: pd.DataFrame, *, method: str = "patterns", captions: bool = False
) -> pd.DataFrame:
    """Find deeds, and who does them to whom.

    Parameters
    ----------
    reading : Reading
        Articles that have been read.
    mentions : DataFrame
        Table ``mentions`` of the same articles.
    method : {"patterns"}
        ``patterns``: the verbs of the news lexicon in the domains conflict, crime, politics and diplomacy, and
        its nouns of conflict with `van ... op ...` (English `of ... on ...`). Valence follows the polarity of the
        lexicon: conflict below zero, cooperation above.
    captions : bool, default False
        Also look in photo captions.

    Returns
    -------
    DataFrame
        Table ``actions``. A noun is only a row when agent or patient is named beside it; a verb under a negation
        is no deed and no row. An empty agent with the voice ``agentless_passive`` is left out by the sentence; with
        another voice it is somebody who is no actor of the study.

    Raises
    ------
    UsageError
        For an unknown method.

    Notes
    -----
    Agent and patient follow word order and voice (`split_participants`), which errs in long clauses, with
    inverted objects and where an actor stands in a place phrase. Pronouns are not resolved.
    """
    if method not in METHODS:
        raise UsageError(f"code_actions: unknown method '{method}'; use one of {', '.join(METHODS)}")
    languages = reading.languages
    mentions_of = group_rows(mentions, "article_id", "sentence_id")
    rows: list[dict[str, Any]] = []
    for article_id, sentences in group_rows(reading.sentences, "article_id").items():
        language = languages[article_id]
        if language not in AGENT_OF_NOUN:
            continue
        doc = reading.docs[article_id]
        found: list[dict[str, Any]] = []
        for sentence in sentences:
            if sentence.part == "caption" and not captions:
                continue
            placed = _place(doc, mentions_of.get((article_id, sentence.sentence_id), []))
            first, last = find_tokens(doc, sentence.start, sentence.end)
            where = {"article_id": article_id, "sentence_id": sentence.sentence_id, "method": method}
            where |= {"agent_mention_id": None, "patient_mention_id": None, "event": None, "negated": False}
            found += [deed | where for deed in _find_deeds(doc, first, last, placed, language)]
        found.sort(key=lambda row: (row["start"], row["end"]))
        rows += [row | {"action_id": f"{article_id}:a{n:05d}"} for n, row in enumerate(found, start=1)]
    return make_table("actions", rows)


def _place(doc: Doc, mentions: Sequence[Any]) -> list[_Placed]:
    return [_Placed(mention.actor_id, *find_tokens(doc, mention.start, mention.end)) for mention in mentions]


def _find_deeds(doc: Doc, first: int, last: int, placed: Sequence[_Placed], language: str) -> list[dict[str, Any]]:
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
        if hit.record.pos == "verb" and "negation" in kinds:
            continue
        inside = [target for target in placed if clause.first <= target.first < clause.last]
        if hit.record.pos == "verb":
            agent, patient = split_participants(doc, clause, hit, inside, language)
            voice = find_voice(doc, clause, hit.tokens, language)
            if voice == "passive" and not agent and not names_agent(doc, clause, language):
                voice = "agentless_passive"
        elif hit.record.pos == "noun":
            agent, patient = _around_noun(doc, hit, inside, language)
            voice = "nominal"
            if not agent and not patient:
                continue
        else:
            continue
        deeds.append(
            {
                "agent_id": agent[0].actor_id if agent else None,
                "predicate": hit.record.term,
                "patient_id": patient[0].actor_id if patient else None,
                "voice": voice,
                "valence": "conflict" if hit.record.polarity < 0 else "cooperation",
                "hedged": "hedge" in kinds,
                "start": doc[hit.first].idx,
                "end": doc[hit.last].idx + len(doc[hit.last]),
            }
        )
    return deeds


def _around_noun(
    doc: Doc, hit: Hit[Entry], inside: Sequence[_Placed], language: str
) -> tuple[list[_Placed], list[_Placed]]:
    """`de luchtaanvallen van de VS op de militie`: agent after `van`, patient after `op`; a demonym before acts."""
    agent: list[_Placed] = []
    patient: list[_Placed] = []
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
