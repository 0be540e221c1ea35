"""Modals: what somebody should do, by the form of `moeten`, `dienen`, `must` and the verb they govern.

Reads a token of a spaCy Doc with a tree; returns a `Claim`, or None where a modal is about a fact, the past or a
condition.
"""

from __future__ import annotations

from spacy.tokens import Token

from analysis.coding.claims.places import EXPLETIVES, UNWILLED, trim
from analysis.coding.claims.words import Claim, ClaimWords
from analysis.coding.language.record import language_of
from analysis.coding.syntax.trees import (
    INFINITIVE_MARKERS,
    agents_of_passive,
    children,
    obliques,
    own_subjects,
    subjects,
)
from analysis.contracts.words import load_both

WOULD = load_both("claims", "conditional_auxiliaries")
_PAST = load_both("claims", "past_modals")
_WITH_TE = load_both("claims", "modals_with_te")
_PERFECT = load_both("claims", "perfect_auxiliaries")
_I = load_both("claims", "first_person_singular")
_CONDITIONS = load_both("claims", "condition_openers")
"""Words that open a clause in which a modal is about a condition or a way."""
_HELPERS = ("aux", "aux:pass", "cop")


def read_modal(token: Token, words: ClaimWords) -> Claim | None:
    """`moet`, `zou moeten`, `dient te`: what somebody should do, by the form of the verb and what it governs."""
    word = words.find("modal", token.lemma_.lower())
    if word is None:
        return None
    is_auxiliary = token.dep_ in ("aux", "aux:pass")
    main = token.head if is_auxiliary else next(iter(children(token, ("xcomp", "ccomp"))), token)
    if (is_auxiliary and token.head.i == token.i) or not _recommends(token, main):
        return None
    doers = own_subjects(main) or subjects(main) or own_subjects(token)
    if any(one.lower_ in _I for one in doers):
        return None  # what the speaker has to put up with
    if children(main, ("aux:pass",)):
        doers = agents_of_passive(main)
    would = [one.i for one in children(main, _HELPERS) if one.lower_ in WOULD]
    inside = {one.i for subject in children(main, ("nsubj", "nsubj:pass")) for one in subject.subtree}
    event = trim([one for one in main.subtree if one.i not in inside | {token.i}])
    actors = tuple(one for one in doers if one.lower_ not in EXPLETIVES)
    return Claim(word, main, tuple(sorted({token.i, main.i, *would})), (), actors, event)


def _recommends(token: Token, main: Token) -> bool:
    """Whether a modal says what should be done: not what had to be, would be, or must be the case."""
    if token.lower_ in _PAST or main.lemma_.lower() in UNWILLED or main.dep_ in ("acl:relcl", "acl"):
        return False
    opening = {child.lower_ for child in children(main, ("mark", "advmod")) if child.i < token.i}
    is_inverted = token.is_sent_start and not language_of(token).has("verb_second")
    if opening & _CONDITIONS or is_inverted or main.sent[-1].text == "?":
        return False
    is_perfect = any(child.lemma_ in _PERFECT and child.dep_ == "aux" for child in main.children)
    if is_perfect or (main.i == token.i and not obliques(token)):
        return False  # `had moeten ingrijpen`, `dat moet`
    has_marker = any(child.lower_ in INFINITIVE_MARKERS for child in main.children)
    return token.lemma_.lower() not in _WITH_TE or (main.i != token.i and has_marker)
