"""Gender of persons in news: from first names, titles and nouns.

Reads words; returns ``m``, ``f`` or nothing. The first names (``data/languages``, ``first_names``) are a short list and
our own: common Dutch and Flemish, English, Arabic, Turkish and a few other names. A name that both men and women bear
(``Kim``, ``Robin``) has no gender. It cannot see how somebody wants to be called.
"""

from __future__ import annotations

import re

from analysis.contracts.words import load_both

MALE, FEMALE = "m", "f"
_MEN = load_both("first_names", "men")
_WOMEN = load_both("first_names", "women")
_FEMALE_NOUN = re.compile(
    r"(?:vrouw|meisje|moeder|dochter|oma|zus|zuster|tante|nicht|weduwe|echtgenote|vriendin|koningin|prinses|gravin|keizerin|"
    r"actrice|directrice|lerares|boerin|gastvrouw|mevrouw|non|dame|voorzitster|woordvoerster|[a-z]{3,}(?:ster|trice|euse)|"
    r"keepster|schrijfster|zangeres|danseres|barones|politica|bewindsvrouw|topvrouw|voorvrouw|woman|girl|mother|daughter|"
    r"grandmother|sister|aunt|niece|widow|wife|queen|princess|actress|spokeswoman|chairwoman|congresswoman|lady|mrs|ms|"
    r"miss|mw|heldin|studente|journaliste|advocate|presidente|astronome|debutante|assistente|docente)\Z"
)
_NO_FEMALE = load_both("descriptions", "not_female")
_NO_FEMALE_ENDINGS = tuple(sorted(load_both("descriptions", "not_female_endings")))
_MALE_NOUN = re.compile(
    r"(?:(?<![a-z])(?:man|jongen)|vader|zoon|opa|broer|oom|neef|weduwnaar|echtgenoot|koning|prins|graaf|keizer|heer|meneer|"
    r"pater|bisschop|paus|imam|sjeik|ayatollah|voorman|topman|bewindsman|zakenman|brandweerman|cameraman|raadsman|"
    r"zegsman|buurman|visserman|vastgoedman|jongeman|boy|father|son|grandfather|brother|uncle|nephew|widower|husband|"
    r"king|prince|spokesman|chairman|congressman|businessman|mr|sir|lord|pope|policeman|dhr|(?<![a-z])oud-koning)\Z"
)


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
    if _FEMALE_NOUN.search(lowered):
        return FEMALE
    return MALE if _MALE_NOUN.search(lowered) else None


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
