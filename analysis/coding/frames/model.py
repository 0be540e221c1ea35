"""Frames by a supervised model: calibrated probabilities from a handful of coefficients per question.

Reads sentences with their vectors; returns the probability that each question is answered yes. A head is a logistic
regression, fitted by `analysis.training.frames`, over the vector of the reading model, hashed letters and pattern
hits. Heads of whole articles also see what the heads of sentences say. Coefficients lie in one small file, read with
numpy alone.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.codebook.load import Codebook
from analysis.coding.frames.features import (
    FloatArray,
    Sentence,
    hash_text,
    logistic,
    match_patterns,
    pool_vectors,
    weigh_spans,
)
from analysis.contracts.errors import InputError
from analysis.contracts.paths import MODELS

SHIPPED = MODELS / "frames-nl-en.npz"
AGREEMENT = MODELS / "frames-nl-en-agreement.csv"
RELIABILITY = MODELS / "frames-nl-en-reliability.csv"
"""What training left beside the model: `analysis.training.frames.shipped` describes both tables."""
BLOCKS = ("vector", "letters", "patterns", "heads")
"""Blocks of coefficients. Those of ``heads`` weigh the scores of sentence heads, for articles."""
FORMAT = 1
TYPICAL = 0.7
"""Share of a sentence's words that a stretch of evidence is measured against: the higher, the shorter the stretch."""
N_STRONGEST = 3
"""Sentences of an article that its strongest evidence is averaged over."""


@dataclass(frozen=True)
class Head:
    """One question and how its answer is computed.

    Attributes
    ----------
    frame_id, indicator : str
        The question; `indicator` repeats `frame_id` where the frame was coded as a whole.
    unit : {"sentence", "article"}
        What is coded.
    intercept : float
        Of the sum over the blocks.
    slope, offset : float
        Platt's: the probability is the logistic of ``slope * score + offset``.
    threshold : float
        Least probability of yes.
    learnt_from : tuple of str
        Names of the coded samples.
    """

    frame_id: str
    indicator: str
    unit: str
    intercept: float
    slope: float
    offset: float
    threshold: float
    learnt_from: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class FrameModel:
    """Heads and their coefficients, one row per head in every block.

    Attributes
    ----------
    heads : tuple of Head
        Those of sentences first.
    blocks : mapping of str to ndarray
        ``vector [heads, 384]``, ``letters [heads, N_HASHED]``, ``patterns [heads, 2]`` and
        ``heads [heads, 2 * n_sentence_heads]``.
    """

    heads: tuple[Head, ...]
    blocks: dict[str, FloatArray] = field(repr=False)

    @property
    def of_sentences(self) -> tuple[Head, ...]:
        """The heads that code sentences."""
        return tuple(head for head in self.heads if head.unit == "sentence")

    @property
    def of_articles(self) -> tuple[Head, ...]:
        """The heads that code articles."""
        return tuple(head for head in self.heads if head.unit == "article")

    def knows(self, unit: str) -> set[str]:
        """Frames that were learnt from sentences, or from whole articles."""
        return {head.frame_id for head in self.heads if head.unit == unit}

    def fits(self, n_hidden: int) -> bool:
        """Whether the heads weigh vectors of this length, that of the reading model at hand."""
        return bool(self.blocks["vector"].shape[1] == n_hidden)

    def score_sentences(self, sentences: Sequence[Sentence], codebook: Codebook) -> FloatArray:
        """Probability of yes per sentence and sentence head, ``float64 [sentences, heads]``.

        Parameters
        ----------
        sentences : sequence of Sentence
            With vectors.
        codebook : Codebook
            Whose patterns are counted.
        """
        heads = self.of_sentences
        scores = [self._raw(heads, 0, [sentence], codebook) for sentence in sentences]
        return _to_probabilities(np.asarray(scores).reshape(len(sentences), len(heads)), heads)

    def score_articles(self, articles: Sequence[Sequence[Sentence]], codebook: Codebook) -> FloatArray:
        """Probability of yes per article and article head, ``float64 [articles, heads]``."""
        heads, first = self.of_articles, len(self.of_sentences)
        scores = np.zeros((len(articles), len(heads)))
        for row, sentences in enumerate(articles):
            if sentences:
                scores[row] = self._raw(heads, first, sentences, codebook)
                scores[row] += self.blocks["heads"][first:] @ self.summarise(sentences)
        return _to_probabilities(scores, heads)

    def summarise(self, sentences: Sequence[Sentence]) -> FloatArray:
        """What the sentence heads say of an article by its vectors alone, which are the same kind in any language.

        Returns
        -------
        ndarray
            ``float64 [2 * heads]``; see `summarise_heads`.
        """
        heads = self.of_sentences
        weights = self.blocks["vector"][: len(heads)]
        scores = np.asarray([(weights * sentence.vector).sum(axis=1) for sentence in sentences])
        scores = scores + [head.intercept for head in heads]
        return summarise_heads(_to_probabilities(scores, heads))

    def _raw(self, heads: Sequence[Head], first: int, sentences: Sequence[Sentence], codebook: Codebook) -> FloatArray:
        rows = slice(first, first + len(heads))
        places, values = hash_text(sentence.text for sentence in sentences)
        hits = count_hits(sentences, codebook, [(head.frame_id, head.indicator) for head in heads])
        score = np.asarray([head.intercept for head in heads])
        score = score + (self.blocks["vector"][rows] * pool_vectors(sentences)).sum(axis=1)
        score = score + (self.blocks["letters"][rows][:, places] * values).sum(axis=1)
        return np.asarray(score + (self.blocks["patterns"][rows] * hits).sum(axis=1))

    def find_evidence(self, number: int, text: str) -> tuple[int, int]:
        """Characters of a sentence that speak most for a head: the stretch whose letters add most, or everything."""
        weights = weigh_spans(text, self.blocks["letters"][number])
        if not weights:
            return 0, len(text)
        typical = float(np.quantile([weight for _, _, weight in weights], TYPICAL))
        best, current, begin = (0.0, 0, len(text)), 0.0, 0
        for place, (_, end, weight) in enumerate(weights):
            if current <= 0:
                current, begin = 0.0, place
            current += weight - max(typical, 0.0)
            if current > best[0]:
                best = (current, weights[begin][0], end)
        return best[1], best[2]

    def select(self, keys: Iterable[tuple[str, str]]) -> list[int]:
        """Numbers of the sentence heads that answer these questions."""
        wanted = set(keys)
        return [n for n, head in enumerate(self.of_sentences) if (head.frame_id, head.indicator) in wanted]

    def save(self, path: Path) -> None:
        """Write the model to a file that `load_frame_model` reads."""
        meta = {"format": FORMAT, "heads": [asdict(head) for head in self.heads]}
        arrays: dict[str, Any] = {"meta": np.frombuffer(json.dumps(meta).encode(), np.uint8)}
        arrays |= {name: self.blocks[name].astype(np.float16) for name in BLOCKS}
        np.savez_compressed(path, **arrays)


def count_hits(sentences: Sequence[Sentence], codebook: Codebook, questions: Sequence[tuple[str, str]]) -> FloatArray:
    """Share of the sentences in which a pattern of the question, and of its frame, occurs: ``[questions, 2]``."""
    found = np.zeros((len(questions), 2))
    known = {frame_id for frame_id, _ in questions}
    frames = tuple(frame for frame in codebook.frames.values() if frame.id in known)
    for sentence in sentences:
        hits = {(frame_id, name) for frame_id, name, _, _ in match_patterns(sentence.text, frames, sentence.language)}
        present = {frame_id for frame_id, _ in hits}
        found += [[(key in hits) or (key[0] == key[1] and key[0] in present), key[0] in present] for key in questions]
    return found / max(len(sentences), 1)


def summarise_heads(probabilities: FloatArray) -> FloatArray:
    """What the sentence heads say of an article: per head the mean log odds, and the mean of the strongest.

    Parameters
    ----------
    probabilities : ndarray
        ``float64 [sentences, heads]``; at least one sentence.

    Examples
    --------
    >>> summarise_heads(np.array([[0.5], [0.5]])).tolist()
    [0.0, 0.5]
    """
    clipped = np.clip(probabilities, 1e-4, 1 - 1e-4)
    odds = np.log(clipped / (1 - clipped)).mean(axis=0)
    strongest = np.sort(probabilities, axis=0)[-N_STRONGEST:].mean(axis=0)
    return np.concatenate([odds, strongest])


@lru_cache(maxsize=4)
def load_frame_model(path: Path = SHIPPED) -> FrameModel:
    """Load a frame model, by default the one shipped.

    Raises
    ------
    InputError
        If the file is missing or no frame model.
    """
    try:
        with np.load(path, allow_pickle=False) as arrays:
            meta = json.loads(arrays["meta"].tobytes())
            if meta.get("format") != FORMAT:
                raise KeyError("format")
            blocks: dict[str, npt.NDArray[Any]] = {name: arrays[name].astype(np.float64) for name in BLOCKS}
        heads = tuple(Head(**{**head, "learnt_from": tuple(head["learnt_from"])}) for head in meta["heads"])
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise InputError(
            f"frame model {path.name}: missing or damaged; restore it, or make it with "
            "'python -m analysis.training.frames'"
        ) from error
    return FrameModel(heads, blocks)


def _to_probabilities(scores: FloatArray, heads: Sequence[Head]) -> FloatArray:
    slopes = np.asarray([head.slope for head in heads])
    offsets = np.asarray([head.offset for head in heads])
    return logistic(slopes * scores + offsets)
