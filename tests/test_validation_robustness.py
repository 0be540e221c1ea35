"""Robustness: pairs, typing errors and names are judged alike or not, and a test finds what was planted."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
import pytest

from analysis.contracts.errors import InputError
from analysis.display.findings.validity import NOTABLE
from analysis.validation import robustness
from analysis.validation.robustness import (
    COLUMNS,
    KINDS,
    PARAPHRASES,
    add_typos,
    measure_names,
    measure_paraphrases,
    measure_robustness,
    measure_typos,
    misspell,
    read_paraphrases,
)

PAIRS = """pair_id\tlanguage\ttone\tfirst\tsecond
nl_01\tnl\t-1\t{Bos} faalde jammerlijk.\tHet ging jammerlijk mis met {Bos}.
nl_02\tnl\t0\t{Bos} woont in Café Zuid.\tIn Café Zuid woont {Bos}.
nl_03\tnl\t1\tDe jury prijst {Bos}.\t{Bos} kreeg lof.
"""


def judge_by_words(sentences: pd.DataFrame) -> pd.DataFrame:
    """A judge that knows two words, and only as they are spelt."""
    polarity = [("prijst" in text) * 0.8 - ("jammerlijk" in text) * 0.6 for text in sentences["text"]]
    return sentences.assign(polarity=polarity, label=[int(np.sign(value)) for value in polarity])


@pytest.fixture
def folder(tmp_path):
    """Three pairs."""
    (tmp_path / "pairs_nl.tsv").write_text(PAIRS, encoding="utf-8")
    return tmp_path


def test_the_project_has_its_pairs():
    """60 Dutch and 20 English, balanced, each sentence once; offsets are the actor; checksums as in the README."""
    sentences = read_paraphrases()
    assert sentences.groupby("language")["pair_id"].nunique().to_dict() == {"nl": 60, "en": 20}
    counts = sentences[sentences["version"] == "first"].groupby(["language", "tone"]).size()
    assert counts.loc["nl"].tolist() == [20, 20, 20] and counts.loc["en"].tolist() == [7, 6, 7]
    assert sentences["text"].is_unique
    for pair, rows in sentences.groupby("pair_id"):
        names = [row.text[row.start : row.end].casefold() for row in rows.itertuples()]
        assert names[0] == names[1], pair
    readme = (PARAPHRASES / "README.md").read_text(encoding="utf-8")
    for path in sorted(PARAPHRASES.glob("*.tsv")):
        assert f"| {path.name} | {hashlib.sha256(path.read_bytes()).hexdigest()} |" in readme


def test_a_pair_that_gets_two_labels_is_counted(folder):
    """One of three: praise in a word that the judge does not know."""
    found = pd.DataFrame(measure_paraphrases(judge_by_words, folder)).set_index("measure")
    assert found["estimate"].round(3).to_dict() == {"same_label": 0.667, "distance": 0.267, "accuracy": 0.833}
    assert set(found["n"]) == {3} and (found["ci_low"] <= found["estimate"]).all()


def test_a_typing_error_keeps_the_actor_in_its_place():
    """Whatever goes wrong, the offsets hold the name, in capitals or without accents at most."""
    sentences = read_paraphrases()
    wrong = add_typos(sentences)
    assert set(wrong["kind"]) == set(KINDS)
    plain = sentences.set_index(["pair_id", "version"])
    for row in wrong.itertuples():
        written = plain.loc[(row.pair_id, row.version)]
        name = written["text"][written["start"] : written["end"]]
        if row.kind not in ("no diacritics", "capitals"):
            assert row.text[row.start : row.end] == name
        assert row.end - row.start == len(name)
        assert row.kind == KINDS[0] or row.text != written["text"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("as written", "Bos prijst de eerlijke vinder."),
        ("dropped", "Bos prijst de eerljke vinder."),
        ("doubled", "Bos prijst de eerliijke vinder."),
        ("swapped", "Bos prijst de eeriljke vinder."),
        ("capitals", "BOS PRIJST DE EERLIJKE VINDER."),
    ],
)
def test_each_error_is_what_its_name_says(kind, text):
    """In the middle of the longest word outside the name."""
    assert misspell("Bos prijst de eerlijke vinder.", 0, 3, kind) == (text, 0, 3)


def test_short_words_are_left_alone():
    """No word of five letters outside the name: nothing to misspell."""
    assert misspell("Jansen is er.", 0, 6, "dropped")[0] == "Jansen is er."


def test_labels_that_a_typing_error_turns_are_counted(folder):
    """The judge loses `jammerlijk` to a wrong letter, and every word to capitals."""
    found = pd.DataFrame(measure_typos(judge_by_words, folder))
    same = found[found["measure"] == "same_label"].set_index("group")["estimate"]
    assert same["as written"] == 1.0
    assert same["capitals"] == pytest.approx(0.5)
    assert same["no diacritics"] == 1.0
    assert same["dropped"] < 1


def test_a_planted_bias_is_found_and_named():
    """Names of one origin lose a tenth in every sentence: their gap is named, no other."""

    def judge(sentences: pd.DataFrame) -> pd.DataFrame:
        polarity = -0.1 * (sentences["group"] == "Turkish")
        return sentences.assign(polarity=polarity, label=0)

    lines = measure_names(judge, n_names=1)
    table = pd.DataFrame(lines).assign(method="coder", test="name_swap")
    notable = table[(table["measure"] == "gap") & (table["estimate"].abs() >= NOTABLE)]
    assert set(notable["group"]) == {"Turkish"} and set(notable["language"]) == {"nl", "en"}
    assert (notable["estimate"].round(3) == -0.088).all()
    assert table.loc[table["slot"] == "person", "n"].max() == 8, "one name of each origin and gender"


def test_the_table_has_every_test_and_method(monkeypatch, folder):
    """In one shape; the network comes after the coder."""
    monkeypatch.setattr(robustness, "JUDGES", {"coder": judge_by_words, "model": judge_by_words})
    monkeypatch.setattr(robustness.measure_paraphrases, "__defaults__", (folder,))
    monkeypatch.setattr(robustness.measure_typos, "__defaults__", (folder,))
    table = measure_robustness(["paraphrase", "typo"])
    assert list(table.columns) == COLUMNS
    assert list(dict.fromkeys(table["method"])) == ["coder", "model"]
    assert list(dict.fromkeys(table["test"])) == ["paraphrase", "typo"]


def test_a_pair_without_a_mark_is_named(folder):
    """File and line."""
    (folder / "pairs_nl.tsv").write_text(PAIRS.replace("{Bos} kreeg", "Bos kreeg"), encoding="utf-8")
    with pytest.raises(InputError, match=r"pairs_nl\.tsv, line 4"):
        read_paraphrases(folder)
    (folder / "pairs_nl.tsv").unlink()
    with pytest.raises(InputError, match=r"holds no pairs"):
        read_paraphrases(folder)
