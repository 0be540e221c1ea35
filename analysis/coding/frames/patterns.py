"""Frames by indicator patterns: which questions the words of a sentence answer with yes.

Reads a text and the frames of a codebook; yields the evidence of each pattern that occurs. Transparent: a row can be
traced to a line of the codebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from analysis.codebook.load import Frame, compile_pattern


def match_patterns(text: str, frames: Sequence[Frame], language: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield frame, indicator and the characters of the evidence for every question that a pattern answers.

    Parameters
    ----------
    text : str
        One sentence.
    frames : sequence of Frame
        Their indicators are asked in the order of the codebook.
    language : str
        Only patterns of this language are looked for.

    Yields
    ------
    tuple of (frame_id, indicator, start, end)
        The longest of the matches, the first among equals; offsets into `text`.

    Examples
    --------
    >>> from analysis.codebook.load import Indicator
    >>> frame = Frame("weather", {"nl": "weer"}, "d", "s", (Indicator("rain", "?", {"nl": ("regen*", "de regen")}),))
    >>> list(match_patterns("In de regen.", (frame,), "nl"))
    [('weather', 'rain', 3, 11)]
    """
    lowered = text.lower()
    for frame in frames:
        for indicator in frame.indicators:
            found = _find_longest(text, lowered, indicator.patterns.get(language, ()))
            if found is not None:
                yield frame.id, indicator.id, *found


def _find_longest(text: str, lowered: str, patterns: tuple[str, ...]) -> tuple[int, int] | None:
    spans = [
        match.span()
        for needle, expression in _compile(patterns)
        if needle in lowered
        for match in expression.finditer(text)
    ]
    return min(spans, key=lambda span: (span[0] - span[1], span[0]), default=None)


@lru_cache(maxsize=2048)
def _compile(patterns: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The expression of each pattern, and its longest run of letters: without that in the text, none need be tried."""
    pieces = [[piece for word in pattern.split() if word != ".." for piece in word.split("*")] for pattern in patterns]
    needles = [max(found, key=len).lower() for found in pieces]
    return tuple((needle, compile_pattern(pattern)) for needle, pattern in zip(needles, patterns, strict=True))
