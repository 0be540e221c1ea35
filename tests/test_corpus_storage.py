"""Tables on disk."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.tables import LAYERS, Tables, empty_table, make_table
from analysis.corpus.selection import articles_from_texts
from analysis.corpus.storage import count_dangers, read_table, read_tables, replace_file, write_tables


def _quotes(text: str = '‘nee’, "ja"\r\n;') -> pd.DataFrame:
    fixed = {"article_id": "a", "kind": "direct", "rule": "r", "source_mention_id": None, "outer_id": None}
    return make_table(
        "quotes",
        [
            {**fixed, "quote_id": "a:q0001", "start": 0, "end": 4, "source_id": "x", "cue": text, "cue_start": 5, "cue_end": 9},
            {**fixed, "quote_id": "a:q0002", "start": 9, "end": 12, "source_id": None, "cue": None, "cue_start": None, "cue_end": None},
        ],
    )  # fmt: skip


def _evaluations(polarity: float) -> pd.DataFrame:
    row = {
        "evaluation_id": "a:e0001", "article_id": "a", "sentence_id": 0, "source_id": "author", "target_id": "x",
        "target_mention_id": "a:m0001", "polarity": polarity, "p_negative": None, "p_neutral": 0.1, "p_positive": None, "p_source": None,
        "negated": True, "hedged": False, "question": False, "conditional": False, "denied": False, "ground": "word", "outer_source_id": None, "cue_start": None, "cue_end": None, "cues": None, "method": "lexicon",
    }  # fmt: skip
    return make_table("evaluations", [row])


def _tables() -> Tables:
    tables = {name: empty_table(name) for name in LAYERS}
    return Tables(**{**tables, "quotes": _quotes(), "evaluations": _evaluations(-1 / 3)})


@pytest.mark.parametrize("kind", ["parquet", "csv", "csv-guarded"])
def test_tables_come_back_the_same(tmp_path: Path, kind: str) -> None:
    """Values and dtypes survive every format, empty tables included."""
    tables = _tables()
    written = write_tables(tables, tmp_path / "uit", kind)
    assert [path.name for path in written] == [f"{name}.{kind.removesuffix('-guarded')}" for name, _ in tables.items()]
    found = read_tables(tmp_path / "uit")
    for (name, table), (_, other) in zip(tables.items(), found.items(), strict=True):
        assert_frame_equal(table, other, obj=name)


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_bytes_are_the_same_every_time(tmp_path: Path, kind: str) -> None:
    """Writing twice gives identical files and leaves no temporary ones."""
    first = write_tables(_tables(), tmp_path / "a", kind)
    second = write_tables(_tables(), tmp_path / "b", kind)
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert not [path for path in (tmp_path / "a").iterdir() if path.name.startswith(".")]


def test_other_format_does_not_go_stale(tmp_path: Path) -> None:
    """Writing CSV over Parquet leaves one file per table."""
    write_tables(_tables(), tmp_path)
    write_tables(_tables(), tmp_path, "csv")
    assert {path.suffix for path in tmp_path.iterdir()} == {".csv"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.floats(min_value=-1, max_value=1),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=20),
)
def test_csv_keeps_every_number_and_character(tmp_path: Path, polarity: float, text: str) -> None:
    """Numbers come back to the last bit, text to the last character."""
    write_tables({"evaluations": _evaluations(polarity), "quotes": _quotes(text)}, tmp_path, "csv")
    assert read_table(tmp_path / "evaluations.csv", "evaluations")["polarity"].tolist() == [polarity]
    assert read_table(tmp_path / "quotes.csv", "quotes")["cue"].tolist()[0] == text


def test_open_columns_of_features_survive(tmp_path: Path) -> None:
    """The frame columns that depend on the codebook are read as numbers."""
    columns = {name: [0] for name in empty_table("features").columns}
    table = make_table("features", pd.DataFrame({**columns, "article_id": ["a"], "actor_id": ["x"], "outlet": [None], "published": ["2020"], "frame_conflict": [0.1], "frame_morality": [None]}))  # fmt: skip
    write_tables({"features": table}, tmp_path, "csv")
    assert_frame_equal(read_table(tmp_path / "features.csv", "features"), table)


def test_a_run_that_breaks_off_leaves_the_old_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is replaced whole or not at all."""
    write_tables({"quotes": _quotes()}, tmp_path, "csv")
    before = (tmp_path / "quotes.csv").read_bytes()

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_csv", fail)
    with pytest.raises(InputError, match="No space left on device"):
        write_tables({"quotes": _quotes("anders")}, tmp_path, "csv")
    assert (tmp_path / "quotes.csv").read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_what_is_no_coded_corpus_is_refused(tmp_path: Path) -> None:
    """A missing folder, missing tables and damaged files are clear errors."""
    with pytest.raises(InputError, match="does not exist"):
        read_tables(tmp_path / "weg")
    with pytest.raises(InputError, match="is not a coded corpus: it has no articles, sentences"):
        read_tables(tmp_path)
    write_tables(_tables(), tmp_path)
    (tmp_path / "quotes.parquet").write_bytes(b"kapot")
    with pytest.raises(InputError, match=r"quotes\.parquet does not hold a valid table quotes"):
        read_tables(tmp_path)
    (tmp_path / "evaluations.csv").write_text("evaluation_id,negated\na,misschien\n", encoding="utf-8")
    with pytest.raises(InputError, match="valid table evaluations"):
        read_table(tmp_path / "evaluations.csv", "evaluations")
    with pytest.raises(InputError, match="does not exist"):
        read_table(tmp_path / "weg.csv", "quotes")


def test_wrong_format_and_wrong_folder(tmp_path: Path) -> None:
    """An unknown format is a usage error; a file where the folder should be an input error."""
    with pytest.raises(UsageError, match="xml"):
        write_tables(_tables(), tmp_path, "xml")
    (tmp_path / "bestand").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        write_tables(_tables(), tmp_path / "bestand")


def _articles(text: str) -> pd.DataFrame:
    return make_table("articles", articles_from_texts([text]))


@pytest.mark.parametrize("text", ["=1+1", "'=1", "\"=cmd|' /C calc'!A0", "@SUM(1)\n\n- een", "-2;=3", "Een zin."])
def test_guarded_csv_runs_no_text_and_comes_back_the_same(tmp_path: Path, text: str) -> None:
    """A spreadsheet program sees an apostrophe first; offsets count the text without it."""
    tables = Tables(**{**dict(_tables().items()), "articles": _articles(text)})
    write_tables(tables, tmp_path / "plain", "csv")
    write_tables(tables, tmp_path / "guarded", "csv-guarded")
    for folder in ("plain", "guarded"):
        assert list(read_tables(tmp_path / folder).articles["text"]) == [text]
    cells = pd.read_csv(tmp_path / "guarded" / "articles.csv", dtype=str, encoding="utf-8-sig")
    assert not cells["text"].str.match("[=+@-]").any()
    assert float(pd.read_csv(tmp_path / "guarded" / "evaluations.csv")["polarity"].iloc[0]) == -1 / 3
    assert count_dangers(tables) == int(text[:1] in "=@-'")


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system says only that some device is full; arrow says it in its own way."""

    def fill(*_: object, **__: object) -> None:
        raise OSError(28, "Error writing bytes to file. Detail: [errno 28] No space left on device")

    monkeypatch.setattr("os.fsync", fill)
    with pytest.raises(InputError, match=r"manifest\.json cannot be written \(No space left on device\); make room"):
        replace_file(tmp_path / "manifest.json", b"{}")
    monkeypatch.setattr(pd.DataFrame, "to_parquet", fill)
    with pytest.raises(InputError, match=r"uit cannot be written \(No space left on device\); make room"):
        write_tables(_tables(), tmp_path / "uit")
    assert not list(tmp_path.rglob("*.*"))
