"""Gold that is about whole articles: what each method says of an actor in an article, or of a sentence of the seed.

Reads the coded tables of the teaching corpus or the seed and their gold codes; returns gold, a label per method and
what belongs together, ready for scoring.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.coding.evaluations.code import code_evaluations
from analysis.coding.evaluations.methods import select_evaluations
from analysis.contracts.schema import UNLISTED
from analysis.contracts.tables import Tables, rows_of
from analysis.measures.article_tone import tone_in_articles
from analysis.reading import read_articles
from analysis.reading.tokens import RULES
from analysis.validation.polarity import to_label, to_side

SIDES = {"negative": -1, "neutral": 0, "positive": 1}


@dataclass(frozen=True)
class Units:
    """Gold labels of one language with what each method says, unit by unit.

    Attributes
    ----------
    language : str
        Of the texts.
    gold : list of int
        -1, 0 or 1.
    labels : mapping of str to list of int
        By method, in the order of `gold`.
    groups : list of str
        What is resampled: the article, or the sentence, of each unit.
    polarity : mapping of str to array
        By method, the mean polarity behind the label; NaN where the method has no evidence.
    """

    language: str
    gold: list[int]
    labels: Mapping[str, list[int]]
    groups: list[str]
    polarity: Mapping[str, np.ndarray[Any, np.dtype[np.float64]]]


def list_article_units(tables: Tables, gold: pd.DataFrame) -> list[Units]:
    """Tone per article and actor, by language.

    Parameters
    ----------
    tables : Tables
        Of the coded corpus, judged by model and lexicon.
    gold : DataFrame
        ``article_id, actor_id, tone``.

    Returns
    -------
    list of Units
        ``coder``: tone and side of `analysis.measures.article_tone.tone_in_articles`. ``model``: the mean of the
        network's positive less its negative probability over the actor's mentions. ``model_no_target``: that of all
        mentions of the article, whoever is meant. ``lexicon``; and for English ``vader``, the mean score of the
        sentences that name the actor. Of these a mean beyond 0.05 is a side
        (`analysis.validation.polarity.THRESHOLD`): means over neutral mentions are small. No evidence is 0.
    """
    judged = select_evaluations(tables.evaluations, "model")
    alone = judged.assign(polarity=judged["p_positive"] - judged["p_negative"])
    light = tone_in_articles(judged, tables.sentences).set_index(["article_id", "actor_id"])
    of_article = alone.groupby("article_id")["polarity"].mean()
    languages = tables.articles.set_index("article_id")["language"]
    found: list[Units] = []
    for language in sorted(set(languages), reverse=True):
        part = gold[gold["article_id"].map(languages) == language]
        pairs = pd.MultiIndex.from_frame(part[["article_id", "actor_id"]])
        polarity = {
            "coder": light["tone"].reindex(pairs).to_numpy(float),
            "model": _mean(alone, pairs),
            "model_no_target": of_article.reindex(part["article_id"]).to_numpy(float),
            "lexicon": _mean(select_evaluations(tables.evaluations, "lexicon"), pairs),
        }
        if language == "en":
            polarity["vader"] = _mean(_judge_by_vader(tables), pairs)
        labels = {method: [to_label(value) for value in np.nan_to_num(values)] for method, values in polarity.items()}
        labels["coder"] = [int(side) for side in light["side"].reindex(pairs).fillna(0)]
        tones = [int(tone) for tone in part["tone"]]
        found.append(Units(language, tones, labels, part["article_id"].astype(str).tolist(), polarity))
    return found


def list_sentence_units(tables: Tables, gold: Sequence[Mapping[str, Any]]) -> Units:
    """Evaluations of one article by sentence, source and target: what each method says where gold has a row.

    Parameters
    ----------
    tables : Tables
        Of that article, captions included.
    gold : sequence of mapping
        Rows of the reference coding: ``sentence`` (its first words), ``source``, ``target``, ``also`` and ``polarity``.

    Returns
    -------
    Units
        ``coder`` and ``model`` (its network alone) have a side where that is clear; the lexicon where it is not 0. A
        source that differs from gold is no answer, and so 0. Rows that gold does not have are not scored here.
    """
    text = str(tables.articles["text"].iloc[0])
    judged = select_evaluations(tables.evaluations, "model")
    sources = {
        "coder": (judged, to_side),
        "model": (judged.assign(polarity=judged["p_positive"] - judged["p_negative"]), to_side),
        "lexicon": (select_evaluations(tables.evaluations, "lexicon"), to_label),
    }
    places = [text.index(str(row["sentence"]).lstrip("‘")) for row in gold]
    sentences = [_find_sentence(tables, place) for place in places]
    polarity = {
        method: np.array([_find_mean(found, row, number) for row, number in zip(gold, sentences, strict=True)])
        for method, (found, _) in sources.items()
    }
    labels = {method: [sources[method][1](x) for x in np.nan_to_num(values)] for method, values in polarity.items()}
    language = str(tables.articles["language"].iloc[0])
    return Units(language, [SIDES[row["polarity"]] for row in gold], labels, [str(n) for n in sentences], polarity)


def _judge_by_vader(tables: Tables) -> pd.DataFrame:
    """Evaluations by VADER of the mentions in English articles; it needs no trees."""
    english = tables.articles[tables.articles["language"] == "en"]
    kept = set(english["article_id"])
    mentions, quotes = (table[table["article_id"].isin(kept)] for table in (tables.mentions, tables.quotes))
    return code_evaluations(read_articles(english, reading=RULES), mentions, quotes, method="vader")


def _mean(evaluations: pd.DataFrame, pairs: pd.MultiIndex) -> np.ndarray[Any, np.dtype[np.float64]]:
    means = evaluations.groupby(["article_id", "target_id"])["polarity"].mean()
    return np.asarray(means.reindex(pairs).to_numpy(float))


def _find_sentence(tables: Tables, place: int) -> int:
    return next(int(row.sentence_id) for row in rows_of(tables.sentences) if row.start <= place < row.end)


def _find_mean(evaluations: pd.DataFrame, row: Mapping[str, Any], sentence_id: int) -> float:
    """Mean polarity of the evaluations of one sentence with this source and target; NaN where there is none."""
    targets = (row["target"], *row.get("also", []))
    values = [
        float(found.polarity)
        for found in rows_of(evaluations[evaluations["sentence_id"] == sentence_id])
        if is_same_actor(found.source_id, row["source"])
        and any(is_same_actor(found.target_id, target) for target in targets)
    ]
    return float(np.mean(values)) if values else float("nan")


def is_same_actor(found: str, wanted: str) -> bool:
    """The same actor; one that no codebook lists goes by its last word, which the coder gives in its base form.

    Examples
    --------
    >>> is_same_actor("iran", "iran"), is_same_actor("unlisted:amerikaan", "unlisted:een_amerikaan")
    (True, True)
    """
    if not (found.startswith(UNLISTED) and wanted.startswith(UNLISTED)):
        return found == wanted
    first, second = (actor_id.replace("_", " ").split(":")[-1].split()[-1].casefold() for actor_id in (found, wanted))
    return second.startswith(first)
