"""Score the shipped file on the reference data, with bootstrap intervals.

Runs the runtime itself (``analysis.reading.model``) on the exported file, so that what is
reported is what is shipped. Returns plain dictionaries; writes nothing. Sets that are only
scored (OpeNER, CoNLL-2002, Alpino) are read here and nowhere else in the training.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.reading.model import ReadingModel, SentenceReading
from analysis.training.data import (
    Sentence,
    Target,
    read_conllu,
    read_headlines,
    read_targets,
)
from analysis.training.entities import read_conll2002, score_spans
from analysis.training.measures import calibration_error, labels_of, macro_f1, per_class_f1
from analysis.training.syntax import score_trees

N_RESAMPLES = 1000
SYNTAX_RELATIONS = ("nsubj", "obj", "obl:agent", "nsubj:pass", "ccomp", "aux:pass", "compound:prt")


def interval(n_units: int, measure: Callable[[npt.NDArray[np.int64]], float], seed: int = 0) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a measure over resampled units.

    Parameters
    ----------
    measure
        Takes the numbers of the drawn units (with repeats), returns the value.
    """
    generator = np.random.default_rng(seed)
    values = [measure(generator.integers(0, n_units, n_units)) for _ in range(N_RESAMPLES)]
    low, high = np.percentile(values, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


def score_syntax(model: ReadingModel, path: Path) -> dict[str, Any]:
    """Score a treebank: LAS, UAS, part of speech, lemma, relations, features."""
    gold = read_conllu(path)
    readings = model.read([sentence.words for sentence in gold])
    scores: dict[str, Any] = {}
    heads = [to_conllu(reading) for reading in readings]
    found = score_trees(gold, heads, [r.relations for r in readings], [r.upos for r in readings])
    wanted = ("las", "uas", "pos", *(f"f1:{relation}" for relation in SYNTAX_RELATIONS))
    scores |= {name: round(found[name], 4) for name in wanted if name in found}
    scores["n_sentences"] = len(gold)
    scores["n_words"] = sum(len(sentence.words) for sentence in gold)
    per_sentence = np.array([count_right(sentence, reading) for sentence, reading in zip(gold, readings, strict=True)])
    for column, name in enumerate(("las", "uas", "pos"), 1):
        scores[f"{name}_interval"] = interval(len(gold), lambda drawn, c=column: ratio(per_sentence[drawn], c))
    pairs = [
        (found_lemma, lemma)
        for sentence, reading in zip(gold, readings, strict=True)
        for found_lemma, lemma in zip(reading.lemmas, sentence.lemmas or (), strict=True)
    ]
    scores["lemma"] = round(float(np.mean([a == b for a, b in pairs])), 4)
    scores["features"] = score_features(gold, readings)
    return scores


def to_conllu(reading: SentenceReading) -> list[int]:
    """Return heads counted from 1, with 0 for the root."""
    return [0 if head == place else head + 1 for place, head in enumerate(reading.heads)]


def count_right(sentence: Sentence, reading: SentenceReading) -> tuple[int, int, int, int]:
    """Return the number of words, of right labelled heads, heads and parts of speech."""
    assert sentence.heads and sentence.relations and sentence.upos
    is_head = [a == b for a, b in zip(sentence.heads, to_conllu(reading), strict=True)]
    is_relation = [a == b for a, b in zip(sentence.relations, reading.relations, strict=True)]
    n_upos = sum(a == b for a, b in zip(sentence.upos, reading.upos, strict=True))
    n_labelled = sum(a and b for a, b in zip(is_head, is_relation, strict=True))
    return len(is_head), n_labelled, sum(is_head), n_upos


def ratio(counts: npt.NDArray[np.int64], column: int) -> float:
    """Return the share that a column is of the first one, summed over rows."""
    return float(counts[:, column].sum() / counts[:, 0].sum())


def score_features(gold: Sequence[Sentence], readings: Sequence[SentenceReading]) -> dict[str, float]:
    """Return the F1 of each feature the coder needs (value and presence both right)."""
    scores = {}
    for name in ("Number", "Person", "Tense", "VerbForm", "Degree"):
        n_right = n_total = 0
        for sentence, reading in zip(gold, readings, strict=True):
            for wanted, found in zip(sentence.features or (), reading.features, strict=True):
                a, b = wanted.get(name), found.get(name)
                n_right += a is not None and a == b
                n_total += (a is not None) + (b is not None)
        scores[name] = round(2 * n_right / n_total, 4) if n_total else float("nan")
    return scores


def score_names(model: ReadingModel, path: Path) -> dict[str, Any]:
    """Score named entities of any type against CoNLL-2002: exact spans, and recall by overlap."""
    sentences = read_conll2002(path)
    readings = model.read([words for words, _ in sentences])
    gold = [spans for _, spans in sentences]
    found = [[(e.start, e.end, e.type) for e in reading.names] for reading in readings]
    exact = score_spans(gold, found)
    touched = [
        any(a < end and b > start for a, b, _ in row)
        for row, spans in zip(found, gold, strict=True)
        for start, end, _ in spans
    ]

    def f1(drawn: npt.NDArray[np.int64]) -> float:
        return score_spans([gold[i] for i in drawn], [found[i] for i in drawn]).f1

    return {
        **{key: round(value, 4) for key, value in exact._asdict().items()},
        "recall_overlap": round(float(np.mean(touched)), 4),
        "f1_interval": interval(len(gold), f1),
        "n_sentences": len(gold),
    }


def score_targets(model: ReadingModel, targets: Sequence[Target], *, hide_target: bool = False) -> dict[str, Any]:
    """Score tone: macro-F1, F1 per class, calibration error, with intervals over texts."""
    spans = [None if hide_target else target.span for target in targets]
    probabilities = model.tone([target.text for target in targets], spans, [target.language for target in targets])
    gold, found = labels_of(targets), probabilities.argmax(1)
    texts = {text: i for i, text in enumerate(dict.fromkeys(t.text for t in targets))}
    rows_of: list[list[int]] = [[] for _ in texts]
    for row, target in enumerate(targets):
        rows_of[texts[target.text]].append(row)

    def resampled(measure: Callable[[Any, Any], float]) -> tuple[float, float]:
        def on_drawn(drawn: npt.NDArray[np.int64]) -> float:
            rows = np.array([row for unit in drawn for row in rows_of[unit]])
            return measure(gold[rows], found[rows])

        return interval(len(rows_of), on_drawn)

    negative, neutral, positive = per_class_f1(gold, found)
    return {
        "n": len(targets),
        "macro_f1": round(macro_f1(gold, found), 4),
        "macro_f1_interval": resampled(macro_f1),
        "f1": [round(value, 4) for value in (negative, neutral, positive)],
        "mean_f1_negative_positive": round((negative + positive) / 2, 4),
        "mean_f1_negative_positive_interval": resampled(
            lambda a, b: float(np.mean(np.array(per_class_f1(a, b))[[0, 2]]))
        ),
        "accuracy": round(float(np.mean(gold == found)), 4),
        "calibration_error": round(calibration_error(probabilities, gold), 4),
    }


def measure_speed(model: ReadingModel, sentences: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return words read and targets coded per second (one warm-up, best of three)."""
    texts = [" ".join(words) for words in sentences]
    spans = [(0, len(words[0])) for words in sentences]
    n_words = sum(map(len, sentences))
    model.read(sentences[:50])
    model.tone(texts[:50], spans[:50])
    reading, toning = [], []
    for _ in range(3):
        started = time.perf_counter()
        model.read(sentences)
        reading.append(time.perf_counter() - started)
        started = time.perf_counter()
        model.tone(texts, spans)
        toning.append(time.perf_counter() - started)
    return {
        "words_per_second": round(n_words / min(reading)),
        "targets_per_second": round(len(texts) / min(toning), 1),
    }


def score_all(path: Path, reference: Path, n_threads: int = 2) -> dict[str, Any]:
    """Score a model file on everything that is reported.

    Parameters
    ----------
    path
        The exported model.
    reference
        The folder of the reference data.
    """
    started = time.perf_counter()
    model = ReadingModel.load(path, n_threads=n_threads)
    model.read([["Ja"]])
    model.tone(["Ja"], [None])
    scores: dict[str, Any] = {"load_seconds": round(time.perf_counter() - started, 2)}
    scores["bytes"] = path.stat().st_size
    scores["alpino_nl.dev"] = score_syntax(model, reference / "syntax" / "alpino_nl.dev-ud2.16.conllu")
    scores["conll2002_nl.testa"] = score_names(model, reference / "ner" / "conll2002_nl.testa.txt")
    for name in ("newsmtsc_en.dev", "madtsc_nl.dev", "madtsc_en.dev", "opener_nl.dev", "opener_en.dev"):
        targets = read_targets(reference / "target" / f"{name}.jsonl", name)
        scores[name] = score_targets(model, targets)
        scores[f"{name}, target hidden"] = score_targets(model, targets, hide_target=True)
    headlines = read_headlines(reference / "tone" / "ecosent_nl.train.jsonl")[:1000]
    lassy = read_conllu(reference / "syntax" / "alpino_nl.dev-ud2.16.conllu")
    sentences = [s.words for s in lassy] + [h.text.split() for h in headlines[:282]]
    scores["speed"] = measure_speed(model, sentences)
    fast = ReadingModel.load(path, n_threads=n_threads, precision="fast")
    scores["speed, fast"] = measure_speed(fast, sentences)
    return scores
