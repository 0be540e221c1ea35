"""Micro-frames: to which of two opposite meanings the sentences about an actor lean, and how strongly they take sides.

Reads a `Reading`, the table ``mentions`` and the axes of a codebook; returns the table ``microframes``: one row per
actor and axis, with what chance alone would give. Sentences are placed on an axis by their vectors, so that a context
counts as a whole and not by the words it happens to share with a pole.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.codebook import Axis, Codebook
from analysis.coding.frames_features import FloatArray, list_sentences
from analysis.errors import UsageError
from analysis.reading import Reading, load_reading_model

COLUMNS = (
    "actor_id", "axis_id", "n_sentences", "bias", "bias_p", "bias_p_adjusted", "intensity", "intensity_expected",
    "intensity_p", "intensity_p_adjusted", "article_id", "sentence_id",
)  # fmt: skip
SEED = 20210101
TINY = 1e-12
"""Sums in another order differ by less: they are ties."""
Words = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
"""Words of the low and high pole, language by language."""


def code_microframes(
    reading: Reading,
    mentions: pd.DataFrame,
    codebook: Codebook,
    *,
    least: int = 3,
    n_draws: int = 1000,
    captions: bool = False,
    seed: int = SEED,
) -> pd.DataFrame:
    """Place the contexts of every actor on the axes of a codebook.

    Parameters
    ----------
    reading : Reading
        All articles of the study: chance is what their sentences give.
    mentions : DataFrame
        Table ``mentions`` of the same articles.
    codebook : Codebook
        Its ``axes``.
    least : int, default 3
        Least number of sentences that mention an actor; others get no row.
    n_draws : int, default 1000
        Permutations of the sentences among the actors.
    captions : bool, default False
        Also use photo captions.
    seed : int
        Of the permutations.

    Returns
    -------
    DataFrame
        One row per actor and axis, sorted. ``bias`` is the mean place of the actor's ``n_sentences`` sentences, minus
        that of all sentences with an actor: above zero they lean to the pole ``high``; in cosines, so that 0.05 is
        much. ``intensity`` is their mean squared distance from that middle, ``intensity_expected`` the same for all
        sentences. ``bias_p`` (either side) and ``intensity_p`` (as high or higher) are shares of permutations,
        ``..._adjusted`` corrected for all rows by Benjamini and Hochberg. ``article_id`` and ``sentence_id`` name the
        sentence that lies farthest in the direction of the bias.

    Raises
    ------
    UsageError
        When the codebook has no axes, or `least` or `n_draws` is below one.

    Notes
    -----
    FrameAxis averages over words with vectors of their own; here a sentence has one vector, in context, and an axis
    is the difference of its poles' mean vectors in both languages. A permutation hands all actors' sentences out anew,
    which takes sentences for independent: those of one article are not, and small p-values are too small.

    References
    ----------
    Kwak, H., An, J., Jing, E., & Ahn, Y.-Y. (2021). FrameAxis: characterizing microframe bias and intensity with word
    embedding. PeerJ Computer Science, 7, e644.

    Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate. JRSS B, 57(1), 289-300.
    """
    if not codebook.axes:
        raise UsageError("code_microframes: the codebook has no axes; include frames_axes.yaml, or write some")
    if least < 1 or n_draws < 1:
        raise UsageError(f"code_microframes: least={least} and n_draws={n_draws} must be at least 1")
    named = mentions[mentions["actor_id"].notna()]
    pairs = named[["article_id", "sentence_id", "actor_id"]].drop_duplicates()
    about = set(zip(pairs["article_id"], pairs["sentence_id"], strict=True))
    sentences = [s for s in list_sentences(reading, captions=captions) if (s.article_id, s.sentence_id) in about]
    if not sentences:
        return _make_table([])
    place_of = {(sentence.article_id, sentence.sentence_id): place for place, sentence in enumerate(sentences)}
    places: dict[str, list[int]] = {}
    for article_id, sentence_id, actor_id in pairs.itertuples(index=False):
        if (article_id, sentence_id) in place_of:
            places.setdefault(str(actor_id), []).append(place_of[article_id, sentence_id])
    axes = list(codebook.axes.values())
    values = np.asarray([sentence.vector for sentence in sentences], np.float64) @ find_directions(axes).T
    values -= values.mean(axis=0)
    kept = sorted(actor_id for actor_id, found in places.items() if len(found) >= least)
    found_bias = np.asarray([values[places[actor]].mean(axis=0) for actor in kept]).reshape(len(kept), len(axes))
    found_spread = np.asarray([(values[places[actor]] ** 2).mean(axis=0) for actor in kept]).reshape(found_bias.shape)
    sizes = np.asarray([len(places[actor]) for actor in kept], int)
    bias_p, spread_p = _permute(values, sizes, found_bias, found_spread, n_draws, seed)
    expected = (values**2).mean(axis=0)
    adjusted_bias, adjusted_spread = _adjust(bias_p), _adjust(spread_p)
    rows: list[dict[str, Any]] = []
    for row, actor_id in enumerate(kept):
        for column, axis in enumerate(axes):
            bias = found_bias[row, column]
            own = places[actor_id]
            farthest = sentences[own[int(np.argmax(values[own, column] * (1 if bias >= 0 else -1)))]]
            rows.append(
                {
                    "actor_id": actor_id,
                    "axis_id": axis.id,
                    "n_sentences": len(own),
                    "bias": bias,
                    "bias_p": bias_p[row, column],
                    "bias_p_adjusted": adjusted_bias[row, column],
                    "intensity": found_spread[row, column],
                    "intensity_expected": expected[column],
                    "intensity_p": spread_p[row, column],
                    "intensity_p_adjusted": adjusted_spread[row, column],
                    "article_id": farthest.article_id,
                    "sentence_id": farthest.sentence_id,
                }
            )
    return _make_table(rows)


def find_directions(axes: Sequence[Axis]) -> FloatArray:
    """Unit direction of each axis, from its pole low to its pole high: ``float64 [axes, 384]``."""
    return _directions(
        tuple(tuple((axis.low[language], axis.high[language]) for language in axis.low) for axis in axes)
    )


@lru_cache(maxsize=8)
def _directions(axes: tuple[Words, ...]) -> FloatArray:
    model = load_reading_model()
    found = []
    for languages in axes:
        # Language by language: what sets Dutch apart from English is in both poles, and cancels out.
        ends = [[np.asarray(model.embed(list(words)), np.float64).mean(axis=0) for words in pair] for pair in languages]
        direction = np.mean([high - low for low, high in ends], axis=0)
        found.append(direction / np.linalg.norm(direction))
    return np.asarray(found)


def _permute(
    values: FloatArray, sizes: Any, bias: FloatArray, spread: FloatArray, n_draws: int, seed: int
) -> tuple[FloatArray, FloatArray]:
    """Share of permutations with a bias as far from zero, and a spread as high, as found; what is found counts as one.

    In each permutation an actor with n sentences gets the first n, whatever other actors there are.
    """
    rng = np.random.default_rng(seed)
    as_far, as_high = np.ones_like(bias), np.ones_like(spread)
    if not len(sizes):
        return as_far, as_high
    for _ in range(n_draws):
        order = rng.permutation(len(values))[: sizes.max()]
        drawn = values[order]
        as_far += np.abs(np.cumsum(drawn, axis=0)[sizes - 1] / sizes[:, None]) >= np.abs(bias) - TINY
        as_high += np.cumsum(drawn**2, axis=0)[sizes - 1] / sizes[:, None] >= spread - TINY
    return as_far / (n_draws + 1), as_high / (n_draws + 1)


def _adjust(p_values: FloatArray) -> FloatArray:
    from scipy.stats import false_discovery_control  # noqa: PLC0415  slow to import

    return (
        np.asarray(false_discovery_control(p_values, axis=None)).reshape(p_values.shape) if p_values.size else p_values
    )


def _make_table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values(["actor_id", "axis_id"], ignore_index=True)
