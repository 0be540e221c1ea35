"""Evaluations held against a reference coding of one article: by sentence, source and target."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from analysis.coding.evaluations.methods import CLEAR
from analysis.contracts.schema import UNLISTED
from analysis.contracts.tables import Tables, rows_of

GOLD = Path(__file__).parent / "gold"
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Found:
    """An evaluation of the coder that takes a side."""

    start: int
    end: int
    source: str
    target: str
    polarity: str
    mention: str


@dataclass(frozen=True)
class Scores:
    """Precision over the coder's rows that take a side, recall over gold rows that are clear and do; and what is off."""

    precision: float
    recall: float
    lines: tuple[str, ...]


def load(name: str) -> dict[str, Rows]:
    """A reference coding in gold/."""
    return yaml.safe_load((GOLD / f"{name}.yaml").read_text(encoding="utf-8"))


def find_start(text: str, row: dict[str, Any]) -> int:
    """Where the sentence of a row begins, its opening quotation mark aside."""
    words = row["sentence"].lstrip("‘")
    assert text.count(words) == 1, words
    return text.index(words)


def find_units(text: str, rows: Rows) -> dict[tuple[int, str, str], dict[str, Any]]:
    """Evaluations by sentence, source and target."""
    units = {(find_start(text, row), row["source"], row["target"]): row for row in rows}
    assert len(units) == len(rows)
    return units


def take_evaluations(tables: Tables, method: str) -> list[Found]:
    """The coder's evaluations that take a side."""
    spans = {row.sentence_id: (row.start, row.end) for row in rows_of(tables.sentences)}
    places = {row.mention_id: row.text for row in rows_of(tables.mentions)}
    return [
        Found(
            *spans[row.sentence_id],
            row.source_id,
            row.target_id,
            "negative" if row.polarity < 0 else "positive",
            places[row.target_mention_id],
        )
        for row in rows_of(tables.evaluations)
        if row.method == method and abs(row.polarity) >= CLEAR
    ]


def score_reference(tables: Tables, reference: Rows, *, method: str = "model") -> Scores:
    """Score the evaluations of one article against its reference."""
    text = tables.articles["text"].iloc[0]
    gold = [(find_start(text, row), row) for row in reference if row["polarity"] != "neutral"]
    coded = take_evaluations(tables, method)
    wrong = [found for found in coded if not any(_is_same(place, row, found) for place, row in gold)]
    clear = [(place, row) for place, row in gold if row["clear"]]
    missed = [row for place, row in clear if not any(_is_same(place, row, found) for found in coded)]
    precision, recall = 1 - len(wrong) / max(len(coded), 1), 1 - len(missed) / len(clear)
    lines = [f"precision {precision:.3f} of {len(coded)}, recall {recall:.3f} of {len(clear)}"]
    lines += [
        f"wrong: {text[f.start : f.start + 35]}... {f.source} -> {f.target} ({f.mention}) {f.polarity}" for f in wrong
    ]
    lines += [f"missed: {r['sentence']}... {r['source']} -> {r['target']} {r['polarity']}" for r in missed]
    return Scores(precision, recall, tuple(lines))


def _is_same(place: int, row: dict[str, Any], found: Found) -> bool:
    if not found.start <= place < found.end or found.polarity != row["polarity"]:
        return False
    targets = (row["target"], *row.get("also", []))
    return _is_actor(found.source, row["source"]) and any(_is_actor(found.target, target) for target in targets)


def _is_actor(found: str, wanted: str) -> bool:
    """The same actor; one that no codebook lists goes by its last word, which the coder gives in its base form."""
    if not (found.startswith(UNLISTED) and wanted.startswith(UNLISTED)):
        return found == wanted
    first, second = (actor_id.replace("_", " ").split(":")[-1].split()[-1].casefold() for actor_id in (found, wanted))
    return second.startswith(first)
