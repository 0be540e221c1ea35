"""Frames: which indicator questions a sentence answers with yes.

Reads a `Reading` and a `Codebook`; returns the table ``frames``: one row per sentence, frame and
indicator with evidence, and the characters that are the evidence. No row means no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pandas as pd

from analysis.codebook import Codebook, Frame, compile_pattern
from analysis.errors import UsageError
from analysis.reading import Reading
from analysis.schema import make_table, rows_of

METHODS = ("patterns",)


def code_frames(
    reading: Reading, codebook: Codebook, *, method: str = "patterns", captions: bool = False
) -> pd.DataFrame:
    """Ask every indicator question of every sentence.

    Parameters
    ----------
    reading : Reading
        Articles that have been read.
    codebook : Codebook
        Its frames and their indicators. A frame without patterns in the article's language is not coded.
    method : {"patterns"}
        ``patterns``: a question is answered yes (score 1) when one of the indicator's patterns occurs in
        the sentence.
    captions : bool, default False
        Also code photo captions.

    Returns
    -------
    DataFrame
        Table ``frames``. `evidence_start` and `evidence_end` mark the longest of the matches, the
        first among equals.

    Raises
    ------
    UsageError
        For an unknown method.

    Notes
    -----
    A pattern sees words, not what is meant by them: irony, metaphor and a frame that is carried by the
    story as a whole stay unseen, and a denied conflict counts as a conflict.

    References
    ----------
    Semetko, H. A., & Valkenburg, P. M. (2000). Framing European politics. Journal of Communication,
    50(2), 93-109.
    """
    if method not in METHODS:
        raise UsageError(f"code_frames: unknown method '{method}'; use one of {', '.join(METHODS)}")
    languages = reading.languages
    frames = tuple(codebook.frames.values())
    rows: list[dict[str, Any]] = []
    for sentence in rows_of(reading.sentences):
        if sentence.part == "caption" and not captions:
            continue
        for frame_id, indicator, start, end in _answer(str(sentence.text), frames, languages[sentence.article_id]):
            rows.append(
                {
                    "article_id": sentence.article_id,
                    "sentence_id": sentence.sentence_id,
                    "frame_id": frame_id,
                    "score": 1.0,
                    "evidence_start": sentence.start + start,
                    "evidence_end": sentence.start + end,
                    "indicator": indicator,
                    "method": method,
                }
            )
    return make_table("frames", rows)


def _answer(text: str, frames: tuple[Frame, ...], language: str) -> Iterator[tuple[str, str, int, int]]:
    for frame in frames:
        for indicator in frame.indicators:
            matches = [
                match for pattern in _compile(indicator.patterns.get(language, ())) for match in pattern.finditer(text)
            ]
            if matches:
                best = min(matches, key=lambda match: (match.start() - match.end(), match.start()))
                yield frame.id, indicator.id, best.start(), best.end()


@lru_cache(maxsize=512)
def _compile(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Compile an indicator's patterns: those of one word are joined into one expression, which is faster."""
    words = [pattern for pattern in patterns if len(pattern.split()) == 1]
    phrases = [compile_pattern(pattern) for pattern in patterns if len(pattern.split()) > 1]
    if words:
        joined = "|".join(compile_pattern(word).pattern for word in sorted(words, key=len, reverse=True))
        phrases.insert(0, re.compile(joined, re.IGNORECASE))
    return tuple(phrases)
