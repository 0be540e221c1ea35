"""Task frames: does an article carry a frame.

Reads gold rows with 0 or 1 per frame; codes the texts with a codebook and scores the frames that both know. The model
is scored twice: ``model`` learns from the other four fifths of the gold articles, ``model_transfer`` from none of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.codebook.load import Codebook
from analysis.coding.frames.articles import code_article_frames
from analysis.coding.frames.features import list_sentences
from analysis.coding.frames.methods import list_questions
from analysis.coding.frames.model import FrameModel, load_frame_model
from analysis.contracts.errors import InputError, UsageError
from analysis.measures.scoring import IndicatorScores, calibration_error, score_indicators
from analysis.reading import Reading, read_articles
from analysis.reading.tokens import MODEL, RULES
from analysis.training.frames.fitting import N_FOLDS, fit_heads
from analysis.training.frames.shipped import CODERS
from analysis.validation.gold import Row, make_gold_articles
from analysis.validation.report import Result, from_labels

METHODS = ("patterns", "model", "zero_shot")
TRANSFER = "model_transfer"
CODERS_OF = "narrative-"
"""Beginning of the ids of those articles."""
CROSS_VALIDATED = "cross-validated by article: each is coded by a model that has learnt from the others"
Predicted = tuple[str, pd.DataFrame, pd.DataFrame | None]
"""Label of a method, 0 or 1 per article and frame, and a score to rank articles by."""


def score_frames(rows: Sequence[Row], *, codebook: Codebook, method: str, seed: int, n_draws: int) -> list[Result]:
    """Score frames per article, next to saying the majority's answer, and yes, for every article.

    Parameters
    ----------
    rows : sequence of Row
        Gold.
    codebook : Codebook
        The frames.
    method : {"patterns", "model", "zero_shot"}
        Scored first. With ``model`` come the other methods, and the model that has learnt from no gold article, where
        the shipped one has learnt a question of the codebook.
    seed, n_draws : int
        Of folds and bootstrap.

    Raises
    ------
    InputError
        When gold and codebook have no frame in common, or a line of gold lacks a frame that others have.
    UsageError
        When gold is too small for the model to be cross-validated.
    """
    names = sorted({name for row in rows for name in row["frames"]})
    for row in rows:
        if missing := [name for name in names if name not in row["frames"]]:
            line = int(row["article_id"].removeprefix("line"))
            raise InputError(f"gold, line {line}, frames: lacks '{missing[0]}'; give every frame 0 or 1 on every line")
    coded = [name for name in names if name in codebook.frames and _has_patterns(codebook, name, rows)]
    if not coded:
        known = ", ".join(codebook.frames) or "none"
        raise InputError(
            f"gold, frames: {', '.join(names)} are not in the codebook, which has {known}; name another one"
        )
    gold = pd.DataFrame({name: [int(row["frames"][name]) for row in rows] for name in coded})
    reading = read_articles(make_gold_articles(rows), reading=RULES if method == "patterns" else MODEL)
    predicted: list[Predicted] = []
    if method == "model":
        predicted += _predict_learnt(rows, reading, codebook, gold, seed)
    others = {"patterns": ["patterns"], "model": ["zero_shot", "patterns"], "zero_shot": ["zero_shot", "patterns"]}
    predicted += [(other, *predict_articles(rows, reading, codebook, coded, method=other)) for other in others[method]]
    majority = pd.DataFrame({name: [int(gold[name].mean() > 0.5)] * len(gold) for name in coded})
    predicted += [("majority", majority, None), ("always", majority * 0 + 1, None)]
    notes: dict[str, Any] = {"not_coded": [name for name in names if name not in coded]}
    if all(str(row["id"]).startswith(CODERS_OF) for row in rows):
        spans = {
            name: "-".join(f"{alpha:.2f}".lstrip("0") for alpha in CODERS[name]) for name in coded if name in CODERS
        }
        notes["alpha_of_coders"] = [f"{name} {span}" for name, span in spans.items()]
    results = []
    for label, said, ranked in predicted:
        scores = score_indicators(gold, said, rng=np.random.default_rng(seed), n_draws=n_draws)
        of_label = notes | ({"cross_validated": [CROSS_VALIDATED]} if label == "model" else {})
        scored = _add_columns(scores, gold, said if ranked is None else ranked, is_probability=label == "model")
        results.append(from_labels(label, scored, of_label))
    return results


def predict_articles(
    rows: Sequence[Row],
    reading: Reading,
    codebook: Codebook,
    names: Sequence[str],
    *,
    method: str,
    model: FrameModel | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Per row and frame: 1 where it is present, and its score; a frame that the method cannot code is absent."""
    table = code_article_frames(reading, codebook, method=method, captions=True, model=model)
    order = [row["article_id"] for row in rows]
    found = []
    for column in ("is_present", "score"):
        wide = table.pivot(index="article_id", columns="frame_id", values=column)
        found.append(wide.reindex(index=order, columns=list(names)).fillna(0).astype(float).reset_index(drop=True))
    return found[0].astype(int), found[1]


def _predict_learnt(
    rows: Sequence[Row], reading: Reading, codebook: Codebook, gold: pd.DataFrame, seed: int
) -> list[Predicted]:
    """The model that learns from the other folds of gold, and the shipped one where it has learnt such questions."""
    shipped = load_frame_model()
    n_sentence = len(shipped.of_sentences)
    blocks = {name: block[:n_sentence] for name, block in shipped.blocks.items()}
    base = FrameModel(shipped.of_sentences, blocks)
    by_article: dict[str, list[Any]] = {row["article_id"]: [] for row in rows}
    for sentence in list_sentences(reading, captions=True):
        by_article[sentence.article_id].append(sentence)
    answers = {(str(name), str(name)): gold[name].to_numpy(int) for name in gold}
    if short := [name for (name, _), answer in answers.items() if min(answer.sum(), (1 - answer).sum()) < N_FOLDS]:
        raise UsageError(
            f"frames, model: gold has fewer than {N_FOLDS} articles with, or without, '{short[0]}', too few to learn "
            "from some and score the others; use --method patterns or zero_shot"
        )
    groups = [str(row["text"]) for row in rows]  # the same text twice stays on one side
    fitted = fit_heads(
        list(by_article.values()), answers, codebook, unit="article", base=base, groups=groups, name="gold", seed=seed
    )
    said = {column: _widen(fitted.predictions, column, gold) for column in ("is_yes", "probability")}
    learnt: Predicted = ("model", said["is_yes"].astype(int), said["probability"])
    if not base.select(list_questions(codebook)):  # a frame of one's own: there is nothing to carry over
        return [learnt]
    transfer = predict_articles(rows, reading, codebook, [str(name) for name in gold], method="model", model=base)
    return [learnt, (TRANSFER, *transfer)]


def _widen(predictions: pd.DataFrame, column: str, gold: pd.DataFrame) -> pd.DataFrame:
    values: Mapping[str, pd.Series[Any]] = {
        str(name): part[column].reset_index(drop=True) for name, part in predictions.groupby("frame_id", sort=False)
    }
    return pd.DataFrame({name: values[str(name)] for name in gold})


def _has_patterns(codebook: Codebook, name: str, rows: Sequence[Row]) -> bool:
    languages = {row["language"] for row in rows}
    indicators = codebook.frames[name].indicators
    return any(indicator.patterns.get(language) for indicator in indicators for language in languages)


def _add_columns(
    scores: IndicatorScores, gold: pd.DataFrame, ranked: pd.DataFrame, *, is_probability: bool
) -> IndicatorScores:
    from sklearn.metrics import average_precision_score  # noqa: PLC0415  slow to import

    found = [
        float(average_precision_score(gold[name], ranked[name])) if gold[name].any() else float("nan") for name in gold
    ]
    per_class = scores.per_class.assign(average_precision=found)
    if is_probability:
        errors = [calibration_error(ranked[name].tolist(), (gold[name] == 1).tolist()) for name in gold]
        per_class = per_class.assign(calibration_error=errors)
    return replace(scores, per_class=per_class)
