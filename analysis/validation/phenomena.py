"""Task phenomena: are the facts found that a careful human coder notes in a sentence, and are traps left alone.

Reads items with expected and absent facts; codes their sentences as a study would, each with its own codebook, and
compares. A fact is found when some row of the coder agrees with it on every key; an absent fact is a mistake when some
row agrees with it on every key that it has. Nothing is said of rows that gold does not mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.coding.actions.code import code_actions
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.coding.coreference.speakers import resolve_speakers
from analysis.coding.evaluations.code import code_evaluations
from analysis.coding.quotes.find import find_quotes
from analysis.contracts.errors import UsageError
from analysis.contracts.schema import AUTHOR
from analysis.contracts.tables import group_rows, make_table
from analysis.measures.counting import score_share
from analysis.reading import read_articles
from analysis.reading.tokens import MODEL, RULES
from analysis.validation.gold import make_gold_articles
from analysis.validation.phenomena_gold import (
    ACTION_FLAGS,
    EVALUATION_FLAGS,
    KEYS,
    NOBODY,
    Fact,
    Item,
    find_places,
)
from analysis.validation.report import Result

METHODS = ("model", "lexicon")
HALVES = ("dev", "held", "all")
CLEAR = 0.25
"""Polarity from which a judgement is negative or positive; between its two signs it is neutral."""
SAME = 0.5
"""Share of their words that two stretches of speech must have in common, of all words in either, to be the same."""
CORE = {
    "mentions": ("text", "n", "actor"),
    "quotes": ("content", "source"),
    "evaluations": ("source", "target", "polarity"),
    "actions": ("agent", "predicate", "patient"),
}
"""Keys of the heart of a fact: who, whom and what, without form, flags, voice, valence or outer speaker."""
_READINGS = {"model": MODEL, "lexicon": RULES}
_ARTICLES = frozenset(["de", "het", "een", "'t", "’t", "the", "a", "an"])
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


class Verdict(NamedTuple):
    """What became of one fact: found as a whole, or at heart; for an absent fact, found means a mistake."""

    item: str
    layer: str
    fact: Fact
    is_absent: bool
    is_found: bool
    is_found_at_heart: bool


@dataclass(frozen=True)
class Coded:
    """Rows of the coder for one item, in the terms of gold, by layer."""

    rows: Mapping[str, Sequence[Mapping[str, Any]]]


def score_phenomena(
    rows: Sequence[Item], *, method: str, seed: int, n_draws: int, half: str = "all", misses: bool = False
) -> list[Result]:
    """Score expected and absent facts, next to the coder without the model.

    Parameters
    ----------
    rows : sequence of Item
        The items of a file.
    method : {"model", "lexicon"}
        Scored first. The lexicon is scored on a reading by rules: what the project does without its model.
    seed, n_draws : int
        Of the bootstrap, which resamples items.
    half : {"all", "dev", "held"}
        All items; the first half of the file, to develop on; or the rest, which nobody who develops has read.
    misses : bool, default False
        List the facts that the first method misses, and the mistakes it makes, by item.

    Returns
    -------
    list of Result
        ``recall`` is the share of expected facts that are found, ``recall_at_heart`` of those whose who, whom and what
        are; ``mistakes`` the share of absent facts that are found. Per class: the same per layer.

    Raises
    ------
    UsageError
        For an unknown half.
    """
    chosen = take_half(rows, half)
    results = []
    for label in dict.fromkeys([method, "lexicon"]):
        verdicts = judge_items(chosen, method=label)
        listed = list_misses(verdicts) if misses and label == method else []
        results.append(summarise(label, [item.id for item in chosen], verdicts, seed, n_draws, listed))
    return results


def take_half(items: Sequence[Item], half: str) -> Sequence[Item]:
    """The items of a half of the file, by their order."""
    if half not in HALVES:
        raise UsageError(f"--half {half}: unknown; use {', '.join(HALVES)}")
    middle = (len(items) + 1) // 2
    return {"dev": items[:middle], "held": items[middle:], "all": items}[half]


def judge_items(items: Sequence[Item], *, method: str) -> list[Verdict]:
    """Code items and say of each of their facts whether it is found."""
    coded = code_items(items, method=method)
    verdicts: list[Verdict] = []
    for item in items:
        rows = coded[item.id].rows
        for is_absent, facts in ((False, item.expected), (True, item.absent)):
            for layer, wanted in facts.items():
                verdicts += [_judge(item, layer, fact, rows[layer], is_absent=is_absent) for fact in wanted]
    return verdicts


def summarise(
    method: str, ids: Sequence[str], verdicts: Sequence[Verdict], seed: int, n_draws: int, misses: Sequence[str] = ()
) -> Result:
    """Shares over all facts and per layer, with intervals over items."""
    columns = ["item", "layer", "is_absent", "is_found", "is_found_at_heart"]
    table = pd.DataFrame([[getattr(verdict, name) for name in columns] for verdict in verdicts], columns=columns)
    expected, absent = table[~table["is_absent"].astype(bool)], table[table["is_absent"].astype(bool)]
    scores: dict[str, Any] = {"n_expected": len(expected), "n_absent": len(absent)}
    intervals = {}
    shares = (
        ("recall", expected, "is_found"),
        ("recall_at_heart", expected, "is_found_at_heart"),
        ("mistakes", absent, "is_found"),
    )
    for name, facts, column in shares:
        right = facts.groupby("item")[column].sum().reindex(list(ids), fill_value=0)
        total = facts.groupby("item").size().reindex(list(ids), fill_value=0)
        counts = pd.DataFrame({"right": right, "n": total}).astype(float)
        scores[name], intervals[name] = score_share(counts, rng=np.random.default_rng(seed), n_draws=n_draws)
    layers = [layer for layer in KEYS if (table["layer"] == layer).any()]
    per_class = pd.DataFrame(
        [
            {
                "precision": np.nan,
                "recall": _mean(expected, layer, "is_found"),
                "f1": np.nan,
                "n": int((expected["layer"] == layer).sum()),
                "recall_at_heart": _mean(expected, layer, "is_found_at_heart"),
                "mistakes": _mean(absent, layer, "is_found"),
                "n_absent": int((absent["layer"] == layer).sum()),
            }
            for layer in layers
        ],
        index=layers,
    )
    notes = {"misses": list(misses)} if misses else {}
    return Result(method, len(expected), scores, intervals, per_class, notes=notes)


def list_misses(verdicts: Sequence[Verdict]) -> list[str]:
    """One line per expected fact that is missed and absent fact that is found."""
    lines = []
    for verdict in verdicts:
        if verdict.is_found != verdict.is_absent:
            continue
        what = "mistake" if verdict.is_absent else ("in part" if verdict.is_found_at_heart else "missed")
        fact = ", ".join(f"{key} {value}" for key, value in verdict.fact.items())
        lines.append(f"{verdict.item} {verdict.layer} {what} ({fact})")
    return lines


def code_items(items: Sequence[Item], *, method: str) -> dict[str, Coded]:
    """Code the sentences of items, each with its own actors, by item id."""
    keys = {f"item{number:04d}": item for number, item in enumerate(items)}
    articles = make_gold_articles(
        [{"article_id": key, "text": item.text, "language": item.language} for key, item in keys.items()]
    )
    reading = read_articles(articles, reading=_READINGS[method])
    found = [find_all_mentions(reading.part([key]), item.codebook) for key, item in keys.items()]
    mentions = make_table("mentions", pd.concat(found, ignore_index=True))
    quotes = find_quotes(reading, mentions)
    mentions = resolve_speakers(reading, mentions, quotes)
    tables = {
        "mentions": mentions,
        "quotes": quotes,
        "evaluations": code_evaluations(reading, mentions, quotes, method=method, captions=True),
        "actions": code_actions(reading, mentions, captions=True),
    }
    grouped = {layer: group_rows(table, "article_id") for layer, table in tables.items()}
    speakers = dict(zip(quotes["quote_id"], quotes["source_id"], strict=True))
    return {
        item.id: Coded(
            {layer: [_take(layer, row, item, speakers) for row in grouped[layer].get(key, [])] for layer in KEYS}
        )
        for key, item in keys.items()
    }


def _take(layer: str, row: Any, item: Item, speakers: Mapping[str, str]) -> dict[str, Any]:
    """A row of the coder in the terms of gold."""
    if layer == "mentions":
        return {"span": (int(row.start), int(row.end)), "actor": _name(row.actor_id, item), "form": row.form}
    if layer == "quotes":
        outer = None if pd.isna(row.outer_id) else speakers[row.outer_id]
        return {
            "span": (int(row.start), int(row.end)),
            "source": _name(row.source_id, item),
            "outer": _name(outer, item),
        }
    if layer == "evaluations":
        flags = {key: bool(getattr(row, key)) for key in EVALUATION_FLAGS}
        polarity = "neutral" if abs(row.polarity) < CLEAR else ("negative" if row.polarity < 0 else "positive")
        return {
            "source": _name(row.source_id, item),
            "target": _name(row.target_id, item),
            "polarity": polarity,
        } | flags
    flags = {key: bool(getattr(row, key)) for key in ACTION_FLAGS}
    who = {"agent": _name(row.agent_id, item), "patient": _name(row.patient_id, item)}
    return who | {"predicate": row.predicate, "voice": row.voice, "valence": row.valence} | flags


def _name(actor_id: Any, item: Item) -> str:
    """An actor of the item, the author, or nobody."""
    return str(actor_id) if actor_id in item.codebook.actors or actor_id == AUTHOR else NOBODY


def _judge(item: Item, layer: str, fact: Fact, rows: Sequence[Mapping[str, Any]], *, is_absent: bool) -> Verdict:
    if is_absent:
        found = any(_is_mistake(layer, fact, row) and _agrees(item, fact, row, is_absent=True) for row in rows)
        return Verdict(item.id, layer, fact, True, found, found)
    flags = {"evaluations": EVALUATION_FLAGS, "actions": ACTION_FLAGS}.get(layer, ())
    whole = dict.fromkeys(flags, False) | fact
    heart = {key: value for key, value in fact.items() if key in CORE[layer]}
    found = any(_agrees(item, whole, row) for row in rows)
    return Verdict(item.id, layer, fact, False, found, found or any(_agrees(item, heart, row) for row in rows))


def _is_mistake(layer: str, fact: Fact, row: Mapping[str, Any]) -> bool:
    """Whether a row claims anything: a deed said not to be done, or a neutral judgement, does not unless asked for."""
    if layer == "actions":
        return not row["negated"] or "negated" in fact
    if layer == "evaluations":
        return row["polarity"] != "neutral" or "polarity" in fact
    return True


def _agrees(item: Item, fact: Fact, row: Mapping[str, Any], *, is_absent: bool = False) -> bool:
    """Whether a row has all that a fact says."""
    for key, value in fact.items():
        if key == "n":
            continue
        if key == "text":
            place = find_places(item.text, value)[fact.get("n", 1) - 1]
            is_same = _is_about(item.text, place, row["span"], is_strict=is_absent and "actor" not in fact)
        elif key == "content":
            start = item.text.index(value)
            is_same = _is_same_stretch(item.text, (start, start + len(value)), row["span"])
        elif key == "predicate":
            is_same = _squeeze(value) == _squeeze(row["predicate"])
        else:
            is_same = row[key] == value
        if not is_same:
            return False
    return True


def _is_about(text: str, place: tuple[int, int], span: tuple[int, int], *, is_strict: bool) -> bool:
    """Whether a mention stands at a place: they overlap, or, strictly, have the same words but for articles."""
    if is_strict:
        return set(_words(text, *place)) == set(_words(text, *span))
    return place[0] < span[1] and span[0] < place[1]


def _is_same_stretch(text: str, place: tuple[int, int], span: tuple[int, int]) -> bool:
    wanted, said = set(_words(text, *place)), set(_words(text, *span))
    return bool(wanted) and len(wanted & said) >= SAME * len(wanted | said)


def _words(text: str, start: int, end: int) -> Iterator[int]:
    """Where words between two characters start, articles left out where there is more."""
    found = [(start + match.start(), match.group().casefold()) for match in _WORD.finditer(text[start:end])]
    kept = [place for place, word in found if word not in _ARTICLES]
    yield from kept or [place for place, _ in found]


def _squeeze(lemma: str) -> str:
    """A lemma without spaces, hyphens and capitals: a particle verb may be written in one word or two."""
    return re.sub(r"[\W_]", "", lemma).casefold()


def _mean(facts: pd.DataFrame, layer: str, column: str) -> float:
    return float(facts.loc[facts["layer"] == layer, column].astype(float).mean())
