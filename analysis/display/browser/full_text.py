"""Words in texts: which texts hold them, whatever their capitals and accents, and where.

Reads plain texts; returns places. A `TextIndex` keeps a text as the numbers of its words, four bytes each, and finds
words, beginnings of words and words in a row by arithmetic over all of them at once.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from analysis.contracts.errors import InputError

MOST_TERMS, MOST_LETTERS = 12, 200
"""The longest question: more words than a reader looks for at once."""
LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "þ": "th", "ς": "σ",
}  # fmt: skip
"""Letters that stand for others though Unicode does not take them apart."""
GAP = -1
"""Stands before every text, so that no words in a row run on from one text into the next."""
_LAST = "\U0010ffff"
_WORD = re.compile(r"[^\W_]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_ASKED = re.compile(r'"([^"]*)"|(\S+)')
_QUOTES = str.maketrans("“”„«»", '"""""')


@dataclass(frozen=True)
class Term:
    """Words that stand in a row.

    Attributes
    ----------
    words : tuple of str
        Folded.
    is_whole : bool
        Whether the last is a whole word; otherwise any word that begins with it.
    """

    words: tuple[str, ...]
    is_whole: bool


class _Folded(dict[int, str]):
    """Letters without capitals, accents and marks that are not seen, made when they are met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code).lower()).lower()
        kept = (letter for letter in plain if unicodedata.category(letter) not in ("Mn", "Mc", "Me", "Cf"))
        self[code] = "".join(LETTERS.get(letter, letter) for letter in kept)
        return self[code]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """The text without capitals and accents.

    Examples
    --------
    >>> fold("Één ERDOĞAN, Malmö en Łódź")
    'een erdogan, malmo en lodz'
    """
    return _NOT_ASCII.sub(lambda found: found[0].translate(_FOLDED), text.lower())


def read_terms(question: str) -> tuple[Term, ...]:
    """What a question asks for.

    Parameters
    ----------
    question : str
        Words, each of which may be the beginning of a word; in quotation marks whole words in a row. Signs inside a
        word part it: its pieces stand in a row.

    Returns
    -------
    tuple of Term
        None where the question holds no letter or digit.

    Raises
    ------
    InputError
        When the question is too long.

    Examples
    --------
    >>> read_terms('Één "Witte Huis"')
    (Term(words=('een',), is_whole=False), Term(words=('witte', 'huis'), is_whole=True))
    """
    asked = _ASKED.findall(question.translate(_QUOTES))
    terms = [Term(tuple(_WORD.findall(fold(quoted or loose))), bool(quoted)) for quoted, loose in asked]
    found = tuple(dict.fromkeys(term for term in terms if term.words))
    if len(question) > MOST_LETTERS or sum(len(term.words) for term in found) > MOST_TERMS:
        raise InputError(f"search: look for at most {MOST_TERMS} words of {MOST_LETTERS} letters together")
    return found


def find_spans(text: str, terms: Sequence[Term]) -> list[list[list[int]]]:
    """Where a text holds each term.

    Returns
    -------
    list of list of [start, end]
        For each term, in the order of the text.

    Examples
    --------
    >>> find_spans("Één, twee; EEN", read_terms("een"))
    [[[0, 3], [11, 14]]]
    """
    folded, places = [], []
    for place, letter in enumerate(text):
        made = letter.lower() if letter.isascii() else _FOLDED[ord(letter)]
        folded.append(made)
        places += [place] * len(made)
    words = []
    for found in _WORD.finditer("".join(folded)):
        end = places[found.end() - 1] + 1
        while end < len(text) and not folded[end]:  # an accent of its own belongs to the letter before it
            end += 1
        words.append((found[0], places[found.start()], end))
    spans = []
    for term in terms:
        n = len(term.words)
        rows = (words[at : at + n] for at in range(len(words) - n + 1))
        spans.append([[row[0][1], row[-1][2]] for row in rows if _stands(term, [word for word, _, _ in row])])
    return spans


def _stands(term: Term, words: Sequence[str]) -> bool:
    last = words[-1] == term.words[-1] if term.is_whole else words[-1].startswith(term.words[-1])
    return last and tuple(words[:-1]) == term.words[:-1]


class _Numbers(dict[str, int]):
    """Words in the order in which they are met."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


class TextIndex:
    """The words of many texts.

    Parameters
    ----------
    texts : iterable of str
        Are read once and not kept.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        numbers = _Numbers()
        stream, starts = array("i"), array("i")
        for text in texts:
            starts.append(len(stream))
            stream.append(GAP)
            stream.extend(map(numbers.__getitem__, _WORD.findall(fold(text))))
        in_order = sorted(numbers)
        rank = np.full(len(numbers) + 1, GAP, dtype=np.int32)  # the last is that of the gap
        rank[[numbers[word] for word in in_order]] = np.arange(len(numbers), dtype=np.int32)
        self.words = pa.array(in_order, pa.string())
        """Every word once, in order: those with one beginning have numbers in a row."""
        self.stream = rank[np.frombuffer(stream, dtype=np.int32)]
        self.starts = np.array(starts, dtype=np.int32)

    def __len__(self) -> int:
        return len(self.starts)

    def holds(self, term: Term) -> np.ndarray:
        """Which texts hold a term."""
        mask = np.zeros(len(self), dtype=bool)
        at: np.ndarray | None = None
        for step, word in enumerate(term.words):
            first, end = self._numbers(word, is_whole=term.is_whole or step < len(term.words) - 1)
            if first == end:
                return mask
            if at is None:
                is_it = self.stream == first if end == first + 1 else (self.stream >= first) & (self.stream < end)
                at = np.flatnonzero(is_it)
            else:
                at = at[at + step < len(self.stream)]
                following = self.stream[at + step]
                at = at[(following >= first) & (following < end)]
        if at is not None:
            mask[np.searchsorted(self.starts, at, side="right") - 1] = True
        return mask

    def _numbers(self, word: str, *, is_whole: bool) -> tuple[int, int]:
        """The first number of the words that a word is or begins, and the one after the last."""

        def place(sought: str) -> int:
            return bisect_left(range(len(self.words)), sought, key=lambda at: self.words[at].as_py())

        first = place(word)
        if is_whole:
            return first, first + (first < len(self.words) and self.words[first].as_py() == word)
        return first, place(word + _LAST)
