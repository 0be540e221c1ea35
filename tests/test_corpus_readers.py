"""One reader per format."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
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


def _write_book(path: Path, *sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet(f"Blad{number + 1}")
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_a_column_that_is_there_twice_is_refused_where_it_is_needed(tmp_path: Path, suffix: str) -> None:
    """Which of two texts is meant cannot be told; of two notes it need not be."""
    path = tmp_path / f"t{suffix}"

    def read(names: list[str]) -> FileContent:
        if suffix == ".csv":
            path.write_text(f"{','.join(names)}\nEen.,Twee.,Drie.\n", encoding="utf-8")
        elif suffix == ".xlsx":
            _write_book(path, [names, ["Een.", "Twee.", "Drie."]])
        else:
            pq.write_table(pa.table([["Een."], ["Twee."], ["Drie."]], names=names), path)
        return _read(path)

    assert [article.text for article in read(["note", "note", "text"]).articles] == ["Drie."]
    (refusal,) = read(["text", "note", "text"]).refusals
    assert (refusal.row, refusal.reason) == (1, "the header has the column text 2 times")


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (b"Een.", "bytes"),
        (["Een."], "a list"),
        ({"a": 1}, "a record"),
        (7, "a number"),
        (datetime(2024, 5, 1), "a date"),
    ],
)
def test_a_text_that_is_no_text_costs_its_row(tmp_path: Path, cell: object, kind: str) -> None:
    """It once became the article b'Een.'; beside the text it once became an outlet."""
    path = tmp_path / "t.parquet"
    good = {"text": "Een.", "id": "x", "outlet": "NRC"}
    pq.write_table(pa.table({"text": [cell], "id": ["x"]}), path)
    (refusal,) = _read(path).refusals
    assert (refusal.row, refusal.reason, refusal.notice) == (2, f"the text is {kind}, no text", "refused")
    pq.write_table(pa.table({name: [value] for name, value in (good | {"outlet": cell}).items()}), path)
    content = _read(path)
    if kind in ("a number", "a date"):
        assert (content.articles[0].outlet, content.refusals) == (str(cell), [])
        return
    assert content.articles[0].outlet is None
    (kept,) = content.refusals
    assert (kept.row, kept.reason, kept.notice) == (2, f"the column outlet holds {kind}, no text", "repaired")


def test_every_worksheet_but_the_first_gets_a_notice_unless_it_is_empty(tmp_path: Path) -> None:
    """Articles in a second one are not left out in silence."""
    rows = [["text"], ["Een."]]
    content = _read(_write_book(tmp_path / "t.xlsx", rows, [[None], ["Twee."]], []))
    assert [article.text for article in content.articles] == ["Een."]
    assert [refusal.reason for refusal in content.refusals] == ["the worksheet Blad2 is not read: only the first is"]


def test_a_title_above_the_header_gets_a_remedy_that_helps(tmp_path: Path) -> None:
    """No option can name a column that has no name."""
    content = _read(_write_book(tmp_path / "t.xlsx", [["Export", None], ["kop", "tekst"], ["Kop", "Een."]]))
    (refusal,) = content.refusals
    assert refusal.row == 1
    assert refusal.reason == "no column with the text of the articles among: Export"
    assert refusal.remedy.startswith("Take away what stands above the names of the columns, and unmerge their cells")
    path = tmp_path / "t.csv"
    path.write_text(",Verhaal\n0,Een.\n", encoding="utf-8")
    assert _read(path).refusals[0].remedy.startswith("Say with the option columns")


def test_rows_of_a_workbook_keep_their_numbers(tmp_path: Path) -> None:
    """Empty rows between are passed over, as in CSV; a formula that failed is no text."""
    path = _write_book(tmp_path / "t.xlsx", [["text", "id"], [None, None], ["Een.", 1], ["#N/A", 2]])
    content = _read(path)
    assert [(article.row, article.text, article.article_id) for article in content.articles] == [(3, "Een.", "1")]
    assert [(refusal.row, refusal.reason) for refusal in content.refusals] == [(4, "the row has no text")]


def test_whatever_a_reader_stumbles_over_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The notice names no folder of this machine."""
    path = tmp_path / "t.parquet"
    path.write_bytes(b"PAR1")

    def stumble(_path: Path) -> None:
        raise NotImplementedError(f"cannot read {tmp_path}")

    monkeypatch.setattr("analysis.corpus.readers.ParquetFile", stumble)
    (refusal,) = _read(path).refusals
    assert refusal.reason == "the file is no Parquet file or is damaged (NotImplementedError)"
