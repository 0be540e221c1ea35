"""Write the model card: ``make card``.

Reads the prose (``docs/model-card.template.md``), the shipped file, and what training and measuring left: the manifest,
``scores.json``, ``headlines.json``, ``bench.json``, ``name_swaps.csv``, and ``docs/baselines.md``. Writes
``docs/model-card.md`` and ``data/models/README.md``. Fails, naming the step, where something is missing or is about
another model file. Tables are made in `analysis.training.card_tables`.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from analysis.contracts.errors import InputError, StudyError
from analysis.contracts.paths import MODELS, ROOT
from analysis.reading.model_file import read_model_file
from analysis.reading.model_loading import MODEL_NAME
from analysis.training import card_tables as tables

TEMPLATE = ROOT / "docs" / "model-card.template.md"
BASELINES = ROOT / "docs" / "baselines.md"
FRAMES = "frames-nl-en.npz"
README = """# Models

The reading model, Dutch and English, as one file; what it is, what it learnt from, how well it does and what it cannot
do stands in [its card](../../docs/model-card.md), how it is made in [training](../../docs/training.md). The small file
makes frames of what it gives. Written by `make card`.

| file | size | licence | SHA-256 |
|---|---|---|---|
| reading-nl-en.npz | $size | $licence | $sha256 |
| frames-nl-en.npz | $frames_size | $licence | $frames_sha256 |

**frames-nl-en.npz**: coefficients of the frame model, no text and no word list (`analysis.coding.frames.model`). Its 20
sentence heads have learnt from data/annotations/frames_nl (constructed Dutch, CC0), its 5 article heads from Narrative
Frames (Frermann et al. 2023, English, MIT). Written by `python -m analysis.training.frames`, with what
the heads are worth on texts left out beside it: frames-nl-en-agreement.csv and frames-nl-en-reliability.csv. Figures
stand in [frames](../../docs/frames.md).

Its licence is that of the reading model, whose sentence vectors it was fitted on. Of the sources, only frames_nl is
part of this repository.
"""


@dataclass(frozen=True)
class Sources:
    """Where the figures come from.

    Attributes
    ----------
    model
        The shipped file.
    training
        The folder that `make train` writes into.
    bench
        What `make bench` writes.
    swaps
        What ``python -m analysis.validation name_swap`` writes.
    """

    model: Path = MODELS / MODEL_NAME
    training: Path = ROOT / "build" / "training"
    bench: Path = ROOT / "build" / "bench.json"
    swaps: Path = ROOT / "build" / "name_swaps.csv"


def read_json(path: Path, step: str) -> Any:
    """Return the content of a JSON file.

    Raises
    ------
    InputError
        If it is missing or no JSON, with the step that writes it.
    """
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise InputError(f"{path}: not there; run {step} first") from None
    except ValueError:
        raise InputError(f"{path}: no JSON; run {step} again") from None


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises
    ------
    InputError
        If it is missing.
    """
    if not path.exists():
        raise InputError(f"{path}: no reading model there; run `make train` first")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def describe_small_files(folder: Path = MODELS) -> dict[str, str]:
    """Return size and checksum of the file beside the reading model, by placeholder of its README.

    Raises
    ------
    InputError
        If it is missing.
    """
    path = folder / FRAMES
    if not path.exists():
        raise InputError(f"{path}: not there; restore it from the repository")
    return {"frames_size": f"{path.stat().st_size / 1e3:.1f} kB", "frames_sha256": checksum(path)}


def collect(sources: Sources) -> dict[str, str]:
    """Return what fills the template, by placeholder.

    Raises
    ------
    InputError
        If a file or figure is missing, or is about another model file than the shipped one.
    """
    found = checksum(sources.model)
    meta = json.loads(read_model_file(sources.model)["meta"].tobytes())
    manifest = read_json(sources.training / "manifest.json", "`make train`")
    scores = read_json(sources.training / "scores.json", "`make train` (step score)")
    headlines = read_json(sources.training / "headlines.json", "`make train` (step headlines)")
    bench = read_json(sources.bench, "`make bench`")
    if manifest.get("score", {}).get("inputs", {}).get(sources.model.name) != found:
        raise InputError(
            f"{sources.training / 'scores.json'}: not about {sources.model}; run `make train` (step score)"
        )
    if bench.get("model_sha256") != found:
        raise InputError(f"{sources.bench}: not about {sources.model}; run `make bench` again")
    try:
        swaps = list(csv.DictReader(sources.swaps.read_text("utf-8").splitlines()))
    except FileNotFoundError:
        message = f"{sources.swaps}: not there; run `make card`, or `python -m analysis.validation name_swap`, first"
        raise InputError(message) from None
    if not swaps:
        raise InputError(f"{sources.swaps}: no rows; run `python -m analysis.validation name_swap` again")
    floors = tables.read_floors(BASELINES.read_text("utf-8"))
    try:
        return {
            "version": str(meta["version"]),
            "licence": str(meta["licence"]),
            "size": f"{sources.model.stat().st_size / 1e6:.1f} MB",
            "sha256": found,
            **{f"temperature_{name}": f"{value:.2f}" for name, value in meta["judging"]["temperature"].items()},
            **{f"threshold_{language}": f"{value:.2f}" for language, value in meta["judging"]["threshold"].items()},
            "judgement_table": tables.judgement_table(scores),
            "tone_table": tables.tone_table(scores, floors),
            "headline_table": tables.headline_table(headlines, scores, floors),
            **tables.syntax_parts(scores["alpino_nl.dev"]),
            **tables.names_parts(scores["conll2002_nl.testa"]),
            **tables.speed_parts(bench),
            **tables.bias_parts(swaps),
            "durations": tables.durations_table(manifest),
        }
    except KeyError as error:
        message = f"no figure {error} in scores.json, headlines.json, bench.json or the model file"
        raise InputError(f"{message}; run `make train` and `make bench` again") from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the card and the README of the models' folder."""
    parser = argparse.ArgumentParser(prog="python -m analysis.training.card", description="Write the model card.")
    defaults = Sources()
    parser.add_argument("--model", type=Path, default=defaults.model, help="the shipped file")
    parser.add_argument("--training", type=Path, default=defaults.training, help="folder that `make train` wrote")
    parser.add_argument("--bench", type=Path, default=defaults.bench, help="what `make bench` wrote")
    parser.add_argument("--swaps", type=Path, default=defaults.swaps, help="what the name swaps wrote")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "model-card.md", help="the card")
    parser.add_argument("--readme", type=Path, default=MODELS / "README.md", help="the README of the models' folder")
    options = parser.parse_args(arguments)
    try:
        parts = collect(Sources(options.model, options.training, options.bench, options.swaps))
        small = describe_small_files()
    except StudyError as error:
        print(error, file=sys.stderr)
        return 1
    options.out.write_text(Template(TEMPLATE.read_text("utf-8")).substitute(parts), "utf-8")
    options.readme.write_text(Template(README).substitute(parts | small), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
