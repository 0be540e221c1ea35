"""Articles read: sentences and tokens.

Reads the table `articles`; returns a `Reading`: the same articles, the table `sentences`, and a spaCy `Doc` for each
article. Offsets in all three are characters of ``articles.text``. Many articles are read at once, and each gives what
it gives by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from spacy.tokens import Doc

from analysis.contracts.tables import make_table
from analysis.corpus.layout import split_paragraphs
from analysis.reading.segment import split_sentences
from analysis.reading.tokens import LANGUAGES, MODEL, RULES, check_reading, load_pipeline, make_doc


@dataclass(frozen=True, eq=False)
class Reading:
    """Articles with their sentences and tokens.

    Attributes
    ----------
    articles : DataFrame
        Table `articles`.
    sentences : DataFrame
        Table `sentences`.
    docs : mapping of str to spacy.tokens.Doc
        By article_id. ``doc.text`` is ``articles.text``; the sentences of the Doc are those of the table, in order.
    """

    articles: pd.DataFrame
    sentences: pd.DataFrame
    docs: Mapping[str, Doc]

    @property
    def languages(self) -> dict[str, str]:
        """Language of each article, by article_id."""
        return dict(zip(self.articles["article_id"], self.articles["language"], strict=True))

    def part(self, article_ids: Collection[str]) -> Reading:
        """The reading of some of the articles; the same as reading those articles alone.

        Raises
        ------
        KeyError
            If an article is not in this reading.
        """
        wanted = set(article_ids)
        missing = sorted(wanted - set(self.docs))
        if missing:
            raise KeyError(f"not in this reading: {', '.join(missing)}")
        return Reading(
            articles=self.articles[self.articles["article_id"].isin(wanted)].reset_index(drop=True),
            sentences=self.sentences[self.sentences["article_id"].isin(wanted)].reset_index(drop=True),
            docs={article_id: doc for article_id, doc in self.docs.items() if article_id in wanted},
        )


def read_articles(articles: pd.DataFrame, *, reading: str = MODEL) -> Reading:
    """Read articles: split them into sentences and tokens, and find what each word is and does.

    Parameters
    ----------
    articles : DataFrame
        Table `articles`.
    reading : str
        ``model``, the reading model of the project (Dutch and English); ``rules``, sentences and tokens only; or the
        name of an installed spaCy pipeline. A model or pipeline adds its tags, trees and entities to articles in its
        languages; the others get tokens only. Sentence boundaries come from the rules always, so that results can be
        compared.

    Returns
    -------
    Reading
        Articles sorted by key, table `sentences`, and Docs. What the model writes into a Doc is listed at
        `analysis.reading.component.ModelReader`.

    Raises
    ------
    InputError
        If `reading` is ``model`` and its file is missing or damaged; the message says what to do.
    UsageError
        If there is no reading of that name.

    Notes
    -----
    A sentence never crosses a paragraph. See `analysis.reading.segment.split_sentences` for the rules, and
    `analysis.corpus.layout.split_paragraphs` for the parts of an article.
    """
    check_reading(reading)
    table = make_table("articles", articles)
    rows: list[dict[str, Any]] = []
    docs: dict[str, Doc] = {}
    columns = (table[name].tolist() for name in ("article_id", "text", "headline", "language"))
    for article_id, text, headline, language in zip(*columns, strict=True):
        known_headline = headline if isinstance(headline, str) else None
        spans = find_sentences(text, known_headline, language)
        doc = make_doc(load_pipeline(reading, language), text, [span["start"] for span in spans])
        rows += _fit_tokens(article_id, text, spans, doc)
        docs[article_id] = doc
    if reading == MODEL:
        _read_with_model(
            docs[key] for key, language in zip(docs, table["language"], strict=True) if language in LANGUAGES
        )
    sentences = make_table("sentences", rows)
    return Reading(table, sentences, docs)


def _read_with_model(docs: Iterable[Doc]) -> None:
    """Let the reading model read Docs, in place."""
    from analysis.reading.component import ModelReader  # noqa: PLC0415  reading by rules does without it

    for _ in ModelReader().pipe(docs):
        pass


def read_sentences(articles: pd.DataFrame, *, reading: str = RULES) -> pd.DataFrame:
    """Table `sentences` of the articles, which no reading changes; see `read_articles`."""
    return read_articles(articles, reading=reading).sentences


def find_sentences(text: str, headline: str | None, language: str) -> list[dict[str, Any]]:
    """Sentences of one article as rows with start, end, paragraph and part."""
    rows: list[dict[str, Any]] = []
    for number, paragraph in enumerate(split_paragraphs(text, headline)):
        block = text[paragraph.start : paragraph.end]
        for start, end in split_sentences(block, language):
            rows.append(
                {
                    "start": paragraph.start + start,
                    "end": paragraph.start + end,
                    "paragraph": number,
                    "part": paragraph.part,
                }
            )
    return rows


def _fit_tokens(article_id: str, text: str, spans: list[dict[str, Any]], doc: Doc) -> list[dict[str, Any]]:
    """Rows of `sentences`; a sentence that would begin inside a token joins the one before it."""
    token_starts = {token.idx for token in doc if token.is_sent_start}
    rows: list[dict[str, Any]] = []
    for number, span in enumerate(spans):
        if number and span["start"] not in token_starts:
            rows[-1]["end"] = span["end"]
        else:
            rows.append(dict(span))
    for sentence_id, row in enumerate(rows):
        row["article_id"] = article_id
        row["sentence_id"] = sentence_id
        row["text"] = text[row["start"] : row["end"]]
    return rows
