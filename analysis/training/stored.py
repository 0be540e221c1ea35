"""How the shipped file stores a matrix, and how the file itself is written: numpy alone.

Reads float32 matrices and named arrays; returns whole numbers with scales, or writes an ``.npz`` whose bytes depend on
its content alone.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.reading.model_file import FloatArray

#: Seven bits: 8-bit storage that deflate shrinks to six, and that no processor's 8-bit
#: product can overflow.
N_LEVELS = 63


class Quantised(NamedTuple):
    """A matrix ``[inputs, outputs]`` in whole numbers with one scale per output."""

    values: npt.NDArray[np.int8]
    scales: FloatArray

    def restore(self) -> FloatArray:
        """Return the matrix as float32, as the runtime computes with it."""
        return self.values.astype(np.float32) * self.scales


def quantise_matrix(matrix: FloatArray, n_levels: int = N_LEVELS) -> Quantised:
    """Round a matrix to whole numbers; of a few clipping points the closest is kept per output.

    Examples
    --------
    >>> quantise_matrix(np.array([[0.25], [-1.0]], np.float32)).values.ravel().tolist()
    [16, -63]
    """
    peak = np.maximum(np.abs(matrix).max(0), 1e-8)
    best_scale, best_error = peak / n_levels, np.full(matrix.shape[1], np.inf)
    for share in (1.0, 0.9, 0.8, 0.7):
        scale = (peak * share / n_levels).astype(np.float32)
        rounded = np.clip(np.rint(matrix / scale), -n_levels, n_levels)
        error = np.square(rounded * scale - matrix).sum(0)
        better = error < best_error
        best_scale = np.where(better, scale, best_scale)
        best_error = np.where(better, error, best_error)
    scales = best_scale.astype(np.float32)
    values = np.clip(np.rint(matrix / scales), -n_levels, n_levels).astype(np.int8)
    return Quantised(values, scales)


def write_npz(path: Path, arrays: dict[str, npt.NDArray[Any]]) -> None:
    """Write a deflated ``.npz`` whose bytes depend on its content alone (no time of day)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            stream = BytesIO()
            np.lib.format.write_array(stream, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), stream.getvalue(),
                             zipfile.ZIP_DEFLATED, 9)  # fmt: skip
