"""What exports of all newspaper databases share: lines, dates, boilerplate, and what becomes of an article.

Reads the lines of an export and ``data/formats/*.yaml``; returns dates that stand on a line of their own, and the
content of a file from the articles that a parser found in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import yaml

from analysis.contracts.paths import FORMATS
from analysis.corpus.dates import parse_date
from analysis.corpus.formats.records import RAISE, FileContent, RawArticle, Refusal
from analysis.corpus.layout import arrange_paragraphs, is_caption

_DAYS = (
    "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
_AFTER_DATE = re.compile(
    rf"(?:,?\s+(?:{_DAYS}))?(?:,?\s+\d{{1,2}}[:.]\d{{2}}(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{{2,5}})?)?"
    r"(?:[,;]?\s+(?:[\w.&'’-]+\s+){0,4}(?:edition|editie|ausgabe)(?:\s+\d+)?)?\s*\Z",
    re.IGNORECASE,
)
"""What may follow a date on its line: a day of the week, the hour, an edition."""
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))\W", re.IGNORECASE)


@dataclass
class Found:
    """An article as a parser finds it in an export; `problem` says why it cannot be read."""

    number: int
    body: list[str] = field(default_factory=list)
    lead: str | None = None
    captions: list[str] = field(default_factory=list)
    headline: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    article_id: str | None = None
    problem: str | None = None
    remedy: str = "Export it again, or leave it out"
    left_out: Counter[str] = field(default_factory=Counter)


@cache
def load_format(name: str) -> Any:
    """The content of ``data/formats/<name>.yaml``."""
    return yaml.safe_load((FORMATS / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def load_kinds(name: str, key: str) -> dict[str, str]:
    """What each label or code stands for that ``data/formats/<name>.yaml`` lists under `key`."""
    return {label: kind for kind, labels in load_format(name)[key].items() for label in labels}


@lru_cache(maxsize=1)
def _load_boilerplate() -> list[tuple[str, re.Pattern[str]]]:
    return [(row["name"], re.compile(row["pattern"])) for row in load_format("boilerplate")]


def is_copyright(line: str) -> bool:
    """Whether a line begins as a notice of copyright does."""
    return _COPYRIGHT.match(line) is not None


def read_date_line(line: str) -> str | None:
    """The date that a line is, with the day of the week, the hour or an edition after it, and nothing else.

    Examples
    --------
    >>> read_date_line("May 4, 2020 Monday 10:30 PM GMT"), read_date_line("4 mei 2020 maandag")
    ('2020-05-04', '2020-05-04')
    >>> read_date_line("On May 4, 2020 the harbour closed"), read_date_line("2020")
    (None, None)
    """
    line = " ".join(line.split())
    if len(line) > 100 or not re.search(r"\D\d{4}|\d{4}\D", line):
        return None
    for end in sorted({match.start() for match in re.finditer(r"[\s,;]|\Z", line)}):
        if _AFTER_DATE.match(line, end):
            date = parse_date(line[:end])
            if date.precision in ("day", "month"):
                return date.published
    return None


def classify_boilerplate(paragraph: str) -> str | None:
    """What a paragraph is that is no news, as ``data/formats/boilerplate.yaml`` has it; None for all others.

    Examples
    --------
    >>> classify_boilerplate("Foto: Jan de Vries"), classify_boilerplate("Foto: links de haven. Daarnaast de stad.")
    ('photo credit', None)
    """
    return next((name for name, pattern in _load_boilerplate() if pattern.fullmatch(paragraph)), None)


def finish_export(name: str, articles: Iterable[Found], max_characters: int) -> FileContent:
    """The content of a file from the articles of an export.

    Parameters
    ----------
    name : str
        Name of the database, for messages.
    articles : iterable of Found
        In the order of the file.
    max_characters : int
        Longer articles are refused.

    Returns
    -------
    FileContent
        Articles with their number as row; a refusal for each that cannot be read, and one notice of how many lines were
        left out.
    """
    content, left_out = FileContent(), Counter[str]()
    for found in articles:
        left_out += found.left_out
        text = "" if found.problem else _join(found, left_out)
        problem, remedy = found.problem, found.remedy
        if not problem and not text:
            problem, remedy = "field text: nothing but boilerplate", "Leave it out"
        elif len(text) > max_characters:
            problem, remedy = f"field text: longer than {max_characters:,} characters", f"Split the article, or {RAISE}"
        if problem:
            content.refusals.append(Refusal(found.number, f"{name}, article {found.number}, {problem}", remedy))
            continue
        if found.published is None:
            reason = f"{name}, article {found.number}, field published: no line above the text is only a date"
            content.refusals.append(
                Refusal(found.number, reason, "Kept without a date; export it again with its date", "undated")
            )
        content.articles.append(
            RawArticle(
                text,
                row=found.number,
                article_id=found.article_id,
                headline=found.headline,
                published=found.published,
                outlet=found.outlet,
                language=found.language,
                is_export=True,
            )
        )
    if left_out:
        kinds = ", ".join(f"{kind} {n}" for kind, n in sorted(left_out.items(), key=lambda item: (-item[1], item[0])))
        reason = f"{name}: {sum(left_out.values())} lines that are no text of an article were left out ({kinds})"
        content.refusals.append(
            Refusal(None, reason, "Kept; look at a few articles if a number surprises you", "repaired")
        )
    return content


def _join(found: Found, left_out: Counter[str]) -> str:
    """Lead, body and captions as paragraphs, without boilerplate, which is counted in `left_out`."""
    lines = [*([found.lead, ""] if found.lead else []), *found.body]
    kept = [part for part in arrange_paragraphs("\n".join(lines)).split("\n\n") if not _count(part, left_out)]
    if not any(kept):
        return ""
    for part in arrange_paragraphs("\n\n".join(found.captions)).split("\n\n"):
        if is_caption(part) and not _count(part, left_out):
            kept.append(part)
        elif part and not classify_boilerplate(part):
            left_out["caption without a credit"] += 1
    return "\n\n".join(kept)


def _count(paragraph: str, left_out: Counter[str]) -> bool:
    kind = classify_boilerplate(paragraph)
    if kind:
        left_out[kind] += 1
    return kind is not None
