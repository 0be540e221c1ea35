"""Bad input through the command line: a clear line each, the right exit code, nothing else lost."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pandas as pd
import psutil
import pytest
from typer.testing import CliRunner

from analysis.__main__ import app
from analysis.corpus import read_tables
from analysis.runs.folder import hold_folder

CODEBOOK = """
name: Town hall
actors:
  - id: mayor
    label: {nl: de burgemeester, en: the mayor}
    type: person
    nl: {names: [Jansen, burgemeester Jansen], nominals: [burgemeester]}
  - id: union
    label: {nl: de bond, en: the union}
    type: organisation
    nl: {names: [Bouwbond], nominals: [bond]}
frames:
  - id: conflict
    label: {nl: conflict, en: conflict}
    definition: Two sides disagree.
    source: Semetko and Valkenburg (2000)
    indicators:
      - id: reproach
        question: Does one side reproach the other?
        patterns: {nl: [verwijt, beschuldigt]}
"""
GOOD = (
    "date 2024-05-01 Bond boos op burgemeester\n\n"
    "De Bouwbond beschuldigt burgemeester Jansen van wanbeleid. ‘Dit is een schande’, zei Jansen gisteren.\n\n"
    "De bond verwijt hem dat de bouw stilligt. Volgens Jansen is dat onzin.\n"
)


@pytest.fixture
def workplace(tmp_path):
    """A folder `corpus` with one good article, and a codebook beside it."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def good_rows(tmp_path_factory):
    """Every table of the good article, coded by itself."""
    folder = tmp_path_factory.mktemp("alone")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    result = run(folder)
    assert result.exit_code == 0, result.output
    return read_tables(folder / "out")


def run(place: Path, *options: str, paths: tuple[str, ...] = ("corpus",)):
    """`framewijs code` on the corpus of a workplace, in this process."""
    given = [str(place / path) for path in paths]
    return CliRunner().invoke(
        app, ["code", *given, "--codebook", str(place / "codebook.yaml"), "--out", str(place / "out"), *options]
    )


def manifest_of(place: Path) -> dict:
    return json.loads((place / "out" / "manifest.json").read_text(encoding="utf-8"))


def assert_one_line(result, code: int, *words: str) -> None:
    """One line on stderr, no traceback, the exit code, and the words that help."""
    assert result.exit_code == code, result.output
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert "Traceback" not in result.output
    for word in words:
        assert word in lines[0], lines[0]


def assert_good_is_kept(place: Path, good_rows) -> None:
    """The good article has exactly the rows it has when coded alone."""
    for (name, alone), (_, together) in zip(good_rows.items(), read_tables(place / "out").items(), strict=True):
        here = together[together["article_id"] == "good"].reset_index(drop=True)
        pd.testing.assert_frame_equal(here, alone, obj=name)


def hash_folder(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_good_article_is_coded(good_rows):
    """The article that everything below is compared with has something to lose."""
    assert set(good_rows.mentions["actor_id"]) >= {"mayor", "union"}
    assert len(good_rows.quotes)
    assert len(good_rows.evaluations)
    assert len(good_rows.frames)


REFUSED = {
    "empty.txt": b"",
    "blank.txt": b" \n\n \t\n",
    "large.txt": b"De burgemeester zweeg. " * 456_000,
    "nul.txt": b"De burge\x00meester\x00\x00\x01\x02 zweeg vandaag opnieuw over de kwestie.\x00",
    "image.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "broken16.txt": b"\xff\xfe" + "De burgemeester zweeg.".encode("utf-16-le")[:-1],
    "empty.csv": b"",
    "broken.jsonl": b'{"text": "De burgemeester zweeg',
    "broken.parquet": b"PAR1 this is no parquet file",
    "broken.xlsx": b"PK\x03\x04 this is no workbook",
}
"""Files that cannot be read, each for its own reason."""


def test_unreadable_files_are_refused_with_reason_and_remedy(workplace, good_rows):
    """Empty, far too large and binary files get a notice each; the good article is coded as if alone."""
    for name, data in REFUSED.items():
        (workplace / "corpus" / name).write_bytes(data)
    result = run(workplace)
    assert result.exit_code == 0, result.output
    assert "Traceback" not in result.output
    refused = {n["source_file"]: n for n in manifest_of(workplace)["notices"] if n["notice"] == "refused"}
    assert set(refused) == {f"corpus/{name}" for name in REFUSED}
    assert all(notice["reason"] and notice["remedy"] for notice in refused.values())
    assert sum(line.startswith("Refused: corpus/") for line in result.stderr.splitlines()) == len(REFUSED)
    assert_good_is_kept(workplace, good_rows)


def write_odd(corpus: Path) -> dict[str, tuple[int | None, str]]:
    """Files that are odd as files or tables, each with the row and the words of its notice; some systems lack a few."""
    (corpus / "twice.csv").write_text("text,date,text\nEen.,2024,Twee.\n", encoding="utf-8")
    (corpus / "numbered.csv").write_text("__row__,text\n1,\n", encoding="utf-8")
    pd.DataFrame({"text": [b"bytes"]}).to_parquet(corpus / "bytes.parquet")
    (corpus / "list.jsonl").write_text('{"text": ["Een."]}\n', encoding="utf-8")
    (corpus / "number.jsonl").write_text('{"text": 7}\n', encoding="utf-8")
    (corpus / "secret.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))  # how Excel stores passwords
    book = openpyxl.Workbook()
    book.active["A1"] = "Export of May"
    book.active.merge_cells("A1:B1")
    book.active.append(["tekst", "datum"])
    book.save(corpus / "merged.xlsx")
    expected = {
        "twice.csv": (1, "the column text 2 times"), "numbered.csv": (2, "no text"),
        "bytes.parquet": (2, "the text is bytes"), "list.jsonl": (1, "the text is a list"),
        "number.jsonl": (1, "the text is a number"), "secret.xlsx": (None, "no XLSX workbook"),
        "merged.xlsx": (1, "among: Export of May"),
    }  # fmt: skip
    if hasattr(os, "mkfifo"):
        os.mkfifo(corpus / "pipe.txt")
        expected["pipe.txt"] = (None, "a pipe or a device")
    try:
        (corpus / "loop.txt").symlink_to("loop.txt")
        expected["loop.txt"] = (None, "cannot be reached")
        if Path("/dev/zero").exists():
            (corpus / "endless.csv").symlink_to("/dev/zero")
            expected["endless.csv"] = (None, "a pipe or a device")
    except OSError:  # on Windows links are for administrators
        pass
    return expected


def test_odd_files_cost_only_themselves(workplace, good_rows):
    """Each gets a notice with its row and a remedy; none ends the run, hangs it, or is read without end."""
    expected = write_odd(workplace / "corpus")
    result = run(workplace)
    assert result.exit_code == 0, result.output
    found = {Path(n["source_file"]).name: n for n in manifest_of(workplace)["notices"] if n["notice"] == "refused"}
    assert set(found) == set(expected)
    for name, (row, words) in expected.items():
        assert found[name]["row"] == row, name
        assert words in found[name]["reason"], name
        assert found[name]["remedy"], name
    assert_good_is_kept(workplace, good_rows)


def test_a_file_name_that_is_not_utf8_is_shown_in_codes(workplace, good_rows):
    """The article is coded, a notice says how it is called now, and every file of the run can be written."""
    try:
        Path(os.fsdecode(os.fsencode(workplace / "corpus") + b"/caf\xe9.txt")).write_text("Jansen zweeg.\n", "utf-8")
    except OSError:
        return  # this system has no such names
    result = run(workplace, "--evidence", "--format", "csv")
    assert result.exit_code == 0, result.output
    (notice,) = [n for n in manifest_of(workplace)["notices"] if n["notice"] == "repaired"]
    assert (notice["source_file"], notice["article_id"]) == ("corpus/caf%E9.txt", "caf%E9")
    assert "rename the file" in notice["remedy"]
    assert_good_is_kept(workplace, good_rows)


@pytest.mark.parametrize("name", ["empty.txt", "nul.txt"])
def test_a_corpus_with_nothing_to_read_fails_in_one_line(workplace, name):
    """With no readable article at all the work has failed: exit code 1, and nothing is written."""
    (workplace / "corpus" / "good.txt").unlink()
    (workplace / "corpus" / name).write_bytes(REFUSED[name])
    assert_one_line(run(workplace), 1, "No article could be loaded", name)
    assert not (workplace / "out").exists()


def test_an_empty_folder_and_a_missing_path_fail_in_one_line(workplace):
    """Exit code 1, and what to do."""
    (workplace / "corpus" / "good.txt").unlink()
    assert_one_line(run(workplace), 1, "holds no articles")
    assert_one_line(run(workplace, paths=("nowhere",)), 1, "does not exist")


def test_odd_but_readable_files_are_coded(workplace, good_rows):
    """Old encodings, HTML, right-to-left text, endless sentences and unbalanced quotes: all coded, none breaks another."""
    latin = "De coördinator vond het café één grote puinhoop, zei burgemeester Jansen.\n"
    files = {
        "latin1.txt": latin.encode("latin-1"),
        "utf16.txt": latin.encode("utf-16"),
        "page.html": b"<html><head><script>alert(1)</script></head><body><p>Burgemeester Jansen zweeg gisteren over de bouw.</p></body></html>",
        "arabic.txt": "قال رئيس البلدية إن المشروع سيبدأ غدا. ورفضت النقابة الخطة.\n".encode(),
        "endless.txt": ("De burgemeester zag dat " + "de bond en de wijk " * 1100 + "bleven").encode()[:4_000],
        "unbalanced.txt": "‘Dit is een schande, zei burgemeester Jansen. De Bouwbond “lachte” en ‘ging weg. Toen kwam ”Jansen.\n".encode(),
        "brackets.txt": b"De burgemeester ((((( [ { zweeg >>>> <<<< ))) &&& %s {0} \\d+ $^.\n",
        "letter.txt": b"x",
    }
    for name, data in files.items():
        (workplace / "corpus" / name).write_bytes(data)
    result = run(workplace)
    assert result.exit_code == 0, result.output
    tables = read_tables(workplace / "out")
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    assert set(texts) == {"good", *(Path(name).stem for name in files)}
    assert texts["latin1"] == texts["utf16"] == latin.strip()
    assert "alert" not in texts["page"]
    assert texts["arabic"].startswith("قال")
    assert len(texts["endless"]) == 4_000
    for table in (tables.sentences, tables.mentions, tables.quotes):
        assert all(
            0 <= s < e <= len(texts[a])
            for a, s, e in zip(table["article_id"], table["start"], table["end"], strict=True)
        )
    assert (tables.mentions.loc[tables.mentions["article_id"] == "endless", "actor_id"] == "union").sum() > 200
    assert_good_is_kept(workplace, good_rows)


FAULTS = {
    "unknown key": (CODEBOOK.replace("type: person", "typ: person"), ("codebook.yaml", "line", "typ", "type")),
    "duplicate id": (CODEBOOK.replace("id: union", "id: mayor"), ("codebook.yaml", "line", "mayor", "used before")),
    "cycle": (
        CODEBOOK.replace("type: person", "type: person\n    part_of: union").replace(
            "type: organisation", "type: organisation\n    part_of: mayor"
        ),
        ("codebook.yaml", "line", "part_of", "circle"),
    ),
    "no YAML": ("actors: [", ("codebook.yaml", "line", "YAML")),
    "part_of nobody": (CODEBOOK.replace("type: person", "type: person\n    part_of: uniom"), ("uniom", "union")),
    "code in YAML": ("name: !!python/object/apply:os.getcwd []", ("codebook.yaml", "line 1")),
}
"""Codebooks with a fault, and what the line about it must say."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_codebook_fails_in_one_line(workplace, fault):
    """The line names file, line and key; nothing is written."""
    text, words = FAULTS[fault]
    (workplace / "codebook.yaml").write_text(text, encoding="utf-8")
    assert_one_line(run(workplace), 1, *words)
    assert not (workplace / "out").exists()


def test_a_missing_codebook_fails_in_one_line(workplace):
    """Exit code 1: the path may be right elsewhere."""
    (workplace / "codebook.yaml").unlink()
    assert_one_line(run(workplace), 1, "codebook.yaml", "cannot be read")


def test_a_folder_that_would_overwrite_the_articles_is_refused(workplace):
    """`--out` may be no file, may not hold the articles, and may not lie among them: exit code 2."""
    (workplace / "out").write_text("a file", encoding="utf-8")
    assert_one_line(run(workplace), 2, "is a file")
    (workplace / "out").unlink()
    before = hash_folder(workplace)
    code = ["code", str(workplace / "corpus"), "--codebook", str(workplace / "codebook.yaml"), "--out"]
    assert_one_line(CliRunner().invoke(app, [*code, str(workplace)]), 2, "holds the articles")
    assert_one_line(CliRunner().invoke(app, [*code, str(workplace / "corpus")]), 2, "holds the articles")
    assert_one_line(CliRunner().invoke(app, [*code, str(workplace / "corpus" / "out")]), 2, "lies among the articles")
    assert hash_folder(workplace) == before


def test_another_corpus_overwrites_only_its_own_files(workplace):
    """What lies in the folder and is not ours stays; what is ours is replaced, in either format."""
    assert run(workplace).exit_code == 0
    (workplace / "out" / "thesis.docx").write_bytes(b"mine")
    (workplace / "corpus" / "good.txt").write_text("Jansen prees de bond.\n", encoding="utf-8")
    assert run(workplace, "--format", "csv").exit_code == 0
    assert (workplace / "out" / "thesis.docx").read_bytes() == b"mine"
    assert not list((workplace / "out").glob("*.parquet"))
    assert not (workplace / "out" / ".partial").exists()
    assert list(read_tables(workplace / "out").articles["text"]) == ["Jansen prees de bond."]


def test_a_script_in_an_article_stays_text_in_every_page(workplace):
    """Markup in a text, a headline or an id is shown, never run."""
    attack = "<script>alert('x')</script> & <img src=x onerror=alert(1)>"
    table = pd.DataFrame(
        {
            "id": ["<b>a</b>"],
            "title": [f"Kop {attack}"],
            "body": [f"Burgemeester Jansen zei: ‘{attack}’. De bond {attack} zweeg."],
            "date": ["2024-05-01"],
        }
    )
    table.to_csv(workplace / "corpus" / "attack.csv", index=False)
    result = run(workplace, "--evidence", "--columns", "article_id=id,headline=title,text=body,published=date")
    assert result.exit_code == 0, result.output
    pages = list((workplace / "out" / "evidence").glob("*.html"))
    assert len(pages) == 3  # an index and two articles
    tables = read_tables(workplace / "out")
    row_id = tables.mentions.loc[tables.mentions["article_id"] != "good", "mention_id"].iloc[0]
    single = workplace / "row.html"
    assert CliRunner().invoke(app, ["explain", str(workplace / "out"), row_id, "--html", str(single)]).exit_code == 0
    for page in (*pages, single):
        html = page.read_text(encoding="utf-8").lower()
        assert "<script" not in html
        assert "<img" not in html
        assert "<b>a</b>" not in html
    assert any("&lt;script&gt;" in page.read_text(encoding="utf-8") for page in pages)


def test_the_same_story_in_three_outlets_is_coded_three_times(workplace):
    """Copies keep their rows and their outlet, are reported, and are coded alike."""
    rows = [
        {"id": outlet, "text": GOOD, "outlet": outlet, "date": "2024-05-01"}
        for outlet in ("courant", "bode", "dagblad")
    ]
    (workplace / "corpus" / "good.txt").unlink()
    pd.DataFrame(rows).to_json(workplace / "corpus" / "wire.jsonl", orient="records", lines=True)
    result = run(workplace)
    assert result.exit_code == 0, result.output
    tables = read_tables(workplace / "out")
    assert list(tables.articles["duplicate_of"].fillna("-")) == ["-", "bode", "bode"]
    assert sum(notice["notice"] == "duplicate" for notice in manifest_of(workplace)["notices"]) == 2
    for table in (tables.mentions, tables.quotes, tables.evaluations, tables.frames):
        assert len(set(table.groupby("article_id").size())) == 1
    assert set(tables.features["outlet"]) == {"courant", "bode", "dagblad"}


def write_many(workplace: Path, n: int = 8) -> None:
    for number in range(n):
        # Names that end alike tempt a coder to choose by the order of a set, which differs between processes.
        alike = "De heer Kees Vos zweeg. Mevrouw Anna Vos en haar zoon Bart Vos ook. Toen ging Vos weg."
        text = f"{GOOD}\n{alike}\n\nDit was bericht {number}.\n"
        (workplace / "corpus" / f"a{number}.txt").write_text(text, encoding="utf-8")


def test_workers_chunks_and_order_change_no_byte(workplace):
    """One process or two, chunks of any size, files in any order: the same bytes."""
    write_many(workplace)
    files = sorted(f"corpus/{path.name}" for path in (workplace / "corpus").iterdir())
    assert run(workplace, paths=tuple(files)).exit_code == 0
    expected = hash_folder(workplace / "out")
    (workplace / "out").rename(workplace / "first")
    assert run(workplace, "--workers", "2", "--chunk-size", "3", paths=tuple(reversed(files))).exit_code == 0
    assert hash_folder(workplace / "out") == expected


def test_a_killed_run_goes_on_and_ends_with_the_same_bytes(workplace):
    """Kill it when two chunks are kept: they are not coded again, and the result is that of a run at one go."""
    write_many(workplace, 12)
    assert run(workplace).exit_code == 0
    expected = hash_folder(workplace / "out")
    (workplace / "out").rename(workplace / "first")
    command = [
        sys.executable, "-m", "analysis", "code", str(workplace / "corpus"), "--chunk-size", "1",
        "--codebook", str(workplace / "codebook.yaml"), "--out", str(workplace / "out"),
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    partial = workplace / "out" / ".partial"
    while process.poll() is None and len(finished(partial)) < 2:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    process.wait()
    kept = {path: path.stat().st_mtime_ns for path in finished(partial)}
    assert 2 <= len(kept) < 13
    assert not (workplace / "out" / "manifest.json").exists()
    seen: list[tuple[int, int]] = []
    resume(workplace, seen)
    assert seen[0] == (len(kept), 13)
    assert hash_folder(workplace / "out") == expected


@pytest.mark.parametrize("end", ["kill", "terminate"])
def test_workers_end_with_their_parent(workplace, end):
    """However it is killed; the folder is free at once for the next run, which goes on."""
    write_many(workplace, 12)
    command = [
        sys.executable, "-m", "analysis", "code", str(workplace / "corpus"), "--chunk-size", "1", "--workers", "2",
        "--reading", "rules", "--methods", "lexicon", "--frames", "patterns",
        "--codebook", str(workplace / "codebook.yaml"), "--out", str(workplace / "out"),
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    children: list[psutil.Process] = []
    while process.poll() is None and not finished(workplace / "out" / ".partial"):
        children = psutil.Process(process.pid).children(recursive=True)
        time.sleep(0.02)
    assert len(children) >= 2
    getattr(process, end)()
    process.wait()
    patience = time.monotonic() + 60
    while any(map(is_alive, children)) and time.monotonic() < patience:
        time.sleep(0.05)
    assert not any(map(is_alive, children))
    with hold_folder(workplace / "out"):
        pass


def is_alive(process: psutil.Process) -> bool:
    """Whether a process still runs; one that nobody asked after does not."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def finished(partial: Path) -> list[Path]:
    """Chunks that an unfinished run has kept."""
    return [path for path in partial.iterdir() if not path.name.startswith("unfinished-")] if partial.is_dir() else []


def resume(place: Path, seen: list[tuple[int, int]]) -> None:
    """The same run again, through the verb behind the command, which tells how far it is."""
    from analysis.runs.run import code_corpus

    code_corpus(
        [place / "corpus"],
        place / "codebook.yaml",
        place / "out",
        chunk_size=1,
        on_progress=lambda *step: seen.append(step),
    )
