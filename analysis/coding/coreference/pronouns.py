"""Pronouns that refer: which words of a parsed article are pronouns of the third person, and what they agree with.

Reads tokens with a tree; returns `Pronoun` records. Left out are relative pronouns (``de man die``), determiners
(``die man``), expletives (``het regent``, ``it is clear that``), reflexives, and nouns that look alike (``haar haar``).
``het`` and ``it`` are kept only as subject of a verb that somebody does, since most of them mean a thing or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.coding.syntax import trees
from analysis.contracts.words import list_languages, load_both, load_by_language, load_pairs

MASCULINE, MASCULINE_OR_NEUTER, FEMININE, FEMININE_OR_PLURAL, PLURAL, NEUTER, NEAREST = (
    "masculine", "masculine_or_neuter", "feminine", "feminine_or_plural", "plural", "neuter", "nearest",
)  # fmt: skip
PERSONAL, POSSESSIVE, DEMONSTRATIVE = "personal", "possessive", "demonstrative"
_PERSONAL = {language: load_pairs("pronouns", "personal", language) for language in list_languages()}
_POSSESSIVE = {language: load_pairs("pronouns", "possessive", language) for language in list_languages()}
"""What each pronoun agrees with, by language."""
_DEMONSTRATIVE = load_by_language("pronouns", "demonstrative")
_NOT_DONE = load_both("verbs", "impersonal_verbs")
"""Verbs of which ``het`` or ``it`` is seldom an actor."""
_TOLD = load_both("verbs", "told_verbs")
"""Verbs of which a passive ``het`` or ``it`` is what was said or done, and nobody."""


_PLURAL_VERBS = load_both("verbs", "plural_forms")


class Pronoun(NamedTuple):
    """A pronoun: its token, what it agrees with, its pattern, and whether it is plural where that is known."""

    token: Token
    agreement: str
    pattern: str
    is_plural: bool | None = None


def find_pronouns(doc: Doc, language: str) -> Iterator[Pronoun]:
    """Pronouns of the third person that may refer to an actor, in text order.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        A parsed article.
    language : str
        ``nl`` or ``en``.

    Yields
    ------
    Pronoun
    """
    personal, possessive = _PERSONAL[language], _POSSESSIVE[language]
    demonstrative = _DEMONSTRATIVE[language]
    for token in doc:
        lowered = token.lower_.replace("’", "'")
        if lowered in possessive and _is_possessive(token):
            yield Pronoun(token, possessive[lowered], POSSESSIVE, possessive[lowered] == PLURAL)
        elif lowered in personal and _is_personal(token):
            agreement, plural = _agree(token, personal[lowered])
            if agreement != NEUTER or _is_doer(token):
                yield Pronoun(token, agreement, PERSONAL, plural)
        elif lowered in demonstrative and _is_demonstrative(token):
            yield Pronoun(token, NEAREST, DEMONSTRATIVE, _is_verb_plural(token))


def _is_possessive(token: Token) -> bool:
    is_verb = token.pos_ in ("AUX", "VERB", "NOUN")
    return not is_verb and (token.dep_ in ("nmod:poss", "poss") or "Yes" in token.morph.get("Poss", []))


def _is_personal(token: Token) -> bool:
    if token.pos_ not in ("PRON", "PROPN", "DET") or token.dep_ in ("det", "expl", "expl:pv", "nmod:poss", "poss"):
        return False
    return not token.morph.get("Reflex", []) and not any(c.dep_ in trees.RELATIVE_CLAUSES for c in token.children)


def _is_demonstrative(token: Token) -> bool:
    is_argument = token.dep_ in trees.SUBJECTS | trees.PASSIVE_SUBJECTS | {"iobj"} or (
        token.lower_ == "deze" and token.dep_ in trees.OBJECTS
    )
    clause = trees.clause_of(token)
    is_relative = token.lower_ != "deze" and (
        "Rel" in token.morph.get("PronType", []) or clause.dep_ in trees.RELATIVE_CLAUSES
    )
    has_relative = any(child.dep_ in trees.RELATIVE_CLAUSES | {"acl", "nmod"} for child in token.children)
    return is_argument and not is_relative and not has_relative and not _follows_noun(token)


def _follows_noun(token: Token) -> bool:
    """Whether a noun and at most a comma stand right before: a relative pronoun that the tree did not see."""
    before = token.doc[token.i - 1] if token.i else None
    if before is not None and before.text == "," and token.i > 1:
        before = token.doc[token.i - 2]
    return before is not None and before.pos_ in ("NOUN", "PROPN")


def _agree(token: Token, agreement: str) -> tuple[str, bool | None]:
    """What a pronoun agrees with, with ``ze`` and ``zij`` decided by the verb."""
    if agreement != FEMININE_OR_PLURAL:
        return agreement, agreement == PLURAL
    if role_is_subject(token):
        plural = _is_verb_plural(token)
        if plural is None:
            return FEMININE_OR_PLURAL, None
        return (PLURAL, True) if plural else (FEMININE, False)
    return PLURAL, True


def role_is_subject(token: Token) -> bool:
    """Whether a token is the subject of a clause, or stands without one."""
    return token.dep_ in trees.SUBJECTS | trees.PASSIVE_SUBJECTS | {"ROOT", "conj", "dep", "parataxis", "orphan"}


def _is_verb_plural(token: Token) -> bool | None:
    """Number of the finite verb of which a token is the subject."""
    head = token.head
    forms = [head, *(child for child in head.children if child.dep_ in ("aux", "aux:pass", "cop"))]
    finite = [form for form in forms if "Fin" in form.morph.get("VerbForm", []) and form.morph.get("Number", [])]
    if not finite:
        finite = [form for form in forms if form.dep_ != "cop" and form.morph.get("Number", [])]
    if not finite:
        return None
    if token.doc.lang_ == "nl" or finite[0].lang_ == "nl":
        return finite[0].lower_.endswith("en") or finite[0].lower_ in _PLURAL_VERBS
    return "Plur" in finite[0].morph.get("Number", [])


def _is_doer(token: Token) -> bool:
    """Whether ``het`` or ``it`` is the subject of a verb that somebody does, or undergoes by what he says himself."""
    head = token.head
    if head.pos_ != "VERB" or head.lemma_ in _NOT_DONE or not (token.dep_ in trees.SUBJECTS or _is_said(token)):
        return False
    is_announced = any(child.dep_ in ("csubj", "csubj:pass", "expl") for child in head.children)
    return not is_announced and not any(child.dep_ == "cop" for child in head.children)


def _is_said(token: Token) -> bool:
    """Whether a passive subject stands in what somebody says or thinks: ``Velox zegt dat het wordt betaald``."""
    is_clause = token.head.dep_ == "ccomp" and bool(trees.subjects(token.head.head))
    return token.dep_ in trees.PASSIVE_SUBJECTS and is_clause and token.head.lemma_ not in _TOLD
