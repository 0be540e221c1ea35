"""What the coder is worth on running news, and its frames on coded news, in one table.

Reads the constructed running news that is held out and, where they are present, the reference data on frames; returns
one row per gold set, method, measure and class. ``python -m analysis.validation.news_table OUT [GOLD ...]`` writes it
as CSV: sets that are named are measured anew, all of them when none is; reference data that is absent stays as stored.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from analysis.codebook import load_codebook
from analysis.coding.frames_model import load_frame_model
from analysis.measures.correspondence import correlate
from analysis.measures.scoring import score_indicators
from analysis.paths import CODEBOOKS, reference_data
from analysis.reading import read_articles
from analysis.reading.tokens import MODEL
from analysis.validation import running_news
from analysis.validation.frames import predict_articles, score_frames
from analysis.validation.gold import make_gold_articles, read_gold
from analysis.validation.report import Result, from_labels
from analysis.validation.stored import renew_gold

SEED = 20200101
N_DRAWS = 1000
COLUMNS = ["gold", "coded_by", "method", "measure", "what", "n", "estimate", "ci_low", "ci_high"]
"""Columns of the table. ``what`` is a frame, or empty; ``n`` counts what ``estimate`` is computed over."""
SCORES = ("precision", "recall", "f1")
MODELS, PEOPLE = "language models", "people"
SHIPPED = "coder"
"""The method that a study gets: the shipped heads, which have learnt from none of this gold."""


def measure_running_news() -> pd.DataFrame:
    """Judgements and tone per actor and article in the items that are held out, by the coder and by its network.

    Returns
    -------
    DataFrame
        Columns `COLUMNS` but for ``gold``. ``precision``, ``recall`` and ``f1`` of clear judgements, an actor in a
        sentence each; ``r``, the correlation of the tone of an actor in an article with its code. Intervals resample
        articles.
    """
    from analysis.coding.evaluations import code_evaluations  # noqa: PLC0415  loads the model's runtime

    judged: dict[str, list[pd.DataFrame]] = {SHIPPED: [], "model": []}
    tones = []
    held_out = [item for item in running_news.read_items() if running_news.part_of(item) == running_news.HELD_OUT]
    for coded in running_news.code_items(held_out):
        rows = code_evaluations(coded.reading, coded.mentions, coded.quotes)
        likeliest = rows[["p_negative", "p_neutral", "p_positive"]].to_numpy().argmax(axis=1) - 1
        judged[SHIPPED].append(running_news.compare(coded, rows))
        judged["model"].append(running_news.compare(coded, rows.assign(polarity=likeliest.astype(float))))
        tones.append(running_news.compare_tone(coded, rows))
    lines = [line for method, parts in judged.items() for line in _score_judgements(method, pd.concat(parts))]
    units = pd.concat(tones, ignore_index=True)
    for measure, column in (("r", "tone"), ("r of the mean", "mean")):
        found, (low, high), n = correlate(
            units[column], units["gold"], groups=units["article_id"].tolist(), rng=np.random.default_rng(SEED),
            n_draws=N_DRAWS,
        )  # fmt: skip
        lines.append(_line(SHIPPED, measure, "", n, found, low, high))
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
OWN: Mapping[str, Callable[[], pd.DataFrame]] = {"running_news.held_out": measure_running_news}
REFERENCE: Mapping[str, tuple[Callable[[], pd.DataFrame], str]] = {
    "narrative_en.dev": (
        partial(measure_frames, "frames/narrative_en.dev.jsonl", "frames_narrative"),
        "frames/narrative_en.dev.jsonl",
    ),
    "issuepositions_nl.dev": (partial(measure_frames, UNSEEN, "frames_generic"), UNSEEN),
}
GOLD = (*OWN, *REFERENCE)


def measure_gold(gold: str) -> pd.DataFrame:
    """Measure one gold set.

    Parameters
    ----------
    gold : str
        One of `GOLD`.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`.
    """
    measure = OWN[gold] if gold in OWN else REFERENCE[gold][0]
    return measure().assign(gold=gold)[COLUMNS]


def list_present() -> list[str]:
    """Gold sets that can be measured here."""
    folder = reference_data()
    return [*OWN, *(name for name, (_, file) in REFERENCE.items() if (folder / file).is_file())]


def _score_judgements(method: str, units: pd.DataFrame) -> list[dict[str, Any]]:
    """Scores of `running_news.score`, with intervals over articles."""
    whole = running_news.score(units)
    by_article = [part for _, part in units.groupby("article_id", sort=True)]
    counts = np.array([_count(part) for part in by_article], float)
    weights = np.random.default_rng(SEED).multinomial(
        len(by_article), np.full(len(by_article), 1 / len(by_article)), size=N_DRAWS
    )
    hits, n_found, recalled, n_clear = (weights @ counts).T
    precision, recall = hits / np.maximum(n_found, 1), recalled / np.maximum(n_clear, 1)
    drawn = {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / np.maximum(precision + recall, 1e-9),
    }
    totals = counts.sum(axis=0)
    n = {"precision": int(totals[1]), "recall": int(totals[3]), "f1": int(totals[3])}
    return [_line(method, name, "", n[name], whole[name], *np.percentile(drawn[name], [2.5, 97.5])) for name in SCORES]


def _count(part: pd.DataFrame) -> tuple[int, int, int, int]:
    """Right ones among those found, found ones, right ones among the clear, clear ones of gold."""
    right = np.array([found in gold for found, gold in zip(part["found"], part["gold"], strict=True)], bool)
    found = (part["found"] != 0).to_numpy()
    clear = part["gold"].map(bool).to_numpy() & part["is_clear"].to_numpy()
    return int((right & found).sum()), int(found.sum()), int((right & clear).sum()), int(clear.sum())


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


def main(arguments: Sequence[str]) -> int:
    """Measure and store."""
    return renew_gold(
        arguments,
        module="analysis.validation.news_table",
        about=__doc__,
        noun="gold set",
        parts=GOLD,
        list_present=list_present,
        measure=measure_gold,
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
