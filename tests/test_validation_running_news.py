"""Running news: what is held out, where judgements stand, and how coder and gold are compared."""

import pandas as pd
import pytest

from analysis.contracts.errors import InputError
from analysis.contracts.tables import empty_table
from analysis.reading import read_articles
from analysis.validation.running_news import (
    HELD_OUT,
    WEIGHTS,
    Coded,
    find_words,
    make_articles,
    make_codebook,
    part_of,
    place_judgements,
    read_items,
    strip_marks,
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
    parts = pd.DataFrame([(item["id"], part_of(item)) for item in read_items()], columns=["id", "part"])
    counts = parts.groupby("part").size().to_dict()
    assert (counts[HELD_OUT], counts[WEIGHTS]) == (127, 316)
    held = parts.loc[parts["part"] == HELD_OUT, "id"].str.extract(r"([a-z]+)(\d+)")
    assert "".join(sorted(set(held[0]))) == "abcdefghijk"
    assert set(held[1].astype(int) % 3) == {2}


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


def test_marks_become_places_and_leave_the_text():
    """In headline and text, counted in the text that is read."""
    item = strip_marks({"headline": "{Hij|bakker} weg", "text": "De raad zag {hem|bakker}.\n"})
    assert (item["headline"], item["text"]) == ("Hij weg", "De raad zag hem.")
    whole = f"{item['headline']}\n\n{item['text']}"
    assert [(whole[a:b], who) for a, b, who in item["marks"]] == [("Hij", "bakker"), ("hem", "bakker")]


def test_the_words_of_a_judgement_are_found_behind_its_sentence(coded):
    """As characters of the text; none where gold names none."""
    row = {"sentence": "Bakker loog", "words": "loog"}
    start, end = find_words(coded, row)
    assert coded.reading.articles["text"].iloc[0][start:end] == "loog"
    assert find_words(coded, {"sentence": "Bakker loog"}) is None
