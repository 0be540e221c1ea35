"""Every row that was found, in one list of numbers: who it is about, who says it, where it stands, of which sign.

Reads a `Corpus`; returns `Findings`, columns of numbers in the order of reading (date, article, sentence). Counting
and filtering ten thousand articles are then some milliseconds of arithmetic, and the rows themselves are read only for
the sentences that are shown.

What a finding is about, and who says so:

==========  =====================================  =====================================  ======================
kind        table                                  about                                  source
==========  =====================================  =====================================  ======================
mention     mentions                               the actor
quote       quotes                                 the speaker                            the speaker
judgement   evaluations that are clear             the evaluated actor                    who judges
neutral     evaluations that are not               the evaluated actor                    who judges
frame       frames that count
deed        actions                                agent and patient
blame       responsibility                         who is held responsible                who says so
function    functions                              whose doing, who is blamed, must act   who says so
role        role_evidence                          who is cast
==========  =====================================  =====================================  ======================
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.coding.evaluations.methods import CLEAR
from analysis.display.browser.corpus import Corpus
from analysis.display.browser.parts import Parts, find_parts
from analysis.display.browser.reading import number_of

KINDS = ("mention", "quote", "judgement", "neutral", "frame", "deed", "blame", "function", "role")
SIGNS = ("negative", "neutral", "positive")
TABLES = {
    "mention": "mentions", "quote": "quotes", "judgement": "evaluations", "neutral": "evaluations", "frame": "frames",
    "deed": "actions", "blame": "responsibility", "function": "functions", "role": "role_evidence",
}  # fmt: skip
FOUND_KINDS = {table: kind for kind, table in TABLES.items() if kind != "neutral"}
"""The kind of a row of each table; of evaluations, that of the clear ones."""
ABOUT = {
    "mentions": ("actor_id",), "quotes": ("source_id",), "evaluations": ("target_id",), "frames": (),
    "actions": ("agent_id", "patient_id"), "responsibility": ("accused_id",), "functions": ("actor_id",),
    "role_evidence": ("actor_id",),
}  # fmt: skip
SOURCE = {
    "quotes": "source_id", "evaluations": "source_id", "responsibility": "accuser_id", "functions": "source_id",
}  # fmt: skip
NONE = -1
"""No actor, no sign."""


@dataclass(frozen=True)
class Findings:
    """Columns of equal length, one entry a finding.

    Attributes
    ----------
    kind : array of int8
        Place in `KINDS`.
    row : array of int32
        Place in the table of its kind.
    place : array of int32
        Place of its article in the order of reading.
    sentence : array of int32
        Sentence of the article in which it begins.
    about, about_too, source : array of int32
        Place in `actors`; `NONE` where there is no actor.
    sign : array of int8
        Place in `SIGNS`; `NONE` where nothing is judged.
    order : array of int32
        Numbers of the articles, in the order of reading.
    actors : list of str
        Who the findings are about or who says them, then those that they are only part of.
    parts : Parts
        Who of them is part of whom.
    """

    kind: np.ndarray
    row: np.ndarray
    place: np.ndarray
    sentence: np.ndarray
    about: np.ndarray
    about_too: np.ndarray
    source: np.ndarray
    sign: np.ndarray
    order: np.ndarray
    actors: list[str]
    parts: Parts

    def __len__(self) -> int:
        return len(self.kind)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of every actor in `actors`."""
        return {actor: place for place, actor in enumerate(self.actors)}


def list_findings(corpus: Corpus) -> Findings:
    """Collect the findings of a corpus.

    Parameters
    ----------
    corpus : Corpus

    Returns
    -------
    Findings
        By date (undated articles last), article, sentence and kind.
    """
    known = _actors(corpus)
    order = _reading_order(corpus)
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    tables = [_columns(corpus, name, known, place) for name in ABOUT]
    joined = {column: np.concatenate([table.pop(column) for table in tables]) for column in list(tables[0])}
    by = np.lexsort((joined["row"], joined["kind"], joined["sentence"], joined["place"]))
    actors: list[str] = known.to_pylist()
    parts = find_parts(corpus.codebook, actors)
    found = set(actors)
    actors += [whole for whole in parts.wholes if whole not in found]
    columns = {column: joined.pop(column)[by] for column in list(joined)}
    return Findings(**columns, order=order, actors=actors, parts=parts)


def _actors(corpus: Corpus) -> pa.Array:
    columns = {(name, column) for name, about in ABOUT.items() for column in about} | set(SOURCE.items())
    found = [pc.unique(corpus.tables[name][column]).cast(pa.string()) for name, column in sorted(columns)]
    return pc.unique(pa.concat_arrays(found).drop_null())


def _reading_order(corpus: Corpus) -> np.ndarray:
    """Numbers of the articles by date, undated ones last, then as the table has them."""
    articles = corpus.tables["articles"]
    numbered = pa.table({"published": articles["published"].cast(pa.string()), "n": range(articles.num_rows)})
    keys = [("published", "ascending"), ("n", "ascending")]
    return np.asarray(pc.sort_indices(numbered, sort_keys=keys), dtype=np.int32)


def _columns(corpus: Corpus, name: str, known: pa.Array, place: np.ndarray) -> dict[str, np.ndarray]:
    table = corpus.tables[name]
    n = table.num_rows
    nobody = np.full(n, NONE, dtype=np.int32)
    about = [number_of(table[column], known) for column in ABOUT[name]]
    made: dict[str, Any] = {
        "kind": np.full(n, KINDS.index(FOUND_KINDS[name]), dtype=np.int8),
        "row": np.arange(n, dtype=np.int32),
        "place": place[table["article_id"].to_numpy()],
        "sentence": _sentences(corpus, name),
        "about": about[0] if about else nobody,
        "about_too": about[1] if len(about) > 1 else nobody,
        "source": number_of(table[SOURCE[name]], known) if name in SOURCE else nobody,
        "sign": np.full(n, NONE, dtype=np.int8),
    }
    keep = np.ones(n, dtype=bool)
    if name == "evaluations":
        polarity = table["polarity"].to_numpy()
        is_clear = np.abs(polarity) >= CLEAR
        made["sign"] = np.where(is_clear, np.sign(polarity) + 1, 1).astype(np.int8)
        made["kind"] = np.where(is_clear, KINDS.index("judgement"), KINDS.index("neutral")).astype(np.int8)
        keep = np.asarray(pc.equal(table["method"].cast(pa.string()), corpus.method))
    elif name == "frames":
        keep = _first_answers(table)
    return {column: values[keep] for column, values in made.items()}


def _first_answers(table: pa.Table) -> np.ndarray:
    """Of the answers that count, the first per article, sentence and frame: one finding, however many indicators."""
    counted = np.flatnonzero(table["is_counted"].to_numpy(zero_copy_only=False))
    frames = number_of(table["frame_id"], pc.unique(table["frame_id"]).cast(pa.string()))
    articles, sentences = (table[column].to_numpy().astype(np.int64) for column in ("article_id", "sentence_id"))
    _, first = np.unique((((articles << 24) | sentences) << 12 | frames)[counted], return_index=True)
    keep = np.zeros(table.num_rows, dtype=bool)
    keep[counted[first]] = True
    return keep


def _sentences(corpus: Corpus, name: str) -> np.ndarray:
    """The sentence of every row; of quotes, which have none, that in which they begin."""
    table = corpus.tables[name]
    if name != "quotes":
        return np.asarray(table["sentence_id"].to_numpy(), dtype=np.int32)
    sentences = corpus.tables["sentences"]
    if not sentences.num_rows:
        return np.zeros(table.num_rows, dtype=np.int32)
    long = np.int64(1) << 40
    begins = sentences["article_id"].to_numpy() * long + sentences["start"].to_numpy()
    at = np.searchsorted(begins, table["article_id"].to_numpy() * long + table["start"].to_numpy(), side="right") - 1
    return np.asarray(sentences["sentence_id"].to_numpy()[np.maximum(at, 0)], dtype=np.int32)
