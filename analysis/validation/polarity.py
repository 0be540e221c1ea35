"""Tasks target and tone: is an actor, or a headline, spoken of negatively, neutrally or positively.

Reads gold rows with a label -1, 0 or 1; returns the coder's labels for them. The coder is run as it is in a study,
through `code_evaluations`: ``coder`` is what it says of the marked actor where it expects whole articles; ``model`` the
network's answer by the scheme of texts that were picked because somebody is marked in them. Nothing is fitted to the
gold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.coding.evaluations.code import code_evaluations, find_cues
from analysis.coding.evaluations.methods import CLEAR
from analysis.coding.evaluations.network import DECIMALS
from analysis.coding.quotes.find import find_quotes
from analysis.contracts.tables import group_rows, make_table
from analysis.measures.scoring import calibration_error, score_labels, score_mean_f1
from analysis.reading import Reading, read_articles
from analysis.reading.model_loading import load_reading_model
from analysis.reading.tokens import MODEL, RULES
from analysis.validation.gold import POLARITIES, Row, make_gold_articles
from analysis.validation.report import Result, from_labels

POLAR = (-1, 1)
"""Labels whose mean F1 is told beside macro-F1: where gold has few neutral rows, macro-F1 rests on those."""
THRESHOLD = 0.05
"""Polarity beyond which a text counts as positive or negative: VADER's published bound (Hutto & Gilbert 2014)."""
BATCH = 500
CODER = "coder"
TARGET_METHODS = (CODER, "model", "lexicon", "vader")
TONE_METHODS = ("model", "lexicon")
Labels = list[int]


@dataclass(frozen=True)
class Predictions:
    """Labels of one method; `certainty` is the probability it gave to each, where it gives any."""

    labels: Labels
    certainty: tuple[float, ...] | None = None


def score_target(rows: Sequence[Row], *, method: str, seed: int, n_draws: int) -> list[Result]:
    """Score tone towards the marked actor.

    Parameters
    ----------
    rows : sequence of dict
        Gold rows; rows with the same text are resampled together.
    method : {"coder", "model", "lexicon", "vader"}
        Scored first. ``coder`` is what a study gets of whole articles, most of whose mentions are neutral; ``model`` is
        the network's output for sentences with one marked actor, and comes next to the coder. Then follow: the same
        with the target hidden, the lexicon, the lexicon without a target, the majority, and VADER for English.
    seed, n_draws : int
        Of the bootstrap.

    Returns
    -------
    list of Result
        ``ece`` is the expected calibration error of the label chosen, of methods that give probabilities.

    Notes
    -----
    The coder's label is the sign of a polarity that is clear (`analysis.coding.evaluations.methods.CLEAR`), else 0; the
    network's is its likeliest.
    """
    predictions: dict[str, Predictions] = {}
    if method == CODER:
        predictions[CODER] = Predictions(predict_target(rows, method=CODER))
    if method in {CODER, "model"}:
        predictions["model"] = predict_by_model(rows)
        predictions["model_no_target"] = predict_by_model(rows, hides_target=True)
    else:
        predictions[method] = Predictions(predict_target(rows, method=method))
    if method != "lexicon":
        predictions["lexicon"] = Predictions(predict_target(rows, method="lexicon"))
    predictions["lexicon_no_target"] = Predictions(predict_tone(rows))
    predictions["majority"] = Predictions(predict_majority(rows))
    if method != "vader" and _is_english(rows):
        predictions["vader"] = Predictions(predict_target(rows, method="vader"))
    return score_predictions(rows, predictions, seed, n_draws)


def score_tone(rows: Sequence[Row], *, method: str, seed: int, n_draws: int) -> list[Result]:
    """Score the tone of a whole headline, by model or lexicon, next to the lexicon, majority, and VADER for English."""
    predictions: dict[str, Predictions] = {}
    if method == "model":
        predictions["model"] = _choose(load_reading_model().tone([row["text"] for row in rows], [None] * len(rows)))
    predictions["lexicon"] = Predictions(predict_tone(rows))
    predictions["majority"] = Predictions(predict_majority(rows))
    if _is_english(rows):
        predictions["vader"] = Predictions(predict_vader(rows))
    return score_predictions(rows, predictions, seed, n_draws)


def predict_by_model(rows: Sequence[Row], *, hides_target: bool = False, n_words: int | None = None) -> Predictions:
    """Label each marked actor by the model, which reads the text with the actor marked.

    Parameters
    ----------
    rows : sequence of dict
        Gold rows.
    hides_target : bool, default False
        Do not say who is meant: what is then right is right by the tone of the sentence alone.
    n_words : int, optional
        Let it read so many words on either side of the actor and no more; 0 is the bare name. All of the sentence when
        left out.
    """
    texts: list[str] = []
    spans: list[tuple[int, int] | None] = []
    for batch, reading in _read(rows):
        for row, sentence in zip(batch, find_sentences(batch, reading), strict=True):
            text, span = row["text"], (row["start"], row["end"])
            if n_words is not None:
                span = (row["start"] - sentence.start, min(row["end"], sentence.end) - sentence.start)
                text, span = cut_window(sentence.text, *span, n_words)
            texts.append(text)
            spans.append(None if hides_target else span)
    return _choose(load_reading_model().tone(texts, spans, [row["language"] for row in rows]))


def cut_window(text: str, start: int, end: int, n_words: int) -> tuple[str, tuple[int, int]]:
    """What stands within so many words of a stretch of text, and where the stretch is in it.

    Examples
    --------
    >>> cut_window("De oppositie noemt minister Bos een leugenaar.", 19, 31, 1)
    ('noemt minister Bos een', (6, 18))
    """
    before = [match.start() for match in re.finditer(r"\S+", text[:start])]
    after = [match.end() + end for match in re.finditer(r"\S+", text[end:])]
    first = before[-n_words:][0] if before and n_words else start
    last = after[:n_words][-1] if after and n_words else end
    return text[first:last], (start - first, end - first)


def predict_target(rows: Sequence[Row], *, method: str) -> Labels:
    """Label each marked actor by the polarity of its row in ``evaluations``; no row is 0.

    Parameters
    ----------
    rows : sequence of dict
        Gold rows.
    method : {"coder", "lexicon", "vader"}
        ``coder`` is the method ``model`` of `code_evaluations` on a reading with trees.
    """
    found = code_targets(rows, method=method)
    polarity = dict(zip(found["article_id"], found["polarity"], strict=True))
    name = to_side if method == CODER else to_label
    return [name(polarity.get(row["article_id"], 0.0)) for row in rows]


def code_targets(rows: Sequence[Row], *, method: str = CODER) -> pd.DataFrame:
    """Table ``evaluations`` of the marked actors: each gold text is an article whose only mention is the marked actor.

    Parameters
    ----------
    rows : sequence of dict
        Gold rows; every ``article_id`` occurs once.
    method : {"coder", "lexicon", "vader"}
        As for `predict_target`.

    Returns
    -------
    DataFrame
        A row for every gold row that the method judges.
    """
    tables: list[pd.DataFrame] = []
    is_coder = method == CODER
    for batch, reading in _read(rows, MODEL if is_coder else RULES):
        places = zip(batch, find_sentences(batch, reading), strict=True)
        mentions = make_table("mentions", [mark_target(row, sentence) for row, sentence in places])
        quotes = find_quotes(reading, mentions)
        found = code_evaluations(reading, mentions, quotes, method="model" if is_coder else method, captions=True)
        marked = mentions[["article_id", "sentence_id"]]
        tables.append(found.merge(marked, on=["article_id", "sentence_id"]))  # not what a neighbouring sentence says
    return make_table("evaluations", pd.concat(tables, ignore_index=True))


def predict_tone(rows: Sequence[Row]) -> Labels:
    """Label each text by the mean polarity of all its judging words, whomever they bear on; none is 0."""
    labels: Labels = []
    for batch, reading in _read(rows):
        for row in batch:
            doc = reading.docs[row["article_id"]]
            found: list[float] = []
            for sentence in doc.sents:
                found += [cue.polarity for _, cue in find_cues(doc, sentence.start, sentence.end, row["language"])]
            labels.append(to_label(sum(found) / len(found) if found else 0.0))
    return labels


def predict_vader(rows: Sequence[Row]) -> Labels:
    """Label each text by VADER's compound score."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415  reads its lexicon

    judge: Callable[[str], dict[str, float]] = SentimentIntensityAnalyzer().polarity_scores
    return [to_label(judge(row["text"])["compound"]) for row in rows]


def predict_majority(rows: Sequence[Row]) -> Labels:
    """The most frequent gold label for every row; among equals the lowest."""
    counts = Counter(int(row["label"]) for row in rows)
    return [min(counts, key=lambda label: (-counts[label], label))] * len(rows)


def to_label(polarity: float) -> int:
    """Sign of a polarity beyond `THRESHOLD`, else 0.

    Examples
    --------
    >>> [to_label(polarity) for polarity in (-0.4, -0.05, 0.0, 0.05, 0.06)]
    [-1, 0, 0, 0, 1]
    """
    return int(polarity > THRESHOLD) - int(polarity < -THRESHOLD)


def to_side(polarity: float) -> int:
    """Sign of a polarity that is clear to the coder, else 0.

    Examples
    --------
    >>> [to_side(polarity) for polarity in (-0.25, -0.24, 0.0, 0.25)]
    [-1, 0, 0, 1]
    """
    return int(polarity >= CLEAR) - int(polarity <= -CLEAR)


def score_predictions(
    rows: Sequence[Row], predictions: Mapping[str, Predictions], seed: int, n_draws: int
) -> list[Result]:
    """A result per method from its labels, with intervals over texts."""
    gold = [int(row["label"]) for row in rows]
    texts = [row["text"] for row in rows]
    results = []
    for method, found in predictions.items():
        scores = score_labels(
            gold,
            found.labels,
            labels=POLARITIES,
            level="ordinal",
            groups=texts,
            rng=np.random.default_rng(seed),
            n_draws=n_draws,
        )
        polar, bounds = score_mean_f1(
            gold, found.labels, labels=POLAR, groups=texts, rng=np.random.default_rng(seed), n_draws=n_draws
        )
        result = from_labels(method, scores)
        more: dict[str, float] = {"mean_f1_polar": polar}
        if found.certainty is not None:
            more["ece"] = calibration_error(found.certainty, [a == b for a, b in zip(gold, found.labels, strict=True)])
        results.append(
            replace(result, scores={**result.scores, **more}, intervals={**result.intervals, "mean_f1_polar": bounds})
        )
    return results


def _choose(probabilities: npt.NDArray[np.float64]) -> Predictions:
    """The likeliest label of each row of probabilities (negative, neutral, positive); among equals the lowest."""
    rounded = probabilities.round(DECIMALS)
    labels = [POLARITIES[number] for number in rounded.argmax(axis=1)]
    return Predictions(labels, tuple(np.clip(rounded.max(axis=1), 0, 1).tolist()))


def _read(rows: Sequence[Row], how: str = RULES) -> Iterator[tuple[Sequence[Row], Reading]]:
    """Rows and their sentences, which are the same either way; only what needs trees is read by the model."""
    for first in range(0, len(rows), BATCH):
        batch = rows[first : first + BATCH]
        yield batch, read_articles(make_gold_articles(batch), reading=how)


def find_sentences(rows: Sequence[Row], reading: Reading) -> Iterator[Any]:
    """For each row, the sentence in which its marked actor begins."""
    sentences = group_rows(reading.sentences, "article_id")
    for row in rows:
        here = sentences[row["article_id"]]
        yield next((found for found in reversed(here) if found.start <= row["start"]), here[0])


def mark_target(row: Row, sentence: Any) -> dict[str, Any]:
    """The marked actor as the only mention of its article; one that runs on is cut at the end of its sentence."""
    end = min(row["end"], int(sentence.end))
    return {
        "mention_id": f"{row['article_id']}:m00001",
        "article_id": row["article_id"],
        "sentence_id": int(sentence.sentence_id),
        "start": row["start"],
        "end": end,
        "text": row["text"][row["start"] : end],
        "actor_id": "target",
        "form": "name",
        "antecedent_id": None,
        "rule": "gold",
    }


def _is_english(rows: Sequence[Row]) -> bool:
    return all(row["language"] == "en" for row in rows)
