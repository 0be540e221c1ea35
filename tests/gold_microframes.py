"""Texts of tests/gold/microframes_nl.yaml on their axes: whether a method tells the poles, and the axes, apart.

Run as a script it prints the table of docs/frames.md: each way of placing texts, on the half for choosing and the half
held out. With a path, such as data/validity/microframes.csv, it stores how far each axis parts its texts there instead.
"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from analysis import paths
from analysis.codebook import Axis, Codebook, load_codebook
from analysis.coding import microframes_axes
from analysis.coding.frames_features import find_words
from analysis.coding.microframes import hide_names, place_sentences, standardise
from analysis.coding.microframes_axes import find_directions, part_directions
from analysis.reading import load_reading_model, read_articles
from analysis.tables import make_table
from analysis.validation.stored import keep_results

GOLD = Path(__file__).parent / "gold" / "microframes_nl.yaml"
SIDES = {"low": -1, "neutral": 0, "high": 1}
HALVES = {"for choosing": False, "held out": True}
COMMAND = "python -m tests.gold_microframes data/validity/microframes.csv"
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


def read_gold(codebook: Codebook) -> list[GoldText]:
    """The texts whose axis the codebook has, in the order of the file."""
    return [text for text in _read_gold() if text.axis in codebook.axes]


def _read_gold() -> Iterator[GoldText]:
    for entry in yaml.safe_load(GOLD.read_text(encoding="utf-8")):
        for side, number in SIDES.items():
            for language, texts in entry[side].items():
                for place, marked in enumerate(texts):
                    half = 1 if side == "neutral" else len(texts) // 2
                    found = MARKED.search(marked)
                    assert found is not None, marked
                    name = (found.start(), found.end() - 2)
                    yield GoldText(entry["axis"], number, language, place >= half, MARKED.sub(r"\1", marked), name)


def place_gold(texts: list[GoldText], codebook: Codebook) -> np.ndarray:
    """Places of the texts by the coder itself, each text an article: ``float64 [texts, axes]``."""
    rows = [
        {
            "article_id": f"g{number:03}", "outlet": None, "published": None, "published_precision": None,
            "headline": None, "text": text.text, "language": text.language, "source_file": "gold",
            "n_words": len(text.text.split()), "duplicate_of": None,
        }
        for number, text in enumerate(texts)
    ]  # fmt: skip
    reading = read_articles(make_table("articles", rows), reading="rules")
    assert len(reading.sentences) == len(texts), "a gold text is one sentence"
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


def score_places(places: np.ndarray, texts: list[GoldText], axes: list[str], *, held_out: bool) -> dict[str, float]:
    """How well places tell poles and axes apart, over the texts of one half.

    Returns
    -------
    dict
        ``accuracy`` (texts at a pole on the right side of the middle), ``auc`` (share of pairs of a low and a high text
        in the right order; mean over axes), ``own_axis`` (texts that lie farthest on their own axis, at the right pole;
        chance is one in twice the axes), ``neutral`` (share of pairs in which a text at a pole lies farther out than
        one at none), ``correlation`` (mean absolute correlation of two axes).
    """
    kept = [number for number, text in enumerate(texts) if text.is_held_out == held_out]
    values = places[kept] - places[kept].mean(axis=0)
    values /= values.std(axis=0)
    sides = np.array([texts[number].side for number in kept])
    own_axis = np.array([axes.index(texts[number].axis) for number in kept])
    own = values[np.arange(len(kept)), own_axis]
    at_pole = sides != 0
    farthest = np.abs(values).argmax(axis=1)
    is_own = (farthest == own_axis) & (np.sign(own) == sides)
    by_axis = score_axes(places, texts, axes, held_out=held_out)
    correlations = np.abs(np.corrcoef(values.T)[np.triu_indices(len(axes), 1)])
    return {
        "accuracy": float(by_axis["accuracy"].mean()),
        "auc": float(by_axis["auc"].mean()),
        "own_axis": float(is_own[at_pole].mean()),
        "neutral": _compare(np.abs(own[~at_pole]), np.abs(own[at_pole])),
        "correlation": float(correlations.mean()),
    }


def score_axes(places: np.ndarray, texts: list[GoldText], axes: list[str], *, held_out: bool) -> pd.DataFrame:
    """Accuracy and area under the curve per axis, with the number of texts at its poles."""
    kept = [number for number, text in enumerate(texts) if text.is_held_out == held_out]
    middle = places[kept].mean(axis=0)
    rows = []
    for column, axis in enumerate(axes):
        own = [(places[n, column] - middle[column], texts[n].side) for n in kept if texts[n].axis == axis]
        low, high = ([value for value, side in own if side == wanted] for wanted in (-1, 1))
        right = [value < 0 for value in low] + [value > 0 for value in high]
        rows.append((axis, len(right), float(np.mean(right)), _compare(np.array(low), np.array(high))))
    return pd.DataFrame(rows, columns=["axis", "n", "accuracy", "auc"]).set_index("axis")


def measure_axes(codebook: Codebook) -> pd.DataFrame:
    """What ``data/validity/microframes.csv`` holds, by half and axis.

    Returns
    -------
    DataFrame
        ``n`` texts at the poles of the axis, the share of them on the right side of the middle (``right_side``), and the
        share of pairs of a low and a high text that are in order (``in_order``; chance is one half).
    """
    texts, axes = read_gold(codebook), list(codebook.axes)
    places = place_gold(texts, codebook)
    halves = [
        score_axes(places, texts, axes, held_out=held_out).reset_index().assign(half=half)
        for half, held_out in HALVES.items()
    ]
    named = pd.concat(halves, ignore_index=True).rename(
        columns={"axis": "axis_id", "accuracy": "right_side", "auc": "in_order"}
    )
    return named[["half", "axis_id", "n", "right_side", "in_order"]]


def _compare(low: np.ndarray, high: np.ndarray) -> float:
    return float(np.mean([(b > a) + 0.5 * (b == a) for a in low for b in high]))


def list_ways(texts: list[GoldText], codebook: Codebook) -> dict[str, np.ndarray]:
    """Places of the texts by each way that was weighed, the coder's own last."""
    model = load_reading_model()
    axes = list(codebook.axes.values())
    languages = [text.language for text in texts]
    plain = np.asarray(model.embed([text.text for text in texts]), np.float64)
    context = [find_words(text.text[: text.name[0]] + " " + text.text[text.name[1] :]) for text in texts]
    vocabulary = sorted({word for words in context for word in words})
    vector_of = dict(zip(vocabulary, np.asarray(model.embed(vocabulary), np.float64), strict=True))
    words = np.array([np.mean([vector_of[word] for word in found], axis=0) for found in context])
    nameless = np.asarray(model.embed([hide_names(t.text, [t.name], t.language) for t in texts]), np.float64)
    only_words = [_drop_phrases(axis) for axis in axes]
    bare = _find_bare(only_words)
    carried = np.array([find_directions([axis])[0] for axis in only_words])
    phrased = np.array([find_directions([axis])[0] for axis in axes])
    return {
        "mean of word vectors, poles of words (FrameAxis)": words @ bare.T,
        "sentence vector, poles of words": plain @ bare.T,
        "... words in a short sentence": plain @ carried.T,
        "... and phrases": plain @ phrased.T,
        "... common direction taken out": plain @ _remove_mean(phrased).T,
        "... made orthogonal instead": plain @ part_directions(phrased).T,
        "... and names left out": nameless @ part_directions(phrased).T,
        "... and a middle per language (the coder)": standardise(nameless @ part_directions(phrased).T, languages),
    }


def _drop_phrases(axis: Axis) -> Axis:
    low, high = (
        {language: tuple(text for text in texts if " " not in text) for language, texts in pole.items()}
        for pole in (axis.low, axis.high)
    )
    return Axis(axis.id, axis.label, low, high)


def _find_bare(axes: list[Axis]) -> np.ndarray:
    """Directions of words by themselves."""
    carriers = microframes_axes.CARRIERS
    microframes_axes.CARRIERS = dict.fromkeys(carriers, ("{}", "{}"))
    microframes_axes._find_direction.cache_clear()
    try:
        return np.array([find_directions([axis])[0] for axis in axes])
    finally:
        microframes_axes.CARRIERS = carriers
        microframes_axes._find_direction.cache_clear()


def _remove_mean(directions: np.ndarray) -> np.ndarray:
    common = directions.mean(axis=0)
    common /= np.linalg.norm(common)
    left = directions - np.outer(directions @ common, common)
    return left / np.linalg.norm(left, axis=1, keepdims=True)


def main() -> None:
    """Print every way on both halves, and the coder axis by axis; or store the latter."""
    codebook = load_codebook(paths.CODEBOOKS / "frames_axes.yaml")
    if len(sys.argv) > 1:
        found, today = measure_axes(codebook), datetime.datetime.now(tz=datetime.UTC).date()
        keep_results(Path(sys.argv[1]), found, part="half", order=list(HALVES), command=COMMAND, today=today)
        return
    texts, axes = read_gold(codebook), list(codebook.axes)
    ways = list_ways(texts, codebook)
    for held_out in (False, True):
        scores = {name: score_places(places, texts, axes, held_out=held_out) for name, places in ways.items()}
        print("held out" if held_out else "for choosing")
        print(pd.DataFrame(scores).T.round(3).to_string(), "\n")
    last = list(ways)[-1]
    halves = [score_axes(ways[last], texts, axes, held_out=held_out) for held_out in (False, True)]
    print(pd.concat(halves, axis=1, keys=["for choosing", "held out"]).round(2).to_string())


if __name__ == "__main__":
    main()
