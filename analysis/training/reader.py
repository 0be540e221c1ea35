"""The reading network: one encoder, heads for syntax, names and actor phrases.

Each word is read at its first piece, from a learnt mix of all layers (one mix per head
group). Tags, features, lemma rules and entity tags are linear; trees are biaffine
(Dozat & Manning 2017). :class:`ReaderNet` is trained by
:mod:`analysis.training.train_reader` and shipped by :mod:`analysis.training.export`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch import nn

from analysis.training.data import Sentence
from analysis.training.entities import TAGS, allowed_tags
from analysis.training.pieces import PAD, Pieces, pad
from analysis.training.syntax import FEATURES, OLD_RELATIONS, lemma_rule

ARC_SIZE = 256
RELATION_SIZE = 96
HEAD_DROPOUT = 0.3
NAME_LAYERS = ("names", "phrases")


class Batch(NamedTuple):
    """Sentences as tensors; ``-1`` marks a label that a source does not give."""

    ids: torch.Tensor
    firsts: torch.Tensor
    word_mask: torch.Tensor
    heads: torch.Tensor
    relations: torch.Tensor
    labels: dict[str, torch.Tensor]
    tags: dict[str, torch.Tensor]
    tag_weights: dict[str, torch.Tensor]


class LayerMix(nn.Module):
    """A learnt convex mix of all encoder layers, with a scale."""

    def __init__(self, n_layers: int) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.zeros(n_layers))
        self.scale = nn.Parameter(torch.ones(1))

    def forward(self, layers: torch.Tensor) -> torch.Tensor:
        """Mix ``[layers, batch, words, hidden]`` to ``[batch, words, hidden]``."""
        return self.scale * torch.einsum("l,lbwh->bwh", self.weights.softmax(0), layers)


class ReaderNet(nn.Module):
    """Encoder, layer mixes and heads.

    Parameters
    ----------
    bert
        The encoder (``transformers.BertModel``).
    labels
        Label lists by head, from :func:`analysis.training.syntax.collect_labels`.
    """

    def __init__(self, bert: Any, labels: dict[str, list[str]]) -> None:
        super().__init__()
        self.bert = bert
        self.labels = labels
        hidden = bert.config.hidden_size
        n_layers = bert.config.num_hidden_layers + 1
        self.mixes = nn.ModuleDict({name: LayerMix(n_layers) for name in ("tag", "tree", "name")})
        self.dropout = nn.Dropout(HEAD_DROPOUT)
        sizes = {name: len(values) for name, values in labels.items() if name != "relation"}
        self.taggers = nn.ModuleDict({n.replace(":", "_"): nn.Linear(hidden, k) for n, k in sizes.items()})
        self.namers = nn.ModuleDict({name: nn.Linear(hidden, len(TAGS)) for name in NAME_LAYERS})
        self.root = nn.Parameter(torch.randn(hidden) * 0.02)
        self.arc_word = nn.Linear(hidden, ARC_SIZE)
        self.arc_head = nn.Linear(hidden, ARC_SIZE)
        self.arc = nn.Parameter(torch.zeros(ARC_SIZE + 1, ARC_SIZE))
        self.relation_word = nn.Linear(hidden, RELATION_SIZE)
        self.relation_head = nn.Linear(hidden, RELATION_SIZE)
        n_relations = len(labels["relation"])
        self.relation = nn.Parameter(torch.zeros(RELATION_SIZE + 1, n_relations, RELATION_SIZE + 1))
        nn.init.xavier_uniform_(self.arc)

    def words(self, ids: torch.Tensor, firsts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return every layer at each word's first piece, and the mean of the last layer.

        Returns
        -------
        tuple
            ``[layers, batch, words, hidden]`` and the sentence vectors ``[batch, hidden]``.
        """
        output = self.bert(input_ids=ids, attention_mask=(ids != PAD).long(), output_hidden_states=True)
        rows = torch.arange(len(ids))[:, None]
        layers = torch.stack([layer[rows, firsts].float() for layer in output.hidden_states])
        weights = (ids != PAD).float()[..., None]
        mean = (output.last_hidden_state.float() * weights).sum(1) / weights.sum(1)
        return layers, mean

    def forward(self, ids: torch.Tensor, firsts: torch.Tensor) -> dict[str, torch.Tensor]:
        """Return the scores of every head.

        Returns
        -------
        dict
            ``[batch, words, labels]`` by head name; ``arc`` ``[batch, words, 1 + words]``;
            ``word`` and ``head`` for :meth:`score_relations`; ``sentence``, unit vectors.
        """
        layers, sentence = self.words(ids, firsts)
        with torch.autocast("cpu", enabled=False):
            tag = self.dropout(self.mixes["tag"](layers))
            name = self.dropout(self.mixes["name"](layers))
            tree = self.mixes["tree"](layers)
            scores = {key: layer(tag) for key, layer in self.taggers.items()}
            scores |= {key: layer(name) for key, layer in self.namers.items()}
            scores["sentence"] = nn.functional.normalize(sentence, dim=-1)
            tree = torch.cat([self.root.expand(len(ids), 1, -1), tree], 1)
            tree = self.dropout(tree)
            gelu = nn.functional.gelu
            word = self.dropout(gelu(self.arc_word(tree[:, 1:])))
            head = self.dropout(gelu(self.arc_head(tree)))
            scores["arc"] = (word @ self.arc[:-1] + self.arc[-1]) @ head.transpose(1, 2)
            scores["word"] = add_one(self.dropout(gelu(self.relation_word(tree[:, 1:]))))
            scores["head"] = add_one(self.dropout(gelu(self.relation_head(tree))))
        return scores

    def score_relations(self, word: torch.Tensor, head: torch.Tensor) -> torch.Tensor:
        """Score relations for matched words and heads ``[n, size + 1]``: ``[n, relations]``."""
        return torch.einsum("nrj,nj->nr", torch.einsum("ni,irj->nrj", word, self.relation), head)


def add_one(values: torch.Tensor) -> torch.Tensor:
    """Append a constant 1 to the last axis (the bias of a biaffine product)."""
    return torch.cat([values, torch.ones_like(values[..., :1])], -1)


class Encoder:
    """Turn sentences into batches, given the label lists.

    Parameters
    ----------
    pieces
        The word-piece cutter.
    labels
        Label lists by head.
    """

    def __init__(self, pieces: Pieces, labels: dict[str, list[str]]) -> None:
        self.pieces = pieces
        self.labels = labels
        self.index = {name: {v: i for i, v in enumerate(vs)} for name, vs in labels.items()}
        self.tag_index = {tag: i for i, tag in enumerate(TAGS)}

    def label_rows(self, sentence: Sentence) -> dict[str, list[int]]:
        """Return the label numbers of a sentence by head; empty where not annotated."""
        rows: dict[str, list[int]] = {}
        if sentence.upos is None:
            return rows
        rows["upos"] = [self.index["upos"].get(tag, -1) for tag in sentence.upos]
        if sentence.features and not sentence.is_old_convention:
            for name in FEATURES:
                known = self.index[f"feature:{name}"]
                rows[f"feature_{name}"] = [known.get(f.get(name, ""), -1) for f in sentence.features]
        if sentence.lemmas and not sentence.is_old_convention:
            rules = map(lemma_rule, sentence.words, sentence.lemmas)
            rows["lemma"] = [self.index["lemma"].get(rule, -1) for rule in rules]
        return rows

    def relation_masks(self, sentence: Sentence) -> list[list[bool]]:
        """Return, for each word, which relations its annotation allows."""
        known = self.labels["relation"]
        rows = []
        for relation in sentence.relations or ():
            parts = (relation,)
            if sentence.is_old_convention:
                parts = OLD_RELATIONS.get(relation, parts)
            elif sentence.is_fixed_or_flat and relation == "fixed":
                parts = ("fixed", "flat")
            rows.append([label in parts for label in known])
        return rows

    def batch(self, sentences: Sequence[Sentence]) -> Batch:
        """Return the sentences as padded tensors."""
        cut = [self.pieces.cut_words(sentence.words) for sentence in sentences]
        width = max(len(sentence.words) for sentence in sentences)
        size = (len(sentences), width)
        n_relations = len(self.labels["relation"])
        heads = torch.full(size, -1)
        relations = torch.zeros((*size, n_relations), dtype=torch.bool)
        labels = {name.replace(":", "_"): torch.full(size, -1) for name in self.labels if name != "relation"}
        tags = {name: torch.zeros((*size, len(TAGS)), dtype=torch.bool) for name in NAME_LAYERS}
        weights = {name: torch.zeros(size) for name in NAME_LAYERS}
        word_mask = torch.zeros(size, dtype=torch.bool)
        for row, sentence in enumerate(sentences):
            n_words = len(sentence.words)
            word_mask[row, :n_words] = True
            for name, values in self.label_rows(sentence).items():
                labels[name][row, :n_words] = torch.tensor(values)
            if sentence.heads is not None:
                heads[row, :n_words] = torch.tensor(sentence.heads)
                relations[row, :n_words] = torch.tensor(self.relation_masks(sentence))
            for name, spans in (("names", sentence.names), ("phrases", sentence.phrases)):
                if spans is None:
                    continue
                for position, allowed in enumerate(allowed_tags(spans, n_words)):
                    tags[name][row, position, [self.tag_index[tag] for tag in allowed]] = True
                    is_outside = "O" in allowed
                    weights[name][row, position] = sentence.outside_weight if is_outside else 1.0
        return Batch(
            pad([ids for ids, _ in cut]), pad([firsts for _, firsts in cut], 0, width), word_mask,
            heads, relations, labels, tags, weights,
        )  # fmt: skip


def allowed_loss(scores: torch.Tensor, allowed: torch.Tensor) -> torch.Tensor:
    """Return ``-log p(any allowed label)`` per row of ``[n, labels]``."""
    inside = scores.masked_fill(~allowed, float("-inf")).logsumexp(-1)
    return scores.logsumexp(-1) - inside


def embedding_loss(found: torch.Tensor, wanted: torch.Tensor, centre: torch.Tensor) -> torch.Tensor:
    """Return how far sentence vectors are from the untrained encoder's (plain and centred cosine)."""
    plain = nn.functional.cosine_similarity(found, wanted)
    centred = nn.functional.cosine_similarity(found - centre, wanted - centre)
    return 5 * (1 - plain).mean() + (1 - centred).mean()


def compute_loss(
    net: ReaderNet,
    batch: Batch,
    wanted: torch.Tensor | None = None,
    centre: torch.Tensor | None = None,
) -> torch.Tensor:
    """Return the summed mean losses of all heads that the batch has labels for.

    Parameters
    ----------
    wanted, centre
        Unit sentence vectors of the untrained encoder, and their mean: kept by distillation.
    """
    scores = net(batch.ids, batch.firsts)
    loss = torch.zeros(())
    if wanted is not None and centre is not None:
        loss = loss + embedding_loss(scores["sentence"], wanted, centre)
    for name, gold in batch.labels.items():
        if bool((gold >= 0).any()):
            weight = 1.0 if name == "upos" else 0.5 if name == "lemma" else 0.25
            entropy = nn.functional.cross_entropy(scores[name].flatten(0, 1), gold.flatten(), ignore_index=-1)
            loss = loss + weight * entropy
    is_attached = batch.heads >= 0
    if bool(is_attached.any()):
        arc = scores["arc"].masked_fill(~with_root(batch.word_mask)[:, None, :], float("-inf"))
        loss = loss + nn.functional.cross_entropy(arc[is_attached], batch.heads[is_attached])
        rows, _ = is_attached.nonzero(as_tuple=True)
        head = scores["head"][rows, batch.heads[is_attached]]
        relation = net.score_relations(scores["word"][is_attached], head)
        allowed = batch.relations[is_attached]
        is_known = allowed.any(-1)
        loss = loss + allowed_loss(relation[is_known], allowed[is_known]).mean()
    for name in NAME_LAYERS:
        weights = batch.tag_weights[name]
        used = weights > 0
        if bool(used.any()):
            per_word = allowed_loss(scores[name][used], batch.tags[name][used])
            loss = loss + (per_word * weights[used]).sum() / weights[used].sum()
    return loss


def with_root(word_mask: torch.Tensor) -> torch.Tensor:
    """Prepend the root, which is always there, to a word mask."""
    return torch.cat([torch.ones_like(word_mask[:, :1]), word_mask], 1)
