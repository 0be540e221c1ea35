"""Lemmas of words, from simplemma's lists and rules, and for Dutch strong verbs from our own.

Reads the words of one sentence with their parts of speech and its language; returns a lemma for each word. The lists
are loaded at the first lemma of a language.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from analysis.contracts.words import load_pairs, load_words
from analysis.reading.strong_verbs import strong_infinitive, strong_infinitives

#: Parts of speech whose words are their own lemma.
AS_WRITTEN = frozenset({"PROPN", "NUM", "SYM", "PUNCT", "SPACE"})
LANGUAGES = ("nl", "en")
_INFINITIVES_TOO = load_words("reading", "past_or_infinitive", "nl")
"""Past forms that are as well the infinitive or present of another verb (`staken`: to strike): left as they are."""
_NO_MEMBERS = load_words("reading", "no_members", "nl")
"""Nouns in `leden` that are no plural of `lid`."""
_NOUNS = {language: load_pairs("reading", "plurals", language) for language in LANGUAGES}
"""Plurals that the lists leave as they are, or take for another word's form."""


def find_lemmas(words: Sequence[str], upos: Sequence[str], language: str) -> list[str]:
    """Return the lemma of each word of a sentence.

    Parameters
    ----------
    words
        The words of the sentence.
    upos
        Universal part of speech of each word.
    language
        ``nl`` or ``en``; words of other languages are their own lemma.

    Returns
    -------
    list of str
        Names, numbers and symbols as written; of other words the lemma, in lower case at the beginning of a sentence
        (marks before it do not count) and where the word stands in capitals.

    References
    ----------
    Barbaresi (2023), Simplemma: a simple multilingual lemmatizer for Python.

    Examples
    --------
    >>> find_lemmas(["‘", "Partijen", "steunden", "Trump"], ["PUNCT", "NOUN", "VERB", "PROPN"], "nl")
    ['‘', 'partij', 'steunen', 'Trump']
    """
    lemmas = []
    is_first = True
    for word, tag in zip(words, upos, strict=True):
        if tag in AS_WRITTEN or language not in LANGUAGES:
            lemmas.append(word)
        else:
            is_capital = is_first or (word.isupper() and len(word) > 1)
            lemmas.append(_find_lemma(word.lower() if is_capital else word, tag, language))
        is_first = is_first and tag == "PUNCT"
    return lemmas


@lru_cache(maxsize=50_000)
def _find_lemma(word: str, tag: str, language: str) -> str:
    from simplemma import lemmatize  # noqa: PLC0415  reading by rules does without its lists

    if tag == "NOUN" and word in _NOUNS[language]:
        return _NOUNS[language][word]
    if language == "nl" and tag == "NOUN" and word.endswith("leden") and word not in _NO_MEMBERS:
        return word.removesuffix("leden") + "lid"  # `kamerleden`; the rules lose the s of `raadsleden`
    if language == "nl" and tag == "VERB" and word not in _INFINITIVES_TOO:
        if word in strong_infinitives():
            return word  # `rijden` is no past of `rijen`
        if found := strong_infinitive(word):
            return found
    # The Dutch list marks where a separable verb divides (`op_lossen`).
    lemma = lemmatize(word, lang=language).replace("_", "") or word
    return _agree_with_tag(word, lemma, tag) if language == "nl" else lemma


def _agree_with_tag(word: str, lemma: str, tag: str) -> str:
    """Return a Dutch lemma that its part of speech allows: the list has one lemma for a word, whatever it is."""
    if tag == "VERB" and word.endswith("n") and (not lemma.endswith("n") or word.startswith(lemma)):
        return word  # to draw (`tekenen`), not a drawing (`teken`)
    if tag == "NOUN" and lemma == word + "e":
        return word  # an officer (`agent`) is no woman (`agente`)
    if tag in ("NOUN", "ADJ") and lemma.endswith("en") and not word.endswith("en"):
        return word  # rice (`rijst`), not to rise (`rijzen`)
    if tag == "ADJ" and word.endswith(("se", "sche")) and not lemma.endswith(("s", "sch")):
        return word[:-1]  # Belgian (`Belgische`), not the Belgian (`Belg`)
    return lemma
