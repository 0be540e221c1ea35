"""What coders are asked: one question per kind of unit, its codes, their meaning, and the rules of coding.

Reads a sample and a codebook; returns questions and instructions as plain text. A study with another question gives its
own `Question`.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.codebook.load import Codebook
from analysis.contracts.errors import InputError, UsageError

CodeValue = int | str
_MINUS_SIGNS = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-", "﹣": "-", "－": "-"})
"""What word processors and phones make of a minus."""


@dataclass(frozen=True)
class Code:
    """A code, what it means, and the keys that give it at the desk (by default its first character)."""

    value: CodeValue
    meaning: str
    keys: str = ""


@dataclass(frozen=True)
class Question:
    """What is asked of every unit.

    Attributes
    ----------
    name : str
        The column of the sheet that holds the codes.
    text : str
        The question.
    codes : tuple of Code
        In the order to offer them.
    rules : tuple of str
        What to do in case of doubt, one rule each.
    """

    name: str
    text: str
    codes: tuple[Code, ...]
    rules: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        values = [str(code.value) for code in self.codes]
        if len(values) < 2 or len(set(values)) < len(values):
            raise UsageError(f"question {self.name}: needs two codes or more, all different, not {', '.join(values)}")

    def read(self, cell: Any) -> CodeValue | None:
        """The code that a cell holds, None where it is empty.

        Parameters
        ----------
        cell : object
            A number or text as a spreadsheet gives it: ``-1``, ``-1.0``, ``'−1 '`` and ``'+1'`` are understood.

        Raises
        ------
        ValueError
            When the cell holds no code of this question; the message lists the codes.

        Examples
        --------
        >>> POLARITY.read(" −1"), POLARITY.read(1.0), POLARITY.read("")
        (-1, 1, None)
        """
        if cell is None or (isinstance(cell, float) and math.isnan(cell)):
            return None
        text = str(cell).strip().translate(_MINUS_SIGNS)
        if isinstance(cell, float) and cell.is_integer():
            text = str(int(cell))
        if not text:
            return None
        known: dict[str, CodeValue] = {str(code.value): code.value for code in self.codes}
        found = text if text in known else text.removeprefix("+").removesuffix(".0").removesuffix(",0")
        if found not in known or isinstance(cell, bool):
            raise ValueError(f"'{_shorten(str(cell))}' is no code; use {self.list_codes()}")
        return known[found]

    def list_codes(self) -> str:
        """The codes in words: `-1, 0 or 1`."""
        values = [str(code.value) for code in self.codes]
        return f"{', '.join(values[:-1])} or {values[-1]}"


POLARITY = Question(
    name="polarity",
    text="How is the marked actor spoken of in this sentence?",
    codes=(
        Code(
            -1, "negative: blamed, accused, mocked, condemned, or shown doing what most readers hold against them", "-"
        ),
        Code(
            0, "neutral: named, speaks, acts or undergoes something without light falling on them; or in balance", "0"
        ),
        Code(1, "positive: praised, thanked, trusted, or shown doing what most readers credit them for", "+1="),
    ),
    rules=(
        "Code the words between [[ and ]], and no other actor in the sentence.",
        "Code the sentence. The sentences around it tell who is meant and whether words are ironic, no more.",
        "Whoever judges counts: the outlet, a quoted speaker, or the facts that are told.",
        "Misfortune is not blame: a victim is 0, unless the sentence blames or honours them.",
        "Who accuses is not accused. Ordinary business of an office (announcing, inspecting, arresting) is 0.",
        "Irony: code what is meant. Negation: code what the sentence says with it.",
        "A hedge makes less sure, not neutral.",
        "Good and bad: the clearer side; in balance 0. In doubt between 0 and another code: 0.",
        "If the marked words do not mean this actor, leave the code empty and say so in the note.",
    ),
)
PRESENT = Question(
    name="present",
    text="Does this sentence answer one of the questions of the frame with yes?",
    codes=(Code(0, "no: none of the questions", "0"), Code(1, "yes: at least one of the questions", "1y")),
    rules=(
        "Code the sentence. The sentences around it tell what it is about; what only they say does not count.",
        "A question is answered by what the sentence says, not by what a reader may know or conclude.",
        "In doubt: 0.",
    ),
)
TONE = Question(
    name="tone",
    text="Somebody has read this article and nothing else of the affair. In what light has it put this actor?",
    codes=(
        Code(-1, "bad: blamed, accused, mocked, condemned, or shown doing what most readers hold against them", "-"),
        Code(0, "none: named, speaks, acts or undergoes something without light; or good and bad balance", "0"),
        Code(1, "good: praised, thanked, trusted, admired, or shown doing what most readers credit them for", "+1="),
    ),
    rules=(
        "Headline, lead and what fills most of the article count for more than a phrase in passing.",
        "Whoever judges counts: the outlet, a quoted speaker, or the facts that are told.",
        "Misfortune is not blame: a victim is 0, unless the article blames or honours them.",
        "Who accuses is not accused.",
        "Light on a body is not light on its head, and the other way round, unless the article says so.",
        "Irony: code what is meant. Hedges make less sure, not neutral. In doubt between 0 and another code: 0.",
        "If the article does not speak of this actor, leave the code empty and say so in the note.",
    ),
)
QUESTIONS = (POLARITY, PRESENT, TONE)


def question_of(sample: pd.DataFrame) -> Question:
    """The question that goes with the units of a sample.

    Parameters
    ----------
    sample : DataFrame
        As `analysis.measures.sampling.draw_sample` returns it.

    Raises
    ------
    InputError
        When the table is no sample.
    """
    if "variable" not in sample.columns or sample.empty:
        raise InputError("sample: the table is no sample; draw one with `framewijs sample`")
    variables = set(sample["variable"])
    if "polarity" in variables:
        return POLARITY
    return TONE if "tone" in variables else PRESENT


def about_of(row: Any, codebook: Codebook, language: str = "en") -> str:
    """Who or what a unit is about, by the label in the codebook."""
    which = row.actor_id if pd.notna(row.actor_id) else row.frame_id
    return codebook.label(str(which), language)


ADJUDICATING = (
    "These are the units on which coders differ; what each of them gave stands beside the text.",
    "Decide by the text and the codebook, not by who coded or by how many. It may be a code that nobody gave.",
    "Give every code a reason: the words of the text, and the rule. If no code is right, give the reason alone.",
)
"""Rules for whoever settles the units on which coders differ."""


def instruct(
    question: Question, sample: pd.DataFrame, codebook: Codebook, *, adjudicates: bool = False
) -> list[tuple[str, str]]:
    """Instructions for coders: question, codes and rules, and the frames of the sample as the codebook defines them.

    Parameters
    ----------
    question, sample, codebook
        As for `analysis.hand_coding.sheets.write_sheet`.
    adjudicates : bool, default False
        Begin with the rules for whoever settles the units on which coders differ.

    Returns
    -------
    list of (str, str)
        A heading, which may be empty, and a text.
    """
    lines = [("Adjudication" if not place else "", rule) for place, rule in enumerate(ADJUDICATING) if adjudicates]
    lines += [("Question", question.text)]
    lines += [(f"Code {code.value}", code.meaning) for code in question.codes]
    lines += [("Rule" if not place else "", rule) for place, rule in enumerate(question.rules)]
    return lines + describe_frames(sample, codebook)


def describe_frames(sample: pd.DataFrame, codebook: Codebook) -> list[tuple[str, str]]:
    """The frames of a sample as the codebook defines them: a heading, which may be empty, and a text."""
    lines: list[tuple[str, str]] = []
    for frame_id in sorted(set(sample["frame_id"].dropna())) if "frame_id" in sample else []:
        frame = codebook.frames.get(frame_id)
        if frame is None:
            continue
        lines += [(f"Frame: {codebook.label(frame_id, 'en')}", frame.definition), ("Source", frame.source)]
        lines += [("", indicator.question) for indicator in frame.indicators]
    return lines


def find_versions(question: Question, sample: pd.DataFrame, codebook: Codebook) -> dict[str, str]:
    """Fingerprint of what coders are told, by variable: another where question, rules or the frame's text changed."""
    return {
        str(variable): hashlib.sha256(repr(instruct(question, part, codebook)).encode()).hexdigest()[:12]
        for variable, part in sample.groupby("variable")
    }


def _shorten(text: str, most: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
