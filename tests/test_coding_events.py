"""The lists of deeds: format, size and look-up."""

import csv
from collections import Counter

import pytest

from analysis.coding.language.events import VALENCES, find_noun_event, find_verb_event, load_events
from analysis.contracts.errors import InputError
from analysis.contracts.paths import WORD_LISTS


@pytest.mark.parametrize(("language", "least"), [("nl", 500), ("en", 400)])
def test_the_list_is_long_enough_and_clean(language, least):
    """Sorted, no row twice, every value known."""
    with (WORD_LISTS / language / "events.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    keys = [(row["term"], row["pos"]) for row in rows]
    assert keys == sorted(set(keys))
    assert len([row for row in rows if row["event"] != "none"]) >= least
    assert {row["valence"] for row in rows} <= set(VALENCES)
    assert {row["pos"] for row in rows} == {"verb", "noun", "phrase"}
    assert all(row["term"] == row["term"].strip().lower() and row["event"] for row in rows)
    assert min(Counter(row["pos"] for row in rows).values()) >= 20


def test_the_two_languages_share_their_types():
    """A type that only one language has could not be compared."""
    types = [
        {e.event for e in (*load_events(lang).verbs.values(), *load_events(lang).nouns.values())}
        for lang in ("nl", "en")
    ]
    assert types[0] == types[1]


def test_a_compound_has_the_event_of_its_last_part():
    """But for the words that are listed as no deed."""
    assert find_noun_event("droneaanval", "nl").event == "attack"
    assert find_noun_event("straatprotest", "nl").event == "protest"
    assert find_noun_event("hartaanval", "nl").event == "none"
    assert find_noun_event("fietspad", "nl") is None


def test_the_lexicon_answers_where_the_list_is_silent():
    """With a valence, without a type."""
    found = find_verb_event("koloniseren", "nl")
    assert (found.event, found.valence) == ("", "conflict")
    assert find_verb_event("fietsen", "nl") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "nl/events.csv is missing"),
        ("term,pos,event\nslaan,verb,attack\n", "lacks the column"),
        ("term,pos,event,valence,role,marks\nslaan,verb,attack,bad,agent,\n", "nl/events.csv, row 2"),
    ],
)
def test_a_broken_list_is_named(tmp_path, monkeypatch, text, message):
    """File and row."""
    load_events.cache_clear()
    monkeypatch.setattr("analysis.coding.language.lists.WORD_LISTS", tmp_path)
    if text is not None:
        (tmp_path / "nl").mkdir()
        (tmp_path / "nl" / "events.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_events("nl")
    load_events.cache_clear()
