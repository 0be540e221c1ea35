"""Pronouns of direct speech: ``ik`` and ``we`` are its speaker, ``je`` and ``u`` the one it is addressed to.

Reads a `Reading` whose Docs have a tree, and the tables ``mentions`` and ``quotes``; returns ``mentions`` with further
rows. It runs after `find_quotes`, which needs the mentions that are speakers. It cannot see whom ``we`` holds besides
the speaker, nor that ``je`` is anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from spacy.tokens import Doc, Token

from analysis.coding.coreference.referents import Places, find_head
from analysis.coding.coreference.resolve import find_places
from analysis.coding.syntax import trees
from analysis.contracts.tables import make_table
from analysis.contracts.words import load_both, load_by_language
from analysis.reading import Reading

_SPEAKER = load_by_language("pronouns", "of_speaker")
_ADDRESSEE = load_by_language("pronouns", "of_addressee")
_TOWARDS = load_both("function_words", "addressee_prepositions")


def resolve_speakers(reading: Reading, mentions: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Add the pronouns of direct speech that mean its speaker or the one it is addressed to.

    Parameters
    ----------
    reading : Reading
        Articles; those whose Doc has no tree get no further rows.
    mentions, quotes : DataFrame
        Tables of the same articles.

    Returns
    -------
    DataFrame
        Table ``mentions``: its rows as they are, with further rows numbered after the last of their article, so that
        ``quotes`` still point at the right ones. ``rule``: ``pronoun_speaker`` (``ik``, ``we``, ``onze``) or
        ``pronoun_addressee`` (``je``, ``u``, where the addressee is a mention: ``zei Jansen tegen de minister``).
        ``antecedent_id`` is the mention of speaker or addressee.

    Notes
    -----
    The innermost quote decides. ``we`` is taken for the speaker even where it is everybody.
    """
    tables = dict(tuple(mentions.groupby("article_id", sort=False)))
    said = dict(tuple(quotes[quotes["kind"] != "indirect"].groupby("article_id", sort=False)))
    read = dict(tuple(reading.sentences.groupby("article_id", sort=False)))
    rows: list[dict[str, Any]] = []
    for article_id, language in reading.languages.items():
        doc = reading.docs[article_id]
        if article_id not in said or article_id not in tables or not trees.has_tree(doc):
            continue
        rows += _read_speech(
            str(article_id), doc, language, tables[article_id], said[article_id],
            find_places(doc.text, read[article_id]), read[article_id]["sentence_id"].tolist(),
        )  # fmt: skip
    return make_table("mentions", pd.concat([mentions, pd.DataFrame(rows)], ignore_index=True) if rows else mentions)


def _read_speech(
    article_id: str, doc: Doc, language: str, own: pd.DataFrame, said: pd.DataFrame, places: Places, ids: Sequence[int]
) -> list[dict[str, Any]]:
    actors = dict(zip(own["mention_id"], own["actor_id"], strict=True))
    spans = list(zip(own["start"].tolist(), own["end"].tolist(), own["mention_id"], strict=True))
    heads = {find_head(doc, start, end).i: mention_id for start, end, mention_id in spans}
    quotes = [{str(k): v for k, v in row.items()} for row in said.sort_values(["start", "end"]).to_dict("records")]
    addressees: dict[str, str] = {}
    for quote in quotes:
        addressee = _find_addressee(doc, quote, heads)
        if addressee is not None and isinstance(quote["source_mention_id"], str):
            addressees.setdefault(quote["source_mention_id"], addressee)
    found: list[dict[str, Any]] = []
    for token in doc:
        lowered = token.lower_.replace("’", "'")
        is_speaker, is_addressee = lowered in _SPEAKER[language], lowered in _ADDRESSEE[language]
        end = token.idx + len(token.text)
        if (
            not (is_speaker or is_addressee)
            or not _refers(token)
            or any(s < end and token.idx < e for s, e, _ in spans)
        ):
            continue
        holding = [quote for quote in quotes if quote["start"] <= token.idx < quote["end"]]
        holding.sort(key=lambda one: (one["end"] - one["start"], one["quote_id"]))
        speaker = holding[0]["source_mention_id"] if holding else None
        if not isinstance(speaker, str) or speaker not in actors:
            continue
        antecedent = speaker if is_speaker else addressees.get(speaker)
        if antecedent is None:
            continue
        found.append(
            {
                "mention_id": f"{article_id}:m{len(own) + len(found) + 1:05d}",
                "article_id": article_id,
                "sentence_id": ids[places.locate(token.idx)[0]],
                "start": token.idx,
                "end": end,
                "text": token.text,
                "actor_id": actors[antecedent],
                "form": "pronoun",
                "antecedent_id": antecedent,
                "rule": "pronoun_speaker" if is_speaker else "pronoun_addressee",
            }
        )
    return found


def _refers(token: Token) -> bool:
    """Whether a pronoun is one, and no reflexive or name (``US``)."""
    is_pronoun = token.pos_ in ("PRON", "DET") and not (token.text.isupper() and len(token.text) > 1)
    return is_pronoun and token.dep_ not in ("expl", "expl:pv", "expl:pass") and not token.morph.get("Reflex", [])


def _find_addressee(doc: Doc, quote: Mapping[str, Any], heads: Mapping[int, str]) -> str | None:
    """The mention that the verb of reporting is directed at: ``zei hij tegen Jansen``, ``waarschuwde ze de dief``."""
    if pd.isna(quote["cue_start"]):  # introduced: De president diende Jansen van repliek. ‘Je liegt’
        source = next((i for i, mention_id in heads.items() if mention_id == quote["source_mention_id"]), None)
        verbs = [] if source is None else [trees.clause_of(doc[source])]
    else:
        span = doc.char_span(int(quote["cue_start"]), int(quote["cue_end"]), alignment_mode="expand")
        verbs = [] if span is None else list(span)
    for verb in verbs:
        for child in verb.children:
            is_given = child.dep_ in trees.OBJECTS | {"iobj", "obl"} and not trees.preposition(child)
            is_towards = trees.preposition(child) in _TOWARDS
            inside = quote["start"] <= child.idx < quote["end"]
            if (
                (is_given or is_towards)
                and not inside
                and child.i in heads
                and heads[child.i] != quote["source_mention_id"]
            ):
                return heads[child.i]
    return None
