"""When a place stands for its government: a declared reading that `find_mentions` can switch off.

Reads the words around the name of a place; returns whether the place acts or is acted upon
(``Washington reageerde``, ``volgens Teheran``, ``om Teheran de schuld te geven``) or is only where
something happens (``in Bagdad``, ``Bagdad, Irak``, ``de straten van Bagdad``). Position and preposition
decide, no list of verbs. It cannot see a sports club, or a city as such (``Washington telt 700.000 inwoners``).
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.coding.mentions_tokens import (
    DETERMINERS,
    PLACE_PREPOSITIONS,
    Word,
    are_adjacent,
    is_capitalised,
    word_set,
)

_PLACE_NOUNS = word_set(
    "centrum stad hoofdstad straten straat plein buitenwijken buitenwijk wijk wijken inwoners bewoners "
    "burgemeester luchthaven vliegveld universiteit noorden zuiden oosten westen haven regio provincie "
    "omgeving metro theater slag beurs ambassade station city capital streets street suburbs suburb residents "
    "mayor airport university north south east west port region province district outskirts center centre "
    "embassy battle"
)
_PRESSURE = word_set("druk kritiek beroep sancties hoop pressure criticism sanctions call")
_COORDINATORS = word_set("en of and or als")


def is_metonym(text: str, words: Sequence[Word], i: int, last: int, floor: int, stop: int, language: str) -> bool:
    """Whether the place at ``words[i..last]`` stands for those who govern there.

    Parameters
    ----------
    text : str
        The article.
    words : sequence of Word
        All words of the article.
    i, last : int
        First and last word of the place.
    floor, stop : int
        First word that may be looked at to the left; end of the sentence to the right.
    language : str
        ``nl`` or ``en``.

    Returns
    -------
    bool
    """
    follows = words[last + 1] if last + 1 < stop else None
    between = text[words[last].end : follows.start] if follows else text[words[last].end : words[last].end + 2]
    if follows is not None and are_adjacent(text, words[last], follows) and is_capitalised(follows.text):
        return False  # Washington Post
    if follows is not None and between == ", " and is_capitalised(follows.text):
        return False  # Bagdad, Irak
    if between.lstrip()[:1] in ("(", "–", "—", "-") and (i == floor or _opens_line(text, words[i])):
        return False  # a dateline
    return not _is_place(text, words, i, floor, language)


def _opens_line(text: str, word: Word) -> bool:
    return word.start == 0 or text[word.start - 1] == "\n"


def _is_place(text: str, words: Sequence[Word], i: int, floor: int, language: str) -> bool:  # noqa: PLR0911
    k = i - 1
    if k < floor or not are_adjacent(text, words[k], words[i]):
        return False
    before = words[k].text
    lowered = before.lower()
    if lowered in DETERMINERS and k - 1 >= floor:
        k -= 1
        lowered = words[k].text.lower()
    elif is_capitalised(before) and k > floor and lowered not in ("in", "maar", "ook"):
        return True  # George Washington
    if lowered in PLACE_PREPOSITIONS[language] or lowered in _PLACE_NOUNS:
        return True
    previous = words[k - 1].text.lower() if k - 1 >= floor else ""
    if lowered in ("op", "on", "over"):
        return previous not in _PRESSURE
    if lowered in ("van", "of"):
        return previous in _PLACE_NOUNS
    if lowered in _COORDINATORS and k - 2 >= floor and is_capitalised(words[k - 1].text):
        return words[k - 2].text.lower() in PLACE_PREPOSITIONS[language]
    return False
