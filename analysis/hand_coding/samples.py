"""Samples on disk: one CSV file that says which units were drawn, with which probability, and what the machine said.

Reads and writes the table of `analysis.measures.sampling.draw_sample`. The file stays with the researcher: a coder who
saw the machine's code or the stratum would no longer code blind.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.contracts.errors import InputError
from analysis.hand_coding.cells import name_cell, read_csv, write_csv
from analysis.measures.sampling_units import sampling_columns

SAMPLE = "sample.csv"
"""How commands name the file."""
_WHOLE = ("sentence_id", "start", "end", "predicted", "mark_start", "mark_end", "n_stratum", "n_drawn")
_NUMBERS = ("score", "uncertainty", "probability")
_COLUMNS = [
    *sampling_columns(), "stratum", "n_stratum", "n_drawn", "probability",
    "headline", "before", "text", "after", "mark_start", "mark_end",
]  # fmt: skip


def write_sample(sample: pd.DataFrame, path: str | Path) -> Path:
    """Write a sample to a CSV file.

    Parameters
    ----------
    sample : DataFrame
        As `analysis.measures.sampling.draw_sample` returns it.
    path : path
        Ends in ``.csv``. An existing file is replaced: the same sample gives the same bytes.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        When a column is missing or the file cannot be written.
    """
    target = Path(path)
    if missing := [column for column in _COLUMNS if column not in sample.columns]:
        raise InputError(f"{target}: the table is no sample, it lacks {', '.join(missing)}; draw one first")
    rows = [
        ["" if pd.isna(cell) else cell for cell in row]
        for row in sample[_COLUMNS].astype(object).itertuples(index=False)
    ]
    write_csv(target, _COLUMNS, rows)
    return target


def read_sample(path: str | Path) -> pd.DataFrame:
    """Read a sample that `write_sample` wrote.

    Parameters
    ----------
    path : path
        The file.

    Returns
    -------
    DataFrame
        The sample, as `analysis.measures.sampling.draw_sample` returned it.

    Raises
    ------
    InputError
        When the file is no sample, or a cell in it was damaged; the message names the cell.
    """
    file = Path(path)
    records = read_csv(file)
    header = records[0] if records else []
    if missing := [column for column in _COLUMNS if column not in header]:
        raise InputError(f"{file}: the file is no sample, it lacks {', '.join(missing)}; use `framewijs sample`")
    columns: dict[str, pd.Series] = {}
    for column in _COLUMNS:
        place = header.index(column)
        cells = [_read_cell(file, record, row, place, column) for row, record in enumerate(records[1:], 2)]
        columns[column] = pd.Series(cells, dtype=_dtype(column))
    sample = pd.DataFrame(columns, columns=_COLUMNS)
    twice = sample.index[sample["unit"].duplicated()]
    if len(twice):
        cell = name_cell(int(twice[0]) + 2, header.index("unit") + 1)
        raise InputError(
            f"{file}, cell {cell}: the unit {sample['unit'][twice[0]]} stands there a second time; remove it"
        )
    return sample


def _dtype(column: str) -> str:
    if column in ("n_stratum", "n_drawn"):
        return "int64"
    return "Int64" if column in _WHOLE else "float64" if column in _NUMBERS else "str"


def _read_cell(file: Path, record: list[str], row: int, place: int, column: str) -> Any:
    cell = record[place] if place < len(record) else ""
    is_needed = column in ("unit", "variable", "article_id", "text", "n_stratum", "n_drawn", "probability")
    read: Callable[[str], Any] = int if column in _WHOLE else float if column in _NUMBERS else str
    try:
        value = read(cell) if cell else None
    except ValueError:
        value, is_needed = None, True
    if column == "probability" and value is not None and not 0 < value <= 1:
        value = None
    if value is None and is_needed:
        where = f"{file}, cell {name_cell(row, place + 1)}"
        raise InputError(f"{where}: '{cell}' is no {column}; write the sample again, and leave the file as it is")
    return value
