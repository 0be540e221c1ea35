"""Frames without training: how near a sentence lies to what the codebook says of a question.

Reads sentences with their vectors and a codebook; returns a score per sentence and question. The prototype of a
question is the mean vector of its example sentences, in every language, with its wording and the frame's definition.
What tells it from ordinary sentences is learnt from the codebook alone, whose other examples serve as ordinary ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analysis.codebook.load import Codebook
from analysis.coding.frames.features import FloatArray, Sentence, logistic
from analysis.contracts.words import list_languages, load_tuple
from analysis.reading import load_reading_model

ORDINARY = tuple(
    sentence
    for name in ("everyday_sentences", "news_sentences")
    for language in sorted(list_languages(), reverse=True)  # sums round by the order: Dutch first, as they were made
    for sentence in load_tuple("frames", name, language)
)
"""Sentences of no frame in particular, so that a codebook of one frame has something to differ from."""
SMALL = 1e-6
"""Least reach: a prototype that finds its own examples no nearer than ordinary sentences."""
SHRINK = 0.9
"""How far the directions in which sentences differ anyway are left as they are: 1 wholly, 0 levelled out."""
STRICTNESS = 90
"""Percentile of ordinary sentences that a threshold looks at."""
SHARPNESS = 4.0
"""Log odds at an example of middling strength; a score is an order, not a probability."""
QUESTION_WEIGHT = 0.05
"""Weight of the question and definition, which are no news sentences, beside that of the examples."""
Description = tuple[tuple[str, str], tuple[str, ...], tuple[str, ...]]
"""Frame and indicator; question and definition; example sentences."""


@dataclass(frozen=True, eq=False)
class Prototypes:
    """Directions of a codebook's questions.

    Attributes
    ----------
    keys : tuple of (frame_id, indicator)
        The questions.
    directions : ndarray
        ``float64 [questions, 384]``.
    thresholds, reaches : ndarray
        The raw score from which on the answer is yes, and how far above it an example of middling strength lies.
    """

    keys: tuple[tuple[str, str], ...]
    directions: FloatArray
    thresholds: FloatArray
    reaches: FloatArray

    def score(self, sentences: Sequence[Sentence]) -> FloatArray:
        """Score per sentence and question, ``float64 [sentences, questions]``; yes from one half on."""
        if not sentences:
            return np.zeros((0, len(self.keys)))
        # One by one: a product of matrices rounds by its shape, and company must not show in a score.
        raw = np.asarray([(self.directions * sentence.vector).sum(axis=1) for sentence in sentences])
        odds = SHARPNESS * (raw - self.thresholds) / self.reaches
        return logistic(odds)


def make_prototypes(codebook: Codebook) -> Prototypes:
    """The prototypes of a codebook, of which a question has an example; remembered: the same texts give the same."""
    return _make(describe_questions(codebook))


def describe_questions(codebook: Codebook) -> tuple[Description, ...]:
    """The questions of a codebook that have examples, with all that is said of them."""
    return tuple(
        ((frame.id, indicator.id), (indicator.question, frame.definition), examples)
        for frame in codebook.frames.values()
        for indicator in frame.indicators
        if (examples := tuple(text for texts in indicator.examples.values() for text in texts))
    )


@lru_cache(maxsize=8)
def _make(questions: tuple[Description, ...]) -> Prototypes:
    texts = list(ORDINARY)
    for _, wording, examples in questions:
        texts += [*wording, *examples]
    vectors = np.asarray(load_reading_model().embed(texts), np.float64)
    ordinary, rest = vectors[: len(ORDINARY)], vectors[len(ORDINARY) :]
    wordings, examples_of = [], []
    for _, wording, examples in questions:
        wordings.append(rest[: len(wording)])
        examples_of.append(rest[len(wording) : len(wording) + len(examples)])
        rest = rest[len(wording) + len(examples) :]
    spread = _level(np.concatenate([ordinary, *examples_of]))
    directions, thresholds, reaches = [], [], []
    for number, (key, _, _) in enumerate(questions):
        own = examples_of[number]
        others = [found for place, found in enumerate(examples_of) if questions[place][0][0] != key[0]]
        background = np.concatenate([ordinary, *others])
        direction = spread @ (_join(own, wordings[number]) - background.mean(axis=0))
        high = _leave_one_out(own, wordings[number], background.mean(axis=0), spread)
        low = float(np.percentile(background @ direction, STRICTNESS))
        threshold = (low + high) / 2
        directions.append(direction)
        thresholds.append(threshold)
        reaches.append(max(abs(high - low) / 2, SMALL))
    return Prototypes(
        tuple(key for key, _, _ in questions), np.asarray(directions), np.asarray(thresholds), np.asarray(reaches)
    )


def _join(examples: FloatArray, wording: FloatArray) -> FloatArray:
    """The prototype: examples, and what is asked and meant."""
    return np.asarray((1 - QUESTION_WEIGHT) * examples.mean(axis=0) + QUESTION_WEIGHT * wording.mean(axis=0))


def _leave_one_out(examples: FloatArray, wording: FloatArray, middle: FloatArray, spread: FloatArray) -> float:
    """Median score of an example by the prototype of the others."""
    scores = []
    for place, example in enumerate(examples):
        others = np.delete(examples, place, axis=0)
        prototype = _join(others, wording) if len(others) else wording.mean(axis=0)
        scores.append(float(example @ (spread @ (prototype - middle))))
    return float(np.median(scores))


def _level(vectors: FloatArray) -> FloatArray:
    """Inverse of the shrunken covariance of sentences."""
    covariance = np.cov(vectors.T)
    size = len(covariance)
    shrunk = (1 - SHRINK) * covariance + SHRINK * np.trace(covariance) / size * np.eye(size)
    return np.asarray(np.linalg.inv(shrunk))
