"""Inflected forms of the words in a codebook, Dutch and English.

Reads one word or phrase as a codebook lists it; returns every form it may take in a text. The rules are
those of spelling, not a dictionary: they make a few forms that do not exist (``legeren``), which is
harmless for matching, and know no irregular plurals beyond those of ``data/languages``, in ``inflection``.
"""

from __future__ import annotations

import re
from itertools import product

from analysis.contracts.words import load_by_language, load_pairs, load_tuple, load_words

_VOWELS = "aeiou"
_LONG = re.compile(r"(aa|ee|oo|uu)([bcdfgklmnprstvz])\Z")
_OPEN = re.compile(r"(?:^|[^aeiouy])([aeou])([bcdfgklmnprstvz])\Z")
_DIGRAPH = re.compile(r"(?:aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|ai|l|n|r)([sf])\Z")
_HARD = {"v": "f", "z": "s"}
_SOFT = {"f": "v", "s": "z"}
_IRREGULAR_EN = load_pairs("inflection", "irregular_plurals", "en")
"""English nouns by how they end; a compound goes with its last part (`spokesman`, `grandchild`, `salesperson`)."""
_REGULAR_EN = load_tuple("inflection", "regular_endings", "en")
"""Endings that look like one of those and are not: `humans`, `Germans`."""
_SHORT_EN = load_words("inflection", "whole_words", "en")
"""Nouns of that list that are no last part of a compound."""
_ALSO_REGULAR_EN = load_words("inflection", "also_regular", "en")
"""Nouns of that list that have a regular plural as well (`persons`)."""
_UNCHANGED_EN = load_words("inflection", "unchanged_plurals", "en")
_IRREGULAR_NL = {
    singular: tuple(plurals.split())
    for singular, plurals in load_pairs("inflection", "irregular_plurals", "nl").items()
}
"""Dutch nouns by how they end, with their plurals; a compound goes with its last part (`Kamerlid`, `havenstad`)."""
_WHOLE_NL = load_words("inflection", "whole_words", "nl")
"""Nouns of that list that longer words end in by chance (`partei`, `islam`, `verbod`)."""
_PEOPLE_NL = load_tuple("inflection", "plurals_of_man", "nl")
"""What stands for `man` where several are meant (`brandweerlieden`, `vaklui`)."""
_PREPOSITIONS = load_by_language("inflection", "prepositions")
ADJECTIVE, PEOPLE, EITHER = "adjective", "people", "either"


def inflect_noun(word: str, language: str) -> frozenset[str]:
    """All forms of a noun that a codebook lists in the singular or the plural.

    Parameters
    ----------
    word : str
        The noun; its case is kept.
    language : str
        ``nl`` or ``en``.

    Returns
    -------
    frozenset of str
        The word itself, its plurals and, when it looks like a plural, its singulars with their plurals.

    Notes
    -----
    Dutch: ``-en`` with open and closed syllables, doubling, v/f and z/s, ``-s``, ``-'s``, ``-heden``.
    It cannot see stress, so both ``kabinetten`` and ``kabineten`` are made.

    Examples
    --------
    >>> sorted(inflect_noun("soldaat", "nl") & {"soldaat", "soldaten", "soldaatten"})
    ['soldaat', 'soldaten']
    >>> "Kamerleden" in inflect_noun("Kamerlid", "nl"), "spokespeople" in inflect_noun("spokesperson", "en")
    (True, True)
    """
    singulars = _singulars_nl if language == "nl" else _singulars_en
    plurals = _plurals_nl if language == "nl" else _plurals_en
    forms = {word}
    for singular in {word, *singulars(word)}:
        forms |= {singular, *plurals(singular)}
    return frozenset(forms)


def inflect_adjective(word: str, language: str) -> frozenset[str]:
    """All forms of an attributive adjective: in Dutch with and without ``-e``.

    Examples
    --------
    >>> sorted(inflect_adjective("groot", "nl"))
    ['groot', 'grote']
    """
    if language != "nl":
        return frozenset({word})
    forms = {word} if word.endswith("e") else {word, *_lengthen(word, "e")}
    if word.endswith("e") and len(word) > 3:
        forms |= _shorten(word[:-1])
    return frozenset(forms)


def inflect_phrase(phrase: str, language: str) -> frozenset[tuple[str, ...]]:
    """All forms of a description of one or more words.

    Parameters
    ----------
    phrase : str
        Adjectives, then a noun, then possibly a preposition with its words (``leider van de partij``).
    language : str
        ``nl`` or ``en``.

    Returns
    -------
    frozenset of tuple of str
        Word sequences; the noun before the first preposition is inflected as a noun, the words before
        it as adjectives, the words after it not at all.
    """
    words = phrase.split()
    stop = next((i for i, word in enumerate(words) if i and word in _PREPOSITIONS.get(language, ())), len(words))
    choices = [sorted(inflect_adjective(word, language)) for word in words[: stop - 1]]
    choices.append(sorted(inflect_noun(words[stop - 1], language)))
    choices += [[word] for word in words[stop:]]
    return frozenset(product(*choices))


def inflect_demonym(word: str, language: str) -> dict[str, str]:
    """Forms of a word for the country's people and things, with what each may be.

    Parameters
    ----------
    word : str
        An adjective (``Amerikaans``, ``American``) or a word for people (``Iraniër``).
    language : str
        ``nl`` or ``en``.

    Returns
    -------
    dict of str to str
        Form to ``adjective``, ``people``, or ``either`` where the next word must decide.
    """
    if language != "nl":
        forms = {form: PEOPLE for form in _plurals_en(word) if not word.endswith(("sh", "ch", "se"))}
        return {**forms, word: EITHER}
    forms = {}
    if not word.endswith(("s", "sch")):
        return dict.fromkeys(inflect_noun(word, "nl"), PEOPLE)
    if word.endswith("ees"):
        forms.update(dict.fromkeys(inflect_noun(word, "nl"), PEOPLE))
    elif word.endswith("isch"):
        stem = word[:-4]
        forms.update(dict.fromkeys({*_plurals_nl(stem), *_shorten(stem), stem + "er", stem + "ers"}, PEOPLE))
    else:
        stem = word.removesuffix("sch").removesuffix("s")
        people = {stem + "er", stem + "ers", word + "en"}
        if not stem.endswith("land"):  # Nederlands: the stem is the country itself
            people |= {stem, *_lengthen(stem, "en"), *_shorten(stem)}
        forms.update(dict.fromkeys(people, PEOPLE))
    forms.update(dict.fromkeys(inflect_adjective(word, "nl"), EITHER))
    return forms


def _lengthen(word: str, ending: str) -> set[str]:
    """A word with an ending that begins with a vowel: open syllable, doubling, v for f, z for s."""
    forms = set()
    if match := _LONG.search(word):
        consonant = match[2]
        stem = word[:-3] + match[1][0]
        forms |= {stem + consonant + ending, stem + _SOFT.get(consonant, consonant) + ending}
        if consonant in _SOFT:
            forms.add(word + ending)
    elif _OPEN.search(word) or re.search(r"(?:^|[^aeiouy])i[bdfgklmnprst]\Z", word):
        forms.add(word + word[-1] + ending)
        if len(re.findall(r"[aeiouy]+", word)) > 1:
            forms.add(word + ending)
    else:
        forms.add(word + ending)
        if match := _DIGRAPH.search(word):
            forms.add(word[:-1] + _SOFT[match[1]] + ending)
    return forms


def _shorten(stem: str) -> set[str]:
    """What a word may have been before an ending that begins with a vowel was added to `stem`."""
    forms = set()
    hard = stem[:-1] + _HARD.get(stem[-1:], stem[-1:])
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        forms.add(stem[:-1])
    elif match := _OPEN.search(stem):
        forms.add(hard[:-1] + match[1] + hard[-1])
        if len(re.findall(r"[aeiouy]+", stem)) > 1:
            forms.add(stem)
    else:
        forms |= {stem, hard}
    return forms


def _plurals_nl(word: str) -> set[str]:
    forms = {word + "s", *_irregular_plurals_nl(word)}
    if word.endswith("heid"):
        forms.add(word[:-4] + "heden")
    if word.endswith(("ie", "ee")):
        forms |= {word + "ën", word[:-1] + "ën"}
    elif word.endswith("e"):
        forms.add(word + "n")
    elif word[-1:] in "aiouy" and not word.endswith(("ij", "ou", "eu", "au")):
        forms.add(word + "'s")
    else:
        forms |= _lengthen(word, "en")
    return forms


def _irregular_plurals_nl(word: str) -> set[str]:
    lowered = word.lower()
    forms = {
        word[: len(word) - len(singular)] + plural
        for singular, plurals in _IRREGULAR_NL.items()
        for plural in plurals
        if lowered == singular or (lowered.endswith(singular) and singular not in _WHOLE_NL)
    }
    if lowered.endswith("man") and len(word) > 4:
        forms |= {word[:-3] + people for people in _PEOPLE_NL}
    if lowered.endswith("icus"):
        forms.add(word[:-2] + "i")
    return forms


def _irregular_singulars_nl(word: str) -> set[str]:
    lowered = word.lower()
    forms = {
        word[: len(word) - len(plural)] + singular
        for singular, plurals in _IRREGULAR_NL.items()
        for plural in plurals
        if lowered == plural or (lowered.endswith(plural) and singular not in _WHOLE_NL)
    }
    forms |= {word[: -len(people)] + "man" for people in _PEOPLE_NL if re.search(rf"[^aeiou]{people}\Z", lowered)}
    if lowered.endswith("ici"):
        forms.add(word[:-1] + "us")
    return forms


def _singulars_nl(word: str) -> set[str]:
    forms = _irregular_singulars_nl(word)
    if word.endswith("heden"):
        forms.add(word[:-5] + "heid")
    if word.endswith("eën"):
        forms |= {word[:-2]}
    elif word.endswith("en") and len(word) > 4:
        forms |= _shorten(word[:-2])
    elif re.search(r"(?:e[lmnr]|ie|eur|ier|or|ë?r|e|ar)s\Z", word) and len(word) > 4:
        forms.add(word[:-1])
    elif re.search(r"['’]s\Z", word):
        forms.add(word[:-2])
    return forms


def _plurals_en(word: str) -> set[str]:
    lowered = word.lower()
    if lowered in _UNCHANGED_EN:
        return {word}
    if not lowered.endswith(_REGULAR_EN):
        for singular, plural in _IRREGULAR_EN.items():
            if lowered == singular or (lowered.endswith(singular) and singular not in _SHORT_EN):
                forms = {word[: len(word) - len(singular)] + plural}
                return forms | {word + "s"} if singular in _ALSO_REGULAR_EN else forms
    if re.search(r"[^aeiou]y\Z", word):
        return {word[:-1] + "ies"}
    if re.search(r"(?:s|x|z|ch|sh)\Z", word):
        return {word + "es"}
    if re.search(r"(?:[lr]f|fe)\Z", word):
        return {re.sub(r"fe?\Z", "ves", word), word + "s"}
    return {word + "s"}


def _singulars_en(word: str) -> set[str]:  # noqa: PLR0911  # one return per spelling
    lowered = word.lower()
    if lowered in _UNCHANGED_EN - {"people"}:
        return set()
    for singular, plural in _IRREGULAR_EN.items():
        if lowered == plural or (lowered.endswith(plural) and singular not in _SHORT_EN):
            return {word[: len(word) - len(plural)] + singular}
    if word.endswith("ies") and len(word) > 4:
        return {word[:-3] + "y"}
    if re.search(r"[lr]ves\Z", word):
        return {word[:-3] + "f", word[:-1]}
    if word.endswith("ives"):
        return {word[:-3] + "fe", word[:-1]}
    if re.search(r"(?:ss|x|z|ch|sh)es\Z", word):
        return {word[:-2]}
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return {word[:-1]}
    return set()
