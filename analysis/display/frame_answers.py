"""An answer to a question of a frame in words: what was asked, of which sentence or article, and by which method.

Reads rows of ``frames`` and ``article_frames``; returns lines of text for `explain`.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.codebook import Codebook

BESIDE = ", beside the method that counts"
_SCORES = {"model": "probability", "patterns": "score", "zero_shot": "nearness"}


def find_question(row: Any, codebook: Codebook) -> str:
    """The question that a row of ``frames`` answers; the name of the indicator where no codebook has it."""
    frame = codebook.frames.get(row.frame_id)
    questions = {asked.id: asked.question for asked in frame.indicators} if frame else {}
    return questions.get(row.indicator, str(row.indicator))


def tell_answer(row: Any, name: str, question: str) -> str:
    """One line for an answer of a sentence, without its id."""
    said = f"{_SCORES.get(row.method, 'score')} {row.score:.2f}"
    return f"{name}, {row.indicator}: {question} {said} (method {row.method}{'' if row.is_counted else BESIDE})"


def tell_article_frame(row: Any, name: str) -> str:
    """One line for a frame of an article."""
    if pd.isna(row.score):
        return f"{name}: no score, none of {row.n_sentences} sentences carries it (method {row.method})"
    said = "present" if row.is_present else "not present"
    share = row.method != "model"
    what = "share of sentences" if share else "probability"
    return (
        f"{name}: {said}, {what} {row.score:.2f} (yes from {row.threshold:.2f}); {row.n_yes} of {row.n_sentences} "
        f"sentences carry it, sentence {row.sentence_id} most (method {row.method})"
    )
