"""Names of organisations that begin with a noun of their kind: ``Vereniging Oude Delft``, ``Bouwfonds Delta``.

Reads the scene of an article; tells whether a noun belongs to the name after it, and which part of a name may stand for
all of it (``Delta``). Institutions that bear the name of their place (``Universiteit Leiden``) have no such part. It
cannot tell a noun of the name from a description where both open a sentence; short lists of nouns decide, in
``data/languages``, in ``organisations``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.coding.language.gender import gender_of_name
from analysis.coding.language.tokens import PLACE_PREPOSITIONS, TITLES, Word, any_of
from analysis.coding.mentions.scene import Scene
from analysis.contracts.words import load_both

_IN_NAME = re.compile(rf"{any_of(load_both('organisations', 'kinds_in_names'))}\Z", re.IGNORECASE)
"""Kinds that are a part of the name: what an organisation is in law, or calls itself."""
_DESCRIBES = re.compile(rf"{any_of(load_both('organisations', 'describing_kinds'))}\Z", re.IGNORECASE)
"""Kinds that only describe: a capital at the beginning of a sentence makes them no part of the name after them."""
_NAMED_AFTER_PLACE = load_both("organisations", "named_after_place")
"""Kinds whose branches bear the name of a place as well (``Omroep Brabant``): one word after them may be that place."""
_BEFORE_ACTORS = load_both("organisations", "prepositions_before_actors")
"""Prepositions of place that actors follow as well (``hij werkt bij Delta``)."""


def is_kind(word: str) -> bool:
    """Whether a word is a noun for a kind of organisation.

    Examples
    --------
    >>> is_kind("Bouwfonds"), is_kind("Energiebedrijf"), is_kind("Delta"), is_kind("Universiteit")
    (True, True, False, False)
    """
    return len(word) > 3 and (_IN_NAME.search(word) is not None or _DESCRIBES.search(word) is not None)


def take_kind(scene: Scene, first: int, sentence: int) -> int:
    """First word of an organisation's name, with the noun of its kind before it where that is written as a part of it.

    Parameters
    ----------
    scene : Scene
        The article.
    first : int
        First word of the name as it was found.
    sentence : int
        Number of its sentence.

    Returns
    -------
    int
        `first`, or the word before it.
    """
    start = scene.starts[sentence]
    k = first - 1
    if k < start or k in scene.ignored or not scene.adjoins(k) or not scene.words[k].text[0].isupper():
        return first
    word = scene.words[k].text
    is_inside = k > start and is_kind(word)
    return k if is_inside or _IN_NAME.search(word) is not None else first


def short_part(scene: Scene, words: Sequence[str]) -> str | None:
    """The part of an organisation's name that may stand for all of it: what follows the noun of its kind.

    Parameters
    ----------
    scene : Scene
        The article.
    words : sequence of str
        The words of the name.

    Returns
    -------
    str or None
        None where the name does not begin with such a noun, or what follows it is the name of a place or person: the
        article has it where only a place stands (``in Delft``), or after a first name or title; or it is a country or a
        place of the codebook.
    """
    if len(words) < 2 or not is_kind(words[0]):
        return None
    part = words[1:]
    if not part[0][0].isupper() or (len(part) == 1 and words[0] in _NAMED_AFTER_PLACE):
        return None
    if part[0] in scene.places or " ".join(part) in scene.countries or _is_other(scene, part):
        return None
    return " ".join(part)


def _is_other(scene: Scene, part: Sequence[str]) -> bool:
    """Whether the words are also a place, or a person, somewhere in the article."""
    words: Sequence[Word] = scene.words
    size = len(part)
    betraying = PLACE_PREPOSITIONS[scene.language] - _BEFORE_ACTORS | TITLES[scene.language]
    for k in range(len(words) - size):
        before = words[k].text
        if [word.text for word in words[k + 1 : k + 1 + size]] == list(part) and scene.adjoins(k):
            is_first_name = before[0].isupper() and gender_of_name(before) is not None
            if before.lower() in betraying or is_first_name:
                return True
    return False
