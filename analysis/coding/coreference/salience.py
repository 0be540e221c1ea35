"""Salience: which actor a pronoun most likely means.

Reads `Referents` and a `Pronoun`; returns an `Anchor`. Candidates that do not agree in number and gender, or that are
arguments of the same verb, are left out; the others are weighed by what they do in their sentence (subject before
object before the rest) and by distance. Where two are about equal, none is chosen.

Notes
-----
Demonstratives (``deze``), antecedents that follow the pronoun, and leaving out who speaks the quotation were tried:
they moved nothing beyond noise on MEANTIME, on ``data/annotations/speakers`` and on the marks of ``running_news``.

References
----------
Lappin, S., & Leass, H. J. (1994). An algorithm for pronominal anaphora resolution. Computational Linguistics, 20(4),
535-561: subject 80, object 50, oblique 40, halved at each sentence; their 100 for recency is 50 here, since short news
paragraphs change subject less often.
Lee, H., Chang, A., Peirsman, Y., Chambers, N., Surdeanu, M., & Jurafsky, D. (2013). Deterministic coreference
resolution based on entity-centric, precision-ranked rules. Computational Linguistics, 39(4), 885-916.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Token

from analysis.coding.coreference.pronouns import Agreement, Pattern, Pronoun
from analysis.coding.coreference.referents import Anchor, Kind, Place, Referents, Role, role_of
from analysis.coding.syntax import trees

_ROLES = {Role.SUBJECT: 80.0, Role.OBJECT: 50.0, Role.OBLIQUE: 40.0, Role.POSSESSOR: 40.0, Role.MODIFIER: 25.0}
_RECENCY = 50.0
_DECAY = 0.5
_REACH = 2
_FAR = 4
"""Sentences back that a pronoun looks; ``hij`` and ``zij``, which mean persons, look further."""
_PARALLEL = 1.2
_GOVERNOR = 1.4
"""The subject of the verb that governs the pronoun's clause: ``de minister zei dat hij``."""
_OWNER = 1.3
"""The subject of the clause in which a possessive stands: ``Jansen zag zijn kans``."""
_OTHER_PARAGRAPH = 0.8
_OTHER_QUOTE = 0.4
_UNKNOWN_GENDER = 0.85
_THING = 0.6
_COLLECTIVE = 0.4
_SHE_BODY = 0.3
_CROWD = 0.8
"""An organisation that a plural pronoun means (``de politie ... ze zoeken``), one that is called ``ze`` in the
singular (``de bank ... ze schrapt``), and a crowd that a plural pronoun means (``de menigte ... ze``)."""
_MARGIN = 1.08
"""How much better the best candidate must be than the next."""


def choose(referents: Referents, pronoun: Pronoun, place: Place) -> Anchor | None:
    """Choose the candidate that a pronoun means.

    Parameters
    ----------
    referents : Referents
        What stands before the pronoun.
    pronoun : Pronoun
        What is resolved.
    place : Place
        Where it stands.

    Returns
    -------
    Anchor or None
        The last anchor of the chosen actor; one without an actor where something else is meant; None where nothing
        fits or two are about as likely.
    """
    is_possessive = pronoun.pattern == Pattern.POSSESSIVE
    is_far = pronoun.agreement in (Agreement.MASCULINE, Agreement.FEMININE) and not is_possessive
    near = referents.find_near(place, _FAR if is_far else _REACH)
    blocked = _within(pronoun.token) if is_possessive else _arguments(pronoun.token)
    barred = {anchor.key for anchor in near if anchor.head.i in blocked}
    fits = [(a, weight) for a in near if a.key not in barred and (weight := _agreement(referents, pronoun, a)) > 0]
    return pick_salient(fits, place, _MARGIN, lambda anchor: _liken(referents, pronoun, anchor))


def pick_salient(
    fits: Iterable[tuple[Anchor, float]],
    place: Place,
    margin: float,
    liken: Callable[[Anchor], float] = lambda _: 1.0,
) -> Anchor | None:
    """Pick the candidate that stands out most.

    Parameters
    ----------
    fits : iterable of Anchor and float
        What may be meant, in text order, and how well it agrees.
    place : Place
        From where it is referred to.
    margin : float
        How much better the best candidate must be than the next.
    liken : callable
        Factor for the last anchor of a candidate.

    Returns
    -------
    Anchor or None
        The last anchor of the candidate; None where there is none, or two are about as likely.
    """
    scores: dict[str, dict[int, float]] = {}
    latest: dict[str, Anchor] = {}
    for anchor, weight in fits:
        distance = place.sentence - anchor.place.sentence
        score = weight * (_ROLES[anchor.role] + (_RECENCY if distance == 0 else 0.0)) * _DECAY**distance
        score *= 1.0 if anchor.place.paragraph == place.paragraph else _OTHER_PARAGRAPH
        score *= 1.0 if anchor.place.quote in (place.quote, -1) else _OTHER_QUOTE
        # Of several mentions in one sentence the most salient counts.
        by_sentence = scores.setdefault(anchor.key, {})
        by_sentence[distance] = max(by_sentence.get(distance, 0.0), score)
        latest[anchor.key] = anchor
    totals = {key: sum(by_sentence.values()) * liken(latest[key]) for key, by_sentence in scores.items()}
    ranked = sorted(totals, key=lambda key: (-totals[key], -latest[key].start))
    if not ranked or (len(ranked) > 1 and totals[ranked[0]] < margin * totals[ranked[1]]):
        return None
    return latest[ranked[0]]


def _liken(referents: Referents, pronoun: Pronoun, anchor: Anchor) -> float:
    """How well the last anchor of a candidate fits in by syntax and distance, as a factor."""
    token, is_possessive = pronoun.token, pronoun.pattern == Pattern.POSSESSIVE
    governors = _governors(token)
    factor = 1.0 + 1.0 / (1 + max(9, token.i - anchor.head.i))
    if anchor.actor_id and any(a.head.i in governors for a in referents.anchors if a.actor_id == anchor.actor_id):
        factor *= _GOVERNOR
    if not is_possessive and anchor.role == role_of(token):
        factor *= _PARALLEL
    if is_possessive and anchor.head in trees.subjects(trees.clause_of(token)):
        factor *= _OWNER
    return factor


def _agreement(referents: Referents, pronoun: Pronoun, anchor: Anchor) -> float:
    """How well an anchor agrees with a pronoun, from 0 (not at all) to 1."""
    agreement, kind = pronoun.agreement, anchor.kind
    many = anchor.is_plural is True or (kind == Kind.GROUP and anchor.is_plural is not False)
    if agreement == Agreement.PLURAL:
        if many:
            return 1.0 if kind != Kind.THING else _THING
        return {Kind.GROUP: _CROWD, Kind.ORGANISATION: _COLLECTIVE, Kind.COUNTRY: _COLLECTIVE}.get(kind, 0.0)
    if many:
        return float(agreement == Agreement.FEMININE_OR_PLURAL and kind != Kind.THING)
    if agreement == Agreement.NEUTER:
        is_neuter_thing = kind == Kind.THING and anchor.is_neuter is not False
        return _THING if is_neuter_thing else float(kind in (Kind.ORGANISATION, Kind.COUNTRY))
    if kind == Kind.PERSON:
        gender = referents.gender(anchor)
        wanted = "m" if agreement in (Agreement.MASCULINE, Agreement.MASCULINE_OR_NEUTER) else "f"
        return _UNKNOWN_GENDER if gender is None else float(gender == wanted)
    return _agree_body(referents, pronoun, anchor)


def _agree_body(referents: Referents, pronoun: Pronoun, anchor: Anchor) -> float:
    """Of no person: owners (``de club en haar trainer``, ``het land en zijn grens``), and nouns with a gender."""
    is_owner = pronoun.pattern == Pattern.POSSESSIVE and anchor.kind != Kind.THING
    if pronoun.agreement == Agreement.MASCULINE_OR_NEUTER:
        return 0.0 if not is_owner else 0.9 if anchor.kind != Kind.GROUP or anchor.is_neuter else 0.5
    if not referents.language.has("gendered_articles") or anchor.is_neuter:
        return 0.0
    if pronoun.agreement == Agreement.MASCULINE:
        return _THING * 0.5 if anchor.kind == Kind.THING and anchor.is_neuter is False else 0.0
    if is_owner:
        return 0.6
    return _SHE_BODY if anchor.kind in (Kind.ORGANISATION, Kind.GROUP) else 0.0


def _arguments(token: Token) -> set[int]:
    """Heads that a personal pronoun cannot mean: other arguments of its verb, and what it modifies."""
    clause = trees.clause_of(token)
    if clause.i == token.i:
        return set()
    found: set[int] = set()
    if token.dep_ not in trees.SUBJECTS | trees.PASSIVE_SUBJECTS:  # a second subject is an error of the tree
        found |= {member.i for one in trees.subjects(clause) for member in trees.expand(one)}
    for child in trees.children(clause, trees.OBJECTS | trees.OBLIQUES):
        if child.i == token.i:
            continue
        if token in child.subtree:  # its own phrase: of that the head alone
            found -= {member.i for member in trees.expand(child)}
            found.add(child.i)
        else:
            found |= {member.i for member in trees.expand(child)}
    return found - {token.i}


def _within(token: Token) -> set[int]:
    """Heads that a possessive cannot mean: the noun it stands before, with what hangs on it."""
    return {member.i for member in token.head.subtree if member.i > token.i} | {token.head.i}


def _governors(token: Token) -> set[int]:
    """Heads of the subjects of the verbs that govern a pronoun's clause as their complement."""
    found: set[int] = set()
    clause = trees.clause_of(token)
    for _ in range(3):
        if clause.head.i == clause.i or clause.dep_ not in ("ccomp", "xcomp", "parataxis", "advcl"):
            break
        above = trees.clause_of(clause.head)
        if clause.dep_ in ("ccomp", "parataxis"):
            found |= {member.i for member in trees.subjects(above)}
        if above.i == clause.i:
            break
        clause = above
    return found
