"""Causes: phrases and clauses that say where a bad state comes from.

Reads tokens of a spaCy Doc with a tree; returns `Claim` records. A cause counts where harm or a problem is: `is_bad`.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from analysis.coding.claims.places import doers_of, follow_place, trim
from analysis.coding.claims.words import Claim, ClaimWord, load_claim_words
from analysis.coding.language.events import find_noun_event, find_verb_event
from analysis.coding.language.lexicon import find_hits, load_lexicon
from analysis.coding.syntax.participles import BY
from analysis.coding.syntax.trees import agents_of_passive, clause_of, expand, is_passive, obliques
from analysis.coding.syntax.verb_forms import find_infinitive

_SANCTIONS = frozenset(["accuse", "arrest", "criticise", "investigate", "praise", "sanction", "sue"])
"""Types of event of which a phrase with `wegens` is the charge, no cause."""


def is_bad(tokens: Sequence[Token]) -> bool:
    """Whether words are about harm or a problem: a negative word, a deed of conflict, a word for harm or a problem."""
    if not tokens:
        return False
    first, last = min(one.i for one in tokens), max(one.i for one in tokens)
    places = {one.i for one in tokens}
    hits = find_hits(tokens[0].doc, load_lexicon(tokens[0].doc.lang_), first, last + 1)
    return any(hit.record.polarity < 0 and hit.first in places for hit in hits) or any(map(_is_harm, tokens))


def _is_harm(token: Token) -> bool:
    words = load_claim_words("functions", token.doc.lang_)
    if token.pos_ == "VERB":
        lemma = find_infinitive(token)
        event = find_verb_event(lemma, token.doc.lang_)
    else:
        lemma = token.lemma_.lower()
        event = find_noun_event(lemma, token.doc.lang_) if token.pos_ == "NOUN" else None
    if event is not None and event.valence == "conflict":
        return True
    found = (words.find(kind, lemma) for kind in ("harm", "noun", "adjective", "verb"))
    return any(one is not None and (one.pos == "harm" or one.label == "problem_definition") for one in found)


def read_case(span: Sequence[Token], word: ClaimWord) -> Claim | None:
    """`door`, `als gevolg van`: a phrase that says the cause of what its clause says."""
    tokens = tuple(one.i for one in span)
    mark = next((one for one in reversed(span) if one.dep_ == "case" and one.head.i > tokens[-1]), None)
    if mark is None:
        return None
    phrase = mark.head
    clause = clause_of(phrase.head if len(span) == 1 or phrase.head.i not in tokens else phrase.head.head)
    if word.term in BY and (_is_agent(phrase, clause) or _is_of_deed(phrase)):
        return None
    event = find_verb_event(find_infinitive(clause), clause.doc.lang_) if clause.pos_ == "VERB" else None
    if event is not None and event.event in _SANCTIONS and word.term not in BY:
        return None
    inside = {one.i for one in phrase.subtree}
    around = [one for one in clause.subtree if one.i not in inside and one.i not in tokens]
    if "bad" in word.needs and not (is_bad(around) or is_bad(list(phrase.subtree))):
        return None
    causes = [phrase, *follow_place("owner", phrase)]
    causes += [m for one in obliques(phrase) if one.preposition in BY for m in expand(one.token)]
    words = trim([one for one in around if one.i > max(inside)] or around)
    return Claim(word, clause, (*tokens, phrase.i), (), tuple(causes), words)


def _is_agent(phrase: Token, clause: Token) -> bool:
    """Whether a phrase with `door` names who does what a passive or a participle says."""
    return phrase.dep_ == "obl:agent" or (is_passive(clause) and phrase in agents_of_passive(clause))


def _is_of_deed(phrase: Token) -> bool:
    """Whether a phrase hangs on a noun that names an event (`de blokkade door het leger`: who does it)."""
    while phrase.dep_ in ("nmod", "appos", "flat", "conj") and phrase.head.pos_ in ("NOUN", "PROPN"):
        phrase = phrase.head
        if find_noun_event(phrase.lemma_.lower(), phrase.doc.lang_) is not None:
            return True
    return False


def read_mark(span: Sequence[Token], word: ClaimWord) -> Claim | None:
    """`doordat`, `omdat`: a clause that says the cause of the clause above."""
    clause = span[0].head
    if span[0].dep_ not in ("mark", "advmod") or clause.i == span[0].i:
        return None
    inside = {one.i for one in clause.subtree}
    above = [one for one in clause.head.subtree if one.i not in inside]
    if not is_bad(above if "bad_above" in word.needs else [*above, *clause.subtree]):
        return None
    tokens = tuple(one.i for one in span)
    return Claim(word, clause.head, tokens, (), tuple(doers_of(clause)), trim(above))
