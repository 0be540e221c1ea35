"""The reader, trained again on more trees, Dutch and English.

Goes on from the reader of a model file. Sources and their conventions:

- LassySmall dev and test (UD 2.16): the conventions that the coder reads.
- Alpino, converted to UD 2.17: where it says ``fixed``, ``flat`` counts as right too (2.16 has that for most).
- LassySmall train (UD 2.0): relabelled by the reader (:mod:`analysis.training.silver`).
- English EWT, PUD and GUM: relations that Dutch has not are added to the reader's list. Names and lemmas are not taken
  from them: names are not joined by ``flat`` there, and lemmas come from lists.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import torch

from analysis.training.data import Sentence, read_conllu
from analysis.training.packed import load_pretrained
from analysis.training.parallel import my_rank, save_first
from analysis.training.pieces import Pieces
from analysis.training.reader import Encoder, ReaderNet
from analysis.training.recipe import (
    N_ISSUE_SENTENCES,
    Paths,
    divide_own,
    divide_treebank,
    embed_shared,
    log_reader,
    read_entity_sources,
)
from analysis.training.restore import read_labels, restore_reader
from analysis.training.silver import relabel
from analysis.training.syntax import score_trees
from analysis.training.train_reader import Stage, read_with, train_stage, write_log
from analysis.training.weights import build_bert

#: A file that reads, to go on from.
FIRST = "reads.npz"
TREES = Stage("trees", 2, 1e-4, 7e-4, batch_size=32)
ALPINO = "syntax/alpino_nl.train-ud2.17.conllu"
ENGLISH = ("syntax/ewt_pud_en.train.conllu", "syntax/gum_en.train.conllu")
#: How often each source is seen in a pass. ``alpino_cdb`` is newspaper text.
REPEATS = {
    "treebank": 3, "alpino_cdb": 2, "alpino": 1, "silver": 1, "ewt_pud": 1, "gum": 2,
    "target_nl": 1, "meantime": 1, "issuepositions": 1,
}  # fmt: skip
#: A relation must occur this often in the English trees to be added.
MIN_RELATION = 10
N_HELD = 400
SEED = 21


def read_alpino(paths: Paths) -> tuple[list[Sentence], list[Sentence]]:
    """Return Alpino's newspaper sentences and its others."""
    news, others = [], []
    text = paths.source(ALPINO).read_text("utf-8")
    ids = [line.removeprefix("# sent_id = ") for line in text.splitlines() if line.startswith("# sent_id")]
    sentences = read_conllu(paths.source(ALPINO))
    if len(ids) != len(sentences):
        message = f"{paths.source(ALPINO)}: {len(ids)} sent_id for {len(sentences)} sentences"
        raise ValueError(message)
    for name, sentence in zip(ids, sentences, strict=True):
        (news if name.startswith("alpino_cdb") else others).append(replace(sentence, is_fixed_or_flat=True))
    return news, others


def read_english(paths: Paths, name: str) -> list[Sentence]:
    """Return the sentences of an English treebank, without names and lemmas."""
    return [replace(s, names=None, lemmas=None) for s in read_conllu(paths.source(name))]


def add_relations(labels: dict[str, list[str]], sentences: Iterable[Sentence]) -> dict[str, list[str]]:
    """Return the label lists with the relations that the sentences have and the list has not, at its end."""
    counts = Counter(relation for s in sentences for relation in s.relations or ())
    known = set(labels["relation"])
    new = [label for label, n in counts.most_common() if n >= MIN_RELATION and label not in known]
    return {**labels, "relation": [*labels["relation"], *new]}


def start_again(paths: Paths, english: list[Sentence]) -> tuple[ReaderNet, Encoder]:
    """Return the reader of a model file, able to learn the relations of English."""
    path = paths.build / FIRST
    known = read_labels(path)
    labels = add_relations(known, english)
    pretrained = load_pretrained(paths.build / "base.npz")
    torch.manual_seed(SEED)
    net = ReaderNet(build_bert(pretrained), labels)
    state = {name: torch.from_numpy(values) for name, values in restore_reader(path).items()}
    n_known = len(known["relation"])
    wider = net.state_dict()["relation"].clone()
    wider[:, :n_known] = state["relation"]
    net.load_state_dict({**net.state_dict(), **state, "relation": wider})
    return net, Encoder(Pieces(pretrained.tokenizer), labels)


def train_trees(paths: Paths) -> None:
    """Train the reader of a model file on all trees: ``trees.pt``, ``trees_labels.json``."""
    old, current, held = divide_treebank(paths)
    news, others = read_alpino(paths)
    random.Random(SEED).shuffle(news)
    news, news_held = news[N_HELD:], news[:N_HELD]
    ewt, gum = (read_english(paths, source) for source in ENGLISH)
    random.Random(SEED).shuffle(gum)
    gum, gum_held = gum[N_HELD:], gum[:N_HELD]
    net, encoder = start_again(paths, [*ewt, *gum])
    meantime, issues = read_entity_sources(paths)
    own, own_held = divide_own(paths, [*current, *held, *issues])
    random.Random(5).shuffle(issues)
    sources = {
        "treebank": current, "alpino_cdb": news, "alpino": others, "silver": relabel(net, encoder, old),
        "ewt_pud": ewt, "gum": gum, "target_nl": own, "meantime": meantime,
        "issuepositions": issues[:N_ISSUE_SENTENCES],
    }  # fmt: skip
    log = paths.build / "train.log"

    def log_held_out() -> None:
        log_trees(net, encoder, {"gum": gum_held, "alpino": news_held}, log)
        log_reader(net, encoder, held, own_held, log)

    if my_rank() == 0:
        (paths.build / "trees_labels.json").write_text(json.dumps(encoder.labels), "utf-8")
        write_log(log, n={key: len(part) for key, part in sources.items()})
        log_held_out()
    texts = sorted({sentence.text for part in sources.values() for sentence in part})
    teacher = embed_shared(paths, encoder.pieces, texts)
    sentences = [s for source, part in sources.items() for s in part * REPEATS[source]]
    checkpoint = paths.build / "partial_trees.pt"
    train_stage(net, encoder, sentences, TREES, seed=SEED, log=log, teacher=teacher, checkpoint=checkpoint)
    save_first(net, paths.build / "trees.pt")
    if my_rank() == 0:
        log_held_out()


def log_trees(net: ReaderNet, encoder: Encoder, held: dict[str, list[Sentence]], log: Path) -> None:
    """Log how well held-out trees are read."""
    for source, sentences in held.items():
        found = read_with(net, encoder, [sentence.words for sentence in sentences])
        scores = score_trees(sentences, [r.heads for r in found], [r.relations for r in found], [r.upos for r in found])
        write_log(log, held_out=source, **{key: scores[key] for key in ("las", "uas", "pos", "f1:obj", "f1:ccomp")})
