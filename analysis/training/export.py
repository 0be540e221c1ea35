"""Write a model file: word vectors, tokenizer, labels, the reading network.

The file is a deflated ``.npz``. Matrices are stored in whole numbers with one scale per
output (see :mod:`analysis.training.stored`), word embeddings in their original 4-bit blocks,
graphs as bytes. :mod:`analysis.reading.model_file` reads it;
:mod:`analysis.training.passages.export` adds the judging network.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.reading.model_file import FORMAT, FloatArray
from analysis.training.graphs import GraphWriter, write_reader
from analysis.training.packed import Pretrained
from analysis.training.stored import N_LEVELS, quantise_matrix, write_npz

MAX_BYTES = 50_000_000


def collect_arrays(writer: GraphWriter, n_levels: int) -> dict[str, npt.NDArray[Any]]:
    """Return the stored form of a network's weights: ``name.q`` and ``name.s``, or ``name``."""
    arrays: dict[str, npt.NDArray[Any]] = {}
    for name, matrix in writer.matrices.items():
        stored = quantise_matrix(matrix, n_levels)
        arrays[f"{name}.q"], arrays[f"{name}.s"] = stored.values, stored.scales
    for name, values in writer.vectors.items():
        # Head matrices are small and matter: float16 loses nothing that training put there.
        arrays[name] = values.astype(np.float16) if values.size > 20_000 else values
    return arrays


def embedding_arrays(state: dict[str, FloatArray], prefix: str) -> dict[str, npt.NDArray[Any]]:
    """Return a network's own position and type embeddings (the word embeddings are shared)."""
    key = "bert.embeddings"
    return {
        f"{prefix}.positions": state[f"{key}.position_embeddings.weight"].astype(np.float16),
        f"{prefix}.types": state[f"{key}.token_type_embeddings.weight"],
    }


def export_model(
    path: Path,
    pretrained: Pretrained,
    reader_state: dict[str, FloatArray],
    labels: dict[str, list[str]],
    meta: dict[str, Any],
    *,
    n_levels: int = N_LEVELS,
) -> int:
    """Write a model file that reads but does not judge, and return its size in bytes.

    Parameters
    ----------
    pretrained
        The encoder before training: tokenizer, word embeddings in blocks, heads, epsilon.
    reader_state
        ``state_dict()`` of the trained reader as arrays.
    labels
        The reading network's label lists by head; ``tags`` is added by the caller's meta.
    meta
        What else the file says of itself: version, temperature, checksums, scores.

    Raises
    ------
    ValueError
        If the file would be larger than :data:`MAX_BYTES`.
    """
    arrays: dict[str, npt.NDArray[Any]] = {"words": pretrained.word_blocks}
    arrays |= embedding_arrays(reader_state, "reader")
    graphs = {}
    size = (pretrained.n_heads, pretrained.layer_norm_eps)
    for is_fast, suffix in ((False, "exact"), (True, "fast")):
        reader, graphs[f"graph.reader.{suffix}"] = write_reader(reader_state, labels, *size, is_fast=is_fast)
    arrays |= collect_arrays(reader, n_levels)
    tokenizer = json.dumps(pretrained.tokenizer, ensure_ascii=False).encode()
    content = {"format": FORMAT, "labels": labels, "n_levels": n_levels, **meta}
    texts = {"tokenizer": tokenizer, "meta": json.dumps(content).encode(), **graphs}
    arrays |= {name: as_bytes(data) for name, data in texts.items()}
    return write_checked(path, arrays)


def write_checked(path: Path, arrays: dict[str, npt.NDArray[Any]]) -> int:
    """Write the file, and return its size in bytes; too large a file is an error."""
    write_npz(path, arrays)
    n_bytes = path.stat().st_size
    if n_bytes > MAX_BYTES:
        message = f"{path}: {n_bytes} bytes, more than {MAX_BYTES}; lower n_levels"
        raise ValueError(message)
    return n_bytes


def as_bytes(data: bytes) -> npt.NDArray[np.uint8]:
    """Return bytes as an array, which is how a model file holds them."""
    return np.frombuffer(data, np.uint8)
