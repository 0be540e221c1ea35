"""The constructed running news: every code stands on its words, and two coders agree."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from analysis import paths
from analysis.measures.agreement import agreement
from analysis.validation.running_news import read_items

FOLDER = paths.DATA / "annotations" / "running_news"
ITEMS: dict[str, Any] = {item["id"]: item for item in read_items()}
SECOND: dict[str, dict[str, Any]] = {
    item["id"]: item for item in yaml.safe_load((FOLDER / "double_coded.yaml").read_text(encoding="utf-8"))
}
GROUNDS = {"word", "deed", "event", "blame", "implied"}
MOODS = {None, "denied", "question", "conditional", "hedged", "negated"}


def whole(item: dict[str, Any]) -> str:
    """Headline and text as they are coded."""
    return f"{item['headline']}\n\n{item['text']}"


def starts(item: dict[str, Any]) -> list[int]:
    """Where sentences begin, roughly: after a full stop, question mark or paragraph, marks and capitals following."""
    return [0, *(found.end() for found in re.finditer(r"[.?!][’”\"]?\s+|\n\s*\n", whole(item)))]


def rows_by_unit(item: dict[str, Any]) -> dict[tuple[int, str], int]:
    """Polarity by sentence and target; what has rows of both signs in one sentence is 0."""
    text, places = whole(ITEMS[item["id"]]), starts(ITEMS[item["id"]])
    found: dict[tuple[int, str], int] = Counter()
    for row in item["judgements"]:
        place = bisect_right(places, text.index(row["sentence"])) - 1
        found[place, row["target"]] += 1 if row["polarity"] == "positive" else -1
    return {unit: (value > 0) - (value < 0) for unit, value in found.items()}


def named(item: dict[str, Any]) -> set[tuple[int, str]]:
    """Sentences and the actors that they name or describe in the words of the item's codebook."""
    text, places = whole(item), starts(item)
    found = set()
    for actor, entry in item["actors"].items():
        for word in [*entry.get("names", []), *entry.get("nominals", [])]:
            for match in re.finditer(rf"(?<!\w){re.escape(word)}", text, re.IGNORECASE):
                found.add((bisect_right(places, match.start()) - 1, actor))
    return found


def test_the_numbers_of_items_and_codes():
    """The README's numbers."""
    assert Counter(item["language"] for item in ITEMS.values()) == {"nl": 3_988, "en": 1_302}
    assert sum(len(item["judgements"]) for item in ITEMS.values()) == 43_231
    assert sum(len(item["tone"]) for item in ITEMS.values()) == 43_984
    assert sum(len(item["marks"]) for item in ITEMS.values()) == 50_487
    assert len(SECOND) == 250
    assert set(SECOND) <= set(ITEMS)


@pytest.mark.parametrize("item_id", ITEMS)
def test_every_code_stands_on_its_words(item_id):
    """Sentences are found once, words after them, actors and codes are known."""
    item = ITEMS[item_id]
    text = whole(item)
    assert set(item["tone"]) == set(item["actors"])
    assert set(item["tone"].values()) <= {-1, 0, 1}
    for row in [*item["judgements"], *SECOND.get(item_id, {"judgements": []})["judgements"]]:
        assert text.count(row["sentence"]) == 1, row
        assert row["words"] in text[text.index(row["sentence"]) :], row
        assert row["target"] in item["actors"], row
        assert row["source"] in {*item["actors"], "author", "other"}, row
        assert row["polarity"] in {"negative", "positive"}, row
        assert row["ground"] in GROUNDS, row
        assert row.get("mood") in MOODS, row


def alpha(pairs: list[tuple[int, int]]) -> float:
    """Krippendorff's alpha, ordinal, of two coders."""
    rows = [
        {"unit": number, "coder": coder, "code": code}
        for number, pair in enumerate(pairs)
        for coder, code in zip("ab", pair, strict=True)
    ]
    codes = pd.DataFrame(rows)
    table = agreement(codes, level="ordinal", rng=np.random.default_rng(1), n_draws=10)
    return float(table["alpha"].iloc[0])


def test_two_coders_agree_on_the_tone_of_items():
    """Over every actor of the items that both coded, as the README says."""
    pairs = [(ITEMS[key]["tone"][actor], tone) for key, item in SECOND.items() for actor, tone in item["tone"].items()]
    assert len(pairs) == 2176
    assert alpha(pairs) == pytest.approx(0.837, abs=0.0005)


def test_two_coders_agree_on_judgements():
    """Over the sentences and actors that they name, or that either coder lists; no row is neutral."""
    pairs = []
    for key, item in SECOND.items():
        first, second = rows_by_unit(ITEMS[key]), rows_by_unit(item)
        units = first.keys() | second.keys() | named(ITEMS[key])
        pairs += [(first.get(unit, 0), second.get(unit, 0)) for unit in sorted(units)]
    assert len(pairs) == 5076
    assert alpha(pairs) == pytest.approx(0.874, abs=0.0005)
