"""Where judgements are looked for: each sentence with its actors, the quotes it holds, and whom their words can reach.

Reads a `Reading`, its mentions and its quotes; returns places as token ranges. For methods that judge by words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from spacy.tokens import Doc

from analysis.coding.syntax.trees import find_tokens
from analysis.contracts.schema import AUTHOR, UNNAMED
from analysis.contracts.tables import group_rows
from analysis.reading import Reading


@dataclass(frozen=True)
class Speech:
    """A quote, as token range; `is_partial` lets a target outside be judged by words inside.

    `outer_source_id` is who reports its speaker, where another quote holds it.
    """

    first: int
    last: int
    source_id: str
    source_mention_id: str | None
    is_partial: bool
    outer_source_id: str | None = None


@dataclass(frozen=True)
class Target:
    """A mention of an actor, as token range and as characters."""

    mention_id: str
    actor_id: str
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True)
class Place:
    """A sentence that mentions actors: its tokens `first` to `last` (exclusive), its text and where that starts."""

    article_id: str
    sentence_id: int
    language: str
    doc: Doc
    first: int
    last: int
    start: int
    text: str
    targets: tuple[Target, ...]
    speech: tuple[Speech, ...]


def find_places(
    reading: Reading, mentions: pd.DataFrame, quotes: pd.DataFrame, *, languages: Collection[str], captions: bool
) -> Iterator[Place]:
    """The sentences of articles in some languages that mention an actor, in the order of articles and text."""
    language_of = reading.languages
    mentions_of = group_rows(mentions, "article_id", "sentence_id")
    quotes_of = group_rows(quotes, "article_id")
    for article_id, sentences in group_rows(reading.sentences, "article_id").items():
        language = language_of[article_id]
        if language not in languages:
            continue
        doc = reading.docs[article_id]
        speech = find_speech(doc, quotes_of.get(article_id, []))
        for sentence in sentences:
            here = mentions_of.get((article_id, sentence.sentence_id))
            if here is None or (sentence.part == "caption" and not captions):
                continue
            first, last = find_tokens(doc, sentence.start, sentence.end)
            heard = tuple(quote for quote in speech if quote.first < last and first < quote.last)
            yield Place(
                article_id, int(sentence.sentence_id), language, doc, first, last, int(sentence.start),
                sentence.text, tuple(find_targets(doc, here)), heard,
            )  # fmt: skip


def find_speech(doc: Doc, quotes: Sequence[Any]) -> list[Speech]:
    """The quotes of an article as token ranges."""
    source_of = {quote.quote_id: quote.source_id for quote in quotes}
    return [
        Speech(
            *find_tokens(doc, quote.start, quote.end),
            source_id=_name(quote.source_id),
            source_mention_id=None if pd.isna(quote.source_mention_id) else quote.source_mention_id,
            is_partial=quote.kind != "direct",
            outer_source_id=_name(source_of[quote.outer_id]) if quote.outer_id in source_of else None,
        )
        for quote in quotes
    ]


def find_targets(doc: Doc, mentions: Sequence[Any]) -> list[Target]:
    """Mentions as token ranges."""
    return [
        Target(m.mention_id, m.actor_id, *find_tokens(doc, m.start, m.end), int(m.start), int(m.end)) for m in mentions
    ]


def innermost(speech: Sequence[Speech], token: int) -> Speech | None:
    """The shortest quote that holds a token."""
    holding = [quote for quote in speech if quote.first <= token < quote.last]
    return min(holding, key=lambda quote: quote.last - quote.first, default=None)


def is_within_reach(target: Target, speaking: Speech | None, speech: Sequence[Speech]) -> bool:
    """Whether a word said in `speaking` (None: by the author) may judge the target."""
    around = innermost(speech, target.first)
    if speaking is not None:
        if target.mention_id == speaking.source_mention_id:
            return False
        return around is speaking or speaking.is_partial
    return around is None or around.is_partial


def _name(source_id: Any) -> str:
    return UNNAMED if pd.isna(source_id) else str(source_id)


def name_outer(speaking: Speech | None, speech: Sequence[Speech]) -> str | None:
    """Who reports the speaker of a quote: whose quote holds it, as found or by its place; None where none does."""
    if speaking is None:
        return None
    if speaking.outer_source_id is not None:
        return speaking.outer_source_id
    around = [
        other
        for other in speech
        if other is not speaking
        and other.first <= speaking.first
        and speaking.last <= other.last
        and other.last - other.first > speaking.last - speaking.first
        and other.source_id != speaking.source_id
    ]
    found = min(around, key=lambda quote: quote.last - quote.first, default=None)
    return found.source_id if found is not None else None


def name_source(speaking: Speech | None) -> str:
    """Who speaks in a quote; the author where there is none."""
    return speaking.source_id if speaking is not None else AUTHOR
