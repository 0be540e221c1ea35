"""Results of validation that are kept in the project: measured once, with date and command, shown by the notebook.

Reads and writes CSV in ``data/validity``. A table is renewed part by part (a gold set, a test), so that what cannot be
measured here (reference data that is not present) stays as it was measured, with its own date.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.paths import DATA, reference_data

FOLDER = DATA / "validity"
DECIMALS = 4
WHEN = ["date", "command"]
"""Last columns of every table: the day of measuring, and how to measure again."""


class Part(NamedTuple):
    """What measures a part of a table, and the file of the reference data that it needs, where it needs one."""

    measure: Callable[[], pd.DataFrame]
    file: str = ""


@dataclass(frozen=True)
class StoredTable:
    """A table of ``data/validity``: what ``python -m analysis.validation TABLE OUT [PART ...]`` measures.

    Attributes
    ----------
    parts : mapping of str to Part
        What can be measured apart, in the order in which it stands in the file.
    column : str, default "gold"
        The column that names parts.
    order : tuple of str
        The values of that column, where one measuring gives several of them.
    """

    parts: Mapping[str, Part]
    column: str = "gold"
    order: tuple[str, ...] = ()

    def list_present(self) -> list[str]:
        """Parts that can be measured here."""
        folder = reference_data()
        return [name for name, part in self.parts.items() if not part.file or (folder / part.file).is_file()]

    def renew(self, name: str, out: Path, parts: Sequence[str] = ()) -> None:
        """Measure parts, all that are present where none is named, and store them; others stay as they are.

        Raises
        ------
        UsageError
            For a part that the table has not.
        InputError
            When a file is missing.
        """
        if unknown := sorted(set(parts) - set(self.parts)):
            raise UsageError(f"{name}: there is no part '{unknown[0]}'; use {', '.join(self.parts)}")
        command = f"python -m analysis.validation {name} {out.as_posix()}"
        for part in parts or self.list_present():
            keep_results(
                out,
                self.parts[part].measure(),
                part=self.column,
                order=self.order or tuple(self.parts),
                command=command if len(self.parts) == 1 else f"{command} {part}",
                today=datetime.date.today(),
            )


def read_results(name: str, folder: Path = FOLDER) -> pd.DataFrame:
    """Stored results by name.

    Parameters
    ----------
    name : str
        Such as ``methods``: the file's name without ending.
    folder : path
        Where it lies.

    Returns
    -------
    DataFrame
        As stored, ``date`` and ``command`` last; an empty cell of text is "".

    Raises
    ------
    InputError
        When there is no such file, or it has no date or command.
    """
    path = folder / f"{name}.csv"
    try:
        table = pd.read_csv(path)
    except FileNotFoundError:
        raise InputError(
            f"data/validity/{name}.csv: not there; restore it with git, or measure it (see the README)"
        ) from None
    if missing := [column for column in WHEN if column not in table.columns]:
        raise InputError(f"data/validity/{name}.csv: lacks {', '.join(missing)}; measure it anew (see the README)")
    texts = [column for column in table.columns if not pd.api.types.is_numeric_dtype(table[column])]
    return table.fillna(dict.fromkeys(texts, ""))


def keep_results(
    path: Path, found: pd.DataFrame, *, part: str, order: Sequence[str], command: str, today: datetime.date
) -> pd.DataFrame:
    """Put results in place of older ones of the same parts, and write the table.

    Parameters
    ----------
    path : path
        The CSV; made if it is not there.
    found : DataFrame
        New results.
    part : str
        The column that names parts, such as ``gold``; rows of other parts stay as they are.
    order : sequence of str
        All parts, in the order in which they stand in the file.
    command : str
        What renews them.
    today : date
        The day of measuring.

    Returns
    -------
    DataFrame
        The table as written.

    Raises
    ------
    InputError
        When the CSV that is there has other columns: then no part of it can stay.
    """
    named = found.assign(date=today.isoformat(), command=command)
    kept = read_results(path.stem, path.parent) if path.is_file() else named.iloc[:0]
    if list(kept.columns) != list(named.columns):
        raise InputError(f"{path.name}: its columns are of an earlier kind; remove the file and measure all parts anew")
    kept = kept[~kept[part].isin(set(named[part])) & kept[part].isin(order)]
    place = {value: number for number, value in enumerate(order)}
    table = pd.concat([kept, named], ignore_index=True) if len(kept) else named
    table = table.sort_values(part, key=lambda values: values.map(place), kind="stable", ignore_index=True)
    floats = list(table.select_dtypes("float").columns)
    table[floats] = table[floats].round(DECIMALS) + 0.0
    path.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(path, index=False, lineterminator="\n")
    return table
