"""What is learnt from and what is held out never share a text."""

from __future__ import annotations

from analysis.training.data import Target
from analysis.training.samples import sample_directed, split_targets, weigh

TARGETS = [Target(f"tekst {n // 2}", 0, 5, n % 3 - 1, "x", group=f"tekst {n // 2}") for n in range(40)]


def test_rows_of_one_text_stay_together():
    """A quarter of twenty texts is held out, whole, in the given order, the same each time."""
    train, held = split_targets(TARGETS, 0.25, seed=3)
    assert len({target.group for target in held}) == 5
    assert not {target.group for target in train} & {target.group for target in held}
    assert sorted([*train, *held], key=TARGETS.index) == TARGETS
    assert split_targets(TARGETS, 0.25, seed=3) == (train, held)
    assert split_targets(TARGETS, 0.25, seed=4) != (train, held)


def test_directed_rows_are_drawn_by_tone():
    """So many with a tone, so many without."""
    drawn = sample_directed(TARGETS, 6, 3, seed=1)
    assert [target.label != 0 for target in drawn] == [True] * 6 + [False] * 3
    assert len(set(map(id, drawn))) == 9


def test_weights_leave_the_targets_alone():
    """New targets, the old ones unchanged."""
    assert [target.weight for target in weigh(TARGETS[:2], 0.6)] == [0.6, 0.6]
    assert TARGETS[0].weight == 1.0
