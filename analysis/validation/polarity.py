"""Tasks target and tone: is an actor, or a headline, spoken of negatively, neutrally or positively.

Reads gold rows with a label -1, 0 or 1; returns the coder's labels for them. The coder is run as it is in a study: on
a `Reading`, through `code_evaluations`; nothing is fitted to the gold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from analysis.coding.evaluations import code_evaluations, find_cues
from analysis.coding.quotes import find_quotes
from analysis.measures.scoring import score_labels
from analysis.reading import Reading, read_articles
from analysis.schema import make_table
from analysis.validation.gold import POLARITIES, Row, make_gold_articles
from analysis.validation.report import Result, from_labels

THRESHOLD = 0.05
"""Polarity beyond which a text counts as positive or negative: VADER's published bound (Hutto & Gilbert 2014)."""
BATCH = 500
TARGET_METHODS = ("lexicon", "vader")
TONE_METHODS = ("lexicon",)
Labels = list[int]


def score_target(rows: Sequence[Row], *, method: str, seed: int, n_draws: int) -> list[Result]:
    """Score tone towards the marked actor, next to majority, the lexicon without a target, and VADER for English."""
    predictions: dict[str, Labels] = {method: predict_target(rows, method=method)}
    predictions["majority"] = predict_majority(rows)
    predictions["lexicon_no_target"] = predict_tone(rows)
    if method != "vader" and _is_english(rows):
        predictions["vader"] = predict_target(rows, method="vader")
    return _score(rows, predictions, seed, n_draws)


def score_tone(rows: Sequence[Row], *, method: str, seed: int, n_draws: int) -> list[Result]:
    """Score the tone of a whole headline, next to majority, and VADER for English."""
    predictions: dict[str, Labels] = {method: predict_tone(rows), "majority": predict_majority(rows)}
    if _is_english(rows):
        predictions["vader"] = predict_vader(rows)
    return _score(rows, predictions, seed, n_draws)


def predict_target(rows: Sequence[Row], *, method: str = "lexicon") -> Labels:
    """Label each marked actor by the polarity of its row in ``evaluations``; no row is 0.

    Each gold text is an article of its own, whose only mention is the marked actor.
    """
    labels: Labels = []
    for batch, reading in _read(rows):
        mentions = make_table("mentions", [_mark(row, reading) for row in batch])
        quotes = find_quotes(reading, mentions)
        found = code_evaluations(reading, mentions, quotes, method=method, captions=True)
        polarity = dict(zip(found["article_id"], found["polarity"], strict=True))
        labels += [to_label(polarity.get(row["article_id"], 0.0)) for row in batch]
    return labels


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


def _score(rows: Sequence[Row], predictions: dict[str, Labels], seed: int, n_draws: int) -> list[Result]:
    gold = [int(row["label"]) for row in rows]
    return [
        from_labels(
            method,
            score_labels(
                gold, labels, labels=POLARITIES, level="ordinal", rng=np.random.default_rng(seed), n_draws=n_draws
            ),
        )
        for method, labels in predictions.items()
    ]


def _read(rows: Sequence[Row]) -> Iterator[tuple[Sequence[Row], Reading]]:
    for first in range(0, len(rows), BATCH):
        batch = rows[first : first + BATCH]
        yield batch, read_articles(make_gold_articles(batch))


def _mark(row: Row, reading: Reading) -> dict[str, Any]:
    """The marked actor as the only mention of its article."""
    here = reading.sentences[reading.sentences["article_id"] == row["article_id"]]
    before = here[here["start"] <= row["start"]]
    return {
        "mention_id": f"{row['article_id']}:m00001",
        "article_id": row["article_id"],
        "sentence_id": int((before if len(before) else here.head(1))["sentence_id"].iloc[-1]),
        "start": row["start"],
        "end": row["end"],
        "text": row["text"][row["start"] : row["end"]],
        "actor_id": "target",
        "form": "name",
        "antecedent_id": None,
        "rule": "gold",
    }


def _is_english(rows: Sequence[Row]) -> bool:
    return all(row["language"] == "en" for row in rows)
