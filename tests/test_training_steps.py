"""A step runs when something it depends on changed, and only then."""

from __future__ import annotations

import pytest

from analysis.training.steps import Step, read_manifest, run_steps


def test_steps_run_once_until_something_changes(tmp_path):
    """Nothing changed: skipped. Settings, an input or an output changed: run again."""
    source, result, manifest = tmp_path / "in.txt", tmp_path / "out.txt", tmp_path / "m" / "manifest.json"
    source.write_text("een", encoding="utf-8")
    said: list[str] = []

    def work() -> None:
        result.write_text(source.read_text("utf-8").upper(), encoding="utf-8")

    def run(rate: float) -> bool:
        said.clear()
        run_steps([Step("copy", (source,), (result,), work, {"rate": rate})], manifest, say=said.append)
        return said[0] == "copy: running"

    assert run(1.0)
    assert not run(1.0)
    assert said == ["copy: up to date"]
    assert run(2.0)
    source.write_text("twee", encoding="utf-8")
    assert run(2.0)
    assert result.read_text("utf-8") == "TWEE"
    result.write_text("anders", encoding="utf-8")
    assert run(2.0)
    result.unlink()
    assert run(2.0)
    assert read_manifest(manifest)["copy"]["settings"] == {"rate": 2.0}


def test_a_missing_input_names_the_step(tmp_path):
    """After the work, since a step may make what it reads; the message names file and step."""
    step = Step("train", (tmp_path / "none.npz",), (), lambda: None)
    with pytest.raises(FileNotFoundError, match=r"step train: missing input .*none\.npz"):
        run_steps([step], tmp_path / "manifest.json", say=lambda _: None)
