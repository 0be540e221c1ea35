"""Commands around a coded corpus: suggestions, samples to code by hand, agreement."""

import ast
import csv
import re

import pytest
import yaml
from openpyxl import load_workbook
from typer.main import get_command

from analysis import paths
from analysis.__main__ import app
from analysis.codebook.load import EMPTY
from analysis.corpus.selection import articles_from_texts
from analysis.corpus.storage import write_tables
from analysis.runs.chain import code_articles

ROOMS = ("corpus", "codebook", "reading", "coding", "measures", "display", "hand_coding", "runs")
TEXTS = [
    "Tineke Vogel prees de vakbond. De vakbond bedankte Tineke Vogel.",
    "Piet Bos bedroog de bewoners. Gisteren loog Piet Bos opnieuw, en Tineke Vogel prees hem niet.",
    "De corrupte Piet Bos viel Tineke Vogel aan.",
]


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    """A folder as `framewijs code` leaves it."""
    folder = tmp_path_factory.mktemp("coded")
    write_tables(code_articles(articles_from_texts(TEXTS), EMPTY, methods=["lexicon"]), folder, "parquet")
    return folder


def run(capsys, *arguments):
    """Exit code, what was printed, and what was complained of."""
    with pytest.raises(SystemExit) as left:
        app([str(argument) for argument in arguments])
    return (left.value.code or 0, *capsys.readouterr())


def test_suggestions_are_entries_of_a_codebook(coded, tmp_path, capsys):
    """On the screen or in a file, which is never written over."""
    code, printed, _ = run(capsys, "suggest", coded)
    assert code == 0 and "Tineke Vogel" in {entry["label"] for entry in yaml.safe_load(printed)["actors"]}
    out = tmp_path / "more.yaml"
    assert run(capsys, "suggest", coded, "--out", out)[0] == 0 and "Tineke Vogel" in out.read_text("utf-8")
    code, _, complaint = run(capsys, "suggest", coded, "--out", out)
    assert code == 1 and "is there already" in complaint


def test_each_mistake_of_a_codebook_has_a_line_of_its_own(tmp_path, capsys):
    """On the screen as in the message."""
    (tmp_path / "a.txt").write_text("De raad zweeg.", encoding="utf-8")
    (tmp_path / "book.yaml").write_text("actors:\n  - {id: A, label: a, type: persn}\n", encoding="utf-8")
    code, _, complaint = run(
        capsys, "code", tmp_path / "a.txt", "--codebook", tmp_path / "book.yaml", "--out", tmp_path / "out"
    )
    assert code == 1
    assert [line[:26] for line in complaint.splitlines()] == [
        "book.yaml has 2 mistakes:",
        *["- book.yaml, line 2, actor"] * 2,
    ]


def test_a_sample_goes_out_and_agreement_comes_back(coded, tmp_path, capsys):
    """Two coders fill their sheets, one cell differently; a wrong code is named by its cell."""
    code, printed, _ = run(capsys, "sample", coded, "--out", tmp_path, "--n", 3, "--coders", "anna,ben")
    assert code == 0 and "anna.xlsx, ben.xlsx" in printed
    with (tmp_path / "sample.csv").open(encoding="utf-8-sig", newline="") as handle:
        drawn = list(csv.DictReader(handle))
    assert len(drawn) == 3 and all(0 < float(row["probability"]) <= 1 for row in drawn)
    for name, first in (("anna", 1), ("ben", 0)):
        fill(tmp_path / f"{name}.xlsx", [first, *[-1] * (len(drawn) - 1)])
    sheets = [tmp_path / "anna.xlsx", tmp_path / "ben.xlsx"]
    code, printed, _ = run(capsys, "agreement", *sheets, "--sample", tmp_path / "sample.csv", "--reference", "anna", "--out", tmp_path / "report")  # fmt: skip
    assert code == 0 and "alpha" in printed and "lexicon" in printed
    assert (tmp_path / "report" / "agreement.csv").exists()
    cell = fill(sheets[0], ["neg"])
    code, _, complaint = run(capsys, "agreement", *sheets)
    assert code == 1 and f"cell {cell}" in complaint and "'neg'" in complaint


def fill(sheet, codes, title="polarity"):
    """Write codes into the column to fill in; the name of its first cell."""
    book = load_workbook(sheet)
    page = next(page for page in book if any(cell.value == title for cell in page[1]))
    column = next(cell.column for cell in page[1] if cell.value == title)
    for row, code in enumerate(codes, start=2):
        page.cell(row, column).value = code
    book.save(sheet)
    return page.cell(2, column).coordinate


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--coders", ","], "name at least one"),
        (["--unit", "paragraaf"], "paragraaf"),
        (["--coders", "anna,../ben"], "'../ben' cannot be the name of a file"),
        (["--coders", "anna,..\\ben"], "cannot be the name of a file"),
        (["--coders", ".."], "cannot be the name of a file"),
        (["--coders", "C:ben"], "cannot be the name of a file"),
        (["--coders", "nul"], "cannot be the name of a file"),
        (["--coders", "anna,Anna"], "Anna.xlsx would be written twice"),
        (["--coders", "sample", "--csv"], "sample.csv would be written twice"),
        (["--n", "3", "--by", "actor"], "lower at_least (--at-least)"),
    ],
)
def test_wrong_orders_are_refused_in_one_line(coded, tmp_path, capsys, arguments, message):
    """Exit code 2, and nothing is written, inside the folder or outside."""
    code, _, complaint = run(capsys, "sample", coded, "--out", tmp_path / "out", *arguments)
    assert code == 2 and message in complaint and complaint.count("\n") == 1
    assert not any(tmp_path.iterdir())


def test_every_option_that_a_message_names_is_there(coded, tmp_path, capsys):
    """`sample` once asked for a lower at_least, and had no option for it."""
    assert run(capsys, "sample", coded, "--out", tmp_path, "--n", 3, "--by", "actor", "--at-least", 1)[0] == 0
    options = {
        name
        for command in get_command(app).commands.values()
        for parameter in command.params
        for name in (*parameter.opts, *parameter.secondary_opts)
    }
    rooms = [path for room in ROOMS for path in (paths.ROOT / "analysis" / room).rglob("*.py")]
    named = {
        found
        for path in rooms
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise)
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
        for found in re.findall(r"--[a-z][a-z-]+", part.value)
    }
    assert "--port" in named
    assert named <= options


def test_what_coders_differ_on_goes_out_and_the_reference_comes_back(coded, tmp_path, capsys):
    """The sheet, the notebook with the desk, the reference with its agreement, and nothing where nobody differs."""
    run(capsys, "sample", coded, "--out", tmp_path, "--n", 3, "--coders", "anna,ben")
    sheets = [tmp_path / "anna.xlsx", tmp_path / "ben.xlsx"]
    for sheet in sheets:
        fill(sheet, [1, -1, 0])
    order = ["adjudicate", *sheets, "--sample", tmp_path / "sample.csv"]
    code, printed, _ = run(capsys, *order, "--by", "clara", "--to", tmp_path / "clara.xlsx")
    assert code == 0 and "the coders differ on no unit" in printed and not (tmp_path / "clara.xlsx").exists()
    fill(sheets[1], [0])
    code, _, complaint = run(capsys, *order, "--to", tmp_path / "clara.xlsx")
    assert code == 2 and "who adjudicates" in complaint
    for name in ("clara.xlsx", "clara.ipynb"):
        code, printed, _ = run(capsys, *order, "--by", "clara", "--to", tmp_path / name)
        assert code == 0 and "3 units: 1 on which the coders differ; 2 agreed" in printed and (tmp_path / name).exists()
    fill(tmp_path / "clara.xlsx", [-1])
    code, _, complaint = run(capsys, *order, "--decided", tmp_path / "clara.xlsx", "--out", tmp_path / "reference.csv")
    assert code == 1 and "the code has no reason" in complaint
    fill(tmp_path / "clara.xlsx", ["rule 1"], "reason")
    reference = tmp_path / "reference.csv"
    code, printed, _ = run(capsys, *order, "--decided", tmp_path / "clara.xlsx", "--out", reference, "--gold", tmp_path / "gold.jsonl")  # fmt: skip
    assert code == 0 and "2 agreed, 1 adjudicated" in printed and "3 units in" in printed
    assert len((tmp_path / "gold.jsonl").read_text(encoding="utf-8").splitlines()) == 3
    code, printed, _ = run(capsys, *order, "--decided", tmp_path / "clara.xlsx", "--by", "eva", "--to", tmp_path / "eva.csv")  # fmt: skip
    assert code == 0 and "all is decided" in printed
    code, printed, _ = run(capsys, "agreement", *sheets, reference, "--sample", tmp_path / "sample.csv", "--reference", "adjudicated")  # fmt: skip
    assert code == 0 and "anna × ben" in printed and "adjudicated ×" not in printed and "× adjudicated" not in printed
