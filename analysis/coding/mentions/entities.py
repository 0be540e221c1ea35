"""Actors that no codebook lists, found by the entities of a reading.

Reads an article (its Doc's ``doc.ents``, and where the reading gives them ``doc.spans["actors"]``, tags and heads) and
the mentions found already; returns names with an ``unlisted:<name>`` actor. Entities are of the shipped model's types
or of spaCy's pipelines. A place is an actor only where it speaks or acts (``Parijs weigert``, ``sancties tegen
Teheran``). It inherits the reading's errors.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from spacy.tokens import Span

from analysis.coding.language.tokens import DETERMINERS, PLACE_PREPOSITIONS, is_never_actor
from analysis.coding.mentions.article import Article, Mention
from analysis.coding.mentions.names import FIRST_PARTICLES, SURNAME_PARTICLES, end_of_name, is_street, is_title
from analysis.coding.mentions.naming import Name, head_of_compound, identify
from analysis.coding.mentions.phrases import is_thing
from analysis.coding.mentions.places import is_metonym
from analysis.coding.syntax.participants import GOVERNMENT, GROUP, ORGANISATION, OTHER, PERSON, PLACE, kind_of

_NUMBERED = frozenset(("flat", "nummod", "nmod", "appos", "compound"))
_CODE = re.compile(r"\d{2,4}|(?:[A-Z]{1,3}-?)\d{1,4}[A-Z]{0,2}|\d{1,4}[A-Z]{1,2}")
_MODEL = re.compile(r"[A-Z]{1,4}-?\d{3,}\w*(?:-\w+)?")
"""The code of a product: ``A380``, ``GTX-1080``."""
_BETWEEN = 2
_TITLE_LENGTH = 4
_GENITIVE = 2
"""Letters that a word may have after the name in it (``Trump’s``); more make it another word (``VVD-plan``)."""


def find_entities(article: Article, taken: Sequence[Mention], *, places: bool = False) -> list[Mention]:
    """Named actors among the entities that `taken` does not cover.

    Parameters
    ----------
    article : Article
        The article.
    taken : sequence of Mention
        Mentions of the codebook's actors.
    places : bool
        Whether every place is an actor.

    Returns
    -------
    list of Mention
        In text order, without overlap with `taken` or each other.
    """
    covered = {k for mention in taken for k in range(mention.first, mention.last + 1)} | article.ignored
    adjectives = {m.last for m in taken if m.rule == "demonym_adjective"}
    people = {m.first for m in taken if m.actor_id in article.wordings.people and m.form == "name"}
    names: list[Name] = []
    for entity in _join_flat(article):
        span = article.find_words(entity)
        if span is None:
            continue
        first, last = span
        kind = _read_kind(entity)
        if kind == PERSON:
            last = _end_of_person(article, first, last)
        if kind is None or article.words[last].end - entity.end_char > _GENITIVE:
            continue
        first = max([first, *(name.last + 1 for name in names[-1:])])
        while first in adjectives:
            first += 1
        name = _trim(article, first, last, kind)
        if name is None or covered & set(range(name.first, last + 1)):
            continue
        if (last + 1 in people and article.adjoins(last)) or _is_nobody(article, name, entity, places=places):
            continue
        if (kind == PLACE and places) or _is_actor(article, name):
            names.append(name._replace(title=_find_title(article, name, covered)))
    return identify(article, _complete(article, names, covered), covered, taken)


def _join_flat(article: Article) -> list[Span]:
    """Entities in text order, joined where the tree reads two as one name (``Delta North America``)."""
    joined: list[Span] = []
    for entity in sorted(article.doc.ents, key=lambda ent: (ent.start_char, -ent.end_char)):
        if joined and _continues(joined[-1], entity):
            joined[-1] = Span(article.doc, joined[-1].start, entity.end, label=joined[-1].label_)
        else:
            joined.append(entity)
    return joined


def _continues(before: Span, entity: Span) -> bool:
    """Whether an entity is the rest of the name that the one before it begins."""
    between, root = entity.doc[before.end : entity.start], entity[0]
    if len(between) > _BETWEEN or not all(token.text == "&" or token.text[0].isupper() for token in between):
        return False
    is_person = PERSON in (kind_of(before), kind_of(entity))
    is_flat = root.dep_.startswith("flat") and before.start <= root.head.i < before.end
    return is_flat and not is_person and not head_of_compound(before[-1].text)


def _read_kind(entity: Span) -> str | None:
    """The kind of an entity; a place that the layer of actor phrases calls something else is that.

    What is of another kind must act, like a place.
    """
    kind = kind_of(entity)
    if kind not in (PLACE, OTHER):
        return kind
    same = (span for span in entity.doc.spans.get("actors", []) if (span.start, span.end) == (entity.start, entity.end))
    return next((other for other in map(kind_of, same) if other in (PERSON, GROUP, ORGANISATION)), PLACE)


def _end_of_person(article: Article, first: int, last: int) -> int:
    """Last word of a person's name without where they belong (``Anna de Vries van Dordrecht``)."""
    titles = [k for k in range(first, last) if is_title(article.words[k].text, article.language.code)]
    is_titled = bool(titles) or is_title(article.before(first), article.language.code)
    return end_of_name(article, titles[-1] + 1 if titles else first, last, is_titled=is_titled)


def _trim(article: Article, first: int, last: int, kind: str) -> Name | None:
    """The name without article and, for a person, without title; None where no name is left."""
    words, code = article.words, article.language.code
    is_person = kind == PERSON
    while first <= last and words[first].text.lower() in DETERMINERS:
        if is_person and first < last and words[first].text in FIRST_PARTICLES:
            break
        first += 1
    if is_person:
        titles = [k for k in range(first, last + 1) if is_title(words[k].text, code)]
        first = titles[-1] + 1 if titles and titles[-1] < last else first
        if titles == [first] == [last] and (words[last].text.islower() or article.after(last)[:1].isupper()):
            return None  # a title, whatever name the reading finds after it
    parts = [word.text for word in words[first : last + 1]]
    if not any(sign.isupper() for part in parts for sign in part):
        return None
    is_word = is_never_actor(parts[0]) or (article.is_function_word(parts[0]) and not parts[0].isupper())
    if len(parts) == 1 and is_word:
        return None
    return Name(first, last, kind)


def _is_nobody(article: Article, name: Name, entity: Span, *, places: bool) -> bool:
    """Whether a name is a place or country of the codebook, an adjective, a product, a thing or a street."""
    parts = [word.text for word in article.words[name.first : name.last + 1]]
    if any(part in article.wordings.places for part in parts) or _MODEL.fullmatch(parts[-1]):
        return True
    if len(parts) == 1 and name.kind != PERSON and article.token(name.last).pos_ == "ADJ":
        return True  # Amerikaans personeel
    if article.cut(name.first, name.last) in article.wordings.countries and not places:
        return True
    maker = head_of_compound(parts[-1])
    if maker and is_thing(parts[-1]) and not any(word.text == maker for word in article.words):
        return True  # FTSE-index, where nobody is called FTSE
    return name.kind != PERSON and (is_street(parts) or _is_numbered(article, name.last, entity))


def _is_numbered(article: Article, last: int, entity: Span) -> bool:
    """Whether the number or code of a product or a chapter belongs to a name: ``Boeing 787``, ``Chapter 11``."""
    if not _CODE.fullmatch(article.after(last)):
        return False
    token = article.token(last + 1)
    return token.dep_ in _NUMBERED and entity.start <= token.head.i < entity.end


def _is_actor(article: Article, name: Name) -> bool:
    """Whether a name of this type is somebody here."""
    floor, stop = article.bounds[article.sentence_of(name.first)]
    before = article.before(name.first, floor).lower()
    if before in DETERMINERS:
        before = article.before(name.first - 1, floor).lower()
    if name.kind == GOVERNMENT:
        is_bank = before == "bij" and name.first < name.last
        return is_bank or before not in PLACE_PREPOSITIONS[article.language.code]
    return name.kind != PLACE or is_metonym(article, name.first, name.last, floor, stop, is_seat=False)


def _find_title(article: Article, name: Name, covered: Collection[int]) -> int | None:
    """First of the common nouns that an actor phrase puts before a person's name (``viroloog Bos``)."""
    if name.kind != PERSON:
        return None
    start = article.words[name.first].start
    phrases = article.doc.spans.get("actors", [])
    opening = next((p.start_char for p in phrases if p.start_char < start < p.end_char), start)
    k = name.first
    while (
        article.before(k)
        and k - 1 not in covered
        and article.words[k - 1].start >= opening
        and name.first - k < _TITLE_LENGTH
        and article.token(k - 1).pos_ == "NOUN"
    ):
        k -= 1
    return k if k < name.first else None


def _complete(article: Article, names: Sequence[Name], covered: Collection[int]) -> list[Name]:
    """Give a name the words that the reading left out, where the article has it whole elsewhere.

    ``De`` before ``Vries``, as in ``Anna de Vries``; the first words of an organisation's name.
    """
    whole: set[str] = set()
    for name in names:
        parts = article.cut(name.first, name.last).split()
        if name.kind == PERSON:
            whole |= {" ".join(parts[n:]) for n in range(1, len(parts) - 1) if parts[n].lower() in SURNAME_PARTICLES}
        elif len(parts) > 1 and name.kind in (ORGANISATION, GOVERNMENT):
            whole.add(" ".join(parts))
    whole = {name.lower() for name in whole}
    taken = set(covered) | {k for name in names for k in range(name.first, name.last + 1)}
    completed = []
    for name in names:
        k = first = name.first
        while article.before(k) and k - 1 not in taken and name.first - k < _TITLE_LENGTH:
            k -= 1
            first = k if article.cut(k, name.last).lower() in whole else first
        completed.append(name._replace(first=first))
    return completed
