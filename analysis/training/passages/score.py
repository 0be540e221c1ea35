"""How well a network of passages does on what was kept for choosing: F1 of judgements, macro-F1 of marked targets."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch

from analysis.training.measures import macro_f1
from analysis.training.passages.net import PassageNet, make_batch
from analysis.training.passages.samples import HEADLINE, MARKED, NEUTRAL_BY_RELATION, NEWS, UNKNOWN, Sample
from analysis.training.passages.train import describe, make_batches

NEUTRAL_OFFSETS = tuple(round(-math.log(weight), 3) for weight in NEUTRAL_BY_RELATION)
"""By how much the score of neutral was learnt too low, by where the actor is mentioned: neutral pairs were weighed down
there."""
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


class Found(NamedTuple):
    """What the network says of one pair: its probabilities, and the likeliest candidate."""

    sample: Sample
    pair: int
    tone: Any
    source: int


@torch.no_grad()
def judge_all(net: PassageNet, samples: Sequence[Sample]) -> list[Found]:
    """Judge every pair of passages."""
    net.eval()
    found = []
    for sample in samples:
        states = net(*make_batch([sample], None))[0]
        vectors, _ = net.judge(states, sample)
        scores = net.scores_of(vectors, sample.scheme)
        if sample.scheme == NEWS:
            scores[:, 1] += torch.tensor([NEUTRAL_OFFSETS[pair.relation] for pair in sample.passage.pairs])
        tones = scores.softmax(1).numpy()
        candidates = torch.stack([net.candidates(states, sample, pair.sentence) for pair in sample.passage.pairs])
        features = torch.tensor([describe(sample, k, False) for k in range(len(sample.passage.pairs))])
        sources = net.source_scores(vectors, candidates, features).softmax(1).numpy()
        for k in range(len(sample.passage.pairs)):
            best = int(sources[k].argmax())
            found.append(Found(sample, k, tones[k], best))
    return found


def f1_of(precision: float, recall: float) -> float:
    """Their harmonic mean."""
    return 2 * precision * recall / max(1e-9, precision + recall)


def score_judgements(found: Iterable[Found]) -> dict[str, Any]:
    """F1 of target and sign, and with the source, at the threshold best for the second."""
    found = list(found)
    best: dict[str, Any] = {}
    clear = [one for one in found if (a := one.sample.answers[one.pair]).sources and a.weight == 1.0]
    n_clear = len(clear)
    of_source = [one for one in found if one.sample.answers[one.pair].sources]
    right_source = (
        np.mean([one.source in one.sample.answers[one.pair].sources for one in of_source]) if of_source else 0
    )
    for threshold in THRESHOLDS:
        said = [one for one in found if 1 - one.tone[1] >= threshold and one.sample.answers[one.pair].sign != UNKNOWN]
        sign_right = [one for one in said if _sign(one) == one.sample.answers[one.pair].sign]
        both = [one for one in sign_right if one.source in one.sample.answers[one.pair].sources]
        recalled = [one for one in sign_right if one.sample.answers[one.pair].weight == 1.0]
        recalled_both = [one for one in both if one.sample.answers[one.pair].weight == 1.0]
        f1 = f1_of(len(sign_right) / max(1, len(said)), len(recalled) / max(1, n_clear))
        with_source = f1_of(len(both) / max(1, len(said)), len(recalled_both) / max(1, n_clear))
        row = {"threshold": threshold, "n": len(said), "f1": round(f1, 3), "with_source": round(with_source, 3)}
        if with_source > best.get("with_source", -1):
            best = row
    return best | {"source": round(float(right_source), 3), "clear": n_clear}


def _sign(one: Found) -> int:
    return 1 if one.tone[2] > one.tone[0] else -1


def choose_threshold(found: Sequence[Found], language: str, temperature: float) -> float:
    """The least probability of a judgement, at a temperature, by which F1 with the source is best in a language."""
    here = [one for one in found if one.sample.language == language]
    cooled = []
    for one in here:
        raised = one.tone ** (1 / temperature)
        cooled.append(one._replace(tone=raised / raised.sum()))
    return float(score_judgements(cooled)["threshold"])


@torch.no_grad()
def marked_scores(net: PassageNet, samples: Sequence[Sample]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """Scores ``[n, 3]`` of marked targets, and their gold."""
    net.eval()
    gold, scores = [], []
    for batch in make_batches(samples, random.Random(0), 4096):
        states = net(*make_batch(batch, None))
        for row, sample in enumerate(batch):
            vectors, _ = net.judge(states[row], sample)
            scores.append(net.scores_of(vectors, sample.scheme)[0].numpy())
            gold.append(sample.answers[0].sign + 1)
    return np.array(scores, np.float32), np.array(gold)


@torch.no_grad()
def score_meant(net: PassageNet, samples: Sequence[Sample]) -> dict[str, float]:
    """Share of places whose actor is found, and of quotes whose speaker is."""
    net.eval()
    right: list[bool] = []
    speakers: list[bool] = []
    for sample in samples:
        states = net(*make_batch([sample], None))[0]
        if sample.meant:
            found = net.ask_meant(states, sample).argmax(1).tolist()
            right += [actor == best for (_, _, actor), best in zip(sample.meant, found, strict=True)]
        for number, (first, last, sentence, sources, weight) in enumerate(sample.speakers):
            if weight == 1.0:
                asked = net.ask_quote(states, sample, first, last, sentence)
                features = torch.tensor([describe(sample, -1 - number, False)])
                scores = net.source_scores(asked, net.candidates(states, sample, sentence)[None], features)
                speakers.append(int(scores[0].argmax()) in sources)
    return {
        "meant": round(float(np.mean(right or [0])), 3), "n_meant": len(right),
        "speaker": round(float(np.mean(speakers or [0])), 3), "n_speakers": len(speakers),
    }  # fmt: skip


def score_marked(net: PassageNet, samples: Sequence[Sample]) -> float:
    """Macro-F1 of marked targets."""
    scores, gold = marked_scores(net, samples)
    return round(float(macro_f1(gold, scores.argmax(1))), 3)


def score_sets(net: PassageNet, sets: Mapping[str, Sequence[Sample]]) -> dict[str, Any]:
    """Scores of named sets."""
    scores: dict[str, Any] = {}
    for name, samples in sets.items():
        if samples and samples[0].scheme in (MARKED, HEADLINE):
            scores[name] = score_marked(net, samples)
        elif any(sample.meant for sample in samples):
            scores[name] = score_meant(net, samples)
        else:
            scores[name] = score_judgements(judge_all(net, samples))
    return scores
