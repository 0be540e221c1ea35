"""Micro-frames against constructed texts: how far each axis parts texts at its two poles.

Reads ``tests/gold/microframes_nl.yaml`` (texts with a marked actor, at a pole of an axis or at none) and a codebook
with axes; places each text as the coder does. The scores of the axes that the project ships are the stored table
``microframes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import yaml

from analysis.codebook.load import Codebook, load_codebook
from analysis.coding.microframes.code import place_sentences
from analysis.contracts.errors import InputError
from analysis.contracts.paths import CODEBOOKS, ROOT
from analysis.reading import read_articles
from analysis.reading.tokens import RULES
from analysis.validation.gold import make_gold_articles, read_gold_text
from analysis.validation.stored import Part, StoredTable

GOLD = ROOT / "tests" / "gold" / "microframes_nl.yaml"
AXES = CODEBOOKS / "frames_axes.yaml"
SIDES = {"low": -1, "neutral": 0, "high": 1}
HALVES = {"for choosing": False, "held out": True}
"""Texts on which the method was chosen, and those that were scored once it was."""
MARKED = re.compile(r"\[([^\]]+)\]")


@dataclass(frozen=True)
class GoldText:
    """One text: its axis, side (-1, 0 or 1), language, half, words, and where the actor's name stands."""

    axis: str
    side: int
    language: str
    is_held_out: bool
    text: str
    name: tuple[int, int]


def read_gold_texts(codebook: Codebook) -> list[GoldText]:
    """The texts whose axis the codebook has, in the order of the file.

    Raises
    ------
    InputError
        When the file is missing, or a text has no marked actor.
    """
    return [text for text in _read_texts() if text.axis in codebook.axes]


def _read_texts() -> Iterator[GoldText]:
    name, content = read_gold_text(GOLD)
    for entry in yaml.safe_load(content):
        for side, number in SIDES.items():
            for language, texts in entry[side].items():
                for place, marked in enumerate(texts):
                    half = 1 if side == "neutral" else len(texts) // 2
                    found = MARKED.search(marked)
                    if found is None:
                        raise InputError(f"{name}, {entry['axis']}, {side}: mark the actor in '{marked}' with brackets")
                    span = (found.start(), found.end() - 2)
                    yield GoldText(entry["axis"], number, language, place >= half, MARKED.sub(r"\1", marked), span)


def place_gold(texts: Sequence[GoldText], codebook: Codebook) -> np.ndarray:
    """Places of the texts by the coder itself, each text an article: ``float64 [texts, axes]``.

    Raises
    ------
    InputError
        When a text is not one sentence.
    """
    rows = [
        {"article_id": f"g{number:03}", "text": text.text, "language": text.language}
        for number, text in enumerate(texts)
    ]
    reading = read_articles(make_gold_articles(rows), reading=RULES)
    if len(reading.sentences) != len(texts):
        raise InputError(f"{GOLD.name}: every text must be one sentence")
    mentions = pd.DataFrame(
        {
            "article_id": [row["article_id"] for row in rows],
            "sentence_id": 0,
            "actor_id": "x",
            "form": "name",
            "start": [text.name[0] for text in texts],
            "end": [text.name[1] for text in texts],
        }
    )
    places = place_sentences(reading, mentions, codebook)
    wide = places.pivot_table(index="article_id", columns="axis_id", values="place")
    return wide[list(codebook.axes)].to_numpy(float)


def score_axes(places: np.ndarray, texts: Sequence[GoldText], axes: Sequence[str], *, held_out: bool) -> pd.DataFrame:
    """How far each axis parts the texts at its poles, over the texts of one half.

    Parameters
    ----------
    places : ndarray, ``float [texts, axes]``
        Where the texts lie.
    texts : sequence of GoldText
        What gold says of them.
    axes : sequence of str
        Names of the columns of `places`.
    held_out : bool
        Which half.

    Returns
    -------
    DataFrame
        By ``axis``: ``n`` texts at its poles, ``accuracy`` [0, 1] (the share of them on the right side of the middle
        of the half), ``auc`` [0, 1] (the share of pairs of a low and a high text in the right order).
    """
    kept = [number for number, text in enumerate(texts) if text.is_held_out == held_out]
    middle = places[kept].mean(axis=0)
    rows = []
    for column, axis in enumerate(axes):
        own = [(places[n, column] - middle[column], texts[n].side) for n in kept if texts[n].axis == axis]
        low, high = ([value for value, side in own if side == wanted] for wanted in (-1, 1))
        right = [value < 0 for value in low] + [value > 0 for value in high]
        rows.append((axis, len(right), float(np.mean(right)), compare_pairs(np.array(low), np.array(high))))
    return pd.DataFrame(rows, columns=["axis", "n", "accuracy", "auc"]).set_index("axis")


def compare_pairs(low: np.ndarray, high: np.ndarray) -> float:
    """Share of pairs of a low and a high value that are in order; a tie is half of one.

    Examples
    --------
    >>> compare_pairs(np.array([1.0, 2.0]), np.array([2.0, 3.0]))
    0.875
    """
    return float(np.mean([(b > a) + 0.5 * (b == a) for a in low for b in high]))


def measure_axes(codebook: Codebook) -> pd.DataFrame:
    """What ``data/validity/microframes.csv`` holds, by half and axis.

    Returns
    -------
    DataFrame
        ``half`` (`HALVES`), ``axis_id``, ``n`` texts at the poles of the axis, the share of them on the right side of
        the middle (``right_side``), and the share of pairs of a low and a high text that are in order (``in_order``;
        chance is one half).

    References
    ----------
    Kwak, H., An, J., Jing, E., & Ahn, Y.-Y. (2021). FrameAxis: characterizing microframe bias and intensity with word
    embedding. *PeerJ Computer Science, 7*, e644.
    """
    texts, axes = read_gold_texts(codebook), list(codebook.axes)
    places = place_gold(texts, codebook)
    halves = [
        score_axes(places, texts, axes, held_out=held_out).reset_index().assign(half=half)
        for half, held_out in HALVES.items()
    ]
    named = pd.concat(halves, ignore_index=True).rename(
        columns={"axis": "axis_id", "accuracy": "right_side", "auc": "in_order"}
    )
    return named[["half", "axis_id", "n", "right_side", "in_order"]]


TABLES = {
    "microframes": StoredTable(
        {"axes": Part(lambda: measure_axes(load_codebook(AXES)))}, column="half", order=tuple(HALVES)
    )
}
