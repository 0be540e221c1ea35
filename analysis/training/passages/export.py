"""Put the judging network into a model file: its encoder as a graph, its heads in whole numbers.

Reads a trained `PassageNet` as arrays and a model file with a reader; writes the shipped file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import TensorProto

from analysis.reading.judging.network import ARRAYS_PREFIX, HEADLINE, MARKED, NEWS
from analysis.reading.model_file import FORMAT
from analysis.training.export import as_bytes, collect_arrays, embedding_arrays, write_checked
from analysis.training.graphs import GraphWriter, encoder_inputs, write_encoder
from analysis.training.stored import N_LEVELS, quantise_matrix

FloatArray = npt.NDArray[np.float32]
HEADS = {
    "query": "query", "key": "key", "query_words": "query_words", "key_words": "key_words", "pair": "pair",
    "sign": NEWS, "marked": MARKED, "headline": HEADLINE, "ground": "ground", "mood": "mood", "asked": "asked",
    "candidate": "candidate", "quote": "quote", "feature": "feature", "mix": "mix", "score": "score",
}  # fmt: skip
TABLES = {
    "slot.weight": "slots",
    "speaker.weight": "speakers",
    "speech.weight": "speech",
    "relation.weight": "relations",
}
EXACT_BELOW = 20_000


def write_judge(state: dict[str, FloatArray], n_heads: int, eps: float, *, is_fast: bool) -> tuple[GraphWriter, bytes]:
    """The encoder as a graph: ``states`` [batch, pieces, hidden] out."""
    writer = GraphWriter("judge", is_fast=is_fast)
    bert = {key[5:]: value for key, value in state.items() if key.startswith("bert.")}
    states = write_encoder(writer, bert, n_heads, eps)[-1]
    hidden = bert["embeddings.LayerNorm.weight"].shape[0]
    output = (states, TensorProto.FLOAT, ["batch", "pieces", hidden])
    return writer, writer.build(encoder_inputs(hidden), {"states": output})


def head_arrays(state: dict[str, FloatArray]) -> dict[str, npt.NDArray[Any]]:
    """The heads as the runtime reads them; large matrices in whole numbers."""
    arrays: dict[str, npt.NDArray[Any]] = {f"{ARRAYS_PREFIX}.{name}": state[key] for key, name in TABLES.items()} | {
        f"{ARRAYS_PREFIX}.outlet": state["outlet"]
    }
    for key, name in HEADS.items():
        matrix, bias = state[f"{key}.weight"].T, state[f"{key}.bias"]
        if key == "sign":
            bias = bias + state["scheme.weight"][0]
        full = f"{ARRAYS_PREFIX}.{name}.w"
        if matrix.size < EXACT_BELOW:
            arrays[full] = matrix
        else:
            stored = quantise_matrix(matrix)
            arrays[f"{full}.q"], arrays[f"{full}.s"] = stored.values, stored.scales
        arrays[f"{ARRAYS_PREFIX}.{name}.b"] = bias
    return arrays


def put_judge(
    first: Path, out: Path, state: dict[str, FloatArray], size: tuple[int, float], meta: dict[str, Any]
) -> int:
    """Write a model file with another judging network in it, the reader as it is; return its size in bytes."""
    with np.load(first, allow_pickle=False) as archive:
        arrays: dict[str, npt.NDArray[Any]] = {
            name: archive[name]
            for name in archive.files
            if not name.startswith(("tone.", "judge.", "graph.tone.", "graph.judge.", f"{ARRAYS_PREFIX}."))
        }
    arrays |= embedding_arrays(state, "judge") | head_arrays(state)
    for is_fast, suffix in ((False, "exact"), (True, "fast")):
        writer, graph = write_judge(state, *size, is_fast=is_fast)
        arrays[f"graph.judge.{suffix}"] = as_bytes(graph)
    arrays |= collect_arrays(writer, N_LEVELS)
    arrays["meta"] = as_bytes(json.dumps({**json.loads(arrays["meta"].tobytes()), **meta, "format": FORMAT}).encode())
    return write_checked(out, arrays)
