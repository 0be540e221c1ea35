"""Participles before a noun (`de door de politie opgepakte man`): which noun they tell of, and whom they name.

Reads tokens of a spaCy Doc with a tree, by their order, since trees hang the words inside such a phrase anywhere.
"""

from __future__ import annotations

from spacy.tokens import Token

from analysis.contracts.words import load_both

BY = load_both("function_words", "agent_prepositions")
"""Adpositions of who does what a passive tells."""
_ARTICLES = load_both("function_words", "articles")
_WIDEST_PARTICIPLE = 8
"""Most tokens between the first word of a participle's own phrase and the participle."""


def modifies_next(verb: Token) -> Token | None:
    """The noun that a participle in front of it belongs to (`de opgepakte man`), whatever the tree says of the two."""
    if verb.dep_ in ("aux", "aux:pass", "cop") or "Fin" in verb.morph.get("VerbForm", []):
        return None
    if any(child.dep_ in ("aux", "aux:pass") for child in verb.children):
        return None
    if verb.lower_.endswith(("de", "te", "en")) and verb.dep_ not in ("ROOT", "conj", "ccomp", "xcomp"):
        for follower in verb.doc[verb.i + 1 : verb.sent.end]:
            if follower.pos_ in ("NOUN", "PROPN"):
                if verb.lower_.endswith(("de", "te")) or verb.dep_ in ("amod", "acl"):
                    return follower
                break
            if follower.pos_ not in ("ADJ", "NUM"):
                break
    return verb.head if verb.dep_ in ("amod", "acl") and verb.head.i > verb.i else None


def attributive_agent(verb: Token) -> Token | None:
    """Who a participle before a noun names with `door`, between the determiner and itself, whatever it hangs on."""
    if modifies_next(verb) is None:
        return None
    for index in range(verb.i - 1, max(verb.sent.start, verb.i - _WIDEST_PARTICIPLE) - 1, -1):
        token = verb.doc[index]
        if token.lower_ in BY and token.pos_ == "ADP":
            return token.head if token.i < token.head.i < verb.i else None
        if token.is_punct and token.text != "-":
            return None
        if token.pos_ in ("VERB", "AUX"):
            return None
    return None


def is_in_participle(token: Token) -> bool:
    """Whether a phrase with `door` belongs to a participle before a noun (`de door boeren gesteunde partij`)."""
    end = min(token.sent.end, token.i + _WIDEST_PARTICIPLE)
    for follower in token.doc[token.i + 1 : end]:
        if follower.pos_ in ("VERB", "AUX") or follower.dep_ == "amod":
            agent = attributive_agent(follower)
            if agent is not None and agent.i == token.i:
                return _opens_noun_phrase(token)
            if follower.pos_ in ("VERB", "AUX"):
                return False
    return False


def _opens_noun_phrase(token: Token) -> bool:
    """Whether the word before the phrase's adposition can stand between a determiner and its noun."""
    cases = [child for child in token.children if child.dep_ == "case" and child.i < token.i]
    if not cases or cases[0].i == token.sent.start:
        return False
    before = cases[0].nbor(-1)
    return before.pos_ in ("DET", "ADJ", "NUM", "ADV", "PRON") or before.text == "," or before.lower_ in _ARTICLES
