"""What a coder has done so far: codes and notes, on disk after each of them, with undo and a place to go on.

Reads a sample and the coder's file; writes that file, which `read_sheets` reads as any other sheet. No
widgets here: the desk shows what this module knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.contracts.errors import InputError, UsageError
from analysis.corpus.storage import replace_file
from analysis.hand_coding.cells import name_cell, read_bytes, read_csv, to_csv
from analysis.hand_coding.questions import CodeValue, Question


@dataclass(frozen=True)
class Entry:
    """Code and note of one unit."""

    code: CodeValue | None = None
    note: str = ""


class CodingLog:
    """The codes of one coder, saved after every change.

    Parameters
    ----------
    path : path
        The coder's CSV file. Where it exists, its codes are taken up.
    sample : DataFrame
        As `analysis.measures.sampling.draw_sample` returns it.
    question : Question
        What is asked.
    coder : str
        Name of the coder.

    Raises
    ------
    InputError
        When the file is another coder's or another sample's, or holds what is no code.
    UsageError
        When the coder has no name.

    Notes
    -----
    The file is replaced in one step, so that it is whole whenever the program stops. Rows stand in the order in which
    codes were given, so that undo works after a restart too; what a code replaced is then no longer known.
    """

    def __init__(self, path: str | Path, sample: pd.DataFrame, question: Question, coder: str) -> None:
        if not coder.strip():
            raise UsageError("desk: who codes? Give `coder` a name")
        self.path = Path(path)
        self.question = question
        self.coder = coder.strip()
        self.units: list[str] = sample["unit"].tolist()
        self._variables: dict[str, str] = dict(zip(self.units, sample["variable"], strict=True))
        self._entries: dict[str, Entry] = {}
        self._history: list[tuple[str, CodeValue | None]] = []
        self._saved: bytes | None = None
        if self.path.exists():
            self._load()

    @property
    def n_coded(self) -> int:
        """Units with a code."""
        return sum(entry.code is not None for entry in self._entries.values())

    def entry(self, unit: str) -> Entry:
        """Code and note of a unit, empty where there are none yet."""
        return self._entries.get(unit, Entry())

    def give_code(self, unit: str, code: CodeValue) -> None:
        """Code a unit, or code it anew, and save."""
        before = self.entry(unit)
        entries = {known: entry for known, entry in self._entries.items() if known != unit}
        self._save(entries | {unit: Entry(code, before.note)})
        self._history.append((unit, before.code))

    def write_note(self, unit: str, note: str) -> None:
        """Set the note of a unit, coded or not, and save."""
        before = self.entry(unit)
        if note != before.note:
            self._save(self._entries | {unit: Entry(before.code, note)})

    def undo(self) -> str | None:
        """Take back the last code, and save; returns its unit, None where there is nothing to take back."""
        if not self._history:
            return None
        unit, code = self._history[-1]
        self._save(self._entries | {unit: Entry(code, self.entry(unit).note)})
        self._history.pop()
        return unit

    def next_open(self, after: str | None = None) -> str | None:
        """The first unit without a code after a unit, else the first of all; None when all are coded."""
        place = self.units.index(after) + 1 if after is not None else 0
        ahead = self.units[place:] + self.units[:place]
        return next((unit for unit in ahead if self.entry(unit).code is None), None)

    def resume(self) -> str:
        """The unit to show first: one with a note and no code, else the next after the last code, else the last."""
        begun = [unit for unit, entry in self._entries.items() if entry.code is None and entry.note]
        if begun and next(reversed(self._entries)) == begun[-1]:
            return begun[-1]
        last = self._history[-1][0] if self._history else None
        return self.next_open(last) or self.units[-1]

    def _save(self, entries: dict[str, Entry]) -> None:
        """Write the file; what is in memory changes only once that has worked."""
        current = read_bytes(self.path) if self.path.exists() else None
        if current != self._saved:
            raise InputError(
                f"{self.path} was changed by another desk or program; open the desk again to go on from it"
            )
        rows = [
            (unit, self._variables[unit], self.coder, "" if entry.code is None else entry.code, entry.note)
            for unit, entry in entries.items()
            if entry != Entry()
        ]
        content = to_csv(["unit", "variable", "coder", self.question.name, "note"], rows)
        replace_file(self.path, content)
        self._saved, self._entries = content, entries

    def _load(self) -> None:
        saved = read_bytes(self.path)
        records = read_csv(self.path)
        header = records[0] if records else []
        needed = ["unit", "coder", self.question.name, "note"]
        if missing := [name for name in needed if name not in header]:
            raise InputError(f"{self.path}: the file is no coding of this question, it lacks {', '.join(missing)}")
        for number, record in enumerate(records[1:], start=2):
            cells = dict(zip(header, record, strict=False))
            unit, name = cells["unit"], cells.get("coder", "")
            where = f"{self.path}, cell {name_cell(number, header.index(self.question.name) + 1)}"
            if unit not in self._variables or unit in self._entries:
                why = "stands there a second time" if unit in self._entries else "is not in the sample"
                raise InputError(f"{where}: the unit {unit} {why}; name another file for this coding")
            if name != self.coder:
                raise InputError(f"{where}: this is the coding of {name}, not of {self.coder}; name another file")
            try:
                code = self.question.read(cells.get(self.question.name))
            except ValueError as error:
                raise InputError(f"{where}: {error}") from error
            self._entries[unit] = Entry(code, cells.get("note", ""))
        self._history = [(unit, None) for unit, entry in self._entries.items() if entry.code is not None]
        self._saved = saved
