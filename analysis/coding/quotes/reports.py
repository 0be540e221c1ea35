"""Reported speech in a tree by the verbs that hand it on: the patterns in their order.

Reads one sentence of a parsed article; returns `Report` rows: the reporting word, the word that heads the speaker's
phrase, and the tokens of what is said.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.coding.language.reporting import Reporting
from analysis.coding.quotes.clauses import (
    Rule,
    as_clause,
    bare_clause,
    feeling,
    infinitive,
    plain_say,
    question_clause,
    set_off,
    that_clause,
    verb_after,
)
from analysis.coding.quotes.content import Piece
from analysis.coding.quotes.objects import about, content_object, find_owner_of_ruling, judgement, naming, ruling
from analysis.coding.quotes.verbs import FEELING, find_kinds, is_noun_of_speech, name_lemma, read_cue
from analysis.coding.syntax.trees import is_passive

VERB_RULES: tuple[Rule, ...] = (
    that_clause, question_clause, as_clause, ruling, naming, judgement, bare_clause, verb_after, infinitive, plain_say,
    feeling, about, content_object, set_off,
)  # fmt: skip
"""Specific before general; the first that fits a verb decides."""


class Report(NamedTuple):
    """Speech that a reporting word hands on: tokens of the cue, head of the speaker's phrase, what is said."""

    rule: str
    at: int
    cue: tuple[int, ...]
    speaking: Token | None
    pieces: tuple[Piece, ...]


def find_verb_reports(doc: Doc, first: int, last: int, reporting: Reporting) -> list[Report]:
    """Speech that the verbs of a sentence hand on, in the order of the verbs."""
    found: list[Report] = []
    for token in doc[first:last]:
        is_verb = token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in ("aux", "aux:pass", "cop"))
        if not is_verb and not (token.pos_ == "ADJ" and find_kinds(token, reporting) & FEELING):
            continue
        if token.dep_ == "fixed" or is_noun_of_speech(token, reporting):
            continue
        cue = read_cue(token, first, last, reporting)
        if cue is None:
            continue
        for rule in VERB_RULES:
            pieces = rule(cue)
            if pieces:
                name = rule.__name__
                if name == "content_object" and name_lemma(token) in reporting.denials:
                    name = "denial"
                if is_passive(token) and name in ("that_clause", "bare_clause", "verb_after", "infinitive"):
                    name = "passive_clause"
                speaking = find_owner_of_ruling(token) if name == "ruling" else cue.speaking
                found.append(Report(name, token.i, cue.parts, speaking, tuple(pieces)))
                break
    return found
