"""Validation of syntax and names: gold written here, scored by hand; files that break their format."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from analysis.contracts.errors import InputError, UsageError
from analysis.validation.conll import GoldNames, GoldTree, Tree, find_language, read_conll2002, read_conllu
from analysis.validation.given_words import read_words
from analysis.validation.names import _score as score_found_names
from analysis.validation.names import guess_names, take_names
from analysis.validation.trees import _score as score_found_trees
from analysis.validation.trees import compare_trees, guess_neighbours, take_tree
from analysis.validation.validate import validate

TINY = Path(__file__).parent / "gold" / "tiny-model.npz"
TREES = """\
# text = De wethouder heeft de bewoners bedrogen.
1\tDe\tde\tDET\t_\t_\t2\tdet\t_\t_
2\twethouder\twethouder\tNOUN\t_\t_\t6\tnsubj\t_\t_
3\theeft\thebben\tAUX\t_\t_\t6\taux\t_\t_
4\tde\tde\tDET\t_\t_\t5\tdet\t_\t_
5\tbewoners\tbe_woner\tNOUN\t_\t_\t6\tobj\t_\t_
6\tbedrogen\tbedriegen\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\t_\t_\t6\tpunct\t_\t_

# text = 't Regent
1-2\t't Regent\t_\t_\t_\t_\t_\t_\t_\t_
1\t't\thet\tPRON\t_\t_\t2\texpl\t_\t_
2\tRegent\tregenen\tVERB\t_\t_\t0\troot\t_\t_
2.1\tnat\tnat\tADJ\t_\t_\t_\t_\t_\t_
"""
NAMES = """\
-DOCSTART- -DOCSTART- O
Gisteren Adv O
sprak V O
Piet N B-PER
Jansen N I-PER
in Prep O
Ede N B-LOC
. Punc O

Niemand Pron O
luisterde V O

-DOCSTART- -DOCSTART- O
Ajax N B-ORG
won V O
"""


@pytest.fixture(autouse=True)
def tiny_model(monkeypatch):
    """The model file with random weights: what it says means nothing."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(TINY))
    monkeypatch.setenv("FRAMEWIJS_THREADS", "1")


@pytest.fixture
def write(tmp_path):
    """A function that writes a text and returns its file."""

    def to_file(text: str, name: str = "gold.conllu") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def test_trees_are_read(write):
    """Comments, ranges and empty nodes are left out; compound marks leave the lemma; spaces are known."""
    first, second = read_conllu(write(TREES))
    assert first.words == ("De", "wethouder", "heeft", "de", "bewoners", "bedrogen", ".")
    assert first.is_spaced == (True,) * 5 + (False, True)
    assert first.tree.heads == (2, 6, 6, 5, 6, 0, 6)
    assert first.tree.lemmas[4] == "bewoner"
    assert second == GoldTree(
        ("'t", "Regent"),
        (True, True),
        tree=Tree(("PRON", "VERB"), ("het", "regenen"), (2, 0), ("expl", "root")),
    )


def test_trees_are_scored_by_word(write):
    """By hand: a wrong head, a wrong relation, a wrong part of speech and two wrong lemmas, of nine words."""
    gold = read_conllu(write(TREES))
    wrong_head = Tree(
        ("DET", "NOUN", "VERB", "DET", "NOUN", "VERB", "PUNCT"),
        ("de", "wethouder", "heeft", "de", "bewoners", "bedriegen", "."),
        (2, 6, 6, 5, 3, 0, 6),
        ("det", "obj", "aux", "det", "obj", "root", "punct"),
    )
    words, relations = compare_trees([sentence.tree for sentence in gold], [wrong_head, gold[1].tree])
    assert words.to_dict("records") == [
        {"n": 7, "las": 5, "uas": 6, "pos": 6, "lemma": 5},
        {"n": 2, "las": 2, "uas": 2, "pos": 2, "lemma": 2},
    ]
    counted = {(row.unit, row.label): (row.right, row.n_predicted, row.n_gold) for row in relations.itertuples()}
    assert counted[0, "obj"] == (0, 2, 1)
    assert counted[0, "nsubj"] == (0, 0, 1)
    assert counted[0, "det"] == (2, 2, 2)
    assert counted[1, "expl"] == (1, 1, 1)
    result = score_found_trees("m", gold, [wrong_head, gold[1].tree], 1, 200)
    assert (result.n, result.notes["n_sentences"]) == (9, 2)
    assert result.scores == pytest.approx({"las": 7 / 9, "uas": 8 / 9, "pos": 8 / 9, "lemma": 7 / 9})
    assert result.intervals["las"] == pytest.approx((5 / 7, 1))
    assert result.per_class.loc["root"].tolist() == [1, 1, 1, 2]
    assert np.isnan(result.per_class.loc["nsubj", "precision"])
    assert list(result.per_class.index[:2]) == ["det", "root"]


def test_the_neighbour(write):
    """Four of nine words hang on the next one, one on the one before: everything hangs on the next."""
    gold = read_conllu(write(TREES))
    first, second = guess_neighbours(gold)
    assert first.heads == (2, 3, 4, 5, 6, 7, 0)
    assert first.relations == ("det",) * 6 + ("root",)
    assert second == Tree(("DET",) * 2, ("'t", "Regent"), (2, 0), ("det", "root"))


def test_a_tree_is_taken_from_a_doc():
    """Heads count from 1, the root is 0, spaCy's ROOT is root."""
    doc = Doc(
        spacy.blank("nl").vocab,
        words=["Zij", "wint"],
        heads=[1, 1],
        deps=["nsubj", "ROOT"],
        pos=["PRON", "VERB"],
        lemmas=["zij", "winnen"],
    )
    assert take_tree(doc) == Tree(("PRON", "VERB"), ("zij", "winnen"), (2, 0), ("nsubj", "root"))


def test_gold_words_stay_as_they_are(write):
    """The model is given the words of gold, sentence by sentence, and makes one tree of each."""
    gold = read_conllu(write(TREES))
    docs = read_words(gold, "model")
    assert [tuple(token.text for token in doc) for doc in docs] == [sentence.words for sentence in gold]
    assert docs[0].text == "De wethouder heeft de bewoners bedrogen. "
    assert [take_tree(doc).heads.count(0) for doc in docs] == [1, 1]
    assert all(len(list(doc.sents)) == 1 for doc in docs)


def test_a_pipeline_is_given_the_words_and_the_sentence(write, monkeypatch):
    """Its components run on gold words; those that draw boundaries do not."""
    pipeline = spacy.blank("nl")
    pipeline.add_pipe("sentencizer", config={"punct_chars": ["heeft"]})
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "PER", "pattern": "wethouder"}])
    monkeypatch.setattr("analysis.validation.given_words.load_pipeline", lambda *_: pipeline)
    first, second = read_words(read_conllu(write(TREES)), "nl_own_pipeline")
    assert [len(list(doc.sents)) for doc in (first, second)] == [1, 1]
    assert take_names(first) == [(1, 2)]
    assert second.text == "'t Regent "


def test_names_are_read_and_scored(write):
    """By hand: one name exact, one by overlap, one missed and one too many; articles are told apart."""
    gold = read_conll2002(write(NAMES))
    assert [(sentence.article, sentence.names) for sentence in gold] == [
        (0, ((2, 4, "PER"), (5, 6, "LOC"))),
        (0, ()),
        (1, ((0, 1, "ORG"),)),
    ]
    result = score_found_names("m", gold, [[(1, 4), (5, 6)], [(0, 1)], []], 1, 50)
    assert (result.n, result.notes["resampled"]) == (3, "articles")
    assert result.scores["overlap"] == pytest.approx({"precision": 2 / 3, "recall": 2 / 3, "f1": 2 / 3})
    assert result.scores["exact"] == pytest.approx({"precision": 1 / 3, "recall": 1 / 3, "f1": 1 / 3})
    assert result.per_class["recall"].to_dict() == {"LOC": 1, "ORG": 0, "PER": 1}
    alone = [GoldNames(("Ajax",), (True,), 0, ((0, 1, "ORG"),))]
    assert score_found_names("m", alone, [[(0, 1)]], 1, 5).notes["resampled"] == "sentences"


def test_capitals():
    """A single capital that opens a sentence is no name, after an opening mark either; two are."""
    assert guess_names(["‘", "Dat", "zei", "Jan", "Smit", "niet", "’"]) == [(3, 5)]
    assert guess_names(["Jan", "Smit", "zwijgt"]) == [(0, 2)]


def test_amounts_and_dates_are_no_names():
    """Pipelines of spaCy mark them as entities too."""
    doc = Doc(
        spacy.blank("en").vocab,
        words=["Ajax", "paid", "ten", "euros", "Monday"],
        ents=["B-ORG", "O", "B-MONEY", "I-MONEY", "B-DATE"],
    )
    assert take_names(doc) == [(0, 1)]


def test_the_language_is_told_from_the_words():
    """What is neither Dutch nor English is read as Dutch."""
    english = GoldTree(("The", "minister", "said", "that", "she", "was", "not", "there"), (True,) * 8)
    assert find_language([english]) == "en"
    assert find_language([GoldTree(("1", "2"), (True, True))]) == "nl"


GOOD = "1\tJa\tja\tINTJ\t_\t_\t0\troot\t_\t_\n"
BROKEN = [
    ("syntax", GOOD + "2 .\n", "line 2: has 1 columns, not 10"),
    ("syntax", GOOD + "3\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_\n", "line 2, column ID: '3' must be 2"),
    ("syntax", GOOD + "2\t.\t.\tPUNCT\t_\t_\t_\tpunct\t_\t_\n", "line 2, column HEAD: '_' must be"),
    ("syntax", GOOD + "2\t\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_\n", "line 2, column FORM: is empty"),
    ("syntax", GOOD + "2\t.\t.\tPUNCT\t_\t_\t7\tpunct\t_\t_\n", "line 1: the head 7 is not among its 2 words"),
    ("syntax", "# niets\n", "holds no trees"),
    ("ner", "Ede N B-LOC\nwon V\n", "line 2: has 2 columns, not 3"),
    ("ner", "Ede N B-LOC\nwon V LOC\n", "line 2: the tag 'LOC' must be"),
    ("ner", "Ede N B-LOC\nwon V I-PER\n", "line 2: I-PER follows B-LOC"),
    ("ner", "Ede N B-LOC\n-DOCSTART- - O\n", "line 2: an article begins inside a sentence"),
    ("ner", "-DOCSTART- -DOCSTART- O\n", "holds no sentences"),
]


@pytest.mark.parametrize(("task", "text", "message"), BROKEN)
def test_a_broken_file_is_refused_with_its_line(write, task, text, message):
    """Before any reading is done."""
    with pytest.raises(InputError, match=message) as caught:
        validate(task, write(text))
    assert str(caught.value).startswith("gold.conllu")


def test_methods_that_tag_no_words_are_refused(write):
    """The rules make no trees; a pipeline has to be installed."""
    path = write(TREES)
    with pytest.raises(UsageError, match="--method rules: tags no words; for the task syntax use model"):
        validate("syntax", path, method="rules")
    with pytest.raises(UsageError, match="nl_core_nowhere_sm"):
        validate("syntax", path, method="nl_core_nowhere_sm")


def test_results_stand_next_to_a_baseline(write):
    """Model first; the same twice."""
    syntax = validate("syntax", write(TREES), n_draws=20)
    assert [result.method for result in syntax.results] == ["model", "neighbour"]
    assert syntax.n == 9
    assert syntax.results[1].scores["uas"] == pytest.approx(5 / 9)
    assert validate("syntax", write(TREES), n_draws=20).to_dict() == syntax.to_dict()
    ner = validate("ner", write(NAMES), n_draws=20)
    assert [result.method for result in ner.results] == ["model", "capitals"]
    assert ner.results[1].scores["exact"] == pytest.approx({"precision": 1, "recall": 2 / 3, "f1": 0.8})
