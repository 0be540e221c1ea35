"""Task frames: does an article carry a frame.

Reads gold rows with 0 or 1 per frame; codes the texts with a codebook and scores the frames that both know. A frame
is present when at least one sentence answers one of its questions with yes; its score, for average precision, is the
share of sentences that do.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.codebook import Codebook
from analysis.coding.frames import code_frames
from analysis.errors import InputError
from analysis.measures.scoring import IndicatorScores, score_indicators
from analysis.reading import read_articles
from analysis.reading.tokens import RULES
from analysis.validation.gold import Row, make_gold_articles
from analysis.validation.report import Result, from_labels

METHODS = ("patterns",)


def score_frames(rows: Sequence[Row], *, codebook: Codebook, method: str, seed: int, n_draws: int) -> list[Result]:
    """Score frames per article, next to saying the majority's answer, and yes, for every article.

    Raises
    ------
    InputError
        When gold and codebook have no frame in common, or a line of gold lacks a frame that others have.
    """
    names = sorted({name for row in rows for name in row["frames"]})
    for row in rows:
        if missing := [name for name in names if name not in row["frames"]]:
            line = int(row["article_id"].removeprefix("line"))
            raise InputError(f"gold, line {line}, frames: lacks '{missing[0]}'; give every frame 0 or 1 on every line")
    languages = {row["language"] for row in rows}
    coded = [name for name in names if name in codebook.frames and _has_patterns(codebook, name, languages)]
    if not coded:
        known = ", ".join(codebook.frames) or "none"
        raise InputError(
            f"gold, frames: {', '.join(names)} are not in the codebook, which has {known}; name another one"
        )
    gold = pd.DataFrame({name: [int(row["frames"][name]) for row in rows] for name in coded})
    shares = frame_shares(rows, codebook, method=method)[coded]
    present = (shares > 0).astype(int)
    majority = pd.DataFrame({name: [int(gold[name].mean() > 0.5)] * len(gold) for name in coded})
    notes = {"not_coded": [name for name in names if name not in coded]}
    results = []
    for label, predicted, ranked in (
        (method, present, shares),
        ("majority", majority, None),
        ("always", majority * 0 + 1, None),
    ):
        scores = score_indicators(gold, predicted, rng=np.random.default_rng(seed), n_draws=n_draws)
        results.append(from_labels(label, _add_precision(scores, gold, predicted if ranked is None else ranked), notes))
    return results


def frame_shares(rows: Sequence[Row], codebook: Codebook, *, method: str = "patterns") -> pd.DataFrame:
    """Per row and frame of the codebook: the share of sentences in which the frame is present."""
    reading = read_articles(make_gold_articles(rows), reading=RULES)  # patterns need words alone
    frames = code_frames(reading, codebook, method=method, captions=True)
    present = frames[["article_id", "sentence_id", "frame_id"]].drop_duplicates()
    counts = present.groupby(["article_id", "frame_id"]).size().unstack("frame_id", fill_value=0)
    order = [row["article_id"] for row in rows]
    counts = counts.reindex(index=order, columns=list(codebook.frames), fill_value=0)
    n_sentences = reading.sentences.groupby("article_id").size().reindex(order)
    return counts.div(n_sentences, axis=0).fillna(0.0).reset_index(drop=True)


def _has_patterns(codebook: Codebook, name: str, languages: set[str]) -> bool:
    indicators = codebook.frames[name].indicators
    return any(indicator.patterns.get(language) for indicator in indicators for language in languages)


def _add_precision(scores: IndicatorScores, gold: pd.DataFrame, ranked: pd.DataFrame) -> IndicatorScores:
    from sklearn.metrics import average_precision_score  # noqa: PLC0415  slow to import

    found = [
        float(average_precision_score(gold[name], ranked[name])) if gold[name].any() else float("nan") for name in gold
    ]
    per_class = scores.per_class.assign(average_precision=found)
    return IndicatorScores(scores.n, scores.accuracy, scores.macro_f1, scores.alpha, per_class, scores.intervals)
