"""Validation: how well the coders do against gold codes, task by task.

Reads a gold file in one of the formats of the reference data; returns a `Report` with the coder's default method first,
then baselines. A task is an entry of `TASKS`; a new one needs a function and a format in `analysis.validation.gold`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis.codebook import EMPTY, Codebook, load_codebook
from analysis.errors import UsageError
from analysis.paths import CODEBOOKS
from analysis.validation import frames, polarity, spans
from analysis.validation.gold import read_gold
from analysis.validation.report import Report, Result

SEED = 20200101
N_DRAWS = 1000


@dataclass(frozen=True)
class Task:
    """How a task is scored: its methods, the default first, and whether it takes a codebook or a limit of sentences."""

    score: Callable[..., list[Result]]
    methods: tuple[str, ...]
    takes_codebook: bool = False
    takes_sentences: bool = False
    default_codebook: Path | None = None


TASKS = {
    "target": Task(polarity.score_target, polarity.TARGET_METHODS),
    "tone": Task(polarity.score_tone, polarity.TONE_METHODS),
    "quotes": Task(spans.score_quotes, spans.QUOTE_METHODS, takes_codebook=True),
    "actors": Task(spans.score_actors, spans.ACTOR_METHODS, takes_codebook=True, takes_sentences=True),
    "frames": Task(
        frames.score_frames, frames.METHODS, takes_codebook=True, default_codebook=CODEBOOKS / "frames_generic.yaml"
    ),
}
"""Tasks by name, in the order of the data's way."""


def validate(
    task: str,
    gold: str | Path,
    *,
    method: str | None = None,
    codebook: str | Path | None = None,
    sentences: int | None = None,
    seed: int = SEED,
    n_draws: int = N_DRAWS,
) -> Report:
    """Score the coder against a gold file.

    Parameters
    ----------
    task : {"target", "tone", "quotes", "actors", "frames"}
        What is scored.
    gold : path
        JSON Lines in the format of the task; a relative path may start from the folder of the reference data.
    method : str, optional
        Method of the coder to score first; the default method when left out.
    codebook : path, optional
        For quotes and actors: the actors to look for (none by default: every actor is then one that no codebook lists).
        For frames: the frames (by default the generic frames that the project ships).
    sentences : int, optional
        For actors: only score the first sentences of each text.
    seed, n_draws : int
        Of the bootstrap.

    Returns
    -------
    Report

    Raises
    ------
    UsageError
        For an unknown task or method, or an option that the task does not take.
    InputError
        For gold that is missing or malformed.
    CodebookError
        For a codebook that breaks its rules.
    """
    if task not in TASKS:
        raise UsageError(f"unknown task '{task}'; use one of {', '.join(TASKS)}")
    chosen = TASKS[task]
    if method is not None and method not in chosen.methods:
        raise UsageError(f"--method {method}: unknown for the task {task}; use {' or '.join(chosen.methods)}")
    if codebook is not None and not chosen.takes_codebook:
        raise UsageError(f"--codebook: the task {task} takes no codebook; leave it out")
    if sentences is not None and (not chosen.takes_sentences or sentences < 1):
        raise UsageError("--sentences: is for the task actors, and at least 1; leave it out")
    rows = read_gold(gold, task)
    options: dict[str, object] = {"method": method or chosen.methods[0], "seed": seed, "n_draws": n_draws}
    if chosen.takes_codebook:
        options["codebook"] = _load(codebook or chosen.default_codebook)
    if chosen.takes_sentences:
        options["sentences"] = sentences
    results = chosen.score(rows, **options)
    return Report(task, Path(gold).as_posix(), results[0].n, tuple(results))


def _load(path: str | Path | None) -> Codebook:
    return EMPTY if path is None else load_codebook(path)
