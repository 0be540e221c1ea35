"""The judging network out of a model file again, to go on from it: numpy alone.

Reads a model file; returns weights by the names of `analysis.training.passages.net.PassageNet`, rounded as the file
stores them. The heads that the runtime does not ask (the light of an item, whom a place means) are not in the file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from analysis.reading.judging.network import ARRAYS_PREFIX
from analysis.reading.model_file import FloatArray, read_matrices, read_model_file, read_weights, unpack_blocks


def restore_judge(path: Path) -> dict[str, FloatArray]:
    """Return the judging network of a model file, for ``load_state_dict`` with ``strict=False``.

    Raises
    ------
    InputError
        If the file is missing or no model.
    """
    plain, weights = read_model_file(path), read_weights(path, "judge")
    state: dict[str, FloatArray] = {
        "bert.embeddings.word_embeddings.weight": unpack_blocks(plain["words"]),
        "bert.embeddings.position_embeddings.weight": plain["judge.positions"].astype(np.float32),
        "bert.embeddings.token_type_embeddings.weight": plain["judge.types"].astype(np.float32),
    }

    def norm(name: str, key: str) -> None:
        state[f"{key}.weight"], state[f"{key}.bias"] = weights[f"judge.{name}.w"], weights[f"judge.{name}.c"]

    def dense(name: str, *keys: str) -> None:
        matrix = weights[f"judge.{name}.q"].astype(np.float32) * weights[f"judge.{name}.s"]
        parts = np.split(matrix.T, len(keys)), np.split(weights[f"judge.{name}.b"], len(keys))
        for key, weight, bias in zip(keys, *parts, strict=True):
            state[f"{key}.weight"], state[f"{key}.bias"] = weight.copy(), bias.copy()

    norm("embedding", "bert.embeddings.LayerNorm")
    for number in range(sum(name.endswith(".qkv.q") for name in weights)):
        key = f"bert.encoder.layer.{number}"
        dense(f"{number}.qkv", *(f"{key}.attention.self.{part}" for part in ("query", "key", "value")))
        dense(f"{number}.attended", f"{key}.attention.output.dense")
        dense(f"{number}.up", f"{key}.intermediate.dense")
        dense(f"{number}.down", f"{key}.output.dense")
        norm(f"{number}.n1", f"{key}.attention.output.LayerNorm")
        norm(f"{number}.n2", f"{key}.output.LayerNorm")
    return state | restore_heads(path)


def restore_heads(path: Path) -> dict[str, FloatArray]:
    """Return the heads; the bias of the scheme of news is part of the layer of signs."""
    from analysis.training.passages.export import HEADS, TABLES  # noqa: PLC0415  which writes graphs, with onnx

    arrays = {name.partition(".")[2]: values for name, values in read_matrices(path, ARRAYS_PREFIX).items()}
    state = {key: arrays[name] for key, name in TABLES.items()} | {"outlet": arrays["outlet"]}
    for key, name in HEADS.items():
        state[f"{key}.weight"], state[f"{key}.bias"] = arrays[f"{name}.w"].T.copy(), arrays[f"{name}.b"]
    return state
