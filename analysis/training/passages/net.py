"""The judging network: one pass of the encoder over a passage, and what is asked of it.

Input vectors are word + position + type + slot + speaker's slot + speech. From the states, for every sentence and
actor: whether he is judged and how (a layer of its own for marked targets and headlines, which are coded by another
scheme), whose the judgement is, which words carry it, ground and mood; for every actor the light of the whole item; for
every stretch of
speech its speaker. Word
vectors are frozen.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from analysis.reading.judging.network import GROUNDS, MOODS
from analysis.reading.judging.passages import N_FEATURES, N_RELATIONS, N_SLOTS, find_nearest, relate
from analysis.training.passages.samples import HEADLINE, MARKED, UNKNOWN, Sample, permute_slots
from analysis.training.pieces import pad

ATTENTION, SOURCE, FEATURE, MIX = 128, 192, 32, 96
SMOOTHING = 0.05
BLIND = 0.25
"""How often the source is asked for without what the quotes found say of it."""
WEIGHTS = {
    "sign": 1.0,
    "marked": 1.0,
    "source": 0.5,
    "words": 0.1,
    "ground": 0.15,
    "mood": 0.1,
    "tone": 0.3,
    "speaker": 0.3,
    "meant": 0.4,
}


class QuickDropout(nn.Module):
    """Dropout whose choices are cut from one long row of them: drawing anew takes a fifth of a step on a processor."""

    LENGTH = 1 << 23

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p
        self._pools: dict[torch.dtype, torch.Tensor] = {}

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Zero a share `p` of the numbers, raise the others."""
        if not self.training or x.numel() > self.LENGTH:
            return functional.dropout(x, self.p, self.training)
        if x.dtype not in self._pools:
            self._pools[x.dtype] = (torch.rand(self.LENGTH) >= self.p).to(x.dtype) / (1 - self.p)
        start = int(torch.randint(0, self.LENGTH - x.numel() + 1, ()))
        return x * self._pools[x.dtype][start : start + x.numel()].view(x.shape)


def quicken(bert: Any) -> None:
    """Give an encoder `QuickDropout`, and none in its attention, which is then computed in one piece."""
    for layer in bert.encoder.layer:
        layer.attention.self.dropout = nn.Dropout(0.0)
        layer.attention.output.dropout = QuickDropout(layer.attention.output.dropout.p)
        layer.output.dropout = QuickDropout(layer.output.dropout.p)


class PassageNet(nn.Module):
    """Encoder and heads; `forward` is `encode`, the rest works on one passage's states ``[pieces, hidden]``."""

    def __init__(self, bert: Any) -> None:
        super().__init__()
        self.bert = bert
        quicken(bert)
        hidden = bert.config.hidden_size
        self.slot = nn.Embedding(N_SLOTS + 1, hidden)
        self.speaker = nn.Embedding(N_SLOTS + 1, hidden)
        self.speech = nn.Embedding(3, hidden)
        for table in (self.slot, self.speaker):
            nn.init.normal_(table.weight, std=0.02)
            table.weight.data[0] = 0
        nn.init.zeros_(self.speech.weight)
        self.query, self.key = nn.Linear(hidden, ATTENTION), nn.Linear(hidden, ATTENTION)
        self.query_words, self.key_words = nn.Linear(hidden, ATTENTION), nn.Linear(hidden, ATTENTION)
        self.relation = nn.Embedding(N_RELATIONS, hidden)
        nn.init.zeros_(self.relation.weight)
        self.pair = nn.Linear(4 * hidden, hidden)
        self.sign = nn.Linear(hidden, 3)
        self.scheme = nn.Embedding(3, 3)
        nn.init.zeros_(self.scheme.weight)
        self.marked, self.headline = nn.Linear(hidden, 3), nn.Linear(hidden, 3)
        self.ground, self.mood = nn.Linear(hidden, len(GROUNDS)), nn.Linear(hidden, len(MOODS))
        self.item = nn.Linear(2 * hidden, hidden)
        self.item_tone = nn.Linear(hidden, 3)
        self.quote = nn.Linear(3 * hidden, hidden)
        self.outlet = nn.Parameter(torch.randn(2, hidden) * 0.02)
        self.asked, self.candidate = nn.Linear(hidden, SOURCE), nn.Linear(hidden, SOURCE)
        self.feature = nn.Linear(N_FEATURES, FEATURE)
        self.place, self.actor = nn.Linear(hidden, ATTENTION), nn.Linear(hidden, ATTENTION)
        self.far = nn.Embedding(N_RELATIONS, 1)
        nn.init.zeros_(self.far.weight)
        self.mix, self.score = nn.Linear(3 * SOURCE + FEATURE, MIX), nn.Linear(MIX, 1)
        self.dropout = nn.Dropout(0.15)

    def encode(self, ids: Any, slots: Any, speakers: Any, speech: Any, mask: Any) -> torch.Tensor:
        """States ``[batch, pieces, hidden]``."""
        vectors = (
            self.bert.embeddings.word_embeddings(ids) + self.slot(slots) + self.speaker(speakers) + self.speech(speech)
        )
        with torch.autocast("cpu", dtype=torch.bfloat16):
            output = self.bert(inputs_embeds=vectors, attention_mask=mask, token_type_ids=(slots > 0).long())
        return output.last_hidden_state.float()

    forward = encode

    def judge(self, states: torch.Tensor, sample: Sample) -> tuple[torch.Tensor, torch.Tensor]:
        """Vectors of the pairs ``[pairs, hidden]``, and the attention on words as log weights ``[pairs, pieces]``."""
        pairs, n = sample.passage.pairs, states.shape[0]
        inside, actor = torch.zeros(len(pairs), n, dtype=torch.bool), torch.zeros(len(pairs), n)
        for k, pair in enumerate(pairs):
            _, first, last, _ = sample.passage.sentences[pair.sentence]
            inside[k, first:last] = True
            actor[k, list(pair.pieces)] = 1.0 / len(pair.pieces)
        who = actor @ states
        scale = ATTENTION**-0.5
        look = ((self.query(who) @ self.key(states).T) * scale).masked_fill(~inside, -1e4).softmax(1)
        words = ((self.query_words(who) @ self.key_words(states).T) * scale).masked_fill(~inside, -1e4).log_softmax(1)
        related = self.relation(torch.tensor([pair.relation for pair in pairs]))
        mean = inside.float() @ states / inside.sum(1, keepdim=True).clamp(min=1)
        seen = torch.cat([who + related, look @ states, words.exp() @ states, mean], 1)
        return functional.gelu(self.pair(self.dropout(seen))), words

    def scores_of(self, vectors: torch.Tensor, scheme: int) -> torch.Tensor:
        """Scores of negative, neutral, positive."""
        x = self.dropout(vectors)
        if scheme == MARKED:
            return self.marked(x)
        if scheme == HEADLINE:
            return self.headline(x)
        return self.sign(x) + self.scheme.weight[scheme]

    def source_scores(self, asked: torch.Tensor, candidates: torch.Tensor, features: torch.Tensor) -> torch.Tensor:
        """Scores ``[questions, candidates]``; `asked` is ``[questions, hidden]``, the others have candidates too."""
        left = self.asked(self.dropout(asked))[:, None].expand(-1, candidates.shape[1], -1)
        right = self.candidate(self.dropout(candidates))
        mixed = self.mix(torch.cat([left, right, left * right, self.feature(features)], -1))
        return self.score(functional.gelu(mixed))[..., 0]

    def candidates(self, states: torch.Tensor, sample: Sample, sentence: int) -> torch.Tensor:
        """The outlet, another, and the nearest mention of every actor ``[2 + actors, hidden]``."""
        found = [
            states[list(find_nearest(sample.passage, k, sentence).pieces)].mean(0)
            for k in range(len(sample.passage.actors))
        ]
        return torch.cat([self.outlet, torch.stack(found)]) if found else self.outlet

    def ask_quote(self, states: torch.Tensor, sample: Sample, first: int, last: int, sentence: int) -> torch.Tensor:
        """The vector of a stretch of speech."""
        _, low, high, _ = sample.passage.sentences[sentence]
        seen = torch.cat([states[first:last].mean(0), states[first], states[low:high].mean(0)])
        return functional.gelu(self.quote(self.dropout(seen[None])))

    def ask_meant(self, states: torch.Tensor, sample: Sample) -> torch.Tensor:
        """Scores of who is meant at the places of a sample ``[places, actors]``."""
        passage, rows = sample.passage, []
        for pieces, sentence, _ in sample.meant:
            near = [find_nearest(passage, k, sentence) for k in range(len(passage.actors))]
            known = self.actor(self.dropout(torch.stack([states[list(one.pieces)].mean(0) for one in near])))
            here = self.place(self.dropout(states[pieces].mean(0)))
            far = torch.tensor([relate(passage.numbers[sentence] - passage.numbers[one.sentence]) for one in near])
            rows.append(known @ here * ATTENTION**-0.5 + self.far(far)[:, 0])
        return torch.stack(rows)

    def ask_items(self, states: torch.Tensor, sample: Sample, actors: Sequence[int]) -> torch.Tensor:
        """Scores of the light on actors in the whole passage ``[actors, 3]``."""
        who = torch.stack(
            [states[[piece for place in sample.passage.mentions[k] for piece in place.pieces]].mean(0) for k in actors]
        )
        x = functional.gelu(self.item(self.dropout(torch.cat([who, states[:1].expand(len(actors), -1)], 1))))
        return self.item_tone(self.dropout(x))


def make_batch(samples: Sequence[Sample], generator: random.Random | None) -> tuple[torch.Tensor, ...]:
    """Ids, slots (renumbered if there is a generator), speakers, speech and mask."""
    slots, speakers = [], []
    for sample in samples:
        passage = sample.passage
        mine = (passage.slots, passage.speakers) if generator is None else permute_slots(passage, generator, N_SLOTS)
        slots.append(mine[0])
        speakers.append(mine[1])
    ids = pad([sample.passage.ids for sample in samples])
    mask = pad([[1] * sample.n_pieces for sample in samples], 0)
    return ids, pad(slots, 0), pad(speakers, 0), pad([sample.passage.speech for sample in samples], 0), mask


def losses_of(
    net: PassageNet, states: torch.Tensor, sample: Sample, describe: Any, generator: random.Random
) -> Counter[str]:
    """Sums of losses and of their weights by name: ``name`` and ``n_name``."""
    total: Counter[str] = Counter()
    vectors, words = net.judge(states, sample)
    answers = sample.answers
    known = [k for k, answer in enumerate(answers) if answer.sign != UNKNOWN]
    if known:
        gold = torch.tensor([answers[k].sign + 1 for k in known])
        weights = torch.tensor([answers[k].weight for k in known])
        scores = net.scores_of(vectors[known], sample.scheme)
        loss = functional.cross_entropy(scores, gold, reduction="none", label_smoothing=SMOOTHING)
        name = "marked" if sample.scheme in (MARKED, HEADLINE) else "sign"
        total[name], total[f"n_{name}"] = (loss * weights).sum(), float(weights.sum())
    if asked := [k for k, answer in enumerate(answers) if answer.sources]:
        is_blind = generator.random() < BLIND
        candidates = torch.stack([net.candidates(states, sample, sample.passage.pairs[k].sentence) for k in asked])
        features = torch.tensor([describe(sample, k, is_blind) for k in asked])
        scores = net.source_scores(vectors[asked], candidates, features).log_softmax(1)
        for row, k in enumerate(asked):
            total["source"] = total["source"] - answers[k].weight * torch.logsumexp(scores[row, answers[k].sources], 0)
            total["n_source"] += answers[k].weight
    for k, answer in enumerate(answers):
        if answer.words:
            total["words"] = total["words"] - words[k, answer.words].mean()
            total["n_words"] += 1
    for name, layer in (("ground", net.ground), ("mood", net.mood)):
        if some := [k for k, answer in enumerate(answers) if getattr(answer, name) != UNKNOWN]:
            gold = torch.tensor([getattr(answers[k], name) for k in some])
            total[name] = functional.cross_entropy(layer(net.dropout(vectors[some])), gold, reduction="sum")
            total[f"n_{name}"] += len(some)
    if some := [k for k, tone in enumerate(sample.tones) if tone != UNKNOWN]:
        gold = torch.tensor([sample.tones[k] + 1 for k in some])
        total["tone"] = functional.cross_entropy(net.ask_items(states, sample, some), gold, reduction="sum")
        total["n_tone"] += len(some)
    if sample.meant:
        gold = torch.tensor([actor for _, _, actor in sample.meant])
        total["meant"] = functional.cross_entropy(net.ask_meant(states, sample), gold, reduction="sum")
        total["n_meant"] += len(sample.meant)
    for number, (first, last, sentence, right, weight) in enumerate(sample.speakers):
        asked_quote = net.ask_quote(states, sample, first, last, sentence)
        candidates = net.candidates(states, sample, sentence)[None]
        features = torch.tensor([describe(sample, -1 - number, generator.random() < 2 * BLIND)])
        scores = net.source_scores(asked_quote, candidates, features).log_softmax(1)
        total["speaker"] = total["speaker"] - weight * torch.logsumexp(scores[0, right], 0)
        total["n_speaker"] += weight
    return total
