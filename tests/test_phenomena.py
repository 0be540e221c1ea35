"""What the coder makes of nine phenomena: floors under what was measured, in each half of the sentences apart.

The sentences lie in gold/phenomena_nl, written before the code that handles them. The first half of each file was there to
develop on; the second was held out. Irony is out of reach: its sentences are coded and counted, and nothing is asked.
"""

from __future__ import annotations

from functools import cache

import pytest

from analysis.validation.phenomena import judge_items, summarise, take_half
from analysis.validation.phenomena_gold import read_items
from analysis.validation.report import Result
from tests.gold_reference import GOLD

FOLDER = GOLD / "phenomena_nl"
OUT_OF_REACH = "irony"
FLOORS = {
    "agentless_passive": {"dev": (0.75, 0.05), "held": (0.40, 0.10)},
    "hedging": {"dev": (0.50, 0.25), "held": (0.40, 0.20)},
    "metonym": {"dev": (0.95, 0.15), "held": (0.60, 0.10)},
    "negation": {"dev": (0.35, 0.40), "held": (0.45, 0.30)},
    "nested_speech": {"dev": (0.55, 0.30), "held": (0.35, 0.20)},
    "nominalisation": {"dev": (0.70, 0.05), "held": (0.50, 0.20)},
    "passive": {"dev": (0.75, 0.05), "held": (0.45, 0.30)},
    "pronoun": {"dev": (0.90, 0.05), "held": (0.60, 0.10)},
}
"""Least share of expected facts found, and most share of absent facts found, by phenomenon and half."""
BELOW = {
    ("agentless_passive", "dev"), ("hedging", "dev"), ("hedging", "held"), ("metonym", "dev"), ("metonym", "held"),
    ("negation", "held"), ("nested_speech", "dev"), ("nested_speech", "held"), ("pronoun", "dev"),
}  # fmt: skip
"""What version 2.0 of the model does not reach: facts found .73, .47, .39, .94, .42, and .90 of pronouns; of nested
speech .47 and .25 of the traps are walked into, of metonyms held out two of 18 (.11; facts found .82). The rules that set the floors were written with the first half in view."""


@cache
def measure(phenomenon: str, half: str) -> Result:
    """Scores of the model on one half; the sentences of a file are read once."""
    items = read_items(FOLDER / f"{phenomenon}.yaml")
    verdicts = judge(phenomenon)
    ids = [item.id for item in take_half(items, half)]
    return summarise("model", ids, [verdict for verdict in verdicts if verdict.item in set(ids)], 1, 20)


@cache
def judge(phenomenon: str):
    """What becomes of every fact of a file."""
    return judge_items(read_items(FOLDER / f"{phenomenon}.yaml"), method="model")


def test_every_phenomenon_has_its_floors():
    """No file without, none left over."""
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted([*FLOORS, OUT_OF_REACH])


@pytest.mark.parametrize("phenomenon", [*FLOORS, OUT_OF_REACH])
def test_sixty_sentences_of_their_own(phenomenon):
    """Numbered, all different."""
    items = read_items(FOLDER / f"{phenomenon}.yaml")
    assert [item.id for item in items] == [f"{phenomenon}-{number:02d}" for number in range(1, 61)]
    assert len({item.text for item in items}) == 60


@pytest.mark.parametrize(
    ("phenomenon", "half"),
    [
        pytest.param(
            name, half, marks=pytest.mark.xfail(strict=True, reason="below its floor") if (name, half) in BELOW else ()
        )
        for name in FLOORS
        for half in ("dev", "held")
    ],
)
def test_facts_are_found_and_traps_left_alone(phenomenon, half):
    """At least as good as measured when the floors were set."""
    found = measure(phenomenon, half).scores
    least, most = FLOORS[phenomenon][half]
    assert found["recall"] >= least, found
    assert not found["mistakes"] > most, found


def test_irony_is_out_of_reach():
    """It is counted: every judgement has a row to compare, and literal readings are mistakes like any other."""
    found = measure(OUT_OF_REACH, "all").scores
    assert found["n_expected"] >= 60
    assert found["n_absent"] >= 60
    assert 0 <= found["recall"] <= 1
    assert 0 <= found["mistakes"] <= 1
