"""The tables keep their rules, and the data dictionary is generated from them."""

import pandas as pd
import pytest

from analysis import paths
from analysis.contracts.dictionary import describe_tables
from analysis.contracts.errors import InputError
from analysis.contracts.tables import KEYS, MODELS, columns_of, empty_table, make_table

QUOTE = {
    "quote_id": "a:q0001", "article_id": "a", "start": 3, "end": 9, "kind": "direct", "source_id": None,
    "source_mention_id": None, "cue": None, "cue_start": None, "cue_end": None, "outer_id": None, "rule": "speech_then_speaker",
}  # fmt: skip


def test_rows_come_out_sorted_by_key_with_missing_values_as_missing():
    """Order of rows in does not matter, None becomes missing, numbers keep their type."""
    table = make_table("quotes", [QUOTE | {"quote_id": "a:q0002", "cue_start": 12}, QUOTE])
    assert list(table["quote_id"]) == ["a:q0001", "a:q0002"]
    assert table["source_id"].isna().all()
    assert table["cue_start"].dtype == "Int64"
    assert table["cue_start"].isna().tolist() == [True, False]


@pytest.mark.parametrize("name", [name for name in MODELS if name != "estimates"])
def test_an_empty_table_has_all_columns_and_the_same_dtypes_as_a_full_one(name):
    """Joining an empty table with a full one must not change dtypes."""
    table = empty_table(name)
    assert list(table.columns) == columns_of(name)
    assert len(table) == 0
    assert set(KEYS[name]) <= set(table.columns)


@pytest.mark.parametrize(
    "change",
    [{"kind": "shouted"}, {"start": -1}, {"extra": 1}, {"end": None}],
    ids=["unknown kind", "negative offset", "unknown column", "missing value"],
)
def test_a_row_that_breaks_a_rule_is_refused(change):
    """Every rule of the dictionary is enforced, not only described."""
    with pytest.raises(InputError, match=r"^table quotes: ") as caught:
        make_table("quotes", [QUOTE | change])
    assert "\n" not in str(caught.value)


def test_a_missing_column_is_refused():
    """A table without one of its columns is no table."""
    with pytest.raises(InputError):
        make_table("quotes", [{key: value for key, value in QUOTE.items() if key != "rule"}])


def test_a_double_key_is_refused():
    """One id names one row."""
    with pytest.raises(InputError):
        make_table("quotes", [QUOTE, QUOTE])


def test_the_input_is_not_changed():
    """Making a table leaves the rows it is made from alone."""
    rows = pd.DataFrame([QUOTE | {"quote_id": "a:q0002"}, QUOTE])
    before = rows.copy()
    make_table("quotes", rows)
    pd.testing.assert_frame_equal(rows, before)


def test_the_data_dictionary_is_up_to_date():
    """docs/data-dictionary.md is what `python -m analysis.contracts.dictionary` prints."""
    stored = (paths.ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert stored == describe_tables(), "run: python -m analysis.contracts.dictionary > docs/data-dictionary.md"


@pytest.mark.parametrize("name", MODELS)
def test_every_column_is_described(name):
    """A column without a description is a column nobody can use."""
    for column, rules in MODELS[name].to_schema().columns.items():
        assert rules.description, f"{name}.{column}"
