"""Resumable steps: each says what it reads and writes, and is skipped while nothing changed.

A step's record in ``manifest.json`` holds the SHA-256 of its inputs and outputs, its
settings and its duration. A step runs again if any of them differs from the record.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.training.packed import sha256


@dataclass(frozen=True)
class Step:
    """One step of the training.

    Attributes
    ----------
    run
        Called without arguments; must write every output.
    settings
        Anything that, when changed, makes the step's outputs stale (seed, rates).
    """

    name: str
    inputs: tuple[Path, ...]
    outputs: tuple[Path, ...]
    run: Callable[[], None]
    settings: Mapping[str, Any] = field(default_factory=dict)


def read_manifest(path: Path) -> dict[str, Any]:
    """Return the records so far; none if there is no manifest."""
    if not path.exists():
        return {}
    records: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return records


def describe(step: Step) -> dict[str, Any]:
    """Return what a step depends on: checksums of its inputs, and its settings.

    Raises
    ------
    FileNotFoundError
        If an input is missing, with the step's name.
    """
    missing = [str(path) for path in step.inputs if not path.exists()]
    if missing:
        message = f"step {step.name}: missing input {', '.join(missing)}"
        raise FileNotFoundError(message)
    settings = json.loads(json.dumps(dict(step.settings), default=str, sort_keys=True))
    return {"inputs": {path.name: sha256(path) for path in step.inputs}, "settings": settings}


def is_fresh(step: Step, record: Mapping[str, Any] | None) -> bool:
    """Say whether a step's outputs are there and belong to its inputs and settings."""
    if record is None or not all(path.exists() for path in step.outputs):
        return False
    wanted = describe(step)
    if any(record.get(key) != value for key, value in wanted.items()):
        return False
    return {path.name: sha256(path) for path in step.outputs} == record.get("outputs")


def run_steps(steps: list[Step], manifest: Path, *, say: Callable[[str], None] = print) -> None:
    """Run the steps in order, skipping those that are fresh; write the manifest after each."""
    manifest.parent.mkdir(parents=True, exist_ok=True)
    for step in steps:
        records = read_manifest(manifest)
        if is_fresh(step, records.get(step.name)):
            say(f"{step.name}: up to date")
            continue
        say(f"{step.name}: running")
        started = time.monotonic()
        step.run()
        record = describe(step)
        record["outputs"] = {path.name: sha256(path) for path in step.outputs}
        record["seconds"] = round(time.monotonic() - started, 1)
        records = read_manifest(manifest)  # again: another branch may have written meanwhile
        records[step.name] = record
        manifest.write_text(json.dumps(records, indent=2, sort_keys=True) + "\n", "utf-8")
        say(f"{step.name}: done in {record['seconds']} s")
