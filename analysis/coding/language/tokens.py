"""Words with their place in the text, and the word lists that tell names from other capitals.

Reads plain text; returns words as (start, end, text). Coders use these words, not a parser's, so that
they give the same rows whatever stands behind ``reading=``. The lists stand in ``data/languages``, in ``text``,
``names``, ``titles`` and ``organisations``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from spacy.util import get_lang_class

from analysis.contracts.words import load_both, load_by_language

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’\-‑&][^\W_]+)*")


def any_of(words: Iterable[str]) -> str:
    """A group of a regular expression that matches any of the words, the longest first.

    Examples
    --------
    >>> any_of({"weg", "straat"})
    '(?:straat|weg)'
    """
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"


class Word(NamedTuple):
    """One word: half-open characters in the article, and the word itself."""

    start: int
    end: int
    text: str


def split_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Words of ``text[start:end]``; apostrophes, hyphens and abbreviations stay inside a word.

    Examples
    --------
    >>> [word.text for word in split_words("Asa’ib al-Haq in the U.S., zei hij.")]
    ['Asa’ib', 'al-Haq', 'in', 'the', 'U.S.', 'zei', 'hij']
    """
    stop = len(text) if end is None else end
    return [Word(match.start(), match.end(), match[0]) for match in _WORD.finditer(text, start, stop)]


def are_adjacent(text: str, left: Word, right: Word) -> bool:
    """Whether only white space, or the full stop of an initial or title, stands between two words."""
    gap = text[left.end : right.start]
    if gap in (" ", "\xa0", "\n"):
        return True
    if gap == ". ":
        return len(left.text) == 1 or left.text.lower() in _ABBREVIATED
    return gap.isspace() and gap.count("\n") < 2


def is_capitalised(word: str) -> bool:
    """Whether the word begins with a capital, or with a lower-case name particle (al-Khazali)."""
    return word[0].isupper() or (word[:3] in ("al-", "el-") and word[3:4].isupper())


_ABBREVIATED = load_both("titles", "abbreviated_titles")
PARTICLES = load_both("names", "particles")

TITLES = load_by_language("titles", "titles")
"""Words that stand before a person's name and belong to the mention."""

PLACE_PREPOSITIONS = load_by_language("text", "place_prepositions")
"""Prepositions after which the name of a place is the place."""

DETERMINERS = load_both("text", "determiners")
GROUP_HEADS = load_both("organisations", "group_heads")
"""Heads of a compound that names the same organisation (``Kataib Hezbollah-militie``)."""

_NOT_ACTORS = load_both("text", "never_actors")
_DATE = re.compile(r"\d{1,2}[-‑]\w{3,9}[-‑]\d{2,4}")
_EXTRA_STARTERS = load_both("text", "sentence_openers")


@cache
def function_words(language: str) -> frozenset[str]:
    """Lower-case words that are no names even where they begin a sentence: spaCy's stop words and more."""
    stop_words = get_lang_class(language).Defaults.stop_words
    return frozenset(word.replace("’", "'") for word in stop_words) | _EXTRA_STARTERS


def is_never_actor(word: str) -> bool:
    """Whether a capitalised word is a date, day, month, feast, language, currency, time zone or medium.

    Examples
    --------
    >>> is_never_actor("Maandag"), is_never_actor("02-Jul-08"), is_never_actor("USD"), is_never_actor("VVD")
    (True, True, True, False)
    """
    return word.lower().replace("’", "'") in _NOT_ACTORS or _DATE.fullmatch(word) is not None
