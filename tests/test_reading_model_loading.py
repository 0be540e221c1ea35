"""Where the model lies, which one a caller gets, and what is said when there is none."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.paths import MODELS
from analysis.reading import load_reading_model
from analysis.reading.model_loading import check_reading_model, count_processors, reading_model_path

TINY = Path(__file__).parent / "gold" / "tiny-model.npz"


@pytest.fixture(autouse=True)
def use_tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tiny model stands where the shipped one would."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(TINY))
    monkeypatch.delenv("FRAMEWIJS_THREADS", raising=False)


def test_the_shipped_model_is_the_default(monkeypatch):
    """An empty variable names nothing."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", "")
    assert reading_model_path() == MODELS / "reading-nl-en.npz"


def test_a_model_is_loaded_once():
    """For each way of asking, also by several threads at once."""
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: load_reading_model(), range(8)))
    assert all(model is found[0] for model in found)
    assert load_reading_model(n_threads=1) is not found[0]
    assert load_reading_model(precision="fast").precision == "fast"


def test_a_model_that_was_written_anew_is_loaded_anew(tmp_path, monkeypatch):
    """Training again under the same name."""
    path = tmp_path / "m.npz"
    shutil.copy(TINY, path)
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(path))
    first = load_reading_model()
    os.utime(path, ns=(1, 1))
    assert load_reading_model() is not first


def test_the_environment_says_how_many_threads(monkeypatch):
    """What a caller asks for goes first."""
    monkeypatch.setenv("FRAMEWIJS_THREADS", "3")
    assert load_reading_model().n_threads == 3
    assert load_reading_model(n_threads=1).n_threads == 1


@pytest.mark.parametrize("text", ["0", "two", "-1", "1.5"])
def test_a_number_of_threads_that_is_none(monkeypatch, text):
    """The message names the variable."""
    monkeypatch.setenv("FRAMEWIJS_THREADS", text)
    with pytest.raises(UsageError, match=f"FRAMEWIJS_THREADS={text}: use a whole number"):
        load_reading_model()


def test_no_threads():
    """Asked for in code."""
    with pytest.raises(UsageError, match="n_threads=0: use at least 1"):
        load_reading_model(n_threads=0)


def test_a_missing_model_says_what_to_do(tmp_path, monkeypatch):
    """The file, and both remedies."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(tmp_path / "none.npz"))
    remedy = r"none\.npz: no reading model there; train one with `make train`.*reading='rules'"
    for function in (load_reading_model, check_reading_model):
        with pytest.raises(InputError, match=remedy):
            function()


def test_processors_are_counted_on_any_system(monkeypatch):
    """At least one, also where a process cannot ask for its own."""
    assert count_processors() >= 1
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    assert count_processors() >= 1
