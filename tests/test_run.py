"""Coding a corpus: chunks, fingerprints, articles on which a coder fails, and the manifest."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.codebook.load import load_codebook
from analysis.contracts.errors import InputError, StudyError, UsageError
from analysis.corpus import read_tables
from analysis.runs import run as run_module
from analysis.runs.folder import hold_folder
from analysis.runs.run import CodingOptions, check_out, code_corpus

TEXTS = {
    "a": "De bond prijst burgemeester Jansen.",
    "b": "Jansen bekritiseert de bond.",
    "c": "De bond zweeg gisteren over de zaak.",
}
CODEBOOK = """
name: Town
actors:
  - {id: mayor, label: Jansen, type: person, nl: {names: [Jansen]}}
  - {id: union, label: de bond, type: organisation, nl: {nominals: [bond]}}
"""


@pytest.fixture
def corpus(tmp_path):
    """A folder with three articles and a codebook beside it."""
    (tmp_path / "in").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "in" / f"{name}.txt").write_text(f"date 2024-05-01 {text}\n", encoding="utf-8")
    (tmp_path / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    return tmp_path


WORDS = CodingOptions(reading="rules", methods=("lexicon",), frames=("patterns",))
"""Coding without the reading model."""
TINY = Path(__file__).parent / "gold" / "tiny-model.npz"


def code(place, **options):
    options = {"language": "nl", "coding": WORDS} | options
    return code_corpus([place / "in"], place / "codebook.yaml", place / "out", **options)


def test_the_manifest_says_what_was_done_and_nothing_that_differs_between_machines(corpus):
    """Versions, checksums, options, counts and files; no times, no absolute paths, keys sorted."""
    manifest = code(corpus)
    text = (corpus / "out" / "manifest.json").read_text(encoding="utf-8")
    assert json.loads(text) == manifest
    assert text == json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert corpus.as_posix() not in text
    assert manifest["counts"]["articles"] == 3
    assert manifest["codebook"]["checksum"] == load_codebook(corpus / "codebook.yaml").checksum
    assert manifest["options"]["language"] == "nl"
    assert "workers" not in manifest["options"]
    assert (manifest["reading"], manifest["options"]["methods"], manifest["model"]) == ("rules", ["lexicon"], None)
    assert set(manifest["files"]) == {f"{name}.parquet" for name in manifest["counts"]}
    assert set(read_tables(corpus / "out").articles["source_file"]) == {"in/a.txt", "in/b.txt", "in/c.txt"}


def test_the_manifest_names_the_model_that_read_and_judged(corpus, monkeypatch):
    """File, version and checksum, also when the work is done by several processes; both methods are there."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(TINY))
    manifest = code(corpus, coding=CodingOptions(), chunk_size=1, workers=2)
    checksum = hashlib.sha256(TINY.read_bytes()).hexdigest()
    assert manifest["model"] == {"file": "tiny-model.npz", "version": "tiny", "checksum": checksum}
    tables = read_tables(corpus / "out")
    assert set(tables.evaluations["method"]) == {"model", "lexicon"}
    code(corpus, coding=CodingOptions())
    for (name, table), (_, alone) in zip(tables.items(), read_tables(corpus / "out").items(), strict=True):
        pd.testing.assert_frame_equal(table, alone, obj=name)


def test_without_the_model_nothing_is_begun(corpus, monkeypatch):
    """One line says what to do; no article is refused for it."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(corpus / "nowhere.npz"))
    with pytest.raises(InputError, match="no reading model there"):
        code(corpus, coding=CodingOptions())
    assert not (corpus / "out").exists()


@pytest.mark.parametrize(("given", "used"), [(None, "2"), ("3", "3")])
def test_workers_share_the_processors(monkeypatch, given, used):
    """Four workers on eight processors get two threads each, unless the environment says otherwise."""
    monkeypatch.setenv("FRAMEWIJS_THREADS", given or "0")
    if given is None:
        monkeypatch.delenv("FRAMEWIJS_THREADS")
    monkeypatch.setattr("analysis.runs.run.count_processors", lambda: 8)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    run_module._start_worker(4)
    assert os.environ["FRAMEWIJS_THREADS"] == used


def test_nothing_but_tables_and_manifest_is_left(corpus):
    """No partial results, no temporary files."""
    manifest = code(corpus, format="csv")
    assert {path.name for path in (corpus / "out").iterdir()} == {"manifest.json", *manifest["files"]}


def test_an_article_on_which_a_coder_fails_costs_only_itself(corpus, monkeypatch):
    """The rest of its chunk is coded as if it had not been there, and the notice says why."""
    real = run_module.code_articles

    def stumble(articles, codebook, **options):
        if "b" in set(articles["article_id"]):
            raise ValueError("a table\nwith two lines")
        return real(articles, codebook, **options)

    monkeypatch.setattr(run_module, "code_articles", stumble)
    manifest = code(corpus)
    assert list(read_tables(corpus / "out").articles["article_id"]) == ["a", "c"]
    (notice,) = [notice for notice in manifest["notices"] if notice["notice"] == "refused"]
    assert (notice["article_id"], notice["source_file"]) == ("b", "in/b.txt")
    assert "ValueError: a table with two lines" in notice["reason"]
    monkeypatch.setattr(run_module, "code_articles", real)
    (corpus / "in" / "b.txt").unlink()
    first = read_tables(corpus / "out")
    code(corpus)
    for (name, table), (_, alone) in zip(first.items(), read_tables(corpus / "out").items(), strict=True):
        pd.testing.assert_frame_equal(table, alone, obj=name)


def test_when_a_coder_fails_on_everything_the_work_has_failed(corpus, monkeypatch):
    """No empty tables are passed off as a result."""

    def stumble(*_tables, **_options):
        raise ValueError("broken")

    monkeypatch.setattr(run_module, "code_articles", stumble)
    with pytest.raises(StudyError, match=r"No article could be coded.*ValueError: broken"):
        code(corpus)
    assert not any((corpus / "out").iterdir())


def test_finished_chunks_are_used_again_and_only_for_the_same_work(corpus, monkeypatch):
    """After a break the kept chunks are not coded again; a changed article, codebook or option is."""
    coded: list[str] = []
    real = run_module.code_articles

    def watch(articles, codebook, **options):
        coded.extend(articles["article_id"])
        if len(coded) == 3:
            raise KeyboardInterrupt
        return real(articles, codebook, **options)

    monkeypatch.setattr(run_module, "code_articles", watch)
    with pytest.raises(KeyboardInterrupt):
        code(corpus, chunk_size=1)
    assert coded == ["a", "b", "c"]
    (corpus / "in" / "b.txt").write_text("date 2024-05-01 Jansen prijst de bond zeer.\n", encoding="utf-8")
    coded[:] = []
    code(corpus, chunk_size=1)
    assert coded == ["b", "c"]


def test_a_chunk_that_was_cut_short_is_coded_again(corpus, monkeypatch):
    """As after a crash of the machine: the user did what there is to do by running the command again."""
    real = run_module.concat_tables

    def stop(_parts):
        raise KeyboardInterrupt

    monkeypatch.setattr(run_module, "concat_tables", stop)
    with pytest.raises(KeyboardInterrupt):
        code(corpus, chunk_size=1)
    monkeypatch.setattr(run_module, "concat_tables", real)
    cut = sorted((corpus / "out" / ".partial").iterdir())[1] / "quotes.parquet"
    cut.write_bytes(cut.read_bytes()[:100])
    code(corpus, chunk_size=1)
    read = read_tables(corpus / "out")
    (corpus / "out").rename(corpus / "first")
    code(corpus)
    for (name, table), (_, alone) in zip(read.items(), read_tables(corpus / "out").items(), strict=True):
        pd.testing.assert_frame_equal(table, alone, obj=name)


def test_a_damaged_chunk_is_named(corpus, monkeypatch):
    """Files that vanish from the partial results give a line that says what to remove."""
    real = run_module._code_chunk

    def damage(articles, codebook, coding, folder):
        real(articles, codebook, coding, folder)
        next(folder.glob("quotes.*")).unlink()

    monkeypatch.setattr(run_module, "_code_chunk", damage)
    with pytest.raises(InputError, match=r"is damaged. Remove the folder"):
        code(corpus)


def test_old_evidence_pages_of_ours_are_removed(corpus):
    """A page of an article that is gone goes; a page that somebody else wrote stays."""
    code(corpus, evidence=True)
    (corpus / "out" / "evidence" / "notes.html").write_text("mine", encoding="utf-8")
    assert {path.name for path in (corpus / "out" / "evidence").iterdir()} == {
        "index.html",
        "a.html",
        "b.html",
        "c.html",
        "notes.html",
    }
    (corpus / "in" / "b.txt").unlink()
    manifest = code(corpus, evidence=True)
    pages = {path.name for path in (corpus / "out" / "evidence").iterdir()}
    assert pages == {"index.html", "a.html", "c.html", "notes.html"}
    assert sum(name.startswith("evidence/") for name in manifest["files"]) == 3


def test_wrong_options_are_wrong_usage(corpus):
    """Each is named before any work is done."""
    with pytest.raises(UsageError, match="--format txt"):
        code(corpus, format="txt")
    with pytest.raises(UsageError, match="at least 1"):
        code(corpus, workers=0)
    with pytest.raises(UsageError, match="no_such_pipeline"):
        code(corpus, coding=replace(WORDS, reading="no_such_pipeline"))
    with pytest.raises(UsageError, match="unknown method 'magic'"):
        code(corpus, coding=replace(WORDS, methods=("magic",)))
    with pytest.raises(UsageError, match="lies among the articles"):
        check_out(corpus / "in" / "out", [corpus / "in"])


def test_a_language_without_coders_is_wrong_usage(corpus):
    """The supported ones are named; their other names are understood."""
    with pytest.raises(UsageError, match="--language de: is not supported; use en or nl"):
        code(corpus, language="de")
    assert code(corpus, language="Nederlands")["counts"]["articles"] == 3


def test_replacing_the_results_of_other_articles_is_told_before_it_is_done(corpus, monkeypatch):
    """Not when all articles are coded again, with or without others."""
    told = []
    code(corpus, tell=told.append)
    code(corpus, tell=told.append, format="csv")
    (corpus / "in" / "d.txt").write_text("date 2024-05-01 De bond sprak.\n", encoding="utf-8")
    code(corpus, tell=told.append)
    assert told == []
    (corpus / "in" / "c.txt").unlink()
    (corpus / "in" / "b.txt").write_text("date 2024-05-01 Jansen zweeg.\n", encoding="utf-8")

    def stop(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(run_module, "code_articles", stop)
    with pytest.raises(KeyboardInterrupt):
        code(corpus, tell=told.append)
    assert told == [
        f"{corpus / 'out'} holds results of 2 other articles, soon replaced; to keep them press Ctrl-C now."
    ]
    assert len(read_tables(corpus / "out").articles) == 4
    (corpus / "out" / "articles.parquet").write_bytes(b"damaged")
    with pytest.raises(KeyboardInterrupt):
        code(corpus, tell=told.append)
    assert len(told) == 1


def test_texts_that_begin_as_formulas_do_are_told(corpus):
    """In plain CSV; guarded they are safe, and read back as they were."""
    (corpus / "in" / "f.txt").write_text("=HYPERLINK(1) Jansen prees de bond.", encoding="utf-8")
    told = []
    code(corpus, tell=told.append, format="csv")
    (line,) = told
    assert "begin with =, +, - or @" in line
    assert "--format csv-guarded" in line
    plain = read_tables(corpus / "out")
    manifest = code(corpus, tell=told.append, format="csv-guarded")
    assert (len(told), manifest["options"]["format"]) == (1, "csv-guarded")
    for (name, table), (_, guarded) in zip(plain.items(), read_tables(corpus / "out").items(), strict=True):
        pd.testing.assert_frame_equal(table, guarded, obj=name)


def test_two_runs_do_not_write_to_one_folder(corpus):
    """The second says who is at work; what the first has finished stays."""
    with hold_folder(corpus / "out"):
        with pytest.raises(StudyError, match=rf"out is in use by another run \(process {os.getpid()} on .*--out"):
            code(corpus)
        (corpus / "out" / ".lock-holder").unlink()
        with pytest.raises(StudyError, match="it has just begun"):
            code(corpus)
    assert not any((corpus / "out").iterdir())
    assert code(corpus)["counts"]["articles"] == 3


def test_a_folder_that_cannot_be_made_is_named(corpus):
    """A file in the way of `--out` gives one line."""
    (corpus / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        code_corpus([corpus / "in"], corpus / "codebook.yaml", corpus / "file" / "out", coding=WORDS)
