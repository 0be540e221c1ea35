"""Totals along `part_of`: literal rows, each counted once, whichever way the parts are written down."""

from dataclasses import replace

import pytest

from analysis.codebook.load import Actor, Codebook
from analysis.contracts.errors import InputError
from analysis.display.browser import Filter, Queries, open_corpus
from analysis.display.browser.filters import read_filter
from analysis.display.browser.parts import Parts, find_parts
from tests.browser_village import VILLAGE, write_village


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The village, coded."""
    return write_village(tmp_path_factory.mktemp("coded") / "out")


@pytest.fixture(scope="module")
def queries(folder):
    """Questions to it."""
    return Queries(open_corpus(folder, codebook=VILLAGE))


def test_the_list_has_own_numbers_and_those_with_parts(queries):
    """Own numbers as they are; beside them the total and each part that counts, also of whom no row names."""
    answer = queries.actors(Filter(), "nl")
    rows = {row[0]: row[1:] for row in answer["rows"]}
    assert rows["council"] == [2, 0, 1, 0, 1] and rows["village"] == [0, 0, 0, 0, 0]
    assert answer["rows"][-1][0] == "village" and "idle" not in rows, "by their own mentions"
    assert answer["wholes"] == {
        "council": {"total": [6, 0, 2, 2, 2], "parts": [["els", 1, 2, 0, 1, 1, 0], ["bo", 1, 2, 0, 0, 1, 1]]},
        "village": {
            "total": [7, 0, 2, 2, 3],
            "parts": [["council", 1, 2, 0, 1, 0, 1], ["els", 2, 2, 0, 1, 1, 0], ["bo", 2, 2, 0, 0, 1, 1],
                      ["club", 1, 1, 0, 0, 0, 1]],
        },
    }  # fmt: skip
    assert answer["names"]["els"] == "Els Müller"
    for actor, whole in answer["wholes"].items():
        columns = zip(*[rows[actor], *(part[2:] for part in whole["parts"])], strict=True)
        assert whole["total"] == [sum(column) for column in columns], "what is shown adds up"


def test_totals_are_narrowed_as_other_numbers_are(queries):
    """By outlet, period and source."""
    answer = queries.actors(Filter(outlet="blad"), "nl")
    assert [row[0] for row in answer["rows"]] == ["bo", "bank", "council", "village"]
    assert answer["wholes"]["council"] == {"total": [1, 0, 0, 0, 1], "parts": [["bo", 1, 1, 0, 0, 0, 1]]}
    assert answer["wholes"]["village"]["parts"] == [["council", 1, 0, 0, 0, 0, 0], ["bo", 2, 1, 0, 0, 0, 1]]
    assert queries.actors(Filter(source="bank"), "nl")["rows"] == []


def test_one_actor_alone_and_with_its_parts(queries):
    """What it is part of; rows, sentences once however many parts they name."""
    answer = queries.actor(Filter(actor="council", parts="1", sign="negative"), "en")
    assert answer["above"] == ["village"] and answer["total"] == [6, 0, 2, 2, 2, 4]
    assert answer["rows"] == [
        ["council", 0, 2, 0, 1, 0, 1, 2], ["els", 1, 2, 0, 1, 1, 0, 2], ["bo", 1, 2, 0, 0, 1, 1, 2]
    ]  # fmt: skip
    assert answer["names"] == {
        "village": "Village <b>Ø</b>",
        "council": "Council",
        "els": "Els Müller",
        "bo": "Bo Jansen",
    }
    assert queries.actor(Filter(actor="bo"), "nl")["above"] == ["council", "village"]
    assert queries.actor(Filter(actor="village"), "nl")["total"][-1] == 5
    unknown = queries.actor(Filter(actor="nobody"), "nl")
    assert (unknown["rows"], unknown["total"]) == ([], [0] * 6)
    assert queries.actor(Filter(actor="bo", until="2024-01"), "nl")["rows"] == [["bo", 0, 0, 0, 0, 0, 0, 0]]


def test_sentences_and_articles_of_an_actor_with_its_parts(queries):
    """Each sentence once, each finding once: a deed of one part towards another as well."""

    def found(**asked):
        rows = queries.sentences(Filter(**asked), "nl")["rows"]
        return [(row["article"]["id"], row["sentence"]["n"], *row["hits"]) for row in rows]

    assert [row[:2] for row in found(actor="council", parts="1")] == [("v1", 0), ("v1", 1), ("v1", 2), ("v3", 2)]
    assert [row[:2] for row in found(actor="council")] == [("v1", 0), ("v1", 2)]
    assert found(actor="council", parts="1", kind="deed") == [("v1", 1, "v1:a1")]
    for sign, n in (("negative", 2), ("neutral", 2), ("positive", 2)):
        hits = [hit for row in found(actor="council", parts="1", sign=sign) for hit in row[2:]]
        assert len(hits) == len(set(hits)) == n
    assert [row[0] for row in queries.articles(Filter(actor="village", parts="1"), "nl")["rows"]] == ["v2", "v1", "v3"]
    assert queries.sentences(Filter(parts="1"), "nl") == queries.sentences(Filter(), "nl"), (
        "of nobody there are no parts"
    )


def test_a_codebook_made_by_hand_may_go_in_a_circle(folder):
    """Each of the circle then has all of it as parts, once."""
    actors = dict(VILLAGE.actors)
    actors["village"] = replace(actors["village"], part_of="els")
    queries = Queries(open_corpus(folder, codebook=replace(VILLAGE, actors=actors)))
    wholes = queries.actors(Filter(), "nl")["wholes"]
    assert [wholes[actor]["total"][0] for actor in ("council", "village", "els")] == [7, 7, 7]
    assert queries.actor(Filter(actor="els"), "nl")["above"] == ["council", "village"]
    assert Parts({"a": "a"}).members("a") == ["a"]


def test_without_a_codebook_nobody_has_parts(folder):
    """And one that names parts of what it does not list is followed."""
    queries = Queries(open_corpus(folder))
    assert queries.actors(Filter(), "nl")["wholes"] == {} and queries.overview("nl")["part_of"] == []
    book = Codebook("t", {"els": Actor("els", {"nl": "Els"}, "person", part_of="elsewhere")})
    queries = Queries(open_corpus(folder, codebook=book))
    assert queries.actor(Filter(actor="elsewhere"), "nl")["total"] == [2, 0, 1, 1, 0, 2]


def test_a_government_that_no_codebook_lists_is_part_of_its_country():
    """As coding takes it, which found it."""
    book = Codebook("t", {"iran": Actor("iran", {"nl": "Iran"}, "country", country="IR")})
    assert find_parts(book, ["world:IR", "iran"]).part_of == {"world:IR": "iran"}
    assert find_parts(book, ["iran"]).part_of == {}


def test_other_words_for_parts_are_refused():
    """The message names the part of the address."""
    with pytest.raises(InputError, match="parts: 'yes' is unknown; use 1"):
        read_filter({"actor": "council", "parts": "yes"})
