"""A coded corpus, open to be browsed: which rows are an article's, and what every id is called.

Reads a folder; returns a `Corpus`, whose rows are taken by article. Nothing in it changes after it is made, so that
several requests may read it at the same time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.codebook.load import EMPTY, Codebook
from analysis.contracts.errors import InputError
from analysis.contracts.schema import METHODS_BY_PREFERENCE
from analysis.contracts.tables import LAYERS, MODELS, Tables, columns_of
from analysis.corpus.storage import read_model_version
from analysis.display.browser.reading import READ, TAKEN_FROM_THE_ARTICLE, is_short, read_columns
from analysis.display.words import LANGUAGES, label


@dataclass(frozen=True)
class Corpus:
    """A coded corpus in memory.

    Attributes
    ----------
    name : str
        Of the folder.
    tables : dict of str to pyarrow.Table
        As `analysis.display.browser.reading.read_columns` returns them.
    codebook : Codebook
        Gives labels and the questions of indicators.
    model_version : str or None
        Of the reading model, as the manifest names it.
    """

    name: str
    tables: dict[str, pa.Table]
    codebook: Codebook = EMPTY
    model_version: str | None = None

    @cached_property
    def article_ids(self) -> list[str]:
        """Ids of the articles, in the order of their numbers."""
        ids: list[str] = self.tables["articles"]["article_id"].to_pylist()
        return ids

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of every article."""
        return {article_id: number for number, article_id in enumerate(self.article_ids)}

    @cached_property
    def bounds(self) -> dict[str, np.ndarray]:
        """Per table, where the rows of each article begin; one more entry for the end."""
        places = np.arange(len(self.article_ids) + 1)
        return {name: np.searchsorted(self.tables[name]["article_id"].to_numpy(), places) for name in READ[1:]}

    @cached_property
    def method(self) -> str:
        """The method whose judgements count: the first that judged, in the whole corpus."""
        found = set(pc.unique(self.tables["evaluations"]["method"]).to_pylist())
        return next((name for name in [*METHODS_BY_PREFERENCE, *sorted(found)] if name in found), "")

    def number(self, article_id: str) -> int:
        """The number of an article; raises `InputError` where there is none."""
        if article_id not in self.numbers:
            raise InputError(f"there is no article '{article_id}'; see the column article_id of the table articles")
        return self.numbers[article_id]

    def article(self, number: int) -> dict[str, Any]:
        """The row of an article."""
        row: dict[str, Any] = self.tables["articles"].slice(number, 1).to_pylist()[0]
        return row

    def rows(self, name: str, number: int) -> list[dict[str, Any]]:
        """The rows of one article in a table, each with ``row``, its place in the whole table."""
        part, first = self._part(name, number)
        found: list[dict[str, Any]] = part.to_pylist()
        short = [column for column in part.column_names if is_short(part, column)]
        begin = f"{self.article_ids[number]}:"
        for place, row in enumerate(found, start=first):
            row["row"] = place
            row |= {column: begin + row[column] for column in short if row[column] is not None}
        return found

    def _part(self, name: str, number: int) -> tuple[pa.Table, int]:
        """The rows of one article in a table as they are stored, and the place of the first."""
        first, end = (int(place) for place in self.bounds[name][number : number + 2])
        return self.tables[name].slice(first, end - first), first

    def tables_of(self, number: int) -> Tables:
        """All tables of one article, as `explain` reads them; those that hold no finding are empty.

        Notes
        -----
        Where the lexicon judged the corpus but found nothing in this article, one of its rows stands in for the
        others, since `explain` says of a judgement that the lexicon is silent, and may not say so of a corpus that the
        lexicon never saw.
        """
        article = self.article(number)
        text: str = article["text"]
        made = {name: _empty(name) for name in LAYERS if name not in READ}
        made["articles"] = _restore("articles", pd.DataFrame([article]))
        for name in READ[1:]:
            part, _ = self._part(name, number)
            frame = pd.DataFrame(part.to_pydict())
            for column in (column for column in part.column_names if is_short(part, column)):
                frame[column] = [None if end is None else f"{article['article_id']}:{end}" for end in frame[column]]
            if name == "evaluations" and self._lexicon_row and "lexicon" not in set(frame["method"]):
                frame = pd.concat([frame, pd.DataFrame(self._lexicon_row)], ignore_index=True)
            frame["article_id"] = article["article_id"]
            if name in TAKEN_FROM_THE_ARTICLE:
                frame["text"] = [text[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)]
            made[name] = _restore(name, frame)
        return Tables(**made)

    @cached_property
    def _lexicon_row(self) -> list[dict[str, Any]]:
        """A row of the lexicon that judges nobody in any sentence; none where the lexicon did not judge."""
        table = self.tables["evaluations"]
        place = pc.index(table["method"].cast(pa.string()), "lexicon").as_py()
        nothing = {"evaluation_id": "", "target_mention_id": "", "target_id": "", "sentence_id": -1}
        return [row | nothing for row in table.slice(place, 1).to_pylist()] if place >= 0 else []

    def label(self, record_id: str, language: str) -> str:
        """The name of an actor, a frame or an outlet."""
        names = self._labels[language]
        if record_id not in names:
            names[record_id] = label(record_id, self.codebook, language)
        return names[record_id]

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        return {language: {} for language in LANGUAGES}


def open_corpus(folder: str | Path, *, codebook: Codebook = EMPTY) -> Corpus:
    """Open the folder that `framewijs code` wrote, to be browsed.

    Parameters
    ----------
    folder : path
        A coded corpus, Parquet or CSV.
    codebook : Codebook, optional
        Gives labels and the questions of indicators; without one, ids are shown.

    Returns
    -------
    Corpus

    Raises
    ------
    InputError
        If the folder is not a coded corpus, holds no article, or a table in it is damaged.
    """
    tables = read_columns(folder)
    if not tables["articles"].num_rows:
        raise InputError(f"{folder}: the table articles is empty. Code at least one article.")
    return Corpus(Path(folder).resolve().name, tables, codebook, read_model_version(folder))


@lru_cache
def _kinds(name: str) -> dict[str, Any]:
    """The columns of a table in order, with their types."""
    columns = MODELS[name].to_schema().columns
    return {column: columns[column].dtype.type for column in columns_of(name)}


@lru_cache
def _empty(name: str) -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series(dtype=kind) for column, kind in _kinds(name).items()})


def _restore(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Columns in order and of the types of the schema; rows that were valid once are not checked again."""
    return pd.DataFrame({column: frame[column].astype(kind) for column, kind in _kinds(name).items()})
