"""Tables of the model card on figures one can see through."""

from __future__ import annotations

from analysis import paths
from analysis.training.card_tables import bias_parts, durations_table, read_floors, show, strongest_floor, tone_table

SET = {
    "n": 1200, "macro_f1": 0.7, "macro_f1_interval": [0.65, 0.75], "f1": [0.8, 0.6, 0.7], "accuracy": 0.72,
    "calibration_error": 0.03,
}  # fmt: skip
KEYS = (
    "newsmtsc_en.dev",
    "madtsc_nl.dev",
    "madtsc_en.dev",
    "opener_nl.dev",
    "opener_en.dev",
)
SWAP = {
    "language": "nl", "slot": "person", "by": "gender", "group": "female", "n_templates": "60", "n_names": "32",
    "mean_polarity": "0.01", "gap": "0.004", "ci_low": "-0.01", "ci_high": "0.02", "share_flipped": "0.02",
}  # fmt: skip


def test_the_floors_are_those_of_the_page():
    """Every set of tone has a majority and a lexicon in docs/baselines.md."""
    floors = read_floors((paths.ROOT / "docs" / "baselines.md").read_text("utf-8"))
    for gold in ("target/newsmtsc_en.dev.jsonl", "target/opener_nl.dev.jsonl", "target/opener_en.dev.jsonl"):
        assert {("majority"), ("lexicon")} <= {method for file, _, method in floors if file == gold}
        assert strongest_floor(floors, gold, "macro f1").split()[0] not in {"-", "majority"}


def test_the_first_table_of_a_section_counts():
    """Figures per class, further down, have the same words in front."""
    page = """# Page

## framewijs validate target target/a.jsonl

┃          ┃ lexicon           ┃ model             ┃
│ macro f1 │ 0.477 [0.44, 0.52] │ 0.800 [0.70, 0.90] │
lexicon, per class
┃ class ┃ precision ┃
│ macro f1 │ 0.111 │
"""
    floors = read_floors(page)
    assert floors == {
        ("target/a.jsonl", "macro f1", "lexicon"): ".477 [.44, .52]",
        ("target/a.jsonl", "macro f1", "model"): ".800 [.70, .90]",
    }
    assert strongest_floor(floors, "target/a.jsonl", "macro f1") == "lexicon .477 [.44, .52]"
    assert strongest_floor(floors, "other", "macro f1") == "-"


def test_a_set_of_tone_is_a_row():
    """With the target hidden beside it, and the strongest baseline where one was measured."""
    scores = dict.fromkeys(KEYS, SET) | {f"{key}, target hidden": SET | {"macro_f1": 0.5} for key in KEYS}
    lines = tone_table(scores, {}).splitlines()
    assert len(lines) == 2 + len(KEYS)
    assert lines[2] == (
        "| NewsMTSC dev, English | 1,200 | .700 [.650, .750] | .800 / .600 / .700 | .500 [.650, .750] | - | .720 | .030 |"
    )


def test_the_largest_gap_is_named():
    """Whatever its sign; and the gaps whose interval leaves 0 out are counted."""
    other = SWAP | {"group": "right", "slot": "party", "gap": "-0.12", "ci_low": "-0.2", "ci_high": "-0.05"}
    parts = bias_parts([SWAP, other])
    assert parts["bias_summary"] == (
        "The largest gap is -.120 (right, party, nl); of 2 groups, 1 have an interval without 0 (by chance, one in twenty)."
    )
    assert parts["bias_table"].splitlines()[2] == (
        "| nl | person | female | 60 x 32 | .010 | .004 [-.010, .020] | .020 |"
    )


def test_shares_are_printed_without_their_zero():
    """As APA does."""
    assert [show(value) for value in (0.5, -0.25, 1.0, 0.0)] == [".500", "-.250", "1.000", ".000"]


def test_steps_show_minutes():
    """A record without a duration is left out."""
    assert durations_table({"tone": {"seconds": 3590.0}, "x": {}}).splitlines()[2:] == ["| tone | 60 min |"]
