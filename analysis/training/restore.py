"""A network out of a model file again, to go on from it: numpy alone.

Reads a model file; returns weights by the names of `analysis.training.reader.ReaderNet` or
`analysis.training.passages.net.PassageNet`, rounded as the file stores them.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from analysis.reading.judging.network import ARRAYS_PREFIX
from analysis.reading.model_file import FloatArray, read_matrices, read_model_file, read_weights, unpack_blocks

MIXES = ("tag", "tree", "name")
TREE_LAYERS = ("arc_word", "arc_head", "relation_word", "relation_head")


def restore_judge(path: Path) -> dict[str, FloatArray]:
    """Return the judging network of a model file, for ``load_state_dict`` with ``strict=False``.

    The heads that the runtime does not ask (the light of an item, whom a place means) are not in the file.

    Raises
    ------
    InputError
        If the file is missing or no model.
    """
    return restore_encoder(path, "judge") | restore_heads(path)


def restore_reader(path: Path) -> dict[str, FloatArray]:
    """Return the reading network of a model file, for ``load_state_dict``.

    Raises
    ------
    InputError
        If the file is missing or no model.
    """
    weights, labels = read_weights(path, "reader"), read_labels(path)
    state = restore_encoder(path, "reader") | {
        "root": weights["reader.root"].reshape(-1),
        "arc": np.concatenate([weights["reader.arc"], weights["reader.arc.b"][None]]),
        "relation": restore_relations(weights["reader.relation"], labels["relation"]),
    }
    for name, mix in zip(MIXES, weights["reader.mixes"], strict=True):
        # A mix is stored as scale times shares, and the shares sum to one.
        state[f"mixes.{name}.weights"], state[f"mixes.{name}.scale"] = np.log(mix / mix.sum()), mix.sum(keepdims=True)
    taggers = [f"taggers.{name.replace(':', '_')}" for name in labels if name != "relation"]
    for key in (*taggers, "namers.names", "namers.phrases", *TREE_LAYERS):
        state[f"{key}.weight"], state[f"{key}.bias"] = weights[f"reader.{key}"].T.copy(), weights[f"reader.{key}.b"]
    return state


def read_labels(path: Path) -> dict[str, list[str]]:
    """Return the label lists of the reader of a model file, by head."""
    labels: dict[str, list[str]] = json.loads(read_model_file(path)["meta"].tobytes())["labels"]
    return labels


def restore_encoder(path: Path, network: str) -> dict[str, FloatArray]:
    """Return the encoder of a network, ``reader`` or ``judge``."""
    plain, weights = read_model_file(path), read_weights(path, network)
    state: dict[str, FloatArray] = {
        "bert.embeddings.word_embeddings.weight": unpack_blocks(plain["words"]),
        "bert.embeddings.position_embeddings.weight": plain[f"{network}.positions"].astype(np.float32),
        "bert.embeddings.token_type_embeddings.weight": plain[f"{network}.types"].astype(np.float32),
    }

    def norm(name: str, key: str) -> None:
        state[f"{key}.weight"], state[f"{key}.bias"] = weights[f"{network}.{name}.w"], weights[f"{network}.{name}.c"]

    def dense(name: str, *keys: str) -> None:
        matrix = weights[f"{network}.{name}.q"].astype(np.float32) * weights[f"{network}.{name}.s"]
        parts = np.split(matrix.T, len(keys)), np.split(weights[f"{network}.{name}.b"], len(keys))
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


def restore_relations(stored: FloatArray, labels: list[str]) -> FloatArray:
    """Return the cube of relations ``[size, relations, size]``; the root's, which the runtime never asks, is zero."""
    size = len(stored)
    cube = np.zeros((size, len(labels), size), np.float32)
    cube[:, [i for i, label in enumerate(labels) if label != "root"]] = stored.reshape(size, -1, size)
    return cube


def restore_heads(path: Path) -> dict[str, FloatArray]:
    """Return the heads of the judge; the bias of the scheme of news is part of the layer of signs."""
    from analysis.training.passages.export import HEADS, TABLES  # noqa: PLC0415  which writes graphs, with onnx

    arrays = {name.partition(".")[2]: values for name, values in read_matrices(path, ARRAYS_PREFIX).items()}
    state = {key: arrays[name] for key, name in TABLES.items()} | {"outlet": arrays["outlet"]}
    for key, name in HEADS.items():
        state[f"{key}.weight"], state[f"{key}.bias"] = arrays[f"{name}.w"].T.copy(), arrays[f"{name}.b"]
    return state
