"""Frames: which indicator questions a sentence answers with yes.

Reads a `Reading` and a `Codebook`; returns the table ``frames``: one row per sentence, frame and indicator with
evidence, and the characters that are the evidence. No row means no evidence. Three methods give the same table:
indicator patterns, a supervised model, and nearness to what the codebook says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.codebook import Codebook
from analysis.coding.frames_features import Sentence, list_sentences
from analysis.coding.frames_model import FrameModel, load_frame_model
from analysis.coding.frames_patterns import match_patterns
from analysis.coding.frames_zero_shot import make_prototypes
from analysis.errors import UsageError
from analysis.reading import Reading
from analysis.tables import make_table

METHODS = ("patterns", "model", "zero_shot")
YES = 0.5
"""Least score of an answer by zero_shot."""


class Answer(NamedTuple):
    """A question answered yes by a sentence."""

    frame_id: str
    indicator: str
    score: float
    start: int
    end: int


def code_frames(
    reading: Reading,
    codebook: Codebook,
    *,
    method: str = "patterns",
    captions: bool = False,
    model: FrameModel | None = None,
) -> pd.DataFrame:
    """Ask every indicator question of every sentence.

    Parameters
    ----------
    reading : Reading
        Articles that have been read.
    codebook : Codebook
        Its frames and their indicators. What a method has nothing to go by is not coded: ``patterns`` needs patterns in
        the article's language, ``zero_shot`` example sentences in any, ``model`` a head that has learnt the question.
    method : {"patterns", "model", "zero_shot"}
        ``patterns``: yes (score 1) when one of the indicator's patterns occurs in the sentence. ``model``: a supervised
        model of the sentence's vector, letters and patterns; the score is a calibrated probability, and rows are those
        from the head's threshold on. ``zero_shot``: nearness to the question's example sentences; the score is an
        order, and yes from one half on.
    captions : bool, default False
        Also code photo captions.
    model : FrameModel, optional
        For ``model``: one of your own, from `fit_frames`; by default the one shipped, which knows the generic frames.

    Returns
    -------
    DataFrame
        Table ``frames``. The evidence is, by patterns, the longest match; by the other methods the words of a pattern
        if one occurs, by ``model`` else the stretch that speaks most for yes, and otherwise the sentence.

    Raises
    ------
    UsageError
        For an unknown method, a model with another method than ``model``, or a codebook none of whose questions the
        model or zero_shot can answer.
    InputError
        When the shipped model is missing.

    Notes
    -----
    A pattern sees words, not what is meant by them: irony, metaphor and a frame that is carried by the story as a whole
    stay unseen, and a denied conflict counts as a conflict. How far each method agrees with human coders is told in
    ``docs/frames.md``.

    References
    ----------
    Semetko, H. A., & Valkenburg, P. M. (2000). Framing European politics. Journal of Communication, 50(2), 93-109.
    """
    check_method("code_frames", method, model)
    sentences = list_sentences(reading, captions=captions, vectors=method != "patterns" and bool(codebook.frames))
    if method == "patterns" or not codebook.frames:
        answers = _by_patterns(sentences, codebook)
    elif method == "model":
        answers = _by_model(sentences, codebook, model or load_frame_model())
    else:
        answers = _by_nearness(sentences, codebook)
    rows: list[dict[str, Any]] = [
        {
            "article_id": sentence.article_id,
            "sentence_id": sentence.sentence_id,
            "frame_id": answer.frame_id,
            "score": answer.score,
            "evidence_start": sentence.start + answer.start,
            "evidence_end": sentence.start + answer.end,
            "indicator": answer.indicator,
            "method": method,
        }
        for sentence, answer in answers
    ]
    return make_table("frames", rows)


def check_method(verb: str, method: str, model: FrameModel | None) -> None:
    """Raise `UsageError` for an unknown method, or a model with another method than ``model``."""
    if method not in METHODS:
        raise UsageError(f"{verb}: unknown method '{method}'; use one of {', '.join(METHODS)}")
    if model is not None and method != "model":
        raise UsageError(f"{verb}: a model goes with method 'model', not '{method}'")


def check_heads(model: FrameModel, codebook: Codebook, *, may_be_none: bool = False) -> list[int]:
    """Numbers of the model's sentence heads that answer questions of the codebook.

    Raises
    ------
    UsageError
        When there are none, unless `may_be_none`.
    """
    questions = [(frame.id, frame.id) for frame in codebook.frames.values()]
    questions += [(frame.id, indicator.id) for frame in codebook.frames.values() for indicator in frame.indicators]
    chosen = model.select(questions)
    if not chosen and not may_be_none:
        known = ", ".join(sorted({head.frame_id for head in model.of_sentences})) or "none"
        raise UsageError(
            f"code_frames, model: it has learnt no question of the codebook (it knows {known}); teach it with "
            "fit_frames, or use method 'patterns' or 'zero_shot'"
        )
    return chosen


def _by_patterns(sentences: list[Sentence], codebook: Codebook) -> Iterator[tuple[Sentence, Answer]]:
    frames = tuple(codebook.frames.values())
    for sentence in sentences:
        for frame_id, indicator, start, end in match_patterns(sentence.text, frames, sentence.language):
            yield sentence, Answer(frame_id, indicator, 1.0, start, end)


def _by_model(sentences: list[Sentence], codebook: Codebook, model: FrameModel) -> Iterator[tuple[Sentence, Answer]]:
    chosen = check_heads(model, codebook)
    scores = model.score_sentences(sentences, codebook)
    for row, sentence in enumerate(sentences):
        yes = [number for number in chosen if scores[row, number] >= model.of_sentences[number].threshold]
        matches = _find_matches(sentence, codebook) if yes else {}
        for number in yes:
            head = model.of_sentences[number]
            span = matches.get((head.frame_id, head.indicator)) or model.find_evidence(number, sentence.text)
            yield sentence, Answer(head.frame_id, head.indicator, float(scores[row, number]), *span)


def _by_nearness(sentences: list[Sentence], codebook: Codebook) -> Iterator[tuple[Sentence, Answer]]:
    prototypes = make_prototypes(codebook)
    scores = prototypes.score(sentences)
    for row, sentence in enumerate(sentences):
        yes = np.flatnonzero(scores[row] >= YES)
        matches = _find_matches(sentence, codebook) if len(yes) else {}
        for number in yes.tolist():
            key = prototypes.keys[number]
            span = matches.get(key) or (0, len(sentence.text))
            yield sentence, Answer(*key, float(scores[row, number]), *span)


def _find_matches(sentence: Sentence, codebook: Codebook) -> dict[tuple[str, str], tuple[int, int]]:
    found = match_patterns(sentence.text, tuple(codebook.frames.values()), sentence.language)
    return {(frame_id, indicator): (start, end) for frame_id, indicator, start, end in found}
