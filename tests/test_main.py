"""The command line: exit codes, one-line errors, help, and what each command prints."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from analysis import __main__ as cli
from analysis import paths
from analysis.contracts.errors import InputError, UsageError

SEED = ["code", str(paths.SEEDS), "--codebook", str(paths.CODEBOOKS / "seed.yaml"), "--out"]


def invoke(*arguments: str):
    return CliRunner().invoke(cli.app, list(arguments))


@pytest.fixture(scope="module")
def coded_seed(tmp_path_factory):
    """The seed, coded by the command."""
    out = tmp_path_factory.mktemp("seed") / "out"
    result = invoke(*SEED, str(out))
    assert result.exit_code == 0, result.output
    assert "articles 1, sentences" in result.stdout
    return out


def test_help_and_version():
    """Help is shown without arguments too; every command has an example."""
    assert invoke().exit_code == 0
    assert "validate" in invoke("--help").stdout
    assert invoke("--version").stdout.startswith("framewijs 0.")
    for command in ("study", "code", "validate", "explain"):
        assert f"framewijs {command}" in " ".join(invoke(command, "--help").stdout.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["cod"], ["No such command", "framewijs --help"]),
        (["code"], ["Missing argument", "framewijs code --help"]),
        (["code", "seeds", "--codebook", "c.yaml"], ["--out", "framewijs code --help"]),
        (["code", "seeds", "--codebook", "c.yaml", "--out", "o", "--workers", "0"], ["--workers"]),
        (["code", "seeds", "--codebook", "c.yaml", "--out", "o", "--columns", "text"], ["--columns", "text=body"]),
        (["code", "seeds", "--codebook", "c.yaml", "--out", "o", "--language", "de"], ["--language de", "en or nl"]),
        (
            ["code", "seeds", "--codebook", str(paths.CODEBOOKS / "seed.yaml"), "--out", "o", "--date-order", "ymd"],
            ["'ymd'", "dmy or mdy"],
        ),
        (
            ["code", "seeds", "--codebook", "c.yaml", "--out", "o", "--format", "xls"],
            ["xls", "parquet, csv or csv-guarded"],
        ),
        (["validate", "irony", "gold.jsonl"], ["unknown task 'irony'", "target"]),
        (["validate", "tone", "gold.jsonl", "--method", "magic"], ["magic", "lexicon"]),
        (["validate", "tone", "gold.jsonl", "--codebook", "c.yaml"], ["takes no codebook"]),
        (["validate", "tone", "gold.jsonl", "--sentences", "3"], ["--sentences"]),
        (["--nonsense"], ["--nonsense"]),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(arguments, words):
    """What is wrong and where to look."""
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    for word in words:
        assert word in result.stderr


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (InputError("broken file"), 1, "broken file"),
        (UsageError("wrong option"), 2, "wrong option"),
        (KeyboardInterrupt(), 1, "Stopped"),
        (MemoryError(), 1, "Out of memory. Use fewer articles at a time."),
        (PermissionError(13, "Permission denied", "out"), 1, "out: Permission denied"),
        (ZeroDivisionError("in the\nmiddle"), 1, "Unexpected ZeroDivisionError: in the middle. Please report"),
    ],
)
def test_whatever_goes_wrong_is_one_line(monkeypatch, error, code, words):
    """Our errors, the machine's and our faults: one line on stderr, the right code, no traceback."""

    def fail(*_arguments, **_options):
        raise error

    monkeypatch.setattr("analysis.validation.validate.validate", fail)
    result = invoke("validate", "tone", "gold.jsonl")
    assert result.exit_code == code
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.output


def test_the_traceback_of_a_fault_is_kept_or_shown(monkeypatch):
    """In a log file that the line names, or with --debug on stderr."""

    def fail(*_arguments, **_options):
        raise ZeroDivisionError("fault")

    monkeypatch.setattr("analysis.validation.validate.validate", fail)
    line = invoke("validate", "tone", "gold.jsonl").stderr
    log = line.split("(")[1].split(")")[0]
    with open(log, encoding="utf-8") as kept:  # noqa: PTH123  the path is whatever the line says
        assert "ZeroDivisionError: fault" in kept.read()
    assert "Traceback" in invoke("--debug", "validate", "tone", "gold.jsonl").stderr


def test_code_writes_every_table_and_says_how_many_rows(coded_seed):
    """The counts of the manifest are those of the tables."""
    manifest = json.loads((coded_seed / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["articles"] == 1
    assert manifest["notices"] == []
    assert {path.name for path in coded_seed.iterdir()} == {"manifest.json", *manifest["files"]}


def test_columns_are_mapped(tmp_path):
    """`--columns text=body,...` names the columns of a table."""
    (tmp_path / "news.csv").write_text("nr,body,when\n7,Jansen prees de bond.,2024-05-01\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text("actors: []\n", encoding="utf-8")
    given = ["code", str(tmp_path / "news.csv"), "--codebook", str(tmp_path / "c.yaml"), "--out", str(tmp_path / "out")]
    result = invoke(
        *given,
        "--columns",
        "text=body, published=when, article_id=nr",
        "--outlet",
        "bode",
        "--language",
        "nl",
        "--format",
        "csv",
    )
    assert result.exit_code == 0, result.output
    articles = (tmp_path / "out" / "articles.csv").read_text(encoding="utf-8")
    assert '"7","bode","2024-05-01","day"' in articles


def test_notices_that_are_no_refusals_are_counted_by_kind(tmp_path):
    """One line for all of them; a line more when tables of other articles are replaced; the option clears dates."""
    (tmp_path / "in").mkdir()
    rows = "tekst,datum\nJansen prees de bond.,1/3/2026\nJansen prees de bond.,\nDe bond zweeg.,2026\n"
    (tmp_path / "in" / "t.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "c.yaml").write_text("actors: []\n", encoding="utf-8")
    given = ["code", str(tmp_path / "in"), "--codebook", str(tmp_path / "c.yaml"), "--out", str(tmp_path / "out")]
    result = invoke(*given, "--language", "nl")
    assert result.exit_code == 0, result.output
    assert result.stderr.splitlines() == ["2 undated, 1 duplicate: see manifest.json"]
    (tmp_path / "in" / "empty.txt").touch()
    (tmp_path / "in" / "more.txt").write_text("date 2026 Een ander bericht.", encoding="utf-8")
    (tmp_path / "in" / "t.csv").write_text(rows.replace("zweeg", "sprak"), encoding="utf-8")
    result = invoke(*given, "--language", "nl", "--date-order", "dmy")
    assert result.exit_code == 0, result.output
    replaced, refused, counted = result.stderr.splitlines()
    assert refused.startswith("Refused: in/empty.txt: the file is empty")
    assert "out holds results of 1 other articles" in replaced
    assert counted == "1 duplicate, 1 undated: see manifest.json"


def test_long_articles_are_read_with_the_option_that_the_refusal_names(tmp_path):
    """Refused with a limit, read with a higher one; the manifest keeps the limit."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Jansen prees de bond. " * 5, encoding="utf-8")
    (tmp_path / "c.yaml").write_text("actors: []\n", encoding="utf-8")
    given = ["code", str(tmp_path / "in"), "--codebook", str(tmp_path / "c.yaml"), "--out", str(tmp_path / "out")]
    given += ["--language", "nl", "--reading", "rules", "--methods", "lexicon", "--frames", "patterns"]
    refused = invoke(*given, "--max-characters", "50")
    assert refused.exit_code == 1
    assert "--max-characters" in refused.stderr
    assert invoke(*given, "--max-characters", "500").exit_code == 0
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["options"]["max_characters"] == 500


def test_explain_shows_text_or_writes_html(coded_seed, tmp_path):
    """A row by its id; an unknown id and a folder that is no corpus are one line each."""
    from analysis.corpus import read_tables

    row_id = read_tables(coded_seed).quotes["quote_id"].iloc[0]
    shown = invoke("explain", str(coded_seed), row_id)
    assert shown.exit_code == 0, shown.output
    assert "Nee, nee, Amerika" in shown.stdout
    book = ["--codebook", str(paths.CODEBOOKS / "seed.yaml")]
    dutch = invoke("explain", str(coded_seed), "Iran", *book, "--language", "nl")
    assert dutch.exit_code == 0 and "gemiddelde polariteit van" in dutch.stdout
    assert invoke("explain", str(coded_seed), "Iran", *book, "--language", "fr").exit_code == 2
    page = tmp_path / "quote.html"
    assert invoke("explain", str(coded_seed), row_id, "--html", str(page)).exit_code == 0
    assert "Nee, nee, Amerika" in page.read_text(encoding="utf-8")
    assert invoke("explain", str(coded_seed), row_id, "--html", str(tmp_path)).exit_code == 2
    for wrong in (["explain", str(coded_seed), "nobody:e0001"], ["explain", str(tmp_path), row_id]):
        result = invoke(*wrong)
        assert result.exit_code in (1, 2)
        assert len(result.stderr.strip().splitlines()) == 1


def test_browse_writes_a_file_or_says_what_is_wrong(coded_seed, tmp_path):
    """One page with the seed in it; a folder, a language or a corpus that will not do is told in a line."""
    page = tmp_path / "pages" / "seed.html"
    result = invoke("browse", str(coded_seed), "--to", str(page), "--codebook", str(paths.CODEBOOKS / "seed.yaml"))
    assert result.exit_code == 0 and "without a server" in result.stdout
    assert "<!DOCTYPE html>" in page.read_text(encoding="utf-8")
    for arguments, code, words in (
        (["--to", str(tmp_path)], 2, "name a file"),
        (["--language", "fr"], 2, "not 'fr'"),
        (["--port", "70000"], 2, "--port"),
    ):
        result = invoke("browse", str(coded_seed), *arguments)
        assert result.exit_code == code and words in result.stderr and result.stderr.count("\n") == 1
    result = invoke("browse", str(tmp_path / "none"))
    assert result.exit_code == 1 and "framewijs code" in result.stderr


def test_study_runs_the_notebooks_named(monkeypatch):
    """`--only` is passed on, and the count is printed."""
    seen = []

    def run_notebooks(folder, *, only, progress):
        seen.append((folder, only))
        progress("04_tone", 1, 2)
        return [folder / "04_tone.ipynb"]

    monkeypatch.setattr("analysis.display.study.run_notebooks", run_notebooks)
    monkeypatch.setattr("analysis.display.translation.translate_folder", lambda *_, **__: {"04_tone": ["cell a: old"]})
    result = invoke("study", "--only", "04_tone")
    assert result.exit_code == 0, result.output
    assert "2 notebooks run" in result.stdout and "cell a: old" not in result.stderr
    assert seen == [(paths.NOTEBOOKS / "en", ["04_tone"]), (paths.NOTEBOOKS / "nl", ["04_tone"])]
    assert "1 notebooks run" in invoke("study", "--only", "04_tone", "--language", "nl").stdout
    assert "04_tone.yaml: cell a: old" in invoke("study", "--only", "04_tone", "--translate").stderr
    refused = invoke("study", "--language", "fr")
    assert refused.exit_code == 2 and "there are en and nl" in refused.stderr


def test_help_starts_fast_and_imports_nothing_heavy():
    """`framewijs --help` in a new process: no pandas, no spaCy; a loaded machine gets some slack."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "analysis", "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert time.perf_counter() - start < 5
    script = "import sys; import analysis.__main__; print(sorted({'pandas', 'spacy', 'numpy', 'matplotlib'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
