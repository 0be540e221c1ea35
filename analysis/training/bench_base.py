"""What the reading model's speed is compared with: a classifier of RoBERTa-base's shape, of random weights.

Reads lengths in pieces; returns functions that run such texts through the network. Speed depends on the shape and not
on the weights, so none are fetched. Needs torch and transformers, or onnx, which the training environment has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import onnxruntime

N_LAYERS, HIDDEN, N_HEADS, INNER, N_WORDS = 12, 768, 12, 3072, 50_265
SHAPE = f"{N_LAYERS} layers, hidden size {HIDDEN}, {N_HEADS} heads, inner size {INNER}, vocabulary {N_WORDS:,}"
BATCH_SIZE = 16
N_LABELS = 3
FIRST_PIECE = 5
"""Numbers below are special pieces."""


def make_length_batches(lengths: Sequence[int]) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]]:
    """Yield random pieces and masks of texts of these lengths: sorted by length, 16 a batch, filled up with 1.

    Examples
    --------
    >>> [mask.tolist() for _, mask in make_length_batches([3, 1])]
    [[[1, 0, 0], [1, 1, 1]]]
    """
    random = np.random.default_rng(1)
    ordered = sorted(lengths)
    for start in range(0, len(ordered), BATCH_SIZE):
        chosen = ordered[start : start + BATCH_SIZE]
        mask = (np.arange(chosen[-1])[None] < np.array(chosen)[:, None]).astype(np.int32)
        ids = random.integers(FIRST_PIECE, N_WORDS, mask.shape)
        yield np.where(mask == 1, ids, 1), mask


def make_torch_base(lengths: Sequence[int], n_threads: int) -> Callable[[], int]:
    """Return a function that classifies texts of these lengths in torch, float32, and returns their number."""
    import torch  # noqa: PLC0415  the training environment has it
    from transformers import RobertaConfig, RobertaForSequenceClassification  # noqa: PLC0415  as torch

    torch.set_num_threads(n_threads)
    torch.manual_seed(1)
    config = RobertaConfig(
        vocab_size=N_WORDS, hidden_size=HIDDEN, num_hidden_layers=N_LAYERS, num_attention_heads=N_HEADS,
        intermediate_size=INNER, max_position_embeddings=514, type_vocab_size=1, num_labels=N_LABELS,
    )  # fmt: skip
    net = RobertaForSequenceClassification(config).eval()
    batches = [(torch.from_numpy(ids), torch.from_numpy(mask).long()) for ids, mask in make_length_batches(lengths)]

    def run() -> int:
        with torch.inference_mode():
            for ids, mask in batches:
                net(input_ids=ids, attention_mask=mask)
        return len(lengths)

    return run


def make_onnx_base(lengths: Sequence[int], n_threads: int, *, is_fast: bool = False) -> Callable[[], int]:
    """Return the same in onnxruntime, with the graph that the shipped model's judging network has.

    Input vectors are drawn beforehand: looking them up takes next to no time.
    """
    from analysis.training.passages.export import write_judge  # noqa: PLC0415  needs onnx

    random = np.random.default_rng(1)
    writer, graph = write_judge(draw_state(random), N_HEADS, 1e-5, is_fast=is_fast)
    weights = {name: np.ascontiguousarray(values) for name, values in writer.vectors.items()}
    for name, matrix in writer.matrices.items():
        weights[f"{name}.q"] = random.integers(-63, 64, matrix.shape, np.int8)
        weights[f"{name}.s"] = np.full(matrix.shape[1], 6e-4, np.float32)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = n_threads, 1
    options.log_severity_level = 3
    values = {name: onnxruntime.OrtValue.ortvalue_from_numpy(array) for name, array in weights.items()}
    options.add_external_initializers(list(values), list(values.values()))
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    feeds = []
    for _, mask in make_length_batches(lengths):
        vectors = random.standard_normal((*mask.shape, HIDDEN), np.float32)
        feeds.append({"vectors": vectors, "mask": mask})

    def run() -> int:
        for feed in feeds:
            session.run(["states"], feed)
        return len(lengths)

    return run


def draw_state(random: np.random.Generator) -> dict[str, npt.NDArray[np.float32]]:
    """Return random weights of the shape, named as `analysis.training.graphs` wants them."""

    def dense(key: str, n_out: int, n_in: int) -> dict[str, npt.NDArray[np.float32]]:
        weight = random.standard_normal((n_out, n_in), np.float32) * np.float32(0.02)
        return {f"{key}.weight": weight, f"{key}.bias": np.zeros(n_out, np.float32)}

    def norm(key: str) -> dict[str, npt.NDArray[np.float32]]:
        return {f"{key}.weight": np.ones(HIDDEN, np.float32), f"{key}.bias": np.zeros(HIDDEN, np.float32)}

    state = norm("bert.embeddings.LayerNorm")
    for number in range(N_LAYERS):
        layer = f"bert.encoder.layer.{number}"
        for part in ("query", "key", "value"):
            state |= dense(f"{layer}.attention.self.{part}", HIDDEN, HIDDEN)
        state |= dense(f"{layer}.attention.output.dense", HIDDEN, HIDDEN) | norm(f"{layer}.attention.output.LayerNorm")
        state |= dense(f"{layer}.intermediate.dense", INNER, HIDDEN)
        state |= dense(f"{layer}.output.dense", HIDDEN, INNER) | norm(f"{layer}.output.LayerNorm")
    return state
