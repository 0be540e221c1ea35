"""What a page asks of a corpus: who is in it, which articles, which sentences; some of them at a time.

Reads a `Corpus` through its `Findings`; returns plain dicts and lists, ready for JSON. Nothing here knows of a page or
a server, so that a widget or a link from a chart may ask the same. Every answer holds ``names``, what each id in it is
called.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.contracts.errors import InputError
from analysis.contracts.schema import AUTHOR, UNNAMED
from analysis.display.browser.corpus import Corpus
from analysis.display.browser.filters import Filter, pass_articles, pass_findings
from analysis.display.browser.findings import KINDS, SIGNS, list_findings
from analysis.display.browser.sentences import show_sentences
from analysis.display.explanations.explain import explain

SIZES = {"actors": 30, "articles": 30, "sentences": 20}
"""How many of each stand on a page."""
TOP_SOURCES = 60
"""Sources that the filter offers by name."""
KEPT = 4
"""Answers that are kept, lest they be made again for a click back; of ten thousand articles some megabytes each."""
KEPT_ARTICLES = 40
"""Articles that are kept as they are shown: more than the sentences of one page come from."""


class Queries:
    """Answers about one corpus.

    Parameters
    ----------
    corpus : Corpus
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.findings = list_findings(corpus)
        pa.default_memory_pool().release_unused()
        self._found = lru_cache(KEPT)(self._find)
        self._counted = lru_cache(KEPT)(self._count_actors)
        self._passing = lru_cache(KEPT)(self._pass_articles)
        self._folded = lru_cache(2)(self._fold)
        self._tables = lru_cache(KEPT)(corpus.tables_of)
        self.shown = lru_cache(KEPT_ARTICLES)(lambda number: show_sentences(corpus, number))

    # What there is ------------------------------------------------------------------------------------------

    def overview(self, language: str) -> dict[str, Any]:
        """What the corpus holds, and what can be asked for.

        Returns
        -------
        dict
            ``name``, ``n_articles``, ``n_sentences``, ``counts`` (by kind), ``outlets`` (with their articles),
            ``since``, ``until``, ``sources`` (the most frequent, with their findings), ``sizes`` (rows of a page).
        """
        articles = self.corpus.tables["articles"]
        outlets = pc.value_counts(articles["outlet"].drop_null().combine_chunks()).to_pylist()
        dates = [date for date in pc.unique(articles["published"]).to_pylist() if date]
        by_source = np.bincount(self._sources_that_speak(), minlength=len(self.findings.actors))
        voices = (AUTHOR, UNNAMED)
        top = [place for place in np.argsort(-by_source, kind="stable")[: TOP_SOURCES + 2] if by_source[place]]
        sources = [(self.findings.actors[place], int(by_source[place])) for place in top]
        names = [outlet["values"] for outlet in outlets] + [source for source, _ in sources]
        return {
            "name": self.corpus.name,
            "n_articles": articles.num_rows,
            "n_sentences": self.corpus.tables["sentences"].num_rows,
            "counts": {kind: int(n) for kind, n in zip(KINDS, self._by_kind(), strict=True)},
            "outlets": sorted([row["values"], row["counts"]] for row in outlets),
            "since": min(dates, default=""),
            "until": max(dates, default=""),
            "sources": sorted(sources, key=lambda row: (row[0] not in voices, -row[1])),
            "sizes": SIZES,
            "names": self.names(names, language),
        }

    def actors(self, asked: Filter, language: str, *, find: str = "", offset: int = 0) -> dict[str, Any]:
        """Who the findings are about, most mentioned first.

        Returns
        -------
        dict
            ``total``, and ``rows`` of an id and its numbers: mentions, quotes, and negative, neutral and positive
            judgements.
        """
        counts = self._counted(asked.without("actor", "sign", "kind"))
        ranked = [place for place in np.argsort(-counts[:, 0], kind="stable") if counts[place].any()]
        if find.strip():
            looked_for = find.strip().casefold()
            folded = self._folded(language)
            ranked = [place for place in ranked if looked_for in folded[place]]
        shown = ranked[offset : offset + SIZES["actors"]]
        rows = [[self.findings.actors[place], *map(int, counts[place])] for place in shown]
        return {"total": len(ranked), "rows": rows, "names": self.names((row[0] for row in rows), language)}

    def articles(self, asked: Filter, language: str, *, find: str = "", offset: int = 0) -> dict[str, Any]:
        """The articles that pass, or hold a finding that does, by date.

        Returns
        -------
        dict
            ``total``, and ``rows`` of id, headline, outlet, date, and the number of findings.
        """
        table = self.corpus.tables["articles"]
        found = np.bincount(self.findings.place[self._found(asked)], minlength=table.num_rows)
        passes = found > 0 if asked.asks_for_findings else self._passing(asked)[self.findings.order]
        places = np.flatnonzero(passes)
        if find.strip():
            text = pc.fill_null(pc.if_else(pc.is_valid(table["headline"]), table["headline"], table["article_id"]), "")
            has = pc.match_substring(text, find.strip(), ignore_case=True).to_numpy(zero_copy_only=False)
            places = places[has[self.findings.order[places]]]
        rows = []
        for place in places[offset : offset + SIZES["articles"]]:
            row = self.corpus.article(int(self.findings.order[place]))
            rows.append([row["article_id"], row["headline"], row["outlet"], row["published"], int(found[place])])
        names = self.names((row[2] for row in rows if row[2]), language)
        return {"total": len(places), "rows": rows, "names": names}

    def sentences(self, asked: Filter, language: str, *, offset: int = 0) -> dict[str, Any]:
        """The sentences with a finding that passes, in the order of reading.

        Returns
        -------
        dict
            ``total``, and ``rows`` of ``article`` (its head), ``sentence`` (see `show_sentences`) and ``hits``, the
            ids of the findings that pass.
        """
        passing = self._found(asked)
        keys = (self.findings.place[passing].astype(np.int64) << 32) | self.findings.sentence[passing]
        first = np.flatnonzero(np.append(True, np.diff(keys) != 0)) if len(keys) else np.array([], dtype=np.int64)
        ends = np.append(first[1:], len(keys))[: len(first)]
        rows = []
        page = slice(offset, offset + SIZES["sentences"])
        for start, end in zip(first[page], ends[page], strict=True):
            number = int(self.findings.order[self.findings.place[passing[start]]])
            shown = self.shown(number)
            sentence = next((s for s in shown["sentences"] if s["n"] == self.findings.sentence[passing[start]]), None)
            if sentence is not None:
                wanted = {(KINDS[self.findings.kind[at]], int(self.findings.row[at])) for at in passing[start:end]}
                hits = [card["id"] for card in sentence["cards"] if (card["kind"], card["row"]) in wanted]
                rows.append({"article": shown["article"], "sentence": sentence, "hits": hits})
        return {"total": len(first), "rows": rows, "names": self.names(_ids(row["sentence"] for row in rows), language)}

    def article(self, article_id: str, language: str) -> dict[str, Any]:
        """An article whole: its head and its numbered sentences, with every finding."""
        shown = self.shown(self.corpus.number(article_id))
        return shown | {"names": self.names(_ids(shown["sentences"]), language)}

    def reasons(self, article_id: str, row_id: str, language: str) -> dict[str, Any]:
        """Why a row is there, in the sentences of `explain`."""
        tables = self._tables(self.corpus.number(article_id))
        if not row_id.startswith((f"{article_id}:", f"{article_id}/")):
            raise InputError(f"the row '{row_id}' is not of the article '{article_id}'")
        found = explain(
            tables, row_id,
            codebook=self.corpus.codebook, language=language, model_version=self.corpus.model_version,
        )  # fmt: skip
        return {"reasons": list(found.reasons)}

    def names(self, ids: Iterable[str], language: str) -> dict[str, str]:
        """What each id is called."""
        return {record_id: self.corpus.label(record_id, language) for record_id in dict.fromkeys(ids)}

    # What is kept -------------------------------------------------------------------------------------------

    def _find(self, asked: Filter) -> np.ndarray:
        return np.flatnonzero(pass_findings(self.corpus, self.findings, asked)).astype(np.int32)

    def _fold(self, language: str) -> list[str]:
        return [self.corpus.label(actor, language).casefold() for actor in self.findings.actors]

    def _pass_articles(self, asked: Filter) -> np.ndarray:
        return pass_articles(self.corpus, asked)

    def _by_kind(self) -> np.ndarray:
        return np.bincount(self.findings.kind, minlength=len(KINDS))

    def _sources_that_speak(self) -> np.ndarray:
        f = self.findings
        speaks = (f.source >= 0) & (f.kind != KINDS.index("neutral"))
        return np.asarray(f.source[speaks])

    def _count_actors(self, asked: Filter) -> np.ndarray:
        """Per actor: mentions, quotes, negative, neutral and positive judgements."""
        f, n = self.findings, len(self.findings.actors)
        passes = pass_findings(self.corpus, f, asked, with_neutral=True) & (f.about >= 0)
        is_kind = (f.kind == KINDS.index(kind) for kind in ("mention", "quote"))
        wanted = (*is_kind, *(f.sign == sign for sign in range(len(SIGNS))))
        return np.stack([np.bincount(f.about[passes & which], minlength=n) for which in wanted], axis=1)


def _ids(sentences: Iterable[dict[str, Any]]) -> list[str]:
    """The ids of actors and frames that the cards of sentences name."""
    return [name for sentence in sentences for card in sentence["cards"] for name in card["names"]]
