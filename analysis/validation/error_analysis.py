"""Error analysis: where the coder goes wrong, phenomenon by phenomenon, and whether it is as sure as it is right.

Reads the project's own gold (``tests/gold/phenomena_nl``, the held-out items of the running news); returns tables that
are stored in ``data/validity``: ``phenomena`` (facts found and mistakes made) and ``predictions`` (every held-out code
beside what was predicted).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.coding.evaluations.code import code_evaluations
from analysis.contracts.paths import ROOT
from analysis.contracts.tables import rows_of
from analysis.measures.correspondence import reliability
from analysis.measures.counting import score_share
from analysis.validation.phenomena import METHODS, score_phenomena
from analysis.validation.phenomena_gold import read_items as read_facts
from analysis.validation.polarity import to_side
from analysis.validation.running_news import HELD_OUT, SIGNS, Coded, code_items, part_of, read_items
from analysis.validation.stored import Part, StoredTable

GOLD = ROOT / "tests" / "gold" / "phenomena_nl"
PHENOMENA = (
    "negation", "hedging", "passive", "agentless_passive", "nominalisation", "metonym", "nested_speech", "pronoun",
    "irony",
)  # fmt: skip
HALVES = ("dev", "held")
"""Sentences that were looked at while rules were written, and those that were not."""
MEASURES = ("recall", "recall_at_heart", "mistakes")
GOLD_SET = "running_news.held_out"
TOGETHER = (
    "headline", "own_voice", "quote", "several", "opposite", "pronoun_target", "word", "deed", "event", "blame",
    "implicit", "negation", "hedge",
)  # fmt: skip
"""What sentences are told apart by, in the order of the table; a sentence may be several of them."""
CODED = {"implied": "implicit", "denied": "negation", "negated": "negation", "hedged": "hedge"}
"""Grounds and moods of the codebook that have another name in the table."""
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
        items = read_facts(folder / f"{name}.yaml")
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
    """What is predicted of every actor in every sentence of the running news that is held out.

    Returns
    -------
    DataFrame
        ``gold`` (name of the set), ``unit, sentence, phenomena`` (parted by bars), ``label`` (the code), ``coder``
        (the side that the program takes) and ``model`` (the likeliest label of its network), ``polarity``,
        `PROBABILITIES`. An actor who is judged both ways in a sentence is left out, and one who is not mentioned in it.
    """
    items = [item for item in read_items() if part_of(item) == HELD_OUT]
    return pd.DataFrame([line for coded in code_items(items) for line in _predict_item(coded)])


def _predict_item(coded: Coded) -> Iterator[dict[str, Any]]:
    judged = code_evaluations(coded.reading, coded.mentions, coded.quotes)
    forms = {row.mention_id: (int(row.sentence_id), row.form) for row in rows_of(coded.mentions)}
    spans = {int(row.sentence_id): (row.start, row.end) for row in rows_of(coded.reading.sentences)}
    for row in rows_of(judged):
        key = (int(row.sentence_id), str(row.target_id))
        where, form = forms[row.target_mention_id]
        signs = {SIGNS[one["polarity"]] for one in coded.gold.get(key, [])}
        if row.target_id not in coded.item["actors"] or where != key[0] or len(signs) > 1:
            continue
        sentence = f"{coded.item['id']}:{key[0]}"
        chances = [row.p_negative, row.p_neutral, row.p_positive]
        yield {
            "gold": GOLD_SET,
            "unit": f"{sentence}:{row.target_id}",
            "sentence": sentence,
            "phenomena": "|".join(_describe(coded, key, form, spans[key[0]])),
            "label": next(iter(signs), 0),
            "coder": to_side(row.polarity),
            "model": int(np.argmax(chances)) - 1,
            "polarity": row.polarity,
            **dict(zip(PROBABILITIES, chances, strict=True)),
        }


def _describe(coded: Coded, key: tuple[int, str], form: str, span: tuple[int, int]) -> list[str]:
    """What a sentence and its judgements are, by the names of `TOGETHER`."""
    said = any(row.start < span[1] and span[0] < row.end for row in rows_of(coded.quotes))
    here = [row for (sentence, _), rows in coded.gold.items() if sentence == key[0] for row in rows]
    found = {"quote" if said else "own_voice"}
    found |= {"headline"} if key[0] == 0 else set()
    found |= {"several"} if len({row["target"] for row in here}) > 1 else set()
    found |= {"opposite"} if len({row["polarity"] for row in here}) > 1 else set()
    found |= {"pronoun_target"} if form == "pronoun" else set()
    codes = [str(row[name]) for row in coded.gold.get(key, []) for name in ("ground", "mood") if row.get(name)]
    found |= {CODED.get(code, code) for code in codes}
    return [name for name in TOGETHER if name in found]


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


TABLES = {
    "phenomena": StoredTable({"all": Part(measure_phenomena)}, column="phenomenon", order=PHENOMENA),
    "predictions": StoredTable({GOLD_SET: Part(predict_held_out)}),
}
