"""The scene of an article: all that the parts of `find_mentions` need to know of it, in one frozen record.

Made once an article from its text, its sentences and its Doc; every finder of mentions reads it, none changes it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.coding.language.tokens import Word, are_adjacent, split_words
from analysis.coding.mentions.credits import find_credits
from analysis.coding.syntax.trees import has_tree


class Found(NamedTuple):
    """A mention before it has an id; `first` and `last` are the indices of its words in the article."""

    start: int
    end: int
    actor_id: str
    form: str
    rule: str
    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Scene:
    """One article.

    Attributes
    ----------
    text : str
        The article.
    language : str
        ``nl`` or ``en``.
    words : sequence of Word
        All its words.
    bounds : sequence of tuple of int
        Half-open ranges of words, one per sentence.
    doc : spacy.tokens.Doc
        The article as read; its text is `text`.
    places : frozenset of str
        Words that the codebook lists as metonyms: never unlisted actors.
    people : frozenset of str
        Ids of the codebook's persons: a first name before one of them is a part of that name.
    countries : frozenset of str
        Words of countries and governments, matched before; where they were not taken for an actor they are none.
    ignored : frozenset of int
        Words of datelines and credits: never actors.
    """

    text: str
    language: str
    words: Sequence[Word]
    bounds: Sequence[tuple[int, int]]
    doc: Doc
    places: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    ignored: frozenset[int] = frozenset()

    @cached_property
    def starts(self) -> list[int]:
        """First word of each sentence."""
        return [start for start, _ in self.bounds]

    @cached_property
    def has_tags(self) -> bool:
        """Whether the reading gives parts of speech."""
        return bool(self.doc.has_annotation("TAG") or self.doc.has_annotation("POS"))

    @cached_property
    def has_tree(self) -> bool:
        """Whether the reading gives a tree."""
        return has_tree(self.doc)

    @cached_property
    def _offsets(self) -> list[int]:
        return [token.idx for token in self.doc]

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _word_ends(self) -> list[int]:
        return [word.end for word in self.words]

    def adjoins(self, k: int) -> bool:
        """Whether only white space stands between a word and the next."""
        return are_adjacent(self.text, self.words[k], self.words[k + 1])

    def token(self, k: int) -> Token:
        """The token in which a word ends."""
        return self.token_at(self.words[k].end - 1)

    def token_at(self, position: int) -> Token:
        """The token that holds a character, or the last one before it."""
        return self.doc[max(0, bisect_right(self._offsets, position) - 1)]

    def sentence_of(self, k: int) -> int:
        """Number of the sentence of a word; -1 for a word before all sentences."""
        return bisect_right(self.starts, k) - 1

    def find_words(self, start: int, end: int) -> tuple[int, int, int] | None:
        """First and last word that characters touch, within one sentence, and the number of that sentence."""
        first, last = bisect_right(self._word_ends, start), bisect_left(self._word_starts, end) - 1
        sentence = self.sentence_of(first)
        if first > last or sentence < 0:
            return None
        last = min(last, self.bounds[sentence][1] - 1)
        return (first, last, sentence) if first <= last else None


def make_scene(
    text: str,
    spans: Sequence[tuple[int, int]],
    doc: Doc,
    language: str,
    *,
    places: frozenset[str] = frozenset(),
    people: frozenset[str] = frozenset(),
    countries: frozenset[str] = frozenset(),
) -> Scene:
    """Cut an article into words and sentences of words.

    Parameters
    ----------
    text : str
        The article.
    spans : sequence of tuple of int
        Half-open characters of its sentences.
    doc, language, places, people, countries
        As in `Scene`.

    Returns
    -------
    Scene
    """
    words = split_words(text)
    starts = [word.start for word in words]
    bounds = [(bisect_left(starts, start), bisect_left(starts, end)) for start, end in spans]
    return Scene(text, language, words, bounds, doc, places, people, countries, find_credits(text, words))
