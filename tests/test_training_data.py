"""What training reads: treebanks, own annotations and reference rows, from literal files."""

from __future__ import annotations

import doctest
import json

import pytest

from analysis.training import data, entities, stored, syntax
from analysis.training.data import (
    ANY_TYPE,
    Span,
    Target,
    cover_words,
    read_conllu,
    read_headlines,
    read_issue_actors,
    read_meantime,
    read_own,
    read_targets,
    unmark,
)


@pytest.mark.parametrize("module", [data, entities, stored, syntax], ids=lambda module: module.__name__)
def test_the_examples_of_training_run(module):
    """The folder is left out of the doctests of the package, since its other modules need torch."""
    results = doctest.testmod(module)
    assert results.attempted > 0
    assert results.failed == 0


def write_rows(path, rows):
    """JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("marked", "text", "marks"),
    [
        ("Niemand zei iets.", "Niemand zei iets.", []),
        (
            "{De coach|-1|person} hekelt {Ajax|0|organisation}.",
            "De coach hekelt Ajax.",
            [(0, 8, "-1", "person"), (16, 20, "0", "organisation")],
        ),
        ("In {Breda||place}", "In Breda", [(3, 8, "", "place")]),
        ("{half|2|person} {niets", "{half|2|person} {niets", []),
    ],
)
def test_marks_are_taken_out_of_the_text(marked, text, marks):
    """What is no well-formed mark stays text."""
    assert unmark(marked) == (text, marks)


def test_own_rows_become_sentences_and_targets(tmp_path):
    """A coded actor is a phrase and a target; one without a code is a phrase alone; blank lines are passed over."""
    path = tmp_path / "part_01.tsv"
    path.write_text("1\tsport\tx\t{De coach|-1|person} mijdt {Breda||place}.\n\n", encoding="utf-8")
    sentences, targets = read_own(path)
    assert [sentence.words for sentence in sentences] == [("De", "coach", "mijdt", "Breda", ".")]
    assert sentences[0].phrases == (Span(0, 2, frozenset({"person"})), Span(3, 4, frozenset({"place"})))
    assert targets == [Target("De coach mijdt Breda.", 0, 8, -1, "target_nl")]
    assert targets[0].group == "De coach mijdt Breda."


def test_an_own_row_of_other_columns_is_refused(tmp_path):
    """With file, line and count."""
    path = tmp_path / "part_02.tsv"
    path.write_text("1\ta\tb\tc\n2\ta\tb\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"part_02\.tsv, line 2: 3 columns, expected 4"):
        read_own(path)


TREEBANK = """\
# text = Jan van Dam zag Franse katten.
1\tJan\tJan\tPROPN\t_\tNumber=Sing\t4\tnsubj\t_\t_
2\tvan\tvan\tPROPN\t_\t_\t1\tflat:name\t_\t_
3\tDam\tDam\tPROPN\t_\t_\t1\tflat:name\t_\t_
4\tzag\tzien\tVERB\t_\tNumber=Sing|Tense=Past\t0\troot\t_\t_
5-6\tFransekatten\t_\t_\t_\t_\t_\t_\t_\t_
5\tFranse\tFrans\tADJ\t_\t_\t6\tamod\t_\t_
6\tkatten\tkat_\tNOUN\t_\tNumber=Plur\t4\tobj\t_\t_
6.1\tniets\t_\t_\t_\t_\t_\t_\t_\t_
7\t.\t.\tPUNCT\t_\t_\t4\tpunct\t_\t_
"""


def test_a_treebank(tmp_path):
    """Ranges and empty nodes are left out; names follow from proper nouns and capitals."""
    path = tmp_path / "x.conllu"
    path.write_text(TREEBANK + "\n" + TREEBANK, encoding="utf-8")
    sentences = read_conllu(path)
    assert len(sentences) == 2
    first = sentences[0]
    assert first.text == "Jan van Dam zag Franse katten ."
    assert first.heads == (4, 1, 1, 0, 6, 4, 4)
    assert first.relations == ("nsubj", "flat", "flat", "root", "amod", "obj", "punct")
    assert first.lemmas == ("Jan", "van", "Dam", "zien", "Frans", "kat", ".")
    assert first.features[3] == {"Number": "Sing", "Tense": "Past"}
    assert first.names == (Span(0, 3, ANY_TYPE), Span(4, 5, frozenset({"misc", "place", "group", "organisation"})))


def test_targets_and_headlines(tmp_path):
    """A directed row gives its target; a headline has no marked target."""
    rows = [
        {"text": "A b", "start": 0, "end": 1, "label": 1},
        {"text": "A b", "source": [0, 1], "target": [2, 3], "label": -1},
    ]
    targets = read_targets(write_rows(tmp_path / "t.jsonl", rows), "x")
    assert targets == [Target("A b", 0, 1, 1, "x"), Target("A b", 2, 3, -1, "x")]
    headlines = read_headlines(write_rows(tmp_path / "h.jsonl", [{"text": "Kop", "label": 0}]))
    assert headlines == [Target("Kop", 0, 0, 0, "ecosent_nl")]


def test_actors_of_the_election_study(tmp_path):
    """Quotation marks are shaved off, overlaps and unknown places left out, their types become sets of ours."""
    text = "De ‘PvdA’ en Jan de Boer"
    actors = [
        {"start": 3, "end": 9, "type": "politiek"},
        {"start": 4, "end": 8, "type": "media"},
        {"start": 13, "end": 24, "type": "experts"},
        {"start": 90, "end": 95, "type": "media"},
    ]
    found = read_issue_actors(write_rows(tmp_path / "i.jsonl", [{"text": text, "actors": actors}]))[0]
    assert found.phrases == (
        Span(2, 3, frozenset({"person", "organisation", "government", "group"})),
        Span(5, 8, frozenset({"person", "group"})),
    )
    assert found.outside_weight == 0.33


def test_names_of_meantime(tmp_path):
    """The second line (a date) and short ones are passed over; only capitalised mentions are names."""
    text = "Boeing bouwt vliegtuigen in Chicago\n1 mei\nDe topman van Boeing sprak\n"
    start = text.index("De topman")
    actors = [
        {"start": 0, "end": 6, "type": "ORG"},
        {"start": 28, "end": 35, "type": "LOC"},
        {"start": start, "end": start + 20, "type": "PER"},
        {"start": start + 14, "end": start + 20, "type": "ORG"},
    ]
    first, third = read_meantime(write_rows(tmp_path / "m.jsonl", [{"text": text, "actors": actors}]))
    organisation = frozenset({"organisation", "government"})
    assert first.names == (Span(0, 1, organisation), Span(4, 5, frozenset({"place", "government"})))
    assert third.words[0] == "De"
    assert third.names == (Span(3, 4, organisation),)


def test_words_that_touch_a_span():
    """A span inside a word takes the whole word; between words it takes none."""
    offsets = [(0, 2), (3, 8)]
    assert cover_words(offsets, 4, 5) == (1, 2)
    assert cover_words(offsets, 1, 4) == (0, 2)
    assert cover_words(offsets, 2, 3) is None
