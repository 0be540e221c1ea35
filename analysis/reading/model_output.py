"""What the reading model says of a sentence: numbers of labels to words of labels.

Reads the arrays of one sentence (`analysis.reading.model_windows` joined them) and the label lists of the model file;
returns a `Reading` of plain lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.reading.decode import apply_rule, find_tree, read_entities
from analysis.reading.model_windows import Outputs

FEATURE = "feature:"


class Entity(NamedTuple):
    """A run of words ``[start, end)`` with its type and the mean probability of its tags."""

    start: int
    end: int
    type: str
    probability: float


class Reading(NamedTuple):
    """What the model found in one sentence; every list but the entities has one item per word.

    Attributes
    ----------
    upos, features, lemmas
        Universal part of speech, feature bundle and lemma.
    heads
        Position of each word's head in the sentence; the root is its own head.
    relations
        Universal relation with its subtype, ``root`` for the root.
    names, phrases
        Named entities, and whole actor phrases (named or nominal) without determiner.
    vector
        Unit sentence vector, float32 [384].
    """

    upos: list[str]
    features: list[dict[str, str]]
    lemmas: list[str]
    heads: list[int]
    relations: list[str]
    names: list[Entity]
    phrases: list[Entity]
    vector: npt.NDArray[np.float32]


def decode_sentence(
    words: Sequence[str], found: Outputs, labels: Mapping[str, Sequence[str]], tags: Sequence[str]
) -> Reading:
    """Return the reading of a sentence.

    Parameters
    ----------
    words
        The words of the sentence.
    found
        ``labels`` int [words, taggers], ``arcs`` [words, 1 + words] (log probabilities, column 0 the root),
        ``relations`` int [words, 1 + words], ``names`` and ``phrases`` [words, tags], ``sentence`` [hidden].
    labels
        Label lists by head of the network: ``upos``, ``lemma``, ``relation`` and ``feature:<name>``, in the order of
        the columns of ``labels`` (``relation`` has none: ``relations`` counts in its list without ``root``).
    tags
        ``O``, then ``B-`` and ``I-`` of each type.
    """
    taggers = [name for name in labels if name != "relation"]
    relations = [label for label in labels["relation"] if label != "root"]
    named = {name: [labels[name][i] for i in found["labels"][:, place]] for place, name in enumerate(taggers)}
    bundles = [
        {
            name.removeprefix(FEATURE): values[i]
            for name, values in named.items()
            if name.startswith(FEATURE) and values[i]
        }
        for i in range(len(words))
    ]
    tree = [int(head) for head in find_tree(found["arcs"])]
    return Reading(
        upos=named["upos"],
        features=bundles,
        lemmas=[apply_rule(word, rule) for word, rule in zip(words, named["lemma"], strict=True)],
        heads=[i if head == 0 else head - 1 for i, head in enumerate(tree)],
        relations=["root" if head == 0 else relations[found["relations"][i, head]] for i, head in enumerate(tree)],
        names=[Entity(*entity) for entity in read_entities(found["names"], tags)],
        phrases=[Entity(*entity) for entity in read_entities(found["phrases"], tags)],
        vector=found["sentence"],
    )
