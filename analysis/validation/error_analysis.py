"""Error analysis: where the coder goes wrong, phenomenon by phenomenon, and whether it is as sure as it is right.

Reads the project's own gold (``tests/gold/phenomena_nl``, the held-out sentences of ``target_nl``); returns tables that
are stored in ``data/validity``: ``phenomena`` (facts found and mistakes made) and ``predictions`` (every held-out code
beside what was predicted). ``python -m analysis.validation.error_analysis FOLDER [TABLE ...]`` writes them as CSV.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import StudyError
from analysis.measures.correspondence import reliability
from analysis.measures.counting import score_share
from analysis.paths import ROOT
from analysis.validation.own_gold import read_targets, take_held_out
from analysis.validation.phenomena import METHODS, score_phenomena
from analysis.validation.phenomena_gold import read_items
from analysis.validation.polarity import code_targets, to_side
from analysis.validation.stored import keep_results

GOLD = ROOT / "tests" / "gold" / "phenomena_nl"
PHENOMENA = (
    "negation", "hedging", "passive", "agentless_passive", "nominalisation", "metonym", "nested_speech", "pronoun",
    "irony",
)  # fmt: skip
HALVES = ("dev", "held")
"""Sentences that were looked at while rules were written, and those that were not."""
MEASURES = ("recall", "recall_at_heart", "mistakes")
TABLES = ("phenomena", "predictions")
HELD_OUT = "target_nl.held_out"
TOGETHER = (
    "headline", "own_voice", "quote", "negation", "hedge", "passive", "several", "opposite", "implicit", "irony",
    "metonym", "pronoun_target",
)  # fmt: skip
"""What held-out sentences are told apart by, in the order of the table; a sentence may be several of them."""
CODERS = ("coder", "model")
PROBABILITIES = ["p_negative", "p_neutral", "p_positive"]
SEED = 20200101
N_DRAWS = 1000


def measure_phenomena(names: Sequence[str] = PHENOMENA, folder: Path = GOLD) -> pd.DataFrame:
    """Facts found and mistakes made in the project's sentences per phenomenon, with and without the model.

    Parameters
    ----------
    names : sequence of str
        Files of the folder, without ending.
    folder : path
        Where they lie.

    Returns
    -------
    DataFrame
        ``phenomenon, half`` (dev, held), ``method`` (model, lexicon), ``measure`` (`MEASURES`), ``n`` (facts, or for
        mistakes traps), ``estimate`` [0, 1], ``ci_low, ci_high``.
    """
    lines = []
    for name in names:
        items = read_items(folder / f"{name}.yaml")
        for half in HALVES:
            for result in score_phenomena(items, method=METHODS[0], seed=SEED, n_draws=N_DRAWS, half=half):
                about = {"phenomenon": name, "half": half, "method": result.method}
                for measure in MEASURES:
                    low, high = result.intervals[measure]
                    n = int(result.scores["n_absent" if measure == "mistakes" else "n_expected"])
                    found = {"estimate": float(result.scores[measure]), "ci_low": low, "ci_high": high}
                    lines.append(about | {"measure": measure, "n": n} | found)
    return pd.DataFrame(lines)


def predict_held_out() -> pd.DataFrame:
    """What is predicted of every held-out actor of ``target_nl``.

    Returns
    -------
    DataFrame
        ``gold`` (name of the set), ``unit, sentence, phenomena`` (parted by bars), ``label`` (the code), ``coder``
        and ``model`` (labels of the default path and of its network alone), ``polarity``, `PROBABILITIES` of the
        network, NaN where the coder has no row.
    """
    rows = take_held_out(read_targets())
    columns = ["polarity", *PROBABILITIES]
    found = code_targets(rows).set_index("article_id")[columns].reindex([row["article_id"] for row in rows])
    likeliest = found[PROBABILITIES].fillna(0).to_numpy(float).argmax(axis=1) - 1
    return pd.DataFrame(
        {
            "gold": HELD_OUT,
            "unit": [row["id"] for row in rows],
            "sentence": [str(row["id"]).rpartition(":")[0] for row in rows],
            "phenomena": ["|".join(row["phenomena"]) for row in rows],
            "label": [row["label"] for row in rows],
            "coder": [to_side(value) for value in found["polarity"].fillna(0)],
            "model": np.where(found["p_neutral"].isna(), 0, likeliest),
            **{name: found[name].to_numpy(float) for name in columns},
        }
    )


def count_errors(predictions: pd.DataFrame, names: Sequence[str] = TOGETHER) -> pd.DataFrame:
    """Share of wrong labels per phenomenon, of the default path and of its network alone.

    Parameters
    ----------
    predictions : DataFrame
        As `predict_held_out` returns it.
    names : sequence of str
        Phenomena, in the order of the table.

    Returns
    -------
    DataFrame
        ``phenomenon, method, n_wrong, n, share_wrong`` with ``ci_low, ci_high`` over sentences; first ``all``. A
        phenomenon that no sentence has gets no row.
    """
    marks = predictions["phenomena"].str.split("|")
    lines = []
    for name in ("all", *names):
        part = predictions if name == "all" else predictions[[name in found for found in marks]]
        if part.empty:
            continue
        for method in CODERS:
            wrong = (part[method] != part["label"]).astype(float)
            counts = pd.DataFrame({"right": wrong, "n": 1.0}).groupby(part["sentence"]).sum()
            share, (low, high) = score_share(counts, rng=np.random.default_rng(SEED), n_draws=N_DRAWS)
            found = {"n_wrong": int(wrong.sum()), "n": len(part), "share_wrong": share, "ci_low": low, "ci_high": high}
            lines.append({"phenomenon": name, "method": method} | found)
    return pd.DataFrame(lines)


def rate_certainty(predictions: pd.DataFrame, *, n_bins: int = 10) -> pd.DataFrame:
    """How often the network is right among the actors on which it is about equally sure.

    Returns
    -------
    DataFrame
        As `analysis.measures.correspondence.reliability`, over the rows with probabilities; sentences are resampled.
    """
    known = predictions[predictions["p_neutral"].notna()]
    certainty = known[PROBABILITIES].max(axis=1).clip(0, 1)
    return reliability(
        certainty.tolist(),
        (known["model"] == known["label"]).tolist(),
        groups=known["sentence"].tolist(),
        n_bins=n_bins,
        rng=np.random.default_rng(SEED),
        n_draws=N_DRAWS,
    )


def main(arguments: Sequence[str]) -> int:
    """Measure and store."""
    parser = argparse.ArgumentParser(prog="python -m analysis.validation.error_analysis", description=__doc__)
    parser.add_argument("folder", type=Path, help="where phenomena.csv and predictions.csv go")
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=", ".join(TABLES), default=[])
    given = parser.parse_args(list(arguments))
    if unknown := sorted(set(given.tables) - set(TABLES)):
        parser.error(f"unknown table '{unknown[0]}'; use {', '.join(TABLES)}")
    today = datetime.date.today()
    try:
        for table in given.tables or TABLES:
            command = f"python -m analysis.validation.error_analysis {given.folder.as_posix()} {table}"
            is_first = table == TABLES[0]
            keep_results(
                given.folder / f"{table}.csv",
                measure_phenomena() if is_first else predict_held_out(),
                part="phenomenon" if is_first else "gold",
                order=PHENOMENA if is_first else (HELD_OUT,),
                command=command,
                today=today,
            )
    except StudyError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
