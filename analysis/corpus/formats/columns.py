"""Which column of a table holds what.

Reads the names of columns and ``data/formats/tables/*.yaml``; returns the column of each field, chosen by the format of
the table where it is one of a tool (Media Cloud, 4CAT, AmCAT, GDELT), and by the usual Dutch and English names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from analysis.contracts.paths import FORMATS
from analysis.corpus.formats.records import Refusal

GUESSES = {
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
COLUMNS = tuple(GUESSES)
_SECONDS = re.compile(r"\d{9,10}(?:\.0+)?")


@dataclass(frozen=True)
class TableFormat:
    """A table as a tool writes it: how it is told, the columns of each field, and what to do where it has no texts."""

    name: str
    recognised_by: tuple[frozenset[str], ...]
    columns: Mapping[str, Sequence[str]]
    expected: tuple[str, ...]
    no_text: str


@lru_cache(maxsize=1)
def load_table_formats() -> tuple[TableFormat, ...]:
    """Formats of ``data/formats/tables``."""
    return tuple(map(_read_format, sorted((FORMATS / "tables").glob("*.yaml"))))


def _read_format(path: Path) -> TableFormat:
    row = yaml.safe_load(path.read_text(encoding="utf-8"))
    marks = tuple(map(frozenset, row["recognised_by"]))
    return TableFormat(row["name"], marks, row["columns"], tuple(row["expected"]), row["no_text"])


def find_format(names: Sequence[str]) -> TableFormat | None:
    """The tool that wrote a table, told by its columns; None where it is no known one.

    Examples
    --------
    >>> find_format(["URL", "MobileURL", "Date", "Title"]).name
    'GDELT'
    """
    there = {str(name).strip().lower() for name in names}
    return next((form for form in load_table_formats() if any(marks <= there for marks in form.recognised_by)), None)


def choose_columns(names: Sequence[str], form: TableFormat | None) -> dict[str, str]:
    """The column of each field that can be told; in the table of a tool its own columns go before the usual names."""
    if form is None:
        return guess_columns(names)
    by_name = {str(name).strip().lower(): name for name in reversed(names)}
    firsts = {
        field: next((by_name[own] for own in owns if own in by_name), None) for field, owns in form.columns.items()
    }
    chosen = {field: column for field, column in firsts.items() if column is not None}
    guesses = {field: column for field, column in guess_columns(names).items() if column not in chosen.values()}
    return guesses | chosen


def check_format(form: TableFormat, chosen: Mapping[str, str]) -> Iterator[Refusal]:
    """A notice for each field that tables of this tool have and this one lacks."""
    for field in form.expected:
        if field not in chosen:
            reason = f"{form.name}: no column {form.columns[field][0]}, field {field}"
            yield Refusal(None, reason, f"Kept without {field}; export it again with all columns", "repaired")


def read_seconds(cell: Any) -> Any:
    """The day of a time that tools give in seconds since 1970 (UTC); any other cell as it is.

    Examples
    --------
    >>> read_seconds("1580473800"), read_seconds("2020-01-31 12:30:00")
    ('2020-01-31', '2020-01-31 12:30:00')
    """
    if isinstance(cell, bool) or not _SECONDS.fullmatch(str(cell).strip()):
        return cell
    return f"{datetime.fromtimestamp(float(cell), UTC):%Y-%m-%d}"


def guess_columns(names: Sequence[str]) -> dict[str, str]:
    """Columns recognised by their name; one column never serves twice."""
    by_name = {re.sub(r"[\W_]+", "", str(name).lower()): name for name in reversed(names)}
    chosen: dict[str, str] = {}
    for field_name, guesses in GUESSES.items():
        match = next((by_name[guess] for guess in guesses if guess in by_name), None)
        if match is not None:
            chosen[field_name] = match
    return chosen
