"""Causes: phrases and clauses that tell where a bad state comes from.

Reads tokens of a spaCy Doc with a tree; returns `Sign` rows. A cause counts where harm or a problem is told: `is_bad`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from analysis.coding.claims.bearers import owners
from analysis.coding.claims.signs import Sign, doers_of, trim
from analysis.coding.claims.words import FunctionWord, load_function_words
from analysis.coding.language.events import find_noun_event, find_verb_event
from analysis.coding.language.lexicon import find_hits, load_lexicon
from analysis.coding.syntax.trees import agents_of_passive, clause_of, expand, is_passive, obliques
from analysis.coding.syntax.verb_forms import find_infinitive
from analysis.contracts.words import load_both

SANCTIONS = frozenset(["accuse", "arrest", "criticise", "investigate", "praise", "sanction", "sue"])
"""Deeds of which `wegens` tells the charge, no cause."""
_BY = load_both("claims", "agent_adpositions")


def is_bad(tokens: Sequence[Token], language: str) -> bool:
    """Whether words tell of harm or a problem: a negative word, a deed of conflict, a word for harm or a problem."""
    words = load_function_words(language)
    for token in tokens:
        lemma = token.lemma_.lower()
        known = words.find_noun(lemma, language) or words.adjectives.get(lemma)
        if lemma in words.harms or (known is not None and known.function == "problem_definition"):
            return True
        verbs = words.verbs.get(find_infinitive(token), ()) if token.pos_ == "VERB" else ()
        if any(word.function == "problem_definition" for word in verbs):
            return True
        is_deed = token.pos_ in ("VERB", "NOUN")
        find = find_verb_event if token.pos_ == "VERB" else find_noun_event
        event = find(find_infinitive(token) if token.pos_ == "VERB" else lemma, language) if is_deed else None
        if event is not None and event.valence == "conflict":
            return True
    if not tokens:
        return False
    first, last = min(one.i for one in tokens), max(one.i for one in tokens)
    places = {one.i for one in tokens}
    hits = find_hits(tokens[0].doc, load_lexicon(language), first, last + 1)
    return any(hit.record.polarity < 0 and hit.first in places for hit in hits)


def read_case(span: Sequence[Token], word: FunctionWord, tokens: tuple[int, ...]) -> Sign | None:
    """`door`, `als gevolg van`: a phrase that tells the cause of what its clause tells."""
    language = span[0].doc.lang_
    marks = [one for one in reversed(span) if one.dep_ == "case" and one.head.i > tokens[-1]]
    if not marks:
        return None
    phrase = marks[0].head
    above = phrase.head if len(span) == 1 or phrase.head.i not in tokens else phrase.head.head
    clause = clause_of(above)
    if word.term == "door" and _is_agent(phrase, clause):
        return None
    if word.term == "door" and any(find_noun_event(one.lemma_.lower(), language) for one in _nouns_above(phrase)):
        return None  # `de blokkade door het leger`: who does it
    event = find_verb_event(find_infinitive(clause), language) if clause.pos_ == "VERB" else None
    if event is not None and event.event in SANCTIONS and word.term != "door":
        return None
    inside = {one.i for one in phrase.subtree}
    told = [one for one in clause.subtree if one.i not in inside and one.i not in tokens]
    if word.needs == "bad" and not (is_bad(told, language) or is_bad(list(phrase.subtree), language)):
        return None
    causes = [phrase, *owners(phrase, language)]
    causes += [m for one in obliques(phrase) if one.preposition in _BY for m in expand(one.token)]
    words_told = trim([one for one in told if one.i > max(inside)] or told)
    return Sign(word, clause, (*tokens, phrase.i), (), tuple(causes), words_told)


def _is_agent(phrase: Token, clause: Token) -> bool:
    """Whether a phrase with `door` tells who does what a passive or a participle says."""
    return phrase.dep_ == "obl:agent" or (is_passive(clause) and phrase in agents_of_passive(clause))


def _nouns_above(phrase: Token) -> Iterator[Token]:
    """Nouns on which a phrase hangs, before the verb."""
    above = phrase
    while above.dep_ in ("nmod", "appos", "flat", "conj") and above.head.pos_ in ("NOUN", "PROPN"):
        above = above.head
        yield above


def read_mark(span: Sequence[Token], word: FunctionWord, tokens: tuple[int, ...]) -> Sign | None:
    """`doordat`, `omdat`: a clause that tells the cause of the clause above."""
    clause = span[0].head
    if span[0].dep_ not in ("mark", "advmod") or clause.i == span[0].i:
        return None
    inside = {one.i for one in clause.subtree}
    told = [one for one in clause.head.subtree if one.i not in inside]
    around = told if word.needs == "bad_above" else [*told, *clause.subtree]
    if not is_bad(around, span[0].doc.lang_):
        return None
    return Sign(word, clause.head, tokens, (), tuple(doers_of(clause)), trim(told))
