"""Where the reading model lies, and one loaded model for everyone who asks.

Reads ``data/models/reading-nl-en.npz``, or the file named by the environment variable ``FRAMEWIJS_MODEL``; returns a
`ReadingModel`. A model is loaded once for each way of asking, however many threads ask; nothing is loaded at import.
"""

from __future__ import annotations

import os
import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.paths import MODELS
from analysis.reading.model_file import HOW_TO_GET

if TYPE_CHECKING:
    from analysis.reading.model import ReadingModel

MODEL_NAME = "reading-nl-en.npz"
#: Environment variables: another model file, and the number of threads.
MODEL_VARIABLE = "FRAMEWIJS_MODEL"
THREADS_VARIABLE = "FRAMEWIJS_THREADS"
_LOCK = threading.Lock()


def reading_model_path() -> Path:
    """Return where the reading model lies, whether or not it is there.

    Returns
    -------
    pathlib.Path
        ``data/models/reading-nl-en.npz``, or what the environment variable ``FRAMEWIJS_MODEL`` names.
    """
    return Path(os.environ.get(MODEL_VARIABLE) or MODELS / MODEL_NAME)


def check_reading_model() -> None:
    """Raise `InputError`, with the remedy, unless the file of the reading model is there."""
    path = reading_model_path()
    if not path.is_file():
        raise InputError(f"{path}: no reading model there; {HOW_TO_GET}")


def count_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def load_reading_model(*, precision: str = "exact", n_threads: int | None = None) -> ReadingModel:
    """Load the reading model, or return the one that is loaded already.

    Parameters
    ----------
    precision : {"exact", "fast"}
        See `analysis.reading.model.ReadingModel`.
    n_threads : int, optional
        Threads; by default the number in the environment variable ``FRAMEWIJS_THREADS``, or as many as the process
        may use. The results do not depend on it.

    Returns
    -------
    ReadingModel
        The same object for the same arguments, as long as the file does not change.

    Raises
    ------
    InputError
        If the file is missing, damaged or no model of this format.
    UsageError
        If `precision` is unknown, or the number of threads is no whole number above 0.

    Notes
    -----
    The file is `reading_model_path`.
    """
    check_reading_model()
    path = reading_model_path().resolve()
    wanted = n_threads if n_threads is not None else _threads_of_environment()
    if wanted is not None and wanted < 1:
        raise UsageError(f"n_threads={wanted}: use at least 1")
    with _LOCK:
        return _load(path, path.stat().st_mtime_ns, precision, wanted)


@lru_cache(maxsize=4)
def _load(path: Path, changed: int, precision: str, n_threads: int | None) -> ReadingModel:  # noqa: ARG001  a key
    from analysis.reading.model import ReadingModel  # noqa: PLC0415  onnxruntime is not needed to read by rules

    return ReadingModel.load(path, precision=precision, n_threads=n_threads)


def _threads_of_environment() -> int | None:
    text = os.environ.get(THREADS_VARIABLE, "").strip()
    if not text:
        return None
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(f"{THREADS_VARIABLE}={text}: use a whole number above 0, or unset it")
    return int(text)
