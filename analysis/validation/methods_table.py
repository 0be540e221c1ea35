"""Every method on every gold set, in one long table, as Van Atteveldt et al. (2021) set methods side by side.

Reads the project's own gold and, where it is present, the reference data; returns one row per gold set, language,
method and measure, with its interval: the stored table ``methods``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from analysis.codebook.load import load_codebook
from analysis.contracts.paths import CODEBOOKS, SEEDS
from analysis.contracts.tables import rows_of
from analysis.corpus import load_articles
from analysis.measures.correspondence import correlate
from analysis.measures.scoring import score_indicators
from analysis.reading import read_articles
from analysis.reading.tokens import RULES
from analysis.runs.cache import code_once
from analysis.training.frames.fitting import fit_frames
from analysis.training.frames.shipped import read_constructed
from analysis.validation import own_gold, polarity
from analysis.validation.frames import predict_articles
from analysis.validation.gold import Row, make_gold_articles, read_gold
from analysis.validation.own_units import SIDES, Units, list_article_units, list_sentence_units
from analysis.validation.polarity import Predictions, predict_by_model, score_predictions
from analysis.validation.report import Result, from_labels
from analysis.validation.slants import code_teaching
from analysis.validation.stored import Part, StoredTable

SEED = 20200101
N_DRAWS = 1000
WINDOW = 3
"""Words on either side of the actor that are left of its sentence in the ablation of context: most often the verb or
the adjective that leans on it is among them, and what another clause says is not."""
SECOND = "second language model"
"""The second coder scored against the first, as if a method: of every set that was coded twice a language model."""
CORRELATION = "correlation"
OVERALL = ("accuracy", "macro_f1", "alpha", "mean_f1_polar", "ece", CORRELATION)
COLUMNS = ["gold", "language", "method", "measure", "n", "estimate", "ci_low", "ci_high", "notice"]
"""Columns of the table. ``measure`` is one of `OVERALL` or ``f1 <class>``; ``n`` counts gold codes."""
LEARNT = "the network was trained on other rows of this set, which are alike in style"
IN_VIEW = "the rules of mentions and quotes were made with this article in view"
OF_ONE_MIND = "coders are runs of one kind of language model"


def measure_double_coding() -> list[tuple[str, Result]]:
    """How far two codings of the constructed Dutch sentences agree."""
    table = own_gold.read_double_coding()
    rows = [
        {"text": text, "label": int(label)} for text, label in zip(table["sentence"], table["coder_1"], strict=True)
    ]
    return [("nl", _score(rows, {SECOND: Predictions(table["coder_2"].astype(int).tolist())})[0])]


def measure_teaching_tone() -> list[tuple[str, Result]]:
    """Tone per article and actor in the constructed teaching corpus; what two language models agree on next to it."""
    tables, _ = code_teaching()
    found: list[tuple[str, Result]] = []
    for units in list_article_units(tables, own_gold.read_teaching("tone")):
        found += [(units.language, result) for result in _score_units(units)]
    first, second = (own_gold.read_teaching("tone", coder) for coder in ("coder_a", "coder_b"))
    both = first.merge(second, on=["article_id", "actor_id"], suffixes=("_a", "_b"))
    languages = both["article_id"].map(tables.articles.set_index("article_id")["language"])
    for language, part in both.groupby(languages, sort=False):
        rows = [{"text": row.article_id, "label": int(row.tone_a)} for row in rows_of(part)]
        labels = Predictions(part["tone_b"].astype(int).tolist())
        found.append((str(language), _score(rows, {SECOND: labels})[0]))
    return found


def measure_teaching_frames() -> list[tuple[str, Result]]:
    """The generic frames per article of the teaching corpus."""
    gold = own_gold.read_teaching("frames").set_index("article_id")
    articles = code_teaching()[0].article_frames
    said = {"coder": articles[articles["is_counted"]], "patterns": articles[articles["method"] == "patterns"]}
    wide = {
        method: found.pivot_table(index="article_id", columns="frame_id", values="is_present", aggfunc="max")
        .reindex(index=gold.index, columns=gold.columns)
        .fillna(0)
        .astype(int)
        for method, found in said.items()
        if len(found)
    }
    first, second = (own_gold.read_teaching("frames", c).set_index("article_id") for c in ("coder_a", "coder_b"))
    results = _score_answers(gold, wide) + _score_answers(first, {SECOND: second}, with_majority=False)
    return [("nl, en", result) for result in results]


def measure_seed() -> list[tuple[str, Result]]:
    """Evaluations of the seed article where its reference coding has a row."""
    tables = code_once(load_articles(SEEDS), load_codebook(CODEBOOKS / "seed.yaml"), captions=True)
    units = list_sentence_units(tables, own_gold.read_seed())
    found = [(units.language, result) for result in _score_units(units)]
    text = str(tables.articles["text"].iloc[0])
    first, second = ({_key(row, text): row for row in own_gold.read_seed(f"seed_coder_{name}")} for name in "ab")
    keys = sorted(first.keys() | second.keys())
    codes = [[SIDES[coder[key]["polarity"]] if key in coder else 0 for key in keys] for coder in (first, second)]
    rows = [{"text": str(key[0]), "label": label} for key, label in zip(keys, codes[0], strict=True)]
    return [*found, (units.language, _score(rows, {SECOND: Predictions(codes[1])})[0])]


def measure_frames() -> list[tuple[str, Result]]:
    """The generic frames of constructed Dutch sentences that were coded twice."""
    texts, first, second = own_gold.read_frame_answers()
    codebook = load_codebook(CODEBOOKS / "frames_generic.yaml")
    names = list(own_gold.FRAME_IDS)
    asked = {name: [indicator.id for indicator in codebook.frames[name].indicators] for name in names}
    gold, other = (
        pd.DataFrame({name: table[ids].max(axis=1) for name, ids in asked.items()}) for table in (first, second)
    )
    rows = own_gold.number_rows({"text": text, "language": "nl"} for text in texts["text"])
    reading = read_articles(make_gold_articles(rows), reading=RULES)
    patterns, _ = predict_articles(rows, reading, codebook, names, method="patterns")
    learnt = fit_frames(read_constructed(), codebook, name="frames_nl").predictions
    yes = learnt.pivot_table(index="text_id", columns="frame_id", values="is_yes", aggfunc="max")
    predicted = {"model": yes.loc[gold.index, names].astype(int), "patterns": patterns.set_index(gold.index)}
    results = _score_answers(gold, predicted) + _score_answers(gold, {SECOND: other}, with_majority=False)
    return [("nl", result) for result in results]


def measure_reference(name: str) -> list[tuple[str, Result]]:
    """A reference set of tone towards a marked actor."""
    rows = read_gold(name, "target")
    return _score_targets(rows)


Measure = Callable[[], list[tuple[str, Result]]]
OWN: Mapping[str, tuple[Measure, str]] = {
    "target_nl.double_coding": (measure_double_coding, OF_ONE_MIND),
    "teaching.tone": (measure_teaching_tone, ""),
    "teaching.frames": (measure_teaching_frames, ""),
    "seed.evaluations": (measure_seed, IN_VIEW),
    "frames_nl.double_coding": (measure_frames, "the model is cross-validated"),
}
"""How the project's own sets are measured, and what to know."""
REFERENCE = {
    "newsmtsc_en.dev": LEARNT, "madtsc_nl.dev": LEARNT, "madtsc_en.dev": LEARNT, "opener_nl.dev": "",
    "opener_en.dev": "",
}  # fmt: skip
"""Sets that are no part of the project, ``target/<name>.jsonl`` in the reference data, and what to know of them."""
GOLD = (*OWN, *REFERENCE)
TONE = (
    "teaching.tone", "seed.evaluations", "newsmtsc_en.dev", "madtsc_nl.dev", "madtsc_en.dev", "opener_nl.dev",
    "opener_en.dev",
)  # fmt: skip
"""Sets whose codes are -1, 0 and 1 and that methods were run on: what one chart can show."""


def measure_methods(gold: str) -> pd.DataFrame:
    """Score every method on one gold set.

    Parameters
    ----------
    gold : str
        One of `GOLD`.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`.

    Raises
    ------
    InputError
        When a file is missing.

    References
    ----------
    Van Atteveldt, W., Van der Velden, M., & Boukes, M. (2021). The validity of sentiment analysis. *Communication
    Methods and Measures, 15*(2), 121-140.
    """
    measure, notice = OWN.get(gold) or (partial(measure_reference, f"target/{gold}.jsonl"), REFERENCE[gold])
    return pd.DataFrame([line for language, result in measure() for line in _lines(gold, language, result, notice)])[
        COLUMNS
    ]


TABLES = {
    "methods": StoredTable(
        {gold: Part(partial(measure_methods, gold), "" if gold in OWN else f"target/{gold}.jsonl") for gold in GOLD}
    )
}


def _score_targets(rows: Sequence[Row]) -> list[tuple[str, Result]]:
    """The methods of `framewijs validate target`, and the network with little or no context."""
    results = polarity.score_target(rows, method=polarity.CODER, seed=SEED, n_draws=N_DRAWS)
    few = {f"model_{WINDOW}_words": WINDOW, "model_no_context": 0}
    results += _score(rows, {name: predict_by_model(rows, n_words=n) for name, n in few.items()})
    return [(str(rows[0]["language"]), result) for result in results]


def _score(rows: Sequence[Row], predictions: Mapping[str, Predictions]) -> list[Result]:
    return score_predictions(rows, predictions, SEED, N_DRAWS)


def _score_units(units: Units) -> list[Result]:
    """Labels of each method, and of the majority; ``correlation`` where a method has evidence."""
    rows = [{"text": group, "label": label} for group, label in zip(units.groups, units.gold, strict=True)]
    predictions = {method: Predictions(labels) for method, labels in units.labels.items()}
    results = _score(rows, predictions | {"majority": Predictions(polarity.predict_majority(rows))})
    return [_add_correlation(result, units) if result.method in units.polarity else result for result in results]


def _add_correlation(result: Result, units: Units) -> Result:
    rng = np.random.default_rng(SEED)
    numbers = units.polarity[result.method]
    found, bounds, n = correlate(numbers, units.gold, groups=units.groups, rng=rng, n_draws=N_DRAWS)
    scores, intervals = {**result.scores, CORRELATION: found}, {**result.intervals, CORRELATION: bounds}
    return replace(result, scores=scores, intervals=intervals, notes={**result.notes, CORRELATION: n})


def _score_answers(
    gold: pd.DataFrame, predicted: Mapping[str, pd.DataFrame], *, with_majority: bool = True
) -> list[Result]:
    """Yes-or-no codes of frames: means over frames, and F1 of yes for each."""
    said = dict(predicted)
    if with_majority:
        said["majority"] = gold * 0 + (gold.mean() > 0.5).astype(int)
    scores = {
        method: score_indicators(gold, table, rng=np.random.default_rng(SEED), n_draws=N_DRAWS)
        for method, table in said.items()
    }
    return [from_labels(method, found) for method, found in scores.items()]


def _lines(gold: str, language: str, result: Result, notice: str) -> Iterator[dict[str, Any]]:
    """A result as rows: overall measures, then F1 per class."""
    about = {"gold": gold, "language": language, "method": result.method, "notice": notice}
    if result.method == SECOND:
        about["notice"] = OF_ONE_MIND
    values = {
        name: (result.scores[name], result.notes.get(name, result.n)) for name in OVERALL if name in result.scores
    }
    classes = {f"f1 {label}": (row["f1"], row["n"]) for label, row in result.per_class.to_dict("index").items()}
    for measure, (value, n) in (values | classes).items():
        low, high = result.intervals.get(measure, (float("nan"), float("nan")))
        yield about | {"measure": measure, "n": int(n), "estimate": value, "ci_low": low, "ci_high": high}


def _key(row: Mapping[str, Any], text: str) -> tuple[int, str, str]:
    """Where a row of a coding of the seed stands, and who is judged by whom."""
    return text.index(str(row["sentence"]).lstrip("‘")), str(row["source"]), str(row["target"])
