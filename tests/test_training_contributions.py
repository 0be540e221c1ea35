"""Which short runs are trained, and that finished ones are kept."""

from __future__ import annotations

import json

from analysis.training import contributions
from analysis.training.contributions import Run, list_runs, main


def test_every_source_is_left_out_once():
    """With the recipe's own seed; the other seeds change nothing else."""
    assert list_runs() == [
        Run(12), Run(12, "newsmtsc"), Run(12, "target_nl"), Run(12, "dse"), Run(22), Run(32),
    ]  # fmt: skip
    assert len({run.name for run in list_runs()}) == 6


def test_a_finished_run_is_not_trained_again(tmp_path, monkeypatch):
    """Two runs are there, the third is trained and written down."""
    path = tmp_path / "contributions.json"
    path.write_text(json.dumps({run.name: {"dse": 0.5} for run in list_runs()[:2]}), "utf-8")
    trained: list[Run] = []

    def score(_build, run):
        trained.append(run)
        return {"dse": 0.4}

    monkeypatch.setattr(contributions, "score_run", score)
    assert main(["--build", str(tmp_path), "--runs", "3"]) == 0
    assert trained == [Run(12, "target_nl")]
    assert list(json.loads(path.read_text("utf-8"))) == [run.name for run in list_runs()[:3]]
