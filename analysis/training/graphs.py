"""ONNX graphs of the networks, written by hand so that weights can stay outside them.

A graph holds the computation only; its weights are external initialisers that the runtime
hands over as arrays. :class:`GraphWriter` collects nodes and weights; matrices are kept as
``[inputs, outputs]``. The same network can be written twice: for float32 arithmetic, and
with 8-bit products (``is_fast``).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

FloatArray = npt.NDArray[np.float32]
OPSET = 20


class GraphWriter:
    """Collect the nodes of one graph and the weights it needs.

    Parameters
    ----------
    prefix
        Put before every weight's name.
    is_fast
        True to multiply in 8 bits, with scales found at run time.
    """

    def __init__(self, prefix: str, *, is_fast: bool = False) -> None:
        self.prefix = prefix
        self.is_fast = is_fast
        self.nodes: list[Any] = []
        self.matrices: dict[str, FloatArray] = {}
        self.vectors: dict[str, FloatArray] = {}
        self.constants: list[Any] = []
        self.externals: dict[str, tuple[int, tuple[int, ...]]] = {}
        self._n = 0

    def add(self, kind: str, *inputs: str, domain: str = "", n_outputs: int = 1, **attributes: Any) -> Any:
        """Add a node and return the name of its output (or names, if several)."""
        self._n += 1
        outputs = [f"{kind}_{self._n}_{i}" for i in range(n_outputs)]
        node = helper.make_node(kind, list(inputs), outputs, domain=domain, **attributes)
        self.nodes.append(node)
        return outputs[0] if n_outputs == 1 else outputs

    def constant(self, values: Any, dtype: Any = np.int64) -> str:
        """Return the name of a small constant inside the graph."""
        self._n += 1
        name = f"constant_{self._n}"
        self.constants.append(onnx.numpy_helper.from_array(np.asarray(values, dtype), name))
        return name

    def vector(self, name: str, values: FloatArray) -> str:
        """Register a float32 weight and return its name."""
        full = f"{self.prefix}.{name}"
        self.vectors[full] = np.asarray(values, np.float32)
        self.externals[full] = (TensorProto.FLOAT, self.vectors[full].shape)
        return full

    def linear(self, x: str, name: str, matrix: FloatArray, bias: FloatArray | None = None) -> str:
        """Multiply by a matrix ``[inputs, outputs]`` that is stored in 8 bits; add a bias."""
        full = f"{self.prefix}.{name}"
        self.matrices[full] = np.asarray(matrix, np.float32)
        self.externals[f"{full}.q"] = (TensorProto.INT8, matrix.shape)
        self.externals[f"{full}.s"] = (TensorProto.FLOAT, (matrix.shape[1],))
        if self.is_fast:
            inputs = [x, f"{full}.q", f"{full}.s"]
            if bias is not None:
                inputs += ["", self.vector(f"{name}.b", bias)]
            return str(self.add("DynamicQuantizeMatMul", *inputs, domain="com.microsoft"))
        # The scales multiply the products and not the matrix: the same result, and one pass less over the weights.
        y = self.add("Mul", self.add("MatMul", x, self.add("Cast", f"{full}.q", to=TensorProto.FLOAT)), f"{full}.s")
        return str(y if bias is None else self.add("Add", y, self.vector(f"{name}.b", bias)))

    def layer_norm(self, x: str, name: str, weight: FloatArray, bias: FloatArray, eps: float) -> str:
        """Normalise the last axis."""
        inputs = (x, self.vector(f"{name}.w", weight), self.vector(f"{name}.c", bias))
        return str(self.add("LayerNormalization", *inputs, axis=-1, epsilon=eps))

    def build(self, inputs: list[Any], outputs: dict[str, tuple[str, int, list[Any]]]) -> bytes:
        """Return the graph as bytes; `outputs` maps a public name to (node output, type, shape)."""
        for public, (inner, _, _) in outputs.items():
            self.nodes.append(helper.make_node("Identity", [inner], [public]))
        graph = helper.make_graph(
            self.nodes,
            self.prefix,
            inputs,
            [helper.make_tensor_value_info(n, t, s) for n, (_, t, s) in outputs.items()],
            [*self.constants, *(external(n, t, s) for n, (t, s) in self.externals.items())],
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=9)
        return bytes(model.SerializeToString())


def external(name: str, dtype: int, shape: tuple[int, ...]) -> Any:
    """Return an initialiser that only says where its values would lie."""
    tensor = TensorProto(name=name, data_type=dtype, dims=shape)
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", "weights"), ("offset", "0"), ("length", "0")):
        tensor.external_data.add(key=key, value=value)
    return tensor


def write_encoder(writer: GraphWriter, state: dict[str, FloatArray], n_heads: int, eps: float) -> list[str]:
    """Write a BERT encoder over ready-made input vectors.

    Parameters
    ----------
    state
        ``BertModel.state_dict()`` as arrays.

    Returns
    -------
    list of str
        The names of all layer outputs ``[batch, pieces, hidden]``, the embedding first.

    Notes
    -----
    Inputs of the graph: ``vectors`` (word + position + type embeddings, before the norm)
    and ``mask`` (int32, 1 for a piece, 0 for filling).
    """
    n_layers = 1 + max(int(key.split(".")[2]) for key in state if key.startswith("encoder.layer."))

    def norm(x: str, name: str, key: str) -> str:
        return writer.layer_norm(x, name, state[f"{key}.weight"], state[f"{key}.bias"], eps)

    x = norm("vectors", "embedding", "embeddings.LayerNorm")
    layers = [x]
    for number in range(n_layers):
        key = f"encoder.layer.{number}"
        parts = [f"{key}.attention.self.{part}" for part in ("query", "key", "value")]
        matrix = np.concatenate([state[f"{part}.weight"] for part in parts]).T
        bias = np.concatenate([state[f"{part}.bias"] for part in parts])
        joined = writer.linear(x, f"{number}.qkv", matrix, bias)
        query, keys, values = writer.add("Split", joined, n_outputs=3, axis=-1, num_outputs=3)
        attended = writer.add(
            "MultiHeadAttention", query, keys, values, "", "mask",
            domain="com.microsoft", num_heads=n_heads,
        )  # fmt: skip
        dense = f"{key}.attention.output.dense"
        y = writer.linear(attended, f"{number}.attended", state[f"{dense}.weight"].T, state[f"{dense}.bias"])
        x = norm(writer.add("Add", y, x), f"{number}.n1", f"{key}.attention.output.LayerNorm")
        dense = f"{key}.intermediate.dense"
        y = writer.linear(x, f"{number}.up", state[f"{dense}.weight"].T, state[f"{dense}.bias"])
        y = writer.add("Gelu", y)
        dense = f"{key}.output.dense"
        y = writer.linear(y, f"{number}.down", state[f"{dense}.weight"].T, state[f"{dense}.bias"])
        x = norm(writer.add("Add", y, x), f"{number}.n2", f"{key}.output.LayerNorm")
        layers.append(x)
    return layers


def encoder_inputs(hidden: int) -> list[Any]:
    """Return the inputs that every graph takes."""
    return [
        helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", "pieces", hidden]),
        helper.make_tensor_value_info("mask", TensorProto.INT32, ["batch", "pieces"]),
    ]


def masked_mean(writer: GraphWriter, x: str, mask: str) -> str:
    """Average ``[batch, pieces, hidden]`` over pieces where the float mask is 1."""
    weights = writer.add("Unsqueeze", mask, writer.constant([2]))
    total = writer.add("ReduceSum", writer.add("Mul", weights, x), writer.constant([1]), keepdims=0)
    count = writer.add("ReduceSum", mask, writer.constant([1]), keepdims=1)
    return str(writer.add("Div", total, count))


def write_reader(
    state: dict[str, FloatArray], labels: dict[str, list[str]], n_heads: int, eps: float, *, is_fast: bool
) -> tuple[GraphWriter, bytes]:
    """Write the reading network.

    Inputs besides the encoder's: ``firsts`` [batch, words], the piece of each word.
    Outputs: ``labels`` [batch, words, heads] (the best label of every tagger, in the order
    of `labels` without ``relation``), ``names`` and ``phrases`` (tag scores), ``arcs``
    [batch, words, 1 + words], ``relations`` [batch, words, 1 + words] (the best relation
    but the root's for each possible head) and ``sentence`` (unit vectors).
    """
    writer = GraphWriter("reader", is_fast=is_fast)
    bert = {key[5:]: value for key, value in state.items() if key.startswith("bert.")}
    layers = write_encoder(writer, bert, n_heads, eps)
    hidden = bert["embeddings.LayerNorm.weight"].shape[0]
    firsts = writer.add("Unsqueeze", "firsts", writer.constant([2]))
    words = [writer.add("GatherND", layer, firsts, batch_dims=1) for layer in layers]
    shape = writer.add("Shape", words[0])
    flat = writer.constant([1, -1])
    stacked = writer.add("Concat", *(writer.add("Reshape", word, flat) for word in words), axis=0)
    mixes = []
    for name in ("tag", "tree", "name"):
        raised = np.exp(state[f"mixes.{name}.weights"] - state[f"mixes.{name}.weights"].max())
        mixes.append(state[f"mixes.{name}.scale"] * raised / raised.sum())
    mixed = writer.add("MatMul", writer.vector("mixes", np.stack(mixes)), stacked)
    parts = writer.add("Split", mixed, n_outputs=3, axis=0, num_outputs=3)
    tag, tree, name = (writer.add("Reshape", part, shape) for part in parts)

    def dense(x: str, key: str) -> str:
        weight, bias = state[f"{key}.weight"].T, state[f"{key}.bias"]
        return str(
            writer.add("Add", writer.add("MatMul", x, writer.vector(key, weight)), writer.vector(f"{key}.b", bias))
        )

    heads = [key for key in labels if key != "relation"]
    best = [writer.add("ArgMax", dense(tag, f"taggers.{key.replace(':', '_')}"), axis=-1, keepdims=1) for key in heads]
    root = writer.vector("root", state["root"].reshape(1, 1, hidden))
    size = writer.add("Slice", shape, *map(writer.constant, ([0], [1])))
    root_shape = writer.add("Concat", size, writer.constant([1, hidden]), axis=0)
    rooted = writer.add("Concat", writer.add("Expand", root, root_shape), tree, axis=1)

    def hidden_layer(x: str, key: str) -> str:
        return str(writer.add("Gelu", dense(x, key)))

    arc_word = writer.add("MatMul", hidden_layer(tree, "arc_word"), writer.vector("arc", state["arc"][:-1]))
    arc_word = writer.add("Add", arc_word, writer.vector("arc.b", state["arc"][-1]))
    turned = writer.add("Transpose", hidden_layer(rooted, "arc_head"), perm=[0, 2, 1])
    arcs = writer.add("MatMul", arc_word, turned)
    kept = [i for i, label in enumerate(labels["relation"]) if label != "root"]
    cube = state["relation"][:, kept]
    # word @ cube: [b, w, r * j]; then against every head: [b, w * r, 1 + w].
    n_in, n_relations, n_out = cube.shape
    one = np.zeros((1, 1, n_in), np.float32)
    relation_word = with_one(writer, hidden_layer(tree, "relation_word"), one)
    relation_head = with_one(writer, hidden_layer(rooted, "relation_head"), one)
    product = writer.add("MatMul", relation_word, writer.vector("relation", cube.reshape(n_in, -1)))
    product = writer.add("Reshape", product, writer.add("Concat", size, writer.constant([-1, n_out]), axis=0))
    pairs = writer.add("MatMul", product, writer.add("Transpose", relation_head, perm=[0, 2, 1]))
    n_heads_possible = writer.add("Slice", writer.add("Shape", pairs), *map(writer.constant, ([2], [3])))
    n_words = writer.add("Slice", shape, *map(writer.constant, ([1], [2])))
    full = writer.add("Concat", size, n_words, writer.constant([n_relations]), n_heads_possible, axis=0)
    relations = writer.add("ArgMax", writer.add("Reshape", pairs, full), axis=2, keepdims=0)
    mean = masked_mean(writer, layers[-1], writer.add("Cast", "mask", to=TensorProto.FLOAT))
    sentence = writer.add("LpNormalization", mean, axis=-1, p=2)
    inputs = [*encoder_inputs(hidden), helper.make_tensor_value_info("firsts", TensorProto.INT64, ["batch", "words"])]
    both = ["batch", "words"]
    outputs = {
        "labels": (writer.add("Concat", *best, axis=-1), TensorProto.INT64, [*both, len(heads)]),
        "names": (dense(name, "namers.names"), TensorProto.FLOAT, [*both, None]),
        "phrases": (dense(name, "namers.phrases"), TensorProto.FLOAT, [*both, None]),
        "arcs": (arcs, TensorProto.FLOAT, [*both, None]),
        "relations": (relations, TensorProto.INT64, [*both, None]),
        "sentence": (sentence, TensorProto.FLOAT, ["batch", hidden]),
    }
    return writer, writer.build(inputs, outputs)


def with_one(writer: GraphWriter, x: str, zeros: FloatArray) -> str:
    """Append a 1 to the last axis: fill up with zeros, then add a unit vector."""
    pads = writer.constant([0, 0, 0, 0, 0, 1])
    unit = zeros.copy()
    unit[..., -1] = 1
    return str(writer.add("Add", writer.add("Pad", x, pads), writer.constant(unit, np.float32)))
