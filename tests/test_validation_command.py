"""One command measures every stored table, and the pages and summaries beside them."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.validation import __main__ as command
from analysis.validation import name_swap, stored
from analysis.validation.__main__ import OTHERS, TABLES, load_table, main
from analysis.validation.stored import Part, StoredTable, read_results


def rows(gold: str) -> pd.DataFrame:
    """What a part measures."""
    return pd.DataFrame({"gold": [gold, gold], "n": [3, 4], "estimate": [0.5, 0.25]})


@pytest.fixture
def table(monkeypatch):
    """A table of three parts, the last of which needs reference data."""
    parts = {gold: Part(lambda gold=gold: rows(gold)) for gold in ("a", "b")}
    parts["c"] = Part(lambda: rows("c"), "target/c.jsonl")
    made = StoredTable(parts)
    monkeypatch.setattr(command, "load_table", lambda _: made)
    return made


@pytest.mark.parametrize("name", TABLES)
def test_every_stored_table_has_its_parts_in_the_order_of_the_file(name):
    """Whatever is stored can be measured again by a part's name."""
    found = load_table(name)
    kept = dict.fromkeys(read_results(name)[found.column])
    assert list(kept) == [value for value in found.order or found.parts if value in kept]


def test_the_parts_that_are_named_are_measured_and_the_others_stay(table, tmp_path, monkeypatch):
    """In the order of the table, each with the command that renews it; without names all that can be measured here."""
    assert list(table.parts) == ["a", "b", "c"]
    out = tmp_path / "methods.csv"
    assert main(["methods", str(out), "b"]) == 0
    assert main(["methods", str(out), "a"]) == 0
    found = read_results("methods", tmp_path)
    assert found["gold"].tolist() == ["a", "a", "b", "b"]
    assert found["command"].tolist()[1:3] == [
        f"python -m analysis.validation methods {out.as_posix()} {part}" for part in ("a", "b")
    ]
    monkeypatch.setenv("STUDY_REFERENCE_DATA", str(tmp_path))
    assert main(["methods", str(tmp_path / "all.csv")]) == 0
    assert set(read_results("all", tmp_path)["gold"]) == {"a", "b"}


def test_a_table_of_one_part_needs_no_name_for_it(monkeypatch, tmp_path):
    """Though its rows are of several values."""
    whole = StoredTable({"all": Part(lambda: pd.concat([rows("y"), rows("x")]))}, order=("x", "y"))
    monkeypatch.setattr(command, "load_table", lambda _: whole)
    out = tmp_path / "phenomena.csv"
    assert main(["phenomena", str(out)]) == 0
    found = read_results("phenomena", tmp_path)
    assert found["gold"].tolist() == ["x", "x", "y", "y"]
    assert set(found["command"]) == {f"python -m analysis.validation phenomena {out.as_posix()}"}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "'' is none of methods, robustness"),
        (["table"], 2, "'table' is none of methods"),
        (["methods"], 2, "name the CSV"),
        (["methods", "out.csv", "d"], 2, "there is no part 'd'; use a, b, c"),
        (["name_swap"], 2, "name_swap MODEL OUT"),
        (["name_swap", "none.npz", "out.csv"], 1, "none.npz"),
    ],
)
def test_a_wrong_call_and_a_missing_file_are_said_in_one_line(table, arguments, code, said, capsys):
    """Without a traceback."""
    assert table.parts
    assert main(arguments) == code
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1


def test_reference_data_that_is_missing_is_said(tmp_path, monkeypatch, capsys):
    """Where a part is asked for by name."""
    monkeypatch.setenv("STUDY_REFERENCE_DATA", str(tmp_path))
    for name, part in (("methods", "opener_nl.dev"), ("roles", "narrative_en.dev")):
        assert main([name, str(tmp_path / "out.csv"), part]) == 1
        assert "STUDY_REFERENCE_DATA" in capsys.readouterr().err


def test_every_other_name_has_a_main():
    """Pages and summaries."""
    assert all(callable(__import__(f"analysis.validation.{name}", fromlist=["main"]).main) for name in OTHERS)
    assert name_swap.main.__doc__ and stored.FOLDER.is_dir()


def test_help_measures_nothing_and_an_option_is_no_file(tmp_path, monkeypatch, capsys):
    """``baselines --help`` says what there is; nothing is written."""
    monkeypatch.chdir(tmp_path)
    assert main(["baselines", "--help"]) == 0 and "trust" in capsys.readouterr().out
    assert main(["baselines", "--out"]) == 2 and "there is no option --out" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
