"""What the program finds in the texts that are learnt from, with gold judgements beside it.

Reads running news and the coded opinions of the reference data; writes JSON Lines, a text a line, so that the network
learns from the mentions and quotes it will be given. A judgement's target that the program does not find becomes a
mention of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis.codebook.load import Codebook
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.coding.coreference.speakers import resolve_speakers
from analysis.coding.quotes.find import find_quotes
from analysis.contracts.tables import make_table, rows_of
from analysis.reading import Reading, read_articles
from analysis.reading.model_loading import MODEL_VARIABLE
from analysis.validation.gold import make_gold_articles
from analysis.validation.running_news import SIGNS, code_items, find_words, part_of, read_items

CHUNK = 200
OPINIONS = ("madtsc_nl.train", "madtsc_nl.dev", "madtsc_en.train", "madtsc_en.dev")
FILES = ("news.jsonl", *(f"opinions_{name}.jsonl" for name in OPINIONS))
MARKS = " \"'‘’“”„«»–-"
"""What may stand before the first word of a quotation."""
Json = dict[str, Any]


def write_jsonl(path: Path, rows: Iterable[Json]) -> None:
    """Write rows, one a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def read_jsonl(path: Path) -> list[Json]:
    """Read rows, one a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def list_found(reading: Reading, mentions: Any, quotes: Any, article_id: str) -> Json:
    """Sentences, mentions and quotes of an article as lists of plain values."""

    def of(table: Any) -> Iterator[Any]:
        return rows_of(table[table["article_id"] == article_id])

    return {
        "sentences": [[int(row.sentence_id), int(row.start), int(row.end)] for row in of(reading.sentences)],
        "mentions": [[int(row.start), int(row.end), str(row.actor_id)] for row in of(mentions)],
        "quotes": [
            [
                int(row.start),
                int(row.end),
                row.kind == "direct",
                row.source_id if isinstance(row.source_id, str) else "",
            ]
            for row in of(quotes)
        ],
    }


def find_news(items: Sequence[Any]) -> Iterator[Json]:
    """Running news, as the program reads them by a codebook of their own actors."""
    for coded in code_items(items):
        item = coded.item
        text = str(coded.reading.articles["text"].iloc[0])
        gold = []
        for (sentence_id, target), rows in coded.gold.items():
            for row in rows:
                words = find_words(coded, row)
                gold.append(
                    {
                        "sentence": sentence_id, "target": target, "source": row["source"],
                        "sign": SIGNS[row["polarity"]], "clear": bool(row.get("clear", True)), "ground": row["ground"],
                        "mood": row.get("mood") or "none",
                        "words": None if words is None else list(words),
                    }
                )  # fmt: skip
        spoken = [
            [text.index(row["quote"]) + len(row["quote"]) - len(row["quote"].lstrip(MARKS)), row["speaker"]]
            for row in item.get("speakers", [])
        ]
        yield {
            "id": item["id"], "part": part_of(item), "language": item["language"], "scheme": "news", "text": text,
            "actors": list(item["actors"]), "tone": item["tone"], "marks": item.get("marks", []), "gold": gold,
            "speakers": spoken,
            **list_found(coded.reading, coded.mentions, coded.quotes, item["id"]),
        }  # fmt: skip


def find_opinions(path: Path) -> Iterator[Json]:
    """Coded opinions of the reference data, as the program reads them without a codebook."""
    rows = read_jsonl(path)
    nobody = Codebook("nobody", {})
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        articles = [
            {"article_id": f"t{start + k:05d}", "language": row["language"], "text": row["text"]}
            for k, row in enumerate(chunk)
        ]
        reading = read_articles(make_table("articles", make_gold_articles(articles)))
        mentions = find_all_mentions(reading, nobody)
        quotes = find_quotes(reading, mentions)
        mentions = resolve_speakers(reading, mentions, quotes)
        for about, row in zip(articles, chunk, strict=True):
            found = list_found(reading, mentions, quotes, about["article_id"])
            yield {
                "id": row["id"], "part": "", "language": row["language"], "scheme": "opinions", "text": row["text"],
                "gold": row["opinions"], **found,
            }  # fmt: skip


def write_materials(build: Path, reference: Path, model: Path) -> None:
    """Write every file of `FILES`, read with a model file."""
    with reading_with(model):
        write_jsonl(build / "news.jsonl", find_news(read_items()))
        for name in OPINIONS:
            write_jsonl(build / f"opinions_{name}.jsonl", find_opinions(reference / "opinions" / f"{name}.jsonl"))


@contextmanager
def reading_with(path: Path) -> Iterator[None]:
    """Let the package read with another model file."""
    before = os.environ.get(MODEL_VARIABLE)
    os.environ[MODEL_VARIABLE] = str(path)
    try:
        yield
    finally:
        if before is None:
            del os.environ[MODEL_VARIABLE]
        else:
            os.environ[MODEL_VARIABLE] = before
