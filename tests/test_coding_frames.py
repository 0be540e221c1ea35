"""Frames: an indicator question answered yes has its words beside it; silence has no row."""

import pytest

from analysis.codebook.load import Codebook, Frame, Indicator
from analysis.coding.frames.code import code_frames
from analysis.coding.frames.methods import select_frames
from analysis.contracts.errors import UsageError
from analysis.reading import read_articles

BOOK = Codebook(
    name="test",
    frames={
        "conflict": Frame("conflict", {"nl": "conflict"}, "d", "s", (
            Indicator("quarrel", "Do they quarrel?", {"nl": ("ruzie*", "slaande ruzie"), "en": ("quarrel*",)}),
            Indicator("blame", "Does one blame another?", {"nl": ("geeft .. de schuld",)}),
        )),
        "weather": Frame("weather", {"nl": "weer"}, "d", "s", (Indicator("rain", "Does it rain?", {"nl": ("regen*",)}),)),
    },
)  # fmt: skip


def rows(articles, **options):
    """Sentence, frame, indicator and evidence of each row."""
    table = code_frames(read_articles(articles, reading="rules"), BOOK, **options)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    return [
        (r.sentence_id, r.frame_id, r.indicator, texts[r.article_id][r.evidence_start : r.evidence_end])
        for r in table.itertuples()
    ]


def test_each_indicator_that_matches_is_a_row_with_its_evidence(make_articles):
    """The longest match is the evidence; a sentence without any is no row."""
    articles = make_articles("De raad heeft slaande ruzie. De wethouder geeft de regen de schuld. De zon schijnt.")
    assert rows(articles) == [
        (0, "conflict", "quarrel", "slaande ruzie"),
        (1, "conflict", "blame", "geeft de regen de schuld"),
        (1, "weather", "rain", "regen"),
    ]


def test_patterns_are_those_of_the_articles_language(make_articles):
    """A Dutch pattern is not looked for in English."""
    assert rows(make_articles("The council quarrels over ruzie.", language="en")) == [
        (0, "conflict", "quarrel", "quarrels")
    ]
    assert rows(make_articles("Die Räte haben ruzie.", language="de")) == []


def test_captions_are_left_out_unless_asked_for(make_articles):
    """Captions describe the photo."""
    articles = make_articles("Een ruzie op het plein. Beeld ANP\n\nHet was mooi weer in de stad. De markt was open.")
    assert rows(articles) == []
    assert [row[1] for row in rows(articles, captions=True)] == ["conflict"]


def test_an_unknown_method_is_named(make_articles):
    """The message lists the methods there are."""
    with pytest.raises(UsageError, match="use one of auto, model"):
        rows(make_articles("Ruzie."), method="magic")


def test_on_the_seed_conflict_and_responsibility_dominate_and_money_is_absent(seed_tables):
    """The share of sentences per frame, and what the article carries, as any reader would expect."""
    counted = select_frames(seed_tables.frames)
    n = counted.drop_duplicates(["sentence_id", "frame_id"])["frame_id"].value_counts()
    assert set(n.index[:2]) == {"conflict", "responsibility"}
    carried = select_frames(seed_tables.article_frames).set_index("frame_id")
    assert carried.loc[["conflict", "responsibility"], "is_present"].all()
    assert not carried.loc["economic", "is_present"]
    assert carried["score"].idxmax() == "conflict"
