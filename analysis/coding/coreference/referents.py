"""Referents: the actors of an article as coreference sees them, and the places where each was named so far.

Reads a Doc with a tree and the rows of ``mentions`` of one article; returns `Anchor` records. Kind and number come from
the codebook's type of actor, or from what the reading marks; gender from `gender` and from pronouns that
have been understood before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from analysis.codebook.load import Codebook
from analysis.coding.language.gender import gender_of_name, gender_of_noun
from analysis.coding.language.tokens import TITLES
from analysis.coding.mentions.phrases import is_thing
from analysis.coding.syntax import trees
from analysis.contracts.schema import WORLD

PERSON, GROUP, ORGANISATION, COUNTRY, THING = "person", "group", "organisation", "country", "thing"
SUBJECT, OBJECT, OBLIQUE, POSSESSOR, MODIFIER = "subject", "object", "oblique", "possessor", "modifier"
_TYPES = {
    "person": PERSON, "crowd": GROUP, "group": GROUP, "armed_group": GROUP, "armed_forces": GROUP, "country": COUNTRY,
}  # fmt: skip
_LABELS = {
    "person": PERSON, "group": GROUP, "organisation": ORGANISATION, "government": ORGANISATION, "place": COUNTRY,
    "PERSON": PERSON, "PER": PERSON, "NORP": GROUP, "ORG": ORGANISATION, "GPE": COUNTRY,
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A row of ``mentions`` as coreference reads it; `number` is its place in the table."""

    number: int
    start: int
    end: int
    actor_id: str
    form: str
    rule: str


@dataclass(frozen=True)
class Anchor:
    """One place where an actor, or something that may be taken for one, stands in the text.

    `actor_id` is empty for what is no mention; `row` is the number of its row, -1 without one.
    """

    start: int
    end: int
    actor_id: str
    head: Token
    sentence: int
    paragraph: int
    kind: str
    role: str
    is_plural: bool | None
    is_neuter: bool | None
    gender: str | None
    quote: int
    row: int = -1


@dataclass
class Description:
    """What an article called an actor: a head noun (``minister``), its complements (``defensie``), and whether many."""

    actor_id: str
    noun: str
    complements: frozenset[str]
    is_plural: bool
    position: int


@dataclass
class Cast:
    """The actors of one article while it is read from its first word to its last."""

    doc: Doc
    language: str
    kinds: dict[str, str]
    names: dict[str, str]
    genders: dict[str, str] = field(default_factory=dict)
    anchors: list[Anchor] = field(default_factory=list)
    descriptions: list[Description] = field(default_factory=list)
    shorts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Head nouns of the descriptions that the codebook lists (``soldaat`` of ``Amerikaanse soldaat``), and whose."""

    def gender(self, anchor: Anchor) -> str | None:
        """Gender of an anchor: what is known of its actor, else of itself."""
        return self.genders.get(anchor.actor_id, anchor.gender) if anchor.actor_id else anchor.gender

    def add(self, anchor: Anchor) -> None:
        """Let an actor stand where it does; a gender seen for the first time stays."""
        self.anchors.append(anchor)
        if anchor.actor_id and anchor.gender is not None and anchor.kind == PERSON:
            self.genders.setdefault(anchor.actor_id, anchor.gender)


def make_cast(doc: Doc, language: str, rows: Sequence[Row], codebook: Codebook) -> Cast:
    """Kinds, names and genders of the actors of an article.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        The article as read.
    language : str
        ``nl`` or ``en``.
    rows : sequence of Row
        Its mentions.
    codebook : Codebook
        Types of listed actors.

    Returns
    -------
    Cast
        Nobody stands anywhere yet.
    """
    labels: dict[str, Counter[str]] = {}
    names: dict[str, str] = {}
    titled = {row.actor_id for row in rows if row.form == "title" or row.rule.endswith("last_name")}
    marks = [*doc.spans.get("actors", []), *doc.ents]
    for row in rows:
        if row.form in ("name", "title") and len(doc.text[row.start : row.end]) > len(names.get(row.actor_id, "")):
            names[row.actor_id] = doc.text[row.start : row.end]
        for mark in marks:
            if mark.start_char < row.end and row.start < mark.end_char and mark.label_ in _LABELS:
                labels.setdefault(row.actor_id, Counter())[_LABELS[mark.label_]] += 1
    kinds: dict[str, str] = {}
    genders: dict[str, str] = {}
    for actor_id in dict.fromkeys(row.actor_id for row in rows):
        listed = codebook.actors.get(actor_id)
        if listed is not None:
            kinds[actor_id] = _TYPES.get(listed.type, ORGANISATION)
        elif actor_id.startswith(WORLD):
            kinds[actor_id] = COUNTRY
        elif actor_id in titled:
            kinds[actor_id] = PERSON
        else:
            seen = labels.get(actor_id, Counter())
            kinds[actor_id] = max(seen, key=lambda kind: (seen[kind], kind)) if seen else ORGANISATION
        if kinds[actor_id] == PERSON:
            texts = [names.get(actor_id, "")]
            if listed is not None:
                texts += [name for wording in listed.wording.values() for name in wording.names]
            gender = next((found for text in texts if (found := _gender_of_text(text, language)) is not None), None)
            if gender is not None:
                genders[actor_id] = gender
    return Cast(doc, language, kinds, names, genders, shorts=_list_shorts(codebook, language, kinds))


def _list_shorts(codebook: Codebook, language: str, mentioned: Iterable[str]) -> dict[str, frozenset[str]]:
    """By head noun, the mentioned actors of whom the codebook lists a longer description that ends in it."""
    shorts: dict[str, set[str]] = {}
    for actor_id in mentioned:
        actor = codebook.actors.get(actor_id)
        wording = actor.wording.get(language) if actor is not None else None
        for nominal in wording.nominals if wording is not None else ():
            words = nominal.lower().split()
            if len(words) > 1 and not trees.OF_PREPOSITIONS & set(words):
                shorts.setdefault(words[-1], set()).add(actor_id)
    return {noun: frozenset(actor_ids) for noun, actor_ids in shorts.items()}


def _gender_of_text(text: str, language: str) -> str | None:
    """Gender that a title or first name gives: ``mevrouw Jansen``, ``Saskia van Oort``."""
    words = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", text)
    for word in words[:-1]:
        found = gender_of_noun(word) if word.islower() or word.lower() in TITLES[language] else gender_of_name(word)
        if found is not None:
            return found
    return gender_of_name(words[-1]) if len(words) == 1 else None


def find_head(doc: Doc, start: int, end: int) -> Token:
    """The word of a stretch of text that governs the others; the title right before a name governs that."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return doc[0]
    head = span.root
    is_titled = head.dep_ == "appos" and head.head.pos_ == "NOUN" and head.head.i == span.start - 1
    return head.head if is_titled else head


def role_of(token: Token) -> str:
    """What a word's phrase does in its clause: ``subject``, ``object``, ``oblique``, ``possessor`` or ``modifier``."""
    for _ in range(6):
        if token.dep_ not in ("conj", "flat", "flat:name", "appos", "compound") or token.head.i == token.i:
            break
        token = token.head
    relation = token.dep_
    if relation in trees.SUBJECTS | trees.PASSIVE_SUBJECTS or relation in trees.AGENTS:
        return SUBJECT
    if relation == "ROOT" and token.pos_ in ("NOUN", "PROPN"):
        return SUBJECT  # a headline or a sentence that was cut
    if relation in ("nmod:poss", "poss"):
        return POSSESSOR
    if relation in trees.OBJECTS or relation == "iobj":
        return OBJECT
    if relation in ("obl", "obl:arg"):
        return OBLIQUE
    return MODIFIER


def is_plural_noun(head: Token) -> bool | None:
    """Whether a noun speaks of several; None where nothing shows."""
    number = head.morph.get("Number", [])
    return number[0] == "Plur" if number else None


def anchor_row(cast: Cast, row: Row, places: Places) -> Anchor:
    """The anchor of a row of ``mentions``."""
    head = find_head(cast.doc, row.start, row.end)
    kind = cast.kinds[row.actor_id]
    is_noun = row.form == "nominal"
    plural = is_plural_noun(head) if is_noun else None
    if row.form in ("name", "title"):
        plural = False if kind in (PERSON, COUNTRY) else None
    elif row.form == "demonym" and row.rule == "demonym_people":
        kind, plural = GROUP, True
    if is_noun and kind == ORGANISATION and plural and not is_coordinated(head):
        kind = GROUP
    if is_noun and kind == PERSON and plural:
        kind = GROUP
    neuter = "Neut" in head.morph.get("Gender", []) if is_noun and head.morph.get("Gender", []) else None
    gender = cast.genders.get(row.actor_id) or (gender_of_noun(head.lemma_ or head.text) if is_noun else None)
    role = MODIFIER if row.rule == "demonym_adjective" else role_of(head)
    sentence, paragraph, quote = places.locate(row.start)
    return Anchor(
        row.start, row.end, row.actor_id, head, sentence, paragraph, kind, role, plural, neuter, gender, quote,
        row.number,
    )  # fmt: skip


def anchor_noun(token: Token, places: Places, labels: Mapping[int, str]) -> Anchor:
    """The anchor of a noun that is no mention: it may be what a pronoun means, and then nobody is meant."""
    sentence, paragraph, quote = places.locate(token.idx)
    noun = token.lemma_ or token.text
    kind = THING if is_thing(noun) else labels.get(token.i, PERSON if gender_of_noun(noun) else THING)
    plural = is_plural_noun(token)
    if kind == PERSON and plural:
        kind = GROUP
    neuter = "Neut" in token.morph.get("Gender", []) if token.morph.get("Gender", []) else None
    gender = gender_of_noun(token.lemma_ or token.text) if kind == PERSON else None
    return Anchor(
        token.idx, token.idx + len(token.text), "", token, sentence, paragraph, kind, role_of(token), plural, neuter,
        gender, quote,
    )  # fmt: skip


def is_coordinated(head: Token) -> bool:
    """Whether several names share a phrase."""
    return any(child.dep_ == "conj" for child in head.children)


def label_heads(spans: Iterable[Span]) -> dict[int, str]:
    """Kind of each token that heads a phrase which the reading takes for an actor."""
    return {span.root.i: _LABELS[span.label_] for span in spans if span.label_ in _LABELS}


@dataclass(frozen=True)
class Places:
    """Where a character stands: sentence, paragraph and quotation, each by number; -1 outside quotation marks."""

    sentences: Sequence[int]
    paragraphs: Sequence[int]
    quotes: Sequence[tuple[int, int]]

    def locate(self, position: int) -> tuple[int, int, int]:
        """Sentence, paragraph and quotation of a character."""
        sentence = max(0, bisect_right(self.sentences, position) - 1)
        quote = next((n for n, (start, end) in enumerate(self.quotes) if start <= position < end), -1)
        return sentence, self.paragraphs[sentence], quote
