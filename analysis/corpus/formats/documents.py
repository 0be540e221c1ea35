"""Documents: DOCX, RTF and PDF with text.

Reads a file; returns its text, paragraphs parted by blank lines. Nothing in a document is run or fetched: macros,
links and pictures are not looked at. What would fill the memory is refused first: a DOCX is a zip archive of XML
(`check_package`), and of a PDF only so many pages are read.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from analysis.corpus.formats.records import RefusedError, import_reader

MOST_BYTES = 50_000_000
"""Of a document or an export; the largest of Nexis Uni, of 500 articles, has a few million."""
_MOST_UNPACKED = 500_000_000
_MOST_RATIO, _LEAST_SUSPECT = 200, 20_000_000
"""How many times its size in the archive a part may have, if it is larger than so many bytes."""
_MOST_PARTS = 10_000
_MOST_PAGES = 2_000
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_GAP = 1.35
"""How many times the usual distance of lines parts paragraphs in a PDF."""


def read_document(path: Path) -> str:
    """The text of a document.

    Parameters
    ----------
    path : Path
        Its ending (``.docx``, ``.rtf``, ``.pdf``) tells what it is.

    Returns
    -------
    str
        Paragraphs parted by a blank line.

    Raises
    ------
    RefusedError
        If it is too large, would unpack to too much, is locked, or holds no text.
    """
    if path.stat().st_size > MOST_BYTES:
        raise RefusedError(f"larger than {MOST_BYTES // 1_000_000} million bytes", "Export fewer articles at a time")
    read = {".docx": _read_word, ".rtf": _read_rich_text, ".pdf": _read_pdf}[path.suffix.lower()]
    text = read(path)
    if not text.strip():
        remedy = "If its pages are pictures (a scan), run text recognition (OCR) over it first"
        raise RefusedError("the document holds no text", remedy)
    return text


def check_package(path: Path) -> None:
    """Refuse a DOCX or XLSX that would fill the memory: too many or too large parts, or XML that declares entities."""
    with ZipFile(path) as package:
        check_sizes(package)
        for name in package.namelist():
            if name.lower().endswith((".xml", ".rels", ".vml")) and _declares_entities(package, name):
                reason = f"its part {name[:80]} declares XML entities, which no word processor or spreadsheet writes"
                raise RefusedError(reason, "Open and save it anew, or leave it out")


def check_sizes(package: ZipFile) -> None:
    """Refuse an archive whose parts are too many, or unpack to too much. No part can unpack to more than it says."""
    parts = package.infolist()
    total = sum(part.file_size for part in parts)
    bombs = [p for p in parts if p.file_size > max(_LEAST_SUSPECT, _MOST_RATIO * p.compress_size)]
    if len(parts) > _MOST_PARTS or total > _MOST_UNPACKED or bombs:
        reason = f"the archive would unpack to {total // 1_000_000:,} million bytes in {len(parts):,} parts"
        raise RefusedError(reason, "Unpack it yourself if you trust it, and give the folder")


def _declares_entities(package: ZipFile, name: str) -> bool:
    """Whether a part holds a declaration, in UTF-8 or UTF-16; text has its brackets escaped."""
    tail = b""
    with package.open(name) as part:
        while chunk := part.read(1 << 16):
            tail = tail[-64:] + chunk.replace(b"\0", b"")
            if _DECLARATION.search(tail):
                return True
    return False


def _read_word(path: Path) -> str:
    docx = import_reader("docx", "python-docx")
    check_package(path)
    return "\n\n".join(_list_paragraphs(docx.Document(str(path))))


def _list_paragraphs(part: Any) -> Iterator[str]:
    """Paragraphs of a document or of a cell of a table, in order."""
    for block in part.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                for cell in row.cells:
                    yield from _list_paragraphs(cell)
        else:
            yield block.text


def _read_rich_text(path: Path) -> str:
    data = path.read_bytes()
    if not data.lstrip().startswith(b"{\\rtf"):
        raise RefusedError("the file is no RTF document", "Export it again, or give it the ending that it should have")
    striprtf = import_reader("striprtf.striprtf", "striprtf")
    text = str(striprtf.rtf_to_text(data.decode("cp1252", "replace"), errors="replace"))
    return text.replace("\n", "\n\n")


def _read_pdf(path: Path) -> str:
    pypdf = import_reader("pypdf", "pypdf")
    with _silence("pypdf"):
        reader = pypdf.PdfReader(str(path))
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusedError("the document is locked with a password", "Save it without one")
        if len(reader.pages) > _MOST_PAGES:
            raise RefusedError(f"more than {_MOST_PAGES:,} pages", "Split it")
        text = "\n".join(map(_read_page, reader.pages))
    return re.sub(r"(?<=[^\W\d_])-\n(?=[a-zß-ÿ])", "", text)  # a word that was broken off at the end of a line


def _read_page(page: Any) -> str:
    """Lines of a page, with a blank one where the distance to the next is larger than usual."""
    pieces: list[tuple[float, str]] = []
    page.extract_text(visitor_text=lambda text, cm, tm, *_: pieces.append((tm[5] * cm[3] + cm[5], text)))
    lines: list[tuple[float, str]] = []
    for height, text in pieces:
        if lines and abs(lines[-1][0] - height) < 1 and not lines[-1][1].endswith("\n"):
            lines[-1] = (height, lines[-1][1] + text)
        elif text.strip():
            lines.append((height, text))
    if not lines:
        return ""
    steps = [first[0] - second[0] for first, second in pairwise(lines)]
    downward = sorted(step for step in steps if step > 0) or [0.0]
    usual = downward[len(downward) // 4]
    blanks = ["\n" if step > _GAP * usual else "" for step in steps] + [""]
    return "".join(text.rstrip("\n") + "\n" + blank for (_, text), blank in zip(lines, blanks, strict=True))


@contextmanager
def _silence(name: str) -> Iterator[None]:
    """Keep a library from writing what it thinks of a file between our lines."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
