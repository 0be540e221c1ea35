"""Directions of axes of opposite meanings in the space of the reading model's sentence vectors.

Reads the axes of a codebook; returns one direction per axis, from its pole low to its pole high. Sentences are compared
with sentences: every word or phrase of a pole is put into a short one first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from analysis.codebook.load import Axis
from analysis.coding.frames.features import FloatArray
from analysis.contracts.errors import UsageError
from analysis.contracts.words import list_languages, load_tuple
from analysis.reading import load_reading_model

CARRIERS = {language: load_tuple("frames", "carriers", language) for language in list_languages()}
"""What a word (`wettig`) and a phrase that begins with its verb (`overtreedt de wet`) stand in. Words by themselves
part the poles less well: area under the curve .79 against .84 (tests/gold/microframes_nl.yaml, first half)."""
RIDGE = 0.3
"""Keeps directions that nearly coincide from flying apart when they are made orthogonal. Between 0.1 and 2 the first
half of that gold standard gives the same within .02; correlations between axes grow from .26 to .52."""
SMALLEST = 1e-6
"""Length below which the difference of two poles is none."""
Pole = tuple[tuple[str, tuple[str, ...]], ...]
"""Words and phrases of a pole, language by language."""


def find_directions(axes: Sequence[Axis]) -> FloatArray:
    """Unit direction of each axis, from its pole low to its pole high.

    Parameters
    ----------
    axes : sequence of Axis
        All axes that are studied together.

    Returns
    -------
    ndarray
        ``float64 [axes, 384]``, rows of length one.

    Raises
    ------
    UsageError
        When the poles of an axis mean the same.

    Notes
    -----
    A direction is the difference of the poles' mean vectors, taken language by language: what sets Dutch apart from
    English is in both poles, and cancels out. Differences of opposite words share a direction of good and bad (their
    mean cosine is .6). It is taken out by symmetric orthogonalisation (Löwdin 1950): of all sets of directions at right
    angles the one nearest to the given ones, so that no axis comes first. What an axis means therefore depends a
    little on which other axes it stands beside; an axis alone keeps its direction.

    References
    ----------
    Löwdin, P.-O. (1950). On the non-orthogonality problem connected with the use of atomic wave functions in the
    theory of molecules and crystals. Journal of Chemical Physics, 18(3), 365-375.
    """
    raw = [_find_direction(axis.id, _freeze(axis.low), _freeze(axis.high)) for axis in axes]
    return part_directions(np.asarray(raw))


def part_directions(directions: FloatArray, *, ridge: float = RIDGE) -> FloatArray:
    """Unit directions nearest to the given ones and nearly at right angles to each other.

    Examples
    --------
    >>> part_directions(np.array([[1.0, 0.0], [0.8, 0.6]]), ridge=0).round(2).tolist()
    [[0.89, -0.45], [0.45, 0.89]]
    """
    values, vectors = np.linalg.eigh(directions @ directions.T)
    parted = vectors @ np.diag((values + ridge) ** -0.5) @ vectors.T @ directions
    return np.asarray(parted / np.linalg.norm(parted, axis=1, keepdims=True))


@lru_cache(maxsize=256)
def _find_direction(axis_id: str, low: Pole, high: Pole) -> FloatArray:
    texts = [_carry(text, language) for pole in (low, high) for language, words in pole for text in words]
    vectors = iter(np.asarray(load_reading_model().embed(texts), np.float64))
    means = [
        {language: np.mean([next(vectors) for _ in words], axis=0) for language, words in pole} for pole in (low, high)
    ]
    direction = np.mean([means[1][language] - means[0][language] for language, _ in low], axis=0)
    length = float(np.linalg.norm(direction))
    if length < SMALLEST:
        raise UsageError(f"axis '{axis_id}': its poles mean the same to the reading model; choose other words")
    return np.asarray(direction / length)


def _freeze(pole: Mapping[str, tuple[str, ...]]) -> Pole:
    return tuple((language, words) for language, words in sorted(pole.items()))


def _carry(text: str, language: str) -> str:
    word, phrase = CARRIERS[language]
    return (phrase if " " in text else word).replace("{}", text)
