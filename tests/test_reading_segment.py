"""Sentence boundaries: gold cases in Dutch and English, and properties of any text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reading.segment import split_sentences

GOLD = Path(__file__).parent / "gold"
PIECES = st.sampled_from(
    ["De", "man", "mr.", "Trump", "red.", "(", ")", "‘", "’", "“", "”", "\"", "'", "«", "»", ".", "!", "?", "...", "…", " ",
     " ", "\n", "J.P.", "2.", "2,5", "’s", "U.S.", "😀", "مرحبا", "؟", "。", "-", "–", ",", ":"]
)  # fmt: skip


def _read_gold(language: str) -> list[list[str]]:
    blocks = (GOLD / f"sentences_{language}.txt").read_text(encoding="utf-8").strip().split("\n\n")
    return [[line for line in block.split("\n") if not line.startswith("# ")] for block in blocks]


def _split(text: str, language: str = "nl") -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, language)]


CASES = [(language, case) for language in ("nl", "en") for case in _read_gold(language)]


def test_gold_has_enough_cases() -> None:
    """The gold holds at least forty hand-written cases, both languages well represented."""
    assert len(_read_gold("nl")) >= 40
    assert len(_read_gold("en")) >= 30


@pytest.mark.parametrize(("language", "case"), CASES, ids=[f"{language}-{case[0][:30]}" for language, case in CASES])
def test_split_sentences_agrees_with_gold(language: str, case: list[str]) -> None:
    """Every hand-written case is split as its author wants."""
    assert _split(" ".join(case), language) == case


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De troepen gingen weg.De stad was leeg.", ["De troepen gingen weg.", "De stad was leeg."]),
        ("Hij ging weg.‘Ik kom terug.’", ["Hij ging weg.", "‘Ik kom terug.’"]),
        ("Zie Booking.Com en nu.nl en S.P.Q.R. maar.", ["Zie Booking.Com en nu.nl en S.P.Q.R. maar."]),
        ("  Een zin.  \n Nog een. ", ["Een zin.", "Nog een."]),
        ("قال الرئيس. ثم غادر؟ نعم.", ["قال الرئيس.", "ثم غادر؟", "نعم."]),
        ("Ja. ”", ["Ja. ”"]),
        ("Dit is het einde.[1] Daarna niets.", ["Dit is het einde.[1]", "Daarna niets."]),
        ("", []),
        (" \n ", []),
        ("...", ["..."]),
        ("😀 😀", ["😀 😀"]),
        ("‘", ["‘"]),
    ],
)
def test_split_sentences_of_odd_text(text: str, expected: list[str]) -> None:
    """Missing spaces, other scripts and text without words are handled."""
    assert _split(text) == expected


def test_other_languages_use_what_both_know() -> None:
    """An unknown language still knows titles and initials."""
    assert _split("Herr Dr. Weber sprach mit J. P. Schmidt. Danach ging er.", "de") == [
        "Herr Dr. Weber sprach mit J. P. Schmidt.",
        "Danach ging er.",
    ]


@pytest.mark.parametrize("piece", ["woord ", "mr. ", "(red.) ", "‘", "Nee! ", "... ", "J.", "a.b", "“ ", "\n", "’’"])
def test_split_sentences_is_fast_on_long_text(piece: str) -> None:
    """Twenty thousand characters without mercy take well under a second."""
    text = (piece * 20_000)[:20_000]
    began = time.perf_counter()
    split_sentences(text, "nl")
    assert time.perf_counter() - began < 1.0


def _assert_covers(text: str, spans: list[tuple[int, int]]) -> None:
    covered = [False] * len(text)
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        covered[start:end] = [True] * (end - start)
        last = end
    assert all(inside or character.isspace() for inside, character in zip(covered, text, strict=True))


@given(st.text(max_size=200))
def test_spans_cover_any_text(text: str) -> None:
    """Every character but white space lies in exactly one sentence, trimmed."""
    _assert_covers(text, split_sentences(text, "nl"))


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(["nl", "en", "ar"]))
def test_spans_cover_text_full_of_marks(text: str, language: str) -> None:
    """The same for text that is nearly all punctuation, abbreviations and quotes."""
    _assert_covers(text, split_sentences(text, language))


@given(
    st.lists(
        st.sampled_from(["De man liep.", "‘Nee’, zei hij.", "Waarom?", "Dr. Smit kwam niet."]), min_size=1, max_size=8
    )
)
def test_plain_sentences_are_split_whatever_their_order(sentences: list[str]) -> None:
    """Clear sentences are found one by one in any order."""
    assert _split(" ".join(sentences)) == sentences
