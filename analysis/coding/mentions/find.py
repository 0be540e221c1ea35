"""Mentions: every place where an actor is named, described or stood for.

Reads a `Reading` and a `Codebook`; returns the table ``mentions``. The codebook's wording comes first, then the
countries of the world, then names that no codebook lists (the reading's entities, or without them capitals), what an
editor's bracket explains (``die man (Trump, red.)``), descriptions, and where the reading has a tree what pronouns
and descriptions point back to (`analysis.coding.coreference.resolve`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from analysis.codebook.entries import LANGUAGES
from analysis.codebook.load import Codebook
from analysis.coding.language.tokens import any_of
from analysis.coding.mentions.codebook import Matcher
from analysis.coding.mentions.entities import find_entities
from analysis.coding.mentions.phrases import find_actor_phrases
from analysis.coding.mentions.scene import Found, Scene, make_scene
from analysis.coding.mentions.unlisted import find_unlisted
from analysis.coding.mentions.wordings import compile_wordings
from analysis.contracts.tables import make_table
from analysis.contracts.words import load_both
from analysis.reading import Reading

_BRACKET = re.compile(
    rf"[(\[](?P<name>[^()\[\]\n]{{2,60}}?)\s*[,.;–-]\s*{any_of(load_both('descriptions', 'editors'))}\.?\s*[)\]]"
)
_PRONOUN = re.compile(rf"\b{any_of(load_both('descriptions', 'pronouns'))}\Z", re.IGNORECASE)
_DESCRIPTION = re.compile(rf"\b{any_of(load_both('descriptions', 'openers'))}(?:\s+[\w-]+){{1,3}}\Z", re.IGNORECASE)


def find_mentions(
    reading: Reading,
    codebook: Codebook,
    *,
    metonyms: bool = True,
    unlisted: bool = True,
    nominals: bool = True,
    places: bool = False,
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
        Whether names that the codebook does not list become ``unlisted:<name>`` actors, and countries ``world:<code>``:
        the reading's entities, and where it has none (``reading="rules"``) what capitals and context show.
    nominals : bool
        Whether descriptions of actors that the codebook does not list (``betogers``) become ``unlisted:<noun>`` actors.
        Only a reading that marks actor phrases finds them, and only together with `unlisted`.
    places : bool
        Whether the name of a place is a mention where it only says where something happens (``in Frankrijk``,
        ``Franse films``): for comparison with gold that marks every place.

    Returns
    -------
    DataFrame
        Table ``mentions``. No two rows overlap. ``rule`` tells what found the row: ``codebook_name``, ``last_name``,
        ``codebook_nominal``, ``demonym_adjective``, ``demonym_people``, ``metonym``, ``country_name``,
        ``entity_name``, ``entity_last_name``, ``unlisted_name``, ``unlisted_last_name``, ``editor_bracket``,
        ``actor_phrase``, with `places` ``place_name`` and ``place_adjective``. ``antecedent_id`` is filled by
        ``editor_bracket``. Pronouns and descriptions that refer back (``hij``, ``de minister``) are not among them:
        `resolve_pronouns` adds those.

    Notes
    -----
    Longest match, whole words. It cannot see irony, nor who is meant by a description of which the article has not said
    whom it describes; two actors that share a wording are told apart by which was named last.
    """
    spoken = [language for language in LANGUAGES if language in set(reading.articles["language"])]
    compiled = {language: compile_wordings(codebook, language, world=unlisted) for language in spoken}
    sentences = dict(tuple(reading.sentences.groupby("article_id", sort=False)))
    rows: list[dict[str, Any]] = []
    articles = reading.articles
    for article_id, text, language in zip(articles["article_id"], articles["text"], articles["language"], strict=True):
        if language in compiled and article_id in sentences:
            read, wordings = sentences[article_id], compiled[language]
            spans = list(zip(read["start"].tolist(), read["end"].tolist(), strict=True))
            scene = make_scene(
                text, spans, reading.docs[article_id], language,
                places=wordings.places, people=wordings.people, countries=wordings.countries,
            )  # fmt: skip
            matcher = Matcher(scene, wordings, metonyms=metonyms, places=places)
            rows += _find_in_article(
                str(article_id), scene, matcher, spans, read["sentence_id"].tolist(),
                unlisted=unlisted, nominals=nominals and unlisted,
            )  # fmt: skip
    return make_table("mentions", rows)


def _find_in_article(
    article_id: str, scene: Scene, matcher: Matcher, spans: Sequence[tuple[int, int]], ids: Sequence[int], *,
    unlisted: bool, nominals: bool,
) -> Iterable[dict[str, Any]]:  # fmt: skip
    text = scene.text
    found = matcher.match()
    if unlisted and scene.doc.has_annotation("ENT_IOB"):
        found += find_entities(scene, found, places=matcher.places)
    elif unlisted:
        found += find_unlisted(scene, found)
    found.sort()
    resolved = _resolve_brackets(text, found)
    if nominals:
        taken = [(match.start, match.end) for match in [*found, *(match for match, _ in resolved)]]
        found += find_actor_phrases(scene, taken)
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
