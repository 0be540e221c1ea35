"""The parts of an article: headline, lead, body and captions.

Reads clean text; returns paragraphs with their offsets and part. Pure functions of the text: the same text
always has the same parts, whatever it was read from.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_MAX_CAPTION = 600
"""Characters; a longer paragraph that ends in a photo credit is body text with a credit stuck to it."""
_MAX_HEADLINE_WORDS = 20
_NAME = (
    r"(?:@?[A-Z0-9À-ÖØ-Ý][\w.&'’-]*|(?:van|von|de|den|der|het|ten|ter|te|la|le|du|al|of|en|and|the|via|for|voor)\b|"
    r"[dl]['’]\w+|[|&–+-])"
)
_NAMES = rf"{_NAME}(?:(?:,\s*|\s*/\s*|\s+){_NAME}){{0,9}}"
_KEYWORD = (
    r"(?:[Bb]eeld|BEELD|[Ff]oto(?:['’]s|graaf|grafie)?|FOTO|[Pp]hoto(?:s|graph|graphs|grapher|graphy)?|PHOTO|[Ii]mages?|"
    r"[Pp]ictures?|[Ii]llustrati(?:e|on)|[Cc]redits?|[Cc]opyright)"
)
_STRONG_MARK = (
    rf"(?:(?:{_KEYWORD}\s*)?(?:©|\([Cc]\))\s*(?:{_KEYWORD}\s*:?\s*)?|"
    rf"{_KEYWORD}\s*[:|]\s*|{_KEYWORD}\s+(?:by|door|courtesy of)\s+)"
)
_AGENCY = r"(?:AP Photo|Getty Images|AFP|ANP|EPA-EFE|EPA|Reuters|REUTERS|Belga|Hollandse Hoogte)"
_FROM = r"(?:(?<=[\s.!?…’”\"'»)\]])|\A)"
_AFTER_SENTENCE = r"(?:(?<=[.!?…’”\"'»)\]])|(?<=[.!?…’”\"'»)\]]\s)|\A)"
# A credit runs to the end of its paragraph. It needs a colon, brackets, © or "by" to stand anywhere; a capital
# (`Beeld EPA`) to stand after a sentence; and one of the usual words to stand after an unfinished sentence.
_CREDITS = tuple(
    re.compile(pattern + r"\Z")
    for pattern in (
        rf"{_FROM}[(\[]\s*(?:{_STRONG_MARK}|{_KEYWORD}\s+){_NAMES}\s*[)\]]\.?",
        rf"{_FROM}{_STRONG_MARK}{_NAMES}",
        rf"{_AFTER_SENTENCE}(?=[A-Z]){_KEYWORD}\s+{_NAMES}",
        rf"{_FROM}(?:Beeld|BEELD|Foto|FOTO|Photo|PHOTO)\s+{_NAMES}(?<!\.)",
        rf"(?<=[.!?…’”\"'»)\]]\s)\(?{_AGENCY}(?:\s*/\s*{_NAMES})?\)?\.?",
    )
)
_WIRE = re.compile(r"(?<![:/\w©])\s\(?(?:AFP|ANP|Reuters|REUTERS|Belga)\)?\.?\Z")
"""The mark of an agency that sends texts too, alone after a sentence: under more than one sentence it signs these."""
_INNER_END = re.compile(
    r"(?<=[^\W_]{3})(?<!\b[DdMm]rs)(?<![Pp]rof)(?<![Mm]evr)[.!?…][’”\"'»)\]]*\s+[‘“\"'«(]*(?=[A-ZÀ-ÖØ-Ý\d])"
)
_MOST_WORDS_OF_SIGNED_CAPTION = 25
_LAST_CREDIT_CHARACTERS = 160


class Paragraph(NamedTuple):
    """A paragraph: half-open characters of the text, and headline, lead, body or caption."""

    start: int
    end: int
    part: str


def split_paragraphs(text: str, headline: str | None = None) -> list[Paragraph]:
    r"""Find the paragraphs of a text and what each is.

    Parameters
    ----------
    text : str
        Clean text, paragraphs parted by a blank line.
    headline : str, optional
        The headline, if it is known; it counts when the first paragraph is the same.

    Returns
    -------
    list of Paragraph
        In order, trimmed of white space; together they hold every character that is not white space.

    Notes
    -----
    A caption is a paragraph of at most 600 characters that ends in a photo credit (``Beeld EPA``, ``Foto: ANP``,
    ``© AP``, ``(Photo: Reuters)``). An agency alone (``(ANP)``) credits a photo under one sentence of at most 25 words;
    under more text it signs a news item. A caption without a credit is taken for body text. Without a known headline
    the first paragraph is one if it is short, has no final full stop, and a longer paragraph follows. The lead is the
    first paragraph that is neither headline nor caption.

    Examples
    --------
    >>> text = "Menigte bestormt ambassade\n\nHet was onrustig in de stad vannacht.\n\nDe poort. Foto: ANP"
    >>> [paragraph.part for paragraph in split_paragraphs(text)]
    ['headline', 'lead', 'caption']
    """
    spans = _find_blocks(text)
    paragraphs: list[Paragraph] = []
    has_lead = False
    for number, (start, end) in enumerate(spans):
        block = text[start:end]
        if number == 0 and headline and block.split() == headline.split():
            part = "headline"
        elif is_caption(block):
            part = "caption"
        elif number == 0 and not headline and _is_headline(text, spans):
            part = "headline"
        else:
            part = "body" if has_lead else "lead"
            has_lead = True
        paragraphs.append(Paragraph(start, end, part))
    return paragraphs


def find_headline(text: str) -> str | None:
    """The first paragraph, if it looks like a headline."""
    first = split_paragraphs(text)[:1]
    return text[first[0].start : first[0].end] if first and first[0].part == "headline" else None


def is_caption(paragraph: str) -> bool:
    """Tell whether a paragraph ends in a photo credit.

    Examples
    --------
    >>> is_caption("Een soldaat bij de poort. Beeld AP"), is_caption("Zij schetste een ander beeld van Iran.")
    (True, False)
    """
    if len(paragraph) > _MAX_CAPTION:
        return False
    tail = paragraph[-_LAST_CREDIT_CHARACTERS:]
    if (mark := _WIRE.search(paragraph)) and paragraph[: mark.start()].rstrip()[-1:] in set(".!?…’”\"'»)]"):
        said = paragraph[: mark.start()]
        if len(said.split()) > _MOST_WORDS_OF_SIGNED_CAPTION or _INNER_END.search(said):
            return False
    return any(credit.search(tail) for credit in _CREDITS)


def arrange_paragraphs(text: str) -> str:
    """Part paragraphs by one blank line, and join lines that were only wrapped.

    Parameters
    ----------
    text : str
        Clean text, in which single line ends may mean either.

    Returns
    -------
    str
        Text without single line ends. Lines of about equal length, most of which do not end a sentence, were wrapped by
        a program and are joined; other lines are paragraphs of their own.
    """
    blocks = []
    for block in _BLANK.split(text):
        lines = [" ".join(line.split()) for line in block.split("\n")]
        lines = [line for line in lines if line]
        if lines:
            blocks.append(" ".join(lines) if _is_wrapped(lines) else "\n\n".join(lines))
    return "\n\n".join(blocks)


def _is_wrapped(lines: list[str]) -> bool:
    inner = lines[:-1]
    if not inner:
        return True
    widest = max(map(len, lines))
    closed = sum(line[-1] in ".!?:…’”\"'»" for line in inner)
    return widest <= 120 and min(map(len, inner)) >= 0.55 * widest and closed <= 0.5 * len(inner)


def _find_blocks(text: str) -> list[tuple[int, int]]:
    spans = []
    position = 0
    for match in [*_BLANK.finditer(text), None]:
        start, end = position, match.start() if match else len(text)
        block = text[start:end]
        trimmed = block.strip()
        if trimmed:
            left = start + len(block) - len(block.lstrip())
            spans.append((left, left + len(trimmed)))
        position = match.end() if match else end
    return spans


def _is_headline(text: str, spans: list[tuple[int, int]]) -> bool:
    if len(spans) < 2:
        return False
    first = text[slice(*spans[0])]
    following = next((text[slice(*span)] for span in spans[1:] if not is_caption(text[slice(*span)])), "")
    ending = first.rstrip("’”\"'»)]")
    return (
        len(first.split()) <= _MAX_HEADLINE_WORDS
        and "\n" not in first
        and any(character.isalpha() for character in first)
        and ending[-1:] not in set(".:;,…。")
        and len(following) > len(first)
    )
