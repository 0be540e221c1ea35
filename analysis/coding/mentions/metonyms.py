"""When a place stands for its government: a declared reading that `find_mentions` can switch off.

Reads the scene around the name of a place; returns whether the place acts or is addressed (``Washington reageerde``,
``volgens Teheran``, ``om Teheran de schuld te geven``) or is only where something happens (``in Bagdad``, ``Bagdad,
Irak``, ``de straten van Bagdad``). Where there is a tree, its role decides (`metonym_roles`); without one,
position and preposition. It cannot see a sports club, nor a person of the same name.
"""

from __future__ import annotations

from analysis.coding.language.tokens import DETERMINERS, PLACE_PREPOSITIONS, are_adjacent, is_capitalised
from analysis.coding.mentions.metonym_roles import acts, is_heard
from analysis.coding.mentions.scene import Scene
from analysis.contracts.words import load_both

_PLACE_NOUNS = load_both("metonyms", "place_nouns")
_PRESSURE = load_both("metonyms", "pressure_nouns")
_PRESSURE_PREPOSITIONS = load_both("metonyms", "pressure_prepositions")
_GENITIVES = load_both("metonyms", "genitives")
_COORDINATORS = load_both("metonyms", "coordinators")
_OPENERS = load_both("metonyms", "openers")


def is_metonym(scene: Scene, i: int, last: int, floor: int, stop: int) -> bool:
    """Whether the place at ``words[i..last]`` stands for those who govern there.

    Parameters
    ----------
    scene : Scene
        The article.
    i, last : int
        First and last word of the place.
    floor, stop : int
        First word that may be looked at to the left; end of the sentence to the right.

    Returns
    -------
    bool
    """
    text, words = scene.text, scene.words
    follows = words[last + 1] if last + 1 < stop else None
    between = text[words[last].end : follows.start] if follows else text[words[last].end : words[last].end + 2]
    if follows is not None and are_adjacent(text, words[last], follows) and is_capitalised(follows.text):
        return False  # Washington Post
    if follows is not None and between == ", " and is_capitalised(follows.text):
        return False  # Bagdad, Irak
    opens = i == floor or _opens_line(scene, i)
    if between.lstrip()[:1] in ("(", "–", "—", "-") and opens:
        return False  # a dateline
    if between.startswith(":") and opens and scene.text[words[last].end + 1 : words[last].end + 2] == " ":
        return True  # Brussel: lidstaten moeten begroting aanpassen
    if is_in_place(scene, i, floor) and not (scene.has_tree and is_heard(scene, i)):
        return False
    return not scene.has_tree or acts(scene, i, last)


def is_in_place(scene: Scene, i: int, floor: int) -> bool:  # noqa: PLR0911
    """Whether the words before the name of a place say that it is only a place (``in Irak``, ``George Washington``)."""
    text, words, language = scene.text, scene.words, scene.language
    k = i - 1
    if k < floor or not are_adjacent(text, words[k], words[i]):
        return False
    before = words[k].text
    lowered = before.lower()
    if lowered in DETERMINERS and k - 1 >= floor:
        k -= 1
        lowered = words[k].text.lower()
    elif is_capitalised(before) and k > floor and lowered not in _OPENERS:
        return True  # George Washington
    if lowered in PLACE_PREPOSITIONS[language] or lowered in _PLACE_NOUNS:
        return True
    previous = words[k - 1].text.lower() if k - 1 >= floor else ""
    if lowered in _PRESSURE_PREPOSITIONS:
        return previous not in _PRESSURE
    if lowered in _GENITIVES:
        return previous in _PLACE_NOUNS
    if lowered in _COORDINATORS and k - 2 >= floor and is_capitalised(words[k - 1].text):
        return words[k - 2].text.lower() in PLACE_PREPOSITIONS[language]
    return False


def _opens_line(scene: Scene, i: int) -> bool:
    start = scene.words[i].start
    return start == 0 or scene.text[start - 1] == "\n"
