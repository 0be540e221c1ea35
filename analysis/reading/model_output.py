"""What the reading model says of a sentence: numbers of labels to words of labels.

Reads the arrays of one sentence (`analysis.reading.model_windows` joined them) and the label lists of the model file;
returns a `SentenceReading` of plain lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.reading.decode import find_tree, read_entities
from analysis.reading.lemmas import find_lemmas
from analysis.reading.model_windows import Outputs
from analysis.reading.passives import settle_passives

FEATURE = "feature:"
#: How the later stretches of an endless sentence hang on its first.
SIDE_BY_SIDE = "parataxis"


class Entity(NamedTuple):
    """A run of words ``[start, end)`` with its type and the mean probability of its tags."""

    start: int
    end: int
    type: str
    probability: float


class SentenceReading(NamedTuple):
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
    words: Sequence[str], found: Outputs, labels: Mapping[str, Sequence[str]], tags: Sequence[str], language: str = "nl"
) -> SentenceReading:
    """Return the reading of a sentence.

    Parameters
    ----------
    words
        The words of the sentence.
    found
        ``labels`` int [words, taggers], ``arcs`` [words, 1 + words] (log probabilities, column 0 the root),
        ``relations`` int [words, 1 + words], ``names`` and ``phrases`` [words, tags], ``sentence`` [hidden].
    labels
        Label lists by head of the network: ``upos``, ``relation`` and ``feature:<name>``, in the order of the columns
        of ``labels`` (``relation`` has none: ``relations`` counts in its list without ``root``). Others are not read.
    tags
        ``O``, then ``B-`` and ``I-`` of each type.
    language
        Language of the words, for their lemmas.
    """
    taggers = [name for name in labels if name != "relation"]
    relations = [label for label in labels["relation"] if label != "root"]
    named = {
        name: [labels[name][i] for i in found["labels"][:, place]]
        for place, name in enumerate(taggers)
        if name == "upos" or name.startswith(FEATURE)
    }
    bundles = [
        {
            name.removeprefix(FEATURE): values[i]
            for name, values in named.items()
            if name.startswith(FEATURE) and values[i]
        }
        for i in range(len(words))
    ]
    tree = [int(head) for head in find_tree(found["arcs"])]
    heads = [i if head == 0 else head - 1 for i, head in enumerate(tree)]
    drawn = ["root" if head == 0 else relations[found["relations"][i, head]] for i, head in enumerate(tree)]
    return SentenceReading(
        upos=named["upos"],
        features=bundles,
        lemmas=find_lemmas(words, named["upos"], language),
        heads=heads,
        relations=settle_passives(words, heads, drawn, labels["relation"]),
        names=[Entity(*entity) for entity in read_entities(found["names"], tags)],
        phrases=[Entity(*entity) for entity in read_entities(found["phrases"], tags)],
        vector=found["sentence"],
    )


def join_stretches(parts: Sequence[SentenceReading]) -> SentenceReading:
    """Return one reading of a sentence that was read in stretches.

    Parameters
    ----------
    parts
        The readings of its stretches, in order.

    Notes
    -----
    The roots of later stretches hang on the root of the first (``parataxis``). The sentence vector is the first's.
    """
    if len(parts) == 1:
        return parts[0]
    joined = SentenceReading([], [], [], [], [], [], [], parts[0].vector)
    root = next(place for place, head in enumerate(parts[0].heads) if head == place)
    for part in parts:
        shift = len(joined.heads)
        for place, (head, relation) in enumerate(zip(part.heads, part.relations, strict=True)):
            is_later_root = head == place and shift > 0
            joined.heads.append(root if is_later_root else head + shift)
            joined.relations.append(SIDE_BY_SIDE if is_later_root else relation)
        joined.upos.extend(part.upos)
        joined.features.extend(part.features)
        joined.lemmas.extend(part.lemmas)
        joined.names.extend(
            entity._replace(start=entity.start + shift, end=entity.end + shift) for entity in part.names
        )
        joined.phrases.extend(
            entity._replace(start=entity.start + shift, end=entity.end + shift) for entity in part.phrases
        )
    return joined
