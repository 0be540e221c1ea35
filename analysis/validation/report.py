"""Reports of a validation: one JSON object, or tables for people.

Reads results; returns plain values and rich tables. NaN becomes null in JSON and a dash in a table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from analysis.measures.scoring import IndicatorScores, LabelScores

Interval = tuple[float, float]
LINES = frozenset(["misses"])
"""Notes that are lists of long entries: each on a line of its own."""


@dataclass(frozen=True)
class Result:
    """What one method scores: `scores` by name, intervals by the same names, and a table per class."""

    method: str
    n: int
    scores: Mapping[str, Any]
    intervals: Mapping[str, Interval]
    per_class: pd.DataFrame
    confusion: pd.DataFrame | None = None
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """A validation: the task, the gold file as it was named, its units, and a result per method, the coder's first."""

    task: str
    gold: str
    n: int
    results: tuple[Result, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain values in the shape that DESIGN.md gives for ``--json``."""
        return {
            "task": self.task,
            "gold": self.gold,
            "n": self.n,
            "results": [
                {
                    "method": result.method,
                    "n": result.n,
                    **_plain(result.scores),
                    "per_class": _plain(result.per_class.to_dict("index")),
                    "intervals": _plain({name: list(bounds) for name, bounds in result.intervals.items()}),
                    **_plain(result.notes),
                }
                for result in self.results
            ],
        }

    def to_rich(self) -> RenderableType:
        """Tables for a terminal: all methods, then classes and confusion of the first."""
        first = self.results[0]
        # Spans: precision, recall and F1 at the top repeat those of overlap, for readers of the JSON.
        repeated = set(first.scores["overlap"]) if "overlap" in first.scores else set()
        flat = [_flatten({k: v for k, v in result.scores.items() if k not in repeated}) for result in self.results]
        title = f"{self.task}: {self.gold}, n = {self.n} (95 % bootstrap intervals)"
        overall = Table()
        for column in ("", *(result.method for result in self.results)):
            overall.add_column(column, justify="right")
        for name in flat[0]:
            cells = (
                _show(scores.get(name), r.intervals.get(name)) for r, scores in zip(self.results, flat, strict=True)
            )
            overall.add_row(name.replace("_", " "), *cells)
        parts: list[RenderableType] = [Text(title), overall]
        if len(first.per_class):
            classes = Table()
            classes.add_column("class")
            for column in first.per_class.columns:
                classes.add_column(str(column), justify="right")
            for label, row in first.per_class.to_dict("index").items():
                cells = (_show(value, first.intervals.get(f"{column} {label}")) for column, value in row.items())
                classes.add_row(str(label), *cells)
            parts += [Text(f"{first.method}, per class"), classes]
        if first.confusion is not None:
            confusion = Table()
            for column in ("gold \\ predicted", *first.confusion.columns):
                confusion.add_column(str(column), justify="right")
            for label, counts in first.confusion.to_dict("index").items():
                confusion.add_row(str(label), *map(str, counts.values()))
            parts += [Text(f"{first.method}, confusion"), confusion]
        parts += [
            Text(f"{name.replace('_', ' ')}: {_say(name, value)}") for name, value in first.notes.items() if value
        ]
        return Group(*parts)


def from_labels(method: str, scores: LabelScores | IndicatorScores, notes: Mapping[str, Any] | None = None) -> Result:
    """A result from scores of labels or of yes-or-no codes."""
    return Result(
        method=method,
        n=scores.n,
        scores={"accuracy": scores.accuracy, "macro_f1": scores.macro_f1, "alpha": scores.alpha},
        intervals=scores.intervals,
        per_class=scores.per_class,
        confusion=scores.confusion if isinstance(scores, LabelScores) else None,
        notes=notes or {},
    )


def _flatten(scores: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in scores.items():
        if isinstance(value, Mapping):
            flat |= {f"{name} {inner}": number for inner, number in _flatten(value).items()}
        else:
            flat[name] = value
    return flat


def _plain(value: Any) -> Any:
    """Numbers of plain Python, rounded so that the same run prints the same digits everywhere."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 6) + 0.0
    return value


def _show(value: Any, bounds: Interval | None = None) -> str:
    plain = _plain(value)
    if plain is None:
        return "-"
    if not isinstance(plain, float):
        return str(plain)
    shown = f"{plain:.3f}"
    if bounds is not None and not math.isnan(bounds[0]):
        shown += f" [{bounds[0]:.2f}, {bounds[1]:.2f}]"
    return shown


def _say(name: str, value: Any) -> str:
    if isinstance(value, str) or not isinstance(value, Iterable):
        return str(value)
    return ("\n  " if name in LINES else ", ").join([*([""] if name in LINES else []), *map(str, value)])
