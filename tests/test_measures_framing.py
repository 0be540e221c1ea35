"""Frames by voice, by method and together: every count can be made by hand."""

import pandas as pd
import pytest

from analysis.contracts.tables import empty_table, make_table
from analysis.measures.framing import (
    count_frame_pairs,
    count_frames_by_voice,
    frame_units_by_method,
    frame_units_by_voice,
    list_article_frames,
    voices_of_sentences,
)
from tests.hand_coding_tables import make_tables


def with_tables(tables, **changed):
    """The same corpus with other tables."""
    return type(tables)(**(dict(tables.items()) | changed))


def frame(sentence, frame_id, method="model", is_counted=True):
    """A row of frames in the first article."""
    return {
        "article_id": "a00", "sentence_id": sentence, "frame_id": frame_id, "score": 0.9, "evidence_start": 0,
        "evidence_end": 1, "indicator": frame_id, "method": method, "is_counted": is_counted,
    }  # fmt: skip


def quote(number, start, end, source, outer=None):
    """A row of quotes in the first article."""
    return {
        "quote_id": f"a00:q{number}", "article_id": "a00", "start": start, "end": end, "kind": "direct",
        "source_id": source, "source_mention_id": None, "cue": None, "cue_start": None, "cue_end": None,
        "outer_id": outer, "rule": "test",
    }  # fmt: skip


@pytest.fixture
def corpus():
    """One article of eight sentences, the third of which is said by the mayor, in part by somebody within her speech."""
    tables = make_tables(1)
    third = tables.sentences.iloc[2]
    quotes = [
        quote(1, third["start"], third["end"] - 4, "mayor"),
        quote(2, third["start"], third["start"] + 5, "company", "a00:q1"),
        quote(3, tables.sentences.iloc[0]["start"], tables.sentences.iloc[0]["start"] + 2, "company"),
    ]
    frames = [
        frame(1, "conflict"), frame(2, "conflict"), frame(2, "morality"), frame(3, "morality"),
        frame(3, "conflict", "patterns", is_counted=False), frame(6, "conflict"),
    ]  # fmt: skip
    return with_tables(tables, quotes=make_table("quotes", quotes), frames=make_table("frames", frames))


def test_a_sentence_is_quoted_when_half_of_it_is_speech(corpus):
    """Speech within speech counts for whoever reports it; a few quoted characters do not make a quoted sentence."""
    voices = voices_of_sentences(corpus).set_index("sentence_id")
    assert voices["voice"].eq("quoted").to_dict() == {place: place == 2 for place in range(8)}
    assert voices.loc[2, "source_id"] == "mayor"
    assert 0 < voices.loc[0, "share_quoted"] < 0.5
    assert voices["source_id"].drop(2).isna().all()


def test_nobody_is_quoted_where_nobody_speaks(corpus):
    """Every sentence is the outlet's own."""
    silent = with_tables(corpus, quotes=empty_table("quotes"))
    assert set(voices_of_sentences(silent)["voice"]) == {"own voice"}


def test_frames_by_voice_have_the_sentences_of_that_voice_below_the_line(corpus):
    """The caption (sentence 6) is left out."""
    units = frame_units_by_voice(corpus, frame_ids=["conflict", "morality"])
    counts = units.groupby(["frame_id", "voice"])["present"].agg(["sum", "size"])
    assert counts.loc[("conflict", "quoted")].tolist() == [1, 1]
    assert counts.loc[("conflict", "own voice")].tolist() == [1, 6]
    assert counts.loc[("morality", "own voice")].tolist() == [1, 6]


def test_every_source_has_its_sentences(corpus):
    """Whoever has no name is empty and stands last."""
    nobody = corpus.quotes.assign(source_id=corpus.quotes["source_id"].where(corpus.quotes["outer_id"].notna()))
    expected = [("own voice", "author", 1, 6), ("quoted", "mayor", 1, 1)]
    for tables, rows in (
        (corpus, expected),
        (with_tables(corpus, quotes=nobody), [expected[0], ("quoted", None, 1, 1)]),
    ):
        counts = count_frames_by_voice(tables, frame_ids=["conflict"])
        found = counts.astype(object).where(counts.notna(), None)
        assert list(zip(*(found[c] for c in ("voice", "source_id", "n_frame", "n_sentences")), strict=True)) == rows


def test_methods_stand_beside_each_other(corpus):
    """Each with all sentences below the line."""
    units = frame_units_by_method(corpus, frame_ids=["conflict"])
    assert units.groupby("answered_by")["present"].agg(["sum", "size"]).to_dict("index") == {
        "model": {"sum": 2, "size": 7},
        "patterns": {"sum": 1, "size": 7},
    }
    assert frame_units_by_method(with_tables(corpus, frames=empty_table("frames")), frame_ids=["conflict"]).empty


def test_pairs_are_set_against_chance(corpus):
    """Two of seven sentences each, one with both: expected four sevenths."""
    row = count_frame_pairs(corpus, frame_ids=["conflict", "morality", "weather"]).iloc[0]
    assert row[["frame_id", "other_id", "n_frame", "n_other", "n_both"]].tolist() == ["conflict", "morality", 2, 2, 1]
    assert row["n_expected"] == pytest.approx(4 / 7)
    assert row["ratio"] == pytest.approx(7 / 4)
    assert count_frame_pairs(corpus, frame_ids=["conflict", "weather"])["ratio"].isna().all()


def test_the_strongest_frame_of_an_article_stands_first(seed_tables):
    """One row per frame, by the method that counts; none without a score above one with."""
    rows = list_article_frames(seed_tables)
    assert not rows.duplicated("frame_id").any()
    assert rows["score"].dropna().is_monotonic_decreasing
    assert pd.notna(rows["score"].iloc[0])
