"""Frames of whole articles: how strongly an article carries a frame, and whether it does.

Reads a `Reading` and a `Codebook`; returns one row per article and frame, with the sentence that speaks most for it.
The methods are those of sentences; a head that has learnt the frame from coded articles decides where there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.codebook import Codebook
from analysis.coding.frames import check_heads, check_method
from analysis.coding.frames_features import FloatArray, Sentence, list_sentences
from analysis.coding.frames_model import N_STRONGEST, FrameModel, load_frame_model
from analysis.coding.frames_patterns import match_patterns
from analysis.coding.frames_zero_shot import make_prototypes
from analysis.reading import Reading

COLUMNS = ("article_id", "frame_id", "score", "is_present", "n_yes", "n_sentences", "sentence_id", "method")
LEAST = {"patterns": 0.1, "zero_shot": 0.2, "model": 0.3}
"""Least score of a frame that is present, where no head has learnt it from articles; chosen on narrative_en.dev."""
YES = 0.5


def code_article_frames(
    reading: Reading,
    codebook: Codebook,
    *,
    method: str = "patterns",
    captions: bool = False,
    model: FrameModel | None = None,
) -> pd.DataFrame:
    """Say of every article which frames it carries.

    Parameters
    ----------
    reading, codebook, method, captions, model
        As for `code_frames`.

    Returns
    -------
    DataFrame
        One row per article and frame that the method can code: ``article_id``, ``frame_id``; ``score`` in [0, 1];
        ``is_present``; ``n_yes`` of ``n_sentences`` sentences carry the frame by themselves; ``sentence_id`` of the one
        that speaks most for it, empty where none does; ``method``. The score is, by ``patterns`` and ``zero_shot``, the
        share of sentences that carry the frame; by ``model`` the calibrated probability of a head that has learnt from
        coded articles, else the mean probability of the three strongest sentences.

    Raises
    ------
    UsageError
        As `code_frames`.

    References
    ----------
    Boydstun, A. E., Card, D., Gross, J., Resnik, P., & Smith, N. A. (2014). Tracking the development of media frames
    within and across policy issues. APSA.

    Frermann, L., Li, J., Khanehzar, S., & Mikolajczak, G. (2023). Conflicts, villains, resolutions. ACL.
    """
    check_method("code_article_frames", method, model)
    sentences = list_sentences(reading, captions=captions, vectors=method != "patterns" and bool(codebook.frames))
    chosen = (model or load_frame_model()) if method == "model" and codebook.frames else None
    frame_ids, scores, is_yes = _score_sentences(sentences, codebook, method, chosen)
    by_article: dict[str, list[int]] = {str(key): [] for key in reading.articles["article_id"]}
    for place, sentence in enumerate(sentences):
        by_article[sentence.article_id].append(place)
    heads = _score_heads([[sentences[place] for place in places] for places in by_article.values()], codebook, chosen)
    rows: list[dict[str, Any]] = []
    for number, (article_id, places) in enumerate(by_article.items()):
        for frame_id in list(dict.fromkeys([*frame_ids, *heads])):
            column = frame_ids.index(frame_id) if frame_id in frame_ids else None
            own = scores[places, column] if column is not None else np.zeros(0)
            n_yes = int(is_yes[places, column].sum()) if column is not None else 0
            if frame_id in heads:
                probabilities, threshold = heads[frame_id]
                score, least = float(probabilities[number]), threshold
            else:
                least = LEAST[method]
                score = _strongest(own) if method == "model" else n_yes / max(len(places), 1)
            rows.append(
                {
                    "article_id": article_id,
                    "frame_id": frame_id,
                    "score": score,
                    "is_present": bool(places) and score >= least,
                    "n_yes": n_yes,
                    "n_sentences": len(places),
                    "sentence_id": sentences[places[int(own.argmax())]].sentence_id if n_yes else None,
                    "method": method,
                }
            )
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"sentence_id": "Int64", "score": float, "is_present": bool})


def _strongest(scores: FloatArray) -> float:
    return float(np.sort(scores)[-N_STRONGEST:].mean()) if len(scores) else 0.0


def _score_sentences(
    sentences: Sequence[Sentence], codebook: Codebook, method: str, model: FrameModel | None
) -> tuple[list[str], FloatArray, npt.NDArray[np.bool_]]:
    """Frames that the method can code; per sentence and frame the highest score of its questions, and whether yes."""
    if method == "patterns" or not codebook.frames:
        frames = tuple(codebook.frames.values())
        keys = [frame.id for frame in frames if any(indicator.patterns for indicator in frame.indicators)]
        hits = np.zeros((len(sentences), len(keys)))
        for row, sentence in enumerate(sentences):
            for frame_id, _, _, _ in match_patterns(sentence.text, frames, sentence.language):
                hits[row, keys.index(frame_id)] += 1
        return keys, hits / (1 + hits), hits > 0  # more questions answered, more said
    if model is not None:
        learnt = check_heads(model, codebook, may_be_none=True)
        of = [model.of_sentences[number].frame_id for number in learnt]
        scores = model.score_sentences(sentences, codebook)[:, learnt]
        least = np.asarray([model.of_sentences[number].threshold for number in learnt])
    else:
        prototypes = make_prototypes(codebook)
        of, scores = [frame_id for frame_id, _ in prototypes.keys], prototypes.score(sentences)
        least = np.full(len(of), YES)
    keys = list(dict.fromkeys(of))
    highest, is_yes = np.zeros((len(sentences), len(keys))), np.zeros((len(sentences), len(keys)), bool)
    for number, frame_id in enumerate(of):
        column = keys.index(frame_id)
        highest[:, column] = np.maximum(highest[:, column], scores[:, number])
        is_yes[:, column] |= scores[:, number] >= least[number]
    return keys, highest, is_yes


def _score_heads(
    articles: Sequence[Sequence[Sentence]], codebook: Codebook, model: FrameModel | None
) -> dict[str, tuple[FloatArray, float]]:
    """Probabilities per article, and the threshold, of the frames that article heads have learnt."""
    if model is None:
        return {}
    wanted = [n for n, head in enumerate(model.of_articles) if head.frame_id in codebook.frames]
    if not wanted:
        check_heads(model, codebook)
        return {}
    scores = model.score_articles(articles, codebook)
    return {model.of_articles[n].frame_id: (scores[:, n], model.of_articles[n].threshold) for n in wanted}
