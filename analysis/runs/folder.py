"""The folder of a run: one run at a time, and what an earlier one left.

Reads the folder; writes two small files that keep other runs out, since two would remove each other's unfinished work,
and removes them when the run ends. The system lets go of the lock of a process that dies, however it dies, so that no
lock is ever stale.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout

from analysis.contracts.errors import InputError, StudyError
from analysis.corpus.storage import describe_full, find_table, read_table

LOCK, HOLDER = ".lock", ".lock-holder"
"""The file that is locked, and one that says by whom: Windows lets nobody read the first."""


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder, which is made if needed.

    Parameters
    ----------
    folder : Path
        Where the run writes.

    Raises
    ------
    StudyError
        When another run is at work there; the message says which.
    InputError
        When the folder cannot be written.
    """
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        (folder / HOLDER).write_text(f"process {os.getpid()} on {platform.node()}", encoding="utf-8")
    except Timeout as error:
        raise StudyError(
            f"{folder} is in use by another run ({_name_holder(folder)}). Wait until it is done, stop it, or choose "
            "another folder with --out."
        ) from error
    except OSError as error:
        lock.release()
        raise InputError(describe_full(folder, error)) from error
    try:
        yield
    finally:
        for name in (
            HOLDER,
            LOCK,
        ):  # before the lock is let go, lest another run's are removed; Windows removes its own
            with suppress(OSError):
                (folder / name).unlink()
        lock.release()


def _name_holder(folder: Path) -> str:
    try:
        return (folder / HOLDER).read_text(encoding="utf-8") or "it has just begun"
    except OSError:
        return "it has just begun"


def count_lost(folder: Path, articles: pd.DataFrame) -> int:
    """Articles with results in a folder that are not among `articles`, word for word."""
    old = find_table(folder, "articles")
    if old is None:
        return 0
    identity = ["article_id", "text"]
    try:
        known = set(read_table(old, "articles")[identity].itertuples(index=False, name=None))
    except InputError:  # damaged, or of another version: nothing to lose
        return 0
    return len(known - set(articles[identity].itertuples(index=False, name=None)))
