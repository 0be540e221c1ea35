"""Novels as gold for quotes: text set from tokens, speakers as characters, files that are none."""

from __future__ import annotations

import pytest

from analysis.codebook.load import EMPTY
from analysis.contracts.errors import InputError
from analysis.validation.novels import read_book
from analysis.validation.spans import score_quotes
from analysis.validation.validate import validate

BOOK = """<?xml version='1.0' encoding='UTF-8'?>
<doc><characters><character aliases="Grietje Bakker" id="0" name="Grietje_Bakker" />
<character aliases="een oude buurman" id="1" name="een_oude_buurman" /></characters><text>EERSTE HOOFDSTUK .
 Grietje Bakker liep ( langzaam ) naar huis .
 <quote speaker="Grietje_Bakker" connection="s2" id="s1" parno="2" type="explicit">" Wat is het koud , "</quote> zei <mention speaker="Grietje_Bakker" connection="s1,s3" id="s2" parno="2">zij</mention> , <quote speaker="Grietje_Bakker" connection="s2" id="s3" parno="2" type="explicit">" en nat ! "
</quote> Bakker rilde .
 <quote speaker="een_oude_buurman" connection="s5" id="s4" parno="3" type="anaphor_other">- Kom binnen !</quote> riep <mention speaker="een_oude_buurman" connection="s4" id="s5" parno="3">de buurman</mention> .
</text></doc>
"""


@pytest.fixture
def write(tmp_path):
    """A function that writes a book and returns its file."""

    def to_file(text: str):
        path = tmp_path / "own.quotes.xml"
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def test_tokens_become_running_text(write):
    """Marks hug their words, a quote that opens a paragraph stands after a blank line."""
    row = read_book(write(BOOK))[0]
    assert row["text"] == (
        "EERSTE HOOFDSTUK. Grietje Bakker liep (langzaam) naar huis.\n\n"
        '"Wat is het koud," zei zij, "en nat!" Bakker rilde.\n\n- Kom binnen! riep de buurman.'
    )
    said = [row["text"][slice(*quote["content"][0])] for quote in row["quotes"]]
    assert said == ['"Wat is het koud,"', '"en nat!"', "- Kom binnen!"]
    assert [quote["kind"] for quote in row["quotes"]] == ["explicit", "explicit", "anaphor_other"]


def test_a_character_stands_wherever_it_is_named(write):
    """As a speaker, by its name, or by the last word of that."""
    row = read_book(write(BOOK))[0]
    named = [{row["text"][slice(*place)] for place in quote["source"]} for quote in row["quotes"]]
    assert named == [{"zij", "Grietje Bakker", "Bakker"}] * 2 + [{"de buurman"}]


def test_speakers_of_a_book_are_scored(write):
    """Found quotes and right speakers, in all and by how the speaker is named."""
    text = BOOK.replace(">zij<", ">Bakker<")
    first = score_quotes(read_book(write(text)), codebook=EMPTY, method="patterns", seed=1, n_draws=5)[0]
    assert first.per_class.loc["explicit", ["n", "n_found", "source_accuracy"]].tolist() == [2, 2, 1]
    assert first.scores["n_found"] == first.per_class["n_found"].sum()
    assert first.intervals == {}, "one text has no interval over texts"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<doc>", "own.quotes.xml: is not valid XML"),
        ("<doc><text>Niets.</text></doc>", "holds no quotes"),
        ("<!DOCTYPE doc [<!ENTITY a 'b'>]><doc/>", "declares entities"),
    ],
)
def test_a_file_that_is_no_book_is_refused(write, text, message):
    """With what is wrong."""
    with pytest.raises(InputError, match=message):
        validate("quotes", write(text))
