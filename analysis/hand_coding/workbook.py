"""The XLSX workbook that coders fill in: units with their text, a list of codes to choose from, and the instructions.

Reads a sample and a question; returns the bytes of a workbook. Everything but codes, notes and the coder's name is
locked, without a password: against slips, not against people. The same sample gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from analysis.codebook.load import Codebook
from analysis.contracts.tables import rows_of
from analysis.hand_coding.cells import fits_xlsx, to_xlsx
from analysis.hand_coding.log import VERSION
from analysis.hand_coding.questions import CodeValue, Question, about_of, find_versions, instruct

CODING, INSTRUCTIONS, ARTICLES, CODES = "coding", "instructions", "articles", "codes"
MARKS = ("[[", "]]")
"""What stands around the marked words."""
Beside = Mapping[str, Mapping[str, CodeValue]]
"""Further columns of a sheet: what each shows, by unit."""
REASON = "reason"
"""What the column with notes is called on sheets that show codes of others: why it is this code."""
_HIDDEN = ("unit", "variable", VERSION)
_OPEN = ("note", REASON, "coder")
_WIDTHS = {"number": 9, "about": 22, "headline": 26, "before": 44, "text": 60, "after": 36, "note": 30, REASON: 44}
_FONT = "Calibri"
_MOST = 6_000
"""Characters of a long sentence to show on either side of the mark."""
_EPOCH = datetime(2000, 1, 1)  # the format has no time zone; a fixed date keeps the bytes equal
_TOP = Alignment(wrap_text=True, vertical="top")
_HEAD = PatternFill("solid", fgColor="FFDDE6EE")
_FILL_IN = PatternFill("solid", fgColor="FFFFF9E0")


def columns_of_sheet(question: Question, beside: Beside | None = None) -> list[str]:
    """Columns of a sheet, in order."""
    shown = ["unit", "variable", "number", "about", "headline", "before", "text", "after", *(beside or ())]
    return [*shown, question.name, REASON if beside else "note", "coder", VERSION]


def make_rows(
    sample: pd.DataFrame,
    question: Question,
    codebook: Codebook,
    *,
    coder: str | None,
    language: str,
    beside: Beside | None = None,
) -> list[tuple[dict[str, CodeValue], tuple[int, int] | None]]:
    """Per unit what each column of the sheet shows, codes and notes empty, and the marked stretch of ``text``."""
    rows = []
    versions = find_versions(question, sample, codebook)
    for number, row in enumerate(rows_of(sample), start=1):
        shown: dict[str, CodeValue] = {"unit": row.unit, "variable": row.variable, "number": number}
        shown |= {name: _text(getattr(row, name)) for name in ("headline", "before", "text", "after")}
        shown |= {"about": about_of(row, codebook, language), "coder": coder or "", VERSION: versions[row.variable]}
        shown |= {column: cells.get(row.unit, "") for column, cells in (beside or {}).items()}
        mark = (int(row.mark_start), int(row.mark_end)) if pd.notna(row.mark_start) else None
        rows.append((shown, mark))
    return rows


def mark_text(text: str, mark: tuple[int, int] | None) -> tuple[str, str, str]:
    """Text before the mark, the marked words with brackets around them, and the text after; all before if no mark."""
    if mark is None:
        return text, "", ""
    first, last = mark
    return text[:first], f"{MARKS[0]}{text[first:last]}{MARKS[1]}", text[last:]


def make_workbook(
    sample: pd.DataFrame,
    question: Question,
    codebook: Codebook,
    *,
    coder: str | None,
    language: str,
    beside: Beside | None = None,
) -> bytes:
    """The workbook as bytes; see `analysis.hand_coding.sheets.write_sheet`."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = CODING
    columns = columns_of_sheet(question, beside)
    rows = make_rows(sample, question, codebook, coder=coder, language=language, beside=beside)
    links = _add_articles(book, sample) if sample["sentence_id"].isna().all() else {}
    widths = {question.name: max(12, len(question.name) + 4)} | _WIDTHS
    for column, cells in (beside or {}).items():
        widths[column] = max([12, *(min(len(str(cell)), 30) for cell in cells.values())])
    for place, column in enumerate(columns, start=1):
        is_empty = column in ("headline", "before", "after") and not any(shown[column] for shown, _ in rows)
        _style_header(sheet, place, column, widths, is_hidden=column in _HIDDEN or is_empty)
    for number, ((shown, mark), article_id) in enumerate(zip(rows, sample["article_id"], strict=True), start=2):
        for place, column in enumerate(columns, start=1):
            cell = sheet.cell(number, place)
            cell.alignment = _TOP
            if column == question.name or column in _OPEN:
                cell.protection = Protection(locked=False)
                cell.fill = _FILL_IN
            if column == "text" and links:
                _link(cell, links[str(article_id)])
            elif isinstance(shown.get(column), int):
                cell.value = shown[column]
            elif shown.get(column):
                _put(cell, *mark_text(str(shown[column]), mark if column == "text" else None))
    _add_instructions(book, question, instruct(question, sample, codebook, adjudicates=bool(beside)), columns)
    _add_list(book, sheet, columns.index(question.name) + 1, len(sample), question)
    sheet.freeze_panes = "D2"
    sheet.print_title_rows = "1:1"
    for shown_sheet in book.worksheets:
        _finish(shown_sheet)
    return _save(book)


def _style_header(sheet: Any, place: int, column: str, widths: Mapping[str, int], *, is_hidden: bool) -> None:
    cell = sheet.cell(1, place, to_xlsx(column))
    cell.font, cell.fill, cell.alignment = Font(name=_FONT, bold=True), _HEAD, _TOP
    dimension = sheet.column_dimensions[cell.column_letter]
    dimension.hidden = is_hidden
    dimension.width = widths.get(column, 12)


def _put(cell: Any, before: str, marked: str = "", after: str = "") -> None:
    """Write article text as text, whatever it begins with."""
    if not all(map(fits_xlsx, (before, marked, after, before + marked + after))):
        before = before if len(before) <= _MOST else "… " + before[-_MOST:] if marked else before[:_MOST] + " …"
        marked = marked if len(marked) <= _MOST else marked[:_MOST] + f" …{MARKS[1]}"
        after = after if len(after) <= _MOST else after[:_MOST] + " …"
    if marked:
        parts = [
            to_xlsx(before),
            TextBlock(InlineFont(rFont=_FONT, sz=11, b=True, color="FF9C2A00"), to_xlsx(marked)),
            to_xlsx(after),
        ]
        cell.value = CellRichText(*(part for part in parts if part))
    else:
        cell.value = to_xlsx(before)
    cell.data_type = "s"  # not a formula, nor an error value such as #REF!
    cell.quotePrefix = True  # and text it stays when somebody edits it


def _add_articles(book: Workbook, sample: pd.DataFrame) -> dict[str, int]:
    """A worksheet with the articles, a paragraph a row; returns the row at which each begins."""
    sheet = book.create_sheet(ARTICLES)
    sheet.column_dimensions["A"].width = 110
    begins: dict[str, int] = {}
    row = 1
    for article_id, text in zip(sample["article_id"], sample["text"], strict=True):
        if str(article_id) in begins:
            continue
        begins[str(article_id)] = row
        title = sheet.cell(row, 1, f"Article {len(begins)}")
        title.font, title.fill = Font(name=_FONT, bold=True), _HEAD
        for paragraph in str(text).split("\n\n"):
            for start in range(0, max(len(paragraph), 1), _MOST):
                row += 1
                _put(sheet.cell(row, 1), paragraph[start : start + _MOST])
                sheet.cell(row, 1).alignment = _TOP
        row += 2
    return begins


def _link(cell: Any, row: int) -> None:
    cell.value = "read the article"
    cell.hyperlink = f"#{ARTICLES}!A{row}"
    cell.font = Font(name=_FONT, underline="single", color="FF1F5FA8")


def _add_instructions(book: Workbook, question: Question, lines: list[tuple[str, str]], shown: Sequence[str]) -> None:
    sheet = book.create_sheet(INSTRUCTIONS, 1)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 110
    columns: Sequence[tuple[str, str]] = (
        (question.name, f"fill in {question.list_codes()} in every row; a row that is left empty counts as not coded"),
        ("note", "whatever the researcher should know of this row"),
        (REASON, "why it is this code, by which rule; a code without a reason is not taken"),
        ("coder", "your name, where it is not filled in; else the name of the file stands for you"),
    )
    lines = lines + [(f"Column {name}", text) for name, text in columns if name in shown]
    for row, (heading, text) in enumerate(lines, start=1):
        for place, part in enumerate((heading, text), start=1):
            _put(sheet.cell(row, place), part)
            sheet.cell(row, place).alignment = _TOP
        sheet.cell(row, 1).font = Font(name=_FONT, bold=True)


def _add_list(book: Workbook, sheet: Any, column: int, n_rows: int, question: Question) -> None:
    """The list of codes to choose from; a range, since a list within the cell cannot hold every code."""
    values = book.create_sheet(CODES)
    values.sheet_state = "hidden"
    for row, code in enumerate(question.codes, start=1):
        cell = values.cell(row, 1)
        if isinstance(code.value, int):
            cell.value = code.value
        else:
            _put(cell, code.value)
    check = DataValidation(type="list", formula1=f"{CODES}!$A$1:$A${len(question.codes)}", allow_blank=True)
    check.showErrorMessage = check.showInputMessage = True
    check.errorTitle, check.error = "No code", f"Use {question.list_codes()}, or leave the cell empty."[:255]
    check.promptTitle, check.prompt = question.name[:32], question.text[:255]
    letter = sheet.cell(1, column).column_letter
    check.add(f"{letter}2:{letter}{n_rows + 1}")
    sheet.add_data_validation(check)


def _finish(sheet: Any) -> None:
    """Lock a worksheet, and print all its columns on one page."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # widths and heights may be changed
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _save(book: Workbook) -> bytes:
    """Bytes without the time of day."""
    book.properties.created = _EPOCH
    written, fixed = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*",
                    rb"\g<1>" + _EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode(),
                    content,
                )
            entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return fixed.getvalue()


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
