"""Two freezes held against each other: which rows differ, in what, and where in the text.

Reads two folders of `analysis.validation.freeze`; tells a line for each table and the rows that differ. Tables are read
as they were written, so that freezes from before and after a change of columns can be compared too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from pyarrow.parquet import read_schema

from analysis.contracts.errors import InputError, UsageError
from analysis.validation.freeze_lines import Pages, describe_difference
from analysis.validation.freeze_rows import PLACES, RUNNING, SENTENCE, Choice, Placed, compare_tables, place_tables

MANIFEST = "manifest.json"
LIMIT = 50
"""Rows of each kind that are shown, per set and table."""
_NEEDED = ("articles", "sentences")
Tell = Callable[[str], None]


class Freeze(NamedTuple):
    """A folder, its manifest, and whether it is the ``old`` or the ``new`` one."""

    name: str
    folder: Path
    manifest: Mapping[str, Any]

    @property
    def sets(self) -> Mapping[str, Mapping[str, int]]:
        """Number of rows by table, for each set."""
        counts: Mapping[str, Mapping[str, int]] = self.manifest["sets"]
        return counts


def compare_freezes(
    old: str | Path, new: str | Path, choice: Choice | None = None, *, limit: int = LIMIT, tell: Tell = print
) -> bool:
    """Tell in which rows two freezes differ.

    Parameters
    ----------
    old, new : path
        Folders that `analysis.validation.freeze.code_freeze` wrote.
    choice : Choice, optional
        What to compare; by default everything.
    limit : int, default 50
        Rows shown of each kind, per set and table.
    tell : callable
        Called with each line.

    Returns
    -------
    bool
        Whether anything differs: a row, a column, the text of an article, or a set or table that only one has.

    Raises
    ------
    UsageError
        For a set, table or column that neither has, or a limit below 0.
    InputError
        When a folder holds no freeze, or a table in it is missing or damaged.
    """
    choice = choice or Choice()
    if limit < 0:
        raise UsageError(f"--limit {limit}: must be at least 0")
    freezes = (_read_freeze("old", Path(old)), _read_freeze("new", Path(new)))
    sets = _choose("sets", choice.sets, (name for freeze in freezes for name in freeze.sets))
    there = (table for freeze in freezes for counts in freeze.sets.values() for table in counts)
    tables = _choose("tables", choice.tables, there)
    _check_columns(choice, freezes)
    for freeze in freezes:
        tell(_describe_freeze(freeze))
    differs = False
    for name in sets:
        tell("")
        if lacking := [freeze.name for freeze in freezes if name not in freeze.sets]:
            tell(f"{name}: is not in the {lacking[0]} freeze")
            differs = True
        else:
            placed = [_read_set(freeze, name) for freeze in freezes]
            differs |= _compare_set(name, placed[0], placed[1], tables, choice, limit, tell)
    tell("\nThe freezes differ." if differs else "\nNo difference.")
    return differs


def _compare_set(
    name: str,
    old: Mapping[str, Placed],
    new: Mapping[str, Placed],
    tables: Sequence[str],
    choice: Choice,
    limit: int,
    tell: Tell,
) -> bool:
    """Tell how the tables of a set differ, of articles that have the same text in both."""
    pages = (Pages(old), Pages(new))
    shared = {article_id for article_id, text in pages[0].texts.items() if pages[1].texts.get(article_id) == text}
    n_other = len(pages[0].texts.keys() | pages[1].texts.keys()) - len(shared)
    tell(f"{name}: {len(shared)} texts in both")
    if n_other:
        tell(f"  {n_other} texts are in one freeze alone or changed; their rows are not compared")
    differs = n_other > 0
    for table in tables:
        if table not in old and table not in new:  # a table of other sets
            continue
        if table not in old or table not in new:
            tell(f"  {table}: is not in the {'new' if table in old else 'old'} freeze")
            differs = True
            continue
        kept = [placed[table] if table == "articles" else _keep(placed[table], shared) for placed in (old, new)]
        found = compare_tables(kept[0], kept[1], PLACES[table], choice)
        differs |= found.is_any
        for line in describe_difference(table, found, *pages, limit):
            tell(f"  {line}")
    return differs


def _keep(placed: Placed, article_ids: set[str]) -> Placed:
    return Placed(placed.columns, [row for row in placed.rows if row.cells["article_id"] in article_ids])


def _choose(what: str, chosen: Sequence[str], known: Iterable[str]) -> list[str]:
    """The chosen names in the order in which they are known, or all."""
    names = list(dict.fromkeys(known))
    if unknown := [name for name in chosen if name not in names]:
        raise UsageError(f"--{what} {unknown[0]}: is in neither freeze; they have {', '.join(names)}")
    return [name for name in names if name in chosen] if chosen else names


def _check_columns(choice: Choice, freezes: Iterable[Freeze]) -> None:
    """Refuse a column that no table has: it would leave nothing to compare, or leave nothing out."""
    if not (choice.columns or choice.ignore):
        return
    paths = [_find(freeze, name, table) for freeze in freezes for name in freeze.sets for table in freeze.sets[name]]
    known = {SENTENCE, *(column for path in paths for column in _read(path, read_schema).names)} - RUNNING
    for option, names in (("columns", choice.columns), ("ignore", choice.ignore)):
        if unknown := [name for name in names if name not in known]:
            reason = "is a running number" if unknown[0] in RUNNING else "no table has such a column"
            raise UsageError(f"--{option} {unknown[0]}: {reason}; name a column of docs/data-dictionary.md")


def _read_freeze(name: str, folder: Path) -> Freeze:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        for counts in manifest["sets"].values():
            if not set(_NEEDED) <= set(counts) <= set(PLACES):
                raise ValueError("tables")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{folder}: is no freeze: its {MANIFEST} is missing, damaged or of another version. Make one with: "
            "python -m analysis.validation.freeze code FOLDER"
        ) from error
    return Freeze(name, folder, manifest)


def _read_set(freeze: Freeze, name: str) -> dict[str, Placed]:
    tables = {table: _read(_find(freeze, name, table), pd.read_parquet) for table in freeze.sets[name]}
    return place_tables(tables, str(freeze.folder / name))


def _find(freeze: Freeze, name: str, table: str) -> Path:
    path = freeze.folder / name / f"{table}.parquet"
    if not path.is_file():
        raise InputError(f"{path}: is missing; code the freeze anew")
    return path


def _read(path: Path, reader: Callable[[Path], Any]) -> Any:
    try:
        return reader(path)
    except (OSError, ValueError) as error:  # Arrow's errors are ValueErrors
        raise InputError(f"{path}: is damaged; code the freeze anew") from error


def _describe_freeze(freeze: Freeze) -> str:
    """A line with what a freeze was made by."""
    commit = str(freeze.manifest.get("commit") or "no commit")[:12]
    changed = " with changes" if freeze.manifest.get("is_modified") else ""
    model = freeze.manifest.get("model") or {}
    told = f"model {model.get('version')} ({str(model.get('checksum'))[:12]})" if model else "no model"
    return f"{freeze.name}: {freeze.folder}, {commit}{changed}, {told}"
