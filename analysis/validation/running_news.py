"""Running news, coded in full: how precise and complete the coder's judgements are where most mentions are neutral.

Reads ``data/annotations/running_news`` (items with every judgement, by its CODEBOOK.md); codes each item as a study
would, with a codebook of its own actors. Every third item of the parts a to k is
held out: nothing was fitted to it or chosen on it. ``python -m analysis.validation.running_news`` prints the scores of
those and of the items that served to choose, not of those for the network to learn from.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from analysis.codebook.load import Actor, Codebook, Wording
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.coding.coreference.speakers import resolve_speakers
from analysis.coding.quotes.find import find_quotes
from analysis.contracts.errors import InputError
from analysis.contracts.paths import DATA
from analysis.contracts.tables import make_table, rows_of
from analysis.reading import Reading, read_articles
from analysis.validation.gold import make_gold_articles

FOLDER = DATA / "annotations" / "running_news"
EVERY = 3
"""Every so many items of the parts with a held-out share are held out."""
WITH_HELD_OUT = frozenset("abcdefghijk")
"""Parts with a held-out share; the others are hard on purpose, and not at the base rates of the news."""
CHOOSING_FROM = {
    "ak": 111, "am": 41, "be": 21, "bg": 21, "fc": 21, "fh": 21, "fl": 21,
    "gc": 21, "gf": 21, "gi": 21, "hb": 66, "hd": 66,
}  # fmt: skip
"""From which number on an item of a part is for choosing."""
FOR_WEIGHTS = frozenset("abc")
"""Parts whose other items weigh the coder and serve to choose."""
HELD_OUT, WEIGHTS, NETWORK = "held out", "weights", "network"
SIGNS = {"negative": -1, "positive": 1}
Item = Mapping[str, Any]
_MARK = re.compile(r"\{([^{}|]+)\|([a-z0-9_]+)\}")


@dataclass(frozen=True)
class Coded:
    """An item, what the reading and the coder found in it, and its gold by sentence and actor."""

    item: Item
    reading: Reading
    mentions: pd.DataFrame
    quotes: pd.DataFrame
    gold: Mapping[tuple[int, str], Sequence[Item]]


def read_items(folder: Path = FOLDER) -> list[Item]:
    """The items of every part, in their order.

    Raises
    ------
    InputError
        If the folder has no parts.
    """
    paths = sorted(folder.glob("part_*.yaml"))
    if not paths:
        raise InputError(f"{folder.name}: holds no part_*.yaml; restore the folder with git")
    return [item for path in paths for item in read_part(path)]


def read_part(path: Path) -> list[Item]:
    """The items of one file, without their marks."""
    return [strip_marks(item) for item in yaml.safe_load(path.read_text(encoding="utf-8"))]


def strip_marks(item: Item) -> Item:
    """The item without the marks in headline and text, which become ``marks``.

    Returns
    -------
    mapping
        The item; ``marks`` are lists of ``start, end, actor`` in the headline, a blank line and the stripped text.

    Examples
    --------
    >>> item = strip_marks({"headline": "Jansen weg", "text": "{Hij|jansen} ging."})
    >>> item["text"], item["marks"]
    ('Hij ging.', [[12, 15, 'jansen']])
    """
    marked = f"{item['headline']}\n\n{item['text'].strip()}"
    text, marks, position = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        marks.append([len(text), len(text) + len(match[1]), match[2]])
        text += match[1]
        position = match.end()
    headline, _, text = (text + marked[position:]).partition("\n\n")
    return {**item, "headline": headline, "text": text, "marks": marks}


def part_of(item: Item) -> str:
    """What an item is for, by the letter of its part and its number.

    Returns
    -------
    str
        `HELD_OUT`, a third of the parts a to k: for reporting alone. `WEIGHTS`, the rest of a to c and the last of
        the parts in `CHOOSING_FROM`: for choosing thresholds and temperatures. `NETWORK`, all else: for the judging
        network to learn from.

    Raises
    ------
    InputError
        For an id that is not a letter and a number.

    Examples
    --------
    >>> [part_of({"id": name}) for name in ("a01", "a02", "d01", "d02", "l02")]
    ['weights', 'held out', 'network', 'held out', 'network']
    """
    found = re.fullmatch(r"([a-z]+)(\d+)", item["id"])
    if found is None:
        raise InputError(f"running news: '{item['id']}' is no id; write the letter of the part and a number, as a01")
    letter, number = found[1], int(found[2])
    if letter in WITH_HELD_OUT and number % EVERY == EVERY - 1:
        return HELD_OUT
    return WEIGHTS if letter in FOR_WEIGHTS or number >= CHOOSING_FROM.get(letter, math.inf) else NETWORK


def make_codebook(item: Item) -> Codebook:
    """A codebook of the actors of one item."""
    actors = {}
    for name, actor in item["actors"].items():
        wording = Wording(tuple(actor.get("names") or ()), tuple(actor.get("nominals") or ()))
        label = {item["language"]: name}
        actors[name] = Actor(name, label, actor["type"], wording={item["language"]: wording})
    return Codebook(item["id"], actors)


def make_articles(items: Sequence[Item]) -> pd.DataFrame:
    """Table ``articles`` of items, the headline their first paragraph."""
    texts = [f"{item['headline']}\n\n{item['text'].strip()}" for item in items]
    rows = [
        {"article_id": item["id"], "language": item["language"], "text": text}
        for item, text in zip(items, texts, strict=True)
    ]
    return make_table("articles", make_gold_articles(rows).assign(headline=[item["headline"] for item in items]))


def code_items(items: Sequence[Item]) -> Iterator[Coded]:
    """Read each item and find its actors and quotes, by a codebook of its own."""
    for item in items:
        reading = read_articles(make_articles([item]))
        mentions = find_all_mentions(reading, make_codebook(item))
        quotes = find_quotes(reading, mentions)
        mentions = resolve_speakers(reading, mentions, quotes)
        yield Coded(item, reading, mentions, quotes, place_judgements(item, reading))


def place_judgements(item: Item, reading: Reading) -> dict[tuple[int, str], list[Item]]:
    """The judgements of an item by sentence and actor judged."""
    text = reading.articles["text"].iloc[0]
    starts = [(row.start, row.sentence_id) for row in rows_of(reading.sentences)]
    found: dict[tuple[int, str], list[Item]] = {}
    for row in item["judgements"]:
        places = [match.start() for match in re.finditer(re.escape(row["sentence"]), text)]
        place = next((one for one in places if any(abs(start - one) <= 1 for start, _ in starts)), places[0])
        sentence_id = max((start, number) for start, number in starts if start <= place)[1]
        found.setdefault((int(sentence_id), row["target"]), []).append(row)
    return found


def find_words(coded: Coded, row: Item) -> tuple[int, int] | None:
    """Characters of the words that carry a judgement."""
    text = str(coded.reading.articles["text"].iloc[0])
    start = text.find(row["words"], max(0, text.find(row["sentence"]))) if "words" in row else -1
    return (start, start + len(row["words"])) if start >= 0 else None
