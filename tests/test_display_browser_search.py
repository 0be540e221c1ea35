"""Full-text search: words and their beginnings, in sentences first and then in articles; and the names of actors."""

import json

import numpy as np
import pytest

from analysis.contracts.errors import InputError
from analysis.display.browser import Filter, Queries, open_corpus
from analysis.display.browser import queries as asking
from analysis.display.browser.full_text import MOST_LETTERS, MOST_TERMS, TextIndex, find_spans, fold, read_terms
from tests.browser_corpus import BAD
from tests.browser_village import ARTICLES, VILLAGE, write_village


@pytest.fixture(scope="module")
def queries(tmp_path_factory):
    """Questions to the village."""
    return Queries(open_corpus(write_village(tmp_path_factory.mktemp("coded") / "out"), codebook=VILLAGE))


def found(queries, words, **asked):
    """Of each row whether it is one sentence, its article and its sentences."""
    answer = queries.search(Filter(**asked), "nl", words=words)
    assert answer["total"] == len(answer["rows"]) == answer["n_sentences"] + answer["n_articles"]
    return [(row["is_whole"], row["article"]["id"], [s["n"] for s in row["sentences"]]) for row in answer["rows"]]


def marked(queries, words):
    """The words that are marked, row by row."""
    rows = queries.search(Filter(), "nl", words=words)["rows"]
    return [[s["text"][a:b] for s in row["sentences"] for a, b in s["found"]] for row in rows]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Één CAFÉ", "een cafe"), ("ERDOĞAN Łódź Øresund Straße", "erdogan lodz oresund strasse"),
        ("İstanbul ısı", "istanbul isi"), ("Ⅳ ﬁnale ½", "iv finale 1⁄2"), ("ΟΔΟΣ οδος", "οδοσ οδοσ"),
        ("cafe\u0301 re\u00adgel", "cafe regel"), ("Москва й", "москва и"), ("<b>&amp;", "<b>&amp;"), ("", ""),
    ],
)  # fmt: skip
def test_capitals_and_accents_do_not_count(text, plain):
    """Nor marks that are not seen; the whole text is folded as each letter is."""
    assert fold(text) == "".join(fold(letter) for letter in text) == plain


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Bru CAFÉ", [("bru",), ("cafe",)]), ("café-eig", [("cafe", "eig")]), ('"Witte Huis"', [("witte", "huis")]),
        ("“Witte Huis", [("witte",), ("huis",)]), ('a "a" a', [("a",), ("a",)]), ("?! … \"\" ''", []), ("", []),
    ],
)  # fmt: skip
def test_a_question_is_words_in_a_row_or_apart(question, terms):
    """What stands in quotation marks is whole; nothing is asked twice."""
    assert [term.words for term in read_terms(question)] == terms


def test_a_question_that_is_too_long_is_refused():
    """By words and by letters."""
    for question in (" ".join(f"w{n}" for n in range(MOST_TERMS + 1)), "a" * (MOST_LETTERS + 1)):
        with pytest.raises(InputError, match="at most 12 words of 200 letters"):
            read_terms(question)


def test_index_and_places_agree():
    """For every text and term the index says what the text itself says; nothing runs on into the next text."""
    texts = [sentence for _, _, _, sentences in ARTICLES.values() for sentence, _, _ in sentences]
    texts += ["", "?!", "brug", "leeg de", "ijsbrug brug", "b", "brugge"]
    index = TextIndex(iter(texts))
    for question in ("brug", '"brug"', "b", "ijs", "witte huis", '"witte huis"', "foto's", "café-e", "zz", "leeg de",
                     '"leeg de"', '"brug brug"', "huis staat", "1", "script", "é", "Łó"):  # fmt: skip
        for term in read_terms(question):
            assert index.holds(term).tolist() == [bool(find_spans(text, [term])[0]) for text in texts], question
    assert index.stream.dtype == np.int32 and len(index) == len(texts)
    assert TextIndex([]).holds(read_terms("a")[0]).tolist() == []


def test_words_and_beginnings_of_words_are_found_but_no_other_parts(queries):
    """In the order of reading: by date, undated last; titles that no sentence holds before the sentences."""
    assert found(queries, "brug") == [
        (True, "v2", [-1]), (True, "v2", [0]), (True, "v5", [-1]), (True, "v5", [1]), (True, "v3", [1])
    ]  # fmt: skip
    assert [row[1] for row in found(queries, "ijsb")] == ["v2"] and found(queries, "sbrug") == []
    assert found(queries, "BRU") == found(queries, "brug") and found(queries, '"bru"') == []
    assert marked(queries, "lodz") == [["Łódź"]] and found(queries, "…") == []


def test_accents_are_found_however_they_are_written(queries):
    """And marked with them, in texts with letters outside the basic plane."""
    expected = [["cafe\u0301"], ["CAFÉ"], ["café"], ["café"], ["café", "cafés"]]
    assert marked(queries, "cafe") == marked(queries, "CAFÉ") == expected
    assert marked(queries, '"café"') == [*expected[:-1], ["café"]]


def test_several_words_stand_in_one_sentence_or_else_in_one_article(queries):
    """Sentences first; of an article the fewest sentences that hold all the words; none of it twice."""
    assert found(queries, "café jansen") == [(True, "v1", [1]), (True, "v3", [2])]
    assert found(queries, "bank brug café") == [(False, "v2", [-1, 1, 2]), (False, "v3", [1, 2])]
    assert found(queries, "bank brug") == [(True, "v3", [1]), (False, "v2", [-1, 2])]
    assert found(queries, "bank zebra") == []
    assert marked(queries, "huis witte") == [["Witte", "Huis"], ["witte", "huis"], ["witte", "huizen"]][:2]
    assert found(queries, '"witte huis"') == [(True, "v5", [-1]), (True, "v5", [0])]
    assert found(queries, '"huis witte"') == []


def test_filters_narrow_what_is_searched(queries):
    """Outlet and period; and of findings, sentences and articles that hold one that passes."""
    assert found(queries, "café", outlet="blad") == [(True, "v3", [2]), (True, "v4", [0])]
    assert found(queries, "café", since="2024-05-02", until="2024-05-31") == [(True, "v1", [0]), (True, "v1", [1])]
    assert found(queries, "café", actor="bo") == [(True, "v1", [1]), (True, "v3", [2])]
    assert found(queries, "café", actor="council") == [(True, "v1", [0])]
    assert found(queries, "café", actor="council", parts="1") == [
        (True, "v1", [0]),
        (True, "v1", [1]),
        (True, "v3", [2]),
    ]
    assert found(queries, "café", sign="negative") == [(True, "v1", [0]), (True, "v1", [1])]
    assert found(queries, "jansen brug", actor="bank") == [] and found(queries, "bank", actor="nobody") == []
    assert found(queries, "jansen brug", outlet="blad", kind="mention") == [(False, "v3", [1, 2])]


def test_actors_are_found_by_name(queries, monkeypatch):
    """In both languages, the most mentioned first; those that do not count are left out."""
    answer = queries.search(Filter(), "en", words="mull")
    assert answer["actors"] == [["els", 2]] and answer["names"]["els"] == "Els Müller" and answer["total"] == 1
    assert queries.search(Filter(), "en", words="ijsclub")["actors"] == [["club", 1]]
    assert queries.search(Filter(), "nl", words="dorp o")["actors"] == [["village", 0]]
    assert queries.search(Filter(), "nl", words="niemand")["actors"] == []
    assert queries.search(Filter(outlet="blad"), "nl", words="mull")["actors"] == []
    monkeypatch.setattr(asking, "MOST_NAMES", 1)
    answer = queries.search(Filter(), "nl", words="b")
    assert (answer["actors"], answer["n_actors"]) == ([["bo", 2]], 3)


def test_results_are_paged(queries, monkeypatch):
    """Sentences and articles on one list."""
    monkeypatch.setitem(asking.SIZES, "search", 1)
    pages = [queries.search(Filter(), "nl", words="bank brug", offset=n) for n in range(3)]
    assert [page["total"] for page in pages] == [2, 2, 2]
    assert [[row["article"]["id"] for row in page["rows"]] for page in pages] == [["v3"], ["v2"], []]


def test_an_article_tells_where_the_words_stand(queries):
    """By sentence; nothing where nothing is looked for."""
    shown = queries.article("v1", "nl", words="els cafe")
    assert shown["found"] == {0: [[7, 11]], 1: [[0, 3], [36, 40]], 2: [[0, 3]]}
    assert queries.article("v1", "nl")["found"] == {}


def test_answers_hold_text_as_it_is(queries):
    """What looks like markup is text and found as such; the answer is JSON. A question without words finds nothing."""
    answer = queries.search(Filter(), "nl", words="<script>alert(1)")
    assert [s["text"] for row in answer["rows"] for s in row["sentences"]] == [f"De bank {BAD} zwijgt."]
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer
    assert queries.search(Filter(), "nl")["rows"] == queries.search(Filter(), "nl", words="?!")["actors"] == []
