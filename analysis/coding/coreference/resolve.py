"""Coreference within an article: whom a pronoun or a description means.

Reads a `Reading` whose Docs have a tree, and the table ``mentions``; returns it with further rows: pronouns of the
third person, appositions, and definite descriptions. `find_mentions` runs it. Precision goes before recall: what is
unclear gets no row. It cannot see an antecedent more than two sentences back, nor several actors meant together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
from spacy.tokens import Doc, Token

from analysis.codebook.entries import LANGUAGES
from analysis.codebook.load import EMPTY, Codebook
from analysis.coding.coreference.descriptions import (
    called_before,
    find_pointer,
    governed_by,
    is_definite,
    is_noun,
    is_one_of_either,
    most_salient,
    named_beside,
    names_thing,
    remember,
    remember_title,
    shortened,
)
from analysis.coding.coreference.pronouns import (
    FEMININE,
    MASCULINE,
    MASCULINE_OR_NEUTER,
    NEUTER,
    Pronoun,
    find_pronouns,
)
from analysis.coding.coreference.referents import (
    PERSON,
    Anchor,
    Cast,
    Places,
    Row,
    anchor_noun,
    anchor_row,
    label_heads,
    make_cast,
    role_of,
)
from analysis.coding.coreference.salience import choose, choose_later
from analysis.coding.language.gender import gender_of_noun
from analysis.coding.language.marks import find_spans
from analysis.coding.language.reporting import load_reporting
from analysis.coding.mentions.find import find_mentions
from analysis.coding.mentions.phrases import ACTOR_PHRASE
from analysis.coding.syntax import trees
from analysis.contracts.schema import UNLISTED
from analysis.contracts.tables import make_table
from analysis.reading import Reading

_GENDERS = {MASCULINE: "m", MASCULINE_OR_NEUTER: "m", FEMININE: "f"}
_COLUMNS = ["start", "end", "actor_id", "form", "rule"]


@dataclass
class _Draft:
    """A row in the making; `antecedent` is the number of another."""

    start: int
    end: int
    actor_id: str
    form: str
    rule: str
    antecedent: int | None = None
    is_dropped: bool = False


def find_all_mentions(
    reading: Reading, codebook: Codebook, *, unlisted: bool = True, nominals: bool = True, **options: bool
) -> pd.DataFrame:
    """Find mentions and resolve pronouns: `find_mentions`, then `resolve_pronouns`.

    Parameters
    ----------
    reading, codebook, unlisted, nominals, **options
        As `find_mentions` takes them.

    Returns
    -------
    DataFrame
        Table ``mentions``.
    """
    mentions = find_mentions(reading, codebook, unlisted=unlisted, nominals=nominals, **options)
    return resolve_pronouns(reading, mentions, codebook=codebook, unlisted=nominals and unlisted)


def resolve_pronouns(
    reading: Reading, mentions: pd.DataFrame, *, codebook: Codebook = EMPTY, unlisted: bool = True
) -> pd.DataFrame:
    """Add the pronouns and descriptions that point back to an actor.

    Parameters
    ----------
    reading : Reading
        Articles; those whose Doc has no tree keep their rows as they are.
    mentions : DataFrame
        Table ``mentions`` of the same articles. Descriptions among them (rule ``actor_phrase``) are given to the actor
        that they mean.
    codebook : Codebook
        Types of listed actors: a person is no ``het``.
    unlisted : bool
        Whether descriptions of unlisted actors (``de autobouwer`` for ``Velox``) become rows of their own.

    Returns
    -------
    DataFrame
        Table ``mentions``, numbered anew. ``rule``: ``pronoun_personal``, ``pronoun_possessive``,
        ``pronoun_demonstrative`` (``deze``), ``pronoun_ahead`` (``nadat hij viel, stond Jansen op``), ``apposition``
        (``Esper, de minister``), ``predicate`` (``Esper is de minister``), ``description_repeated`` (a noun that the
        article called the actor by before), ``description_general`` (``die man``, ``het bedrijf``; ``de Noorse
        regering`` for Norway).
        ``antecedent_id`` is the last mention of the actor before the row; after it for ``pronoun_ahead``.

    Notes
    -----
    A name that no codebook lists and that the article calls a thing (``Puma, de nieuwste versie``) loses its rows.
    Ordered sieves for descriptions and salience for pronouns; see `descriptions`, `salience`.
    """
    tables = dict(tuple(mentions.groupby("article_id", sort=False)))
    sentences = dict(tuple(reading.sentences.groupby("article_id", sort=False)))
    parts: list[pd.DataFrame] = []
    for article_id, language in reading.languages.items():
        own = tables.get(article_id)
        doc = reading.docs[article_id]
        if own is None or language not in LANGUAGES:
            continue
        if not trees.has_tree(doc):
            parts.append(own)
            continue
        read = sentences[article_id]
        drafts = _draft(own)
        _Reader(doc, language, drafts, find_places(doc.text, read), codebook, unlisted=unlisted).read()
        if any(not draft.is_dropped for draft in drafts):
            parts.append(_number(str(article_id), doc.text, drafts, read))
    return make_table("mentions", pd.concat(parts, ignore_index=True) if parts else [])


def _draft(own: pd.DataFrame) -> list[_Draft]:
    numbers = {mention_id: number for number, mention_id in enumerate(own["mention_id"])}
    return [
        _Draft(start, end, actor_id, form, rule, numbers.get(antecedent))
        for start, end, actor_id, form, rule, antecedent in own[[*_COLUMNS, "antecedent_id"]].itertuples(
            index=False, name=None
        )
    ]


def find_places(text: str, read: pd.DataFrame) -> Places:
    """Sentences, paragraphs and quotations of an article, from its text and its rows of ``sentences``."""
    bounds = read.groupby("paragraph", sort=True).agg({"start": "min", "end": "max"})
    spans = find_spans(text, list(zip(bounds["start"].tolist(), bounds["end"].tolist(), strict=True)))
    quotes = [(span.open, span.close) for span in spans if span.depth == 0]
    return Places(read["start"].tolist(), read["paragraph"].tolist(), quotes)


def _number(article_id: str, text: str, drafts: Sequence[_Draft], read: pd.DataFrame) -> pd.DataFrame:
    places = Places(read["start"].tolist(), read["paragraph"].tolist(), [])
    ids = read["sentence_id"].tolist()
    order = sorted(
        (number for number, draft in enumerate(drafts) if not draft.is_dropped), key=lambda n: drafts[n].start
    )
    identity = {number: f"{article_id}:m{place:05d}" for place, number in enumerate(order, start=1)}
    rows = [
        {
            "mention_id": identity[number],
            "article_id": article_id,
            "sentence_id": ids[places.locate(draft.start)[0]],
            "start": draft.start,
            "end": draft.end,
            "text": text[draft.start : draft.end],
            "actor_id": draft.actor_id,
            "form": draft.form,
            "antecedent_id": None if draft.antecedent is None else identity.get(draft.antecedent),
            "rule": draft.rule,
        }
        for number, draft in ((number, drafts[number]) for number in order)
    ]
    return pd.DataFrame(rows)


class _Reader:
    """Reads one article from its first word to its last, and lets each pronoun and description mean somebody."""

    def __init__(
        self, doc: Doc, language: str, drafts: list[_Draft], places: Places, codebook: Codebook, *, unlisted: bool
    ) -> None:
        self.doc, self.language, self.drafts, self.places, self.unlisted = doc, language, drafts, places, unlisted
        self.rows = [Row(n, d.start, d.end, d.actor_id, d.form, d.rule) for n, d in enumerate(drafts)]
        self.cast: Cast = make_cast(doc, language, self.rows, codebook)
        self.labels = label_heads(doc.spans.get("actors", []))
        self.named = [anchor_row(self.cast, row, places) for row in self.rows if row.rule != ACTOR_PHRASE]
        self.mute = self._find_mute()
        self.things: set[str] = set()

    def read(self) -> None:
        """Read the article; the drafts are changed and added to."""
        covered = {token.i for row in self.rows for token in self._tokens(row.start, row.end)}
        for row in self.rows:
            if row.form == "pronoun" and row.rule == "editor_bracket":
                covered.update(token.i for token in self._tokens(row.start, row.end))
        events: list[tuple[int, Row | Pronoun | Token]] = [(row.start, row) for row in self.rows]
        pronouns = [p for p in find_pronouns(self.doc, self.language) if p.token.i not in covered]
        events += [(pronoun.token.idx, pronoun) for pronoun in pronouns]
        events += [(t.idx, t) for t in self.doc if t.i not in covered and is_noun(t)]
        for _, event in sorted(events, key=lambda pair: pair[0]):
            if isinstance(event, Row):
                self._read_row(event)
            elif isinstance(event, Token):
                self._read_noun(event)
            else:
                self._read_pronoun(event)
        for draft in self.drafts:
            draft.is_dropped |= draft.actor_id in self.things

    def _tokens(self, start: int, end: int) -> Iterator[Token]:
        yield from self.doc.char_span(start, end, alignment_mode="expand") or ()

    def _find_mute(self) -> dict[int, frozenset[str]]:
        """Per quotation, the actors who speak it by the verb of reporting in its sentence."""
        finite = load_reporting(self.language).finite
        heads = {anchor.head.i: anchor.actor_id for anchor in self.named}
        found: dict[int, set[str]] = {}
        beside: dict[int, set[int]] = {}
        for number, (start, end) in enumerate(self.places.quotes):
            for position in (start, max(start, end - 1)):
                beside.setdefault(self.places.locate(position)[0], set()).add(number)
        for token in self.doc:
            if token.lower_ in finite and token.pos_ in ("VERB", "AUX"):
                sentence, _, quote = self.places.locate(token.idx)
                if quote < 0 and sentence in beside:
                    said = {heads[one.i] for one in trees.subjects(token) if one.i in heads}
                    for number in beside[sentence]:
                        found.setdefault(number, set()).update(said)
        return {number: frozenset(actors) for number, actors in found.items()}

    def _read_row(self, row: Row) -> None:
        draft = self.drafts[row.number]
        anchor = anchor_row(self.cast, row, self.places)
        if draft.rule == ACTOR_PHRASE:
            meant = self._describe(anchor.head)
            if meant is not None:
                found, rule = meant
                if rule == "title":
                    draft.is_dropped = True
                    remember(self.cast, found.actor_id, anchor.head)
                    return
                draft.actor_id, draft.rule = found.actor_id, rule
                draft.antecedent = found.row
                pointer = find_pointer(anchor.head, self.language)
                if pointer is not None and not self._is_taken(pointer.idx, draft.start):
                    draft.start = pointer.idx
                anchor = self._follow(anchor, found, row.number)
        if is_one_of_either(anchor.head, self.language):
            return  # `voor slachtoffers of schade`: nobody in particular, whom no pronoun can mean
        self.cast.add(anchor)
        if draft.form == "nominal":
            remember(self.cast, draft.actor_id, anchor.head)
        elif draft.form == "title":
            remember_title(self.cast, anchor)

    def _read_noun(self, token: Token) -> None:
        anchor = anchor_noun(token, self.places, self.labels)
        meant = self._describe(token)
        if meant is None:
            if token.dep_ != "fixed" and not is_one_of_either(token, self.language):
                self.cast.add(anchor)
            return
        found, rule = meant
        remember(self.cast, found.actor_id, token)
        gender = gender_of_noun(token.text)
        if gender is not None and found.kind == PERSON and rule in ("title", "predicate", "apposition"):
            self.cast.genders.setdefault(found.actor_id, gender)
        if rule in ("title", "predicate"):
            return
        if not self.unlisted and found.actor_id.startswith(UNLISTED):
            return
        pointer = find_pointer(token, self.language)
        start = token.idx if pointer is None else pointer.idx
        if self._is_taken(start, token.idx + len(token.text)):
            start = token.idx
        number = self._add(start, token.idx + len(token.text), found, "nominal", rule)
        self.cast.add(self._follow(anchor, found, number))

    def _describe(self, noun: Token) -> tuple[Anchor, str] | None:
        """Who a noun means, by the first sieve that knows."""
        beside = named_beside(self.cast, noun, self.named)
        if beside is not None:
            if beside[0].actor_id.startswith(UNLISTED) and names_thing(noun, beside[0]):
                self.things.add(beside[0].actor_id)
            return beside
        country = governed_by(self.cast, noun, self.named)
        if country is not None:
            return country, "description_general"
        if not is_definite(noun, self.language):
            return None
        before = called_before(self.cast, noun)
        if before is not None:
            return before, "description_repeated"
        longer = shortened(self.cast, noun)
        if longer is not None:
            return longer, "description_short"
        sentence, _, quote = self.places.locate(noun.idx)
        general = most_salient(self.cast, noun, sentence, quote, self.mute.get(quote, ()))
        return None if general is None else (general, "description_general")

    def _read_pronoun(self, pronoun: Pronoun) -> None:
        token = pronoun.token
        sentence, paragraph, quote = self.places.locate(token.idx)
        found = choose(self.cast, pronoun, sentence, paragraph, quote, self.mute.get(quote, ()))
        rule = f"pronoun_{pronoun.pattern}"
        if found is None:
            later = [a for a in self.named if a.sentence == sentence and a.start > token.idx]
            found, rule = choose_later(self.cast, pronoun, later), "pronoun_ahead"
        if found is None or not found.actor_id:
            return
        number = self._add(token.idx, token.idx + len(token.text), found, "pronoun", rule)
        gender = _GENDERS.get(pronoun.agreement) if found.kind == PERSON and pronoun.agreement != NEUTER else None
        self.cast.add(
            Anchor(
                token.idx, token.idx + len(token.text), found.actor_id, token, sentence, paragraph, found.kind,
                role_of(token), found.is_plural, found.is_neuter, gender, quote, number,
            )
        )  # fmt: skip

    def _follow(self, anchor: Anchor, found: Anchor, number: int) -> Anchor:
        """An anchor that means the actor of another."""
        return Anchor(
            anchor.start, anchor.end, found.actor_id, anchor.head, anchor.sentence, anchor.paragraph, found.kind,
            anchor.role, found.is_plural, anchor.is_neuter, anchor.gender or found.gender, anchor.quote, number,
        )  # fmt: skip

    def _is_taken(self, start: int, end: int) -> bool:
        return any(draft.start < end and start < draft.end for draft in self.drafts)

    def _add(self, start: int, end: int, found: Anchor, form: str, rule: str) -> int:
        self.drafts.append(_Draft(start, end, found.actor_id, form, rule, found.row))
        return len(self.drafts) - 1
