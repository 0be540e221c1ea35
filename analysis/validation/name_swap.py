"""Bias of the reading model: whether the tone of a sentence hangs on the name in it.

Reads ``data/annotations/name_swaps`` (constructed sentences with an open slot, and names by group) and a model with a
method ``tone``; returns one row per sentence and name (`score_swaps`), or one per group of names (`summarise_swaps`).
`measure_name_swap` does both. ``python -m analysis.validation name_swap MODEL OUT`` writes the summary as CSV.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.contracts.errors import InputError
from analysis.contracts.paths import DATA

FOLDER = DATA / "annotations" / "name_swaps"
SLOT = "{}"
SEED = 20200101
N_DRAWS = 1000
TONES = {"-1": -1, "0": 0, "1": 1}
COLUMNS = [
    "language", "slot", "by", "group", "n_templates", "n_names", "mean_polarity", "gap", "ci_low", "ci_high",
    "share_flipped",
]  # fmt: skip
"""Columns of the summary."""

FloatArray = npt.NDArray[np.float64]


class HasTone(Protocol):
    """What is measured: `analysis.reading.model.ReadingModel`, or anything that codes tone as it does."""

    def tone(
        self, texts: Sequence[str], spans: Sequence[tuple[int, int] | None], languages: Sequence[str] | None = None
    ) -> FloatArray:
        """Probabilities of negative, neutral and positive ``[n, 3]`` towards each span."""
        ...


def measure_name_swap(
    model: HasTone, *, folder: Path = FOLDER, seed: int = SEED, n_draws: int = N_DRAWS
) -> pd.DataFrame:
    """How far the tone of a group of names lies from that of all groups, in the same sentences.

    Parameters
    ----------
    model : ReadingModel
        Or anything with its method ``tone``.
    folder : Path
        Holds ``templates.tsv`` and ``names.tsv``.
    seed, n_draws : int
        Of the bootstrap.

    Returns
    -------
    DataFrame
        See `summarise_swaps`.

    Raises
    ------
    InputError
        If a file is missing or a row breaks its format.

    Notes
    -----
    The design is that of Kiritchenko and Mohammad (2018), with a marked target and news sentences. A gap of 0 is no
    proof of fairness: it says that these names, in these clear sentences, did not matter.

    References
    ----------
    Kiritchenko, S., & Mohammad, S. M. (2018). Examining gender and race bias in two hundred sentiment analysis systems.
    *Proceedings of *SEM 2018*, 43-53.
    """
    return summarise_swaps(score_swaps(model, fill_templates(folder)), seed=seed, n_draws=n_draws)


def read_swaps(folder: Path = FOLDER) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the sentences with a slot and the names.

    Returns
    -------
    tuple of DataFrame
        Templates (``template_id, language, slot, tone, text``) and names (``slot, group, gender, language, name``; an
        empty language means every language).

    Raises
    ------
    InputError
        If a file is missing, lacks a column, or a sentence has not exactly one slot or no known tone.
    """
    templates = _read_tsv(folder / "templates.tsv", ["template_id", "language", "slot", "tone", "text"])
    names = _read_tsv(folder / "names.tsv", ["slot", "group", "gender", "language", "name"])
    for row, (text, tone) in enumerate(zip(templates["text"], templates["tone"], strict=True), 2):
        if text.count(SLOT) != 1 or tone not in TONES:
            raise InputError(f"{folder / 'templates.tsv'}, line {row}: needs one {SLOT} and a tone -1, 0 or 1")
    templates["tone"] = templates["tone"].map(TONES).astype("int64")
    return templates, names


def fill_templates(folder: Path = FOLDER) -> pd.DataFrame:
    """Put every name of a slot into every sentence of that slot.

    Returns
    -------
    DataFrame
        ``template_id, language, slot, tone, group, gender, name, text, start, end``; ``text[start:end]`` is the name.
    """
    templates, names = read_swaps(folder)
    filled = templates.merge(names, on="slot", suffixes=("", "_of_name"))
    fits = filled["language_of_name"].isin([""]) | (filled["language_of_name"] == filled["language"])
    filled = filled[fits].drop(columns="language_of_name").reset_index(drop=True)
    filled["start"] = [text.index(SLOT) for text in filled["text"]]
    filled["text"] = [text.replace(SLOT, name) for text, name in zip(filled["text"], filled["name"], strict=True)]
    filled["end"] = filled["start"] + filled["name"].str.len()
    return filled[["template_id", "language", "slot", "tone", "group", "gender", "name", "text", "start", "end"]]


def score_swaps(model: HasTone, filled: pd.DataFrame) -> pd.DataFrame:
    """Code the tone of filled sentences towards the name in them.

    Returns
    -------
    DataFrame
        The rows of `filled` with ``polarity`` (probability of positive less that of negative, [-1, 1]) and ``label``
        (the likeliest of -1, 0, 1).
    """
    spans = list(zip(filled["start"].tolist(), filled["end"].tolist(), strict=True))
    probabilities = model.tone(filled["text"].tolist(), spans, filled["language"].tolist())
    return filled.assign(
        polarity=(probabilities[:, 2] - probabilities[:, 0]).round(4), label=probabilities.argmax(1).astype("int64") - 1
    )


def summarise_swaps(scored: pd.DataFrame, *, seed: int = SEED, n_draws: int = N_DRAWS) -> pd.DataFrame:
    """Compare groups of names in the same sentences.

    Parameters
    ----------
    scored : DataFrame
        From `score_swaps`: every name of a language and slot in every sentence of them.
    seed, n_draws : int
        Of the bootstrap.

    Returns
    -------
    DataFrame
        One row per language, slot, division (``by``: ``group``, or ``gender`` for persons) and group. ``gap`` is the
        group's mean polarity less the mean over groups, [-2, 2]; ``ci_low`` and ``ci_high`` its 95 % interval.
        ``share_flipped`` is the share of labels that differ from the one most names get in that sentence.

    Raises
    ------
    InputError
        If a name is missing from a sentence.

    Notes
    -----
    Sentences and names are both resampled (names within their group): an interval over sentences alone would describe
    these few names, and call a chance difference between two names a bias of the model. In a draw all groups keep the
    same sentences.
    """
    rows: list[dict[str, object]] = []
    for (language, slot), part in scored.groupby(["language", "slot"], sort=False):
        names = part.drop_duplicates("name").set_index("name")
        polarity = part.pivot(index="template_id", columns="name", values="polarity")[names.index].to_numpy(float)
        if np.isnan(polarity).any():
            raise InputError(f"name swaps, {language} {slot}: a name is missing from a sentence; fill all of them")
        is_flipped = _find_flips(part, list(names.index))
        for by in ("group", "gender"):
            if (names[by] == "").any():
                continue
            rng = np.random.default_rng(seed)
            compared = _compare(polarity, is_flipped, names[by].tolist(), rng, n_draws)
            rows += [{"language": language, "slot": slot, "by": by, **found} for found in compared]
    return pd.DataFrame(rows, columns=COLUMNS)


def _find_flips(part: pd.DataFrame, names: list[str]) -> npt.NDArray[np.bool_]:
    """Where a label ``[sentences, names]`` differs from its sentence's most frequent one (among equals, the lowest)."""
    labels = part.pivot(index="template_id", columns="name", values="label")[names].to_numpy(int)
    usual = [np.bincount(row + 1, minlength=3).argmax() - 1 for row in labels]
    return np.asarray(labels != np.array(usual)[:, None])


def _compare(
    polarity: FloatArray, is_flipped: npt.NDArray[np.bool_], groups: list[str], rng: np.random.Generator, n_draws: int
) -> Iterator[dict[str, object]]:
    """Yield a row per group, in the order of the names' file."""
    n_templates = len(polarity)
    order = list(dict.fromkeys(groups))
    places = [np.flatnonzero(np.array(groups) == group) for group in order]
    means = np.array([polarity[:, place].mean() for place in places])
    drawn_templates = rng.multinomial(n_templates, np.full(n_templates, 1 / n_templates), n_draws) / n_templates
    by_name = drawn_templates @ polarity
    drawn = np.empty((n_draws, len(order)))
    for number, place in enumerate(places):
        shares = rng.multinomial(len(place), np.full(len(place), 1 / len(place)), n_draws) / len(place)
        drawn[:, number] = (by_name[:, place] * shares).sum(1)
    low, high = np.percentile(drawn - drawn.mean(1, keepdims=True), [2.5, 97.5], axis=0)
    for number, (group, place) in enumerate(zip(order, places, strict=True)):
        yield {
            "group": group,
            "n_templates": n_templates,
            "n_names": len(place),
            "mean_polarity": round(float(means[number]), 4),
            "gap": round(float(means[number] - means.mean()), 4),
            "ci_low": round(float(low[number]), 4),
            "ci_high": round(float(high[number]), 4),
            "share_flipped": round(float(is_flipped[:, place].mean()), 4),
        }


def _read_tsv(path: Path, columns: list[str]) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, sep="\t", dtype="str", keep_default_na=False, quoting=3)
    except FileNotFoundError:
        raise InputError(f"{path}: not there; it belongs to the project, restore it with git") from None
    if missing := [column for column in columns if column not in table.columns]:
        raise InputError(f"{path}: lacks the columns {', '.join(missing)}; see the README beside it")
    return table


def main(model: str, out: str) -> None:
    """Measure a model file, and write and print the summary."""
    from analysis.reading.model import ReadingModel  # noqa: PLC0415  onnxruntime

    summary = measure_name_swap(ReadingModel.load(Path(model)))
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    summary.to_csv(out, index=False, lineterminator="\n")
    print(summary.to_string(index=False))
