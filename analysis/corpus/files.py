"""Which files a study reads.

Reads paths as the caller gives them; returns the files to read, each with the name it goes by in ids and
tables, and notices for what is passed over. Looks at names and kinds of file only, never into a file: a pipe would make
the study wait forever, and a device never ends.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath, PurePosixPath
from typing import NamedTuple

from analysis.contracts.errors import InputError
from analysis.contracts.paths import ROOT

TEXT_SUFFIXES = (".txt", ".text", ".html", ".htm")
TABLE_SUFFIXES = (".csv", ".tsv", ".xlsx", ".jsonl", ".ndjson", ".parquet")
DOCUMENT_SUFFIXES = (".docx", ".rtf", ".pdf")
WARC_SUFFIXES = (".warc", ".warc.gz")
PACKED_SUFFIXES = (".zip", *WARC_SUFFIXES)
SUFFIXES = TEXT_SUFFIXES + TABLE_SUFFIXES + DOCUMENT_SUFFIXES + PACKED_SUFFIXES
_COMPANIONS = ("readme", "licence", "license", "copying", "changelog", "manifest", "checksums")
_KINDS = "Use .txt, .docx, .pdf, .csv, .xlsx, .jsonl or .parquet"
_HIDDEN = (".", "~$", "__MACOSX")


class Source(NamedTuple):
    """A file to read: where it lies, what tables call it, and the stem of its article ids."""

    path: Path
    source_file: str
    stem: str

    @property
    def has_plain_name(self) -> bool:
        """Whether the name is text, so that it could be kept as it is."""
        return show_name(self.path.name) == self.path.name


class Unreadable(NamedTuple):
    """A file or folder that is passed over."""

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
        Files of another kind, in a folder one entry per ending; links that lead nowhere, pipes and devices; below a
        folder, folders that may not be read and links to folders. Hidden files and folders, and companions such as
        README, are passed over in silence.

    Raises
    ------
    InputError
        If a path does not exist, or a folder holds no file that can be read.
    """
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    if not given:
        raise InputError("No articles: the list of paths is empty. Name a file or a folder with articles.")
    found: list[Source | Unreadable] = []
    for path in map(Path, given):
        if path.is_dir():
            found += _search_folder(path)
        elif not os.path.lexists(path):
            raise InputError(f"{path} does not exist. Check the path; it is read from the folder {Path.cwd().name}/.")
        else:
            found.append(_look_at(path, show_path(path), show_name(drop_suffix(Path(path.name)))))
    unique: dict[str, Source] = {}
    sources = [item for item in found if isinstance(item, Source)]
    for source in sorted(sources, key=lambda item: (item.source_file, item.stem)):
        unique.setdefault(os.path.realpath(source.path), source)
    return list(unique.values()), sorted({item for item in found if isinstance(item, Unreadable)})


def find_suffix(path: PurePath) -> str:
    """The ending of a name in small letters; that of a packed web archive is ``.warc.gz``."""
    both = "".join(path.suffixes[-2:]).lower()
    return both if both in WARC_SUFFIXES else path.suffix.lower()


def drop_suffix(path: PurePath) -> str:
    """A path without its ending, with forward slashes."""
    shown = path.as_posix()
    return shown[: len(shown) - len(find_suffix(path))]


def is_companion(path: PurePath) -> bool:
    """Whether a file only goes along with articles: hidden, or a README and the like."""
    return (
        any(part.startswith(_HIDDEN) for part in path.parts if part not in (".", ".."))
        or path.stem.lower() in _COMPANIONS
    )


def show_path(path: Path) -> str:
    """A path as tables show it: as given, with forward slashes; within the project, counted from its root."""
    if path.is_absolute() and path.is_relative_to(ROOT):
        path = path.relative_to(ROOT)
    return show_name(path.as_posix())


def show_name(name: str) -> str:
    r"""A name that any table can hold: what in it is no UTF-8 becomes a code.

    Examples
    --------
    >>> show_name("café"), show_name("caf\udce9")
    ('café', 'caf%E9')
    """
    return re.sub("[\ud800-\udfff]", lambda found: f"%{ord(found.group()) & 0xFF:02X}", name)


def _look_at(path: Path, shown: str, stem: str) -> Source | Unreadable:
    """A file by its name and kind."""
    if find_suffix(path) not in SUFFIXES:
        return Unreadable(shown, _unknown(show_name(path.suffix)), _KINDS)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return Unreadable(shown, f"the file cannot be reached ({error.strerror})", "Mend the link, or take it away")
    if not stat.S_ISREG(mode):
        return Unreadable(shown, "this is a pipe or a device, which may never end", "Put what it gives into a file")
    return Source(path, shown, stem)


def _search_folder(folder: Path) -> list[Source | Unreadable]:
    shown = show_path(folder)
    found: list[Source | Unreadable] = []
    other: dict[str, list[str]] = {}
    for item in _list_files(folder):
        if isinstance(item, Unreadable):
            found.append(item)
            continue
        inside = item.relative_to(folder)
        name = PurePosixPath(shown, show_name(inside.as_posix())).as_posix()
        if find_suffix(item) in SUFFIXES:
            found.append(_look_at(item, name, show_name(drop_suffix(inside))))
        else:
            other.setdefault(show_name(item.suffix.lower()), []).append(name)
    if not any(isinstance(item, Source) for item in found):
        held = f" It holds {sum(map(len, other.values()))} files of other kinds." if other else ""
        held += "".join(f" {name}: {reason}." for name, reason, _ in sorted(found)[:1])
        raise InputError(f"The folder {shown} holds no articles.{held} {_KINDS}, or name another folder.")
    for suffix, names in sorted(other.items()):
        count = "" if len(names) == 1 else f" ({len(names)} such files in this folder)"
        found.append(Unreadable(names[0], _unknown(suffix) + count, _KINDS))
    return found


def _list_files(folder: Path) -> Iterator[Path | Unreadable]:
    """Files below a folder, in order, and the folders that are not searched; nothing hidden, and no companions."""
    failed: list[OSError] = []
    files: list[Path] = []
    for at, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = [name for name in folders if not name.startswith(_HIDDEN)]
        for link in (Path(at, name) for name in folders if Path(at, name).is_symlink()):
            yield Unreadable(show_path(link), "links to folders are not followed", "Name the folder itself")
        files += [Path(at, name) for name in names if not name.startswith(_HIDDEN)]
    for error in failed:
        remedy = "Give yourself the right to read it"
        yield Unreadable(show_path(Path(error.filename)), f"the folder cannot be read ({error.strerror})", remedy)
    yield from sorted(path for path in files if not is_companion(Path(path.name)))


def _unknown(suffix: str) -> str:
    return f"files that end in {suffix} are not read" if suffix else "a file without an ending is not read"
