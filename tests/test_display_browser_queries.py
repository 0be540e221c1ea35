"""What is found, filtered and counted: literal rows, and every number by another way."""

import pytest

from analysis.contracts.errors import InputError
from analysis.display.browser import Filter, Queries, open_corpus
from analysis.display.browser.filters import QUOTED, read_filter
from analysis.display.browser.findings import KINDS, SIGNS
from tests.browser_corpus import CODEBOOK, write_corpus


@pytest.fixture(scope="module")
def queries(tmp_path_factory):
    """Questions to the corpus of three articles."""
    return Queries(open_corpus(write_corpus(tmp_path_factory.mktemp("coded")), codebook=CODEBOOK))


def test_every_row_that_counts_is_one_finding(queries):
    """Of judgements those of one method, of frames one per sentence and frame, in the order of reading."""
    found = queries.findings
    counts = queries.overview("nl")["counts"]
    assert counts == {"mention": 9, "quote": 3, "judgement": 6, "neutral": 3, "frame": 3, "deed": 3, "blame": 3,
                      "function": 3, "role": 3}  # fmt: skip
    assert [queries.corpus.article_ids[n] for n in found.order] == ["b/2?", "a1", "c3"]
    first = [
        KINDS[k] for k, place, n in zip(found.kind, found.place, found.sentence, strict=True) if place == 0 and n == 2
    ]
    assert first == ["mention", "neutral", "deed"]


def test_actors_are_counted_by_mentions_quotes_and_signs(queries):
    """Mentions, quotes, then negative, neutral and positive judgements about the actor."""
    answer = queries.actors(Filter(), "en")
    assert answer["rows"] == [["piet", 6, 0, 3, 3, 0], ["jan", 3, 3, 0, 0, 3]] and answer["total"] == 2
    assert answer["names"]["jan"] == "John & co"
    assert queries.actors(Filter(outlet="krant"), "en")["rows"][0] == ["piet", 2, 0, 1, 1, 0]
    assert queries.actors(Filter(source="jan"), "en")["rows"] == [["piet", 0, 0, 3, 0, 0], ["jan", 0, 3, 0, 0, 0]]
    assert queries.actors(Filter(sign="positive", actor="jan"), "en")["total"] == 2, "all remain to be chosen"
    assert [row[0] for row in queries.actors(Filter(), "nl", find="JAN &")["rows"]] == ["jan"]
    assert queries.actors(Filter(), "nl", offset=1)["rows"][0][0] == "jan"


def hits(queries, **asked):
    """Ids of the findings that pass, in order."""
    return [hit for row in queries.sentences(Filter(**asked), "nl")["rows"] for hit in row["hits"]]


def test_sentences_hold_the_findings_asked_for(queries):
    """By outlet, actor, source, sign and kind."""
    assert hits(queries, outlet="krant", sign="negative") == ["a1:e1.model"]
    assert hits(queries, outlet="krant", sign="neutral") == ["a1:e2.model"]
    assert hits(queries, outlet="krant", kind="frame") == ["a1/1/conflict"]
    assert hits(queries, outlet="krant", kind="frame,deed") == ["a1/1/conflict", "a1:a1"]
    assert hits(queries, outlet="krant", source="author") == ["a1:e3.model"]
    assert hits(queries, outlet="krant", source=QUOTED, kind="judgement") == ["a1:e1.model"]
    assert hits(queries, outlet="krant", actor="jan") == ["a1:m1", "a1:q1", "a1:e3.model"]
    assert hits(queries, actor="nobody") == [] and hits(queries, outlet="none") == []
    answer = queries.sentences(Filter(), "nl")
    assert answer["total"] == 6 and "a1:e2.model" not in hits(queries), "what is not clear is for those who ask"
    assert queries.sentences(Filter(), "nl", offset=5)["rows"][0]["article"]["id"] == "c3"


def test_periods_reckon_with_what_is_known_of_a_date(queries):
    """A month passes where it may lie inside; no date passes where no period is asked for."""

    def ids(**asked):
        return [row[0] for row in queries.articles(Filter(**asked), "nl")["rows"]]

    assert ids() == ["b/2?", "a1", "c3"]
    assert ids(since="2024-03-02") == ["b/2?", "a1"]
    assert ids(since="2024-03-03") == ["b/2?"]
    assert ids(until="2024-03") == ["b/2?", "a1"] and ids(until="2024") == ["b/2?", "a1"]
    assert ids(until="2024-03-01") == ["b/2?"] and ids(until="2024-02") == [] and ids(since="2025") == []


def test_articles_are_listed_with_their_findings(queries):
    """Id, headline, outlet, date, findings; found by headline, or by id where there is none."""
    answer = queries.articles(Filter(sign="negative"), "nl")
    assert [(row[0], row[2], row[3], row[4]) for row in answer["rows"]] == [
        ("b/2?", "blad <i>", "2024-03", 1), ("a1", "krant", "2024-03-02", 1), ("c3", None, None, 1)
    ]  # fmt: skip
    assert [row[0] for row in queries.articles(Filter(), "nl", find="KOP")["rows"]] == ["b/2?", "a1"]
    assert [row[0] for row in queries.articles(Filter(), "nl", find="c3")["rows"]] == ["c3"]
    assert queries.articles(Filter(actor="nobody"), "nl")["total"] == 0


def test_the_overview_names_what_can_be_asked_for(queries):
    """Outlets with their articles, voices before names, the period."""
    overview = queries.overview("nl")
    assert overview["outlets"] == [["blad <i>", 1], ["krant", 1]]
    assert overview["sources"] == [("author", 3), ("jan", 12)] and overview["names"]["author"] == "eigen stem"
    assert (overview["n_articles"], overview["n_sentences"], overview["since"], overview["until"]) == (
        3,
        9,
        "2024-03",
        "2024-03-02",
    )


def test_the_sums_agree_whatever_is_asked(queries):
    """Counts of actors are those of the sentences; outlets add up to all."""
    for sign in SIGNS:
        by_actor = {row[0]: row[3 + SIGNS.index(sign)] for row in queries.actors(Filter(), "nl")["rows"]}
        assert by_actor == {actor: len(hits(queries, actor=actor, sign=sign)) for actor in by_actor}
    outlets = [len(hits(queries, outlet=outlet)) for outlet in ("krant", "blad <i>")]
    assert sum(outlets) * 3 == len(hits(queries)) * 2


def test_reasons_are_those_of_explain(queries):
    """One row, of the article that is named; a lexicon that is silent here is said to be."""
    reasons = queries.reasons("a1", "a1:e1.model", "en")["reasons"]
    assert reasons[0].startswith("a1:e1.model: <script>alert(1)</script> judged at -0.60 by John & co")
    dutch = queries.reasons("a1", "a1:e1.model", "nl")["reasons"]
    assert dutch[0].startswith("a1:e1.model: <script>alert(1)</script> beoordeeld met −0,60, bron: Jan & co")
    assert any("the lexicon says -0.50" in line for line in reasons)
    silent = queries.reasons("b/2?", "b/2?:e1.model", "en")["reasons"]
    assert "in the same sentence, the lexicon finds no word that judges" in silent
    assert len(queries.reasons("b/2?", "b/2?/1/conflict", "en")["reasons"]) == 3
    with pytest.raises(InputError, match="not of the article"):
        queries.reasons("a1", "b/2?:e1.model", "en")
    with pytest.raises(InputError, match="there is no row"):
        queries.reasons("a1", "a1:e9", "en")


def test_every_card_has_reasons(queries):
    """Whatever can be clicked is explained."""
    for article_id in queries.corpus.article_ids:
        cards = [card for s in queries.article(article_id, "nl")["sentences"] for card in s["cards"]]
        assert len({card["id"] for card in cards}) == 12
        for card in cards:
            assert queries.reasons(article_id, card["id"], "nl")["reasons"]


@pytest.mark.parametrize("words", [{"sign": "bad"}, {"kind": "frame,x"}, {"since": "yesterday"}, {"until": "2024-1"}])
def test_a_filter_that_is_not_understood_is_refused(words):
    """The message names the part."""
    with pytest.raises(InputError, match=next(iter(words))):
        read_filter(words)
