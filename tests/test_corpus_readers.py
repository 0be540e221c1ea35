"""One reader per format."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.contracts.errors import InputError, UsageError
from analysis.corpus.files import Source
from analysis.corpus.readers import FileContent, find_delimiter, read_file

ROWS = [
    {"id": "x1", "kop": "De kop", "tekst": "Eerste, ‘zin’; hier.", "datum": "02-01-2020", "krant": "NRC"},
    {"id": "x2", "kop": "", "tekst": "Tweede\nregel.", "datum": "2020-01", "krant": "AD"},
]


def _read(path: Path, **options: object) -> FileContent:
    return read_file(Source(path, path.name, path.stem), **options)  # type: ignore[arg-type]


def _write_table(folder: Path, suffix: str) -> Path:
    path = folder / f"tabel{suffix}"
    frame = pd.DataFrame(ROWS)
    if suffix == ".xlsx":
        frame.to_excel(path, index=False)
    elif suffix == ".parquet":
        frame.to_parquet(path)
    elif suffix == ".jsonl":
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS) + "\n", encoding="utf-8")
    else:
        frame.to_csv(path, index=False, sep={".csv": ";", ".tsv": "\t"}[suffix], encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".jsonl", ".parquet"])
def test_every_format_gives_the_same_articles(tmp_path: Path, suffix: str) -> None:
    """Dutch column names are recognised in every format."""
    content = _read(_write_table(tmp_path, suffix))
    first = 1 if suffix == ".jsonl" else 2
    found = [(a.row, a.article_id, a.headline, a.text, a.published, a.outlet) for a in content.articles]
    assert found == [
        (first, "x1", "De kop", "Eerste, ‘zin’; hier.", "02-01-2020", "NRC"),
        (first + 1, "x2", None, "Tweede\nregel.", "2020-01", "AD"),
    ]
    assert content.refusals == []


def test_columns_are_mapped(tmp_path: Path) -> None:
    """A mapping goes before the guesses, and knows our shorter names."""
    path = tmp_path / "t.csv"
    path.write_text("a,text,wanneer\nEcht.,Vals.,2020\n", encoding="utf-8")
    article = _read(path, columns={"text": "a", "date": "wanneer"}).articles[0]
    assert (article.text, article.published) == ("Echt.", "2020")


@pytest.mark.parametrize(
    "header",
    [
        "Titel,Bericht,Krant,Datum",
        "Kop,Artikeltekst,Bron,Publicatiedatum",
        "KOP,Inhoud,Medium,Datum publicatie",
        "Artikel-titel,Volledige tekst,Dagblad,Publicatie_datum",
        "Headline,Article Text,Newspaper,Publication Date",
    ],
)
def test_usual_names_of_columns_are_recognised(tmp_path: Path, header: str) -> None:
    """Dutch and English names, whatever their capitals, spaces and hyphens."""
    path = tmp_path / "t.csv"
    path.write_text(f"{header}\nDe kop,De tekst.,De Courant,2020-01-02\n", encoding="utf-8")
    article = _read(path).articles[0]
    found = (article.headline, article.text, article.outlet, article.published)
    assert found == ("De kop", "De tekst.", "De Courant", "2020-01-02")


def test_wrong_mappings_are_errors(tmp_path: Path) -> None:
    """A missing column names the columns there are; an unknown name the names there are."""
    path = _write_table(tmp_path, ".csv")
    with pytest.raises(
        InputError, match=r"tabel.csv: no column body. The columns there are: id, kop, tekst, datum, krant"
    ):
        _read(path, columns={"text": "body"})
    with pytest.raises(UsageError, match=r"unknown name tone.* \(text=\.\.\., published=\.\.\.\)\."):
        _read(path, columns={"tone": "kop"})


@pytest.mark.parametrize(
    ("name", "content", "row", "reason"),
    [
        ("a.csv", "id,text\n1,Ja.\n2,\n", 3, "the row has no text"),
        ("a.csv", "id,text\n1,Ja.\n2,Nee, nooit.\n", 3, "the row has 3 cells, the header 2"),
        ("a.csv", "id,waarde\n1,2\n", None, "no column with the text of the articles among: id, waarde"),
        ("a.csv", "id,text\n", None, "the table has no rows"),
        ("a.csv", "", None, "the file is empty"),
        ("a.csv", "id,text\n1,veel te lang voor hier\n", 2, "longer than 20 characters"),
        ("a.jsonl", '{"text": "Ja."}\n{kapot\n[1]\n', 2, "the line is no JSON (Expecting property name enclosed in double quotes)"),
        ("a.jsonl", '[1]\n', 1, "the line is no JSON object"),
        ("a.xlsx", "geen werkboek", None, "the file is no XLSX workbook or is damaged"),
        ("a.parquet", "geen parquet", None, "the file is no Parquet file or is damaged"),
        ("a.txt", "veel te lang voor hier, echt", None, "longer than 20 characters"),
        ("a.txt", "x" * 500, None, "longer than 20 characters"),
        ("a.txt", "", None, "the file is empty"),
    ],
)  # fmt: skip
def test_refusals_name_row_and_reason(tmp_path: Path, name: str, content: str, row: int | None, reason: str) -> None:
    """What cannot be read is refused with its row; the other rows go on."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    first = _read(path, max_characters=20).refusals[0]
    assert first.row == row
    assert first.reason.startswith(reason)
    assert first.remedy


def test_good_rows_survive_bad_ones(tmp_path: Path) -> None:
    """One bad row costs one row."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Ja."}\nkapot\n{"text": null}\n{"text": "Nee."}\n', encoding="utf-8")
    content = _read(path)
    assert [article.text for article in content.articles] == ["Ja.", "Nee."]
    assert [refusal.row for refusal in content.refusals] == [2, 3]


def test_cells_of_a_workbook_keep_their_meaning(tmp_path: Path) -> None:
    """Numbers that are ids have no decimals, and dates stay dates."""
    path = tmp_path / "t.xlsx"
    frame = pd.DataFrame({"id": [1.0, None], "text": ["Ja.", "Nee."], "date": pd.to_datetime(["2020-01-02", None])})
    frame.to_excel(path, index=False)
    first, second = _read(path).articles
    assert (first.article_id, str(first.published)[:10], second.article_id) == ("1", "2020-01-02", None)
    assert second.published is None or pd.isna(second.published)


def test_csv_in_windows_encoding_with_long_cells(tmp_path: Path) -> None:
    """A Dutch Excel export is read, and the csv module's limit on cells does not bite."""
    path = tmp_path / "t.csv"
    path.write_bytes(f'Kop;Tekst\n"Café";"{"Eén zin. " * 30_000}"\n'.encode("cp1252"))
    content = _read(path)
    assert content.encoding == "cp1252"
    assert content.articles[0].headline == "Café"
    assert len(content.articles[0].text) > 200_000


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [("a;b\n1;x, y\n", ";"), ("a,b\n1,2\n", ","), ("a\tb\n1\t2", "\t"), ("a|b\n1|2", "|"), ("text\nEen; twee, drie\n", ","), ("", ",")],
)  # fmt: skip
def test_find_delimiter(text: str, delimiter: str) -> None:
    """The delimiter that gives even rows wins."""
    assert find_delimiter(text) == delimiter
