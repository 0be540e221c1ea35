"""Descriptions that point back: ``de minister``, ``die man``, ``het bedrijf``, ``Esper, de minister van Defensie``.

Reads `Referents` and the noun of a phrase; returns the anchor of the actor that is meant. The sieves are ordered from
sure to less sure, after Lee et al. (2013): a noun beside the name (apposition, title, predicate), a noun that the
article has called an actor by before, and nouns so general that any actor of the kind may be meant, in which case the
most salient one is. A description with a complement of its own (``de president van Frankrijk``) is only understood by
what was said before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from spacy.tokens import Token

from analysis.coding.coreference.referents import Anchor, Description, Kind, Place, Referents, is_plural
from analysis.coding.coreference.salience import pick_salient
from analysis.coding.language.gender import gender_of_noun
from analysis.coding.language.record import Language, language_of
from analysis.coding.language.tokens import TITLES
from analysis.coding.syntax import trees
from analysis.contracts.schema import UNLISTED
from analysis.contracts.words import load_both

_GENERAL = {
    Kind.PERSON: load_both("antecedents", "general_persons"),
    Kind.ORGANISATION: load_both("antecedents", "general_organisations"),
    Kind.COUNTRY: load_both("antecedents", "general_countries"),
}
"""Nouns that any actor of a kind may be called by, once it has been named."""
_AGED = tuple(load_both("antecedents", "age_endings"))
"""Ends of ``19-jarige`` and its like, by which any person may be called."""
_KIN = tuple(load_both("antecedents", "kin_endings"))
"""Ends of nouns for somebody's relatives, who are seldom the person of whom the article speaks."""
_THINGS = tuple(load_both("antecedents", "named_thing_endings"))
"""Ends of nouns that, beside a name, show that a thing bears it: ``Puma, de nieuwste versie``."""
_GOVERNMENTS = load_both("antecedents", "government_nouns")
_PICKS_ANOTHER = load_both("antecedents", "new_referent_adjectives")
_COMPLEMENTING = load_both("function_words", "complement_prepositions")
_NEGATIONS = load_both("function_words", "negations_of_description")
_LETTERS = re.compile(r"[^\W\d_]+")
_REACH = 2
_MARGIN = {Kind.PERSON: 1.25, Kind.ORGANISATION: 1.25, Kind.COUNTRY: 2.5}
"""How much better the best candidate must be than the next: of two countries either may be ``het land``."""
_TAIL = 4
"""Letters that the shared end of two compounds must have: ``autofabrikant``, ``fabrikant``."""


def is_noun(token: Token) -> bool:
    """Whether a token heads a phrase as a noun does: ``de minister``, ``de 19-jarige``."""
    return token.pos_ == "NOUN" or (
        token.pos_ == "ADJ" and token.dep_ not in ("amod", "flat") and token.lower_.endswith(_AGED)
    )


def find_pointer(noun: Token) -> Token | None:
    """Find the demonstrative of a phrase (``die man``), which is a part of the mention."""
    words = language_of(noun).words("function_words", "demonstrative_determiners")
    return next((child for child in trees.children(noun, ("det",)) if child.lower_ in words), None)


def describe(referents: Referents, noun: Token, named: Sequence[Anchor], place: Place) -> tuple[Anchor, str] | None:
    """Find whom a noun describes, by the first sieve that knows.

    Parameters
    ----------
    referents : Referents
        What the article has mentioned so far.
    noun : Token
        The head of the description.
    named : sequence of Anchor
        All names of the article.
    place : Place
        Where it stands.

    Returns
    -------
    tuple of Anchor and str, or None
        With the rule: ``apposition`` (``Esper, de minister``), ``title`` (``autobouwer Velox``: part of one phrase, no
        mention of its own), ``predicate`` (``Esper is de minister``, not ``Esper is geen minister``),
        ``description_repeated``, ``description_short`` or ``description_general``.
    """
    beside = _find_beside(referents, noun, named)
    if beside is not None:
        found = beside[0]
        is_thing = found.kind != Kind.PERSON and not _is_negated(noun) and noun_name(noun).endswith(_THINGS)
        if is_thing and found.actor_id.startswith(UNLISTED):
            referents.things.add(found.actor_id)
        return beside
    if (country := _find_governed(noun, named)) is not None:
        return country, "description_general"
    if not _is_definite(noun):
        return None
    if (before := _find_repeated(referents, noun)) is not None:
        return before, "description_repeated"
    if (longer := _find_shortened(referents, noun)) is not None:
        return longer, "description_short"
    general = _find_general(referents, noun, place)
    return None if general is None else (general, "description_general")


def remember(referents: Referents, actor_id: str, noun: Token) -> None:
    """Record that the article calls an actor by a noun."""
    described = Description(actor_id, noun_name(noun), _find_complements(noun), bool(is_plural(noun)))
    referents.descriptions.append(described)


def remember_title(referents: Referents, anchor: Anchor) -> None:
    """Record the words before a name within its mention (``staatssecretaris Aydin``) as descriptions."""
    titles = TITLES[referents.language.code]
    for token in referents.doc.char_span(anchor.start, anchor.end, alignment_mode="expand") or ():
        if token.lower_.rpartition("-")[2] in titles or (token.pos_ == "NOUN" and token.text.islower()):
            noun = noun_name(token).rpartition("-")[2]
            referents.descriptions.append(Description(anchor.actor_id, noun, _find_complements(token), False))


def noun_name(noun: Token) -> str:
    """Return a noun as descriptions are compared by."""
    return (noun.lemma_ or noun.text).lower()


def _find_complements(noun: Token) -> frozenset[str]:
    """What a description says of whom it describes: ``van Defensie``, ``Amerikaanse``; in small letters."""
    found = set()
    for child in noun.children:
        is_proper = child.text[:1].isupper() and child.i > child.sent.start
        if child.dep_ == "amod" and is_proper:
            found.add(child.lemma_.lower().removesuffix("e"))
        elif child.dep_ in ("nmod", "nmod:poss", "obl", "compound", "flat"):
            if child.i > noun.i and trees.preposition(child) in _COMPLEMENTING:
                found.add(child.lemma_.lower())
            elif child.dep_ in ("nmod:poss", "compound") and child.pos_ == "PROPN":
                found.add(child.lower_)
    return frozenset(found)


def _is_definite(noun: Token) -> bool:
    """Whether a noun has a definite article or a demonstrative, and nothing that picks somebody new."""
    determiners = language_of(noun).words("function_words", "definite_determiners")
    picks_another = trees.children(noun, trees.RELATIVE_CLAUSES | {"acl", "nummod", "nmod:poss"}) or any(
        child.dep_ == "amod" and child.lower_ in _PICKS_ANOTHER for child in noun.children
    )
    return not picks_another and any(child.lower_ in determiners for child in trees.children(noun, ("det",)))


def _is_negated(noun: Token) -> bool:
    return any(child.lower_ in _NEGATIONS for child in noun.children)


def _find_beside(referents: Referents, noun: Token, named: Sequence[Anchor]) -> tuple[Anchor, str] | None:
    """The name that stands beside a description, with the rule that says so."""
    has_article = bool(trees.children(noun, ("det",)))
    is_loose = noun.dep_ == "nmod" and noun.head.i < noun.i and has_article and not trees.preposition(noun)
    before = {noun.head.i} if noun.dep_ == "appos" or is_loose else set()
    inside = {
        child.i
        for part in _parts(noun, referents.language)
        for child in trees.children(part, ("appos", "flat", "nmod"))
        if child.pos_ == "PROPN" and child.i > noun.i and not trees.preposition(child)
    }
    is_predicate = bool(trees.children(noun, ("cop",))) and not _is_negated(noun)
    subjects = {member.i for member in trees.own_subjects(noun)} if is_predicate else set()
    for anchor in named:
        if anchor.is_plural:
            continue
        if anchor.head.i == noun.i:
            if anchor.start > noun.idx:
                return anchor, "title"
            continue
        if anchor.head.i in before | inside:
            between = referents.text[min(anchor.end, noun.idx + len(noun)) : max(anchor.start, noun.idx)]
            is_parted = bool(set(between) & set(",(–"))
            if anchor.head.i in inside and not is_parted:
                return anchor, "title"
            is_where = anchor.kind == Kind.COUNTRY and anchor.start > noun.idx  # een rechtbank in Manhattan, New York
            if is_parted and not is_where:
                return anchor, "apposition"
        if anchor.head.i in subjects and anchor.kind in (Kind.PERSON, Kind.ORGANISATION, Kind.COUNTRY):
            return anchor, "predicate"
    return None


def _parts(noun: Token, language: Language) -> list[Token]:
    """A noun, with the one right before it where compounds are open: the tree may take that for the head."""
    if not language.has("closed_compounds") and noun.i > noun.sent.start and noun.nbor(-1).pos_ == "NOUN":
        return [noun, noun.nbor(-1)]
    return [noun]


def _find_governed(noun: Token, named: Sequence[Anchor]) -> Anchor | None:
    """The country whose government a description names: ``de Noorse regering``, ``het kabinet van Noorwegen``."""
    if noun_name(noun) not in _GOVERNMENTS or is_plural(noun):
        return None
    heads = {child.i for child in trees.children(noun, ("amod",))}
    for child in trees.children(noun, ("nmod", "nmod:poss", "compound")):
        if not trees.children(child, ("conj",)) and trees.preposition(child) in {"", *trees.OF_PREPOSITIONS}:
            heads.add(child.i)
    countries = {a.actor_id: a for a in named if a.head.i in heads and a.kind == Kind.COUNTRY}
    return next(iter(countries.values())) if len(countries) == 1 else None


def _find_repeated(referents: Referents, noun: Token) -> Anchor | None:
    """The actor that the article has called by this noun before, or that bears it in its name; the last of several."""
    name, given, many = noun_name(noun), _find_complements(noun), bool(is_plural(noun))
    is_long = len(name) >= _TAIL
    for said in reversed(referents.descriptions):
        if said.is_plural == many and (said.noun == name or (is_long and said.noun.endswith(name))):
            if not given <= said.complements:
                return None  # another one, of another country
            return referents.last_of(said.actor_id)
    if many or given or not is_long:
        return None
    # ``Europese Commissie``, ``Rabobank``, ``Universiteit Leiden``
    return next(
        (
            anchor
            for anchor in reversed(referents.anchors)
            if anchor.kind == Kind.ORGANISATION
            and any(word.endswith(name) for word in _LETTERS.findall(referents.names.get(anchor.actor_id, "").lower()))
        ),
        None,
    )


def _find_shortened(referents: Referents, noun: Token) -> Anchor | None:
    """The one actor mentioned so far whose longer nominal in the codebook ends in this noun (``de soldaten``)."""
    listed = referents.shorts.get(noun_name(noun), set())
    seen = {anchor.actor_id for anchor in referents.anchors if anchor.actor_id in listed}
    return referents.last_of(seen.pop()) if len(seen) == 1 and not _find_complements(noun) else None


def _find_general(referents: Referents, noun: Token, place: Place) -> Anchor | None:
    """The most salient actor of the kind that a general noun means: ``die man``, ``het bedrijf``, ``het land``."""
    name, gender = noun_name(noun), gender_of_noun(noun.text)
    kind = next((kind for kind, nouns in _GENERAL.items() if name in nouns), None)
    kind = Kind.PERSON if kind is None and name.endswith(_AGED) else kind
    is_role = False
    if kind is None and gender is not None:  # Olga Petrova wint de prijs. De schrijfster ...
        kind, is_role = Kind.PERSON, True
    is_other = is_role and (name.endswith(_KIN) or name in TITLES[referents.language.code])
    if kind is None or is_other or is_plural(noun) or _find_complements(noun):
        return None
    wanted = {gender} if is_role else {gender, None}
    fits = [
        (anchor, 1.0)
        for anchor in referents.find_near(place, _REACH)
        if anchor.kind == kind
        and anchor.actor_id
        and not anchor.is_plural
        and (kind != Kind.PERSON or gender is None or referents.gender(anchor) in wanted)
    ]
    return pick_salient(fits, place, math.inf if is_role else _MARGIN[kind])
