"""A network out of a model file: the names that training gives its parts, and what was rounded stays rounded."""

from pathlib import Path

import numpy as np
import pytest

from analysis.contracts.errors import InputError
from analysis.reading.model_file import read_weights
from analysis.reading.model_loading import reading_model_path
from analysis.training.restore import read_labels, restore_judge, restore_reader, restore_relations
from analysis.training.stored import quantise_matrix


@pytest.fixture(scope="module")
def state():
    """The shipped file's network."""
    pytest.importorskip("onnx", reason="the heads are named where graphs are written: needs the training extra")
    return restore_judge(reading_model_path())


def test_twelve_layers_come_back_under_their_names(state):
    """The encoder as it was trained, and every head that the runtime asks."""
    assert sum(name.startswith("bert.") for name in state) == 12 * 16 + 5
    assert state["bert.encoder.layer.11.attention.self.query.weight"].shape == (384, 384)
    assert state["bert.encoder.layer.0.intermediate.dense.weight"].shape == (1536, 384)
    assert state["sign.weight"].shape == (3, 384)
    assert all(values.dtype == np.float32 for values in state.values())


def test_storing_it_again_changes_nothing(state):
    """Whole numbers and scales are those of the file."""
    weights = read_weights(reading_model_path(), "judge")
    matrix = np.concatenate(
        [state[f"bert.encoder.layer.3.attention.self.{part}.weight"] for part in ("query", "key", "value")]
    ).T
    again = quantise_matrix(matrix)
    assert np.array_equal(again.values, weights["judge.3.qkv.q"])
    assert np.allclose(again.scales, weights["judge.3.qkv.s"], rtol=1e-6)


def test_a_missing_file_is_named(tmp_path):
    """With what to do."""
    with pytest.raises(InputError, match=r"nothing\.npz"):
        restore_judge(Path(tmp_path) / "nothing.npz")


def test_the_reader_comes_back_with_every_head():
    """Mixes of layers that sum to their scale, one matrix a tagger, and a relation for each label."""
    state, labels = restore_reader(reading_model_path()), read_labels(reading_model_path())
    assert state["relation"].shape == (97, len(labels["relation"]), 97)
    assert {f"taggers.{name.replace(':', '_')}.weight" for name in labels if name != "relation"} <= set(state)
    stored = read_weights(reading_model_path(), "reader")["reader.mixes"]
    raised = np.exp(state["mixes.tree.weights"])
    assert np.allclose(state["mixes.tree.scale"] * raised / raised.sum(), stored[1], atol=1e-6)


def test_relations_stand_at_their_labels_again():
    """The root, which is not stored, is zero."""
    stored = np.arange(2 * 2 * 2, dtype=np.float32).reshape(2, 4)
    cube = restore_relations(stored, ["nsubj", "root", "obj"])
    assert cube.shape == (2, 3, 2)
    assert not cube[:, 1].any()
    assert np.array_equal(cube[:, [0, 2]].reshape(2, 4), stored)
