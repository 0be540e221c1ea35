"""Robustness: does a judgement survive other words, typing errors and another name.

Reads constructed sentences with a marked actor (``data/annotations/paraphrases``, ``name_swaps``); returns one row per
test, group, method and measure. ``coder`` is `code_evaluations` as a study gets it, on a reading with trees; ``model``
its network alone. It is the stored table ``robustness``.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.contracts.errors import InputError
from analysis.contracts.paths import DATA
from analysis.measures.counting import score_share
from analysis.reading.model_loading import load_reading_model
from analysis.validation.name_swap import TONES, fill_templates, score_swaps, summarise_swaps
from analysis.validation.own_gold import number_rows
from analysis.validation.polarity import code_targets, to_side
from analysis.validation.stored import Part, StoredTable

PARAPHRASES = DATA / "annotations" / "paraphrases"
TESTS = ("paraphrase", "typo", "name_swap")
KINDS = ("as written", "dropped", "doubled", "swapped", "no diacritics", "capitals")
"""Typing errors: a letter dropped, doubled or swapped with the next in the longest word; accents gone; all capitals."""
LONG = 5
"""Least letters of a word that gets an error: in a shorter one it makes another word."""
SEED = 20200101
N_DRAWS = 1000
COLUMNS = ["test", "language", "slot", "by", "group", "method", "measure", "n", "estimate", "ci_low", "ci_high"]
"""Columns of the table. ``slot`` and ``by`` are of name swaps alone; ``n`` counts sentences, or names of a group."""
_WORD = re.compile(r"[^\W\d_]+")

Judge = Callable[[pd.DataFrame], pd.DataFrame]
"""From sentences (``language, text, start, end``) to the same with ``polarity`` and ``label``."""


def judge_by_coder(sentences: pd.DataFrame) -> pd.DataFrame:
    """What a study codes of the marked actors; 0 where it has no row."""
    columns = ["language", "text", "start", "end"]
    rows = number_rows(dict(zip(columns, row, strict=True)) for row in sentences[columns].to_numpy().tolist())
    found = code_targets(rows)
    polarity = dict(zip(found["article_id"], found["polarity"], strict=True))
    values = [float(polarity.get(row["article_id"], 0.0)) for row in rows]
    return sentences.assign(polarity=values, label=[to_side(value) for value in values])


def judge_by_network(sentences: pd.DataFrame) -> pd.DataFrame:
    """What the network alone says of them."""
    return score_swaps(load_reading_model(), sentences)


JUDGES: Mapping[str, Judge] = {"coder": judge_by_coder, "model": judge_by_network}


def read_paraphrases(folder: Path = PARAPHRASES) -> pd.DataFrame:
    """Sentences that say the same of an actor, in pairs.

    Returns
    -------
    DataFrame
        ``pair_id, language, tone`` (-1, 0, 1), ``version`` (first, second), ``text, start, end``;
        ``text[start:end]`` is the actor.

    Raises
    ------
    InputError
        If there are no pairs, or a line lacks a mark or a tone.
    """
    rows: list[dict[str, Any]] = []
    for path in sorted(folder.glob("pairs_*.tsv")):
        table = pd.read_csv(path, sep="\t", quoting=csv.QUOTE_NONE, dtype=str, keep_default_na=False)
        for number, pair in enumerate(table.to_dict("records"), start=2):
            for version in ("first", "second"):
                before, opened, rest = str(pair[version]).partition("{")
                actor, closed, after = rest.partition("}")
                if not (opened and closed and actor) or "{" in after or pair["tone"] not in TONES:
                    raise InputError(
                        f"{path.name}, line {number}: needs one {{actor}} a sentence and a tone -1, 0 or 1"
                    )
                about = {"pair_id": pair["pair_id"], "language": pair["language"], "tone": TONES[pair["tone"]]}
                place = {"text": before + actor + after, "start": len(before), "end": len(before) + len(actor)}
                rows.append(about | {"version": version} | place)
    if not rows:
        raise InputError(f"{folder.name}: holds no pairs_*.tsv; restore the folder with git")
    return pd.DataFrame(rows)


def add_typos(sentences: pd.DataFrame) -> pd.DataFrame:
    """Every sentence as written, and with each kind of typing error that it can have.

    Parameters
    ----------
    sentences : DataFrame
        ``text, start, end`` and whatever else.

    Returns
    -------
    DataFrame
        ``kind`` (`KINDS`), then the columns of `sentences`. A letter goes wrong in the middle of the longest word
        outside the actor's name; accents go and capitals come everywhere. What would change nothing is left out.
    """
    made = []
    for row in sentences.to_dict("records"):
        for kind in KINDS:
            text, start, end = misspell(str(row["text"]), int(row["start"]), int(row["end"]), kind)
            if kind == KINDS[0] or text != row["text"]:
                made.append({"kind": kind} | row | {"text": text, "start": start, "end": end})
    return pd.DataFrame(made)


def misspell(text: str, start: int, end: int, kind: str) -> tuple[str, int, int]:
    """A text with one kind of typing error, and where its actor now stands.

    Examples
    --------
    >>> misspell("Bos faalde jammerlijk.", 0, 3, "swapped")
    ('Bos faalde jammrelijk.', 0, 3)
    >>> misspell("Volgens critici faalde Bos.", 23, 26, "dropped")
    ('Volens critici faalde Bos.', 22, 25)
    >>> misspell("Café Bos", 5, 8, "no diacritics")
    ('Cafe Bos', 5, 8)
    """
    if kind == "no diacritics":
        return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text), start, end
    if kind == "capitals":
        raised = "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in text)
        return raised, start, end
    words = [match for match in _WORD.finditer(text) if match.end() <= start or match.start() >= end]
    longest = max(words, key=lambda match: (len(match.group()), -match.start()), default=None)
    if kind == KINDS[0] or longest is None or len(longest.group()) < LONG:
        return text, start, end
    word, middle = longest.group(), len(longest.group()) // 2
    turn = next((place for place in range(middle, len(word)) if word[place] != word[place - 1]), middle)
    wrong = {
        "dropped": word[:middle] + word[middle + 1 :],
        "doubled": word[:middle] + word[middle] + word[middle:],
        "swapped": word[: turn - 1] + word[turn] + word[turn - 1] + word[turn + 1 :],
    }[kind]
    shift = len(wrong) - len(word) if longest.end() <= start else 0
    return text[: longest.start()] + wrong + text[longest.end() :], start + shift, end + shift


def measure_paraphrases(judge: Judge, folder: Path = PARAPHRASES) -> list[dict[str, Any]]:
    """Share of pairs that get one label, mean distance of their polarities [0, 2], and share of right labels."""
    judged = judge(read_paraphrases(folder))
    lines: list[dict[str, Any]] = []
    for language, part in judged.groupby("language", sort=False):
        first, second = (part[part["version"] == version].set_index("pair_id") for version in ("first", "second"))
        values = {
            "same_label": (first["label"] == second["label"]).astype(float),
            "distance": (first["polarity"] - second["polarity"]).abs(),
            "accuracy": ((first["label"] == first["tone"]).astype(float) + (second["label"] == second["tone"])) / 2,
        }
        lines += [
            {"language": language, "group": "other words", "measure": measure, **_mean(found, found.index)}
            for measure, found in values.items()
        ]
    return lines


def measure_typos(judge: Judge, folder: Path = PARAPHRASES) -> list[dict[str, Any]]:
    """The same of sentences with a typing error, against themselves as written; intervals over pairs."""
    judged = judge(add_typos(read_paraphrases(folder)))
    key = ["pair_id", "version"]
    plain = judged[judged["kind"] == KINDS[0]].set_index(key)
    lines: list[dict[str, Any]] = []
    for (language, kind), part in judged.groupby(["language", "kind"], sort=False):
        wrong = part.set_index(key)
        written = plain.loc[wrong.index]
        values = {
            "same_label": (wrong["label"] == written["label"]).astype(float),
            "distance": (wrong["polarity"] - written["polarity"]).abs(),
            "accuracy": (wrong["label"] == wrong["tone"]).astype(float),
        }
        pairs = wrong.index.get_level_values("pair_id")
        lines += [
            {"language": language, "group": kind, "measure": measure, **_mean(found, pairs)}
            for measure, found in values.items()
        ]
    return lines


def measure_names(judge: Judge, n_names: int | None = None) -> list[dict[str, Any]]:
    """Gap of each group of names to all groups in the same sentences, and share of labels that the name turns.

    Parameters
    ----------
    judge : callable
        The method.
    n_names : int, optional
        So many names of each group and gender, the first of the file; all when left out.
    """
    filled = fill_templates()
    if n_names is not None:
        names = filled[["slot", "group", "gender", "language", "name"]].drop_duplicates()
        few = names.groupby(["slot", "group", "gender", "language"], sort=False).head(n_names)
        filled = filled.merge(few).reset_index(drop=True)
    summary = summarise_swaps(judge(filled), seed=SEED, n_draws=N_DRAWS)
    lines: list[dict[str, Any]] = []
    for row in summary.to_dict("records"):
        about = {name: row[name] for name in ("language", "slot", "by", "group")} | {"n": row["n_names"]}
        bounds = {"estimate": row["gap"], "ci_low": row["ci_low"], "ci_high": row["ci_high"]}
        lines.append(about | {"measure": "gap"} | bounds)
        lines.append(about | {"measure": "share_flipped", "estimate": row["share_flipped"]})
    return lines


def measure_robustness(
    tests: Iterable[str] = TESTS, *, methods: Sequence[str] = tuple(JUDGES), n_names: int | None = None
) -> pd.DataFrame:
    """Run tests with each method.

    Parameters
    ----------
    tests : iterable of {"paraphrase", "typo", "name_swap"}
        What to measure.
    methods : sequence of {"coder", "model"}
        Whose judgements.
    n_names : int, optional
        As for `measure_names`.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`.
    """
    measures: Mapping[str, Callable[[Judge], list[dict[str, Any]]]] = {
        "paraphrase": measure_paraphrases,
        "typo": measure_typos,
        "name_swap": lambda judge: measure_names(judge, n_names),
    }
    lines = [
        {"test": test, "slot": "", "by": "", "method": method} | line
        for test in tests
        for method in methods
        for line in measures[test](JUDGES[method])
    ]
    return pd.DataFrame(lines).reindex(columns=COLUMNS)


def _mean(values: pd.Series, clusters: Any) -> dict[str, Any]:
    """Mean with its interval over clusters."""
    counts = pd.DataFrame({"right": values.to_numpy(float), "n": 1.0}).groupby(np.asarray(clusters)).sum()
    mean, (low, high) = score_share(counts, rng=np.random.default_rng(SEED), n_draws=N_DRAWS)
    return {"n": len(values), "estimate": mean, "ci_low": low, "ci_high": high}


TABLES = {"robustness": StoredTable({test: Part(partial(measure_robustness, [test])) for test in TESTS}, column="test")}
