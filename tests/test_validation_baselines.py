"""The page of baselines: every line is a command that the command line takes."""

from __future__ import annotations

import subprocess

import pytest

from analysis import paths
from analysis.validation import baselines
from analysis.validation.validate import TASKS


@pytest.mark.parametrize("line", baselines.LINES)
def test_a_line_names_a_task_and_options_that_it_takes(line):
    """Gold of the project itself exists."""
    task, gold, *options = line.split()
    named = {option.removeprefix("--").replace("-", "_") for option in options if option.startswith("--")}
    assert named <= TASKS[task].takes | {"sample"}
    if gold.startswith("tests/"):
        assert (paths.ROOT / gold).is_file()


def test_every_task_and_phenomenon_has_its_line():
    """None is forgotten."""
    assert {line.split()[0] for line in baselines.LINES} == set(TASKS)
    files = {path.stem for path in (paths.ROOT / "tests" / "gold" / "phenomena_nl").glob("*.yaml")}
    assert files == set(baselines.PHENOMENA)


def test_the_page_holds_what_the_commands_print(monkeypatch):
    """Each under its own heading, without blanks at the ends of lines."""

    def run(command, **_):
        return subprocess.CompletedProcess(command, 0, stdout=f"scores of {command[-1]}   \n")

    monkeypatch.setattr("analysis.validation.baselines.subprocess.run", run)
    monkeypatch.setattr("analysis.validation.baselines.LINES", ("tone a.jsonl", "ner b.txt"))
    page = "".join(baselines.write_page())
    assert page.endswith("## framewijs validate ner b.txt\n\n```\nscores of b.txt\n```\n")
    assert "## framewijs validate tone a.jsonl\n\n```\nscores of a.jsonl\n```\n" in page


def test_sections_of_other_tasks_stay(monkeypatch):
    """Some tasks are measured anew; what the page lacks is measured whatever its task."""
    measured = []

    def run(command, **_):
        measured.append(command[-1])
        return subprocess.CompletedProcess(command, 0, stdout=f"new {command[-1]}\n")

    monkeypatch.setattr("analysis.validation.baselines.subprocess.run", run)
    monkeypatch.setattr("analysis.validation.baselines.LINES", ("tone a.jsonl", "ner b.txt"))
    before = "".join(baselines.write_page())
    old = before.replace("new a.jsonl", "old a.jsonl").replace("new b.txt", "old b.txt")
    measured.clear()
    assert "".join(baselines.write_page(["ner"], old)) == before.replace("new a.jsonl", "old a.jsonl")
    assert measured == ["b.txt"]
    assert "".join(baselines.write_page(["ner"], "")) == before


def test_only_a_page_that_is_there_is_kept(monkeypatch, tmp_path):
    """A new file holds everything, whatever task is named."""
    monkeypatch.setattr("analysis.validation.baselines.write_page", lambda tasks, page: [",".join(tasks), page, "!"])
    target = tmp_path / "page.md"
    baselines.main(str(target), "ner")
    assert target.read_text(encoding="utf-8") == "ner!"
    baselines.main(str(target), "tone")
    assert target.read_text(encoding="utf-8") == "tonener!!"
    baselines.main(str(target))
    assert target.read_text(encoding="utf-8") == "!"
