"""The lexicons keep their format, and their words are found as the documentation says."""

import csv

import pytest
import spacy

from analysis import paths
from analysis.coding.language.lexicon import Entry, find_hits, load_lexicon, load_shifters

LANGUAGES = ("nl", "en")


def entry(term: str, *forms: str, pos: str = "verb") -> Entry:
    """A made-up entry with the forms given, words of a form joined by underscores."""
    return Entry(term, pos, -0.5, "conflict", "agent", tuple(tuple(form.split("_")) for form in forms))


def index(*entries: Entry) -> dict:
    """An index of entries as the loader builds it."""
    found: dict = {}
    for one in entries:
        for form in one.forms:
            found.setdefault(form[0], []).append((form, one))
    return {word: tuple(sorted(forms, key=lambda pair: -len(pair[0]))) for word, forms in found.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_news_lexicon_is_large_enough_and_keeps_its_grid(language):
    """At least 600 entries a language, each with part of speech, polarity and bearing."""
    with (paths.WORD_LISTS / language / "lexicon.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) >= 600
    assert {row["pos"] for row in rows} <= {"verb", "noun", "adjective", "adverb", "phrase"}
    assert {row["bears"] for row in rows} <= {"agent", "patient", "both", "head"}
    assert {abs(float(row["polarity"])) for row in rows} <= {0.25, 0.5, 0.75, 1.0}
    assert len({(row["term"], row["pos"]) for row in rows}) == len(rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_is_both_good_and_bad(language):
    """A form that two entries share has one direction, or the lexicon would depend on their order."""
    signs: dict = {}
    for forms in load_lexicon(language).values():
        for form, record in forms:
            signs.setdefault((form, record.pos), set()).add(record.polarity > 0)
    assert not {form for form, found in signs.items() if len(found) > 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_shifters_have_known_kinds(language):
    """Only kinds that the evaluations know how to use."""
    kinds = {record.kind for forms in load_shifters(language).values() for _, record in forms}
    assert kinds <= {"negation", "denial", "intensifier", "diminisher", "hedge", "conditional"}
    assert {"negation", "hedge", "intensifier"} <= kinds


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("De partij viel de minister hard aan.", (2, 6)),
        ("De partij heeft de minister aangevallen.", (5,)),
        ("Hij viel van de trap.", None),
    ],
)
def test_a_separable_verb_is_found_in_one_piece_or_two(text, tokens):
    """`viel ... aan` is one verb; `viel` alone is another."""
    doc = spacy.blank("nl")(text)
    hits = find_hits(doc, index(entry("aanvallen", "viel_aan", "aangevallen")))
    assert [hit.tokens for hit in hits] == ([tokens] if tokens else [])


def test_the_parts_of_a_verb_stand_at_most_eight_words_apart():
    """Beyond a clause's length a particle belongs to another verb."""
    nlp = spacy.blank("nl")
    words = index(entry("aanvallen", "viel_aan"))
    assert find_hits(nlp("Zij viel " + "zo " * 7 + "aan"), words)
    assert not find_hits(nlp("Zij viel " + "zo " * 9 + "aan"), words)


def test_the_longest_form_wins_and_hits_do_not_overlap():
    """`om het leven komen` is one hit, not that and `leven`."""
    doc = spacy.blank("nl")("Twee mensen kwamen om het leven.")
    words = index(entry("om het leven komen", "kwamen_om_het_leven", pos="phrase"), entry("leven", "leven", pos="noun"))
    assert [hit.record.term for hit in find_hits(doc, words)] == ["om het leven komen"]
