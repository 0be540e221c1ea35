"""Sentences made from tables say what the table says, in one order, and admit when there is nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import code_articles
from analysis.codebook.load import EMPTY
from analysis.contracts.tables import empty_table
from analysis.corpus.selection import articles_from_texts
from analysis.display.explanations.explanation import Explanation
from analysis.display.findings.charts import (
    Finding,
    describe_counts,
    describe_mentions,
    describe_parts,
    describe_scope,
    describe_voices,
    explain_longest_quote,
    explain_most_negative,
)
from analysis.display.findings.frames import describe_frames_by_actor, describe_frames_by_paragraph


def estimates(rows: list[tuple[object, ...]], *by: str) -> pd.DataFrame:
    """A table of estimates in the columns that findings read."""
    return pd.DataFrame(rows, columns=[*by, "estimate", "n_units"])


def test_a_finding_is_a_text_that_shows_itself():
    """Plain in a terminal, an escaped paragraph in a notebook."""
    finding = Finding("a < b")
    assert repr(finding) == "a < b"
    assert finding._repr_html_() == "<p>a &lt; b</p>"
    assert f"{finding}." == "a < b."


def test_the_scope_of_one_and_of_several_articles():
    """One article describes itself."""
    articles = articles_from_texts(["Een.", "Twee."])
    assert "this article only" in describe_scope(articles.iloc[:1], language="en")
    assert describe_scope(articles, language="en") == "2 articles, no outlet named: results describe these articles."
    some = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["courant", None], "published": ["2024-05", None]})
    assert describe_scope(some, language="en") == (
        "2 articles of 1 outlet (1 without one), dated 2024-05 to 2024-05 (1 undated): results describe these articles."
    )
    dated = articles.assign(outlet="De Courant", published=["2020-01", "2021"])
    told = "2 articles of 1 outlet, dated 2020-01 to 2021: results describe these articles."
    assert describe_scope(dated, language="en") == told


def test_who_is_mentioned_most(seed_codebook):
    """Ties stand in the order of the codebook; actors it does not list are counted."""
    features = pd.DataFrame(
        {"actor_id": ["iran", "trump", "unlisted:x", "trump", "iraq"], "n_mentions": [3, 1, 3, 2, 0]}
    )
    assert describe_mentions(features, codebook=seed_codebook, language="en") == (
        "9 mentions of 3 actors. Mentioned most: Donald Trump (3), Iran (3) and x * (3). "
        "Not in the codebook: 1 of those shown."
    )
    assert describe_mentions(features, codebook=seed_codebook, top=2, language="en") == (
        "9 mentions of 3 actors; shown are the 2 with most, 6 mentions. Mentioned most: Donald Trump (3) and Iran (3). "
        "Not in the codebook: 0 of those shown."
    )
    assert describe_mentions(features.iloc[:0], codebook=EMPTY, language="en") == "No actor is mentioned."


def test_what_a_table_of_counts_has_most_of():
    """The last column is the number, whatever it is called; of equals the first stands first."""
    counts = pd.DataFrame({"side": ["b", "a", "c", "a"], "target": ["x", "x", "y", None], "n": [2, 5, 5, 1]})
    assert describe_counts(counts, language="en") == "4 rows, 13 together. Most: a / x (5), c / y (5) and b / x (2)."
    assert describe_counts(counts[["side", "n"]].head(1), language="nl") == "1 rij, samen 2. Het meest: b (2)."
    assert describe_counts(counts, n=1) == "4 rijen, samen 13. Het meest: a / x (5)."
    assert describe_counts(counts.iloc[:0], language="en") == "There is nothing to count."


def test_who_speaks_longest(seed_codebook):
    """Words are counted in the article; speech without a speaker is counted apart."""
    articles = articles_from_texts(["wij gaan niet weg"])
    quotes = pd.DataFrame(
        {"article_id": "example1", "source_id": ["trump", None], "start": [0, 4], "end": [17, 8]},
    )
    assert describe_voices(quotes, articles, codebook=seed_codebook, language="en") == (
        "2 quotes of 5 words by 1 speaker. Most words: Donald Trump (4). Quotes without a named speaker: 1."
    )
    assert "Most words" not in describe_voices(quotes.iloc[1:], articles, codebook=EMPTY, language="en")
    assert describe_voices(empty_table("quotes"), articles, codebook=EMPTY, language="en") == "Nobody is quoted."


def test_which_frame_goes_with_which_actor(seed_codebook):
    """Shares become counts again, added up over articles."""
    features = pd.DataFrame(
        {
            "actor_id": ["iran", "iran", "trump", "iraq"],
            "n_sentences_actor": [3, 1, 2, 0],
            "frame_conflict": [2 / 3, 0.0, 0.5, None],
            "frame_morality": [1 / 3, 0.0, 1.0, None],
        }
    )
    assert describe_frames_by_actor(features, codebook=seed_codebook, language="en") == (
        "Most frequent frame in the sentences with an actor: Iran (conflict in 2 of 4) and "
        "Donald Trump (morality in 2 of 2)."
    )
    nothing = "No frame can be set beside an actor."
    assert describe_frames_by_actor(features.iloc[3:], codebook=seed_codebook, language="en") == nothing
    assert describe_frames_by_actor(features, codebook=EMPTY, language="en") == nothing


def test_where_each_frame_stands(seed_codebook):
    """Paragraphs are counted from one, as on the chart; the finding once said nothing about paragraphs."""
    rows = [
        ("conflict", 0, 0.5, 4),
        ("conflict", 1, 1.0, 1),
        ("conflict", 2, 0.75, 4),
        ("morality", 1, 1.0, 1),
        ("economic", 0, 0.0, 4),
    ]
    table = estimates(rows, "frame_id", "paragraph")
    assert describe_frames_by_paragraph(table, codebook=seed_codebook, language="en") == (
        "Of 3 paragraphs: conflict in 3, most in paragraph 3 (3 of 4 sentences); morality in 1, most in paragraph 2 "
        "(1 of 1 sentence). In none: economic consequences."
    )
    nowhere = describe_frames_by_paragraph(table.iloc[4:], codebook=EMPTY, language="en")
    assert nowhere == "No frame is present in any sentence."


def test_of_what_parts_there_are_none():
    """A corpus without sentences says so."""
    assert describe_parts(empty_table("sentences"), language="en") == "There are no sentences."


@pytest.mark.parametrize("verb", [explain_most_negative, explain_longest_quote])
def test_the_extreme_row_is_explained_or_said_to_be_missing(verb, seed_tables, seed_codebook):
    """A notebook cell works on a text in which nobody judges or speaks."""
    found = verb(seed_tables, codebook=seed_codebook)
    assert isinstance(found, Explanation)
    assert found.sentences
    nothing = code_articles(articles_from_texts(["Het regent."]), EMPTY)
    assert isinstance(verb(nothing, codebook=EMPTY), Finding)


def test_the_most_negative_row_is_the_lowest(seed_tables, seed_codebook):
    """Of equally negative rows, the first; rows of another method than the model do not count."""
    judged = seed_tables.evaluations[seed_tables.evaluations["method"] == "model"]
    lowest = judged.sort_values(["polarity", "evaluation_id"])["evaluation_id"].iloc[0]
    assert explain_most_negative(seed_tables, codebook=seed_codebook).target == lowest
