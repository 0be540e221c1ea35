"""An article as the finders of mentions see it, and the one record of a mention.

Made once per article from its text, sentences, Doc and the compiled wordings; nothing changes it. Words of datelines
(``DEN HAAG -``, ``AMSTERDAM (ANP) –``) and of credits (``Foto: ANP / Bart Maat``) mention nobody. It cannot tell a
dateline without agency from a name in capitals that heads a paragraph (``TIMMERMANS - Hij zegt``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from spacy.tokens import Doc, Span, Token

from analysis.coding.language.record import Language, get_language
from analysis.coding.language.tokens import Word, any_of, are_adjacent, function_words, split_words
from analysis.coding.mentions.wordings import Wordings
from analysis.coding.syntax.trees import has_tree
from analysis.contracts.words import load_both

_AGENCY = rf"{any_of(load_both('text', 'agencies'))}(?:[ -](?i:photo|foto))?"
_CAPITALS = r"(?:['’]S-)?[A-ZÀ-Þ]{2}[A-ZÀ-Þ'’.-]{0,40}"
_CAPITALISED = r"(?:['’][sS][ -])?[A-ZÀ-Þ][\w'’.-]{0,40}"
_DATE = r"(?:\d{1,2} [a-z]{3,9}\.?|[A-Z][a-z]{2,8}\.? \d{1,2})"
_DASH = r"[ \t]*[-–—]{1,2}[ \t]+"
_SENTENCE = r"(?=[‘’“”\"'„]?[A-ZÀ-Þ])"
_MAKER = rf"(?:{_CAPITALISED}|{any_of(load_both('names', 'particles'))})\b\.?"
_BETWEEN = r"(?:[ \t]*[/|,©][ \t]*|[ \t]+[–-][ \t]+|[ \t]+(?:(?:via|voor|for|en|and)[ \t]+)?)"
_MAKERS = rf"{_MAKER}(?:{_BETWEEN}{_MAKER}){{0,9}}"
_OPENERS = any_of(load_both("text", "credit_openers"))
_PICTURE = rf"(?:^|(?<=[(\[|])|(?<=[(\[|.!?’”\"»] ))[ \t]*(?i:{_OPENERS})(?: en foto[’']?s)?"
_END = r"(?=[ \t]*(?:$|[)\].,;|]))"
_PLACE = rf"^[ \t]*(?P<place>{_CAPITALISED}(?:[ /]{_CAPITALISED}){{0,3}})"
_DATELINES = (
    rf"^[ \t]*(?P<place>{_CAPITALS}(?:[ /,]+{_CAPITALS}){{0,4}}){_DASH}{_SENTENCE}",
    rf"{_PLACE}(?:, {_CAPITALISED})?(?:,? {_DATE})? ?\({_AGENCY}[^()\n]{{0,30}}\)[ \t]*(?:[-–—]|{_SENTENCE})",
    rf"{_PLACE},? {_DATE}{_DASH}",
)
_CREDITS = (
    rf"{_PICTURE}(?:\s?[:©|]\s*|[ \t]+(?:door|by|credit:?)[ \t]+|[ \t]+(?={_AGENCY})){_MAKERS}{_END}",
    rf"{_PICTURE}[ \t]+{_MAKERS}[ \t]*(?=$|[)\]])",
    rf"©[ \t]*(?:\d{{4}}[ \t]+)?{_MAKERS}",
    rf"(?<![\w’.-])(?:{_MAKERS}[ \t]?/[ \t]?{_AGENCY}|{_AGENCY}[ \t]?/[ \t]?{_MAKERS}){_END}",
    rf"(?:^|(?<=[.!?’”\"'»]))[ \t]*\({_AGENCY}(?:[/, ]+{_MAKERS})?\)",
    rf"^[ \t]*{_AGENCY}(?:[ \t]*[/|,][ \t]*{_MAKERS})?[ \t]*$",
)
_DATELINE = tuple(re.compile(pattern, re.MULTILINE) for pattern in _DATELINES)
_CREDIT = tuple(re.compile(pattern, re.MULTILINE) for pattern in _CREDITS)


class Mention(NamedTuple):
    """A mention before it has an id; `first` and `last` are the indices of its words in the article."""

    start: int
    end: int
    actor_id: str
    form: str
    rule: str
    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Article:
    """One article.

    Attributes
    ----------
    text : str
        The article.
    doc : spacy.tokens.Doc
        The article as read; its text is `text`.
    words : sequence of Word
        All its words.
    bounds : sequence of tuple of int
        Half-open ranges of words, one per sentence.
    wordings : Wordings
        Of the codebook, in the language of the article.
    ignored : frozenset of int
        Words of datelines and credits: never actors.
    """

    text: str
    doc: Doc
    words: Sequence[Word]
    bounds: Sequence[tuple[int, int]]
    wordings: Wordings
    ignored: frozenset[int] = frozenset()

    @cached_property
    def language(self) -> Language:
        """Language of the article."""
        return get_language(self.wordings.language)

    @cached_property
    def starts(self) -> list[int]:
        """First word of each sentence."""
        return [start for start, _ in self.bounds]

    @cached_property
    def has_tree(self) -> bool:
        """Whether the reading gives a tree."""
        return has_tree(self.doc)

    @cached_property
    def has_entities(self) -> bool:
        """Whether the reading looked for entities."""
        return bool(self.doc.has_annotation("ENT_IOB"))

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

    def before(self, k: int, floor: int = 0) -> str:
        """The word right before a word, not before `floor`; empty where there is none."""
        return self.words[k - 1].text if k > floor and self.adjoins(k - 1) else ""

    def after(self, k: int, stop: int | None = None) -> str:
        """The word right after a word, before `stop`; empty where there is none."""
        stop = len(self.words) if stop is None else stop
        return self.words[k + 1].text if k + 1 < stop and self.adjoins(k) else ""

    def is_function_word(self, word: str) -> bool:
        """Whether a word is one of grammar rather than a name."""
        return word.lower() in function_words(self.language.code)

    def cut(self, first: int, last: int) -> str:
        """The text from one word to another."""
        return self.text[self.words[first].start : self.words[last].end]

    def token(self, k: int) -> Token:
        """The token in which a word ends."""
        return self.doc[max(0, bisect_right(self._offsets, self.words[k].end - 1) - 1)]

    def sentence_of(self, k: int) -> int:
        """Number of the sentence of a word; -1 for a word before all sentences."""
        return bisect_right(self.starts, k) - 1

    def find_words(self, span: Span) -> tuple[int, int] | None:
        """First and last word that a span touches, within its first sentence."""
        first = bisect_right(self._word_ends, span.start_char)
        last = bisect_left(self._word_starts, span.end_char) - 1
        sentence = self.sentence_of(first)
        if first > last or sentence < 0:
            return None
        last = min(last, self.bounds[sentence][1] - 1)
        return (first, last) if first <= last else None


def make_article(text: str, doc: Doc, spans: Sequence[tuple[int, int]], wordings: Wordings) -> Article:
    """Cut an article into words and sentences of words; `spans` are the half-open characters of its sentences."""
    words = split_words(text)
    starts = [word.start for word in words]
    bounds = [(bisect_left(starts, start), bisect_left(starts, end)) for start, end in spans]
    return Article(text, doc, words, bounds, wordings, find_credits(text, words))


def find_credits(text: str, words: Sequence[Word]) -> frozenset[int]:
    """Indices of the words of datelines and credits.

    Notes
    -----
    An agency that does something in a sentence (``Reuters meldt``) is an actor and stays. Capitals before a dash are no
    dateline where the text names them again, unless with an agency or date.

    Examples
    --------
    >>> text = "DEN HAAG (ANP) – Minister Poot treedt af. Foto: ANP / Kees Bos"
    >>> words = split_words(text)
    >>> [words[k].text for k in sorted(find_credits(text, words))]
    ['DEN', 'HAAG', 'ANP', 'Foto', 'ANP', 'Kees', 'Bos']
    """
    spans = [match.span() for pattern in _CREDIT for match in pattern.finditer(text)]
    for match in (match for pattern in _DATELINE for match in pattern.finditer(text)):
        is_sure = "(" in match[0] or any(sign.isdigit() for sign in match[0])
        if is_sure or re.search(rf"\b{re.escape(match['place'])}\b", text[match.end() :]) is None:
            spans.append(match.span())
    return frozenset(k for k, word in enumerate(words) if any(start <= word.start < end for start, end in spans))


def number_mentions(
    article_id: str, text: str, sentences: Sequence[Any], found: Iterable[tuple[Any, Any]]
) -> list[dict[str, Any]]:
    """Rows of ``mentions`` of an article, numbered in text order.

    Parameters
    ----------
    article_id, text : str
        The article.
    sentences : sequence of rows
        Of ``sentences``, in order.
    found : iterable of pairs
        What was found (`Mention`, or the `Draft` of coreference), with what it points back to or None.
    """
    starts, ordered = [row.start for row in sentences], sorted(found, key=lambda pair: pair[0].start)
    ids = {id(one): f"{article_id}:m{number:05d}" for number, (one, _) in enumerate(ordered, start=1)}
    return [
        {
            "mention_id": ids[id(one)],
            "article_id": article_id,
            "sentence_id": sentences[max(0, bisect_right(starts, one.start) - 1)].sentence_id,
            "start": one.start,
            "end": one.end,
            "text": text[one.start : one.end],
            "actor_id": one.actor_id,
            "form": one.form,
            "antecedent_id": ids.get(id(antecedent)),
            "rule": one.rule,
        }
        for one, antecedent in ordered
    ]
