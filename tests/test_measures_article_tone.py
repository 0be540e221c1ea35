"""In what light an article puts an actor, by the rules for coders."""

import pandas as pd
import pytest

from analysis.measures.article_tone import tone_in_articles

SENTENCES = pd.DataFrame(
    {"article_id": "a", "sentence_id": range(6), "part": ["headline", "lead", "body", "body", "body", "body"]}
)


def light(*judgements: tuple[int, float]) -> dict[str, float]:
    """The row of one actor with judgements at these sentences."""
    numbers, polarities = zip(*judgements, strict=True)
    table = pd.DataFrame({"article_id": "a", "sentence_id": numbers, "target_id": "x", "polarity": polarities})
    (row,) = tone_in_articles(table, SENTENCES).to_dict("records")
    return row


@pytest.mark.parametrize(
    ("judgements", "side"),
    [
        ([(2, -0.9)], 0),  # once, in passing
        ([(1, -0.9)], -1),  # once, in the lead
        ([(2, 0.9), (4, 0.3)], 1),  # twice
        ([(2, -0.9), (3, -0.9), (4, 0.9)], -1),  # two thirds
        ([(2, -0.9), (4, 0.9)], 0),  # balanced
        ([(0, 0.9), (2, -0.9), (3, -0.9)], 0),  # headline against body
        ([(2, -0.2), (3, -0.2), (4, -0.2)], 0),  # nothing clear
        ([(2, -0.8), (2, 0.8), (3, -0.8), (3, 0.8)], 0),  # both ways at once
    ],
)
def test_the_side_follows_the_rules_of_the_codebook(judgements, side):
    """A judgement in passing is none; headline and lead count double; two thirds decide."""
    assert light(*judgements)["side"] == side


def test_a_sentence_counts_once_by_its_strongest_judgement():
    """However many mentions of the actor it has, and in whatever order."""
    once = light((2, -0.9))
    assert light((2, -0.9), (2, 0.4), (2, -0.3)) == light((2, -0.3), (2, 0.4), (2, -0.9)) == once


def test_tone_grows_with_the_number_of_judgements_and_stays_within_bounds():
    """One word is weak evidence; many one-sided ones come near the end of the scale and never pass it."""
    tones = [light(*[(number, -1.0) for number in range(5, 5 - n, -1)])["tone"] for n in range(1, 6)]
    assert tones == sorted(tones, reverse=True)
    assert -1 < tones[-1] < tones[0] < 0


def test_no_evaluations_is_no_rows():
    """An empty table keeps its columns."""
    table = pd.DataFrame({"article_id": [], "sentence_id": [], "target_id": [], "polarity": []})
    found = tone_in_articles(table.astype({"article_id": "str", "target_id": "str", "sentence_id": int}), SENTENCES)
    assert found.columns.tolist() == ["article_id", "actor_id", "good", "bad", "tone", "side"] and found.empty
