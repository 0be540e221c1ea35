"""Reported speech and speech between marks as rows that stand apart, or one within another.

Reads the attributed spans between marks and the `Report` records of an article; returns `Said` rows. Between marks the
words are settled; the tree settles who says them, what is said around them, and what is said within what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.coding.quotes.article import ArticleView, Attribution, Said
from analysis.coding.quotes.content import QUOTE_MARKS, THAT
from analysis.coding.quotes.cues import INNER, NARRATOR
from analysis.coding.quotes.reported import COLON_CLAUSE, Report
from analysis.coding.quotes.speakers import FIRST_PERSONS, speaker_at

_WORD = re.compile(r"\w+")
_KEPT = ("%", ")", "’s")
"""What ends a stretch of speech although it is no word."""


def join(view: ArticleView, direct: Sequence[Said], reports: Iterable[Report]) -> list[Said]:
    """Put reported speech beside, around or within speech between marks.

    Parameters
    ----------
    view : ArticleView
        A parsed article.
    direct : sequence of Said
        Spans between marks with their attribution.
    reports : iterable of Report
        Reported speech of the same article.
    """
    rows, reported = list(direct), list[Said]()
    for report in reports:
        attribution = _attribute(view, report)
        around = next((row for row in direct if row.holds(attribution.cue_start)), None)
        for start, end in _stretches(view, report):
            if around is not None:
                reported += _within(view, report, attribution, around, start, end)
            elif not _is_spent(report, attribution, direct, start, end):
                rows, new = _beside(view, rows, report, Said(start, end, "indirect", attribution))
                reported += new
    return _order(rows, reported)


def _attribute(view: ArticleView, report: Report) -> Attribution:
    speaker = speaker_at(view, report.source)
    words = [view.doc[i] for i in report.cue]
    place = (words[0].idx, words[-1].idx + len(words[-1]))
    return Attribution(report.rule + speaker.suffix, speaker.mention, " ".join(one.text for one in words), *place)


def _stretches(view: ArticleView, report: Report) -> list[tuple[int, int]]:
    pieces = [piece for piece in report.pieces if len(report.pieces) == 1 or piece[1] - piece[0] > 1]
    found = [_characters(view, first, last) for first, last in pieces]
    return [(start, end) for start, end in found if start < end]


def _characters(view: ArticleView, first: int, last: int) -> tuple[int, int]:
    """Characters of a stretch of tokens, without punctuation at its ends, with both marks of a span or neither."""
    doc, opens = view.doc, {span.open for span in view.outer}
    while first < last and not doc[first].text[:1].isalnum() and doc[first].idx not in opens:
        first += 1
    while last > first and not doc[last - 1].text[-1:].isalnum() and doc[last - 1].text not in _KEPT:
        last -= 1
    if first >= last:
        return 0, 0
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    for span in view.outer:
        if start <= span.open < end <= span.close:
            end = span.close
        if span.open < start <= span.start and span.close <= end:
            start = span.open
    return start, end


def _is_spent(report: Report, attribution: Attribution, direct: Sequence[Said], start: int, end: int) -> bool:
    """Whether a cue hands on a quote, so that words around it are the narrator's: ``Hij kwam en zei: ‘...’``."""
    is_used = any(row.attribution.cue_start == attribution.cue_start for row in direct)
    is_apart = not any(row.start < end and start < row.end for row in direct)
    return report.beside_marks == NARRATOR and is_used and is_apart


def _within(
    view: ArticleView, report: Report, attribution: Attribution, around: Said, start: int, end: int
) -> list[Said]:
    """Speech inside speech between marks: kept where somebody else than its speaker is said to speak."""
    start, end = max(start, around.start), min(end, around.end)
    end = start + len(view.text[start:end].rstrip(" ,.;:")) if end == around.end else end
    source = report.source
    if start >= end or source is None or source.lower_ in FIRST_PERSONS or _is_same(around.attribution, attribution):
        return []
    is_nobody = attribution.mention is None and source.pos_ == "PRON"
    return [] if is_nobody else [Said(start, end, "indirect", attribution)]


def _is_same(one: Attribution, other: Attribution) -> bool:
    """Whether two attributions are known to be to the same actor."""
    return one.mention is not None and other.mention is not None and one.mention.actor_id == other.mention.actor_id


def _beside(view: ArticleView, rows: list[Said], report: Report, new: Said) -> tuple[list[Said], list[Said]]:
    """Reported speech outside speech between marks, or around some of it: the rows so far, and what is new."""
    start, end, attribution, text = new.start, new.end, new.attribution, view.text
    touched = [row for row in rows if row.start < end and start < row.end]
    if not touched:
        is_marked = any(span.open <= start and end <= span.close for span in view.outer)
        return rows, [replace(new, kind="direct")] if is_marked and report.rule == COLON_CLAUSE else [new]
    outside = [one for one in _WORD.finditer(text, start, end) if not any(row.holds(one.start()) for row in touched)]
    if not outside or report.beside_marks == INNER or (len(outside) == 1 and outside[0][0].lower() in THAT):
        is_better = attribution.mention is not None and report.rule != COLON_CLAUSE
        weak = [row for row in touched if is_better and _is_weak(row, attribution)]
        return [replace(row, attribution=attribution) if row in weak else row for row in rows], []
    inside = [row for row in touched if row.span and start <= row.span.open and row.span.close <= end]
    whole = [row for row in inside if _is_sentence(view, row) and row.attribution.cue_start != attribution.cue_start]
    nested = [row for row in whole if row.attribution.mention and attribution.mention]
    nested = [row for row in nested if not _is_same(row.attribution, attribution)]
    for row in touched:
        if row not in inside or (row in whole and row not in nested):
            opened, closed = (row.span.open, row.span.close) if row.span else (row.start, row.end)
            start = closed if opened <= start < closed else start
            end = min(end, opened) if start < opened < end else end
    while start < end and not (text[start].isalnum() or text[start] in QUOTE_MARKS):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in QUOTE_MARKS):
        end -= 1
    if len(_WORD.findall(text, start, end)) < 2:
        return rows, []
    merged = [row for row in inside if start <= row.start and row.end <= end and row not in nested]
    kind = "partial" if merged else "indirect"
    return [row for row in rows if row not in merged], [Said(start, end, kind, attribution)]


def _is_weak(row: Said, attribution: Attribution) -> bool:
    return row.attribution.is_weak and row.attribution.cue_start != attribution.cue_start


def _is_sentence(view: ArticleView, row: Said) -> bool:
    """Whether a span between marks is a sentence by itself."""
    said = view.text[row.start : row.end]
    return row.kind == "direct" and said[:1].isupper() and len(said.split()) > 3


def _order(rows: list[Said], reported: list[Said]) -> list[Said]:
    """Rows without doubles: reported speech within speech has another speaker and its cue there, or is left out."""
    kept: list[Said] = []
    for row in sorted(reported, key=lambda one: (one.start - one.end, one.start)):
        touched = [one for one in (*rows, *kept) if one.start < row.end and row.start < one.end]
        holding = [one for one in touched if one.start <= row.start and row.end <= one.end]
        if any(one not in holding and not (row.start <= one.start and one.end <= row.end) for one in touched):
            continue
        inner = min(holding, key=lambda one: one.end - one.start, default=None)
        if inner is not None:
            is_repeated = (inner.start, inner.end) == (row.start, row.end) or row.attribution.mention is None
            if (
                is_repeated
                or _is_same(inner.attribution, row.attribution)
                or not inner.holds(row.attribution.cue_start)
            ):
                continue
        kept.append(row)
    return sorted([*rows, *kept], key=lambda one: (one.start, -one.end))


def find_outer(found: Sequence[Said], said: Said) -> int | None:
    """Position of the smallest row that holds another, or None."""
    size = said.end - said.start
    holding = [
        n
        for n, one in enumerate(found)
        if one.start <= said.start and said.end <= one.end and one.end - one.start > size
    ]
    return min(holding, key=lambda n: found[n].end - found[n].start, default=None)
