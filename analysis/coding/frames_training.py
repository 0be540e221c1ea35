"""Training of the frame model that is shipped: ``python -m analysis.coding.frames_training``.

Reads the constructed sentences of ``data/annotations/frames_nl`` and the English articles coded for narrative frames of
the reference data (MIT). Writes ``data/models/frames-nl-en.npz``: coefficients alone, no sentence and no word.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pandas as pd

from analysis.codebook import Codebook, load_codebook
from analysis.coding.frames_fitting import FittedFrames, fit_frames
from analysis.coding.frames_model import SHIPPED
from analysis.errors import InputError, StudyError
from analysis.paths import CODEBOOKS, DATA, reference_data

CONSTRUCTED = DATA / "annotations" / "frames_nl"
NARRATIVE = "frames/narrative_en.dev.jsonl"
"""Coded articles; see `analysis.paths.reference_data`."""


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
    for part in fitted:
        sys.stdout.write(part.agreement.round(3).to_string(index=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
