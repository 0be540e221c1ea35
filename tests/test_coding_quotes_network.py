"""Speakers by the network: where they stand, and that nothing else changes."""

from __future__ import annotations

import pandas as pd

from analysis.codebook.load import Actor, Codebook, Wording
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.coding.evaluations.network import Speaker
from analysis.coding.evaluations.speakers import name_speakers
from analysis.coding.quotes.find import find_quotes
from analysis.reading import read_articles

BOOK = Codebook(
    name="test", actors={"jansen": Actor("jansen", {"nl": "Jansen"}, "person", wording={"nl": Wording(names=("Jansen",))})}
)  # fmt: skip


def find(make_articles) -> pd.DataFrame:
    """Two quotes, one without a known speaker."""
    reading = read_articles(
        make_articles("‘Het gaat mis’, zei Jansen. ‘Dat denk ik ook’, zei een ander."), reading="rules"
    )
    return find_quotes(reading, find_all_mentions(reading, BOOK))


def test_a_speaker_of_the_network_stands(make_articles):
    """Only in the quotes that are named, whose words and cue stay as they are."""
    quotes = find(make_articles)
    assert quotes["source_id"].fillna("").tolist() == ["jansen", ""]
    named = name_speakers(quotes, {quotes["quote_id"][1]: Speaker("jansen", "a1:m00001")})
    assert named["source_id"].tolist() == ["jansen", "jansen"]
    assert named["source_mention_id"][1] == "a1:m00001"
    said = ["quote_id", "start", "end", "kind", "cue", "cue_start", "cue_end"]
    pd.testing.assert_frame_equal(named[said], quotes[said])
    pd.testing.assert_frame_equal(named.iloc[:1], quotes.iloc[:1])


def test_the_network_may_hold_that_nobody_named_speaks(make_articles):
    """Then there is no source."""
    quotes = find(make_articles)
    named = name_speakers(quotes, {quotes["quote_id"][0]: Speaker(None, None)})
    assert named["source_id"].isna().all()


def test_without_answers_nothing_changes(make_articles):
    """The table as it was."""
    quotes = find(make_articles)
    pd.testing.assert_frame_equal(name_speakers(quotes, {}), quotes)
