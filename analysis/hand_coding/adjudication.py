"""Adjudication: where coders differ, a third person decides and says why; with what they agree on it is the reference.

Reads codes and filled sheets (`analysis.hand_coding.sheets`) and their sample; returns what each coder gave per unit,
and the reference as codes in long form, by the coder `ADJUDICATED`. How far coders agree is measured before, on their
own codes (`analysis.measures.agreement_report`), and adjudication does not touch it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.codebook.load import EMPTY, Codebook
from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.tables import rows_of
from analysis.corpus.storage import replace_file
from analysis.hand_coding.cells import write_csv
from analysis.hand_coding.log import CODED_AT, VERSION
from analysis.hand_coding.questions import CodeValue, Question, find_versions, question_of
from analysis.hand_coding.sheets import Entry, raise_any, read_entries, to_codes
from analysis.measures.agreement_report import ADJUDICATED

HOW = AGREED, SINGLE, SETTLED = "agreed", "one coder", "adjudicated"
"""How a code came into the reference."""
_COLUMNS = ("unit", "variable", "coder", "code", "reason", "how", "adjudicator", "adjudicated_at", VERSION)
_GIVEN = "given by "


@dataclass(frozen=True)
class Compared:
    """What each coder made of one unit.

    Attributes
    ----------
    unit, variable : str
    given : mapping of str to (code or None, str)
        Code and note by coder, of those who have the unit in their sheet.
    differs : bool
        Whether somebody has to decide.
    code : int, str or None
        The code where nobody has to.
    """

    unit: str
    variable: str
    given: Mapping[str, tuple[CodeValue | None, str]]
    differs: bool
    code: CodeValue | None = None


@dataclass(frozen=True)
class Adjudication:
    """Where coders differ, and what has been decided.

    Attributes
    ----------
    compared : list of Compared
        Every unit that anybody had before them, by variable and unit.
    reference : DataFrame
        One row per unit that is agreed, coded by one, or settled: ``unit``, ``variable``, ``coder`` (`ADJUDICATED`),
        ``code`` (empty where whoever adjudicated found that none is right), ``reason``, ``how`` (agreed, one coder or
        adjudicated), ``adjudicator``, ``adjudicated_at``, ``codebook`` (fingerprint of what was to be read) and, per
        coder, ``given by …``.
    open : list of str
        Units on which coders differ and nobody has decided.
    notices : list of str
        What whoever reads the reference should know.
    """

    compared: list[Compared]
    reference: pd.DataFrame
    open: list[str]
    notices: list[str]


def compare_codes(codes: pd.DataFrame, *, singles: bool = False) -> list[Compared]:
    """What coders made of each unit, and on which they differ.

    Parameters
    ----------
    codes : DataFrame
        As `analysis.hand_coding.sheets.read_sheets` returns them, of people only.
    singles : bool, default False
        Whether a unit that one coder alone coded has to be decided too.

    Returns
    -------
    list of Compared
        By variable and unit. Coders differ where they give different codes, and where one gives a code and another
        leaves it open with a note, which is an answer (*not this actor*); a code that is missing without a note is not.

    Raises
    ------
    InputError
        When there are not two coders, or one of them is a reference.

    Examples
    --------
    >>> codes = pd.DataFrame({"unit": list("abab"), "variable": "tone", "coder": ["anna"] * 2 + ["ben"] * 2,
    ...                       "code": [1, 0, 1, -1], "note": ""})
    >>> [(c.unit, c.differs, c.code) for c in compare_codes(codes)]
    [('a', False, 1), ('b', True, None)]
    """
    coders = set(codes["coder"])
    if ADJUDICATED in coders:
        raise InputError("adjudication: one of the sheets is a reference; name the sheets of the coders only")
    if len(coders) < 2:
        raise InputError(f"adjudication: needs the sheets of two coders or more, not {', '.join(coders) or 'none'}")
    compared = []
    for (variable, unit), rows in codes.groupby(["variable", "unit"], sort=True):
        given = {
            str(row.coder): (None if pd.isna(row.code) else row.code, "" if pd.isna(row.note) else str(row.note))
            for row in rows_of(rows.sort_values("coder"))
        }
        found = [code for code, _ in given.values() if code is not None]
        leaves_open = any(code is None and note for code, note in given.values())
        differs = bool(found) and (len(set(found)) > 1 or leaves_open or (singles and len(found) == 1))
        code = found[0] if found and not differs else None
        compared.append(Compared(str(unit), str(variable), given, differs, code))
    return compared


def list_given(compared: Compared) -> dict[str, str]:
    """The codes of one unit as they are written beside a decision, by column."""
    return {_GIVEN + coder: "" if code is None else str(code) for coder, (code, _) in compared.given.items()}


def show_beside(compared: Iterable[Compared]) -> dict[str, dict[str, CodeValue]]:
    """Columns of an adjudication sheet, for `analysis.hand_coding.sheets.write_sheet`: codes, and notes if any."""
    found: dict[str, dict[str, CodeValue]] = {}
    shown = list(compared)
    for coder in sorted({coder for one in shown for coder in one.given}):
        given = {one.unit: one.given[coder] for one in shown if coder in one.given}
        found[_GIVEN + coder] = {unit: code for unit, (code, _) in given.items() if code is not None}
        if notes := {unit: note for unit, (_, note) in given.items() if note}:
            found[f"note of {coder}"] = {**notes}
    return found


def adjudicate(
    sheets: Iterable[str | Path],
    sample: pd.DataFrame,
    codebook: Codebook = EMPTY,
    *,
    decided: Sequence[str | Path] = (),
    question: Question | None = None,
    singles: bool = False,
) -> Adjudication:
    """Compare coders' sheets, and take up what has been decided.

    Parameters
    ----------
    sheets : iterable of path
        The filled sheets of all coders.
    sample : DataFrame
        The sample they were made from.
    codebook : Codebook
        As it is now: whoever coded or decided by another text is named in the notices.
    decided : sequence of path
        Sheets or files of the desk of whoever adjudicated.
    question : Question, optional
        As for `analysis.hand_coding.sheets.write_sheet`.
    singles : bool, default False
        As for `compare_codes`.

    Raises
    ------
    InputError
        As `compare_codes` and `analysis.hand_coding.sheets.read_sheets`; when a decision has no reason, or a unit is
        decided twice. The message names the cells.

    Notes
    -----
    What both coders agree on is taken over, whatever stands in `decided`. A decision counts for the codes that it was
    made on: where coders have changed theirs since, the unit is open again.
    """
    asked = question or question_of(sample)
    coded = read_entries(sheets, sample=sample, questions=[asked])
    compared = compare_codes(to_codes(coded), singles=singles)
    entries = [entry for entry in _read_decided(decided, sample, asked) if entry.code is not None or entry.note]
    by_unit = {entry.unit: entry for entry in entries}
    rows, left, n_stale, n_none = [], [], 0, 0
    for one in compared:
        decision = by_unit.get(one.unit) if one.differs else None
        is_stale = decision is not None and not _is_of(decision, one, asked)
        n_stale += is_stale
        n_none += not one.differs and one.code is None
        if decision is not None and not is_stale:
            rows.append(_settle(one, decision))
        elif one.differs:
            left.append(one.unit)
        elif one.code is not None:
            n_codes = sum(code is not None for code, _ in one.given.values())
            rows.append(_row(one, one.code, AGREED if n_codes > 1 else SINGLE))
    n_idle = len(set(by_unit) - {one.unit for one in compared if one.differs})
    counts = {
        "Units that nobody coded": len(sample) - len(compared) + n_none,
        "Decisions on codes that the coders have changed since, so that the unit is open again": n_stale,
        "Decisions where the coders do not differ, which are left out": n_idle,
    }
    notices = [f"{what}: {n}" for what, n in counts.items() if n]
    notices += _find_others([*coded, *entries], find_versions(asked, sample, codebook))
    coders = sorted({coder for one in compared for coder in one.given})
    columns = [*_COLUMNS, *(_GIVEN + coder for coder in coders)]
    return Adjudication(compared, pd.DataFrame(rows, columns=columns, dtype=object), left, notices)


def write_reference(reference: pd.DataFrame, path: str | Path, question: Question) -> Path:
    """Write a reference to a CSV file, which `analysis.hand_coding.sheets.read_sheets` reads as any other sheet."""
    target = Path(path)
    if target.suffix.lower() != ".csv":
        raise UsageError(f"{target}: the reference is a CSV file; name it so")
    header = [question.name if column == "code" else column for column in reference.columns]
    write_csv(target, header, [["" if pd.isna(cell) else cell for cell in row] for row in reference.to_numpy()])
    return target


def write_gold(reference: pd.DataFrame, sample: pd.DataFrame, path: str | Path) -> Path:
    """Write the reference of evaluations as a gold file for ``framewijs validate target``: a JSON object a line."""
    if set(sample["variable"]) != {"polarity"}:
        raise UsageError("gold: validate has a task for the unit evaluation only; use `framewijs agreement` for others")
    codes = dict(zip(reference["unit"], reference["code"], strict=True))
    lines = [
        {"id": row.unit, "language": row.language, "text": row.text, "start": int(row.mark_start)}
        | {"end": int(row.mark_end), "label": codes[row.unit]}
        for row in rows_of(sample)
        if pd.notna(codes.get(row.unit))
    ]
    replace_file(Path(path), "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode())
    return Path(path)


def write_notebook(
    path: Path,
    sheets: Sequence[Path],
    sample: Path,
    codebook: Path | None = None,
    *,
    coder: str,
    language: str = "en",
    singles: bool = False,
) -> Path:
    """Write a notebook of one cell that opens an `AdjudicationDesk`, whose file stands beside it; for JupyterLab.

    Raises
    ------
    InputError
        When the file is there already or cannot be written.
    """
    if path.exists():
        raise InputError(f"{path} is there already; open it in JupyterLab, or choose another name")
    names = [str(file.resolve()) for file in sheets]
    book = "EMPTY" if codebook is None else f"load_codebook({str(codebook.resolve())!r})"
    options = f"coder={coder!r}, language={language!r}, singles={singles}"
    lines = [
        "from analysis.codebook.load import EMPTY, load_codebook",
        "from analysis.hand_coding.desk import AdjudicationDesk",
        "from analysis.hand_coding.sheets import read_sample, read_sheets",
        "",
        f"sample = read_sample({str(sample.resolve())!r})",
        f"codes = read_sheets({names!r}, sample=sample)",
        f"AdjudicationDesk(codes, sample, {str(path.resolve().with_suffix('.csv'))!r}, {book}, {options})",
    ]
    cell: dict[str, Any] = {"cell_type": "code", "id": "desk", "metadata": {}, "outputs": [], "execution_count": None}
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": [cell | {"source": "\n".join(lines)}], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    replace_file(path, json.dumps(notebook, indent=1).encode())
    return path


def _read_decided(paths: Sequence[str | Path], sample: pd.DataFrame, question: Question) -> list[Entry]:
    entries = read_entries(paths, sample=sample, questions=[question]) if paths else []
    problems = [f"{e.where}: the code has no reason; give one" for e in entries if e.code is not None and not e.note]
    first: dict[str, Entry] = {}
    for entry in (entry for entry in entries if entry.note):
        earlier = first.setdefault(entry.unit, entry)
        if earlier is not entry:
            problems.append(f"{entry.where}: the unit {entry.unit} is decided a second time (first in {earlier.where})")
    raise_any(problems)
    return entries


def _is_of(decision: Entry, compared: Compared, question: Question) -> bool:
    """Whether a decision was made on these codes."""
    try:
        seen = {
            title.removeprefix(_GIVEN): question.read(cell)
            for title, cell in decision.cells.items()
            if title.startswith(_GIVEN) and cell not in (None, "")
        }
    except ValueError:
        return False
    return seen == {coder.lower(): code for coder, (code, _) in compared.given.items() if code is not None}


def _settle(compared: Compared, decision: Entry) -> dict[str, CodeValue | None]:
    """The row of a decision; of a sheet, which has no times, the time is when it was saved last."""
    saved = datetime.fromtimestamp(decision.file.stat().st_mtime, UTC).isoformat(timespec="seconds")
    when = {"adjudicator": decision.coder, "adjudicated_at": str(decision.cells.get(CODED_AT) or saved)}
    version = str(decision.cells.get(VERSION) or "")
    return _row(compared, decision.code, SETTLED) | when | {"reason": decision.note, VERSION: version}


def _row(compared: Compared, code: CodeValue | None, how: str) -> dict[str, CodeValue | None]:
    given = {_GIVEN + coder: found for coder, (found, _) in compared.given.items()}
    about: dict[str, CodeValue | None] = {"unit": compared.unit, "variable": compared.variable, "coder": ADJUDICATED}
    return about | {"code": code, "how": how} | given


def _find_others(entries: Iterable[Entry], versions: Mapping[str, str]) -> list[str]:
    """Who coded or decided by another text of question and codebook than today's."""
    found = Counter(
        (entry.coder, entry.file.name)
        for entry in entries
        if (version := str(entry.cells.get(VERSION) or "")) and version != versions.get(entry.variable, version)
    )
    told = "Coded by another text of question or codebook than today's"
    return [f"{told}: {n} by {coder} ({file})" for (coder, file), n in found.items()]
