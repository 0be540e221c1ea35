"""Tables in Dutch: names of columns, codes in cells and numbers.

Reads data/translations/tables.yaml; returns text. English tables stand as in the data dictionary.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import yaml

from analysis.contracts.paths import TRANSLATIONS
from analysis.display.words import check_language, event_label

_INTERVAL = re.compile(r"-?\d*\.\d+ \[-?\d*\.\d+, -?\d*\.\d+\]")
"""An estimate and its interval, as text."""
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
    check_language(language)
    if language == "en":
        return column
    known = _entries()["columns"]
    if column.strip() in known:
        return str(known[column.strip()])
    return "".join(str(known.get(part, part)) for part in _PARTS.split(column))


def localise(text: str, column: str, language: str = "nl", *, is_text: bool = True) -> str:
    """The text of a cell as a page of this language shows it: codes are translated, numbers have a decimal comma.

    What is not text (`is_text`) is a number or true or false.

    Examples
    --------
    >>> localise("passive", "voice"), localise("0.50 [0.25, 0.75]", "recall"), localise("2020.01", "article_id")
    ('lijdend', '0,50 [0,25; 0,75]', '2020.01')
    >>> localise("0.50", "tone", is_text=False), localise("True", "is_hero", is_text=False)
    ('0,50', 'ja')
    """
    check_language(language)
    if language == "en":
        return text
    values = _entries()["values"]
    if not is_text:
        return str(values["*"].get(text, text.replace(".", ",")))
    if column == "event":
        return event_label(text, language)
    if text in values.get(column, {}):
        return str(values[column][text])
    return text.replace(", ", "; ").replace(".", ",") if _INTERVAL.fullmatch(text) else text
