"""The coding desk: hand coding inside JupyterLab, one unit at a time, with keys, undo and a file that is always saved.

Reads a sample (`analysis.measures.sampling`) and a codebook; writes one CSV file per coder, which
`analysis.hand_coding.sheets.read_sheets` reads back. ipywidgets is imported when a desk is opened, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.codebook.load import EMPTY, Codebook
from analysis.contracts.errors import InputError, StudyError, UsageError
from analysis.contracts.tables import rows_of
from analysis.hand_coding.adjudication import Compared, compare_codes, list_given
from analysis.hand_coding.log import CodingLog
from analysis.hand_coding.questions import (
    CodeValue,
    Question,
    about_of,
    describe_frames,
    find_versions,
    instruct,
    question_of,
)
from analysis.hand_coding.workbook import REASON

UNDO, NEXT, PREVIOUS = "u", "n", "p"
"""Keys that are no codes."""
_KEPT_NOTES = 3
_QUIET = "color: var(--jp-ui-font-color2, #5a5a5a)"
_TEXT = "white-space: pre-wrap; line-height: 1.5; font-size: 110%; max-height: 60vh; overflow-y: auto; max-width: 80ch"
_WRAPS = {"flex_flow": "row wrap"}
_BUTTON = {"width": "auto", "min_width": "88px"}  # three of them beside each other on a phone
_CARDS = "display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; max-width: 88ch"
_CARD = "flex: 1 1 14em; border: 1px solid var(--jp-border-color1, #bdbdbd); padding: 4px 8px; line-height: 1.4"


class CodingDesk:
    """A desk to code at; show it as the last line of a notebook cell.

    Parameters
    ----------
    sample : DataFrame
        As `analysis.measures.sampling.draw_sample` or `analysis.hand_coding.sheets.read_sample` returns it.
    path : path
        The coder's CSV file; where it exists, coding goes on from it.
    codebook : Codebook
        For the labels of actors, and the definitions and questions of frames.
    coder : str
        Name of the coder.
    question : Question, optional
        Another question than that of `analysis.hand_coding.questions`.
    language : str, default "en"
        Language of the labels of actors and frames.

    Attributes
    ----------
    log : CodingLog
        Codes and notes so far.
    unit : str
        The unit on the desk.
    widget : ipywidgets.VBox
        What is shown.

    Raises
    ------
    InputError
        When the file cannot be gone on from, `sample` is no sample, or ipywidgets is not installed.
    UsageError
        When a key would mean two things.

    Notes
    -----
    Click into the field *keys* and type: a code's key codes the unit and brings the next one that is open, ``u`` takes
    the last code back, ``n`` and ``p`` leaf on and back. The file is written after every code and every change of a
    note, in one step: after a restart of the kernel, run the cell again and go on. The coder sees neither the machine's
    code nor stratum or outlet, and article text is shown as text, whatever is in it.
    """

    _note, _hint = "note", "for the researcher"
    _given: Mapping[str, Mapping[str, str]] | None = None

    def __init__(
        self,
        sample: pd.DataFrame,
        path: str | Path,
        codebook: Codebook = EMPTY,
        *,
        coder: str,
        question: Question | None = None,
        language: str = "en",
    ) -> None:
        asked = question or question_of(sample)
        versions = find_versions(asked, sample, codebook)
        self.log = CodingLog(path, sample, asked, coder, versions=versions, given=self._given, note_column=self._note)
        self.keys = assign_keys(asked)
        self.unit = self.log.resume()
        self._shown = {row.unit: show_unit(row, codebook, language) for row in rows_of(sample)}
        self._typed = ""
        self._old_notes: list[Any] = []
        self._build(asked, instruct(asked, sample, codebook, adjudicates=bool(self._given)))
        self._show()

    def press(self, key: str) -> None:
        """Do what a key stands for; a key that stands for nothing is told."""
        moves: dict[str, Callable[[], None]] = {
            UNDO: self.undo,
            NEXT: lambda: self.turn(1),
            PREVIOUS: lambda: self.turn(-1),
        }
        if key in self.keys:
            self.code(self.keys[key])
        elif key.lower() in moves:
            moves[key.lower()]()
        elif key.strip():
            self._say(f"The key {key} means nothing here.")

    def code(self, value: CodeValue) -> None:
        """Code the unit on the desk, save, and bring the next one that is open."""
        if self._try(lambda: self.log.give_code(self.unit, value)):
            following = self.log.next_open(self.unit)
            told = "" if following else f"All {len(self.log.units)} units are coded. The codes are in {self.log.path}."
            self.unit = following or self.unit
            self._show(told)

    def undo(self) -> None:
        """Take the last code back, and bring its unit."""

        def take_back() -> None:
            unit = self.log.undo()
            told = "There is nothing to take back." if unit is None else "The last code is taken back."
            self.unit = unit or self.unit
            self._show(told)

        self._try(take_back)

    def turn(self, step: int) -> None:
        """Leaf on or back, coded or not."""
        place = self.log.units.index(self.unit) + step
        self.unit = self.log.units[min(max(place, 0), len(self.log.units) - 1)]
        self._show()

    def _build(self, question: Question, instructions: list[tuple[str, str]]) -> None:
        try:
            widgets = import_module("ipywidgets")
        except ImportError as error:
            raise InputError("The coding desk needs ipywidgets; install it with: pip install ipywidgets") from error
        self._progress = widgets.IntProgress(min=0, max=len(self.log.units), layout={"width": "40%"})
        self._count, self._card, self._message = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.buttons: dict[CodeValue, Any] = {}
        for code in question.codes:
            keys = [key for key, value in self.keys.items() if value == code.value]
            label = f"{code.value}  ({keys[0]})" if keys else str(code.value)
            self.buttons[code.value] = widgets.Button(description=label, tooltip=code.meaning, layout=_BUTTON)
            self.buttons[code.value].on_click(self._clicking(partial(self.code, code.value)))
        others = {
            f"undo ({UNDO})": self.undo,
            f"back ({PREVIOUS})": lambda: self.turn(-1),
            f"on ({NEXT})": lambda: self.turn(1),
        }
        moves = [widgets.Button(description=label, layout={"width": "auto"}) for label in others]
        for button, action in zip(moves, others.values(), strict=True):
            button.on_click(self._clicking(action))
        # An area, though of one line: Tab into a field selects what is in it, and the next key replaces that.
        self.typing = widgets.Textarea(
            description="keys", placeholder="click here and type", rows=1, layout={"width": "20em"}
        )
        self.typing.observe(self._read_keys, names="value")
        self._make_note = partial(
            widgets.Textarea,
            description=self._note,
            placeholder=self._hint,
            layout={"width": "60ch", "max_width": "98%"},
        )
        self.note = self._make_note()
        self._note_place = widgets.VBox([self.note])
        meanings = "".join(f"<li><b>{escape(head)}</b> {escape(text)}</li>" for head, text in instructions)
        help_text = widgets.HTML(f"<details><summary>Instructions</summary><ul>{meanings}</ul></details>")
        asked = widgets.HTML(f"<b>{escape(question.text)}</b>")
        self.widget = widgets.VBox(
            [
                widgets.HBox([self._progress, self._count]),
                self._card,
                asked,
                widgets.HBox([*self.buttons.values(), *moves], layout=_WRAPS),
                widgets.HBox([self.typing, self._message], layout=_WRAPS),
                self._note_place,
                help_text,
            ]
        )

    def _clicking(self, action: Callable[[], None]) -> Callable[[Any], None]:
        def click(_: Any) -> None:
            action()
            self.typing.focus()

        return click

    def _read_keys(self, change: Any) -> None:
        # The field is never emptied: a key typed while it is being emptied would come twice.
        typed, before = str(change["new"]), self._typed
        self._typed = typed
        if typed.startswith(before):
            for key in typed[len(before) :]:
                self.press(key)

    def _show_note(self) -> None:
        """A field of its own for every unit: what is typed last may arrive when the next unit is on the desk."""
        unit, old = self.unit, self.note
        self.note = self._make_note(value=self.log.entry(unit).note)
        self.note.observe(lambda change: self._try(lambda: self.log.write_note(unit, str(change["new"]))), "value")
        self._note_place.children = [self.note]
        self._old_notes.append(old)
        if len(self._old_notes) > _KEPT_NOTES:
            self._old_notes.pop(0).close()

    def _try(self, action: Callable[[], None]) -> bool:
        """Do something that saves; what goes wrong is told at the desk, and nothing is taken for done."""
        try:
            action()
        except StudyError as error:
            self._say(f"Not saved: {error}", is_error=True)
            return False
        return True

    def _say(self, text: str, *, is_error: bool = False) -> None:
        style = "color: var(--jp-error-color0, #b00020); font-weight: bold" if is_error else _QUIET
        self._message.value = f'<span role="status" style="{style}">{escape(text)}</span>'

    def _show(self, told: str = "") -> None:
        entry, place = self.log.entry(self.unit), self.log.units.index(self.unit) + 1
        self._card.value = self._shown[self.unit]
        self._progress.value = self.log.n_coded
        self._count.value = f"unit {place} of {len(self.log.units)}, {self.log.n_coded} coded"
        for value, button in self.buttons.items():
            button.button_style = "success" if value == entry.code and entry.code is not None else ""
        self._show_note()
        self._say(told or self.log.warn(self.unit))

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.widget._repr_mimebundle_(**options)


class AdjudicationDesk(CodingDesk):
    """A desk for the units on which coders differ: their codes and notes side by side, a third code and its reason.

    Parameters
    ----------
    codes : DataFrame
        As `analysis.hand_coding.sheets.read_sheets` returns the coders' sheets.
    sample, path, codebook, coder, question, language
        As for `CodingDesk`; `coder` is whoever adjudicates.
    singles : bool, default False
        Also show the units that only one coder coded.

    Raises
    ------
    InputError
        When there is nothing to adjudicate, and as for `CodingDesk`.

    Notes
    -----
    Keys and buttons are those of `CodingDesk`. The reason is written first: a code without one is not taken. With keys
    alone: ``Tab`` goes from the keys to the reason, ``Shift+Tab`` back. A unit whose codes have changed since it was
    settled is open again. `analysis.hand_coding.adjudication.adjudicate` makes the reference of the file.
    """

    _note, _hint = REASON, "why it is this code, by which rule"

    def __init__(
        self,
        codes: pd.DataFrame,
        sample: pd.DataFrame,
        path: str | Path,
        codebook: Codebook = EMPTY,
        *,
        coder: str,
        question: Question | None = None,
        language: str = "en",
        singles: bool = False,
    ) -> None:
        differing = {one.unit: one for one in compare_codes(codes, singles=singles) if one.differs}
        self._given = {unit: list_given(one) for unit, one in differing.items()}
        if not set(sample["unit"]) & set(differing):
            raise InputError("The coders differ on no unit of the sample: there is nothing to adjudicate")
        super().__init__(sample, path, codebook, coder=coder, question=question, language=language)
        for unit, part in sample[sample["unit"].isin(differing)].groupby("unit"):
            told = show_given(differing[str(unit)], self.log.question, describe_frames(part, codebook))
            self._shown[str(unit)] += told
        self._show()

    def code(self, value: CodeValue) -> None:
        """Settle the unit on the desk, which needs a reason, and bring the next one that is open."""
        if self.log.entry(self.unit).note.strip():
            super().code(value)
        else:
            self._say("Write the reason first, then give the code.", is_error=True)


def show_given(compared: Compared, question: Question, frame: list[tuple[str, str]]) -> str:
    """What each coder gave, side by side, with what the codebook says of it, as HTML; all of it is escaped."""
    meanings = {code.value: code.meaning for code in question.codes}
    cards = ""
    for coder, (code, note) in compared.given.items():
        told, meaning = ("no code", "") if code is None else (str(code), meanings.get(code, ""))
        said = f"<div>“{escape(note)}”</div>" if note else ""
        about = f'<div style="{_QUIET}">{escape(meaning)}</div>'
        cards += f'<div style="{_CARD}">{escape(coder)}: <b>{escape(told)}</b>{about}{said}</div>'
    lines = "".join(f"<div><b>{escape(head)}</b> {escape(text)}</div>" for head, text in frame if head != "Source")
    return f'<div style="{_CARDS}">{cards}</div><div style="max-width: 88ch; margin-top: 8px">{lines}</div>'


def assign_keys(question: Question) -> dict[str, CodeValue]:
    """Keys of the codes: those that the question names, else the first character of the code.

    Raises
    ------
    UsageError
        When two codes would have the same key, or one the key of a move.

    Examples
    --------
    >>> from analysis.hand_coding.questions import PRESENT
    >>> assign_keys(PRESENT)
    {'0': 0, '1': 1, 'y': 1}
    """
    keys: dict[str, CodeValue] = {}
    for code in question.codes:
        for key in code.keys or str(code.value)[0]:
            if key in keys or key.lower() in (UNDO, NEXT, PREVIOUS):
                raise UsageError(f"desk: the key {key} would mean two things; give the code {code.value} other keys")
            keys[key] = code.value
    return keys


def show_unit(row: Any, codebook: Codebook, language: str) -> str:
    """What a coder sees of a unit, as HTML; article text is escaped, whatever is in it."""
    text = str(row.text)
    first, last = (int(row.mark_start), int(row.mark_end)) if pd.notna(row.mark_start) else (len(text), len(text))
    marked = f"<mark>{escape(text[first:last])}</mark>" if first < last else ""
    parts = [f"<div>about <b>{escape(about_of(row, codebook, language))}</b></div>"]
    if pd.notna(row.headline):
        parts.append(f'<div style="{_QUIET}">{escape(str(row.headline))}</div>')
    around = [f'<span style="{_QUIET}">{escape(str(t))}</span>' if pd.notna(t) else "" for t in (row.before, row.after)]
    weight = 600 if any(around) else 400
    whole = f'<span style="font-weight: {weight}">{escape(text[:first])}{marked}{escape(text[last:])}</span>'
    parts.append(f'<div style="{_TEXT}">{around[0]} {whole} {around[1]}</div>')
    return "".join(parts)
