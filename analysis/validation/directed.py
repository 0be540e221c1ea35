"""Task directed: how does one actor, the source, speak of or act on another, the target.

Reads gold rows with a source, a target and a label -1, 0 or 1; returns the labels that the coder's tables give. Source
and target are the only mentions of a text; quotes, evaluations and actions are coded from them as in a study, and
nothing is fitted to the gold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analysis.coding.actions.code import code_actions
from analysis.coding.evaluations.code import code_evaluations
from analysis.coding.quotes.find import find_quotes
from analysis.contracts.schema import AUTHOR
from analysis.contracts.tables import group_rows, make_table
from analysis.reading import Reading, read_articles
from analysis.validation.gold import Row, make_gold_articles
from analysis.validation.polarity import THRESHOLD, Predictions, predict_majority, score_predictions
from analysis.validation.report import Result

METHODS = ("model", "lexicon")
BATCH = 250
LEAST = {"model": 0.25, "lexicon": THRESHOLD}
"""Polarity from which an evaluation takes a side: of the model its clear judgements, of the lexicon any."""
VALENCE = {"conflict": -1, "cooperation": 1, "neutral": 0}
_FIRST_PERSON = re.compile(r"\W*(?:ik|wij|we|mij|me|mijn|ons|onze|I|my|me|mine|we|us|our|ours)\W*\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Directed:
    """What the coder says of one row.

    Attributes
    ----------
    label : int
        Tone of the source towards the target.
    undirected : int
        Tone towards the target, whoever speaks.
    is_attributed : bool
        Whether the coder lets this source judge the target, or act on it.
    """

    label: int
    undirected: int
    is_attributed: bool


def score_directed(rows: Sequence[Row], *, method: str, seed: int, n_draws: int) -> list[Result]:
    """Score tone of a source towards a target.

    Parameters
    ----------
    rows : sequence of dict
        Gold rows; rows with the same text are resampled together.
    method : {"model", "lexicon"}
        Scored first, and next to it: the same whoever speaks, the lexicon, the majority.
    seed, n_draws : int
        Of the bootstrap.

    Returns
    -------
    list of Result
        With ``attributed``: of the rows whose label is not 0, the share in which the coder lets this very source judge
        or act on the target; and ``accuracy_attributed``: the accuracy in all rows where it does.

    Notes
    -----
    The label of a row is, in this order: that of an evaluation of the target whose source is the source; the valence
    of a deed of the source towards the target, or of a deed without one the tone of the sentence towards the target;
    else 0. A source that is `ik`, `we`, `I` is whoever speaks where it stands.
    """
    predictions: dict[str, Predictions] = {}
    found: dict[str, list[Directed]] = {}
    for name in dict.fromkeys([method, "lexicon"]):
        found[name] = predict_directed(rows, method=name)
        predictions[name] = Predictions([one.label for one in found[name]])
        if name == method:
            predictions[f"{name}_any_source"] = Predictions([one.undirected for one in found[name]])
    predictions["majority"] = Predictions(predict_majority(rows))
    results = score_predictions(rows, predictions, seed, n_draws)
    return [_add_attribution(result, rows, found.get(result.method)) for result in results]


def predict_directed(rows: Sequence[Row], *, method: str) -> list[Directed]:
    """What the coder says of each row; see `score_directed`."""
    found: list[Directed] = []
    for batch, reading in _read(rows):
        mentions = make_table("mentions", [mark for row in batch for mark in _mark(row, reading)])
        quotes = find_quotes(reading, mentions)
        evaluations = group_rows(
            code_evaluations(reading, mentions, quotes, method=method, captions=True), "article_id"
        )
        actions = group_rows(code_actions(reading, mentions, captions=True), "article_id")
        said = group_rows(quotes, "article_id")
        for row in batch:
            key = row["article_id"]
            judged = [found for found in evaluations.get(key, []) if found.target_id == "target"]
            by_source = [one for one in judged if _is_by_source(one, row, said.get(key, []))]
            deeds = [one for one in actions.get(key, []) if (one.agent_id, one.patient_id) == ("source", "target")]
            found.append(_decide(judged, by_source, [one for one in deeds if not one.negated], LEAST[method]))
    return found


def _decide(judged: Sequence[Any], by_source: Sequence[Any], deeds: Sequence[Any], least: float) -> Directed:
    undirected = _label(judged, least)
    label = _label(by_source, least)
    if not label and deeds:
        label = next((VALENCE[deed.valence] for deed in deeds if VALENCE[deed.valence]), undirected)
    return Directed(label, undirected, bool(by_source or deeds))


def _label(judged: Sequence[Any], least: float) -> int:
    """Sign of the mean polarity, 0 where it takes no side or there is none."""
    polarity = sum(one.polarity for one in judged) / len(judged) if judged else 0.0
    return int(polarity >= least) - int(polarity <= -least)


def _is_by_source(evaluation: Any, row: Row, quotes: Sequence[Any]) -> bool:
    """Whether the source of the row is the one that judges."""
    if evaluation.source_id == "source":
        return True
    start, end = row["source"]
    if not _FIRST_PERSON.match(row["text"][start:end]):
        return False
    around = [quote for quote in quotes if quote.start <= row["target"][0] < quote.end]
    if not around:
        return bool(evaluation.source_id == AUTHOR)
    innermost = min(around, key=lambda quote: quote.end - quote.start)
    return bool(evaluation.source_id != AUTHOR and innermost.start <= start < innermost.end)


def _mark(row: Row, reading: Reading) -> Iterator[dict[str, Any]]:
    """Source and target as the mentions of their article."""
    sentences = reading.sentences[reading.sentences["article_id"] == row["article_id"]]
    places = sorted((tuple(row[role]), role) for role in ("source", "target"))
    for number, ((start, end), role) in enumerate(places, start=1):
        before = sentences[sentences["start"] <= start]
        sentence = (before if len(before) else sentences).iloc[-1 if len(before) else 0]
        yield {
            "mention_id": f"{row['article_id']}:m{number:05d}",
            "article_id": row["article_id"],
            "sentence_id": int(sentence["sentence_id"]),
            "start": start,
            "end": min(end, int(sentence["end"])),
            "text": row["text"][start : min(end, int(sentence["end"]))],
            "actor_id": role,
            "form": "name",
            "antecedent_id": None,
            "rule": "gold",
        }


def _read(rows: Sequence[Row]) -> Iterator[tuple[Sequence[Row], Reading]]:
    for first in range(0, len(rows), BATCH):
        batch = rows[first : first + BATCH]
        yield batch, read_articles(make_gold_articles(batch))


def _add_attribution(result: Result, rows: Sequence[Row], found: Sequence[Directed] | None) -> Result:
    if found is None:
        return result
    table = pd.DataFrame(
        {
            "gold": [int(row["label"]) for row in rows],
            "label": [one.label for one in found],
            "is_attributed": [one.is_attributed for one in found],
        }
    )
    polar, kept = table[table["gold"] != 0], table[table["is_attributed"]]
    more: Mapping[str, float] = {
        "attributed": float(polar["is_attributed"].astype(float).mean()),
        "accuracy_attributed": float((kept["gold"] == kept["label"]).astype(float).mean()),
        "n_attributed": len(kept),
    }
    return replace(result, scores={**result.scores, **more})
