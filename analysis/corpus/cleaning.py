"""From bytes to clean text.

Reads the bytes of a file, or the text of a table cell; returns plain text in Unicode (NFC) with unix line
ends, and says what it had to repair. Nothing that a newspaper means to print is altered: typographic
quotes, dashes, ligatures, accents, emoji and right-to-left scripts come through as they were.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from charset_normalizer import from_bytes
from ftfy import TextFixerConfig, fix_text
from ftfy.badness import is_bad

from analysis.corpus.page_text import is_page, strip_html

_BOMS = (  # the longer marks first: the mark of UTF-32 begins with that of UTF-16
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a zip archive (such as DOCX, ODT or XLSX)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
    (b"{\\rtf", "an RTF document"),
)
# What Western European newspapers print outside ASCII. A guess at cp1252 that needs other characters is
# probably wrong, and the slower detector decides.
_WESTERN = set(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽžŸ‘’“”„‚–—…€£•«»°§©®™·½¼¾²³ºª¡¿´\xa0\xad"
)
_HTML_BLOCK = re.compile(
    r"</(?:p|div|body|html|h[1-6]|article|section|ul|ol|li|table|tr|td|blockquote|figure)\s*>|<br\s*/?>", re.IGNORECASE
)
_INVISIBLE = dict.fromkeys(map(ord, "\xad\u200b\u2060\ufeff"))  # soft hyphen, zero-width spaces, stray byte order mark
_SPACES = dict.fromkeys(map(ord, "\xa0\u202f\u2007\u2009\u200a\u2002\u2003\u2004\u2005\u2006\u2008\u3000\t\v"), " ")
_LINE_ENDS = dict.fromkeys(map(ord, "\x85\u2028\u2029\f"), "\n")
_CONTROLS = dict.fromkeys([*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0)])
_TRANSLATION = _CONTROLS | _INVISIBLE | _SPACES | _LINE_ENDS
_LATIN1_QUOTES = re.compile("[\x80-\x9f]")


class Decoded(NamedTuple):
    """What a file turned out to contain; exactly one of `text` and `problem` is set."""

    text: str | None
    encoding: str | None
    problem: str | None


class Cleaned(NamedTuple):
    """Clean text, and whether broken characters were repaired."""

    text: str
    is_repaired: bool


def decode_bytes(data: bytes) -> Decoded:  # noqa: PLR0911  # one return per kind of file
    """Find out how bytes are encoded and turn them into text.

    Parameters
    ----------
    data : bytes
        The whole content of a file.

    Returns
    -------
    Decoded
        ``encoding`` is ``utf-8`` for files that are as they should be; ``problem`` says why a file cannot be read.

    Notes
    -----
    In order: known binary formats, byte order marks, UTF-8, UTF-16 without a mark, Windows-1252 when it gives only
    characters that Western newspapers print, then charset-normalizer. Single-byte encodings cannot be told apart
    with certainty: the caller notes every file that is not UTF-8, so that somebody looks at it.

    Examples
    --------
    >>> decode_bytes("Één café".encode("cp1252"))
    Decoded(text='Één café', encoding='cp1252', problem=None)
    """
    if not data.strip():
        return Decoded(None, None, "the file is empty")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return Decoded(None, None, f"the file is {what}, not plain text")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_strict(data, encoding)
    if b"\x00" in data:
        encoding_found = _find_utf16(data)
        if encoding_found is None:
            return Decoded(None, None, "the file is binary: it contains NUL bytes")
        return _decode_strict(data, encoding_found)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", None)
    except UnicodeDecodeError:
        return _decode_legacy(data)


def _decode_strict(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return Decoded(None, None, f"the file says it is {encoding}, but it breaks off or is damaged")
    if not text.strip("\ufeff \t\r\n"):
        return Decoded(None, None, "the file is empty")
    return Decoded(text, "utf-8" if encoding == "utf-8-sig" else encoding, None)


def _find_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: in European text nearly every second byte is NUL."""
    sample = data[:4096]
    half = max(1, len(sample) // 2)
    shares = {"utf-16-le": sample[1::2].count(0) / half, "utf-16-be": sample[0::2].count(0) / half}
    best = max(shares, key=lambda name: shares[name])
    other = min(shares.values())
    return best if len(data) % 2 == 0 and shares[best] > 0.6 and other < 0.05 else None


def _decode_legacy(data: bytes) -> Decoded:
    try:
        text = data.decode("cp1252")
        strange = {character for character in text if ord(character) > 127}
        letters = sum(character.isalpha() for character in text)
        accents = sum(ord(character) > 127 and character.isalpha() for character in text)
        if strange <= _WESTERN and accents <= 0.5 * letters:
            return Decoded(text, "cp1252", None)
    except UnicodeDecodeError:
        pass  # bytes that Windows-1252 does not know: the detector below decides
    best = from_bytes(data).best()
    if best is None:
        return Decoded(None, None, "the encoding of the file cannot be recognised")
    return Decoded(str(best), best.encoding, None)


def clean_text(text: str) -> Cleaned:
    r"""Repair and tidy the text of one article.

    Parameters
    ----------
    text : str
        Text as decoded, or a table cell; HTML allowed.

    Returns
    -------
    Cleaned
        Text in NFC; ``\n`` line ends; no HTML if it was HTML, and of a whole page its story only; no control
        characters, soft hyphens or zero-width spaces (joiners and direction marks stay); special spaces as plain
        spaces; no space around line ends.

    Notes
    -----
    A document that looks like HTML, or that closes a block tag, is stripped of its tags. In other text a tag
    is something the author wrote, and stays: escaping is the task of whoever displays it.

    Examples
    --------
    >>> clean_text("<p>Eén&nbsp;zin.</p><p>En nog één.</p>").text
    'Eén zin.\n\nEn nog één.'
    >>> clean_text("De code <script>alert(1)</script> stond in de brief.").text
    'De code <script>alert(1)</script> stond in de brief.'
    """
    repaired = repair_characters(text)
    is_repaired = repaired != text
    text = repaired.replace("\r\n", "\n").replace("\r", "\n")
    if is_page(text) or _HTML_BLOCK.search(text):
        text = strip_html(text)
    text = unicodedata.normalize("NFC", text.translate(_TRANSLATION))
    text = re.sub(r" *\n *", "\n", text)
    text = re.sub(r"\n{3,}", "\n\n", text)
    return Cleaned(text.strip(), is_repaired)


def repair_characters(text: str) -> str:
    """Undo text that was decoded with the wrong encoding (``cafÃ©``), and nothing else.

    Examples
    --------
    >>> repair_characters("Het cafÃ© zei â€˜neeâ€™, ‘ja’")
    'Het café zei ‘nee’, ‘ja’'
    """
    if not (
        is_bad(text) or _LATIN1_QUOTES.search(text) or any("\ud800" <= character <= "\udfff" for character in text)
    ):
        return text
    config = TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )
    return fix_text(text, config)
