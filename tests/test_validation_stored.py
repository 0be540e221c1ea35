"""Stored results are renewed part by part, and say when and how."""

from __future__ import annotations

import datetime
import re

import pandas as pd
import pytest

from analysis.contracts.errors import InputError
from analysis.contracts.paths import ROOT
from analysis.validation.__main__ import TABLES, load_table
from analysis.validation.stored import FOLDER, WHEN, keep_results, read_results

COMMAND = re.compile(
    r"python -m analysis\.validation (?P<name>\w+) (?P<out>data/validity/[\w.]+)(?: (?P<part>[\w.-]+))?"
)
FIRST, SECOND = datetime.date(2025, 3, 1), datetime.date(2025, 4, 1)


def keep(path, rows, today):
    """Store rows of parts a, b, c."""
    found = pd.DataFrame(rows, columns=["gold", "estimate"])
    return keep_results(path, found, part="gold", order=("a", "b", "c"), command="run", today=today)


def test_a_part_is_renewed_and_the_others_stay(tmp_path):
    """Order of parts, not of measuring; the day and the command of each."""
    path = tmp_path / "x.csv"
    keep(path, [("c", 0.1), ("a", 0.25)], FIRST)
    keep(path, [("a", 0.5), ("b", -0.00001)], SECOND)
    table = read_results("x", tmp_path)
    assert table.to_numpy().tolist() == [
        ["a", 0.5, "2025-04-01", "run"],
        ["b", 0.0, "2025-04-01", "run"],
        ["c", 0.1, "2025-03-01", "run"],
    ]


def test_a_part_that_there_no_longer_is_goes(tmp_path):
    """Renaming a gold set leaves nothing behind."""
    path = tmp_path / "x.csv"
    keep(path, [("a", 0.1)], FIRST)
    found = pd.DataFrame([("z", 0.2)], columns=["gold", "estimate"])
    table = keep_results(path, found, part="gold", order=("z",), command="run", today=FIRST)
    assert table["gold"].tolist() == ["z"]


def test_empty_text_stays_text_and_empty_numbers_stay_empty(tmp_path):
    """A slot that is not there is "", an interval that is not there is missing."""
    (tmp_path / "x.csv").write_text("slot,ci_low,date,command\n,,2025-03-01,run\nparty,0.1,2025-03-01,run\n")
    table = read_results("x", tmp_path)
    assert table["slot"].tolist() == ["", "party"] and table["ci_low"].isna().tolist() == [True, False]


def test_what_is_missing_is_said(tmp_path):
    """The file, or its date."""
    with pytest.raises(InputError, match="not there"):
        read_results("x", tmp_path)
    (tmp_path / "x.csv").write_text("gold\na\n")
    with pytest.raises(InputError, match="lacks date, command"):
        read_results("x", tmp_path)


def test_a_table_of_other_columns_is_not_mixed(tmp_path):
    """Results of two kinds do not go into one file; the one that is there stays as it is."""
    path = tmp_path / "x.csv"
    keep(path, [("a", 0.1)], FIRST)
    before = path.read_bytes()
    found = pd.DataFrame([("b", 3, 0.2)], columns=["gold", "n", "estimate"])
    with pytest.raises(InputError, match=r"x\.csv: its columns are of an earlier kind; remove the file"):
        keep_results(path, found, part="gold", order=("a", "b"), command="run", today=SECOND)
    assert path.read_bytes() == before


def test_every_stored_table_is_described_and_none_is_left_over():
    """The README's rows, the files, and what the notebooks read are the same; `make validity` writes each."""
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    described = dict(re.findall(r"^\| (\w+)\.csv \|.*`(\w+) [^`]*` \|$", readme, flags=re.MULTILINE))
    assert sorted(described) == sorted(TABLES)
    assert sorted(path.stem for path in FOLDER.glob("*.csv")) == sorted(TABLES)
    target = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nvalidity:")[2].partition("\n\n")[0]
    assert set(described.values()) == set(TABLES)
    for name in TABLES:
        assert f"-m analysis.validation {name} data/validity/{name}.csv" in target


@pytest.mark.parametrize("name", TABLES)
def test_the_project_stores_its_results(name):
    """Each with a day, and a command that measures it again, run from the project's own folder."""
    table = read_results(name)
    assert list(table.columns[-2:]) == WHEN and len(table)
    assert table["date"].str.fullmatch(r"\d{4}-\d{2}-\d{2}").all()
    for command in table["command"].unique():
        found = COMMAND.fullmatch(command)
        assert found, command
        assert (found["name"], found["out"]) == (name, f"data/validity/{name}.csv"), command
        assert found["part"] is None or found["part"] in load_table(name).parts, command
