"""Task ner: are the named actors among gold words found, whatever their type.

Reads gold sentences with named entities; returns the scores of a reading that is given the same words, next to runs of
capitalised words. Types are not compared, since gold has its own; recall is told per type of gold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc

from analysis.validation.conll import GoldNames
from analysis.validation.given_words import MODEL, check_words_reading, read_words
from analysis.validation.report import Result
from analysis.validation.spans import Span, compare_spans, recall_per_type, score_both, touches

METHODS = (MODEL,)
NO_NAMES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
"""Entities of spaCy's pipelines that name nobody and nothing."""
_OPENING = frozenset("‘'\"“„«([–-")


def score_names(gold: Sequence[GoldNames], *, method: str, seed: int, n_draws: int) -> list[Result]:
    """Score named entities of any type, exact and by overlap.

    Parameters
    ----------
    gold : sequence of GoldNames
        As `analysis.validation.conll.read_conll2002` gives them.
    method : str
        ``model``, or the name of an installed spaCy pipeline.
    seed, n_draws : int
        Of the bootstrap, which resamples articles; sentences where the file tells no articles apart.

    Raises
    ------
    UsageError
        For a method that is not installed, or finds no names.
    """
    check_words_reading(method, "ner")
    found = {
        method: [take_names(doc) for doc in read_words(gold, method)],
        "capitals": [guess_names(sentence.words) for sentence in gold],
    }
    return [_score(name, gold, spans, seed, n_draws) for name, spans in found.items()]


def take_names(doc: Doc) -> list[Span]:
    """The words of each named entity of a Doc."""
    return [(entity.start, entity.end) for entity in doc.ents if entity.label_ not in NO_NAMES]


def guess_names(words: Sequence[str]) -> list[Span]:
    """Baseline: runs of words with a capital, but for a single one that opens the sentence.

    Examples
    --------
    >>> guess_names(["Gisteren", "sprak", "Piet", "Jansen", "in", "Ede", "."])
    [(2, 4), (5, 6)]
    """
    found: list[Span] = []
    start = -1
    opens = next((place for place, word in enumerate(words) if word not in _OPENING), 0)
    for place, word in enumerate([*words, ""]):
        if word[:1].isupper():
            start = place if start < 0 else start
        elif start >= 0:
            found += [(start, place)] if (start, place) != (opens, opens + 1) else []
            start = -1
    return found


def _score(method: str, gold: Sequence[GoldNames], found: Sequence[Sequence[Span]], seed: int, n_draws: int) -> Result:
    by_article = len({sentence.article for sentence in gold}) > 1
    overlap: dict[int, Counter[str]] = {}
    exact: dict[int, Counter[str]] = {}
    types = []
    for number, (sentence, said) in enumerate(zip(gold, found, strict=True)):
        unit = sentence.article if by_article else number
        wanted = [(start, end) for start, end, _ in sentence.names]
        for sums, counts in zip((overlap, exact), compare_spans(said, wanted), strict=True):
            sums.setdefault(unit, Counter()).update(counts)
        types += [{"type": kind, "held": touches((start, end), said)} for start, end, kind in sentence.names]
    scores, intervals = score_both(list(overlap.values()), list(exact.values()), seed, n_draws)
    return Result(
        method=method,
        n=len(types),
        scores=scores,
        intervals=intervals,
        per_class=recall_per_type(types),
        notes={"n_sentences": len(gold), "resampled": "articles" if by_article else "sentences"},
    )
