"""The recipe of the judging network: what is learnt from which source, in which order.

``python -m analysis.training.passages STEP`` runs one step in the build folder; a step that was broken off goes on.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from analysis.paths import DATA, MODELS
from analysis.reading.model_file import read_model_file
from analysis.training.data import (
    Target,
    list_names,
    make_targets,
    read_headlines,
    read_marked,
    read_targets,
    swap_names,
)
from analysis.training.parallel import run_parallel
from analysis.training.passages.materials import read_jsonl, write_materials
from analysis.training.passages.net import PassageNet
from analysis.training.passages.samples import Sample, directed_sample, news_samples, opinion_samples, target_sample
from analysis.training.passages.score import score_sets
from analysis.training.passages.train import train
from analysis.training.restore import restore_tone
from analysis.validation.running_news import NETWORK, WEIGHTS

SHIPPED = MODELS / "reading-nl-en.npz"
HEADS, EPS = 12, 1e-12
N_TONED_DIRECTED, N_NEUTRAL_DIRECTED = 4000, 1000
Json = dict[str, Any]


def start_net(path: Path = SHIPPED) -> PassageNet:
    """A network whose encoder is the tone network of a model file; its heads are untrained."""
    from transformers import BertConfig, BertModel  # noqa: PLC0415  the training extra

    torch.manual_seed(21)
    state = restore_tone(path)
    size, hidden = state["bert.embeddings.word_embeddings.weight"].shape
    layers = 1 + max(int(key.split(".")[3]) for key in state if key.startswith("bert.encoder.layer."))
    config = BertConfig(
        vocab_size=size, hidden_size=hidden, num_hidden_layers=layers, num_attention_heads=HEADS,
        intermediate_size=state["bert.encoder.layer.0.intermediate.dense.weight"].shape[0],
        max_position_embeddings=state["bert.embeddings.position_embeddings.weight"].shape[0],
        type_vocab_size=state["bert.embeddings.token_type_embeddings.weight"].shape[0], layer_norm_eps=EPS,
    )  # fmt: skip
    bert = BertModel(config, add_pooling_layer=False)
    weights = {key[5:]: torch.from_numpy(np.array(value)) for key, value in state.items() if key.startswith("bert.")}
    bert.load_state_dict(weights, strict=False)
    bert.embeddings.word_embeddings.weight.requires_grad = False
    return PassageNet(bert)


def load_tokenizer(path: Path = SHIPPED) -> Tokenizer:
    """The tokenizer of a model file."""
    return Tokenizer.from_buffer(read_model_file(path)["tokenizer"].tobytes())


class Sources:
    """Everything that is learnt from, cut into samples as it is drawn."""

    def __init__(self, build: Path, reference: Path, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.news: list[Json] = [row for path in sorted(build.glob("news*.jsonl")) for row in read_jsonl(path)]
        self.opinions = [
            sample
            for name in ("madtsc_nl.train", "madtsc_en.train")
            for row in read_jsonl(build / f"opinions_{name}.jsonl")
            for sample in opinion_samples(row, tokenizer)
        ]
        self.learnt = [row for row in self.news if row["part"] == NETWORK]
        self.marked_rows = [
            line
            for path in sorted((DATA / "annotations" / "target_nl" / "parts").glob("*.tsv"))
            for line in read_marked(path)
        ]
        self.names = list_names(self.marked_rows)
        self.marked = {
            "newsmtsc": self._targets(reference / "target" / "newsmtsc_en.train.jsonl", "newsmtsc"),
            "madtsc_nl": self._targets(reference / "target" / "madtsc_nl.train.jsonl", "madtsc_nl"),
            "madtsc_en": self._targets(reference / "target" / "madtsc_en.train.jsonl", "madtsc_en"),
            "ecosent": self._cut(read_headlines(reference / "tone" / "ecosent_nl.train.jsonl"), is_headline=True),
        }
        self.directed = [
            sample
            for row in self._choose_directed(reference / "directed" / "dse_en.train.jsonl")
            if (sample := directed_sample(row, tokenizer, "en")) is not None
        ]
        self.held = {
            "news": [sample for row in self.news if row["part"] == WEIGHTS for sample in news_samples(row, tokenizer)],
            "opinions_nl": self._opinions(build / "opinions_madtsc_nl.dev.jsonl"),
            "opinions_en": self._opinions(build / "opinions_madtsc_en.dev.jsonl"),
            "newsmtsc": self._targets(reference / "target" / "newsmtsc_en.dev.jsonl", "newsmtsc"),
            "madtsc_nl": self._targets(reference / "target" / "madtsc_nl.dev.jsonl", "madtsc_nl"),
            "madtsc_en": self._targets(reference / "target" / "madtsc_en.dev.jsonl", "madtsc_en"),
        }

    def _cut(self, targets: Sequence[Target], *, is_headline: bool = False) -> list[Sample]:
        found = (target_sample(target, self.tokenizer, is_headline=is_headline) for target in targets)
        return [sample for sample in found if sample is not None]

    def _targets(self, path: Path, source: str) -> list[Sample]:
        return self._cut(list(read_targets(path, source)))

    @staticmethod
    def _choose_directed(path: Path) -> list[Json]:
        rows = read_jsonl(path)
        random.Random(4).shuffle(rows)
        toned, neutral = [row for row in rows if row["label"]], [row for row in rows if not row["label"]]
        return [*toned[:N_TONED_DIRECTED], *neutral[:N_NEUTRAL_DIRECTED]]

    def _opinions(self, path: Path) -> list[Sample]:
        return [sample for row in read_jsonl(path) for sample in opinion_samples(row, self.tokenizer)]

    def own_targets(self, generator: random.Random) -> list[Sample]:
        """The project's own Dutch, its persons under other names each time."""
        rows = [swap_names(row, self.names, generator) if generator.random() < 0.7 else row for row in self.marked_rows]
        return self._cut([target for row in rows for target in make_targets(row, row)])

    def draw_news(self, generator: random.Random) -> list[Sample]:
        """The running news, with mentions as found or set right."""
        return [
            sample
            for row in self.learnt
            for sample in news_samples(row, self.tokenizer, corrected=generator.random() < 0.5)
        ]

    def draw(self, share: float, generator: random.Random) -> list[Sample]:
        """A pass: news and opinions whole, of the marked targets a share."""
        marked = [
            *(sample for part in self.marked.values() for sample in part),
            *self.own_targets(generator),
            *self.directed,
        ]
        return [*self.draw_news(generator), *self.opinions, *generator.sample(marked, round(share * len(marked)))]


def run_stage(build: str, reference: str, stage: Json) -> None:
    """Train one stage, in every process."""
    sources = Sources(Path(build), Path(reference), load_tokenizer())
    net = start_net()
    if stage["start"]:
        net.load_state_dict(torch.load(Path(build) / stage["start"]))
    train(
        net, lambda _, generator: sources.draw(stage["share"], generator), n_steps=stage["steps"], rate=stage["rate"],
        out=Path(build) / stage["out"], seed=stage["seed"], n_processes=stage["processes"], falls=stage["falls"],
        warmup=stage["warmup"], score=lambda net: score_sets(net, sources.held),
    )  # fmt: skip


STAGES: dict[str, Json] = {
    "broad": {
        "start": "",
        "out": "broad.pt",
        "share": 1.0,
        "steps": 2000,
        "rate": 5e-5,
        "seed": 31,
        "falls": False,
        "warmup": 150,
    },
    "last": {
        "start": "broad.pt",
        "out": "last.pt",
        "share": 0.35,
        "steps": 2000,
        "rate": 5e-5,
        "seed": 32,
        "falls": True,
        "warmup": 30,
    },
}


def main() -> int:
    """Run one step."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("step", choices=["materials", *STAGES])
    parser.add_argument("--build", type=Path, default=Path("build/passages"))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--steps", type=int)
    options = parser.parse_args()
    reference = Path(os.environ["STUDY_REFERENCE_DATA"])
    if options.step == "materials":
        write_materials(options.build, reference)
        return 0
    stage = STAGES[options.step] | {"processes": options.processes}
    if options.steps:
        stage["steps"] = options.steps
    torch.set_num_threads(1)
    run_parallel(run_stage, (str(options.build), str(reference), stage), options.processes)
    return 0
