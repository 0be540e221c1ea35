"""The record `explain` returns: rows, their sentences with the evidence marked, and the reasons in words.

Reads nothing of its own; renders itself as text for a terminal and as HTML for a notebook.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.display.words import word

OPEN, CLOSE = "«", "»"
_MARK = "background: #fbe3b5; color: #222"
NOTED = 12
"""Sentences up to which each mark is told beneath its sentence; of more, the reasons tell what was counted."""


@dataclass(frozen=True)
class Highlight:
    """A stretch of ``articles.text`` that is evidence, and what it is evidence of."""

    article_id: str
    start: int
    end: int
    text: str
    note: str


@dataclass(frozen=True)
class ShownSentence:
    """A sentence (characters `start` to `end` of its article) and the highlights that touch it."""

    article_id: str
    sentence_id: int | None
    start: int
    end: int
    text: str
    highlights: tuple[Highlight, ...]

    def pieces(self) -> list[tuple[str, tuple[Highlight, ...]]]:
        """The sentence cut wherever a highlight begins or ends: each piece with the highlights over it."""
        cuts = {self.start, self.end}
        for mark in self.highlights:
            cuts |= {min(max(mark.start, self.start), self.end), min(max(mark.end, self.start), self.end)}
        edges = sorted(cuts)
        return [
            (
                self.text[first - self.start : last - self.start],
                tuple(mark for mark in self.highlights if mark.start <= first and last <= mark.end),
            )
            for first, last in pairwise(edges)
        ]


@dataclass(frozen=True)
class Explanation:
    """Where a row or an estimate comes from.

    Attributes
    ----------
    target : str
        The id that was asked for.
    rows : tuple of (table, row id)
        Every row behind it, the row itself first.
    reasons : tuple of str
        What was found and by which rule or method, a sentence each.
    sentences : tuple of ShownSentence
        In text order.
    language : {"nl", "en"}
        Of the reasons, and of what is written around the sentences.
    """

    target: str
    rows: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    sentences: tuple[ShownSentence, ...]
    language: str = "en"

    @property
    def highlights(self) -> tuple[Highlight, ...]:
        """All highlights, each once, in text order."""
        marks = {mark for sentence in self.sentences for mark in sentence.highlights}
        return tuple(sorted(marks, key=lambda mark: (mark.article_id, mark.start, mark.end, mark.note)))

    def to_text(self, *, n: int = 50) -> str:
        """For a terminal: reasons, then the first `n` sentences with the evidence between « and ».

        Of up to `NOTED` sentences, beneath each what its marks are: ``«De politie» agent: Police``.
        """
        lines = [self.target, *(f"  - {reason}" for reason in self._first_reasons(n)), ""]
        for sentence in self.sentences[:n]:
            lines.append(f"{self._place(sentence)}: {_mark_text(sentence)}")
            lines += [f"    {OPEN}{text}{CLOSE} {note}" for text, note in _notes(sentence, len(self.sentences))]
        if len(self.sentences) > n:
            lines.append(word("why_more_sentences", self.language, n=len(self.sentences) - n))
        return "\n".join(lines)

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        reasons = "".join(f"<li>{html.escape(reason)}</li>\n" for reason in self._first_reasons(50))
        shown = "".join(
            f"<li><small>{html.escape(self._place(sentence))}</small> {_mark_html(sentence)}"
            f"{_notes_html(_notes(sentence, len(self.sentences)))}</li>\n"
            for sentence in self.sentences[:50]
        )
        n_more = len(self.sentences) - 50
        more = f"<p>{word('why_more_sentences', self.language, n=n_more)}</p>\n" if n_more > 0 else ""
        return (
            f"<div><p><code>{html.escape(self.target)}</code></p>\n<ul>\n{reasons}</ul>\n"
            f'<ul style="list-style: none; padding-left: 0">\n{shown}</ul>\n{more}</div>'
        )

    def _first_reasons(self, n: int) -> list[str]:
        n_more = len(self.reasons) - n
        return [*self.reasons[:n], *([word("why_more_reasons", self.language, n=n_more)] if n_more > 0 else [])]

    def _place(self, sentence: ShownSentence) -> str:
        if sentence.sentence_id is None:
            return sentence.article_id
        return word("why_place", self.language, article_id=sentence.article_id, sentence_id=sentence.sentence_id)


def _notes(sentence: ShownSentence, n_sentences: int) -> list[tuple[str, str]]:
    """The marked words of a sentence, each with what it is, in text order; nothing where many sentences are shown."""
    if n_sentences > NOTED:
        return []
    whole = (sentence.start, sentence.end)
    marks = sorted(sentence.highlights, key=lambda mark: (mark.start, mark.end, mark.note))
    told = {(" ".join(mark.text.split()), mark.note): None for mark in marks if (mark.start, mark.end) != whole}
    return list(told)


def _notes_html(notes: Sequence[tuple[str, str]]) -> str:
    if not notes:
        return ""
    items = "".join(
        f'<li><mark style="{_MARK}">{html.escape(text)}</mark> {html.escape(note)}</li>\n' for text, note in notes
    )
    return f'\n<ul style="list-style: none; font-size: 0.85em; margin: 0.2em 0 0.8em">\n{items}</ul>'


def _mark_text(sentence: ShownSentence) -> str:
    """Marks around every stretch with evidence; stretches that touch by one highlight are one."""
    text, inside = "", False
    last: tuple[Highlight, ...] = ()
    for piece, marks in sentence.pieces():
        joins = bool(set(marks) & set(last))
        if inside and not joins:
            text += CLOSE
        if marks and not (inside and joins):
            text += OPEN
        inside, last = bool(marks), marks
        text += piece
    return " ".join((text + (CLOSE if inside else "")).split())


def _mark_html(sentence: ShownSentence) -> str:
    parts = []
    for piece, marks in sentence.pieces():
        if marks:
            note = html.escape("; ".join(dict.fromkeys(mark.note for mark in marks)))
            parts.append(f'<mark style="{_MARK}" title="{note}">{html.escape(piece)}</mark>')
        else:
            parts.append(html.escape(piece))
    return "".join(parts)
