"""Running news as targets of tone: every mention of every actor, most of them neutral, marked as a study marks them.

Reads the constructed items of ``data/annotations/running_news`` with the coder itself, in trees that a model file
reads; writes and reads one file of the build folder. Only the items of `part_of` ``network`` are learnt from.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.reading.model_loading import MODEL_VARIABLE
from analysis.training.data import Target, read_jsonl
from analysis.validation.running_news import code_items, mark_mentions, read_items

#: The file in the build folder.
FILE = "news.jsonl"
#: A judgement about which readers could differ counts for less.
UNCLEAR_WEIGHT = 0.5


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


def write_news(path: Path, model: Path) -> None:
    """Write the mentions of all items, a JSON object each, read with a model file."""
    with reading_with(model):
        rows = [row for coded in code_items(read_items()) for row in mark_mentions(coded)]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def read_news(path: Path, parts: Iterable[str]) -> list[Target]:
    """Return the targets of some parts of the running news; those of one item are one group."""
    wanted = set(parts)
    return [
        Target(
            row["text"], row["start"], row["end"], row["label"], f"running_news_{row['language']}",
            weight=1.0 if row["is_clear"] else UNCLEAR_WEIGHT, group=row["id"],
        )
        for row in read_jsonl(path)
        if row["part"] in wanted
    ]  # fmt: skip
