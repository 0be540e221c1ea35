"""Patterns as data: what paths reach in trees typed by hand, and what is said of rows that cannot be read."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Token

from analysis.coding.syntax.patterns import Names, follow, load_patterns, read_path
from analysis.contracts.errors import InputError

VOCAB = spacy.blank("nl").vocab
NAMES = Names(
    kinds=("noun", "verb"),
    places=("source", "content"),
    needed=("content",),
    options={"beside": ("near",)},
    steps={"LAST": lambda token: [token.doc[len(token.doc) - 1]]},
    tests={"AFTER": lambda token, cue: token.i > cue.i},
    words={"THAT": frozenset(["dat", "that"])},
)
CLAIM = "Het verwijt van Jansen dat niemand keek raakt"


def tree(rows: str) -> Doc:
    """A Doc from words written as word/lemma/pos/head/relation."""
    parts = [row.split("/") for row in rows.split()]
    words, lemmas, pos, heads, deps = zip(*parts, strict=True)
    return Doc(VOCAB, words=words, lemmas=lemmas, pos=pos, heads=[int(head) for head in heads], deps=deps)


NOUN = tree(
    "Het/het/DET/1/det verwijt/verwijt/NOUN/7/nsubj van/van/ADP/3/case Jansen/Jansen/PROPN/1/nmod dat/dat/SCONJ/6/mark "
    "niemand/niemand/PRON/6/nsubj keek/kijken/VERB/1/acl raakt/raken/VERB/7/ROOT"
)
PASSIVE = tree(
    "Door/door/ADP/1/case Bos/Bos/PROPN/3/obl werd/worden/AUX/3/aux:pass gezegd/zeggen/VERB/3/ROOT dat/dat/SCONJ/6/mark "
    "het/het/PRON/6/nsubj:pass stopt/stoppen/VERB/3/ccomp en/en/CCONJ/8/cc sluit/sluiten/VERB/3/ccomp"
)
NOUN_CUE, VERB_CUE = NOUN[1], PASSIVE[3]


@pytest.mark.parametrize(
    ("cue", "path", "reached"),
    [
        (NOUN_CUE, "nmod", "Jansen"),
        (NOUN_CUE, "nmod[case=van,by]", "Jansen"),
        (NOUN_CUE, "nmod[case=tegen]", ""),
        (NOUN_CUE, "nmod[case=-]", ""),
        (NOUN_CUE, "acl|ccomp[mark=THAT]", "keek"),
        (NOUN_CUE, "acl[mark=THAT; pos=NOUN]", ""),
        (NOUN_CUE, "acl[lemma=kijken; word=keek]", "keek"),
        (NOUN_CUE, "^nsubj", "raakt"),
        (NOUN_CUE, "^", "raakt"),
        (NOUN_CUE, "^obj > nsubj", ""),
        (NOUN_CUE, "^obj > nsubj / nmod:poss / acl > nsubj", "niemand"),
        (NOUN_CUE, ".", "verwijt"),
        (NOUN_CUE, ".[pos=VERB]", ""),
        (NOUN_CUE, "LAST", "raakt"),
        (NOUN[7], "^", ""),
        (VERB_CUE, "obl:agent|obl[case=door,by]", "Bos"),
        (VERB_CUE, "ccomp", "stopt sluit"),
        (VERB_CUE, "ccomp[mark=-]", "sluit"),
        (VERB_CUE, "obl[AFTER]", ""),
        (VERB_CUE, "ccomp[AFTER; mark=dat]", "stopt"),
    ],
)
def test_a_path_leads_where_it_says(cue: Token, path: str, reached: str) -> None:
    """Each sign, alone and together, in the order of the text."""
    assert " ".join(one.text for one in follow(cue, read_path(path, NAMES))) == reached


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("", "is no step"),
        ("[case=van]", "is no step"),
        ("nsubject", "'nsubject' is no relation"),
        ("nmod[preposition=van]", "write one of case, mark"),
        ("nmod[case=]", "write one of case, mark"),
        ("nmod[BEFORE]", "'BEFORE' is no test; there are AFTER"),
        ("FIRST", "'FIRST' is no step; there are LAST"),
        ("acl[mark=WHETHER]", "'WHETHER' is no list of words; there are THAT"),
        ("nmod > / obj", "is no step"),
        ("^LAST", "none of those goes up"),
        ("nmod[case=Van]", "can never hold"),
        ("nmod[lemma=huis,Straat]", "can never hold"),
        ("nmod[pos=Verb]", "can never hold"),
    ],
)
def test_what_is_no_path_is_said(path: str, message: str) -> None:
    """With what can be written instead."""
    with pytest.raises(ValueError, match=message):
        read_path(path, NAMES)


ROW = """
- name: noun_clause
  about: a noun of speech with a clause
  cue: noun
  source: nmod[case=van]
  content: acl[mark=THAT]
  match: {nl: [{text: Het verwijt van Jansen dat niemand keek raakt, source: Jansen, content: dat niemand keek}]}
  miss: {nl: [Het verwijt raakt]}
"""


def load(tmp_path, text: str):
    """The patterns of a text."""
    (tmp_path / "rows.yaml").write_text(text, encoding="utf-8")
    return load_patterns(tmp_path / "rows.yaml", NAMES)


def test_a_row_matches_with_every_place(tmp_path) -> None:
    """A place that leads nowhere is empty, where the row can do without; else the row does not match."""
    (pattern,) = load(tmp_path, ROW)
    assert pattern.match(NOUN_CUE, {"noun"}) == {"source": [NOUN[3]], "content": [NOUN[6]]}
    assert pattern.match(NOUN_CUE, {"verb"}) is None
    assert pattern.match(NOUN[3], {"noun"}) is None
    (sourceless,) = load(tmp_path, ROW.replace("nmod[case=van]", "nmod:poss"))
    assert sourceless.match(NOUN_CUE, {"noun"}) == {"source": [], "content": [NOUN[6]]}
    assert [(one.text, dict(one.places)) for one in pattern.examples] == [
        (CLAIM, {"source": "Jansen", "content": "dat niemand keek"}),
        ("Het verwijt raakt", {}),
    ]


def test_a_row_may_use_the_further_columns_of_its_layer(tmp_path) -> None:
    """With one of the values that they take; a row without them has none."""
    (told,) = load(tmp_path, "- {name: one, about: it, cue: noun, beside: near, content: acl}")
    (untold,) = load(tmp_path, "- {name: one, about: it, cue: noun, content: acl}")
    assert (dict(told.options), dict(untold.options)) == ({"beside": "near"}, {})


@pytest.mark.parametrize(("voice", "fits"), [("passive", True), ("active", False), ("any", True)])
def test_a_row_may_ask_for_a_voice(tmp_path, voice: str, fits: bool) -> None:
    """Active, passive, or either."""
    row = f"- {{name: clause, about: a clause, cue: verb, voice: {voice}, content: ccomp}}"
    (pattern,) = load(tmp_path, row)
    assert (pattern.match(VERB_CUE, {"verb"}) is not None) == fits


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("- {name: one", "cannot be read as YAML"),
        ("name: one", "a list of rows is expected"),
        ("- {name: one, about: it, cue: noun}", r"rows.yaml, row 1 \(one\): the keys are about, .*content"),
        ("- {name: one, about: it, cue: noun, content: acl, where: acl}", "the keys are"),
        ("- {name: one, about: it, cue: noun, content: [acl]}", "content: a text is expected"),
        (
            "- {name: one, about: it, cue: adverb, content: acl}",
            "cue: 'adverb': no kind of word; use one or more of noun, v",
        ),
        ("- {name: one, about: it, cue: noun, voice: middle, content: acl}", "voice: middle; use active"),
        ("- {name: one, about: it, cue: noun, beside: far, content: acl}", "beside: far; use near"),
        ("- {name: one, about: it, cue: noun, content: object}", "'object' is no relation"),
        ("- {name: one, about: it, cue: noun, content: acl, miss: [x]}", "miss: a list per language is expected"),
        ("- {name: one, about: it, cue: noun, content: acl, match: {nl: [x]}}", "match: an example has `text`"),
        ("- {name: one, about: it, cue: noun, content: acl, match: {nl: [{text: x}]}}", "a match names words"),
        (ROW + ROW[1:], r"row 2 \(noun_clause\): the name is used before"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_row_and_remedy(tmp_path, row: str, message: str) -> None:
    """The file, the row, what is wrong and what to write."""
    with pytest.raises(InputError, match=message):
        load(tmp_path, row)


def test_a_file_that_is_not_there_is_named(tmp_path) -> None:
    """With its path."""
    with pytest.raises(InputError, match=r"none\.yaml: cannot be read"):
        load_patterns(tmp_path / "none.yaml", NAMES)
