"""Verb forms: the infinitive of a verb as it stands in a text, particle in front.

Reads tokens with a lemma, the strong verbs, ``verbs`` in ``data/languages`` and the forms of the news lexicon; returns
infinitives in lower case. A reading's lemma is taken where no list knows the form better.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from spacy.tokens import Token

from analysis.coding.language.events import load_events
from analysis.coding.language.lexicon import load_lexicon
from analysis.coding.language.record import language_of
from analysis.coding.syntax.trees import children, once, particle
from analysis.contracts.words import load_both, load_both_pairs
from analysis.reading.lemmas import find_lemmas
from analysis.reading.strong_verbs import INSEPARABLE, SEPARABLE, strong_infinitive, strong_infinitives, strong_verbs

UNACCUSATIVE = load_both("verbs", "unaccusative_verbs")
"""Dutch verbs that make their perfect with `zijn` and have no passive: `is gevallen` leaves nobody out."""
_IRREGULAR = load_both_pairs("verbs", "irregular_forms")
"""Forms that the reading leaves as they are."""


@once
def find_infinitive(verb: Token) -> str:
    """The infinitive of a verb, lower case, a separated particle in front (`aanvallen` for `viel ... aan`)."""
    language = language_of(verb)
    lemma = (verb.lemma_ or verb.text).lower()
    if not language.has("separable_verbs"):
        return _IRREGULAR.get(verb.lower_) or _known_forms(language.code).get(verb.lower_, lemma)
    is_inflected = verb.lower_.endswith(("de", "te", "ne")) and _is_attributive(verb)
    lemma = find_strong_infinitive(
        verb.lower_[:-1] if is_inflected else verb.lower_,
        lemma,
        language.code,
        is_past=verb.pos_ != "VERB"
        or "Past" in verb.morph.get("Tense", [])
        or "Part" in verb.morph.get("VerbForm", [])
        or is_inflected,
    )
    part = particle(verb)
    if part is not None and not lemma.startswith(part.lower_) and not children(part, ("fixed",)):
        return part.lower_ + lemma
    return lemma


@lru_cache(maxsize=20_000)
def find_strong_infinitive(word: str, lemma: str, code: str, *, is_past: bool) -> str:
    """The infinitive of a form in a language with separable verbs, strong forms included.

    Parameters
    ----------
    word : str
        The form in lower case, the ending of an attributive participle taken off.
    lemma : str
        What the reading gives for it.
    code : str
        The language.
    is_past : bool
        Whether it is past tense or a participle.

    Returns
    -------
    str

    Examples
    --------
    >>> find_strong_infinitive("bedrogen", "bedrogen", "nl", is_past=True)
    'bedriegen'
    >>> find_strong_infinitive("opgepakt", "opgepakte", "nl", is_past=True)
    'oppakken'
    >>> find_strong_infinitive("staken", "staken", "nl", is_past=False)
    'staken'
    """
    known = _known_forms(code)
    if word in known and (is_past or known[word] != word):
        return known[word]
    if (is_past or (lemma == word and word not in load_events(code).verbs)) and (found := strong_infinitive(word)):
        return found
    if is_past and lemma.endswith(("e", "d", "t")):
        lemma = find_lemmas(["-", word], ["PUNCT", "VERB"], code)[1].lower()
    return lemma if lemma.endswith("n") else _from_stem(word, code) or lemma


def _from_stem(word: str, code: str) -> str | None:
    """The known infinitive of a regular form (`bekende`, `wijst`), by the rules of Dutch spelling."""
    for part in ("", *SEPARABLE):
        if word.startswith(part + "ge") and word.endswith(("d", "t")) and len(word) > len(part) + 5:
            found = _from_stem(word[len(part) + 2 : -1], code)
            if found is not None:
                return part + found
    known = load_events(code).verbs.keys() | strong_infinitives()
    for ending in ("de", "te", "den", "ten", "t", ""):
        stem = word.removesuffix(ending)
        if not stem or (ending and stem == word):
            continue
        voiced = stem[:-1] + {"s": "z", "f": "v"}.get(stem[-1], stem[-1])
        single = stem[:-2] + stem[-1] if len(stem) > 2 and stem[-2] == stem[-3] else stem
        for candidate in (stem + "en", voiced + "en", stem + stem[-1] + "en", single + "en"):
            if candidate in known:
                return candidate
    return None


@lru_cache(maxsize=20_000)
def is_participle_form(word: str, infinitive: str) -> bool:
    """Whether a Dutch form can only be a past participle, whatever the reading calls it.

    Examples
    --------
    >>> is_participle_form("geschorst", "schorsen"), is_participle_form("gebeurt", "gebeuren")
    (True, False)
    >>> is_participle_form("ontslagen", "ontslaan"), is_participle_form("ontsloegen", "ontslaan")
    (True, False)
    """
    if not word.endswith(("d", "t", "en")):
        return False
    for part in ("", *SEPARABLE):
        if word.startswith(part + "ge") and infinitive.startswith(part) and not infinitive.startswith(part + "ge"):
            return True
    return any(
        word.startswith(prefix) and infinitive.startswith(prefix) and "ge" + word[len(prefix) :] in _participles()
        for prefix in INSEPARABLE
    )


@lru_cache(maxsize=1)
def _participles() -> frozenset[str]:
    return frozenset(row["participle"] for row in strong_verbs())


def _is_attributive(verb: Token) -> bool:
    return "Fin" not in verb.morph.get("VerbForm", [])


@lru_cache(maxsize=2)
def _known_forms(language: str) -> Mapping[str, str]:
    """One-word forms of the lexicon's verbs."""
    entries = (pair for pairs in load_lexicon(language).values() for pair in pairs)
    forms: dict[str, str] = {}
    for form, entry in sorted(entries, key=lambda pair: pair[1].term):
        if entry.pos == "verb" and len(form) == 1 and " " not in entry.term:
            forms.setdefault(form[0], entry.term)
    return forms
