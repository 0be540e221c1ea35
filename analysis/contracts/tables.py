"""The tables of a coded corpus, a `Layer` each; and how a table is made, joined, and read row by row.

Reads rows or DataFrames; returns tables with fixed columns, types and order, or an error that names the first broken
rule. What there is to know of a table stands in its layer: the chain, files, ids, `explain` and the data dictionary
follow from it (``docs/extending.md``).
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

import pandas as pd
import pandera.errors

from analysis.contracts import schema, schema_microframes, schema_roles
from analysis.contracts.errors import InputError
from analysis.contracts.schema_rules import Table


@dataclass(frozen=True)
class Layer:
    """A table.

    Attributes
    ----------
    schema : type of Table
        Its columns, with their types and meaning.
    key : tuple of str
        The columns that it is sorted by; together they name one row.
    code : str
        Its coder, as ``module:function``; empty where the chain makes the table in another way. The coder's parameters
        are what it is given: ``reading``, ``codebook``, ``captions``, and tables that stand before it.
    given : mapping of str to str
        Further parameters of the coder, by the names that `analysis.runs.chain` has for them.
    row_id : tuple of str
        The columns that name a row for `explain`, where that is fewer than the key: rows with one id are told together.
    """

    schema: type[Table]
    key: tuple[str, ...] = ()
    code: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    row_id: tuple[str, ...] = ()

    @property
    def names_rows_by(self) -> tuple[str, ...]:
        """The columns of the id of a row."""
        return self.row_id or self.key


def _layer(
    schema: type[Table], *key: str, code: str = "", row_id: tuple[str, ...] = (), **given: str
) -> dict[str, Layer]:
    """What goes with a field of `Tables`; see `Layer`."""
    return {"layer": Layer(schema, key, code, given, row_id)}


@dataclass(frozen=True)
class Tables:
    """All tables of a coded corpus, as `code_articles` returns them, in the order of the data's way."""

    articles: pd.DataFrame = field(metadata=_layer(schema.Articles, "article_id"))
    sentences: pd.DataFrame = field(metadata=_layer(schema.Sentences, "article_id", "sentence_id"))
    mentions: pd.DataFrame = field(metadata=_layer(schema.Mentions, "mention_id"))
    quotes: pd.DataFrame = field(metadata=_layer(schema.Quotes, "quote_id"))
    evaluations: pd.DataFrame = field(metadata=_layer(schema.Evaluations, "evaluation_id"))
    actions: pd.DataFrame = field(
        metadata=_layer(schema.Actions, "action_id", code="analysis.coding.actions.code:code_actions")
    )
    responsibility: pd.DataFrame = field(
        metadata=_layer(
            schema.Responsibility, "responsibility_id",
            code="analysis.coding.claims.responsibility:code_responsibility",
        )
    )  # fmt: skip
    functions: pd.DataFrame = field(
        metadata=_layer(
            schema_roles.Functions, "function_id",
            code="analysis.coding.claims.functions:code_functions", method="judging_method",
        )
    )  # fmt: skip
    frames: pd.DataFrame = field(
        metadata=_layer(
            schema.Frames, "article_id", "sentence_id", "frame_id", "indicator", "method",
            row_id=("article_id", "sentence_id", "frame_id"),
            code="analysis.coding.frames.code:code_frames",
            method="frame_method", beside="frame_methods_beside", model="frame_model",
        )
    )  # fmt: skip
    article_frames: pd.DataFrame = field(
        metadata=_layer(
            schema.ArticleFrames, "article_id", "frame_id", "method",
            row_id=("article_id", "frame_id"),
            code="analysis.coding.frames.articles:code_article_frames",
            method="frame_method", beside="frame_methods_beside", model="frame_model",
        )
    )  # fmt: skip
    role_evidence: pd.DataFrame = field(
        metadata=_layer(
            schema_roles.RoleEvidence, "role_evidence_id",
            code="analysis.coding.roles.evidence:find_role_evidence", method="judging_method",
        )
    )  # fmt: skip
    roles: pd.DataFrame = field(
        metadata=_layer(schema_roles.Roles, "article_id", "actor_id", code="analysis.coding.roles.code:code_roles")
    )
    features: pd.DataFrame = field(
        metadata=_layer(
            schema.Features, "article_id", "actor_id",
            code="analysis.measures.features:build_features", method="judging_method",
        )
    )  # fmt: skip

    def items(self) -> list[tuple[str, pd.DataFrame]]:
        """Names and tables, in the order of the data's way."""
        return [(name, getattr(self, name)) for name in LAYERS]


LAYERS: dict[str, Layer] = {table.name: table.metadata["layer"] for table in fields(Tables)}
"""The layer of each table of `Tables`."""
OTHERS: dict[str, Layer] = {
    "places": Layer(schema_microframes.Places, ("article_id", "sentence_id", "axis_id")),
    "microframes": Layer(schema_microframes.MicroFrames, ("actor_id", "axis_id")),
    "estimates": Layer(schema.Estimates),
    "notices": Layer(schema.Notices, ("source_file", "row", "notice", "reason")),
}
"""Tables that are not part of a coded corpus."""
MODELS: dict[str, type[Table]] = {name: layer.schema for name, layer in (LAYERS | OTHERS).items()}
"""Name of each table and its rules."""
KEYS: dict[str, list[str]] = {name: list(layer.key) for name, layer in (LAYERS | OTHERS).items() if layer.key}
"""The columns each table is sorted by."""
WORDS = (("start", "end"), ("evidence_start", "evidence_end"), ("cue_start", "cue_end"))
"""Columns that say where the words of a row are; the first pair that a table has."""


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
    rules = MODELS[name].to_schema()
    for column in columns:
        if column in frame.columns and str(rules.columns[column].dtype) in ("str", "string[python]", "object"):
            frame[column] = frame[column].astype("str")
    frame = frame.sort_values(KEYS[name], kind="stable", ignore_index=True)
    try:
        return pd.DataFrame(rules.validate(frame))
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
    row = namedtuple("Row", table.columns, rename=True)  # type: ignore[misc]  # noqa: PYI024  columns are data
    # pandas' own tuples take a column of texts apart value by value, which takes ten times as long.
    columns = [table[name].to_numpy(dtype=object) for name in table.columns]
    yield from map(row._make, zip(*columns, strict=True))


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
    for name in LAYERS:
        frames = [getattr(part, name) for part in parts]
        joined[name] = make_table(name, pd.concat(frames, ignore_index=True)) if frames else empty_table(name)
    return Tables(**joined)


def find_words(name: str) -> tuple[str, str] | None:
    """The columns of a table that say where the words of a row are; None where it has none."""
    columns = columns_of(name)
    return next((pair for pair in WORDS if pair[0] in columns), None)
