"""A corpus coded once: the tables of `code_articles`, kept on disk for whoever asks for the same again.

Reads articles and a codebook; returns the tables that `analysis.runs.chain.code_articles` returns, and keeps them in a
folder whose name is the fingerprint of everything they depend on. So notebooks about one corpus code it once, and a
changed article, codebook, option, rule, word list or model is coded anew: there is nothing to clear.
"""

from __future__ import annotations

import inspect
import json
import shutil
import tempfile
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.codebook.load import Codebook
from analysis.contracts.errors import InputError
from analysis.contracts.paths import BUILD
from analysis.contracts.tables import Tables
from analysis.corpus import read_tables, write_tables
from analysis.runs.chain import code_articles
from analysis.runs.identity import checksum_of_coder, checksum_of_file, fingerprint, is_coder_as_imported, is_plain

FOLDER = BUILD / "coded"
"""Where tables are kept; `make clean` removes it."""
CONTENTS = "contents.json"
"""File of an entry with the checksums of its tables."""
OWN_READINGS = ("model", "rules")
"""Readings of the project; any other is a spaCy pipeline, which has a version of its own."""


def code_once(articles: pd.DataFrame, codebook: Codebook, *, folder: str | Path = FOLDER, **options: Any) -> Tables:
    """Read and code articles, or return what was kept of the same work.

    Parameters
    ----------
    articles : DataFrame
        Table ``articles``, as `load_articles` returns it.
    codebook : Codebook
        Actors and frames to look for.
    folder : path, default ``build/coded`` in the project
        Where tables are kept, an entry per fingerprint; made if needed.
    **options
        Options of `analysis.runs.chain.code_articles`.

    Returns
    -------
    Tables
        The same tables as `code_articles` returns: rows, order, dtypes and what is missing.

    Raises
    ------
    UsageError, InputError
        As `code_articles`.
    TypeError
        For an option that `code_articles` does not have.

    Notes
    -----
    An entry is written beside its place and moved there whole, so that two processes at once, or one that breaks off,
    leave no half entry; the second of two drops its own. An entry with a damaged or missing file is coded again.
    Nothing is kept, and nothing read, when a file of the coder changed after this process imported it (the hash would
    speak for other rules than those that run), for a spaCy pipeline that is no installed package and so has no
    version, and for an option that holds an object, such as a model of your own. A folder that cannot be written costs
    time only.

    Examples
    --------
    >>> from analysis import load_articles, load_codebook, paths
    >>> seed, codebook = load_articles(paths.SEEDS), load_codebook(paths.CODEBOOKS / "seed.yaml")
    >>> first = code_once(seed, codebook)
    >>> code_once(seed, codebook).features.equals(first.features)
    True
    """
    given = inspect.signature(code_articles).bind(articles, codebook, **options)
    given.apply_defaults()
    version = _version_of_reading(given.kwargs["reading"])
    has_name = version is not None and all(map(is_plain, given.kwargs.values()))
    if not has_name or not is_coder_as_imported():
        return code_articles(articles, codebook, **options)
    coder = f"{checksum_of_coder()} {version}"
    entry = Path(folder) / fingerprint(articles, codebook, given.kwargs, coder)
    kept = _read_entry(entry)
    if kept is None:
        kept = code_articles(articles, codebook, **options)
        with suppress(OSError, InputError):  # not kept is not wrong
            _write_entry(kept, entry)
    return kept


def _version_of_reading(reading: str) -> str | None:
    """What tells this version of a reading from another; None where nothing does."""
    if reading in OWN_READINGS:
        return reading
    try:
        return f"{reading} {metadata.version(reading)}"
    except (metadata.PackageNotFoundError, ValueError):
        return None


def _read_entry(entry: Path) -> Tables | None:
    """Tables of an entry; None where there is none or it is not as it was written."""
    try:
        contents = json.loads((entry / CONTENTS).read_text(encoding="utf-8"))
        if any(checksum_of_file(entry / name) != checksum for name, checksum in contents.items()):
            return None
        return read_tables(entry)
    except (OSError, ValueError, AttributeError, InputError):
        return None


def _write_entry(tables: Tables, entry: Path) -> None:
    """Write an entry beside its place and move it there; one that is there is damaged, or another process's."""
    entry.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix="unfinished-", dir=entry.parent))
    try:
        files = write_tables(tables, temporary / entry.name)
        contents = {path.name: checksum_of_file(path) for path in files}
        (temporary / entry.name / CONTENTS).write_text(json.dumps(contents, indent=2) + "\n", encoding="utf-8")
        if entry.exists() and _read_entry(entry) is None:
            entry.replace(temporary / "damaged")
        with suppress(OSError):  # another process was first, with the same tables
            (temporary / entry.name).replace(entry)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
