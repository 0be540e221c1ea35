"""What differs between two freezes, in lines: counts, and the sentence of each row with its words in brackets.

Reads the rows of a set and how they differ; gives lines for a terminal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from analysis.validation.freeze_rows import PLACES, SENTENCE, Difference, Placed, Row

LONGEST = 100
"""Characters shown of a cell."""
_NUMBERS = ("start", "end", SENTENCE)


class Pages:
    """The texts of a set, to show where rows stand.

    Parameters
    ----------
    placed : mapping of str to Placed
        Tables of the set, ``articles`` and ``sentences`` among them.
    """

    def __init__(self, placed: Mapping[str, Placed]) -> None:
        self.texts: dict[str, str] = {row.cells["article_id"]: row.cells["text"] for row in placed["articles"].rows}
        self.sentences: dict[str, list[tuple[int, int]]] = {}
        for row in placed["sentences"].rows:
            bounds = (int(row.cells["start"]), int(row.cells["end"]))
            self.sentences.setdefault(row.cells["article_id"], []).append(bounds)

    def show(self, row: Row) -> str:
        """The sentence of a row, its words in brackets; nothing where a row is about an article as a whole."""
        article_id = row.cells["article_id"]
        bounds = self.sentences.get(article_id, [])
        return mark_words(self.texts.get(article_id, ""), bounds, row.words, row.cells.get(SENTENCE))


def mark_words(
    text: str, sentences: Sequence[tuple[int, int]], words: Sequence[tuple[int, int]], sentence: int | None = None
) -> str:
    """The sentences in which words stand, with the words in brackets, on one line.

    Parameters
    ----------
    text : str
        The article.
    sentences, words : sequence of (int, int)
        Their characters.
    sentence : int, optional
        Where the sentence begins that is shown too.

    Examples
    --------
    >>> mark_words("Jan komt. Piet gaat.", [(0, 9), (10, 20)], [(10, 14)])
    '[Piet] gaat.'
    """
    places = [*words, *([] if sentence is None else [(int(sentence), int(sentence) + 1)])]
    if not places:
        return ""
    low, high = min(start for start, _ in places), max(end for _, end in places)
    first = max((start for start, _ in sentences if start <= low), default=0)
    last = min((end for _, end in sentences if end >= high), default=len(text))
    marks = sorted([*((end, 0, "]") for _, end in words), *((start, 1, "[") for start, _ in words)])
    shown, position = "", first
    for place, _, mark in marks:
        shown += text[position:place] + mark
        position = place
    return _put_on_one_line(shown + text[position:last])


def describe_difference(table: str, found: Difference, old: Pages, new: Pages, limit: int) -> Iterator[str]:
    """Lines about a table: how many rows differ and in what, then the rows.

    Parameters
    ----------
    table : str
        Its name.
    found : Difference
        How it differs.
    old, new : Pages
        The texts of the set in either freeze.
    limit : int
        Rows shown of each kind.
    """
    counts = Counter(name for *_, names in found.changed for name in names)
    which = f" ({', '.join(f'{name} {n}' for name, n in counts.most_common())})" if counts else ""
    n_same = found.n_old - len(found.only_old) - len(found.changed)
    yield (
        f"{table}: {found.n_old} rows old, {found.n_new} new; {n_same} the same, {len(found.changed)} changed{which}, "
        f"{len(found.only_old)} only old, {len(found.only_new)} only new"
    )
    for name, columns in (("old", found.columns_old), ("new", found.columns_new)):
        if columns:
            yield f"  columns only {name}: {', '.join(columns)}"
    for name, rows, pages in (("old", found.only_old, old), ("new", found.only_new, new)):
        told = [(_locate(table, row, pages), _describe_row(table, row)) for row in rows[:limit]]
        yield from _list_rows(f"only {name}", told, len(rows))
    told = [
        (
            _locate(table, after, new),
            "; ".join(f"{name}: {_show(before.cells[name])} -> {_show(after.cells[name])}" for name in names),
        )
        for before, after, names in found.changed[:limit]
    ]
    yield from _list_rows("changed", told, len(found.changed))


def _list_rows(title: str, told: Sequence[tuple[str, str]], n: int) -> Iterator[str]:
    if n:
        yield f"  {title}"
        for where, what in told:
            yield f"    {where}"
            yield f"      {what}"
        if n > len(told):
            yield f"    and {n - len(told)} more"


def _locate(table: str, row: Row, pages: Pages) -> str:
    """Article, actor or frame, and the sentence of a row."""
    told = [str(row.cells[column]) for column in PLACES[table].where if column not in _NUMBERS]
    return ": ".join(_put_on_one_line(part) for part in (", ".join(told), pages.show(row)) if part)


def _describe_row(table: str, row: Row) -> str:
    """What a row says besides its place; what is empty or false goes without saying."""
    said = [
        f"{name}: {_show(cell)}"
        for name, cell in row.cells.items()
        if name not in (*PLACES[table].where, "text", SENTENCE) and cell is not None and cell is not False
    ]
    return "; ".join(said)


def _show(cell: object) -> str:
    shown = f"{cell:.4g}" if isinstance(cell, float) else _put_on_one_line(str(cell))
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def _put_on_one_line(text: str) -> str:
    """Without line ends and whatever a terminal would obey."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
