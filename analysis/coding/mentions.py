"""Mentions: every place where an actor is named, described or stood for.

Reads a `Reading` and a `Codebook`; returns the table ``mentions``. The codebook's wording comes first, then names that
no codebook lists (the reading's entities, or without them capitals), then what an editor's bracket explains
(``die man (Trump, red.)``). Pronouns are read only where such a bracket resolves them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import pandas as pd
from spacy.tokens import Doc

from analysis.codebook import Codebook
from analysis.coding.mentions_codebook import Found, Wordings, compile_wordings, match_wordings
from analysis.coding.mentions_credits import find_credits
from analysis.coding.mentions_entities import find_actor_phrases, find_entities
from analysis.coding.mentions_tokens import split_words
from analysis.coding.mentions_unlisted import find_unlisted
from analysis.reading import Reading
from analysis.schema import make_table
from analysis.yaml_entries import LANGUAGES

_BRACKET = re.compile(r"[(\[](?P<name>[^()\[\]\n]{2,60}?)\s*[,.;–-]\s*(?:red|ed|ndr|aut)\.?\s*[)\]]")
_PRONOUN = re.compile(r"\b(?:hij|zij|ze|hem|haar|hen|hun|he|she|they|him|her|them)\Z", re.IGNORECASE)
_DESCRIPTION = re.compile(
    r"\b(?:die|deze|dat|dit|de|het|een|onze|hun|zijn|haar|mijn|that|this|the|these|those|our|their|his|her|my)"
    r"(?:\s+[\w-]+){1,3}\Z",
    re.IGNORECASE,
)


def find_mentions(
    reading: Reading, codebook: Codebook, *, metonyms: bool = True, unlisted: bool = True, nominals: bool = False
) -> pd.DataFrame:
    """Find the mentions of actors.

    Parameters
    ----------
    reading : Reading
        Articles and their sentences. Articles in a language other than Dutch or English get no rows.
    codebook : Codebook
        Actors with their wording per language.
    metonyms : bool
        Whether a place may stand for its government (``Washington reageerde``).
    unlisted : bool
        Whether names that the codebook does not list become ``unlisted:<name>`` actors: the reading's entities, and
        where it has none (``reading="rules"``) what capitals and context show.
    nominals : bool
        Whether descriptions of actors that the codebook does not list (``betogers``) become ``unlisted:<noun>`` actors.
        Only a reading that marks actor phrases finds them.

    Returns
    -------
    DataFrame
        Table ``mentions``. No two rows overlap. ``rule`` tells what found the row: ``codebook_name``,
        ``last_name``, ``codebook_nominal``, ``demonym_adjective``, ``demonym_people``, ``metonym``,
        ``entity_name``, ``entity_last_name``, ``unlisted_name``, ``unlisted_last_name``, ``editor_bracket`` or
        ``actor_phrase``. ``antecedent_id`` is filled by ``editor_bracket``.

    Notes
    -----
    Longest match, whole words. It cannot see irony, nor who is meant by a description the codebook
    does not list; two actors that share a wording are told apart by which was named last.
    """
    compiled = {language: compile_wordings(codebook, language) for language in LANGUAGES}
    sentences = dict(tuple(reading.sentences.groupby("article_id", sort=False)))
    rows: list[dict[str, Any]] = []
    articles = reading.articles
    for article_id, text, language in zip(articles["article_id"], articles["text"], articles["language"], strict=True):
        if language in LANGUAGES and article_id in sentences:
            read = sentences[article_id]
            spans = list(zip(read["start"].tolist(), read["end"].tolist(), strict=True))
            rows += _find_in_article(
                str(article_id), text, spans, compiled[language], metonyms=metonyms, unlisted=unlisted,
                nominals=nominals, ids=read["sentence_id"].tolist(), doc=reading.docs[article_id],
            )  # fmt: skip
    return make_table("mentions", rows)


def _find_in_article(
    article_id: str, text: str, spans: Sequence[tuple[int, int]], wordings: Wordings, *, metonyms: bool, unlisted: bool,
    nominals: bool, ids: Sequence[int], doc: Doc,
) -> Iterable[dict[str, Any]]:  # fmt: skip
    words = split_words(text)
    starts = [word.start for word in words]
    bounds = [(bisect_left(starts, start), bisect_left(starts, end)) for start, end in spans]
    known: dict[str, int] = {}
    found: list[Found] = []
    for bound in bounds:
        found += match_wordings(text, words, bound, wordings, known, metonyms=metonyms)
    if unlisted:
        find = partial(find_entities, doc=doc) if doc.has_annotation("ENT_IOB") else find_unlisted
        found += find(
            text, words, bounds, found, wordings.language,
            places=wordings.places, people=wordings.people, ignored=find_credits(text, words),
        )  # fmt: skip
    found.sort()
    resolved = _resolve_brackets(text, found)
    if nominals:
        taken = [(match.start, match.end) for match in [*found, *(match for match, _ in resolved)]]
        found += find_actor_phrases(words, taken, doc, bounds)
    numbered = sorted([(match, None) for match in found] + list(resolved), key=lambda pair: pair[0][:2])
    identity = {match: f"{article_id}:m{number:05d}" for number, (match, _) in enumerate(numbered, start=1)}
    sentence_starts = [start for start, _ in spans]
    return [
        {
            "mention_id": identity[match],
            "article_id": article_id,
            "sentence_id": ids[max(0, bisect_right(sentence_starts, match.start) - 1)],
            "start": match.start,
            "end": match.end,
            "text": text[match.start : match.end],
            "actor_id": match.actor_id,
            "form": match.form,
            "antecedent_id": None if antecedent is None else identity[antecedent],
            "rule": match.rule,
        }
        for match, antecedent in numbered
    ]


def _resolve_brackets(text: str, found: Sequence[Found]) -> list[tuple[Found, Found]]:
    """Phrases that an editor's bracket explains, each with the mention inside the bracket."""
    resolved = []
    for bracket in _BRACKET.finditer(text):
        inside = [m for m in found if bracket.start("name") <= m.start and m.end <= bracket.end("name")]
        if not inside:
            continue
        start = max([m.end for m in found if m.end <= bracket.start()], default=0)
        start = max(start, text.rfind("\n", 0, bracket.start()) + 1, bracket.start() - 60)
        before = text[start : bracket.start()].rstrip()
        form = "pronoun"
        phrase = _PRONOUN.search(before)
        if phrase is None:
            form, phrase = "nominal", _shortest(before)
        if phrase is not None:
            span = (start + phrase.start(), start + phrase.end())
            resolved.append((Found(*span, inside[0].actor_id, form, "editor_bracket", -1, -1), inside[0]))
    return resolved


def _shortest(before: str) -> re.Match[str] | None:
    """The last determiner with the words up to the bracket."""
    match = None
    position = 0
    while (later := _DESCRIPTION.search(before, position)) is not None:
        match, position = later, later.start() + 1
    return match
