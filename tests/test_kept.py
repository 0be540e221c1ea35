"""A corpus coded once: the same tables, kept for the same work only, whatever happens to the folder."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis import paths
from analysis.codebook.load import EMPTY
from analysis.contracts.errors import UsageError
from analysis.corpus import load_articles
from analysis.runs import cache as kept_module
from analysis.runs.cache import CONTENTS, FOLDER, code_once
from analysis.runs.chain import code_articles

TINY = Path(__file__).parent / "gold" / "tiny-model.npz"
WORDS = {"reading": "rules", "methods": ("lexicon",)}


@pytest.fixture(autouse=True)
def _coder_as_imported(monkeypatch):
    """Nobody changes the coder while these tests run; where it is about that, a test says so."""
    monkeypatch.setattr(analysis, "IMPORTED_AT", float("inf"))
    monkeypatch.setattr(kept_module, "checksum_of_coder", lambda: "the coder")


@pytest.fixture
def coded(monkeypatch):
    """Article ids of every call that codes."""
    calls: list[list[str]] = []

    def watch(articles, codebook, *, reading="model", methods=("model", "lexicon"), captions=False):
        calls.append(list(articles["article_id"]))
        return code_articles(articles, codebook, reading=reading, methods=methods, captions=captions)

    monkeypatch.setattr(kept_module, "code_articles", watch)
    return calls


def assert_same(tables, others):
    for (name, table), (_, other) in zip(tables.items(), others.items(), strict=True):
        pd.testing.assert_frame_equal(table, other, obj=name, check_exact=True, check_freq=True)
        assert table.isna().equals(other.isna()), name


def entries(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_kept_tables_are_the_tables_of_the_seed(seed_tables, seed_codebook, tmp_path):
    """Rows, order, dtypes and what is missing: all of it, to the last bit."""
    articles = load_articles(paths.SEEDS)
    first = code_once(articles, seed_codebook, folder=tmp_path)
    again = code_once(articles, seed_codebook, folder=tmp_path)
    assert len(entries(tmp_path)) == 1
    assert_same(first, seed_tables)
    assert_same(again, seed_tables)


def test_tables_without_rows_come_back_as_they_were(make_articles, tmp_path):
    """Also columns of which nothing is known."""
    articles = make_articles("Het regende.")
    expected = code_articles(articles, EMPTY, **WORDS)
    assert_same(code_once(articles, EMPTY, folder=tmp_path, **WORDS), expected)
    assert_same(code_once(articles, EMPTY, folder=tmp_path, **WORDS), expected)


def test_the_same_work_is_done_once_and_other_work_is_done(make_articles, seed_codebook, tmp_path, coded, monkeypatch):
    """A default spelled out is the same work; another article, codebook, option or coder is not."""
    articles = make_articles("De bond prijst Jansen.", "Trump sprak.")
    code_once(articles, EMPTY, folder=tmp_path, **WORDS)
    code_once(articles.copy(), EMPTY, folder=tmp_path, captions=False, **WORDS)
    assert len(coded) == 1
    code_once(articles.head(1), EMPTY, folder=tmp_path, **WORDS)
    code_once(articles, replace(EMPTY, frames=seed_codebook.frames), folder=tmp_path, **WORDS)
    code_once(articles, EMPTY, folder=tmp_path, captions=True, **WORDS)
    monkeypatch.setattr(kept_module, "checksum_of_coder", lambda: "a coder with another rule")
    code_once(articles, EMPTY, folder=tmp_path, **WORDS)
    assert len(coded) == len(entries(tmp_path)) == 5


@pytest.mark.parametrize("name", ["quotes.parquet", "articles.parquet", CONTENTS])
@pytest.mark.parametrize("damage", ["remove", "cut", "change"])
def test_a_damaged_entry_is_coded_again(make_articles, tmp_path, coded, name, damage):
    """A file that is gone, cut off or changed by a byte gives the right tables and a sound entry."""
    articles = make_articles("‘De bond liegt’, zei Jansen.")
    expected = code_once(articles, EMPTY, folder=tmp_path, **WORDS)
    (entry,) = tmp_path.iterdir()
    content = bytearray((entry / name).read_bytes())
    if damage == "remove":
        (entry / name).unlink()
    elif damage == "cut":
        (entry / name).write_bytes(content[:-9])
    else:
        content[len(content) // 2] ^= 1
        (entry / name).write_bytes(content)
    assert_same(code_once(articles, EMPTY, folder=tmp_path, **WORDS), expected)
    assert len(coded) == 2
    assert_same(code_once(articles, EMPTY, folder=tmp_path, **WORDS), expected)
    assert (len(coded), entries(tmp_path)) == (2, [entry.name])


def test_several_at_once_leave_one_sound_entry(make_articles, tmp_path, coded):
    """All of them code, since none waits; all get the same tables; nothing unfinished is left."""
    articles = make_articles("De bond prijst Jansen.")
    results: list[object] = []
    together = threading.Barrier(4)

    def work():
        together.wait(timeout=60)
        results.append(code_once(articles, EMPTY, folder=tmp_path, **WORDS))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=120)
    assert len(results) == 4
    before = len(coded)
    assert len(entries(tmp_path)) == 1
    again = code_once(articles, EMPTY, folder=tmp_path, **WORDS)
    assert len(coded) == before
    for result in results:
        assert_same(result, again)


def test_work_that_breaks_off_keeps_nothing(make_articles, tmp_path, monkeypatch):
    """A disk that is full in the middle costs time only, and an interrupt leaves no half entry."""
    articles = make_articles("De bond prijst Jansen.")

    def stop(error):
        def write(*_):
            raise error

        return write

    monkeypatch.setattr(kept_module, "write_tables", stop(OSError("disk full")))
    assert_same(code_once(articles, EMPTY, folder=tmp_path, **WORDS), code_articles(articles, EMPTY, **WORDS))
    monkeypatch.setattr(kept_module, "write_tables", stop(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        code_once(articles, EMPTY, folder=tmp_path, **WORDS)
    assert entries(tmp_path) == []


def test_a_folder_that_cannot_be_written_costs_time_only(make_articles, tmp_path):
    """A file in the way is no reason to stop."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    articles = make_articles("De bond prijst Jansen.")
    tables = code_once(articles, EMPTY, folder=tmp_path / "file" / "coded", **WORDS)
    assert_same(tables, code_articles(articles, EMPTY, **WORDS))


def test_rules_that_changed_since_the_import_are_not_kept(make_articles, tmp_path, coded, monkeypatch):
    """What runs is not what the files say: nothing is written under their name, and nothing read."""
    articles = make_articles("De bond prijst Jansen.")
    code_once(articles, EMPTY, folder=tmp_path, **WORDS)
    monkeypatch.setattr(analysis, "IMPORTED_AT", 0.0)
    code_once(articles, EMPTY, folder=tmp_path, **WORDS)
    code_once(articles.head(0), EMPTY, folder=tmp_path, **WORDS)
    assert (len(coded), len(entries(tmp_path))) == (3, 1)


def test_a_pipeline_is_kept_by_its_version_or_not_at_all():
    """Another version of an installed pipeline is another coder; a folder has no version."""
    assert kept_module._version_of_reading("model") == "model"
    assert kept_module._version_of_reading("spacy").startswith("spacy 3.")
    assert kept_module._version_of_reading("no-such-pipeline") is None
    assert kept_module._version_of_reading("./a/folder") is None


def test_work_with_an_object_is_not_kept(make_articles, tmp_path, monkeypatch):
    """Nobody can tell by name whether it is the same object."""
    calls = []

    def code(articles, codebook, *, reading="model", frame_model=None):
        calls.append((reading, frame_model))
        return code_articles(articles, codebook, **WORDS)

    monkeypatch.setattr(kept_module, "code_articles", code)
    for _ in range(2):
        code_once(make_articles("De bond zweeg."), EMPTY, folder=tmp_path, frame_model=object())
    assert (len(calls), entries(tmp_path)) == (2, [])


def test_wrong_options_are_refused_as_by_the_chain(make_articles, tmp_path):
    """An unknown method is wrong usage, an unknown option is no option."""
    articles = make_articles("De bond zweeg.")
    with pytest.raises(UsageError, match="unknown method 'magic'"):
        code_once(articles, EMPTY, folder=tmp_path, methods=("magic",))
    with pytest.raises(TypeError, match="colour"):
        code_once(articles, EMPTY, folder=tmp_path, colour="red")
    assert entries(tmp_path) == []


def test_the_folder_is_one_that_git_ignores():
    """Kept tables are no part of the project."""
    assert "build/" in (paths.ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert FOLDER.relative_to(paths.ROOT).parts[0] == "build"
