"""Units of whole articles: what the tables say of each, and hand codes of a sample beside it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.codebook.load import Actor, Codebook
from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.tables import make_table
from analysis.measures.article_units import (
    add_gold_codes,
    frames_of_articles,
    names_of_articles,
    quotes_of_articles,
    tone_of_articles,
    widest_actors,
    with_full_changes,
    with_full_coding,
)
from analysis.measures.correction import correct_means
from analysis.measures.trends import correct_differences

CODEBOOK = Codebook(
    name="town",
    actors={
        "authorities": Actor("authorities", {"nl": "gezag"}, "government"),
        "mayor": Actor("mayor", {"nl": "burgemeester"}, "person", part_of="authorities"),
        "union": Actor("union", {"nl": "bond"}, "organisation"),
    },
)


def change(table: pd.DataFrame, **columns) -> pd.DataFrame:
    """Rows of a table of the seed with some columns replaced: the rest stays valid."""
    n = len(next(iter(columns.values())))
    return table.head(n).reset_index(drop=True).assign(**columns)


@pytest.fixture
def tables(seed_tables):
    """Tables of two articles, whose columns that matter here are written out."""
    articles = pd.concat([seed_tables.articles] * 2, ignore_index=True).assign(
        article_id=["a", "b"], outlet=["bode", "gazet"], published=["2025-03-03", "2025-03-04"]
    )
    return replace(
        seed_tables,
        articles=articles,
        sentences=change(
            seed_tables.sentences, article_id=["a", "a", "b"], sentence_id=[0, 1, 0], start=[0, 50, 0],
            end=[49, 90, 40], part=["lead", "body", "lead"],
        ),
        evaluations=change(
            seed_tables.evaluations[seed_tables.evaluations["method"] == "model"],
            article_id=["a", "a", "a", "a"], sentence_id=[0, 0, 1, 0], target_id=["mayor", "mayor", "union", "unlisted:x"],
            polarity=[-1.0, 0.5, 0.5, -1.0],
        ),
        mentions=change(
            seed_tables.mentions,
            article_id=["a", "a", "a", "b"], actor_id=["mayor", "mayor", "union", "mayor"],
            form=["name", "title", "nominal", "pronoun"],
        ),
        quotes=change(
            seed_tables.quotes,
            quote_id=["a:q1", "a:q2", "a:q3", "b:q1"], article_id=["a", "a", "a", "b"], start=[5, 60, 62, 3],
            source_id=["mayor", "union", "mayor", None], outer_id=[None, None, "a:q2", None],
        ),
        article_frames=change(
            seed_tables.article_frames,
            article_id=["a", "a", "b", "b"], frame_id=["conflict", "morality"] * 2, score=[0.9, np.nan, np.nan, np.nan],
            is_present=[True, False, False, False], n_sentences=[2, 2, 1, 0], is_counted=[True] * 4,
        ),
        features=change(
            seed_tables.features,
            article_id=["a", "a", "a", "b"], actor_id=["mayor", "union", "unlisted:x", "mayor"],
            outlet=["bode"] * 3 + ["gazet"], published=["2025-03-03"] * 3 + ["2025-03-04"],
            n_mentions=[2, 1, 3, 1],
        ),
    )  # fmt: skip


def test_tone_is_of_codebook_actors_and_zero_where_nobody_judges(tables):
    """As people code it: an actor that is mentioned has a tone; one judgement in passing is no light."""
    units = tone_of_articles(tables, codebook=CODEBOOK).round(3)
    assert units[["article_id", "outlet", "actor_id", "tone", "is_toned"]].to_numpy().tolist() == [
        ["a", "bode", "mayor", -0.333, 1.0],
        ["a", "bode", "union", 0.111, 0.0],
        ["b", "gazet", "mayor", 0.0, 0.0],
    ]


def test_a_frame_that_no_sentence_carries_is_absent_and_one_that_was_not_asked_is_unknown(tables):
    """Zero and silence are two things."""
    units = frames_of_articles(tables, frame_ids=["conflict", "morality"])
    assert units[["article_id", "frame_id", "carried"]].to_numpy().tolist() == [
        ["a", "conflict", 1.0],
        ["a", "morality", 0.0],
        ["b", "conflict", 0.0],
    ]
    assert frames_of_articles(tables, frame_ids=[]).empty


def test_a_quote_of_a_part_counts_for_the_whole(tables):
    """Inner speech and speech that nobody is given do not count; unknown speakers are no rows."""
    units = quotes_of_articles(tables, codebook=CODEBOOK, speakers=["authorities", "union", "ghost"])
    assert units[["quote_id", "sentence_id", "actor_id", "spoken"]].to_numpy().tolist() == [
        ["a:q1", 0, "authorities", 1.0],
        ["a:q1", 0, "union", 0.0],
        ["a:q2", 1, "authorities", 0.0],
        ["a:q2", 1, "union", 1.0],
    ]


def test_persons_are_counted_once_and_by_name_only(tables):
    """Every article has a row, also the one that names nobody."""
    units = names_of_articles(tables, codebook=CODEBOOK, actors=["mayor", "union", "ghost"])
    assert units[["article_id", "n_named"]].to_numpy().tolist() == [["a", 1.0], ["b", 0.0]]
    assert names_of_articles(tables, codebook=CODEBOOK, actors=["ghost"]).empty


def test_the_seed_gives_units_of_every_kind(seed_tables, seed_codebook):
    """Real tables: every row has an article and a number within its bounds."""
    tone = tone_of_articles(seed_tables, codebook=seed_codebook)
    assert len(tone) and tone["tone"].between(-1, 1).all() and set(tone["actor_id"]) <= set(seed_codebook.actors)
    frames = frames_of_articles(seed_tables, frame_ids=list(seed_codebook.frames))
    assert set(frames["frame_id"]) == set(seed_codebook.frames) and frames["carried"].isin([0.0, 1.0]).all()


def test_actors_to_compare_are_those_that_most_outlets_write_about():
    """Not those with the largest difference, which would be choosing the result."""
    units = pd.DataFrame(
        {
            "actor_id": list("aaabbccd"),
            "article_id": list("12312124"),
            "outlet": ["x", "x", "x", "x", "y", "x", "y", None],
        }
    )
    assert widest_actors(units, n=2) == ["b", "c"]
    assert widest_actors(units, n=9) == ["b", "c", "a"]
    assert widest_actors(units, n=2, first=["a", "ghost"]) == ["a", "b"]


UNITS = pd.DataFrame(
    {
        "article_id": [f"a{n}" for n in range(12)],
        "outlet": ["bode"] * 7 + ["gazet"] * 5,
        "actor_id": "mayor",
        "tone": 0.5,
    }
)
CODES = pd.DataFrame({"article_id": [f"a{n}" for n in range(11)], "actor_id": "mayor", "code": range(11)})


def test_half_of_the_articles_of_each_outlet_is_drawn_with_known_probability():
    """Rounded up within each; the article that nobody coded is no part of it."""
    found = add_gold_codes(UNITS, CODES, "code", rng=np.random.default_rng(1))
    drawn = found[found["coded"].notna()]
    assert len(found) == 11
    assert drawn["outlet"].value_counts().to_dict() == {"bode": 4, "gazet": 2}
    assert found.groupby("outlet")["probability"].first().to_dict() == {"bode": 4 / 7, "gazet": 2 / 4}
    assert (drawn["coded"] == drawn["article_id"].str[1:].astype(float)).all()
    everything = add_gold_codes(UNITS, CODES, "code", rng=np.random.default_rng(1), share=1.0)
    assert everything["coded"].notna().all() and (everything["probability"] == 1).all()


def test_the_draw_is_fair_and_does_not_depend_on_the_order_of_rows():
    """Every article of an outlet is drawn equally often."""
    one, other = (
        add_gold_codes(units, CODES, "code", rng=np.random.default_rng(2)).sort_values("article_id", ignore_index=True)
        for units in (UNITS, UNITS.sample(frac=1, random_state=3))
    )
    pd.testing.assert_frame_equal(one, other)
    rng = np.random.default_rng(3)
    times = sum(add_gold_codes(UNITS, CODES, "code", rng=rng)["coded"].notna().to_numpy() for _ in range(700))
    assert times == pytest.approx([400] * 7 + [350] * 4, abs=60)


def test_units_that_coders_have_no_row_for():
    """Not coded, unless the codebook says what no row means."""
    units = pd.concat([UNITS, UNITS.assign(actor_id="union")], ignore_index=True)
    unknown = add_gold_codes(units, CODES, "code", rng=np.random.default_rng(1), share=1.0)
    assert unknown["coded"].isna().sum() == 11
    known = add_gold_codes(units, CODES, "code", rng=np.random.default_rng(1), share=1.0, absent=0.0)
    assert (known.loc[known["actor_id"] == "union", "coded"] == 0).all()


def test_articles_that_nobody_coded_give_no_rows():
    """Another corpus: nothing to correct, and no error."""
    found = add_gold_codes(UNITS.assign(article_id="other"), CODES, "code", rng=np.random.default_rng(1))
    assert found.empty and {"coded", "probability"} <= set(found.columns)


def test_what_cannot_be_joined_is_refused():
    """With what to do instead."""
    rng = np.random.default_rng(1)
    with pytest.raises(UsageError, match="share must lie above 0"):
        add_gold_codes(UNITS, CODES, "code", rng=rng, share=0)
    with pytest.raises(InputError, match="lacks tone"):
        add_gold_codes(UNITS, CODES, "tone", rng=rng)
    with pytest.raises(InputError, match="more than one code"):
        add_gold_codes(UNITS, pd.concat([CODES, CODES]), "code", rng=rng)


def test_the_full_gold_coding_stands_beside_what_is_estimated():
    """A row for each group, without an interval; nothing where nothing was estimated."""
    units = add_gold_codes(UNITS, CODES, "code", rng=np.random.default_rng(1), share=1.0)
    beside = correct_means(units, predicted="tone", coded="coded", probability="probability", by=["outlet"])
    found = with_full_coding(beside, units, by=["outlet"])
    whole = found[found["estimator"] == "all"]
    assert whole[["outlet", "estimate", "n_articles"]].to_numpy().tolist() == [["bode", 3.0, 7], ["gazet", 8.5, 4]]
    assert whole["ci_low"].isna().all() and list(found.columns) == list(beside.columns)
    nothing = correct_means(units.iloc[:0], predicted="tone", coded="coded", probability="probability", by=["outlet"])
    assert with_full_coding(nothing, units.iloc[:0], by=["outlet"]).empty


def test_the_change_by_all_gold_codes_stands_beside_the_corrected_one():
    """The difference of the two means of the codes, of every actor that has a change, and without an interval."""
    units = pd.DataFrame({
        "article_id": [f"a{n}" for n in range(12)] * 2, "actor_id": ["x"] * 12 + ["y"] * 12, "outlet": "bode",
        "is_after": [0.0, 1.0] * 12, "tone": np.linspace(-1, 1, 24), "coded": [0.0, 1.0] * 6 + [0.5, 0.25] * 6,
        "probability": 0.5,
    })  # fmt: skip
    estimates = correct_differences(units[units["actor_id"] == "x"], "is_after", predicted="tone")
    found = with_full_changes(estimates, units, "is_after")
    whole = found[found["estimator"] == "all"]
    assert whole[["actor_id", "n_coded", "n_articles"]].to_numpy().tolist() == [["x", 12, 12]]
    assert whole["estimate"].tolist() == pytest.approx([1.0]) and whole["ci_low"].isna().all()
    assert with_full_changes(estimates.iloc[:0], units, "is_after").empty


def test_tables_made_here_are_of_the_schema(tables):
    """The fixture is no fiction: its features keep the rules."""
    assert len(make_table("features", tables.features)) == 4
