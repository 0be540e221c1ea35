"""Patterns of indicators: words with stars and gaps, as a codebook writes them, made into regular expressions."""

from __future__ import annotations

import re

_MOST_GAPS = 4
"""``..`` in one pattern; each may be seven lengths, and all their combinations are tried."""


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Turn an indicator pattern into a regular expression that matches whole words.

    Parameters
    ----------
    pattern : str
        Words, matched without regard to case. ``*`` stands for any letters inside or at the end of a
        word (``conflict*``); a space for any white space; ``..`` for up to six words in between
        (``stelt .. verantwoordelijk``). Nothing else is special.

    Returns
    -------
    re.Pattern

    Raises
    ------
    ValueError
        If the pattern is empty, begins or ends with ``..`` or holds too many, or a word in it has no letter or digit.

    Examples
    --------
    >>> compile_pattern("stelt .. verantwoordelijk").search("Hij stelt Iran daarvoor verantwoordelijk.").span()
    (4, 40)
    """
    pieces: list[str] = []
    words = pattern.split()
    if not words or words[0] == ".." or words[-1] == "..":
        raise ValueError("a pattern is one or more words, with '..' only between words")
    if words.count("..") > _MOST_GAPS:
        raise ValueError(f"'..' stands in it {words.count('..')} times, at most {_MOST_GAPS}; use several patterns")
    gap = False
    for word in words:
        if word == "..":
            gap = True
            continue
        if not re.search(r"\w", word):
            raise ValueError(f"'{word}' has no letter or digit")
        if pieces:
            pieces.append(r"\s+(?:[^\s.!?]+\s+){0,6}?" if gap else r"\s+")
        pieces.append(_compile_word(word))
        gap = False
    return re.compile(rf"(?<!\w){''.join(pieces)}(?!\w)", re.IGNORECASE)


def _compile_word(word: str) -> str:
    """One word of a pattern. What stands between stars is looked for once, nearest first: else many take hours."""
    first, *rest = [re.escape(part) for part in re.sub(r"\*+", "*", word).split("*")]
    # Letters inside or after, with the marks inside words; a closing quotation mark stays outside.
    inner = "".join(rf"(?>(?:[\w'’-]*?\w)??{part})" for part in rest[:-1])
    return first + inner + "".join(rf"(?:[\w'’-]*\w)?{part}" for part in rest[-1:])
