"""Correction: right on average although the coder errs, and equal to what is published."""

import numpy as np
import pandas as pd
import pytest

from analysis.contracts.errors import InputError, UsageError
from analysis.measures.correction import correct_means, correct_slopes, prediction_powered_mean
from analysis.measures.least_squares import fit_linear

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
    ones = np.ones(len(units))
    fit = fit_linear(ones[:, None], units["machine"].to_numpy(), units["article_id"].to_numpy(), ones)
    sums = np.array([1 + 2 - 8, 3 + 4 - 8, 5 + 9 - 8])
    assert fit.estimates[0] == pytest.approx(4) and fit.freedom == 2
    assert fit.errors[0] == pytest.approx(np.sqrt(3 / 2 * (sums**2).sum()) / 6)
    ten = pd.DataFrame(
        {"article_id": list("abcdefghij"), "machine": np.arange(10.0), "human": np.arange(10.0), "p": 1.0}
    )
    row = correct_means(ten, **COLUMNS).iloc[0]
    assert row["ci_high"] - 4.5 == pytest.approx(2.2621571627409915 * np.arange(10.0).std(ddof=1) / np.sqrt(10))


@pytest.mark.parametrize(("n_coded", "has_interval"), [(9, False), (10, True)])
def test_an_interval_asks_for_ten_gold_codes_however_many_units_there_are(n_coded, has_interval):
    """A label of 14 hid three coded articles: the table says how many gold codes each estimate rests on."""
    rng = np.random.default_rng(5)
    units = pd.DataFrame(
        {"article_id": [f"a{n}" for n in range(40)], "tone": rng.uniform(-1, 1, 40), "p": n_coded / 40}
    )
    units["human"] = pd.Series(rng.choice([-1.0, 0.0, 1.0], 40)).where(units.index < n_coded)
    for correction in ("dsl", "ppi"):
        found = correct_means(units, predicted="tone", coded="human", probability="p", correction=correction)
        found = found.set_index("estimator")
        assert found["n_coded"].to_dict() == {"naive": 0, "corrected": n_coded, "coded": n_coded}
        assert np.isfinite(found.loc["naive", "ci_low"])
        assert np.isfinite(found.loc[["corrected", "coded"], "ci_low"]).eq(has_interval).all()


def test_a_difference_asks_for_five_gold_codes_on_either_side():
    """Twelve codes, three of them after the turn, make no interval of the change."""
    rng = np.random.default_rng(6)
    units = pd.DataFrame({"article_id": [f"a{n}" for n in range(40)], "tone": rng.uniform(-1, 1, 40), "p": 0.3})
    units["is_after"] = (units.index % 2).astype(float)
    coded = (units["is_after"].eq(0) & (units.index < 18)) | (units["is_after"].eq(1) & (units.index < 6))
    units["human"] = pd.Series(rng.choice([-1.0, 0.0, 1.0], 40)).where(coded)
    found = correct_slopes(units, ["is_after"], predicted="tone", coded="human", probability="p")
    found = found[found["term"] == "is_after"].set_index("estimator")
    assert found["n_coded"].to_dict() == {"naive": 0, "corrected": 12, "coded": 12}
    assert found["ci_low"].notna().to_dict() == {"naive": True, "corrected": False, "coded": False}


def test_intervals_keep_to_the_scale():
    """A share lies between 0 and 1, a tone between -1 and 1, a difference of tones within two."""
    codes = [0.0] * 11 + [1.0]
    units = pd.DataFrame({"article_id": list("abcdefghijkl"), "carried": 0.0, "human": codes, "p": 0.4})
    columns = {"coded": "human", "probability": "p"}
    for measure, low, shift in (("carried", 0.0, 0.0), ("tone", -1.0, -1.0)):
        table = units.rename(columns={"carried": measure}).assign(**{"human": units["human"] + shift, measure: shift})
        found = correct_means(table, predicted=measure, **columns).set_index("estimator").loc["coded"]
        assert found["ci_low"] == low and found["ci_low"] <= found["estimate"] <= found["ci_high"] <= low + 1
    assert correct_means(units.rename(columns={"carried": "n"}), predicted="n", **columns)["ci_low"].min() < 0
    side = units.assign(tone=0.0, human=[-1.0, 1.0] * 6, side=[0, 1] * 6).assign(
        human=lambda t: t["human"] * 1.0, p=0.2
    )
    found = correct_slopes(side, ["side"], predicted="tone", **columns)
    assert found.loc[found["term"] == "side", ["estimate", "ci_low", "ci_high"]].abs().max().max() <= 2


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
