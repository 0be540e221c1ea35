"""Exports of newspaper databases: Nexis Uni, LexisNexis and Factiva, in each of their file formats."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis import load_corpus
from analysis.corpus.formats.lines import classify_boilerplate, read_date_line
from tests import export_files as made

TEXT = f"Haven gaat dicht\n\n{made.LEAD}\n\n{made.BODY}"
CAPTION = "\n\nDe kade van Oosterdam. Foto: ANP"
TOLD = ["outlet", "published", "published_precision", "headline", "language"]
FIRST = ["De Courant", "2020-05-01", "day", "Haven gaat dicht", "nl"]


def read(path: Path, content: str | None = None) -> tuple[list[dict], pd.DataFrame]:
    if content is not None:
        path.write_text(content, encoding="utf-8")
    corpus = load_corpus(path)
    return corpus.articles.to_dict("records"), corpus.notices


@pytest.mark.parametrize("write", [made.write_docx, made.write_rtf], ids=["docx", "rtf"])
def test_nexis_uni(tmp_path, write):
    """Headline, outlet, date, lead, text and caption are parted; the cover, labels and boilerplate are left out."""
    (first, third), notices = read(write(tmp_path / f"uni.{write.__name__[-4:].strip('_')}", made.NEXIS_UNI))
    assert [first[name] for name in TOLD] == FIRST
    assert first["article_id"] == "uni:000001"
    lead = "Haven gaat dicht\n\nOosterdam verliest zijn haven.\n\n"
    assert first["text"] == TEXT.replace("Haven gaat dicht\n\n", lead) + CAPTION
    assert [third[name] for name in TOLD][::3] == ["The Herald", "Harbour closes on 3 May 2020"]
    assert pd.isna(third["published"])
    assert third["text"].split("\n\n")[1] == "datum 3 mei 2021"
    told = [
        (n["row"], n["notice"], n["reason"])
        for n in notices.astype(object).to_dict("records")
        if n["notice"] != "repaired"
    ]
    assert told == [
        (2, "refused", "Nexis Uni, article 2, field text: no line `Body`"),
        (3, "undated", "Nexis Uni, article 3, field published: no line above the text is only a date"),
    ]


def test_a_cover_in_another_language_is_left_out(tmp_path):
    """Its list of headlines tells where the first article begins."""
    cover = [
        "Gebruikersnaam: Student",
        "Datum: 1 mei 2020 10:02",
        "Documenten (3)",
        "1. Haven gaat dicht",
        "Zoektermen: haven",
        "",
    ]
    lines = [*cover, *made.NEXIS_UNI[made.NEXIS_UNI.index("Haven gaat dicht") :]]
    (first, _), notices = read(made.write_docx(tmp_path / "uni.docx", lines))
    assert [first[name] for name in TOLD] == FIRST
    assert "Gebruikersnaam" not in first["text"]
    assert any("cover 5" in reason for reason in notices["reason"])


def test_lines_that_are_left_out_are_counted(tmp_path):
    """One notice a file says how many lines went, and of which kind."""
    _, notices = read(made.write_docx(tmp_path / "uni.docx", made.NEXIS_UNI))
    (told,) = notices.loc[notices["notice"] == "repaired", "reason"]
    assert told.startswith("Nexis Uni: ")
    for kind in (
        "cover 13",
        "copyright 2",
        "load date 2",
        "Lees ook 1",
        "photo credit 1",
        "caption without a credit 1",
    ):
        assert kind in told


@pytest.mark.parametrize("name", ["ln.txt", "ln.html"])
def test_lexisnexis(tmp_path, name):
    """The older export, as text and as page; labels in English and in Dutch, the headline after the date or a label."""
    (first, second), notices = read(tmp_path / name, made.LEXISNEXIS if name == "ln.txt" else made.nexis_html())
    assert [first[field] for field in TOLD] == FIRST
    assert first["text"] == TEXT + CAPTION
    assert [second[field] for field in TOLD] == ["De Courant", "2002-09-24", "day", "Bond wil het water terug", "nl"]
    assert second["text"] == "Bond wil het water terug\n\nDe bond van schippers wil het water terug."
    assert set(notices["notice"]) == {"repaired"}


@pytest.mark.parametrize("is_coded", [False, True])
@pytest.mark.parametrize("suffix", ["html", "rtf"])
def test_factiva(tmp_path, suffix, is_coded):
    """With and without indexing, as page and as RTF: the same article under its accession number."""
    path = tmp_path / f"f.{suffix}"
    if suffix == "rtf":
        made.write_rtf(path, made.factiva_lines(is_coded=is_coded))
    (article,), notices = read(path, made.factiva_html(is_coded=is_coded) if suffix == "html" else None)
    assert [article[field] for field in TOLD] == FIRST
    assert article["article_id"] == f"COUR000020200501eg510000{'c' if is_coded else 'b'}"
    assert article["text"] == TEXT + (CAPTION if is_coded else "")
    assert notices["notice"].tolist() == ["repaired"]


def test_a_broken_article_costs_itself(tmp_path):
    """Files that break off, or lack the line that parts heading and text, lose that article and say so."""
    uni = made.NEXIS_UNI[:-2]
    articles, notices = read(made.write_docx(tmp_path / "uni.docx", uni))
    assert len(articles) == 1
    assert "Nexis Uni, article 3, field text: the file breaks off" in " ".join(notices["reason"])
    factiva = ["Kop", "Zonder aantal", "Document COUR000020200501eg510000d", *made.factiva_lines()]
    articles, notices = read(made.write_rtf(tmp_path / "f.rtf", factiva))
    assert [article["headline"] for article in articles] == ["Haven gaat dicht"]
    assert (
        notices["reason"][0]
        == "Factiva, article 1, field text: no line with the number of words parts the heading from it"
    )
    assert all(notices["remedy"])


def test_an_article_that_is_too_long_is_refused_alone(tmp_path):
    """The limit is one of articles, not of exports, which hold many."""
    path = made.write_docx(tmp_path / "uni.docx", made.NEXIS_UNI * 20)
    assert len(load_corpus(path, max_characters=1_000).articles) == 40
    refused = load_corpus(path, max_characters=100).notices
    assert "article 1, field text: longer than 100 characters" in " ".join(refused["reason"])


def test_ordinary_texts_are_no_exports(tmp_path):
    """Words of an export in the middle of an article change nothing."""
    text = "Haven dicht\n\nHij las Document 12 voor. De wet is 1 of 2 documents, zei hij. End of Document stond erbij."
    (article,), _ = read(tmp_path / "a.txt", text)
    assert article["text"] == text


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("January 11, 2010 Monday", "2010-01-11"),
        ("September 11, 2001, Tuesday, FINAL EDITION", "2001-09-11"),
        ("4 mei 2020 maandag 12:00 AM GMT", "2020-05-04"),
        ("24. September 2002", "2002-09-24"),
        ("May 2020", "2020-05"),
        ("Op 4 mei 2020 sloot de haven", None),
        ("4 mei 2020 was een dag als alle andere", None),
        ("45000", None),
        ("2020", None),
        ("De Courant", None),
    ],
)
def test_only_a_whole_line_is_a_date(line, date):
    """A date in a sentence dates nothing."""
    assert read_date_line(line) == date


@pytest.mark.parametrize(
    ("paragraph", "kind"),
    [
        ("Load-Date: May 1, 2020", "Load-Date"),
        ("Copyright 2020 De Courant All Rights Reserved", "Copyright"),
        ("Beeld ANP", "photo credit"),
        ("Foto: Jan de Vries", "photo credit"),
        ("Lees ook: De haven gaat dicht", "Lees ook"),
        ("Bekijk de oorspronkelijke pagina: pagina 12", "link to the page"),
        ("Page 2 of 13 © 2020 Factiva, Inc. All rights reserved.", "page number"),
        ("Beeld van de schrijver ontbreekt.", None),
        ("Foto's tonen dat de haven leeg is.", None),
        ("Leest u ook de krant?", None),
        ("De kade van Oosterdam. Foto: ANP", None),
    ],
)
def test_boilerplate_is_told_from_text(paragraph, kind):
    """Only a paragraph that is nothing else goes; a caption stays."""
    assert classify_boilerplate(paragraph) == kind
