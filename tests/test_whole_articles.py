"""The whole articles for reporting alone, invented and real: every code stands on its words, and the README's figures are those of the files."""

from __future__ import annotations

import re

import pytest

from analysis.contracts.paths import DATA
from analysis.validation.running_news import read_items

FOLDERS = [DATA / "annotations" / name for name in ("whole_articles", "meantime")]
ITEMS = {item["id"]: item for folder in FOLDERS for item in read_items(folder)}


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


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_readme_counts_what_is_there(folder):
    """Articles by language, words, judgements, those of both codings."""
    items, readme = read_items(folder), " ".join((folder / "README.md").read_text("utf-8").split())
    languages = [item["language"] for item in items]
    rows = [row for item in items for row in item["judgements"]]
    words = sum(len(re.findall(r"\S+", whole(item))) for item in items)
    assert f"{languages.count('nl')} Dutch and {languages.count('en')} English" in readme
    assert f"{words:,} words" in readme
    assert f"{len(rows):,} judgements, {sum(row['both'] for row in rows):,} of them in both codings" in readme


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_readme_tells_how_well_two_codings_agree(folder):
    """F1 of the codings with each other: twice the rows of both over the rows of one and the rows of the other."""
    rows = [row for item in read_items(folder) for row in item["judgements"]]
    both = sum(row["both"] for row in rows)
    readme = (folder / "README.md").read_text("utf-8")
    assert f"{2 * both / (both + len(rows)):.3f} with the source" in readme
