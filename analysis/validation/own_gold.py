"""Gold codes of the project's own, in the shape that the tasks of `framewijs validate` take.

Reads ``data/annotations``, ``data/teaching`` and the reference coding of the seed (``tests/gold``); gives gold rows or
tables of codes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from analysis.contracts.errors import InputError
from analysis.contracts.paths import DATA, ROOT
from analysis.validation.gold import Row

TARGETS = DATA / "annotations" / "target_nl"
FRAMES = DATA / "annotations" / "frames_nl"
TEACHING = DATA / "teaching"
SEED_GOLD = ROOT / "tests" / "gold"
FRAME_IDS = ("conflict", "responsibility", "human_interest", "economic", "morality")
MARK = re.compile(r"\{([^{}|]+)\|(-?1|0|)\|([a-z]+)\}")
QUOTED = ("direct_quote", "indirect_quote")
"""Genres of target_nl in which somebody is quoted."""


def read_targets(folder: Path = TARGETS) -> list[Row]:
    """Every coded actor of the constructed Dutch sentences.

    Returns
    -------
    list of dict
        Gold rows of the task target, and ``phenomena``: a tuple of what the sentence holds (``quote`` and ``headline``
        from its genre, the rest as marked).

    Raises
    ------
    InputError
        If the folder has no parts, or a line is not of its format.
    """
    rows: list[Row] = []
    for path in sorted(folder.glob("parts/*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            cells = line.split("\t")
            if len(cells) != 4:
                raise InputError(
                    f"{path.name}, line {number}: {len(cells)} columns, expected 4; see the README beside it"
                )
            text, marks = unmark(cells[3])
            found = [*(name for name in cells[2].split(",") if name != "-"), cells[1]]
            phenomena = tuple(dict.fromkeys("quote" if name in QUOTED else name for name in found))
            for place, (start, end, code) in enumerate(marks):
                if code:
                    about = {"id": f"{path.stem}:{number}:{place}", "language": "nl", "text": text}
                    rows.append(about | {"start": start, "end": end, "label": int(code), "phenomena": phenomena})
    if not rows:
        raise InputError(f"{folder.name}: holds no parts/*.tsv; restore the folder with git")
    return number_rows(rows)


def unmark(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The plain text of a marked sentence, and its marks with their code.

    Examples
    --------
    >>> unmark("{Ajax|1|organisation} wint in {Breda||place}")
    ('Ajax wint in Breda', [(0, 4, '1'), (13, 18, '')])
    """
    text, marks, position = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[position : match.start()]
        start = len(text)
        text += match[1]
        marks.append((start, len(text), match[2]))
        position = match.end()
    return text + marked[position:], marks


def number_rows(rows: Iterable[Row]) -> list[Row]:
    """Rows with an ``article_id`` each, as a gold file gives them by its lines."""
    return [row | {"article_id": f"line{number:06d}"} for number, row in enumerate(rows, start=1)]


def read_double_coding(folder: Path = TARGETS) -> pd.DataFrame:
    """Tone of actors coded twice: ``unit``, ``sentence``, ``coder_1``, ``coder_2`` (-1, 0, 1)."""
    return pd.read_csv(folder / "double_coding.csv", keep_default_na=False)


def read_teaching(kind: str, coder: str = "gold", folder: Path = TEACHING) -> pd.DataFrame:
    """Codes of the teaching corpus by one coder.

    Parameters
    ----------
    kind : {"tone", "frames"}
        ``article_id, actor_id, tone`` (-1, 0, 1), or ``article_id`` and a column of 0 and 1 for each generic frame.
    coder : {"gold", "coder_a", "coder_b"}
        ``gold`` is adjudicated.
    folder : path
        The corpus.
    """
    table = pd.read_csv(folder / "coding" / coder / f"{kind}.csv", keep_default_na=False)
    columns = ["article_id", "actor_id", "tone"] if kind == "tone" else ["article_id", *FRAME_IDS]
    return table[columns].sort_values(columns[:2], ignore_index=True)


def read_seed(name: str = "seed", folder: Path = SEED_GOLD) -> list[dict[str, Any]]:
    """Evaluations in the reference coding of the seed, or of one of its coders (``seed_coder_a``, ``seed_coder_b``)."""
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
    return found["evaluations"]


def read_frame_answers(folder: Path = FRAMES) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The constructed frame sentences that were coded twice.

    Returns
    -------
    tuple of DataFrame
        Texts (``id, text``); the author's answers and the second coder's: index ``id``, a column of 0 and 1 for each
        question, in the same order.
    """
    texts = _read_tsv(folder / "double_coded_texts.tsv")
    second = _read_tsv(folder / "double_coded.tsv").set_index("id").astype(int)
    parts = pd.concat([_read_tsv(path) for path in sorted(folder.glob("part_*.tsv"))], ignore_index=True)
    first = parts.set_index("id").loc[second.index, list(second.columns)].astype(int)
    return texts.set_index("id").loc[second.index].reset_index(), first, second


def _read_tsv(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, sep="\t", quoting=csv.QUOTE_NONE, dtype=str, keep_default_na=False)
