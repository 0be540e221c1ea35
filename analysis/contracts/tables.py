"""Tables by the rules of `analysis.contracts.schema`: made, joined, and read row by row.

Reads rows or DataFrames; returns tables with fixed columns, types and order, or an error that names the first broken
rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

import pandas as pd
import pandera.errors

from analysis.contracts.errors import InputError
from analysis.contracts.schema import KEYS, MODELS


@dataclass(frozen=True)
class Tables:
    """All tables of a coded corpus, as `code_articles` returns them."""

    articles: pd.DataFrame
    sentences: pd.DataFrame
    mentions: pd.DataFrame
    quotes: pd.DataFrame
    evaluations: pd.DataFrame
    actions: pd.DataFrame
    responsibility: pd.DataFrame
    functions: pd.DataFrame
    frames: pd.DataFrame
    article_frames: pd.DataFrame
    role_evidence: pd.DataFrame
    roles: pd.DataFrame
    features: pd.DataFrame

    def items(self) -> list[tuple[str, pd.DataFrame]]:
        """Names and tables, in the order of the data's way."""
        return [(field.name, getattr(self, field.name)) for field in fields(self)]


def columns_of(name: str) -> list[str]:
    """Fixed columns of a table, in order; the open ``frame_<id>`` columns of features are not among them."""
    return [column for column in MODELS[name].to_schema().columns if not column.startswith("^")]


def make_table(name: str, rows: pd.DataFrame | Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Turn rows into a table that keeps its rules.

    Parameters
    ----------
    name : str
        One of `MODELS`, ``estimates`` excepted (its grouping columns differ: see `make_estimates`).
    rows : DataFrame or iterable of mappings
        The rows, in any order; a column that is missing from every row is an error.

    Returns
    -------
    DataFrame
        Columns in order, dtypes fixed, sorted by `KEYS`, index 0..n-1, validated. The input is not changed.

    Raises
    ------
    InputError
        If a column is unknown or missing, or a value breaks its rule.
    """
    columns = columns_of(name)
    frame = rows.copy() if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows))
    if frame.empty and not len(frame.columns):
        frame = pd.DataFrame(columns=columns)
    open_columns = sorted(column for column in frame.columns if name == "features" and column.startswith("frame_"))
    ordered = columns + open_columns + [c for c in frame.columns if c not in columns and c not in open_columns]
    frame = frame.reindex(columns=[column for column in ordered if column in frame.columns])
    schema = MODELS[name].to_schema()
    for column in columns:
        if column in frame.columns and str(schema.columns[column].dtype) in ("str", "string[python]", "object"):
            frame[column] = frame[column].astype("str")
    frame = frame.sort_values(KEYS[name], kind="stable", ignore_index=True)
    try:
        return pd.DataFrame(schema.validate(frame))
    except (pandera.errors.SchemaError, pandera.errors.SchemaErrors) as error:
        raise InputError(f"table {name}: {_first_failure(error)}") from error


def _first_failure(error: Exception) -> str:
    """What pandera found first, in one line."""
    failures = getattr(error, "schema_errors", None) or [error]
    first = failures[0]
    column = getattr(getattr(first, "schema", None), "name", None)
    reason = " ".join(str(first).split())[:200]
    return f"column {column}: {reason}" if column else reason


def make_estimates(by: Sequence[str], rows: pd.DataFrame) -> pd.DataFrame:
    """Validate an estimates table, whose grouping columns `by` stand before the fixed ones."""
    fixed = columns_of("estimates")
    checked = pd.DataFrame(MODELS["estimates"].to_schema().validate(rows[fixed]))
    return pd.concat([rows[list(by)].reset_index(drop=True), checked.reset_index(drop=True)], axis=1)


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """Rows as named tuples, whose values are as the schema types them (pandas' own types cannot say that)."""
    yield from table.itertuples(index=False)


def group_rows(table: pd.DataFrame, *keys: str) -> dict[Any, list[Any]]:
    """Rows by the value of one key, or the values of several: faster than a frame per group where groups are small."""
    key_of = attrgetter(*keys)
    grouped: dict[Any, list[Any]] = {}
    for row in rows_of(table):
        grouped.setdefault(key_of(row), []).append(row)
    return grouped


def empty_table(name: str) -> pd.DataFrame:
    """The table `name` with no rows and the right dtypes."""
    return make_table(name, [])


def concat_tables(parts: Sequence[Tables]) -> Tables:
    """Join the tables of separately coded articles; the same as coding them together."""
    joined: dict[str, pd.DataFrame] = {}
    for field in fields(Tables):
        frames = [getattr(part, field.name) for part in parts]
        joined[field.name] = (
            make_table(field.name, pd.concat(frames, ignore_index=True)) if frames else empty_table(field.name)
        )
    return Tables(**joined)
