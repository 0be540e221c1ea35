"""What each source of tone adds, and what chance adds: short runs of the first stage, each without a source.

Reads what the step ``tone_first`` reads; writes ``contributions.json`` in the build folder: for every run the
macro-F1 on the held-out slice of each source. Half the passes of the real stage. Resumable: a run that is there is
kept. No part of ``make train``: ``python -m analysis.training.contributions``, half as long a run as `tone_first`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.contracts.paths import DATA, ROOT, reference_data

#: Sources of the first stage, and seeds: the first is the recipe's own.
SOURCES = ("newsmtsc", "target_nl", "dse")
SEEDS = (12, 22, 32)


@dataclass(frozen=True)
class Run:
    """One run: its seed and the source it does without (empty: none)."""

    seed: int
    without: str = ""

    @property
    def name(self) -> str:
        """Its name in ``contributions.json``.

        Examples
        --------
        >>> Run(12).name, Run(12, "dse").name
        ('all, seed 12', 'without dse, seed 12')
        """
        return f"{f'without {self.without}' if self.without else 'all'}, seed {self.seed}"


def list_runs(sources: Sequence[str] = SOURCES, seeds: Sequence[int] = SEEDS) -> list[Run]:
    """Return the runs, the most telling first: everything, then without each source, then the other seeds.

    Examples
    --------
    >>> [run.name for run in list_runs(["a"], [1, 2])]
    ['all, seed 1', 'without a, seed 1', 'all, seed 2']
    """
    first, *others = seeds
    return [Run(first), *(Run(first, source) for source in sources), *(Run(seed) for seed in others)]


def score_run(build: Path, run: Run) -> dict[str, float]:
    """Train a run and return the macro-F1 on each held-out slice."""
    from analysis.training import recipe  # noqa: PLC0415  torch
    from analysis.training.measures import labels_of, macro_f1  # noqa: PLC0415
    from analysis.training.tone import predict, train_tone  # noqa: PLC0415  torch

    paths = recipe.Paths(build, reference_data(), DATA / "annotations" / "target_nl" / "parts", build / "unused")
    train, held = recipe.divide_targets(paths)
    net, pieces = recipe.start_tone(paths, run.seed)
    stage = replace(recipe.TONE_FIRST, name=run.name, n_epochs=max(1, recipe.TONE_FIRST.n_epochs // 2))
    targets = recipe.repeat_sources(paths, train, recipe.TONE_FIRST_REPEATS, run.without)
    train_tone(net, pieces, targets, stage, seed=run.seed, log=build / "train.log")
    return {
        name: round(macro_f1(labels_of(part), predict(net, pieces, part).argmax(1)), 4) for name, part in held.items()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Train the runs that are not there yet."""
    parser = argparse.ArgumentParser(prog="python -m analysis.training.contributions", description="Short runs.")
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "training", help="folder of `make train`")
    parser.add_argument("--runs", type=int, default=None, help="only the first so many")
    options = parser.parse_args(arguments)
    path = options.build / "contributions.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    for run in list_runs()[: options.runs]:
        if run.name not in found:
            found[run.name] = score_run(options.build, run)
            path.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
        print(f"{run.name}: {found[run.name]}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
