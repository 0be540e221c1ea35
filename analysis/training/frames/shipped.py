"""Training of the frame model that is shipped: ``python -m analysis.training.frames``.

Reads the constructed sentences of ``data/annotations/frames_nl`` and the English articles coded for narrative frames of
the reference data (MIT). Writes ``data/models/frames-nl-en.npz``: coefficients alone, no sentence and no word. Beside
it stands what the model is worth on texts left out, since no notebook can wait for five folds:
``frames-nl-en-agreement.csv`` and ``frames-nl-en-reliability.csv``.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.codebook.load import Codebook, load_codebook
from analysis.coding.frames.model import AGREEMENT, RELIABILITY, SHIPPED
from analysis.contracts.errors import InputError, StudyError
from analysis.contracts.paths import CODEBOOKS, DATA, reference_data
from analysis.training.frames.fitting import FittedFrames, alpha_of_two, fit_frames

CONSTRUCTED = DATA / "annotations" / "frames_nl"
NARRATIVE = "frames/narrative_en.dev.jsonl"
"""Coded articles; see `analysis.contracts.paths.reference_data`."""
CODERS = {
    "economic": (0.46, 0.70),
    "morality": (0.43, 0.52),
    "conflict": (0.38, 0.45),
    "human_interest": (0.06, 0.39),
}
"""Alpha of trained coders with each other, lowest and highest of a frame's questions, on the articles of Frermann and
others (2023), appendix."""
N_BINS = 10


def read_constructed(folder: Path = CONSTRUCTED) -> pd.DataFrame:
    """The project's constructed sentences with their indicator answers, parts joined in order.

    Raises
    ------
    InputError
        If there are none.
    """
    parts = sorted(folder.glob("part_*.tsv"))
    if not parts:
        raise InputError(f"{folder.name}: holds no part_*.tsv; restore the folder")
    tables = [pd.read_csv(part, sep="\t", quoting=csv.QUOTE_NONE, dtype={"id": str, "text": str}) for part in parts]
    return pd.concat(tables, ignore_index=True).rename(columns={"id": "text_id"})


def read_reference(name: str) -> pd.DataFrame:
    """A reference file of the task frames as a coded sample: text, language, and a column of 0 and 1 per frame.

    Raises
    ------
    InputError
        If the file is not there.
    """
    path = reference_data() / name
    if not path.is_file():
        raise InputError(f"{name}: not among the reference data; set STUDY_REFERENCE_DATA to its folder")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return pd.DataFrame(
        [{"text_id": row["id"], "text": row["text"], "language": row["language"], **row["frames"]} for row in rows]
    )


def train(codebook: Codebook, narrative: Codebook) -> list[FittedFrames]:
    """Fit the sentence heads on the constructed sentences, then the article heads on coded articles."""
    sentences = fit_frames(read_constructed(), codebook, name="frames_nl")
    articles = fit_frames(
        read_reference(NARRATIVE), narrative, unit="article", base=sentences.model, name="narrative_en.dev"
    )
    return [sentences, articles]


def describe_agreement(fitted: list[FittedFrames], folder: Path = CONSTRUCTED) -> pd.DataFrame:
    """What the heads are worth on texts left out, beside the agreement of coders with each other.

    Returns
    -------
    DataFrame
        ``unit``, what a text is (sentence or article); `FittedFrames.agreement`; ``coders_low``, ``coders_high``: alpha
        of coders with each other. Of the two coders of the constructed sentences that is one figure, of the coders of
        the articles the lowest and highest of a frame's questions, as published; empty where none was.
    """
    first = read_constructed(folder).set_index("text_id")
    second = pd.read_csv(folder / "double_coded.tsv", sep="\t", quoting=csv.QUOTE_NONE, dtype={"id": str}).set_index(
        "id"
    )
    parts = []
    for unit, part in zip(("sentence", "article"), fitted, strict=True):
        asked = part.agreement["indicator"]
        if unit == "sentence":
            alphas = [
                alpha_of_two(first.loc[second.index, name].to_numpy() == 1, second[name].to_numpy() == 1)
                for name in asked
            ]
            spans = list(zip(alphas, alphas, strict=True))
        else:
            spans = [CODERS.get(name, (float("nan"), float("nan"))) for name in asked]
        low, high = zip(*spans, strict=True)
        table = part.agreement.assign(coders_low=low, coders_high=high)
        table.insert(0, "unit", unit)
        parts.append(table)
    return pd.concat(parts, ignore_index=True)


def describe_reliability(fitted: list[FittedFrames]) -> pd.DataFrame:
    """How often the answer is yes among texts left out that a head gave about the same probability.

    Returns
    -------
    DataFrame
        ``unit``, ``frame_id``; ``bin_start``, ``bin_end`` of probability; ``n`` answers, ``n_yes`` of them yes by the
        coder; ``probability``, the mean said. The questions of a frame are taken together.
    """
    rows = []
    for unit, part in zip(("sentence", "article"), fitted, strict=True):
        places = np.minimum((part.predictions["probability"] * N_BINS).astype(int), N_BINS - 1)
        predictions = part.predictions.assign(place=places)
        for (frame_id, _), found in predictions.groupby(["frame_id", "place"], sort=False):
            said, place = float(found["probability"].mean()), int(found["place"].iloc[0])
            edges = (place / N_BINS, (place + 1) / N_BINS)
            rows.append((unit, frame_id, *edges, len(found), int(found["gold"].sum()), said))
    columns = ["unit", "frame_id", "bin_start", "bin_end", "n", "n_yes", "probability"]
    return pd.DataFrame(rows, columns=columns).sort_values(["unit", "frame_id", "bin_start"], ignore_index=True)


def main() -> int:
    """Train, write the model, print what it is worth on texts left out."""
    try:
        fitted = train(
            load_codebook(CODEBOOKS / "frames_generic.yaml"), load_codebook(CODEBOOKS / "frames_narrative.yaml")
        )
    except StudyError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    fitted[-1].model.save(SHIPPED)
    describe_agreement(fitted).round(4).to_csv(AGREEMENT, index=False, lineterminator="\n")
    describe_reliability(fitted).round(4).to_csv(RELIABILITY, index=False, lineterminator="\n")
    for part in fitted:
        sys.stdout.write(part.agreement.round(3).to_string(index=False) + "\n")
    return 0
