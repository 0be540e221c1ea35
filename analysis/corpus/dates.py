"""Dates, to the precision that is known.

Reads the first line of an article or the cell of a date column; returns an ISO 8601 date as text with its
precision. A month is not the first of the month. What is ambiguous or impossible is reported, not guessed.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from numbers import Real
from typing import Any, NamedTuple

import pandas as pd

_MONTH_NAMES = (
    ("januari", "january", "jan"),
    ("februari", "february", "feb", "febr"),
    ("maart", "march", "mrt", "mar"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("augustus", "august", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = (
    r"(?:(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|di|wo|do|vr|za|zo|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thurs|fri|sat|sun)\b\.?,?\s+)?"
)
_CLOCK = (
    r"(?:T\d{6}Z?|(?:,?\s+|T)(?:om\s+|at\s+)?\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?"
    r"\s*(?:uur|[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|CES?T|[+-]\d{2}:?\d{2})?)?"
)
_ORDINAL = r"(?:e|de|ste|st|nd|rd|th|\.)?"
_FORMS = (  # specific before general; the names of the groups say what each number is
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
    r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?!\d)",
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?![\d-])",
    r"(?P<day>\d{1,2})(?P<mark>[-./])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?!\d)",
    rf"(?P<day>\d{{1,2}}){_ORDINAL}\s*[- ]\s*(?:of\s+)?(?P<name>{_MONTH}),?\s*[- ]?\s*(?P<year>\d{{4}})(?!\d)",
    rf"(?P<name>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
    rf"(?P<name>{_MONTH}),?\s+(?P<year>\d{{4}})(?!\d)",
    r"(?P<year>\d{4})-(?P<month>\d{1,2})(?![\d-])",
    r"(?P<month>\d{1,2})[-/](?P<year>\d{4})(?!\d)",
    r"(?P<year>\d{4})(?![\d/-])",
)
_PATTERNS = tuple(re.compile(_WEEKDAY + form + _CLOCK, re.IGNORECASE) for form in _FORMS)
_LABEL = re.compile(
    r"\s*(?:date|datum|gepubliceerd(?: op)?|published(?: on)?|publication date|publicatiedatum)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
_YEARS = range(1500, 2101)
_EXCEL_DAYS = range(29221, 73416)  # 1980 to 2100, counted from 1899-12-30 as Excel does
_DAY_NUMBER = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")  # a serial number that a table keeps as text
DATE_ORDERS = ("dmy", "mdy")
UNCLEAR_ORDER = "day or month first?"


class ParsedDate(NamedTuple):
    """A date as far as it is known; `problem` says why there is none."""

    published: str | None
    precision: str | None
    problem: str | None


class DatedText(NamedTuple):
    """The text without its date line, and the date."""

    text: str
    date: ParsedDate


NO_DATE = ParsedDate(None, None, "no date")


def parse_date(value: Any, *, order: str | None = None) -> ParsedDate:  # noqa: PLR0911  # one return per kind
    """Read a date.

    Parameters
    ----------
    value : str, date, datetime, pandas.Timestamp, number or None
        Text (ISO; day-month-year with ``-`` or ``.``; Dutch and English month names), a date object, a year, or the
        day number of an Excel cell (1980 to 2100, in the system that counts from 1900), as a number or as text.
    order : {"dmy", "mdy"}, optional
        What stands first in dates of three numbers that end in the year; see the notes for what holds without it.

    Returns
    -------
    ParsedDate
        ``published`` is ``2020-01-02``, ``2020-01`` or ``2020``; ``precision`` is day, month or year.

    Notes
    -----
    ``03-04-2020`` is read day first, as Dutch writes it. With slashes both orders are in use: ``03/04/2020`` is
    refused as ambiguous unless `order` is given, ``13/04/2020`` is not. A year of two digits is refused.

    Examples
    --------
    >>> parse_date("donderdag 2 jan. 2020")
    ParsedDate(published='2020-01-02', precision='day', problem=None)
    >>> parse_date("januari 2020").published
    '2020-01'
    >>> parse_date("03/04/2020").problem
    'the date 03/04/2020 is ambiguous: day or month first?'
    >>> parse_date("03/04/2020", order="mdy").published, parse_date("45000").published
    ('2020-03-04', '2023-03-15')
    """
    if isinstance(value, (datetime, date)):
        return NO_DATE if pd.isna(value) else ParsedDate(f"{value:%Y-%m-%d}", "day", None)  # NaT is a datetime too
    if value is None or isinstance(value, bool):
        return NO_DATE
    if isinstance(value, Real):
        number = float(value)
        if not math.isfinite(number):
            return NO_DATE
        if int(number) in _EXCEL_DAYS:
            return _read_day_number(int(number))
        value = f"{number:.0f}" if number.is_integer() else repr(number)
    text = str(value).strip()
    if not text or text.lower() in ("nan", "nat", "none", "null", "<na>", "-", "onbekend", "unknown"):
        return NO_DATE
    if _DAY_NUMBER.fullmatch(text) and int(text[:5]) in _EXCEL_DAYS:
        return _read_day_number(int(text[:5]))
    for pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if match:
            return _read_match(match, order)
    return ParsedDate(None, None, f"the date {_shorten(text)} is not understood")


def cut_date_line(text: str, *, order: str | None = None) -> DatedText:
    """Cut a date such as ``date 2020-01`` or ``Datum: 2 januari 2020`` from the start of a text.

    Parameters
    ----------
    text : str
        Clean text.
    order : {"dmy", "mdy"}, optional
        As for `parse_date`.

    Returns
    -------
    DatedText
        The rest of the first line goes on as the first paragraph. A text that does not begin with such a date, or
        whose date is impossible, comes back unchanged.

    Examples
    --------
    >>> cut_date_line(" date 2020-01 Demonstranten in Bagdad. Beeld EPA").text
    'Demonstranten in Bagdad. Beeld EPA'
    """
    label = _LABEL.match(text)
    if not label:
        return DatedText(text, NO_DATE)
    for pattern in _PATTERNS:
        match = pattern.match(text, label.end())
        if match and not text[match.end() : match.end() + 1].isalnum():
            found = _read_match(match, order)
            if found.problem:
                return DatedText(text, found)
            return DatedText(re.sub(r"^[\s.,;:|]+", "", text[match.end() :]), found)
    return DatedText(text, NO_DATE)


def _read_day_number(number: int) -> ParsedDate:
    return ParsedDate(f"{date.fromordinal(date(1899, 12, 30).toordinal() + number):%Y-%m-%d}", "day", None)


def _read_match(match: re.Match[str], order: str | None) -> ParsedDate:  # noqa: PLR0911  # one return per reason
    groups = match.groupdict()
    shown = _shorten(match.group())
    year, day = groups["year"], groups.get("day")
    if len(year) == 2:
        return ParsedDate(None, None, f"the date {shown} is ambiguous: which century?")
    month = _MONTHS[groups["name"].rstrip(".").lower()] if groups.get("name") else int(groups.get("month") or 0) or None
    if (groups.get("month") is not None and month is None) or int(year) not in _YEARS:
        return ParsedDate(None, None, f"the date {shown} is impossible")
    if groups.get("mark") and day is not None and month is not None and (order or groups["mark"] == "/"):
        if order is None and int(day) <= 12 and month <= 12 and int(day) != month:
            return ParsedDate(None, None, f"the date {shown} is ambiguous: {UNCLEAR_ORDER}")
        # The other order is taken when it alone gives a month.
        if month > 12 or (order == "mdy" and int(day) <= 12):
            day, month = str(month), int(day)
    try:
        checked = date(int(year), month or 1, int(day) if day is not None else 1)
    except ValueError:
        return ParsedDate(None, None, f"the date {shown} is impossible")
    if day is not None:
        return ParsedDate(f"{checked:%Y-%m-%d}", "day", None)
    if month is not None:
        return ParsedDate(f"{checked:%Y-%m}", "month", None)
    return ParsedDate(f"{checked:%Y}", "year", None)


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."
