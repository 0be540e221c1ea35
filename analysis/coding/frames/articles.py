"""Frames of whole articles: how strongly an article carries a frame, and whether it does.

Reads a `Reading`, a `Codebook` and the table ``frames``; returns the table ``article_frames``: one row per article,
frame and method that was asked, with the sentence that speaks most for it. No score without evidence: where no sentence
carries the frame, the article has no score for it and does not carry it, whatever a head of whole articles says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.codebook.load import Codebook
from analysis.coding.frames.code import code_frames, find_model
from analysis.coding.frames.features import Sentence, list_sentences
from analysis.coding.frames.methods import AUTO, BY_PREFERENCE, plan_methods
from analysis.coding.frames.model import N_STRONGEST, FrameModel
from analysis.contracts.tables import group_rows, make_table
from analysis.reading import Reading

LEAST = {"patterns": 0.1, "zero_shot": 0.2, "model": 0.3}
"""Least score of a frame that is present, where no head has learnt it from articles; chosen on narrative_en.dev."""


def code_article_frames(
    reading: Reading,
    codebook: Codebook,
    *,
    method: str = AUTO,
    beside: Sequence[str] = (),
    captions: bool = False,
    model: FrameModel | None = None,
    frames: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say of every article which frames it carries.

    Parameters
    ----------
    reading, codebook, method, beside, captions, model
        As for `code_frames`.
    frames : DataFrame, optional
        What `code_frames` returns for the same arguments, where it is at hand.

    Returns
    -------
    DataFrame
        Table ``article_frames``. The score is, by ``patterns`` and ``zero_shot``, the share of sentences that carry the
        frame; by ``model`` the calibrated probability of a head that has learnt from coded articles, else the mean
        probability of the three strongest sentences that carry it, where there are fewer over three all the same. A
        frame whose questions are answered by several methods goes by the best of them.

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
    methods = (method, *beside)
    model = find_model("code_article_frames", methods, codebook, model)
    if frames is None:
        frames = code_frames(reading, codebook, method=method, beside=beside, captions=captions, model=model)
    of_article = group_rows(frames, "article_id", "frame_id")
    languages = reading.languages
    plans = {language: _plan_frames(methods, codebook, language, model) for language in sorted(set(languages.values()))}
    is_scored = any("model" in names for plan in plans.values() for names in plan.values()) and model is not None
    heads = {head.frame_id: number for number, head in enumerate(model.of_articles)} if model and is_scored else {}
    sentences = list_sentences(reading, captions=captions, vectors=bool(heads))
    by_article: dict[str, list[Sentence]] = {str(key): [] for key in reading.articles["article_id"]}
    for sentence in sentences:
        by_article[sentence.article_id].append(sentence)
    said = model.score_articles(list(by_article.values()), codebook) if model and heads else None
    rows: list[dict[str, Any]] = []
    for number, (article_id, own) in enumerate(by_article.items()):
        for frame_id, names in plans[languages[article_id]].items():
            found = of_article.get((article_id, frame_id), [])
            for name in filter(None, names):
                is_first = name == names[0]
                answers = [row for row in found if (row.is_counted if is_first else row.method == name)]
                score, least = _score(answers, name, len(own))
                if name == "model" and model and said is not None and frame_id in heads:
                    score, least = float(said[number, heads[frame_id]]), model.of_articles[heads[frame_id]].threshold
                n_yes = len({row.sentence_id for row in answers})
                rows.append(
                    {
                        "article_id": article_id,
                        "frame_id": frame_id,
                        "score": score if n_yes else None,
                        "threshold": least,
                        "is_present": bool(n_yes) and score >= least,
                        "n_yes": n_yes,
                        "n_sentences": len(own),
                        "sentence_id": _find_strongest(answers),
                        "method": name,
                        "is_counted": is_first,
                    }
                )
    return make_table("article_frames", rows)


def _plan_frames(
    methods: Sequence[str], codebook: Codebook, language: str, model: FrameModel | None
) -> dict[str, tuple[str, ...]]:
    """Per frame the methods that have something to go by, the one that counts first (empty where there is none)."""
    plan = plan_methods(methods, codebook, language, model)
    of_articles_only = model.knows("article") - model.knows("sentence") if model else set()
    found: dict[str, tuple[str, ...]] = {}
    for frame_id in codebook.frames:
        of_frame = [names for (asked, _), names in plan.items() if asked == frame_id]
        firsts = {names[0] for names in of_frame}
        first = next((name for name in BY_PREFERENCE if name in firsts), "")
        if methods[0] in (AUTO, "model") and frame_id in of_articles_only:
            first = "model"  # no sentence head says whether it is the same frame
        others = [name for name in methods[1:] if name != first and any(name in names[1:] for names in of_frame)]
        if first or others:
            found[frame_id] = (first, *others)
    return found


def _score(answers: Sequence[Any], method: str, n_sentences: int) -> tuple[float, float]:
    """Score and threshold from the sentences alone."""
    strongest: dict[int, float] = {}
    for row in answers:
        strongest[row.sentence_id] = max(strongest.get(row.sentence_id, 0.0), row.score)
    if method == "model":
        n_averaged = min(N_STRONGEST, max(n_sentences, 1))  # a brief of one sentence is not held to three
        return sum(sorted(strongest.values())[-N_STRONGEST:]) / n_averaged, LEAST[method]
    return len(strongest) / max(n_sentences, 1), LEAST[method]


def _find_strongest(answers: Sequence[Any]) -> int | None:
    """The sentence with the highest score; among equals the one with most questions answered, then the first."""
    scores: dict[int, list[float]] = {}
    for row in answers:
        scores.setdefault(int(row.sentence_id), []).append(float(row.score))
    return min(scores, key=lambda place: (-max(scores[place]), -len(scores[place]), place), default=None)
