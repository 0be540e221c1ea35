"""Chains: do the mentions that a coder gives to one actor belong to one actor in gold.

Reads clusters of mentions; returns MUC, B-cubed and CEAF-e and their mean, the CoNLL score. Singletons count; a
mention counts when both of its ends are right, or, after `align_spans`, when it overlaps one of gold.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from analysis.measures.agreement import percentiles
from analysis.measures.scoring import Interval

Cluster = frozenset[Hashable]
Span = tuple[int, int]
METRICS = ("muc", "b_cubed", "ceaf_e")


@dataclass(frozen=True)
class ChainScores:
    """Precision, recall and F1 per metric, and the mean of the three F1."""

    scores: dict[str, dict[str, float]]

    @property
    def conll(self) -> float:
        """Mean F1 of MUC, B-cubed and CEAF-e."""
        return float(np.mean([self.scores[metric]["f1"] for metric in METRICS]))


def score_chains(documents: Iterable[tuple[Sequence[Cluster], Sequence[Cluster]]]) -> ChainScores:
    """Score predicted clusters against gold clusters, summed over documents.

    Parameters
    ----------
    documents : iterable of (gold, predicted)
        Clusters of mentions; within a document no mention stands in two clusters of one side.

    Returns
    -------
    ChainScores
        F1 is 0 where there is nothing right.

    References
    ----------
    Pradhan, S., Luo, X., Recasens, M., Hovy, E., Ng, V., & Strube, M. (2014). Scoring coreference partitions of
    predicted mentions: a reference implementation. ACL.

    Examples
    --------
    >>> gold = [frozenset("abc"), frozenset("defg")]
    >>> found = score_chains([(gold, [frozenset("ab"), frozenset("cd"), frozenset("fghi")])])
    >>> {name: round(values["f1"], 3) for name, values in found.scores.items()}
    {'muc': 0.4, 'b_cubed': 0.455, 'ceaf_e': 0.52}
    """
    totals = _count(documents).sum(axis=0)
    return ChainScores({metric: _ratios(found) for metric, found in zip(METRICS, totals, strict=True)})


def draw_conll(
    documents: Iterable[tuple[Sequence[Cluster], Sequence[Cluster]]],
    *,
    rng: np.random.Generator,
    n_draws: int = 1000,
    confidence: float = 0.95,
) -> Interval:
    """Percentile bootstrap interval of the CoNLL score; documents are resampled.

    Examples
    --------
    >>> same = [frozenset("ab"), frozenset("c")]
    >>> draw_conll([(same, same)] * 3, rng=np.random.default_rng(1), n_draws=20)
    (1.0, 1.0)
    """
    counts = _count(documents)
    n_documents = len(counts)
    drawn = rng.multinomial(n_documents, np.full(n_documents, 1 / n_documents), size=n_draws).astype(float)
    scores = [
        float(np.mean([_ratios(found)["f1"] for found in totals])) for totals in np.einsum("ij,jkl->ikl", drawn, counts)
    ]
    return percentiles(np.asarray(scores), confidence)


def _count(documents: Iterable[tuple[Sequence[Cluster], Sequence[Cluster]]]) -> np.typing.NDArray[np.float64]:
    """Per document and metric: right of predicted, predicted, right of gold, gold."""
    counts = []
    for gold, predicted in documents:
        similarity = _ceaf(gold, predicted)
        counts.append(
            [
                [*_muc(predicted, gold), *_muc(gold, predicted)],
                [*_b_cubed(predicted, gold), *_b_cubed(gold, predicted)],
                [similarity, len(predicted), similarity, len(gold)],
            ]
        )
    return np.asarray(counts, float).reshape(-1, len(METRICS), 4)


def align_spans(predicted: Collection[Span], gold: Collection[Span]) -> dict[Span, Span]:
    """Pair predicted with gold spans that overlap, one to one, those that have most in common first.

    Returns
    -------
    dict
        From a predicted span to its gold span; a span that finds no partner is left out.

    Notes
    -----
    Partial matching after CorefUD, by overlap where that goes by heads.

    References
    ----------
    Nedoluzhko, A., Novak, M., Popel, M., Zabokrtsky, Z., Zeldes, A., & Zeman, D. (2022). CorefUD 1.0: coreference meets
    Universal Dependencies. LREC.

    Examples
    --------
    >>> align_spans([(3, 9), (20, 24)], [(0, 9), (3, 8), (30, 32)])
    {(3, 9): (3, 8)}
    """
    shared = []
    for said in predicted:
        for wanted in gold:
            common = min(said[1], wanted[1]) - max(said[0], wanted[0])
            if common > 0:
                whole = max(said[1], wanted[1]) - min(said[0], wanted[0])
                shared.append((-common / whole, said, wanted))
    pairs: dict[Span, Span] = {}
    taken: set[Span] = set()
    for _, said, wanted in sorted(shared):
        if said not in pairs and wanted not in taken:
            pairs[said] = wanted
            taken.add(wanted)
    return pairs


def _muc(these: Sequence[Cluster], others: Sequence[Cluster]) -> tuple[float, float]:
    """Links of `these` that `others` keep, of all links of `these`."""
    home = {mention: number for number, cluster in enumerate(others) for mention in cluster}
    kept = total = 0
    for cluster in these:
        pieces = len({home[mention] for mention in cluster if mention in home})
        pieces += sum(mention not in home for mention in cluster)
        kept += len(cluster) - pieces
        total += len(cluster) - 1
    return kept, total


def _b_cubed(these: Sequence[Cluster], others: Sequence[Cluster]) -> tuple[float, float]:
    """Mean over mentions of the share of their cluster that `others` keep with them."""
    home = {mention: cluster for cluster in others for mention in cluster}
    kept = sum(
        len(cluster & home[mention]) / len(cluster) for cluster in these for mention in cluster if mention in home
    )
    return kept, sum(len(cluster) for cluster in these)


def _ceaf(gold: Sequence[Cluster], predicted: Sequence[Cluster]) -> float:
    """Similarity of the best one-to-one pairing of clusters."""
    if not gold or not predicted:
        return 0.0
    home = {mention: number for number, cluster in enumerate(predicted) for mention in cluster}
    similarity = np.zeros((len(gold), len(predicted)))
    for number, cluster in enumerate(gold):
        for mention in cluster & home.keys():
            other = home[mention]
            similarity[number, other] += 2 / (len(cluster) + len(predicted[other]))
    rows, columns = linear_sum_assignment(similarity, maximize=True)
    return float(similarity[rows, columns].sum())


def _ratios(totals: np.typing.NDArray[np.float64]) -> dict[str, float]:
    right, n_predicted, found, n_gold = (float(number) for number in totals)
    precision = right / n_predicted if n_predicted else 0.0
    recall = found / n_gold if n_gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}
