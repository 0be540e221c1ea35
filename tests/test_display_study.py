"""Notebooks are executed, stored without what differs from run to run, and left alone when they fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.contracts.errors import StudyError, UsageError
from analysis.display.study import (
    NOTEBOOK_METADATA,
    find_notebooks,
    kernel_environment,
    run_notebooks,
    strip_notebook,
    write_notebook,
)

WARNS = "import warnings\nwarnings.warn('this reaches the reader')"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a notebook with the given code cells, unexecuted."""

    def make(name: str, *sources: str) -> Path:
        cells = [new_markdown_cell("A question", id="question")]
        cells += [new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(sources, start=1)]
        cells[1].metadata = {"tags": ["parameters"], "collapsed": True}
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(
            new_notebook(cells=cells, metadata={"language_info": {"name": "python", "version": "3.9"}}), path
        )
        return path

    return make


def test_a_notebook_is_stored_as_executed_and_a_second_run_changes_no_byte(write):
    """Counts run from 1, outputs and ids stay, versions and times do not."""
    path = write("01_sum", "a = 1", "print('wie spreekt?')", "a + 1")
    run_notebooks(path.parent)
    first = path.read_bytes()
    stored = json.loads(first)
    assert [cell.get("execution_count") for cell in stored["cells"]] == [None, 1, 2, 3]
    assert [cell["id"] for cell in stored["cells"]] == ["question", "cell-1", "cell-2", "cell-3"]
    assert stored["cells"][1]["metadata"] == {"tags": ["parameters"]}
    assert stored["cells"][2]["outputs"][0]["text"] == ["wie spreekt?\n"]
    assert stored["metadata"] == NOTEBOOK_METADATA
    assert (stored["nbformat"], stored["nbformat_minor"]) == (4, 5)
    assert first.endswith(b"}\n")
    assert not first.endswith(b"\n\n")
    changed = path.stat().st_mtime_ns
    run_notebooks(path.parent)
    assert path.read_bytes() == first
    assert path.stat().st_mtime_ns == changed


def test_progress_counts_code_cells_over_all_notebooks(write):
    """A progress bar needs the name, what is done and what there is to do."""
    folder = write("01_a", "1", "2").parent
    write("02_b", "3")
    told = []
    ran = run_notebooks(folder, progress=lambda *step: told.append(step), workers=1)
    assert [path.name for path in ran] == ["01_a.ipynb", "02_b.ipynb"]
    assert told == [("01_a.ipynb", 1, 3), ("01_a.ipynb", 2, 3), ("02_b.ipynb", 3, 3)]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("raise ValueError('eerste regel\\nlaatste regel')", "02_b.ipynb, code cell 2: ValueError: laatste regel"),
        ("1 / 0", "02_b.ipynb, code cell 2: ZeroDivisionError: division by zero"),
        ("1 +", "02_b.ipynb, code cell 2: SyntaxError"),
        (WARNS, "02_b.ipynb, code cell 2: wrote to standard error"),
        ("import os\nos._exit(1)", "02_b.ipynb, code cell 2: the kernel died"),
    ],
)
def test_a_failing_notebook_is_named_and_left_as_it_was(write, source, message):
    """The message says which notebook and code cell; what was stored stays."""
    folder = write("01_a", "1").parent
    failing = write("02_b", "1", source)
    before = failing.read_bytes()
    with pytest.raises(StudyError) as caught:
        run_notebooks(folder)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert failing.read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["01_a.ipynb", "02_b.ipynb"]


def test_no_further_notebook_starts_after_a_failure(write):
    """An hour of work is not spent after the first error."""
    folder = write("01_a", "1 / 0").parent
    later = write("02_b", "1")
    before = later.read_bytes()
    with pytest.raises(StudyError, match="01_a"):
        run_notebooks(folder, workers=1)
    assert later.read_bytes() == before


def test_notebooks_run_in_their_own_folder_under_the_study_environment(write, monkeypatch):
    """Neither the caller's warning filters nor its drawing backend reach a notebook; the hash seed does."""
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("MPLBACKEND", "svg")
    path = write("01_a", "import os", "[os.environ.get(k) for k in ('PYTHONWARNINGS', 'PYTHONHASHSEED', 'MPLBACKEND')]")
    run_notebooks(path.parent)
    shown = json.loads(path.read_text(encoding="utf-8"))["cells"][2]["outputs"][0]["data"]["text/plain"]
    assert shown == ["[None, '7', 'agg']"]
    assert kernel_environment({"HOME": "h"}) == {
        "HOME": "h",
        "MPLBACKEND": "agg",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def test_only_some_notebooks_can_be_run(write):
    """A name can be cut short; a name that fits none is answered with those there are."""
    folder = write("01_articles", "1").parent
    write("04_tone", "1")
    assert [path.name for path in find_notebooks(folder, only=["04"])] == ["04_tone.ipynb"]
    assert [path.name for path in find_notebooks(folder)] == ["01_articles.ipynb", "04_tone.ipynb"]
    with pytest.raises(UsageError, match="no notebook is called '05'; there are 01_articles, 04_tone"):
        find_notebooks(folder, only=["04", "05"])


def test_a_folder_without_notebooks_and_a_broken_notebook_are_refused(tmp_path):
    """The message says what to do."""
    with pytest.raises(UsageError, match="holds no notebooks"):
        run_notebooks(tmp_path)
    (tmp_path / "01_a.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(StudyError, match=r"01_a\.ipynb: is no notebook that can be read"):
        run_notebooks(tmp_path)
    with pytest.raises(UsageError, match="workers must be at least 1"):
        run_notebooks(tmp_path, workers=0)


def test_stripping_changes_a_copy_only():
    """The notebook that was passed in keeps its metadata."""
    notebook = new_notebook(cells=[new_code_cell("1", id="a", metadata={"execution": {"iopub": "now"}})])
    assert strip_notebook(notebook).cells[0].metadata == {}
    assert notebook.cells[0].metadata == {"execution": {"iopub": "now"}}


def test_a_notebook_that_cannot_be_stored_leaves_nothing_behind(tmp_path, monkeypatch):
    """The old file stays whole when the disk is full."""
    path = tmp_path / "01_a.ipynb"
    write_notebook(new_notebook(), path)
    before = path.read_bytes()

    def fail(_self, _target):
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_notebook(new_notebook(cells=[new_markdown_cell("more", id="more")]), path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["01_a.ipynb"]
