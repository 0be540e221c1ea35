"""Modals: what somebody should do, by the form of `moeten`, `dienen`, `must` and the verb they govern.

Reads a token of a spaCy Doc with a tree; returns a `Sign`, or None where a modal tells of a fact, of the past or of a
condition.
"""

from __future__ import annotations

from spacy.tokens import Token

from analysis.coding.claims.signs import EXPLETIVES, FACTS, Sign, trim
from analysis.coding.claims.words import FunctionWords
from analysis.coding.syntax.trees import agents_of_passive, children, obliques, own_subjects, subjects
from analysis.contracts.words import load_both, load_words

_PAST = load_words("claims", "past_modals", "nl")
_WOULD = load_both("claims", "conditional_auxiliaries")
_WITH_TE = load_both("claims", "modals_with_te")
_NEGATIONS = load_both("claims", "negations")
_PERFECT = load_both("claims", "perfect_auxiliaries")
_I = load_both("claims", "first_person_singular")
_CONDITIONS = load_both("claims", "condition_openers")
"""Words that open a clause in which a modal tells of a condition or a way."""


def read_modal(token: Token, words: FunctionWords, language: str) -> Sign | None:
    """`moet`, `zou moeten`, `dient te`: what somebody should do, by the form of the verb and what it governs."""
    word = words.modals.get(token.lemma_.lower())
    if word is None:
        return None
    is_auxiliary = token.dep_ in ("aux", "aux:pass")
    main = token.head if is_auxiliary else next(iter(children(token, ("xcomp", "ccomp"))), token)
    if (is_auxiliary and token.head.i == token.i) or not _recommends(token, main, language):
        return None
    beside = [child for child in main.children if child.dep_ in ("aux", "aux:pass", "cop")]
    would = [one.i for one in beside if one.lower_ in _WOULD]
    is_passive_form = any(child.dep_ == "aux:pass" for child in beside)
    doing = own_subjects(main) or subjects(main) or own_subjects(token)
    if any(one.lower_ in _I for one in doing):
        return None  # what the speaker has to put up with
    actors = agents_of_passive(main) if is_passive_form else doing
    inside = {one.i for subject in children(main, ("nsubj", "nsubj:pass")) for one in subject.subtree}
    event = trim([one for one in main.subtree if one.i not in inside | {token.i}])
    shown = tuple(sorted({token.i, main.i, *would}))
    return Sign(word, main, shown, (), tuple(one for one in actors if one.lower_ not in EXPLETIVES), event)


def _recommends(token: Token, main: Token, language: str) -> bool:
    """Whether a modal says what should be done: not what had to be, would be, or must be the case."""
    if language == "nl" and token.lower_ in _PAST:
        return False
    if main.lemma_.lower() in FACTS or main.dep_ in ("acl:relcl", "acl") or main.sent[-1].text == "?":
        return False
    opening = {child.lower_ for child in main.children if child.dep_ in ("mark", "advmod") and child.i < token.i}
    if opening & _CONDITIONS or (language == "en" and token.is_sent_start):
        return False
    is_perfect = any(child.lemma_ in _PERFECT and child.dep_ == "aux" for child in main.children)
    if is_perfect or (main.i == token.i and not obliques(token)):
        return False  # `had moeten ingrijpen`, `dat moet`
    lemma = token.lemma_.lower()
    if lemma in _WITH_TE:
        has_te = any(child.lower_ == "te" for child in main.children)
        is_denied = any(one.lemma_ in _NEGATIONS for one in main.subtree)
        return main.i != token.i and (has_te or (lemma == "hoeven" and is_denied))
    return True
