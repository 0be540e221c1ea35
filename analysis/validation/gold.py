"""Gold files: JSON Lines, checked line by line, and the articles made of them.

Reads a gold file in one of the formats described in the reference data's README; returns its rows and the table
``articles``. Texts are taken as they are: offsets of gold count their characters.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.codebook.entries import LANGUAGES
from analysis.contracts.errors import InputError
from analysis.contracts.paths import reference_data
from analysis.contracts.tables import make_table

Row = dict[str, Any]
POLARITIES = (-1, 0, 1)
ROLES = ("hero", "victim", "villain")
KEYS = {
    "target": ("start", "end", "label"),
    "directed": ("source", "target", "label"),
    "tone": ("label",),
    "quotes": ("quotes",),
    "actors": ("actors",),
    "frames": ("frames",),
    "roles": ("entities",),
    "opinions": ("opinions",),
}
"""Keys of each task besides id, language and text."""


def read_gold(path: str | Path, task: str) -> list[Row]:
    """Read and check a gold file.

    Parameters
    ----------
    path : path
        A JSON Lines file; a relative path that does not exist is looked for in the reference data as well.
    task : str
        One of `KEYS`.

    Returns
    -------
    list of dict
        One per line, with the keys of the task and ``article_id``, the number of the line.

    Raises
    ------
    InputError
        When the file is missing, is no JSON Lines in UTF-8, or a line breaks the format; the message names file,
        line and key.
    """
    name, content = read_gold_text(path)
    rows: list[Row] = []
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{where}: is not valid JSON; write one object on each line") from error
        rows.append(check_row(row, task, where) | {"article_id": f"line{number:06d}"})
    if not rows:
        raise InputError(f"{name}: holds no gold codes; write one JSON object on each line")
    return rows


def read_gold_text(path: str | Path) -> tuple[str, str]:
    """Name and content of a gold file in UTF-8."""
    found = find_gold(path)
    try:
        return found.name, found.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{found.name}: is not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise InputError(f"{found.name}: cannot be read ({error.strerror}); check the path") from error


def find_gold(path: str | Path) -> Path:
    """The gold file, as given or in the folder of the reference data."""
    given = Path(path)
    for place in (given, reference_data() / given):
        if place.is_file():
            return place
    if given.is_dir():
        raise InputError(f"{given}: is a folder; name a gold file in it, such as {given.as_posix()}/name.jsonl")
    raise InputError(
        f"{given}: does not exist. Give the path of a gold file, or set the environment variable STUDY_REFERENCE_DATA "
        "to the folder of the reference data and give the path inside it"
    )


def check_row(row: Any, task: str, where: str) -> Row:
    """Check one line of gold; `where` names file and line in messages."""
    if not isinstance(row, dict):
        raise InputError(f"{where}: must be an object with the keys id, language, text, {', '.join(KEYS[task])}")
    for key in ("id", "language", "text", *KEYS[task]):
        if key not in row:
            raise InputError(f"{where}: '{key}' is missing; the task {task} needs it")
    if not isinstance(row["text"], str) or not row["text"].strip():
        raise InputError(f"{where}, text: must be a text that is not empty")
    if row["language"] not in LANGUAGES:
        raise InputError(f"{where}, language: {row['language']!r} is not coded; use {' or '.join(LANGUAGES)}")
    size = len(row["text"])
    if "label" in KEYS[task] and (isinstance(row["label"], bool) or row["label"] not in POLARITIES):
        raise InputError(f"{where}, label: {row['label']!r} must be -1, 0 or 1, without quotation marks")
    CHECKS[task](row, size, where)
    return row


def _check_target(row: Row, size: int, where: str) -> None:
    _check_span([row["start"], row["end"]], size, f"{where}, start and end")


def _check_directed(row: Row, size: int, where: str) -> None:
    for key in ("source", "target"):
        _check_span(row[key], size, f"{where}, {key}")


def _check_tone(_row: Row, _size: int, _where: str) -> None:
    """The label, which is checked already, is all there is."""


def _check_quotes(row: Row, size: int, where: str) -> None:
    for number, quote in enumerate(_list(row["quotes"], f"{where}, quotes"), start=1):
        at = f"{where}, quotes, entry {number}"
        for key in ("content", "source", "cue"):
            for span in _list(_entry(quote, key, at), f"{at}, {key}"):
                _check_span(span, size, f"{at}, {key}")


def _check_actors(row: Row, size: int, where: str) -> None:
    for number, actor in enumerate(_list(row["actors"], f"{where}, actors"), start=1):
        at = f"{where}, actors, entry {number}"
        _check_span([_entry(actor, "start", at), _entry(actor, "end", at)], size, f"{at}, start and end")
        _entry(actor, "type", at)


def _check_frames(row: Row, _size: int, where: str) -> None:
    if not isinstance(row["frames"], dict) or not row["frames"]:
        raise InputError(f'{where}, frames: must be an object such as {{"conflict": 1, "morality": 0}}')
    for name, value in row["frames"].items():
        if isinstance(value, bool) or value not in (0, 1):
            raise InputError(f"{where}, frames, {name}: {value!r} must be 0 or 1, without quotation marks")


def _check_roles(row: Row, _size: int, where: str) -> None:
    for number, entity in enumerate(_list(row["entities"], f"{where}, entities"), start=1):
        at = f"{where}, entities, entry {number}"
        text = _entry(entity, "text", at)
        if not isinstance(text, str) or not text.strip():
            raise InputError(f"{at}, text: must be a text that is not empty, in the words of the article")
        if _entry(entity, "role", at) not in ROLES:
            raise InputError(f"{at}, role: {entity['role']!r} must be {', '.join(ROLES)}")


def _check_opinions(row: Row, size: int, where: str) -> None:
    for number, one in enumerate(_list(row["opinions"], f"{where}, opinions"), start=1):
        at = f"{where}, opinions, entry {number}"
        _check_span(_entry(one, "target", at), size, f"{at}, target")
        source = _entry(one, "source", at)
        if source not in ("author", "unnamed"):
            _check_span(source, size, f"{at}, source")
        if isinstance(_entry(one, "label", at), bool) or one["label"] not in (-1, 1):
            raise InputError(f"{at}, label: {one['label']!r} must be -1 or 1; who is not judged has no entry")


def _entry(entry: Any, key: str, where: str) -> Any:
    if not isinstance(entry, dict) or key not in entry:
        raise InputError(f"{where}: '{key}' is missing; every entry needs it")
    return entry[key]


def _list(value: Any, where: str) -> Sequence[Any]:
    if not isinstance(value, list):
        raise InputError(f"{where}: must be a list, empty where there is none")
    return value


def _check_span(span: Any, size: int, where: str) -> None:
    is_pair = isinstance(span, list) and len(span) == 2 and all(type(place) is int for place in span)
    if not is_pair or not 0 <= span[0] < span[1] <= size:
        raise InputError(
            f"{where}: {span!r} must be two offsets with 0 <= start < end <= {size}, the length of the text"
        )


def make_gold_articles(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Table ``articles`` of gold rows, text and language as given."""
    return make_table(
        "articles",
        [
            {
                "article_id": row["article_id"],
                "outlet": None,
                "published": None,
                "published_precision": None,
                "headline": None,
                "text": row["text"],
                "language": row["language"],
                "source_file": "gold",
                "n_words": len(row["text"].split()),
                "duplicate_of": None,
            }
            for row in rows
        ],
    )


CHECKS = {
    "target": _check_target,
    "directed": _check_directed,
    "tone": _check_tone,
    "quotes": _check_quotes,
    "actors": _check_actors,
    "frames": _check_frames,
    "roles": _check_roles,
    "opinions": _check_opinions,
}
