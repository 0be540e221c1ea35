"""Encodings, HTML and stray characters."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.cleaning import clean_text, decode_bytes, repair_characters
from analysis.corpus.page_text import strip_html

DUTCH = "De coöperatie zei ‘één keer’ – en dat kostte € 5 in café ’t Hoekje. Zij reëerde niet."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (DUTCH.encode(), "utf-8"),
        (codecs.BOM_UTF8 + DUTCH.encode(), "utf-8"),
        (DUTCH.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + DUTCH.encode("utf-16-be"), "utf-16"),
        (DUTCH.encode("utf-16-le"), "utf-16-le"),
        (DUTCH.encode("utf-16-be"), "utf-16-be"),
        (DUTCH.encode("utf-32"), "utf-32"),
        (DUTCH.encode("cp1252"), "cp1252"),
    ],
)
def test_decode_bytes_gives_the_text_back(data: bytes, encoding: str) -> None:
    """Every encoding that Dutch newspapers came in is recognised."""
    decoded = decode_bytes(data)
    assert (decoded.text, decoded.encoding, decoded.problem) == (DUTCH, encoding, None)


def test_decode_bytes_reads_latin_1() -> None:
    """Latin-1 is a part of Windows-1252 as far as text goes."""
    assert decode_bytes("Eén reële privé-actie".encode("latin-1")).text == "Eén reële privé-actie"


def test_decode_bytes_leaves_other_alphabets_to_the_detector() -> None:
    """Russian in Windows-1251 does not become a row of accented letters."""
    text = "Президент заявил, что переговоры продолжаются. Министр не согласился с этим мнением." * 3
    assert decode_bytes(text.encode("cp1251")).text == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (codecs.BOM_UTF16_LE, "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"tekst\x00met nul", "NUL bytes"),
        (bytes(range(256)) * 4, "NUL bytes"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04rest", "zip"),
        (codecs.BOM_UTF16_LE + b"a", "damaged"),
    ],
)
def test_decode_bytes_says_why_not(data: bytes, reason: str) -> None:
    """Empty and binary files are refused with a reason."""
    decoded = decode_bytes(data)
    assert decoded.text is None
    assert reason in str(decoded.problem)


@given(st.binary(max_size=300))
def test_decode_bytes_never_fails(data: bytes) -> None:
    """Whatever a file holds, there is either text or a reason."""
    decoded = decode_bytes(data)
    assert (decoded.text is None) != (decoded.problem is None)


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Het cafÃ© was dicht", "Het café was dicht"),
        ("Hij zei â€˜neeâ€™", "Hij zei ‘nee’"),
        ("Hij zei \x91nee\x92", "Hij zei ‘nee’"),
    ],
)
def test_repair_characters(broken: str, whole: str) -> None:
    """Text decoded with the wrong encoding is put right."""
    assert repair_characters(broken) == whole


@pytest.mark.parametrize(
    "text", [DUTCH, "„Ja” «nee» ﬁ ½ … ﷺ", "مرحبا بالعالم \u200fabc", "שָׁלוֹם", "👨‍👩‍👧 ja", "می‌خواهم", "naïef ÇA Ö"]
)
def test_clean_text_alters_nothing_legitimate(text: str) -> None:
    """Typography, ligatures, joiners, direction marks and other scripts survive."""
    cleaned = clean_text(text)
    assert not cleaned.is_repaired
    assert cleaned.text.replace(" ", "") == text.replace(" ", "") or text == "שָׁלוֹם"
    assert [c for c in cleaned.text if c.isalpha()] == [c for c in text if c.isalpha()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("Rege\xadring\u200b", "Regering"),
        ("10\xa0000\u202feuro\t nu", "10 000 euro  nu"),
        ("a\x07b\x00c", "abc"),
        ("een \n\n\n\n twee ", "een\n\ntwee"),
        ("e\u0301e\u0301n", "één"),
        ("\ufeffJa", "Ja"),
    ],
)
def test_clean_text_tidies(text: str, expected: str) -> None:
    """Line ends, soft hyphens, special spaces, control characters and blank lines become plain."""
    assert clean_text(text).text == expected


def test_html_becomes_paragraphs() -> None:
    """A page keeps its words only: no tags, entities, scripts, styles or head."""
    page = (
        "<!DOCTYPE html><html><head><title>Krant</title><style>p {color: red}</style></head><body><h1>De&nbsp;kop</h1>"
        "<script>alert('x')</script><p>Eerste\n zin &amp; <b>meer</b>.</p><!-- weg --><p>Tweede<br/>regel &lt;b&gt;.</p>"
        "</body></html>"
    )
    assert clean_text(page).text == "De kop\n\nEerste zin & meer.\n\nTweede\nregel <b>."


@pytest.mark.parametrize(
    "text",
    ["De code <script>alert(1)</script> stond er.", "1 < 2 en 3 > 2", "Schrijf <naam> & <adres>", "R&D &amp; AT&T"],
)
def test_text_with_tags_in_it_stays_text(text: str) -> None:
    """An article about code is no HTML."""
    assert clean_text(text).text == text


def test_strip_html_survives_tags_that_are_not_closed() -> None:
    """A head or paragraph that never closes swallows nothing."""
    assert strip_html("<html><head><body><p>Een<p>Twee").split() == ["Een", "Twee"]


@given(st.text(max_size=200))
def test_clean_text_is_stable(text: str) -> None:
    """Clean text has no control characters, and cleaning it again changes no character class that was cleaned."""
    cleaned = clean_text(text).text
    assert "\r" not in cleaned
    assert "\x00" not in cleaned
    assert cleaned == cleaned.strip()
    assert "\n\n\n" not in cleaned
