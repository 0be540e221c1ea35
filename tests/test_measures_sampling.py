"""Sampling: probabilities are what they say, draws depend on seed and units alone, and no stratum goes unseen."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.contracts.errors import InputError, UsageError
from analysis.measures.correction import correct_means
from analysis.measures.sampling import allocate, draw_sample, machine_codes, plan_sample, plan_units
from analysis.measures.sampling_units import list_units, name_uncertainty
from tests.hand_coding_tables import make_tables

TABLES = make_tables()


def test_units_are_mentions_sentences_with_a_frame_and_articles_with_an_actor():
    """Twelve articles of eight sentences (one a caption), two actors and two frames."""
    counts = {unit: len(list_units(TABLES, unit=unit)) for unit in ("evaluation", "sentence", "article")}
    assert counts == {"evaluation": 96, "sentence": 12 * 7 * 2, "article": 24}
    assert len(list_units(TABLES, unit="sentence", captions=True)) == 12 * 8 * 2
    for unit in counts:
        assert list_units(TABLES, unit=unit)["unit"].is_unique


def test_the_machine_code_of_a_unit_is_its_most_probable_class():
    """Class, score and doubt of the four kinds of sentence, from their probabilities."""
    units = list_units(TABLES).set_index("unit").loc[[f"a00:m0000{place}" for place in range(4)]]
    assert units["predicted"].tolist() == [0, -1, 1, 0]
    assert units["score"].round(2).tolist() == [0.0, -0.8, 0.5, -0.1]
    assert units["uncertainty"].round(2).tolist() == [0.1, 0.15, 0.4, 0.5]
    assert units["uncertainty_level"].tolist() == ["low", "low", "high", "high"]
    assert name_uncertainty(float("nan")) == "unknown"


def test_a_method_without_probabilities_has_a_class_and_no_certainty():
    """The lexicon's units are the mentions it judged."""
    units = list_units(TABLES, method="lexicon")
    assert set(units["predicted"]) == {-1}
    assert set(units["uncertainty_level"]) == {"unknown"}
    with pytest.raises(InputError, match="no evaluation is by the method 'vader'"):
        list_units(TABLES, method="vader")


def test_an_article_without_evidence_has_no_machine_code():
    """Missing is not neutral, and is a stratum of its own."""
    units = list_units(TABLES, unit="article").set_index("unit")
    assert pd.isna(units.loc["a00:actor:mayor", "predicted"])
    sample = draw_sample(TABLES, n=24, unit="article", by=["predicted"], seed=1)
    assert "predicted=none" in set(sample["stratum"])
    codes = machine_codes(sample).set_index("unit")["code"]
    assert codes["a00:actor:mayor"] is None
    assert codes["a01:actor:mayor"] == 0


def test_a_frame_is_predicted_where_an_indicator_answers_yes():
    """One row per sentence and frame, present or not."""
    units = list_units(TABLES, unit="sentence").set_index("unit")
    assert units.loc["a03:s1:conflict", "predicted"] == 1
    assert units.loc["a03:s1:economic", "predicted"] == 0
    assert set(list_units(TABLES, unit="sentence", frames=["economic"])["variable"]) == {"economic"}


def test_what_a_coder_sees_is_the_sentence_with_its_neighbours_and_the_marked_words():
    """Text and context are slices of the article; the mark holds the mention."""
    sample = draw_sample(TABLES, n=96, seed=3).set_index("unit")
    texts = dict(zip(TABLES.articles["article_id"], TABLES.articles["text"], strict=True))
    for row in sample.itertuples():
        assert row.text[row.mark_start : row.mark_end] in {"Jansen", "Waalbouw"}
        for shown in (row.before, row.text, row.after):
            assert pd.isna(shown) or shown in texts[row.article_id]
    assert sample.loc["a01:m00002", "before"] == "Jansen opent de brug. De raad noemt Jansen onbetrouwbaar."
    assert pd.isna(sample.loc["a01:m00000", "before"])
    assert pd.isna(sample.loc["a01:m00007", "after"])
    assert draw_sample(TABLES, n=5, seed=3, context=0)["before"].isna().all()


def test_a_draw_depends_on_the_seed_and_not_on_the_order_of_rows():
    """Shuffled tables, the same sample, row for row; another seed, another sample."""
    shuffled = replace(
        TABLES,
        **{
            name: getattr(TABLES, name).sample(frac=1, random_state=5).reset_index(drop=True)
            for name in ("articles", "sentences", "mentions", "evaluations", "features", "frames")
        },
    )
    for unit, by in (("evaluation", ["actor", "predicted"]), ("sentence", ["frame"]), ("article", ["outlet"])):
        options = {"n": 20, "unit": unit, "by": by, "at_least": 2}
        sample = draw_sample(TABLES, seed=11, **options)
        pd.testing.assert_frame_equal(sample, draw_sample(shuffled, seed=11, **options))
        assert list(sample["unit"]) != list(draw_sample(TABLES, seed=12, **options)["unit"])


def test_a_larger_sample_holds_the_smaller():
    """Coding more later wastes nothing."""
    small, large = draw_sample(TABLES, n=10, seed=2), draw_sample(TABLES, n=30, seed=2)
    assert list(small["unit"]) == list(large["unit"][:10])


def test_the_stated_probability_is_how_often_a_unit_is_drawn():
    """Over 400 seeds every unit comes up as often as its probability says, within four standard errors."""
    units = list_units(make_tables(3))
    options = {"n": 13, "by": ["predicted"], "at_least": 4}
    plan = plan_units(units, seed=0, **options).set_index("unit")
    counts = pd.Series(0, index=plan.index)
    for seed in range(400):
        drawn = plan_units(units, seed=seed, **options)
        counts[drawn.loc[drawn["is_drawn"], "unit"]] += 1
    assert plan["probability"].min() < plan["probability"].max()
    error = np.sqrt(plan["probability"] * (1 - plan["probability"]) / 400)
    assert ((counts / 400 - plan["probability"]).abs() <= 4 * error).all()


def test_every_stratum_is_seen_and_the_numbers_add_up():
    """By outlet, actor, class and uncertainty at once."""
    by = ["outlet", "actor", "predicted", "uncertainty"]
    sample = draw_sample(TABLES, n=60, by=by, seed=4, at_least=2)
    plan = plan_sample(TABLES, n=60, by=by, seed=4, at_least=2)
    assert set(sample["stratum"]) == set(plan["stratum"])
    assert sample["stratum"].value_counts().min() >= 2
    assert len(sample) == plan["is_drawn"].sum() == 60
    assert plan["probability"].sum() == pytest.approx(60)
    assert (1 / sample["probability"]).sum() == pytest.approx(len(plan))
    assert "outlet=none; actor=mayor; predicted=-1; uncertainty=low" in set(plan["stratum"])


def test_the_plan_feeds_the_correction():
    """All units with their probability, codes for the drawn: a biased machine is put right on average."""
    corrected, naive = [], 0.0
    units = list_units(TABLES)
    for seed in range(100):
        plan = plan_units(units, n=40, by=["predicted"], seed=seed)
        truth = plan["score"] - 0.3  # the machine is too kind by a constant and half a class more where it is sure
        truth = truth - 0.5 * (plan["uncertainty_level"] == "low")
        plan["human"] = truth.where(plan["is_drawn"])
        found = correct_means(plan, predicted="score", coded="human", probability="probability")
        values = found.set_index("estimator")["estimate"]
        corrected.append(values["corrected"])
        naive = values["naive"]
    assert np.mean(corrected) == pytest.approx(truth.mean(), abs=0.02)
    assert abs(naive - truth.mean()) > 0.4


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 60), min_size=1, max_size=8),
    st.floats(0, 1),
    st.integers(1, 6),
    st.sampled_from(["proportional", "equal"]),
)
def test_allocation_keeps_its_promises(sizes, share, at_least, allocation):
    """The sum is n, nobody gets more than there is or less than the least, in whatever order the strata come."""
    least = sum(min(size, at_least) for size in sizes.values())
    n = least + round(share * (sum(sizes.values()) - least))
    given_out = allocate(sizes, n, allocation=allocation, at_least=at_least)
    assert sum(given_out.values()) == n
    assert all(min(size, at_least) <= given_out[name] <= size for name, size in sizes.items())
    backwards = dict(sorted(sizes.items(), reverse=True))
    assert allocate(backwards, n, allocation=allocation, at_least=at_least) == given_out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"unit": "word"}, "unknown unit 'word'; use one of evaluation, sentence, article"),
        ({"by": ["mood"]}, "cannot stratify by 'mood'"),
        ({"by": "outlet"}, "give a list"),
        ({"allocation": "optimal"}, "unknown allocation 'optimal'"),
        ({"n": 0}, "at least 1"),
        ({"n": 97}, "there are 96 units; draw 96 or fewer"),
        ({"n": 6, "by": ["actor", "predicted"]}, "30 units are needed to draw 5 from each of 6 strata"),
        ({"unit": "sentence", "actors": ["mayor"]}, "`actors` goes with"),
        ({"frames": ["conflict"]}, "`frames` with sentence"),
        ({"context": -1}, "context must be 0 or more"),
    ],
)
def test_wrong_wishes_are_answered(options, message):
    """One line that says what to do."""
    with pytest.raises(UsageError, match=message):
        draw_sample(TABLES, **({"n": 10, "seed": 1} | options))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"actors": ["mayor", "king"]}, "no evaluation is about king"),
        ({"unit": "sentence", "frames": ["sports"]}, "no frame sports in these tables; they have conflict, economic"),
        ({"unit": "article", "method": "vader"}, "no evaluation is by the method 'vader'"),
    ],
)
def test_what_is_not_there_is_named(options, message):
    """An id that does not occur is no empty sample."""
    with pytest.raises(InputError, match=message):
        draw_sample(TABLES, **({"n": 5, "seed": 1} | options))


def test_a_corpus_without_units_cannot_be_drawn_from():
    """No actor, no evaluation."""
    nothing = replace(TABLES, evaluations=TABLES.evaluations.iloc[:0])
    with pytest.raises(InputError, match="there is no unit to draw from"):
        draw_sample(nothing, n=1, seed=1)


@pytest.mark.parametrize("unit", ["evaluation", "sentence", "article"])
def test_a_story_printed_twice_is_drawn_from_once(unit: str) -> None:
    """Units of a text that repeats another are left out, unless asked for; probabilities count what is left."""
    repeated = ["a00" if number == 1 else None for number in range(len(TABLES.articles))]
    tables = replace(TABLES, articles=TABLES.articles.assign(duplicate_of=repeated))
    first, every = list_units(tables, unit=unit), list_units(tables, unit=unit, repeats=True)
    assert len(every) == len(list_units(TABLES, unit=unit))
    assert set(every["article_id"]) - set(first["article_id"]) == {"a01"}
    plan = plan_sample(tables, n=10, unit=unit, seed=3)
    assert plan["probability"].tolist() == [10 / len(first)] * len(first)
    assert "a01" not in set(draw_sample(tables, n=10, unit=unit, seed=3)["article_id"])
