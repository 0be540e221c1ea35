"""Articles in: from paths to the table `articles`.

Reads files of any known format; returns tables `articles` and `notices`. One bad file never stops the rest: it
gets a row in `notices` that says what is wrong and what to do.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from posixpath import commonpath
from typing import Any, NamedTuple

import pandas as pd

from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.tables import make_table
from analysis.corpus.cleaning import clean_text
from analysis.corpus.dates import DATE_ORDERS, NO_DATE, UNCLEAR_ORDER, DatedText, cut_date_line, parse_date
from analysis.corpus.duplicates import find_duplicates
from analysis.corpus.files import Source, find_files
from analysis.corpus.formats.records import FileContent, RawArticle
from analysis.corpus.language import CANDIDATES, SUPPORTED, detect_language, normalise_language
from analysis.corpus.layout import arrange_paragraphs, find_headline
from analysis.corpus.readers import check_columns, read_source

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_MENU = 12
"""Paragraphs of a web page before which its headline is looked for; one after the story is a teaser."""


class Corpus(NamedTuple):
    """Tables `articles` and `notices`."""

    articles: pd.DataFrame
    notices: pd.DataFrame


def load_corpus(
    paths: str | Path | Iterable[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    outlet: str | None = None,
    language: str | None = None,
    date_order: str | None = None,
    max_characters: int = 1_000_000,
) -> Corpus:
    """Load articles and keep a record of what was refused, repaired or odd.

    Parameters
    ----------
    paths : path or iterable of paths
        Files (.txt, .html, .docx, .rtf, .pdf, .csv, .tsv, .xlsx, .jsonl, .parquet, .warc, .zip) or folders, searched
        with everything below them.
    columns : mapping, optional
        For tables, which column holds what: ``{"text": "body", "published": "date"}``. Keys: text, headline, published,
        outlet, article_id, language. What is not mapped is guessed from the usual Dutch and English names.
    outlet : str, optional
        Outlet of the articles whose file names none.
    language : str, optional
        ISO 639-1 code of the articles whose file names none; detected when left out.
    date_order : {"dmy", "mdy"}, optional
        What stands first in a date such as ``1/3/2026``; without it such a date is left out with a notice.
    max_characters : int
        Longer articles are refused.

    Returns
    -------
    Corpus
        ``articles`` and ``notices``, as `analysis.contracts.schema` describes them; ``articles`` may be empty.

    Raises
    ------
    InputError
        If a path does not exist, a folder holds no articles, or a mapped column is missing.
    UsageError
        If `columns`, `language` or `date_order` are not understood.

    Notes
    -----
    Ids come from file names, so they depend neither on the order of the files nor on where the folder lies. A file
    that holds several articles adds the number of the row. A date column goes before a date line in the text.
    """
    check_columns(columns)
    fixed_language = None if language is None else normalise_language(language)
    if language is not None and fixed_language is None:
        raise UsageError(f"language: {language!r} is no language code. Use nl, en or another ISO 639-1 code.")
    if date_order not in (None, *DATE_ORDERS):
        raise UsageError(f"date_order: {date_order!r} is unknown. Use {' or '.join(DATE_ORDERS)}.")
    sources, others = find_files(paths)
    notices: list[dict[str, Any]] = [
        _note(other.source_file, None, None, "refused", other.reason, other.remedy) for other in others
    ]
    rows: list[dict[str, Any]] = []
    options = {"columns": columns, "max_characters": max_characters, "outlet": outlet}
    for source, content in (pair for given in sources for pair in read_source(given, **options)):
        notices += [
            _note(
                source.source_file,
                refusal.row,
                None if refusal.notice == "refused" else source.stem,
                refusal.notice,
                refusal.reason,
                refusal.remedy,
            )
            for refusal in content.refusals
        ]
        for raw in content.articles:
            try:
                row, notes = _make_row(raw, source, content, outlet, fixed_language, date_order)
            except MemoryError:
                raise
            except Exception as error:  # whatever cleaning stumbles over costs one article
                reason = f"the article cannot be cleaned ({type(error).__name__})"
                remedy = "All others are read; please report this with the article"
                row, notes = None, [_note(source.source_file, raw.row, None, "refused", reason, remedy)]
            notices += notes
            if row is not None:
                rows.append(row)
    notices += _name_apart(rows)
    notices_table = _finish_notices(notices, rows)
    if not rows:
        return Corpus(make_table("articles", []), notices_table)
    frame = pd.DataFrame(rows).drop(columns=["row", "stem"])
    articles = make_table("articles", frame.assign(duplicate_of=find_duplicates(frame)))
    where = {row["article_id"]: row["row"] for row in rows}
    copies = [
        _note(
            article["source_file"],
            where[article["article_id"]],
            article["article_id"],
            "duplicate",
            f"same text as {article['duplicate_of']}",
            "Kept; leave out rows where duplicate_of is filled in to count each text once",
        )
        for article in articles[articles["duplicate_of"].notna()].to_dict("records")
    ]
    if copies:
        notices_table = make_table("notices", pd.DataFrame([*notices_table.to_dict("records"), *copies]))
    return Corpus(articles, notices_table)


def load_articles(
    paths: str | Path | Iterable[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    outlet: str | None = None,
    language: str | None = None,
    date_order: str | None = None,
    max_characters: int = 1_000_000,
) -> pd.DataFrame:
    """Load articles; the same as `load_corpus`, for when only the articles are needed.

    Parameters
    ----------
    paths, columns, outlet, language, date_order, max_characters
        As for `load_corpus`.

    Returns
    -------
    DataFrame
        Table `articles`, with at least one row.

    Raises
    ------
    InputError
        If nothing could be loaded; the message gives the first reason.

    Warns
    -----
    UserWarning
        Once, if files or rows were refused.
    """
    corpus = load_corpus(
        paths,
        columns=columns,
        outlet=outlet,
        language=language,
        date_order=date_order,
        max_characters=max_characters,
    )
    refused = corpus.notices[corpus.notices["notice"] == "refused"]
    if corpus.articles.empty:
        raise InputError(explain_refusals(corpus.notices))
    if len(refused):
        first = refused.iloc[0]
        warnings.warn(
            f"{len(refused)} of the files or rows were refused, the first being {first['source_file']}: "
            f"{first['reason']}. load_corpus(...).notices lists them all.",
            UserWarning,
            stacklevel=2,
        )
    return corpus.articles


def explain_refusals(notices: pd.DataFrame) -> str:
    """Say why no article could be loaded: the first reason with its remedy, and how many more there are.

    Parameters
    ----------
    notices : DataFrame
        Table `notices`.

    Returns
    -------
    str
    """
    refused = notices[notices["notice"] == "refused"]
    if refused.empty:
        return "No article could be loaded."
    first = refused.iloc[0]
    more = f" So were {len(refused) - 1} more files or rows." if len(refused) > 1 else ""
    return f"No article could be loaded. Refused: {first['source_file']}: {first['reason']}. {first['remedy']}.{more}"


def _make_row(
    raw: RawArticle,
    source: Source,
    content: FileContent,
    outlet: str | None,
    language: str | None,
    date_order: str | None,
) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """One row of `articles` (None when nothing is left of the text), and what there is to say about it."""
    cleaned = clean_text(raw.text)
    body = DatedText(cleaned.text, NO_DATE) if raw.is_export else cut_date_line(cleaned.text, order=date_order)
    text = arrange_paragraphs(body.text)
    if not text:
        reason, remedy = "nothing is left of the text after cleaning", "Fill in the text or leave it out"
        return None, [_note(source.source_file, raw.row, None, "refused", reason, remedy)]
    headline = _one_line(raw.headline)
    if headline:
        text = _put_headline(headline, text)
    else:
        headline = find_headline(text)
    given_id = _one_line(raw.article_id)
    article_id = given_id or source.stem
    if not given_id and raw.row is not None:
        article_id = f"{source.stem}:{raw.row:06d}"
    notes: list[dict[str, Any]] = []

    def add(notice: str, reason: str, remedy: str) -> None:
        notes.append(_note(source.source_file, raw.row, article_id, notice, reason, remedy))

    found = parse_date(raw.published, order=date_order)
    if found.published is None and (body.date.published is not None or found.problem == "no date"):
        found = body.date
    if found.published is None and not raw.is_export:
        remedy = "Kept without a date; add a date column or a first line such as: date 2020-01-31"
        if str(found.problem).endswith(UNCLEAR_ORDER):
            remedy = "Kept without a date; say which with date_order (--date-order): dmy or mdy"
        add("undated", str(found.problem), remedy)
    if not source.has_plain_name:
        reason = f"the name of the file is not UTF-8; shown as {PurePosixPath(source.source_file).name}"
        add("repaired", reason, "Kept; rename the file")
    if content.encoding != "utf-8":
        remedy = "Kept; check accents and quotation marks, or save the file as UTF-8"
        add("repaired", f"not UTF-8; read as {content.encoding.replace('_', '-')}", remedy)
    if cleaned.is_repaired:
        remedy = "Kept; check accents and quotation marks"
        add("repaired", "text that was decoded with the wrong encoding was repaired", remedy)
    code = _find_language(raw, text) or language or detect_language(text)
    if code not in SUPPORTED:
        remedy = "Kept with its sentences, but not coded; set language if the detection is wrong"
        add("unsupported_language", f"the language is {code}; the coders know {' and '.join(SUPPORTED)}", remedy)
    row = {
        "article_id": article_id,
        "outlet": _one_line(raw.outlet) or outlet,
        "published": found.published,
        "published_precision": found.precision,
        "headline": headline,
        "text": text,
        "language": code,
        "source_file": source.source_file,
        "n_words": len(_WORD.findall(text)),
        "row": raw.row,
        "stem": source.stem,
    }
    return row, notes


def _find_language(raw: RawArticle, text: str) -> str | None:
    """The language that a row or page names; that of a page only if its words do not tell otherwise."""
    code = normalise_language(raw.language) if raw.language else None
    if code in CANDIDATES and raw.row is None and code != detect_language(text, default=code):
        return None  # many sites say `en` on every page
    return code


def _put_headline(headline: str, text: str) -> str:
    """The text with its headline first and once: a web page repeats it after its menu."""
    paragraphs = text.split("\n\n")
    place = next((n for n, part in enumerate(paragraphs[:_MENU]) if " ".join(part.split()) == headline), None)
    rest = paragraphs if place is None else paragraphs[:place] + paragraphs[place + 1 :]
    return "\n\n".join([headline, *rest])


def _one_line(given: str | None) -> str | None:
    """A cell cleaned like the text (it may hold what no file can), in one line; None where nothing is left."""
    return " ".join(clean_text(given).text.split()) or None if given else None


def _name_apart(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Make repeated ids unique, changing `rows`: first by file, then by full path, then by row."""
    notes: list[dict[str, Any]] = []
    folders = {PurePosixPath(row["source_file"]).parent.as_posix() for row in rows}
    # Named from the deepest folder that holds all files on: where that folder lies is not part of an id.
    common = commonpath(folders) if len({PurePosixPath(folder).is_absolute() for folder in folders}) == 1 else ""
    for row in rows:
        row["original_id"] = row["article_id"]
        row["below"] = row["source_file"].removeprefix(common).lstrip("/")
    for pattern in ("{stem}:{original_id}", "{below}:{original_id}", "{below}:{original_id}:{row}"):
        counts = pd.Series([row["article_id"] for row in rows], dtype="str").value_counts()
        repeated = set(counts[counts > 1].index)
        for row in rows:
            if row["article_id"] in repeated:
                row["article_id"] = pattern.format_map(row)
    for row in rows:
        original = row.pop("original_id")
        del row["below"]
        if row["article_id"] != original:
            reason = f"the id {original} is used more than once; this article is now {row['article_id']}"
            remedy = "Kept; give every article an id of its own to choose the name yourself"
            notes.append(_note(row["source_file"], row["row"], row["article_id"], "duplicate", reason, remedy))
    return notes


def _finish_notices(notices: list[dict[str, Any]], rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Table `notices`, with the ids that the articles have in the end."""
    final = {(row["source_file"], row["row"]): row["article_id"] for row in rows}
    named = [
        {**note, "article_id": final.get((note["source_file"], note["row"])) if note["article_id"] else None}
        for note in notices
    ]
    return make_table("notices", named)


def _note(
    source_file: str, row: int | None, article_id: str | None, notice: str, reason: str, remedy: str
) -> dict[str, Any]:
    return {
        "source_file": source_file,
        "row": row,
        "article_id": article_id,
        "notice": notice,
        "reason": reason,
        "remedy": remedy,
    }
