"""Tokens: offsets, quotation marks, names, and named pipelines."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.contracts.errors import UsageError
from analysis.reading.tokens import check_reading, load_pipeline, make_doc


def _tokens(text: str, language: str = "nl") -> list[str]:
    return [token.text for token in make_doc(load_pipeline("rules", language), text, [0])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘Nee, Trump’, zei hij.", ["‘", "Nee", ",", "Trump", "’", ",", "zei", "hij", "."]),
        ("de Asa’ib Ahl al-Haq-militie", ["de", "Asa’ib", "Ahl", "al-Haq-militie"]),
        ("’s avonds zo'n foto’s", ["’s", "avonds", "zo'n", "foto’s"]),
        ("’t Is (Trump, red.) mis", ["’t", "Is", "(", "Trump", ",", "red", ".", ")", "mis"]),
        ("Trump’s „plan“ «ja»", ["Trump", "’s", "„", "plan", "“", "«", "ja", "»"]),
        ("mr. J.P. Balkenende, o.a. 2,5 procent", ["mr.", "J.P.", "Balkenende", ",", "o.a.", "2,5", "procent"]),
        ("Het was best. Dat zei Jan.", ["Het", "was", "best", ".", "Dat", "zei", "Jan", "."]),
        ("weg.De stad:‘Ja’", ["weg", ".", "De", "stad", ":", "‘", "Ja", "’"]),
        ("Midden-Oosten – of VS-Iran", ["Midden-Oosten", "–", "of", "VS-Iran"]),
    ],
)
def test_dutch_tokens(text: str, expected: list[str]) -> None:
    """Quotation marks are tokens of their own, and names keep their apostrophes and hyphens."""
    assert _tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Don’t,” said Qais al-Khazali.", ["“", "Do", "n’t", ",", "”", "said", "Qais", "al-Khazali", "."]),
        ("The U.S. and Sen. Lee's plan", ["The", "U.S.", "and", "Sen.", "Lee", "'s", "plan"]),
        ("He was best. That was Jan.", ["He", "was", "best", ".", "That", "was", "Jan", "."]),
    ],
)
def test_english_tokens(text: str, expected: list[str]) -> None:
    """English keeps spaCy's contractions, with names whole."""
    assert _tokens(text, "en") == expected


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(["nl", "en", "ar"]))
def test_doc_text_is_the_text(text: str, language: str) -> None:
    """Not one character is changed, so that token.idx is an offset in the article."""
    doc = make_doc(load_pipeline("rules", language), text, [0])
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_make_doc_sets_every_boundary() -> None:
    """Sentence starts are set for all tokens; a start inside a token is left out."""
    doc = make_doc(load_pipeline("rules", "nl"), "Een zin. Twee zinnen.", [0, 1, 9])
    assert [token.is_sent_start for token in doc] == [True, False, False, True, False, False]
    assert [sentence.text for sentence in doc.sents] == ["Een zin.", "Twee zinnen."]


def test_white_space_at_the_beginning_is_no_sentence() -> None:
    """It belongs to the first one, so that the sentences of a Doc are those of the table."""
    doc = make_doc(load_pipeline("rules", "nl"), " \n\nEen zin. Twee.", [3, 12])
    assert [sentence.text for sentence in doc.sents] == [" \n\nEen zin.", "Twee."]


def test_make_doc_keeps_boundaries_when_a_pipeline_has_its_own() -> None:
    """A pipeline's sentence splitter is not used; its other components are."""
    pipeline = spacy.blank("nl")
    pipeline.add_pipe("sentencizer")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PER", "pattern": "Trump"}])  # type: ignore[attr-defined]
    doc = make_doc(pipeline, "Dat zei mr. Trump. Ja.", [0, 19])
    assert [sentence.text for sentence in doc.sents] == ["Dat zei mr. Trump.", "Ja."]
    assert [entity.text for entity in doc.ents] == ["Trump"]


def test_unknown_reading_says_what_to_install() -> None:
    """A pipeline that is not installed is a usage error that names the remedy."""
    with pytest.raises(UsageError, match=r"spacy download nl_core_news_none"):
        check_reading("nl_core_news_none")


def test_pipeline_of_another_language_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """An English article is never read by a Dutch pipeline."""
    dutch = spacy.blank("nl")
    monkeypatch.setattr("analysis.reading.tokens._load_installed", lambda _: dutch)
    load_pipeline.cache_clear()
    assert load_pipeline("nl_mine", "nl") is dutch
    assert load_pipeline("nl_mine", "en").lang == "en"
    load_pipeline.cache_clear()
