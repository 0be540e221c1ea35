"""Quotes: who speaks, in which words.

Reads a `Reading` and its ``mentions``; returns the table ``quotes``: direct speech over one or more sentences,
partial quotes inside the narrator's sentence, and reported clauses. The patterns are those of `direct` (the
table `RULES`) and `indirect`; ``rule`` names the one that decided.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

import pandas as pd
from spacy.tokens import Doc

from analysis.codebook.entries import LANGUAGES
from analysis.coding.language.marks import Span, find_spans
from analysis.coding.language.reporting import load_reporting
from analysis.coding.language.tokens import split_words
from analysis.coding.quotes.context import Attribution, Context
from analysis.coding.quotes.direct import attribute
from analysis.coding.quotes.indirect import find_reported
from analysis.coding.quotes.join import Said, correct_speaker, find_outer, join
from analysis.coding.quotes.speakers import ArticleView, Mention
from analysis.coding.syntax.trees import has_tree
from analysis.contracts.tables import make_table
from analysis.reading import Reading

_PLAIN = ("bare_clause", "verb_after", "adverb_after")
"""Surface patterns that go on where a tree shows nothing."""


def find_quotes(reading: Reading, mentions: pd.DataFrame) -> pd.DataFrame:
    """Find speech and its speakers.

    Parameters
    ----------
    reading : Reading
        Articles and their sentences. Articles in a language other than Dutch or English get no rows.
    mentions : DataFrame
        Table ``mentions`` of the same articles: only a mention can be a speaker.

    Returns
    -------
    DataFrame
        Table ``quotes``. ``start`` and ``end`` leave the quotation marks out; speech over several sentences
        within one pair of marks is one row. ``source_id`` is empty where the speaker is no mention (``zei een
        bewoner``). The suffix of ``rule`` tells that the speaker was found through a pronoun (``_pronoun``) or
        a spokesperson (``_spokesperson``). Rows do not overlap: a reported clause that
        holds a partial quote is represented by the partial quote alone.

    Notes
    -----
    Surface patterns after the manner of rsyntax's Dutch quote rules, without a parser; specific before general,
    across sentences last. They cannot see a speaker named only in a later sentence, nor
    reported thought without a verb of reporting.

    References
    ----------
    Van Atteveldt, W., Sheafer, T., Shenhav, S. R. & Fogel-Dror, Y. (2017). Clause analysis: using syntactic
    information to automatically extract source, subject, and predicate from texts with an application to the
    2008-2009 Gaza War. Political Analysis, 25(2), 207-222.
    """
    sentences = dict(tuple(reading.sentences.groupby("article_id", sort=False)))
    mentions_of = dict(tuple(mentions.groupby("article_id", sort=False)))
    rows: list[dict[str, Any]] = []
    articles = reading.articles
    for article_id, text, language in zip(articles["article_id"], articles["text"], articles["language"], strict=True):
        if language not in LANGUAGES or article_id not in sentences:
            continue
        group = mentions_of.get(article_id)
        columns = ["mention_id", "start", "end", "text", "actor_id", "form", "rule"]
        named = (
            [] if group is None else [Mention(*values) for values in group[columns].itertuples(index=False, name=None)]
        )
        read = sentences[article_id]
        bounds = read.groupby("paragraph", sort=True).agg({"start": "min", "end": "max"})
        paragraphs = list(zip(bounds["start"].tolist(), bounds["end"].tolist(), strict=True))
        view = ArticleView(
            text=text,
            words=split_words(text),
            sentences=list(zip(read["start"].tolist(), read["end"].tolist(), strict=True)),
            paragraphs=paragraphs,
            mentions=sorted(named, key=lambda mention: mention.start),
            spans=find_spans(text, paragraphs),
            reporting=load_reporting(language),
        )
        rows += _number(str(article_id), _find_in_article(view, reading.docs[article_id]))
    return make_table("quotes", rows)


def _find_in_article(view: ArticleView, doc: Doc) -> list[Said]:
    is_parsed = has_tree(doc)
    found = _find_between_marks(view, doc if is_parsed else None)
    if is_parsed:
        joined = join(view, doc, found)
        joined += [row for row in _find_by_surface(view, joined) if row.attribution.rule.split("_pron")[0] in _PLAIN]
        return sorted(joined, key=lambda row: (row.start, -row.end))
    return sorted([*found, *_find_by_surface(view, found)], key=lambda row: (row.start, row.end, row.kind))


def _find_between_marks(view: ArticleView, doc: Doc | None) -> list[Said]:
    """Speech between quotation marks; with a tree its verbs tell who speaks."""
    found: list[Said] = []
    attributed: dict[Span, Attribution] = {}
    pending: list[Span] = []
    outer = view.outer
    for n, span in enumerate(outer):
        context = _context(view, n, attributed)
        attribution = attribute(context)
        if doc is not None and attribution is not None and not attribution.rule.startswith(("split", "continued")):
            attribution = correct_speaker(view, doc, attribution, span)
        following = outer[n + 1] if n + 1 < len(outer) else None
        if (attribution is None or attribution.rule == "unattributed") and _adjoins(view, span, following):
            if view.text[span.start : span.end][-1:] != "?":  # who answers is somebody else
                pending.append(span)  # ‘A.’ ‘B’, zei X
            continue
        for earlier in pending:
            if attribution is not None and attribution.rule != "unattributed":
                shared = attribution._replace(rule="shared", cue=None, cue_start=None, cue_end=None, is_partial=False)
                found.append(Said(earlier.start, earlier.end, "direct", shared, earlier))
        pending.clear()
        if attribution is None:
            continue
        attributed[span] = attribution
        if attribution.mention is not None:
            view.said.append((span.open, attribution.mention))
        kind = "partial" if attribution.is_partial else "direct"
        found.append(Said(span.start, span.end, kind, attribution, span, attribution.cue_start))
    return sorted(found, key=lambda row: (row.start, row.end))


def _find_by_surface(view: ArticleView, said: list[Said]) -> list[Said]:
    """Reported clauses without a tree, beside speech between quotation marks."""
    found: list[Said] = []
    taken = [(row.start, row.end) for row in said]
    starts = [start for start, _ in taken]
    used = {row.attribution.cue_start for row in said}
    for start, end in view.sentences:
        for reported in find_reported(view, start, end):
            at = max(0, bisect_left(starts, reported.start) - 1)
            if reported.attribution.cue_start not in used and all(
                not (s < reported.end and reported.start < e) for s, e in taken[at : at + 8]
            ):
                found.append(Said(reported.start, reported.end, "indirect", reported.attribution))
    return found


def _adjoins(view: ArticleView, span: Span, following: Span | None) -> bool:
    """Whether the next span goes on where this one ends: in the same paragraph, or in one that reopens the mark."""
    if following is None:
        return False
    between = view.text[span.close : following.open]
    return not between.strip() and ("\n\n" not in between or not span.is_closed)


def _context(view: ArticleView, n: int, attributed: dict[Span, Attribution]) -> Context:
    span = view.outer[n]
    paragraph = view.paragraph_at(span.open)
    left = max(paragraph[0], view.sentences[view.sentence_at(span.open)][0])
    if left > span.open:
        left = paragraph[0]
    last = view.sentence_at(max(span.open, span.close - 1))
    right = max(span.close, view.sentences[last][1])
    if not re.search(r"\w", view.text[span.close : right]) and last + 1 < len(view.sentences):
        start, end = view.sentences[last + 1]  # ‘Weg ermee!’ riep Jansen: some split before the verb
        if (
            end <= paragraph[1]
            and start >= span.close
            and re.match(r"[,\s]*[a-zà-ÿ]", view.text[span.close : start + 1])
        ):
            right = end
    following = view.outer[n + 1] if n + 1 < len(view.outer) else None
    if following is not None and following.open >= paragraph[1]:
        following = None
    previous = view.outer[n - 1] if n else None
    before = attributed.get(previous) if previous is not None else None
    return Context(view, span, left, min(right, paragraph[1]), previous, before, following)


def _number(article_id: str, found: list[Said]) -> list[dict[str, Any]]:
    ids = [f"{article_id}:q{number:05d}" for number in range(1, len(found) + 1)]
    rows = []
    for quote_id, said in zip(ids, found, strict=True):
        attribution = said.attribution
        outer = find_outer(found, said)
        rows.append(
            {
                "quote_id": quote_id,
                "article_id": article_id,
                "start": said.start,
                "end": said.end,
                "kind": said.kind,
                "source_id": attribution.mention.actor_id if attribution.mention else None,
                "source_mention_id": attribution.mention.mention_id if attribution.mention else None,
                "cue": attribution.cue,
                "cue_start": attribution.cue_start,
                "cue_end": attribution.cue_end,
                "outer_id": None if outer is None else ids[outer],
                "rule": attribution.rule,
            }
        )
    return rows
