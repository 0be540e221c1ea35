"""Exports of Factiva (HTML, RTF), with or without its indexing.

Reads the lines of an export; returns its articles. Each ends with a line such as ``Document VOLK000020200501eg510000b``
that gives its id. With indexing every field has a code (``HD`` headline, ``LP`` and ``TD`` text); without, the fields
stand in a fixed order around the number of words. The shapes follow what AmCAT and tm.plugin.factiva describe; none
of their code is used.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from analysis.corpus.formats.lines import Found, is_copyright, load_format, load_kinds, read_date_line
from analysis.corpus.language import normalise_language

HEADLINE, BYLINE = "\ue000", "\ue001"
"""Marks that begin a line which a page of Factiva says to be the headline or the byline."""
_END = re.compile(
    r"(?:AN\s*\|\s*)?(?:Document|Dokument|Documento)\s+([A-Za-z][A-Za-z0-9]{3,9}(?:19|20)\d{6}[A-Za-z0-9]{6,12})\s*\|?"
)
_CELL = re.compile(r"([A-Z]{2,3})(?:\s*\|\s*|\s*\Z)")
_BY = re.compile(r"(?:By|Door|Von|Par|BY|DOOR)\s")
_WORD = r"(?:[A-ZÀ-Ý][\w.'’-]*|van|de|der|den|ter|ten|von|en|and|und|et|&)"
_NAME = re.compile(rf"{_WORD}(?:,?\s+{_WORD}){{1,8}}")
_TEXTS = ("lead", "text", "caption")
_LONGEST_HEADING = 12
"""Lines that the heading of an article may have after the number of words."""


def is_factiva(lines: Sequence[str]) -> bool:
    """Whether the lines are those of an export of Factiva."""
    return any(map(_END.fullmatch, lines)) and any(_is_word_count(line) or _read_code(line) for line in lines)


def mark_page(page: str) -> str:
    """A page of Factiva in which headline and byline are marked, so that their lines can be told from others."""
    page = page.replace(HEADLINE, "").replace(BYLINE, "")
    page = re.sub(
        r"<div\b[^<>]{0,300}?\bid\s*=\s*[\"']?hd\b[^<>]{0,300}>", rf"\g<0>{HEADLINE}", page, flags=re.IGNORECASE
    )
    return re.sub(
        r"<div\b[^<>]{0,300}?\bclass\s*=\s*[\"']?author\b[^<>]{0,300}>", rf"\g<0>{BYLINE}", page, flags=re.IGNORECASE
    )


def read_factiva(lines: Sequence[str]) -> Iterator[Found]:
    """Articles of an export of Factiva.

    Parameters
    ----------
    lines : sequence of str
        Lines without space around them; empty ones part paragraphs.

    Yields
    ------
    Found
        In the order of the file.

    Notes
    -----
    Without indexing, an RTF file does not say which of the lines above the number of words is the headline. The last
    is, unless it begins with ``By`` or ``Door`` or holds names only, and then the one before it.
    """
    number, article = 0, list[str]()
    for line in lines:
        if not (end := _END.fullmatch(line)):
            article.append(line)
            continue
        number += 1
        is_coded = any((_read_code(each) or ("",))[0] == "headline" for each in article)
        found = (_read_coded if is_coded else _read_plain)(article, number)
        found.article_id = end[1]
        yield found
        article = []
    if any(map(_is_word_count, article)):
        yield Found(number + 1, problem="field text: the file breaks off, no line `Document ...` follows it")


def _read_coded(article: list[str], number: int) -> Found:
    fields: defaultdict[str, list[str]] = defaultdict(list)
    kind = ""
    for line in article:
        if code := _read_code(line):
            kind, line = code  # noqa: PLW2901  # the rest of a line that begins with a code
        if kind and ((value := line.strip("| ")) or kind in _TEXTS):
            fields[kind].append(value)
    found = Found(number, captions=fields["caption"])
    found.body = [*fields["lead"], "", *fields["text"]]
    joined = {name: " ".join(fields[name]) or None for name in ("headline", "outlet", "language")}
    found.headline, found.outlet, found.language = joined["headline"], joined["outlet"], joined["language"]
    found.published = next(filter(None, map(read_date_line, fields["published"])), None)
    used = {*_TEXTS, "headline", "outlet", "language", "published"}
    found.left_out["indexing"] += sum(len(values) for name, values in fields.items() if name not in used)
    if not any(found.body):
        found.problem, found.remedy = "field text: neither LP nor TD holds any", "Export it with its full text"
    return found


def _read_plain(article: list[str], number: int) -> Found:
    at = next((n for n, line in enumerate(article) if _is_word_count(line)), None)
    if at is None:
        return Found(number, problem="field text: no line with the number of words parts the heading from it")
    found = Found(number, headline=_find_headline(list(filter(None, article[:at]))))
    places = [n for n, line in enumerate(article) if n > at and line][:_LONGEST_HEADING]
    heading = [article[n] for n in places]
    dated = next((n for n, line in enumerate(heading[:3]) if read_date_line(line)), None)
    if dated is not None:
        found.published = read_date_line(heading[dated])
        named = [line for line in heading[dated + 1 :] if not re.match(r"\d{1,2}[:.]\d{2}\b", line)]
        found.outlet = named[0] if named else None
    languages = [n for n, line in enumerate(heading) if _is_language(line)]
    rights = [n for n, line in enumerate(heading) if is_copyright(line)]
    found.language = heading[languages[0]] if languages else None
    ends = rights[:1] or languages[:1]
    if not ends:
        found.problem = "field text: no line with the language or copyright parts the heading from it"
        return found
    found.body = article[places[ends[0]] + 1 :]
    used = [field for field in (found.published, found.outlet, found.language) if field]
    found.left_out["heading"] += 2 + ends[0] - len(used)  # with the number of words
    return found


def _find_headline(above: list[str]) -> str | None:
    marked = [line.strip(HEADLINE + " ") for line in above if line.startswith(HEADLINE)]
    if marked:
        return marked[-1]
    above = [line for line in above if not line.startswith(BYLINE)]
    if len(above) > 1 and (_BY.match(above[-1]) or _NAME.fullmatch(above[-1])):
        above = above[:-1]
    return above[-1] if above else None


def _is_language(line: str) -> bool:
    return line.isalpha() and len(line) > 3 and normalise_language(line) is not None


def _is_word_count(line: str) -> bool:
    number, _, word = line.rpartition(" ")
    return word in load_format("factiva")["words"] and re.fullmatch(r"[\d.,\s]+", number) is not None


def _read_code(line: str) -> tuple[str, str] | None:
    """What a code at the start of a line stands for, and what follows it; None where there is none."""
    match = _CELL.match(line)
    kind = load_kinds("factiva", "codes").get(match[1]) if match else None
    return (kind, line[match.end() :]) if match and kind else None
