"""Pronouns of direct speech: ``ik`` and ``we`` are its speaker, ``je`` and ``u`` the one it is addressed to.

Reads a `Reading` whose Docs have a tree, and the tables ``mentions`` and ``quotes``; returns ``mentions`` with further
rows. It runs after `find_quotes`, which needs the mentions that are speakers. It cannot see whom ``we`` holds besides
the speaker, nor that ``je`` is anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from spacy.tokens import Doc, Token

from analysis.coding.coreference.referents import find_head
from analysis.coding.language.record import language_of
from analysis.coding.syntax import trees
from analysis.contracts.tables import group_rows, make_table
from analysis.contracts.words import load_both
from analysis.reading import Reading

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
    mentions_of = group_rows(mentions, "article_id")
    sentences_of = group_rows(reading.sentences, "article_id")
    rows: list[dict[str, Any]] = []
    for article_id, said in group_rows(quotes[quotes["kind"] != "indirect"], "article_id").items():
        doc, own = reading.docs[article_id], mentions_of.get(article_id, [])
        if not own or not trees.has_tree(doc):
            continue
        for number, (token, antecedent, rule) in enumerate(_find_antecedents(doc, own, said), start=len(own) + 1):
            inside = [one.sentence_id for one in sentences_of[article_id] if one.start <= token.idx]
            rows.append(
                {
                    "mention_id": f"{article_id}:m{number:05d}",
                    "article_id": article_id,
                    "sentence_id": inside[-1],
                    "start": token.idx,
                    "end": token.idx + len(token),
                    "text": token.text,
                    "actor_id": antecedent.actor_id,
                    "form": "pronoun",
                    "antecedent_id": antecedent.mention_id,
                    "rule": rule,
                }
            )
    return make_table("mentions", pd.concat([mentions, pd.DataFrame(rows)], ignore_index=True) if rows else mentions)


def _find_antecedents(doc: Doc, own: Sequence[Any], said: Sequence[Any]) -> Iterator[tuple[Token, Any, str]]:
    """Pronouns of direct speech, each with the row of ``mentions`` that it means and the rule."""
    language = language_of(doc)
    by_id = {row.mention_id: row for row in own}
    heads = {find_head(doc, row.start, row.end).i: row for row in own}
    said = sorted(said, key=lambda quote: (quote.start, quote.end))
    addressees: dict[str, Any] = {}
    for quote in said:
        source = by_id.get(quote.source_mention_id)
        if source is not None and (addressee := _find_addressee(doc, quote, source, heads)) is not None:
            addressees.setdefault(source.mention_id, addressee)
    for token in doc:
        lowered = token.lower_.replace("’", "'")
        is_speaker = lowered in language.words("pronouns", "of_speaker")
        if not (is_speaker or lowered in language.words("pronouns", "of_addressee")) or not _refers(token):
            continue
        if any(row.start < token.idx + len(token) and token.idx < row.end for row in own):
            continue
        holding = [quote for quote in said if quote.start <= token.idx < quote.end]
        innermost = min(holding, key=lambda quote: (quote.end - quote.start, quote.quote_id), default=None)
        speaker = "" if innermost is None else str(innermost.source_mention_id)
        antecedent = (by_id if is_speaker else addressees).get(speaker)
        if antecedent is not None:
            yield token, antecedent, "pronoun_speaker" if is_speaker else "pronoun_addressee"


def _refers(token: Token) -> bool:
    """Whether a pronoun is one, and no reflexive or name (``US``)."""
    is_pronoun = token.pos_ in ("PRON", "DET") and not (token.text.isupper() and len(token.text) > 1)
    return is_pronoun and token.dep_ not in ("expl", "expl:pv") and not token.morph.get("Reflex", [])


def _find_addressee(doc: Doc, quote: Any, source: Any, heads: Mapping[int, Any]) -> Any | None:
    """The mention that the verb of reporting is directed at: ``zei hij tegen Jansen``, ``waarschuwde ze de dief``."""
    verbs: list[Token] = []
    if pd.isna(quote.cue_start):  # introduced: De president diende Jansen van repliek. ‘Je liegt’
        verbs = [trees.clause_of(find_head(doc, source.start, source.end))]
    else:
        verbs = list(doc.char_span(int(quote.cue_start), int(quote.cue_end), alignment_mode="expand") or ())
    for child in (child for verb in verbs for child in verb.children):
        preposition = trees.preposition(child)
        is_given = child.dep_ in trees.OBJECTS | {"iobj", "obl"} and not preposition
        is_inside = quote.start <= child.idx < quote.end
        addressee = heads.get(child.i)
        is_other = addressee is not None and addressee.actor_id != source.actor_id
        if (is_given or preposition in _TOWARDS) and not is_inside and is_other:
            return addressee
    return None
