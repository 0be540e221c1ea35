"""The language of an article.

Reads clean text; returns an ISO 639-1 code. Deterministic, offline, and restricted to a dozen languages that
turn up among Dutch and English news, because a free choice among a hundred is often wrong on short texts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from analysis.contracts.words import list_languages

SUPPORTED = list_languages()
"""Languages that the coders have words of; articles in others keep their row and sentences."""
CANDIDATES = ("nl", "en", "de", "fr", "es", "it", "pt", "pl", "tr", "ar", "fa", "he", "ru", "uk")
_NAMES = {
    "dutch": "nl", "nederlands": "nl", "nld": "nl", "dut": "nl", "vlaams": "nl", "flemish": "nl",
    "english": "en", "engels": "en", "eng": "en",
    "german": "de", "duits": "de", "deutsch": "de", "deu": "de", "ger": "de",
    "french": "fr", "frans": "fr", "français": "fr", "fra": "fr", "fre": "fr",
    "spanish": "es", "spaans": "es", "español": "es", "spa": "es",
    "turkish": "tr", "turks": "tr", "tur": "tr", "arabic": "ar", "arabisch": "ar", "ara": "ar",
}  # fmt: skip
_DUTCH_WORDS = (
    "de het een en van dat die niet zijn met voor op te er ook maar om naar bij uit aan door over werd heeft "
    "wordt hij ze ik je wat nog als dan dit zegt zei tegen geen wel was hun haar onder na"
)
_ENGLISH_WORDS = (
    "the a an and of that not are with for on to there also but from at by about was has is he they you it his "
    "her this says said against no which were be have will as after their who what"
)
_STOP_WORDS = {"nl": frozenset(_DUTCH_WORDS.split()), "en": frozenset(_ENGLISH_WORDS.split())}
_MIN_LETTERS = 60
"""Below this the statistical detector guesses; function words of Dutch and English are counted instead."""
_MAX_CHARACTERS = 5_000


def detect_language(text: str, *, default: str = "nl") -> str:
    """Detect the language of a text.

    Parameters
    ----------
    text : str
        Clean text; the first 5,000 characters count.
    default : str
        What a text is taken for when it gives no evidence.

    Returns
    -------
    str
        One of `CANDIDATES`, or `default`.

    Notes
    -----
    Long texts go to py3langid (Lui & Baldwin, 2012). Short ones in Latin script are Dutch or English by the number
    of function words they hold, and `default` on a tie. An article in two languages gets the one it has most of.

    References
    ----------
    Lui, M., & Baldwin, T. (2012). langid.py: An off-the-shelf language identification tool. ACL System
    Demonstrations, 25-30.

    Examples
    --------
    >>> detect_language("De menigte keerde zich tegen de soldaten."), detect_language("The crowd left.")
    ('nl', 'en')
    """
    sample = text[:_MAX_CHARACTERS]
    n_letters = sum(character.isalpha() for character in sample)
    if n_letters == 0:
        return default
    n_latin = sum(character.isalpha() and character < "\u0250" for character in sample)
    if n_letters < _MIN_LETTERS and n_latin > 0.5 * n_letters:
        words = re.findall(r"[^\W\d_]+", sample.lower())
        votes = {code: sum(word in known for word in words) for code, known in _STOP_WORDS.items()}
        return default if votes["nl"] == votes["en"] else max(votes, key=lambda code: votes[code])
    return str(_load_identifier().classify(sample)[0])


def normalise_language(value: str) -> str | None:
    """ISO code for a language as a table names it (``NL``, ``nl-BE``, ``Dutch``, ``Nederlands``); None if unknown."""
    name = value.strip().lower()
    if name in _NAMES:
        return _NAMES[name]
    code = re.split(r"[-_]", name)[0]
    return code if re.fullmatch(r"[a-z]{2}", code) else _NAMES.get(code)


@lru_cache(maxsize=1)
def _load_identifier() -> Any:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(CANDIDATES)
    return identifier
