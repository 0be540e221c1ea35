"""The container of the reading model: what is read, what is refused and in which words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.contracts.errors import InputError
from analysis.reading.model_file import read_model_file, read_weights, unpack_blocks

TINY = Path(__file__).parent / "gold" / "tiny-model.npz"


def as_bytes(value: object) -> np.ndarray:
    """JSON as an array of bytes."""
    return np.frombuffer(json.dumps(value).encode(), np.uint8)


def test_small_arrays_are_read_and_weights_are_not(tmp_path):
    """Matrices wait until a network is used."""
    path = tmp_path / "m.npz"
    np.savez(path, **{"meta": as_bytes({"format": 2}), "tone.up.q": np.ones((2, 2), np.int8), "tone.up.s": np.ones(2)})
    assert list(read_model_file(path)) == ["meta"]


def test_weights_of_one_network(tmp_path):
    """Whole numbers stay, halves become float32, embeddings and the other network are left out."""
    path = tmp_path / "m.npz"
    np.savez(
        path,
        **{
            "tone.up.q": np.array([[3, -4]], np.int8),
            "tone.up.s": np.array([0.5, 2.0], np.float32),
            "tone.head": np.array([0.25], np.float16),
            "tone.positions": np.zeros((1, 2)),
            "tone.types": np.zeros((1, 2)),
            "reader.up.q": np.zeros((1, 2), np.int8),
        },
    )
    weights = read_weights(path, "tone")
    assert {name: (values.dtype.name, values.tolist()) for name, values in weights.items()} == {
        "tone.up.q": ("int8", [[3, -4]]),
        "tone.up.s": ("float32", [0.5, 2.0]),
        "tone.head": ("float32", [0.25]),
    }


def test_a_missing_file_says_how_to_get_one(tmp_path):
    """The message names the file and the command."""
    path = tmp_path / "none.npz"
    with pytest.raises(InputError, match=r"none\.npz: no reading model there; train one with `make train`"):
        read_model_file(path)


def write_text(path: Path) -> None:
    """A file that is no archive."""
    path.write_text("tekst", encoding="utf-8")


def write_nothing(path: Path) -> None:
    """An empty file."""
    path.touch()


def write_array(path: Path) -> None:
    """One array instead of an archive."""
    with path.open("wb") as stream:
        np.save(stream, np.zeros(3))


def write_other_archive(path: Path) -> None:
    """An archive of something else."""
    np.savez(path, table=np.zeros(3))


def write_next_format(path: Path) -> None:
    """A model of a later version."""
    np.savez(path, meta=as_bytes({"format": 3}))


def write_half(path: Path) -> None:
    """A download that broke off."""
    path.write_bytes(TINY.read_bytes()[:20_000])


def write_flipped(path: Path) -> None:
    """A file with some wrong bytes in the middle of the first array."""
    data = bytearray(TINY.read_bytes())
    data[200:260] = bytes(60)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("write", "reason"),
    [
        (write_text, "not a reading model"),
        (write_nothing, "not a reading model"),
        (write_array, "a single array"),
        (write_other_archive, r"not a reading model of format 2 \(found None\)"),
        (write_next_format, r"not a reading model of format 2 \(found 3\)"),
        (write_half, "not a reading model"),
        (write_flipped, "or damaged"),
    ],
)
def test_what_is_no_model_is_refused(tmp_path, write, reason):
    """Whatever lies there, one error that says what is wrong."""
    path = tmp_path / "model.npz"
    write(path)
    with pytest.raises(InputError, match=reason):
        read_model_file(path)


def test_a_block_of_four_bits():
    """Low halves are values 0 to 15, high halves 16 to 31, each less 8 and times the scale."""
    scale = np.frombuffer(np.float16(0.5).tobytes(), np.uint8)
    packed = np.arange(16, dtype=np.uint8) | (np.arange(15, -1, -1, dtype=np.uint8) << 4)
    values = unpack_blocks(np.concatenate([scale, packed])[None, None])
    rising = [-4.0, -3.5, -3.0, -2.5, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5]
    assert values.dtype == np.float32
    assert values.tolist() == [rising + rising[::-1]]
