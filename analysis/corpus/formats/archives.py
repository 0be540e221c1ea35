"""Archives: zip archives of any files that are read, and web archives (WARC).

Reads an archive; returns its files one at a time, each in a temporary place, or the pages that a web archive holds.
Nothing is unpacked under a name that the archive chose, no archive in an archive is opened, and what would fill the
memory or the disk is refused.
"""

from __future__ import annotations

import shutil
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from analysis.corpus.cleaning import decode_bytes
from analysis.corpus.files import PACKED_SUFFIXES, SUFFIXES, Source, drop_suffix, find_suffix, is_companion, show_name
from analysis.corpus.formats.documents import check_sizes
from analysis.corpus.formats.records import RAISE, FileContent, RawArticle, Refusal, RefusedError, import_reader
from analysis.corpus.page_text import is_page
from analysis.corpus.pages import read_page


def unpack(source: Source) -> Iterator[tuple[Source, Refusal | None]]:
    """The files in a zip archive.

    Parameters
    ----------
    source : Source
        The archive.

    Yields
    ------
    Source
        A file, named after the archive and its place there; it is gone when the next is asked for.
    Refusal or None
        Why it is not read, where it is not.

    Raises
    ------
    RefusedError
        If nothing in the archive can be read, or it would unpack to too much.
    """
    try:
        with ZipFile(source.path) as archive, TemporaryDirectory() as folder:
            check_sizes(archive)
            members = [member for member in archive.infolist() if not member.is_dir()]
            members = [member for member in members if not is_companion(_find_place(member))]
            if not members:
                raise RefusedError("the archive holds no articles", "Leave it out")
            for member in sorted(members, key=lambda item: item.filename):
                inside = _find_place(member)
                suffix = find_suffix(inside)
                place = Path(folder, f"member{suffix if suffix in SUFFIXES else ''}")
                named = f"{source.source_file}/{inside.as_posix()}"
                found = Source(place, named, f"{source.stem}/{drop_suffix(inside)}")
                if refusal := _check_member(member, inside, suffix):
                    yield found, refusal
                    continue
                yield found, _copy_out(archive, member, place)
                place.unlink(missing_ok=True)
    except BadZipFile as error:
        reason = "the file is no zip archive or is damaged"
        raise RefusedError(reason, "Unpack it yourself and give the folder") from error


def _find_place(member: ZipInfo) -> PurePosixPath:
    """Where a file lies in an archive; some programs for Windows write backslashes."""
    return PurePosixPath(show_name(member.filename.replace("\\", "/")))


def _copy_out(archive: ZipFile, member: ZipInfo, place: Path) -> Refusal | None:
    try:
        with archive.open(member) as packed, place.open("wb") as out:
            shutil.copyfileobj(packed, out)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        reason = f"it is damaged, or packed in a way that is not read ({type(error).__name__})"
        return Refusal(None, reason, "Unpack it yourself and give the folder")
    return None


def _check_member(member: ZipInfo, inside: PurePosixPath, suffix: str) -> Refusal | None:
    if inside.is_absolute() or ".." in inside.parts or ":" in inside.parts[0]:
        return Refusal(None, "its name leads out of the archive", "Make the archive anew, from inside the folder")
    if member.flag_bits & 0x1:
        return Refusal(None, "it is locked with a password", "Unpack it yourself and give the folder")
    if suffix in PACKED_SUFFIXES:
        return Refusal(None, "an archive in an archive is not opened", "Unpack it yourself and give the folder")
    if suffix not in SUFFIXES:
        return Refusal(None, f"files that end in {suffix} are not read", "Leave it out, or save it as text")
    return None


def read_warc(path: Path, max_characters: int, outlet: str | None) -> FileContent:
    """The pages of a web archive, each an article with the number of its record as row.

    Parameters
    ----------
    path : Path
        A WARC file, packed with gzip or not.
    max_characters : int
        Longer pages are refused.
    outlet : str, optional
        As for `analysis.corpus.readers.read_file`.

    Returns
    -------
    FileContent
        Pages that a server gave (status 200, HTML); one notice counts all other answers.
    """
    warc = import_reader("warcio.archiveiterator", "warcio")
    content, others, number = FileContent(), Counter[str](), 0
    try:
        with path.open("rb") as stream:
            for number, record in enumerate(warc.ArchiveIterator(stream), 1):
                if record.rec_type != "response":
                    continue
                if unread := _name_other(record):
                    others[unread] += 1
                    continue
                data = _read_most(record.content_stream(), 4 * max_characters + 5)
                read = _read_record(data, number, max_characters, outlet)
                if isinstance(read, RawArticle):
                    content.articles.append(read)
                else:
                    content.refusals.append(read)
    except (warc.ArchiveLoadFailed, EOFError, zlib.error) as error:
        reason = f"WARC: the archive is damaged after record {number} ({type(error).__name__})"
        content.refusals.append(Refusal(None, reason, "The pages before are read; fetch the others again"))
    if others:
        told = ", ".join(f"{n} {what}" for what, n in sorted(others.items()))
        content.refusals.append(
            Refusal(None, f"WARC: {sum(others.values())} records were passed over: {told}", "Leave it so")
        )
    if not content.articles and not content.refusals:
        raise RefusedError("the web archive holds no pages", "Leave it out")
    return content


def _read_most(stream: Any, limit: int) -> bytes:
    """Up to so many bytes: a page that is packed may unpack to far more than it takes."""
    pieces: list[bytes] = []
    while limit > 0 and (piece := stream.read(min(limit, 1 << 16))):
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)


def _name_other(record: Any) -> str | None:
    """What an answer of a server is that is no page; None for a page."""
    headers = record.http_headers
    if not headers or headers.get_statuscode() != "200":
        return "of another status"
    kind = (headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    return None if kind in ("text/html", "application/xhtml+xml") else "no web page"


def _read_record(data: bytes, number: int, max_characters: int, outlet: str | None) -> RawArticle | Refusal:
    decoded = decode_bytes(data[: 4 * max_characters + 4])
    if len(data) > 4 * max_characters + 4 or len(decoded.text or "") > max_characters:
        reason = f"WARC, article {number}, field text: longer than {max_characters:,} characters"
        return Refusal(number, reason, f"Leave it out, or {RAISE}")
    if decoded.text is None or not is_page(decoded.text):
        reason = f"WARC, article {number}, field text: {decoded.problem or 'the record is no web page'}"
        return Refusal(number, reason, "Save that page again, or leave it out")
    return RawArticle(decoded.text, row=number, **read_page(decoded.text, outlet=outlet)._asdict())
