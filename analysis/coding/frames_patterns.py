"""Frames by indicator patterns: which questions the words of a sentence answer with yes.

Reads a text and the frames of a codebook; yields the evidence of each pattern that occurs. Transparent: a row can be
traced to a line of the codebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from analysis.codebook import Frame, compile_pattern


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
    >>> from analysis.codebook import Indicator
    >>> frame = Frame("weather", {"nl": "weer"}, "d", "s", (Indicator("rain", "?", {"nl": ("regen*", "de regen")}),))
    >>> list(match_patterns("In de regen.", (frame,), "nl"))
    [('weather', 'rain', 3, 11)]
    """
    for frame in frames:
        for indicator in frame.indicators:
            found = _find_longest(text, indicator.patterns.get(language, ()))
            if found is not None:
                yield frame.id, indicator.id, *found


def _find_longest(text: str, patterns: tuple[str, ...]) -> tuple[int, int] | None:
    spans = [match.span() for pattern in _compile(patterns) for match in pattern.finditer(text)]
    return min(spans, key=lambda span: (span[0] - span[1], span[0]), default=None)


@lru_cache(maxsize=2048)
def _compile(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Compile an indicator's patterns: those of one word are joined into one expression, which is faster."""
    words = [pattern for pattern in patterns if len(pattern.split()) == 1]
    phrases = [compile_pattern(pattern) for pattern in patterns if len(pattern.split()) > 1]
    if words:
        joined = "|".join(compile_pattern(word).pattern for word in sorted(words, key=len, reverse=True))
        phrases.insert(0, re.compile(joined, re.IGNORECASE))
    return tuple(phrases)
