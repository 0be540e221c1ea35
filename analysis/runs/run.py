"""What `framewijs code` does: articles in, every table and a manifest out, whatever interrupts it.

Reads article files and a codebook; writes a folder with one file per table and ``manifest.json``. Articles are coded
in chunks. A finished chunk is kept under ``OUT/.partial`` until all are done, named by a fingerprint of everything
it depends on, so that a run that was broken off goes on where it stopped. The same articles give the same bytes
with any number of workers, in any order of files, at one go or in several.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from importlib import metadata
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any

import pandas as pd

from analysis.codebook.load import Codebook, load_codebook
from analysis.coding.frames.methods import DEFAULT as FRAME_METHODS
from analysis.coding.frames.methods import check_frame_methods
from analysis.contracts.errors import InputError, StudyError, UsageError
from analysis.contracts.paths import DATA
from analysis.contracts.tables import LAYERS, Tables, concat_tables, empty_table, make_table
from analysis.corpus import load_corpus, write_tables
from analysis.corpus.files import show_name
from analysis.corpus.language import SUPPORTED, normalise_language
from analysis.corpus.loading import explain_refusals
from analysis.corpus.storage import FORMATS, count_dangers, find_table, read_table, replace_file
from analysis.reading.model_loading import THREADS_VARIABLE, count_processors, reading_model_path
from analysis.runs.chain import METHODS, check_methods, code_articles, describe_model
from analysis.runs.folder import count_lost, hold_folder
from analysis.runs.identity import PACKAGES, checksum_of_coder, checksum_of_file, find_word_lists, fingerprint
from analysis.runs.own_patterns import check_own_patterns

CHUNK_SIZE = 20
"""Articles per chunk: about a minute of work, so that little is lost when a run breaks off, and workers can share."""
PARTIAL = ".partial"
MANIFEST = "manifest.json"
EVIDENCE = "evidence"
FATAL = (UsageError, MemoryError, OSError)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class CodingOptions:
    """Options that change what is coded; they are part of the fingerprint of a chunk and of the manifest."""

    reading: str = "model"
    methods: tuple[str, ...] = METHODS
    frames: tuple[str, ...] = FRAME_METHODS
    metonyms: bool = True
    captions: bool = False
    precision: str = "exact"


def code_corpus(
    paths: Sequence[str | Path],
    codebook_file: str | Path,
    out: str | Path,
    *,
    format: str = "parquet",  # noqa: A002  the option is called so on the command line
    columns: Mapping[str, str] | None = None,
    outlet: str | None = None,
    language: str | None = None,
    date_order: str | None = None,
    max_characters: int = 1_000_000,
    coding: CodingOptions | None = None,
    workers: int = 1,
    evidence: bool = False,
    chunk_size: int = CHUNK_SIZE,
    on_progress: Progress | None = None,
    tell: Callable[[str], None] | None = None,
) -> dict[str, Any]:
    """Code a corpus and write every table.

    Parameters
    ----------
    paths : sequence of paths
        Files and folders with articles, as for `load_corpus`.
    codebook_file : path
        Codebook, as for `load_codebook`.
    out : path
        Folder to write to; made if needed. Only files that this function writes are replaced.
    format : {"parquet", "csv", "csv-guarded"}
        Format of the tables, as for `write_tables`.
    columns, outlet, language, date_order, max_characters
        As for `load_corpus`; only a language that the coders know.
    coding : CodingOptions, optional
        Options of the coders.
    workers : int, default 1
        Processes that code at the same time; the result does not depend on it.
    evidence : bool, default False
        Also write every article as HTML with its evidence highlighted, to ``out/evidence``.
    chunk_size : int, default 20
        Articles per chunk; the result does not depend on it.
    on_progress : callable, optional
        Called with the number of chunks done and their total, first for what an earlier run left.
    tell : callable, optional
        Called with a line, before anything is coded, when results of other articles are about to be replaced, and with
        one when a spreadsheet program would run text of the tables as formulas.

    Returns
    -------
    dict
        The manifest: versions, checksums, options, number of rows per table, notices, files written.

    Raises
    ------
    UsageError
        When `out` is a file, holds the articles or lies among them, or an option is out of range.
    InputError
        When no article can be loaded, or the file of the reading model is missing.
    StudyError
        When another run is at work in `out`, or the coding process is killed from outside.

    Notes
    -----
    An article on which a coder fails is refused, with the reason in the notices; the other articles of its chunk
    are coded as if it had not been there.
    """
    coding = coding or CodingOptions()
    out = Path(out)
    if format not in FORMATS:
        raise UsageError(f"--format {format}: unknown format; use {', '.join(FORMATS[:-1])} or {FORMATS[-1]}")
    if workers < 1 or chunk_size < 1:
        raise UsageError("--workers and --chunk-size must be at least 1")
    if language is not None and normalise_language(language) not in SUPPORTED:
        raise UsageError(f"--language {language}: is not supported; use {' or '.join(SUPPORTED)}, or leave it out")
    check_methods(coding.methods)
    check_frame_methods(coding.frames, verb="--frames")
    check_out(out, paths)
    codebook = load_codebook(codebook_file)
    check_own_patterns(codebook, reading=coding.reading)  # a mistake in it is said before anything is coded
    articles, notices = load_corpus(
        list(paths),
        columns=columns,
        outlet=outlet,
        language=language,
        date_order=date_order,
        max_characters=max_characters,
    )
    if articles.empty:
        raise InputError(explain_refusals(notices))
    articles, notices = _hide_folders(articles, paths), _hide_folders(notices, paths)
    model = describe_model(coding.reading, coding.methods, coding.frames)
    with hold_folder(out):
        if tell and (n_lost := count_lost(out, articles)):
            tell(f"{out} holds results of {n_lost} other articles, soon replaced; to keep them press Ctrl-C now.")
        tables, failures = _code_in_chunks(articles, codebook, coding, out, workers, chunk_size, on_progress)
        if tables.articles.empty:
            shutil.rmtree(out / PARTIAL, ignore_errors=True)  # nothing in it is worth going on from
            raise StudyError(f"No article could be coded. {failures['reason'].iloc[0]}. {failures['remedy'].iloc[0]}.")
        if len(failures):
            notices = make_table("notices", pd.concat([notices, failures], ignore_index=True))
        stale = _files_of_last_run(out)
        (out / MANIFEST).unlink(missing_ok=True)  # a folder without a manifest is one that was not finished
        files = write_tables(tables, out, format)
        if tell and format == "csv" and (n_dangers := count_dangers(tables)):
            tell(
                f"{n_dangers} cells begin with =, +, - or @, which a spreadsheet program may run as formulas; for one, "
                "use --format csv-guarded."
            )
        if evidence:
            from analysis.display import write_evidence  # noqa: PLC0415  only needed here

            files += write_evidence(tables, codebook, out / EVIDENCE)
        _remove_stale(out, stale, files)
        manifest = _describe(
            tables, notices, codebook, files, out, model=model,
            options=asdict(coding) | {
                "methods": list(coding.methods), "frames": list(coding.frames), "format": format,
                "columns": dict(columns or {}), "outlet": outlet, "language": language, "date_order": date_order,
                "max_characters": max_characters, "evidence": evidence,
            },
        )  # fmt: skip
        text = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        replace_file(out / MANIFEST, text.encode())
        shutil.rmtree(out / PARTIAL, ignore_errors=True)
        return manifest


def check_out(out: Path, paths: Iterable[str | Path]) -> None:
    """Refuse a folder to write to that is a file, holds the articles, or lies among them."""
    if out.exists() and not out.is_dir():
        raise UsageError(f"--out {out}: is a file; name a folder")
    target = out.resolve()
    for path in map(Path, paths):
        source = path.resolve()
        if target == source or target in source.parents:
            raise UsageError(
                f"--out {out}: holds the articles ({path}); name another folder, so that none is overwritten"
            )
        if source in target.parents:
            raise UsageError(
                f"--out {out}: lies among the articles ({path}); name a folder outside, or it is read as articles"
            )


def _code_in_chunks(
    articles: pd.DataFrame,
    codebook: Codebook,
    coding: CodingOptions,
    out: Path,
    workers: int,
    chunk_size: int,
    on_progress: Progress | None,
) -> tuple[Tables, pd.DataFrame]:
    coder = checksum_of_coder()
    (out / PARTIAL).mkdir(exist_ok=True)
    chunks = [articles.iloc[first : first + chunk_size] for first in range(0, len(articles), chunk_size)]
    folders = [out / PARTIAL / fingerprint(chunk, codebook, asdict(coding), coder) for chunk in chunks]
    waiting = [(chunk, folder) for chunk, folder in zip(chunks, folders, strict=True) if not folder.is_dir()]
    done = len(chunks) - len(waiting)
    report = on_progress or (lambda _done, _total: None)
    report(done, len(chunks))
    if workers == 1 or len(waiting) < 2:
        for chunk, folder in waiting:
            _code_chunk(chunk, codebook, coding, folder)
            report(done := done + 1, len(chunks))
    else:
        # spawn: the same on Linux, macOS and Windows, and safe beside threads of the parent.
        pool = ProcessPoolExecutor(
            min(workers, len(waiting)),
            mp_context=get_context("spawn"),
            initializer=_start_worker,
            initargs=(min(workers, len(waiting)),),
        )
        try:
            futures = [pool.submit(_code_chunk, chunk, codebook, coding, folder) for chunk, folder in waiting]
            for future in as_completed(futures):
                future.result()
                report(done := done + 1, len(chunks))
        except BrokenProcessPool as error:
            raise StudyError(
                "A worker process was killed, perhaps for want of memory. Run the same command again with fewer "
                "--workers: finished work is kept."
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    parts = [
        _read_chunk(folder) or _code_again(chunk, codebook, coding, folder)
        for chunk, folder in zip(chunks, folders, strict=True)
    ]
    tables = concat_tables([tables for tables, _ in parts])
    failures = [found for _, found in parts if len(found)]
    joined = make_table("notices", pd.concat(failures, ignore_index=True)) if failures else empty_table("notices")
    return tables, joined


def _start_worker(n_workers: int) -> None:
    """Let the parent answer Ctrl-C, which reaches all, end when it ends, and take a fair share of the processors."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    os.environ.setdefault(THREADS_VARIABLE, str(max(1, count_processors() // n_workers)))


def _end_with_parent() -> None:
    """End this process when its parent is gone, however it was killed: nobody would read the work."""
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


def _code_chunk(articles: pd.DataFrame, codebook: Codebook, coding: CodingOptions, folder: Path) -> None:
    """Code a chunk and keep its tables in `folder`, which appears only when all of them are written."""
    articles = articles.reset_index(drop=True)
    failures: list[dict[str, Any]] = []
    try:
        tables = code_articles(articles, codebook, **asdict(coding))
    except FATAL:
        raise  # a wrong option, a full disk or memory is no fault of an article
    except Exception:  # whatever a coder stumbles over costs one article, and the notice says which
        tables, failures = _code_apart(articles, codebook, coding)
    temporary = Path(tempfile.mkdtemp(prefix="unfinished-", dir=folder.parent))
    write_tables(dict(tables.items()) | {"notices": make_table("notices", failures)}, temporary)
    temporary.replace(folder)


def _code_apart(
    articles: pd.DataFrame, codebook: Codebook, coding: CodingOptions
) -> tuple[Tables, list[dict[str, Any]]]:
    """Code article by article and leave out those on which a coder fails."""
    parts: list[Tables] = []
    failures: list[dict[str, Any]] = []
    for place in range(len(articles)):
        article = articles.iloc[[place]].reset_index(drop=True)
        try:
            parts.append(code_articles(article, codebook, **asdict(coding)))
        except FATAL:
            raise
        except Exception as error:
            what = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
            failures.append(
                {
                    "source_file": article["source_file"][0],
                    "row": None,
                    "article_id": article["article_id"][0],
                    "notice": "refused",
                    "reason": f"the coder failed on this article ({what})",
                    "remedy": "All other articles are coded; please report this with the article",
                }
            )
    return concat_tables(parts), failures


def _read_chunk(folder: Path) -> tuple[Tables, pd.DataFrame] | None:
    """Tables of a finished chunk; None where a file is missing or damaged, as after a crash of the machine."""
    names = [*LAYERS, "notices"]
    found = {name: path for name in names if (path := find_table(folder, name)) is not None}
    if len(found) < len(names):
        return None
    try:
        read = {name: read_table(path, name) for name, path in found.items()}
    except InputError:
        return None
    notices = read.pop("notices")
    return Tables(**read), notices


def _code_again(
    chunk: pd.DataFrame, codebook: Codebook, coding: CodingOptions, folder: Path
) -> tuple[Tables, pd.DataFrame]:
    shutil.rmtree(folder)
    _code_chunk(chunk, codebook, coding, folder)
    if (read := _read_chunk(folder)) is None:
        raise InputError(f"{folder} is damaged. Remove the folder {folder.parent} and run the same command again.")
    return read


def _hide_folders(table: pd.DataFrame, paths: Iterable[str | Path]) -> pd.DataFrame:
    """Name files from the folder that was given on, so that the output is the same on every machine."""
    parents = {path.parent.as_posix().rstrip("/") for path in map(Path, paths) if path.is_absolute()}
    prefixes = sorted(f"{show_name(parent)}/" for parent in parents)
    shown = table["source_file"]
    for prefix in reversed(prefixes):  # the longest of nested folders first
        shown = shown.map(lambda name, prefix=prefix: name.removeprefix(prefix))
    return table.assign(source_file=shown.astype("str"))


def _files_of_last_run(out: Path) -> list[str]:
    """Files that the manifest of an earlier run lists; none when there is no manifest of ours."""
    try:
        listed = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["files"]
        return [str(name) for name in listed]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _remove_stale(out: Path, listed: Iterable[str], files: Iterable[Path]) -> None:
    """Remove evidence pages of the last run that this run did not write again."""
    kept = {path.relative_to(out).as_posix() for path in files}
    for name in listed:
        parts = name.split("/")
        if name not in kept and len(parts) == 2 and parts[0] == EVIDENCE and parts[1].endswith(".html"):
            (out / EVIDENCE / parts[1]).unlink(missing_ok=True)
    folder = out / EVIDENCE
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _describe(
    tables: Tables,
    notices: pd.DataFrame,
    codebook: Codebook,
    files: Iterable[Path],
    out: Path,
    *,
    options: dict[str, Any],
    model: dict[str, str] | None,
) -> dict[str, Any]:
    known = notices.astype(object).where(notices.notna(), None)
    return {
        "framewijs": metadata.version("framewijs"),
        "python": platform.python_version(),
        "packages": {name: metadata.version(name) for name in PACKAGES},
        "reading": options["reading"],
        "model": model and {**model, "checksum": checksum_of_file(reading_model_path())},
        "codebook": {"name": codebook.name, "files": list(codebook.sources), "checksum": codebook.checksum},
        "resources": {path.relative_to(DATA).as_posix(): checksum_of_file(path) for path in find_word_lists()},
        "options": options,
        "counts": {name: len(table) for name, table in tables.items()},
        "notices": known.to_dict("records"),
        "files": {path.relative_to(out).as_posix(): checksum_of_file(path) for path in files},
    }
