"""What a coder has done so far: codes and notes, on disk after each of them, with undo and a place to go on.

Reads a sample and the coder's file; writes that file, which `read_sheets` reads as any other sheet. No
widgets here: the desk shows what this module knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from analysis.contracts.errors import InputError, UsageError
from analysis.corpus.storage import replace_file
from analysis.hand_coding.cells import name_cell, read_bytes, read_csv, to_csv
from analysis.hand_coding.questions import CodeValue, Question

CODED_AT, VERSION = "coded_at", "codebook"
"""Columns: when a code was given, and the fingerprint of what the coder was told (`find_versions`)."""


@dataclass(frozen=True)
class Entry:
    """Code and note of one unit, and what the coder had before them: `CODED_AT`, `VERSION`, codes of others."""

    code: CodeValue | None = None
    note: str = ""
    seen: Mapping[str, str] = field(default_factory=dict)


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
    versions : mapping of str to str, optional
        Fingerprints by variable, written beside the codes.
    given : mapping of str to mapping, optional
        The units to code, and for each the codes of others, by column, which are written beside its own: a unit of
        which they have changed since is open again. By default all units of the sample are to be coded.
    note_column : str, default "note"
        What the column with notes is called.

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

    def __init__(
        self,
        path: str | Path,
        sample: pd.DataFrame,
        question: Question,
        coder: str,
        *,
        versions: Mapping[str, str] | None = None,
        given: Mapping[str, Mapping[str, str]] | None = None,
        note_column: str = "note",
    ) -> None:
        if not coder.strip():
            raise UsageError("desk: who codes? Give `coder` a name")
        self.path = Path(path)
        self.question = question
        self.coder = coder.strip()
        self.units: list[str] = [unit for unit in sample["unit"] if given is None or unit in given]
        self._variables: dict[str, str] = dict(zip(sample["unit"], sample["variable"], strict=True))
        self._versions, self._given, self._note_column = versions or {}, given or {}, note_column
        self._entries: dict[str, Entry] = {}
        self._history: list[tuple[str, Entry]] = []
        self._saved: bytes | None = None
        if self.path.exists():
            self._load()

    @property
    def n_coded(self) -> int:
        """Units with a code."""
        return sum(not self.is_open(unit) for unit in self.units)

    def entry(self, unit: str) -> Entry:
        """Code and note of a unit, empty where there are none yet."""
        return self._entries.get(unit, Entry())

    def is_open(self, unit: str) -> bool:
        """Whether a unit has no code, or one that was given beside other codes than there are now."""
        entry, given = self.entry(unit), self._given.get(unit, {})
        return entry.code is None or any(entry.seen.get(column) != code for column, code in given.items())

    def warn(self, unit: str) -> str:
        """What a coder should know who comes back to a unit that has a code; empty as a rule."""
        seen, version = self.entry(unit).seen, self._versions.get(self._variables[unit], "")
        if self.entry(unit).code is None:
            return ""
        if self.is_open(unit):
            return "The coders have changed their codes since this unit was coded: look again."
        return "This unit was coded by another text of the codebook." if seen.get(VERSION, version) != version else ""

    def give_code(self, unit: str, code: CodeValue) -> None:
        """Code a unit, or code it anew, and save."""
        before = self.entry(unit)
        entries = {known: entry for known, entry in self._entries.items() if known != unit}
        self._save(entries | {unit: Entry(code, before.note, self._see(unit))})
        self._history.append((unit, before))

    def write_note(self, unit: str, note: str) -> None:
        """Set the note of a unit, coded or not, and save."""
        before = self.entry(unit)
        if note != before.note:
            self._save(self._entries | {unit: self._write(unit, before, note)})

    def undo(self) -> str | None:
        """Take back the last code, and save; returns its unit, None where there is nothing to take back."""
        if not self._history:
            return None
        unit, before = self._history[-1]
        self._save(self._entries | {unit: self._write(unit, before, self.entry(unit).note)})
        self._history.pop()
        return unit

    def next_open(self, after: str | None = None) -> str | None:
        """The first unit without a code after a unit, else the first of all; None when all are coded."""
        place = self.units.index(after) + 1 if after is not None else 0
        ahead = self.units[place:] + self.units[:place]
        return next((unit for unit in ahead if self.is_open(unit)), None)

    def resume(self) -> str:
        """The unit to show first: one with a note and no code, else the next after the last code, else the last."""
        entries = {unit: entry for unit, entry in self._entries.items() if unit in self.units}
        begun = [unit for unit, entry in entries.items() if entry.code is None and entry.note]
        if begun and next(reversed(entries)) == begun[-1]:
            return begun[-1]
        last = self._history[-1][0] if self._history else None
        return self.next_open(last) or self.units[-1]

    def _see(self, unit: str) -> dict[str, str]:
        """What the coder has before them now."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        version = self._versions.get(self._variables[unit], "")
        return {CODED_AT: now, VERSION: version, **self._given.get(unit, {})}

    def _write(self, unit: str, entry: Entry, note: str) -> Entry:
        return Entry(entry.code, note, self._see(unit) if entry.code is None else entry.seen)

    def _save(self, entries: dict[str, Entry]) -> None:
        """Write the file; what is in memory changes only once that has worked."""
        current = read_bytes(self.path) if self.path.exists() else None
        if current != self._saved:
            raise InputError(
                f"{self.path} was changed by another desk or program; open the desk again to go on from it"
            )
        beside = [CODED_AT, VERSION, *dict.fromkeys(column for given in self._given.values() for column in given)]
        rows = [
            [unit, self._variables[unit], self.coder, "" if entry.code is None else entry.code, entry.note]
            + [entry.seen.get(column, "") for column in beside]
            for unit, entry in entries.items()
            if entry.code is not None or entry.note
        ]
        content = to_csv(["unit", "variable", "coder", self.question.name, self._note_column, *beside], rows)
        replace_file(self.path, content)
        self._saved, self._entries = content, entries

    def _load(self) -> None:
        saved = read_bytes(self.path)
        records = read_csv(self.path)
        header = records[0] if records else []
        needed = ["unit", "coder", self.question.name, self._note_column]
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
            seen = {column: cell for column, cell in cells.items() if column not in (*needed, "variable")}
            self._entries[unit] = Entry(code, cells.get(self._note_column, ""), seen)
        coded = (unit for unit, entry in self._entries.items() if entry.code is not None and unit in self.units)
        self._history = [(unit, Entry()) for unit in coded]
        self._saved = saved
