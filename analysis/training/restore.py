"""A tone network out of a model file again, to go on from it: numpy alone.

Reads a model file; returns weights by the names of `analysis.training.tone.ToneNet`, rounded as the file stores them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from analysis.reading.model_file import FloatArray, read_model_file, read_weights, unpack_blocks


def restore_tone(path: Path) -> dict[str, FloatArray]:
    """Return the tone network of a model file, ready for ``load_state_dict``.

    Raises
    ------
    InputError
        If the file is missing or no model.
    """
    plain, weights = read_model_file(path), read_weights(path, "tone")
    state: dict[str, FloatArray] = {
        "bert.embeddings.word_embeddings.weight": unpack_blocks(plain["words"]),
        "bert.embeddings.position_embeddings.weight": plain["tone.positions"].astype(np.float32),
        "bert.embeddings.token_type_embeddings.weight": plain["tone.types"].astype(np.float32),
        "head.weight": weights["tone.head"].T.copy(),
        "head.bias": weights["tone.head.b"],
    }

    def norm(name: str, key: str) -> None:
        state[f"{key}.weight"], state[f"{key}.bias"] = weights[f"tone.{name}.w"], weights[f"tone.{name}.c"]

    def dense(name: str, *keys: str) -> None:
        matrix = weights[f"tone.{name}.q"].astype(np.float32) * weights[f"tone.{name}.s"]
        parts = np.split(matrix.T, len(keys)), np.split(weights[f"tone.{name}.b"], len(keys))
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
    return state
