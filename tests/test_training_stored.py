"""How the shipped file stores matrices, and that its bytes are the same every time."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.training.stored import N_LEVELS, quantise_matrix, write_npz


def test_a_matrix_has_a_scale_per_output():
    """Each column reaches the last level; a column of zeros stays zeros."""
    stored = quantise_matrix(np.array([[63.0, 0.0, 0.5], [-21.0, 0.0, -0.125]], np.float32))
    assert stored.values.tolist() == [[63, 0, 63], [-21, 0, -16]]
    assert np.allclose(stored.restore()[0], [63.0, 0.0, 0.5])


@given(arrays(np.float32, (5, 3), elements=st.floats(-100, 100, width=32)))
def test_storing_is_no_worse_than_plain_rounding(matrix):
    """Clipping is chosen only where it brings the whole column closer."""
    stored = quantise_matrix(matrix)
    assert np.abs(stored.values).max() <= N_LEVELS
    scale = np.maximum(np.abs(matrix).max(0), 1e-8).astype(np.float32) / N_LEVELS
    plain = np.rint(matrix / scale) * scale
    lost = np.square(stored.restore() - matrix).sum(0)
    assert (lost <= np.square(plain - matrix).sum(0) * 1.001 + 1e-6).all()


def test_the_same_arrays_give_the_same_bytes(tmp_path):
    """Neither order nor time of day shows."""
    one, two = np.arange(3), np.ones((2, 2), np.int8)
    write_npz(tmp_path / "a.npz", {"one": one, "two": two})
    write_npz(tmp_path / "b.npz", {"two": two, "one": one})
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    with np.load(tmp_path / "a.npz") as archive:
        assert {name: archive[name].tolist() for name in archive.files} == {"one": [0, 1, 2], "two": [[1, 1], [1, 1]]}
