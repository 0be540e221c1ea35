"""Full-text search in a corpus: the sentences that hold all the words, then the articles that do; and actors by name.

Reads a `Corpus` and its `Findings`; returns numbers of sentences and articles, and rows ready for JSON. The words are
read once, when they are first looked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from analysis.display.browser.corpus import Corpus
from analysis.display.browser.findings import Findings
from analysis.display.browser.full_text import Term, TextIndex, find_spans
from analysis.display.browser.reading import number_of
from analysis.display.words import LANGUAGES

TITLE = -1
"""The number of a title that stands in no sentence of its article."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """What a search finds, in the order of reading.

    Attributes
    ----------
    sentences : array
        Those that hold every term, by their place in the index.
    articles : array
        Numbers of the other articles that hold every term.
    searched : array of bool
        The sentences among which was searched, by their place in the index.
    """

    sentences: np.ndarray
    articles: np.ndarray
    searched: np.ndarray

    def __len__(self) -> int:
        return len(self.sentences) + len(self.articles)


@dataclass(frozen=True)
class _Sentences:
    """The words of every sentence, with the number of its article and its own."""

    index: TextIndex
    article: np.ndarray
    sentence: np.ndarray


class Search:
    """Words in the sentences of a corpus, and in the names of its actors.

    Parameters
    ----------
    corpus : Corpus
    findings : Findings
    """

    def __init__(self, corpus: Corpus, findings: Findings) -> None:
        self.corpus, self.findings = corpus, findings
        self._place = np.argsort(findings.order)

    @cached_property
    def sentences(self) -> _Sentences:
        """The words of every sentence; some seconds for ten thousand articles."""
        article, sentence = array("i"), array("i")

        def read() -> Iterator[str]:
            for number in range(len(self.corpus.article_ids)):
                for n, text in self._texts(number):
                    article.append(number)
                    sentence.append(n)
                    yield text

        index = TextIndex(read())
        pa.default_memory_pool().release_unused()
        return _Sentences(index, np.array(article, dtype=np.int32), np.array(sentence, dtype=np.int32))

    @cached_property
    def _columns(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        table = self.corpus.tables["sentences"]
        is_headline = number_of(table["part"], pa.array(["headline"])) == 0
        number, start, end = (table[name].to_numpy() for name in ("sentence_id", "start", "end"))
        return number, start, end, is_headline

    def _texts(self, number: int) -> Iterator[tuple[int, str]]:
        """The sentences of an article, with their numbers; its title first where no sentence holds it."""
        first, end = self.corpus.bounds["sentences"][number : number + 2]
        articles = self.corpus.tables["articles"]
        text, title = articles["text"][number].as_py(), articles["headline"][number].as_py()
        sentences, starts, ends, is_headline = (column[first:end] for column in self._columns)
        if title and not is_headline.any():
            yield TITLE, title
        for sentence, begin, stop in zip(sentences.tolist(), starts.tolist(), ends.tolist(), strict=True):
            yield sentence, text[begin:stop]

    @cached_property
    def _names(self) -> TextIndex:
        labels = ({self.corpus.label(actor, language) for language in LANGUAGES} for actor in self.findings.actors)
        return TextIndex("\n".join(sorted(names)) for names in labels)

    def find_actors(self, terms: Sequence[Term]) -> list[int]:
        """Actors whose names, in all languages together, hold every term: their places in `Findings.actors`."""
        if not terms:
            return []
        held: list[int] = np.flatnonzero(np.logical_and.reduce([self._names.holds(term) for term in terms])).tolist()
        return held

    def choose(self, articles: np.ndarray, passing: np.ndarray | None = None) -> np.ndarray:
        """Which sentences to search.

        Parameters
        ----------
        articles : array of bool
            Which articles, by their number.
        passing : array of int, optional
            Findings, by their place: of these articles only the sentences with one of them.

        Returns
        -------
        array of bool
            By the place of a sentence in the index.
        """
        s, f = self.sentences, self.findings
        chosen: np.ndarray = articles[s.article]
        if passing is not None:
            place, sentence = f.place[passing], f.sentence[passing]  # in order, as findings are
            is_first = np.append(True, (np.diff(place) != 0) | (np.diff(sentence) != 0))[: len(place)]
            keys = (f.order[place[is_first]].astype(np.int64) << 32) | sentence[is_first]
            known = (s.article.astype(np.int64) << 32) + s.sentence
            chosen = chosen & np.isin(known, keys, assume_unique=True)
        return chosen

    def find(self, terms: Sequence[Term], searched: np.ndarray) -> Found:
        """Find the sentences and articles that hold every term.

        Parameters
        ----------
        terms : sequence of Term
            None find nothing.
        searched : array of bool
            As `choose` returns it.

        Returns
        -------
        Found
        """
        article = self.sentences.article
        if not terms:
            return Found(np.array([], dtype=np.int64), np.array([], dtype=np.int64), searched)
        holding = [self.sentences.index.holds(term) & searched for term in terms]
        found = np.flatnonzero(np.logical_and.reduce(holding))
        n = len(self.corpus.article_ids)
        together = np.logical_and.reduce([np.bincount(article[mask], minlength=n) > 0 for mask in holding])
        together[article[found]] = False
        others = np.flatnonzero(together)
        by_place = np.argsort(self._place[article[found]], kind="stable")
        return Found(found[by_place], others[np.argsort(self._place[others])], searched)

    def show(self, found: Found, terms: Sequence[Term], places: Iterable[int]) -> list[Row]:
        """Rows of what was found, by their place in it.

        Returns
        -------
        list of dict
            ``article`` (its head), ``is_whole`` (whether one sentence holds every term) and ``sentences``, each with
            ``n``, ``part``, ``text`` and ``found``, the places of the words; of an article the fewest sentences that
            hold every term together.
        """
        s, rows = self.sentences, []
        for place in places:
            is_whole = place < len(found.sentences)
            if is_whole:
                at = int(found.sentences[place])
                number, wanted = int(s.article[at]), {int(s.sentence[at])}
            else:
                number = int(found.articles[place - len(found.sentences)])
                first, end = np.searchsorted(s.article, (number, number + 1))
                wanted = set(s.sentence[first:end][found.searched[first:end]].tolist())
            rows.append({"is_whole": is_whole, **self._show_article(number, terms, wanted)})
        return rows

    def find_spans(self, number: int, terms: Sequence[Term]) -> dict[int, list[list[int]]]:
        """Where the words stand in an article: sentence, places in it."""
        made = ((sentence, join_spans(find_spans(text, terms))) for sentence, text in self._texts(number))
        return {sentence: spans for sentence, spans in made if spans}

    def _show_article(self, number: int, terms: Sequence[Term], wanted: Collection[int]) -> Row:
        """The head of an article and, of some of its sentences, as few as hold every term."""
        article = self.corpus.article(number)
        head = {key: article[key] for key in ("headline", "outlet", "published", "language")}
        parts = {row["sentence_id"]: row["part"] for row in self.corpus.rows("sentences", number)}
        texts = [(n, text, find_spans(text, terms)) for n, text in self._texts(number) if n in wanted]
        kept = choose_fewest([spans for _, _, spans in texts])
        sentences = [
            {"n": n, "part": parts.get(n, "headline"), "text": text, "found": join_spans(spans)}
            for n, text, spans in (texts[at] for at in kept)
        ]
        return {"article": {"id": article["article_id"], **head}, "sentences": sentences}


def choose_fewest(spans: Sequence[Sequence[Sequence[list[int]]]]) -> list[int]:
    """Of sentences, as few as hold every term that any of them holds: each time the first that adds the most.

    Examples
    --------
    >>> choose_fewest([[[[0, 3]], []], [[], []], [[[4, 7]], [[0, 3]]]])
    [2]
    """
    held = [{term for term, places in enumerate(sentence) if places} for sentence in spans]
    missing, chosen = set().union(*held), []
    while missing:
        best = max(range(len(held)), key=lambda at: (len(held[at] & missing), -at))
        chosen.append(best)
        missing -= held[best]
    return sorted(chosen)


def join_spans(spans: Iterable[Sequence[list[int]]]) -> list[list[int]]:
    """The places of all terms, in order, those that overlap joined.

    Examples
    --------
    >>> join_spans([[[4, 9]], [[0, 2], [7, 12]]])
    [[0, 2], [4, 12]]
    """
    joined: list[list[int]] = []
    for start, end in sorted(place for places in spans for place in places):
        if joined and start < joined[-1][1]:
            joined[-1][1] = max(end, joined[-1][1])
        else:
            joined.append([start, end])
    return joined
