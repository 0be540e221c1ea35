"""Salience: which actor a pronoun most likely means.

Reads a `Cast` and a `Pronoun`; returns an `Anchor`. Candidates that do not agree in number and gender, or that stand
in the same clause as an argument of the same verb, are left out; the others are weighed by what they do in their
sentence (subject before object before the rest) and by distance. Where two are about equal, none is chosen.

References
----------
Lappin, S., & Leass, H. J. (1994). An algorithm for pronominal anaphora resolution. Computational Linguistics, 20(4),
535-561: subject 80, object 50, oblique 40, halved at each sentence; their 100 for recency is 50 here, since short news
paragraphs change subject less often.
Lee, H., Chang, A., Peirsman, Y., Chambers, N., Surdeanu, M., & Jurafsky, D. (2013). Deterministic coreference
resolution based on entity-centric, precision-ranked rules. Computational Linguistics, 39(4), 885-916.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from analysis.coding.coreference.pronouns import (
    DEMONSTRATIVE,
    FEMININE,
    FEMININE_OR_PLURAL,
    MASCULINE,
    MASCULINE_OR_NEUTER,
    NEAREST,
    NEUTER,
    PLURAL,
    POSSESSIVE,
    Pronoun,
)
from analysis.coding.coreference.referents import (
    COUNTRY,
    GROUP,
    MODIFIER,
    OBJECT,
    OBLIQUE,
    ORGANISATION,
    PERSON,
    POSSESSOR,
    SUBJECT,
    THING,
    Anchor,
    Cast,
    role_of,
)
from analysis.coding.syntax import trees

_ROLES = {SUBJECT: 80.0, OBJECT: 50.0, OBLIQUE: 40.0, POSSESSOR: 40.0, MODIFIER: 25.0}
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
"""An organisation that a plural pronoun stands for (``de politie ... ze zoeken``), one that is called ``ze`` in the
singular (``de bank ... ze schrapt``), and a crowd that a plural pronoun stands for (``de menigte ... ze``)."""
_MARGIN = 1.08
"""How much better the best candidate must be than the next."""


def choose(  # noqa: PLR0912  one step after the other
    cast: Cast, pronoun: Pronoun, sentence: int, paragraph: int, quote: int, speakers: Iterable[str]
) -> Anchor | None:
    """The candidate that a pronoun means.

    Parameters
    ----------
    cast : Cast
        What stands before the pronoun.
    pronoun : Pronoun
        What is resolved.
    sentence, paragraph, quote : int
        Where it stands.
    speakers : iterable of str
        Actors that a pronoun of the third person in this quotation cannot mean, since they speak it.

    Returns
    -------
    Anchor or None
        The last anchor of the chosen actor; one without an actor where something else is meant; None where nothing
        fits or two are about as likely.
    """
    token = pronoun.token
    blocked = _arguments(token) if pronoun.pattern != POSSESSIVE else _within(token)
    mute = frozenset(speakers)
    totals: dict[str, float] = {}
    latest: dict[str, Anchor] = {}
    per_sentence: dict[tuple[str, int], float] = {}
    barred: set[str] = set()
    reach = _FAR if pronoun.agreement in (MASCULINE, FEMININE) and pronoun.pattern != POSSESSIVE else _REACH
    for anchor in cast.anchors:
        distance = sentence - anchor.sentence
        if distance > reach or anchor.start >= token.idx:
            continue
        key = anchor.actor_id or f"\0{anchor.head.i}"
        if anchor.head.i in blocked:
            barred.add(key)
        weight = _agreement(cast, pronoun, anchor)
        if pronoun.pattern == DEMONSTRATIVE and anchor.quote != quote:
            continue
        if weight <= 0 or anchor.actor_id in mute:
            continue
        score = _ROLES[anchor.role] + (_RECENCY if distance == 0 else 0.0)
        score *= _DECAY**distance * weight
        if anchor.paragraph != paragraph:
            score *= _OTHER_PARAGRAPH
        if anchor.quote not in (quote, -1):
            score *= _OTHER_QUOTE
        per_sentence[key, anchor.sentence] = max(per_sentence.get((key, anchor.sentence), 0.0), score)
        latest[key] = anchor
    for (key, _), score in per_sentence.items():
        totals[key] = totals.get(key, 0.0) + score
    governors = _governors(token)
    owners = {one.i for one in trees.subjects(trees.clause_of(token))} if pronoun.pattern == POSSESSIVE else set()
    role = role_of(token)
    for key, anchor in latest.items():
        is_governor = any(a.head.i in governors for a in cast.anchors if a.actor_id and a.actor_id == anchor.actor_id)
        totals[key] *= _PARALLEL if anchor.role == role and pronoun.pattern != POSSESSIVE else 1.0
        totals[key] *= _GOVERNOR if is_governor else 1.0
        totals[key] *= _OWNER if anchor.head.i in owners else 1.0
        totals[key] *= 1.0 + 1.0 / (1 + max(9, token.i - anchor.head.i))
    for key in barred:
        totals.pop(key, None)
    if pronoun.pattern == DEMONSTRATIVE:
        return _nearest(latest, totals)
    ranked = sorted(totals, key=lambda key: (-totals[key], -latest[key].start))
    if not ranked:
        return None
    if len(ranked) > 1 and totals[ranked[0]] < _MARGIN * totals[ranked[1]]:
        return None
    return latest[ranked[0]]


def _nearest(latest: dict[str, Anchor], totals: dict[str, float]) -> Anchor | None:
    """What ``die`` and ``deze`` mean: the last that was named, who is not the subject."""
    found = sorted((latest[key] for key in totals), key=lambda anchor: -anchor.start)
    if not found:
        return None
    best = found[0]
    return best if best.role != SUBJECT or len(found) == 1 else None


def _agreement(cast: Cast, pronoun: Pronoun, anchor: Anchor) -> float:
    """How well an anchor agrees with a pronoun, from 0 (not at all) to 1."""
    agreement = pronoun.agreement
    many = anchor.is_plural is True or (anchor.kind == GROUP and anchor.is_plural is not False)
    if agreement == NEAREST:
        return _agree_nearest(anchor, many, bool(pronoun.is_plural))
    if agreement == PLURAL:
        return _agree_plural(anchor, many)
    if many:
        return 1.0 if agreement == FEMININE_OR_PLURAL and anchor.kind != THING else 0.0
    if agreement == NEUTER:
        is_thing = anchor.kind == THING and anchor.is_neuter is not False
        return _THING if is_thing else float(anchor.kind in (ORGANISATION, COUNTRY))
    if anchor.kind == PERSON:
        wanted = "m" if agreement in (MASCULINE, MASCULINE_OR_NEUTER) else "f"
        gender = cast.gender(anchor)
        return _UNKNOWN_GENDER if gender is None else float(gender == wanted)
    return _agree_singular(cast, pronoun, anchor)


def _agree_nearest(anchor: Anchor, many: bool, is_plural: bool) -> float:
    if anchor.kind == THING:
        return 0.0 if anchor.is_neuter or is_plural != many else 1.0
    return float(many) if is_plural else float(anchor.kind == PERSON and not many)


def _agree_plural(anchor: Anchor, many: bool) -> float:
    if many:
        return 1.0 if anchor.kind != THING else _THING
    if anchor.kind == GROUP:
        return _CROWD
    return _COLLECTIVE if anchor.kind in (ORGANISATION, COUNTRY) else 0.0


def _agree_singular(cast: Cast, pronoun: Pronoun, anchor: Anchor) -> float:
    """Of what is no person: owners (``de club en haar trainer``, ``het land en zijn grens``), and in Dutch a thing."""
    is_owner = pronoun.pattern == POSSESSIVE and anchor.kind != THING
    if pronoun.agreement == MASCULINE_OR_NEUTER:
        return 0.0 if not is_owner else 0.9 if anchor.kind != GROUP or anchor.is_neuter else 0.5
    if pronoun.agreement == MASCULINE:
        is_thing = anchor.kind == THING and cast.language == "nl" and anchor.is_neuter is False
        return _THING * 0.5 if is_thing else 0.0
    if cast.language != "nl" or anchor.is_neuter or anchor.kind == THING:
        return 0.0
    return 0.6 if is_owner else _SHE_BODY * (anchor.kind in (ORGANISATION, GROUP))


def _arguments(token: Token) -> set[int]:
    """Heads that a personal pronoun cannot mean: other arguments of its verb, and what it modifies."""
    clause = trees.clause_of(token)
    if clause.i == token.i:
        return set()
    is_subject = token.dep_ in trees.SUBJECTS | trees.PASSIVE_SUBJECTS
    found = (
        set()  # a second subject is an error of the tree, not another argument
        if is_subject
        else {member.i for one in trees.subjects(clause) for member in trees.expand(one) if one.i != token.i}
    )
    for child in clause.children:
        if child.dep_ in trees.OBJECTS | trees.OBLIQUES and child.i != token.i:
            found |= {member.i for member in trees.expand(child)}
            if any(token.i == inner.i for inner in child.subtree):
                found -= {member.i for member in trees.expand(child) if member.i != child.i}
    return {i for i in found if i != token.i}


def _within(token: Token) -> set[int]:
    """Heads that a possessive cannot mean: the noun it stands before, with what hangs on it."""
    noun = token.head
    return {member.i for member in noun.subtree if member.i > token.i} | {noun.i}


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


def choose_later(cast: Cast, pronoun: Pronoun, anchors: Iterable[Anchor]) -> Anchor | None:
    """Who stands after the pronoun that means him: ``nadat hij viel, stond Jansen op``, ``zijn moeder belde Jansen``.

    Parameters
    ----------
    cast : Cast
        Genders.
    pronoun : Pronoun
        What is resolved.
    anchors : iterable of Anchor
        What stands later in the sentence.

    Returns
    -------
    Anchor or None
    """
    token = pronoun.token
    clause = trees.clause_of(token)
    if clause.dep_ == "advcl" and clause.head.i > clause.i:
        verbs = [clause.head, *trees.children(clause.head, ("xcomp", "ccomp"))]
        wanted = {member.i for verb in verbs for member in trees.own_subjects(verb)}
    elif pronoun.pattern == POSSESSIVE and token.i - token.sent.start <= 1:
        wanted = {member.i for member in (*trees.own_subjects(clause), *trees.objects(clause))} - _within(token)
    else:
        return None
    fits = [a for a in anchors if a.head.i in wanted and a.kind != THING and _agreement(cast, pronoun, a) > 0]
    return fits[0] if len(fits) == 1 else None
