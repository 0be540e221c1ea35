"""Small exports, documents and archives in the exact shape of their programs; every text is constructed.

Reads nothing; writes files into a folder that a test names. Binary formats are made here, so that no such file lies in
the repository.
"""

from __future__ import annotations

import gzip
import textwrap
import zipfile
from pathlib import Path

import docx

LEAD = "De gemeente dempt de haven van Oosterdam. Schippers zijn boos over het besluit."
BODY = "Wethouder De Wit noemt het plan ‘de enige uitweg’. De bond van schippers stapt naar de rechter."
NEXIS_UNI = [
    "User Name: Student", "Date and Time: Friday, 1 May 2020 10:02:00 AM CEST", "Job Number: 112233", "Documents (3)",
    "1. Haven gaat dicht", "Client/Matter: -None-", "Search Terms: haven", "Search Type: Terms and Connectors",
    "Narrowed by:", "Content Type", "Narrowed by", "News", "Timeline: Jan 01, 2020 to May 01, 2020", "",
    "Haven gaat dicht", "De Courant", "1 mei 2020 vrijdag", "Dag", "", "Copyright 2020 De Courant All Rights Reserved", "",
    "Section: Binnenland; Blz. 3", "Length: 31 words", "Byline: JAN JANSEN",
    "Highlight: Oosterdam verliest zijn haven.", "Body", "",
    LEAD, BODY, "Lees ook: Wat er met de kade gebeurt", "Foto: Jan de Vries", "Graphic", "",
    "De kade van Oosterdam. Foto: ANP", "Een schip", "Classification", "", "Language: DUTCH; NEDERLANDS",
    "Publication-Type: Krant", "Load-Date: May 2, 2020", "", "End of Document", "",
    "Foto van de dag", "De Courant", "May 2, 2020 Saturday", "Copyright 2020 De Courant", "Length: 4 words", "Graphic",
    "De kade. Foto: ANP", "Load-Date: May 2, 2020", "End of Document", "",
    "Harbour closes on 3 May 2020", "The Herald", "Copyright 2020 The Herald", "Length: 12 words", "Body",
    "datum 3 mei 2021", "The town closes its harbour. The skippers are angry about that.",
    "Load-Date: May 4, 2020", "End of Document",
]  # fmt: skip
"""Three articles: one whole, one without a text, one without a date line."""
LEXISNEXIS = f"""



                               1 of 2 DOCUMENTS



                                   De Courant

                               1 mei 2020 vrijdag
                                  Dag Editie 1

Haven gaat dicht

BYLINE: Jan Jansen

SECTION: BINNENLAND; Blz. 3

LENGTH: 31 words


{textwrap.fill(LEAD, 40)}

{textwrap.fill(BODY, 40)}

GRAPHIC: De kade van Oosterdam. Foto: ANP

LOAD-DATE: May 2, 2020

LANGUAGE: DUTCH; NEDERLANDS

PUBLICATION-TYPE: Krant


                         Copyright 2020 De Courant
                              All Rights Reserved

                               2 of 2 DOCUMENTS


                          Copyright 2002 De Courant

                                   De Courant

                               24. September 2002

                               September 24, 2002

LENGTE: 15 words

KOP: Bond wil het water terug

AUTEUR: PIETERSEN, PIET

TEKST:


De bond van schippers wil het water terug.

PUB-TYPE: Paper

TAAL: Dutch / Nederlands

LOAD-DATE: September 26, 2002

"""
FACTIVA_PLAIN = [
    ["Haven gaat dicht", "Jan Jansen", "31 woorden", "1 mei 2020", "06:30", "De Courant", "COUR", "3", "Nederlands",
     "Copyright 2020 De Courant. All rights reserved."],
    [LEAD, BODY],
    "COUR000020200501eg510000b",
]  # fmt: skip
FACTIVA_CODED = {
    "SE": "Binnenland", "HD": "Haven gaat dicht", "BY": "Jan Jansen", "WC": "31 words", "PD": "1 May 2020",
    "SN": "De Courant", "SC": "COUR", "LA": "Dutch", "CY": "Copyright 2020", "LP": LEAD, "TD": BODY,
    "ART": "De kade van Oosterdam. Foto: ANP", "NS": "gharb : Harbours", "AN": "Document COUR000020200501eg510000c",
}  # fmt: skip


def write_docx(path: Path, lines: list[str]) -> Path:
    """A Word document, a paragraph a line."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def write_rtf(path: Path, lines: list[str]) -> Path:
    """An RTF document, a paragraph a line; a line with ``|`` is a row of a table."""
    shown = [
        "".join(f"{cell}\\cell " for cell in line.split("|")) + "\\row\n" if "|" in line else f"\\pard {line}\\par\n"
        for line in map(_to_rtf, lines)
    ]
    head = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}{\\info{\\title No text}}\\f0\\fs20\n"
    path.write_text(head + "".join(shown) + "}", encoding="ascii")
    return path


def _to_rtf(line: str) -> str:
    return "".join(each if each.isascii() else f"\\u{ord(each)}?" for each in line)


def nexis_html() -> str:
    """An export of LexisNexis as HTML: blocks with classes that say nothing, in a comment that hides XML."""
    blocks = [block.split("\n") for block in LEXISNEXIS.split("\n\n")]
    shown = "".join(
        f'<div class="c0"><p class="c1"><span class="c2">{"<br>".join(line.strip() for line in block)}</span></p></div>\n'
        for block in blocks
        if "".join(block).strip()
    )
    return (
        f"<!DOCTYPE html><html><head><title>Print</title></head><body>\n<!-- Hide XML section -->{shown}</body></html>"
    )


def factiva_html(*, is_coded: bool = False) -> str:
    """A page of Factiva with one article."""
    heading, paragraphs, number = FACTIVA_PLAIN
    if is_coded:
        rows = "".join(f"<tr><td><b>{code}</b>&nbsp;</td><td>{text}</td></tr>" for code, text in FACTIVA_CODED.items())
        article = f"<table>{rows}</table>"
    else:
        fields = "".join(f"<div>{line}</div>" for line in heading[2:])
        text = "".join(f'<p class="articleParagraph nlarticleParagraph">{line}\n</p>' for line in paragraphs)
        article = (
            f'<div>Binnenland</div><div id="hd"><span class="nlHeadline">{heading[0]}</span></div>'
            f'<div class="author">{heading[1]}</div>{fields}{text}<p>Document {number}</p>'
        )
    return (
        "<html><head><title>Factiva</title><style>p{margin:0}</style></head><body><div>Terug</div>"
        f'<div class="article nlArticle">{article}</div></body></html>'
    )


def factiva_lines(*, is_coded: bool = False) -> list[str]:
    """The lines of an RTF export of Factiva."""
    heading, paragraphs, number = FACTIVA_PLAIN
    if is_coded:
        return [f"{code}|{text}" for code, text in FACTIVA_CODED.items()]
    return [*heading, "", *paragraphs, f"Document {number}", "Search Summary", "haven"]


def make_pdf(pages: list[list[str]]) -> bytes:
    """A PDF; an empty line leaves a larger distance, as between paragraphs."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        height, drawn = 800, []
        for line in lines:
            height -= 14 if line else 12
            text = line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            drawn += [b"BT /F1 11 Tf 1 0 0 1 50 %d Tm (%s) Tj ET" % (height, text)] if line else []
        stream = b"\n".join(drawn)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 820] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % at for at in places
    )
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def make_warc(pages: list[tuple[str, str, bytes]], *, is_packed: bool = True) -> bytes:
    """A web archive of answers: status, kind and content of each; packed, each record is a gzip member of its own."""
    records = []
    for number, (status, kind, content) in enumerate(pages):
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://courant.example/{number}\r\n"
            f"WARC-Date: 2020-05-01T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        records.append(head.encode() + answer + b"\r\n\r\n")
    return b"".join(gzip.compress(record, mtime=0) if is_packed else record for record in records)


def write_zip(path: Path, members: dict[str, bytes]) -> Path:
    """A zip archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path
