"""The file of the reading model, as a container: what lies in it, read safely.

Reads an ``.npz`` (never a pickle); returns named arrays. Knows nothing of sentences. The file holds ``meta`` and
``tokenizer`` (JSON as bytes), ``words`` (embeddings in 4-bit blocks), and for each network its graphs
(``graph.<network>.<precision>``), embeddings (``<network>.positions``, ``<network>.types``) and weights: a matrix in
whole numbers ``<name>.q`` with its scales ``<name>.s``, or plain ``<name>``.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from analysis.contracts.errors import InputError

Arrays = dict[str, npt.NDArray[Any]]
FloatArray = npt.NDArray[np.float32]

#: Number of the format that this version reads and `analysis.training.export` writes.
FORMAT = 2
#: Values in one block of word embeddings; a block is a float16 scale and 32 values of four bits.
BLOCK = 32
BLOCK_BYTES = 2 + BLOCK // 2
HOW_TO_GET = (
    "train one with `make train` (see data/models/README.md), or read by rules and judge by the lexicon "
    "(reading='rules', methods=('lexicon',); or framewijs code --reading rules --methods lexicon)"
)
#: What reading a damaged archive may raise.
DAMAGED = (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error)


def read_model_file(path: Path | str) -> Arrays:
    """Read a model file, all but its weights.

    Parameters
    ----------
    path
        The ``.npz``.

    Returns
    -------
    dict of str to ndarray
        Every array but weights, which :func:`read_weights` reads once a network is used.

    Raises
    ------
    InputError
        If the file is missing, damaged, or no model of this format.
    """
    try:
        with Path(path).open("rb") as stream:
            arrays = _read_arrays(stream)
        found = json.loads(arrays["meta"].tobytes()).get("format") if "meta" in arrays else None
    except FileNotFoundError:
        raise InputError(f"{path}: no reading model there; {HOW_TO_GET}") from None
    except DAMAGED as error:
        raise InputError(f"{path}: not a reading model, or damaged ({error}); {HOW_TO_GET}") from None
    if found != FORMAT:
        raise InputError(f"{path}: not a reading model of format {FORMAT} (found {found}); {HOW_TO_GET}")
    return arrays


def _read_arrays(stream: BinaryIO) -> Arrays:
    """Every array of an archive but weights; numpy leaves a file open where it cannot read it, so it gets a stream."""
    archive = np.load(stream, allow_pickle=False)
    if not isinstance(archive, np.lib.npyio.NpzFile):
        raise ValueError("a single array")
    with archive:
        return {name: archive[name] for name in archive.files if not name.endswith((".q", ".s"))}


def read_weights(path: Path | str, network: str) -> Arrays:
    """Read a network's weights under the names its graph uses.

    Parameters
    ----------
    path
        The ``.npz``.
    network
        ``reader`` or ``judge``.

    Returns
    -------
    dict of str to ndarray
        Whole numbers as int8, everything else as float32.

    Raises
    ------
    InputError
        If the file is missing or damaged.
    """
    weights: Arrays = {}
    try:
        with np.load(path, allow_pickle=False) as archive:
            for name in archive.files:
                if name.startswith(f"{network}.") and not name.endswith((".positions", ".types")):
                    values = archive[name]
                    weights[name] = values if values.dtype == np.int8 else values.astype(np.float32)
    except DAMAGED as error:
        raise InputError(f"{path}: not a reading model, or damaged ({error}); {HOW_TO_GET}") from None
    return weights


def read_matrices(path: Path | str, prefix: str) -> Arrays:
    """Read the arrays under a prefix, matrices in whole numbers multiplied by their scales.

    Returns
    -------
    dict of str to ndarray
        float32, by full name.

    Raises
    ------
    InputError
        If the file is missing or damaged.
    """
    stored = read_weights(path, prefix)
    return {
        name.removesuffix(".q"): values.astype(np.float32) * stored[f"{name[:-2]}.s"] if name.endswith(".q") else values
        for name, values in stored.items()
        if not name.endswith(".s")
    }


def unpack_blocks(blocks: npt.NDArray[np.uint8]) -> FloatArray:
    """Turn 4-bit blocks into numbers.

    Parameters
    ----------
    blocks
        ``uint8 [..., n_blocks, 18]``: a float16 scale d, then 16 bytes. Value j is (low half of byte j - 8) * d,
        value j + 16 is (high half - 8) * d.

    Returns
    -------
    ndarray
        ``float32 [..., n_blocks * 32]``.

    Examples
    --------
    >>> scale = np.frombuffer(np.float16(2).tobytes(), np.uint8)
    >>> block = np.concatenate([scale, np.full(16, 0x9A, np.uint8)])
    >>> unpack_blocks(block[None])[[0, 16]].tolist()
    [4.0, 2.0]
    """
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    packed = blocks[..., 2:]
    nibbles = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32)
    values = (nibbles - np.float32(8)) * scale
    return np.asarray(values.reshape(*blocks.shape[:-2], -1), np.float32)
