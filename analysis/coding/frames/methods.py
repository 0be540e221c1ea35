"""Which method answers which question, and which of several answers count.

Reads a codebook and the frame model; says per question which method is best, and selects the rows of the tables
``frames`` and ``article_frames`` that counts and shares rest on. Whatever counts frames asks here first, so that no
number mixes the answers of two methods to one question.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.codebook.load import Codebook
from analysis.coding.frames.model import FrameModel
from analysis.contracts.errors import UsageError
from analysis.contracts.tables import rows_of

BY_PREFERENCE = ("model", "patterns", "zero_shot")
"""Methods that answer, the best first: by F1 and alpha with coders on texts left out (``docs/frames.md``). Patterns
stand before zero_shot, which finds more and is right less often, so that alpha is lower on both reference sets."""
AUTO = "auto"
"""For every question the first of `BY_PREFERENCE` that can answer it."""
DEFAULT = (AUTO, "patterns")
"""What the chain codes by: the first counts, the others stand beside it. Patterns cost next to nothing, since the model
looks for them too, and tell a reader in words what the model says in numbers."""
Question = tuple[str, str]
"""Frame and indicator; the indicator repeats the frame where the frame was coded as a whole."""


def check_frame_methods(methods: Sequence[str], *, verb: str = "frames") -> None:
    """Refuse methods that cannot be coded together.

    Raises
    ------
    UsageError
        For no method, an unknown one, one named twice, or ``auto`` in another place than the first.

    Examples
    --------
    >>> check_frame_methods(["auto", "patterns"])
    """
    known = (AUTO, *BY_PREFERENCE)
    if isinstance(methods, str):
        raise UsageError(f"{verb}: '{methods}' is one text; give a list such as ('auto', 'patterns')")
    if unknown := [method for method in methods if method not in known]:
        raise UsageError(f"{verb}: unknown method '{unknown[0]}'; use one of {', '.join(known)}")
    if not methods or len(set(methods)) < len(methods) or AUTO in methods[1:]:
        raise UsageError(f"{verb}: name each method once, the one that counts first ({AUTO} can only be first)")


def list_questions(codebook: Codebook) -> list[Question]:
    """The questions of a codebook: every frame as a whole, and every indicator."""
    whole = [(frame.id, frame.id) for frame in codebook.frames.values()]
    return whole + [(frame.id, asked.id) for frame in codebook.frames.values() for asked in frame.indicators]


def choose_methods(codebook: Codebook, language: str, model: FrameModel | None) -> dict[Question, str]:
    """For every question that can be answered, the best method.

    Parameters
    ----------
    codebook : Codebook
        The questions.
    language : str
        Of the article: patterns are written per language. Model and zero_shot know no languages.
    model : FrameModel or None
        None where there is no model to ask.

    Returns
    -------
    dict
        Questions that no method can answer are left out. Of a frame that the model has learnt as a whole only what
        the model knows is asked: patterns must not overrule a head that has learnt from people.
    """
    able = _list_able(codebook, language, model)
    as_whole = {frame_id for frame_id, indicator in able["model"] if frame_id == indicator}
    chosen: dict[Question, str] = {}
    for question in list_questions(codebook):
        asked = ("model",) if question[0] in as_whole else BY_PREFERENCE
        if method := next((name for name in asked if question in able[name]), None):
            chosen[question] = method
    return chosen


def plan_methods(
    methods: Sequence[str], codebook: Codebook, language: str, model: FrameModel | None
) -> dict[Question, tuple[str, ...]]:
    """The methods that answer each question in a language, the one that counts first.

    A question that the first method cannot answer has the empty name in its place: then no row of it counts.
    """
    best, able = choose_methods(codebook, language, model), _list_able(codebook, language, model)
    plan: dict[Question, tuple[str, ...]] = {}
    for question in list_questions(codebook):
        first = best.get(question, "") if methods[0] == AUTO else methods[0]
        first = first if first and question in able[first] else ""
        others = [name for name in methods[1:] if name != first and question in able[name]]
        if first or others:
            plan[question] = (first, *others)
    return plan


def _list_able(codebook: Codebook, language: str, model: FrameModel | None) -> dict[str, set[Question]]:
    """By method the questions that it has something to go by for."""
    asked = {(frame.id, one.id): one for frame in codebook.frames.values() for one in frame.indicators}
    return {
        "model": {(head.frame_id, head.indicator) for head in model.of_sentences} if model else set(),
        "patterns": {question for question, one in asked.items() if one.patterns.get(language)},
        "zero_shot": {question for question, one in asked.items() if any(one.examples.values())},
    }


def select_frames(frames: pd.DataFrame, method: str | None = None) -> pd.DataFrame:
    """The answers that count: one method's per question, never a mix.

    Parameters
    ----------
    frames : DataFrame
        Table ``frames`` or ``article_frames``.
    method : str, optional
        Those of a method, whether they count or stand beside; by default those that count.

    Returns
    -------
    DataFrame
        The rows, with their index.

    Examples
    --------
    >>> table = pd.DataFrame({"method": ["model", "patterns"], "is_counted": [True, False]})
    >>> select_frames(table)["method"].tolist(), select_frames(table, "patterns")["method"].tolist()
    (['model'], ['patterns'])
    """
    return frames[frames["is_counted"] if method is None else frames["method"] == method]


def methods_to_compare(codebook: Codebook) -> tuple[str, ...]:
    """What stands side by side where methods are compared: the default, and zero_shot where a question has examples.

    Examples
    --------
    >>> methods_to_compare(Codebook("none"))
    ('auto', 'patterns')
    """
    asked = [one for frame in codebook.frames.values() for one in frame.indicators]
    return (*DEFAULT, "zero_shot") if any(any(one.examples.values()) for one in asked) else DEFAULT


def list_methods(frames: pd.DataFrame) -> list[str]:
    """Methods that occur in a table ``frames`` or ``article_frames``, the best first."""
    found = {str(row.method) for row in rows_of(frames[["method"]].drop_duplicates())}
    return [method for method in BY_PREFERENCE if method in found] + sorted(found - set(BY_PREFERENCE))
