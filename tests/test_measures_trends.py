"""Differences and trends within groups: right although the machine errs, and silent where too little is known."""

import numpy as np
import pandas as pd
import pytest

from analysis.contracts.errors import InputError
from analysis.measures.periods import add_periods
from analysis.measures.trends import COLUMNS, add_weeks, correct_differences


def draw(rng, n=200):
    """Two actors; the mayor's tone falls by one after the event, which the machine does not see; half are coded."""
    after = np.arange(n) % 2
    parts = []
    for actor, fall in (("mayor", 1.0), ("union", 0.0)):
        truth = rng.normal(0, 0.3, n) - fall * after
        coded = np.where(rng.random(n) < 0.5, truth, np.nan)
        parts.append(
            pd.DataFrame(
                {"article_id": [f"a{i}" for i in range(n)], "actor_id": actor, "is_after": after.astype(float),
                 "tone": rng.normal(0, 0.1, n), "coded": coded, "probability": 0.5}
            )
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def test_what_the_machine_does_not_see_the_correction_finds():
    """And where nothing changed it says so."""
    found = correct_differences(draw(np.random.default_rng(1)), "is_after", predicted="tone")
    assert list(found.columns) == ["actor_id", *COLUMNS]
    assert found["estimator"].tolist() == ["naive", "corrected", "coded"] * 2
    rows = found.set_index(["actor_id", "estimator"])
    assert abs(rows.loc[("mayor", "naive"), "estimate"]) < 0.1
    assert rows.loc[("mayor", "corrected"), "estimate"] == pytest.approx(-1.0, abs=0.25)
    assert rows.loc[("mayor", "corrected"), "ci_high"] < 0
    assert rows.loc[("union", "corrected"), "ci_low"] < 0 < rows.loc[("union", "corrected"), "ci_high"]


def test_groups_with_too_little_evidence_are_left_out():
    """No phase of its own among the coded, or fewer than three articles."""
    units = draw(np.random.default_rng(1), n=40)
    blind = units.assign(coded=units["coded"].where((units["actor_id"] == "mayor") | (units["is_after"] == 0)))
    assert set(correct_differences(blind, "is_after", predicted="tone")["actor_id"]) == {"mayor"}
    for nothing in (units.iloc[:0], units.head(2), units.assign(is_after=1.0), units.assign(coded=np.nan)):
        assert correct_differences(nothing, "is_after", predicted="tone").empty
    with pytest.raises(InputError, match="lacks polarity"):
        correct_differences(units, "is_after", predicted="polarity")


def test_a_trend_is_a_change_a_week():
    """Seven days are one; units without a day are left out."""
    units = pd.DataFrame({"published": ["2025-03-03", "2025-03-10", "2025-03", "2025-03-06"]})
    assert add_weeks(add_periods(units))["weeks"].tolist() == [0.0, 1.0, 3 / 7]
    assert add_weeks(add_periods(units.iloc[2:3]))["weeks"].empty
