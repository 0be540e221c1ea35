"""YAML entries that know their line, so that a mistake can be named by file, line and key.

Reads YAML with PyYAML's safe loader; returns mappings (`Entry`) and the `Place` to complain about. Mistakes are kept in
`Faults`, so that one message can name them all. Knows nothing of actors or frames: `codebook` does.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from analysis.contracts.errors import CodebookError
from analysis.contracts.paths import CODEBOOKS
from analysis.contracts.words import list_languages

LANGUAGES = list_languages()
"""Languages that can be coded: those with a folder of words."""
MOST_FAULTS = 20
"""Faults that one message names; of more it only says how many."""
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_RESERVED = ("author", "unnamed")


class Entry(dict[str, Any]):
    """A mapping that remembers the line of each key."""

    line: int
    lines: Mapping[str, int]


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader, keeping lines and refusing a key that is written twice."""

    def construct_codebook_mapping(self, node: yaml.MappingNode) -> Entry:
        """Build one mapping; see the class."""
        result, lines = Entry(), {}
        for key_node, value_node in node.value:
            key = str(self.construct_object(key_node, deep=True))
            if key in result:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key '{key}' is written twice in one entry", key_node.start_mark
                )
            result[key] = self.construct_object(value_node, deep=True)
            lines[key] = key_node.start_mark.line + 1
        result.line, result.lines = node.start_mark.line + 1, lines
        return result


# Numbers and dates are texts here: a year may be a name, and an impossible date is no reason to fail.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag.rsplit(":", 1)[1] not in ("int", "float", "timestamp")]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.construct_codebook_mapping)


class Faults:
    """The mistakes of a codebook and the files that it includes."""

    def __init__(self) -> None:
        self.found: list[tuple[Path, int, str]] = []

    def __len__(self) -> int:
        return len(self.found)

    def add(self, file: Path, line: int, message: str) -> None:
        """Keep a mistake, on one line."""
        self.found.append((file, line, " ".join(message.split())))

    def raise_any(self, path: Path) -> None:
        """Raise one error for all mistakes of the codebook at `path`, by file and line, if there are any."""
        files = list(dict.fromkeys([path, *(file for file, _, _ in self.found)]))
        said = [text for _, _, text in sorted(self.found, key=lambda fault: (files.index(fault[0]), fault[1]))]
        if not said:
            return
        more = [f"and {len(said) - MOST_FAULTS} more"] if len(said) > MOST_FAULTS else []
        shown = "".join(f"\n- {text}" for text in [*said[:MOST_FAULTS], *more])
        raise CodebookError(said[0] if len(said) == 1 else f"{path.name} has {len(said)} mistakes:{shown}")


@dataclass(frozen=True)
class Place:
    """Where in which file we are, for messages."""

    file: Path
    path: str = ""
    line: int = 1
    faults: Faults = field(default_factory=Faults, compare=False)

    def inside(self, key: str, content: Entry) -> Place:
        """The place of the entry `content` under `key`."""
        return Place(self.file, f"{self.path}.{key}".strip("."), content.line, self.faults)

    def report(self, message: str, *, key: str | None = None, content: Any = None) -> None:
        """Keep a mistake made here, or at the line of `key` in `content`."""
        line = content.lines.get(key, content.line) if isinstance(content, Entry) and key else self.line
        where = ".".join(part for part in (self.path, key) if part)
        self.faults.add(self.file, line, f"{self.file.name}, line {line}{', ' + where if where else ''}: {message}")

    def allow(self, content: Entry, known: set[str]) -> None:
        """Refuse keys that are not `known`, and guess what was meant."""
        for key in content:
            if key not in known:
                guess = get_close_matches(key, known, n=1)
                hint = f"did you mean '{guess[0]}'?" if guess else f"known keys: {', '.join(sorted(known))}"
                self.report(f"unknown key '{key}'; {hint}", key=key, content=content)

    def text(self, content: Entry, key: str, *, default: str | None = None) -> str:
        """A text that must be there and not be empty; empty where it is wrong."""
        value = content.get(key, default)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if key in content:
            quoted = " (put quotation marks around yes and no)" if value is not None else ""
            self.report(f"must be a text{quoted}", key=key, content=content)
        elif not get_close_matches(key, content, n=1):  # else it is there, misspelt: `allow` says so
            self.report(f"'{key}' is missing; every entry needs it")
        return ""

    def optional(self, content: Entry, key: str) -> str | None:
        """A text that may be left out."""
        return (self.text(content, key) or None) if content.get(key) is not None else None

    def choice(self, content: Entry, key: str, allowed: tuple[str, ...]) -> str:
        """One of the texts `allowed`."""
        value = self.text(content, key)
        if value and value not in allowed:
            self.report(f"'{value}' is not one of {', '.join(allowed)}", key=key, content=content)
        return value

    def identifier(self, content: Entry) -> str:
        """An id: it becomes part of column names and row ids."""
        value = self.text(content, "id")
        if value and (not _ID.match(value) or value in _RESERVED):
            self.report(
                f"'{value}' cannot be an id; use lower-case letters, digits and _, beginning with a letter, "
                f"and none of {', '.join(_RESERVED)}", key="id", content=content,
            )  # fmt: skip
        return value

    def label(self, content: Entry) -> dict[str, str]:
        """What to show, by language; one text alone is Dutch."""
        value = content.get("label")
        if isinstance(value, Entry):
            self.allow(value, set(LANGUAGES))
            at = self.inside("label", value)
            if not value:
                self.report("must name at least one language", key="label", content=content)
            return {language: at.text(value, language) for language in value}
        return {"nl": self.text(content, "label")}

    def texts(self, content: Entry, key: str) -> tuple[str, ...]:
        """A list of texts, possibly left out."""
        value = content.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.report("must be a list of texts (put quotation marks around yes and no)", key=key, content=content)
            return ()
        return tuple(item.strip() for item in value)

    def entries(self, content: Entry, key: str) -> Iterator[tuple[Entry, Place]]:
        """Entries of a list, each with its place."""
        value = content.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.report("must be a list, each entry beginning with '- id:'", key=key, content=content)
            return
        for number, entry in enumerate(value, start=1):
            if not isinstance(entry, Entry):
                self.report(f"entry {number} must have keys such as 'id:'", key=key, content=content)
                continue
            yield entry, self.inside(f"{key}[{entry.get('id', number)}]", entry)


def read_files(path: Path, seen: list[Path], faults: Faults) -> Iterator[tuple[Place, bytes, Entry]]:
    """Read a file and what it includes; each once, as place, bytes and content; what cannot be read is a fault."""
    if path.resolve() in seen:
        return
    seen.append(path.resolve())
    try:
        raw, content = _read_file(path)
    except CodebookError as error:
        faults.add(path, 0, str(error))
        return
    place = Place(path, faults=faults)
    yield place, raw, content
    for included in place.texts(content, "include"):
        if Path(included).name != included:
            place.report(f"'{included}' must be a file in the same folder", key="include", content=content)
        elif not (path.parent / included).is_file():
            is_ours = (CODEBOOKS / included).is_file()
            remedy = "copy it from data/codebooks" if is_ours else "put it there or take it out of the list"
            place.report(f"'{included}' does not exist beside this file; {remedy}", key="include", content=content)
        else:
            yield from read_files(path.parent / included, seen, faults)


def _read_file(path: Path) -> tuple[bytes, Entry]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CodebookError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    try:
        content = yaml.load(raw.removeprefix(BOM_UTF8).decode(), Loader=_Loader)  # noqa: S506  _Loader is a SafeLoader
    except UnicodeDecodeError as error:
        number = error.object[: error.start].count(b"\n") + 1
        raise CodebookError(f"{path.name}, line {number}: is not UTF-8; save the file as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise CodebookError(f"{path.name}{line}: is not valid YAML: {getattr(error, 'problem', error)}") from error
    except (ValueError, AttributeError, TypeError) as error:  # a value that its own tag forbids (`!!int abc`)
        raise CodebookError(f"{path.name}: holds a value that its YAML tag forbids; take tags (!!) out") from error
    except RecursionError as error:
        raise CodebookError(f"{path.name}: is nested too deeply to be a codebook") from error
    if not isinstance(content, Entry):
        raise CodebookError(f"{path.name}, line 1: must have keys such as 'actors:' and 'frames:'")
    return raw, content
