"""Who takes part in a row: the words for the doer and the one it is done to, for accuser and accused, for who must act.

Reads rows of ``actions``, ``responsibility`` and ``functions`` with the tables they lie in; returns stretches of the
article with what each is. Deeds name their mentions; of the other rows the nearest mention of the actor in the sentence
is taken, and of who speaks from another sentence the mention that introduces the quote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from analysis.contracts.tables import Tables, group_rows, rows_of
from analysis.display.words import word

Name = Callable[[Any], str]
"""What turns an id into a label."""
_ACCUSERS = {
    "accuses": "why_accuser", "holds_responsible": "why_accuser", "demands": "why_demands", "denies": "why_denies",
    "defends": "why_defender", "admits": "why_admits",
}  # fmt: skip
_ACCUSED = {"demands": "why_about_treatment_recommendation", "defends": "why_defended"}
"""By stance, the word for who speaks and for whom it is about."""


class Part(NamedTuple):
    """Half-open characters of an article, and what they are in the row."""

    start: int
    end: int
    note: str


class Parties:
    """Finds who takes part in rows of a coded corpus.

    Parameters
    ----------
    tables : Tables
        All its tables.
    name : callable
        Turns an id into a label.
    language : {"nl", "en"}
        Of the notes.
    """

    def __init__(self, tables: Tables, name: Name, language: str) -> None:
        self.tables, self.name, self.language = tables, name, language

    @cached_property
    def by_id(self) -> dict[Any, Any]:
        """Mentions by their id."""
        return {row.mention_id: row for row in rows_of(self.tables.mentions)}

    @cached_property
    def _by_sentence(self) -> dict[Any, list[Any]]:
        return group_rows(self.tables.mentions, "article_id", "sentence_id")

    @cached_property
    def _quotes(self) -> dict[Any, list[Any]]:
        return group_rows(self.tables.quotes, "article_id")

    @cached_property
    def _sentences(self) -> dict[Any, list[Any]]:
        return group_rows(self.tables.sentences, "article_id", "sentence_id")

    def of_action(self, row: Any) -> Iterator[Part]:
        """Agent and patient of a deed."""
        for key, mention_id in (("why_agent", row.agent_mention_id), ("why_patient", row.patient_mention_id)):
            mention = self.by_id.get(mention_id) if pd.notna(mention_id) else None
            if mention is not None:
                yield self._part(mention, key, mention.actor_id)

    def of_responsibility(self, row: Any) -> Iterator[Part]:
        """Who says so, who is held responsible, and for what."""
        yield from self._actor(row, row.accuser_id, _ACCUSERS[row.stance])
        if pd.notna(row.accused_id) and row.accused_id != row.accuser_id:
            yield from self._actor(row, row.accused_id, _ACCUSED.get(row.stance, "why_accused"))
        yield from self._event(row)

    def of_function(self, row: Any) -> Iterator[Part]:
        """Who says so, and whom it is about."""
        yield from self._actor(row, row.source_id, "why_says_so")
        if pd.notna(row.actor_id) and row.actor_id != row.source_id:
            yield from self._actor(row, row.actor_id, f"why_about_{row.function}")
        yield from self._event(row)

    def _part(self, mention: Any, key: str, actor_id: Any) -> Part:
        note = f"{word(key, self.language)}: {self.name(actor_id)}"
        return Part(int(mention.start), int(mention.end), note)

    def _actor(self, row: Any, actor_id: Any, key: str) -> Iterator[Part]:
        here = [m for m in self._by_sentence.get((row.article_id, row.sentence_id), []) if m.actor_id == actor_id]
        mention = min(here, key=lambda m: (max(m.start - row.end, row.start - m.end, 0), m.start), default=None)
        if mention is None:
            mention = self._speaker(row, actor_id)
        if mention is not None:
            yield self._part(mention, key, actor_id)

    def _speaker(self, row: Any, actor_id: Any) -> Any:
        """The mention that says whose quote holds the words; None where no quote of this actor does."""
        quotes = [
            quote
            for quote in self._quotes.get(row.article_id, [])
            if quote.start <= row.start < quote.end and pd.notna(quote.source_id) and quote.source_id == actor_id
        ]
        inner = min(quotes, key=lambda quote: quote.end - quote.start, default=None)
        return None if inner is None else self.by_id.get(inner.source_mention_id)

    def _event(self, row: Any) -> Iterator[Part]:
        if pd.isna(row.event):
            return
        for sentence in self._sentences.get((row.article_id, row.sentence_id), []):
            at = sentence.text.find(row.event)
            if at >= 0:
                start = int(sentence.start) + at
                yield Part(start, start + len(row.event), word("why_for_what", self.language))
