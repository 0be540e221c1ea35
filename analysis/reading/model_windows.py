"""Sentences of pieces as windows, windows as batches, and windows joined to sentences again.

Reads lists of piece numbers; returns padded arrays, and one set of arrays per sentence. Pure functions: no tokenizer,
no network. A row is filled up to a width that its own length decides, and only rows of one width share a batch: what
is read beside a row never shows in its result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

#: Numbers of the special pieces: begin, filling, end, unknown.
BOS, PAD, EOS, UNK = 0, 1, 2, 3
#: Longest input in pieces; a longer sentence is read in overlapping windows.
MAX_PIECES = 192
#: Rows are filled up to a multiple of this many pieces.
STEP = 4
#: Pieces computed at once: large enough to be fast, small enough for little memory.
BATCH_PIECES = 1536
#: Words read before their outputs, which grow with the square of a window, are made into readings.
CHUNK_WORDS = 8_192
#: A longer sentence is read in stretches: its attachments are a table of words by words.
MAX_WORDS = 400
#: Where a stretch may end before it must.
PAUSES = frozenset(",;:.!?…")
#: How unlikely an attachment is that no window has seen (log probability).
UNSEEN = -1e4

Row = TypeVar("Row")
Outputs = dict[str, npt.NDArray[Any]]
PER_WORD = ("labels", "names", "phrases")
PER_PAIR = ("arcs", "relations")


class Window(NamedTuple):
    """Part of a sentence that fits the encoder: words ``[start, end)`` of sentence `row`.

    Attributes
    ----------
    ids
        Its pieces, with begin and end.
    firsts
        The place in `ids` of each word's first piece.
    """

    row: int
    start: int
    end: int
    ids: list[int]
    firsts: list[int]


def cut_windows(row: int, pieces: Sequence[Sequence[int]]) -> Iterator[Window]:
    """Yield the windows of a sentence: one, unless it is too long; they overlap by half.

    Parameters
    ----------
    row
        Number of the sentence.
    pieces
        The pieces of each word; no word has more than ``MAX_PIECES - 2``.
    """
    start = 0
    while True:
        ids, firsts, end = [BOS], [], start
        while end < len(pieces) and len(ids) + len(pieces[end]) < MAX_PIECES:
            firsts.append(len(ids))
            ids += pieces[end]
            end += 1
        yield Window(row, start, end, [*ids, EOS], firsts)
        if end == len(pieces):
            return
        start = max(start + 1, (start + end) // 2)


def cut_around(ids: list[int], flags: list[int], limit: int) -> tuple[list[int], list[int]]:
    """Return at most `limit` pieces of a text, around its first flagged one, with their flags.

    Examples
    --------
    >>> cut_around([5, 6, 7, 8], [0, 0, 0, 1], 2)
    ([7, 8], [0, 1])
    """
    if len(ids) <= limit:
        return ids, flags
    middle = flags.index(1) if any(flags) else 0
    first = max(0, min(middle - limit // 2, len(ids) - limit))
    return ids[first : first + limit], flags[first : first + limit]


def cut_stretches(words: Sequence[str]) -> list[tuple[int, int]]:
    """Return the stretches ``[start, end)`` in which a sentence is read: one, unless it has over ``MAX_WORDS`` words.

    A stretch ends behind the last mark of a pause in its last quarter, or where it must.
    """
    stretches, start = [], 0
    while len(words) - start > MAX_WORDS:
        end = start + MAX_WORDS
        earliest = start + MAX_WORDS * 3 // 4
        end = next((i + 1 for i in range(end - 1, earliest, -1) if words[i] in PAUSES), end)
        stretches.append((start, end))
        start = end
    return [*stretches, (start, len(words))]


def make_chunks(sizes: Sequence[int], limit: int = CHUNK_WORDS) -> Iterator[range]:
    """Yield consecutive runs of rows whose sizes sum to at most `limit`; a larger row stands alone.

    Examples
    --------
    >>> [list(chunk) for chunk in make_chunks([3, 3, 9, 1], 6)]
    [[0, 1], [2], [3]]
    """
    start = total = 0
    for index, size in enumerate(sizes):
        if index > start and total + size > limit:
            yield range(start, index)
            start, total = index, 0
        total += size
    if sizes:
        yield range(start, len(sizes))


def padded_width(length: int) -> int:
    """Return the width that a row is filled up to: its own length, rounded up to a multiple of ``STEP``."""
    return -(-length // STEP) * STEP


def pad_rows(
    rows: Sequence[Sequence[int]], value: int = PAD, *, width: int | None = None
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Return rows filled up at the end, by default to the longest, and a mask of what is not filling.

    Examples
    --------
    >>> padded, mask = pad_rows([[5, 6], [7]])
    >>> padded.tolist(), mask.tolist()
    ([[5, 6], [7, 1]], [[1, 1], [1, 0]])
    """
    width = width or max(map(len, rows))
    padded = np.full((len(rows), width), value, np.int64)
    mask = np.zeros((len(rows), width), np.int32)
    for place, row in enumerate(rows):
        padded[place, : len(row)] = row
        mask[place, : len(row)] = 1
    return padded, mask


def never_alone(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a batch, a lone one twice: onnxruntime sums one row in another order than several."""
    return [*rows, *rows] if len(rows) == 1 else list(rows)


def make_batches(lengths: Sequence[int], *, one_by_one: bool = False) -> Iterator[list[int]]:
    """Yield row numbers in batches of one padded width, each of at most ``BATCH_PIECES`` pieces with filling.

    Parameters
    ----------
    lengths
        Pieces of each row.
    one_by_one
        True to give every row a batch of its own.

    Examples
    --------
    >>> list(make_batches([765, 8, 768, 5, 761]))
    [[1, 3], [4], [0, 2]]
    """
    by_width: dict[int, list[int]] = {}
    for index, length in enumerate(lengths):
        by_width.setdefault(padded_width(length), []).append(index)
    for width in sorted(by_width):
        rows = by_width[width]
        size = 1 if one_by_one else max(1, BATCH_PIECES // width)
        for start in range(0, len(rows), size):
            yield rows[start : start + size]


def clip_outputs(outputs: Outputs, place: int, n_words: int) -> Outputs:
    """Return one sentence's part of a batch, without filling; attachments become log probabilities.

    Parameters
    ----------
    outputs
        Arrays of the network, first axis the batch.
    place
        The sentence's place in the batch.
    n_words
        How many words it has.
    """
    clipped: Outputs = {}
    for name, batch in outputs.items():
        values = batch[place]
        if name == "arcs":
            arcs = values[:n_words, : n_words + 1].astype(np.float64)
            arcs -= arcs.max(1, keepdims=True)
            clipped[name] = arcs - np.log(np.exp(arcs).sum(1, keepdims=True))
        elif name == "relations":
            clipped[name] = values[:n_words, : n_words + 1].astype(np.int16)
        else:  # a copy: a view would keep the whole batch in memory
            clipped[name] = (values if name == "sentence" else values[:n_words]).copy()
    return clipped


def join_windows(windows: Sequence[Window], parts: Sequence[Outputs], n_words: int) -> Outputs:
    """Join the windows of a sentence: each word is taken where it lies farthest from an edge.

    Parameters
    ----------
    windows, parts
        The windows of one sentence in order, and what :func:`clip_outputs` returned for each.
    n_words
        Words of the whole sentence.

    Notes
    -----
    A head outside a word's own window cannot be seen. The sentence vector is the first window's.
    """
    if len(windows) == 1:
        return parts[0]
    owner = np.zeros(n_words, np.int64)
    margin = np.full(n_words, -1)
    for number, window in enumerate(windows):
        words = np.arange(window.start, window.end)
        left = np.where(window.start == 0, n_words, words - window.start)
        right = np.where(window.end == n_words, n_words, window.end - 1 - words)
        distance = np.minimum(left, right)
        better = distance > margin[words]
        owner[words[better]] = number
        margin[words[better]] = distance[better]
    joined: Outputs = {
        "arcs": np.full((n_words, n_words + 1), UNSEEN),
        "relations": np.zeros((n_words, n_words + 1), np.int64),
        "sentence": parts[0]["sentence"],
    }
    for name in PER_WORD:
        joined[name] = np.zeros((n_words, parts[0][name].shape[1]), parts[0][name].dtype)
    for word in range(n_words):
        window, part = windows[owner[word]], parts[owner[word]]
        place = word - window.start
        for name in PER_WORD:
            joined[name][word] = part[name][place]
        for name in PER_PAIR:
            joined[name][word, 0] = part[name][place, 0]
            joined[name][word, 1 + window.start : 1 + window.end] = part[name][place, 1:]
    return joined
