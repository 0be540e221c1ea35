"""Who judges whom against gold: what counts as found, right and recalled, and how it is added up."""

from __future__ import annotations

import json

import numpy as np
import pytest

from analysis.contracts.errors import InputError
from analysis.validation.judgements import (
    Compared,
    Judgement,
    compare_items,
    compare_opinions,
    correlate,
    count_text,
    is_same,
    make_result,
    read_judgements,
    score_judgements,
)

ITEM = """
- id: x01
  language: nl
  genre: column
  headline: "Bakker loog"
  text: |
    De wethouder loog over de kosten, schrijft de rekenkamer. {Hij|bakker} vertrok dinsdag.
    ‘Ik ga’, zei Bakker.
  actors:
    bakker: {type: person, names: ["Bakker"], nominals: ["wethouder"]}
    court: {type: institution, names: [], nominals: ["rekenkamer"]}
  judgements:
    - {sentence: "Bakker loog", target: bakker, source: author, polarity: negative, words: "loog", ground: deed}
    - {sentence: "De wethouder loog", target: bakker, source: court, polarity: negative, words: "loog", ground: deed, clear: false}
  speakers:
    - {quote: "‘Ik", speaker: bakker}
    - {quote: "vertrok dinsdag", speaker: other}
  tone: {bakker: -1, court: 0}
"""
OPINION = {
    "id": "1", "language": "nl", "text": "Jansen noemt Bakker een leugenaar.",
    "opinions": [{"source": [0, 6], "target": [13, 19], "label": -1, "words": [24, 33], "both": True}],
}  # fmt: skip


def text(gold: list[Judgement], found: list[Judgement], **more) -> Compared:
    """A text with these judgements."""
    return Compared("a", "nl", "column", gold, found, **more)


def test_target_sign_and_sentence_must_agree_and_the_source_is_told_apart():
    """Right, right but for the source, in another sentence, with the other sign."""
    gold = [Judgement(0, "a", "author", -1), Judgement(1, "b", "a", 1), Judgement(2, "a", "author", 1)]
    found = [
        Judgement(0, "a", "author", -1), Judgement(1, "b", "author", 1), Judgement(3, "a", "author", 1),
        Judgement(2, "a", "author", -1),
    ]  # fmt: skip
    result = make_result("model", [text(gold, found)], seed=1, n_draws=2)
    assert result.scores["precision"] == 1 / 4 and result.scores["recall"] == 1 / 3
    assert result.scores["target_and_sign"]["precision"] == 2 / 4
    assert result.scores["target_and_sign"]["recall"] == 2 / 3
    assert result.scores["source"] == 1 / 2
    assert result.notes == {"texts": 1, "actors": 0, "gold rows": 3, "gold rows that count": 3}


def test_gold_that_one_coding_has_makes_right_and_costs_no_recall():
    """Precision accepts what either has, recall asks what both have."""
    gold = [Judgement(0, "a", "author", -1, counts=False)]
    assert make_result("model", [text(gold, [])], seed=1, n_draws=2).notes["gold rows that count"] == 0
    found = count_text(text(gold, [Judgement(0, "a", "author", -1)]))
    assert found.astype(int).tolist()[:6] == [1, 1, 1, 0, 0, 0]


def test_the_words_shown_are_compared_with_golds():
    """Ten characters of which five are gold's five: F1 is two thirds."""
    gold, found = [Judgement(0, "a", "author", -1, words=(10, 15))], [Judgement(0, "a", "author", -1, words=(10, 20))]
    assert make_result("model", [text(gold, found)], seed=1, n_draws=2).scores["words"] == pytest.approx(2 / 3)


def test_classes_are_languages_registers_and_grounds():
    """Of grounds recall alone: what is found has none that gold would know."""
    gold = [Judgement(0, "a", "author", -1, ground="deed"), Judgement(1, "a", "author", -1, ground="word")]
    table = make_result("model", [text(gold, [gold[0]])], seed=1, n_draws=2).per_class
    assert list(table.index) == ["language nl", "register column", "ground deed", "ground word"]
    assert table["recall"].tolist() == [0.5, 0.5, 1.0, 0.0]
    assert np.isnan(table.loc["ground deed", "f1"])


def test_the_tone_of_actors_is_correlated_over_all_texts():
    """Pearson's r; none where one side is constant."""
    texts = [text([], [], tones=((-1, -0.8), (0, 0.1))), text([], [], tones=((1, 0.9),))]
    assert make_result("model", texts, seed=1, n_draws=5).scores["r"] == pytest.approx(0.9994, abs=0.0001)
    assert np.isnan(correlate(np.array([[0, 1], [0, 2], [0, 3]], float)))


def test_spans_are_the_same_where_they_touch():
    """A name and a longer phrase; the outlet and a span never."""
    assert is_same([(0, 6)], [(3, 9)]) and not is_same([(0, 6)], [(6, 9)])
    assert not is_same("author", [(0, 6)])


def test_items_are_read_and_scored(tmp_path):
    """From YAML, a file or a folder of parts; the register is the genre."""
    path = tmp_path / "part_x.yaml"
    path.write_text(ITEM, "utf-8")
    rows = read_judgements(path)
    assert rows == read_judgements(tmp_path)
    ((found,),) = compare_items(rows, ["lexicon"])
    assert (found.register, len(found.gold), len(found.tones)) == ("column", 2, 2)
    assert found.speakers == (("bakker", "bakker"), ("other", None))
    assert [one.counts for one in found.gold] == [True, False]
    results = score_judgements(rows, method="model", seed=1, n_draws=5)
    assert [result.method for result in results] == ["model", "lexicon"]
    assert results[0].notes["gold rows that count"] == 1
    assert results[0].scores["speakers"] == {"found": 0.5, "right": 1.0}


def test_opinions_are_read_and_compared(tmp_path):
    """From JSON Lines; actors are the same where their words touch."""
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(OPINION), "utf-8")
    ((found,),) = compare_opinions(read_judgements(path), ["lexicon"])
    assert found.gold == [Judgement(0, [(13, 19)], [(0, 6)], -1)]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"opinions": [{"source": "author", "target": [0, 99], "label": 1}]}, "target"),
        ({"opinions": [{"source": "somebody", "target": [0, 6], "label": 1}]}, "source"),
        ({"opinions": [{"source": "author", "target": [0, 6], "label": 0}]}, "label"),
    ],
)
def test_a_broken_opinion_is_named(tmp_path, change, message):
    """File, line, entry and key."""
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(OPINION | change), "utf-8")
    with pytest.raises(InputError, match=rf"gold.jsonl, line 1, opinions, entry 1, {message}"):
        read_judgements(path)


def test_a_quotation_that_does_not_stand_in_its_text_is_named(tmp_path):
    """With its item."""
    path = tmp_path / "part_x.yaml"
    path.write_text(ITEM.replace('vertrok dinsdag"', 'vertrok woensdag"'), "utf-8")
    with pytest.raises(InputError, match="item x01, speakers: 'vertrok woensdag' does not stand"):
        list(compare_items(read_judgements(path), ["lexicon"]))


@pytest.mark.parametrize("content", ["- 3\n", "[]\n"])
def test_a_file_that_holds_no_items_is_named(tmp_path, content):
    """With what to look at."""
    path = tmp_path / "part_x.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match="part_x"):
        read_judgements(path)
