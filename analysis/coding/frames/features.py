"""What is seen of a text: the vector of the reading model, its letters, and the codebook's patterns in it.

Reads sentences of a `Reading`. Letters are runs of three to five within a word, each hashed to one of `N_HASHED`
places: a model needs no list of words, and the coefficients it stores say nothing about the sentences it has learnt
from. A pattern is a line of the codebook, and its evidence the longest match.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.codebook.load import Frame
from analysis.codebook.patterns import compile_pattern
from analysis.contracts.tables import rows_of
from analysis.reading import Reading, load_reading_model

N_HASHED = 2**13
"""Places of the hashed letters: few enough to store per head, enough for a newspaper's words to rarely collide."""
SIZES = (3, 4, 5)
"""Letters per run."""
VECTORS_KEY = "sentence_vectors"
"""Where the reading model leaves the vectors of a Doc's sentences, in ``doc.user_data``."""
WORD = re.compile(r"\w+(?:['’-]\w+)*")

FloatArray = npt.NDArray[np.float64]
Hashed = tuple[npt.NDArray[np.int64], FloatArray]
"""Places and values of one text's letters; values have length one together."""


@dataclass(frozen=True)
class Sentence:
    """One sentence to code: where it stands, its words and its vector."""

    article_id: str
    sentence_id: int
    start: int
    text: str
    language: str
    vector: npt.NDArray[np.float32]


def list_sentences(reading: Reading, *, captions: bool = False, vectors: bool = True) -> list[Sentence]:
    """The sentences of a reading with their vectors.

    Parameters
    ----------
    reading : Reading
        Read by ``model``, or by anything else: what has no vectors yet is then read by the reading model.
    captions : bool, default False
        Also list photo captions.
    vectors : bool, default True
        Whether vectors are needed; empty ones stand in where not.

    Returns
    -------
    list of Sentence
        In the order of the table ``sentences``.
    """
    languages = reading.languages
    rows = [row for row in rows_of(reading.sentences) if captions or row.part != "caption"]
    empty = np.zeros(0, np.float32)
    found: list[Any] = [None] * len(rows)
    if vectors:
        known: dict[str, Any] = {key: doc.user_data.get(VECTORS_KEY) for key, doc in reading.docs.items()}
        found = [None if known[row.article_id] is None else known[row.article_id][row.sentence_id] for row in rows]
        if unread := [place for place, vector in enumerate(found) if vector is None]:
            embedded = load_reading_model().embed([str(rows[place].text) for place in unread])
            for place, vector in zip(unread, embedded, strict=True):
                found[place] = vector
    return [
        Sentence(
            row.article_id,
            int(row.sentence_id),
            int(row.start),
            str(row.text),
            languages[row.article_id],
            empty if vector is None else vector,
        )
        for row, vector in zip(rows, found, strict=True)
    ]


def hash_text(texts: Iterable[str]) -> Hashed:
    """The letters of texts taken together, hashed.

    Examples
    --------
    >>> places, values = hash_text(["Ruzie."])
    >>> len(places) == len(values), round(float((values**2).sum()), 3)
    (True, 1.0)
    """
    runs: list[npt.NDArray[np.int64]] = [_hash_word(word) for text in texts for word in find_words(text)]
    if not runs:
        return np.zeros(0, np.int64), np.zeros(0)
    signed = np.concatenate(runs)
    places, inverse = np.unique(signed >> 1, return_inverse=True)
    values = np.bincount(inverse, weights=1.0 - 2.0 * (signed & 1)).astype(np.float64)
    length = float(np.sqrt((values**2).sum()))
    return places, np.asarray(values / length, np.float64) if length else values


def weigh_spans(text: str, weights: FloatArray) -> list[tuple[int, int, float]]:
    """Characters of each word and how much its letters add to a head's score, before the length of the text counts."""
    found = []
    for match in WORD.finditer(text):
        signed = _hash_word(match.group().lower())
        found.append((*match.span(), float((weights[signed >> 1] * (1.0 - 2.0 * (signed & 1))).sum())))
    return found


def find_words(text: str) -> list[str]:
    """Words in lower case.

    Examples
    --------
    >>> find_words("Foto's van PVV-leider 2.")
    ["foto's", 'van', 'pvv-leider', '2']
    """
    return [word.lower() for word in WORD.findall(text)]


def pool_vectors(sentences: Sequence[Sentence]) -> FloatArray:
    """The mean of the sentences' vectors."""
    return np.asarray(np.mean([sentence.vector for sentence in sentences], axis=0), np.float64)


def logistic(scores: FloatArray) -> FloatArray:
    """Log odds to probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))))


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


@lru_cache(maxsize=100_000)
def _hash_word(word: str) -> npt.NDArray[np.int64]:
    """Places of a word's runs of letters, doubled, plus one where the run counts as minus one."""
    padded = f" {word} "
    runs = [padded[start : start + size] for size in SIZES for start in range(max(len(padded) - size + 1, 0))]
    codes = [zlib.crc32(run.encode()) for run in runs]
    return np.asarray([2 * (code % N_HASHED) + (code >> 31) for code in codes], np.int64)
