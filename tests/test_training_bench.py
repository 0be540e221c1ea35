"""The measurements measure: mechanics on the tiny model, whose speed means nothing."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from analysis.contracts.errors import InputError
from analysis.contracts.tables import make_table
from analysis.reading.model import ReadingModel
from analysis.training import bench_measures
from analysis.training.bench import main, run_child
from analysis.training.bench_base import make_length_batches
from analysis.training.bench_measures import (
    make_rows,
    measure_reading,
    measure_tone,
    peak_bytes,
    pick_targets,
    thin_out,
    time_rounds,
)

TINY = Path(__file__).parent / "gold" / "tiny-model.npz"


def test_targets_are_spread_over_the_parts():
    """Different sentences, each with its actor; too many are refused."""
    targets = pick_targets(40)
    assert len({target.text for target in targets}) == 40
    assert all(0 <= target.start < target.end <= len(target.text) for target in targets)
    with pytest.raises(InputError, match="99999 wanted"):
        pick_targets(99_999)


def test_sentences_become_articles_of_twenty():
    """45 sentences are three articles, whose rows the table takes."""
    rows = make_rows([f"Zin {number}." for number in range(45)])
    table = make_table("articles", rows)
    assert table["n_words"].tolist() == [40, 40, 10]
    assert table["text"][2] == "\n\n".join(f"Zin {number}." for number in range(40, 45))


def test_rates_are_units_over_seconds(monkeypatch):
    """A clock of one second a look: every work takes one second; they take turns, after a warm-up each."""
    clock = count()
    monkeypatch.setattr(bench_measures.time, "perf_counter", lambda: float(next(clock)))
    done: list[str] = []

    def make(name, n_units):
        def work():
            done.append(name)
            return n_units

        return work

    assert time_rounds({"a": make("a", 10), "b": make("b", 3)}, 2) == {"a": [10.0, 10.0], "b": [3.0, 3.0]}
    assert "".join(done) == "ababab"


def test_a_thinned_list_keeps_its_middle():
    """Evenly spread, never more than there is."""
    assert thin_out(list(range(100)), 4) == [12, 37, 62, 87]
    assert thin_out([1, 2], 5) == [1, 2]


def test_the_base_reads_the_lengths_it_is_given():
    """Sorted, sixteen a batch, filled up."""
    batches = list(make_length_batches([7, *([3] * 16)]))
    assert [mask.sum(1).tolist() for _, mask in batches] == [[3] * 16, [7]]
    assert all((ids[mask == 1] >= 5).all() for ids, mask in batches)


def test_tone_is_measured_at_both_precisions():
    """Rates above zero, the lowest below the median."""
    found = measure_tone(str(TINY), n_targets=8, n_base=0, n_rounds=1, n_threads=1)
    rates = found["targets_per_second"]
    assert {"exact", "fast"} <= set(rates)
    assert all(0 < rate["lowest"] <= rate["median"] <= rate["highest"] for rate in rates.values())
    assert found["n_targets"] == 8


def test_reading_is_measured_with_its_network(monkeypatch):
    """The network is faster than the whole, and the class is left as it was."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(TINY))
    monkeypatch.setenv("FRAMEWIJS_THREADS", "1")
    before = ReadingModel._run_reader
    found = measure_reading(n_sentences=20, n_rounds=1)
    assert ReadingModel._run_reader is before
    assert found["n_words"] > 200
    assert 0 < found["words_per_second"]["median"] < found["network_words_per_second"]["median"]
    assert 0 < found["network_share"]["median"] < 1


def test_a_process_holds_some_memory():
    """More than ten and less than a hundred thousand megabytes: the unit is right."""
    assert 1e7 < peak_bytes() < 1e11


def test_a_measurement_that_fails_says_why(tmp_path):
    """With the last line of the process."""
    with pytest.raises(InputError, match=r"measure_tone, 1 threads: .*none\.npz"):
        run_child(
            "measure_tone", {"model": "none.npz", "n_targets": 2, "n_base": 1, "n_rounds": 1, "n_threads": 1},
            tmp_path / "none.npz", 1,
        )  # fmt: skip


def test_no_model_no_measurement(tmp_path, capsys):
    """Exit code 1 and one line."""
    assert main(["--model", str(tmp_path / "none.npz"), "--out", str(tmp_path / "bench.json")]) == 1
    assert "make train" in capsys.readouterr().err
