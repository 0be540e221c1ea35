"""Gold words read by the coder: its own tokens and sentences are left out of the comparison.

Reads sentences of gold words and the name of a reading; returns a spaCy `Doc` per sentence with the very same words.
"""

from __future__ import annotations

from collections.abc import Sequence

import spacy
from spacy.tokens import Doc

from analysis.contracts.errors import UsageError
from analysis.reading.component import NAME as COMPONENT
from analysis.reading.tokens import LANGUAGES, RULES, check_reading, load_pipeline
from analysis.validation.conll import GoldSentence, find_language

MODEL = "model"
_BOUNDARIES = ("senter", "sentencizer")


def check_words_reading(reading: str, task: str) -> None:
    """Raise `UsageError` unless `reading` tags words: ``model``, or an installed spaCy pipeline."""
    if reading == RULES:
        raise UsageError(f"--method {RULES}: tags no words; for the task {task} use {MODEL} or a spaCy pipeline")
    if reading != MODEL:
        check_reading(reading)


def read_words(sentences: Sequence[GoldSentence], reading: str) -> list[Doc]:
    """Read gold words.

    Parameters
    ----------
    sentences : sequence of GoldSentence
        Of one language, which is told from their words.
    reading : str
        ``model``, or the name of an installed spaCy pipeline, whatever its language.

    Returns
    -------
    list of spacy.tokens.Doc
        One per sentence, in order, each of one sentence.
    """
    language = find_language(sentences)
    if reading == MODEL:
        pipeline = spacy.blank(language if language in LANGUAGES else "xx")
        pipeline.add_pipe(COMPONENT, config={"repairs": False})
    else:
        pipeline = load_pipeline(reading, language)
    docs = [
        Doc(
            pipeline.vocab,
            words=list(sentence.words),
            spaces=list(sentence.is_spaced),
            sent_starts=[number == 0 for number in range(len(sentence.words))],
        )
        for sentence in sentences
    ]
    return list(pipeline.pipe(docs, disable=_BOUNDARIES))
