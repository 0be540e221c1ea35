"""Comparison: differences that are there are found, others are not, and clusters are respected."""

import numpy as np
import pandas as pd
import pytest

from analysis.contracts.errors import InputError, UsageError
from analysis.measures.comparison import OTHERS, adjust, compare, hedges_g, power
from analysis.measures.estimates import estimate


def corpus(rng, n_articles=40, per_article=8, difference=0.0, spread=0.5):
    """Units of two outlets whose articles differ among themselves."""
    article = np.repeat(np.arange(n_articles), per_article)
    outlet = np.where(article % 2 == 0, "courant", "bode")
    mood = rng.normal(0, spread, n_articles)[article]
    value = mood + rng.normal(0, 0.3, len(article)) + difference * (outlet == "courant")
    return pd.DataFrame({"article_id": [f"a{n:03d}" for n in article], "sentence_id": range(len(article)), "outlet": outlet, "polarity": value})  # fmt: skip


def test_a_difference_is_found_and_its_row_is_complete():
    """Every column, in the direction that the names say."""
    row = compare(
        corpus(np.random.default_rng(1), difference=1.0),
        "polarity",
        group="outlet",
        reference="bode",
        rng=np.random.default_rng(2),
    ).iloc[0]
    assert (row["group_a"], row["group_b"]) == ("courant", "bode")
    assert row["difference"] == pytest.approx(row["mean_a"] - row["mean_b"])
    assert 0.5 < row["ci_low"] < row["difference"] < row["ci_high"] < 1.5
    assert row["p_value"] < 0.01 and row["effect_size"] > 1
    assert (row["n_articles_a"], row["n_articles_b"], row["n_units"]) == (20, 20, 320)


def test_false_alarms_stay_at_their_level():
    """No difference, 300 corpora: about 5 % of the tests and of the intervals say there is one."""
    rng = np.random.default_rng(3)
    rows = [compare(corpus(rng), "polarity", group="outlet", rng=rng, n_draws=200).iloc[0] for _ in range(300)]
    tested = np.mean([row["p_value"] < 0.05 for row in rows])
    excluded = np.mean([not row["ci_low"] <= 0 <= row["ci_high"] for row in rows])
    assert 0.02 <= tested <= 0.08
    assert 0.03 <= excluded <= 0.10


def test_intervals_over_articles_cover_and_intervals_over_rows_do_not():
    """Forty articles of equal sentences, 1,000 corpora: the mean is covered in 93 to 97 %, by rows in fewer than 60 %."""
    rng = np.random.default_rng(5)
    by_article = by_row = 0
    for _ in range(1000):
        units = corpus(rng, per_article=6, spread=0.8)
        by_article += _covers(units, rng, 500)
        by_row += _covers(units.assign(article_id=[f"r{n}" for n in range(len(units))]), rng, 100)
    assert 930 <= by_article <= 970, by_article
    assert by_row < 600, by_row


def _covers(units, rng, n_draws):
    row = estimate(units, "polarity", by=(), rng=rng, n_draws=n_draws).iloc[0]
    return row["ci_low"] <= 0 <= row["ci_high"]


def test_each_group_against_all_others_together():
    """The mean of the rest is that of its articles, and the row says so."""
    units = corpus(np.random.default_rng(1), difference=1.0)
    units["outlet"] = units["outlet"].where(units["article_id"] >= "a010", "gazet")
    found = compare(units, "polarity", group="outlet", reference=OTHERS, rng=np.random.default_rng(2))
    assert found[["group_a", "group_b"]].to_numpy().tolist() == [
        ["bode", OTHERS],
        ["courant", OTHERS],
        ["gazet", OTHERS],
    ]
    rest = units[units["outlet"] != "gazet"]
    assert found["mean_b"][2] == pytest.approx(rest["polarity"].mean())
    assert found["n_articles_b"][2] == 30
    assert (found["n_articles_a"] + found["n_articles_b"] == 40).all()


def test_where_there_is_nothing_to_compare_there_are_no_rows():
    """One group, or no evidence: a table with its columns, and nothing in it."""
    units = corpus(np.random.default_rng(1))
    full = compare(units, "polarity", group="outlet", rng=np.random.default_rng(2))
    for few in (units[units["outlet"] == "bode"], units.iloc[:0], units.assign(polarity=np.nan)):
        for reference in (None, OTHERS):
            found = compare(few, "polarity", group="outlet", reference=reference, rng=np.random.default_rng(2))
            assert found.empty and list(found.columns) == list(full.columns)
    assert power(units.iloc[:0], "polarity", difference=1.0, rng=np.random.default_rng(2)).empty


def test_order_of_rows_changes_nothing():
    """Same seed, other order, same table."""
    units = corpus(np.random.default_rng(1))
    one, other = (compare(table, "polarity", group="outlet", rng=np.random.default_rng(2)) for table in (units, units.sample(frac=1, random_state=1)))  # fmt: skip
    pd.testing.assert_frame_equal(one, other)


def test_two_voices_of_one_article_are_compared_within_it():
    """Articles differ much, voices within them a little: found only because articles are drawn whole."""
    rng = np.random.default_rng(4)
    mood = np.repeat(rng.normal(0, 3, 30), 2)
    units = pd.DataFrame({"article_id": np.repeat([f"a{n}" for n in range(30)], 2), "voice": ["own", "quoted"] * 30, "polarity": mood + np.tile([0.0, 0.5], 30) + rng.normal(0, 0.2, 60)})  # fmt: skip
    row = compare(units, "polarity", group="voice", rng=np.random.default_rng(1)).iloc[0]
    assert row["ci_high"] < 0 and row["p_value"] < 0.01


def test_many_tests_are_corrected():
    """Holm by hand: smallest times three, next times two; empty ones do not count."""
    found = adjust(pd.Series([0.01, 0.04, np.nan, 0.03]), "holm")
    assert found.tolist()[:2] == pytest.approx([0.03, 0.06])
    assert np.isnan(found[2]) and found[3] == pytest.approx(0.06)
    assert adjust(pd.Series([0.01, 0.04]), "none").tolist() == [0.01, 0.04]


def test_few_articles_give_a_difference_without_a_test():
    """Two articles a side: what was seen, and no more."""
    row = compare(
        corpus(np.random.default_rng(1), n_articles=4), "polarity", group="outlet", rng=np.random.default_rng(1)
    ).iloc[0]
    assert (
        np.isfinite(row["difference"])
        and np.isnan(row["p_value"])
        and np.isnan(row["ci_low"])
        and np.isnan(row["p_adjusted"])
    )


@pytest.mark.parametrize(
    ("sides", "has_interval"), [((4, 10), False), ((4, 4), False), ((5, 5), True), ((5, 20), True)]
)
def test_a_difference_rests_on_its_smaller_side(sides, has_interval):
    """Ten articles, five a side, or no interval; the test by permutation stands from three a side."""
    rng = np.random.default_rng(3)
    outlets = np.repeat(["a", "b"], sides)
    units = pd.DataFrame({"article_id": [f"x{n}" for n in range(len(outlets))], "outlet": outlets, "polarity": rng.normal(size=len(outlets))})  # fmt: skip
    row = compare(units, "polarity", group="outlet", rng=np.random.default_rng(1)).iloc[0]
    assert np.isfinite(row["ci_low"]) == has_interval and np.isfinite(row["p_value"])


def test_power_grows_with_articles_and_is_the_level_without_a_difference():
    """As the formula says: d = 0.8 with 26 a group has power 0.8 (Cohen, 1988)."""
    rng = np.random.default_rng(9)
    units = pd.DataFrame({"article_id": range(5000), "polarity": rng.normal(0, 1, 5000)})
    found = power(units, "polarity", difference=0.8, articles=[10, 26, 60], rng=rng, n_simulations=4000)
    assert found["power"].is_monotonic_increasing
    assert found["power"][1] == pytest.approx(0.80, abs=0.03)
    assert power(units, "polarity", difference=0.0, articles=[30], rng=rng)["power"][0] == pytest.approx(
        0.05, abs=0.025
    )


def test_hedges_g_of_equal_values_is_empty():
    """No spread, no standardised difference."""
    assert np.isnan(hedges_g(np.ones(3), np.ones(3)))


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"group": "krant"}, InputError, "lacks krant"),
        ({"group": "outlet", "reference": "telegraaf"}, UsageError, "use one of bode, courant"),
        ({"group": "outlet", "correction": "bonferoni"}, UsageError, "holm, fdr, none"),
    ],
)
def test_wrong_questions_are_refused(options, error, message):
    """With what to do instead."""
    with pytest.raises(error, match=message):
        compare(corpus(np.random.default_rng(1)), "polarity", rng=np.random.default_rng(1), **options)
