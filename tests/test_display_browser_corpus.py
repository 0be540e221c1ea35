"""Tables as the browser holds them: Parquet and CSV alike, by article, and what cannot be read is told in a line."""

import pandas as pd
import pyarrow as pa
import pytest

from analysis.contracts.errors import InputError
from analysis.contracts.tables import columns_of
from analysis.corpus.storage import read_tables
from analysis.display.browser.corpus import open_corpus
from analysis.display.browser.reading import FOUND, READ, ROW_IDS, number_of, read_columns
from tests.browser_corpus import CODEBOOK, TEXT, make_tables_of_three, write_corpus


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_an_article_comes_back_as_it_was_written(tmp_path, kind):
    """Every table that holds findings, of every article, in both formats, with the types of the schema."""
    corpus = open_corpus(write_corpus(tmp_path / "out", kind), codebook=CODEBOOK)
    whole = make_tables_of_three()
    for number, article_id in enumerate(corpus.article_ids):
        part = corpus.tables_of(number)
        for name in READ:
            table = getattr(whole, name)
            expected = table[table["article_id"] == article_id].reset_index(drop=True)
            got = getattr(part, name)
            if name == "evaluations":  # a row of the lexicon stands in where the lexicon is silent
                got = got[got["article_id"] == article_id].head(len(expected))
            pd.testing.assert_frame_equal(got, expected, obj=f"{name} of {article_id}")
        assert list(part.features.columns) == columns_of("features") and part.features.empty


def test_csv_and_parquet_are_the_same(tmp_path):
    """Not a row differs."""
    one, two = (read_columns(write_corpus(tmp_path / kind, kind)) for kind in ("parquet", "csv"))
    assert {name: table.to_pylist() for name, table in one.items()} == {n: t.to_pylist() for n, t in two.items()}


def test_rows_of_an_article_know_their_place(tmp_path):
    """The place of a row is that in the whole table."""
    corpus = open_corpus(write_corpus(tmp_path))
    for name in FOUND:
        for number in range(3):
            for row in corpus.rows(name, number):
                stored = corpus.tables[name].slice(row["row"], 1).to_pylist()[0]
                assert {key: row[key] for key in stored if key not in ROW_IDS} == {
                    key: value for key, value in stored.items() if key not in ROW_IDS
                }
                assert row["article_id"] == number


def test_labels_follow_codebook_and_language(tmp_path):
    """Without a codebook the id is shown."""
    folder = write_corpus(tmp_path)
    assert open_corpus(folder, codebook=CODEBOOK).label("jan", "en") == "John & co"
    assert open_corpus(folder).label("jan", "nl") == "jan"


def test_a_corpus_that_cannot_be_read_is_told_in_one_line(tmp_path):
    """No folder, no table, a damaged table, a row of no article."""
    with pytest.raises(InputError, match="does not exist"):
        open_corpus(tmp_path / "none")
    with pytest.raises(InputError, match="no articles, sentences"):
        open_corpus(tmp_path)
    folder = write_corpus(tmp_path / "out")
    (folder / "quotes.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(InputError, match="does not hold a valid table quotes"):
        open_corpus(folder)
    folder = write_corpus(tmp_path / "lost", "csv")
    path = folder / "mentions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace('"c3"', '"d4"'), encoding="utf-8")
    with pytest.raises(InputError, match="article 'd4' is not in the table articles"):
        open_corpus(folder)
    assert read_tables(write_corpus(tmp_path / "whole")).mentions["mention_id"].is_unique


def test_an_unknown_article_is_refused(tmp_path):
    """By name."""
    with pytest.raises(InputError, match="'x'"):
        open_corpus(write_corpus(tmp_path)).number("x")


def test_numbers_of_values_stored_once_or_not():
    """Missing and unknown values are -1."""
    known = pa.array(["b", "a"])
    values = pa.array(["a", None, "b", "x"])
    assert number_of(values, known).tolist() == [1, -1, 0, -1]
    assert number_of(pa.chunked_array([values.dictionary_encode()]), known).tolist() == [1, -1, 0, -1]
    assert number_of(pa.array([], pa.string()), known).tolist() == []
    assert "😀" in TEXT  # what follows counts characters, not units of two bytes
