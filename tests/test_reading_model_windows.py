"""Windows, batches and joining: literal cases, and what holds for any lengths."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading.model_windows import (
    BATCH_PIECES,
    BOS,
    EOS,
    MAX_PIECES,
    MAX_WORDS,
    UNSEEN,
    Window,
    clip_outputs,
    cut_around,
    cut_stretches,
    cut_windows,
    join_windows,
    make_batches,
    make_chunks,
    pad_rows,
    padded_width,
)


def test_a_short_sentence_is_one_window():
    """Pieces between begin and end, and the place of each word's first."""
    assert list(cut_windows(7, [[10, 11], [12]])) == [Window(7, 0, 2, [BOS, 10, 11, 12, EOS], [1, 3])]


def test_a_long_sentence_is_read_in_windows_that_overlap():
    """300 words of one piece: 190 fit between begin and end, the next begins half-way."""
    windows = list(cut_windows(0, [[9]] * 300))
    assert [(window.start, window.end) for window in windows] == [(0, 190), (95, 285), (190, 300)]


@given(st.lists(st.integers(1, 48), min_size=1, max_size=400))
def test_windows_fit_and_cover(lengths):
    """No window is too long, every word lies in one, each begins before the last one ends."""
    windows = list(cut_windows(0, [[9] * length for length in lengths]))
    assert all(len(window.ids) <= MAX_PIECES for window in windows)
    assert windows[0].start == 0
    assert windows[-1].end == len(lengths)
    assert all(before.start < after.start <= before.end for before, after in pairwise(windows))
    assert all(len(window.firsts) == window.end - window.start for window in windows)


def test_a_long_text_keeps_what_is_around_its_target():
    """As many pieces as fit, the target among them; at the edges no fewer."""
    ids, flags = list(range(500)), [0] * 500
    flags[300:302] = 1, 1
    kept, kept_flags = cut_around(ids, flags, MAX_PIECES)
    assert (kept[0], len(kept), kept_flags.index(1)) == (204, MAX_PIECES, 96)
    assert cut_around(ids, [0] * 500, MAX_PIECES)[0] == ids[:MAX_PIECES]
    assert cut_around(ids, [0] * 499 + [1], MAX_PIECES)[0] == ids[-MAX_PIECES:]
    assert cut_around([1, 2], [0, 1], MAX_PIECES) == ([1, 2], [0, 1])


def test_rows_are_filled_up():
    """A mask says what is not filling."""
    padded, mask = pad_rows([[4], [5, 6]], 0)
    assert padded.tolist() == [[4, 0], [5, 6]]
    assert mask.tolist() == [[1, 0], [1, 1]]


def test_a_row_is_filled_up_to_a_width_of_its_own():
    """A multiple of eight that the row alone decides."""
    assert [padded_width(length) for length in (1, 8, 9, MAX_PIECES)] == [4, 8, 12, MAX_PIECES]
    assert pad_rows([[4]], width=8)[0].tolist() == [[4, 1, 1, 1, 1, 1, 1, 1]]


@given(st.lists(st.integers(1, MAX_PIECES)))
def test_batches_hold_each_row_once_and_one_width_each(lengths):
    """Each row once, narrow ones first, ties in their order, no batch larger than it may be."""
    batches = list(make_batches(lengths))
    flat = [index for batch in batches for index in batch]
    assert flat == sorted(range(len(lengths)), key=lambda index: padded_width(lengths[index]))
    assert all(len({padded_width(lengths[index]) for index in batch}) == 1 for batch in batches)
    assert all(len(batch) * padded_width(lengths[batch[0]]) <= BATCH_PIECES for batch in batches)


@given(st.lists(st.integers(1, 30)), st.integers(1, 40))
def test_chunks_are_consecutive_and_small(sizes, limit):
    """Every row, in its order; a chunk is too large only where a row is."""
    chunks = list(make_chunks(sizes, limit))
    assert [index for chunk in chunks for index in chunk] == list(range(len(sizes)))
    assert all(len(chunk) == 1 or sum(sizes[i] for i in chunk) <= limit for chunk in chunks)


def test_an_endless_sentence_is_read_in_stretches():
    """A stretch ends behind a mark near its end, or where it must."""
    assert cut_stretches(["a"] * MAX_WORDS) == [(0, MAX_WORDS)]
    words = ["a"] * 1000
    assert cut_stretches(words) == [(0, 400), (400, 800), (800, 1000)]
    words[200] = words[350] = words[370] = ","
    assert cut_stretches(words) == [(0, 371), (371, 771), (771, 1000)]


def test_filling_is_clipped_and_attachments_are_log_probabilities():
    """The second sentence of a batch has one word; what lies beyond it is not looked at."""
    outputs = {
        "arcs": np.array([[[0.0] * 3] * 2, [[np.log(3), 0.0, 50.0], [7.0, 7.0, 7.0]]], np.float32),
        "relations": np.array([[[1, 1, 1]] * 2, [[2, 3, 4], [5, 6, 7]]]),
        "labels": np.array([[[1], [1]], [[8], [9]]]),
        "sentence": np.array([[0.0], [1.0]]),
    }
    clipped = clip_outputs(outputs, 1, 1)
    assert np.exp(clipped["arcs"]) == pytest.approx(np.array([[0.75, 0.25]]))
    assert clipped["relations"].tolist() == [[2, 3]]
    assert clipped["labels"].tolist() == [[8]]
    assert clipped["sentence"].tolist() == [1.0]


def part(window: Window, mark: int) -> dict[str, np.ndarray]:
    """Outputs of a window in which every number is its mark."""
    n_words = window.end - window.start
    return {
        "arcs": np.full((n_words, n_words + 1), float(mark)),
        "relations": np.full((n_words, n_words + 1), mark),
        "labels": np.full((n_words, 2), mark),
        "names": np.full((n_words, 3), mark),
        "phrases": np.full((n_words, 3), mark),
        "sentence": np.full(4, mark),
    }


def test_a_word_is_taken_where_it_lies_farthest_from_an_edge():
    """Words 0-5 and 3-8 of eight: the middle belongs to the window that sees more around it."""
    windows = [Window(0, 0, 5, [], []), Window(0, 3, 8, [], [])]
    joined = join_windows(windows, [part(windows[0], 1), part(windows[1], 2)], 8)
    assert joined["labels"][:, 0].tolist() == [1, 1, 1, 1, 2, 2, 2, 2]
    assert joined["arcs"][3].tolist() == [1, 1, 1, 1, 1, 1, UNSEEN, UNSEEN, UNSEEN]
    assert joined["arcs"][4].tolist() == [2, UNSEEN, UNSEEN, UNSEEN, 2, 2, 2, 2, 2]
    assert joined["sentence"].tolist() == [1, 1, 1, 1]


def test_one_window_is_the_sentence():
    """Nothing is copied."""
    window = Window(0, 0, 2, [], [])
    outputs = part(window, 3)
    assert join_windows([window], [outputs], 2) is outputs
