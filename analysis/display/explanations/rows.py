"""Rows and their ids: one name for every row of every table.

Reads tables; returns rows and ids. A table with one key column uses it; one with several joins them by a slash.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.contracts.tables import LAYERS, Tables, rows_of

KEYED = {name: layer.key[0] for name, layer in LAYERS.items() if len(layer.key) == 1 and name != "articles"}
"""Tables with a single key column that is no article."""


def match(table: pd.DataFrame, **values: Any) -> pd.DataFrame:
    """The rows whose columns have these values."""
    for column, value in values.items():
        table = table[table[column] == value]
    return table


def name_row(table: str, row: Any) -> str:
    """The id of a row of a table."""
    return "/".join(str(getattr(row, column)) for column in LAYERS[table].names_rows_by)


def find_rows(tables: Tables, name: str, row_id: str) -> pd.DataFrame:
    """The rows of a table that an id names, most often one or none."""
    columns = LAYERS[name].names_rows_by
    table: pd.DataFrame = getattr(tables, name)
    values = row_id.rsplit("/", len(columns) - 1)  # an article's own id may have slashes
    if len(values) < len(columns):
        return table.iloc[:0]
    for column, value in zip(columns, values, strict=True):
        table = table[table[column].astype("str") == value]
    return table


def row_ids(tables: Tables, article_id: str | None = None) -> Iterator[tuple[str, str]]:
    """Name of the table and id of every row that `explain` takes, of one article or of all.

    Yields
    ------
    tuple of (str, str)
        The rows of ``frames`` of one sentence and frame share an id, as do those of ``article_frames`` of one article
        and frame, and those of ``roles`` and ``features``.
    """
    for name, table in tables.items():
        part = table if article_id is None else match(table, article_id=article_id)
        yield from ((name, name_row(name, row)) for row in rows_of(part))
