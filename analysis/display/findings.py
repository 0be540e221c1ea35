"""Findings in a sentence: what a table says, in words made from the table.

Reads the tables that charts are drawn from; returns a `Finding`: English text for a notebook, a caption or an alt text,
so that no prose states a number that code did not produce. A finding about a chart names only what the chart shows:
both choose with the same function. Nothing is estimated here.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.codebook import Codebook
from analysis.coding.actions import keep_done
from analysis.coding.evaluations_methods import is_negative, select_evaluations
from analysis.display.explaining import explain
from analysis.display.explanation import Explanation
from analysis.display.words import label
from analysis.schema import NOT_IN_CODEBOOK, PARTS
from analysis.tables import Tables


class Finding(str):
    """A text that a notebook shows as a paragraph."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(self)}</p>"


def describe_scope(articles: pd.DataFrame) -> Finding:
    """What results of these articles can be about.

    Parameters
    ----------
    articles : DataFrame
        Table ``articles``.

    Returns
    -------
    Finding
        With one article, that results describe this article only.

    Examples
    --------
    >>> describe_scope(pd.DataFrame({"article_id": ["a"], "outlet": [None], "published": ["2020-01"]}))
    One article: all results describe this article only, neither its outlet nor the news in general.
    """
    if len(articles) == 1:
        return Finding(
            "One article: all results describe this article only, neither its outlet nor the news in general."
        )
    dates = articles["published"].dropna()
    undated = f" ({len(articles) - len(dates)} undated)" if len(dates) < len(articles) else ""
    period = f", dated {dates.min()} to {dates.max()}{undated}" if len(dates) else ""
    n_outlets, n_unnamed = articles["outlet"].nunique(), int(articles["outlet"].isna().sum())
    unnamed = f" ({n_unnamed} without one)" if n_unnamed else ""
    outlets = f" of {count_nouns(n_outlets, 'outlet')}{unnamed}" if n_outlets else ", no outlet named"
    return Finding(f"{len(articles)} articles{outlets}{period}: results describe these articles.")


def describe_parts(sentences: pd.DataFrame) -> Finding:
    """How many sentences and paragraphs there are, and how many of them are captions (table ``sentences``).

    Examples
    --------
    >>> columns = {"article_id": ["a", "a"], "paragraph": [0, 1], "part": ["caption", "lead"]}
    >>> describe_parts(pd.DataFrame(columns))
    2 sentences in 2 paragraphs. Sentences by part: lead 1 and caption 1.
    """
    if sentences.empty:
        return Finding("There are no sentences.")
    counts = sentences["part"].value_counts()
    told = [f"{part} {counts[part]}" for part in PARTS if part in counts]
    paragraphs = len(sentences[["article_id", "paragraph"]].drop_duplicates())
    total = f"{count_nouns(len(sentences), 'sentence')} in {count_nouns(paragraphs, 'paragraph')}"
    return Finding(f"{total}. Sentences by part: {list_words(told)}.")


def describe_mentions(features: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 10) -> Finding:
    """Who is mentioned most, and how many of the actors that the chart shows are not in the codebook."""
    counts = features.groupby("actor_id")["n_mentions"].sum()
    counts = counts[counts > 0]
    if counts.empty:
        return Finding("No actor is mentioned.")
    shown = _top(counts.to_dict(), codebook, top)
    named = list_words([f"{label(actor, codebook, language)} ({counts[actor]})" for actor in shown[:3]])
    unlisted = sum(actor.startswith(NOT_IN_CODEBOOK) for actor in shown)
    rest = (
        "" if len(shown) == len(counts) else f"; shown are the {len(shown)} with most, {counts[shown].sum()} mentions"
    )
    return Finding(
        f"{count_nouns(counts.sum(), 'mention')} of {count_nouns(len(counts), 'actor')}{rest}. "
        f"Mentioned most: {named}. Not in the codebook: {unlisted} of those shown."
    )


def describe_voices(
    quotes: pd.DataFrame, articles: pd.DataFrame, *, codebook: Codebook, language: str = "nl"
) -> Finding:
    """Who speaks longest, and how many quotes have no named speaker (tables ``quotes`` and ``articles``)."""
    if quotes.empty:
        return Finding("Nobody is quoted.")
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    words = [len(texts[quote.article_id][quote.start : quote.end].split()) for quote in quotes.itertuples()]
    spoken = quotes.assign(n_words=words)
    totals = spoken.groupby("source_id")["n_words"].sum()
    nobody = int(quotes["source_id"].isna().sum())
    speakers = ""
    if len(totals):
        first = _top(totals.to_dict(), codebook)
        named = list_words([f"{label(actor, codebook, language)} ({totals[actor]})" for actor in first])
        speakers = f" Most words: {named}."
    return Finding(
        f"{count_nouns(len(quotes), 'quote')} of {count_nouns(sum(words), 'word')} "
        f"by {count_nouns(len(totals), 'speaker')}.{speakers} "
        f"Quotes without a named speaker: {nobody}."
    )


def explain_most_negative(tables: Tables, *, codebook: Codebook, language: str = "nl") -> Explanation | Finding:
    """The evaluation with the lowest polarity, explained; a sentence where none is negative. One method's only."""
    judged = select_evaluations(tables.evaluations)
    negative = judged[is_negative(judged)]
    if negative.empty:
        return Finding("No evaluation is negative.")
    lowest = negative.sort_values(["polarity", "evaluation_id"], kind="stable").iloc[0]
    return explain(tables, str(lowest["evaluation_id"]), codebook=codebook, language=language)


def explain_left_out(tables: Tables, *, codebook: Codebook, language: str = "nl") -> Explanation | Finding:
    """The first deed without its doer, explained, one of conflict if there is one; a sentence where there is none."""
    actions = keep_done(tables.actions)
    left_out = actions[actions["voice"] == "agentless_passive"]
    if left_out.empty:
        return Finding("No deed is told without its doer.")
    first = left_out.assign(other=left_out["valence"] != "conflict").sort_values(["other", "action_id"], kind="stable")
    return explain(tables, str(first["action_id"].iloc[0]), codebook=codebook, language=language)


def explain_longest_quote(tables: Tables, *, codebook: Codebook, language: str = "nl") -> Explanation | Finding:
    """The quote of most characters, explained; a sentence where nobody is quoted."""
    if tables.quotes.empty:
        return Finding("Nobody is quoted.")
    lengths = (tables.quotes["end"] - tables.quotes["start"]).rename("length")
    longest = tables.quotes.assign(length=lengths).sort_values(["length", "quote_id"], ascending=[False, True]).iloc[0]
    return explain(tables, str(longest["quote_id"]), codebook=codebook, language=language)


def _places(codebook: Codebook) -> Callable[[str], tuple[int, str]]:
    order = {key: place for place, key in enumerate([*codebook.actors, *codebook.frames])}
    return lambda key: (order.get(key, len(order)), key)


def _top(counts: Mapping[Any, float], codebook: Codebook, n: int = 3) -> list[str]:
    """The `n` keys with the highest count; ties in the order of the codebook."""
    places = _places(codebook)
    return sorted(counts, key=lambda key: (-counts[key], places(key)))[:n]


def count_nouns(n: float, noun: str) -> str:
    """A number and its noun, in the plural where there is not one."""
    return f"{int(n)} {noun}" if n == 1 else f"{int(n)} {noun}s"


def list_words(parts: Sequence[str]) -> str:
    """Words parted by commas and a last ``and``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
