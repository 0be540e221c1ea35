"""An article as numbered sentences: every card has its words in the text, every character is there."""

import json

import pytest

from analysis.display.browser.corpus import open_corpus
from analysis.display.browser.sentences import show_sentences
from tests.browser_corpus import CODEBOOK, TEXT, write_corpus


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The first article."""
    return show_sentences(open_corpus(write_corpus(tmp_path_factory.mktemp("coded")), codebook=CODEBOOK), 0)


def words_of(shown, card_id):
    """What stands where, of one card."""
    card = next(card for s in shown["sentences"] for card in s["cards"] if card["id"] == card_id)
    return {what: TEXT[start:end] for start, end, what in card["spans"]}


def test_sentences_are_cut_from_the_text(shown):
    """Number, part, place and text."""
    assert [(s["n"], s["part"], s["text"]) for s in shown["sentences"]] == [
        (n, part, TEXT[s["start"] : s["end"]])
        for (n, part), s in zip([(0, "headline"), (1, "lead"), (2, "lead")], shown["sentences"], strict=True)
    ]
    assert shown["article"]["id"] == "a1" and shown["article"]["outlet"] == "krant"
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown


def test_a_judgement_marks_source_target_and_words(shown):
    """Characters are counted as in the tables, signs outside the basic plane included."""
    assert words_of(shown, "a1:e1.model") == {
        "target": "Piet", "cue negative": "laf", "word negative": "dom", "source": "Jan"
    }  # fmt: skip
    assert words_of(shown, "a1:e2.model") == {"target": "Piet"}
    assert words_of(shown, "a1:e3.model") == {"target": "Jan"}


def test_quotes_frames_and_deeds_mark_their_words(shown):
    """And who takes part in them."""
    quote = words_of(shown, "a1:q1")
    assert quote["quote"].endswith("laf 😀 en dom.") and (quote["source"], quote["reporting"]) == ("Jan", "zei")
    assert words_of(shown, "a1/1/conflict")["frame"].startswith("laf")
    assert words_of(shown, "a1:a1") == {"deed": "lacht", "agent": "Piet"}


def test_one_card_for_a_frame_with_all_its_questions(shown):
    """Two indicators of one frame in one sentence; what stands beside the method that counts is left out."""
    cards = [card for s in shown["sentences"] for card in s["cards"] if card["kind"] == "frame"]
    assert [card["values"]["questions"] for card in cards] == [["<script>alert(1)</script>", "words"]]


def test_cards_name_whom_they_are_about(shown):
    """The ids that a page has to name."""
    cards = {card["id"]: card for s in shown["sentences"] for card in s["cards"]}
    assert (cards["a1:e1.model"]["about"], cards["a1:e1.model"]["source"], cards["a1:e1.model"]["sign"]) == (
        ["piet"],
        "jan",
        "negative",
    )
    assert cards["a1:a1"]["values"]["flags"] == ["hedged"] and cards["a1:r1"]["names"] == ["piet", "jan"]
    assert "a1:e1.lexicon" not in cards
