"""Responsibility: who holds whom responsible, accuses, demands, denies, defends or admits.

Reads a `Reading`, its mentions and quotes; returns the table ``responsibility``: one row per statement and accused.
Where the sentence names no accuser, the one who speaks is it: the source of the quote that holds the words, else the
outlet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from analysis.coding.claims.sentences import SentenceInArticle, read_sentences
from analysis.coding.claims.words import Claim
from analysis.contracts.schema import AUTHOR, UNNAMED
from analysis.contracts.tables import make_table
from analysis.reading import Reading

_MOST_ACCUSED = 4


def code_responsibility(
    reading: Reading, mentions: pd.DataFrame, quotes: pd.DataFrame, *, captions: bool = False
) -> pd.DataFrame:
    """Find who holds whom responsible, and for what.

    Parameters
    ----------
    reading : Reading
        Articles that have been read.
    mentions, quotes : DataFrame
        Tables ``mentions`` and ``quotes`` of the same articles.
    captions : bool, default False
        Also look in photo captions.

    Returns
    -------
    DataFrame
        Table ``responsibility``; no row for articles that were read without trees. ``accuser_id`` is the actor who
        accuses, demands, denies, defends or admits; where the sentence has none, the source of the innermost quote that
        holds the words, else ``author``; ``unnamed`` where somebody accuses who is no actor, or whom a passive outside
        quotes leaves out. In a denial and an admission the accused is who makes it. ``event`` is what for, as it
        stands. ``rule`` is the kind of pattern and its term (``verb:beschuldigen``).

    Notes
    -----
    The patterns are those of ``data/languages/<language>/blame.csv``. A row needs an accused actor, or an actor who
    accuses somebody or demands something. It cannot see blame without a word for it (`Had hij maar geremd`), nor
    irony.
    """
    rows: list[dict[str, Any]] = []
    for article_id, sentences in read_sentences(reading, mentions, quotes, captions=captions):
        found = [row for sentence in sentences for claim in sentence.claims("blame") for row in _rows(claim, sentence)]
        found.sort(key=lambda row: (row["start"], row["end"], row["rule"], row["accused_id"] or ""))
        rows += [row | {"responsibility_id": f"{article_id}:r{n:05d}"} for n, row in enumerate(found, start=1)]
    return make_table("responsibility", rows)


def _rows(claim: Claim, sentence: SentenceInArticle) -> Iterator[dict[str, Any]]:
    is_author = claim.word.source == "author"
    accuser = sentence.find_source(claim, nobody=AUTHOR if is_author else UNNAMED)
    is_actor = accuser not in (AUTHOR, UNNAMED)
    row = sentence.row(claim)
    event = row["event"]
    if "self" in claim.word.target:
        accused = [accuser] if is_actor else []
    else:
        accused = list(dict.fromkeys(sentence.find_actors(claim)))[:_MOST_ACCUSED]
    if not accused and not (is_actor and event and not is_author):
        return
    if claim.word.label == "demands" and (event is None or accuser in accused):
        return
    blamed: Sequence[str | None] = accused if accused else (None,)
    for one in blamed:
        yield row | {"accuser_id": accuser, "accused_id": one, "stance": claim.word.label}
