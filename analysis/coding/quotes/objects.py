"""Patterns of objects: verbs that name, judge or announce, so that their object is what somebody says.

Reads a `Cue`; returns the tokens of what is said, or None where the pattern does not fit. A judgement without more
(``X veroordeelde de aanval``) is no speech here.
"""

from __future__ import annotations

from spacy.tokens import Token

from analysis.coding.quotes.content import Piece, clause_after, close_gaps, find_pieces
from analysis.coding.quotes.verbs import Cue, join_pieces, mark_of, said_in
from analysis.coding.syntax.trees import children, is_in_actor_phrase, is_passive, obliques, particle, preposition
from analysis.contracts.words import load_both, load_by_language

_LIKENESS = load_by_language("function_words", "judgement_prepositions")
"""Prepositions after which a verb of judgement says what it holds of its object."""
_NAMES = load_both("quotes", "naming_verbs")
_SHOWS = load_both("quotes", "depicting_verbs")
"""Verbs of which a thing may be the subject too: a car describes a curve."""


def ruling(cue: Cue) -> list[Piece] | None:
    """``De boeren moeten weg, luidt het bevel van X``: a noun of speech is the subject, X stands with it."""
    if cue.lemma != "luiden":
        return None
    nouns = [
        one
        for one in (
            *children(cue.token, ("nsubj", "obj", "xcomp")),
            *([cue.speaking] if cue.speaking is not None else []),
        )
        if one.pos_ == "NOUN"
    ]
    if not nouns:
        return None
    head = cue.token.head
    own = {part.i for part in cue.token.subtree}
    if cue.token.dep_ == "parataxis":
        return find_pieces((one.i for one in head.subtree if cue.first <= one.i < cue.last), cue.doc, own)
    clauses = [one for one in cue.complements() if one not in nouns]
    return said_in(cue, clauses[0]) if clauses else None


def find_owner_of_ruling(verb: Token) -> Token | None:
    """Whose noun of speech stands with `luidt`."""
    for noun in children(verb, ("nsubj", "obj", "xcomp")):
        for child in children(noun, ("nmod:poss",)):
            return child
        for one in obliques(noun):
            return one.token
    return None


def naming(cue: Cue) -> list[Piece] | None:
    """``X noemt het plan een ramp``; ``X vindt hem laf``; ``X called the plan a disgrace``."""
    if "naming" not in cue.kinds:
        return None
    names = [
        one for one in children(cue.token, ("xcomp", "ccomp")) if one.pos_ not in ("VERB", "AUX") or one.dep_ == "xcomp"
    ]
    objects = cue.objects()
    if not names and not (cue.lemma in _NAMES and objects):
        return None
    if cue.lemma == "vinden" and not (names and objects):
        return None
    if not names and sum(1 for _ in objects[-1].subtree) < 3:
        return None
    return join_pieces(cue, [*objects, *names])


def judgement(cue: Cue) -> list[Piece] | None:
    """``X beschuldigde hem van leugens``; ``X ziet het als een ramp``; ``X blasted her as a disgrace``."""
    if "judgement" not in cue.kinds:
        return None
    words = _LIKENESS[cue.reporting.language]
    objects = cue.objects()
    places = [*objects, cue.token]
    found = [
        child
        for place in places
        for child in place.children
        if child.dep_ in ("obl", "obl:arg", "nmod", "xcomp", "advcl", "acl", "ccomp")
        and (preposition(child) in words or mark_of(child) in words)
    ]
    if cue.lemma == "verwijten":
        found += cue.complements()
    if not found or (not objects and not is_passive(cue.token)):
        return None
    pieces = join_pieces(cue, [*objects, *found])
    last = max(found, key=lambda one: one.i)
    if last.i > cue.token.i:
        pieces = close_gaps([*pieces, *clause_after(last, cue.token, cue.last, cue.blocked)], cue.token, cue.blocked)
    return pieces


def _is_actor(subject: Token | None) -> bool:
    """Whether a subject names or describes an actor, or is a pronoun."""
    if subject is None or subject.pos_ in ("PRON", "PROPN"):
        return subject is not None
    return is_in_actor_phrase(subject)


def content_object(cue: Cue) -> list[Piece] | None:
    """``X kondigde een onderzoek aan``; ``X ontkent elke schuld``: the object is what is said."""
    if cue.lemma in _SHOWS and not _is_actor(cue.speaking):
        return None
    if "content" not in cue.kinds:
        return None
    found = [
        one
        for one in children(cue.token, ("obj", "nsubj:pass") if is_passive(cue.token) else ("obj",))
        if one.i not in cue.blocked and one.pos_ not in ("PRON", "DET", "NUM") and one.ent_type_ != "PER"
    ]
    if not found or (is_passive(cue.token) and cue.speaking is None):
        return None
    is_plain = cue.reporting.language == "nl" or cue.lemma in cue.reporting.denials
    if found[-1].i > cue.token.i and is_plain:
        return clause_after(found[-1], cue.token, cue.last, cue.blocked)
    return join_pieces(cue, found)


def about(cue: Cue) -> list[Piece] | None:
    """``X pleit voor een verbod``; ``X called for an end to the strike``: a preposition brings what is said."""
    prepositions = cue.reporting.about.get(cue.lemma, frozenset())
    part = particle(cue.token)
    if part is not None and cue.reporting.language == "en":
        prepositions |= cue.reporting.about.get((cue.token.lemma_ or "").lower(), frozenset()) & {part.lower_}
    found = [one.token for one in obliques(cue.token) if one.preposition in prepositions]
    found += [one for one in children(cue.token, ("advcl", "xcomp", "ccomp")) if mark_of(one) in prepositions]
    case = {child.i for child in children(found[0], ("case", "mark"))} if found else set()
    if not found:
        follows = cue.doc[cue.parts[-1] + 1] if cue.parts[-1] + 1 < cue.last else cue.token
        if follows.lower_ not in prepositions or follows.head.i <= follows.i:
            return None
        found, case = [follows.head], {follows.i}
    if found[0].i > cue.token.i:
        return clause_after(found[0], cue.token, cue.last, {*cue.blocked, *case})
    return find_pieces((part.i for part in found[0].subtree), cue.doc, {*cue.blocked, *case})
