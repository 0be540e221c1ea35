"""The last steps: calibrate, export, score.

Reads the trained networks of the build folder; writes the shipped file and ``scores.json``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from analysis.contracts.paths import DATA
from analysis.reading.model import ReadingModel
from analysis.training.data import read_headlines
from analysis.training.entities import TAGS
from analysis.training.export import export_model
from analysis.training.measures import labels_of
from analysis.training.packed import load_pretrained, sha256
from analysis.training.passages.materials import reading_with
from analysis.training.passages.recipe import OPINIONS_DEV
from analysis.training.recipe import (
    DIRECTED,
    HEADLINES,
    ISSUES,
    MEANTIMES,
    NEWS_TARGETS,
    TREEBANK_OLD,
    TREEBANKS,
    Paths,
)
from analysis.training.recipe_trees import ALPINO, ENGLISH
from analysis.training.scores import score_all
from analysis.validation.judgements import read_judgements, score_judgements
from analysis.validation.running_news import HELD_OUT, part_of, read_items

#: The model file that reads but does not judge.
FIRST = "first.npz"
VERSION = "2.0"
ANNOTATIONS = DATA / "annotations"


def load_state(paths: Paths, name: str) -> dict[str, npt.NDArray[np.float32]]:
    """Return a trained network's weights as arrays."""
    state = torch.load(paths.build / name)
    return {key: value.float().numpy() for key, value in state.items()}


def export_reader(paths: Paths, out: Path, reader: str, labels: str) -> None:
    """Write a file that reads and does not judge, from a reader and its label lists in the build folder."""
    pretrained = load_pretrained(paths.build / "base.npz")
    lists = json.loads((paths.build / labels).read_text("utf-8"))
    meta: dict[str, Any] = {"version": VERSION, "tags": list(TAGS), "licence": "CC BY-SA 4.0"}
    meta["learnt_from"] = {source.name: sha256(source) for source in list_sources(paths)}
    export_model(out, pretrained, load_state(paths, reader), lists, meta)


def list_sources(paths: Paths) -> list[Path]:
    """Return every file that the networks learnt from (a part of each is held out)."""
    names = (TREEBANK_OLD, *TREEBANKS, ALPINO, *ENGLISH, *MEANTIMES, ISSUES, NEWS_TARGETS, DIRECTED, HEADLINES)
    return [*map(paths.source, names), *paths.own_parts]


def cross_validate_headlines(paths: Paths, n_folds: int = 10) -> dict[str, Any]:
    """Score headline tone by 10-fold logistic regression over the file's sentence vectors.

    A cheap stand-in for ten fine-tunings: those vectors never learnt from headline tone.
    """
    targets = read_headlines(paths.source(HEADLINES))
    vectors = ReadingModel.load(paths.out).embed([target.text for target in targets])
    gold = labels_of(targets)
    folds = StratifiedKFold(n_folds, shuffle=True, random_state=0)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=300))
    found = cross_val_predict(model, vectors, gold, cv=folds)
    return {"n": len(gold), "n_folds": n_folds, "accuracy": round(float(np.mean(found == gold)), 4)}


def score_all_judgements(reference: Path) -> dict[str, Any]:
    """Who judges whom, on what was coded in full and not learnt from, by name."""
    sets: dict[str, Any] = {
        "whole articles": read_judgements(ANNOTATIONS / "whole_articles"),
        "MEANTIME": read_judgements(ANNOTATIONS / "meantime"),
        "running news, held out": [dict(item) for item in read_items() if part_of(item) == HELD_OUT],
    }
    sets |= {name: read_judgements(reference / "opinions" / f"{name}.jsonl") for name in OPINIONS_DEV}
    found = {}
    for name, rows in sets.items():
        result = score_judgements(rows, method="model", seed=1, n_draws=1000)[0]
        intervals = {
            "interval": result.intervals["f1"],
            "interval_target_and_sign": result.intervals["target_and_sign f1"],
        }
        found[name] = {"n": result.notes["gold rows that count"], **result.scores, **intervals}
    return found


def score(paths: Paths) -> None:
    """Score the shipped file on everything that is reported: ``scores.json``."""
    scores = score_all(paths.out, paths.reference)
    with reading_with(paths.out):
        scores["judgements"] = score_all_judgements(paths.reference)
    scores["ecosent_nl, 10-fold on vectors"] = cross_validate_headlines(paths)
    text = json.dumps(scores, indent=2, ensure_ascii=False)
    (paths.build / "scores.json").write_text(text + "\n", "utf-8")
