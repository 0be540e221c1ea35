"""Mixed models: the values that made the data come back, and what cannot be known stays empty."""

import numpy as np
import pytest

from analysis.contracts.errors import InputError, UsageError
from analysis.measures.mixed import TERMS, fit_mixed
from tests.test_measures_comparison import corpus


def test_a_mixed_model_finds_difference_and_variances():
    """Values that made the data come back."""
    rng = np.random.default_rng(8)
    table = fit_mixed(corpus(rng, n_articles=80, difference=0.4), "polarity", group="outlet").set_index("term")
    assert table.loc["outlet: courant", "estimate"] == pytest.approx(0.4, abs=0.25)
    assert table.loc["variance of article_id", "estimate"] == pytest.approx(0.25, abs=0.1)
    assert table.loc["residual variance", "estimate"] == pytest.approx(0.09, abs=0.02)
    assert table.loc["outlet: courant", "ci_low"] < 0.4 < table.loc["outlet: courant", "ci_high"]


def test_articles_of_one_day_share_a_mood():
    """A random intercept for days beside that for articles."""
    rng = np.random.default_rng(3)
    units = corpus(rng, n_articles=120, spread=0.3)
    day = units["article_id"].str[1:].astype(int) // 4
    units["published"] = day.map("d{:03d}".format)
    units["polarity"] += rng.normal(0, 0.6, 30)[day]
    table = fit_mixed(units, "polarity", group="outlet", within=["article_id", "published"]).set_index("term")
    assert table.loc["variance of published", "estimate"] == pytest.approx(0.36, abs=0.15)
    assert table.loc["variance of article_id", "estimate"] == pytest.approx(0.09, abs=0.05)
    assert table.loc["outlet: courant", "ci_low"] < 0 < table.loc["outlet: courant", "ci_high"]


def test_a_variance_of_zero_is_an_answer():
    """Articles without moods of their own: the difference is found all the same."""
    table = fit_mixed(corpus(np.random.default_rng(1), spread=0.0, difference=0.4), "polarity", group="outlet")
    table = table.set_index("term")
    assert table.loc["variance of article_id", "estimate"] == pytest.approx(0.0, abs=0.01)
    assert table.loc["outlet: courant", "estimate"] == pytest.approx(0.4, abs=0.1)


def test_a_small_variance_is_not_taken_for_a_large_one():
    """Where one optimiser stops far from the best fit, the other is believed."""
    table = fit_mixed(corpus(np.random.default_rng(3), spread=0.05), "polarity", group="outlet").set_index("term")
    assert table.loc["variance of article_id", "estimate"] < 0.02


def test_few_articles_give_no_model():
    """Groups of one or two articles are left out; where fewer than two groups remain there are no rows."""
    units = corpus(np.random.default_rng(1), n_articles=12)
    few = units.assign(outlet=units["outlet"].where(units["article_id"] > "a001", "gazet"))
    assert not fit_mixed(few, "polarity", group="outlet")["term"].str.contains("gazet").any()
    for nothing in (units[units["outlet"] == "bode"], units.iloc[:0], corpus(np.random.default_rng(1), n_articles=4)):
        found = fit_mixed(nothing, "polarity", group="outlet")
        assert found.empty and list(found.columns) == list(TERMS)


def test_units_that_do_not_vary_give_no_error():
    """Nothing to explain: the model does not converge, estimates are empty, and nothing is raised."""
    units = corpus(np.random.default_rng(1), n_articles=12).assign(polarity=0.0)
    found = fit_mixed(units, "polarity", group="outlet")
    assert len(found) and found["estimate"].isna().all()


def test_a_reference_of_too_few_articles_is_refused():
    """Nobody gets differences from another group than the one that was asked for."""
    units = corpus(np.random.default_rng(1), n_articles=12)
    few = units.assign(outlet=units["outlet"].where(units["article_id"] > "a001", "gazet"))
    with pytest.raises(UsageError, match="gazet"):
        fit_mixed(few, "polarity", group="outlet", reference="gazet")


def test_wrong_questions_are_refused():
    """With what to do instead."""
    units = corpus(np.random.default_rng(1))
    with pytest.raises(InputError, match="lacks krant"):
        fit_mixed(units, "polarity", group="krant")
    with pytest.raises(UsageError, match="use one of bode, courant"):
        fit_mixed(units, "polarity", group="outlet", reference="gazet")
