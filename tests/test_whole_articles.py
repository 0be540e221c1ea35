"""The whole articles for reporting alone: every code stands on its words, and the README's figures are those of the files."""

from __future__ import annotations

import re

import pytest

from analysis.paths import DATA
from analysis.validation.running_news import read_items

FOLDER = DATA / "annotations" / "whole_articles"
ITEMS = {item["id"]: item for item in read_items(FOLDER)}
README = (FOLDER / "README.md").read_text("utf-8")


def whole(item) -> str:
    """Headline and text as they are coded."""
    return f"{item['headline']}\n\n{item['text']}"


@pytest.mark.parametrize("item_id", ITEMS)
def test_every_code_stands_on_its_words(item_id):
    """Sentences occur once, words and quotations behind them, actors and codes are known, marks point at actors."""
    item = ITEMS[item_id]
    text = whole(item)
    assert set(item["tone"]) == set(item["actors"])
    assert {*item["tone"].values(), *item["tone_second"].values()} <= {-1, 0, 1}
    for row in item["judgements"]:
        assert text.count(row["sentence"]) == 1, row
        assert row["words"] in text[text.index(row["sentence"]) :], row
        assert row["target"] in item["actors"], row
        assert row["source"] in {*item["actors"], "author", "other"}, row
        assert row["polarity"] in {"negative", "positive"}, row
        assert isinstance(row["both"], bool), row
    for row in item["speakers"]:
        assert row["quote"] in text, row
        assert row["speaker"] in {*item["actors"], "other"}, row
    for start, end, actor in item["marks"]:
        assert actor in item["actors"], text[start:end]


def test_the_readme_counts_what_is_there():
    """Articles by language, words, judgements, those of both codings."""
    languages = [item["language"] for item in ITEMS.values()]
    rows = [row for item in ITEMS.values() for row in item["judgements"]]
    words = sum(len(re.findall(r"\S+", whole(item))) for item in ITEMS.values())
    assert f"{languages.count('nl')} Dutch and {languages.count('en')} English" in README
    assert f"{words:,} words" in README
    assert f"{len(rows):,} judgements, {sum(row['both'] for row in rows):,} of them in both codings" in README


def test_the_readme_tells_how_well_two_codings_agree():
    """F1 of the codings with each other: twice the rows of both over the rows of one and the rows of the other."""
    both = sum(row["both"] for item in ITEMS.values() for row in item["judgements"])
    only = sum(not row["both"] for item in ITEMS.values() for row in item["judgements"])
    assert f"{2 * both / (2 * both + only):.3f} with the source" in README
