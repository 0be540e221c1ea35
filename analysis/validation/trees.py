"""Task syntax: are parts of speech, lemmas, heads and relations of gold words right.

Reads gold trees; returns the scores of a reading that is given the same words, next to the neighbour: every word hangs
on the word beside it. All words count, punctuation too; a relation is compared with its subtype.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from spacy.tokens import Doc

from analysis.measures.counting import score_classes, score_share
from analysis.measures.scoring import Interval
from analysis.validation.conll import GoldTree, Tree
from analysis.validation.given_words import MODEL, check_words_reading, read_words
from analysis.validation.report import Result

METHODS = (MODEL,)
MEASURES = ("las", "uas", "pos", "lemma")


def score_syntax(gold: Sequence[GoldTree], *, method: str, seed: int, n_draws: int) -> list[Result]:
    """Score the trees of a reading, next to those of the neighbour.

    Parameters
    ----------
    gold : sequence of GoldTree
        As `analysis.validation.conll.read_conllu` gives them.
    method : str
        ``model``, or the name of an installed spaCy pipeline.
    seed, n_draws : int
        Of the bootstrap, which resamples sentences.

    Returns
    -------
    list of Result
        Scores, as shares of words: ``las`` (head and relation right), ``uas`` (head right), ``pos``, ``lemma``. Per
        class: a relation is found where relation and head are both right.

    Raises
    ------
    UsageError
        For a method that is not installed, or tags no words.

    References
    ----------
    Zeman, D., et al. (2018). CoNLL 2018 shared task: multilingual parsing from raw text to Universal Dependencies.
    CoNLL.
    """
    check_words_reading(method, "syntax")
    found = {method: [take_tree(doc) for doc in read_words(gold, method)], "neighbour": guess_neighbours(gold)}
    return [_score(name, gold, trees, seed, n_draws) for name, trees in found.items()]


def take_tree(doc: Doc) -> Tree:
    """The tree of a Doc of one sentence; a word that nothing was said of has empty labels and is a root."""
    return Tree(
        upos=tuple(token.pos_ for token in doc),
        lemmas=tuple(token.lemma_ for token in doc),
        heads=tuple(0 if token.head.i == token.i else token.head.i + 1 for token in doc),
        # spaCy's own name of the root is in capitals.
        relations=tuple("root" if token.dep_ == "ROOT" else token.dep_ for token in doc),
    )


def guess_neighbours(gold: Sequence[GoldTree]) -> list[Tree]:
    """Baseline: each word hangs on its neighbour.

    The side (the first, or the last, word is then the root), the relation and the part of speech are those most
    frequent in gold; the lemma is the word.
    """
    upos = _most_frequent(tag for sentence in gold for tag in sentence.tree.upos)
    relation = _most_frequent(name for sentence in gold for name in sentence.tree.relations)
    sides = Counter(
        head - place for sentence in gold for place, head in enumerate(sentence.tree.heads, start=1) if head
    )
    step = 1 if sides[1] > sides[-1] else -1
    trees = []
    for sentence in gold:
        size = len(sentence.words)
        heads = tuple((place + step) % (size + 1) for place in range(1, size + 1))
        relations = tuple("root" if head == 0 else relation for head in heads)
        trees.append(Tree((upos,) * size, sentence.words, heads, relations))
    return trees


def compare_trees(gold: Sequence[Tree], found: Sequence[Tree]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Count what is right.

    Returns
    -------
    tuple of DataFrame
        Per sentence: ``n`` words and those right by each of `MEASURES`. Per sentence (``unit``) and relation
        (``label``): ``right``, ``n_predicted``, ``n_gold``.

    Examples
    --------
    >>> gold = Tree(("PRON", "VERB"), ("zij", "winnen"), (2, 0), ("nsubj", "root"))
    >>> found = Tree(("PRON", "VERB"), ("zij", "won"), (2, 0), ("obj", "root"))
    >>> words, _ = compare_trees([gold], [found])
    >>> words.to_dict("records")
    [{'n': 2, 'las': 1, 'uas': 2, 'pos': 2, 'lemma': 1}]
    """
    words, relations = [], []
    for number, (wanted, said) in enumerate(zip(gold, found, strict=True)):
        is_head = [a == b for a, b in zip(wanted.heads, said.heads, strict=True)]
        is_arc = [h and a == b for h, a, b in zip(is_head, wanted.relations, said.relations, strict=True)]
        words.append(
            {
                "n": len(is_head),
                "las": sum(is_arc),
                "uas": sum(is_head),
                "pos": sum(a == b for a, b in zip(wanted.upos, said.upos, strict=True)),
                "lemma": sum(a == b for a, b in zip(wanted.lemmas, said.lemmas, strict=True)),
            }
        )
        right = Counter(name for name, is_right in zip(wanted.relations, is_arc, strict=True) if is_right)
        n_predicted, n_gold = Counter(said.relations), Counter(wanted.relations)
        relations += [
            {
                "unit": number,
                "label": name,
                "right": right[name],
                "n_predicted": n_predicted[name],
                "n_gold": n_gold[name],
            }
            for name in sorted(n_predicted.keys() | n_gold.keys())
        ]
    return pd.DataFrame(words), pd.DataFrame(relations)


def _score(method: str, gold: Sequence[GoldTree], found: Sequence[Tree], seed: int, n_draws: int) -> Result:
    words, relations = compare_trees([sentence.tree for sentence in gold], found)
    scores: dict[str, float] = {}
    intervals: dict[str, Interval] = {}
    for name in MEASURES:
        counts = words[["n"]].assign(right=words[name])
        scores[name], intervals[name] = score_share(counts, rng=np.random.default_rng(seed), n_draws=n_draws)
    per_class, bounds = score_classes(relations, n_units=len(gold), rng=np.random.default_rng(seed), n_draws=n_draws)
    return Result(
        method=method,
        n=int(words["n"].sum()),
        scores=scores,
        intervals=intervals | bounds,
        per_class=per_class,
        notes={"n_sentences": len(gold)},
    )


def _most_frequent(values: Iterable[str]) -> str:
    """Among equals the first in the alphabet."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))
