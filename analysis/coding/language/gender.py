"""Gender of persons in news: from first names, titles and nouns.

Reads words; returns ``m``, ``f`` or nothing. The first names (``data/languages``, ``first_names``) are a short list and
our own: common Dutch and Flemish, English, Arabic, Turkish and a few other names. A name that both men and women bear
(``Kim``, ``Robin``) has no gender. It cannot see how somebody wants to be called.
"""

from __future__ import annotations

import re

from analysis.coding.language.tokens import any_of
from analysis.contracts.words import load_both

MALE, FEMALE = "m", "f"
_MEN = load_both("first_names", "men")
_WOMEN = load_both("first_names", "women")
_FEMALE_NOUNS = tuple(sorted(load_both("descriptions", "female_nouns")))
"""Nouns for women; a compound goes with its last part."""
_FEMALE_ENDING = re.compile(rf"[a-z]{{3,}}{any_of(load_both('descriptions', 'female_endings'))}\Z")
_NO_FEMALE = load_both("descriptions", "not_female")
_NO_FEMALE_ENDINGS = tuple(sorted(load_both("descriptions", "not_female_endings")))
_MALE_NOUNS = tuple(sorted(load_both("descriptions", "male_nouns")))
_MALE_WORDS = load_both("descriptions", "male_words")
"""Nouns for men that longer words for anybody end in (``woman``)."""


def gender_of_noun(noun: str) -> str | None:
    """Gender that a noun for a person has by its meaning.

    Examples
    --------
    >>> gender_of_noun("woordvoerster"), gender_of_noun("zakenman"), gender_of_noun("minister")
    ('f', 'm', None)
    """
    lowered = noun.lower().rstrip(".")
    if lowered in _NO_FEMALE or lowered.endswith(_NO_FEMALE_ENDINGS):
        return None
    if lowered.endswith(_FEMALE_NOUNS) or _FEMALE_ENDING.search(lowered):
        return FEMALE
    return MALE if lowered.endswith(_MALE_NOUNS) or lowered.rpartition("-")[2] in _MALE_WORDS else None


def gender_of_name(first_name: str) -> str | None:
    """Gender of those who mostly bear a first name.

    Examples
    --------
    >>> gender_of_name("Hanneke"), gender_of_name("Recep"), gender_of_name("Robin")
    ('f', 'm', None)
    """
    lowered = _plain(first_name)
    if (lowered in _MEN) == (lowered in _WOMEN):
        return None
    return MALE if lowered in _MEN else FEMALE


def _plain(name: str) -> str:
    table = str.maketrans("áàâäãåéèêëíìîïóòôöõøúùûüçñýğşıšžčć", "aaaaaaeeeeiiiioooooouuuucnygsiszcc")
    return name.lower().translate(table)
