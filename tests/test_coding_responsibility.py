"""Who holds whom responsible, for what, and in whose voice."""

import csv

import pandas as pd
import pytest

from analysis.codebook.load import Actor, Codebook, Wording
from analysis.coding.claims.responsibility import code_responsibility
from analysis.coding.claims.words import KINDS, load_claim_words
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.contracts.errors import InputError
from analysis.contracts.paths import WORD_LISTS
from analysis.contracts.schema import STANCES
from analysis.contracts.tables import make_table
from analysis.reading import read_articles
from tests.misread import MISREAD

BOOK = Codebook(
    name="test",
    actors={
        key: Actor(key, {"nl": key}, "organisation", wording={
            "nl": Wording(nominals=(dutch,)), "en": Wording(nominals=(english,)),
        })
        for key, dutch, english in (
            ("union", "bond", "union"), ("mayor", "burgemeester", "mayor"), ("board", "directie", "board"),
        )
    },
)  # fmt: skip


def quote(text: str, said: str, source: str | None) -> dict:
    """A row of the table ``quotes`` for words in a text."""
    start = text.index(said)
    return {
        "quote_id": f"a1:q{start:05d}", "article_id": "a1", "start": start, "end": start + len(said), "kind": "direct",
        "source_id": source, "source_mention_id": None, "cue": None, "cue_start": None, "cue_end": None,
        "outer_id": None, "rule": "test",
    }  # fmt: skip


def code(articles, quotes=(), *, reading="model"):
    """The table for some articles."""
    read = read_articles(articles, reading=reading)
    return code_responsibility(read, find_all_mentions(read, BOOK, unlisted=False), make_table("quotes", list(quotes)))


def rows(articles, quotes=()):
    """Accuser, accused, stance and event of each row."""
    columns = ["accuser_id", "accused_id", "stance", "event"]
    table = code(articles, quotes)[columns]
    return [tuple(None if pd.isna(value) else value for value in row) for row in table.itertuples(index=False)]


DUTCH = [
    (
        "De bond houdt de directie verantwoordelijk voor het ongeluk.",
        ("union", "board", "holds_responsible", "het ongeluk"),
    ),
    (
        "De directie wordt door de bond verantwoordelijk gehouden voor het ongeluk.",
        ("union", "board", "holds_responsible", "het ongeluk"),
    ),
    ("De bond geeft de directie de schuld van de chaos.", ("union", "board", "accuses", "de chaos")),
    ("De bond geeft de schuld van de chaos aan de directie.", ("union", "board", "accuses", "de chaos")),
    ("De bond beschuldigt de burgemeester van fraude.", ("union", "mayor", "accuses", "fraude")),
    (
        "De directie wordt ervan beschuldigd cijfers te hebben vervalst.",
        ("unnamed", "board", "accuses", "cijfers te hebben vervalst"),
    ),
    (
        "De bond verwijt de burgemeester dat hij heeft gelogen.",
        ("union", "mayor", "accuses", "hij heeft gelogen"),
    ),
    ("De bond wijt de nederlaag aan de directie.", ("union", "board", "holds_responsible", "de nederlaag")),
    ("De storing is te wijten aan de directie.", ("author", "board", "holds_responsible", "De storing")),
    ("De chaos is de schuld van de burgemeester.", ("author", "mayor", "holds_responsible", "De chaos")),
    ("De directie is verantwoordelijk voor de brand.", ("author", "board", "holds_responsible", "de brand")),
    ("De burgemeester ontkent elke betrokkenheid bij de fraude.", ("mayor", "mayor", "denies", "de fraude")),
    ("De directie bekende dat zij had gelogen.", ("board", "board", "admits", "zij had gelogen")),
    ("De bond heeft de aanslag opgeëist.", ("union", "union", "admits", "de aanslag")),
    ("De bond eist dat de burgemeester aftreedt.", ("union", "mayor", "demands", "de burgemeester aftreedt")),
    ("De bond eist van de directie een hoger loon.", ("union", "board", "demands", "een hoger loon")),
    (
        "De burgemeester verdedigde de directie tegen de kritiek.",
        ("mayor", "board", "defends", "de kritiek"),
    ),
    pytest.param(
        "De beschuldiging van de bond aan het adres van de burgemeester is onterecht.",
        ("union", "mayor", "accuses", None),
        marks=MISREAD,
    ),
    ("De bond ziet in het ongeluk een aanval van de directie.", ("union", "board", "accuses", "het ongeluk")),
]
ENGLISH = [
    ("The union held the board responsible for the crash.", ("union", "board", "holds_responsible", "the crash")),
    ("The board was blamed by the union for the crash.", ("union", "board", "accuses", "the crash")),
    ("The mayor blamed the riot on the union.", ("mayor", "union", "accuses", "the riot")),
    pytest.param("The union accused the mayor of lying.", ("union", "mayor", "accuses", "lying"), marks=MISREAD),
    ("The board denied any involvement in the fraud.", ("board", "board", "denies", "the fraud")),
    ("The union claimed responsibility for the fire.", ("union", "union", "admits", "the fire")),
    ("The union demanded that the mayor resign.", ("union", "mayor", "demands", "the mayor resign")),
    ("The union called on the mayor to resign.", ("union", "mayor", "demands", "resign")),
    ("The crisis is the fault of the board.", ("author", "board", "holds_responsible", "The crisis")),
]


@pytest.mark.parametrize(("text", "expected"), DUTCH)
def test_dutch_blame(make_articles, text, expected):
    """One row, with who, whom, how and what for."""
    assert expected in rows(make_articles(text))


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_blame(make_articles, text, expected):
    """English likewise."""
    assert expected in rows(make_articles(text, language="en"))


def test_who_speaks_accuses_where_nobody_is_named(make_articles):
    """A passive in a quote: the innermost speaker holds responsible; outside quotes nobody is named."""
    text = "‘De directie zal verantwoordelijk worden gehouden voor de schade’, zei de burgemeester."
    said = "De directie zal verantwoordelijk worden gehouden voor de schade"
    assert rows(make_articles(text), [quote(text, said, "mayor")])[0][:2] == ("mayor", "board")
    assert rows(make_articles(text), [quote(text, said, None)])[0][:2] == ("unnamed", "board")
    outer = quote(text, text, "union")
    assert rows(make_articles(text), [outer, quote(text, said, "mayor")])[0][:2] == ("mayor", "board")
    assert rows(make_articles(text))[0][:2] == ("unnamed", "board")


def test_a_state_is_said_by_the_speaker_or_the_outlet(make_articles):
    """`is verantwoordelijk voor` in a quote is the speaker's."""
    text = "‘De directie is verantwoordelijk voor de brand’, zei de burgemeester."
    said = "De directie is verantwoordelijk voor de brand"
    assert rows(make_articles(text), [quote(text, said, "mayor")])[0][0] == "mayor"
    assert rows(make_articles(text))[0][0] == "author"


@pytest.mark.parametrize(
    ("text", "negated", "hedged"),
    [
        ("De directie is verantwoordelijk voor de brand.", False, False),
        ("De directie zou verantwoordelijk zijn voor de brand.", False, True),
        ("De directie is niet verantwoordelijk voor de brand.", True, False),
    ],
)
def test_what_is_denied_or_perhaps_so_says_so(make_articles, text, negated, hedged):
    """Rows keep their flags."""
    table = code(make_articles(text))
    assert (table["negated"].tolist(), table["hedged"].tolist()) == ([negated], [hedged])


@pytest.mark.parametrize(
    "text", ["De bond houdt van muziek.", "De directie gaf een feest.", "De burgemeester is verantwoordelijk."]
)
def test_other_words_blame_nobody(make_articles, text):
    """A verb of a phrase without its other words is none; a quality without an event says who, but not for what."""
    assert all(event is None for *_, event in rows(make_articles(text)))


def test_evidence_and_keys(make_articles):
    """`text[start:end]` holds the words; the numbering follows the text."""
    articles = make_articles("De bond beschuldigt de directie van fraude. De bond eist dat de burgemeester aftreedt.")
    table = code(articles)
    text = articles["text"].iloc[0]
    assert [text[s:e] for s, e in zip(table["start"], table["end"], strict=True)] == ["beschuldigt", "eist"]
    assert table["responsibility_id"].tolist() == ["a1:r00001", "a1:r00002"]
    assert table["stance"].tolist() == ["accuses", "demands"]


def test_without_trees_there_are_no_rows(make_articles):
    """Blame rests on syntax; a reading by rules has none."""
    assert code(make_articles("De bond beschuldigt de directie van fraude."), reading="rules").empty


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_list_is_clean_and_covers_every_stance(language):
    """Sorted; every kind and stance there is, and no other."""
    with (WORD_LISTS / language / "blame.csv").open(encoding="utf-8", newline="") as handle:
        found = list(csv.reader(handle))[1:]
    assert found == sorted(found)
    assert len({tuple(row) for row in found}) == len(found) >= 100
    assert {row[1] for row in found} == {"verb", "phrase", "noun", "state"} <= set(KINDS)
    assert {row[2] for row in found} == set(STANCES)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "nl/blame.csv is missing"),
        ("term,pos,label\neisen,verb,demands\n", "lacks the column"),
        ("term,pos,label,source,target,event,needs\neisen,verb,begs,subject,object,clause,\n", "row 2"),
    ],
)
def test_a_broken_list_is_named(tmp_path, monkeypatch, text, message):
    """File and row."""
    load_claim_words.cache_clear()
    monkeypatch.setattr("analysis.coding.language.lists.WORD_LISTS", tmp_path)
    if text is not None:
        (tmp_path / "nl").mkdir()
        (tmp_path / "nl" / "blame.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_claim_words("blame", "nl")
    load_claim_words.cache_clear()
