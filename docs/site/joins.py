"""How the tables join: a picture, and the same in words.

Reads `analysis.contracts` alone (layers, keys, columns and what these say of themselves); writes ``tables.md``. A table
or a column that is added there is in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from analysis.contracts.tables import KEYS, LAYERS, MODELS

ONE_KEY = {keys[0]: name for name, keys in KEYS.items() if name in LAYERS and len(keys) == 1}
"""Tables whose rows one column names, by that column."""
CODEBOOK = {"frame_id": "frames of the codebook", "row_id": "the row it comes from"}
ACTORS = "actors of the codebook"
COLOURS = {"articles": "#1f5fa8", "sentences": "#8a4b00", "mentions": "#1c6b3c", "quotes": "#8b1a5e"}
GREY = "#444444"
WIDTH, LINE, HEAD, GAP, COLUMNS = 270, 19, 28, 34, 3


@dataclass(frozen=True)
class Join:
    """A column of `table` whose values name rows of `to`."""

    table: str
    column: str
    to: str
    meaning: str


def list_joins() -> list[Join]:
    """Every column of every table of a coded corpus that leads elsewhere."""
    found = []
    for table in LAYERS:
        for column, rules in MODELS[table].to_schema().columns.items():
            meaning = rules.description or ""
            if column.endswith("_id") and (to := _leads_to(table, column, meaning)):
                found.append(Join(table, column, to, meaning))
    return found


def _leads_to(table: str, column: str, meaning: str) -> str | None:
    """Where the values of a column are keys: told by its name, or by the first word of what it means."""
    if KEYS[table][-1] == column and table in ("sentences", ONE_KEY.get(column)):
        return None  # its own key
    if column in CODEBOOK:
        return CODEBOOK[column]
    if column == "sentence_id":
        return "sentences"
    for key, other in ONE_KEY.items():
        if column == key or column.endswith(f"_{key}") or meaning.startswith(f"{key} "):
            return other
    return ACTORS


def draw() -> str:
    """The picture, in SVG: a box for each table, in the order of the data's way, with its key and its joins."""
    boxes, bottoms, joins = [], [0.0] * COLUMNS, list_joins()
    for place, table in enumerate(LAYERS):
        lines = _lines(table, [join for join in joins if join.table == table])
        column = place // -(-len(LAYERS) // COLUMNS)
        x, y = column * (WIDTH + GAP) + 1, bottoms[column] + 1
        height = HEAD + LINE * len(lines) + 6
        boxes.append(_box(table, lines, x, y, height))
        bottoms[column] = y + height + GAP / 2
    width, height = COLUMNS * (WIDTH + GAP) - GAP + 2, max(bottoms)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" width="{width}" '
        f'height="{height:.0f}" font-family="sans-serif" font-size="13">'
        f'<rect width="100%" height="100%" fill="white"/>{"".join(boxes)}</svg>'
    )


def _lines(table: str, joins: list[Join]) -> list[tuple[str, str, str]]:
    """Column, what it is, and the colour of that: first the table's own key where one column is that."""
    own = [column for column in KEYS[table][-1:] if column.endswith("_id") and column not in {j.column for j in joins}]
    to = [(join.column, f"→ {_short(join.to)}", COLOURS.get(join.to, GREY)) for join in joins]
    return [(column, "key", COLOURS.get(table, GREY)) for column in own] + to


def _box(table: str, rows: list[tuple[str, str, str]], x: float, y: float, height: float) -> str:
    colour = COLOURS.get(table, GREY)
    lines = [
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{height}" rx="5" fill="white" stroke="{colour}"/>',
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEAD - 4}" rx="5" fill="{colour}"/>',
        f'<text x="{x + 9}" y="{y + 17}" font-weight="bold" fill="white">{escape(table)}</text>',
    ]
    for place, (column, what, shade) in enumerate(rows):
        at = y + HEAD + LINE * place + 12
        lines.append(
            f'<text x="{x + 9}" y="{at}">{escape(column)}</text><text x="{x + WIDTH - 9}" y="{at}" '
            f'text-anchor="end" fill="{shade}">{escape(what)}</text>'
        )
    return "".join(lines)


def _short(to: str) -> str:
    return to.removesuffix(" of the codebook")


def write(source: Path) -> None:
    """Write the page with the picture in it, so that its words are found and read."""
    text = (Path(__file__).parent / "tables.txt").read_text(encoding="utf-8").replace("<!-- the picture -->", draw())
    (source / "tables.md").write_text(text + "\n".join(_rows()) + "\n", encoding="utf-8")


def _rows() -> Iterator[str]:
    yield "\n| table | column | leads to | meaning |\n|---|---|---|---|"
    for join in list_joins():
        yield f"| {join.table} | {join.column} | {join.to} | {escape(join.meaning)} |"
