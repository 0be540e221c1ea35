"""What chance alone would make of micro-frames: permutations that keep articles whole, and intervals over articles.

Reads places of sentences in the order of their articles, and which of them each actor has; returns p-values and
intervals. Randomness comes from the generator that is passed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
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
    unit_of, counts : ndarray
        ``int [blocks]``: the unit of each block, and its number of sentences. A block is what one actor has in one
        unit; blocks of an actor stand together.
    sums : ndarray
        ``float64 [blocks, 2 x axes]``.
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


def make_blocks(places: FloatArray, units: Sequence[Any], rows_of_actors: Mapping[str, Sequence[int]]) -> Blocks:
    """Gather the sentences of each actor by unit.

    Parameters
    ----------
    places : ndarray
        ``float64 [sentences, axes]``.
    units : sequence
        The unit of each sentence; sentences of a unit stand together.
    rows_of_actors : mapping of str to sequence of int
        Which sentences each actor has: at least one actor, none without sentences.

    Returns
    -------
    Blocks
        Actors in the order of the mapping.
    """
    values = np.hstack([places, places**2])
    keys = [key for key, _ in zip(units, values, strict=True)]
    starts = [0, *(place for place in range(1, len(keys)) if keys[place] != keys[place - 1])]
    unit_at = np.searchsorted(starts, np.arange(len(keys)), side="right") - 1
    unit_of: list[int] = []
    counts: list[int] = []
    sums: list[FloatArray] = []
    firsts: list[int] = []
    for rows in rows_of_actors.values():
        firsts.append(len(unit_of))
        own = np.sort(np.asarray(rows, np.int64))
        found, at, n = np.unique(unit_at[own], return_index=True, return_counts=True)
        unit_of += found.tolist()
        counts += n.tolist()
        sums += list(np.add.reduceat(values[own], at, axis=0))
    lengths = [end - start for start, end in pairwise([*starts, len(keys)])]
    return Blocks(
        values=values,
        starts=np.asarray(starts, np.int64),
        lengths=np.asarray(lengths, np.int64),
        unit_of=np.asarray(unit_of, np.int64),
        counts=np.asarray(counts, np.int64),
        sums=np.asarray(sums),
        firsts=np.asarray(firsts, np.int64),
    )


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
