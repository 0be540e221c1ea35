"""DOCX, RTF and PDF that hold one article; documents that would fill the memory; readers that are not installed."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from analysis import load_corpus
from analysis.corpus.formats import documents
from tests import export_files as made

LINES = [
    "Haven gaat dicht",
    "De gemeente dempt de haven van Oosterdam. Schippers zijn boos.",
    "De bond stapt naar de rechter.",
]
PAGE = [
    "Haven gaat dicht", "",
    "De gemeente dempt de haven van Oosterdam, zo heeft de regi-", "stratie gemeld. Schippers zijn boos over het besluit.", "",
    "Wethouder De Wit noemt het plan de enige uitweg en zegt", "dat de bond naar de rechter mag gaan.",
]  # fmt: skip


def refusal_of(path: Path) -> str:
    """Why a file is refused, and what to do."""
    corpus = load_corpus(path)
    assert corpus.articles.empty
    (notice,) = corpus.notices.to_dict("records")
    return f"{notice['reason']}. {notice['remedy']}"


@pytest.mark.parametrize("write", [made.write_docx, made.write_rtf], ids=["docx", "rtf"])
def test_a_document_is_an_article(tmp_path, write):
    """What is no export is read as a text file is."""
    (article,) = load_corpus(write(tmp_path / f"a.{write.__name__[-4:].strip('_')}", LINES)).articles.to_dict("records")
    assert article["text"] == "\n\n".join(LINES)
    assert article["headline"] == "Haven gaat dicht"


def test_a_pdf_keeps_its_paragraphs(tmp_path):
    """Wrapped lines are joined, broken words made whole, and larger distances part paragraphs."""
    (tmp_path / "a.pdf").write_bytes(made.make_pdf([PAGE]))
    (article,) = load_corpus(tmp_path).articles.to_dict("records")
    assert article["text"].split("\n\n") == [
        "Haven gaat dicht",
        "De gemeente dempt de haven van Oosterdam, zo heeft de registratie gemeld. Schippers zijn boos over het besluit.",
        "Wethouder De Wit noemt het plan de enige uitweg en zegt dat de bond naar de rechter mag gaan.",
    ]


def test_a_pdf_may_be_an_export(tmp_path):
    """Nexis Uni as PDF: the same articles as its DOCX."""
    lines = [line for line in made.NEXIS_UNI[14:] if line]
    (tmp_path / "uni.pdf").write_bytes(made.make_pdf([[part for line in lines for part in (line, "")][:90]]))
    articles = load_corpus(tmp_path).articles
    assert articles["headline"].tolist() == ["Haven gaat dicht", "Harbour closes on 3 May 2020"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("scan.pdf", made.make_pdf([[]]), "text recognition (OCR)"),
        ("broken.pdf", b"%PDF-1.4 no document", "no PDF document or is damaged"),
        ("broken.docx", b"PK\x03\x04 no document", "no DOCX document or is damaged"),
        ("no.rtf", b"plain text", "no RTF document"),
    ],
)
def test_what_cannot_be_read_says_so(tmp_path, name, content, told):
    """Each with its reason and remedy, and without what its library thinks of it."""
    (tmp_path / name).write_bytes(content)
    assert told in refusal_of(tmp_path / name)


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_entities_are_refused(tmp_path, suffix):
    """A part that declares entities, in whatever encoding, is not parsed."""
    bomb = '<?xml version="1.0"?><!-- x --><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    for encoding in ("utf-8", "utf-16"):
        path = made.write_zip(
            tmp_path / f"{encoding}.{suffix}", {"word/document.xml": (" " * 70_000 + bomb).encode(encoding)}
        )
        assert "declares XML entities" in refusal_of(path)


def test_what_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    """One part that swells, many parts, or all together: none is unpacked."""
    path = made.write_zip(tmp_path / "a.docx", {"word/document.xml": b"0" * 25_000_000})
    assert path.stat().st_size < 50_000
    assert "would unpack to 25 million bytes in 1 parts" in refusal_of(path)
    monkeypatch.setattr(documents, "_MOST_PARTS", 3)
    path = made.write_zip(tmp_path / "b.docx", {f"{number}.xml": b"" for number in range(4)})
    assert "in 4 parts" in refusal_of(path)
    monkeypatch.setattr(documents, "MOST_BYTES", 100)
    (tmp_path / "c.rtf").write_bytes(b"{\\rtf1 " + b"0" * 100)
    assert "larger than" in refusal_of(tmp_path / "c.rtf")


def test_a_part_cannot_unpack_to_more_than_it_says(tmp_path):
    """The size that an archive gives for a part is the most that is read of it."""
    path = made.write_zip(tmp_path / "a.docx", {"word/document.xml": b"0" * 1_000_000})
    data = path.read_bytes()
    path.write_bytes(data.replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with zipfile.ZipFile(path) as archive:
        assert archive.infolist()[0].file_size == 10
    assert "no DOCX document or is damaged" in refusal_of(path)


@pytest.mark.parametrize(
    ("name", "module", "package"),
    [
        ("a.docx", "docx", "python-docx"),
        ("a.rtf", "striprtf.striprtf", "striprtf"),
        ("a.pdf", "pypdf", "pypdf"),
        ("a.warc", "warcio.archiveiterator", "warcio"),
    ],
)
def test_a_reader_that_is_missing_costs_its_files_only(tmp_path, monkeypatch, name, module, package):
    """The message holds the command that installs it; other files are read."""
    monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / name).write_bytes(b"{\\rtf1 a}")
    (tmp_path / "b.txt").write_text("De haven gaat dicht.", encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert corpus.articles["article_id"].tolist() == ["b"]
    (told,) = corpus.notices.loc[corpus.notices["notice"] == "refused", "remedy"]
    assert told == f"Run: python -m pip install {package}"
