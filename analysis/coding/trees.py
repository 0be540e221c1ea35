"""Trees: what a word of a parsed sentence governs, and who shares its subject.

Reads spaCy Docs with Universal Dependencies (the shipped model's, or those of another pipeline that uses them); returns
tokens. Nothing here knows of actors: a participant is the token that heads its phrase. A Doc without a tree has no
participants; `has_tree` tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

SUBJECTS = frozenset(["nsubj", "csubj", "nsubj:outer"])
PASSIVE_SUBJECTS = frozenset(["nsubj:pass", "csubj:pass", "nsubjpass"])
OBJECTS = frozenset(["obj", "dobj"])
AGENTS = frozenset(["obl:agent", "agent"])
OBLIQUES = frozenset(["obl", "obl:arg", "nmod", "iobj", "obl:agent"])
CLAUSES = frozenset(
    ["ROOT", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "relcl", "conj", "parataxis", "csubj", "csubj:pass"]
)
RELATIVE_CLAUSES = frozenset(["acl:relcl", "relcl"])
RELATIVES = {
    "nl": frozenset("die dat wie wat welke hetgeen".split()),  # noqa: SIM905
    "en": frozenset("who which that whom".split()),  # noqa: SIM905
}
OBJECT_CONTROL = frozenset(
    (
        "dwingen vragen verzoeken oproepen bevelen opdragen gelasten verbieden toestaan helpen leren aanmoedigen "
        "aanzetten overhalen overreden uitnodigen verplichten machtigen waarschuwen adviseren aanraden laten doen zien "
        "horen force ask urge order tell command forbid allow help teach encourage persuade invite oblige authorise "
        "authorize warn advise let make see hear want get"
    ).split()
)
"""Verbs whose object, where there is one, does what the infinitive says: `hij dwingt de minister op te stappen`."""
_CLIMB = 6
"""Most clauses that a subject is looked for upwards: deeper chains are errors of the tree."""


class Oblique(NamedTuple):
    """A phrase with an adposition: the word before it, and the token that heads it."""

    preposition: str
    token: Token


def has_tree(doc: Doc) -> bool:
    """Whether a Doc has been parsed."""
    return bool(doc.has_annotation("DEP"))


def children(token: Token, relations: Iterable[str]) -> list[Token]:
    """Dependents of a token by any of these relations, in text order."""
    wanted = frozenset(relations)
    return [child for child in token.children if child.dep_ in wanted]


def expand(token: Token) -> list[Token]:
    """A token and what is coordinated with it (`Jansen, De Wit en Bos`), in text order."""
    found = [token]
    for member in found:
        found += [child for child in member.children if child.dep_ == "conj" and child.pos_ not in ("VERB", "AUX")]
    return sorted(found, key=lambda one: one.i)


def preposition(token: Token) -> str:
    """The adposition of a phrase in lower case, several words joined by a space; empty where it has none."""
    cases = [child for child in token.children if child.dep_ == "case" and child.i < token.i]
    words: list[str] = []
    for case in cases:
        words += [case.lower_, *(part.lower_ for part in case.children if part.dep_ == "fixed")]
    return " ".join(words)


def obliques(token: Token) -> list[Oblique]:
    """Phrases with an adposition that hang on a token."""
    found = [child for child in token.children if child.dep_ in OBLIQUES]
    return [Oblique(word, child) for child in found if (word := preposition(child))]


def is_passive(verb: Token) -> bool:
    """Whether a verb has a passive auxiliary or a passive subject."""
    return any(child.dep_ in ("aux:pass", "auxpass") or child.dep_ in PASSIVE_SUBJECTS for child in verb.children)


def is_clause(token: Token) -> bool:
    """Whether a token heads a clause: a verb, or a predicate with a copula, that depends as a clause does."""
    return token.pos_ in ("VERB", "AUX") or any(child.dep_ == "cop" for child in token.children)


def clause_of(token: Token) -> Token:
    """The nearest head of a clause at or above a token."""
    for _ in range(len(token.doc)):
        if is_clause(token) and token.dep_ not in ("aux", "aux:pass", "cop", "amod"):
            return token
        if token.head.i == token.i:
            return token
        token = token.head
    return token


def own_subjects(verb: Token) -> list[Token]:
    """Subjects that stand with the verb itself, active or passive, with relative pronouns resolved.

    Of two subjects that the tree gives one verb, the first is meant; the second is among the `objects`.
    """
    found = children(verb, SUBJECTS | PASSIVE_SUBJECTS)[:1]
    return [resolve_relative(member, verb) for child in found for member in expand(child)]


def subjects(verb: Token) -> list[Token]:  # noqa: PLR0911  one return for each way of sharing
    """Grammatical subjects of a verb, its own or those it shares with the verb that governs it.

    Parameters
    ----------
    verb : Token
        The head of a clause.

    Returns
    -------
    list of Token
        The subject of a first conjunct (`hij kwam en zag`), of the verb above an infinitive (`hij weigert te gaan`),
        or its object where that controls (`hij dwingt haar te gaan`); the noun of a participle or an infinitive.
        Empty where the clause has none.
    """
    for _ in range(_CLIMB):
        if found := own_subjects(verb):
            return found
        head = verb.head
        if head.i == verb.i:
            return []
        if verb.dep_ == "conj" and is_clause(head):
            verb = head
        elif verb.dep_ in ("xcomp", "ccomp", "advcl") and is_infinitive(verb) and is_clause(head):
            objects = children(head, OBJECTS | {"iobj"})
            if head.lemma_ in OBJECT_CONTROL and objects and verb.dep_ != "advcl":
                return [member for one in objects for member in expand(one)]
            if is_passive(head) and head.lemma_ not in OBJECT_CONTROL and not own_subjects(head):
                return []
            verb = head
        elif verb.dep_ in ("acl", "amod", *RELATIVE_CLAUSES) and not has_finite(verb):
            return [head]
        else:
            return []
    return []


def is_infinitive(verb: Token) -> bool:
    """Whether a verb is no finite form and no finite auxiliary stands with it."""
    return not has_finite(verb)


def has_finite(verb: Token) -> bool:
    """Whether a verb, or one of its auxiliaries, is finite."""
    forms = [verb, *(child for child in verb.children if child.dep_ in ("aux", "aux:pass", "cop", "auxpass"))]
    return any("Fin" in form.morph.get("VerbForm", []) for form in forms)


def resolve_relative(token: Token, verb: Token) -> Token:
    """The noun that a relative pronoun of this verb's clause stands for; any other token is itself."""
    words = RELATIVES.get(token.doc.lang_, RELATIVES["nl"])
    if token.pos_ != "PRON" and token.lower_ not in words:
        return token
    if token.lower_ not in words:
        return token
    for _ in range(_CLIMB):
        if verb.dep_ in RELATIVE_CLAUSES:
            return verb.head
        if verb.dep_ not in ("conj", "xcomp", "ccomp") or verb.head.i == verb.i:
            return token
        verb = verb.head
    return token


def objects(verb: Token) -> list[Token]:
    """Direct objects of a verb, with relative pronouns resolved."""
    found = children(verb, OBJECTS)
    if not found and not is_passive(verb):
        found = children(verb, SUBJECTS)[1:2]
    return [resolve_relative(member, verb) for child in found for member in expand(child)]


def agents_of_passive(verb: Token) -> list[Token]:
    """Who a passive names with `door` or `by`."""
    return [member for child in children(verb, AGENTS) for member in expand(child)]


def particle(verb: Token) -> Token | None:
    """The separated particle of a verb (`viel ... aan`), the last where there are several."""
    found = [child for child in children(verb, ("compound:prt", "prt")) if child.lower_ not in ("te", "door")]
    return found[-1] if found else None


def subtree(token: Token, *, without: Iterable[str] = ()) -> Iterator[Token]:
    """Tokens of a phrase in text order, without what hangs on its head by some relations."""
    left_out = {member.i for child in token.children if child.dep_ in frozenset(without) for member in child.subtree}
    return (member for member in token.subtree if member.i not in left_out)
