"""The recipe of the shipped model: what is learnt from which source, in which order.

Each function is the work of one step of ``python -m analysis.training``: it reads files of
the reference data, the project's own annotations and earlier steps' outputs, and writes
into the build folder. Sets that may only be scored are not opened here.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sklearn.model_selection import StratifiedKFold

from analysis.training.data import (
    Sentence,
    Target,
    list_names,
    make_targets,
    read_conllu,
    read_headlines,
    read_issue_actors,
    read_marked,
    read_meantime,
    read_own,
    read_targets,
    swap_names,
    unmark,
)
from analysis.training.entities import NameWords, add_names, score_spans
from analysis.training.measures import labels_of, macro_f1
from analysis.training.packed import load_packed, load_pretrained, save_pretrained
from analysis.training.parallel import gather, my_rank, my_share, save_first
from analysis.training.pieces import Pieces
from analysis.training.reader import Encoder, ReaderNet
from analysis.training.samples import sample_directed, split_targets, weigh
from analysis.training.silver import relabel
from analysis.training.syntax import collect_labels, score_trees
from analysis.training.tone import ToneNet, predict, train_tone
from analysis.training.train_reader import Stage, embed_with, read_with, train_stage, write_log
from analysis.training.weights import build_bert, cut_vocabulary, frequent_pieces, load_hub

READER_OLD = Stage("reader, old conventions", 3)
READER = Stage("reader", 1)
#: A second, gentler pass.
READER_LAST = Stage("reader, last", 1, 5e-5, 5e-4)
#: The last pass, with the old sentences relabelled in the current conventions beside the current ones.
READER_SILVER = Stage("reader, silver", 1, 7e-5, 7e-4)
READER_AGAIN = Stage("reader, silver again", 1, 5e-5, 5e-4)
#: How often each source is seen in the reader's one long pass, and in the passes after it.
READER_REPEATS = {"treebank": 9, "target_nl": 3, "meantime": 2, "issuepositions": 1}
READER_LAST_REPEATS = {"treebank": 5, "target_nl": 1, "meantime": 1, "issuepositions": 0}
READER_SILVER_REPEATS = {"treebank": 4, "target_nl": 1, "meantime": 1, "issuepositions": 0, "silver": 1}
READER_AGAIN_REPEATS = {"treebank": 4, "target_nl": 1, "meantime": 1, "issuepositions": 0, "silver": 2}
#: Tone towards marked targets first, then with the headlines, which have none.
TONE_FIRST = Stage("tone first", 2, 1e-4, 5e-4, batch_size=32)
TONE_SHORT = Stage("tone short", 1, 6e-5, 3e-4, batch_size=32)
TONE_LONG = Stage("tone long", 1, 8e-5, 3e-4, batch_size=32)
#: How often each source is seen in a pass of either stage.
TONE_FIRST_REPEATS = {"newsmtsc": 1, "target_nl": 1, "dse": 1}
TONE_SHORT_REPEATS = {"newsmtsc": 1, "target_nl": 1, "ecosent": 2}
TONE_LONG_REPEATS = {"newsmtsc": 1, "target_nl": 4, "ecosent": 2}
#: Directed rows differ from the task (tone of one actor towards another): they count for less.
DIRECTED_WEIGHT = 0.6
N_NEUTRAL_DIRECTED = 1000
N_TONED_DIRECTED = 4000
N_ISSUE_SENTENCES = 400
#: A fold of the headlines is trained like the last stage, on headlines alone.
HEADLINE_FOLD = Stage("headlines", 2, 6e-5, 3e-4, batch_size=32)
N_FOLDS = 10


@dataclass(frozen=True)
class Paths:
    """Where the recipe reads and writes."""

    build: Path
    reference: Path
    own: Path
    out: Path

    def source(self, name: str) -> Path:
        """Return a file of the reference data."""
        return self.reference / name

    @property
    def own_parts(self) -> tuple[Path, ...]:
        """The parts of the project's own Dutch."""
        return tuple(sorted(self.own.glob("part_*.tsv")))


TREEBANK_OLD = "syntax/lassysmall_nl.train-ud2.0.conllu"
TREEBANKS = ("syntax/lassysmall_nl.dev-ud2.16.conllu", "syntax/lassysmall_nl.test-ud2.16.conllu")
MEANTIMES = ("actors/meantime_nl.dev.jsonl", "actors/meantime_en.dev.jsonl")
ISSUES = "actors/issuepositions_nl.dev.jsonl"
NEWS_TARGETS = "target/newsmtsc_en.train.jsonl"
DIRECTED = "directed/dse_en.train.jsonl"
HEADLINES = "tone/ecosent_nl.train.jsonl"


def make_base(paths: Paths, *, from_hub: bool = False) -> None:
    """Unpack the encoder and cut its vocabulary: ``base.npz``."""
    full = load_hub() if from_hub else load_packed()
    save_pretrained(cut_vocabulary(full, frequent_pieces(full.tokenizer)), paths.build / "base.npz")


def divide_treebank(paths: Paths, seed: int = 7) -> tuple[list[Sentence], list[Sentence], list[Sentence]]:
    """Return old-convention sentences, current ones, and a held-out tenth of the current ones.

    Old sentences that recur in the current files are left out, by their text.
    """
    current = [s for name in TREEBANKS for s in read_conllu(paths.source(name))]
    seen = {sentence.text for sentence in current}
    old = read_conllu(paths.source(TREEBANK_OLD), is_old_convention=True)
    order = list(range(len(current)))
    random.Random(seed).shuffle(order)
    n_held = len(current) // 10
    held = [current[i] for i in order[:n_held]]
    return [s for s in old if s.text not in seen], [current[i] for i in order[n_held:]], held


def read_entity_sources(paths: Paths) -> tuple[list[Sentence], list[Sentence]]:
    """Return MEANTIME's and the election study's sentences."""
    meantime = [s for name in MEANTIMES for s in read_meantime(paths.source(name))]
    return meantime, read_issue_actors(paths.source(ISSUES))


def divide_own(paths: Paths, known: list[Sentence], seed: int = 5) -> tuple[list[Sentence], list[Sentence]]:
    """Return the own sentences with names, and a held-out twelfth of them."""
    own = [sentence for path in paths.own_parts for sentence in read_own(path)[0]]
    own = add_names(own, NameWords([*known, *own]))
    random.Random(seed).shuffle(own)
    n_held = len(own) // 12
    return own[n_held:], own[:n_held]


def start_reader(paths: Paths, labels: dict[str, list[str]], seed: int = 7) -> tuple[ReaderNet, Encoder]:
    """Return an untrained reading network and its batch maker."""
    pretrained = load_pretrained(paths.build / "base.npz")
    torch.manual_seed(seed)
    net = ReaderNet(build_bert(pretrained), labels)
    return net, Encoder(Pieces(pretrained.tokenizer), labels)


def train_reader_old(paths: Paths) -> None:
    """Train the reader on the UD 2.0 treebank first: ``labels.json``, ``reader_old.pt``."""
    old, current, _ = divide_treebank(paths)
    labels = collect_labels(current)
    (paths.build / "labels.json").write_text(json.dumps(labels), "utf-8")
    net, encoder = start_reader(paths, labels)
    meantime, issues = read_entity_sources(paths)
    log = paths.build / "train.log"
    train_stage(net, encoder, [*old, *meantime, *issues], READER_OLD, seed=7, log=log)
    save_first(net, paths.build / "reader_old.pt")


def train_reader(paths: Paths) -> None:
    """Train the reader on the current treebank and the entities: ``reader.pt``."""
    train_current(paths, READER, READER_REPEATS, seed=8, first="reader_old.pt", name="reader.pt")


def train_reader_last(paths: Paths) -> None:
    """Go on at a lower rate, mostly on the treebank: ``reader_last.pt``."""
    train_current(paths, READER_LAST, READER_LAST_REPEATS, seed=9, first="reader.pt", name="reader_last.pt")


def train_reader_silver(paths: Paths) -> None:
    """Go on with the old sentences relabelled by the reader itself: ``reader_silver.pt``.

    On 212 held-out sentences that both editions hold, such trees have a LAS of .91 (.89 without the old heads).
    """
    train_current(paths, READER_SILVER, READER_SILVER_REPEATS, seed=10, first="reader_last.pt", name="reader_silver.pt")


def train_reader_again(paths: Paths) -> None:
    """Relabel the old sentences once more, by the better reader, and go on: ``reader_again.pt``."""
    train_current(paths, READER_AGAIN, READER_AGAIN_REPEATS, seed=11, first="reader_silver.pt", name="reader_again.pt")


def train_current(paths: Paths, stage: Stage, repeats: dict[str, int], *, seed: int, first: str, name: str) -> None:
    """Train one stage on the current conventions, from the weights of `first`.

    The sentence vectors of the untrained encoder are kept by distillation.
    """
    old, current, held = divide_treebank(paths)
    labels = json.loads((paths.build / "labels.json").read_text("utf-8"))
    net, encoder = start_reader(paths, labels)
    net.load_state_dict(torch.load(paths.build / first))
    meantime, issues = read_entity_sources(paths)
    own, own_held = divide_own(paths, [*current, *held, *issues])
    random.Random(5).shuffle(issues)
    sources = {
        "treebank": current,
        "target_nl": own,
        "meantime": meantime,
        "issuepositions": issues[:N_ISSUE_SENTENCES],
        "silver": relabel(net, encoder, old) if "silver" in repeats else [],
    }
    texts = sorted({sentence.text for part in sources.values() for sentence in part})
    teacher = embed_shared(paths, encoder.pieces, texts)
    sentences = [s for source, part in sources.items() for s in part * repeats.get(source, 0)]
    log = paths.build / "train.log"
    checkpoint = paths.build / f"partial_{name}"
    train_stage(net, encoder, sentences, stage, seed=seed, log=log, teacher=teacher, checkpoint=checkpoint)
    if my_rank() > 0:
        return
    save_first(net, paths.build / name)
    log_reader(net, encoder, held, own_held, log)


def embed_shared(paths: Paths, pieces: Pieces, texts: list[str]) -> dict[str, torch.Tensor]:
    """Return the untrained encoder's vectors; each process computes its share of the texts."""
    bert = build_bert(load_pretrained(paths.build / "base.npz"))
    mine = embed_with(bert, pieces, list(my_share(texts)))
    return {text: vector for part in gather(mine) for text, vector in part.items()}


def log_reader(net: ReaderNet, encoder: Encoder, held: list[Sentence], own_held: list[Sentence], log: Path) -> None:
    """Log scores on held-out slices of the training sources (for choosing)."""
    found = read_with(net, encoder, [sentence.words for sentence in held])
    heads = [reading.heads for reading in found]
    scores = score_trees(held, heads, [r.relations for r in found], [r.upos for r in found])
    write_log(log, held_out="lassysmall", **{key: scores[key] for key in ("las", "uas", "pos")})
    found = read_with(net, encoder, [sentence.words for sentence in own_held])
    for layer in ("names", "phrases"):
        gold = [[(s.start, s.end, "") for s in getattr(sentence, layer)] for sentence in own_held]
        spans = score_spans(gold, [getattr(reading, layer) for reading in found])
        write_log(log, held_out=f"target_nl {layer}", **spans._asdict())


def divide_targets(paths: Paths) -> tuple[dict[str, list[Target]], dict[str, list[Target]]]:
    """Return the training part and the held-out part of each source of tone."""
    sources = {
        "newsmtsc": (read_targets(paths.source(NEWS_TARGETS), "newsmtsc"), 0.06),
        "dse": (
            sample_directed(read_targets(paths.source(DIRECTED), "dse"), N_TONED_DIRECTED, N_NEUTRAL_DIRECTED, 3),
            0.05,
        ),
        "target_nl": ([t for path in paths.own_parts for t in read_own(path)[1]], 0.1),
        "ecosent": (read_headlines(paths.source(HEADLINES)), 0.1),
    }
    train, held = {}, {}
    for name, (targets, share) in sources.items():
        train[name], held[name] = split_targets(targets, share, 3)
    return train, held


def start_tone(paths: Paths, seed: int = 11) -> tuple[ToneNet, Pieces]:
    """Return an untrained tone network and its cutter."""
    pretrained = load_pretrained(paths.build / "base.npz")
    torch.manual_seed(seed)
    return ToneNet(build_bert(pretrained)), Pieces(pretrained.tokenizer)


def repeat_sources(
    paths: Paths, train: dict[str, list[Target]], repeats: dict[str, int], without: str = ""
) -> list[Target]:
    """Return the targets of a stage: each source as often as it counts, directed rows at their weight.

    The own Dutch is as written the first time, and has other names for its persons every further time.
    """
    weighed = {**train, "dse": weigh(train["dse"], DIRECTED_WEIGHT)}
    kept = [name for name in repeats if name != without]
    targets = [target for name in kept for target in weighed[name] * (1 if name == "target_nl" else repeats[name])]
    if "target_nl" in kept:
        learnt = {target.group for target in train["target_nl"]}
        marked = [text for path in paths.own_parts for text in read_marked(path) if unmark(text)[0] in learnt]
        names = list_names(marked)
        for number in range(1, repeats["target_nl"]):
            generator = random.Random(number)
            for text in marked:
                targets += make_targets(swap_names(text, names, generator), unmark(text)[0])
    return targets


def train_tone_first(paths: Paths, *, seed: int = 12, name: str = "tone_first.pt", without: str = "") -> None:
    """Train tone towards marked targets, English and Dutch: ``tone_first.pt``.

    Parameters
    ----------
    without
        A source to leave out, to measure what it contributes.
    """
    train, held = divide_targets(paths)
    net, pieces = start_tone(paths, seed)
    targets = repeat_sources(paths, train, TONE_FIRST_REPEATS, without)
    log = paths.build / "train.log"
    checkpoint = paths.build / f"partial_{name}"
    train_tone(net, pieces, targets, TONE_FIRST, seed=seed, log=log, held_out=held, checkpoint=checkpoint)
    save_first(net, paths.build / name)


def train_tone_short(paths: Paths) -> None:
    """Go on with the headlines beside the marked targets: ``tone_short.pt``."""
    train_tone_last(paths, TONE_SHORT, TONE_SHORT_REPEATS, "tone_short.pt")


def train_tone_long(paths: Paths) -> None:
    """The same with more of the own Dutch, other names in it: ``tone_long.pt``."""
    train_tone_last(paths, TONE_LONG, TONE_LONG_REPEATS, "tone_long.pt")


def train_tone_last(paths: Paths, stage: Stage, repeats: dict[str, int], name: str, seed: int = 13) -> None:
    """Train a last stage of tone, from ``tone_first.pt``."""
    train, held = divide_targets(paths)
    net, pieces = start_tone(paths)
    net.load_state_dict(torch.load(paths.build / "tone_first.pt"))
    targets = repeat_sources(paths, train, repeats)
    log = paths.build / "train.log"
    checkpoint = paths.build / f"partial_{name}"
    train_tone(net, pieces, targets, stage, seed=seed, log=log, held_out=held, checkpoint=checkpoint)
    save_first(net, paths.build / name)


def average(paths: Paths, names: Sequence[str], name: str) -> None:
    """Average the weights of networks that go on from one another, or from the same one.

    Such a mean is a network too, and on the held-out slices as good as the best of its parts or better (Wortsman
    et al. 2022, Model soups. ICML).
    """
    states = [torch.load(paths.build / part) for part in names]
    mean = {key: sum(state[key].float() for state in states) / len(states) for key in states[0]}
    torch.save(mean, paths.build / name)


def train_headline_folds(paths: Paths, seed: int = 14) -> None:
    """Cross-validate headline tone: ``headlines.json``, with a found label per headline.

    Each fold goes on from ``tone_first.pt``, which has seen no headline, with nine tenths of the
    headlines. Folds that are already there are kept, so that the step can be stopped.
    """
    targets = read_headlines(paths.source(HEADLINES))
    gold = labels_of(targets)
    folds = StratifiedKFold(N_FOLDS, shuffle=True, random_state=0).split(gold, gold)
    log, path = paths.build / "train.log", paths.build / "headlines_partial.json"
    found: dict[str, list[int]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    rows: list[list[int]] = []
    for number, (learnt, tested) in enumerate(folds):
        rows.append(tested.tolist())
        if str(number) in found:
            continue
        net, pieces = start_tone(paths)
        net.load_state_dict(torch.load(paths.build / "tone_first.pt"))
        train_tone(net, pieces, [targets[i] for i in learnt], HEADLINE_FOLD, seed=seed + number, log=log)
        scores = predict(net, pieces, [targets[i] for i in tested])
        found[str(number)] = scores.argmax(1).tolist()
        if my_rank() == 0:
            path.write_text(json.dumps(found), "utf-8")
    if my_rank() > 0:
        return
    labels = [0] * len(targets)
    for number, tested_rows in enumerate(rows):
        for row, label in zip(tested_rows, found[str(number)], strict=True):
            labels[row] = label
    is_right = [a == b for a, b in zip(labels, gold.tolist(), strict=True)]
    accuracy = sum(is_right) / len(is_right)
    result = {"n": len(labels), "accuracy": accuracy, "macro_f1": macro_f1(gold, np.array(labels)), "labels": labels}
    (paths.build / "headlines.json").write_text(json.dumps(result), "utf-8")
