"""How fast the reading model is, and how much memory it takes: ``make bench`` writes ``build/bench.json``.

Reads a model file; returns plain dictionaries. Every measurement of `analysis.training.bench_measures` runs in a
process of its own, once per number of threads.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from analysis.contracts.errors import InputError, StudyError
from analysis.contracts.paths import MODELS, ROOT
from analysis.reading.model_loading import MODEL_NAME
from analysis.training.bench_base import SHAPE

OUT = ROOT / "build" / "bench.json"
#: Runs a measurement. Without torch, as an install of the study has none: spaCy would import it.
CHILD = """
import json, sys
if sys.argv[1] != "measure_tone":
    sys.modules["torch"] = None
from analysis.training import bench_measures
print(json.dumps(getattr(bench_measures, sys.argv[1])(**json.loads(sys.argv[2]))))
"""


def run_child(function: str, arguments: Mapping[str, Any], model: Path, n_threads: int) -> dict[str, Any]:
    """Run a measurement in a process of its own and return what it returns.

    Raises
    ------
    InputError
        If the process fails, with the last line it said.
    """
    settings = {"FRAMEWIJS_MODEL": str(model.resolve()), "FRAMEWIJS_THREADS": str(n_threads)}
    settings |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), str(n_threads))
    done = subprocess.run(
        [sys.executable, "-c", CHILD, function, json.dumps(dict(arguments))],
        env={**os.environ, **settings}, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise InputError(f"{function}, {n_threads} threads: {last}")
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def describe_machine() -> dict[str, Any]:
    """Return what a rate depends on: processor, system, versions."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text("utf-8").splitlines() if information.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    described: dict[str, Any] = {"processor": names[0] if names else platform.machine(), "n_processors": os.cpu_count()}
    described |= {"system": platform.system(), "python": platform.python_version()}
    return described | {name: version(name) for name in ("onnxruntime", "torch", "spacy") if find_spec(name)}


def measure_all(
    model: Path, *, n_sentences: int, n_targets: int, n_base: int, n_rounds: int, threads: Sequence[int]
) -> dict[str, Any]:
    """Return every measurement of a model file.

    Raises
    ------
    InputError
        If there is no such file.
    """
    if not model.exists():
        raise InputError(f"{model}: no reading model there; run `make train` first")
    found: dict[str, Any] = {"model_sha256": hashlib.sha256(model.read_bytes()).hexdigest()}
    found |= {"machine": describe_machine(), "base": SHAPE, "n_rounds": n_rounds}
    found |= {"n_sentences": n_sentences, "reading": {}, "tone": {}, "process": {}}
    for n_threads in threads:
        key = str(n_threads)
        reading = {"n_sentences": n_sentences, "n_rounds": n_rounds}
        found["reading"][key] = run_child("measure_reading", reading, model, n_threads)
        tone = {"model": str(model.resolve()), "n_targets": n_targets, "n_base": n_base, "n_rounds": n_rounds}
        found["tone"][key] = run_child("measure_tone", tone | {"n_threads": n_threads}, model, n_threads)
        process = {"started": time.time(), "n": min(100, n_sentences)}
        found["process"][key] = run_child("measure_process", process, model, n_threads)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m analysis.training.bench", description="Measure the reading model.")
    parser.add_argument("--model", type=Path, default=MODELS / MODEL_NAME, help="the file to measure")
    parser.add_argument("--out", type=Path, default=OUT, help="the JSON to write")
    parser.add_argument("--sentences", type=int, default=1000)
    parser.add_argument("--targets", type=int, default=1000)
    parser.add_argument("--base-targets", type=int, default=256, help="texts for the base, which is slow")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, nargs="+", default=[2, 1])
    options = parser.parse_args(arguments)
    try:
        found = measure_all(
            options.model, n_sentences=options.sentences, n_targets=options.targets, n_base=options.base_targets,
            n_rounds=options.rounds, threads=options.threads,
        )  # fmt: skip
    except StudyError as error:
        print(error, file=sys.stderr)
        return 1
    text = json.dumps(found, indent=2, ensure_ascii=False)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(text + "\n", "utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
