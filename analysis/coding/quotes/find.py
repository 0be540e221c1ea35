"""Quotes: who speaks, in which words.

Reads a `Reading` and its ``mentions``; returns the table ``quotes``: direct speech over one or more sentences, partial
quotes inside the narrator's sentence, and reported clauses. ``rule`` names the pattern that decided:
docs/quote-patterns.md has them all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from spacy.tokens import Doc

from analysis.coding.language.marks import Span, find_paragraphs, find_spans
from analysis.coding.language.record import coded_languages
from analysis.coding.language.reporting import load_reporting
from analysis.coding.language.tokens import split_words
from analysis.coding.quotes.article import ArticleView, Attribution, Mention, Said
from analysis.coding.quotes.join import find_outer, join
from analysis.coding.quotes.marks import Context, attribute
from analysis.coding.quotes.patterns import load_quote_patterns
from analysis.coding.quotes.reported import find_reports
from analysis.coding.syntax.patterns import Pattern
from analysis.coding.syntax.trees import find_tokens
from analysis.contracts.tables import group_rows, make_table
from analysis.reading import Reading


def find_quotes(reading: Reading, mentions: pd.DataFrame, *, patterns: str | Path | None = None) -> pd.DataFrame:
    """Find speech and its speakers.

    Parameters
    ----------
    reading : Reading
        Articles and their sentences. Articles in a language that is not coded get no rows. Of one that was read without
        trees only speech between quotation marks is found.
    mentions : DataFrame
        Table ``mentions`` of the same articles: only a mention can be a speaker.
    patterns : path, optional
        A file with patterns of your own, which are tried before those of ``data/patterns/quotes.yaml``.

    Returns
    -------
    DataFrame
        Table ``quotes``. ``start`` and ``end`` leave the quotation marks out; speech over several sentences
        within one pair of marks is one row. ``source_id`` is empty where the speaker is no mention (``zei een
        bewoner``). The suffix of ``rule`` tells that the speaker was found through a pronoun (``_pronoun``) or
        a spokesperson (``_spokesperson``). Rows stand apart or one within another (``outer_id``): a reported clause
        that holds a partial quote is one row.

    Raises
    ------
    InputError
        For a file of patterns that cannot be read, with file, row and what to write.

    Notes
    -----
    Named patterns after the manner of rsyntax's Dutch quote rules, specific before general, across sentences last. They
    cannot see a speaker named only in a later sentence, nor reported thought without a word of reporting.

    References
    ----------
    Van Atteveldt, W., Sheafer, T., Shenhav, S. R. & Fogel-Dror, Y. (2017). Clause analysis: using syntactic
    information to automatically extract source, subject, and predicate from texts with an application to the
    2008-2009 Gaza War. Political Analysis, 25(2), 207-222.
    """
    rules = load_quote_patterns(patterns)
    languages = {language.code for language in coded_languages()}
    sentences, mentions_of = group_rows(reading.sentences, "article_id"), group_rows(mentions, "article_id")
    rows: list[dict[str, Any]] = []
    for article_id, language in reading.languages.items():
        if language not in languages or article_id not in sentences:
            continue
        view = _view(reading.docs[article_id], language, sentences[article_id], mentions_of.get(article_id, []))
        rows += _number(str(article_id), _find_in_article(view, rules))
    return make_table("quotes", rows)


def _view(doc: Doc, language: str, sentences: Sequence[Any], mentions: Sequence[Any]) -> ArticleView:
    named = (Mention(*(getattr(row, name) for name in Mention._fields)) for row in mentions)
    paragraphs = find_paragraphs(sentences)
    return ArticleView(
        text=doc.text,
        doc=doc,
        words=split_words(doc.text),
        sentences=[(row.start, row.end) for row in sentences],
        paragraphs=paragraphs,
        mentions=sorted(named, key=lambda mention: mention.start),
        spans=find_spans(doc.text, paragraphs),
        reporting=load_reporting(language),
    )


def _find_in_article(view: ArticleView, patterns: Sequence[Pattern]) -> list[Said]:
    direct = _find_between_marks(view)
    if not view.has_tree:
        return direct
    sentences = [find_tokens(view.doc, start, end) for start, end in view.sentences]
    blocks = [find_tokens(view.doc, *view.paragraph_at(start)) for start, _ in view.sentences]
    return join(view, direct, find_reports(view.doc, sentences, blocks, patterns))


def _find_between_marks(view: ArticleView) -> list[Said]:
    """Speech between quotation marks; quotes in a row without words between them have the last one's speaker."""
    found: list[Said] = []
    attributed: dict[Span, Attribution] = {}
    waiting: list[Span] = []
    for n, span in enumerate(view.outer):
        attribution = attribute(_context(view, n, attributed))
        is_known = attribution is not None and attribution.rule != "unattributed"
        if not is_known and _adjoins(view, n):
            if view.text[span.start : span.end][-1:] != "?":  # who answers is somebody else
                waiting.append(span)  # ‘A.’ ‘B’, zei X
            continue
        if attribution is not None and is_known:
            shared = Attribution("shared", attribution.mention, is_weak=True)
            found += [Said(one.start, one.end, "direct", shared, one) for one in waiting]
        waiting.clear()
        if attribution is None:
            continue
        attributed[span] = attribution
        if attribution.mention is not None:
            view.said.append((span.open, attribution.mention))
        found.append(Said(span.start, span.end, "partial" if attribution.is_partial else "direct", attribution, span))
    return sorted(found, key=lambda row: (row.start, row.end))


def _adjoins(view: ArticleView, n: int) -> bool:
    """Whether the next span goes on where this one ends: in the same paragraph, or in one that reopens the mark."""
    if n + 1 == len(view.outer):
        return False
    between = view.text[view.outer[n].close : view.outer[n + 1].open]
    return not between.strip() and ("\n\n" not in between or not view.outer[n].is_closed)


def _context(view: ArticleView, n: int, attributed: dict[Span, Attribution]) -> Context:
    span = view.outer[n]
    paragraph = view.paragraph_at(span.open)
    left = max(paragraph[0], view.sentences[view.sentence_at(span.open)][0])
    left = paragraph[0] if left > span.open else left
    last = view.sentence_at(max(span.open, span.close - 1))
    right = max(span.close, view.sentences[last][1])
    if not re.search(r"\w", view.text[span.close : right]) and last + 1 < len(view.sentences):
        start, end = view.sentences[last + 1]  # ‘Weg ermee!’ riep Jansen: some split before the verb
        goes_on = re.match(r"[,\s]*[a-zà-ÿ]", view.text[span.close : start + 1]) is not None
        right = end if goes_on and span.close <= start and end <= paragraph[1] else right
    following = view.outer[n + 1] if n + 1 < len(view.outer) and view.outer[n + 1].open < paragraph[1] else None
    previous = view.outer[n - 1] if n else None
    before = None if previous is None else attributed.get(previous)
    return Context(view, span, left, min(right, paragraph[1]), previous, before, following)


def _number(article_id: str, found: Sequence[Said]) -> list[dict[str, Any]]:
    ids = [f"{article_id}:q{number:05d}" for number in range(1, len(found) + 1)]
    rows = []
    for quote_id, said in zip(ids, found, strict=True):
        attribution, outer = said.attribution, find_outer(found, said)
        mention = attribution.mention
        rows.append(
            {
                "quote_id": quote_id,
                "article_id": article_id,
                "start": said.start,
                "end": said.end,
                "kind": said.kind,
                "source_id": mention.actor_id if mention else None,
                "source_mention_id": mention.mention_id if mention else None,
                "cue": attribution.cue,
                "cue_start": attribution.cue_start,
                "cue_end": attribution.cue_end,
                "outer_id": None if outer is None else ids[outer],
                "rule": attribution.rule,
            }
        )
    return rows
