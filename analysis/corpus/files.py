"""Which files a study reads.

Reads paths as the caller gives them; returns the files to read, each with the name it goes by in ids and
tables, and notices for files of other kinds. Looks at names only, never into a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from analysis.contracts.errors import InputError
from analysis.contracts.paths import ROOT

TEXT_SUFFIXES = (".txt", ".text", ".html", ".htm")
TABLE_SUFFIXES = (".csv", ".tsv", ".xlsx", ".jsonl", ".ndjson", ".parquet")
SUFFIXES = TEXT_SUFFIXES + TABLE_SUFFIXES
_COMPANIONS = ("readme", "licence", "license", "copying", "changelog", "manifest", "checksums")
_KINDS = "Use .txt, .csv, .xlsx, .jsonl or .parquet"


class Source(NamedTuple):
    """A file to read: where it lies, what tables call it, and the stem of its article ids."""

    path: Path
    source_file: str
    stem: str


class Unreadable(NamedTuple):
    """A file that is passed over."""

    source_file: str
    reason: str
    remedy: str


def find_files(paths: str | Path | Iterable[str | Path]) -> tuple[list[Source], list[Unreadable]]:
    """List the files behind paths.

    Parameters
    ----------
    paths : path or iterable of paths
        Files, and folders that are searched with everything below them.

    Returns
    -------
    list of Source
        Sorted by ``source_file``, each file once. ``stem`` is the path below the folder that was given, without
        ending: it depends neither on where the folder lies nor on the other files in it.
    list of Unreadable
        Files of another kind; in a folder one entry per ending. Hidden files and companions such as README are
        passed over in silence.

    Raises
    ------
    InputError
        If a path does not exist, or a folder holds no file that can be read.
    """
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    if not given:
        raise InputError("No articles: the list of paths is empty. Name a file or a folder with articles.")
    sources: list[Source] = []
    others: list[Unreadable] = []
    for path in map(Path, given):
        if path.is_dir():
            found, passed_over = _search_folder(path)
            sources += found
            others += passed_over
        elif not path.exists():
            raise InputError(f"{path} does not exist. Check the path; it is read from the folder {Path.cwd().name}/.")
        elif path.suffix.lower() in SUFFIXES:
            sources.append(Source(path, show_path(path), path.stem))
        else:
            others.append(Unreadable(show_path(path), _unknown(path.suffix), _KINDS))
    unique: dict[Path, Source] = {}
    for source in sorted(sources, key=lambda item: (item.source_file, item.stem)):
        unique.setdefault(source.path.resolve(), source)
    return list(unique.values()), sorted(set(others))


def show_path(path: Path) -> str:
    """A path as tables show it: as given, with forward slashes; within the project, counted from its root."""
    if path.is_absolute() and path.is_relative_to(ROOT):
        path = path.relative_to(ROOT)
    return path.as_posix()


def _search_folder(folder: Path) -> tuple[list[Source], list[Unreadable]]:
    sources = []
    other: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_dir() or any(part.startswith((".", "~$", "__MACOSX")) for part in inside.parts):
            continue
        shown = PurePosixPath(show_path(folder), inside.as_posix()).as_posix()
        if path.stem.lower() in _COMPANIONS:
            continue
        if path.suffix.lower() in SUFFIXES:
            sources.append(Source(path, shown, inside.with_suffix("").as_posix()))
        else:
            other.setdefault(path.suffix.lower(), []).append(shown)
    if not sources:
        held = f" It holds {sum(map(len, other.values()))} files of other kinds." if other else ""
        raise InputError(f"The folder {show_path(folder)} holds no articles.{held} {_KINDS}, or name another folder.")
    passed_over = []
    for suffix, names in sorted(other.items()):
        count = "" if len(names) == 1 else f" ({len(names)} such files in this folder)"
        passed_over.append(Unreadable(names[0], _unknown(suffix) + count, _KINDS))
    return sources, passed_over


def _unknown(suffix: str) -> str:
    return f"files that end in {suffix} are not read" if suffix else "a file without an ending is not read"
