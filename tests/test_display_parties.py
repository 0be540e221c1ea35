"""Who takes part: rows of deeds and of responsibility mark whom they speak of, with what each is."""

import pytest

from analysis.codebook.load import EMPTY
from analysis.contracts.tables import Tables
from analysis.corpus.selection import articles_from_texts
from analysis.display.explanations.explain import explain
from analysis.runs.chain import code_articles

TEXT = (
    "De politie heeft gisteren drie betogers aangevallen met stokken. Voorzitter Anna Poot beschuldigt de vakbond van "
    "het geweld. “De politie is verantwoordelijk voor de rellen”, zei bestuurder Kees Mulder. Hij eist dat minister "
    "Jansen opstapt."
)


@pytest.fixture(scope="module")
def coded() -> Tables:
    """The text above, coded with an empty codebook."""
    return code_articles(articles_from_texts([TEXT]), EMPTY, methods=["lexicon"])


def parts_of(coded: Tables, row_id: str) -> set[tuple[str, str]]:
    """Marked words of an explanation, each with its note up to the colon."""
    return {(mark.text, mark.note.partition(":")[0]) for mark in explain(coded, row_id).highlights}


def test_a_deed_marks_agent_and_patient(coded: Tables) -> None:
    """Beside the words of the deed, by the mentions that the row names."""
    row = coded.actions.query("predicate == 'aanvallen'").iloc[0]
    assert parts_of(coded, row["action_id"]) == {
        ("politie", "agent"),
        ("betogers", "patient"),
        ("aangevallen", "deed"),
    }


@pytest.mark.parametrize(
    ("stance", "expected"),
    [
        ("accuses", {("Voorzitter Anna Poot", "accuser"), ("vakbond", "accused"), ("het geweld", "for what")}),
        ("holds_responsible", {("bestuurder Kees Mulder", "accuser"), ("politie", "accused"), ("de rellen", "for what")}),
        ("demands", {("Hij", "who demands"), ("minister Jansen", "who must act")}),
    ],
)  # fmt: skip
def test_responsibility_marks_accuser_and_accused(coded: Tables, stance: str, expected: set[tuple[str, str]]) -> None:
    """Who says so, also as the speaker of a quote, who is held responsible or must act, and for what."""
    row = coded.responsibility[coded.responsibility["stance"] == stance].iloc[0]
    assert expected <= parts_of(coded, row["responsibility_id"])


def test_a_framing_function_marks_who_says_so_and_whom_it_is_about(coded: Tables) -> None:
    """The same words serve the table of functions."""
    row = coded.functions.query("function == 'causal_attribution'").iloc[0]
    found = parts_of(coded, row["function_id"])
    assert {("Voorzitter Anna Poot", "who says so"), ("vakbond", "who is blamed")} <= found


def test_what_is_marked_is_told_in_text_and_in_html(coded: Tables) -> None:
    """A terminal has a line for each mark, a notebook a list."""
    told = explain(coded, coded.actions.query("predicate == 'aanvallen'").iloc[0]["action_id"])
    assert "«politie» heeft" in told.to_text() and "«politie» agent: " in told.to_text()
    assert "betogers</mark> patient: " in told._repr_html_()
