"""What a method says of an actor in an article, or of a sentence of the seed, is found where gold has a row."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.measures.article_tone import tone_in_articles
from analysis.validation.own_units import is_same_actor, list_article_units, list_sentence_units
from tests.hand_coding_tables import make_tables


def test_an_actor_in_an_article_has_its_tone_and_side():
    """Gold without evidence is 0, and its polarity is not a number."""
    tables = make_tables(2)
    gold = pd.DataFrame(
        [("a00", "mayor", -1), ("a00", "nobody", 0), ("a01", "company", 1)], columns=["article_id", "actor_id", "tone"]
    )
    (units,) = list_article_units(tables, gold)
    judged = tables.evaluations.query("method == 'model' and article_id == 'a00' and target_id == 'mayor'")
    assert units.language == "nl" and units.gold == [-1, 0, 1]
    assert units.groups == ["a00", "a00", "a01"]
    alone = judged["p_positive"] - judged["p_negative"]
    assert units.polarity["model"][0] == pytest.approx(alone.mean())
    light = tone_in_articles(judged, tables.sentences).iloc[0]
    assert (units.polarity["coder"][0], units.labels["coder"][0]) == (pytest.approx(light["tone"]), light["side"])
    assert np.isnan(units.polarity["coder"][1]) and units.labels["coder"][1] == 0
    assert set(units.labels) == {"coder", "model", "model_no_target", "lexicon"}
    whole = tables.evaluations.query("method == 'model' and article_id == 'a00'")["polarity"].mean()
    assert units.polarity["model_no_target"][:2] == pytest.approx([whole, whole])


def test_a_row_of_gold_is_matched_by_sentence_source_and_target():
    """Another source is no answer; an alternative target is."""
    tables = make_tables(1)
    tables = replace(tables, articles=tables.articles.assign(language="nl"))
    judged = tables.evaluations.query("method == 'model'").set_index(["sentence_id", "target_id"])["polarity"]
    rows = [
        {"sentence": "De raad noemt Jansen", "source": "author", "target": "mayor", "polarity": "negative"},
        {"sentence": "De raad noemt Jansen", "source": "mayor", "target": "mayor", "polarity": "neutral"},
        {"sentence": "Jansen open", "source": "author", "target": "x", "also": ["mayor"], "polarity": "neutral"},
    ]
    units = list_sentence_units(tables, rows)
    assert units.gold == [-1, 0, 0]
    assert units.polarity["coder"][0] == pytest.approx(judged[1, "mayor"])
    assert np.isnan(units.polarity["coder"][1])
    assert units.polarity["coder"][2] == pytest.approx(judged[0, "mayor"])


@pytest.mark.parametrize(
    ("found", "wanted", "is_same"),
    [
        ("iran", "iran", True),
        ("iran", "irak", False),
        ("unlisted:boze_boer", "unlisted:boeren", True),
        ("unlisted:boer", "boer", False),
    ],
)
def test_actors_that_no_codebook_lists_go_by_their_last_word(found, wanted, is_same):
    """In its base form."""
    assert is_same_actor(found, wanted) == is_same
