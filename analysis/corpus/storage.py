"""Tables on disk.

Reads and writes a folder with one Parquet or CSV file per table. A file is replaced in one step, so that a run that
breaks off leaves no half table; the same tables give the same bytes; reading gives back the same tables.

A spreadsheet program runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, and an article may begin
so by chance or on purpose. CSV has no mark for text, so ``csv-guarded`` puts an apostrophe before such text, which
reading takes away: offsets count characters without it. Plain ``csv`` keeps text as it is, for programs that run no
formulas.
"""

from __future__ import annotations

import csv
import json
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.tables import LAYERS, MODELS, Tables, make_table

FORMATS = ("parquet", "csv", "csv-guarded")
SUFFIXES = ("parquet", "csv")
BOM = b"\xef\xbb\xbf"
"""Stands first in guarded CSV: by it spreadsheet programs know the encoding, and `read_table` the guards."""
_STARTS = "=+\\-@＝＋－＠"
# Not at the start alone: a program that parts cells by another sign than we do sees a cell begin in mid-text.
_DANGER = re.compile(f"(^|[;,|\t\r\n\"])(?='*[{_STARTS}])")
_GUARDED = re.compile(f"(^|[;,|\t\r\n\"])'(?='*[{_STARTS}])")


def write_tables(
    tables: Tables | Mapping[str, pd.DataFrame],
    folder: str | Path,
    format: str = "parquet",  # noqa: A002  # pandas and pyarrow call it so too
) -> list[Path]:
    """Write tables to a folder, one file each.

    Parameters
    ----------
    tables : Tables or mapping of str to DataFrame
        The tables, by name.
    folder : path
        Made if it does not exist. A file of the same table in the other format is removed, lest it goes stale.
    format : {"parquet", "csv", "csv-guarded"}
        CSV is UTF-8, parted by commas, with numbers in full precision and empty cells for what is missing. Guarded, for
        spreadsheet programs, it runs no text as a formula.

    Returns
    -------
    list of Path
        The files, in the order of the tables.

    Raises
    ------
    UsageError
        If the format is unknown.
    InputError
        If the folder cannot be written.
    """
    if format not in FORMATS:
        raise UsageError(f"format: {format!r} is unknown. Use {', '.join(FORMATS)}.")
    target, suffix = Path(folder), format.partition("-")[0]
    written = []
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            path = target / f"{name}.{suffix}"
            _write_file(path, table, is_guarded=format == "csv-guarded")
            for other in SUFFIXES:
                if other != suffix:
                    (target / f"{name}.{other}").unlink(missing_ok=True)
            written.append(path)
    except OSError as error:
        raise InputError(describe_full(target, error)) from error
    return written


def read_tables(folder: str | Path) -> Tables:
    """Read the tables that `write_tables` wrote.

    Parameters
    ----------
    folder : path
        A coded corpus.

    Returns
    -------
    Tables
        With the columns and dtypes of `analysis.contracts.schema`.

    Raises
    ------
    InputError
        If the folder is not a coded corpus, or a table in it is damaged.

    Notes
    -----
    CSV cannot tell an empty text from a missing one: where a column may be missing, an empty cell is read as missing.
    """
    return Tables(**{name: read_table(path, name) for name, path in find_tables(folder).items()})


def find_tables(folder: str | Path) -> dict[str, Path]:
    """The files of all tables of a coded corpus, by name; raises `InputError` if the folder is none."""
    files = {name: path for name in LAYERS if (path := find_table(folder, name)) is not None}
    missing = [name for name in LAYERS if name not in files]
    if missing:
        what = (
            "does not exist" if not Path(folder).is_dir() else f"is not a coded corpus: it has no {', '.join(missing)}"
        )
        raise InputError(f"{folder} {what}. Make one with: framewijs code PATH --codebook FILE --out {folder}")
    return files


def read_model_version(folder: str | Path) -> str | None:
    """Version of the reading model that the manifest of a coded corpus names; None where it names none."""
    try:
        return str(json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))["model"]["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def find_table(folder: str | Path, name: str) -> Path | None:
    """The file of a table in a folder, in whichever format it is there."""
    paths = [Path(folder) / f"{name}.{suffix}" for suffix in SUFFIXES]
    return next((path for path in paths if path.is_file()), None)


def read_table(path: str | Path, name: str) -> pd.DataFrame:
    """Read one table and restore its dtypes; raises `InputError` if the file does not hold a table `name`."""
    path = Path(path)
    try:
        if path.suffix == ".csv":
            raw = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
            with path.open("rb") as file:
                is_guarded = file.read(len(BOM)) == BOM
            return make_table(name, _restore(raw.map(unguard) if is_guarded else raw, name))
        return make_table(name, pd.read_parquet(path))
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist.") from error
    except PermissionError as error:
        raise InputError(f"{path} may not be read. Give yourself the right to read it.") from error
    except (ValueError, OSError, KeyError, InputError) as error:  # Arrow's errors are ValueErrors
        raise InputError(f"{path} does not hold a valid table {name}. Code the corpus again.") from error


def guard(text: str) -> str:
    """Text that no spreadsheet program takes for a formula, for CSV.

    Examples
    --------
    >>> guard("=1+1"), guard("'=1"), guard("twee; -3"), guard("twee;-3")
    ("'=1+1", "''=1", 'twee; -3', "twee;'-3")
    """
    return _DANGER.sub(r"\1'", text)


def unguard(text: str) -> str:
    """The text that `guard` was given.

    Examples
    --------
    >>> unguard(guard("'=1+1;-2"))
    "'=1+1;-2"
    """
    return _GUARDED.sub(r"\1", text)


def count_dangers(tables: Tables) -> int:
    """Cells of all tables that begin as a formula does."""
    columns = [column.dropna() for _, table in tables.items() for _, column in table.items()]
    texts = [column for column in columns if pd.api.types.is_string_dtype(column)]
    return sum(int(column.str.match(f"'*[{_STARTS}]").sum()) for column in texts)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file in one step: whatever breaks off, the old file or the new one is there, whole.

    Raises
    ------
    InputError
        When the file cannot be written.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)  # mkstemp makes files that only their owner may read
        Path(temporary).replace(path)
    except OSError as error:
        raise InputError(describe_full(path, error)) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def describe_full(path: Path, error: OSError) -> str:
    """Which file or folder could not be written: of a full disk the system does not say it."""
    reason = os.strerror(error.errno) if error.errno else str(error)
    return f"{path} cannot be written ({reason}); make room on the disk, or choose another place"


def _write_file(path: Path, table: pd.DataFrame, *, is_guarded: bool) -> None:
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    try:
        if path.suffix == ".csv":
            encoding = "utf-8-sig" if is_guarded else "utf-8"
            if is_guarded:
                table = table.map(lambda cell: guard(cell) if isinstance(cell, str) else cell)
            # Every text in quotation marks: a lone carriage return in one would otherwise end the row.
            table.to_csv(temporary, index=False, encoding=encoding, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        else:
            table.reset_index(drop=True).to_parquet(temporary, index=False, engine="pyarrow", compression="zstd")
        Path(temporary).chmod(0o644)  # mkstemp makes files that only their owner may read
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _restore(raw: pd.DataFrame, name: str) -> pd.DataFrame:
    """Text cells back to the types of the schema."""
    rules = MODELS[name].to_schema().columns
    restored: dict[str, Any] = {}
    for column in raw.columns:
        rule = rules.get(column)
        kind = str(rule.dtype) if rule is not None else "float64"  # the open frame_<id> columns are numbers
        cells = raw[column]
        if kind == "bool":
            unknown = ~cells.isin(["True", "False"])
            if unknown.any():
                raise ValueError(f"{column}: {cells[unknown].iloc[0]!r} is neither True nor False")
            restored[column] = cells == "True"
        elif kind.startswith("float"):
            restored[column] = [float(cell) if cell else float("nan") for cell in cells]
        elif kind == "Int64":
            restored[column] = pd.array([int(cell) if cell else pd.NA for cell in cells], dtype="Int64")
        elif kind.startswith("int"):
            restored[column] = cells.astype("int64")
        else:
            restored[column] = cells.where(cells != "") if rule is not None and rule.nullable else cells
    return pd.DataFrame(restored, columns=raw.columns)
