"""Exercises that go with the notebooks: one notebook to fill in and one with solutions, in both languages.

Reads data/exercises (a file for each notebook, with the texts of both languages; its README describes the format);
returns notebooks and writes notebooks/<language>/exercises/exc_NN.ipynb and solutions/solution_NN.ipynb beside it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

import nbformat
import yaml

from analysis.contracts.errors import InputError
from analysis.contracts.paths import DATA, NOTEBOOKS
from analysis.display.study import NOTEBOOK_METADATA, write_notebook

FOLDER = DATA / "exercises"
COMMON = "common.yaml"
"""The file of what all exercises share: their first cell, and words."""
LANGUAGES = ("en", "nl")
LEVELS = ("read", "adapt", "build")
"""Find it in the output; change a line; write a few lines."""
FOLDED = {"jupyter": {"source_hidden": True}, "tags": ["check"]}
"""Metadata of a check: JupyterLab shows its result, and its code on a click."""


class Exercise(NamedTuple):
    """One exercise, in one language.

    Attributes
    ----------
    level : str
        One of `LEVELS`.
    question, hint : str
        Markdown.
    code : str
        The cell to fill in: it runs as it stands, and does not pass the check.
    check : str
        Asserts on what the cell leaves, each with a sentence for who fails it.
    solution : str
        The cell filled in so that it passes.
    wrong : tuple of str
        The cell filled in with likely mistakes, which do not pass.
    answer : str
        Code that prints what the question asks besides, behind the solution; empty where it asks nothing.
    """

    level: str
    question: str
    hint: str
    code: str
    check: str
    solution: str
    wrong: tuple[str, ...]
    answer: str


class Lesson(NamedTuple):
    """The exercises of one notebook, in one language."""

    name: str
    """Of the notebook: ``02_actors``."""
    title: str
    start: str
    """Code of the first cell, which loads the tables."""
    exercises: tuple[Exercise, ...]
    words: Mapping[str, str]


def read_lesson(path: Path, language: str) -> Lesson:
    """Read the exercises of a notebook in one language.

    Parameters
    ----------
    path : Path
        ``data/exercises/02_actors.yaml``; `COMMON` lies beside it.
    language : {"en", "nl"}

    Raises
    ------
    InputError
        When the file is no such YAML, lacks a language, or holds code that is no Python.
    """
    try:
        common = yaml.safe_load((path.parent / COMMON).read_text(encoding="utf-8"))
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        words = {"language": language} | {key: text[language] for key, text in common["words"].items()}
        exercises = tuple(_read_exercise(found, words, language) for found in content["exercises"])
        return Lesson(path.stem, content["title"][language], _fill(common["start"], words), exercises, words)
    except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError, AttributeError, SyntaxError) as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise InputError(f"{path}: is no file of exercises ({reason}); see data/exercises/README.md") from error


def _read_exercise(found: Mapping[str, Any], shared: Mapping[str, str], language: str) -> Exercise:
    words = {**shared, **{key: text[language] for key, text in found.get("words", {}).items()}}
    if found["level"] not in LEVELS:
        raise ValueError(f"level '{found['level']}' is none of {', '.join(LEVELS)}")
    return Exercise(
        found["level"],
        found["question"][language].strip(),
        found["hint"][language].strip(),
        _fill(found["code"], words),
        f'# {shared["check"]}\n{_fill(found["check"], words)}\nprint("{shared["right"]}")',
        _fill(_replace(found["code"], found["solution"]), words),
        tuple(_fill(_replace(found["code"], wrong), words) for wrong in found["wrong"]),
        _fill(found.get("answer", ""), words),
    )


def _replace(code: str, lines: str) -> str:
    """The cell with other lines in the place of the one that is marked."""
    before, _, after = re.split(r"(?m)^(.*# \$(?:fill|change|write))$", code)
    return before + lines.rstrip("\n") + after


def _fill(code: str, words: Mapping[str, str]) -> str:
    """Code with its words in place of ``$key``; SyntaxError where that is no Python."""
    escaped = {key: text.replace('"', r"\"") for key, text in words.items()}  # most stand in texts of the code
    filled = Template(code).substitute(escaped).strip()
    ast.parse(filled)
    return filled


def make_notebook(lesson: Lesson, *, solved: bool) -> nbformat.NotebookNode:
    """A notebook of a lesson's exercises, not executed: to fill in, or with the solutions.

    Parameters
    ----------
    lesson : Lesson
    solved : bool
        With the solutions, and without hints.

    Returns
    -------
    NotebookNode
    """
    words, number = lesson.words, lesson.name[:2]
    links = {"notebook": f"../{lesson.name}.ipynb", "exercises": f"../exercises/exc_{number}.ipynb"}
    links |= {"solutions": f"../solutions/solution_{number}.ipynb", "number": str(int(number)), "title": lesson.title}
    opening = Template(words["solved" if solved else "opening"]).substitute(links).strip()
    cells = [_cell("markdown", f"{number}-title", opening), _cell("code", f"{number}-start", lesson.start)]
    for place, exercise in enumerate(lesson.exercises, start=1):
        key = f"{number}-{place}-{exercise.level}"
        prose = f"## {place}. {words[exercise.level]}\n\n{exercise.question}"
        if not solved:
            prose += f"\n\n<details><summary>{words['hint']}</summary>\n\n{exercise.hint}\n\n</details>"
        cells.append(_cell("markdown", f"{key}-question", prose))
        cells.append(_cell("code", key, exercise.solution if solved else exercise.code))
        cells.append(_cell("code", f"{key}-check", exercise.check, FOLDED))
        if solved and exercise.answer:
            cells.append(_cell("code", f"{key}-answer", exercise.answer))
    if not solved:
        cells.append(_cell("markdown", f"{number}-end", Template(words["end"]).substitute(links).strip()))
    made: nbformat.NotebookNode = nbformat.v4.new_notebook(cells=cells, metadata=dict(NOTEBOOK_METADATA))  # type: ignore[no-untyped-call]
    return made


def _cell(kind: str, key: str, source: str, metadata: Mapping[str, Any] | None = None) -> nbformat.NotebookNode:
    make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    made: nbformat.NotebookNode = make(source=source, id=key, metadata=dict(metadata or {}))  # type: ignore[no-untyped-call]
    return made


def make_notebooks(source: Path = FOLDER, target: Path = NOTEBOOKS) -> Iterator[tuple[Path, nbformat.NotebookNode]]:
    """Every notebook of exercises and of solutions, with the file it belongs in.

    Raises
    ------
    InputError
        As `read_lesson`.
    """
    for path in sorted(source.glob("[0-9]*.yaml")):
        for language in LANGUAGES:
            lesson = read_lesson(path, language)
            for solved, place in ((False, "exercises/exc"), (True, "solutions/solution")):
                file = target / language / f"{place}_{path.stem[:2]}.ipynb"
                yield file, make_notebook(lesson, solved=solved)


def write_notebooks(source: Path = FOLDER, target: Path = NOTEBOOKS) -> list[Path]:
    """Write what `make_notebooks` makes; returns the files."""
    written = []
    for file, notebook in make_notebooks(source, target):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_notebook(notebook, file)
        written.append(file)
    return written
