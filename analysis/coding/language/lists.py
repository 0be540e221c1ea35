"""Large lists: CSV files of words or codes, read row by row; an error names the file, the row and the column.

Reads a file of ``data/languages/<language>`` or ``data/codebooks``; returns its rows as `ListRow`.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.contracts.errors import InputError
from analysis.contracts.paths import WORD_LISTS
from analysis.contracts.words import list_languages


@dataclass(frozen=True)
class ListRow:
    """A row of a list: its values by column, and where it stands (``nl/events.csv, row 2``)."""

    where: str
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def number(self, column: str) -> float:
        """Return the number in a column.

        Raises
        ------
        InputError
            If there is none.
        """
        try:
            return float(self[column])
        except ValueError:
            raise InputError(f"{self.where}, {column}: '{self[column]}' is no number") from None

    def check(self, column: str, known: Collection[str]) -> str:
        """Return the value of a column, which must be one of `known`.

        Raises
        ------
        InputError
            If it is another.
        """
        if self[column] not in known:
            raise InputError(f"{self.where}, {column}: '{self[column]}' is not known")
        return self[column]


def read_list(folder: Path, name: str, columns: Sequence[str]) -> Iterator[ListRow]:
    """Read a list row by row.

    Parameters
    ----------
    folder
        Where the file lies.
    name
        Its name in that folder, as messages write it (``nl/events.csv``).
    columns
        Columns it must have.

    Raises
    ------
    InputError
        If the file is missing or lacks a column.
    """
    path = folder / name
    if not path.is_file():
        raise InputError(f"{name} is missing from {folder.name}; restore it from the repository")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        if missing := sorted(set(columns) - set(reader.fieldnames or ())):
            raise InputError(f"{name}, row 1: lacks the column {', '.join(missing)}")
        for number, row in enumerate(reader, start=2):
            yield ListRow(f"{name}, row {number}", row)


def read_words(language: str, file: str, columns: Sequence[str]) -> Iterator[ListRow]:
    """Read a list of a language; one that it lacks and another language has is empty.

    Raises
    ------
    InputError
        As `read_list`, and if no language has the file.
    """
    has_own = (WORD_LISTS / language / file).is_file()
    if has_own or not any((WORD_LISTS / other / file).is_file() for other in list_languages()):
        yield from read_list(WORD_LISTS, f"{language}/{file}", columns)
