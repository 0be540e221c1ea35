"""Pair quotation marks, whatever their shape, without being led astray by apostrophes or a mark left open.

Reads one paragraph at a time; returns spans of what stands between the marks. A mark that is never
closed costs its own sentence at most (its paragraph, where the next paragraph reopens it); it spoils no other span.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from analysis.coding.language.tokens import any_of
from analysis.contracts.words import load_both

_MARK = re.compile(r"``|''|[‘’‚“”„\"«»'‹›]")
_SINGLE, _DOUBLE, _GUILLEMET = "single", "double", "guillemet"
_KIND = {
    "‘": _SINGLE, "’": _SINGLE, "‚": _SINGLE, "'": _SINGLE, "“": _DOUBLE, "”": _DOUBLE, "„": _DOUBLE, '"': _DOUBLE,
    "``": _DOUBLE, "''": _DOUBLE, "«": _GUILLEMET, "»": _GUILLEMET, "‹": _GUILLEMET, "›": _GUILLEMET,
}  # fmt: skip
_ELISION = re.compile(rf"(?:{any_of(load_both('text', 'elisions'))}|\d\ds?)\b(?!['’])", re.IGNORECASE)
"""What an apostrophe may stand before: a word that lost its first letters (``'t``), or a decade (``'90s``)."""
_SENTENCE_END = re.compile(r"[.!?…](?=\s+[A-ZÀ-Þ‘“\"„]|\s*\Z)")
_LONGEST = 20_000
"""Characters of one quotation; more is a pair of marks that do not belong together."""


class Span(NamedTuple):
    """What stands between two marks: `open` is where the opening mark begins, `close` where the closing mark ends."""

    open: int
    start: int
    end: int
    close: int
    depth: int
    is_closed: bool


def find_paragraphs(sentences: Sequence[Any]) -> list[tuple[int, int]]:
    """Half-open bounds of the paragraphs of an article, from its rows of ``sentences``, which stand in text order."""
    bounds: dict[int, tuple[int, int]] = {}
    for row in sentences:
        bounds[row.paragraph] = (bounds.get(row.paragraph, (row.start,))[0], row.end)
    return list(bounds.values())


def find_spans(text: str, paragraphs: list[tuple[int, int]]) -> list[Span]:
    """Spans between quotation marks, in text order.

    Parameters
    ----------
    text : str
        The article.
    paragraphs : list of tuple of int
        Half-open bounds of the paragraphs, in order.

    Returns
    -------
    list of Span
        ``depth`` 0 for a quotation, 1 for one inside another, and so on. Empty ones are left out.

    Examples
    --------
    >>> text = "‘Ga weg’, zei Jan’s broer. ’s Avonds."
    >>> [text[span.start : span.end] for span in find_spans(text, [(0, len(text))])]
    ['Ga weg']
    """
    found: list[Span] = []
    for number, (start, end) in enumerate(paragraphs):
        pairs, left_open = _pair(text, start, end)
        pairs.sort()
        spans: list[Span] = []
        enclosing: list[int] = []
        for first, width, last, last_width in pairs:
            while enclosing and enclosing[-1] <= first:
                enclosing.pop()
            if text[first + width : last].strip():
                spans.append(_trim(text, first, first + width, last, last + last_width, len(enclosing), True))
                enclosing.append(last + last_width)
        for first, width in left_open:
            if any(span.open <= first < span.close for span in spans):
                continue
            following = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else len(text)
            is_reopened = first == start and text[following : following + 1] == text[first : first + 1]
            stop = min([span.open for span in spans if span.open > first], default=end)
            if not is_reopened and (match := _SENTENCE_END.search(text, first + width, stop)) is not None:
                stop = match.end()
            if text[first + width : stop].strip():
                spans.append(_trim(text, first, first + width, stop, stop, 0, False))
        found += sorted(spans)
    return found


def _trim(text: str, first: int, start: int, end: int, close: int, depth: int, is_closed: bool) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(first, start, end, close, depth, is_closed)


def _pair(text: str, start: int, end: int) -> tuple[list[tuple[int, int, int, int]], list[tuple[int, int]]]:
    """Pairs (position and width of both marks) and marks left open."""
    pairs: list[tuple[int, int, int, int]] = []
    stack: list[tuple[str, int, int]] = []
    marks = [(match[0], match.start(), match.end()) for match in _MARK.finditer(text, start, end)]
    closers: dict[str, list[int]] = {_SINGLE: [], _DOUBLE: [], _GUILLEMET: []}
    for mark, at, after in marks:
        if _may_close(text, mark, at, after, start):
            closers[_KIND[mark]].append(at)
    openers = [at for mark, at, after in marks if mark in "‘“„«" and _may_open(text, mark, at, after, start, end)]
    for mark, at, after in marks:
        kind = _KIND[mark]
        is_open = any(item[0] == kind for item in stack)
        if (
            is_open
            and _may_close(text, mark, at, after, start)
            and not _is_genitive(text, mark, at, after, closers, openers)
        ):
            while stack[-1][0] != kind:
                stack.pop()  # a mark inside that was never closed
            _, first, width = stack.pop()
            if at - first <= _LONGEST:
                pairs.append((first, width, at, after - at))
        elif _may_open(text, mark, at, after, start, end) and (mark in "‘“„«‚‹" or not is_open):
            if mark in "’”" and not any(later > after for later in closers[kind]):
                continue
            if is_open and len([later for later in closers[kind] if later > at]) < 2:
                stack = [item for item in stack if item[0] != kind]  # the earlier one was never closed
            if len(stack) < 6:
                stack.append((kind, at, after - at))
    opened = {first for first, *_ in pairs}
    certain = [
        (at, after - at)
        for mark, at, after in marks
        if at not in opened and mark in '‘“„«"' and _may_open(text, mark, at, after, start, end)
    ]
    return pairs, certain


def _may_open(text: str, mark: str, at: int, after: int, start: int, end: int) -> bool:
    if after >= end or text[after].isspace() or mark in "»›":
        return False
    before = text[at - 1] if at > start else " "
    if not (before.isspace() or before in "([{‘“„«\"'–—-:/…,") and mark not in "“„«":
        return False
    return not (mark in "‘’'‚" and _ELISION.match(text, after) and (mark != "‘" or not text[after].isdigit()))


def _may_close(text: str, mark: str, at: int, after: int, start: int) -> bool:
    if mark in "‘‚«‹" or at == start or (text[at - 1].isspace() and mark not in "”»"):
        return False
    follows = text[after : after + 1]
    return not (follows.isalnum() and mark in "’'\"") and not (mark == "“" and follows.isalnum())


def _is_genitive(text: str, mark: str, at: int, after: int, closers: dict[str, list[int]], openers: list[int]) -> bool:
    """``Jans’ auto``: an apostrophe where a later mark can still close the quotation."""
    if mark not in "’'" or text[at - 1] not in "sxz" or not re.match(r"\s[a-zà-ÿ]", text[after : after + 2]):
        return False
    next_open = min((later for later in openers if later > at), default=len(text))
    return any(at < later < next_open for later in closers[_SINGLE])
