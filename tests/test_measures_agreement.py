"""Agreement: the published worked example, the edges, and properties of intervals."""

from fractions import Fraction

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.contracts.errors import InputError, UsageError
from analysis.measures.agreement import agreement, alpha_of, unit_coincidences

# Krippendorff (2011), section C: four observers, twelve units, missing codes written as `.`
PUBLISHED = {
    "a": "1 2 3 3 2 1 4 1 2 . . .",
    "b": "1 2 3 3 2 2 4 1 2 5 . 3",
    "c": ". 3 3 3 2 3 4 2 2 5 1 .",
    "d": "1 2 3 3 2 4 4 1 2 5 1 .",
}


def published_codes() -> pd.DataFrame:
    rows = [
        {"unit": unit, "coder": coder, "code": int(code) if code != "." else None}
        for coder, codes in PUBLISHED.items()
        for unit, code in enumerate(codes.split(), start=1)
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_of_the_published_example(level, alpha):
    """The worked example of Krippendorff (2011) gives the published values."""
    found = agreement(published_codes(), level=level, rng=np.random.default_rng(1)).iloc[0]
    assert round(found["alpha"], 3) == alpha
    assert (found["n_units"], found["n_coders"], found["n_codes"]) == (11, 4, 40)
    assert found["alpha_low"] < found["alpha"] < found["alpha_high"] <= 1


def test_percent_agreement_counts_pairs_of_coders():
    """Two of three coders agreeing is one pair in three; a unit with one code does not count."""
    codes = pd.DataFrame(
        {"unit": [1, 1, 1, 2, 2, 3], "coder": ["a", "b", "c", "a", "b", "a"], "code": ["x", "x", "y", "x", "x", "y"]}
    )
    found = agreement(codes, rng=np.random.default_rng(1)).iloc[0]
    assert found["percent_agreement"] == pytest.approx((1 / 3 + 1) / 2)
    assert found["n_units"] == 2


def test_variables_are_scored_apart():
    """A column `variable` gives one row per variable, sorted."""
    codes = pd.DataFrame(
        {
            "variable": ["tone"] * 4 + ["frame"] * 4,
            "unit": [1, 1, 2, 2] * 2,
            "coder": ["a", "b"] * 4,
            "code": [1, 1, 0, 0, 1, 0, 0, 1],
        }
    )
    found = agreement(codes, rng=np.random.default_rng(1))
    assert list(found["variable"]) == ["frame", "tone"]
    assert list(found["alpha"].round(3)) == [-0.5, 1.0]


def test_codes_without_variation_have_no_alpha():
    """When all codes are the same, alpha is empty and percent agreement is 1."""
    codes = pd.DataFrame({"unit": [1, 1, 2, 2], "coder": ["a", "b"] * 2, "code": [1, 1, 1, 1]})
    found = agreement(codes, rng=np.random.default_rng(1)).iloc[0]
    assert np.isnan(found["alpha"])
    assert found["percent_agreement"] == 1


def test_ordinal_texts_follow_the_given_order():
    """The order of text codes is the caller's, not the alphabet's."""
    codes = pd.DataFrame(
        {"unit": [1, 1, 2, 2, 3, 3], "coder": ["a", "b"] * 3, "code": ["low", "mid", "high", "high", "low", "low"]}
    )
    near = agreement(codes, level="ordinal", values=["low", "mid", "high"], rng=np.random.default_rng(1))["alpha"][0]
    far = agreement(codes, level="ordinal", values=["low", "high", "mid"], rng=np.random.default_rng(1))["alpha"][0]
    assert near > far


def test_the_same_seed_gives_the_same_interval_in_any_row_order():
    """Rows may come in any order."""
    codes = published_codes()
    first = agreement(codes, rng=np.random.default_rng(7))
    second = agreement(codes.iloc[::-1], rng=np.random.default_rng(7))
    pd.testing.assert_frame_equal(first, second)


def test_wrong_tables_are_refused_with_what_to_do():
    """Each mistake is named."""
    codes = pd.DataFrame({"unit": [1, 1, 2, 2], "coder": ["a", "b"] * 2, "code": ["x", "y", "x", "x"]})
    rng = np.random.default_rng(1)
    with pytest.raises(InputError, match="lacks code"):
        agreement(codes.drop(columns="code"), rng=rng)
    with pytest.raises(InputError, match="coder a codes unit 1 twice"):
        agreement(pd.concat([codes, codes.head(1)]), rng=rng)
    with pytest.raises(InputError, match="no unit is coded by two coders"):
        agreement(codes.head(1), rng=rng)
    with pytest.raises(InputError, match="interval codes must be numbers"):
        agreement(codes, level="interval", rng=rng)
    with pytest.raises(InputError, match="'y' is not among `values`"):
        agreement(codes, values=["x", "z"], rng=rng)
    with pytest.raises(UsageError, match="unknown level 'ratio'"):
        agreement(codes, level="ratio", rng=rng)
    with pytest.raises(UsageError, match="n_draws"):
        agreement(codes, n_draws=0, rng=rng)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), min_size=2, max_size=12),
    st.sampled_from(["nominal", "ordinal", "interval"]),
)
def test_the_draws_use_the_formula_of_the_package(rows, level):
    """Alpha of summed coincidences equals the package's alpha on the same counts."""
    counts = np.asarray(rows, dtype=float)
    counts = counts[counts.sum(axis=1) > 1]
    if not len(counts) or np.count_nonzero(counts.sum(axis=0)) < 2:
        return
    scale = np.asarray([-1.0, 0.0, 1.0, 3.0])
    ours = float(alpha_of(unit_coincidences(counts).sum(axis=0), scale, level=level))
    theirs = krippendorff.alpha(value_counts=counts, value_domain=scale, level_of_measurement=level)
    assert ours == pytest.approx(theirs, abs=1e-9)


# The paper's three nominal examples: A two observers and two values, B two observers and five, C as above.
EXAMPLES = {
    "A": (("0100000010", "1110010000"), 0.0952),
    "B": (("aabbdcccedda", "babbbccceddd"), 0.6920),
    "C": (tuple(codes.replace(" ", "") for codes in PUBLISHED.values()), 0.7434),
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_alpha_of_the_published_examples_to_four_decimals(example):
    """Krippendorff (2011) prints 0.095, 0.692 and 0.743; his formula gives these four decimals."""
    coders, alpha = EXAMPLES[example]
    rows = [
        {"unit": unit, "coder": number, "code": code}
        for number, codes in enumerate(coders)
        for unit, code in enumerate(codes)
        if code != "."
    ]
    found = agreement(pd.DataFrame(rows), rng=np.random.default_rng(1), n_draws=10).iloc[0]
    assert round(found["alpha"], 4) == alpha


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
def test_alpha_is_that_of_the_published_matrix_of_coincidences(level):
    """Example C by exact fractions from the printed matrix, to far beyond four decimals."""
    third = Fraction(1, 3)
    matrix = [
        [7, 4 * third, third, third, 0], [4 * third, 10, 4 * third, third, 0], [third, 4 * third, 8, third, 0],
        [third, third, third, 4, 0], [0, 0, 0, 0, 3],
    ]  # fmt: skip
    totals = [sum(row) for row in matrix]
    assert totals == [9, 13, 10, 5, 3]

    def distance(c, k):
        if level == "nominal":
            return int(c != k)
        if level == "interval":
            return (c - k) ** 2
        low, high = min(c, k), max(c, k)
        return (sum(totals[low : high + 1]) - Fraction(totals[low] + totals[high], 2)) ** 2

    cells = [(c, k) for c in range(5) for k in range(5)]
    observed = sum(matrix[c][k] * distance(c, k) for c, k in cells)
    expected = sum(totals[c] * totals[k] * distance(c, k) for c, k in cells) / Fraction(sum(totals) - 1)
    found = agreement(published_codes(), level=level, rng=np.random.default_rng(1), n_draws=10).iloc[0]
    assert found["alpha"] == pytest.approx(float(1 - observed / expected), abs=1e-12)
    assert round(found["alpha"], 4) == {"nominal": 0.7434, "ordinal": 0.8154, "interval": 0.8491}[level]
