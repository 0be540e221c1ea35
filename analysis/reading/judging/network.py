"""The judging network at work: passages in, judgements out.

Reads `Passage` records and the networks of a `ReadingModel`; returns arrays. The encoder runs in onnxruntime; its heads
are small and run here in float64, so that neither company nor processor shows in a printed decimal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from scipy.special import erf, log_softmax, softmax

from analysis.contracts.errors import InputError
from analysis.reading.judging.passages import (
    BOS,
    EOS,
    HERE,
    Pair,
    Passage,
    Place,
    describe_sources,
    find_nearest,
)
from analysis.reading.model_windows import make_batches, never_alone, pad_rows, padded_width

if TYPE_CHECKING:
    from analysis.reading.model import ReadingModel

GROUNDS = ("word", "deed", "event", "blame", "implied")
MOODS = ("none", "denied", "question", "conditional", "hedged", "negated")
NEWS, MARKED, HEADLINE = "news", "marked", "headline"
"""Schemes of coding, each with an output of its own: whole articles, one marked target, a headline as a whole."""
ARRAYS_PREFIX = "judging"
PASSAGES_AT_ONCE = 64
LONG = 96
"""Pieces beyond which a passage runs alone."""
LEAST = 0.1
"""Least probability of a judgement for which a source is asked."""
Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """What the network says of a passage, one row a pair.

    Attributes
    ----------
    tones : ndarray
        ``float64 [pairs, 3]``: calibrated probability of negative, neutral, positive.
    sources : list of ndarray
        For every pair, the probability of each candidate: the outlet, another, every actor of the passage; empty where
        a judgement is less likely than `LEAST`.
    words : ndarray
        ``float64 [pairs, pieces]``: how much of the judgement rests on each piece; a row sums to 1.
    grounds, moods : ndarray of int
        Places in `GROUNDS` and `MOODS`: what a judgement, if there is one, rests on, and how it is said.
    speakers : list of ndarray
        For every quote of the passage, the probability of each candidate as its speaker; empty where the quote begins
        in a sentence that is not the passage's own.
    """

    tones: Array
    sources: list[Array]
    words: Array
    grounds: npt.NDArray[np.int64]
    moods: npt.NDArray[np.int64]
    speakers: list[Array]


class JudgingNetwork:
    """The second network of a model file and its heads.

    Parameters
    ----------
    model : ReadingModel
        Whose file, tokenizer and sessions are used.
    weights : dict of str to ndarray
        Heads by name, ``<name>.w`` ``[inputs, outputs]`` and ``<name>.b``; the embeddings ``slots``, ``speakers``,
        ``speech``, ``relations``; ``outlet`` ``[2, hidden]``.
    settings : mapping
        ``temperature`` by scheme; ``threshold`` by language, the least probability of a judgement that counts as one;
        ``sure_of_speaker``, the least probability of a speaker who stands where none was found (``first``) or instead
        of the one found (``other``);
        ``neutral_by_relation``, what is added to the score of neutral of an actor by where he is mentioned, since
        actors who are not mentioned in the sentence counted for less when they were learnt.
    """

    def __init__(self, model: ReadingModel, weights: dict[str, npt.NDArray[Any]], settings: dict[str, Any]) -> None:
        self._model = model
        self._weights = {name: np.asarray(values, np.float64) for name, values in weights.items()}
        self._tables = {name: np.asarray(weights[name], np.float32) for name in ("slots", "speakers", "speech")}
        self._temperature: dict[str, float] = settings["temperature"]
        self.thresholds: dict[str, float] = settings["threshold"]
        self.sure_of_speaker: dict[str, float] = settings["sure_of_speaker"]
        self._neutral = np.array(settings["neutral_by_relation"], np.float64)
        if min(self.thresholds.values()) < LEAST:
            raise InputError(
                f"the model file has a threshold below {LEAST}: no source is asked for there; train it again"
            )

    def judge(self, passages: Sequence[Passage]) -> list[Judged]:
        """Answer every pair of every passage, in the order given."""
        return [self._answer(passage, states) for passage, states in self._read(passages)]

    def tone(self, passages: Sequence[Passage], schemes: Sequence[str]) -> Array:
        """Tone towards the first pair of each passage, by the output of its scheme: ``float64 [n, 3]``."""
        found = np.zeros((len(passages), 3))
        for row, ((passage, states), scheme) in enumerate(zip(self._read(passages), schemes, strict=True)):
            vectors, _ = self._look(passage, states, passage.pairs[:1])
            found[row] = self._tones(vectors, scheme, passage.pairs[:1])[0]
        return found

    def _read(self, passages: Sequence[Passage]) -> Iterator[tuple[Passage, Array]]:
        """Every passage with its states ``[pieces, hidden]``."""
        for start in range(0, len(passages), PASSAGES_AT_ONCE):
            chunk = passages[start : start + PASSAGES_AT_ONCE]
            states: list[Array] = [np.zeros((0, 0))] * len(chunk)
            for batch in self._make_batches([len(passage.ids) for passage in chunk]):
                chosen = [chunk[place] for place in batch]
                found = self._run(chosen)
                for row, place in enumerate(batch):
                    states[place] = found[row, : len(chunk[place].ids)].astype(np.float64)
            yield from zip(chunk, states, strict=True)

    def _make_batches(self, lengths: Sequence[int]) -> Iterator[list[int]]:
        """Passages to run together: long ones alone, short ones never alone, so that company shows in neither."""
        is_fast = self._model.precision == "fast"
        long = [place for place, length in enumerate(lengths) if is_fast or length > LONG]
        short = [place for place, length in enumerate(lengths) if not (is_fast or length > LONG)]
        yield from ([place] for place in long)
        yield from (
            never_alone([short[place] for place in batch])
            for batch in make_batches([lengths[place] for place in short])
        )

    def _run(self, passages: Sequence[Passage]) -> npt.NDArray[np.float32]:
        width = padded_width(len(passages[0].ids))
        ids, mask = pad_rows([passage.ids for passage in passages], width=width)
        slots, _ = pad_rows([passage.slots for passage in passages], 0, width=width)
        speakers, _ = pad_rows([passage.speakers for passage in passages], 0, width=width)
        speech, _ = pad_rows([passage.speech for passage in passages], 0, width=width)
        vectors = self._model.input_vectors("judge", ids, (slots > 0).astype(np.int64))
        for name, numbers in (("slots", slots), ("speakers", speakers), ("speech", speech)):
            vectors += self._tables[name][numbers]
        return self._model.run("judge", ["states"], {"vectors": vectors, "mask": mask})[0]

    def _linear(self, name: str, x: Array) -> Array:
        return np.asarray(x @ self._weights[f"{name}.w"] + self._weights[f"{name}.b"])

    def _look(self, passage: Passage, states: Array, pairs: Sequence[Pair]) -> tuple[Array, Array]:
        """Vectors of pairs ``[pairs, hidden]`` and their attention on words ``[pairs, pieces]``."""
        vectors, words = np.zeros((len(pairs), states.shape[1])), np.zeros((len(pairs), len(states)))
        for sentence, rows in groupby(range(len(pairs)), key=lambda row: pairs[row].sentence):
            _, first, last, _ = passage.sentences[sentence]
            here, asked = states[first:last], list(rows)
            who = np.array([states[list(pairs[row].pieces)].mean(0) for row in asked])
            looks = []
            for suffix in ("", "_words"):
                query, key = self._linear(f"query{suffix}", who), self._linear(f"key{suffix}", here)
                looks.append(softmax(query @ key.T / np.sqrt(query.shape[1]), axis=1))
            related = who + self._weights["relations"][[pairs[row].relation for row in asked]]
            mean = np.broadcast_to(here.mean(0), who.shape)
            seen = np.concatenate([related, looks[0] @ here, looks[1] @ here, mean], axis=1)
            vectors[asked] = gelu(self._linear("pair", seen))
            words[asked, first:last] = looks[1]
        return vectors, words

    def _tones(self, vectors: Array, scheme: str, pairs: Sequence[Pair]) -> Array:
        scores = self._linear(scheme, vectors)
        scores[:, 1] += self._neutral[[pair.relation for pair in pairs]]
        return np.asarray(softmax(scores / self._temperature[scheme], axis=1))

    def _answer(self, passage: Passage, states: Array) -> Judged:
        pairs = passage.pairs
        if not pairs:
            empty = np.zeros(0, np.int64)
            speakers = self._name_speakers(passage, states)
            return Judged(np.zeros((0, 3)), [], np.zeros((0, len(states))), empty, empty, speakers)
        vectors, words = self._look(passage, states, pairs)
        asked = self._linear("asked", vectors)
        sources = []
        candidates: dict[int, Array] = {}
        tones = self._tones(vectors, NEWS, pairs)
        for row, pair in enumerate(pairs):
            if 1 - tones[row, 1] < LEAST:
                sources.append(np.zeros(0))
                continue
            _, first, last, _ = passage.sentences[pair.sentence]
            if pair.sentence not in candidates:
                candidates[pair.sentence] = self._candidates(passage, states, pair.sentence)
            features = describe_sources(passage, first, last, pair.sentence, pair.pieces, pair.actor)
            sources.append(self._choose(asked[row], candidates[pair.sentence], np.array(features)))
        return Judged(
            tones,
            sources,
            words,
            self._linear("ground", vectors).argmax(1),
            self._linear("mood", vectors).argmax(1),
            self._name_speakers(passage, states),
        )

    def _name_speakers(self, passage: Passage, states: Array) -> list[Array]:
        """Who says each stretch of speech."""
        found = []
        for first, last, _, _ in passage.quotes:
            sentence = next((k for k, row in enumerate(passage.sentences) if row[1] <= first < row[2]), None)
            if sentence is None or not passage.sentences[sentence][3]:
                found.append(np.zeros(0))
                continue
            _, low, high, _ = passage.sentences[sentence]
            seen = np.concatenate([states[first:last].mean(0), states[first], states[low:high].mean(0)])
            asked = self._linear("asked", gelu(self._linear("quote", seen)))
            features = describe_sources(passage, first, last, sentence, range(first, last), -1)
            found.append(self._choose(asked, self._candidates(passage, states, sentence), np.array(features)))
        return found

    def _candidates(self, passage: Passage, states: Array, sentence: int) -> Array:
        """The outlet, another, and every actor by the mention nearest to a sentence."""
        found = [states[list(find_nearest(passage, k, sentence).pieces)].mean(0) for k in range(len(passage.actors))]
        return self._linear("candidate", np.array([*self._weights["outlet"], *found]))

    def _choose(self, asked: Array, candidates: Array, features: Array) -> Array:
        left = np.broadcast_to(asked, candidates.shape)
        mixed = np.concatenate([left, candidates, left * candidates, self._linear("feature", features)], axis=1)
        scores = self._linear("score", gelu(self._linear("mix", mixed)))[:, 0]
        return np.asarray(np.exp(log_softmax(scores)))


def gelu(x: Array) -> Array:
    """The Gaussian error linear unit, exactly."""
    return np.asarray(0.5 * x * (1 + erf(x / np.sqrt(2))))


def mark_passage(ids: Sequence[int], flags: Sequence[int]) -> Passage:
    """A text with one marked actor; where no piece is flagged the text is its own target.

    Parameters
    ----------
    ids, flags : sequence of int
        Pieces without begin and end, and whether each touches the target.

    Examples
    --------
    >>> passage = mark_passage([5, 6, 7], [0, 1, 0])
    >>> passage.ids, passage.slots, passage.pairs[0].pieces
    ([0, 5, 6, 7, 2], [0, 0, 1, 0, 0], (2,))
    """
    n = len(ids) + 2
    marked = tuple(k + 1 for k, flag in enumerate(flags) if flag)
    pieces = marked or tuple(range(1, n - 1)) or (0,)
    slots = [1 if k in set(marked) else 0 for k in range(n)]
    sentence = (0, 1, max(n - 1, 2), True) if n > 2 else (0, 0, 1, True)
    return Passage(
        [BOS, *ids, EOS],
        slots,
        [0] * n,
        [0] * n,
        [sentence],
        ["target"],
        [[Place(0, pieces)]],
        [],
        list(range(n - 2)),
        [0],
        [Pair(0, 0, HERE, pieces)],
    )
