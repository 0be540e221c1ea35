"""The pictures of docs/coding-by-hand.md, from real Chromium: ``make pictures``, or ``python -m tests.draw_pictures``.

The desks are those of JupyterLab. There is no spreadsheet program here, so that the sheet is drawn cell by cell from the
workbook: texts, widths, colours, hidden columns. The articles are those of the teaching corpus, and with them invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pandas as pd

from analysis import code_articles, load_articles, load_codebook, paths
from analysis.hand_coding.adjudication import adjudicate, show_beside, write_notebook
from analysis.hand_coding.sheets import write_sample, write_sheet
from analysis.measures.sampling import draw_sample
from tests.chromium import Page
from tests.lab import DESK, KEYS, PATIENCE, run_notebook, serve_lab, write_cell

OUT = paths.ROOT / "docs" / "pictures"
BOOK = paths.CODEBOOKS / "teaching.yaml"
CODES = "polarity"
ANNA = (
    (1, "higher wages are a success"), (-1, ""), (0, ""), (0, ""), (0, ""), (0, ""), (-1, ""), (0, ""), (0, ""), (1, ""),
    (0, ""), (-1, ""),
)  # fmt: skip
BEN = (
    (0, ""), (-1, ""), (1, "he made peace"), (0, ""), (0, ""), (0, ""), (-1, ""), (0, ""), (-1, "water cannon"), (1, ""),
    (0, ""), (-1, ""),
)  # fmt: skip
CLARA = (
    (0, "The agreement is told; no word credits the union for it."),
    (0, "He thanks; nobody judges him. That he asked for a mediator is no praise (rule: in doubt 0)."),
    (0, "They undergo the water cannon. Misfortune is not blame."),
)
PIXELS = 5.4
"""Of a character of a column's width."""
STYLE = """
body { margin: 0; font: 13px Carlito, Calibri, Arial, sans-serif; color: #1b1b1b; background: #fff }
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
    widths = "".join(f'<col style="width: {int(sheet.column_dimensions[c].width * PIXELS)}px">' for c in columns)
    lines = ["<th></th>" + "".join(f"<th>{letter}</th>" for letter in columns)]
    for row in range(1, sheet.max_row + 1):
        cells = [sheet[f"{letter}{row}"] for letter in columns]
        kinds = ["head" if row == 1 else "" if cell.protection.locked else "open" for cell in cells]
        shown = "".join(f'<td class="{kind}">{_show(cell.value)}</td>' for cell, kind in zip(cells, kinds, strict=True))
        lines.append(f"<th>{row}</th>{shown}")
    rows = "".join(f"<tr>{line}</tr>" for line in lines)
    others = [other.title for other in book if other.sheet_state == "visible" and other is not sheet]
    tabs = f"<b>{escape(sheet.title)}</b>" + "".join(f"<span>{escape(title)}</span>" for title in others)
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


def fill_sheet(path: Path, column: str, filled: Sequence[tuple[int | None, str]]) -> Path:
    """Fill in codes, and notes or reasons, as a spreadsheet program does."""
    book = openpyxl.load_workbook(path, rich_text=True)
    titles = [cell.value for cell in book["coding"][1]]
    for row, (code, note) in enumerate(filled, start=2):
        for title, value in ((CODES, code), (column, note or None)):
            book["coding"].cell(row, titles.index(title) + 1).value = value
    book.save(path)
    return path


def make_folder(folder: Path) -> None:
    """A sample, the filled sheets of two coders and of whoever adjudicates, and a notebook for each desk."""
    sample, book = make_sample(), load_codebook(BOOK)
    write_sample(sample, folder / "sample.csv")
    sheets = [
        fill_sheet(write_sheet(sample, folder / f"{coder}.xlsx", book, coder=coder), "note", filled)
        for coder, filled in (("anna", ANNA), ("ben", BEN))
    ]
    found = adjudicate(sheets, sample, book)
    left = sample[sample["unit"].isin(found.open)]
    beside = show_beside(one for one in found.compared if one.unit in found.open)
    write_sheet(left, folder / "clara.xlsx", book, coder="clara", beside=beside)
    fill_sheet(folder / "clara.xlsx", "reason", CLARA)
    write_sheet(sample.head(5), folder / "few.xlsx", book, coder="anna")
    fill_sheet(folder / "few.xlsx", "note", ANNA[:5])
    write_notebook(folder / "clara.ipynb", sheets, folder / "sample.csv", BOOK, coder="clara")
    lines = [
        "from analysis import load_codebook",
        "from analysis.hand_coding.desk import CodingDesk",
        "from analysis.hand_coding.sheets import read_sample",
        f"CodingDesk(read_sample('sample.csv'), 'dave.csv', load_codebook({str(BOOK)!r}), coder='dave')",
    ]
    write_cell(folder / "dave.ipynb", lines)


def draw_desks(page: Page, address: str) -> None:
    """Work at each desk until there is something to see."""
    run_notebook(page, address, "dave.ipynb")
    page.click(KEYS)
    for place, key in enumerate("0-0000", start=1):
        page.press(key)
        page.until(f"document.querySelector('{DESK}').innerText.includes('{place} coded')")
    page.picture(OUT / "desk.png", DESK)
    run_notebook(page, address, "clara.ipynb")
    page.click(KEYS)
    page.press("n")
    page.until(f"document.querySelector('{DESK}').innerText.includes('unit 2 of')")
    page.press("Tab")
    page.call("Input.insertText", text=CLARA[1][1])
    page.picture(OUT / "adjudication-desk.png", DESK)


def main(folder: Path) -> None:
    """Draw all pictures."""
    OUT.mkdir(exist_ok=True)
    make_folder(folder)
    with serve_lab(folder) as address, Page(folder, width=2000, height=1400, patience=PATIENCE) as page:
        for name, book in (("sheet", "few"), ("adjudication-sheet", "clara")):
            (folder / f"{name}.html").write_text(draw_sheet(folder / f"{book}.xlsx"), encoding="utf-8")
            page.call("Page.navigate", url=(folder / f"{name}.html").as_uri())
            page.until("document.readyState === 'complete' && document.querySelector('table')")
            page.picture(OUT / f"{name}.png", "body > div")
        page.resize(900, 1400)
        draw_desks(page, address)
    for path in sorted(OUT.glob("*.png")):
        print(f"{path.relative_to(paths.ROOT)}: {path.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        main(Path(place))
