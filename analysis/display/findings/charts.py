"""Findings in a sentence: what a table says, in words made from the table.

Reads the tables that charts are drawn from; returns a `Finding`, Dutch or English, for a notebook, a caption or an alt
text, so that no prose states a number that code did not produce. A finding about a chart names only what the chart
shows: both choose with the same function. Nothing is estimated here.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from analysis.codebook.load import Codebook
from analysis.coding.actions.code import keep_done
from analysis.coding.evaluations.methods import is_negative, select_evaluations
from analysis.contracts.schema import NOT_IN_CODEBOOK, PARTS
from analysis.contracts.tables import Tables
from analysis.display.explanations.explain import explain
from analysis.display.explanations.explanation import Explanation
from analysis.display.words import count, label, list_words, word
from analysis.display.words_tables import localise


class Finding(str):
    """A text that a notebook shows as a paragraph."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(self)}</p>"


def describe_scope(articles: pd.DataFrame, *, language: str = "nl") -> Finding:
    """What results of these articles can be about.

    Parameters
    ----------
    articles : DataFrame
        Table ``articles``.
    language : {"nl", "en"}

    Returns
    -------
    Finding
        With one article, that results describe this article only.

    Examples
    --------
    >>> describe_scope(pd.DataFrame({"article_id": ["a"], "outlet": [None], "published": ["2020-01"]}), language="en")
    One article: all results describe this article only, neither its outlet nor the news in general.
    """
    if len(articles) == 1:
        return Finding(word("one_article", language))
    dates = articles["published"].dropna()
    undated = word("undated", language, n=len(articles) - len(dates)) if len(dates) < len(articles) else ""
    period = word("dated", language, first=dates.min(), last=dates.max(), undated=undated) if len(dates) else ""
    named, n_unnamed = count(articles["outlet"].nunique(), "outlet", language), int(articles["outlet"].isna().sum())
    unnamed = word("without_outlet", language, n=n_unnamed) if n_unnamed else ""
    is_named = n_unnamed < len(articles)
    outlets = word("of_outlets" if is_named else "no_outlet", language, outlets=named, unnamed=unnamed)
    told = count(len(articles), "article", language)
    return Finding(word("scope", language, articles=told, outlets=outlets, period=period))


def describe_parts(sentences: pd.DataFrame, *, language: str = "nl") -> Finding:
    """How many sentences and paragraphs there are, and how many of them are captions (table ``sentences``).

    Examples
    --------
    >>> columns = {"article_id": ["a", "a"], "paragraph": [0, 1], "part": ["caption", "lead"]}
    >>> describe_parts(pd.DataFrame(columns), language="en")
    2 sentences in 2 paragraphs. Sentences by part: lead 1 and caption 1.
    """
    if sentences.empty:
        return Finding(word("no_sentences", language))
    counts = sentences["part"].value_counts()
    told = list_words(
        [f"{localise(part, 'part', language)} {counts[part]}" for part in PARTS if part in counts], language
    )
    paragraphs = count(len(sentences[["article_id", "paragraph"]].drop_duplicates()), "paragraph", language)
    total = count(len(sentences), "sentence", language)
    return Finding(word("parts", language, sentences=total, paragraphs=paragraphs, told=told))


def describe_mentions(features: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 10) -> Finding:
    """Who is mentioned most, and how many of the actors that the chart shows are not in the codebook."""
    counts = features.groupby("actor_id")["n_mentions"].sum()
    counts = counts[counts > 0]
    if counts.empty:
        return Finding(word("no_mentions", language))
    shown = _top(counts.to_dict(), codebook, top)
    total, total_shown = (count(n.sum(), "mention", language) for n in (counts, counts[shown]))
    rest = word("mentions_shown", language, n=len(shown), mentions=total_shown) if len(shown) < len(counts) else ""
    actors = count(len(counts), "actor", language)
    named = list_words([f"{label(actor, codebook, language)} ({counts[actor]})" for actor in shown[:3]], language)
    unlisted = sum(actor.startswith(NOT_IN_CODEBOOK) for actor in shown)
    told = word("mentions", language, mentions=total, actors=actors, rest=rest, named=named, unlisted=unlisted)
    return Finding(told)


def describe_voices(
    quotes: pd.DataFrame, articles: pd.DataFrame, *, codebook: Codebook, language: str = "nl"
) -> Finding:
    """Who speaks longest, and how many quotes have no named speaker (tables ``quotes`` and ``articles``)."""
    if quotes.empty:
        return Finding(word("no_quotes", language))
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    words = [len(texts[quote.article_id][quote.start : quote.end].split()) for quote in quotes.itertuples()]
    totals = quotes.assign(n_words=words).groupby("source_id")["n_words"].sum()
    first = [f"{label(key, codebook, language)} ({totals[key]})" for key in _top(totals.to_dict(), codebook)]
    told = word(
        "voices", language, quotes=count(len(quotes), "quote", language), words=count(sum(words), "word", language),
        speakers=count(len(totals), "speaker", language), nobody=int(quotes["source_id"].isna().sum()),
        most=word("most_words", language, named=list_words(first, language)) if first else "",
    )  # fmt: skip
    return Finding(told)


def describe_counts(counts: pd.DataFrame, *, language: str = "nl", n: int = 3) -> Finding:
    """Which rows of a table of counts have most: the finding of a chart that somebody makes by hand.

    Parameters
    ----------
    counts : DataFrame
        What is counted, in words that a reader may see, and as last column the number. Rows that are equal keep their
        order.
    language : {"nl", "en"}
    n : int, default 3
        How many rows are named.

    Examples
    --------
    >>> columns = {"target": ["Iran", "Iraq"], "side": ["negative", "neutral"], "n": [2, 5]}
    >>> describe_counts(pd.DataFrame(columns), language="en")
    2 rows, 7 together. Most: Iraq / neutral (5) and Iran / negative (2).
    """
    *what, number = counts.columns
    if counts.empty:
        return Finding(word("no_counts", language))
    first = counts.sort_values(number, ascending=False, kind="stable").head(n)
    names = first[what].astype("str").agg(" / ".join, axis="columns")
    named = [f"{name} ({value:.0f})" for name, value in zip(names, first[number], strict=True)]
    rows, total = count(len(counts), "row", language), f"{counts[number].sum():.0f}"
    return Finding(word("counts", language, rows=rows, total=total, named=list_words(named, language)))


def explain_most_negative(tables: Tables, *, codebook: Codebook, language: str = "nl") -> Explanation | Finding:
    """The evaluation with the lowest polarity, explained; a sentence where none is negative. One method's only."""
    judged = select_evaluations(tables.evaluations)
    negative = judged[is_negative(judged)]
    if negative.empty:
        return Finding(word("no_negative", language))
    lowest = negative.sort_values(["polarity", "evaluation_id"], kind="stable").iloc[0]
    return explain(tables, str(lowest["evaluation_id"]), codebook=codebook, language=language)


def explain_left_out(tables: Tables, *, codebook: Codebook, language: str = "nl") -> Explanation | Finding:
    """The first deed without its doer, explained, one of conflict if there is one; a sentence where there is none."""
    actions = keep_done(tables.actions)
    left_out = actions[actions["voice"] == "agentless_passive"]
    if left_out.empty:
        return Finding(word("no_left_out", language))
    first = left_out.assign(other=left_out["valence"] != "conflict").sort_values(["other", "action_id"], kind="stable")
    return explain(tables, str(first["action_id"].iloc[0]), codebook=codebook, language=language)


def explain_longest_quote(tables: Tables, *, codebook: Codebook, language: str = "nl") -> Explanation | Finding:
    """The quote of most characters, explained; a sentence where nobody is quoted."""
    if tables.quotes.empty:
        return Finding(word("no_quotes", language))
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
