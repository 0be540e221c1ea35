"""Findings of comparisons: every number comes from the table, and nothing is said where nothing is known."""

import numpy as np
import pandas as pd

from analysis.codebook.load import Actor, Codebook, Outlet
from analysis.display.findings.comparison import (
    describe_changes,
    describe_correction,
    describe_differences,
    describe_groups,
    describe_periods,
    describe_power,
)
from tests.test_display_differences import TABLE

CODEBOOK = Codebook(
    name="test",
    actors={key: Actor(key, {"nl": name}, "crowd") for key, name in (("farmers", "Boeren"), ("police", "Politie"))},
    outlets={key: Outlet(key, {"nl": name}) for key, name in (("courant", "De Courant"), ("bode", "De Bode"))},
)


def estimates(rows):
    columns = ["actor_id", "outlet", "estimator", "estimate", "ci_low", "ci_high"]
    return pd.DataFrame(rows, columns=columns).assign(n_units=4)


def test_groups_from_lowest_to_highest():
    """One sentence, a part for each panel; signs only where a measure has them."""
    rows = [
        ("farmers", "bode", "", 0.25, 0, 1),
        ("farmers", "courant", "", 0.75, 0, 1),
        ("police", "bode", "", 0.5, 0, 1),
    ]
    options = {"group": "outlet", "codebook": CODEBOOK, "language": "en"}
    found = describe_groups(estimates(rows), **options)
    assert found == (
        "Lowest to highest: Boeren: De Bode (0.25, n = 4) to De Courant (0.75, n = 4); Politie: De Bode (0.50, n = 4)."
    )
    shares = estimates(rows[:2]).drop(columns="actor_id")
    assert describe_groups(shares, **options).startswith("Lowest to highest: De Bode (0.25")
    assert describe_groups(shares.assign(estimate=0.0), **options).endswith("0.00 in all 2.")
    assert describe_groups(estimates([]), **options) == "There is no evidence to compare."


def test_a_group_of_one_or_two_is_neither_lowest_nor_highest():
    """`Lowest: -0.50, n = 1` was a story, not an outlet."""
    rows = [
        ("farmers", "bode", "", -0.9, 0, 1),
        ("farmers", "courant", "", 0.5, 0, 1),
        ("police", "bode", "", 0.1, 0, 1),
    ]
    table = estimates(rows).assign(n_units=[1, 4, 2])
    assert describe_groups(table, group="outlet", codebook=CODEBOOK, language="en") == (
        "Lowest to highest: Boeren: De Courant (+0.50, n = 4). Of fewer than 3 units, and not compared: 2 of 3."
    )
    alone = describe_groups(table.iloc[:1], group="outlet", codebook=CODEBOOK, language="en")
    assert alone == "Of fewer than 3 units, and not compared: 1 of 1."


def test_differences_are_counted_before_and_after_correction():
    """And those that were not tested apart; what is named is what is drawn."""
    found = describe_differences(TABLE, codebook=CODEBOOK, n=1, language="en")
    assert found == (
        "2 differences: 1 remains after correction for 2 tests; 2 rest on enough articles for an interval, of which "
        "1 excludes zero. Resting on too few articles to test: 1 more. Largest: Boeren in De Courant (−0.60, −0.90 to −0.30)."
    )
    bare = describe_differences(TABLE.assign(ci_low=np.nan, ci_high=np.nan), codebook=CODEBOOK, n=1, language="en")
    assert "0 rest on enough articles" in bare and "De Courant (−0.60)." in bare
    assert describe_differences(TABLE, codebook=CODEBOOK, n=2, top=1, language="en").count("Boeren") <= 1
    nothing = "There is nothing to compare: no two groups have evidence."
    assert describe_differences(TABLE.iloc[2:], codebook=CODEBOOK, language="en") == nothing
    assert describe_differences(TABLE.iloc[:0], codebook=CODEBOOK, language="en") == nothing


def test_a_correction_is_told_by_what_it_changes_and_what_it_rests_on():
    """From the machine's to the corrected number, with how many gold codes, beside what all of them say."""
    rows = [
        ("farmers", "", "naive", 0.5, 0.4, 0.6), ("farmers", "", "corrected", 0.1, -0.1, 0.3),
        ("police", "", "naive", 0.2, 0.1, 0.3), ("police", "", "corrected", 0.2, np.nan, np.nan),
    ]  # fmt: skip
    table = estimates(rows).assign(n_coded=[0, 12, 0, 3])
    options = {"by": "actor_id", "codebook": CODEBOOK, "language": "en"}
    assert describe_correction(table, n=1, **options) == (
        "The correction changes most: Boeren (from 0.50 to 0.10, with 12 gold codes). Corrected intervals are on average 2.0 "
        "times as wide as those that believe the machine. Too few gold codes for a corrected interval: 1 of 2."
    )
    whole = pd.concat([table, table.iloc[:1].assign(estimator="all", estimate=0.3)])
    assert "; all gold codes say 0.30)" in describe_correction(whole, n=1, **options)
    assert "nothing can be corrected" in describe_correction(estimates([]), **options)


def test_changes_that_exclude_zero_are_named_and_others_are_not_claimed():
    """A change of three gold codes was said to exclude zero; now it is said not to be known."""
    rows = [
        ("farmers", "", "naive", 0.1, -0.1, 0.3), ("farmers", "", "corrected", -0.5, -0.9, -0.1),
        ("police", "", "corrected", 0.71, np.nan, np.nan),
    ]  # fmt: skip
    table = estimates(rows).assign(n_coded=[0, 12, 3])
    assert describe_changes(table, codebook=CODEBOOK, language="en") == "Of 1 change (machine codes), 0 exclude zero."
    assert describe_changes(table, estimator="corrected", codebook=CODEBOOK, language="en") == (
        "Of 2 changes (corrected), 1 excludes zero: Boeren (−0.50, −0.90 to −0.10). Resting on too little for an interval, "
        "so not known: Politie (3 gold codes)."
    )
    assert "too little evidence" in describe_changes(estimates([]), codebook=CODEBOOK, language="en")


def test_periods_and_power():
    """Gaps are told; so is a study that would never find it."""
    counts = pd.DataFrame({"day": ["d1", "d2", "d3"], "n_articles": [2, 0, 5]})
    assert describe_periods(counts, language="en") == "7 articles in 3 days, 0 to 5 in each. In 1 day there is none."
    assert describe_periods(counts.iloc[:0], language="en") == "No article has a date that is known to the day."
    table = pd.DataFrame({"n_articles": [10, 20], "power": [0.5, 0.85]})
    assert describe_power(table, language="en").startswith("Of the numbers tried, 20 articles a group")
    assert describe_power(table.head(1), language="en").startswith("Even 10 articles a group")
    assert describe_power(table.iloc[:0], language="en").startswith("Too few articles")
