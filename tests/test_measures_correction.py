"""Correction: right on average although the coder errs, and equal to what is published."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError, UsageError
from analysis.measures.correction import correct_means, correct_slopes, prediction_powered_mean

COLUMNS = {"predicted": "machine", "coded": "human", "probability": "p"}


def draw(rng, n_articles=60, per_article=10):
    """Units of two outlets; the machine misses half of the negative ones and reddens outlet 1 without reason."""
    article = np.repeat(np.arange(n_articles), per_article)
    outlet = article % 2
    mood = rng.normal(0, 0.8, n_articles)[article]
    truth = (rng.random(len(article)) < 1 / (1 + np.exp(-(mood + 0.4 * outlet)))).astype(float)
    machine = np.where(truth == 1, rng.random(len(article)) < 0.5 + 0.3 * outlet, rng.random(len(article)) < 0.1)
    p = np.where(machine, 0.5, 0.3)  # stratified by what the machine said
    human = np.where(rng.random(len(article)) < p, truth, np.nan)
    return pd.DataFrame(
        {"article_id": [f"a{one:03d}" for one in article], "outlet": outlet, "machine": machine.astype(float),
         "human": human, "p": p}
    )  # fmt: skip


def true_values():
    """Mean per outlet in a population so large that chance is gone."""
    rng = np.random.default_rng(0)
    mood = rng.normal(0, 0.8, 2_000_000)
    return [float((1 / (1 + np.exp(-(mood + 0.4 * outlet)))).mean()) for outlet in (0, 1)]


@pytest.mark.parametrize("correction", ["dsl", "ppi"])
def test_corrected_intervals_hold_the_truth_and_naive_ones_do_not(correction):
    """A biased coder, 1,000 draws: 93 to 97 % of the corrected intervals cover, fewer than 60 % of the naive ones."""
    low, high = true_values()
    rng = np.random.default_rng(7)
    covered = {"mean": {"naive": 0, "corrected": 0}, "difference": {"naive": 0, "corrected": 0}}
    for _ in range(1000):
        units = draw(rng)
        means = correct_means(units, by=["outlet"], correction=correction, **COLUMNS)
        slopes = correct_slopes(units, ["outlet"], correction=correction, **COLUMNS)
        for name in ("naive", "corrected"):
            mean = means[(means["outlet"] == 0) & (means["estimator"] == name)].iloc[0]
            slope = slopes[(slopes["term"] == "outlet") & (slopes["estimator"] == name)].iloc[0]
            covered["mean"][name] += mean["ci_low"] <= low <= mean["ci_high"]
            covered["difference"][name] += slope["ci_low"] <= high - low <= slope["ci_high"]
    for counts in covered.values():
        assert 930 <= counts["corrected"] <= 970, covered
        assert counts["naive"] < 600, covered


def test_a_perfect_coder_is_left_as_it_is():
    """Where machine and human agree, the correction changes nothing."""
    units = draw(np.random.default_rng(1))
    units["human"] = units["machine"].where(units["human"].notna())
    found = correct_means(units, **COLUMNS).set_index("estimator")
    assert found.loc["naive", "estimate"] == pytest.approx(found.loc["corrected", "estimate"])
    assert found.loc["naive", "ci_low"] == pytest.approx(found.loc["corrected", "ci_low"])


def test_prediction_powered_means_do_not_depend_on_how_many_were_drawn():
    """Every code is one, the machine says zero: all that were drawn say one, so the mean is one, on the scale."""
    units = pd.DataFrame(
        {"article_id": [f"a{n}" for n in range(10)], "machine": 0.0, "human": [1.0] * 7 + [np.nan] * 3, "p": 0.5}
    )
    for correction, expected in (("dsl", 1.4), ("ppi", 1.0)):
        found = correct_means(units, correction=correction, **COLUMNS).set_index("estimator")
        assert found.loc["corrected", "estimate"] == pytest.approx(expected)
        assert correction == "dsl" or "prediction-powered" in found.loc["corrected", "method"]


def test_prediction_powered_means_of_a_simple_sample_are_the_published_ones():
    """One probability for all: the estimate is that of `prediction_powered_mean` over all units, with full power."""
    units = draw(np.random.default_rng(4)).assign(p=0.4)
    coded = units[units["human"].notna()]
    published = prediction_powered_mean(coded["human"], coded["machine"], units["machine"], power=1)
    found = correct_means(units, correction="ppi", **COLUMNS).set_index("estimator")
    assert found.loc["corrected", "estimate"] == pytest.approx(published[0])


def test_a_group_in_which_nothing_was_coded_has_a_naive_estimate_only():
    """The machine's number stands, and nothing is made up beside it."""
    units = draw(np.random.default_rng(1))
    units["human"] = units["human"].where(units["outlet"] == 0)
    for correction in ("dsl", "ppi"):
        found = correct_means(units, by=["outlet"], correction=correction, **COLUMNS).set_index(["outlet", "estimator"])
        assert found["estimate"].isna().tolist() == [False] * 4 + [True] * 2
    nothing = correct_means(units.iloc[:0], by=["outlet"], **COLUMNS)
    assert nothing.empty and list(nothing.columns)[:2] == ["outlet", "estimator"]


def test_an_unknown_correction_is_refused():
    """With those there are."""
    with pytest.raises(UsageError, match="use dsl or ppi"):
        correct_means(draw(np.random.default_rng(1)), correction="magic", **COLUMNS)


def test_the_order_of_rows_changes_nothing():
    """Same rows, other order, same table."""
    units = draw(np.random.default_rng(2))
    shuffled = units.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(
        correct_means(units, by=["outlet"], **COLUMNS), correct_means(shuffled, by=["outlet"], **COLUMNS)
    )


def test_least_squares_with_clusters_worked_by_hand():
    """Three clusters of two: mean, and the CR1 standard error by its formula."""
    units = pd.DataFrame(
        {"article_id": list("aabbcc"), "machine": [1.0, 2, 3, 4, 5, 9], "human": [1.0, 2, 3, 4, 5, 9], "p": 1.0}
    )
    row = correct_means(units, **COLUMNS).iloc[0]
    sums = np.array([1 + 2 - 8, 3 + 4 - 8, 5 + 9 - 8])
    error = np.sqrt(3 / 2 * (sums**2).sum()) / 6
    assert row["estimate"] == 4
    assert row["ci_high"] - 4 == pytest.approx(4.302652729911275 * error)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"p": 0.0}, "above 0"),
        ({"p": 1.5}, "up to 1"),
        ({"machine": np.nan}, "coded every unit"),
        ({"human": np.nan}, "code a sample first"),
    ],
)
def test_what_cannot_be_corrected_is_refused(change, message):
    """With a message that says what to do."""
    with pytest.raises(InputError, match=message):
        correct_means(draw(np.random.default_rng(1)).assign(**change), **COLUMNS)


def test_terms_that_cannot_be_told_apart_are_refused():
    """An outlet and its mirror."""
    units = draw(np.random.default_rng(1)).assign(other=lambda table: 1 - table["outlet"])
    with pytest.raises(InputError, match="told apart"):
        correct_slopes(units, ["outlet", "other"], **COLUMNS)


def test_few_articles_give_no_interval():
    """Two articles: an estimate alone."""
    found = correct_means(draw(np.random.default_rng(1), n_articles=2), **COLUMNS)
    assert found["estimate"].notna().all() and found["ci_low"].isna().all()


def test_prediction_powered_means_equal_the_published_package():
    """Same numbers as ppi_py 0.2.3 (`ppi_mean_ci`, alpha 0.05) on the same draws, with its own and with fixed weights."""
    rng = np.random.default_rng(11)
    human = rng.random(40).round(2)
    machine = (human * 0.6 + 0.3 + rng.normal(0, 0.1, 40)).round(2)
    rest = (rng.random(200) * 0.6 + 0.3).round(2)
    published = {
        1: (0.47355, 0.42095051342613843, 0.5261494865738616),
        None: (0.47355, 0.42095051342613843, 0.5261494865738616),
        0: (0.4725, 0.38378659225737666, 0.5612134077426233),
    }
    for power, expected in published.items():
        assert prediction_powered_mean(human, machine, rest, power=power) == pytest.approx(expected, abs=1e-12)

    human = (rng := np.random.default_rng(12)).random(50) < 0.4
    machine = np.where(rng.random(50) < 0.7, human, ~human)
    found = prediction_powered_mean(human, machine, rng.random(300) < 0.5)
    assert found == pytest.approx((0.39188977499101924, 0.26160180554443335, 0.5221777444376051), abs=1e-12)
