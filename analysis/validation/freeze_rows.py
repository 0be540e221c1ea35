"""Rows by their place: what makes a row of one freeze the same row in another, and how the two differ.

Reads the tables of a set; returns their rows without the numbers that run on, and what differs between two such tables.
A row is known by where it stands and by the ids that make it. What points at another row by its number points at that
row's place instead, and a sentence is where it begins.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from analysis.contracts.errors import InputError
from analysis.contracts.tables import LAYERS, WORDS, find_words
from analysis.display.explanations.rows import KEYED

SENTENCE = "sentence"
"""Column that stands for ``sentence_id``: the first character of the sentence."""
POINTERS = (
    *("antecedent_id", "source_mention_id", "target_mention_id", "agent_mention_id", "patient_mention_id"),
    *("outer_id", "row_id"),
)
"""Columns with the running number of another row."""
RUNNING = frozenset(["sentence_id", *KEYED.values()])
"""Columns with a running number of the row itself, which are not compared."""
TOLERANCE = 1e-9
"""Numbers this near are the same: sums in another order differ in their last digits."""


class Key(NamedTuple):
    """What makes a row: `where` it stands, and `who` it is about; rows that differ in `who` alone have changed."""

    where: tuple[str, ...]
    who: tuple[str, ...] = ()


_SPAN = ("article_id", "start", "end")
_SPECIAL: dict[str, Key] = {
    "mentions": Key(_SPAN, ("actor_id",)),
    "quotes": Key(_SPAN, ("source_id",)),
    "evaluations": Key(("article_id", SENTENCE, "target_id", "method"), ("source_id", "outer_source_id")),
    "actions": Key(_SPAN, ("agent_id", "predicate", "patient_id")),
    "responsibility": Key(_SPAN, ("accuser_id", "accused_id", "stance")),
    "functions": Key((*_SPAN, "function"), ("source_id", "actor_id")),
    "role_evidence": Key((*_SPAN, "origin", "actor_id"), ("role", "row_id")),
}


def _place(name: str) -> Key:
    """Where rows of a table stand: where it says so, at their words, or else at their key."""
    key = tuple(SENTENCE if column == "sentence_id" else column for column in LAYERS[name].key)
    return _SPECIAL.get(name, Key(_SPAN if find_words(name) == _SPAN[1:] else key))


PLACES: dict[str, Key] = {name: _place(name) for name in LAYERS}
"""Every table of `analysis.contracts.tables.Tables`."""


class Row(NamedTuple):
    """A row: its cells by column, and where its words stand in the text of its article."""

    cells: Mapping[str, Any]
    words: tuple[tuple[int, int], ...] = ()


class Placed(NamedTuple):
    """A table: its columns without the numbers that run on, and its rows."""

    columns: Sequence[str]
    rows: Sequence[Row]


class Choice(NamedTuple):
    """What to compare: names of sets, tables and columns, all where none is named, and columns to leave out."""

    sets: Sequence[str] = ()
    tables: Sequence[str] = ()
    columns: Sequence[str] = ()
    ignore: Sequence[str] = ()


class Difference(NamedTuple):
    """How a table differs.

    Attributes
    ----------
    n_old, n_new : int
        Rows of either.
    changed : sequence of (Row, Row, sequence of str)
        Rows of the same place, and the columns in which they differ.
    only_old, only_new : sequence of Row
        Rows that only one has.
    columns_old, columns_new : sequence of str
        Columns that only one has.
    """

    n_old: int
    n_new: int
    changed: Sequence[tuple[Row, Row, Sequence[str]]]
    only_old: Sequence[Row]
    only_new: Sequence[Row]
    columns_old: Sequence[str]
    columns_new: Sequence[str]

    @property
    def is_any(self) -> bool:
        """Whether anything differs."""
        return any((self.changed, self.only_old, self.only_new, self.columns_old, self.columns_new))


def place_tables(tables: Mapping[str, pd.DataFrame], folder: str) -> dict[str, Placed]:
    """The tables of a set with every row at its place.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By name, ``sentences`` among them; columns that `PLACES` does not ask for may be any.
    folder : str
        Where they were read from, for messages.

    Raises
    ------
    InputError
        When a table lacks a column that makes its rows.
    """
    for name, table in tables.items():
        needed = {*PLACES[name].where, *([KEYED[name]] if name in KEYED else [])}
        needed = {"sentence_id" if column == SENTENCE else column for column in needed}
        if lacking := sorted(needed - set(table.columns)):
            raise InputError(f"{folder}: the table {name} lacks the column {lacking[0]}; code the freeze anew")
    records = {name: _list_records(table) for name, table in tables.items()}
    starts = {(row["article_id"], row.get("sentence_id")): row["start"] for row in records["sentences"]}
    for row in (row for rows in records.values() for row in rows if "sentence_id" in row):
        row[SENTENCE] = starts.get((row["article_id"], row["sentence_id"]))
    named = {row[KEYED[name]]: _describe(name, row) for name, rows in records.items() if name in KEYED for row in rows}
    mentions = {row["mention_id"]: row for row in records.get("mentions", [])}
    placed = {}
    for name, rows in records.items():
        columns = [column for column in tables[name].columns if column not in RUNNING]
        if "sentence_id" in tables[name].columns and name != "sentences":
            columns.append(SENTENCE)
        placed[name] = Placed(
            columns,
            [
                Row(
                    {
                        column: named.get(row[column], row[column]) if column in POINTERS else row[column]
                        for column in columns
                    },
                    tuple(_find_words(row, mentions)),
                )
                for row in rows
            ],
        )
    return placed


def _list_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dictionaries of plain values, None where a cell is empty."""
    cells = table.astype(object)
    rows = cells.where(cells.notna(), None).to_dict("records")
    return [{str(column): cell for column, cell in row.items()} for row in rows]


def _describe(name: str, row: Mapping[str, Any]) -> str:
    """The place of a row in words, such as ``mentions 12 15 Jan``."""
    told = [str(row[column]) for column in PLACES[name].where if column != "article_id"]
    return " ".join([name, *told, *([row["text"]] if row.get("text") else [])])


def _find_words(row: Mapping[str, Any], mentions: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[int, int]]:
    """Where the words of a row are; of a judgement also those of the actor, if the sentence has them."""
    start, end = next((pair for pair in WORDS if pair[0] in row), WORDS[0])
    if row.get(start) is not None:
        yield int(row[start]), int(row[end])
    target = mentions.get(row.get("target_mention_id") or "")
    if target is not None and target.get(SENTENCE) == row[SENTENCE]:
        yield int(target["start"]), int(target["end"])


def compare_tables(old: Placed, new: Placed, key: Key, choice: Choice) -> Difference:
    """How a table differs between two freezes.

    Parameters
    ----------
    old, new : Placed
        The table in either.
    key : Key
        What makes a row.
    choice : Choice
        Columns to compare and to leave out.
    """
    pairs, only_old, only_new = match_rows(old.rows, new.rows, key)
    columns = _choose_columns((column for column in old.columns if column in new.columns), key, choice)
    changed = []
    for first, second in pairs:
        names = [name for name in columns if is_different(first.cells[name], second.cells[name])]
        if names:
            changed.append((first, second, names))
    return Difference(
        n_old=len(old.rows),
        n_new=len(new.rows),
        changed=changed,
        only_old=only_old,
        only_new=only_new,
        columns_old=_choose_columns((column for column in old.columns if column not in new.columns), key, choice),
        columns_new=_choose_columns((column for column in new.columns if column not in old.columns), key, choice),
    )


def match_rows(old: Sequence[Row], new: Sequence[Row], key: Key) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pair the rows of two tables: first those of the same place and ids, then of the rest those of the same place.

    Parameters
    ----------
    old, new : sequence of Row
        Rows of the same table in either freeze.
    key : Key
        What makes a row. Rows that share it are paired in their order.

    Returns
    -------
    tuple of lists
        Pairs, rows that only `old` has, rows that only `new` has; each in the order of its table.
    """
    paired: dict[int, int] = {}
    left = set(range(len(new)))
    for columns in ((*key.where, *key.who), key.where):
        waiting: dict[tuple[Any, ...], deque[int]] = defaultdict(deque)
        for place in sorted(left):
            waiting[_take(new[place], columns)].append(place)
        for place, row in enumerate(old):
            queue = waiting.get(_take(row, columns))
            if place not in paired and queue:
                paired[place] = queue.popleft()
                left.discard(paired[place])
    return (
        [(row, new[paired[place]]) for place, row in enumerate(old) if place in paired],
        [row for place, row in enumerate(old) if place not in paired],
        [new[place] for place in sorted(left)],
    )


def _take(row: Row, columns: Sequence[str]) -> tuple[Any, ...]:
    """Cells by which rows are paired; an id that a freeze does not have is empty."""
    return tuple(row.cells.get(column) for column in columns)


def is_different(old: Any, new: Any) -> bool:
    """Whether two cells differ; numbers by more than `TOLERANCE`.

    Examples
    --------
    >>> is_different(0.1 + 0.2, 0.3), is_different(None, 0.0), is_different("a", "b")
    (False, True, True)
    """
    if isinstance(old, float) and isinstance(new, float):
        return abs(old - new) > TOLERANCE
    return bool(old != new)


def _choose_columns(columns: Iterable[str], key: Key, choice: Choice) -> list[str]:
    """Of these columns those that are to be compared; the place of a row is none."""
    return [
        column
        for column in columns
        if column not in (*key.where, *choice.ignore) and (not choice.columns or column in choice.columns)
    ]
