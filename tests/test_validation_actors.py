"""Task actors: gold with a sentence on each line, articles nobody coded, and intervals of the CoNLL score."""

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.validation.actors_lines import part_lines
from analysis.validation.chains import draw_conll, score_chains
from analysis.validation.validate import validate

TINY = Path(__file__).parent / "gold" / "tiny-model.npz"
LINES = "Bakker vertrekt\n12 mei 2020\nDe baas Bakker gaat weg.\nHij heet Kees Bakker. Hij zwijgt."


@pytest.fixture(autouse=True)
def tiny_model(monkeypatch):
    """The model file with random weights: what it says means nothing."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(TINY))
    monkeypatch.setenv("FRAMEWIJS_THREADS", "1")


def mark(name, text, *words, kind="PER"):
    """A gold row in which each of the words, in order, is a mention of one chain."""
    actors, position = [], 0
    for word in words:
        start = text.index(word, position)
        actors.append({"start": start, "end": start + len(word), "type": kind, "chain": "c"})
        position = start + 1
    return {"id": name, "language": "nl", "text": text, "actors": actors}


@pytest.fixture
def score(tmp_path):
    """A function that writes gold rows and returns what the coder scores on them."""

    def run(rows, **options):
        path = tmp_path / "gold.jsonl"
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
        return validate("actors", path, n_draws=20, **options).to_dict()["results"][0]

    return run


@pytest.mark.parametrize(("sentences", "n"), [(1, 1), (2, 1), (3, 2), (4, 3), (None, 3)])
def test_lines_of_gold_are_its_sentences(score, sentences, n):
    """Headline and date are lines of their own, and two sentences on a line are one."""
    rows = [mark("a", LINES, "Bakker", "Bakker", "Kees Bakker")]
    assert score(rows, sentences=sentences)["n"] == n


def test_spans_move_along_with_the_lines():
    """Each marks the words that it marked; blank lines and single lines are left alone."""
    row = mark("a", LINES, "Bakker", "Bakker", "Kees Bakker")
    parted = part_lines(row)
    assert parted["text"].split("\n\n") == LINES.split("\n")
    for said, wanted in zip(parted["actors"], row["actors"], strict=True):
        assert parted["text"][said["start"] : said["end"]] == LINES[wanted["start"] : wanted["end"]]
    for text in ("Bakker ging.", "Bakker ging.\n", "Bakker\n\nHij ging."):
        assert part_lines(mark("a", text, "Bakker"))["text"] == text


def test_articles_that_nobody_coded_are_left_out_and_counted(score):
    """Where gold has chains; without chains nothing marked means that nobody is there."""
    coded, bare = mark("a", LINES, "Bakker", "Bakker"), mark("b", LINES)
    alone, both = score([coded], sentences=3), score([coded, bare], sentences=3)
    assert both["precision"] == alone["precision"]
    assert both["articles_not_coded"] == 1
    assert "articles_not_coded" not in alone
    for row in (coded, bare):
        row["actors"] = [{key: value for key, value in a.items() if key != "chain"} for a in row["actors"]]
    assert "articles_not_coded" not in score([coded, bare], sentences=3)


def test_an_article_with_only_other_types_is_coded(score):
    """Gold marks a product there: the coder's actors in it are mistakes."""
    rows = [mark("a", LINES, "Bakker"), mark("b", LINES, "Kees Bakker", kind="PRO")]
    assert "articles_not_coded" not in score(rows)


def test_the_interval_holds_the_score():
    """Articles are resampled: right and wrong ones make it wide, equal ones a point."""
    right = [frozenset("ab"), frozenset("cd")]
    wrong = [frozenset("ac"), frozenset("bd")]
    documents = [(right, right), (right, wrong), (right, right)]
    low, high = draw_conll(documents, rng=np.random.default_rng(3), n_draws=200)
    assert low < score_chains(documents).conll < high
    assert draw_conll([(right, right)] * 4, rng=np.random.default_rng(3), n_draws=20) == (1, 1)
