"""Validation: how well the coders do against gold codes, task by task.

Reads a gold file in one of the formats of the reference data; returns a `Report` with the coder's default method first,
then baselines. A task is an entry of `TASKS`; a new one needs a function and a format in `analysis.validation`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from analysis.codebook.load import EMPTY, load_codebook
from analysis.contracts.errors import UsageError
from analysis.contracts.paths import CODEBOOKS
from analysis.reading.model_loading import load_reading_model
from analysis.validation import actors, directed, frames, judgements, names, phenomena, polarity, roles, spans, trees
from analysis.validation.conll import read_conll2002, read_conllu
from analysis.validation.given_words import MODEL
from analysis.validation.gold import find_gold, read_gold
from analysis.validation.phenomena_gold import read_items
from analysis.validation.report import Report, Result
from analysis.validation.speakers import read_quotes

SEED = 20200101
N_DRAWS = 1000
LEARNT = "the model has learnt from this file: these are no held-out scores"
"""Told with the scores of a model whose sources (``learnt_from`` in its file) include the gold file."""


@dataclass(frozen=True)
class Task:
    """How a task is scored.

    Attributes
    ----------
    score : callable
        From gold to results: predicts by every method, and scores each.
    methods : tuple of str
        The default first.
    load : callable, optional
        From a gold file to gold, where it is not JSON Lines.
    takes_pipeline : bool
        Whether an installed spaCy pipeline is a method too.
    uses_model : bool
        Whether the reading model is at work whatever the method, since articles are read by it.
    takes : frozenset of str
        Options that it takes.
    default_codebook : path, optional
        The codebook when none is given.
    """

    score: Callable[..., list[Result]]
    methods: tuple[str, ...]
    load: Callable[[str | Path], Sequence[Any]] | None = None
    takes_pipeline: bool = False
    uses_model: bool = False
    takes: frozenset[str] = frozenset()
    default_codebook: Path | None = None


TASKS = {
    "syntax": Task(trees.score_syntax, trees.METHODS, load=read_conllu, takes_pipeline=True),
    "ner": Task(names.score_names, names.METHODS, load=read_conll2002, takes_pipeline=True),
    "target": Task(polarity.score_target, polarity.TARGET_METHODS),
    "directed": Task(directed.score_directed, directed.METHODS, uses_model=True),
    "judgements": Task(
        judgements.score_judgements, judgements.METHODS, load=judgements.read_judgements, uses_model=True
    ),
    "tone": Task(polarity.score_tone, polarity.TONE_METHODS),
    "quotes": Task(
        spans.score_quotes, spans.QUOTE_METHODS, load=read_quotes, uses_model=True, takes=frozenset(["codebook"])
    ),
    "actors": Task(
        actors.score_actors,
        actors.METHODS,
        uses_model=True,
        takes=frozenset(["codebook", "sentences", "places", "no_pronouns", "types", "all_types"]),
    ),
    "phenomena": Task(
        phenomena.score_phenomena, phenomena.METHODS, load=read_items, takes=frozenset(["half", "misses"])
    ),
    "frames": Task(
        frames.score_frames,
        frames.METHODS,
        takes=frozenset(["codebook"]),
        default_codebook=CODEBOOKS / "frames_generic.yaml",
    ),
    "roles": Task(roles.score_roles, roles.METHODS, uses_model=True, takes=frozenset(["codebook"])),
}
"""Tasks by name, in the order of the data's way."""


def validate(
    task: str,
    gold: str | Path,
    *,
    method: str | None = None,
    sample: int | None = None,
    seed: int = SEED,
    n_draws: int = N_DRAWS,
    **options: Any,
) -> Report:
    """Score the coder against a gold file.

    Parameters
    ----------
    task : str
        What is scored: one of `TASKS`.
    gold : path
        JSON Lines in the format of the task, CoNLL-U for syntax, the layout of CoNLL-2002 for ner, YAML for phenomena,
        also for judgements and quotes (or a folder of it), JSON Lines of opinions for judgements, XML of OpenBoek for
        quotes; a relative path may start from the folder of the reference data.
    method : str, optional
        Method of the coder to score first; the default method when left out. For syntax and ner also the name of an
        installed spaCy pipeline.
    sample : int, optional
        Score so many units of the file, drawn at random by `seed`; all when left out.
    seed, n_draws : int
        Of the bootstrap.
    **options
        What the task takes besides; None and False are as if left out.

        - ``codebook``, for quotes, actors and roles: the actors to look for (none by default: every actor is then one
          that no codebook lists); for frames: the frames (by default the generic frames that the project ships).
        - ``sentences``, for actors: only score so many first sentences of each text.
        - ``places``, for actors: let plain places count as mentions, for gold that marks them.
        - ``no_pronouns``, for actors: look for names and descriptions only, for gold that marks no pronouns.
        - ``types``, for actors: the types of gold to score, with commas between them; by default those that are actors
          (`analysis.validation.actors.NO_ACTORS` are left out); ``all_types``: every type of gold.
        - ``half`` (all, dev or held) and ``misses``, for phenomena: the half of the file to score, and whether to list
          what is missed.

    Returns
    -------
    Report
        A result of the model says so (``notice``) where the model has learnt from the gold file.

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
    if method is not None and method not in chosen.methods and not chosen.takes_pipeline:
        raise UsageError(f"--method {method}: unknown for the task {task}; use {' or '.join(chosen.methods)}")
    given = {name: value for name, value in options.items() if value is not None and value is not False}
    if strange := [name for name in given if name not in chosen.takes]:
        option = strange[0].replace("_", "-")
        raise UsageError(f"--{option}: the task {task} takes no {strange[0]}; leave it out")
    for name, value in (("sentences", given.get("sentences")), ("sample", sample)):
        if value is not None and value < 1:
            raise UsageError(f"--{name} {value}: must be at least 1")
    rows = chosen.load(gold) if chosen.load else read_gold(gold, task)
    if sample is not None and sample < len(rows):
        drawn = np.random.default_rng(seed).choice(len(rows), size=sample, replace=False)
        rows = [rows[place] for place in sorted(drawn.tolist())]
    if "codebook" in chosen.takes:
        path = given.get("codebook") or chosen.default_codebook
        given["codebook"] = EMPTY if path is None else load_codebook(path)
    results = chosen.score(rows, method=method or chosen.methods[0], seed=seed, n_draws=n_draws, **given)
    by_model = [
        result.method.startswith((MODEL, polarity.CODER)) or (chosen.uses_model and result is results[0])
        for result in results
    ]
    if any(by_model) and has_learnt(gold):
        results = [
            replace(result, notes={**result.notes, "notice": LEARNT}) if flag else result
            for result, flag in zip(results, by_model, strict=True)
        ]
    return Report(task, Path(gold).as_posix(), results[0].n, tuple(results))


def has_learnt(gold: str | Path) -> bool:
    """Whether the reading model names this very file among its sources; False where the model names none."""
    sources = load_reading_model().meta.get("learnt_from", {})
    if Path(gold).is_dir():
        return any(has_learnt(path) for path in sorted(Path(gold).glob("part_*.yaml")))
    return hashlib.sha256(find_gold(gold).read_bytes()).hexdigest() in set(sources.values())
