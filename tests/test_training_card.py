"""The model card is filled from files, refuses figures of another model, and names the shipped file."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path
from string import Template

import pytest

from analysis import paths
from analysis.contracts.errors import InputError
from analysis.training.card import TEMPLATE, Sources, collect, main
from analysis.training.card_tables import JUDGEMENT_SETS, TONE_SETS

TINY = Path(__file__).parent / "gold" / "tiny-model.npz"
SHA = hashlib.sha256(TINY.read_bytes()).hexdigest()
SHIPPED = paths.MODELS / "reading-nl-en.npz"
RATE = {"median": 100.0, "lowest": 90.0, "highest": 110.0}
TONE = {
    "n": 10, "macro_f1": 0.7, "macro_f1_interval": [0.6, 0.8], "f1": [0.7, 0.7, 0.7], "accuracy": 0.7,
    "calibration_error": 0.05,
}  # fmt: skip
JUDGED = {
    "n": 900, "precision": 0.5, "recall": 0.6, "f1": 0.55, "target_and_sign": {"f1": 0.65}, "source": 0.8, "r": 0.7,
    "interval": [0.5, 0.6], "interval_target_and_sign": [0.6, 0.7],
}  # fmt: skip
SWAPS = """language,slot,by,group,n_templates,n_names,mean_polarity,gap,ci_low,ci_high,share_flipped
nl,person,gender,female,60,32,0.01,0.004,-0.01,0.02,0.02
"""


@pytest.fixture
def sources(tmp_path):
    """Everything that the card is made from, about the tiny model."""
    syntax = {"n_sentences": 9, "n_words": 99, "features": {"Number": 0.9}, "f1:nsubj": 0.8}
    for name in ("las", "uas", "pos"):
        syntax |= {name: 0.9, f"{name}_interval": [0.8, 1.0]}
    names = dict.fromkeys(("precision", "recall", "f1", "recall_overlap"), 0.7)
    names |= {"f1_interval": [0.6, 0.8], "n_sentences": 9, "n_gold": 8}
    scores = {key: TONE for key, _, _ in TONE_SETS} | {f"{key}, target hidden": TONE for key, _, _ in TONE_SETS}
    scores |= {"alpino_nl.dev": syntax, "conll2002_nl.testa": names}
    scores["judgements"] = {key: JUDGED for key, _ in JUDGEMENT_SETS}
    scores["ecosent_nl, 10-fold on vectors"] = {"n": 100, "accuracy": 0.6}
    tone = {
        "targets_per_second": {"exact": RATE, "fast": RATE, "base_torch": RATE},
        "times_base_torch": {"exact": RATE, "fast": RATE},
    }
    process = {"seconds_import": 1.0, "seconds_load": 0.5, "seconds": 3.0, "peak_megabytes": 500.0}
    bench = {
        "model_sha256": SHA, "base": "a shape", "n_rounds": 5,
        "machine": {"processor": "A processor", "n_processors": 2, "system": "Linux"},
        "reading": {"2": {"words_per_second": RATE, "network_words_per_second": RATE}},
        "tone": {"2": tone}, "process": {"2": process},
    }  # fmt: skip
    training = tmp_path / "training"
    training.mkdir()
    record = {"score": {"inputs": {TINY.name: SHA}, "seconds": 60.0}}
    headlines = {"n": 100, "accuracy": 0.7, "macro_f1": 0.69, "labels": []}
    for name, content in (("manifest", record), ("scores", scores), ("headlines", headlines)):
        (training / f"{name}.json").write_text(json.dumps(content), "utf-8")
    (tmp_path / "bench.json").write_text(json.dumps(bench), "utf-8")
    (tmp_path / "swaps.csv").write_text(SWAPS, "utf-8")
    return Sources(TINY, training, tmp_path / "bench.json", tmp_path / "swaps.csv")


@pytest.fixture(autouse=True)
def _licence(monkeypatch):
    """The tiny model names no licence; the card asks for one."""
    from analysis.training import card

    read = card.read_model_file

    def read_with_licence(path):
        import numpy as np

        arrays = read(path)
        meta = json.loads(arrays["meta"].tobytes()) | {"licence": "CC BY-SA 4.0"}
        return arrays | {"meta": np.frombuffer(json.dumps(meta).encode(), np.uint8)}

    monkeypatch.setattr(card, "read_model_file", read_with_licence)


def test_every_placeholder_is_filled_and_none_is_idle(sources):
    """The template and the code agree."""
    parts = collect(sources)
    assert set(parts) == set(Template(TEMPLATE.read_text("utf-8")).get_identifiers())
    assert parts["sha256"] == SHA
    assert (parts["temperature_news"], parts["threshold_nl"]) == ("2.00", "0.50")
    assert "| 900 | .500 | .600 | .550 [.500, .600] | .650 [.600, .700] | .800 | .700 |" in parts["judgement_table"]
    assert "| network, ten folds | 100 | .700 [.604, .781] | .690 |" in parts["headline_table"]


def test_the_card_and_the_readme_are_written(sources, tmp_path):
    """Both name the file's checksum; nothing is left open."""
    card, readme = tmp_path / "card.md", tmp_path / "README.md"
    options = {
        "--model": sources.model, "--training": sources.training, "--bench": sources.bench, "--swaps": sources.swaps,
        "--out": card, "--readme": readme,
    }  # fmt: skip
    assert main([str(part) for pair in options.items() for part in pair]) == 0
    for path in (card, readme):
        text = path.read_text("utf-8")
        assert SHA in text
        assert "$" not in text


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("training/manifest.json", "`make train`"),
        ("training/scores.json", "step score"),
        ("training/headlines.json", "step headlines"),
        ("bench.json", "`make bench`"),
        ("swaps.csv", "name_swap"),
    ],
)
def test_a_missing_file_names_the_step_that_writes_it(sources, tmp_path, name, step):
    """So that one knows what to run."""
    (tmp_path / name).unlink()
    with pytest.raises(InputError, match=f"{Path(name).name}: not there; run .*{step}"):
        collect(sources)


@pytest.mark.parametrize(("name", "step"), [("training/manifest.json", "step score"), ("bench.json", "make bench")])
def test_figures_of_another_file_are_refused(sources, tmp_path, name, step):
    """A card never reports scores of a file that is not shipped."""
    path = tmp_path / name
    path.write_text(path.read_text("utf-8").replace(SHA, "0" * 64), "utf-8")
    with pytest.raises(InputError, match=f"not about .*{step}"):
        collect(sources)


def test_a_missing_figure_is_named(sources):
    """With where it belongs."""
    path = sources.training / "scores.json"
    scores = json.loads(path.read_text("utf-8"))
    del scores["opener_nl.dev"]
    path.write_text(json.dumps(scores), "utf-8")
    with pytest.raises(InputError, match=r"no figure 'opener_nl.dev'"):
        collect(sources)


@pytest.mark.parametrize("page", ["docs/model-card.md", "data/models/README.md"])
def test_the_shipped_file_is_the_one_that_its_papers_describe(page):
    """Checksum of the file in the card and in the README of its folder."""
    name = SHIPPED.relative_to(paths.ROOT).as_posix()
    listed = subprocess.run(["git", "ls-files", name], cwd=paths.ROOT, capture_output=True, text=True, check=False)
    if not listed.stdout.strip() or not SHIPPED.exists():
        pytest.skip(f"{name}: no file is shipped")
    assert hashlib.sha256(SHIPPED.read_bytes()).hexdigest() in (paths.ROOT / page).read_text("utf-8")
