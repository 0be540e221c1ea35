"""Places: where in the tree the source, the target and the event of a word stand.

Reads ``data/patterns/claims.yaml``, rows of tree paths by the name of a place; returns tokens. The lists of words name
a place or an adposition (`analysis.coding.claims.words`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from spacy.tokens import Token

from analysis.coding.language.events import find_noun_event
from analysis.coding.syntax.clauses import clause_at, find_complement
from analysis.coding.syntax.participants import ACTOR_KINDS, kind_of, people_of
from analysis.coding.syntax.patterns import Names, Pattern, load_patterns
from analysis.coding.syntax.trees import (
    children,
    expand,
    has_finite,
    objects,
    obliques,
    own_subjects,
    recipients,
    subjects,
)
from analysis.contracts.paths import PATTERNS
from analysis.contracts.words import load_both

PLACES = ("clause", "judge", "owner", "judged", "named", "said_of")
"""Places that are paths; ``subject``, ``object``, ``agent``, ``patient`` and ``self`` are of the clause or noun itself,
``author`` and ``none`` are nobody."""
EXPLETIVES = load_both("claims", "expletives")
"""Words that stand for a clause, or for nothing."""
UNWILLED = load_both("claims", "unwilled_verbs")
"""After a modal of necessity these say what somebody undergoes or what will turn out, not what should be done."""
_UNDERGOING = load_both("claims", "undergoing_verbs")
"""Verbs whose subject is not judged where what they say is called a shame."""
_NECESSITY = load_both("claims", "modals_of_necessity")


def names_actor(noun: Token, _cue: Token | None = None) -> bool:
    """Whether a noun itself names somebody (`de gevreesde leider van de bende`): it is judged, not whose it is."""
    if "PROPN" in (noun.pos_, noun.head.pos_ if noun.dep_ == "conj" else "") or noun.dep_ == "appos":
        return True
    phrases = noun.doc.spans.get("actors", [])
    return kind_of(noun) in ACTOR_KINDS or any(kind_of(one) in ACTOR_KINDS and one.root.i == noun.i for one in phrases)


def is_somebody(token: Token) -> bool:
    """Whether a token is people or an organisation; failing that, whether it names no deed."""
    names_deed = token.lower_.endswith("ing") or find_noun_event(token.lemma_.lower(), token.doc.lang_) is not None
    return token.i in people_of(token.doc) or not names_deed


def doers_of(clause: Token | None) -> list[Token]:
    """Who does what a clause says; nobody of a passive, nor who has to undergo it (`moeten wachten`)."""
    if clause is None or children(clause, ("aux:pass",)):
        return []
    if any(c.lemma_ in _NECESSITY for c in clause.children) and clause.lemma_.lower() in UNWILLED:
        return []
    found = own_subjects(clause)
    if not found and not has_finite(clause):
        found = recipients(clause.head) or objects(clause.head) or subjects(clause)
    return [one for one in found if one.lower_ not in EXPLETIVES]


def _complement(token: Token) -> list[Token]:
    found = find_complement(token)
    return [] if found is None else [found]


def _agents(token: Token) -> Sequence[Token]:
    return clause_at(token).agents if token.pos_ in ("VERB", "AUX") else ()


_NAMES = Names(
    kinds=PLACES,
    places=("at",),
    needed=("at",),
    steps={
        "SUBJECT": subjects,
        "OWN_SUBJECT": own_subjects,
        "OBJECT": objects,
        "AGENT": _agents,
        "COMPLEMENT": _complement,
        "DOER": doers_of,
        "NAMED": lambda token: follow_place("named", token),
        "OWNER": lambda token: follow_place("owner", token),
    },
    tests={
        "AFTER": lambda token, cue: token.i > cue.i,
        "OTHER": lambda token, cue: token.i != cue.i,
        "COPULA": lambda token, _cue: bool(children(token, ("cop",))),
        "THING": lambda token, _cue: token.pos_ in ("NOUN", "VERB") and not names_actor(token),
        "WILLED": lambda token, _cue: token.lemma_ not in _UNDERGOING,
        "CAPITAL": lambda token, _cue: token.text[:1].isupper(),
    },
    words={
        "OF": load_both("claims", "owner_adpositions"),
        "AS": load_both("claims", "role_adpositions"),
        "WITH": load_both("claims", "manner_adpositions"),
        "FINDING": load_both("claims", "finding_verbs"),
        "MEANING": load_both("claims", "constituting_verbs"),
        "RELATIVES": load_both("claims", "free_relatives"),
    },
)


@cache
def load_places() -> Mapping[str, tuple[Pattern, ...]]:
    """Load the rows of every place, in order."""
    rows = load_patterns(PATTERNS / "claims.yaml", _NAMES)
    return MappingProxyType({place: tuple(row for row in rows if place in row.cue) for place in PLACES})


def follow_place(place: str, token: Token) -> list[Token]:
    """Return the words at a place of `PLACES`: those of each of its rows in turn, coordinated ones each by itself."""
    found: dict[int, Token] = {}
    for row in load_places()[place]:
        for one in (row.match(token, (place,)) or {"at": []})["at"]:
            for member in expand(one):
                found.setdefault(member.i, member)
    return list(found.values())


def find_phrases(around: Sequence[Token], adpositions: Collection[str]) -> list[Token]:
    """Heads of phrases with one of these adpositions on the first of some words that has any.

    Where none has, those a level deeper count (`zorgde met haar leningen voor de ondergang`).
    """
    levels = (around, [one.token for place in around[:1] for one in obliques(place)])
    for place in (place for level in levels for place in level):
        if found := [one.token for one in obliques(place) if one.preposition in adpositions]:
            return [member for one in found for member in expand(one)]
    return []


def words_of(token: Token, without: Collection[int] = ()) -> tuple[Token, ...]:
    """Return the phrase or clause below a word, without what opens it and without punctuation at its ends."""
    inside = {one.i for word in token.subtree if word.i in without for one in word.subtree}
    return trim([one for one in token.subtree if one.i not in inside])


def trim(words: Sequence[Token]) -> tuple[Token, ...]:
    """Return words without punctuation at their ends, and without what opens a clause or phrase."""
    kept = [one for one in words if not one.is_space]
    while kept and (kept[0].is_punct or kept[0].dep_ in ("mark", "case", "cc")):
        kept = kept[1:]
    while kept and kept[-1].is_punct:
        kept = kept[:-1]
    return tuple(kept)
