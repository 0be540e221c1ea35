"""Old trees in the current conventions: what the reader makes of them, guided by what their annotators saw.

The UD 2.0 edition has twice the sentences of the current files, with older conventions. The trained reader parses them
with a bonus for every old head whose relation has not changed its meaning since; its trees follow the current
conventions where the two differ. Reads and returns lists of :class:`~analysis.training.data.Sentence`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch

from analysis.reading.decode import find_tree
from analysis.training.data import Sentence
from analysis.training.reader import Encoder, ReaderNet

#: How much likelier (in log probability) an old head counts.
BONUS = 4.0
#: Relations whose heads the editions choose alike.
SAFE = frozenset((
    "det", "case", "amod", "nummod", "nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "advmod", "mark",
    "cop", "aux", "aux:pass", "compound:prt", "flat", "root", "ccomp", "advcl", "acl:relcl", "xcomp",
))  # fmt: skip
#: Of these the label is left to the reader too: what was an object may be an oblique argument now.
RELABELLED = frozenset(("obj",))


@torch.no_grad()
def relabel(net: ReaderNet, encoder: Encoder, sentences: Sequence[Sentence], bonus: float = BONUS) -> list[Sentence]:
    """Return the sentences with trees and parts of speech in the current conventions; other layers are left out.

    Parameters
    ----------
    bonus
        0 for the reader's own trees.
    """
    net.eval()
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].words))
    known = net.labels["relation"]
    root = known.index("root")
    found: dict[int, Sentence] = {}
    for start in range(0, len(order), 32):
        chosen = order[start : start + 32]
        batch = encoder.batch([Sentence(sentences[i].words) for i in chosen])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = net(batch.ids, batch.firsts)
        for row, index in enumerate(chosen):
            sentence = sentences[index]
            assert sentence.heads and sentence.relations
            n_words = len(sentence.words)
            arc = scores["arc"][row, :n_words, : n_words + 1].float().numpy()
            arc = arc - np.logaddexp.reduce(arc, axis=1, keepdims=True)
            for word, (head, relation) in enumerate(zip(sentence.heads, sentence.relations, strict=True)):
                if relation in SAFE:
                    arc[word, head] += bonus
            heads = find_tree(arc)
            relations = net.score_relations(
                scores["word"][row, :n_words], scores["head"][row, torch.from_numpy(heads)]
            ).float()
            relations[:, root] = -torch.inf
            if bonus:
                allowed = torch.tensor(encoder.relation_masks(sentence))
                is_same = torch.from_numpy(heads) == torch.tensor(sentence.heads)
                guided = is_same & allowed.any(1) & torch.tensor([r in SAFE - RELABELLED for r in sentence.relations])
                relations[guided] = relations[guided].masked_fill(~allowed[guided], -torch.inf)
            relations[torch.from_numpy(heads == 0), root] = torch.inf
            upos = scores["upos"][row, :n_words].argmax(-1).tolist()
            found[index] = replace(
                sentence,
                heads=tuple(int(head) for head in heads),
                relations=tuple(known[i] for i in relations.argmax(-1).tolist()),
                upos=tuple(net.labels["upos"][i] for i in upos),
                features=None,
                lemmas=None,
                is_old_convention=False,
            )
    return [found[i] for i in range(len(sentences))]
