"""Nominals: nouns that name a deed, with who does it and who undergoes it.

Reads spaCy Docs with a tree; returns `Predicate` rows of tokens with the voice ``nominal``. What `van` names differs by
noun (`de kritiek van`, `de arrestatie van`): the event lists tell, and whoever calls hands that on.
"""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Token

from analysis.coding.syntax.participles import is_in_participle
from analysis.coding.syntax.predicates import NOMINAL, Predicate
from analysis.coding.syntax.trees import BY, OBLIQUES, Oblique, children, expand, obliques, preposition
from analysis.coding.syntax.voices import is_charge
from analysis.contracts.words import load_both, load_by_language

OF = load_by_language("function_words", "of_prepositions")
DIRECTED = load_by_language("function_words", "directed_prepositions")
"""Adpositions after a noun of a deed that name who undergoes it (`de aanval op`, `de steun aan`)."""
BETWEEN = load_both("function_words", "between_prepositions")
_TIMES = load_both("clauses", "time_words")
_UNDERGOING = load_both("clauses", "undergone_nouns")
_UNDERGOING_ENDINGS = tuple(sorted(load_both("clauses", "undergone_noun_endings")))
"""Nouns whose `van` names who undergoes (`de arrestatie van de man`); of others, who acts (`de kritiek van`)."""


def read_noun(
    noun: Token,
    language: str,
    *,
    undergone_by_of: bool | None = None,
    marks: frozenset[str] | None = None,
) -> Predicate:
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
    marks : frozenset of str, optional
        Adpositions that name who undergoes; by default `DIRECTED`.

    Returns
    -------
    Predicate
        The agent stands after `door` (`by`), after `van` (`of`), as possessive or as adjective (`Amerikaanse
        luchtaanvallen`: the token of the adjective); the patient after `op`, `tegen`, `aan` and their like. Of `tussen
        X en Y` both are agents.
    """
    directed = DIRECTED[language] if marks is None else marks
    found = _phrases(noun, directed | BY | OF[language] | BETWEEN)
    agents = [m for one in found if one.preposition in BY for m in expand(one.token)]
    patients = [m for one in found if one.preposition in directed for m in expand(one.token)]
    between = [m for one in found if one.preposition in BETWEEN for m in _both(one.token, noun)]
    whose = [m for child in children(noun, ("nmod:poss",)) for m in expand(child)] or _genitive(noun)
    of = [m for one in found if one.preposition in OF[language] for m in expand(one.token)]
    if undergone_by_of is None:
        lemma = noun.lemma_.lower()
        undergone_by_of = lemma in _UNDERGOING or lemma.endswith(_UNDERGOING_ENDINGS) or bool(agents)
    if of and OF[language] <= directed:
        patients = [one for one in patients if one not in of] or of
    elif of and (agents or undergone_by_of) and not patients:
        patients = of
    else:
        agents = agents or of
    if whose and undergone_by_of and not patients:
        patients = whose  # `zijn arrestatie`
    else:
        agents = agents or whose
    agents = between or agents or [child for child in children(noun, ("amod",)) if child.text[:1].isupper()]
    agents = [one for one in agents if one.i not in {patient.i for patient in patients}]
    taken = {one.i for one in (*agents, *patients)}
    others = tuple(one for one in found if one.token.i not in taken)
    return Predicate(noun, noun.lemma_.lower(), NOMINAL, tuple(agents), tuple(patients), others, (noun.i,))


def _phrases(noun: Token, wanted: Container[str]) -> list[Oblique]:
    """Phrases on the noun, and those right after them that the tree hangs higher (`de arrestatie van X door Y`)."""
    found = [one for one in obliques(noun) if not is_in_participle(one.token, BY)]
    if is_charge(noun):
        return [one for one in found if one.preposition not in BY]
    end = max([noun.i, *(token.i for one in found if one.token.i > noun.i for token in one.token.subtree)]) + 1
    end = _after_time(noun, end)
    while end < noun.sent.end and noun.doc[end].dep_ == "case":
        head = noun.doc[end].head
        word = preposition(head)
        is_higher = head.dep_ in OBLIQUES and head.head.i != noun.i and head.i > end
        if not is_higher or word not in wanted or (word not in BY and head.dep_ == "obl:agent"):
            break
        if word in BY and _is_passive_after(head):
            break
        found.append(Oblique(word, head))
        end = head.right_edge.i + 1
    return found


def _after_time(noun: Token, end: int) -> int:
    """The position after a phrase of time between a noun and its own phrases (`de aanvallen dit weekeinde van X`)."""
    for index in range(end, min(end + 3, noun.sent.end)):
        token = noun.doc[index]
        if token.lemma_.lower() in _TIMES or token.lower_ in _TIMES:
            return index + 1
        if token.pos_ not in ("DET", "ADJ", "PRON"):
            break
    return end


def _is_passive_after(head: Token) -> bool:
    """Whether the verb that a phrase with `door` hangs on is a passive that would be without a doer."""
    before = any(child.dep_ == "aux:pass" and child.i < head.i for child in head.head.children)
    return before and head.dep_ == "obl:agent"


def _both(token: Token, noun: Token) -> list[Token]:
    """Those between whom something is, a second one that the tree hangs on the noun included."""
    second = [
        c for c in noun.children if c.dep_ == "conj" and c.i > token.i and any(k.dep_ == "cc" for k in c.children)
    ]
    members = expand(token)
    return members if len(members) > 1 else members + second[:1]


def _genitive(noun: Token) -> list[Token]:
    """A name in the genitive before the noun (`Van Aalsts verwijt`)."""
    found = [c for c in children(noun, ("nmod", "det", "amod")) if c.i < noun.i and c.pos_ == "PROPN"]
    return [one for one in found if one.lower_.endswith(("s", "'", "’")) and not preposition(one)]
