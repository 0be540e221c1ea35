"""Names and actor phrases as tags over words.

Two layers share one scheme (B, I, O with a type): ``names`` are named entities alone
(``Al-Salim``), ``phrases`` are whole actors without their determiner (``Iraakse premier
Al-Salim``, ``betogers``). Reads :class:`~analysis.training.data.Sentence`, returns tag
sets per word for the loss, spans from predicted tags, and scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from analysis.reading.decode import read_tags
from analysis.training.data import ANY_TYPE, TYPES, Sentence, Span

#: O, then B and I of each type.
TAGS = ("O", *(f"{prefix}-{kind}" for kind in TYPES for prefix in "BI"))
#: Small words inside names.
# fmt: off
PARTICLES = frozenset((
    "van", "de", "der", "den", "ten", "ter", "het", "'t", "'s", "la", "le", "el", "al",
    "bin", "ben", "von", "of", "the", "and",
))
# fmt: on
OPENING_SIGNS = frozenset(["‘", "“", '"', "'", ":", "«", "-", "–"])


class SpanScores(NamedTuple):
    """Exact-match scores of spans, whatever their type."""

    precision: float
    recall: float
    f1: float
    n_gold: int


def allowed_tags(spans: Sequence[Span], n_words: int) -> list[set[str]]:
    """Return, for each word, the tags that the annotation allows.

    Examples
    --------
    >>> [sorted(tags) for tags in allowed_tags([Span(1, 3, frozenset({"person"}))], 3)]
    [['O'], ['B-person'], ['I-person']]
    """
    tags: list[set[str]] = [{"O"} for _ in range(n_words)]
    for span in spans:
        for position in range(span.start, min(span.end, n_words)):
            prefix = "B" if position == span.start else "I"
            tags[position] = {f"{prefix}-{kind}" for kind in span.types}
    return tags


def is_name_word(word: str) -> bool:
    """Say whether a word looks like part of a name: a capital, or a digit beside a capital."""
    return word[0].isupper() or (word[0].isdigit() and any(sign.isupper() for sign in word))


def find_names(sentence: Sentence, known: NameWords) -> Iterator[Span]:
    """Yield the names inside marked actor phrases: their capitalised runs.

    The run that closes a phrase takes its type; an earlier one has any type (``Iraakse
    premier Al-Salim`` holds ``Iraakse`` and ``Al-Salim``). A capital that opens a sentence
    (or a quotation) counts unless the word is known as a common one.
    """
    words = sentence.words
    for phrase in sentence.phrases or ():
        position = phrase.start
        while position < phrase.end:
            opens = position == 0 or words[position - 1] in OPENING_SIGNS
            if not is_name_word(words[position]) or (opens and known.is_common(words[position])):
                position += 1
                continue
            end = last = position + 1
            while end < phrase.end and (is_name_word(words[end]) or words[end] in PARTICLES):
                end += 1
                last = end if is_name_word(words[end - 1]) else last
            yield Span(position, last, phrase.types if last == phrase.end else ANY_TYPE)
            position = last


class NameWords:
    """Which words of running text are names, and which are common words.

    Parameters
    ----------
    sentences
        Any sentences. Proper nouns of a treebank and capitalised words in the middle of
        a marked phrase are names; words in lower case are common.
    """

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self.names: set[str] = set()
        self.common: set[str] = set()
        for sentence in sentences:
            self.common.update(word for word in sentence.words if word.islower())
            for position, word in enumerate(sentence.words):
                is_proper = sentence.upos is not None and sentence.upos[position] == "PROPN"
                if is_proper and word[0].isupper():
                    self.names.add(word)
            for phrase in sentence.phrases or ():
                for position in range(max(phrase.start, 1), phrase.end):
                    word, before = sentence.words[position], sentence.words[position - 1]
                    if is_name_word(word) and before not in OPENING_SIGNS:
                        self.names.add(word)

    def is_common(self, word: str) -> bool:
        """Say whether a capitalised first word is rather a common word than a name."""
        return word not in self.names and word.lower() in self.common


def add_names(sentences: Iterable[Sentence], known: NameWords) -> list[Sentence]:
    """Return the sentences with their names layer, derived from their phrases."""
    return [replace(sentence, names=tuple(find_names(sentence, known))) for sentence in sentences]


def read_conll2002(path: Path) -> list[tuple[tuple[str, ...], list[tuple[int, int, str]]]]:
    """Read CoNLL-2002 (scored only, never learnt from): words and gold spans per sentence."""
    sentences = []
    for block in path.read_text("utf-8", errors="replace").split("\n\n"):
        rows = [line.split() for line in block.splitlines() if line.strip()]
        rows = [row for row in rows if row[0] != "-DOCSTART-"]
        if rows:
            spans = read_tags([row[2] for row in rows])
            sentences.append((tuple(row[0] for row in rows), spans))
    return sentences


def score_spans(
    gold: Sequence[Sequence[tuple[int, int, str]]],
    found: Sequence[Sequence[tuple[int, int, str]]],
) -> SpanScores:
    """Score spans of any type by exact boundaries."""
    n_gold = n_found = n_right = 0
    for gold_spans, found_spans in zip(gold, found, strict=True):
        wanted = {span[:2] for span in gold_spans}
        got = {span[:2] for span in found_spans}
        n_gold, n_found = n_gold + len(wanted), n_found + len(got)
        n_right += len(wanted & got)
    precision = n_right / n_found if n_found else 0.0
    recall = n_right / n_gold if n_gold else 0.0
    f1 = 2 * n_right / (n_gold + n_found) if n_gold + n_found else 0.0
    return SpanScores(precision, recall, f1, n_gold)
