"""One reader per format.

Reads a file; returns its raw articles, as the file has them, and the rows it had to refuse. A text file, page or
document holds one article, or is the export of a database (`analysis.corpus.formats`); a table (CSV, XLSX, JSONL,
Parquet) one per row, in columns that are mapped or recognised by name; an archive holds files.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from pyarrow.parquet import ParquetFile

from analysis.contracts.errors import InputError, StudyError, UsageError
from analysis.corpus.cleaning import decode_bytes
from analysis.corpus.files import DOCUMENT_SUFFIXES, TEXT_SUFFIXES, WARC_SUFFIXES, Source, find_suffix
from analysis.corpus.formats import read_export
from analysis.corpus.formats.archives import read_warc, unpack
from analysis.corpus.formats.columns import (
    COLUMNS,
    TableFormat,
    check_format,
    choose_columns,
    find_format,
    read_seconds,
)
from analysis.corpus.formats.documents import MOST_BYTES, check_package, read_document
from analysis.corpus.formats.records import RAISE, FileContent, RawArticle, Refusal, RefusedError, refuse
from analysis.corpus.page_text import is_page
from analysis.corpus.pages import read_page

_ALIASES = {"id": "article_id", "date": "published", "title": "headline", "source": "outlet"}
_AS_IN = "text=..., published=..."  # fits the command line and, as dict(text=..., published=...), Python
_LARGEST_FIELD = 2**31 - 1
_KINDS = {
    ".parquet": "Parquet file", ".xlsx": "XLSX workbook", ".csv": "CSV table", ".tsv": "CSV table",
    ".docx": "DOCX document", ".rtf": "RTF document", ".pdf": "PDF document", ".warc": "WARC", ".warc.gz": "WARC",
}  # fmt: skip
_UNSHOWN = ("bytes", "a list", "a record")
"""Kinds of cell that do not become text."""


def read_file(
    source: Source,
    *,
    columns: Mapping[str, str] | None = None,
    max_characters: int = 1_000_000,
    outlet: str | None = None,
) -> FileContent:
    """Read one file of any known format.

    Parameters
    ----------
    source : Source
        The file.
    columns : mapping, optional
        Which column of a table holds what: ``{"text": "body", "published": "date"}``. Keys are `COLUMNS`; what is not
        mapped is guessed from the usual Dutch and English names. Text files have no columns.
    max_characters : int
        Longer articles are refused.
    outlet : str, optional
        Name of the outlet, which is no part of the headline in the title of a web page.

    Returns
    -------
    FileContent
        Articles and refusals. A file that cannot be read at all, whatever is wrong with it, gives one refusal without
        a row.

    Raises
    ------
    InputError
        If a mapped column is missing.
    UsageError
        If `columns` has a key that is not in `COLUMNS`.
    """
    mapping = check_columns(columns)
    suffix = find_suffix(source.path)
    try:
        return _read_kind(source, suffix, mapping, max_characters, outlet)
    except RefusedError as error:
        return refuse(error.reason, error.remedy)
    except PermissionError:
        return refuse("the file may not be read", "Give yourself the right to read it")
    except OSError as error:
        return _refuse_unread("file", error)
    except (StudyError, MemoryError):
        raise  # no fault of this file
    except Exception as error:  # whatever a reader stumbles over costs one file
        kind = _KINDS.get(suffix, "text file")
        reason = f"the file is no {kind} or is damaged ({type(error).__name__})"  # its message may hold our folders
        return refuse(reason, "Export it again, without a password, or leave it out")


def read_source(source: Source, **options: Any) -> Iterator[tuple[Source, FileContent]]:
    """Read one file, or the files in a zip archive one after the other.

    Parameters
    ----------
    source : Source
        The file.
    **options
        As for `read_file`.

    Yields
    ------
    Source
        The file, or that in the archive.
    FileContent
        As of `read_file`.
    """
    if find_suffix(source.path) != ".zip":
        yield source, read_file(source, **options)
        return
    try:
        for member, refusal in unpack(source):
            yield member, FileContent(refusals=[refusal]) if refusal else read_file(member, **options)
    except RefusedError as error:
        yield source, refuse(error.reason, error.remedy)
    except OSError as error:
        yield source, _refuse_unread("archive", error)


def check_columns(columns: Mapping[str, str] | None) -> dict[str, str]:
    """Column mapping with our names as keys; `id`, `date`, `title` and `source` are understood."""
    mapping = {_ALIASES.get(name, name): column for name, column in (columns or {}).items()}
    unknown = sorted(set(mapping) - set(COLUMNS))
    if unknown:
        raise UsageError(f"columns: unknown name {', '.join(unknown)}. Map any of: {', '.join(COLUMNS)} ({_AS_IN}).")
    return mapping


def _refuse_unread(what: str, error: OSError) -> FileContent:
    return refuse(
        f"the {what} cannot be read ({error.strerror or type(error).__name__})", "Check the file and the disk"
    )


def _read_kind(
    source: Source, suffix: str, mapping: Mapping[str, str], max_characters: int, outlet: str | None
) -> FileContent:
    if suffix in TEXT_SUFFIXES:
        return _read_text(source.path, max_characters, outlet)
    if suffix in DOCUMENT_SUFFIXES:
        return _read_document(source.path, max_characters)
    if suffix in WARC_SUFFIXES:
        return read_warc(source.path, max_characters, outlet)
    content = FileContent()
    rows = _read_rows(source.path, suffix, content)
    if content.refusals and rows.empty and not len(rows.columns):
        return content
    return _map_rows(rows, content, source, mapping, max_characters)


def _read_text(path: Path, max_characters: int, outlet: str | None) -> FileContent:
    too_long = f"longer than {max_characters:,} characters"
    remedy = f"Split the file into articles, or {RAISE}"
    most = 4 * max_characters + 4  # no encoding needs more than four bytes a character
    if path.stat().st_size > max(most, MOST_BYTES):  # an export holds many articles
        return refuse(too_long, remedy)
    decoded = decode_bytes(path.read_bytes())
    if decoded.text is None:
        return refuse(str(decoded.problem), "Save the article as plain text in UTF-8, or leave the file out")
    is_html = is_page(decoded.text)
    if export := read_export(decoded.text, max_characters, is_html=is_html):
        export.encoding = decoded.encoding or "utf-8"
        return export
    if len(decoded.text) > max_characters:
        return refuse(too_long, remedy)
    known = read_page(decoded.text, outlet=outlet)._asdict() if is_html else {}
    return FileContent([RawArticle(decoded.text, **known)], encoding=decoded.encoding or "utf-8")


def _read_document(path: Path, max_characters: int) -> FileContent:
    text = read_document(path)
    if export := read_export(text, max_characters):
        return export
    if len(text) > max_characters:
        return refuse(f"longer than {max_characters:,} characters", f"Split the file into articles, or {RAISE}")
    return FileContent([RawArticle(text)])


def _read_rows(path: Path, suffix: str, content: FileContent) -> pd.DataFrame:
    """Raw cells of a table; the index numbers the rows as the file does."""
    if suffix == ".parquet":
        frame: pd.DataFrame = ParquetFile(path).read().to_pandas()
        frame.columns = [str(column) for column in frame.columns]
        return frame.set_axis(range(2, len(frame) + 2))
    if suffix == ".xlsx":
        check_package(path)
        return _make_frame(_read_workbook(path, content), content)
    decoded = decode_bytes(path.read_bytes())
    if decoded.text is None:
        content.refusals.append(Refusal(None, str(decoded.problem), "Save the table again, in UTF-8"))
        return pd.DataFrame()
    content.encoding = decoded.encoding or "utf-8"
    text = decoded.text.removeprefix("\ufeff")
    if suffix in (".jsonl", ".ndjson"):
        return _read_json_lines(text, content)
    limit = csv.field_size_limit(_LARGEST_FIELD)  # articles exceed the default; put back below
    try:
        return _make_frame(csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text)), content)
    finally:
        csv.field_size_limit(limit)


def _read_workbook(path: Path, content: FileContent) -> Iterator[list[Any]]:
    """Rows of the first worksheet, all of one length; of others that hold something a refusal is left."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        first, *others = book.worksheets
        for sheet in others:
            if any(any(cell is not None for cell in row) for row in _list_cells(sheet)):
                reason = f"the worksheet {sheet.title} is not read: only the first is"
                content.refusals.append(Refusal(None, reason, "Save it as a file of its own, or leave it out"))
        rows = list(_list_cells(first))
    finally:
        book.close()
    width = max(map(len, rows), default=0)
    yield from (row + [None] * (width - len(row)) for row in rows)


def _list_cells(sheet: Any) -> Iterator[list[Any]]:
    """Cells of a worksheet by row, without what only says that a formula failed."""
    sheet.reset_dimensions()  # some programs write wrong ones
    yield from ([None if cell.data_type == "e" else cell.value for cell in row] for row in sheet.iter_rows())


def _make_frame(records: Iterable[Sequence[Any]], content: FileContent) -> pd.DataFrame:
    """A table of records, the first of which names the columns; empty ones are left out."""
    numbered = enumerate(records, 1)
    _, header = next(numbered, (1, []))
    names = [(_show_cell(cell) or "").strip() for cell in header]
    kept: dict[int, list[Any]] = {}
    for number, record in numbered:
        if not any(map(_show_cell, record)):
            continue
        if len(record) == len(names):
            kept[number] = list(record)
            continue
        reason = f"the row has {len(record)} cells, the header {len(names)}"
        content.refusals.append(Refusal(number, reason, "Put quotation marks around text that holds the delimiter"))
    return pd.DataFrame(list(kept.values()), index=list(kept), columns=names, dtype=object)


def find_delimiter(text: str) -> str:
    r"""Delimiter of a CSV table: the one that gives header and first rows the same number of cells, and most of them.

    Examples
    --------
    >>> find_delimiter("id;text\n1;Ja, nee\n"), find_delimiter("text\nEen zin, met komma.\n")
    (';', ',')
    """
    best, best_score = ",", (0.0, 1)
    for delimiter in (",", ";", "\t", "|"):
        try:
            records = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=delimiter)
            widths = [len(record) for record, _ in zip(records, range(20), strict=False) if record]
        except csv.Error:
            continue
        if widths and widths[0] > 1:
            score = (sum(width == widths[0] for width in widths) / len(widths), widths[0])
            if score > best_score:
                best, best_score = delimiter, score
    return best


def _read_json_lines(text: str, content: FileContent) -> pd.DataFrame:
    records: dict[int, dict[str, Any]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:  # no JSON; a number or a nesting beyond all bounds
            said = error.msg if isinstance(error, json.JSONDecodeError) else str(error).split(";")[0]
            content.refusals.append(Refusal(number, f"the line is no JSON ({said})", "Write one JSON object a line"))
            continue
        if isinstance(record, dict):
            records[number] = record
        else:
            content.refusals.append(Refusal(number, "the line is no JSON object", "Write one JSON object a line"))
    return pd.DataFrame(list(records.values()), index=list(records), dtype=object)


def _map_rows(
    rows: pd.DataFrame, content: FileContent, source: Source, mapping: Mapping[str, str], max_characters: int
) -> FileContent:
    names = list(rows.columns)
    missing = sorted(column for column in mapping.values() if column not in names)
    if missing and names:
        known = ", ".join(map(str, names))
        raise InputError(f"{source.source_file}: no column {', '.join(missing)}. The columns there are: {known}.")
    form = find_format(names)
    chosen = {**choose_columns(names, form), **mapping}
    if rows.empty:
        if not content.refusals:
            content.refusals.append(Refusal(None, "the table has no rows", "Leave the file out"))
    elif problem := _check_header(names, chosen, form):
        content.refusals.append(problem)
    else:
        content.refusals += check_format(form, chosen) if form else ()
        for cells, row in _iterate_rows(rows, chosen):
            refusal = _check_text(cells["text"], row, max_characters)
            if refusal:
                where = f"{form.name}, article {_show_cell(cells['article_id']) or row}, field text: " if form else ""
                content.refusals.append(replace(refusal, reason=where + refusal.reason))
                continue
            content.refusals += _check_cells(cells, row, chosen)
            published = read_seconds(cells.pop("published")) if form else cells.pop("published")
            shown = {name: _show_cell(cell) for name, cell in cells.items()}
            content.articles.append(RawArticle(row=row, published=published, **shown))  # type: ignore[arg-type]
    return content


def _check_header(names: Sequence[str], chosen: Mapping[str, str], form: TableFormat | None) -> Refusal | None:
    """Why the columns cannot be told, if they cannot."""
    twice = [column for column in chosen.values() if names.count(column) > 1]
    if twice:
        reason = f"the header has the column {twice[0]} {names.count(twice[0])} times"
        return Refusal(1, reason, "Give every column a name of its own")
    if "text" in chosen:
        return None
    if form:
        return Refusal(None, f"{form.name}: no column holds field text", form.no_text)
    reason = f"no column with the text of the articles among: {', '.join(filter(None, names))}"
    remedy = f"Say with the option columns which holds what ({_AS_IN})"
    if "" in names[1:]:  # the first is empty where a program numbered the rows
        remedy = f"Take away what stands above the names of the columns, and unmerge their cells; else {remedy.lower()}"
    return Refusal(1 if "" in names[1:] else None, reason, remedy)


def _iterate_rows(rows: pd.DataFrame, chosen: Mapping[str, str]) -> Iterator[tuple[dict[str, Any], int]]:
    lists = {name: rows[chosen[name]].tolist() if name in chosen else [None] * len(rows) for name in COLUMNS}
    for position, row in enumerate(rows.index.tolist()):
        yield {name: cells[position] for name, cells in lists.items()}, int(row)


def _check_text(cell: Any, row: int, max_characters: int) -> Refusal | None:
    if (kind := _name_kind(cell)) is None:
        return Refusal(row, "the row has no text", "Fill in the text or leave the row out")
    if kind != "text":
        remedy = "Export the column as text, or name another (--columns text=...; in Python columns)"
        return Refusal(row, f"the text is {kind}, no text", remedy)
    if len(cell) > max_characters:
        return Refusal(row, f"longer than {max_characters:,} characters", f"Split the article, or {RAISE}")
    return None


def _check_cells(cells: Mapping[str, Any], row: int, chosen: Mapping[str, str]) -> Iterator[Refusal]:
    """Cells beside the text that hold what cannot be shown, and are left out."""
    for name, cell in cells.items():
        if name != "published" and (kind := _name_kind(cell)) in _UNSHOWN:
            reason = f"the column {chosen[name]} holds {kind}, no text"
            yield Refusal(row, reason, f"Kept without {name}; export the column as text", "repaired")


def _name_kind(cell: Any) -> str | None:
    """What a cell holds: text, a number, a date, or one of `_UNSHOWN`; None where it is empty."""
    if isinstance(cell, str):
        return "text" if cell.strip() else None
    if isinstance(cell, bytes | bytearray):
        return "bytes"
    if isinstance(cell, Mapping):
        return "a record"
    if cell is not None and not pd.api.types.is_scalar(cell):
        return "a list"
    if cell is None or pd.isna(cell):
        return None
    return "a date" if isinstance(cell, date) else "a number"


def _show_cell(cell: Any) -> str | None:
    """A cell as text; None when it is empty. A number that is whole has no decimals (Excel keeps ids as floats)."""
    if (kind := _name_kind(cell)) is None or kind in _UNSHOWN:
        return None
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
