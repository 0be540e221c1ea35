"""The recipe of the judging network: what is learnt from which source, in which order.

Each function is the work of one step of ``python -m analysis.training``. First everything at once, at a steady rate;
then, with the rate falling to nothing, news and coded texts whole and a share of the rest.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import distributed

from analysis.contracts.paths import DATA
from analysis.reading.judging.network import HEADLINE, MARKED, NEWS
from analysis.reading.judging.passages import AUTHOR_SOURCE, MAX_PIECES, OTHER_SOURCE
from analysis.reading.model import ReadingModel
from analysis.training.data import (
    Target,
    list_names,
    make_targets,
    read_headlines,
    read_marked,
    read_targets,
    swap_names,
)
from analysis.training.measures import fit_temperature
from analysis.training.packed import load_pretrained, sha256
from analysis.training.parallel import my_rank
from analysis.training.passages.export import put_judge
from analysis.training.passages.materials import read_jsonl
from analysis.training.passages.net import PassageNet
from analysis.training.passages.samples import (
    UNKNOWN,
    Sample,
    directed_sample,
    news_samples,
    opinion_samples,
    target_sample,
)
from analysis.training.passages.score import NEUTRAL_OFFSETS, Found, choose_threshold, score_sets
from analysis.training.passages.train import train
from analysis.training.recipe import HEADLINES, N_NEUTRAL_DIRECTED, N_TONED_DIRECTED, NEWS_TARGETS, Paths
from analysis.training.weights import build_bert
from analysis.validation.running_news import NETWORK, WEIGHTS

DIRECTED = "directed/dse_en.train.jsonl"
TARGETS = {
    "newsmtsc": NEWS_TARGETS,
    "madtsc_nl": "target/madtsc_nl.train.jsonl",
    "madtsc_en": "target/madtsc_en.train.jsonl",
}
LANGUAGES = ("nl", "en")
OPINIONS = ("madtsc_nl.train", "madtsc_en.train")
OPINIONS_DEV = ("madtsc_nl.dev", "madtsc_en.dev")
NEWS_PARTS = tuple(sorted((DATA / "annotations" / "running_news").glob("part_*.yaml")))
#: How much of a pass is seen with which chance stands in the settings of a stage, so that a change runs it again.
BROAD = {"steps": 4100, "rate": 5e-5, "seed": 31, "share": 1.0, "falls": False, "warmup": 150, "rounds_from": 1.0}
LAST = {"steps": 6000, "rate": 6e-5, "seed": 41, "share": 0.3, "falls": True, "warmup": 50, "rounds_from": 0.85}
SWAPPED = 0.7
"""How often a sentence of the project's own Dutch is seen with other names for its persons."""
LENGTHS = (MAX_PIECES, MAX_PIECES, 320, 200)
"""Pieces of a passage at most, one of them by chance, so that passages in the midst of a text are learnt too."""
SURE = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Probabilities from which on a speaker may stand."""
CORRECTED = 0.5
"""How often a news item is seen with the mentions that its marks set right."""
Json = dict[str, Any]
State = dict[str, npt.NDArray[np.float32]]


def start_net(paths: Paths) -> tuple[PassageNet, Tokenizer]:
    """An untrained network around the encoder, its word vectors frozen, and its tokenizer."""
    pretrained = load_pretrained(paths.build / "base.npz")
    torch.manual_seed(21)
    bert = build_bert(pretrained)
    bert.embeddings.word_embeddings.weight.requires_grad = False
    return PassageNet(bert), Tokenizer.from_str(json.dumps(pretrained.tokenizer))


class Sources:
    """Everything that is learnt from, cut into samples as it is drawn."""

    def __init__(self, paths: Paths, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.news: list[Json] = read_jsonl(paths.build / "news.jsonl")
        self.learnt = [row for row in self.news if row["part"] == NETWORK]
        self.opinions = [
            sample for name in OPINIONS for sample in self._opinions(paths.build / f"opinions_{name}.jsonl")
        ]
        self.own = [line for path in paths.own_parts for line in read_marked(path)]
        self.names = list_names(self.own)
        marked = [self._cut(read_targets(paths.source(file), name)) for name, file in TARGETS.items()]
        marked.append(self._cut(read_headlines(paths.source(HEADLINES)), is_headline=True))
        found = (directed_sample(row, tokenizer, "en") for row in choose_directed(paths.source(DIRECTED)))
        self.marked = [*(sample for part in marked for sample in part), *(one for one in found if one is not None)]

    def _cut(self, targets: Sequence[Target], *, is_headline: bool = False) -> list[Sample]:
        found = (target_sample(target, self.tokenizer, is_headline=is_headline) for target in targets)
        return [sample for sample in found if sample is not None]

    def _opinions(self, path: Path) -> list[Sample]:
        return [sample for row in read_jsonl(path) for sample in opinion_samples(row, self.tokenizer)]

    def held(self, paths: Paths) -> dict[str, list[Sample]]:
        """What is kept for choosing, by name."""
        rows = [row for row in self.news if row["part"] == WEIGHTS]
        news = [sample for row in rows for sample in news_samples(row, self.tokenizer)]
        opinions = {f"opinions_{name}": self._opinions(paths.build / f"opinions_{name}.jsonl") for name in OPINIONS_DEV}
        targets = {
            name: self._cut(read_targets(paths.source(file.replace(".train", ".dev")), name))
            for name, file in TARGETS.items()
        }
        generator = random.Random(5)
        meant = [
            sample for row in rows if row["marks"] for sample in news_samples(row, self.tokenizer, generator=generator)
        ]
        return {"news": news, "meant": meant, **opinions, **targets}

    def draw(self, share: float, generator: random.Random) -> list[Sample]:
        """A pass: news and opinions whole, of the marked targets a share."""
        news = [
            sample
            for row in self.learnt
            for sample in news_samples(
                row,
                self.tokenizer,
                corrected=generator.random() < CORRECTED,
                max_pieces=generator.choice(LENGTHS),
                generator=generator,
            )
        ]
        own = [swap_names(row, self.names, generator) if generator.random() < SWAPPED else row for row in self.own]
        marked = [*self.marked, *self._cut([target for row in own for target in make_targets(row, row)])]
        return [*news, *self.opinions, *generator.sample(marked, round(share * len(marked)))]


def choose_directed(path: Path) -> list[Json]:
    """Rows with a source and a target, most of them judged."""
    rows = read_jsonl(path)
    random.Random(4).shuffle(rows)
    toned, neutral = [row for row in rows if row["label"]], [row for row in rows if not row["label"]]
    return [*toned[:N_TONED_DIRECTED], *neutral[:N_NEUTRAL_DIRECTED]]


def train_broad(paths: Paths) -> None:
    """Learn from everything at once, from the encoder of ``tone.pt``: ``broad.pt``."""
    net, tokenizer = start_net(paths)
    tone = torch.load(paths.build / "tone.pt")
    net.bert.load_state_dict({key[5:]: value for key, value in tone.items() if key.startswith("bert.")}, strict=False)
    run(paths, net, tokenizer, BROAD, "broad.pt")


def train_last(paths: Paths) -> None:
    """Go on, news and coded texts first, with the matrices rounded in the end: ``judge.pt``."""
    net, tokenizer = start_net(paths)
    net.load_state_dict(torch.load(paths.build / "broad.pt"))
    run(paths, net, tokenizer, LAST, "judge.pt")


def run(paths: Paths, net: PassageNet, tokenizer: Tokenizer, stage: Json, name: str) -> None:
    """Train one stage."""
    sources = Sources(paths, tokenizer)
    held = sources.held(paths) if my_rank() == 0 else {}
    n_processes = distributed.get_world_size() if distributed.is_initialized() else 1
    train(
        net, lambda _, generator: sources.draw(stage["share"], generator), n_steps=stage["steps"], rate=stage["rate"],
        out=paths.build / name, seed=stage["seed"], n_processes=n_processes, falls=stage["falls"],
        warmup=stage["warmup"], rounds_from=stage["rounds_from"], score=lambda net: score_sets(net, held),
    )  # fmt: skip


def export(paths: Paths, first: Path, version: str) -> None:
    """Write the shipped file: the reader of `first` and the judging network, calibrated as it is stored."""
    pretrained = load_pretrained(paths.build / "base.npz")
    size = (pretrained.n_heads, pretrained.layer_norm_eps)
    state = {key: value.float().numpy() for key, value in torch.load(paths.build / "judge.pt").items()}
    files = [paths.source(name) for name in (*TARGETS.values(), HEADLINES, DIRECTED)]
    files += [paths.source(f"opinions/{name}.jsonl") for name in OPINIONS] + [*paths.own_parts, *NEWS_PARTS]
    learnt = read_meta(first)["learnt_from"] | {path.name: sha256(path) for path in files}
    plain = {
        "temperature": dict.fromkeys((NEWS, MARKED, HEADLINE), 1.0),
        "threshold": dict.fromkeys(LANGUAGES, 0.5),
        "sure_of_speaker": {"first": 1.0, "other": 1.0},
        "neutral_by_relation": NEUTRAL_OFFSETS,
    }
    meta = {"version": version, "learnt_from": learnt}
    put_judge(first, paths.out, state, size, meta | {"judging": plain})
    put_judge(first, paths.out, state, size, meta | {"judging": calibrate(paths, ReadingModel.load(paths.out))})


def calibrate(paths: Paths, model: ReadingModel) -> Json:
    """Temperatures and thresholds of a file that has none, on what is kept for choosing."""
    held = Sources(paths, model.tokenizer).held(paths)
    found = judge_by_file(model, held["news"])
    temperature = {NEWS: temperature_of(found)}
    marked = [*held["newsmtsc"], *held["madtsc_nl"]]
    tones = model.judging.tone([sample.passage for sample in marked], [MARKED] * len(marked))
    gold = np.array([sample.answers[0].sign + 1 for sample in marked])
    temperature[MARKED] = fit_temperature(np.log(tones + 1e-12).astype(np.float32), gold)
    temperature[HEADLINE] = temperature[MARKED]  # every headline has been learnt from
    return {
        "temperature": {name: round(value, 2) for name, value in temperature.items()},
        "threshold": {language: choose_threshold(found, language, temperature[NEWS]) for language in LANGUAGES},
        "neutral_by_relation": NEUTRAL_OFFSETS,
        "sure_of_speaker": choose_sure_of_speaker(model, held["news"]),
    }


def choose_sure_of_speaker(model: ReadingModel, samples: Sequence[Sample]) -> dict[str, float]:
    """From which probability on the network's speaker is right more often than what was found before."""
    gained: dict[str, list[tuple[float, int]]] = {"first": [], "other": []}
    answers = model.judging.judge([sample.passage for sample in samples])
    for sample, judged in zip(samples, answers, strict=True):
        coded = {(first, last): right for first, last, _, right, weight in sample.speakers if weight == 1.0}
        for (first, last, before, _), chances in zip(sample.passage.quotes, judged.speakers, strict=True):
            if not len(chances) or (first, last) not in coded:
                continue
            best, right = int(chances.argmax()), coded[first, last]
            was = 2 + before if before >= 0 else OTHER_SOURCE
            gain = int(best in right) - int(was in right)
            gained["other" if before >= 0 else "first"].append((float(chances[best]), gain))
    return {
        name: max(SURE, key=lambda least: (sum(gain for chance, gain in found if chance >= least), least))
        for name, found in gained.items()
    }


def judge_by_file(model: ReadingModel, samples: Sequence[Sample]) -> list[Found]:
    """Judge every pair of passages by a model file, as it is shipped."""
    answers = model.judging.judge([sample.passage for sample in samples])
    return [
        Found(sample, k, judged.tones[k], int(chances.argmax()) if len(chances) else AUTHOR_SOURCE)
        for sample, judged in zip(samples, answers, strict=True)
        for k, chances in enumerate(judged.sources)
    ]


def read_meta(path: Path) -> Json:
    """What a model file says of itself."""
    with np.load(path, allow_pickle=False) as archive:
        meta: Json = json.loads(archive["meta"].tobytes())
    return meta


def temperature_of(found: Sequence[Found]) -> float:
    """What the scores of pairs are divided by, so that probabilities are shares."""
    known = [one for one in found if one.sample.answers[one.pair].sign != UNKNOWN]
    scores = np.log(np.array([one.tone for one in known]) + 1e-12).astype(np.float32)
    return fit_temperature(scores, np.array([one.sample.answers[one.pair].sign + 1 for one in known]))
