"""Tokens.

Reads text and a language; returns a spaCy `Doc` whose text is the text, character for character, so that ``token.idx``
is an offset in ``articles.text``. The tokenizers are spaCy's, with one set of rules for quotation marks, hyphens and
apostrophes in both languages, and without abbreviations that swallow the last word of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, get_installed_models, is_package

from analysis.contracts.errors import UsageError
from analysis.contracts.words import load_by_language, load_words
from analysis.reading.model_loading import check_reading_model

MODEL = "model"
"""The reading by the model of the project, in its languages."""
RULES = "rules"
"""The reading that needs no trained model: sentences and tokens only."""
LANGUAGES = ("nl", "en")
_LETTER = r"[^\W\d_]"
_INFIXES = (
    r"\.{2,}|…",
    r"[“”„«»\"]",
    rf"(?<={_LETTER})[:;,.!?]+(?=[‘“„«‚'])",
    rf"(?<=[:;,.!?…])[‘‚'](?={_LETTER})",
    r"(?<=[a-zà-ÿ])\.(?=[A-ZÀ-Þ])",
    rf"(?<={_LETTER})[,!?;](?={_LETTER})",
    rf"(?<={_LETTER})[:<>=](?={_LETTER})",
    r"--+|–|—",
    r"[()\[\]{}]",
)
_PREFIXES = (r"[–—-](?=\w)(?!\d)", r"\u200f|\u200e")
_SUFFIXES = (r"[–—]", r"(?<=\w)-", r"\u200f|\u200e")
_GENITIVE = re.compile(r"(?<=\w\w)['’]s\Z")
_CLITICS = load_by_language("reading", "clitics")
_ABBREVIATIONS = load_by_language("reading", "abbreviations")
_NOT_ABBREVIATED = load_words("reading", "words_not_abbreviations", "en")


@lru_cache(maxsize=8)
def load_pipeline(reading: str, language: str) -> Language:
    """Get the spaCy pipeline for a reading and a language.

    Parameters
    ----------
    reading : str
        ``model``, ``rules``, or the name of an installed spaCy pipeline.
    language : str
        ISO 639-1 code of the text.

    Returns
    -------
    spacy.language.Language
        The named pipeline where it is for this language; otherwise a tokenizer alone. The model reads many Docs at
        once, after this: see `analysis.reading.component`.

    Raises
    ------
    UsageError
        If no pipeline of that name is installed.
    """
    if reading not in (MODEL, RULES):
        pipeline = _load_installed(reading)
        if pipeline.lang in (language, "xx"):
            return pipeline
    return _blank(language)


def check_reading(reading: str) -> None:
    """Raise an error unless `reading` is ``model``, ``rules`` or an installed spaCy pipeline.

    Raises
    ------
    InputError
        If `reading` is ``model`` and its file is not there.
    UsageError
        If there is no reading of that name.
    """
    if reading == MODEL:
        check_reading_model()
    elif reading != RULES and not is_package(reading):
        installed = ", ".join(sorted(get_installed_models())) or "none"
        raise UsageError(
            f"reading: {reading!r} is neither 'model' nor 'rules' nor an installed spaCy pipeline (installed: "
            f"{installed}). Install it with: python -m spacy download {reading}"
        )


def make_doc(pipeline: Language, text: str, starts: Sequence[int]) -> Doc:
    """Tokenise a text, set its sentence boundaries, and run the pipeline's components.

    Parameters
    ----------
    pipeline : spacy.language.Language
        As `load_pipeline` gives it.
    text : str
        The text of an article.
    starts : sequence of int
        First characters of the sentences. A start inside a token is left out.

    Returns
    -------
    spacy.tokens.Doc
        ``doc.text == text``; ``token.is_sent_start`` is set for every token, before any component ran. White space
        before the first sentence belongs to it.
    """
    doc = pipeline.tokenizer(text)
    if not len(doc):
        return doc
    offsets = np.fromiter((token.idx for token in doc), dtype=np.int64, count=len(doc))
    flags = np.where(np.isin(offsets, np.asarray(starts, dtype=np.int64)), 1, -1)
    n_blank = next((i for i, token in enumerate(doc) if not token.is_space), 0)
    flags[: n_blank + 1] = -1
    flags[0] = 1
    array: Any = flags.astype(np.int64).view(np.uint64).reshape(-1, 1)  # spaCy's own type for arrays is narrower
    doc.from_array(["SENT_START"], array)
    for name, component in pipeline.pipeline:
        if name not in ("senter", "sentencizer"):  # boundaries are set already
            doc = component(doc)
    return doc


@lru_cache(maxsize=4)
def _load_installed(reading: str) -> Language:
    check_reading(reading)
    return spacy.load(reading)


@lru_cache(maxsize=8)
def _blank(language: str) -> Language:
    pipeline = spacy.blank(language if language in LANGUAGES else "xx")
    pipeline.max_length = 10**9  # the limit protects parsers, not tokenizers
    tokenizer: Any = pipeline.tokenizer  # declared as any function from text to Doc
    defaults = pipeline.Defaults
    tokenizer.infix_finditer = compile_infix_regex(_INFIXES).finditer
    tokenizer.prefix_search = compile_prefix_regex([*_PREFIXES, *(defaults.prefixes or [])]).search
    find_suffix = compile_suffix_regex([*(defaults.suffixes or []), *_SUFFIXES]).search
    tokenizer.suffix_search = _find_genitive(find_suffix) if language == "nl" else find_suffix
    abbreviations = sorted(_ABBREVIATIONS.get(language, ()))
    known = {word.lower() for word in abbreviations}
    rules = {word: cases for word, cases in tokenizer.rules.items() if _keeps_rule(word, known, language)}
    tokenizer.rules = rules
    words = abbreviations + [word[:1].upper() + word[1:] for word in abbreviations]
    for word in [*words, *sorted(_CLITICS.get(language, ()))]:
        tokenizer.add_special_case(word, [{"ORTH": word}])
    return pipeline


def _find_genitive(find_suffix: Callable[[str], re.Match[str] | None]) -> Callable[[str], re.Match[str] | None]:
    """Cut the genitive off names (`Trump’s`), so that they are found, but not the plural off nouns (`foto’s`)."""

    def find(word: str) -> re.Match[str] | None:
        return find_suffix(word) or (_GENITIVE.search(word) if word[:1].isupper() else None)

    return find


def _keeps_rule(word: str, known: set[str], language: str) -> bool:
    """Whether an exception of spaCy's may stay: `best.` and `Jan.` end sentences more often than they abbreviate."""
    stem = word[:-1]
    if not word.endswith(".") or len(stem) < 2 or not re.fullmatch(_LETTER + "+", stem):
        return True
    if language == "nl":
        return word.lower() in known
    return stem.lower() not in _NOT_ABBREVIATED
