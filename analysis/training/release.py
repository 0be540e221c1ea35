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

from analysis.reading.model import ReadingModel
from analysis.training.data import Target, read_headlines
from analysis.training.entities import TAGS
from analysis.training.export import export_model
from analysis.training.measures import labels_of
from analysis.training.news import FILE, read_news
from analysis.training.packed import load_pretrained, sha256
from analysis.training.recipe import (
    DIRECTED,
    HEADLINES,
    ISSUES,
    MEANTIMES,
    NEWS_TARGETS,
    TREEBANK_OLD,
    TREEBANKS,
    Paths,
    divide_targets,
)
from analysis.training.scores import score_all
from analysis.validation.name_swap import fill_templates
from analysis.validation.running_news import HELD_OUT

#: The model file whose tone has not learnt from running news.
FIRST = "first.npz"
#: The held-out slices of training data that the temperature is fitted on.
CALIBRATION_SOURCES = ("newsmtsc", "target_nl")
VERSION = "1.1"


def load_state(paths: Paths, name: str) -> dict[str, npt.NDArray[np.float32]]:
    """Return a trained network's weights as arrays."""
    state = torch.load(paths.build / name)
    return {key: value.float().numpy() for key, value in state.items()}


def export_first(paths: Paths) -> None:
    """Write the file with the tone so far, not calibrated: ``first.npz``, which reads the running news."""
    pretrained = load_pretrained(paths.build / "base.npz")
    labels = json.loads((paths.build / "labels.json").read_text("utf-8"))
    states = load_state(paths, "reader_mean.pt"), load_state(paths, "tone.pt")
    meta: dict[str, Any] = {"version": VERSION, "tags": list(TAGS), "temperature": 1.0}
    meta["tone_labels"] = ["negative", "neutral", "positive"]
    meta["licence"] = "CC BY-SA 4.0"
    meta["learnt_from"] = {source.name: sha256(source) for source in list_sources(paths)}
    export_model(paths.build / FIRST, pretrained, *states, labels, meta)


def fill_dutch(n_names: int = 3, seed: int = 0) -> list[Target]:
    """Return the Dutch sentences of the name swaps with a few of the names in each: nothing learnt from them."""
    filled = fill_templates()
    drawn = filled[filled["language"] == "nl"].groupby("template_id").sample(n_names, random_state=seed)
    columns = (drawn[name].tolist() for name in ("text", "start", "end", "tone"))
    return [Target(*row, source="name_swaps_nl") for row in zip(*columns, strict=True)]


def find_scores(model: ReadingModel, targets: list[Target]) -> npt.NDArray[np.float32]:
    """Return log probabilities without temperature or offset."""
    found = model.tone([target.text for target in targets], [target.span for target in targets])
    return np.log(found + 1e-12).astype(np.float32)


def list_sources(paths: Paths) -> list[Path]:
    """Return every file that the networks learnt from (a part of each is held out)."""
    names = (TREEBANK_OLD, *TREEBANKS, *MEANTIMES, ISSUES, NEWS_TARGETS, DIRECTED, HEADLINES)
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


def score(paths: Paths) -> None:
    """Score the shipped file on everything that is reported: ``scores.json``."""
    _, held = divide_targets(paths)
    held |= {
        f"running_news_{language}": [
            target for target in read_news(paths.build / FILE, [HELD_OUT]) if target.language == language
        ]
        for language in ("nl", "en")
    }
    parts = {f"{name}, held out": targets for name, targets in held.items()}
    scores = score_all(paths.out, paths.reference, parts)
    scores["ecosent_nl, 10-fold on vectors"] = cross_validate_headlines(paths)
    text = json.dumps(scores, indent=2, ensure_ascii=False)
    (paths.build / "scores.json").write_text(text + "\n", "utf-8")
