"""One reader per format.

Reads a file; returns its raw articles, as the file has them, and the rows it had to refuse. A text file holds one
article; a table (CSV, XLSX, JSONL, Parquet) one per row, in columns that are mapped or recognised by name.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import pandas as pd

from analysis.contracts.errors import InputError, UsageError
from analysis.corpus.cleaning import decode_bytes
from analysis.corpus.files import TEXT_SUFFIXES, Source
from analysis.corpus.page_text import is_page
from analysis.corpus.pages import read_page

_GUESSES = {
    "text": (
        "text", "tekst", "body", "content", "articletext", "artikeltekst", "fulltext", "volledigetekst", "bodytext",
        "articlebody", "articlecontent", "maintext", "plaintext", "inhoud", "berichttekst", "bericht", "nieuwsbericht",
        "artikel", "article", "story",
    ),
    "headline": (
        "headline", "title", "kop", "titel", "header", "heading", "articletitle", "artikeltitel", "artikelkop",
    ),
    "published": (
        "published", "date", "datum", "publicationdate", "publicatiedatum", "pubdate", "publishedat", "publishedon",
        "datepublished", "publisheddate", "publishdate", "datumpublicatie", "verschijningsdatum", "plaatsingsdatum",
    ),
    "outlet": (
        "outlet", "source", "medium", "krant", "newspaper", "bron", "dagblad", "nieuwsbron", "uitgever", "publisher",
        "publication", "publicatie",
    ),
    "article_id": ("articleid", "id", "docid", "documentid", "artikelid", "berichtid", "uid"),
    "language": ("language", "lang", "taal"),
}  # fmt: skip
"""Names without spaces, hyphens, underscores and capitals; the first that is there is taken."""
COLUMNS = tuple(_GUESSES)
_ALIASES = {"id": "article_id", "date": "published", "title": "headline", "source": "outlet"}
_AS_IN = "text=..., published=..."  # fits the command line and, as dict(text=..., published=...), Python
_RAISE = "allow more (--max-characters; in Python max_characters)"
_LARGEST_FIELD = 2**31 - 1
# What pyarrow and openpyxl are known to raise on a damaged file.
_DAMAGE = (ValueError, LookupError, OSError, EOFError, SyntaxError, TypeError, AttributeError, BadZipFile, zlib.error)


@dataclass(frozen=True)
class RawArticle:
    """An article as a file has it; `row` counts from 1, the header being row 1, and is None for a text file."""

    text: str
    row: int | None = None
    article_id: str | None = None
    headline: str | None = None
    published: Any = None
    outlet: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Refusal:
    """Something that could not be read, and what to do about it."""

    row: int | None
    reason: str
    remedy: str


@dataclass
class FileContent:
    """What one file gave."""

    articles: list[RawArticle] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    encoding: str = "utf-8"


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
        Articles and refusals. A file that cannot be read at all gives one refusal without a row.

    Raises
    ------
    InputError
        If a mapped column is missing.
    UsageError
        If `columns` has a key that is not in `COLUMNS`.
    """
    mapping = check_columns(columns)
    suffix = source.path.suffix.lower()
    try:
        if suffix in TEXT_SUFFIXES:
            return _read_text(source.path, max_characters, outlet)
        content = FileContent()
        rows = _read_rows(source.path, suffix, content)
        if content.refusals and rows.empty and not len(rows.columns):
            return content
        return _map_rows(rows, content, source, mapping, max_characters)
    except PermissionError:
        return _refuse("the file may not be read", "Give yourself the right to read it")
    except OSError as error:
        return _refuse(
            f"the file cannot be read ({error.strerror or type(error).__name__})", "Check the file and the disk"
        )


def check_columns(columns: Mapping[str, str] | None) -> dict[str, str]:
    """Column mapping with our names as keys; `id`, `date`, `title` and `source` are understood."""
    mapping = {_ALIASES.get(name, name): column for name, column in (columns or {}).items()}
    unknown = sorted(set(mapping) - set(COLUMNS))
    if unknown:
        raise UsageError(f"columns: unknown name {', '.join(unknown)}. Map any of: {', '.join(COLUMNS)} ({_AS_IN}).")
    return mapping


def _refuse(reason: str, remedy: str) -> FileContent:
    return FileContent(refusals=[Refusal(None, reason, remedy)])


def _read_text(path: Path, max_characters: int, outlet: str | None) -> FileContent:
    too_long = f"longer than {max_characters:,} characters"
    remedy = f"Split the file into articles, or {_RAISE}"
    if path.stat().st_size > 4 * max_characters + 4:  # no encoding needs more than four bytes a character
        return _refuse(too_long, remedy)
    decoded = decode_bytes(path.read_bytes())
    if decoded.text is None:
        return _refuse(str(decoded.problem), "Save the article as plain text in UTF-8, or leave the file out")
    if len(decoded.text) > max_characters:
        return _refuse(too_long, remedy)
    known = read_page(decoded.text, outlet=outlet)._asdict() if is_page(decoded.text) else {}
    return FileContent([RawArticle(decoded.text, **known)], encoding=decoded.encoding or "utf-8")


def _read_rows(path: Path, suffix: str, content: FileContent) -> pd.DataFrame:
    """Raw cells of a table; the column ``__row__`` numbers the rows as the file does."""
    if suffix in (".csv", ".tsv", ".jsonl", ".ndjson"):
        decoded = decode_bytes(path.read_bytes())
        if decoded.text is None:
            content.refusals.append(Refusal(None, str(decoded.problem), "Save the table again, in UTF-8"))
            return pd.DataFrame()
        content.encoding = decoded.encoding or "utf-8"
        text = decoded.text.removeprefix("\ufeff")
        return _read_json_lines(text, content) if suffix in (".jsonl", ".ndjson") else _read_csv(text, content)
    try:
        frame = pd.read_parquet(path) if suffix == ".parquet" else pd.read_excel(path, dtype=object)
    except PermissionError:
        raise
    except _DAMAGE as error:
        kind = "Parquet file" if suffix == ".parquet" else "XLSX workbook"
        reason = f"the file is no {kind} or is damaged ({type(error).__name__})"
        content.refusals.append(Refusal(None, reason, "Export the table again"))
        return pd.DataFrame()
    frame.columns = [str(column) for column in frame.columns]
    return frame.assign(__row__=range(2, len(frame) + 2))


def _read_csv(text: str, content: FileContent) -> pd.DataFrame:
    delimiter = find_delimiter(text)
    limit = csv.field_size_limit(_LARGEST_FIELD)  # articles exceed the default; put back below
    try:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        header = [name.strip() for name in next(records, [])]
        kept: list[list[Any]] = []
        for number, record in enumerate(records, 2):
            if not any(cell.strip() for cell in record):
                continue
            if len(record) != len(header):
                reason = f"the row has {len(record)} cells, the header {len(header)}"
                content.refusals.append(
                    Refusal(number, reason, "Put quotation marks around text that holds the delimiter")
                )
                continue
            kept.append([*record, number])
    except csv.Error as error:
        content.refusals.append(Refusal(None, f"the file is no CSV table ({error})", "Export the table again"))
        return pd.DataFrame()
    finally:
        csv.field_size_limit(limit)
    return pd.DataFrame(kept, columns=[*header, "__row__"], dtype=object)


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
    records = []
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
            records.append({**record, "__row__": number})
        else:
            content.refusals.append(Refusal(number, "the line is no JSON object", "Write one JSON object a line"))
    return pd.DataFrame(records, dtype=object)


def _map_rows(
    rows: pd.DataFrame, content: FileContent, source: Source, mapping: Mapping[str, str], max_characters: int
) -> FileContent:
    names = [column for column in rows.columns if column != "__row__"]
    missing = sorted(column for column in mapping.values() if column not in names)
    if missing and names:
        known = ", ".join(map(str, names))
        raise InputError(f"{source.source_file}: no column {', '.join(missing)}. The columns there are: {known}.")
    chosen = {**_guess_columns(names), **mapping}
    if rows.empty and not content.refusals:
        content.refusals.append(Refusal(None, "the table has no rows", "Leave the file out"))
    elif "text" not in chosen and not rows.empty:
        reason = f"no column with the text of the articles among: {', '.join(map(str, names))}"
        content.refusals.append(Refusal(None, reason, f"Say with the option columns which holds what ({_AS_IN})"))
    elif not rows.empty:
        for cells, row in _iterate_rows(rows, chosen):
            refusal = _check_text(cells["text"], row, max_characters)
            if refusal:
                content.refusals.append(refusal)
            else:
                published = cells.pop("published")
                content.articles.append(
                    RawArticle(row=row, published=published, **{name: _show_cell(cell) for name, cell in cells.items()})  # type: ignore[arg-type]
                )
    return content


def _iterate_rows(rows: pd.DataFrame, chosen: Mapping[str, str]) -> Iterator[tuple[dict[str, Any], int]]:
    lists = {name: rows[chosen[name]].tolist() if name in chosen else [None] * len(rows) for name in COLUMNS}
    for position, row in enumerate(rows["__row__"].tolist()):
        yield {name: cells[position] for name, cells in lists.items()}, int(row)


def _check_text(cell: Any, row: int, max_characters: int) -> Refusal | None:
    text = _show_cell(cell)
    if text is None or not text.strip():
        return Refusal(row, "the row has no text", "Fill in the text or leave the row out")
    if len(text) > max_characters:
        return Refusal(row, f"longer than {max_characters:,} characters", f"Split the article, or {_RAISE}")
    return None


def _show_cell(cell: Any) -> str | None:
    """A cell as text; None when it is empty. A number that is whole has no decimals (Excel keeps ids as floats)."""
    if cell is None or (pd.api.types.is_scalar(cell) and pd.isna(cell)):
        return None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)
    return text if text.strip() else None


def _guess_columns(names: list[str]) -> dict[str, str]:
    """Columns recognised by their name; one column never serves twice."""
    by_name = {re.sub(r"[\W_]+", "", str(name).lower()): name for name in reversed(names)}
    chosen: dict[str, str] = {}
    for field_name, guesses in _GUESSES.items():
        match = next((by_name[guess] for guess in guesses if guess in by_name), None)
        if match is not None:
            chosen[field_name] = match
    return chosen
