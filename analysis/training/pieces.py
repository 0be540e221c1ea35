"""Words and texts to word pieces, as training and the shipped runtime both cut them.

A word is cut alone (so its pieces never depend on its neighbours); a sign that follows
loses the empty piece that would stand for a space before it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import torch
from tokenizers import Tokenizer

BOS, PAD, EOS, UNK = 0, 1, 2, 3


class Pieces:
    """Cut words and texts with the shipped tokenizer.

    Parameters
    ----------
    tokenizer
        The content of the (cut) ``tokenizer.json``.
    """

    def __init__(self, tokenizer: dict[str, Any]) -> None:
        self.tokenizer = Tokenizer.from_str(json.dumps(tokenizer))
        self.space = self.tokenizer.token_to_id("▁")
        self._cache: dict[str, list[int]] = {}

    def cut_word(self, word: str) -> list[int]:
        """Return the pieces of one word; never empty."""
        ids = self._cache.get(word)
        if ids is None:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids
            if len(ids) > 1 and ids[0] == self.space:
                ids = ids[1:]
            ids = ids or [UNK]
            self._cache[word] = ids
        return ids

    def cut_words(self, words: Sequence[str]) -> tuple[list[int], list[int]]:
        """Return the pieces of a sentence and the position of each word's first piece."""
        ids, firsts = [BOS], []
        for word in words:
            firsts.append(len(ids))
            ids += self.cut_word(word)
        return [*ids, EOS], firsts

    def cut_text(self, text: str, start: int, end: int) -> tuple[list[int], list[int]]:
        """Return the pieces of a text and a flag for each that touches ``[start, end)``."""
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        flags = [int(a < end and b > start and b > a) for a, b in encoding.offsets]
        return [BOS, *encoding.ids, EOS], [0, *flags, 0]


def pad(rows: Sequence[Sequence[int]], value: int = PAD, step: int = 8) -> torch.Tensor:
    """Return rows as one integer tensor, filled up at the end to a multiple of `step`.

    Few distinct widths let the matrix library reuse its compiled kernels.
    """
    width = step * -(-max(map(len, rows)) // step)
    return torch.tensor([[*row, *[value] * (width - len(row))] for row in rows])
