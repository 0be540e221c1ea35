"""Fitting frame heads on coded texts, with what they are worth on texts they have not seen.

Reads texts with 0 or 1 per question; returns a `FrameModel` and its cross-validated agreement with the coders. The
blocks of a text (vector, letters, patterns, sentence heads) each get a logistic regression of their own, and a head's
score is the mean of theirs: with few texts, a block of eight thousand numbers does not drown one of two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.codebook.load import Codebook
from analysis.coding.frames.features import (
    N_HASHED,
    FloatArray,
    Sentence,
    find_words,
    hash_text,
    list_sentences,
    logistic,
    pool_vectors,
)
from analysis.coding.frames.model import FrameModel, Head, count_hits
from analysis.contracts.errors import UsageError
from analysis.contracts.tables import make_table
from analysis.measures.agreement import alpha_of
from analysis.measures.scoring import calibration_error
from analysis.reading import read_articles

STRENGTHS = {"vector": 10.0, "letters": 10.0, "patterns": 1.0, "heads": 0.01}
"""Inverse of the penalty per block (`C` of scikit-learn), chosen on the project's constructed sentences."""
N_FOLDS = 5
LEAST_CODED = 5
"""Least number of yes and of no: one for each fold."""
SEED = 20200101
SMALL = 1e-6
"""Added to a spread, so that what never varies does not divide by zero."""
Blocks = dict[str, Any]
Answers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class FittedFrames:
    """A fitted model and what it is worth.

    Attributes
    ----------
    model : FrameModel
        For ``code_frames(..., method="model", model=...)``.
    agreement : DataFrame
        One row per question: ``frame_id``, ``indicator``, ``n``, ``n_yes``, ``precision``, ``recall``, ``f1`` (of yes),
        ``average_precision``, ``alpha`` (nominal, model and coder), ``calibration_error``; all on texts left out.
    predictions : DataFrame
        One row per text and question: ``text_id``, ``frame_id``, ``indicator``, ``gold``, ``probability``, ``is_yes``,
        each said by a model that has not seen the text.
    """

    model: FrameModel
    agreement: pd.DataFrame
    predictions: pd.DataFrame


def fit_frames(
    coded_sample: pd.DataFrame,
    codebook: Codebook,
    *,
    unit: str = "sentence",
    base: FrameModel | None = None,
    name: str = "coded sample",
    n_folds: int = N_FOLDS,
    seed: int = SEED,
) -> FittedFrames:
    """Fit heads on a hand-coded sample and report their agreement with the coder on texts left out.

    Parameters
    ----------
    coded_sample : DataFrame
        One row per coded text: ``text``; ``language`` (``nl`` when left out); ``text_id`` and ``article_id``, both
        optional: texts of one article are left out together. Every other column that names a question (an indicator
        id, a frame id, or ``frame_id.indicator``) holds 0 or 1.
    codebook : Codebook
        The questions.
    unit : {"sentence", "article"}
        What a text is.
    base : FrameModel, optional
        A model whose sentence heads an article head may listen to; they become part of the new model.
    name : str
        Name of the sample, noted in the model.
    n_folds : int, default 5
        Folds of the cross-validation.
    seed : int
        Of the folds.

    Returns
    -------
    FittedFrames

    Raises
    ------
    UsageError
        For an unknown unit, a sample without texts or questions, a code that is neither 0 nor 1, or a question with
        fewer yes or no than folds.

    Notes
    -----
    Probabilities are calibrated by Platt's method on the scores of texts left out, itself cross-fitted for the
    figures reported. The threshold is the probability at which F1 and alpha together are highest.

    References
    ----------
    Platt, J. (1999). Probabilistic outputs for support vector machines. Advances in Large Margin Classifiers, 61-74.

    Krippendorff, K. (2018). Content analysis (4th ed.). Sage.
    """
    if unit not in ("sentence", "article"):
        raise UsageError(f"fit_frames: unit '{unit}'; use sentence or article")
    questions = find_questions(coded_sample, codebook)
    sample = coded_sample.reset_index(drop=True)
    texts = read_texts(sample)
    groups = sample["article_id"].astype(str).tolist() if "article_id" in sample else list(range(len(sample)))
    return fit_heads(
        texts,
        {key: sample[column].to_numpy(int) for column, key in questions.items()},
        codebook,
        unit=unit,
        base=base,
        groups=groups,
        text_ids=sample["text_id"].astype(str).tolist() if "text_id" in sample else None,
        name=name,
        n_folds=n_folds,
        seed=seed,
    )


def fit_heads(
    texts: Sequence[Sequence[Sentence]],
    answers: Mapping[tuple[str, str], Answers],
    codebook: Codebook,
    *,
    unit: str,
    base: FrameModel | None = None,
    groups: Sequence[object] | None = None,
    text_ids: Sequence[str] | None = None,
    name: str = "coded sample",
    n_folds: int = N_FOLDS,
    seed: int = SEED,
) -> FittedFrames:
    """Fit heads on texts that have been read; see `fit_frames`, which reads them."""
    ids = list(text_ids or (str(number) for number in range(len(texts))))
    labels = np.unique([str(group) for group in groups or ids], return_inverse=True)[1]
    heads = list(base.heads) if base else []
    rows = [{key: block[n] for key, block in base.blocks.items()} for n in range(len(heads))] if base else []
    said = np.asarray([base.summarise(text) for text in texts]) if base and unit == "article" else None
    predictions, agreement = [], []
    shared: Blocks = {
        "vector": np.asarray([pool_vectors(text) for text in texts]),
        "letters": _stack_hashed(texts),
    }
    for (frame_id, indicator), answer in answers.items():
        if min(answer.sum(), len(answer) - answer.sum()) < max(n_folds, LEAST_CODED):
            raise UsageError(
                f"fit_frames: {frame_id}, {indicator}: {answer.sum()} yes of {len(answer)}; code at least "
                f"{max(n_folds, LEAST_CODED)} of either, or leave the question out"
            )
        blocks = dict(shared)
        blocks["patterns"] = np.asarray([count_hits(text, codebook, [(frame_id, indicator)])[0] for text in texts])
        if said is not None:
            blocks["heads"] = said
        folds = _make_folds(answer, labels, n_folds, seed)
        scores = np.zeros(len(answer))
        for fold in range(n_folds):
            inside, outside = folds != fold, folds == fold
            weights, intercept = _fit_blocks(_take(blocks, inside), answer[inside])
            scores[outside] = _apply(weights, intercept, _take(blocks, outside))
        slope, offset = _fit_platt(scores, answer)
        probabilities, decisions = _cross_fit(scores, answer, folds)
        threshold = choose_threshold(logistic(slope * scores + offset), answer)
        weights, intercept = _fit_blocks(blocks, answer)
        heads.append(Head(frame_id, indicator, unit, intercept, slope, offset, threshold, (name,)))
        rows.append(weights)
        key = {"frame_id": frame_id, "indicator": indicator}
        agreement.append({**key, **score_answers(answer, probabilities, decisions)})
        predictions.append(
            pd.DataFrame(
                {"text_id": ids, **key, "gold": answer, "probability": probabilities, "is_yes": decisions.astype(int)}
            )
        )
    return FittedFrames(_make_model(heads, rows), pd.DataFrame(agreement), pd.concat(predictions, ignore_index=True))


def find_questions(sample: pd.DataFrame, codebook: Codebook) -> dict[str, tuple[str, str]]:
    """The columns of a coded sample that name a question of the codebook, with frame and indicator.

    Raises
    ------
    UsageError
        As `fit_frames` says.
    """
    if "text" not in sample or sample.empty:
        raise UsageError("fit_frames: the coded sample has no column 'text', or no rows")
    known: dict[str, tuple[str, str]] = {}
    twice: set[str] = set()
    for frame in codebook.frames.values():
        for indicator in frame.indicators:
            if indicator.id in known:
                twice.add(indicator.id)
            known[indicator.id] = known[f"{frame.id}.{indicator.id}"] = (frame.id, indicator.id)
    known |= {frame_id: (frame_id, frame_id) for frame_id in codebook.frames}
    found = {column: known[column] for column in map(str, sample.columns) if column in known and column not in twice}
    if not found:
        raise UsageError(
            f"fit_frames: no column names a frame or indicator of the codebook; it has {', '.join(codebook.frames)}"
        )
    for column in found:
        if wrong := sorted(set(map(str, sample[column])) - {"0", "1", "0.0", "1.0", "True", "False"}):
            raise UsageError(f"fit_frames: column {column}: '{wrong[0]}' must be 0 or 1")
    return found


def read_texts(sample: pd.DataFrame) -> list[list[Sentence]]:
    """Read texts with the reading model; each is one or more sentences with vectors."""
    languages = sample["language"] if "language" in sample else ["nl"] * len(sample)
    keys = [f"{number:06d}" for number in range(len(sample))]
    table = make_table(
        "articles",
        [
            {
                "article_id": key, "outlet": None, "published": None, "published_precision": None, "headline": None,
                "text": str(text), "language": language, "source_file": "coded sample",
                "n_words": len(str(text).split()), "duplicate_of": None,
            }
            for key, text, language in zip(keys, sample["text"], languages, strict=True)
        ],
    )  # fmt: skip
    by_key: dict[str, list[Sentence]] = {key: [] for key in keys}
    for sentence in list_sentences(read_articles(table), captions=True):
        by_key[sentence.article_id].append(sentence)
    is_empty = [not any(find_words(sentence.text) for sentence in by_key[key]) for key in keys]
    if empty := [number for number, flag in enumerate(is_empty) if flag]:
        raise UsageError(f"fit_frames: row {empty[0]} of the coded sample has no words; leave it out")
    return list(by_key.values())


def score_answers(gold: Answers, probabilities: FloatArray, decisions: npt.NDArray[np.bool_]) -> dict[str, float]:
    """Figures of `FittedFrames.agreement` for one question.

    Examples
    --------
    >>> found = score_answers(np.array([1, 1, 0, 0]), np.array([0.9, 0.4, 0.2, 0.1]), np.array([1, 0, 0, 0], bool))
    >>> found["precision"], found["recall"], round(found["alpha"], 3)
    (1.0, 0.5, 0.533)
    """
    from sklearn.metrics import average_precision_score  # noqa: PLC0415  slow to import

    yes = gold == 1
    n_right, n_said, n_yes = int((yes & decisions).sum()), int(decisions.sum()), int(yes.sum())
    return {
        "n": len(gold),
        "n_yes": n_yes,
        "precision": n_right / n_said if n_said else float("nan"),
        "recall": n_right / n_yes if n_yes else float("nan"),
        "f1": 2 * n_right / (n_said + n_yes) if n_said + n_yes else float("nan"),
        "average_precision": float(average_precision_score(gold, probabilities)) if n_yes else float("nan"),
        "alpha": alpha_of_two(yes, decisions),
        "calibration_error": calibration_error(probabilities.tolist(), yes.tolist()),
    }


def choose_threshold(probabilities: FloatArray, gold: Answers) -> float:
    """The probability from which to say yes: where F1 of yes and alpha with the coder add up to most."""
    steps = np.unique(np.quantile(probabilities, np.linspace(0.02, 0.98, 49)))
    yes = gold == 1
    worth = []
    for step in steps:
        said = probabilities >= step
        worth.append(2 * (yes & said).sum() / max(yes.sum() + said.sum(), 1) + alpha_of_two(yes, said))
    weights = np.exp((np.asarray(worth) - max(worth)) / 0.04)  # near the best counts too: less chance in the choice
    return float((steps * weights).sum() / weights.sum())


def alpha_of_two(first: npt.NDArray[np.bool_], second: npt.NDArray[np.bool_]) -> float:
    """Nominal alpha of two coders; NaN where both always say the same one thing."""
    cells = np.bincount(2 * first + second, minlength=4).astype(float).reshape(2, 2)
    return float(alpha_of(cells + cells.T, np.arange(2.0)))


def _make_model(heads: Sequence[Head], rows: Sequence[Blocks]) -> FrameModel:
    """Heads, those of sentences first, and their coefficients by block; a block that is left out counts for nothing."""
    order = sorted(range(len(heads)), key=lambda n: heads[n].unit != "sentence")
    n_sentence = sum(head.unit == "sentence" for head in heads)
    sizes = {"vector": max((len(row["vector"]) for row in rows), default=0)}
    sizes |= {"letters": N_HASHED, "patterns": 2, "heads": 2 * n_sentence}
    blocks = {
        name: np.asarray([rows[n].get(name, np.zeros(size)) for n in order]).reshape(len(rows), size)
        for name, size in sizes.items()
    }
    rounded = {name: block.astype(np.float16).astype(np.float64) for name, block in blocks.items()}  # as a file does
    return FrameModel(tuple(heads[n] for n in order), rounded)


def _stack_hashed(texts: Sequence[Sequence[Sentence]]) -> Any:
    from scipy.sparse import csr_matrix  # noqa: PLC0415  only fitting needs it

    hashed = [hash_text(sentence.text for sentence in text) for text in texts]
    starts = np.concatenate([[0], np.cumsum([len(places) for places, _ in hashed])])
    places = np.concatenate([places for places, _ in hashed])
    values = np.concatenate([values for _, values in hashed])
    return csr_matrix((values, places, starts), shape=(len(texts), N_HASHED))


def _make_folds(answer: Answers, groups: npt.NDArray[np.int64], n_folds: int, seed: int) -> npt.NDArray[np.int64]:
    from sklearn.model_selection import StratifiedGroupKFold  # noqa: PLC0415  slow to import

    folds = np.zeros(len(answer), np.int64)
    splitter = StratifiedGroupKFold(n_splits=n_folds, shuffle=True, random_state=seed)
    for number, (_, outside) in enumerate(splitter.split(answer, answer, groups)):
        folds[outside] = number
    return folds


def _take(blocks: Blocks, chosen: npt.NDArray[np.bool_]) -> Blocks:
    return {name: block[chosen] for name, block in blocks.items()}


def _fit_blocks(blocks: Blocks, answer: Answers) -> tuple[dict[str, FloatArray], float]:
    """Coefficients per block, and the intercept, of the mean of the blocks' regressions."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  slow to import

    weights, intercept = {}, 0.0
    for name, block in blocks.items():
        # What heads say differs in scale: it is standardised, and the scale ends up in the coefficients.
        middle, scale = (block.mean(axis=0), block.std(axis=0) + SMALL) if name == "heads" else (0.0, 1.0)
        ready = (block - middle) / scale if name == "heads" else block
        model = LogisticRegression(C=STRENGTHS[name], class_weight="balanced", max_iter=5000).fit(ready, answer)
        weights[name] = model.coef_[0] / scale / len(blocks)
        intercept += float(model.intercept_[0]) / len(blocks) - float(np.sum(weights[name] * middle))
    return weights, intercept


def _apply(weights: Mapping[str, FloatArray], intercept: float, blocks: Blocks) -> FloatArray:
    return np.asarray(sum(blocks[name] @ weight for name, weight in weights.items()) + intercept)


def _fit_platt(scores: FloatArray, answer: Answers) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  slow to import

    model = LogisticRegression(C=10.0, max_iter=5000).fit(scores[:, None], answer)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _cross_fit(
    scores: FloatArray, answer: Answers, folds: npt.NDArray[np.int64]
) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Probabilities and decisions of each fold by the calibration and threshold of the others."""
    probabilities, decisions = np.zeros(len(scores)), np.zeros(len(scores), bool)
    for fold in np.unique(folds):
        inside, outside = folds != fold, folds == fold
        slope, offset = _fit_platt(scores[inside], answer[inside])
        probabilities[outside] = logistic(slope * scores[outside] + offset)
        threshold = choose_threshold(logistic(slope * scores[inside] + offset), answer[inside])
        decisions[outside] = probabilities[outside] >= threshold
    return probabilities, decisions
