"""Mentions: every place where an actor is named, described or meant by a metonym.

Reads a `Reading` and a `Codebook`; returns the table ``mentions``. The codebook's wording comes first, then the
countries of the world, names that no codebook lists (by the reading's entities), what an editor's bracket explains
(``die man (Trump, red.)``), and descriptions. What pronouns and descriptions point back to is for
`analysis.coding.coreference.resolve`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from analysis.codebook.entries import LANGUAGES
from analysis.codebook.load import Codebook
from analysis.coding.language.tokens import any_of
from analysis.coding.mentions.article import Mention, make_article, number_mentions
from analysis.coding.mentions.codebook import Matcher
from analysis.coding.mentions.entities import find_entities
from analysis.coding.mentions.phrases import find_actor_phrases
from analysis.coding.mentions.wordings import compile_wordings
from analysis.contracts.tables import group_rows, make_table
from analysis.contracts.words import load_both
from analysis.reading import Reading

_BRACKET = re.compile(
    rf"[(\[](?P<name>[^()\[\]\n]{{2,60}}?)\s*[,.;–-]\s*{any_of(load_both('descriptions', 'editors'))}\.?\s*[)\]]"
)
_PRONOUN = re.compile(rf"\b{any_of(load_both('descriptions', 'pronouns'))}\Z", re.IGNORECASE)
_DESCRIPTION = re.compile(rf"\b{any_of(load_both('descriptions', 'openers'))}(?:\s+[\w-]+){{1,3}}\Z", re.IGNORECASE)
_REACH = 60
"""Characters before a bracket in which the phrase that it explains may begin."""


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
        Articles and their sentences. Articles in a language that is not coded get no rows.
    codebook : Codebook
        Actors with their wording per language.
    metonyms : bool
        Whether a place may stand for its government (``Washington reageerde``).
    unlisted : bool
        Whether names that the codebook does not list become ``unlisted:<name>`` actors, and countries ``world:<code>``.
        Only a reading with entities finds them: with ``reading="rules"`` the codebook's wording is all that is found.
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
        ``entity_name``, ``entity_last_name``, ``entity_short_name``, ``editor_bracket``, ``actor_phrase``, with
        `places` ``place_name`` and ``place_adjective``. ``antecedent_id`` is filled by ``editor_bracket``. Pronouns and
        descriptions that refer back (``hij``, ``de minister``) are not among them: `resolve_pronouns` adds those.

    Notes
    -----
    Longest match, whole words. It cannot see irony, nor who is meant by a description of which the article has not said
    whom it describes; two actors that share a wording are told apart by which was named last.
    """
    spoken = [language for language in LANGUAGES if language in set(reading.articles["language"])]
    wordings = {language: compile_wordings(codebook, language, world=unlisted) for language in spoken}
    sentences = group_rows(reading.sentences, "article_id")
    rows: list[dict[str, Any]] = []
    articles = reading.articles
    for article_id, text, language in zip(articles["article_id"], articles["text"], articles["language"], strict=True):
        if language in wordings and article_id in sentences:
            spans = [(row.start, row.end) for row in sentences[article_id]]
            article = make_article(text, reading.docs[article_id], spans, wordings[language])
            matcher = Matcher(article, metonyms=metonyms, places=places)
            found = _find_in_article(matcher, unlisted=unlisted, nominals=nominals and unlisted)
            rows += number_mentions(str(article_id), text, sentences[article_id], found.items())
    return make_table("mentions", rows)


def _find_in_article(matcher: Matcher, *, unlisted: bool, nominals: bool) -> dict[Mention, Mention | None]:
    """Mentions, each with its antecedent."""
    article = matcher.article
    found = matcher.match()
    if unlisted and article.has_entities:
        found = sorted([*found, *find_entities(article, found, places=matcher.places)])
    explained = dict(_resolve_brackets(article.text, found))
    if nominals:
        found += find_actor_phrases(article, [(mention.start, mention.end) for mention in [*found, *explained]])
    return {**dict.fromkeys(found), **explained}


def _resolve_brackets(text: str, found: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Phrases that an editor's bracket explains, each with the mention inside the bracket."""
    for bracket in _BRACKET.finditer(text):
        inside = [m for m in found if bracket.start("name") <= m.start and m.end <= bracket.end("name")]
        if not inside:
            continue
        line = text.rfind("\n", 0, bracket.start()) + 1
        start = max([line, bracket.start() - _REACH, *(m.end for m in found if m.end <= bracket.start())])
        before = text[start : bracket.start()].rstrip()
        phrase, form = _PRONOUN.search(before), "pronoun"
        if phrase is None:
            phrase, form = _find_shortest(before), "nominal"
        if phrase is None:
            continue
        span = (start + phrase.start(), start + phrase.end())
        if not any(m.start < span[1] and span[0] < m.end for m in found):
            yield Mention(*span, inside[0].actor_id, form, "editor_bracket", -1, -1), inside[0]


def _find_shortest(before: str) -> re.Match[str] | None:
    """The last determiner with the words up to the bracket."""
    match, position = None, 0
    while (later := _DESCRIPTION.search(before, position)) is not None:
        match, position = later, later.start() + 1
    return match
