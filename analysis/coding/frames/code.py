"""Frames: which indicator questions a sentence answers with yes.

Reads a `Reading` and a `Codebook`; returns the table ``frames``: one row per sentence, frame, indicator and method with
evidence, and the characters that are the evidence. No row means no evidence. Three methods give the same table:
indicator patterns, a supervised model, and nearness to what the codebook says; ``auto`` takes for every question the
best that can answer it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.codebook.load import Codebook
from analysis.coding.frames.features import Sentence, list_sentences, match_patterns
from analysis.coding.frames.methods import (
    AUTO,
    Question,
    check_frame_methods,
    list_questions,
    plan_methods,
)
from analysis.coding.frames.model import FrameModel, load_frame_model
from analysis.coding.frames.zero_shot import describe_questions, make_prototypes
from analysis.contracts.errors import UsageError
from analysis.contracts.tables import make_table
from analysis.reading import Reading, load_reading_model

YES = 0.5
"""Least score of an answer by zero_shot."""


class Answer(NamedTuple):
    """A question answered yes by a sentence: where, how surely, and the evidence as characters of the sentence."""

    row: int
    question: Question
    score: float
    start: int
    end: int


def code_frames(
    reading: Reading,
    codebook: Codebook,
    *,
    method: str = AUTO,
    beside: Sequence[str] = (),
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
    method : {"auto", "model", "patterns", "zero_shot"}
        The method that counts. ``auto``: for every question the best that can answer it, see `choose_methods`.
        ``patterns``: yes (score 1) when one of the indicator's patterns occurs in the sentence. ``model``: a supervised
        model of the sentence's vector, letters and patterns; the score is a calibrated probability, and rows are those
        from the head's threshold on. ``zero_shot``: nearness to the question's example sentences; the score is an
        order, and yes from one half on.
    beside : sequence of str
        Other methods, whose rows stand beside those that count.
    captions : bool, default False
        Also code photo captions.
    model : FrameModel, optional
        For ``model`` and ``auto``: one of your own, from `fit_frames`; by default the one shipped, which knows the
        generic frames.

    Returns
    -------
    DataFrame
        Table ``frames``. The evidence is, by patterns, the longest match; by the other methods the words of a pattern
        if one occurs, by ``model`` else the stretch that speaks most for yes, and otherwise the sentence.

    Raises
    ------
    UsageError
        For an unknown method, a model that none of the methods asks, or a codebook none of whose questions the model
        or zero_shot can answer, where it is named.
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
    methods = (method, *beside)
    model = find_model("code_frames", methods, codebook, model)
    if not codebook.frames:
        return make_table("frames", [])
    languages = set(reading.languages.values())
    plans = {language: plan_methods(methods, codebook, language, model) for language in languages}
    asked = {name for plan in plans.values() for names in plan.values() for name in names}
    sentences = list_sentences(reading, captions=captions, vectors=bool(asked - {"patterns", ""}))
    matches = [_find_matches(sentence, codebook) for sentence in sentences]
    answers: dict[str, Iterable[Answer]] = {}
    if "model" in asked and model is not None:
        answers["model"] = _by_model(sentences, matches, codebook, model)
    if "patterns" in asked:
        answers["patterns"] = _by_patterns(matches)
    if "zero_shot" in asked:
        answers["zero_shot"] = _by_nearness(sentences, matches, codebook)
    rows: list[dict[str, Any]] = [
        {
            "article_id": sentences[answer.row].article_id,
            "sentence_id": sentences[answer.row].sentence_id,
            "frame_id": answer.question[0],
            "score": answer.score,
            "evidence_start": sentences[answer.row].start + answer.start,
            "evidence_end": sentences[answer.row].start + answer.end,
            "indicator": answer.question[1],
            "method": name,
            "is_counted": name == plan[0],
        }
        for name, found in answers.items()
        for answer in found
        if name in (plan := plans[sentences[answer.row].language].get(answer.question, ()))
    ]
    return make_table("frames", rows)


def find_model(
    verb: str, methods: Sequence[str], codebook: Codebook, model: FrameModel | None = None
) -> FrameModel | None:
    """Check the methods and what they need; the model they ask, if they ask one.

    Raises
    ------
    UsageError, InputError
        As `code_frames`.
    """
    check_frame_methods(methods, verb=verb)
    is_asked = bool({AUTO, "model"} & set(methods))
    if model is not None and not is_asked:
        raise UsageError(f"{verb}: a model goes with method 'model' or '{AUTO}', not '{', '.join(methods)}'")
    if not codebook.frames:
        return None
    if "zero_shot" in methods and not describe_questions(codebook):
        raise UsageError(f"{verb}, zero_shot: no question of the codebook has an example; write some (key 'examples')")
    model = (model or load_frame_model()) if is_asked else None
    if model is not None and not model.fits(load_reading_model().n_hidden):
        if "model" in methods:
            raise UsageError(f"{verb}, model: the frame model has learnt from the vectors of another reading model")
        model = None
    if model is None or "model" not in methods:
        return model
    if not model.select(list_questions(codebook)) and not model.knows("article") & set(codebook.frames):
        raise UsageError(
            f"{verb}, model: it has learnt no question of the codebook (it knows "
            f"{', '.join(sorted(model.knows('sentence'))) or 'none'}); teach it with fit_frames, or use method '{AUTO}'"
        )
    return model


def _by_patterns(matches: Sequence[Mapping[Question, tuple[int, int]]]) -> Iterator[Answer]:
    for row, found in enumerate(matches):
        for question, span in found.items():
            yield Answer(row, question, 1.0, *span)


def _by_model(
    sentences: Sequence[Sentence],
    matches: Sequence[Mapping[Question, tuple[int, int]]],
    codebook: Codebook,
    model: FrameModel,
) -> Iterator[Answer]:
    chosen = model.select(list_questions(codebook))
    scores = model.score_sentences(sentences, codebook)
    for row, sentence in enumerate(sentences):
        for number in chosen:
            head = model.of_sentences[number]
            if scores[row, number] >= head.threshold:
                question = (head.frame_id, head.indicator)
                span = matches[row].get(question) or model.find_evidence(number, sentence.text)
                yield Answer(row, question, float(scores[row, number]), *span)


def _by_nearness(
    sentences: Sequence[Sentence], matches: Sequence[Mapping[Question, tuple[int, int]]], codebook: Codebook
) -> Iterator[Answer]:
    prototypes = make_prototypes(codebook)
    scores = prototypes.score(sentences)
    for row, sentence in enumerate(sentences):
        for number in np.flatnonzero(scores[row] >= YES).tolist():
            question = prototypes.keys[number]
            span = matches[row].get(question) or (0, len(sentence.text))
            yield Answer(row, question, float(scores[row, number]), *span)


def _find_matches(sentence: Sentence, codebook: Codebook) -> dict[Question, tuple[int, int]]:
    found = match_patterns(sentence.text, tuple(codebook.frames.values()), sentence.language)
    return {(frame_id, indicator): (start, end) for frame_id, indicator, start, end in found}
