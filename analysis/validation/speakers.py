"""Passages in which several people speak in turn (data/annotations/speakers), read as gold for the task quotes.

Reads YAML items with quotations and the name of who speaks each; returns gold rows of the task quotes. A speaker stands
wherever its name, or the last word of it, stands in the text: whoever is found under one of these is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from analysis.contracts.errors import InputError
from analysis.validation.gold import Row, read_gold, read_gold_text
from analysis.validation.novels import Span, list_names, read_book
from analysis.validation.phenomena_gold import find_places

NOBODY = frozenset(["unnamed", "reporter"])
"""Speakers whom the text neither names nor describes: the right answer is nobody."""
KINDS = frozenset(["direct", "indirect", "partial"])
_KEYS = {"id", "language", "register", "text", "quotes"}


def read_quotes(path: str | Path) -> list[Row]:
    """Gold of the task quotes, by what is given: JSON Lines, a book of OpenBoek (``.xml``), or passages in YAML."""
    suffix = Path(path).suffix
    if suffix == ".xml":
        return read_book(path)
    return read_speakers(path) if suffix == ".yaml" or Path(path).is_dir() else read_gold(path, "quotes")


def read_speakers(path: str | Path) -> list[Row]:
    """Read a file of passages, or every file of a folder.

    Returns
    -------
    list of dict
        Gold rows of the task quotes, with ``is_by_character``, in the order of files and items.

    Raises
    ------
    InputError
        For a file that is missing or breaks the format, with file, item and what to write.
    """
    folder = Path(path)
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else [folder]
    if not files:
        raise InputError(f"{path}: holds no .yaml file; give a folder such as data/annotations/speakers")
    rows = [row for file in files for row in _read_file(file)]
    return [row | {"article_id": f"line{number:06d}"} for number, row in enumerate(rows, start=1)]


def _read_file(path: Path) -> Iterator[Row]:
    name, content = read_gold_text(path)
    try:
        items = yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise InputError(f"{name}: is not valid YAML: {' '.join(str(error).split())}") from None
    if not isinstance(items, list):
        raise InputError(f"{name}: a list of items is expected, each with {', '.join(sorted(_KEYS))}")
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict) or set(item) != _KEYS:
            raise InputError(f"{name}, item {number}: the keys are {', '.join(sorted(_KEYS))}, and no others")
        where = f"{name}, item {item['id']}"
        yield {
            "id": item["id"],
            "language": item["language"],
            "text": item["text"],
            "is_by_character": True,
            "quotes": [_read_quote(where, item["text"], quote) for quote in item["quotes"]],
        }


def _read_quote(where: str, text: str, quote: Any) -> dict[str, Any]:
    if not isinstance(quote, dict) or set(quote) != {"words", "speaker", "kind"}:
        raise InputError(f"{where}: a quotation has words, speaker and kind, and nothing else")
    words, speaker, kind = quote["words"], quote["speaker"], quote["kind"]
    if text.count(words) != 1:
        raise InputError(
            f"{where}: {words!r} stands in the text {text.count(words)} times; write words that stand once"
        )
    if kind not in KINDS:
        raise InputError(f"{where}: kind {kind!r}; use {', '.join(sorted(KINDS))}")
    start = text.index(words)
    return {
        "content": [[start, start + len(words)]],
        "source": [list(place) for place in _find_speaker(where, text, speaker)],
        "cue": [],
        "kind": kind,
    }


def _find_speaker(where: str, text: str, speaker: str) -> list[Span]:
    """Where a speaker is named; nowhere for one whom the text does not name."""
    if speaker in NOBODY:
        return []
    start = text.find(speaker)
    if start < 0:
        raise InputError(
            f"{where}: the speaker {speaker!r} does not stand in the text; copy the name letter for letter"
        )
    places = [(start, start + len(speaker))]
    return places + [place for name in list_names(speaker) for place in find_places(text, name) if place not in places]
