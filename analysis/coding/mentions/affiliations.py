"""Where a person's name ends, and where or to whom they belong begins: ``Anna de Vries van Dordrecht``.

Reads the words of an article; returns the last word of the name. In Dutch ``van`` may be part of a name (``Anna van
Dordrecht``) or follow it; what stands before it, and what the rest of the article calls this person, decide. It cannot
tell an unknown first name from a last name where neither is named again (``minister Jansen van Galen``).
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.coding.language.gender import gender_of_name
from analysis.coding.language.tokens import (
    DETERMINERS,
    PARTICLES,
    TITLES,
    Word,
    are_adjacent,
    function_words,
    is_capitalised,
)
from analysis.coding.mentions.names import FIRST_PARTICLES, ROUTE, SURNAME_PARTICLES
from analysis.contracts.words import load_both, load_by_language

_TIES = load_by_language("names", "ties")
"""Prepositions between a name and where or to whom its bearer belongs."""
_IN_NAMES = load_both("names", "ties_in_names")
"""Those that may be part of a name as well (``Anna van Dijk``, ``Philip of Greece``)."""
_PORTFOLIOS = load_both("titles", "portfolios")
"""What ministers are of; after a last name alone it shows that this is no first name."""


def end_of_name(text: str, words: Sequence[Word], first: int, last: int, *, is_titled: bool, language: str) -> int:
    """Index of the last word of a person's name, without where or to whom they belong.

    Parameters
    ----------
    text : str
        The article.
    words : sequence of Word
        All its words.
    first, last : int
        First and last word of what was found to be a person, without title.
    is_titled : bool
        Whether a title stands before it: a last name alone may follow one.
    language : str
        ``nl`` or ``en``.

    Returns
    -------
    int
        `last` where nothing follows the name.

    Examples
    --------
    >>> from analysis.coding.language.tokens import split_words
    >>> def cut(text, language="nl"):
    ...     words = split_words(text)
    ...     end = end_of_name(text, words, 0, len(words) - 1, is_titled=False, language=language)
    ...     return text[: words[end].end]
    >>> cut("Anna de Vries van Dordrecht"), cut("Anna van Dordrecht"), cut("Jan Willem van Dijk")
    ('Anna de Vries', 'Anna van Dordrecht', 'Jan Willem van Dijk')
    >>> cut("Anna Smith of Leeds", "en")
    'Anna Smith'
    """
    for k in range(first + 1, last):
        tie = words[k].text
        if tie not in _TIES.get(language, ()) or not _is_tail(words, k + 1, last):
            continue
        if tie not in _IN_NAMES:
            return k - 1
        if _is_complete(text, words, first, k, last, is_titled, language):
            return k - 1
    return last


def _is_tail(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether the words after the preposition are a name, perhaps with an article."""
    while first < last and words[first].text in DETERMINERS:
        first += 1
    return is_capitalised(words[first].text)


def _is_complete(
    text: str, words: Sequence[Word], first: int, tie: int, last: int, is_titled: bool, language: str
) -> bool:
    """Whether the words before ``van`` have a last name already."""
    before = [word.text for word in words[first:tie]]
    if not is_capitalised(before[-1]) or _is_surname_elsewhere(text, words, tie, last):
        return False
    if len(before) > 1 and (before[0] in FIRST_PARTICLES or any(word.lower() in PARTICLES for word in before[1:])):
        return True
    is_initial = len(before[-1].rstrip(".")) == 1 or "." in before[-1]
    if is_initial or gender_of_name(before[-1].partition("-")[0]) is not None:
        return False
    if len(before) > 1:
        return True
    if language == "en":
        return is_titled
    return words[tie + 1].text in _PORTFOLIOS or (
        is_titled and _is_called(text, words, before[0], range(first, tie), language)
    )


def _is_surname_elsewhere(text: str, words: Sequence[Word], tie: int, last: int) -> bool:
    """Whether the article calls somebody by these very words (``Van Dordrecht zei``), or with a first name alone."""
    if words[tie].text not in SURNAME_PARTICLES:
        return False
    tail = tuple(word.text for word in words[tie + 1 : last + 1])
    size = len(tail)
    for k in range(len(words) - size):
        if k == tie or words[k].text.lower() != words[tie].text:
            continue
        if tuple(word.text for word in words[k + 1 : k + 1 + size]) != tail:
            continue
        follows = words[k + 1 + size].text if k + 1 + size < len(words) else ""
        before = words[k - 1].text if k and are_adjacent(text, words[k - 1], words[k]) else ""
        if words[k].text[0].isupper():
            if follows not in ROUTE:
                return True
        elif before and gender_of_name(before) is not None:
            return True
    return False


def _is_called(text: str, words: Sequence[Word], name: str, here: range, language: str) -> bool:
    """Whether a word stands elsewhere as a name of its own: with no other name beside it and no ``van`` after it."""
    stops, titles = function_words(language), TITLES.get(language, frozenset())
    for k, word in enumerate(words):
        if word.text != name or k in here:
            continue
        follows = words[k + 1].text if k + 1 < len(words) and are_adjacent(text, word, words[k + 1]) else ""
        before = words[k - 1].text if k and are_adjacent(text, words[k - 1], word) else ""
        is_alone = not is_capitalised(before) if before else True
        is_alone = is_alone or before.lower() in titles or before.lower() in stops
        if is_alone and follows.lower() not in SURNAME_PARTICLES and not follows[:1].isupper():
            return True
    return False
