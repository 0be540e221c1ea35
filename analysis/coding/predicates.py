"""Predicates: each verb of a parsed sentence with who does it and who undergoes it, in one shape for every voice.

Reads spaCy Docs with a tree; returns `Predicate` rows of tokens. Active and passive give the same agent and patient; a
passive without `door` or `by` has none and says so. Nouns of deeds are read by `read_noun`. Which tokens are actors is
decided by whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from analysis.coding.trees import (
    Oblique,
    agents_of_passive,
    children,
    expand,
    has_finite,
    is_passive,
    objects,
    obliques,
    own_subjects,
    particle,
    subjects,
)

ACTIVE, PASSIVE, AGENTLESS, NOMINAL = "active", "passive", "agentless_passive", "nominal"
_NO_PREDICATES = frozenset(["aux", "aux:pass", "auxpass", "cop", "case", "mark", "cc", "fixed", "compound:prt", "flat"])
_BY = {"nl": frozenset(["door"]), "en": frozenset(["by"])}
_OF = {"nl": frozenset(["van"]), "en": frozenset(["of"])}
_DIRECTED = {
    "nl": frozenset("op tegen aan met voor jegens naar in over tussen".split()),  # noqa: SIM905
    "en": frozenset("on against with for towards toward at to into upon".split()),  # noqa: SIM905
}
"""Adpositions after a noun of a deed that name who undergoes it (`de aanval op`, `de steun aan`)."""
_UNDERGOING = frozenset(
    [
        "arrestatie",
        "moord",
        "ontslag",
        "verkiezing",
        "benoeming",
        "dood",
        "arrest",
        "murder",
        "killing",
        "dismissal",
        "election",
        "appointment",
    ]
)
_UNDERGOING_ENDINGS = ("ing", "atie", "itie", "tion", "ment", "slag", "name", "vangst", "moord")
"""Nouns whose `van` names who undergoes (`de arrestatie van de man`); of others, who acts (`de kritiek van`)."""


@dataclass(frozen=True)
class Predicate:
    """A deed, statement or state and who takes part in it.

    Attributes
    ----------
    token : Token
        The verb or noun; of a light verb and a particle verb the verb.
    lemma : str
        Lower case, a separated particle in front (`aanvallen` for `viel ... aan`).
    voice : str
        ``active``, ``passive``, ``agentless_passive`` or ``nominal``.
    agents, patients : tuple of Token
        Heads of the phrases of who does it and who undergoes it, coordinated ones each by itself.
    obliques : tuple of Oblique
        Other phrases with an adposition.
    tokens : tuple of int
        Positions of the words that make it up, in text order.
    """

    token: Token
    lemma: str
    voice: str
    agents: tuple[Token, ...]
    patients: tuple[Token, ...]
    obliques: tuple[Oblique, ...]
    tokens: tuple[int, ...]


def find_predicates(doc: Doc, first: int, last: int, language: str) -> Iterator[Predicate]:
    """Verbs among the tokens `first` to `last` (exclusive), in text order, each with its participants."""
    for token in doc[first:last]:
        if token.pos_ == "VERB" and token.dep_ not in _NO_PREDICATES:
            yield read_verb(token, language)


def read_verb(verb: Token, language: str) -> Predicate:
    """A verb and who takes part in it.

    Parameters
    ----------
    verb : Token
        A verb of a Doc with a tree, no auxiliary.
    language : str
        ``nl`` or ``en``.

    Returns
    -------
    Predicate
        Of a participle before or after a noun (`de door de politie opgepakte man`) the noun is the patient, of a
        present participle the agent. Of an infinitive with `te` after a form of `zijn` (`is te verwijten`) the subject
        is the patient, and the agent is left out.
    """
    part = particle(verb)
    tokens = tuple(sorted([verb.i, *([part.i] if part is not None else [])]))
    lemma = _lemma(verb, part)
    voice, agents, patients = _participants(verb, language)
    return Predicate(verb, lemma, voice, tuple(agents), tuple(patients), tuple(obliques(verb)), tokens)


def _participants(verb: Token, language: str) -> tuple[str, list[Token], list[Token]]:
    named = agents_of_passive(verb)
    if _is_participle_of_noun(verb):
        if _is_present(verb):
            return ACTIVE, [verb.head], objects(verb)
        named = named or [one.token for one in obliques(verb) if one.preposition in _BY[language]]
        return (PASSIVE if named else AGENTLESS), named, [verb.head]
    if is_passive(verb) or _is_conjunct_of_passive(verb):
        patients = _passive_subjects(verb)
        return (PASSIVE if named else AGENTLESS), named, patients
    if _is_modal_passive(verb):
        return AGENTLESS, [], subjects(verb)
    return ACTIVE, [one for one in subjects(verb) if not _is_expletive(one)], objects(verb) or _recipients(verb)


def _recipients(verb: Token) -> list[Token]:
    """An indirect object, where a verb has no direct one."""
    return [member for child in children(verb, ("iobj",)) for member in expand(child)]


def _passive_subjects(verb: Token) -> list[Token]:
    found = subjects(verb) or objects(verb)  # `er werd een man opgepakt`
    return [one for one in found if not _is_expletive(one)]


def _is_expletive(token: Token) -> bool:
    return token.lower_ in ("er", "there")


def _is_participle_of_noun(verb: Token) -> bool:
    is_form = "Part" in verb.morph.get("VerbForm", []) or verb.dep_ == "amod"
    return verb.dep_ in ("amod", "acl") and is_form and not has_finite(verb) and not own_subjects(verb)


def _is_present(verb: Token) -> bool:
    return "Pres" in verb.morph.get("Tense", []) or verb.lower_.endswith(("end", "ende", "ing"))


def _is_conjunct_of_passive(verb: Token) -> bool:
    """`hij werd opgepakt en verhoord`: the second participle shares auxiliary and subject."""
    if verb.dep_ != "conj" or has_finite(verb) or own_subjects(verb):
        return False
    head = verb.head
    return (
        head.pos_ == "VERB"
        and (is_passive(head) or _is_conjunct_of_passive(head))
        and "Inf" not in verb.morph.get("VerbForm", [])
    )


def _is_modal_passive(verb: Token) -> bool:
    """`is te verwijten`, `valt te prijzen`: an infinitive whose subject undergoes."""
    has_te = any(child.lower_ == "te" for child in verb.children)
    return has_te and any(child.dep_ == "cop" for child in verb.children)


def _lemma(verb: Token, part: Token | None) -> str:
    lemma = (verb.lemma_ or verb.text).lower()
    if part is not None and not lemma.startswith(part.lower_) and verb.doc.lang_ == "nl":
        return part.lower_ + lemma
    return lemma


def read_noun(noun: Token, language: str, *, undergone_by_of: bool | None = None) -> Predicate:
    """A noun of a deed and who takes part in it (`de luchtaanvallen van de VS op de militie`).

    Parameters
    ----------
    noun : Token
        A noun that names a deed.
    language : str
        ``nl`` or ``en``.
    undergone_by_of : bool, optional
        Whether `van` (`of`) names who undergoes; by default the form of the noun tells (`de arrestatie van`), and
        whether another phrase names the agent.

    Returns
    -------
    Predicate
        The agent stands after `door` (`by`), after `van` (`of`), as possessive or as adjective (`Amerikaanse
        luchtaanvallen`: the token of the adjective); the patient after `op`, `tegen`, `aan` and their like.
    """
    found = obliques(noun)
    agents = [m for one in found if one.preposition in _BY[language] for m in expand(one.token)]
    patients = [m for one in found if one.preposition in _DIRECTED[language] for m in expand(one.token)]
    whose = [m for child in children(noun, ("nmod:poss",)) for m in expand(child)]
    of = [m for one in found if one.preposition in _OF[language] for m in expand(one.token)]
    if undergone_by_of is None:
        lemma = noun.lemma_.lower()
        undergone_by_of = not patients and (lemma in _UNDERGOING or lemma.endswith(_UNDERGOING_ENDINGS) or bool(agents))
    if undergone_by_of and of:
        patients = patients or of
    else:
        agents = agents or of
    if undergone_by_of and whose and not patients:
        patients = whose  # `zijn arrestatie`
    else:
        agents = agents or whose
    agents = agents or [child for child in children(noun, ("amod",)) if child.text[:1].isupper()]
    taken = {one.i for one in (*agents, *patients)}
    others = tuple(one for one in found if one.token.i not in taken)
    return Predicate(noun, noun.lemma_.lower(), NOMINAL, tuple(agents), tuple(patients), others, (noun.i,))
