"""The loop: passages of like length together, gradients averaged over processes, a checkpoint every few minutes.

The rate rises, stays, and falls to nothing in the last stage only, so that a stage can go on from another.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from analysis.reading.judging.passages import describe_sources
from analysis.training.parallel import average_gradients, my_rank
from analysis.training.passages.net import WEIGHTS, PassageNet, losses_of, make_batch
from analysis.training.passages.samples import Sample
from analysis.training.stored import N_LEVELS, quantise_matrix
from analysis.training.train_reader import write_log

BUDGET = 1024
"""Pieces of a batch and process, filling included."""
SAVE_SECONDS = 300
SCALES_STAY = 25
"""Steps for which the scales of rounded matrices are kept."""


class Rounding:
    """The matrices of the encoder as the shipped file stores them, while gradients are found; then as they were.

    A network that learns with its weights rounded loses nothing when they are stored so (straight-through estimator).

    References
    ----------
    Bengio, Y., Leonard, N., & Courville, A. (2013). Estimating or propagating gradients through stochastic neurons for
    conditional computation. arXiv:1308.3432.
    """

    def __init__(self, net: PassageNet) -> None:
        self._weights = [module.weight for module in net.bert.encoder.modules() if isinstance(module, nn.Linear)]
        self._scales: list[torch.Tensor] = []
        self._kept: list[torch.Tensor] = []
        self._age = 0

    @torch.no_grad()
    def apply(self) -> None:
        """Round every matrix."""
        if self._age % SCALES_STAY == 0:
            found = [quantise_matrix(weight.numpy().T).scales for weight in self._weights]
            self._scales = [torch.from_numpy(scales)[:, None] for scales in found]
        self._age += 1
        self._kept = [weight.clone() for weight in self._weights]
        for weight, scale in zip(self._weights, self._scales, strict=True):
            weight.div_(scale).round_().clamp_(-N_LEVELS, N_LEVELS).mul_(scale)

    @torch.no_grad()
    def undo(self) -> None:
        """Put back what was before."""
        for weight, kept in zip(self._weights, self._kept, strict=True):
            weight.copy_(kept)


def describe(sample: Sample, question: int, is_blind: bool) -> list[list[float]]:
    """Features of the candidates of a pair, or (from -1 down) of a quote."""
    passage = sample.passage
    if question >= 0:
        pair = passage.pairs[question]
        _, first, last, _ = passage.sentences[pair.sentence]
        return describe_sources(passage, first, last, pair.sentence, pair.pieces, pair.actor, is_blind=is_blind)
    first, last, sentence, _, _ = sample.speakers[-1 - question]
    return describe_sources(passage, first, last, sentence, range(first, last), -1, is_blind=is_blind)


def make_batches(samples: Sequence[Sample], generator: random.Random, budget: int = BUDGET) -> list[list[Sample]]:
    """Shuffled batches of like lengths, each of at most `budget` pieces with filling."""
    order = sorted(samples, key=lambda one: one.n_pieces * generator.uniform(0.85, 1.15))
    batches: list[list[Sample]] = []
    widest = 0
    for sample in order:
        widest = max(widest, sample.n_pieces) if batches and batches[-1] else sample.n_pieces
        if not batches or widest * (len(batches[-1]) + 1) > budget:
            batches.append([])
            widest = sample.n_pieces
        batches[-1].append(sample)
    generator.shuffle(batches)
    return batches


def train(
    net: PassageNet,
    draw: Callable[[int, random.Random], Sequence[Sample]],
    *,
    n_steps: int,
    rate: float,
    out: Path,
    seed: int,
    n_processes: int = 1,
    warmup: int = 100,
    falls: bool = False,
    rounds_from: float = 1.0,
    score: Callable[[PassageNet], dict[str, Any]] | None = None,
    head_factor: float = 10.0,
) -> None:
    """Train for a number of steps.

    Parameters
    ----------
    draw
        ``draw(pass number, generator)`` gives the samples of a pass, the same in every process.
    n_steps
        Of the optimiser. A run that finds a checkpoint of its own settings goes on from it, after the batches that it
        has seen of its pass; one whose rate does not fall may be given another number then.
    falls
        Whether the rate falls to nothing by the last step.
    rounds_from
        Share of the steps after which the encoder learns with its matrices rounded as the file stores them.
    """
    encoder = [p for p in net.bert.parameters() if p.requires_grad]
    heads = [p for name, p in net.named_parameters() if not name.startswith("bert.")]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": rate}, {"params": heads, "lr": rate * head_factor}], weight_decay=0.01, fused=True
    )
    rates = [group["lr"] for group in optimiser.param_groups]
    step, number, place = 0, 0, 0
    checkpoint = out.with_suffix(".checkpoint.pt")
    about = {"rate": rate, "seed": seed, "head_factor": head_factor, "falls": n_steps if falls else 0}
    stored = torch.load(checkpoint) if checkpoint.exists() else {}
    if stored.get("about") == about:
        net.load_state_dict(stored["net"])
        optimiser.load_state_dict(stored["optimiser"])
        step, number, place = stored["step"], stored["pass"], stored["place"]
    torch.manual_seed(seed + my_rank() + step)
    log = out.parent / "train.log"
    rounding = Rounding(net)
    saved = started = time.monotonic()
    total: Counter[str] = Counter()
    while step < n_steps:
        generator = random.Random(f"{seed} {number}")
        own = random.Random(f"{seed} {number} {my_rank()}")
        batches = make_batches(draw(number, generator), generator)
        n = len(batches) // n_processes
        if n == 0:
            message = f"{len(batches)} batches for {n_processes} processes: there is too little to learn from"
            raise ValueError(message)
        for batch in batches[place * n_processes + my_rank() : n * n_processes : n_processes]:
            net.train()
            factor = min(1.0, (step + 1) / warmup) * (max(0.01, 1 - step / n_steps) if falls else 1.0)
            for group, base in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = base * factor
            is_rounded = step >= rounds_from * n_steps
            if is_rounded:
                rounding.apply()
            states = net(*make_batch(batch, own))
            found: Counter[str] = Counter()
            for row, sample in enumerate(batch):
                for name, value in losses_of(net, states[row], sample, describe, own).items():
                    found[name] = found[name] + value
            loss = sum(
                weight * found[name] / max(1.0, float(found[f"n_{name}"]))
                for name, weight in WEIGHTS.items()
                if name in found
            )
            loss.backward()
            if is_rounded:
                rounding.undo()
            average_gradients(net.parameters())
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step, place = step + 1, place + 1
            total.update({name: torch.as_tensor(value).item() for name, value in found.items()})
            if step % 50 == 0:
                means = {name: round(total[name] / max(1e-9, total[f"n_{name}"]), 3) for name in WEIGHTS}
                if my_rank() == 0:
                    write_log(log, out=out.name, step=step, seconds=round(time.monotonic() - started), **means)
                total.clear()
            if my_rank() == 0 and time.monotonic() - saved > SAVE_SECONDS:
                save(net, optimiser, {"step": step, "pass": number, "place": place, "about": about}, checkpoint)
                saved = time.monotonic()
            if step >= n_steps:
                break
        number, place = number + 1, 0
        if my_rank() == 0:
            save(net, optimiser, {"step": step, "pass": number, "place": place, "about": about}, checkpoint)
            if score is not None:
                write_log(log, out=out.name, step=step, passes=number, scores=score(net))
    if my_rank() == 0:
        torch.save(net.state_dict(), out)
        checkpoint.unlink(missing_ok=True)


def save(net: PassageNet, optimiser: Any, state: dict[str, Any], path: Path) -> None:
    """Write a checkpoint; one that is broken off leaves the last."""
    part = path.with_suffix(".part")
    torch.save({"net": net.state_dict(), "optimiser": optimiser.state_dict(), **state}, part)
    os.replace(part, path)  # noqa: PTH105
