"""Rows and their ids: one name for every row of every table.

Reads tables; returns rows and ids. A table with one key column uses it; one with several joins them by a slash.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.contracts.tables import Tables, rows_of

KEYED = {
    "mentions": "mention_id",
    "quotes": "quote_id",
    "evaluations": "evaluation_id",
    "actions": "action_id",
    "responsibility": "responsibility_id",
    "functions": "function_id",
    "role_evidence": "role_evidence_id",
}
"""Tables with a single key column that is no article."""
_JOINED: dict[str, tuple[str, ...]] = {
    "articles": (),
    "sentences": ("sentence_id",),
    "frames": ("sentence_id", "frame_id"),
    "article_frames": ("frame_id",),
    "roles": ("actor_id",),
    "features": ("actor_id",),
}


def match(table: pd.DataFrame, **values: Any) -> pd.DataFrame:
    """The rows whose columns have these values."""
    for column, value in values.items():
        table = table[table[column] == value]
    return table


def name_row(table: str, row: Any) -> str:
    """The id of a row of a table."""
    if table in KEYED:
        return str(getattr(row, KEYED[table]))
    return "/".join([str(row.article_id), *(str(getattr(row, key)) for key in _JOINED[table])])


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
