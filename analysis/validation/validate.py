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

from analysis.codebook.load import EMPTY, Codebook, load_codebook
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
        From gold to results.
    methods : tuple of str
        The default first.
    read : callable, optional
        From a gold file to gold, where it is not JSON Lines.
    takes_pipeline : bool
        Whether an installed spaCy pipeline is a method too.
    uses_model : bool
        Whether the reading model is at work whatever the method, since articles are read by it.
    takes : frozenset of str
        Options besides a method that it takes, by the names that `validate` gives them.
    default_codebook : path, optional
        The codebook when none is given.
    """

    score: Callable[..., list[Result]]
    methods: tuple[str, ...]
    read: Callable[[str | Path], Sequence[Any]] | None = None
    takes_pipeline: bool = False
    uses_model: bool = False
    takes: frozenset[str] = frozenset()
    default_codebook: Path | None = None


TASKS = {
    "syntax": Task(trees.score_syntax, trees.METHODS, read=read_conllu, takes_pipeline=True),
    "ner": Task(names.score_names, names.METHODS, read=read_conll2002, takes_pipeline=True),
    "target": Task(polarity.score_target, polarity.TARGET_METHODS),
    "directed": Task(directed.score_directed, directed.METHODS, uses_model=True),
    "judgements": Task(
        judgements.score_judgements, judgements.METHODS, read=judgements.read_judgements, uses_model=True
    ),
    "tone": Task(polarity.score_tone, polarity.TONE_METHODS),
    "quotes": Task(
        spans.score_quotes, spans.QUOTE_METHODS, read=read_quotes, uses_model=True, takes=frozenset(["codebook"])
    ),
    "actors": Task(
        actors.score_actors,
        actors.METHODS,
        uses_model=True,
        takes=frozenset(["codebook", "sentences", "places", "no_pronouns", "types", "all_types"]),
    ),
    "phenomena": Task(
        phenomena.score_phenomena, phenomena.METHODS, read=read_items, takes=frozenset(["half", "misses"])
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
    codebook: str | Path | None = None,
    sentences: int | None = None,
    places: bool = False,
    no_pronouns: bool = False,
    types: str | None = None,
    all_types: bool = False,
    sample: int | None = None,
    half: str | None = None,
    misses: bool = False,
    seed: int = SEED,
    n_draws: int = N_DRAWS,
) -> Report:
    """Score the coder against a gold file.

    Parameters
    ----------
    task : {"syntax", "ner", "target", "directed", "judgements", "tone", "quotes", "actors", "phenomena", "frames",
    "roles"}
        What is scored.
    gold : path
        JSON Lines in the format of the task, CoNLL-U for syntax, the layout of CoNLL-2002 for ner, YAML for phenomena,
        also for judgements and quotes (or a folder of it), JSON Lines of opinions for judgements, XML of OpenBoek for
        quotes; a relative path may start from the folder of the reference data.
    method : str, optional
        Method of the coder to score first; the default method when left out. For syntax and ner also the name of an
        installed spaCy pipeline.
    codebook : path, optional
        For quotes, actors and roles: the actors to look for (none by default: every actor is then one that no codebook
        lists).
        For frames: the frames (by default the generic frames that the project ships).
    sentences : int, optional
        For actors: only score the first sentences of each text.
    places : bool, default False
        For actors: let plain places count as mentions, for gold that marks them.
    no_pronouns : bool, default False
        For actors: look for names and descriptions only, for gold that marks no pronouns.
    types : str, optional
        For actors: the types of gold to score, with commas between them; by default those that are actors
        (`analysis.validation.actors.NO_ACTORS` are left out).
    all_types : bool, default False
        For actors: score every type of gold.
    sample : int, optional
        Score so many units of the file, drawn at random by `seed`; all when left out.
    half : {"all", "dev", "held"}, optional
        For phenomena: the half of the file to score.
    misses : bool, default False
        For phenomena: list what is missed.
    seed, n_draws : int
        Of the bootstrap.

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
    given: dict[str, Any] = {
        "codebook": codebook,
        "sentences": sentences,
        "places": places or None,
        "no_pronouns": no_pronouns or None,
        "types": types,
        "all_types": all_types or None,
        "half": half,
        "misses": misses or None,
    }
    for name, value in given.items():
        if value is not None and name not in chosen.takes:
            raise UsageError(f"--{name.replace('_', '-')}: the task {task} takes no {name}; leave it out")
    for name, value in (("sentences", sentences), ("sample", sample)):
        if value is not None and value < 1:
            raise UsageError(f"--{name} {value}: must be at least 1")
    rows = chosen.read(gold) if chosen.read else read_gold(gold, task)
    if sample is not None and sample < len(rows):
        drawn = np.random.default_rng(seed).choice(len(rows), size=sample, replace=False)
        rows = [rows[place] for place in sorted(drawn.tolist())]
    options: dict[str, object] = {"method": method or chosen.methods[0], "seed": seed, "n_draws": n_draws}
    options |= {name: value for name, value in given.items() if value is not None and name != "codebook"}
    if "codebook" in chosen.takes:
        options["codebook"] = _load(codebook or chosen.default_codebook)
    results = chosen.score(rows, **options)
    is_model = [
        result.method.startswith((MODEL, polarity.CODER)) or (chosen.uses_model and result is results[0])
        for result in results
    ]
    if any(is_model) and has_learnt(gold):
        results = [
            replace(result, notes={**result.notes, "notice": LEARNT}) if flag else result
            for result, flag in zip(results, is_model, strict=True)
        ]
    return Report(task, Path(gold).as_posix(), results[0].n, tuple(results))


def has_learnt(gold: str | Path) -> bool:
    """Whether the reading model names this very file among its sources; False where the model names none."""
    sources = load_reading_model().meta.get("learnt_from", {})
    if Path(gold).is_dir():
        return any(has_learnt(path) for path in sorted(Path(gold).glob("part_*.yaml")))
    return hashlib.sha256(find_gold(gold).read_bytes()).hexdigest() in set(sources.values())


def _load(path: str | Path | None) -> Codebook:
    return EMPTY if path is None else load_codebook(path)
