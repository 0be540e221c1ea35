"""Entman's four functions in passages: are those found that a coder marks, and is the rest left alone.

Reads passages with what a coder marks in each and what would be a mistake (``tests/gold/functions_<language>.yaml``,
whose first lines tell how they were coded); codes each with its own actors; returns counts per passage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import yaml

from analysis.codebook.load import Actor, Codebook, Wording
from analysis.coding.claims.functions import code_functions
from analysis.coding.claims.responsibility import code_responsibility
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.coding.quotes.find import find_quotes
from analysis.contracts.errors import UsageError
from analysis.contracts.paths import ROOT
from analysis.contracts.tables import empty_table, rows_of
from analysis.reading import read_articles
from analysis.reading.tokens import MODEL
from analysis.validation.gold import make_gold_articles, read_gold_text

GOLD = ROOT / "tests" / "gold"
HALVES = ("dev", "held")
"""The half to develop on, and the half that was unseen when it was scored first. Its misses were mended since."""
ARTICLE = "passage"
COUNTS = ["n_marked", "n_placed", "n_right", "n_traps", "n_mistakes"]
_COLUMNS = {"source": "source_id", "actor": "actor_id", "function": "function", "negated": "negated"}

Passage = Mapping[str, Any]
"""``id, text, actors``, and where it has them ``functions`` (marked) and ``absent`` (traps)."""


def read_passages(language: str, half: str) -> list[Passage]:
    """The passages of a half, in the order of the file.

    Parameters
    ----------
    language : {"nl", "en"}
        Which file.
    half : {"dev", "held"}
        The first half of it, or the rest.

    Raises
    ------
    UsageError
        For an unknown half.
    InputError
        When there is no such file.
    """
    if half not in HALVES:
        raise UsageError(f"half {half!r}: unknown; use {' or '.join(HALVES)}")
    passages: list[Passage] = yaml.safe_load(read_gold_text(GOLD / f"functions_{language}.yaml")[1])
    middle = (len(passages) + 1) // 2
    return passages[:middle] if half == HALVES[0] else passages[middle:]


def code_passage(
    text: str,
    language: str,
    actors: Mapping[str, Mapping[str, Any]],
    *,
    reading: str = MODEL,
    evaluations: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Table ``functions`` of a text.

    Parameters
    ----------
    text, language : str
        The passage.
    actors : mapping
        Per actor its ``type``, ``names`` and ``nominals`` in the language of the text.
    reading : {"model", "rules"}
        How it is read; without trees there are no functions.
    evaluations : DataFrame, optional
        Table ``evaluations`` of the text (``article_id`` is `ARTICLE`), by which words are led to whom they judge; none
        by default.
    """
    codebook = Codebook(
        name="passage",
        actors={
            actor_id: Actor(
                actor_id,
                {language: actor_id},
                about["type"],
                wording={
                    language: Wording(names=tuple(about.get("names", ())), nominals=tuple(about.get("nominals", ())))
                },
            )
            for actor_id, about in actors.items()
        },
    )
    articles = make_gold_articles([{"article_id": ARTICLE, "text": text, "language": language}])
    read = read_articles(articles, reading=reading)
    mentions = find_all_mentions(read, codebook, unlisted=False)
    quotes = find_quotes(read, mentions)
    responsibility = code_responsibility(read, mentions, quotes)
    judged = empty_table("evaluations") if evaluations is None else evaluations
    return code_functions(read, mentions, quotes, responsibility, judged)


def count_passages(language: str, half: str) -> pd.DataFrame:
    """What is found in each passage of a half.

    Returns
    -------
    DataFrame
        A row per passage: ``passage`` (its id), ``n_marked`` (functions that the coder marks), ``n_placed`` (those
        with a row of the same function, negated alike where gold says so, that overlaps the marked words), ``n_right``
        (those of which such a row also has the source and the actor that gold names), ``n_traps`` (what would be a
        mistake) and ``n_mistakes`` (traps that some row is).

    Notes
    -----
    Passages are coded without evaluations: what a judgement of the network would add is not part of these figures.
    """
    lines = []
    for passage in read_passages(language, half):
        rows = list(rows_of(code_passage(passage["text"], language, passage["actors"])))
        found = [_find(fact, passage["text"], rows) for fact in passage.get("functions", [])]
        traps = passage.get("absent", [])
        mistakes = sum(any(_agrees(row, trap, trap) for row in rows) for trap in traps)
        counts = (len(found), sum(placed for placed, _ in found), sum(right for _, right in found))
        lines.append((passage["id"], *counts, len(traps), mistakes))
    return pd.DataFrame(lines, columns=["passage", *COUNTS])


def _find(fact: Mapping[str, Any], text: str, rows: Sequence[Any]) -> tuple[bool, bool]:
    """Whether a marked function has a row in its place, and one with the same source and actor."""
    start = text.index(fact["words"])
    end = start + len(fact["words"])
    kind = [key for key in ("function", "negated") if key in fact]
    near = [row for row in rows if row.start < end and start < row.end and _agrees(row, fact, kind)]
    who = [key for key in ("source", "actor") if key in fact]
    return bool(near), any(_agrees(row, fact, who) for row in near)


def _agrees(row: Any, fact: Mapping[str, Any], keys: Sequence[str] | Mapping[str, Any]) -> bool:
    """Whether a row says what gold says under these keys; nobody is an empty text."""
    return all(("" if pd.isna(said := getattr(row, _COLUMNS[key])) else said) == fact[key] for key in keys)
