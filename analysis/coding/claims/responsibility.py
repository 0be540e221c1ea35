"""Responsibility: who holds whom responsible, accuses, demands, denies, defends or admits.

Reads a `Reading`, its mentions and quotes; returns the table ``responsibility``: one row per statement and accused.
Where the sentence names no accuser, the one who speaks is it: the source of the quote that holds the words, else the
outlet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from spacy.tokens import Doc, Token

from analysis.coding.actions.patterns import PlacedActor, place_actors
from analysis.coding.claims.charges import Charge, find_charges
from analysis.coding.syntax.modality import find_modality, find_signs
from analysis.coding.syntax.participants import ActorIndex
from analysis.coding.syntax.surface import find_tokens
from analysis.coding.syntax.trees import children, has_tree, obliques
from analysis.contracts.schema import AUTHOR, UNNAMED
from analysis.contracts.tables import group_rows, make_table
from analysis.contracts.words import load_both
from analysis.reading import Reading

LANGUAGES = ("nl", "en")
_MOST_ACCUSED = 4
_OF = load_both("claims", "possessor_adpositions")
_SPEAKER = load_both("claims", "speaker_pronouns")
"""Pronouns that stand for who speaks, where no mention says so."""


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
    languages = reading.languages
    mentions_of = group_rows(mentions, "article_id", "sentence_id")
    quotes_of = group_rows(quotes, "article_id")
    rows: list[dict[str, Any]] = []
    for article_id, sentences in group_rows(reading.sentences, "article_id").items():
        language = languages[article_id]
        doc = reading.docs[article_id]
        if language not in LANGUAGES or not has_tree(doc):
            continue
        found: list[dict[str, Any]] = []
        for sentence in sentences:
            if sentence.part == "caption" and not captions:
                continue
            placed = place_actors(doc, mentions_of.get((article_id, sentence.sentence_id), []))
            first, last = find_tokens(doc, sentence.start, sentence.end)
            where = {"article_id": article_id, "sentence_id": sentence.sentence_id}
            spoken = quotes_of.get(article_id, [])
            found += [row | where for row in _code(doc, first, last, ActorIndex(placed), spoken, language)]
        found.sort(key=lambda row: (row["start"], row["end"], row["rule"], row["accused_id"] or ""))
        rows += [row | {"responsibility_id": f"{article_id}:r{n:05d}"} for n, row in enumerate(found, start=1)]
    return make_table("responsibility", rows)


def _code(
    doc: Doc, first: int, last: int, index: ActorIndex[PlacedActor], quotes: Sequence[Any], language: str
) -> list[dict[str, Any]]:
    signs: dict[int, str] | None = None
    rows = []
    for charge in find_charges(doc, first, last, language):
        accuser, is_actor = _find_accuser(doc, charge, index, quotes)
        if charge.blame.accused[0] in ("self", "agent"):
            accused = [accuser] if is_actor else []
        else:
            accused = _find_accused(charge, index)
        event = doc[charge.event[0].i : charge.event[-1].i + 1].text if charge.event else None
        if not accused and not (is_actor and event and charge.blame.accuser != "author"):
            continue
        if charge.blame.stance == "demands" and (event is None or accuser in accused):
            continue
        signs = find_signs(doc, first, last, language) if signs is None else signs
        modality = find_modality(charge.head, signs, language)
        start, end = _extent(doc, charge)
        rows += [
            {
                "accuser_id": accuser,
                "accused_id": one,
                "stance": charge.blame.stance,
                "event": event,
                "negated": modality.negated or modality.denied,
                "hedged": modality.hedged,
                "start": start,
                "end": end,
                "rule": f"{charge.blame.pos}:{charge.blame.term}",
            }
            for one in (*accused, *((None,) if not accused else ()))
        ]
    return rows


def _find_accuser(doc: Doc, charge: Charge, index: ActorIndex[PlacedActor], quotes: Sequence[Any]) -> tuple[str, bool]:
    """Who accuses, and whether that is an actor: who the sentence names, else who speaks, else the outlet."""
    named = [actor for token in charge.accusers if (actor := index.find(token)) is not None]
    if named:
        return named[0].actor_id, True
    if any(token.lower_ not in _SPEAKER for token in charge.accusers):
        return UNNAMED, False
    place = doc[charge.tokens[0]].idx
    around = [quote for quote in quotes if quote.start <= place < quote.end]
    if around:
        innermost = min(around, key=lambda quote: quote.end - quote.start)
        source = innermost.source_id
        return (str(source), True) if isinstance(source, str) and source else (UNNAMED, False)
    return (AUTHOR, False) if charge.blame.accuser == "author" else (UNNAMED, False)


def _find_accused(charge: Charge, index: ActorIndex[PlacedActor]) -> list[str]:
    found: dict[str, None] = {}
    for token in charge.accused:
        actor = index.find(token) or _find_owner(token, charge, index)
        if actor is not None:
            found[actor.actor_id] = None
    return list(found)[:_MOST_ACCUSED]


def _find_owner(token: Token, charge: Charge, index: ActorIndex[PlacedActor]) -> PlacedActor | None:
    """Whose it is: of blame put on a thing, the actor it belongs to (`het gevolg van het beleid van de regering`)."""
    if charge.blame.pos not in ("state", "noun"):
        return None
    owners = [*children(token, ("nmod:poss",)), *(o.token for o in obliques(token) if o.preposition in _OF)]
    return next((actor for owner in owners if (actor := index.find(owner)) is not None), None)


def _extent(doc: Doc, charge: Charge) -> tuple[int, int]:
    """Characters of the words that say it; of words that stand apart, from the first to the last."""
    first, last = min(charge.tokens), max(charge.tokens)
    return doc[first].idx, doc[last].idx + len(doc[last])
