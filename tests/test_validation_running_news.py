"""Running news: what is held out, where judgements stand, and how coder and gold are compared."""

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.reading import read_articles
from analysis.tables import empty_table
from analysis.validation.running_news import (
    HELD_OUT,
    NETWORK,
    WEIGHTS,
    Coded,
    compare,
    compare_tone,
    make_articles,
    make_codebook,
    part_of,
    place_judgements,
    read_items,
    score,
)

ITEM = {
    "id": "x01",
    "language": "nl",
    "headline": "Raad prijst Bakker",
    "text": "De raad prijst Bakker. Zij dankt de raad.\n\nBakker loog over de kosten.",
    "actors": {
        "bakker": {"type": "person", "names": ["Bakker"], "nominals": []},
        "council": {"type": "government", "names": [], "nominals": ["raad"]},
    },
    "judgements": [
        {"sentence": "Raad prijst", "target": "bakker", "source": "council", "polarity": "positive"},
        {"sentence": "De raad prijst", "target": "bakker", "source": "council", "polarity": "positive"},
        {"sentence": "Bakker loog", "target": "bakker", "source": "author", "polarity": "negative", "clear": False},
    ],
    "tone": {"bakker": 0, "council": 0},
}


@pytest.fixture(scope="module")
def coded():
    """The item, read by rules, with nothing found in it."""
    reading = read_articles(make_articles([ITEM]), reading="rules")
    gold = place_judgements(ITEM, reading)
    return Coded(ITEM, reading, empty_table("mentions"), empty_table("quotes"), gold)


def test_what_is_held_out_stays_held_out():
    """A third of the parts a to k, the same items whatever else there is; of the others nothing is."""
    parts = pd.DataFrame([(item["id"][0], part_of(item)) for item in read_items()], columns=["letter", "part"])
    counts = parts.groupby("part").size().to_dict()
    assert counts == {HELD_OUT: 127, NETWORK: 568, WEIGHTS: 81}
    assert "".join(sorted(set(parts.loc[parts["part"] == HELD_OUT, "letter"]))) == "abcdefghijk"


def test_a_folder_without_parts_is_named(tmp_path):
    """With what to do."""
    with pytest.raises(InputError, match="part_"):
        read_items(tmp_path)


def test_every_judgement_stands_in_a_sentence(coded):
    """Headline, lead and body apart, though the first words of one stand within another."""
    assert {key: len(rows) for key, rows in coded.gold.items()} == {
        (0, "bakker"): 1, (1, "bakker"): 1, (3, "bakker"): 1,
    }  # fmt: skip


def test_an_item_has_a_codebook_of_its_own():
    """Its actors, with their wordings in its language."""
    book = make_codebook(ITEM)
    assert list(book.actors) == ["bakker", "council"]
    assert book.actors["council"].wording["nl"].nominals == ("raad",)


def test_the_strongest_evaluation_of_an_actor_in_a_sentence_counts(coded):
    """Units of either side; below the bound of a clear judgement nothing is found."""
    judged = pd.DataFrame(
        [(0, "bakker", 0.1), (0, "bakker", 0.6), (1, "bakker", 0.2), (2, "council", -0.5), (2, "other", -0.9)],
        columns=["sentence_id", "target_id", "polarity"],
    )
    units = compare(coded, judged)
    found = {(row.sentence_id, row.actor_id): row.found for row in units.itertuples()}
    assert found == {(0, "bakker"): 1, (1, "bakker"): 0, (2, "council"): -1, (3, "bakker"): 0}
    assert score(units) == {"n": 4, "precision": 0.5, "recall": 0.5, "f1": 0.5, "recall_all": 0.333}


def test_the_tone_of_an_item_has_a_row_for_every_actor(coded):
    """An actor whom nothing judges is neutral, not missing."""
    judged = pd.DataFrame({"article_id": "x01", "sentence_id": [0, 1], "target_id": "bakker", "polarity": [0.9, 0.7]})
    found = compare_tone(coded, judged).set_index("actor_id")
    assert found["side"].to_dict() == {"bakker": 1, "council": 0}
    assert found.loc["bakker", "mean"] == pytest.approx(0.8) and found.loc["council", "tone"] == 0
    assert found["gold"].tolist() == [0, 0]
    assert found["marked"].to_dict() == {"bakker": 1, "council": 0}
