"""Task quotes: are the right stretches of text found, and given to the right speaker; and counts of spans in general.

Reads gold rows with spans; codes the texts and compares. Overlap of quotes is counted in words: precision is the share
of the words we call quoted that gold calls quoted, recall the reverse. Exact means the same first and last word, so
that quotation marks and full stops decide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.codebook.load import Codebook
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.coding.coreference.speakers import resolve_speakers
from analysis.coding.evaluations.code import judge_articles
from analysis.coding.quotes.find import find_quotes
from analysis.measures.counting import score_share, score_spans
from analysis.reading import read_articles
from analysis.validation.gold import Row, make_gold_articles
from analysis.validation.report import Interval, Result

QUOTE_METHODS = ("patterns", "model")
"""As `find_quotes` finds them; with the speakers that the judging network is sure of, as a study gets them."""
Span = tuple[int, int]
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_MARKED = re.compile(r"[“„\"]([^“”„\"\n]+)[”\"]|(?<!\w)[‘']([^‘’\n]+(?:’\w[^‘’\n]*)*)[’'](?!\w)")


@dataclass(frozen=True)
class Speech:
    """A quote: its stretches of content and where its speaker is named; `kind` where gold has one."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    kind: str | None = None


def score_quotes(rows: Sequence[Row], *, codebook: Codebook, method: str, seed: int, n_draws: int) -> list[Result]:
    """Score quotes and their speakers, next to text between quotation marks given to the nearest actor.

    Notes
    -----
    A gold quote is found when one predicted quote holds at least half of its words. `source_accuracy` is the share of
    found quotes whose predicted speaker overlaps the gold speaker, or is empty where gold names nobody;
    `source_precision` is that share of the found quotes that are given a speaker. Where gold tells characters instead
    of places (`analysis.validation.novels`), a speaker counts under any of the names that we give to the same actor.
    """
    reading = read_articles(make_gold_articles(rows))
    mentions = find_all_mentions(reading, codebook)
    quotes = find_quotes(reading, mentions)
    if method == "model":
        mentions = resolve_speakers(reading, mentions, quotes)
        _, quotes = judge_articles(reading, mentions, quotes, captions=True)
    gold = [[_read_speech(quote) for quote in row["quotes"]] for row in rows]
    texts = [row["text"] for row in rows]
    by_article, mentions_of = (dict(tuple(table.groupby("article_id"))) for table in (quotes, mentions))
    coded = [
        _take_speech(
            by_article.get(row["article_id"]),
            mentions_of.get(row["article_id"]),
            is_by_character=row.get("is_by_character", False),
        )
        for row in rows
    ]
    named = {str(article_id): list_spans(table) for article_id, table in mentions.groupby("article_id")}
    marked = [_between_marks(row["text"], named.get(row["article_id"], [])) for row in rows]
    return [
        _score_quotes(label, texts, gold, found, seed, n_draws)
        for label, found in ((method, coded), ("quotation_marks", marked))
    ]


def _score_quotes(
    method: str,
    texts: Sequence[str],
    gold: Sequence[Sequence[Speech]],
    found: Sequence[Sequence[Speech]],
    seed: int,
    n_draws: int,
) -> Result:
    overlap, exact, sources, given, kinds = [], [], [], [], []
    for text, wanted, said in zip(texts, gold, found, strict=True):
        words = [match.span() for match in _WORD.finditer(text)]
        held = {place for quote in said for place in _words(words, quote.content)}
        asked = {place for quote in wanted for place in _words(words, quote.content)}
        overlap.append(count_right(len(held & asked), len(held), len(held & asked), len(asked)))
        ends_said = {_ends(words, [span]) for quote in said for span in quote.content} - {None}
        ends_wanted = {_ends(words, [span]) for quote in wanted for span in quote.content} - {None}
        both = len(ends_said & ends_wanted)
        exact.append(count_right(both, len(ends_said), both, len(ends_wanted)))
        n_found = n_right = n_given = n_given_right = 0
        for quote in wanted:
            own = _words(words, quote.content)
            counts_of_kind = {"held": len(own & held), "words": len(own), "n_found": 0, "n_right": 0}
            kinds += [{"kind": quote.kind, **counts_of_kind}] if quote.kind else []
            best = max(said, key=lambda other: len(own & _words(words, other.content)), default=None)
            if best is None or not own or 2 * len(own & _words(words, best.content)) < len(own):
                continue
            is_right = _is_same_source(best.source, quote.source)
            n_found += 1
            n_right += is_right
            n_given += bool(best.source)
            n_given_right += bool(best.source) and is_right
            if quote.kind:
                kinds[-1] |= {"n_found": 1, "n_right": int(is_right)}
        sources.append({"right": n_right, "n": n_found})
        given.append({"right": n_given_right, "n": n_given})
    counts = pd.DataFrame(sources)
    scores, intervals = score_both(overlap, exact, seed, n_draws)
    for name, shares in (("source_accuracy", counts), ("source_precision", pd.DataFrame(given))):
        scores[name], intervals[name] = score_share(shares, rng=np.random.default_rng(seed), n_draws=n_draws)
    per_class = pd.DataFrame()
    if kinds:
        table = pd.DataFrame(kinds)
        sums = table.groupby("kind").sum().assign(n=table.groupby("kind").size())
        per_class = pd.DataFrame(
            {
                "precision": np.nan,
                "recall": sums["held"] / sums["words"],
                "f1": np.nan,
                "n": sums["n"],
                "n_found": sums["n_found"],
                "source_accuracy": sums["n_right"] / sums["n_found"].where(sums["n_found"] > 0),
            }
        )
    return Result(
        method=method,
        n=sum(map(len, gold)),
        scores=scores | {"n_found": int(counts["n"].sum())},
        intervals=intervals if len(texts) > 1 else {},
        per_class=per_class,
    )


def compare_spans(said: Collection[Span], wanted: Collection[Span]) -> tuple[dict[str, int], dict[str, int]]:
    """Counts of one article by overlap and exact."""
    both = len(set(said) & set(wanted))
    overlap = count_right(
        sum(touches(span, wanted) for span in said), len(said), sum(touches(span, said) for span in wanted), len(wanted)
    )
    return overlap, count_right(both, len(said), both, len(wanted))


def recall_per_type(types: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Share of the gold spans of each ``type`` that are ``held`` by a prediction."""
    sums = pd.DataFrame(types, columns=["type", "held"]).groupby("type")["held"].agg(["mean", "size"])
    return pd.DataFrame({"precision": np.nan, "recall": sums["mean"], "f1": np.nan, "n": sums["size"]})


def score_both(
    overlap: Sequence[Mapping[str, int]], exact: Sequence[Mapping[str, int]], seed: int, n_draws: int
) -> tuple[dict[str, Any], dict[str, Interval]]:
    """Precision, recall and F1 by overlap and exact, with intervals, from counts per article.

    Those of overlap also stand at the top, as the ones to compare by.
    """
    scores: dict[str, Any] = {}
    intervals: dict[str, Interval] = {}
    for name, counts in (("overlap", overlap), ("exact", exact)):
        found = score_spans(pd.DataFrame(list(counts)), rng=np.random.default_rng(seed), n_draws=n_draws)
        values = {"precision": found.precision, "recall": found.recall, "f1": found.f1}
        if name == "overlap":
            scores |= values
            intervals |= found.intervals
        scores[name] = values
        intervals |= {f"{name} {key}": bounds for key, bounds in found.intervals.items()}
    return scores, intervals


def list_spans(table: pd.DataFrame) -> list[Span]:
    """Start and end of every row."""
    return list(zip(table["start"].tolist(), table["end"].tolist(), strict=True))


def _read_speech(quote: Mapping[str, Any]) -> Speech:
    spans = {key: tuple((int(start), int(end)) for start, end in quote[key]) for key in ("content", "source")}
    return Speech(spans["content"], spans["source"], quote.get("kind"))


def _take_speech(quotes: pd.DataFrame | None, mentions: pd.DataFrame | None, *, is_by_character: bool) -> list[Speech]:
    """Quotes of one article with the place of their speaker, by character with all places where it is named."""
    if quotes is None:
        return []
    places: dict[str, Span] = {}
    names: dict[str, list[Span]] = {}
    if mentions is not None:
        places = dict(zip(mentions["mention_id"], list_spans(mentions), strict=True))
        named = mentions[mentions["form"] == "name"]
        for actor_id, span in zip(named["actor_id"], list_spans(named), strict=True):
            names.setdefault(actor_id, []).append(span)
    found = []
    for span, mention_id, actor_id in zip(
        list_spans(quotes), quotes["source_mention_id"], quotes["source_id"], strict=True
    ):
        at = places.get(mention_id)
        source = (at,) if at else ()
        found.append(Speech((span,), (*source, *names.get(actor_id, [])) if is_by_character else source))
    return found


def _between_marks(text: str, mentions: Sequence[Span]) -> list[Speech]:
    """Baseline: what stands between quotation marks, said by the nearest actor outside them."""
    found = []
    for match in _MARKED.finditer(text):
        start, end = match.span(1) if match.group(1) is not None else match.span(2)
        outside = [span for span in mentions if span[1] <= start or span[0] >= end]
        nearest = min(
            outside, key=lambda span: (start - span[1] if span[1] <= start else span[0] - end, span), default=None
        )
        found.append(Speech(((start, end),), (nearest,) if nearest else ()))
    return found


def _is_same_source(predicted: Sequence[Span], wanted: Sequence[Span]) -> bool:
    if not predicted or not wanted:
        return not predicted and not wanted
    return any(touches(span, wanted) for span in predicted)


def touches(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span overlaps one of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)


def _words(words: Sequence[Span], spans: Sequence[Span]) -> set[int]:
    """Numbers of the words that lie in the spans for at least their first character."""
    starts = np.asarray([start for start, _ in words])
    found: set[int] = set()
    for start, end in spans:
        found.update(range(int(np.searchsorted(starts, start)), int(np.searchsorted(starts, end))))
    return found


def _ends(words: Sequence[Span], spans: Sequence[Span]) -> Span | None:
    held = _words(words, spans)
    return (min(held), max(held)) if held else None


def count_right(right_predicted: int, n_predicted: int, right_gold: int, n_gold: int) -> dict[str, int]:
    """Counts of one article, as `analysis.measures.counting.score_spans` takes them."""
    return {"right_predicted": right_predicted, "n_predicted": n_predicted, "right_gold": right_gold, "n_gold": n_gold}
