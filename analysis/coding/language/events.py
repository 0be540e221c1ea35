"""Events: of which type a deed is, and whether it is conflict or cooperation.

Reads ``data/languages/<language>/events.csv`` (term, pos, event, valence, role, marks) and the news lexicon; returns
frozen `Event` records by lemma. Loaded at first use, once a language.

The types follow the root types of PLOVER (Halterman et al. 2023) and its forerunner CAMEO in outline (agree, consult,
support, cooperate, aid, concede, retreat, request, accuse, reject, threaten, protest, sanction, mobilise, coerce,
assault, here `attack`), with types that domestic news, crime and sport need beside them (kill, injure, damage,
arrest, expel, dismiss, sue, steal, deceive, defeat, criticise, praise, free, protect, reward, govern, appoint,
investigate, move, pay, demand, warn). The lists are the project's own; ``none`` marks words that are no deed.

References
----------
Halterman, Bagozzi, Beger, Schrodt and Scarborough (2023), PLOVER and POLECAT: a new political event ontology and
dataset.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from analysis.coding.language.lexicon import load_lexicon
from analysis.coding.language.lists import read_words
from analysis.coding.language.record import get_language

DEED_DOMAINS = frozenset({"conflict", "crime", "politics", "diplomacy"})
"""Domains of the lexicon whose words are deeds between actors; the others describe states and qualities."""
VALENCES = ("conflict", "cooperation", "neutral")
_COLUMNS = ("term", "pos", "event", "valence", "role", "marks")
_SHORTEST_HEAD = 4
"""Letters that the last part of a compound has at least, to be read as its head (`straatprotest`)."""
_SHORTEST_FIRST = 3


@dataclass(frozen=True)
class Event:
    """A word that names a deed.

    Attributes
    ----------
    term, pos : str
        Lemma; ``verb``, ``noun`` or ``phrase``.
    event : str
        Type; ``none`` for a word that is no deed.
    valence : str
        ``conflict``, ``cooperation`` or ``neutral``.
    role : str
        ``agent`` or ``patient``: what the subject of the active verb is, or what `van` (`of`) after the noun names.
    marks : frozenset of str
        Adpositions that mark who undergoes it (`schieten op`).
    """

    term: str
    pos: str
    event: str
    valence: str
    role: str
    marks: frozenset[str]


@dataclass(frozen=True)
class Events:
    """The deeds of a language: verbs and nouns by lemma, phrases by the lemma of their verb."""

    verbs: Mapping[str, Event]
    nouns: Mapping[str, Event]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Event], ...]]


@cache
def load_events(language: str) -> Events:
    """Load the words for deeds of a language.

    Raises
    ------
    InputError
        When the file is missing, lacks a column, or a row has a valence or role that does not exist.
    """
    verbs: dict[str, Event] = {}
    nouns: dict[str, Event] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Event]]] = {}
    # Where verbs close a clause, the infinitive closes its phrase (`de schuld geven`); elsewhere it opens it.
    is_verb_last = get_language(language).has("verb_final")
    for row in read_words(language, "events.csv", _COLUMNS):
        valence, role = row.check("valence", VALENCES), row.check("role", ("agent", "patient"))
        event = Event(row["term"], row["pos"], row["event"], valence, role, frozenset(row["marks"].split()))
        if event.pos == "phrase":
            words = tuple(event.term.split())
            verb, rest = (words[-1], words[:-1]) if is_verb_last else (words[0], words[1:])
            phrases.setdefault(verb, []).append((rest, event))
        else:
            (verbs if event.pos == "verb" else nouns)[event.term] = event
    ordered = {verb: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for verb, found in phrases.items()}
    return Events(verbs, nouns, ordered)


def find_verb_event(lemma: str, language: str) -> Event | None:
    """What the list says of a verb, else what the lexicon does, without a type; None for a verb that neither knows."""
    found = load_events(language).verbs.get(lemma)
    return found or _lexicon_deeds(language).get(("verb", lemma))


def find_noun_event(lemma: str, language: str) -> Event | None:
    """What the list says of a noun, or of the last part of a compound (`straatprotest`)."""
    nouns = load_events(language).nouns
    if lemma in nouns or not get_language(language).has("closed_compounds"):
        return nouns.get(lemma)
    tails = (lemma[begin:] for begin in range(_SHORTEST_FIRST, len(lemma) - _SHORTEST_HEAD + 1))
    return next((nouns[tail] for tail in tails if tail in nouns), None)


@cache
def _lexicon_deeds(language: str) -> Mapping[tuple[str, str], Event]:
    deeds: dict[tuple[str, str], Event] = {}
    for pairs in load_lexicon(language).values():
        for _, entry in pairs:
            if entry.pos == "verb" and entry.domain in DEED_DOMAINS and entry.bears in ("agent", "patient", "both"):
                valence = "conflict" if entry.polarity < 0 else "cooperation"
                deeds[entry.pos, entry.term] = Event(entry.term, entry.pos, "", valence, "agent", frozenset())
    return deeds
