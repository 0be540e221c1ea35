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
from analysis.display.browser.full_text import Term, read_terms
from analysis.display.browser.searching import Found, Search
from analysis.display.browser.sentences import show_sentences
from analysis.display.explanations.explain import explain

SIZES = {"actors": 30, "articles": 30, "sentences": 20, "search": 20}
"""How many of each stand on a page."""
MOST_NAMES = 8
"""Actors that a search names; the list of actors has the others."""
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
        self._searching = Search(corpus, self.findings)
        self._searched = lru_cache(KEPT)(self._search)
        self._chosen = lru_cache(KEPT)(self._choose)
        self._tables = lru_cache(KEPT)(corpus.tables_of)
        self.shown = lru_cache(KEPT_ARTICLES)(lambda number: show_sentences(corpus, number))

    # What there is ------------------------------------------------------------------------------------------

    def overview(self, language: str) -> dict[str, Any]:
        """What the corpus holds, and what can be asked for.

        Returns
        -------
        dict
            ``name``, ``n_articles``, ``n_sentences``, ``counts`` (by kind), ``outlets`` (with their articles),
            ``since``, ``until``, ``sources`` (the most frequent, with their findings), ``sizes`` (rows of a page),
            ``part_of`` (actors, each with what it is part of).
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
            "part_of": [list(pair) for pair in self.findings.parts.part_of.items()],
            "names": self.names(names, language),
        }

    def actors(self, asked: Filter, language: str, *, find: str = "", offset: int = 0) -> dict[str, Any]:
        """Who the findings are about, most mentioned first.

        Returns
        -------
        dict
            ``total``, and ``rows`` of an id and its numbers: mentions, quotes, and negative, neutral and positive
            judgements. ``wholes`` has, for every actor of the rows with parts that count, ``total``, the numbers of
            the actor and its parts together, and ``parts``: each part, its depth, and its own numbers.
        """
        own, total = self._counted(asked.without("actor", "parts", "sign", "kind"))
        ranked = [place for place in np.argsort(-own[:, 0], kind="stable") if total[place].any()]
        if find.strip():
            looked_for = find.strip().casefold()
            folded = self._folded(language)
            ranked = [place for place in ranked if looked_for in folded[place]]
        shown = [self.findings.actors[place] for place in ranked[offset : offset + SIZES["actors"]]]
        places = self.findings.places
        rows = [[actor, *own[places[actor]].tolist()] for actor in shown]
        wholes = {}
        for actor in shown:
            parts = [(part, depth) for part, depth in self.findings.parts.below(actor) if total[places[part]].any()]
            if parts:
                listed = [[part, depth, *own[places[part]].tolist()] for part, depth in parts]
                wholes[actor] = {"total": total[places[actor]].tolist(), "parts": listed}
        names = self.names([*shown, *(part[0] for whole in wholes.values() for part in whole["parts"])], language)
        return {"total": len(ranked), "rows": rows, "wholes": wholes, "names": names}

    def actor(self, asked: Filter, language: str) -> dict[str, Any]:
        """One actor, alone and with its parts; what it does itself counts in both, and each row and sentence once.

        Parameters
        ----------
        asked : Filter
            Names the actor; its sign and kind are left open.
        language : {"nl", "en"}

        Returns
        -------
        dict
            ``above``, what it is part of, nearest first; ``rows``, the actor and its parts that count, each with its
            depth and its own numbers: those of `actors`, and the sentences that mention it; ``total``, those numbers
            of all together.
        """
        f = self.findings
        narrowed = asked.without("actor", "parts", "sign", "kind")
        own, total = self._counted(narrowed)
        members = [(asked.actor, 0), *f.parts.below(asked.actor)] if asked.actor in f.places else []
        places = [f.places[member] for member, _ in members]
        sentences, together = self._count_sentences(narrowed, places)
        rows = [
            [member, depth, *own[place].tolist(), int(sentences[place])]
            for (member, depth), place in zip(members, places, strict=True)
            if depth == 0 or total[place].any()
        ]
        above = f.parts.above(asked.actor)
        return {
            "above": above,
            "rows": rows,
            "total": [*total[places[0]].tolist(), together] if places else [0] * 6,
            "names": self.names([*above, *(row[0] for row in rows)], language),
        }

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

    def search(self, asked: Filter, language: str, *, words: str = "", offset: int = 0) -> dict[str, Any]:
        """The sentences that hold all words, then the other articles that do, each in the order of reading.

        Parameters
        ----------
        asked : Filter
            Narrows what is searched; where it asks for findings, only the sentences with one.
        language : {"nl", "en"}
        words : str
            As `read_terms` understands them. Without any nothing is found, but the texts are read, so that the next
            search is a quick one.
        offset : int

        Returns
        -------
        dict
            ``total``, ``n_sentences`` and ``n_articles``; ``rows`` as `Search.show` makes them; ``actors``, the most
            mentioned of those whose names hold the words, with their mentions, and ``n_actors``.
        """
        terms = read_terms(words)
        found = self._searched(terms, asked)
        places = range(offset, min(offset + SIZES["search"], len(found)))
        rows = self._searching.show(found, terms, places)
        actors = self._find_actors(terms, asked)
        named = [self.findings.actors[place] for place in actors[:MOST_NAMES]]
        own, _ = self._counted(asked.without("actor", "parts", "sign", "kind"))
        outlets = (row["article"]["outlet"] for row in rows if row["article"]["outlet"])
        return {
            "total": len(found),
            "n_sentences": len(found.sentences),
            "n_articles": len(found.articles),
            "rows": rows,
            "actors": [[actor, int(own[place, 0])] for actor, place in zip(named, actors, strict=False)],
            "n_actors": len(actors),
            "names": self.names([*named, *outlets], language),
        }

    def article(self, article_id: str, language: str, *, words: str = "") -> dict[str, Any]:
        """An article whole: its head and its numbered sentences, with every finding.

        Returns
        -------
        dict
            As `show_sentences`, and ``found``: sentences with the places in them of the words looked for.
        """
        number = self.corpus.number(article_id)
        shown = self.shown(number)
        terms = read_terms(words)
        found = self._searching.find_spans(number, terms) if terms else {}
        return shown | {"found": found, "names": self.names(_ids(shown["sentences"]), language)}

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

    def _count_actors(self, asked: Filter) -> tuple[np.ndarray, np.ndarray]:
        """Per actor, alone and with its parts: mentions, quotes, negative, neutral and positive judgements."""
        f, n = self.findings, len(self.findings.actors)
        passes = pass_findings(self.corpus, f, asked, with_neutral=True) & (f.about >= 0)
        is_kind = (f.kind == KINDS.index(kind) for kind in ("mention", "quote"))
        wanted = (*is_kind, *(f.sign == sign for sign in range(len(SIGNS))))
        own = np.stack([np.bincount(f.about[passes & which], minlength=n) for which in wanted], axis=1)
        total = own.copy()
        for actor in f.parts.wholes:  # a row is about one actor, so that none is added twice
            total[f.places[actor]] = own[[f.places[member] for member in f.parts.members(actor)]].sum(axis=0)
        return own, total

    def _count_sentences(self, asked: Filter, actors: list[int]) -> tuple[np.ndarray, int]:
        """The sentences that mention each actor, and those that mention any of some actors."""
        f = self.findings
        wanted = np.zeros(len(f.actors) + 1, dtype=bool)  # the last is nobody
        wanted[actors] = True
        found = np.flatnonzero(wanted[f.about] & (f.kind == KINDS.index("mention")))
        found = found[pass_findings(self.corpus, f, asked, with_neutral=True)[found]]
        if not len(found):
            return np.zeros(len(f.actors), dtype=np.int64), 0
        keys = (f.place[found].astype(np.int64) << 32) | f.sentence[found]  # in order, as findings are
        number = np.cumsum(np.append(0, np.diff(keys) != 0))
        each = np.unique(number * len(f.actors) + f.about[found]) % len(f.actors)
        return np.bincount(each, minlength=len(f.actors)), int(number[-1]) + 1

    def _choose(self, asked: Filter) -> np.ndarray:
        passing = self._found(asked) if asked.asks_for_findings else None
        return self._searching.choose(self._passing(asked), passing)

    def _search(self, terms: tuple[Term, ...], asked: Filter) -> Found:
        return self._searching.find(terms, self._chosen(asked))

    def _find_actors(self, terms: tuple[Term, ...], asked: Filter) -> list[int]:
        """Actors that count and bear the words in their names, most mentioned first."""
        own, total = self._counted(asked.without("actor", "parts", "sign", "kind"))
        found = [place for place in self._searching.find_actors(terms) if total[place].any()]
        return sorted(found, key=lambda place: -own[place, 0])


def _ids(sentences: Iterable[dict[str, Any]]) -> list[str]:
    """The ids of actors and frames that the cards of sentences name."""
    return [name for sentence in sentences for card in sentence["cards"] for name in card["names"]]
