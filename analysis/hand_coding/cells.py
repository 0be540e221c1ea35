"""Cells of spreadsheets: article text that stays text.

Reads and returns text. What a spreadsheet program would run as a formula is marked as text in XLSX; CSV has no such
mark, so there it is guarded (`analysis.corpus.storage`), and the guard taken away when the file is read back.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils import get_column_letter

from analysis.contracts.errors import InputError
from analysis.corpus.cleaning import decode_bytes
from analysis.corpus.readers import find_delimiter
from analysis.corpus.storage import guard, replace_file, unguard

_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f]")  # a carriage return too: XML makes a line feed of it
_LOOKS_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CODED = re.compile("_x([0-9A-Fa-f]{4})_")
_LONGEST = 32_767
"""Characters that an XLSX cell holds."""
_LARGEST_FIELD = 2**31 - 1
_DAMAGE = (ValueError, LookupError, OSError, EOFError, SyntaxError, TypeError, AttributeError, zlib.error, BadZipFile)
"""What zipfile and openpyxl are known to raise on a damaged file."""


def to_xlsx(text: str) -> str:
    r"""Text as an XLSX file can hold it: signs that XML forbids, and what looks like the code of one, as codes.

    Examples
    --------
    >>> to_xlsx("a\x07 _x0041_")
    'a_x0007_ _x005F_x0041_'
    """
    coded = _LOOKS_CODED.sub("_x005F_", _UNWRITABLE.sub("\ufffd", text))
    return _FORBIDDEN.sub(lambda found: f"_x{ord(found.group()):04X}_", coded)


def from_xlsx(text: str) -> str:
    r"""The text that `to_xlsx` was given.

    Examples
    --------
    >>> from_xlsx("a_x0007_ _x005F_x0041_") == "a\x07 _x0041_"
    True
    """
    return _CODED.sub(lambda found: chr(int(found.group(1), 16)), text)


def fits_xlsx(text: str) -> bool:
    """Whether an XLSX cell is large enough."""
    return len(to_xlsx(text)) <= _LONGEST


def name_cell(row: int, column: int) -> str:
    """The address of a cell, both counted from 1.

    Examples
    --------
    >>> name_cell(14, 5)
    'E14'
    """
    return f"{get_column_letter(column)}{row}"


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write cells to a CSV file; see `to_csv`."""
    replace_file(path, to_csv(header, rows))


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Cells as CSV that spreadsheet programs open in the right encoding, with texts guarded; numbers stay numbers."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([guard(cell) if isinstance(cell, str) else cell for cell in row] for row in (header, *rows))
    return ("\ufeff" + written.getvalue()).encode("utf-8", "replace")


def read_csv(path: Path) -> list[list[str]]:
    """The cells of a CSV file, as our programs or a spreadsheet program wrote it, without the guards.

    Raises
    ------
    InputError
        When the file cannot be read or is no CSV file.
    """
    decoded = decode_bytes(read_bytes(path))
    if decoded.text is None:
        raise InputError(f"{path}: {decoded.problem}; save the sheet again as CSV in UTF-8")
    text = decoded.text.removeprefix("\ufeff")
    limit = csv.field_size_limit(_LARGEST_FIELD)  # articles exceed the default; put back below
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text), strict=True))
    except csv.Error as error:
        raise InputError(f"{path}: the file is no CSV table ({error}); save the sheet again") from error
    finally:
        csv.field_size_limit(limit)
    return [[unguard(cell) for cell in record] for record in records]


def read_xlsx(path: Path, worksheet: str) -> list[list[Any]]:
    """The cells of a worksheet of an XLSX file, or of its first where there is none of that name.

    Raises
    ------
    InputError
        When the file cannot be read or is no XLSX workbook.
    """
    content = read_bytes(path)
    try:
        book = openpyxl.load_workbook(_keep_codes(content))
    except _DAMAGE as error:
        what = f"no XLSX workbook, or damaged ({type(error).__name__})"
        raise InputError(f"{path}: {what}; save the sheet again") from error
    sheet = book[worksheet] if worksheet in book.sheetnames else book.worksheets[0]
    return [
        [from_xlsx(cell) if isinstance(cell, str) else cell for cell in row]
        for row in sheet.iter_rows(values_only=True)
    ]


def _keep_codes(content: bytes) -> io.BytesIO:
    """A workbook whose coded signs openpyxl leaves alone: it drops every ``x005F_`` from the table of shared texts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(kept, "w") as target:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == "xl/sharedStrings.xml":
                part = part.replace(b"_x005F_", b"_x005f_").replace(b"x005F_", b"_x0078_005F_")
            target.writestr(entry, part)
    kept.seek(0)
    return kept


def read_bytes(path: Path) -> bytes:
    """The content of a file; raises `InputError` when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist; check the name") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); check the file") from error
