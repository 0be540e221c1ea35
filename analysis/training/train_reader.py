"""Train the reading network: old-convention treebank first, then the current one with entities.

Writes checkpoints and a log to the build folder. Chooses by the mean
of LAS and part-of-speech accuracy on a held-out tenth of LassySmall.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from analysis.reading.decode import find_tree, read_entities
from analysis.training.data import Sentence
from analysis.training.entities import TAGS
from analysis.training.parallel import average_gradients, my_rank, my_share, save_first
from analysis.training.pieces import PAD, Pieces, pad
from analysis.training.reader import Encoder, ReaderNet, compute_loss

MAX_PIECES = 200


@dataclass(frozen=True)
class Stage:
    """One pass schedule: how long, how fast."""

    name: str
    n_epochs: int
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    batch_size: int = 16
    warmup: float = 0.06


@dataclass(frozen=True)
class Reading:
    """What the network found in one sentence."""

    upos: list[str]
    features: list[dict[str, str]]
    rules: list[str]
    heads: list[int]
    relations: list[str]
    names: list[tuple[int, int, str]]
    phrases: list[tuple[int, int, str]]


def make_batches(sentences: Sequence[Sentence], size: int, generator: random.Random) -> Iterator[list[Sentence]]:
    """Yield shuffled batches of sentences of like length."""
    order = sorted(sentences, key=lambda s: len(s.words) * generator.uniform(0.85, 1.15))
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    generator.shuffle(batches)
    yield from batches


def rate_factor(step: int, n_steps: int, warmup: float) -> float:
    """Return the learning-rate factor: a linear rise, then a cosine fall."""
    rise = max(1, int(n_steps * warmup))
    if step < rise:
        return (step + 1) / rise
    return 0.5 * (1 + math.cos(math.pi * (step - rise) / max(1, n_steps - rise)))


def train_stage(
    net: ReaderNet,
    encoder: Encoder,
    sentences: Sequence[Sentence],
    stage: Stage,
    *,
    seed: int,
    log: Path,
    teacher: dict[str, torch.Tensor] | None = None,
    checkpoint: Path | None = None,
) -> None:
    """Train one stage with a fresh optimiser and schedule, in bfloat16 where it is faster.

    Parameters
    ----------
    teacher
        Sentence vectors by text, from :func:`embed_with`: the last layer keeps them.
    checkpoint
        Where to save the network every 250 batches.
    """
    generator = random.Random(seed)
    torch.manual_seed(seed + my_rank())
    usable = [s for s in sentences if len(encoder.pieces.cut_words(s.words)[0]) <= MAX_PIECES]
    bert = [p for p in net.bert.parameters() if p.requires_grad]
    inner = {id(p) for p in net.bert.parameters()}
    heads = [p for p in net.parameters() if id(p) not in inner]
    optimiser = torch.optim.AdamW(
        [{"params": bert, "lr": stage.encoder_rate}, {"params": heads, "lr": stage.head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    n_steps = stage.n_epochs * math.ceil(len(usable) / stage.batch_size)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: rate_factor(step, n_steps, stage.warmup))
    centre = torch.stack(list(teacher.values())).mean(0) if teacher else None
    net.train()
    for epoch in range(stage.n_epochs):
        started, total, n_batches = time.monotonic(), 0.0, 0
        for batch_sentences in make_batches(usable, stage.batch_size, generator):
            share = my_share(batch_sentences)
            batch = encoder.batch(share)
            wanted = torch.stack([teacher[s.text] for s in share]) if teacher else None
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = compute_loss(net, batch, wanted, centre)
            loss.backward()
            average_gradients(net.parameters())
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            total, n_batches = total + float(loss.detach()), n_batches + 1
            if checkpoint is not None and n_batches % 250 == 0:
                save_first(net, checkpoint)
            if n_batches % 50 == 0:
                write_log(log, stage=stage.name, epoch=epoch, batch=n_batches, loss=total / n_batches,
                          seconds=time.monotonic() - started)  # fmt: skip
        write_log(log, stage=stage.name, epoch=epoch, done=True, loss=total / n_batches,
                  seconds=time.monotonic() - started)  # fmt: skip


@torch.no_grad()
def embed_with(bert: Any, pieces: Pieces, texts: Sequence[str]) -> dict[str, torch.Tensor]:
    """Return the unit mean vectors that the untrained encoder gives texts, as e5 is meant to."""
    bert.eval()
    order = sorted(set(texts), key=len)
    vectors: dict[str, torch.Tensor] = {}
    for start in range(0, len(order), 32):
        chosen = order[start : start + 32]
        ids = pad([pieces.cut_text(f"passage: {text}", 0, 0)[0][:MAX_PIECES] for text in chosen])
        mask = (ids != PAD).long()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = bert(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        vectors.update(zip(chosen, torch.nn.functional.normalize(mean, dim=-1), strict=True))
    return vectors


def write_log(path: Path, **values: object) -> None:
    """Append one JSON line to a log (of several processes only the first does)."""
    if my_rank() > 0:
        return
    rounded = {k: round(v, 4) if isinstance(v, float) else v for k, v in values.items()}
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({"time": time.strftime("%H:%M:%S"), **rounded}) + "\n")


@torch.no_grad()
def read_with(net: ReaderNet, encoder: Encoder, word_rows: Sequence[Sequence[str]]) -> list[Reading]:
    """Read sentences with the network in training form (the shipped runtime agrees)."""
    net.eval()
    order = sorted(range(len(word_rows)), key=lambda i: len(word_rows[i]))
    found: dict[int, Reading] = {}
    for start in range(0, len(order), 32):
        chosen = order[start : start + 32]
        batch = encoder.batch([Sentence(tuple(word_rows[i])) for i in chosen])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = net(batch.ids, batch.firsts)
        for row, index in enumerate(chosen):
            n_words = len(word_rows[index])
            arc = scores["arc"][row, :n_words, : n_words + 1].float().numpy()
            heads = find_tree(arc - np.logaddexp.reduce(arc, axis=1, keepdims=True))
            relation = net.score_relations(scores["word"][row, :n_words], scores["head"][row, torch.from_numpy(heads)])
            root = net.labels["relation"].index("root")
            relation[:, root] = -torch.inf
            relation[torch.from_numpy(heads == 0), root] = torch.inf
            best = {k: v[row, :n_words].argmax(-1).tolist() for k, v in scores.items()}
            named = {k: [labels[i] for i in best[k.replace(":", "_")]]
                     for k, labels in net.labels.items() if k != "relation"}  # fmt: skip
            bundles = [
                {k[8:]: values[w] for k, values in named.items() if k[:8] == "feature:" and values[w]}
                for w in range(n_words)
            ]
            found[index] = Reading(
                named["upos"], bundles, named["lemma"], heads.tolist(),
                [net.labels["relation"][i] for i in relation.argmax(-1).tolist()],
                *(
                    [entity[:3] for entity in read_entities(scores[k][row, :n_words].numpy(), TAGS)]
                    for k in ("names", "phrases")
                ),
            )  # fmt: skip
    return [found[i] for i in range(len(word_rows))]
