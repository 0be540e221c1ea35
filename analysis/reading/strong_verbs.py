"""Forms of Dutch strong verbs, to their infinitive.

Reads ``data/languages/nl/strong_verbs.csv`` (infinitive, past, past_plural, participle); returns infinitives, with the
particle or prefix of the form in front (`opbraken`: `opbreken`). What is no form of these verbs gives nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache

from analysis.contracts.errors import InputError
from analysis.contracts.paths import WORD_LISTS
from analysis.contracts.words import load_tuple, load_words

INSEPARABLE = load_tuple("reading", "inseparable_prefixes", "nl")
"""Prefixes that take the place of `ge` in a participle (`verslagen`)."""
SEPARABLE = tuple(sorted(load_words("reading", "separable_parts", "nl"), key=lambda part: (-len(part), part)))
"""Parts that stand before `ge` in a participle (`uitgesloten`), the longest first."""


@lru_cache(maxsize=1)
def strong_verbs() -> tuple[Mapping[str, str], ...]:
    """The rows of the list.

    Raises
    ------
    InputError
        When the list is missing.
    """
    path = WORD_LISTS / "nl" / "strong_verbs.csv"
    if not path.is_file():
        raise InputError(f"nl/{path.name} is missing from {WORD_LISTS.name}; restore it from the repository")
    with path.open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


@lru_cache(maxsize=1)
def strong_infinitives() -> frozenset[str]:
    """The infinitives of the list."""
    return frozenset(row["infinitive"] for row in strong_verbs())


@lru_cache(maxsize=20_000)
def strong_infinitive(word: str) -> str | None:
    """The infinitive of a past form or participle of a strong verb.

    Examples
    --------
    >>> [strong_infinitive(word) for word in ("schoten", "uitbraken", "verslagen", "werkten")]
    ['schieten', 'uitbreken', 'verslaan', None]
    """
    strong, short = _strong_forms()
    if word in strong:
        return strong[word]
    for part in SEPARABLE:
        if word.startswith(part) and word[len(part) :] in strong:
            return part + strong[word[len(part) :]]
    for prefix in INSEPARABLE:
        rest = word[len(prefix) :]
        if word.startswith(prefix) and rest in short:
            return prefix + short[rest]
    return None


@lru_cache(maxsize=1)
def _strong_forms() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Forms to infinitive; and the forms that follow an inseparable prefix (`slagen` in `verslagen`)."""
    strong: dict[str, str] = {}
    short: dict[str, str] = {}
    for row in strong_verbs():
        for column in ("past", "past_plural", "participle"):
            strong.setdefault(row[column], row["infinitive"])
            short.setdefault(row[column].removeprefix("ge"), row["infinitive"])
    return strong, short
