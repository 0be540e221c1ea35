"""What the coder is worth on running news, and its frames on coded news, in one table.

Reads the constructed running news that is held out, the whole articles and, where they are present, the reference data
on who judges whom and on frames; returns one row per gold set, method, measure and class: the stored table ``news``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from analysis.codebook.load import load_codebook
from analysis.coding.frames.model import load_frame_model
from analysis.contracts.paths import CODEBOOKS, DATA
from analysis.measures.scoring import score_indicators
from analysis.reading import read_articles
from analysis.reading.tokens import MODEL
from analysis.validation.frames import predict_articles, score_frames
from analysis.validation.gold import Row, make_gold_articles, read_gold
from analysis.validation.judgements import flatten, read_judgements, score_judgements
from analysis.validation.report import Result, from_labels
from analysis.validation.running_news import HELD_OUT, part_of, read_items
from analysis.validation.stored import Part, StoredTable

SEED = 20200101
N_DRAWS = 1000
COLUMNS = ["gold", "coded_by", "method", "measure", "what", "n", "estimate", "ci_low", "ci_high"]
"""Columns of the table. ``what`` is a frame, or empty; ``n`` counts what ``estimate`` is computed over."""
MODELS, PEOPLE = "language models", "people"
SHIPPED = "coder"
"""The method that a study gets: the shipped heads, which have learnt from none of this gold."""


def read_held_out() -> list[Row]:
    """The items of the running news that nothing was learnt from or chosen on."""
    return [dict(item) for item in read_items() if part_of(item) == HELD_OUT]


def measure_judgements(read: Callable[[], Sequence[Row]]) -> pd.DataFrame:
    """Who judges whom, in texts in which every judgement is coded.

    Parameters
    ----------
    read : callable
        Gives rows of `analysis.validation.judgements.read_judgements`.

    Returns
    -------
    DataFrame
        Columns `COLUMNS` but for ``gold``. ``precision``, ``recall`` and ``f1`` of source, target and sign; the same
        with ``target_and_sign`` before them, without the source; ``source``, the share with the right source among
        those right otherwise; ``words``; of whole items ``r``, the correlation of the tone of an actor in an article
        with its code, and ``speakers``. Intervals resample texts.
    """
    lines = []
    for result in score_judgements(read(), method=MODEL, seed=SEED, n_draws=N_DRAWS):
        method = SHIPPED if result.method == MODEL else result.method
        n = int(result.notes["gold rows that count"])
        for measure, value in flatten(result.scores).items():
            low, high = result.intervals.get(measure, (float("nan"), float("nan")))
            lines.append(
                _line(method, measure, "", int(result.notes["actors"]) if measure == "r" else n, value, low, high)
            )
    return pd.DataFrame(lines).assign(coded_by=MODELS)


def measure_frames(file: str, codebook: str) -> pd.DataFrame:
    """F1 and alpha of each frame in coded news: the model cross-validated, patterns, and saying yes always.

    Parameters
    ----------
    file : str
        Gold in the reference data.
    codebook : str
        Name of the codebook in data/codebooks.

    Returns
    -------
    DataFrame
        Columns `COLUMNS` but for ``gold``. ``coder`` is there where the shipped heads have not learnt from this gold.
    """
    rows, book = read_gold(file, "frames"), load_codebook(CODEBOOKS / f"{codebook}.yaml")
    results = score_frames(rows, codebook=book, method="model", seed=SEED, n_draws=N_DRAWS)
    kept = {"model": "model, cross-validated", "patterns": "patterns", "always": "always"}
    found = [(kept[result.method], result) for result in results if result.method in kept]
    if file == UNSEEN:
        names = [str(name) for name in results[0].per_class.index]
        gold = pd.DataFrame({name: [int(row["frames"][name]) for row in rows] for name in names})
        reading = read_articles(make_gold_articles(rows), reading=MODEL)
        said, _ = predict_articles(rows, reading, book, names, method="model", model=load_frame_model())
        scores = score_indicators(gold, said, rng=np.random.default_rng(SEED), n_draws=N_DRAWS)
        found.insert(0, (SHIPPED, from_labels(SHIPPED, scores)))
    return pd.DataFrame([line for method, result in found for line in _list_classes(method, result)]).assign(
        coded_by=PEOPLE
    )


UNSEEN = "frames/issuepositions_nl.dev.jsonl"
NARRATIVE = "frames/narrative_en.dev.jsonl"
PARTS: Mapping[str, Part] = {
    "running_news.held_out": Part(partial(measure_judgements, read_held_out)),
    **{
        name: Part(partial(measure_judgements, partial(read_judgements, DATA / "annotations" / name)))
        for name in ("whole_articles", "meantime")
    },
    **{
        name: Part(partial(measure_judgements, partial(read_judgements, file)), file)
        for name, file in ((name, f"opinions/{name}.jsonl") for name in ("madtsc_nl.dev", "madtsc_en.dev"))
    },
    "narrative_en.dev": Part(partial(measure_frames, NARRATIVE, "frames_narrative"), NARRATIVE),
    "issuepositions_nl.dev": Part(partial(measure_frames, UNSEEN, "frames_generic"), UNSEEN),
}
"""How each gold set is measured."""


def measure_gold(gold: str) -> pd.DataFrame:
    """Measure one gold set of `PARTS`: columns `COLUMNS`."""
    return PARTS[gold].measure().assign(gold=gold)[COLUMNS]


TABLES = {"news": StoredTable({gold: Part(partial(measure_gold, gold), part.file) for gold, part in PARTS.items()})}


def _list_classes(method: str, result: Result) -> list[dict[str, Any]]:
    nan = float("nan")
    lines = []
    for frame, row in result.per_class.to_dict("index").items():
        low, high = result.intervals.get(f"f1 {frame}", (nan, nan))
        lines.append(_line(method, "f1", str(frame), result.n, row["f1"], low, high))
        lines.append(_line(method, "alpha", str(frame), result.n, row["alpha"], nan, nan))
    return lines


def _line(method: str, measure: str, what: str, n: int, estimate: float, low: float, high: float) -> dict[str, Any]:
    return {
        "method": method, "measure": measure, "what": what, "n": n, "estimate": float(estimate),
        "ci_low": float(low), "ci_high": float(high),
    }  # fmt: skip
