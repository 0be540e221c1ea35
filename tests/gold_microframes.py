"""Ways of placing the texts of tests/gold/microframes_nl.yaml on their axes, weighed against each other.

Run as a script it prints the table of docs/frames.md: each way, on the half for choosing and the half held out, and the
coder axis by axis. `analysis.validation.microframes_table` stores the latter.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.codebook.load import Axis, Codebook, load_codebook
from analysis.coding.frames.features import find_words
from analysis.coding.microframes import axes as microframes_axes
from analysis.coding.microframes.axes import find_directions, part_directions
from analysis.coding.microframes.code import hide_names, standardise
from analysis.reading import load_reading_model
from analysis.validation.microframes_table import (
    AXES,
    HALVES,
    GoldText,
    compare_pairs,
    measure_axes,
    place_gold,
    read_gold_texts,
    score_axes,
)

__all__ = ["COMMAND", "list_ways", "measure_axes", "place_gold", "read_gold", "score_axes", "score_places"]

COMMAND = "python -m analysis.validation microframes data/validity/microframes.csv"
read_gold = read_gold_texts


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
        "neutral": compare_pairs(np.abs(own[~at_pole]), np.abs(own[at_pole])),
        "correlation": float(correlations.mean()),
    }


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
    """Print every way on both halves, and the coder axis by axis."""
    codebook = load_codebook(AXES)
    texts, axes = read_gold(codebook), list(codebook.axes)
    ways = list_ways(texts, codebook)
    for half, held_out in HALVES.items():
        scores = {name: score_places(places, texts, axes, held_out=held_out) for name, places in ways.items()}
        print(half)
        print(pd.DataFrame(scores).T.round(3).to_string(), "\n")
    last = list(ways)[-1]
    halves = [score_axes(ways[last], texts, axes, held_out=held_out) for held_out in HALVES.values()]
    print(pd.concat(halves, axis=1, keys=list(HALVES)).round(2).to_string())


if __name__ == "__main__":
    main()
