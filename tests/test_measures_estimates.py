"""Estimates resample articles, are reproducible, and say what they rest on."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.contracts.errors import InputError, UsageError
from analysis.corpus.duplicates import find_duplicates
from analysis.measures.estimates import add_sides, estimate, frame_units, tone_units
from analysis.runs.chain import code_articles


def units(*rows: tuple) -> pd.DataFrame:
    """Units with article, sentence, actor and polarity."""
    return pd.DataFrame(rows, columns=["article_id", "sentence_id", "actor_id", "polarity"])


SMALL = units(("a", 0, "x", 1.0), ("a", 1, "x", 0.0), ("b", 0, "x", -1.0), ("b", 0, "y", 0.5), ("c", 0, "x", np.nan))


def test_means_and_counts_are_those_of_the_known_units():
    """An empty value is no evidence: it counts nowhere."""
    table = estimate(SMALL, "polarity", rng=np.random.default_rng(1))
    assert table[["actor_id", "estimate", "n_articles", "n_units", "unit"]].to_dict("records") == [
        {"actor_id": "x", "estimate": 0.0, "n_articles": 2, "n_units": 3, "unit": "article"},
        {"actor_id": "y", "estimate": 0.5, "n_articles": 1, "n_units": 1, "unit": "article"},
    ]


@pytest.mark.parametrize(
    ("n_articles", "n_each", "has_interval"), [(9, 1, False), (10, 1, True), (4, 9, False), (5, 2, True)]
)
def test_ten_units_of_five_articles_or_no_interval(n_articles, n_each, has_interval):
    """Three units once had one; of few, drawing again gives back little but the units themselves."""
    rows = units(*[(f"a{i}", s, "x", float((i + s) % 3 - 1)) for i in range(n_articles) for s in range(n_each)])
    row = estimate(pd.concat([SMALL[:0], rows]), "polarity", rng=np.random.default_rng(1)).iloc[0]
    assert row["n_units"] == n_articles * n_each
    assert np.isfinite(row["ci_low"]) == np.isfinite(row["ci_high"]) == has_interval


def test_with_one_article_sentences_are_resampled_and_the_table_says_so():
    """An interval for a single article describes that article only."""
    table = estimate(
        units(*[("a", s, "x", [1.0, 0.0][s % 2]) for s in range(10)]), "polarity", rng=np.random.default_rng(1)
    )
    assert table["unit"].tolist() == ["sentence"]
    assert "over sentences" in table["method"][0]
    assert table["n_articles"].tolist() == [1]
    assert table["ci_low"][0] < 0.5 < table["ci_high"][0]


def test_the_same_seed_gives_the_same_interval_in_any_order_of_rows():
    """Order of rows is not part of a result."""
    rows = units(*[(f"a{i % 7}", i, "xy"[i % 2], float(i % 5) / 5) for i in range(40)])
    shuffled = rows.sample(frac=1, random_state=3)
    first = estimate(rows, "polarity", rng=np.random.default_rng(5))
    second = estimate(shuffled, "polarity", rng=np.random.default_rng(5))
    pd.testing.assert_frame_equal(first, second)


def test_intervals_over_articles_are_wider_than_over_rows_where_articles_differ():
    """Fifty sentences of five articles are not fifty articles."""
    rng = np.random.default_rng(2)
    tone = {f"a{i}": value for i, value in enumerate([-0.8, -0.2, 0.1, 0.3, 0.9])}
    rows = units(*[(a, s, "x", t + rng.normal(0, 0.05)) for a, t in tone.items() for s in range(10)])
    by_article = estimate(rows, "polarity", rng=np.random.default_rng(1))
    by_row = estimate(
        rows.assign(article_id=[f"r{i}" for i in range(len(rows))]), "polarity", rng=np.random.default_rng(1)
    )
    width = lambda table: (table["ci_high"] - table["ci_low"])[0]  # noqa: E731
    assert width(by_article) > 1.8 * width(by_row)


def test_one_text_in_three_outlets_is_one_draw():
    """It counts three times in the mean, and adds no certainty; where nothing repeats, nothing changes."""
    tone = [-0.9, -0.4, 0.1, 0.8, -0.7, 0.2, 0.5, -0.1, 0.6, -0.3]
    once = units(*[(f"a{i}", 0, "x", t) for i, t in enumerate(tone)])
    thrice = units(*[(f"a{i}{copy}", 0, "x", t) for i, t in enumerate(tone) for copy in "pqr"])
    told = thrice.assign(story_id=thrice["article_id"].str[:2] + "p")
    first, apart, together = (
        estimate(rows, "polarity", rng=np.random.default_rng(1))
        for rows in (once.assign(story_id=once["article_id"]), thrice, told)
    )
    bounds = ["estimate", "ci_low", "ci_high"]
    np.testing.assert_allclose(together[bounds], first[bounds])
    assert (apart["ci_high"] - apart["ci_low"])[0] < 0.75 * (together["ci_high"] - together["ci_low"])[0]
    assert together["n_articles"][0] == 30
    assert "the same text as one" in together["method"][0]
    pd.testing.assert_frame_equal(first, estimate(once, "polarity", rng=np.random.default_rng(1)))


def test_units_know_the_story_of_an_article(make_articles, seed_codebook):
    """Copies have that of the first."""
    text = "De Amerikaanse president loog, zegt Iran. Trump prees Irak."
    articles = make_articles(text, text, "De corrupte Trump zweeg.")
    articles = articles.assign(duplicate_of=find_duplicates(articles))
    tables = code_articles(articles, seed_codebook, methods=["lexicon"], reading="rules")
    for rows in (tone_units(tables), frame_units(tables, frame_ids=list(seed_codebook.frames))):
        stories = dict(zip(rows["article_id"], rows["story_id"], strict=True))
        first, second, other = sorted(stories)
        assert [stories[first], stories[second], stories[other]] == [first, first, other]


def test_sides_add_up_and_nothing_has_none():
    """Also where nobody is evaluated: the columns are there, and no row."""
    rows = units(("a", 0, "x", -1.0), ("a", 1, "x", 0.2), ("b", 0, "x", 0.25), ("b", 1, "y", 0.0))
    found = add_sides(estimate(rows, "polarity", rng=np.random.default_rng(1)), rows)
    sides = ["n_negative", "n_neutral", "n_positive"]
    assert found[["actor_id", *sides]].to_numpy().tolist() == [["x", 1, 1, 1], ["y", 0, 1, 0]]
    assert (found[sides].sum(axis=1) == found["n_units"]).all()
    whole = add_sides(estimate(rows, "polarity", by=[], rng=np.random.default_rng(1)), rows)
    assert whole[sides].to_numpy().tolist() == [[1, 2, 1]]
    nothing = add_sides(estimate(SMALL[:0], "polarity", rng=np.random.default_rng(1)), SMALL[:0])
    assert nothing.empty and set(sides) <= set(nothing.columns)


def test_no_units_give_an_empty_table():
    """No evidence is no row, not a zero."""
    assert estimate(SMALL[:0], "polarity", rng=np.random.default_rng(1)).empty


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"measure": "tone"}, InputError, "lacks tone; it has article_id"),
        ({"level": 1.0}, UsageError, "between 0 and 1"),
        ({"n_draws": 0}, UsageError, "at least 1"),
    ],
)
def test_wrong_arguments_are_named(change, error, message):
    """The message says which argument, and what there is."""
    arguments = {"measure": "polarity", "rng": np.random.default_rng(1)} | change
    with pytest.raises(error, match=message):
        estimate(SMALL, **arguments)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3), st.floats(-1, 1)), min_size=1, max_size=20))
def test_intervals_stay_within_the_data(rows):
    """A mean lies between the smallest and the largest value, and its interval too."""
    table = estimate(units(*[(a, s, "x", v) for a, s, v in rows]), "polarity", rng=np.random.default_rng(1), n_draws=50)
    values = [value for _, _, value in rows]
    for bound in ("ci_low", "estimate", "ci_high"):
        known = table[bound].dropna()
        assert known.between(min(values) - 1e-9, max(values) + 1e-9).all()


def test_tone_units_tell_the_outlets_voice_from_quoted_ones(seed_tables):
    """Every evaluation is one unit, in one of two voices."""
    found = tone_units(seed_tables)
    judged = seed_tables.evaluations[seed_tables.evaluations["method"] == "model"]
    assert len(found) == len(judged)
    assert set(found["voice"]) <= {"own voice", "quoted"}
    assert (found["voice"] == "own voice").sum() == (judged["source_id"] == "author").sum()


def test_frame_units_hold_every_sentence_and_frame(seed_tables, seed_codebook):
    """Absence is a unit too: a share needs its denominator."""
    found = frame_units(seed_tables, frame_ids=list(seed_codebook.frames))
    in_text = (seed_tables.sentences["part"] != "caption").sum()
    assert len(found) == in_text * len(seed_codebook.frames)
    assert set(found["present"]) == {0.0, 1.0}


def test_one_article_that_is_itself_the_unit_has_an_estimate_without_interval():
    """Nothing can be drawn again, and nothing is refused; several units of one article need their sentences."""
    units = pd.DataFrame({"article_id": ["a", "a"], "frame_id": ["x", "y"], "carried": [1.0, 0.0]})
    found = estimate(units, "carried", by=["frame_id"], rng=np.random.default_rng(1))
    assert found[["frame_id", "estimate", "unit"]].to_numpy().tolist() == [["x", 1.0, "article"], ["y", 0.0, "article"]]
    assert found["ci_low"].isna().all()
    with pytest.raises(InputError, match="no column sentence_id"):
        estimate(units, "carried", by=[], rng=np.random.default_rng(1))
