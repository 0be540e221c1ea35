"""Which targets are learnt from, and which are held out.

Reads lists of :class:`~analysis.training.data.Target`; returns lists of them. Every draw has a seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.training.data import Target


def split_targets(targets: Sequence[Target], share: float, seed: int) -> tuple[list[Target], list[Target]]:
    """Divide targets into a training and a held-out part; rows of one text stay together."""
    groups = sorted({target.group for target in targets})
    random.Random(seed).shuffle(groups)
    held = set(groups[: int(len(groups) * share)])
    return (
        [target for target in targets if target.group not in held],
        [target for target in targets if target.group in held],
    )


def weigh(targets: Iterable[Target], weight: float) -> list[Target]:
    """Return the targets with a weight in the loss."""
    return [replace(target, weight=weight) for target in targets]


def sample_directed(targets: Sequence[Target], n_toned: int, n_neutral: int, seed: int) -> list[Target]:
    """Sample rows with a tone and neutral ones apart (five rows in six are neutral)."""
    generator = random.Random(seed)
    toned = [target for target in targets if target.label != 0]
    neutral = [target for target in targets if target.label == 0]
    return generator.sample(toned, n_toned) + generator.sample(neutral, n_neutral)
