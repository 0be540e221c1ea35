"""Pronouns that refer: which words of a parsed article are pronouns of the third person, and what they agree with.

Reads tokens with a tree; returns `Pronoun` records. Left out are relative pronouns (``de man die``), determiners
(``die man``), expletives (``het regent``, ``it is clear that``), reflexives, and nouns that look alike (``haar haar``).
``het`` and ``it`` are kept only as subject of a verb with an agent, since most of them mean a thing or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum, auto
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.coding.language.record import language_of
from analysis.coding.syntax import trees
from analysis.contracts.words import load_both

_NOT_DONE = load_both("verbs", "impersonal_verbs")
"""Verbs of which ``het`` or ``it`` is seldom an actor."""
_PLURAL_VERBS = load_both("verbs", "plural_forms")
_ANY_SUBJECT = trees.SUBJECTS | trees.PASSIVE_SUBJECTS


class Agreement(StrEnum):
    """What a pronoun agrees with; the values of ``personal`` and ``possessive`` in ``pronouns.yaml``."""

    MASCULINE = auto()
    MASCULINE_OR_NEUTER = auto()
    FEMININE = auto()
    FEMININE_OR_PLURAL = auto()
    PLURAL = auto()
    NEUTER = auto()


class Pattern(StrEnum):
    """What a pronoun does."""

    PERSONAL = auto()
    POSSESSIVE = auto()


class Pronoun(NamedTuple):
    """A pronoun: its token, what it agrees with, and its pattern."""

    token: Token
    agreement: Agreement
    pattern: Pattern


def find_pronouns(doc: Doc) -> Iterator[Pronoun]:
    """Find the pronouns of the third person that may refer to an actor, in text order.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        A parsed article.

    Yields
    ------
    Pronoun
    """
    language = language_of(doc)
    personal, possessive = language.pairs("pronouns", "personal"), language.pairs("pronouns", "possessive")
    for token in doc:
        lowered = token.lower_.replace("’", "'")
        if lowered in possessive and _is_possessive(token):
            yield Pronoun(token, Agreement(possessive[lowered]), Pattern.POSSESSIVE)
        elif lowered in personal and _is_personal(token):
            agreement = _agree(token, Agreement(personal[lowered]))
            if agreement != Agreement.NEUTER or _is_agent(token):
                yield Pronoun(token, agreement, Pattern.PERSONAL)


def _is_possessive(token: Token) -> bool:
    is_verb = token.pos_ in ("AUX", "VERB", "NOUN")
    return not is_verb and (token.dep_ == "nmod:poss" or "Yes" in token.morph.get("Poss", []))


def _is_personal(token: Token) -> bool:
    if token.pos_ not in ("PRON", "PROPN", "DET") or token.dep_ in ("det", "expl", "expl:pv", "nmod:poss"):
        return False
    return not token.morph.get("Reflex", []) and not trees.children(token, trees.RELATIVE_CLAUSES)


def _agree(token: Token, agreement: Agreement) -> Agreement:
    """What a pronoun agrees with, with ``ze`` and ``zij`` decided by the verb."""
    if agreement != Agreement.FEMININE_OR_PLURAL:
        return agreement
    if token.dep_ not in _ANY_SUBJECT | {"ROOT", "conj", "dep", "parataxis", "orphan"}:
        return Agreement.PLURAL
    plural = _is_verb_plural(token)
    if plural is None:
        return Agreement.FEMININE_OR_PLURAL
    return Agreement.PLURAL if plural else Agreement.FEMININE


def _is_verb_plural(token: Token) -> bool | None:
    """Number of the finite verb of which a token is the subject."""
    forms = [token.head, *trees.children(token.head, ("aux", "aux:pass", "cop"))]
    forms = [form for form in forms if form.morph.get("Number", [])]
    finite = [form for form in forms if "Fin" in form.morph.get("VerbForm", [])]
    finite = finite or [form for form in forms if form.dep_ != "cop"]
    if not finite:
        return None
    endings = tuple(language_of(token).words("verbs", "plural_endings"))
    if endings:  # surer than the number that the tree gives
        return finite[0].lower_.endswith(endings) or finite[0].lower_ in _PLURAL_VERBS
    return "Plur" in finite[0].morph.get("Number", [])


def _is_agent(token: Token) -> bool:
    """Whether ``het`` or ``it`` is the subject of a verb with an agent."""
    head = token.head
    if head.pos_ != "VERB" or head.lemma_ in _NOT_DONE or token.dep_ not in trees.SUBJECTS:
        return False
    return not trees.children(head, ("csubj", "csubj:pass", "expl", "cop"))
