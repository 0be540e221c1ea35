"""Tables of a coded corpus as Arrow, read column by column: what the evidence browser keeps in memory.

Reads the folder that `framewijs code` wrote, Parquet or CSV; returns Arrow tables with the columns of
`schema`, their rows by article. Texts that repeat (ids of actors, names of rules) are stored once, so that
ten thousand articles take some hundred megabytes and no second copy on the disk.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from analysis.contracts.errors import InputError
from analysis.contracts.tables import MODELS, columns_of
from analysis.corpus.storage import find_tables

FOUND = ("mentions", "quotes", "evaluations", "actions", "responsibility", "functions", "frames", "role_evidence")
"""Tables of which a row is a finding."""
READ = ("articles", "sentences", *FOUND)
ROW_IDS = frozenset({
    "mention_id", "quote_id", "evaluation_id", "action_id", "responsibility_id", "function_id", "role_evidence_id",
    "antecedent_id", "source_mention_id", "target_mention_id", "agent_mention_id", "patient_mention_id", "outer_id",
    "row_id",
})  # fmt: skip
"""Columns that name a row of the same article, as ``<article_id>:<rest>``."""
UNIQUE = ROW_IDS | {"text", "headline", "cues", "event", "duplicate_of", "source_file"}
"""Columns of text whose values hardly repeat."""
TAKEN_FROM_THE_ARTICLE = {"sentences": "text", "mentions": "text"}
"""Columns that repeat a stretch of ``articles.text``: not read, but cut when they are needed."""


def read_columns(folder: str | Path) -> dict[str, pa.Table]:
    """Read what the browser shows of a coded corpus.

    Parameters
    ----------
    folder : path
        A coded corpus.

    Returns
    -------
    dict of str to pyarrow.Table
        The tables of `READ`. The column ``article_id`` of all but ``articles`` holds the number of the article, from 0;
        of the columns `ROW_IDS` those that `is_short` says so hold what stands behind the article's id and a colon.

    Raises
    ------
    InputError
        If the folder is not a coded corpus, or a table in it is damaged.
    """
    files = find_tables(folder)
    tables = {"articles": _read(files["articles"], "articles")}
    known = tables["articles"]["article_id"]
    for name in READ[1:]:
        tables[name] = _by_article(_read(files[name], name), known, files[name], name)
        pa.default_memory_pool().release_unused()
    return tables


def number_of(values: pa.ChunkedArray | pa.Array, known: pa.Array) -> np.ndarray:
    """The place of each value in `known`; -1 for what is missing or not in it."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if pa.types.is_dictionary(values.type):
        places = pc.fill_null(pc.index_in(values.dictionary.cast(pa.string()), value_set=known), -1)
        codes = pc.fill_null(values.indices, -1).to_numpy(zero_copy_only=False)
        numbers: np.ndarray = np.append(places.to_numpy(zero_copy_only=False), -1).astype(np.int32)[codes]
        return numbers
    found = pc.fill_null(pc.index_in(values.cast(pa.string()), value_set=known), -1)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int32)


def _type_of(name: str, column: str) -> pa.DataType:
    kind = str(MODELS[name].to_schema().columns[column].dtype)
    if kind == "bool":
        return pa.bool_()
    if kind.lower().startswith("int"):
        return pa.int32()  # places in one article, and words of it
    if kind.startswith("float"):
        return pa.float64()
    return pa.string() if column in UNIQUE else pa.dictionary(pa.int32(), pa.string())


def _read(path: Path, name: str) -> pa.Table:
    columns = [column for column in columns_of(name) if column != TAKEN_FROM_THE_ARTICLE.get(name)]
    types = {column: _type_of(name, column) for column in columns}
    types |= {"article_id": pa.string()} if name == "articles" else {}
    repeated = [column for column, kind in types.items() if pa.types.is_dictionary(kind)]
    try:
        if path.suffix == ".csv":
            table = pyarrow.csv.read_csv(
                path,
                parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
                convert_options=pyarrow.csv.ConvertOptions(
                    include_columns=columns, column_types=types, null_values=[""], strings_can_be_null=True
                ),
            )
        else:
            table = pyarrow.parquet.read_table(path, columns=columns, read_dictionary=repeated, use_threads=False)
            table = table.select(columns)
        table = table.cast(pa.schema([(column, types[column]) for column in columns]))
        return table.unify_dictionaries().combine_chunks()
    except PermissionError as error:
        raise InputError(f"{path} may not be read. Give yourself the right to read it.") from error
    except (pa.ArrowException, OSError, KeyError, ValueError) as error:
        raise InputError(f"{path} does not hold a valid table {name}. Code the corpus again.") from error


def _by_article(table: pa.Table, known: pa.ChunkedArray, path: Path, name: str) -> pa.Table:
    """The rows in the order of their articles, each with the number of its article."""
    numbers = number_of(table["article_id"], known.combine_chunks())
    if len(numbers) and numbers.min() < 0:
        lost: Any = table["article_id"][int(np.argmin(numbers))].as_py()
        raise InputError(f"{path}: article '{lost}' is not in the table articles. Code the corpus again.")
    place = table.schema.get_field_index("article_id")
    table = table.set_column(place, "article_id", pa.array(numbers))
    order = [("article_id", "ascending")]
    if name == "sentences":
        order.append(("sentence_id", "ascending"))
    if (np.diff(numbers) < 0).any():
        table = table.take(pc.sort_indices(table, sort_keys=order))
    return _shorten(table, known)


def is_short(table: pa.Table, column: str) -> bool:
    """Whether a column holds what stands behind the article's id and a colon."""
    return column in ROW_IDS and pa.types.is_dictionary(table.schema.field(column).type)


def _shorten(table: pa.Table, known: pa.ChunkedArray) -> pa.Table:
    """Ids of rows without the article's id, where all of a column begin with it: they repeat, and are stored once."""
    articles = known.take(table["article_id"]).combine_chunks()
    for place, column in enumerate(table.column_names):
        if column in ROW_IDS:
            whole = table[column].combine_chunks()
            rest = pc.replace_substring_regex(whole, pattern="(?s)^.*:", replacement="")
            again = pc.binary_join_element_wise(articles, rest, ":")
            if pc.all(pc.equal(again, whole), min_count=0).as_py():
                table = table.set_column(place, column, rest.dictionary_encode())
    return table.combine_chunks()
