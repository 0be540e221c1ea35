"""Entman's four functions: passages with what a coder marks in each, and the rules one by one.

The passages were written before the code. The first half of each file was there to develop on. The second was scored once,
when the code was ready for it; what that showed was then mended, so that its floors are no longer those of unseen text
(data/validity/README.md has the first figures).
"""

from __future__ import annotations

import pytest

from analysis.coding.claims.words import load_claim_words
from analysis.contracts.errors import InputError
from analysis.contracts.schema_roles import FUNCTIONS
from analysis.contracts.tables import make_table
from analysis.validation.functions import ARTICLE, code_passage, count_passages, read_passages

FLOORS = {
    ("nl", "dev"): (1.0, 0.95, 0.04), ("nl", "held"): (0.9, 0.8, 0.04),
    ("en", "dev"): (1.0, 0.9, 0.04), ("en", "held"): (0.9, 0.8, 0.1),
}  # fmt: skip
"""Least share of places found, least share with the right source and actor too, most share of traps fallen into."""


@pytest.mark.parametrize(("language", "half"), FLOORS)
def test_passages_are_coded_as_a_coder_would(language, half):
    """At least as good as when the floors were set."""
    counts = count_passages(language, half)
    n = counts.sum(numeric_only=True)
    places, full, mistakes = FLOORS[language, half]
    assert n["n_placed"] / n["n_marked"] >= places, counts
    assert n["n_right"] / n["n_marked"] >= full, counts
    assert n["n_mistakes"] / n["n_traps"] <= mistakes, counts


def test_the_passages_are_many_and_named():
    """Thirty and fifteen, numbered, with words that stand in their text and functions that exist."""
    for language, n in (("nl", 30), ("en", 15)):
        found = [*read_passages(language, "dev"), *read_passages(language, "held")]
        assert [item["id"] for item in found] == [f"functions_{language}-{number:02d}" for number in range(1, n + 1)]
        for item in found:
            assert all(fact["words"] in item["text"] for fact in item.get("functions", []))
            facts = [*item.get("functions", []), *item.get("absent", [])]
            assert {fact["function"] for fact in facts} <= set(FUNCTIONS)


BOARD = {"board": {"type": "organisation", "nominals": ["directie", "board"]}}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De directie moest het gebouw verlaten.", "nl"),
        ("Moet de directie opstappen?", "nl"),
        ("“Moet de directie opstappen?”, vroeg de bond.", "nl"),
        ("De directie had moeten ingrijpen.", "nl"),
        ("Als de directie moet vertrekken, blijft het plan liggen.", "nl"),
        ("De brug moet in mei klaar zijn.", "nl"),
        ("De directie zag hoe het moet.", "nl"),
        ("Should the board resign, the plan will stay.", "en"),
    ],
)
def test_a_modal_that_recommends_nothing(text, language):
    """The past, a question, a condition, a plan, a way."""
    table = code_passage(text, language, BOARD)
    assert "treatment_recommendation" not in set(table["function"]), table


def test_a_cause_counts_where_harm_is_told():
    """`door` tells a cause of harm; of what is good, a way or a doer it does not."""
    actors = {"factory": {"type": "company", "nominals": ["fabriek"]}}
    bad = code_passage("Door de lozingen van de fabriek stierven er vissen.", "nl", actors)
    assert list(zip(bad["function"], bad["actor_id"], strict=True)) == [("causal_attribution", "factory")]
    for text in (
        "Door de lampen van de fabriek was het licht in de straat.",
        "Zij liep door de fabriek naar huis.",
        "Het feest werd georganiseerd door de fabriek.",
    ):
        assert code_passage(text, "nl", actors).empty, text


def test_an_evaluation_tells_whom_a_word_judges_where_the_tree_does_not():
    """A clear one, whose cues hold the word."""
    text = "Schandalig, riep men in de zaal over de directie."
    start = text.index("directie")
    row = {
        "evaluation_id": f"{ARTICLE}:e00001.model", "article_id": ARTICLE, "sentence_id": 0, "source_id": "author",
        "outer_source_id": None, "target_id": "board", "target_mention_id": f"{ARTICLE}:m00001", "polarity": -0.8,
        "p_negative": 0.9, "p_neutral": 0.1, "p_positive": 0.0, "p_source": None, "negated": False, "hedged": False, "question": False,
        "conditional": False, "denied": False, "ground": "word", "cue_start": start, "cue_end": start + 1,
        "cues": "schandalig:-0.50", "method": "model",
    }  # fmt: skip
    without = code_passage(text, "nl", BOARD)
    assert without["actor_id"].isna().all()
    found = code_passage(text, "nl", BOARD, evaluations=make_table("evaluations", [row]))
    judged = found[found["function"] == "moral_evaluation"]
    assert list(judged["actor_id"]) == ["board"]


def test_a_text_without_trees_has_no_rows():
    """Functions need a tree."""
    assert code_passage("De directie moet opstappen.", "nl", BOARD, reading="rules").empty


def test_a_compound_is_found_by_its_last_part():
    """A Dutch compound is found by its last part, of four letters at least."""
    words = load_claim_words("functions", "nl")
    assert words.find("noun", "woningnood").term == "nood"
    assert words.find("noun", "crisiscentrum") is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "nl/functions.csv is missing"),
        ("term,pos\nx,verb\n", "lacks the column"),
        ("term,pos,label,source,target,event,needs\nx,verb,luck,author,none,none,\n", "label: 'luck' is not known"),
    ],
)
def test_a_broken_list_is_refused(tmp_path, monkeypatch, content, message):
    """With the file and the row."""
    monkeypatch.setattr("analysis.coding.language.lists.WORD_LISTS", tmp_path)
    if content is not None:
        (tmp_path / "nl").mkdir()
        (tmp_path / "nl" / "functions.csv").write_text(content, encoding="utf-8")
    load_claim_words.cache_clear()
    with pytest.raises(InputError, match=message):
        load_claim_words("functions", "nl")
    load_claim_words.cache_clear()
