"""From scores to trees, spans and lemmas: the last step of reading, in plain numpy.

Reads the arrays that the reading model returns for one sentence; returns heads (one tree
with one root), spans of words, and lemmas. Deterministic: ties go to the lower index.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt


def find_tree(scores: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.int64]:
    """Return the best tree with one root.

    Parameters
    ----------
    scores
        ``[n, n + 1]``: row d, column h is how well head h suits word d; column 0 is the root.

    Returns
    -------
    npt.NDArray[np.int64]
        The head of each word, 0 for the root.

    Notes
    -----
    The greedy choice is kept if it is a tree (nine sentences in ten); otherwise the
    maximum spanning arborescence (Chu-Liu/Edmonds) is found for each of the nine likeliest roots.

    References
    ----------
    Chu & Liu (1965), On the shortest arborescence of a directed graph. Edmonds (1967), Optimum branchings.

    Examples
    --------
    >>> find_tree(np.array([[0.0, -9.0, 5.0], [1.0, 5.0, -9.0]])).tolist()
    [2, 0]
    """
    n_words = len(scores)
    if n_words == 1:
        return np.zeros(1, np.int64)
    heads: npt.NDArray[np.int64] = np.argmax(scores, axis=1)
    if np.sum(heads == 0) == 1 and find_cycle(heads) is None:
        return heads
    full = np.full((n_words + 1, n_words + 1), -np.inf)
    full[1:] = scores
    np.fill_diagonal(full, -np.inf)
    best, best_score = heads, -np.inf
    for root in np.argsort(-scores[:, 0], kind="stable")[:9] + 1:
        single = full.copy()
        single[1:, 0] = -np.inf
        single[root] = -np.inf
        single[root, 0] = full[root, 0]
        tree = spanning_tree(single)[1:]
        score = scores[np.arange(n_words), tree].sum()
        if score > best_score:
            best, best_score = tree, score
    return best


def find_cycle(heads: npt.NDArray[np.int64]) -> list[int] | None:
    """Return the words (1-based) of a cycle, or None if every word reaches the root.

    Parameters
    ----------
    heads
        The head of each word, 0 for the root.

    Examples
    --------
    >>> find_cycle(np.array([2, 3, 1, 0])), find_cycle(np.array([2, 0]))
    ([1, 2, 3], None)
    """
    state = np.zeros(len(heads) + 1, np.int8)
    state[0] = 2
    for start in range(1, len(heads) + 1):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node - 1])
        if state[node] == 1:
            return path[path.index(node) :]
        state[path] = 2
    return None


def spanning_tree(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Return the heads of the maximum spanning arborescence from node 0 (Chu-Liu/Edmonds).

    Parameters
    ----------
    scores
        ``[n, n]``: row d, column h is how well head h suits node d; minus infinity forbids. Row 0 is not read.

    Returns
    -------
    ndarray
        The head of each node; 0 for node 0 itself.
    """
    n_nodes = len(scores)
    heads: npt.NDArray[np.int64] = np.argmax(scores, axis=1)
    heads[0] = 0
    found = find_cycle(heads[1:])
    if found is None:
        return heads
    cycle = np.array(found)
    inside = np.zeros(n_nodes, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    best_in = scores[cycle, heads[cycle]]
    n_outside = len(outside)
    small = np.full((n_outside + 1, n_outside + 1), -np.inf)
    small[:n_outside, :n_outside] = scores[np.ix_(outside, outside)]
    entering = scores[np.ix_(cycle, outside)] - best_in[:, None]
    entry = np.argmax(entering, axis=0)
    small[n_outside, :n_outside] = entering[entry, np.arange(n_outside)] + best_in.sum()
    leaving = scores[np.ix_(outside, cycle)]
    exit_ = np.argmax(leaving, axis=1)
    small[:n_outside, n_outside] = leaving[np.arange(n_outside), exit_]
    small[0] = -np.inf
    tree = spanning_tree(small)
    result = heads.copy()
    for index, node in enumerate(outside):
        if index == 0:
            continue
        head = tree[index]
        result[node] = cycle[exit_[index]] if head == n_outside else outside[head]
    entered_from = tree[n_outside]
    result[cycle[entry[entered_from]]] = outside[entered_from]
    return result


def read_tags(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return the spans ``(start, end, type)`` of a tag sequence; a stray I opens a span.

    A span has the type of its first tag.

    Examples
    --------
    >>> read_tags(["B-person", "I-person", "O", "I-place"])
    [(0, 2, 'person'), (3, 4, 'place')]
    """
    spans: list[tuple[int, int, str]] = []
    start = -1
    for position, tag in enumerate([*tags, "O"]):
        if start >= 0 and not tag.startswith("I-"):
            spans.append((start, position, tags[start][2:]))
            start = -1
        if tag.startswith("B-") or (tag.startswith("I-") and start < 0):
            start = position
    return spans


def apply_rule(word: str, rule: str) -> str:
    """Return the lemma that a rule makes of a word; the word itself where it does not fit.

    Parameters
    ----------
    word
        A word as written.
    rule
        ``cut|lower|prefix|ending``: drop `cut` letters at the end, lowercase (1) or not (0), drop ``ge`` at `prefix`
        (empty: drop none), add `ending`. Written by ``analysis.training.syntax.lemma_rule``.

    Examples
    --------
    >>> apply_rule("gewerkt", "1|0|0|en")
    'werken'
    >>> apply_rule("de", "5|0||en")
    'de'
    """
    cut, lowers, at, ending = rule.split("|", 3)
    form = word.lower() if lowers == "1" else word
    if at:
        if form[int(at) : int(at) + 2] != "ge":
            return form
        form = form[: int(at)] + form[int(at) + 2 :]
    if int(cut) > len(form):
        return word
    return form[: len(form) - int(cut)] + ending


def read_entities(scores: npt.NDArray[np.floating[Any]], tags: Sequence[str]) -> list[tuple[int, int, str, float]]:
    """Return entities ``(start, end, type, probability)`` from tag scores.

    Parameters
    ----------
    scores
        ``[n, tags]``, one row per word.
    tags
        ``O``, then ``B-`` and ``I-`` of each type.

    Notes
    -----
    Boundaries are found first, over all types together; then the type with the highest
    summed probability inside them. A stray inside tag opens an entity.
    """
    shifted = scores.astype(np.float64) - scores.max(1, keepdims=True)
    probability = np.exp(shifted)
    probability /= probability.sum(1, keepdims=True)
    begins = [i for i, tag in enumerate(tags) if tag.startswith("B-")]
    insides = [i for i, tag in enumerate(tags) if tag.startswith("I-")]
    coarse = np.stack(
        [
            probability[:, tags.index("O")],
            probability[:, begins].sum(1),
            probability[:, insides].sum(1),
        ],
        axis=1,
    )
    best = coarse.argmax(1)
    entities = []
    for start, end, _ in read_tags([("O", "B-x", "I-x")[i] for i in best]):
        by_type = {
            tags[b][2:]: float(probability[start, b] + probability[start:end, i].sum())
            for b, i in zip(begins, insides, strict=True)
        }
        kind = max(by_type, key=lambda name: by_type[name])
        entities.append((start, end, kind, float(coarse[np.arange(start, end), best[start:end]].mean())))
    return entities
