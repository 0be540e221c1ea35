"""Bearers: on whom a judging word bears, by the tree.

Reads tokens of a spaCy Doc with a tree and entries of the lexicon; returns tokens and how strongly. A word bears on
what it modifies, on what it is said of, on whose that is, and weakly on who does or has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from analysis.coding.actions.deeds import LIGHT, RECEIVE
from analysis.coding.language.lexicon import Entry
from analysis.coding.syntax.participles import attributive_agent
from analysis.coding.syntax.trees import (
    OBJECTS,
    PASSIVE_SUBJECTS,
    agents_of_passive,
    children,
    expand,
    is_passive,
    objects,
    own_subjects,
    preposition,
    subjects,
)
from analysis.contracts.words import load_both, load_by_language

OWN, POSSESSED, DONE, BESIDE = 1.0, 0.7, 0.6, 0.4
"""How strongly a word bears: on what it is said of, on whose that is, on who does or has it, on who acts with it."""
NAMING = frozenset(["flat", "flat:name", "appos", "compound", "nmod:appos"])
"""How one word hangs on another that names the same."""
OF = load_by_language("claims", "owner_adpositions")
_BY = load_both("claims", "agent_adpositions")
_AS = load_by_language("claims", "role_adpositions")
_MANNER = load_by_language("claims", "manner_adpositions")
_TOWARDS = load_by_language("claims", "target_adpositions")
_BEARERS = frozenset(["person", "organisation", "group", "government"])


class Bearer(NamedTuple):
    """A token on which a word bears, and how strongly."""

    token: Token
    strength: float


def find_bearers(head: Token, entry: Entry, language: str) -> Iterator[Bearer]:
    """On whom an entry of the lexicon bears, where it stands with its head at `head`."""
    if head.pos_ in ("VERB", "AUX") and entry.pos in ("verb", "phrase"):
        if entry.bears in ("agent", "head"):
            yield from (Bearer(one, OWN) for one in agents_of(head))
        elif entry.bears == "patient":
            yield from (Bearer(one, OWN) for one in patients_of(head, language))
        else:
            yield from (Bearer(one, DONE) for one in (*agents_of(head), *patients_of(head, language)))
    elif entry.pos == "verb" and entry.bears == "agent" and not _is_present(head):
        return  # `de gedode man` is no killer
    elif entry.pos != "noun" and head.pos_ not in ("NOUN", "PROPN"):
        yield from spread(head, language)
    elif entry.bears == "patient":
        yield from _judged_by_noun(head, language)
    elif entry.bears == "agent":
        yield from _doers_of_noun(head, language)
    else:
        yield from spread_noun(head, language)


def agents_of(verb: Token) -> list[Token]:
    """Who does what a verb says; of a past participle before or after a noun, whom `door` or `by` names."""
    if is_passive(verb):
        return agents_of_passive(verb)
    if verb.dep_ in ("amod", "acl") and not _is_present(verb):
        found = attributive_agent(verb, _BY)
        return agents_of_passive(verb) or ([found] if found is not None else [])
    return subjects(verb)


def patients_of(verb: Token, language: str) -> list[Token]:
    """Who undergoes a verb, or whom a phrase with an adposition names where it has no object."""
    if is_passive(verb):
        return subjects(verb) or [m for c in children(verb, ("nsubj", "obj")) for m in expand(c)]
    if verb.dep_ in ("amod", "acl") and "Part" in verb.morph.get("VerbForm", []):
        return [verb.head]
    found = [*objects(verb), *(m for c in children(verb, ("iobj",)) for m in expand(c))]
    marked = [c for c in children(verb, ("obl", "obl:arg", "nmod")) if preposition(c) in _TOWARDS[language]]
    return found or [m for c in marked for m in expand(c)]


def _is_present(verb: Token) -> bool:
    """A form such as `moordend` or `killing`."""
    return verb.lower_.endswith(("end", "ende", "ing"))


def spread(word: Token, language: str) -> Iterator[Bearer]:
    """On whom an adjective or adverb bears."""
    for _ in range(3):
        if word.dep_ == "conj":
            word = word.head
    if word.dep_ in ("amod", "acl", "acl:relcl", "compound") and word.head.pos_ in ("NOUN", "PROPN", "PRON"):
        yield from spread_noun(word.head, language)
        return
    if word.dep_ == "appos":
        yield Bearer(word.head, OWN)
        return
    found = list(said_of(word, language))
    for one in found:
        yield Bearer(one, OWN)
        if one.pos_ in ("NOUN", "VERB") and not names_bearer(one):
            yield from (Bearer(owner, POSSESSED) for owner in owners(one, language))
    if not found and word.dep_ in ("advmod", "obl", "advcl") and word.head.pos_ in ("VERB", "AUX"):
        yield from (Bearer(one, BESIDE) for one in agents_of(word.head))


def spread_noun(noun: Token, language: str) -> Iterator[Bearer]:
    """On whom a judged noun bears: whom it names, of whom it is said, whose it is, who does or has it."""
    yield Bearer(noun, OWN)
    yield from (Bearer(child, OWN) for child in noun.children if child.dep_ in NAMING)
    if noun.dep_ in NAMING:
        yield Bearer(noun.head, OWN)
    for one in said_of(noun, language):
        yield Bearer(one, OWN)
        if one.pos_ in ("NOUN", "VERB") and not names_bearer(one):
            yield from (Bearer(owner, POSSESSED) for owner in owners(one, language))
    if names_bearer(noun):
        return
    yield from (Bearer(owner, POSSESSED) for owner in owners(noun, language))
    verb = noun.head
    if verb.pos_ not in ("VERB", "AUX"):
        return
    if noun.dep_ in OBJECTS:
        yield from (Bearer(one, DONE) for one in agents_of(verb))
    elif noun.dep_ in ("obl", "obl:arg") and preposition(noun) in _MANNER[language]:
        yield from (Bearer(one, BESIDE) for one in (subjects(verb) if is_passive(verb) else agents_of(verb)))


def owners(noun: Token, language: str) -> Iterator[Token]:
    """Whose a thing is (`het beleid van`, `haar leugens`, `Amerikaanse misdaden`)."""
    for child in noun.children:
        if child.dep_ == "nmod:poss" or (child.dep_ in ("nmod", "obl") and preposition(child) in OF[language]):
            yield from expand(child)
        elif child.dep_ == "amod" and child.text[:1].isupper():
            yield child


def said_of(word: Token, language: str) -> Iterator[Token]:
    """Of whom a word is the predicate: the subject of its copula, or whom a verb calls it."""
    own = own_subjects(word)
    has_copula = any(child.dep_ == "cop" for child in word.children)
    if has_copula or (own and word.pos_ in ("ADJ", "NOUN", "ADV")):
        yield from own or subjects(word)
        return
    verb = word.head
    if verb.pos_ not in ("VERB", "AUX") and not (word.dep_ == "xcomp" and own_subjects(verb)):
        return  # (`sta je machteloos`: read as a noun, yet it has a subject)
    is_as = word.dep_ in ("obl", "advcl", "obl:arg", "nmod") and preposition(word) in _AS[language]
    if word.dep_ == "xcomp" or is_as or (word.dep_ == "obj" and len(objects(verb)) > 1):
        found = [one for one in objects(verb) if one.i != word.i]
        yield from found or [one for one in subjects(verb) if one.i != word.i]


def _judged_by_noun(noun: Token, language: str) -> Iterator[Bearer]:
    """Whom a noun such as `kritiek` or `lof` is for."""
    for child in noun.children:
        if child.dep_ in ("nmod", "obl") and preposition(child) not in {"", *OF[language]}:
            yield from (Bearer(one, OWN) for one in expand(child))
    verb = noun.head
    if verb.pos_ not in ("VERB", "AUX") or noun.dep_ not in OBJECTS | PASSIVE_SUBJECTS:
        return
    if verb.lemma_ in RECEIVE[language]:
        yield from (Bearer(one, OWN) for one in subjects(verb))
        return
    for child in children(verb, ("obl", "iobj", "obl:arg")):
        strength = OWN if child.dep_ == "iobj" or preposition(child) else DONE
        yield from (Bearer(one, strength) for one in expand(child))


def _doers_of_noun(noun: Token, language: str) -> Iterator[Bearer]:
    """Whose deed a noun such as `leugen` or `aanval` is."""
    for one in owners(noun, language):
        yield Bearer(one, OWN)
    for child in children(noun, ("nmod", "obl")):
        if preposition(child) in _BY:
            yield from (Bearer(one, OWN) for one in expand(child))
    verb = noun.head
    is_done = noun.dep_ in OBJECTS | PASSIVE_SUBJECTS and verb.pos_ in ("VERB", "AUX")
    if is_done and verb.lemma_ not in RECEIVE[language]:
        strength = DONE if verb.lemma_ in LIGHT[language] else BESIDE
        yield from (Bearer(one, strength) for one in agents_of(verb))
    yield from (Bearer(one, OWN) for one in said_of(noun, language))


def names_bearer(noun: Token) -> bool:
    """Whether a noun itself names somebody (`de gevreesde leider van de bende`): it is judged, not whose it is."""
    if "PROPN" in (noun.pos_, noun.head.pos_ if noun.dep_ == "conj" else "") or noun.dep_ == "appos":
        return True
    if noun.ent_type_ in _BEARERS:
        return True
    phrases = noun.doc.spans.get("actors", [])
    return any(phrase.label_ in _BEARERS and phrase.root.i == noun.i for phrase in phrases)
