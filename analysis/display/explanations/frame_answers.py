"""An answer to a question of a frame in words: what was asked, of which sentence or article, and by which method.

Reads rows of ``frames`` and ``article_frames``; returns lines of text for `explain`, Dutch or English.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.codebook.load import Codebook
from analysis.display.explanations.told_rows import tell_number
from analysis.display.words import translate_question, word
from analysis.display.words_tables import localise

_SCORES = {"model": "why_probability", "zero_shot": "why_nearness"}


def find_question(row: Any, codebook: Codebook, language: str) -> str:
    """The question that a row of ``frames`` answers; else the name of the indicator."""
    frame = codebook.frames.get(row.frame_id)
    questions = {asked.id: asked.question for asked in frame.indicators} if frame else {}
    return translate_question(questions.get(row.indicator, str(row.indicator)), language)


def tell_answer(row: Any, name: str, question: str, language: str) -> str:
    """One line for an answer of a sentence, without its id."""
    return word(
        "why_answer", language,
        name=name,
        indicator=row.indicator,
        question=question,
        what=word(_SCORES.get(row.method, "why_score"), language),
        score=tell_number(row.score, language),
        method=localise(row.method, "method", language),
        beside="" if row.is_counted else word("why_beside", language),
    )  # fmt: skip


def tell_article_frame(row: Any, name: str, language: str) -> str:
    """One line for a frame of an article."""
    method = localise(row.method, "method", language)
    if pd.isna(row.score):
        return word("why_no_score", language, name=name, n_sentences=row.n_sentences, method=method)
    return word(
        "why_article_frame", language,
        name=name,
        said=word("why_present" if row.is_present else "why_not_present", language),
        what=word("why_probability" if row.method == "model" else "share_sentences", language),
        score=tell_number(row.score, language),
        threshold=tell_number(row.threshold, language),
        n=row.n_yes,
        n_sentences=row.n_sentences,
        sentence_id=row.sentence_id,
        method=method,
    )  # fmt: skip
