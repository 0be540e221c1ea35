"""A language is a folder: words and traits come from its files, and a coder asks the record for them."""

import pytest

from analysis.coding.claims.words import load_claim_words
from analysis.coding.language import record
from analysis.coding.language.events import load_events
from analysis.coding.language.lexicon import load_lexicon, load_shifters
from analysis.coding.language.reporting import load_reporting
from analysis.coding.roles.words import load_role_words
from analysis.contracts import words
from analysis.contracts.errors import InputError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of languages in place of the project's, with German in it."""
    monkeypatch.setattr(words, "WORD_LISTS", tmp_path)
    (tmp_path / "de").mkdir()
    words.forget()
    record.get_language.cache_clear()
    yield tmp_path / "de"
    words.forget()
    record.get_language.cache_clear()


def test_traits_and_words_are_those_of_the_folder(folder):
    """One list of traits, and any other list by file and name."""
    (folder / "grammar.yaml").write_text("traits: {about: A., words: verb_final}\n", "utf-8")
    (folder / "quotes.yaml").write_text("verbs: {about: A., words: sagen fragen}\n", "utf-8")
    german = record.get_language("de")
    assert german.has("verb_final") and not german.has("gerunds")
    assert german.words("quotes", "verbs") == {"sagen", "fragen"}
    assert [one.code for one in record.coded_languages()] == ["de"]


def test_a_trait_that_nobody_asks_for_is_refused(folder):
    """A typing error in the folder is told with its file; one in the code is a KeyError."""
    (folder / "grammar.yaml").write_text("traits: {about: A., words: verb_finl}\n", "utf-8")
    with pytest.raises(InputError, match=r"de/grammar\.yaml: verb_finl: no such trait"):
        record.get_language("de")
    with pytest.raises(KeyError):
        record.Language("de").has("verb_finl")


def test_a_language_without_large_lists_has_none_of_their_rows():
    """So that its articles can be coded before there is a list."""
    assert not load_lexicon("xx") and not load_shifters("xx") and not load_events("xx").verbs
    assert not load_reporting("xx").kinds and not load_claim_words("blame", "xx").single
    assert not any(load_role_words("xx").values())
