"""Exports of Nexis Uni (DOCX, RTF, PDF) and of the older LexisNexis (TXT, HTML).

Reads the lines of an export; returns its articles. Both are told by lines that are always there: Nexis Uni ends each
article with ``End of Document`` and begins its text with ``Body``; LexisNexis begins each with ``2 of 100 DOCUMENTS``
and parts heading and text with labels such as ``LENGTH:``. The shapes follow what LexisNexisTools (Gruber), AmCAT and
tm.plugin.lexisnexis describe; none of their code is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.corpus.formats.lines import Found, is_copyright, load_format, load_kinds, read_date_line

_START = re.compile(
    r"\s*(?:FOCUS\s*-\s*)?\d+\s+(?:of|van)\s+\d+\s+(?:DOCUMENTS?|DOCUMENTEN)\s*|\s*(?:Dokument\s+\d+\s+von|Document\s+\d+\s+(?:de|van))\s+\d+\s*",
    re.IGNORECASE,
)
_COVER = re.compile(
    r"(?:User Name|Date and Time|Job Number|Client/Matter|Search (?:Terms|Type)|Narrowed by|Content Type)\b|"
    r"Documents? \(\d+\)\s*\Z"
)
_LISTED = re.compile(r"1\.\s+(\S.*)")
_USED = frozenset(["headline", "lead", "text", "caption", "language"])
_RIGHTS = re.compile(r"(?:all rights reserved|alle rechten voorbehouden)", re.IGNORECASE)


def is_nexis_uni(lines: Sequence[str]) -> bool:
    """Whether the lines are those of an export of Nexis Uni."""
    form = load_format("nexis")
    return form["body"] in lines and any(line == form["end"] or line.startswith("Load-Date:") for line in lines)


def is_lexisnexis(lines: Sequence[str]) -> bool:
    """Whether the lines are those of an export of LexisNexis."""
    return any(map(_START.fullmatch, lines)) and any(_read_label(line, is_upper=True) for line in lines)


def read_nexis_uni(lines: Sequence[str]) -> Iterator[Found]:
    """Articles of an export of Nexis Uni.

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
    Above ``Body`` stand the headline, the outlet, the date, a notice of copyright and labels. The date is the last line
    above ``Body`` that is a date and nothing else, the outlet the line before it. Below the text may stand ``Graphic``
    with captions, ``Classification`` and ``Load-Date:``.
    """
    end = load_format("nexis")["end"]
    number, document = 0, list[str]()
    for line in lines:
        if line != end:
            document.append(line)
            continue
        number += 1
        yield _read_document(document, number)
        document = []
    if load_format("nexis")["body"] in document:
        number += 1
        yield Found(number, problem=f"field text: the file breaks off, no line `{end}` follows it")


def _read_document(document: list[str], number: int) -> Found:
    form = load_format("nexis")
    if form["body"] not in document:
        return Found(
            number, problem=f"field text: no line `{form['body']}`", remedy="It holds no text, or export it again"
        )
    at = document.index(form["body"])
    body, captions, after = _part_body(document[at + 1 :])
    found = Found(number, body=body, captions=captions)
    _read_heading(list(filter(None, document[:at])), found)
    _read_labels(after, found, is_upper=False)
    return found


def _part_body(lines: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Text, captions, and what follows them; parted from below, where a word alone on a line may stand in a text."""
    form = load_format("nexis")
    marks = [n for n, line in enumerate(lines) if line == form["classification"]]
    marks = marks or [
        n for n, line in enumerate(lines) if (_read_label(line, is_upper=False) or ("",))[0] == "load date"
    ]
    end = marks[-1] if marks else len(lines)
    graphics = [n for n, line in enumerate(lines[:end]) if line == form["graphic"]]
    graphic = graphics[-1] if graphics else end
    return lines[:graphic], lines[graphic + 1 : end], list(filter(None, lines[end:]))


def _read_heading(lines: list[str], found: Found) -> None:
    """Headline, outlet, date, labels; the cover of the first article is left out."""
    rights = [n for n, line in enumerate(lines) if is_copyright(line)]
    dates = [n for n, line in enumerate(lines[: rights[-1] if rights else None]) if n and read_date_line(line)]
    place = dates[-1] if dates else rights[-1] if rights else None
    found.published = read_date_line(lines[dates[-1]]) if dates else None
    above = lines[:place] if place is not None else lines[:2]
    first = _find_first(above)
    if len(above) - first > 1:
        found.outlet = above.pop()
    headline = " ".join(above[first:])
    found.headline = None if headline in load_format("nexis")["no_headline"] else headline or None
    below = lines[dates[-1] + 1 if dates else 2 if place is None else place :]
    _read_labels(below, found, is_upper=False)
    found.left_out["cover"] += first


def _find_first(above: list[str]) -> int:
    """Where the headline begins: after the cover, as its list of headlines has it; else the line above the outlet."""
    listed = next((match[1] for line in above if (match := _LISTED.fullmatch(line))), None)
    starts = range(len(above) - 2, max(0, len(above) - 6), -1)
    named = next((n for n in starts if " ".join(above[n:-1]) == listed), None)
    if named is None:
        named = max(len(above) - 2, 0) if any(map(_COVER.match, above)) else 0
    return named


def read_lexisnexis(lines: Sequence[str]) -> Iterator[Found]:
    """Articles of an export of LexisNexis.

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
    Outlet and date stand above the first label, the headline after them, or between them, or with a label of its own
    (``KOP:``). The text begins after the labels and ends with labels such as ``LOAD-DATE:`` or a notice of copyright.
    """
    starts = [n for n, line in enumerate(lines) if _START.fullmatch(line)]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=True), 1):
        yield _read_article(_split_blocks(lines[start + 1 : end]), number)


def _split_blocks(lines: Sequence[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _read_article(blocks: list[list[str]], number: int) -> Found:
    is_label = [bool(_read_label(block[0], is_upper=True)) for block in blocks]
    if True not in is_label:
        problem = "field text: no label such as LENGTH: parts the heading from it"
        return Found(number, problem=problem)
    first = is_label.index(True)
    last = next((n for n in range(first, len(blocks)) if not is_label[n]), len(blocks))
    ends = load_format("nexis")["ends"]
    found = Found(number)
    after = next((n for n in range(last, len(blocks)) if _ends_text(blocks[n], ends)), len(blocks))
    _read_top(blocks[:first], found)
    inline = _read_labels([" ".join(block) for block in blocks[first:last]], found, is_upper=True)
    found.body = [line for block in ([inline] if inline else []) + blocks[last:after] for line in [*block, ""]]
    _read_labels([" ".join(block) for block in blocks[after:]], found, is_upper=True)
    if not found.body:
        found.problem, found.remedy = "field text: nothing follows the labels", "It holds no text, or export it again"
    return found


def _ends_text(block: list[str], ends: list[str]) -> bool:
    label = _read_label(block[0], is_upper=True)
    return bool(label and label[0] in ends) or (is_copyright(block[0]) and len(block) <= 3)


def _read_top(blocks: list[list[str]], found: Found) -> None:
    """Outlet, date and headline from what stands above the labels."""
    blocks = [block for block in blocks if not is_copyright(block[0]) and not _RIGHTS.fullmatch(block[0].rstrip("."))]
    dated = [n for n, block in enumerate(blocks) if n and read_date_line(block[0])]
    if not dated:
        found.outlet = " ".join(blocks[0]) if blocks else None
        found.headline = " ".join(blocks[1]) if len(blocks) > 1 else None
        return
    found.published = read_date_line(blocks[dated[0]][0])
    above, below = blocks[: dated[0]], [block for n, block in enumerate(blocks) if n > dated[0] and n not in dated]
    found.outlet = " ".join(above[0])
    headline = below[0] if below else above[1] if len(above) > 1 else []
    found.headline = " ".join(headline).rstrip(";") or None


def _read_labels(lines: list[str], found: Found, *, is_upper: bool) -> list[str]:
    """Fields that stand behind labels, put into `found`, others counted; returns what the label of the text has."""
    text: list[str] = []
    for line in lines:
        label = _read_label(line, is_upper=is_upper)
        if not label or not label[1]:
            found.left_out["copyright" if is_copyright(line) else "other"] += 1
            continue
        kind, value = label
        if kind not in _USED:
            found.left_out[kind] += 1
        if kind == "language":
            found.language = found.language or re.split(r"[;/,]", value)[0].strip()
        elif kind in ("headline", "lead"):
            setattr(found, kind, getattr(found, kind) or value)
        elif kind == "caption":
            found.captions.append(value)
        elif kind == "text":
            text.append(value)
    return text


def _read_label(line: str, *, is_upper: bool) -> tuple[str, str] | None:
    """What a label at the start of a line stands for, and what follows it; None where there is none."""
    name, colon, value = line[:200].partition(":")
    is_label = colon and (name.isupper() or not is_upper)
    kind = load_kinds("nexis", "labels").get(name.strip().upper()) if is_label else None
    return (kind, (value + line[200:]).strip()) if kind else None
