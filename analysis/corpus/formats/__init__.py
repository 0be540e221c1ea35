"""Formats in which news comes out of databases and archives.

Each module knows one: `nexis`, `factiva` (exports of newspaper databases, over `lines`), `columns` (tables of Media
Cloud, 4CAT, AmCAT and GDELT), `documents` (DOCX, RTF, PDF), `archives` (WARC, zip). `records` is what all give. What a
format calls its fields lies in ``data/formats``.
"""

from __future__ import annotations

import re

from analysis.corpus.formats.factiva import is_factiva, mark_page, read_factiva
from analysis.corpus.formats.lines import finish_export
from analysis.corpus.formats.nexis import is_lexisnexis, is_nexis_uni, read_lexisnexis, read_nexis_uni
from analysis.corpus.formats.records import FileContent
from analysis.corpus.page_text import read_all_text

__all__ = ["read_export"]

_MARKS = re.compile(r"End of Document|Load-Date:|\bDo[ck]umento?\b|DOCUMENT")
"""One of these stands in every export: a large file without them is not looked at line by line."""


def read_export(text: str, max_characters: int, *, is_html: bool = False) -> FileContent | None:
    """The articles of an export of a newspaper database.

    Parameters
    ----------
    text : str
        The text of a file, lines as the file has them.
    max_characters : int
        Longer articles are refused.
    is_html : bool
        Whether the text is that of a web page, with its tags.

    Returns
    -------
    FileContent or None
        None where the text is no such export.
    """
    if not _MARKS.search(text):
        return None
    if is_html:
        text = read_all_text(mark_page(text))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    if is_nexis_uni(lines):
        return finish_export("Nexis Uni", read_nexis_uni(lines), max_characters)
    if is_lexisnexis(lines):
        return finish_export("LexisNexis", read_lexisnexis(lines), max_characters)
    if is_factiva(lines):
        return finish_export("Factiva", read_factiva(lines), max_characters)
    return None
