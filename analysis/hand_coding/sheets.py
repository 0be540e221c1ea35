"""Coding sheets: a sample goes out to coders as a spreadsheet, and comes back as codes that have been checked.

Reads a sample (`analysis.measures.sampling`) and filled sheets; writes XLSX or CSV, and returns codes in long form for
`analysis.measures.agreement_report`. What is asked stands in `analysis.hand_coding.questions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from analysis.codebook.load import EMPTY, Codebook
from analysis.contracts.errors import InputError, UsageError
from analysis.corpus.storage import replace_file
from analysis.hand_coding.cells import name_cell, read_csv, read_xlsx, write_csv
from analysis.hand_coding.questions import QUESTIONS, CodeValue, Question, question_of
from analysis.hand_coding.samples import SAMPLE, read_sample, write_sample
from analysis.hand_coding.workbook import CODING, REASON, Beside, columns_of_sheet, make_rows, make_workbook, mark_text

__all__ = ["read_sample", "read_sheets", "write_sample", "write_sheet"]

FORMATS = (".xlsx", ".csv")
CODE_COLUMNS = ("unit", "variable", "coder", "code", "note")
_MOST_PROBLEMS = 5
_NO_FILE = re.compile(r'[<>:"/\\|?*\x00-\x1f]|\A[. ]*\Z|\A(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)', re.IGNORECASE)
"""Names that no file may have on some system, or that lead to another folder."""


class Entry(NamedTuple):
    """One unit of one sheet, as one coder left it; `where` names its cell, `cells` is its row by lower-case title."""

    unit: str
    variable: str
    coder: str
    code: CodeValue | None
    note: str | None
    where: str
    file: Path
    cells: dict[str, Any]


def write_sheet(
    sample: pd.DataFrame,
    path: str | Path,
    codebook: Codebook = EMPTY,
    *,
    coder: str | None = None,
    question: Question | None = None,
    language: str = "en",
    overwrite: bool = False,
    beside: Beside | None = None,
) -> Path:
    """Write a coding sheet: one row per unit, the text to read, and a column to fill in.

    Parameters
    ----------
    sample : DataFrame
        As `analysis.measures.sampling.draw_sample` returns it; rows are coded in its order.
    path : path
        Ends in ``.xlsx`` or ``.csv``. Name the file after the coder, unless `coder` is given.
    codebook : Codebook
        For the labels of actors, and the definitions and questions of frames.
    coder : str, optional
        Fills the column ``coder``, so that the file may be renamed.
    question : Question, optional
        Another question than that of `analysis.hand_coding.questions`.
    language : str, default "en"
        Language of the labels of actors and frames.
    overwrite : bool, default False
        Replace a file that is there. By default it is kept: somebody's codes may be in it.
    beside : mapping of str to mapping, optional
        For whoever adjudicates: further columns, such as the codes of others, by unit. The column ``note`` is then
        called ``reason``. See `analysis.hand_coding.adjudication`.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        When the file is there already or cannot be written, or `sample` is no sample.
    UsageError
        For another ending.

    Notes
    -----
    The sheet holds neither the machine's code, nor the stratum, the probability or the outlet: coders code blind. These
    stay in the sample (`write_sample`), and are joined by ``unit``. In XLSX the unit and variable stand in hidden
    columns, everything but the columns to fill in is locked (without a password), codes are chosen from a list, and a
    second worksheet holds the instructions; of the unit article the text stands in a worksheet of its own. The marked
    words stand between ``[[`` and ``]]``. Article text is never a formula: in XLSX it is typed as text; in CSV an
    apostrophe stands before what a spreadsheet program would take for one.
    """
    target = Path(path)
    if target.suffix.lower() not in FORMATS:
        raise UsageError(f"{target}: a sheet ends in .xlsx or .csv; name it so")
    if target.exists() and not overwrite:
        raise InputError(f"{target} is there already and may hold codes; choose another name, or remove it first")
    asked = question or question_of(sample)
    if missing := [column for column in ("unit", "text", "mark_start") if column not in sample.columns]:
        raise InputError(f"{target}: the table is no sample, it lacks {', '.join(missing)}; draw one first")
    if target.suffix.lower() == ".xlsx":
        replace_file(target, make_workbook(sample, asked, codebook, coder=coder, language=language, beside=beside))
        return target
    columns = columns_of_sheet(asked, beside)
    rows = []
    for shown, mark in make_rows(sample, asked, codebook, coder=coder, language=language, beside=beside):
        marked = shown | {"text": "".join(mark_text(str(shown["text"]), mark))}
        rows.append([marked.get(column, "") for column in columns])
    write_csv(target, columns, rows)
    return target


def name_sheets(coders: Sequence[str], ending: str) -> list[str]:
    """File names of coders' sheets: names that any system can hold, each another, in no other folder.

    Raises
    ------
    UsageError
        For a name that cannot be that of a file, or that two coders share.

    Examples
    --------
    >>> name_sheets(["anna", "Ben de Wit"], "xlsx")
    ['anna.xlsx', 'Ben de Wit.xlsx']
    """
    taken = {SAMPLE}
    for name in coders:
        file = f"{name}.{ending}".casefold()
        if _NO_FILE.search(name):
            raise UsageError(
                f"--coders: '{name}' cannot be the name of a file; use letters, digits, spaces and hyphens"
            )
        if file in taken:
            raise UsageError(f"--coders: {name}.{ending} would be written twice; give every coder another name")
        taken.add(file)
    return [f"{name}.{ending}" for name in coders]


def read_sheets(
    paths: Iterable[str | Path],
    *,
    sample: pd.DataFrame | None = None,
    questions: Sequence[Question] = QUESTIONS,
) -> pd.DataFrame:
    """Read filled sheets, of `write_sheet` or of the coding desk, and check every cell.

    Parameters
    ----------
    paths : iterable of path
        XLSX and CSV files. The coder is named by the column ``coder``; where that is empty, by the name of the file. A
        sheet may also hold a column per coder, such as ``polarity: anna`` and ``polarity: ben``.
    sample : DataFrame, optional
        The sample: a unit that is not in it is then an error.
    questions : sequence of Question
        The questions that were asked, known by the name of their column.

    Returns
    -------
    DataFrame
        One row per unit, variable and coder: ``unit``, ``variable``, ``coder``, ``code`` (a number, a text, or missing
        where the cell is empty) and ``note``; sorted by variable, unit and coder.

    Raises
    ------
    InputError
        When a file cannot be read or is no sheet; when a cell holds what is no code, a row has lost its unit, a unit
        is not in the sample, or a coder codes a unit twice. The message names the cells.

    Notes
    -----
    A cell that is empty is a code that is missing, and nothing else. Rows may be sorted, and columns that are not
    needed removed.
    """
    return to_codes(read_entries(paths, sample=sample, questions=questions))


def to_codes(entries: Iterable[Entry]) -> pd.DataFrame:
    """Entries as `read_sheets` returns them."""
    codes = pd.DataFrame([entry[:5] for entry in entries], columns=list(CODE_COLUMNS), dtype=object)
    return codes.astype(dict.fromkeys(("unit", "variable", "coder", "note"), "str"))


def read_entries(
    paths: Iterable[str | Path], *, sample: pd.DataFrame | None = None, questions: Sequence[Question] = QUESTIONS
) -> list[Entry]:
    """What `read_sheets` reads, with everything else that stands in the rows."""
    problems: list[str] = []
    entries: dict[tuple[str, str, str], Entry] = {}
    known = None if sample is None else set(sample["unit"])
    files = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    if not files:
        raise UsageError("sheets: no file is named; name the sheets that coders filled in")
    for entry in (entry for file in files for entry in _read_sheet(file, questions, problems)):
        if known is not None and entry.unit not in known:
            problems.append(f"{entry.where}: the unit {entry.unit} is not in the sample")
            continue
        key = (entry.variable, entry.unit, entry.coder)
        earlier = entries.get(key)
        if earlier is not None and earlier.code is not None and entry.code is not None:
            first = f"first in {earlier.where}"
            problems.append(f"{entry.where}: {entry.coder} codes the unit {entry.unit} a second time ({first})")
        elif earlier is None or (earlier.code is None and (entry.code is not None or not earlier.note)):
            entries[key] = entry
    raise_any(problems)
    return [entries[key] for key in sorted(entries)]


def raise_any(problems: Sequence[str]) -> None:
    """Raise an `InputError` that names the first few problems, where there are any."""
    if problems:
        more = len(problems) - _MOST_PROBLEMS
        told = "; ".join(problems[:_MOST_PROBLEMS]) + (f"; and {more} more" if more > 0 else "")
        raise InputError(f"{told}. Correct the cells and read the sheets again")


def _read_sheet(file: Path, questions: Sequence[Question], problems: list[str]) -> Iterator[Entry]:
    records = _read_cells(file)
    titles = [str(cell or "").strip() for cell in (records[0] if records else [])]
    header = [title.lower() for title in titles]
    found = list(_find_codes(titles, questions))
    if "unit" not in header or not found:
        names = ", ".join(question.name for question in questions)
        raise InputError(f"{file}: the file is no coding sheet; its first row must hold unit and one of {names}")
    for number, record in enumerate(records[1:], start=2):
        cells = dict(zip(header, record, strict=False))
        unit = _as_text(cells.get("unit"))
        for place, question, named in found:
            where = f"{file.name}, cell {name_cell(number, place + 1)}"
            code, problem = _read_code(record[place] if place < len(record) else None, question)
            if problem:
                problems.append(f"{where}: {problem}")
            elif not unit:
                if code is not None:
                    lost = name_cell(number, header.index("unit") + 1)
                    problems.append(f"{where}: there is a code, but cell {lost} has lost its unit")
            else:
                variable = _as_text(cells.get("variable")) or question.name
                coder = named or _as_text(cells.get("coder")).strip() or file.stem
                note = _as_text(cells.get("note") or cells.get(REASON)).strip() or None
                yield Entry(unit, variable, coder, code, note, where, file, cells)


def _find_codes(titles: Sequence[str], questions: Sequence[Question]) -> Iterator[tuple[int, Question, str]]:
    """Columns that hold codes, with their question and, for a column per coder, the coder's name."""
    for place, title in enumerate(titles):
        for question in questions:
            if title.lower() == question.name.lower():
                yield place, question, ""
            elif found := re.fullmatch(rf"{re.escape(question.name)}\s*:\s*(\S.*)", title, re.IGNORECASE):
                yield place, question, found.group(1)


def _read_code(cell: Any, question: Question) -> tuple[int | str | None, str | None]:
    try:
        return question.read(cell), None
    except ValueError as error:
        return None, str(error)


def _read_cells(file: Path) -> list[list[Any]]:
    suffix = file.suffix.lower()
    if file.is_dir() or suffix not in FORMATS:
        raise InputError(f"{file}: not a sheet that can be read; save it as .xlsx or .csv, and name the file")
    if suffix == ".csv":
        return [list(record) for record in read_csv(file)]
    return read_xlsx(file, CODING)


def _as_text(cell: Any) -> str:
    """A cell as text; an id that a spreadsheet program made a number of is whole."""
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
