"""Referents: the actors of an article as coreference sees them, and where each is mentioned so far.

Reads a Doc with a tree and the rows of ``mentions`` of one article; returns `Referents` and their `Anchor` records.
Kind comes from the codebook's type of actor or from what the reading marks, gender from names, nouns and pronouns that
have been resolved before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, auto
from functools import cached_property
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.codebook.load import Codebook
from analysis.coding.language.gender import gender_of_name, gender_of_noun
from analysis.coding.language.record import Language, get_language
from analysis.coding.language.tokens import TITLES
from analysis.coding.mentions.phrases import is_thing
from analysis.coding.syntax import trees
from analysis.coding.syntax.participants import GOVERNMENT, GROUP, ORGANISATION, PERSON, PLACE, kind_of
from analysis.contracts.schema import WORLD


class Kind(StrEnum):
    """What an actor is, as pronouns and general nouns tell."""

    PERSON = auto()
    GROUP = auto()
    ORGANISATION = auto()
    COUNTRY = auto()
    THING = auto()


class Role(StrEnum):
    """What a phrase does in its clause."""

    SUBJECT = auto()
    OBJECT = auto()
    OBLIQUE = auto()
    POSSESSOR = auto()
    MODIFIER = auto()


_TYPES = {
    "person": Kind.PERSON,
    "country": Kind.COUNTRY,
    **dict.fromkeys(("crowd", "group", "armed_group", "armed_forces"), Kind.GROUP),
}
_MARKED = {
    PERSON: Kind.PERSON,
    GROUP: Kind.GROUP,
    ORGANISATION: Kind.ORGANISATION,
    GOVERNMENT: Kind.ORGANISATION,
    PLACE: Kind.COUNTRY,
}
"""What the kinds that a reading marks are here."""
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


class Place(NamedTuple):
    """Sentence, paragraph and quotation, each by number; the quotation is -1 outside quotation marks."""

    sentence: int
    paragraph: int
    quote: int


@dataclass(frozen=True)
class Places:
    """Where sentences and paragraphs of an article begin, and the bounds of its quotations."""

    sentences: Sequence[int]
    paragraphs: Sequence[int]
    quotes: Sequence[tuple[int, int]]

    def locate(self, position: int) -> Place:
        """Find the place of a character."""
        sentence = max(0, bisect_right(self.sentences, position) - 1)
        quote = next((n for n, (start, end) in enumerate(self.quotes) if start <= position < end), -1)
        return Place(sentence, self.paragraphs[sentence], quote)


@dataclass
class Draft:
    """A row of ``mentions`` in the making; `number` is its place in the list, `antecedent` the number of another."""

    number: int
    start: int
    end: int
    actor_id: str
    form: str
    rule: str
    antecedent: int | None = None
    is_dropped: bool = False


@dataclass(frozen=True)
class Anchor:
    """One place where an actor, or something that may be taken for one, is mentioned.

    `actor_id` is empty for what is no mention; `row` is the number of its row, -1 without one.
    """

    start: int
    end: int
    head: Token
    place: Place
    kind: Kind
    role: Role
    actor_id: str = ""
    is_plural: bool | None = None
    is_neuter: bool | None = None
    gender: str | None = None
    row: int = -1

    @property
    def key(self) -> str:
        """The actor, or the word itself where it is no mention."""
        return self.actor_id or f"\0{self.head.i}"


class Description(NamedTuple):
    """What an article called an actor: a head noun (``minister``), its complements (``defensie``), and whether many."""

    actor_id: str
    noun: str
    complements: frozenset[str]
    is_plural: bool


@dataclass
class Referents:
    """The actors of one article while it is read from its first word to its last."""

    doc: Doc
    language: Language
    places: Places
    kinds: dict[str, Kind] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)
    anchors: list[Anchor] = field(default_factory=list)
    descriptions: list[Description] = field(default_factory=list)
    things: set[str] = field(default_factory=set)
    """Unlisted names that the article calls a thing."""
    shorts: dict[str, set[str]] = field(default_factory=dict)
    """Last words of the longer nominals that the codebook lists (``soldaat`` of ``Amerikaanse soldaat``), and whose."""
    labels: Mapping[int, Kind] = field(default_factory=dict)
    """Kind of each token that heads a phrase which the reading takes for an actor."""

    @cached_property
    def text(self) -> str:
        """The article; spaCy puts it together anew each time it is asked."""
        return self.doc.text

    def gender(self, anchor: Anchor) -> str | None:
        """Return what is known of the gender of an anchor's actor, else of itself."""
        return self.genders.get(anchor.actor_id, anchor.gender) if anchor.actor_id else anchor.gender

    def add(self, anchor: Anchor) -> None:
        """Record a mention of an actor. The first gender seen is kept."""
        self.anchors.append(anchor)
        if anchor.actor_id and anchor.gender is not None and anchor.kind == Kind.PERSON:
            self.genders.setdefault(anchor.actor_id, anchor.gender)

    def find_near(self, place: Place, reach: int) -> list[Anchor]:
        """Return what was mentioned in this sentence and so many before it."""
        return [anchor for anchor in self.anchors if place.sentence - anchor.place.sentence <= reach]

    def last_of(self, actor_id: str) -> Anchor | None:
        """Return the last mention of an actor so far."""
        return next((anchor for anchor in reversed(self.anchors) if anchor.actor_id == actor_id), None)

    def anchor_row(self, row: Draft) -> Anchor:
        """Make the anchor of a row of ``mentions``."""
        head, kind = find_head(self.doc, row.start, row.end), self.kinds[row.actor_id]
        place, role, gender = self.places.locate(row.start), role_of(head), self.genders.get(row.actor_id)
        plural, neuter = False if kind in (Kind.PERSON, Kind.COUNTRY) else None, None
        if row.form == "nominal":
            plural, neuter = is_plural(head), is_neuter(head)
            gender = gender or gender_of_noun(head.lemma_ or head.text)
        elif row.rule == "demonym_people":
            plural = True
        return Anchor(
            row.start, row.end, head, place, kind, role, row.actor_id, plural, neuter, gender, row.number
        )  # fmt: skip

    def anchor_token(self, token: Token) -> Anchor:
        """Make the anchor of a word that is no mention: it may be what a pronoun means, and then nobody is meant."""
        noun = token.lemma_ or token.text
        gender, place, end = gender_of_noun(noun), self.places.locate(token.idx), token.idx + len(token)
        kind = Kind.THING if is_thing(noun) else self.labels.get(token.i, Kind.PERSON if gender else Kind.THING)
        gender = gender if kind == Kind.PERSON else None
        return Anchor(
            token.idx, end, token, place, kind, role_of(token), "", is_plural(token), is_neuter(token), gender
        )  # fmt: skip


def make_referents(doc: Doc, language: str, places: Places, rows: Sequence[Draft], codebook: Codebook) -> Referents:
    """Gather kinds, names and genders of the actors of an article; none is mentioned yet.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        The article as read.
    language : str
        Its language.
    places : Places
        Its sentences, paragraphs and quotations.
    rows : sequence of Draft
        Its mentions.
    codebook : Codebook
        Types of listed actors.
    """
    phrases = [(span, _MARKED[kind]) for span in doc.spans.get("actors", []) if (kind := kind_of(span)) in _MARKED]
    entities = [(span, _MARKED[kind]) for span in doc.ents if (kind := kind_of(span)) in _MARKED]
    labels = {span.root.i: kind for span, kind in phrases}
    marks = [(span.start_char, span.end_char, kind) for span, kind in (*phrases, *entities)]
    referents = Referents(doc, get_language(language), places, labels=labels)
    seen: defaultdict[str, Counter[Kind]] = defaultdict(Counter)
    titled = {row.actor_id for row in rows if row.form == "title" or row.rule.endswith("last_name")}
    for row in rows:
        name = referents.text[row.start : row.end]
        if row.form in ("name", "title") and len(name) > len(referents.names.get(row.actor_id, "")):
            referents.names[row.actor_id] = name
        inside = (kind for start, end, kind in marks if start < row.end and row.start < end)
        seen[row.actor_id].update(inside)
    for actor_id, counts in seen.items():
        listed = codebook.actors.get(actor_id)
        if listed is not None:
            kind = _TYPES.get(listed.type, Kind.ORGANISATION)
        elif actor_id.startswith(WORLD):
            kind = Kind.COUNTRY
        elif actor_id in titled:
            kind = Kind.PERSON
        else:
            kind = max(counts, key=lambda one: (counts[one], one), default=Kind.ORGANISATION)
        referents.kinds[actor_id] = kind
        names = [referents.names.get(actor_id, "")]
        if listed is not None:
            names += [name for wording in listed.wording.values() for name in wording.names]
            for nominal in listed.wording[language].nominals if language in listed.wording else ():
                words = nominal.lower().split()
                if len(words) > 1 and not trees.OF_PREPOSITIONS & set(words):
                    referents.shorts.setdefault(words[-1], set()).add(actor_id)
        gender = next((found for name in names if (found := _gender_of_person(name, language)) is not None), None)
        if kind == Kind.PERSON and gender is not None:
            referents.genders[actor_id] = gender
    return referents


def _gender_of_person(name: str, language: str) -> str | None:
    """Gender that a title or first name gives: ``mevrouw Jansen``, ``Saskia van Oort``."""
    words = _WORD.findall(name)
    for word in words[:-1]:
        is_title = word.islower() or word.lower() in TITLES[language]
        found = gender_of_noun(word) if is_title else gender_of_name(word)
        if found is not None:
            return found
    return gender_of_name(words[-1]) if len(words) == 1 else None


def find_head(doc: Doc, start: int, end: int) -> Token:
    """Find the word of a stretch of text that governs the others, or the title right before a name."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return doc[0]
    head = span.root
    is_titled = head.dep_ == "appos" and head.head.pos_ == "NOUN" and head.head.i == span.start - 1
    return head.head if is_titled else head


def role_of(token: Token) -> Role:
    """Return what a phrase does in its clause: ``subject``, ``object``, ``oblique``, ``possessor`` or ``modifier``."""
    while token.dep_ in ("conj", "flat", "appos", "compound") and token.head.i != token.i:
        token = token.head
    relation = token.dep_
    if relation in trees.SUBJECTS | trees.PASSIVE_SUBJECTS | trees.AGENTS:
        return Role.SUBJECT
    if relation == "ROOT" and token.pos_ in ("NOUN", "PROPN"):
        return Role.SUBJECT  # a headline, or a sentence that was cut
    if relation in trees.OBJECTS | {"iobj"}:
        return Role.OBJECT
    if relation == "nmod:poss":
        return Role.POSSESSOR
    return Role.OBLIQUE if relation in ("obl", "obl:arg") else Role.MODIFIER


def is_plural(noun: Token) -> bool | None:
    """Whether a noun speaks of several; None where nothing shows."""
    number = noun.morph.get("Number", [])
    return number[0] == "Plur" if number else None


def is_neuter(noun: Token) -> bool | None:
    """Whether a noun is neuter; None where nothing shows."""
    gender = noun.morph.get("Gender", [])
    return "Neut" in gender if gender else None
