"""Descriptions that point back: ``de minister``, ``die man``, ``het bedrijf``, ``Esper, de minister van Defensie``.

Reads a `Cast` and the noun of a definite phrase; returns the anchor of the actor that is meant. The sieves are ordered
from sure to less sure, after Lee et al. (2013): a noun beside the name (apposition, title, predicate), a noun that the
article has called an actor by before, and nouns so general that any actor of the kind may be meant, in which case the
most salient one is. A description with a complement of its own (``de president van Frankrijk``) is only understood by
what was said before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Token

from analysis.coding.coreference.referents import (
    COUNTRY,
    ORGANISATION,
    PERSON,
    SUBJECT,
    Anchor,
    Cast,
    Description,
    is_plural_noun,
)
from analysis.coding.language.gender import gender_of_noun
from analysis.coding.language.tokens import TITLES
from analysis.coding.syntax import trees
from analysis.contracts.words import load_both, load_by_language

DEFINITE = load_by_language("function_words", "definite_determiners")
POINTING = load_by_language("function_words", "demonstrative_determiners")
_GENERAL = {
    PERSON: load_both("antecedents", "general_persons"),
    ORGANISATION: load_both("antecedents", "general_organisations"),
    COUNTRY: load_both("antecedents", "general_countries"),
}
"""Nouns that any actor of a kind may be called by, once it has been named."""
_AGED = re.compile(rf"[\w-]*(?:{'|'.join(map(re.escape, sorted(load_both('antecedents', 'age_endings'))))})")
"""``19-jarige``, by which any person may be called."""
_KIN = re.compile(
    r"(?:moeder|vader|dochter|zoon|zus|zuster|broer|oma|opa|tante|oom|nicht|neef|weduwe|weduwnaar|echtgeno(?:ot|te)|vriendin|"
    r"bruid|mother|father|daughter|son|sister|brother|aunt|uncle|niece|nephew|widow|wife|husband)\Z"
)
"""Nouns for somebody's relatives, who are seldom the person of whom the article speaks."""
_GOVERNMENTS = load_both("antecedents", "government_nouns")
_PICKS_ANOTHER = load_both("antecedents", "new_referent_adjectives")
_COMPLEMENTING = load_both("function_words", "complement_prepositions")
_NEGATIONS = load_both("function_words", "negations_of_description")
_OR = load_by_language("function_words", "or_conjunctions")
_NAMED_THINGS = re.compile(r"\A(?:[\w-]*(?:index|systeem|versie|software|codenaam)|version|system|kernel|codename)\Z")
"""Nouns that, beside a name, show that a thing bears it: ``Puma, de nieuwste versie``; seldom its maker as well."""
_REACH = 2
_MARGIN, _MARGIN_COUNTRY = 1.25, 2.5
"""How much better the best candidate must be than the next: of two countries either may be ``het land``."""
_ROLES = {SUBJECT: 2.0}
_TAIL = 4
"""Letters that the shared end of two compounds must have: ``autofabrikant``, ``fabrikant``."""


def complements_of(noun: Token) -> frozenset[str]:
    """What a description says of whom it describes: ``van Defensie``, ``Amerikaanse``; in small letters."""
    found = {
        child.lemma_.lower().removesuffix("e") for child in noun.children if child.dep_ == "amod" and _is_proper(child)
    }
    for child in trees.children(noun, ("nmod", "nmod:poss", "obl", "compound", "flat")):
        if child.i > noun.i and trees.preposition(child) in _COMPLEMENTING:
            found.add(child.lemma_.lower())
        elif child.dep_ in ("nmod:poss", "compound") and child.pos_ == "PROPN":
            found.add(child.lower_)
    return frozenset(found)


def _is_proper(token: Token) -> bool:
    return token.text[:1].isupper() and token.i > token.sent.start


def is_noun(token: Token) -> bool:
    """Whether a token heads a phrase as a noun does: ``de minister``, ``de 19-jarige``."""
    is_used_as_noun = token.pos_ == "ADJ" and token.dep_ not in ("amod", "flat") and token.lower_.endswith("jarige")
    return token.pos_ == "NOUN" or is_used_as_noun


def is_definite(noun: Token, language: str) -> bool:
    """Whether a noun has a definite article or a demonstrative, and nothing that picks somebody new."""
    has_article = any(child.dep_ == "det" and child.lower_ in DEFINITE[language] for child in noun.children)
    picks = any(
        child.dep_ in trees.RELATIVE_CLAUSES | {"acl", "nummod", "nmod:poss", "poss"}
        or (child.dep_ == "amod" and child.lower_ in _PICKS_ANOTHER)
        for child in noun.children
    )
    return has_article and not picks


def is_one_of_either(noun: Token, language: str) -> bool:
    """Whether a noun without determiner stands in a choice (`slachtoffers of schade`)."""
    if noun.pos_ != "NOUN" or any(child.dep_ in ("det", "nmod:poss") for child in noun.children):
        return False
    others = [child for child in noun.children if child.dep_ == "conj"] + ([noun] if noun.dep_ == "conj" else [])
    return any(child.dep_ == "cc" and child.lower_ in _OR[language] for one in others for child in one.children)


def find_pointer(noun: Token, language: str) -> Token | None:
    """The demonstrative of a phrase (``die man``), which is a part of the mention."""
    return next((child for child in noun.children if child.dep_ == "det" and child.lower_ in POINTING[language]), None)


def remember(cast: Cast, actor_id: str, noun: Token) -> None:
    """Let the article have called an actor by a noun."""
    plural = bool(is_plural_noun(noun))
    name = noun_name(noun)
    cast.descriptions.append(Description(actor_id, name, complements_of(noun), plural, noun.idx))


def noun_name(noun: Token) -> str:
    """A noun as descriptions are compared by."""
    return (noun.lemma_ or noun.text).lower()


def remember_title(cast: Cast, anchor: Anchor) -> None:
    """Let the words before a name within its mention (``staatssecretaris Aydin``) describe its bearer."""
    titles = TITLES[cast.language]
    for token in cast.doc.char_span(anchor.start, anchor.end, alignment_mode="expand") or ():
        lowered = token.lower_.rpartition("-")[2]
        if lowered in titles or (token.pos_ == "NOUN" and token.text.islower()):
            cast.descriptions.append(
                Description(
                    anchor.actor_id, noun_name(token).rpartition("-")[2], complements_of(token), False, token.idx
                )
            )


def named_beside(cast: Cast, noun: Token, anchors: Iterable[Anchor]) -> tuple[Anchor, str] | None:
    """The name that stands beside a description, with the rule that says so.

    Returns
    -------
    tuple of Anchor and str, or None
        ``apposition`` (``Esper, de minister``), ``title`` (``autobouwer Velox``: part of one phrase, no mention of its
        own) or ``predicate`` (``Esper is de minister``, not ``Esper is geen minister``).
    """
    has_article = any(child.dep_ == "det" for child in noun.children)
    is_loose = noun.dep_ == "nmod" and noun.head.i < noun.i and has_article and not trees.preposition(noun)
    beside = {noun.head.i} if noun.dep_ == "appos" or is_loose else set()
    inner = {
        child.i
        for part in _parts(noun, cast.language)
        for child in part.children
        if child.dep_ in ("appos", "flat", "nmod")
        and child.pos_ == "PROPN"
        and child.i > noun.i
        and not trees.preposition(child)
    }
    predicate: set[int] = set()
    if any(child.dep_ == "cop" for child in noun.children) and not _is_negated(noun):
        predicate = {member.i for member in trees.own_subjects(noun)}
    for anchor in anchors:
        if anchor.row < 0 or not anchor.actor_id or anchor.is_plural:
            continue
        if anchor.head.i == noun.i and anchor.start > noun.idx:
            return anchor, "title"
        if anchor.head.i == noun.i:
            continue
        if anchor.head.i in beside or anchor.head.i in inner:
            between = cast.doc.text[min(anchor.end, noun.idx + len(noun.text)) : max(anchor.start, noun.idx)]
            is_parted = "," in between or "(" in between or "–" in between
            if anchor.head.i in inner and not is_parted:
                return anchor, "title"
            is_where = anchor.kind == COUNTRY and anchor.start > noun.idx  # een rechtbank in Manhattan, New York
            if is_parted and not is_where:
                return anchor, "apposition"
        if anchor.head.i in predicate and anchor.kind in (PERSON, ORGANISATION, COUNTRY):
            return anchor, "predicate"
    return None


def _parts(noun: Token, language: str) -> list[Token]:
    """A noun, in English with the one right before it, which a tree may take for the head (``computer company``)."""
    if language == "en" and noun.i > noun.sent.start and noun.nbor(-1).pos_ == "NOUN":
        return [noun, noun.nbor(-1)]
    return [noun]


def names_thing(noun: Token, found: Anchor) -> bool:
    """Whether a description makes the name beside it that of a thing."""
    return found.kind != PERSON and not _is_negated(noun) and _NAMED_THINGS.match(noun_name(noun)) is not None


def _is_negated(noun: Token) -> bool:
    return any(child.lower_ in _NEGATIONS for child in noun.children)


def called_before(cast: Cast, noun: Token) -> Anchor | None:
    """The actor that the article has called by this noun before, the last where there are several."""
    name, given, plural = noun_name(noun), complements_of(noun), bool(is_plural_noun(noun))
    for said in reversed(cast.descriptions):
        is_same = said.noun == name or _shares_tail(said.noun, name)
        if not is_same or said.is_plural != plural or said.position >= noun.idx:
            continue
        if given and not given <= said.complements:
            return None  # another one, of another country
        return _last_anchor(cast, said.actor_id)
    for anchor in reversed(cast.anchors):
        bearer = cast.names.get(anchor.actor_id, "").lower()
        if (
            anchor.kind == ORGANISATION
            and not plural
            and not given
            and len(name) >= _TAIL
            and _names_itself(bearer, name)
        ):
            return anchor
    return None


def governed_by(cast: Cast, noun: Token, anchors: Iterable[Anchor]) -> Anchor | None:
    """The country whose government a description names: ``de Noorse regering``, ``het kabinet van Noorwegen``."""
    if noun_name(noun) not in _GOVERNMENTS or is_plural_noun(noun):
        return None
    heads = {child.i for child in noun.children if child.dep_ == "amod"}
    for child in trees.children(noun, ("nmod", "nmod:poss", "compound")):
        is_alone = not any(inner.dep_ == "conj" for inner in child.children)
        if is_alone and trees.preposition(child) in {"", *trees.OF_PREPOSITIONS}:
            heads.add(child.i)
    countries = {a.actor_id: a for a in anchors if a.head.i in heads and cast.kinds.get(a.actor_id) == COUNTRY}
    return next(iter(countries.values())) if len(countries) == 1 else None


def shortened(cast: Cast, noun: Token) -> Anchor | None:
    """The one actor mentioned so far whose longer description in the codebook ends in this noun (``de soldaten``)."""
    if complements_of(noun):
        return None
    listed = cast.shorts.get(noun_name(noun), frozenset())
    seen = {anchor.actor_id for anchor in cast.anchors if anchor.actor_id in listed and anchor.start < noun.idx}
    return _last_anchor(cast, seen.pop()) if len(seen) == 1 else None


def _names_itself(bearer: str, noun: str) -> bool:
    """Whether a name holds the noun: ``Europese Commissie``, ``Rabobank``, ``Universiteit Leiden``."""
    words = re.findall(r"[^\W\d_]+", bearer)
    return bool(words) and (noun in words or any(word.endswith(noun) and len(word) > len(noun) for word in words))


def _shares_tail(said: str, name: str) -> bool:
    return len(name) >= _TAIL and said != name and said.endswith(name)


def _last_anchor(cast: Cast, actor_id: str) -> Anchor | None:
    return next((anchor for anchor in reversed(cast.anchors) if anchor.actor_id == actor_id), None)


def most_salient(cast: Cast, noun: Token, sentence: int, quote: int, mute: Iterable[str]) -> Anchor | None:
    """The actor that a general noun (``die man``, ``het bedrijf``, ``het land``) means: the one most spoken of."""
    name = noun_name(noun)
    kind = next((kind for kind, nouns in _GENERAL.items() if name in nouns), PERSON if _AGED.fullmatch(name) else None)
    says_gender = gender_of_noun(noun.text) is not None and not _KIN.search(name) and name not in TITLES[cast.language]
    is_role = kind is None and says_gender
    if is_role:  # Olga Petrova wint de prijs. De schrijfster ...
        kind, name = PERSON, noun.text.lower()
    if kind is None or is_plural_noun(noun) or complements_of(noun):
        return None
    gender, silent = gender_of_noun(name), frozenset(mute)
    scores: dict[str, float] = {}
    latest: dict[str, Anchor] = {}
    for anchor in cast.anchors:
        distance = sentence - anchor.sentence
        if (
            anchor.kind != kind
            or not anchor.actor_id
            or distance > _REACH
            or anchor.is_plural
            or anchor.actor_id in silent
        ):
            continue
        known = cast.gender(anchor)
        if kind == PERSON and gender is not None and known != gender and (is_role or known is not None):
            continue
        weight = _ROLES.get(anchor.role, 1.0) * 0.5**distance * (0.4 if anchor.quote not in (quote, -1) else 1.0)
        scores[anchor.actor_id] = scores.get(anchor.actor_id, 0.0) + weight
        latest[anchor.actor_id] = anchor
    ranked = sorted(scores, key=lambda key: (-scores[key], -latest[key].start))
    margin = _MARGIN_COUNTRY if kind == COUNTRY else _MARGIN
    if (
        not ranked
        or (is_role and len(ranked) > 1)
        or (len(ranked) > 1 and scores[ranked[0]] < margin * scores[ranked[1]])
    ):
        return None
    return latest[ranked[0]]
