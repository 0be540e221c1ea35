"""The words on charts and pages, Dutch and English, in one place.

Reads a key and a language; returns text. The words stand in data/translations. Nothing else in the room of display
writes a chart word of its own, so that one concept has one name in every chart. Numbers follow the language too: a
decimal comma in Dutch.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache

import yaml

from analysis.codebook.load import Codebook
from analysis.codebook.world import label_country
from analysis.contracts.errors import UsageError
from analysis.contracts.paths import TRANSLATIONS
from analysis.contracts.schema import AUTHOR, NOT_IN_CODEBOOK, UNNAMED, WORLD

LANGUAGES = ("nl", "en")
MISSING = "–"
"""What stands where there is no evidence; never a zero."""
SOURCES = {AUTHOR: "own_voice", "own voice": "own_voice", "quoted": "quoted", UNNAMED: "unnamed"}
"""Chart words of voices and of sources that are no actor."""

FILES = ("charts", "events", "findings", "explanations", "alts")
"""Files of data/translations, ``<name>.yaml``: a key, and for each language a text or a pair, singular and plural."""


@cache
def _entries() -> dict[str, dict[str, str | list[str]]]:
    found: dict[str, dict[str, str | list[str]]] = {}
    for name in FILES:
        for key, entry in yaml.safe_load((TRANSLATIONS / f"{name}.yaml").read_text(encoding="utf-8")).items():
            if key in found:
                raise UsageError(f"data/translations: the key '{key}' stands there twice; give one another name")
            found[key] = entry
    return found


@cache
def _questions() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load((TRANSLATIONS / "questions.yaml").read_text(encoding="utf-8"))
    return found


def translate_question(question: str, language: str = "nl") -> str:
    """A question of a codebook in a language; as the codebook has it where data/translations does not know it.

    Examples
    --------
    >>> translate_question("Does the sentence contain a moral message?"), translate_question("Is it wet?")
    ('Bevat de zin een morele boodschap?', 'Is it wet?')
    """
    return _questions().get(question, {}).get(language, question)


def word(key: str, language: str = "nl", /, **values: object) -> str:
    """The chart word `key` in a language, with `values` filled in.

    Raises
    ------
    UsageError
        For an unknown key or a language the charts do not speak.

    Examples
    --------
    >>> word("own_voice", "nl"), word("own_voice", "en")
    ('eigen stem', 'own voice')
    """
    check_language(language)
    if key not in (entries := _entries()):
        near = get_close_matches(key, entries, n=1)
        raise UsageError(f"there is no chart word '{key}'" + (f"; did you mean '{near[0]}'?" if near else ""))
    text = entries[key][language]
    chosen = text if isinstance(text, str) else text[values.get("n") != 1]
    return chosen.format(**values)


def check_language(language: str) -> None:
    """Refuse a language that charts and tables do not speak, with a `UsageError`."""
    if language not in LANGUAGES:
        raise UsageError(f"charts speak {' and '.join(LANGUAGES)}, not '{language}'; pass language='nl' or 'en'")


def count(n: float, noun: str, language: str = "nl") -> str:
    """A number and its noun, in the plural where there is not one.

    Examples
    --------
    >>> count(1, "sentence", "en"), count(3, "sentence", "nl")
    ('1 sentence', '3 zinnen')
    """
    return f"{int(n)} {word(f'noun_{noun}', language, n=int(n))}"


def list_words(parts: Sequence[str], language: str = "nl") -> str:
    """Words parted by commas, and a last ``and``.

    Examples
    --------
    >>> list_words(["a", "b", "c"], "nl"), list_words(["a"], "en")
    ('a, b en c', 'a')
    """
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word('and', language)} {parts[-1]}"


def event_label(event: str, language: str = "nl") -> str:
    """The name to show for a type of event; one that has no chart word is shown by its id.

    Examples
    --------
    >>> event_label("kill"), event_label("kill", "en"), event_label("night_raid", "en")
    ('doden', 'kill', 'night raid')
    """
    return word(f"event_{event}", language) if f"event_{event}" in _entries() else event.replace("_", " ")


def number(value: float, language: str = "nl", *, decimals: int = 1, signed: bool = False) -> str:
    """A number as the language writes it; never ``-0,0``, and a dash where there is none.

    Examples
    --------
    >>> number(-0.26, "nl"), number(0.5, "en", signed=True), number(-0.04, "nl"), number(float("nan"))
    ('−0,3', '+0.5', '0,0', '–')
    """
    if math.isnan(value):
        return MISSING
    rounded = round(value, decimals) + 0.0
    text = f"{rounded:+.{decimals}f}" if signed and rounded else f"{rounded:.{decimals}f}"
    text = text.replace("-", "−")
    return text.replace(".", ",") if language == "nl" else text


def label(actor_id: str, codebook: Codebook, language: str = "nl") -> str:
    """The name to show for an actor, frame or source.

    Parameters
    ----------
    actor_id : str
        An id of the codebook, ``author`` (the outlet's own voice), ``unnamed``, ``unlisted:<name>``,
        ``world:<country code>``, or a voice (``own voice``, ``quoted``).
    codebook : Codebook
        Where labels come from.
    language : {"nl", "en"}

    Returns
    -------
    str
        The label; an actor that no codebook lists ends in `` *``, which captions explain.

    Examples
    --------
    >>> from analysis.codebook.load import EMPTY
    >>> label("unlisted:angela_merkel", EMPTY), label("world:DE", EMPTY), label("author", EMPTY)
    ('angela merkel *', 'Duitsland *', 'eigen stem')
    """
    if actor_id in SOURCES:
        return word(SOURCES[actor_id], language)
    is_country = actor_id.startswith(WORLD)
    name = label_country(actor_id, codebook, language) if is_country else codebook.label(actor_id, language)
    shown = " ".join(name.split())
    return f"{shown} *" if actor_id.startswith(NOT_IN_CODEBOOK) else shown
