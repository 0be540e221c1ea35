"""Train the tone towards a marked target: negative, neutral, positive.

Pieces of the target get token type 1; the head reads [mean of the target, mean of all,
first piece]. Texts without a target (headlines) are their own target. Reads
:class:`~analysis.training.data.Target`, writes checkpoints into the build folder.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from analysis.training.data import Target
from analysis.training.measures import LABELS, labels_of, macro_f1
from analysis.training.parallel import average_gradients, my_rank, my_share, save_first
from analysis.training.pieces import PAD, Pieces, pad
from analysis.training.train_reader import Stage, rate_factor, write_log

MAX_PIECES = 160
LABEL_SMOOTHING = 0.05


class ToneBatch(NamedTuple):
    """Texts as tensors."""

    ids: torch.Tensor
    is_target: torch.Tensor
    labels: torch.Tensor
    weights: torch.Tensor


class ToneNet(nn.Module):
    """Encoder and a linear head over three pooled vectors."""

    def __init__(self, bert: Any) -> None:
        super().__init__()
        self.bert = bert
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(3 * bert.config.hidden_size, len(LABELS))

    def pool(self, ids: torch.Tensor, is_target: torch.Tensor) -> torch.Tensor:
        """Return ``[batch, 3 * hidden]``: mean of the target, mean of all, first piece."""
        mask = (ids != PAD).long()
        output = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=is_target)
        states = output.last_hidden_state.float()
        has_target = is_target.any(1, keepdim=True)
        marked = torch.where(has_target, is_target, mask)
        return torch.cat([masked_mean(states, marked), masked_mean(states, mask), states[:, 0]], 1)

    def forward(self, ids: torch.Tensor, is_target: torch.Tensor) -> torch.Tensor:
        """Return scores ``[batch, 3]`` in the order of :data:`LABELS`."""
        pooled = self.pool(ids, is_target)
        with torch.autocast("cpu", enabled=False):
            return self.head(self.dropout(pooled))


def masked_mean(states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Average ``[batch, pieces, hidden]`` over the pieces where the mask is 1."""
    weights = mask.float()[..., None]
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1)


def cut_targets(pieces: Pieces, targets: Iterable[Target]) -> list[tuple[list[int], list[int]]]:
    """Return pieces and target flags; a long text keeps a window around its target."""
    rows = []
    for target in targets:
        ids, flags = pieces.cut_text(target.text, target.start, target.end)
        if len(ids) > MAX_PIECES:
            middle = flags.index(1) if any(flags) else 0
            first = max(0, min(middle - MAX_PIECES // 2, len(ids) - MAX_PIECES))
            ids, flags = ids[first : first + MAX_PIECES], flags[first : first + MAX_PIECES]
        rows.append((ids, flags))
    return rows


def make_batch(rows: Sequence[tuple[list[int], list[int]]], targets: Sequence[Target]) -> ToneBatch:
    """Return cut targets as padded tensors."""
    return ToneBatch(
        pad([ids for ids, _ in rows]),
        pad([flags for _, flags in rows], 0),
        torch.tensor([LABELS.index(target.label) for target in targets]),
        torch.tensor([target.weight for target in targets]),
    )


def train_tone(
    net: ToneNet,
    pieces: Pieces,
    targets: Sequence[Target],
    stage: Stage,
    *,
    seed: int,
    log: Path,
    held_out: dict[str, list[Target]] | None = None,
    checkpoint: Path | None = None,
) -> None:
    """Train one stage; after each epoch score the held-out parts and log them.

    Parameters
    ----------
    checkpoint
        Where to save the network every 200 batches.
    """
    generator = random.Random(seed)
    torch.manual_seed(seed + my_rank())
    rows = cut_targets(pieces, targets)
    bert = [p for p in net.bert.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [
            {"params": bert, "lr": stage.encoder_rate},
            {"params": list(net.head.parameters()), "lr": stage.head_rate},
        ],
        weight_decay=0.01,
        fused=True,
    )
    n_steps = stage.n_epochs * math.ceil(len(rows) / stage.batch_size)
    rates = [group["lr"] for group in optimiser.param_groups]
    step = 0
    for epoch in range(stage.n_epochs):
        net.train()
        started, total, n_batches = time.monotonic(), 0.0, 0
        for chosen in map(my_share, bucket(rows, stage.batch_size, generator)):
            batch = make_batch([rows[i] for i in chosen], [targets[i] for i in chosen])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = net(batch.ids, batch.is_target)
            losses = nn.functional.cross_entropy(
                scores, batch.labels, reduction="none", label_smoothing=LABEL_SMOOTHING
            )
            loss = (losses * batch.weights).mean()
            loss.backward()
            average_gradients(net.parameters())
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * rate_factor(step, n_steps, stage.warmup)
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            step += 1
            optimiser.zero_grad(set_to_none=True)
            total, n_batches = total + float(loss.detach()), n_batches + 1
            if checkpoint is not None and n_batches % 200 == 0:
                save_first(net, checkpoint)
            if n_batches % 50 == 0:
                write_log(log, stage=stage.name, epoch=epoch, batch=n_batches,
                          loss=total / n_batches, seconds=time.monotonic() - started)  # fmt: skip
        scores_by_part = {
            name: round(macro_f1(labels_of(part), predict(net, pieces, part).argmax(1)), 4)
            for name, part in (held_out or {}).items()
            if my_rank() == 0
        }
        write_log(log, stage=stage.name, epoch=epoch, done=True, loss=total / n_batches,
                  seconds=time.monotonic() - started, held_out=scores_by_part)  # fmt: skip


def bucket(rows: Sequence[tuple[list[int], list[int]]], size: int, generator: random.Random) -> Iterator[list[int]]:
    """Yield shuffled batches of row numbers, like lengths together."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]) * generator.uniform(0.85, 1.15))
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    generator.shuffle(batches)
    yield from batches


@torch.no_grad()
def predict(
    net: ToneNet, pieces: Pieces, targets: Sequence[Target], *, pooled: bool = False
) -> npt.NDArray[np.float32]:
    """Return scores ``[n, 3]`` (or the pooled vectors) in the order of the targets."""
    net.eval()
    rows = cut_targets(pieces, targets)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]))
    width = 3 * net.bert.config.hidden_size if pooled else len(LABELS)
    found = np.zeros((len(rows), width), np.float32)
    for start in range(0, len(order), 64):
        chosen = order[start : start + 64]
        batch = make_batch([rows[i] for i in chosen], [targets[i] for i in chosen])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            apply = net.pool if pooled else net
            found[chosen] = apply(batch.ids, batch.is_target).float().numpy()
    return found
