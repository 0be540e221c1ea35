"""Coreference within an article: whom a pronoun or a description means.

Reads a `Reading` whose Docs have a tree, and the table ``mentions``; returns it with further rows: pronouns of the
third person, appositions, and definite descriptions. `find_mentions` runs it. Precision goes before recall: what is
unclear gets no row. It cannot see an antecedent more than two sentences back, nor several actors meant together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from spacy.tokens import Doc, Token

from analysis.codebook.load import EMPTY, Codebook
from analysis.coding.coreference.descriptions import describe, find_pointer, is_noun, remember, remember_title
from analysis.coding.coreference.pronouns import Agreement, Pronoun, find_pronouns
from analysis.coding.coreference.referents import Anchor, Draft, Kind, Places, make_referents, role_of
from analysis.coding.coreference.salience import choose
from analysis.coding.language.gender import gender_of_noun
from analysis.coding.language.marks import find_paragraphs, find_spans
from analysis.coding.mentions.article import number_mentions
from analysis.coding.mentions.find import find_mentions
from analysis.coding.mentions.phrases import ACTOR_PHRASE
from analysis.coding.syntax import trees
from analysis.contracts.schema import UNLISTED
from analysis.contracts.tables import group_rows, make_table
from analysis.contracts.words import list_languages
from analysis.reading import Reading

_GENDERS = {Agreement.MASCULINE: "m", Agreement.MASCULINE_OR_NEUTER: "m", Agreement.FEMININE: "f"}


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
        Table ``mentions``, numbered anew. ``rule``: ``pronoun_personal``, ``pronoun_possessive``, ``apposition``
        (``Esper, de minister``), ``predicate`` (``Esper is de minister``), ``description_repeated`` (a noun that the
        article called the actor by before), ``description_short`` (the end of a longer description of the codebook),
        ``description_general`` (``die man``, ``het bedrijf``; ``de Noorse regering`` for Norway). ``antecedent_id`` is
        the last mention of the actor before the row, or the name beside a description.

    Notes
    -----
    A name that no codebook lists and that the article calls a thing (``Puma, de nieuwste versie``) loses its rows.
    Ordered sieves for descriptions and salience for pronouns; see `descriptions`, `salience`.
    """
    mentions_of, sentences = group_rows(mentions, "article_id"), group_rows(reading.sentences, "article_id")
    rows: list[dict[str, Any]] = []
    for article_id, language in reading.languages.items():
        own, doc = mentions_of.get(article_id), reading.docs[article_id]
        if own is None or language not in list_languages():
            continue
        if not trees.has_tree(doc):
            rows += [row._asdict() for row in own]
            continue
        read = sentences[article_id]
        places = find_places(doc.text, read)
        drafts = _Resolver(doc, language, _draft(own), places, codebook, unlisted=unlisted).run()
        numbered: dict[int | None, Draft] = {draft.number: draft for draft in drafts}
        found = [(draft, numbered.get(draft.antecedent)) for draft in drafts]
        rows += number_mentions(str(article_id), doc.text, read, found)
    return make_table("mentions", rows)


def _draft(own: Sequence[Any]) -> list[Draft]:
    numbers = {row.mention_id: number for number, row in enumerate(own)}
    return [
        Draft(number, row.start, row.end, row.actor_id, row.form, row.rule, numbers.get(row.antecedent_id))
        for number, row in enumerate(own)
    ]


def find_places(text: str, read: Sequence[Any]) -> Places:
    """Sentences, paragraphs and quotations of an article, from its text and its rows of ``sentences``."""
    quotes = [(span.open, span.close) for span in find_spans(text, find_paragraphs(read)) if span.depth == 0]
    return Places([row.start for row in read], [row.paragraph for row in read], quotes)


class _Resolver:
    """Reads one article from its first word to its last, and resolves each pronoun and description on the way."""

    def __init__(
        self, doc: Doc, language: str, drafts: list[Draft], places: Places, codebook: Codebook, *, unlisted: bool
    ) -> None:
        self.doc, self.drafts, self.places, self.unlisted = doc, drafts, places, unlisted
        self.referents = make_referents(doc, language, places, drafts, codebook)
        self.named = [self.referents.anchor_row(row) for row in drafts if row.rule != ACTOR_PHRASE]

    def run(self) -> list[Draft]:
        """Read the article; returns its rows, some of them changed and some new."""
        spans = [self.doc.char_span(row.start, row.end, alignment_mode="expand") for row in self.drafts]
        covered = {token.i for span in spans for token in span or ()}
        events: list[tuple[int, Draft | Pronoun | Token]] = [(row.start, row) for row in self.drafts]
        events += [(found.token.idx, found) for found in find_pronouns(self.doc) if found.token.i not in covered]
        events += [(token.idx, token) for token in self.doc if token.i not in covered and is_noun(token)]
        for _, event in sorted(events, key=lambda pair: pair[0]):
            if isinstance(event, Pronoun):
                self._read_pronoun(event)
            elif isinstance(event, Draft):
                self._read_row(event)
            else:
                self._read_noun(event)
        return [row for row in self.drafts if not row.is_dropped and row.actor_id not in self.referents.things]

    def _read_row(self, row: Draft) -> None:
        anchor = self.referents.anchor_row(row)
        meant = self._describe(anchor.head) if row.rule == ACTOR_PHRASE else None
        if meant is not None:
            self._resolve(anchor, *meant, row)
        else:
            self.referents.add(anchor)
            if row.form == "nominal":
                remember(self.referents, row.actor_id, anchor.head)
            elif row.form == "title":
                remember_title(self.referents, anchor)

    def _read_noun(self, token: Token) -> None:
        anchor = self.referents.anchor_token(token)
        meant = self._describe(token)
        if meant is not None:
            self._resolve(anchor, *meant)
        elif token.dep_ != "fixed":
            self.referents.add(anchor)

    def _resolve(self, anchor: Anchor, found: Anchor, rule: str, row: Draft | None = None) -> None:
        """Let a description mean an actor: in its own row, in a new one, or in none."""
        remember(self.referents, found.actor_id, anchor.head)
        gender = gender_of_noun(anchor.head.text)
        if gender is not None and found.kind == Kind.PERSON and not rule.startswith("description"):
            self.referents.genders.setdefault(found.actor_id, gender)
        is_new = row is None
        is_unlisted = found.actor_id.startswith(UNLISTED) and not self.unlisted
        if rule == "title" or (is_new and (rule == "predicate" or is_unlisted)):
            if row is not None:
                row.is_dropped = True
            return
        row = row or self._add(anchor.start, anchor.end, found, "nominal", rule)
        row.actor_id, row.rule, row.antecedent = found.actor_id, rule, found.row
        row.start = self._find_start(anchor.head, row.start)
        self.referents.add(
            replace(
                anchor,
                actor_id=found.actor_id,
                kind=found.kind,
                is_plural=found.is_plural,
                gender=anchor.gender or found.gender,
                row=row.number,
            )
        )

    def _describe(self, noun: Token) -> tuple[Anchor, str] | None:
        return describe(self.referents, noun, self.named, self.places.locate(noun.idx))

    def _find_start(self, noun: Token, start: int) -> int:
        """Where a description begins: at its demonstrative, unless another mention stands between."""
        pointer = find_pointer(noun)
        if pointer is None or any(row.start < start and pointer.idx < row.end for row in self.drafts):
            return start
        return pointer.idx

    def _read_pronoun(self, pronoun: Pronoun) -> None:
        token, place = pronoun.token, self.places.locate(pronoun.token.idx)
        found = choose(self.referents, pronoun, place)
        if found is None or not found.actor_id:
            return
        start, end = token.idx, token.idx + len(token)
        number = self._add(start, end, found, "pronoun", f"pronoun_{pronoun.pattern}").number
        gender, role = _GENDERS.get(pronoun.agreement), role_of(token)
        self.referents.add(
            replace(found, start=start, end=end, head=token, place=place, role=role, gender=gender, row=number)
        )

    def _add(self, start: int, end: int, found: Anchor, form: str, rule: str) -> Draft:
        row = Draft(len(self.drafts), start, end, found.actor_id, form, rule, found.row)
        self.drafts.append(row)
        return row
