"""What chance alone would make of micro-frames: permutations that keep articles whole, and intervals over articles.

Reads places of sentences in the order of their articles, and which of them each actor has; returns p-values and
intervals. Randomness comes from the generator that is passed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.coding.frames.features import FloatArray

FEWEST = 3
"""Fewest articles (or sentences) of an actor for an interval, as in `analysis.measures.estimates`."""
TINY = 1e-9
"""Sums in another order differ by less: they are ties."""
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Blocks:
    """Sentences of actors by article.

    Attributes
    ----------
    values : ndarray
        ``float64 [sentences, 2 x axes]``: places, then their squares; sentences of a unit stand together.
    starts, lengths : ndarray
        ``int [units]``: where each unit (article, or sentence) begins, and its number of sentences.
    unit_of, counts, sums : ndarray
        ``[blocks]``: the unit of each block, its number of sentences, and the sums of their values. A block is what
        one actor has in one unit; blocks of an actor stand together.
    firsts : ndarray
        ``int [actors]``: the first block of each actor.
    """

    values: FloatArray
    starts: IntArray
    lengths: IntArray
    unit_of: IntArray
    counts: IntArray
    sums: FloatArray
    firsts: IntArray

    @property
    def sizes(self) -> IntArray:
        """Sentences of each actor."""
        return np.add.reduceat(self.counts, self.firsts)


def make_blocks(places: FloatArray, units: npt.NDArray[Any], rows_of_actors: Sequence[Sequence[int]]) -> Blocks:
    """Gather the sentences of each actor by unit.

    Parameters
    ----------
    places : ndarray
        ``float64 [sentences, axes]``.
    units : ndarray
        ``[sentences]``: the unit of each; sentences of a unit stand together.
    rows_of_actors : sequence of sequence of int
        The sentences of each actor, in order: at least one actor, none without sentences.
    """
    values = np.hstack([places, places**2])
    starts = _find_starts(units)
    rows = np.concatenate([np.asarray(own, np.int64) for own in rows_of_actors])
    actor_of_row = np.repeat(np.arange(len(rows_of_actors)), [len(own) for own in rows_of_actors])
    unit_of_row = np.searchsorted(starts, rows, side="right") - 1
    blocks = _find_starts(np.column_stack([actor_of_row, unit_of_row]))
    return Blocks(
        values=values,
        starts=starts,
        lengths=np.diff([*starts, len(values)]),
        unit_of=unit_of_row[blocks],
        counts=np.diff([*blocks, len(rows)]),
        sums=np.add.reduceat(values[rows], blocks, axis=0),
        firsts=_find_starts(actor_of_row[blocks]),
    )


def _find_starts(labels: npt.NDArray[Any]) -> IntArray:
    """Where each run of equal labels (or rows of labels) begins."""
    differs = labels[1:] != labels[:-1]
    return np.flatnonzero([True, *(differs.any(axis=1) if differs.ndim > 1 else differs)])


def permute(blocks: Blocks, *, n_draws: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """How often chance gives a bias as far from zero, and an intensity as high, as an actor has.

    Parameters
    ----------
    blocks : Blocks
    n_draws : int
        Permutations.
    rng : numpy.random.Generator

    Returns
    -------
    bias_p, intensity_p : ndarray
        ``float64 [actors, axes]``, above 0 up to 1; what is found counts as one of the draws.

    Notes
    -----
    Sentences of one article resemble each other (one event, one outlet, one writer), so they are not dealt out one by
    one: that would find far too much. In each draw the articles change places, and an actor that has n sentences in an
    article gets n sentences in a row, from a point drawn by chance, of the article that came in its place (all of
    it, and again from its beginning, where it is shorter). So numbers of articles and of sentences per article stay
    those of the actor, and the likeness of neighbouring sentences is kept. The question is: would as many sentences
    from as many other articles, whoever they are about, lean as far?
    """
    n_axes = blocks.values.shape[1] // 2
    found = np.add.reduceat(blocks.sums, blocks.firsts, axis=0) / blocks.sizes[:, None]
    doubled = [np.tile(blocks.values[s : s + n], (2, 1)) for s, n in zip(blocks.starts, blocks.lengths, strict=True)]
    running = np.vstack([np.zeros((1, 2 * n_axes)), np.cumsum(np.vstack(doubled), axis=0)])
    totals = np.add.reduceat(blocks.values, blocks.starts, axis=0)
    as_far = np.ones(found.shape)
    for _ in range(n_draws):
        unit = rng.permutation(len(blocks.starts))[blocks.unit_of]
        rounds, rest = np.divmod(blocks.counts, blocks.lengths[unit])
        first = 2 * blocks.starts[unit] + rng.integers(blocks.lengths[unit])
        sums = rounds[:, None] * totals[unit] + running[first + rest] - running[first]
        drawn = np.add.reduceat(sums, blocks.firsts, axis=0) / blocks.sizes[:, None]
        as_far[:, :n_axes] += np.abs(drawn[:, :n_axes]) >= np.abs(found[:, :n_axes]) - TINY
        as_far[:, n_axes:] += drawn[:, n_axes:] >= found[:, n_axes:] - TINY
    shares = as_far / (n_draws + 1)
    return shares[:, :n_axes], shares[:, n_axes:]


def resample(blocks: Blocks, *, n_draws: int, level: float, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Percentile intervals of the bias: units drawn again, and with them the middle from which bias is counted.

    Returns
    -------
    low, high : ndarray
        ``float64 [actors, axes]``; NaN for an actor in fewer than `FEWEST` units.
    """
    n_units, n_axes = len(blocks.starts), blocks.values.shape[1] // 2
    totals = np.add.reduceat(blocks.values[:, :n_axes], blocks.starts, axis=0)
    biases = np.full((n_draws, len(blocks.firsts), n_axes), np.nan, np.float32)  # half of what would fit no more
    for draw in range(n_draws):
        times = np.bincount(rng.integers(n_units, size=n_units), minlength=n_units)
        own = times[blocks.unit_of]
        n = np.add.reduceat(own * blocks.counts, blocks.firsts)
        sums = np.add.reduceat(own[:, None] * blocks.sums[:, :n_axes], blocks.firsts, axis=0)
        middle = times @ totals / (times @ blocks.lengths)
        biases[draw][n > 0] = sums[n > 0] / n[n > 0, None] - middle
    n_own = np.diff([*blocks.firsts, len(blocks.unit_of)])
    bounds = np.full((2, len(blocks.firsts), n_axes), np.nan)
    if (n_own >= FEWEST).any():
        shares = [(1 - level) / 2, (1 + level) / 2]
        bounds[:, n_own >= FEWEST] = np.nanquantile(biases[:, n_own >= FEWEST], shares, axis=0)
    return bounds[0], bounds[1]


def adjust(p_values: FloatArray) -> FloatArray:
    """Benjamini and Hochberg's values over all of an array."""
    from scipy.stats import false_discovery_control  # noqa: PLC0415  slow to import

    return np.asarray(false_discovery_control(p_values, axis=None)).reshape(p_values.shape)
