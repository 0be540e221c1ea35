"""The pictures of docs/coding-by-hand.md, from real Chromium: ``make pictures``, or ``python -m tests.draw_pictures``.

The desks are those of JupyterLab. There is no spreadsheet program here, so that the sheet is drawn cell by cell from the
workbook: texts, widths, colours, hidden columns. The articles are those of the teaching corpus, and with them invented.
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pandas as pd

from analysis import code_articles, load_articles, load_codebook, paths
from analysis.hand_coding.desk import CodingDesk
from analysis.hand_coding.sheets import write_sample
from analysis.measures.sampling import draw_sample

OUT = paths.ROOT / "docs" / "pictures"
BOOK = paths.CODEBOOKS / "teaching.yaml"
STYLE = """
body { margin: 0; padding: 8px; font: 14px Carlito, Calibri, Arial, sans-serif; color: #1b1b1b; background: #fff }
table { border-collapse: collapse; table-layout: fixed }
th, td { border: 1px solid #c9ced3; padding: 2px 4px; vertical-align: top; text-align: left; overflow-wrap: break-word }
th { background: #f0f1f3; font-weight: 400; color: #555; text-align: center }
td.head { background: #dde6ee; font-weight: 700 } td.open { background: #fff9e0 } td b { color: #9c2a00 }
p { margin: 6px 0 0; color: #555 } p b { color: #1b1b1b; border-bottom: 2px solid #1f5fa8; margin-right: 16px }
p span { margin-right: 16px }
"""


def draw_sheet(path: Path) -> str:
    """The first worksheet as a page."""
    book = openpyxl.load_workbook(path, rich_text=True)
    sheet = book["coding"]
    columns = [cell.column_letter for cell in sheet[1] if not sheet.column_dimensions[cell.column_letter].hidden]
    widths = "".join(f'<col style="width: {int(sheet.column_dimensions[c].width * 7)}px">' for c in columns)
    lines = ["<th></th>" + "".join(f"<th>{letter}</th>" for letter in columns)]
    for row in range(1, sheet.max_row + 1):
        cells = [sheet[f"{letter}{row}"] for letter in columns]
        kinds = ["head" if row == 1 else "" if cell.protection.locked else "open" for cell in cells]
        shown = "".join(f'<td class="{kind}">{_show(cell.value)}</td>' for cell, kind in zip(cells, kinds, strict=True))
        lines.append(f"<th>{row}</th>{shown}")
    rows = "".join(f"<tr>{line}</tr>" for line in lines)
    tabs = "".join(f"<{'b' if s is sheet else 'span'}>{escape(s.title)}</{'b' if s is sheet else 'span'}>" for s in book if s.sheet_state == "visible")  # fmt: skip
    return (
        f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style><div style="width: max-content">'
        f'<table><colgroup><col style="width: 28px">{widths}</colgroup>{rows}</table><p>{tabs}</p></div>'
    )


def _show(value: Any) -> str:
    if not isinstance(value, list):
        return escape("" if value is None else str(value))
    return "".join(escape(part) if isinstance(part, str) else f"<b>{escape(part.text)}</b>" for part in value)


def make_sample() -> pd.DataFrame:
    """Units of the English articles of the teaching corpus, drawn as `framewijs sample` does; coded without the model."""
    files = sorted((paths.ROOT / "data" / "teaching" / "articles").glob("lc_*.csv"))
    tables = code_articles(load_articles(files), load_codebook(BOOK), reading="rules", methods=["lexicon"])
    return draw_sample(tables, n=12, seed=1)


def code_by_hand(
    sample: pd.DataFrame, folder: Path, coder: str, codes: list[int | None], notes: dict[int, str]
) -> Path:
    """A coder's file, as the desk leaves it."""
    desk = CodingDesk(sample, folder / f"{coder}.csv", load_codebook(BOOK), coder=coder)
    for place, (unit, code) in enumerate(zip(desk.log.units, codes, strict=True)):
        desk.log.write_note(unit, notes.get(place, ""))
        if code is not None:
            desk.log.give_code(unit, code)
    return desk.log.path


def main(folder: Path, only: str = "") -> None:
    """Draw all pictures, or the one whose name is given."""
    sample = make_sample()
    write_sample(sample, folder / "sample.csv")
    for number, row in enumerate(sample.itertuples()):
        print(
            number,
            row.text[: row.mark_start],
            "[[",
            row.text[row.mark_start : row.mark_end],
            "]]",
            row.text[row.mark_end :],
        )
    del only


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        main(Path(place), *sys.argv[1:])
