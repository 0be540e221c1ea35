"""Inflected forms of the words in a codebook.

Reads one word or phrase as a codebook lists it; returns every form it may take in a text. The rules are those of
spelling, not a dictionary: they make a few forms that do not exist (``legeren``), which is harmless for matching, and
know no irregular plurals beyond those of ``data/languages``, in ``inflection``. A language with the trait
``open_syllables`` is inflected as Dutch is, another as English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from analysis.coding.language.record import Language, get_language

_VOWELS = "aeiou"
_LONG = re.compile(r"(aa|ee|oo|uu)([bcdfgklmnprstvz])\Z")
_OPEN = re.compile(r"(?:^|[^aeiouy])([aeou])([bcdfgklmnprstvz])\Z")
_DIGRAPH = re.compile(r"(?:aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|ai|l|n|r)([sf])\Z")
_HARD = {"v": "f", "z": "s"}
_SOFT = {"f": "v", "s": "z"}
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
    grammar = get_language(language)
    has_en = grammar.has("open_syllables")
    singulars, plurals = (_singulars_of_en, _plurals_in_en) if has_en else (_singulars_of_s, _plurals_in_s)
    forms = {word}
    for singular in {word, *singulars(word, grammar)}:
        forms |= {singular, *plurals(singular, grammar)}
    return frozenset(forms)


def inflect_adjective(word: str, language: str) -> frozenset[str]:
    """All forms of an attributive adjective: with and without ``-e`` where the language has it.

    Examples
    --------
    >>> sorted(inflect_adjective("groot", "nl"))
    ['groot', 'grote']
    """
    if not get_language(language).has("open_syllables"):
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
    words, prepositions = phrase.split(), get_language(language).words("inflection", "prepositions")
    stop = next((i for i, word in enumerate(words) if i and word in prepositions), len(words))
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
    grammar = get_language(language)
    if not grammar.has("open_syllables"):
        plurals = set() if word.endswith(("sh", "ch", "se")) else _plurals_in_s(word, grammar)
        return {**dict.fromkeys(plurals, PEOPLE), word: EITHER}
    if not word.endswith(("s", "sch")):
        return dict.fromkeys(inflect_noun(word, language), PEOPLE)
    if word.endswith("ees"):
        people = set(inflect_noun(word, language))
    elif word.endswith("isch"):
        stem = word[:-4]
        people = {*_plurals_in_en(stem, grammar), *_shorten(stem), stem + "er", stem + "ers"}
    else:
        stem = word.removesuffix("sch").removesuffix("s")
        people = {stem + "er", stem + "ers", word + "en"}
        if not stem.endswith("land"):  # Nederlands: the stem is the country itself
            people |= {stem, *_lengthen(stem, "en"), *_shorten(stem)}
    adjectives = {
        form: EITHER if form.endswith(("e", "ees")) else ADJECTIVE for form in inflect_adjective(word, language)
    }
    return {**dict.fromkeys(people, PEOPLE), **adjectives}


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


def _irregular_pairs(grammar: Language) -> Iterator[tuple[str, str, bool]]:
    """Irregular nouns as singular and plural, and whether a compound may end in them.

    It goes with its last part (`Kamerlid`, `spokesman`); other longer words end in such a noun by chance (`partij`).
    """
    whole = grammar.words("inflection", "whole_words")
    for singular, plurals in grammar.pairs("inflection", "irregular_plurals").items():
        for plural in plurals.split():
            yield singular, plural, singular not in whole


def _irregular_plurals(word: str, grammar: Language) -> set[str]:
    lowered = word.lower()
    if lowered.endswith(grammar.in_order("inflection", "regular_endings")):
        return set()  # human, German
    return {
        word[: len(word) - len(singular)] + plural
        for singular, plural, has_compounds in _irregular_pairs(grammar)
        if lowered == singular or (has_compounds and lowered.endswith(singular))
    }


def _irregular_singulars(word: str, grammar: Language) -> set[str]:
    lowered = word.lower()
    return {
        word[: len(word) - len(plural)] + singular
        for singular, plural, has_compounds in _irregular_pairs(grammar)
        if lowered == plural or (has_compounds and lowered.endswith(plural))
    }


def _plurals_in_en(word: str, grammar: Language) -> set[str]:
    """Dutch plurals: ``-en``, ``-s``, ``-'s``, ``-heden``."""
    lowered = word.lower()
    forms = {word + "s", *_irregular_plurals(word, grammar)}
    if lowered.endswith("man") and len(word) > 4:
        forms |= {word[:-3] + people for people in grammar.in_order("inflection", "plurals_of_man")}
    if lowered.endswith("icus"):
        forms.add(word[:-2] + "i")
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


def _singulars_of_en(word: str, grammar: Language) -> set[str]:
    lowered = word.lower()
    forms = _irregular_singulars(word, grammar)
    for people in grammar.in_order("inflection", "plurals_of_man"):
        if re.search(rf"[^aeiou]{people}\Z", lowered):
            forms.add(word[: -len(people)] + "man")
    if lowered.endswith("ici"):
        forms.add(word[:-1] + "us")
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


def _plurals_in_s(word: str, grammar: Language) -> set[str]:
    """English plurals: ``-s``, ``-es``, ``-ies``, ``-ves``."""
    lowered, also_regular = word.lower(), grammar.words("inflection", "also_regular")
    if lowered in grammar.words("inflection", "unchanged_plurals"):
        return {word}
    if irregular := _irregular_plurals(word, grammar):
        return irregular | ({word + "s"} if lowered.endswith(tuple(also_regular)) else set())
    if re.search(r"[^aeiou]y\Z", word):
        return {word[:-1] + "ies"}
    if re.search(r"(?:s|x|z|ch|sh)\Z", word):
        return {word + "es"}
    if re.search(r"(?:[lr]f|fe)\Z", word):
        return {re.sub(r"fe?\Z", "ves", word), word + "s"}
    return {word + "s"}


_SINGULARS = (
    (r"(?<=..)ies\Z", ("y",)),
    (r"([lr])ves\Z", (r"\1f", r"\1ve")),
    (r"ives\Z", ("ife", "ive")),
    (r"(ss|x|z|ch|sh)es\Z", (r"\1",)),
    (r"(?<=..)([^sui])s\Z", (r"\1",)),
)
"""English endings of the plural, first fit first, each with those of the singular."""


def _singulars_of_s(word: str, grammar: Language) -> set[str]:
    if word.lower() in grammar.words("inflection", "unchanged_plurals") - {"people"}:
        return set()
    if irregular := _irregular_singulars(word, grammar):
        return irregular
    for ending, singulars in _SINGULARS:
        if re.search(ending, word):
            return {re.sub(ending, singular, word) for singular in singulars}
    return set()
