"""Dates and their precision."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.dates import cut_date_line, parse_date


@pytest.mark.parametrize(
    ("value", "published", "precision"),
    [
        ("2020-01-02", "2020-01-02", "day"),
        ("2020-01-02T13:45:00Z", "2020-01-02", "day"),
        ("2020-01-02 13:45:00+01:00", "2020-01-02", "day"),
        ("2020/1/2", "2020-01-02", "day"),
        ("20200102", "2020-01-02", "day"),
        ("02-01-2020", "2020-01-02", "day"),
        ("2.1.2020", "2020-01-02", "day"),
        ("13/01/2020", "2020-01-13", "day"),
        ("01/13/2020", "2020-01-13", "day"),
        ("02/02/2020", "2020-02-02", "day"),
        ("2 januari 2020", "2020-01-02", "day"),
        ("2 jan. 2020", "2020-01-02", "day"),
        ("donderdag 2 januari 2020 om 10:30 uur", "2020-01-02", "day"),
        ("2-mrt-2020", "2020-03-02", "day"),
        ("January 2, 2020", "2020-01-02", "day"),
        ("2nd of May 2020", "2020-05-02", "day"),
        ("Thu, 02 Jan 2020 10:00:00 GMT", "2020-01-02", "day"),
        ("29-02-2020", "2020-02-29", "day"),
        ("2020-01", "2020-01", "month"),
        ("01-2020", "2020-01", "month"),
        ("januari 2020", "2020-01", "month"),
        ("MEI 2020", "2020-05", "month"),
        ("2020", "2020", "year"),
        (2020, "2020", "year"),
        (2020.0, "2020", "year"),
        (20200102, "2020-01-02", "day"),
        (43832, "2020-01-02", "day"),
        (43832.5, "2020-01-02", "day"),
        ("45000", "2023-03-15", "day"),
        ("45000.75", "2023-03-15", "day"),
        (29221, "1980-01-01", "day"),
        (73415, "2100-12-31", "day"),
        (np.int64(43832), "2020-01-02", "day"),
        (pd.Timestamp("2020-01-02 10:00"), "2020-01-02", "day"),
        (datetime.date(2020, 1, 2), "2020-01-02", "day"),
    ],
)
def test_parse_date(value: object, published: str, precision: str) -> None:
    """Every usual way of writing a date is read to the precision it has."""
    assert parse_date(value) == (published, precision, None)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("03/04/2020", "ambiguous"),
        ("3-4-20", "ambiguous"),
        ("2020-13", "impossible"),
        ("2020-02-30", "impossible"),
        ("31-04-2020", "impossible"),
        ("00-01-2020", "impossible"),
        ("2020-00", "impossible"),
        ("3020", "impossible"),
        ("gisteren", "not understood"),
        ("2020-01-02-03", "not understood"),
        (12.5, "not understood"),
        ("29220", "not understood"),
        (73416, "not understood"),
        ("", "no date"),
        (None, "no date"),
        (float("nan"), "no date"),
        (pd.NaT, "no date"),
        (True, "no date"),
    ],
)
def test_parse_date_does_not_guess(value: object, problem: str) -> None:
    """What is ambiguous, impossible or no date at all gives a reason and no date."""
    found = parse_date(value)
    assert (found.published, found.precision) == (None, None)
    assert problem in str(found.problem)


@pytest.mark.parametrize(
    ("text", "dmy", "mdy"),
    [
        ("1/3/2026", "2026-03-01", "2026-01-03"),
        ("01-03-2026", "2026-03-01", "2026-01-03"),
        ("13/3/2026", "2026-03-13", "2026-03-13"),
        ("3/13/2026", "2026-03-13", "2026-03-13"),
        ("2026-03-01", "2026-03-01", "2026-03-01"),
        ("1 maart 2026", "2026-03-01", "2026-03-01"),
    ],
)
def test_an_order_resolves_what_is_ambiguous(text: str, dmy: str, mdy: str) -> None:
    """A stated order counts for dates of three numbers, unless it would give no month."""
    assert parse_date(text, order="dmy").published == dmy
    assert parse_date(text, order="mdy").published == mdy
    assert cut_date_line(f"date {text} Tekst.", order="mdy") == ("Tekst.", (mdy, "day", None))


@given(st.dates(min_value=datetime.date(1600, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_parse_date_reads_what_it_writes(day: datetime.date) -> None:
    """A date in ISO or Dutch order comes back the same."""
    assert parse_date(day.isoformat()).published == day.isoformat()
    assert parse_date(f"{day.day:02d}-{day.month:02d}-{day.year}").published == day.isoformat()


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans()))
def test_parse_date_never_fails(value: object) -> None:
    """Any cell gives a date or a reason."""
    found = parse_date(value)
    assert (found.published is None) != (found.problem is None)


@pytest.mark.parametrize(
    ("text", "rest", "published", "precision"),
    [
        (" date 2020-01 Demonstranten in Bagdad.\n\nTekst.", "Demonstranten in Bagdad.\n\nTekst.", "2020-01", "month"),
        ("date 2020-01-02 Tekst.", "Tekst.", "2020-01-02", "day"),
        ("datum: 2 januari 2020\n\nTekst.", "Tekst.", "2020-01-02", "day"),
        ("Date: 2020\nTekst.", "Tekst.", "2020", "year"),
        ("DATUM 2 jan. 2020 Tekst.", "Tekst.", "2020-01-02", "day"),
        ("date 2020-01\n", "", "2020-01", "month"),
        ("date 2020-01 25 mensen kwamen om.", "25 mensen kwamen om.", "2020-01", "month"),
    ],
)
def test_cut_date_line(text: str, rest: str, published: str, precision: str) -> None:
    """The date goes; the rest of the line stays as a paragraph."""
    assert cut_date_line(text) == (rest, (published, precision, None))


@pytest.mark.parametrize(
    "text",
    ["Date night ging mis in 2020.", "Tekst van date 2020-01.", "Data 2020-01 zijn weg.", "date 2020-13 Tekst.", ""],
)
def test_text_without_a_date_line_is_left_alone(text: str) -> None:
    """Prose that happens to begin with the word, and impossible dates, are not cut."""
    assert cut_date_line(text).text == text
    assert cut_date_line(text).date.published is None
