"""Tables in Dutch: names of columns, codes in cells and numbers.

Reads data/translations/tables.yaml; returns text. English tables stand as in the data dictionary.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import yaml

from analysis.paths import TRANSLATIONS

_NUMBERS = re.compile(r"-?\d*\.\d+( \[-?\d*\.\d+, -?\d*\.\d+\])?")
"""A number, or an estimate and its interval."""
_PARTS = re.compile(r"(: |, )")


@cache
def _entries() -> dict[str, Any]:
    entries: dict[str, Any] = yaml.safe_load((TRANSLATIONS / "tables.yaml").read_text(encoding="utf-8"))
    return entries


def column_label(column: str, language: str = "nl") -> str:
    """The name of a column as a page of this language shows it; one that is not listed keeps its name.

    Examples
    --------
    >>> column_label("n_words_quoted"), column_label("model: tone"), column_label("tone", "en")
    ('n geciteerde woorden', 'model: toon', 'tone')
    """
    if language == "en":
        return column
    known = _entries()["columns"]
    if column in known:
        return str(known[column])
    return "".join(str(known.get(part, part)) for part in _PARTS.split(column))


def localise(text: str, column: str, language: str = "nl") -> str:
    """The text of a cell as a page of this language shows it: codes are translated, numbers have a decimal comma.

    Examples
    --------
    >>> localise("agentless_passive", "voice"), localise("0.50 [0.25, 0.75]", "recall"), localise("True", "is_hero")
    ('lijdend zonder dader', '0,50 [0,25; 0,75]', 'ja')
    """
    if language == "en":
        return text
    values = _entries()["values"]
    if (found := values.get(column, {}).get(text, values["*"].get(text))) is not None:
        return str(found)
    return text.replace(", ", "; ").replace(".", ",") if _NUMBERS.fullmatch(text) else text
