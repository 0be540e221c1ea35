"""Exercises: what is wanted passes, what is not does not, and the notebooks are those of data/exercises."""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import nbformat
import pytest
import yaml

from analysis import paths
from analysis.contracts.errors import InputError
from analysis.display import exercises
from analysis.display.exercises import FOLDER, LANGUAGES, LEVELS, read_lesson
from analysis.validation.stored import read_results
from tests.notebook_checks import read_notebooks

FILES = sorted(FOLDER.glob("[0-9]*.yaml"))
LESSONS = {f"{language}/{path.stem}": read_lesson(path, language) for path in FILES for language in LANGUAGES}
MARKS = re.compile(r"[$][a-z]")


def run(code: str, space: dict[str, Any]) -> None:
    """Run a cell as a kernel does, but show nothing."""
    exec(compile(code, "cell", "exec"), space)  # noqa: S102  the exercises' own code


def fails_with(check: str, space: dict[str, Any]) -> str:
    """What a check says; empty where all is right. Anything but an assert that speaks is an error."""
    try:
        run(check, dict(space))
    except AssertionError as error:
        assert str(error), f"an assert says nothing: {check}"
        return str(error)
    return ""


def rounded(answer: Any) -> Any:
    """A table or column of numbers to two decimals, as a student likes to see it; anything else as it is."""
    return answer.round(2) if hasattr(answer, "round") else answer


@pytest.fixture(scope="module")
def start() -> dict[str, Any]:
    """What the first cell leaves; it is the same in both languages but for a comment."""
    mpl.use("agg")
    spaces: dict[str, Any] = {}
    codes = {ast.dump(ast.parse(lesson.start)): lesson.start for lesson in LESSONS.values()}
    assert len(codes) == 1
    run(next(iter(codes.values())), spaces)
    return spaces


def test_every_notebook_has_exercises_at_three_levels():
    """In both languages, in order."""
    notebooks = [path.stem for path in sorted((paths.NOTEBOOKS / "en").glob("*.ipynb"))]
    assert [path.stem for path in FILES] == notebooks
    for name, lesson in LESSONS.items():
        assert tuple(exercise.level for exercise in lesson.exercises) == LEVELS, name


@pytest.mark.parametrize("name", LESSONS)
def test_a_solution_passes_and_what_is_unsolved_or_wrong_does_not(name, start, capsys):
    """Cells run in the order of the notebook, in one kernel; each mistake is told in words of its own."""
    lesson, space = LESSONS[name], dict(start)
    for exercise in lesson.exercises:
        where = f"{name}, {exercise.level}"
        tried = dict(space)
        run(exercise.code, tried)
        told = fails_with(exercise.check, tried)
        assert told in {lesson.words["unfilled"], lesson.words["unchanged"]} or exercise.level == "build", (where, told)
        assert told, f"{where}: unsolved, it passes"
        for wrong in exercise.wrong:
            mistaken = dict(tried)
            with contextlib.suppress(TypeError):  # a cell may end in an error, and its check is run all the same
                run(wrong, mistaken)
            answered = fails_with(exercise.check, mistaken)
            assert answered and answered != told, f"{where}: {wrong!r} is answered with {answered!r}"
        run(exercise.solution, space)
        capsys.readouterr()
        assert fails_with(exercise.check, space) == "", where
        assert capsys.readouterr().out == f"{lesson.words['right']}\n"
        for answer in re.findall(r"^(\w+) = \.\.\.", exercise.code, re.MULTILINE):
            assert fails_with(exercise.check, space | {answer: rounded(space[answer])}) == "", f"{where}: rounded"
        if exercise.answer:
            run(exercise.answer, space)
            assert re.search(r"\w{3}.*\.\n$", capsys.readouterr().out), f"{where}: no sentence"


def test_every_message_of_a_check_can_be_met():
    """An exercise has at least one likely mistake, and no word that is used nowhere."""
    common = yaml.safe_load((FOLDER / exercises.COMMON).read_text(encoding="utf-8"))
    used = set(vars_in(common["start"])) | {"opening", "solved", "end", "check", "hint", "right", *LEVELS}
    for path in FILES:
        for found in yaml.safe_load(path.read_text(encoding="utf-8"))["exercises"]:
            assert found["wrong"], path
            codes = [found["code"], found["check"], found["solution"], *found["wrong"], found.get("answer", "")]
            told = {key for code in codes for key in vars_in(code)}
            assert set(found.get("words", {})) <= told, (path.name, set(found["words"]) - told)
            used |= told
    assert set(common["words"]) <= used, set(common["words"]) - used


def vars_in(code: str) -> list[str]:
    """Names of the words in a piece of code."""
    return re.findall(r"\$(\w+)", code)


def texts_of(found: Any) -> Iterator[dict[str, str]]:
    """Every pair of texts in two languages."""
    if isinstance(found, dict) and set(found) == set(LANGUAGES):
        yield found
    elif isinstance(found, dict | list):
        for part in found.values() if isinstance(found, dict) else found:
            yield from texts_of(part)


@pytest.mark.parametrize("path", [*FILES, FOLDER / exercises.COMMON], ids=lambda path: path.stem)
def test_the_languages_say_the_same_in_other_words(path):
    """Both are there, differ, and name the same columns, values and links."""
    for text in texts_of(yaml.safe_load(path.read_text(encoding="utf-8"))):
        assert text["en"] != text["nl"], text
        codes = {
            language: {code for code in re.findall(r"`([^`]+)`", told) if re.fullmatch(r"[\w.\"<>=-]*_?\w*", code)}
            for language, told in text.items()
        }
        assert codes["en"] <= codes["nl"], text


@pytest.mark.parametrize("name", LESSONS)
def test_prose_names_only_what_there_is(name, start):
    """What stands between backticks is a column, a value of one, an id, or stands in the code."""
    lesson, frames = LESSONS[name], [*vars(start["tables"]).values(), read_results("methods")]
    known = set(start["codebook"].actors).union(*(frame.columns for frame in frames))
    for frame in frames:
        texts = frame.select_dtypes(exclude="number")
        known |= {value for column in texts for value in texts[column].dropna().astype(str).unique() if len(value) < 20}
    for exercise in lesson.exercises:
        known |= set(re.findall(r"\w+", f"{exercise.code} {exercise.check} {exercise.solution}"))
    known |= {"a", "b", "table", "tabel", "column", "kolom", "value", "waarde", "NaN"}
    for exercise in lesson.exercises:
        for told in re.findall(r"`(\w+)`", f"{exercise.question} {exercise.hint}"):
            assert told in known, (name, told)


def test_the_notebooks_are_those_of_the_files():
    """Run `framewijs exercises` after a change in data/exercises."""
    made = dict(exercises.make_notebooks())
    for file, notebook in made.items():
        expected = nbformat.writes(notebook, version=nbformat.NO_CONVERT).rstrip("\n") + "\n"
        assert file.is_file() and file.read_text(encoding="utf-8") == expected, (
            f"{file.relative_to(paths.ROOT)} is not what data/exercises says: run `framewijs exercises`"
        )
    stored = {
        path for language in LANGUAGES for part in ("exercises", "solutions")
        for path in (paths.NOTEBOOKS / language / part).glob("*.ipynb")
    }  # fmt: skip
    assert stored == set(made)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["exercises", "solutions"])
def test_a_notebook_of_exercises_is_sound(language, part):
    """Valid, with links that lead somewhere, checks folded, hints in exercises only, and each notebook links to its own."""
    folder = paths.NOTEBOOKS / language / part
    for name, notebook in read_notebooks(folder).items():
        nbformat.validate(notebook)
        prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        for link in re.findall(r"\]\(([^)]+)\)", prose):
            assert (folder / link).resolve().is_file(), (name, link)
        assert not MARKS.search(prose + "".join(cell.source for cell in notebook.cells)), name
        checks = [cell for cell in notebook.cells if "check" in cell.metadata.get("tags", [])]
        assert len(checks) == len(LEVELS) and all(cell.metadata["jupyter"]["source_hidden"] for cell in checks)
        assert prose.count("<details>") == (len(LEVELS) if part == "exercises" else 0), name


@pytest.mark.parametrize("name", LESSONS)
def test_a_notebook_leads_to_its_exercises(name):
    """From its last cell."""
    language, stem = name.split("/")
    notebook = nbformat.read(paths.NOTEBOOKS / language / f"{stem}.ipynb", as_version=4)
    assert f"(exercises/exc_{stem[:2]}.ipynb)" in notebook.cells[-1].source


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda found: found.pop("question"), "KeyError: 'question'"),
        (lambda found: found["hint"].pop("nl"), "KeyError: 'nl'"),
        (lambda found: found.update(level="easy"), "level 'easy' is none of read, adapt, build"),
        (lambda found: found.update(code="answer = $nothing"), "KeyError: 'nothing'"),
        (lambda found: found.update(code="answer = ("), "SyntaxError"),
    ],
)
def test_a_damaged_file_is_named_with_its_reason(damage, reason, tmp_path):
    """And with where its format is described."""
    (tmp_path / exercises.COMMON).write_bytes((FOLDER / exercises.COMMON).read_bytes())
    content = yaml.safe_load(FILES[0].read_text(encoding="utf-8"))
    damage(content["exercises"][0])
    (tmp_path / "01_mine.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(reason)) as error:
        list(exercises.make_notebooks(tmp_path, tmp_path))
    assert "01_mine.yaml" in str(error.value) and "data/exercises/README.md" in str(error.value)
