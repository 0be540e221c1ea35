"""Places where a function is carried out, as tokens, and what is around them: clauses below, doers, phrases.

Reads tokens of a spaCy Doc with a tree; returns `Sign` rows and tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from analysis.coding.claims.words import FunctionWord
from analysis.coding.syntax.trees import children, expand, obliques, own_subjects
from analysis.contracts.words import load_both

CLAUSES = ("ccomp", "xcomp", "csubj", "advcl", "acl", "acl:relcl", "csubj:pass")
"""Relations of a clause that says what."""
_MARKS = load_both("claims", "clause_openers")
_MUST = load_both("claims", "modals_of_necessity")
EXPLETIVES = load_both("claims", "expletives")
"""Words that stand for a clause, or for nothing."""
FACTS = load_both("claims", "unwilled_verbs")
"""After `moeten` these tell what somebody undergoes or what will turn out, hardly ever what should be done."""


@dataclass(frozen=True)
class Sign:
    """A place where a function is carried out.

    Attributes
    ----------
    word : FunctionWord
        The word or phrase of the list.
    head : Token
        On which negation and hedges bear.
    tokens : tuple of int
        Positions of the words that show it.
    sources : tuple of Token
        Heads of the phrases of who says so; empty where the words name nobody.
    actors : tuple of Token
        Whose doing it is, who is to blame, who is judged, who must act; the likeliest first.
    event : tuple of Token
        The words that tell what, in text order; empty where nothing does.
    """

    word: FunctionWord
    head: Token
    tokens: tuple[int, ...]
    sources: tuple[Token, ...]
    actors: tuple[Token, ...]
    event: tuple[Token, ...]


def find_clause_below(token: Token) -> Token | None:
    """The clause that says what: with `dat`, or an infinitive with `te`."""
    for child in children(token, CLAUSES):
        marks = {part.lower_ for part in child.children if part.dep_ == "mark"}
        is_after = child.i > token.i or child.dep_ in ("ccomp", "csubj", "xcomp")
        if is_after and (marks & _MARKS or child.dep_ in ("ccomp", "csubj")) and child.pos_ in ("VERB", "ADJ", "NOUN"):
            return child
    return None


def doers_of(clause: Token | None) -> list[Token]:
    """Who does what a clause tells; nobody of a passive, and nobody who has to undergo it (`moeten wachten`)."""
    if clause is None or any(child.dep_ == "aux:pass" for child in clause.children):
        return []
    is_forced = any(c.lemma_ in _MUST for c in clause.children) and clause.lemma_.lower() in FACTS
    found = [] if is_forced else own_subjects(clause)
    return [one for one in found if one.lower_ not in EXPLETIVES]


def marked_by(token: Token, where: str) -> list[Token]:
    """Heads of phrases with an adposition on a word, or on a phrase of it to which the tree may have hung them."""
    own = [one.token for one in obliques(token) if one.preposition == where]
    if not own and token.pos_ == "VERB":
        # `zorgde met haar leningen voor de ondergang`
        own = [below.token for one in obliques(token) for below in obliques(one.token) if below.preposition == where]
    return [member for one in own for member in expand(one)]


def trim(words: Sequence[Token]) -> tuple[Token, ...]:
    """Words without punctuation at their ends, and without what opens a clause or phrase."""
    kept = [one for one in words if not one.is_space]
    while kept and (kept[0].is_punct or kept[0].dep_ in ("mark", "case", "cc")):
        kept = kept[1:]
    while kept and kept[-1].is_punct:
        kept = kept[:-1]
    return tuple(kept)
