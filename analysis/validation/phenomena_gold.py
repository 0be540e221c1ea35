"""Gold files of phenomena: sentences with the facts that a careful human coder notes in each, in YAML.

Reads a YAML list of items, checked item by item; returns `Item` records. An item has its own codebook of actors, so
that a sentence and what is true of it stand together. The format is described in ``docs/validation.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from analysis.codebook.entries import LANGUAGES
from analysis.codebook.load import WORD_KEYS, Codebook, load_codebook
from analysis.contracts.errors import CodebookError, InputError
from analysis.contracts.schema import AUTHOR, FORMS, VALENCES, VOICES
from analysis.validation.gold import read_gold_text

Fact = dict[str, Any]
Facts = Mapping[str, tuple[Fact, ...]]
NOBODY = ""
"""Who is left out, or none of the actors of the item."""
EVALUATION_FLAGS = ("negated", "hedged", "question", "conditional", "denied")
ACTION_FLAGS = ("negated", "hedged")
POLARITIES = ("negative", "neutral", "positive")
KEYS = {
    "mentions": ("text", "n", "actor", "form"),
    "quotes": ("content", "source", "outer"),
    "evaluations": ("source", "target", "polarity", *EVALUATION_FLAGS),
    "actions": ("agent", "predicate", "patient", "voice", "valence", *ACTION_FLAGS),
}
"""Keys of a fact, by layer."""
NEEDED = {
    "mentions": ("text", "actor"),
    "quotes": ("content", "source"),
    "evaluations": ("source", "target", "polarity"),
    "actions": ("predicate",),
}
"""Keys that an expected fact must have; an absent fact may have any."""
CHOICES = {"form": FORMS, "polarity": POLARITIES, "voice": VOICES, "valence": VALENCES}
_ACTORS = frozenset(["actor", "source", "outer", "target", "agent", "patient"])
_FLAGS = frozenset([*EVALUATION_FLAGS, *ACTION_FLAGS])


@dataclass(frozen=True)
class Item:
    """A sentence, its actors, the facts to find in it and those that would be mistakes (`absent`), by layer."""

    id: str
    text: str
    language: str
    codebook: Codebook
    expected: Facts = field(default_factory=dict)
    absent: Facts = field(default_factory=dict)


def read_items(path: str | Path) -> list[Item]:
    """Read and check a gold file of phenomena.

    Parameters
    ----------
    path : path
        A YAML list of items; a relative path that does not exist is looked for in the reference data as well.

    Returns
    -------
    list of Item
        In the order of the file.

    Raises
    ------
    InputError
        When the file is missing, is no YAML in UTF-8, or an item breaks the format; the message names file, item and
        layer.
    """
    name, content = read_gold_text(path)
    try:
        entries = yaml.safe_load(content)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise InputError(f"{name}{line}: is not valid YAML: {getattr(error, 'problem', error)}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: holds a value that cannot be read; see docs/validation.md") from error
    if not isinstance(entries, list) or not entries:
        raise InputError(f"{name}: must be a list of items, each beginning with '- id:'")
    with TemporaryDirectory() as folder:
        items = [_read_item(entry, number, name, Path(folder)) for number, entry in enumerate(entries, start=1)]
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            raise InputError(f"{name}, item {item.id}: the id is used twice; rename one")
        seen.add(item.id)
    return items


def _read_item(entry: Any, number: int, name: str, folder: Path) -> Item:
    if not isinstance(entry, dict):
        raise InputError(f"{name}, item {number}: must have the keys id, text and actors")
    where = f"{name}, item {entry.get('id', number)}"
    known = {"id", "text", "language", "actors", "absent", "note", *KEYS}
    if unknown := [key for key in entry if key not in known]:
        raise InputError(f"{where}: unknown key '{unknown[0]}'; known keys: {', '.join(sorted(known))}")
    for key in ("id", "text"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise InputError(f"{where}, {key}: must be a text that is not empty")
    language = entry.get("language", "nl")
    if language not in LANGUAGES:
        raise InputError(f"{where}, language: {language!r} is not coded; use {' or '.join(LANGUAGES)}")
    codebook = _read_codebook(entry.get("actors"), language, where, folder)
    absent = entry.get("absent") or {}
    if not isinstance(absent, dict) or (unknown := [layer for layer in absent if layer not in KEYS]):
        raise InputError(f"{where}, absent: must list facts under {', '.join(KEYS)}")
    about = (entry["text"], codebook, where)
    return Item(
        id=entry["id"],
        text=entry["text"],
        language=language,
        codebook=codebook,
        expected={layer: tuple(_read_facts(entry.get(layer), layer, *about)) for layer in KEYS if entry.get(layer)},
        absent={
            layer: tuple(_read_facts(rows, layer, *about, is_absent=True)) for layer, rows in absent.items() if rows
        },
    )


def _read_codebook(actors: Any, language: str, where: str, folder: Path) -> Codebook:
    """The actors of an item, read as any codebook is, so that the same rules hold."""
    if not isinstance(actors, dict) or not actors:
        raise InputError(f"{where}, actors: must name at least one actor, such as 'minister: {{type: person, ...}}'")
    entries = []
    for actor_id, about in actors.items():
        if not isinstance(about, dict):
            raise InputError(f"{where}, actors, {actor_id}: must have keys such as type and names")
        wording = {key: value for key, value in about.items() if key in WORD_KEYS}
        others = {key: value for key, value in about.items() if key not in WORD_KEYS}
        entries.append({"id": actor_id, "label": str(actor_id), **others, language: wording})
    file = folder / "actors.yaml"
    file.write_text(yaml.safe_dump({"actors": entries}, allow_unicode=True), encoding="utf-8")
    try:
        return load_codebook(file)
    except CodebookError as error:
        raise InputError(f"{where}: {error}") from error


def _read_facts(
    rows: Any, layer: str, text: str, codebook: Codebook, where: str, *, is_absent: bool = False
) -> Iterator[Fact]:
    at = f"{where}, {'absent, ' * is_absent}{layer}"
    if not isinstance(rows, list):
        raise InputError(f"{at}: must be a list of facts")
    for row in rows:
        if not isinstance(row, dict) or not row:
            raise InputError(f"{at}: every fact needs keys such as {', '.join(KEYS[layer])}")
        if unknown := [key for key in row if key not in KEYS[layer]]:
            raise InputError(f"{at}: unknown key '{unknown[0]}'; use {', '.join(KEYS[layer])}")
        if missing := [key for key in NEEDED[layer] if key not in row and not is_absent]:
            raise InputError(f"{at}: '{missing[0]}' is missing; every expected fact of this layer needs it")
        for key, value in row.items():
            _check_value(key, value, codebook, at)
        if "content" in row and row["content"] not in text:
            raise InputError(f"{at}, content: {row['content']!r} does not stand in the text")
        if layer == "mentions":
            _check_place(row, text, at)
        yield dict(row)


def _check_value(key: str, value: Any, codebook: Codebook, at: str) -> None:
    if key in CHOICES and value not in CHOICES[key]:
        raise InputError(f"{at}, {key}: {value!r} is not one of {', '.join(CHOICES[key])}")
    if key in _FLAGS and not isinstance(value, bool):
        raise InputError(f"{at}, {key}: must be true or false")
    if key == "n" and (not isinstance(value, int) or value < 1):
        raise InputError(f"{at}, n: must be a whole number from 1: which occurrence of the text is meant")
    if key in ("text", "content", "predicate") and (not isinstance(value, str) or not value.strip()):
        raise InputError(f"{at}, {key}: must be a text that is not empty")
    if key in _ACTORS and value not in codebook.actors:
        is_allowed = value == NOBODY or (key == "source" and value == AUTHOR)
        if not is_allowed:
            raise InputError(f"{at}, {key}: {value!r} is no actor of this item; use {', '.join(codebook.actors)}")


def _check_place(row: Mapping[str, Any], text: str, at: str) -> None:
    if "text" not in row:
        raise InputError(f"{at}: 'text' is missing; it says where")
    places = find_places(text, row["text"])
    if len(places) < row.get("n", 1):
        raise InputError(f"{at}: {row['text']!r} stands {len(places)} times in the text as a whole word")
    if len(places) > 1 and "n" not in row:
        raise InputError(f"{at}: {row['text']!r} stands {len(places)} times in the text; say which with n")


def find_places(text: str, words: str) -> Sequence[tuple[int, int]]:
    """Where words stand in a text, whole and in the same case.

    Examples
    --------
    >>> find_places("Hij ziet hem, hij hemelt hem op.", "hem")
    [(9, 12), (25, 28)]
    """
    return [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
