"""Descriptions of actors that neither a codebook nor a name covers: ``betogers``, ``de vakbond``, ``een bewoner``.

Reads the scene of an article whose reading marks actor phrases (``doc.spans["actors"]``) and the spans already taken;
returns spans with an ``unlisted:<noun>`` actor. Who a description means is not asked here: `coreference` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Span, Token

from analysis.coding.language.tokens import DETERMINERS, Word
from analysis.coding.mentions.naming import slug
from analysis.coding.mentions.scene import Found, Scene
from analysis.coding.mentions.wordings import NOMINAL
from analysis.contracts.schema import UNLISTED
from analysis.contracts.words import load_both

ACTOR_PHRASE = "actor_phrase"
_KINDS = frozenset(["person", "group", "organisation", "government"])
_EDGES = DETERMINERS | load_both("descriptions", "edges")
"""Words that neither begin nor end a description."""
_NOBODY = load_both("descriptions", "nobody")
"""Lemmas that describe no actor in particular."""
_BODIES = load_both("descriptions", "bodies")
"""Lemmas of bodies of people that a reading may overlook; with an article or an owner they are an actor."""
_PEOPLE = load_both("descriptions", "people")
"""Lemmas of people whom a reading may overlook; several of them are an actor."""
_FIXED = frozenset(tuple(phrase.split()) for phrase in load_both("descriptions", "fixed_phrases"))
"""Prepositions with a noun that is nobody in this place."""
_THING = re.compile(
    r"(?:vliegtuig(?:en)?|vliegtuigje|vlucht(?:en)?|machines?|toestel(?:len)?|prijs|prijzen|koers(?:en)?|index|ind(?:ices|exen)|"
    r"aande(?:el|len)|software|programma|systeem|systemen|versies?|model(?:len)?|computers?|markt(?:en)?|yen|dollar|euro|"
    r"vertraging(?:en)?|na(?:am|men)|auto(?:'s)?|treinen|trein|wapens?|grens|grenzen|processor|offertes?|hond(?:en)?|"
    r"planes?|aircraft|flights?|shares?|stocks?|prices?|markets?|systems?|programs?|indexes|models?|versions?|cars?|"
    r"weapons?|borders?|products?|producten?|kernel|codena(?:am|men)|indice)\Z"
)
"""Nouns of things that a reading sometimes takes for somebody."""


def find_actor_phrases(scene: Scene, taken: Sequence[tuple[int, int]]) -> list[Found]:
    """Descriptions among the reading's actor phrases that `taken` does not cover.

    Parameters
    ----------
    scene : Scene
        The article; without ``doc.spans["actors"]`` nothing is found.
    taken : sequence of tuple of int
        Half-open characters of the mentions found so far.

    Returns
    -------
    list of Found
        The part of each phrase around its head that is not taken; the actor is the lemma of the head.
    """
    words = scene.words
    blocked = sorted(taken)
    found: list[Found] = []
    phrases = [*scene.doc.spans.get("actors", []), *_find_bodies(scene)]
    for phrase in sorted(phrases, key=lambda span: (span.start_char, -span.end_char)):
        head = find_head(phrase)
        span = scene.find_words(phrase.start_char, phrase.end_char)
        is_noun = head.pos_ == "NOUN" if scene.has_tags else head.text.islower()
        lemma = head.lemma_ or head.text
        if span is None or not is_noun or phrase.label_ not in _KINDS or is_thing(lemma) or _is_no_noun(head):
            continue
        inner = [k for k in range(span[0], span[1] + 1) if words[k].start <= head.idx < words[k].end]
        if not inner or _is_taken(words[inner[0]], blocked):
            continue
        first = last = inner[0]
        while first > span[0] and not _is_taken(words[first - 1], blocked):
            first -= 1
        while last < span[1] and not _is_taken(words[last + 1], blocked):
            last += 1
        while first < inner[0] and words[first].text.lower() in _EDGES:
            first += 1
        while last > inner[0] and words[last].text.lower() in _EDGES:
            last -= 1
        name = slug(lemma) or slug(head.text)
        match = Found(words[first].start, words[last].end, UNLISTED + name, NOMINAL, ACTOR_PHRASE, first, last)
        found.append(match)
        blocked = sorted([*blocked, (match.start, match.end)])
    return found


def _find_bodies(scene: Scene) -> list[Span]:
    """Further phrases, of bodies of people that the reading did not mark as actors."""
    if not scene.has_tree or "actors" not in scene.doc.spans:
        return []
    found = []
    for token in scene.doc:
        if token.pos_ != "NOUN":
            continue
        is_given = any(c.dep_ in ("det", "nmod:poss", "poss") and c.lower_ != "geen" for c in token.children)
        if token.lemma_ in _BODIES and is_given:
            found.append(Span(scene.doc, token.i, token.i + 1, label="organisation"))
        elif token.lemma_ in _PEOPLE and "Plur" in token.morph.get("Number", []):
            found.append(Span(scene.doc, token.i, token.i + 1, label="group"))
    return found


def is_thing(noun: str) -> bool:
    """Whether a noun names a thing, or nobody in particular."""
    lowered = noun.lower()
    return lowered in _NOBODY or _THING.search(lowered) is not None


def find_head(phrase: Span) -> Token:
    """The word that a phrase is about: its root, or its last word where there is no tree."""
    return phrase.root if phrase.doc.has_annotation("DEP") else phrase[-1]


def _is_no_noun(head: Token) -> bool:
    """Whether a head is an article, a part of a fixed phrase (``in staat``), or numbered (``Chapter 11``)."""
    before = head.nbor(-1).lower_ if head.i else ""
    follows = head.nbor() if head.i + 1 < len(head.doc) else head
    is_numbered = head.text[0].isupper() and follows.is_digit and follows.head.i == head.i
    return head.lower_ in _EDGES or (before, head.lower_) in _FIXED or is_numbered


def _is_taken(word: Word, blocked: Sequence[tuple[int, int]]) -> bool:
    return any(start < word.end and word.start < end for start, end in blocked)
