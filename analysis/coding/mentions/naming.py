"""Who an unlisted name is: the fullest name of the article that it shortens, with the title before it.

Reads the names of an article; returns them as mentions with an ``unlisted:<name>`` actor. A last name is the fullest
name that ends in it; an organisation may be called by its initials (``OM``), without its legal form, or by a part of
its name (``Northrop``). Two people of one last name in one article are not told apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from analysis.coding.mentions.article import Article, Mention
from analysis.coding.mentions.names import ORGANISATIONS, take_title
from analysis.coding.mentions.wordings import LAST_NAME, NAME
from analysis.coding.syntax.participants import GOVERNMENT, ORGANISATION, PERSON
from analysis.contracts.schema import UNLISTED
from analysis.contracts.words import load_both

_LEGAL = load_both("organisations", "legal_forms")
_SMALL = load_both("organisations", "left_out_of_initials")
_NOUN = 3
"""Letters that the noun of a compound has more than (``Delta-vloot``, not ``Al-Asad``)."""


class Name(NamedTuple):
    """Words that are a name: the first and last, its type, and the first word of a title that is known already."""

    first: int
    last: int
    kind: str
    title: int | None = None


def slug(name: str) -> str:
    """``Karel Poot`` -> ``karel_poot``: ASCII, lower case, words joined by ``_``."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", ""))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_") or re.sub(r"\W+", "_", name.lower()).strip("_")


def identify(
    article: Article, names: Sequence[Name], covered: Collection[int], taken: Sequence[Mention]
) -> list[Mention]:
    """Give each name its actor.

    Parameters
    ----------
    article : Article
        The article.
    names : sequence of Name
        In text order, without overlap.
    covered : collection of int
        Words that belong to other mentions.
    taken : sequence of Mention
        Of listed actors, whose initials may stand for them: ``Openbaar Ministerie (OM)``.

    Returns
    -------
    list of Mention
        One per name, in text order. ``rule`` is ``entity_name``, ``entity_last_name`` or ``entity_short_name``.
    """
    plain = _write_plain(article, names)
    last_names = _find_last_names(names, plain)
    short_names = _find_short_names(article, names, plain)
    listed = _find_listed(article, taken)
    found, floor = [], 0
    for name in names:
        written = plain[name]
        fullest = last_names.get(written) or short_names.get(written, written)
        first = take_title(article, name.first, max(floor, article.starts[article.sentence_of(name.first)]))
        first = max(floor, first if name.title is None else min(first, name.title))
        first = max([first, *(k + 1 for k in range(first, name.first) if k in covered)])
        actor_id, rule = UNLISTED + slug(fullest), NAME
        if written in last_names:
            rule = LAST_NAME
        elif fullest != written or written in listed:
            rule, actor_id = "short_name", listed.get(fullest, actor_id)
        form = "title" if first < name.first else NAME
        span = article.words[first].start, article.words[name.last].end
        found.append(Mention(*span, actor_id, form, f"entity_{rule}", first, name.last))
        floor = name.last + 1
    return found


def head_of_compound(name: str) -> str:
    """What stands before the noun of a compound; empty for what is none.

    Examples
    --------
    >>> head_of_compound("Delta-vloot"), head_of_compound("Al-Asad"), head_of_compound("Delta")
    ('Delta', '', '')
    """
    head, hyphen, tail = name.rpartition("-")
    return head if hyphen and len(tail) > _NOUN and tail.islower() else ""


def _write_plain(article: Article, names: Sequence[Name]) -> dict[Name, str]:
    """Names without genitive, without the noun of a compound, and initials spelt one way (``U.S.``, ``US``)."""
    plain = {name: article.cut(name.first, name.last) for name in names}
    written = set(plain.values())
    for name, full in plain.items():
        base = re.sub(r"(?:['’]s|s)\Z", "", full).rstrip()
        head = head_of_compound(full)
        if base and base != full and (base in written or full.endswith(("'s", "’s"))):
            plain[name] = base
        elif name.kind != PERSON and head in written:
            plain[name] = head
    spelt: dict[str, str] = {}
    for full in sorted(set(plain.values())):
        spelt.setdefault(full.replace(".", ""), full)
    return {name: spelt[full.replace(".", "")] for name, full in plain.items()}


def _find_last_names(names: Sequence[Name], plain: Mapping[Name, str]) -> dict[str, str]:
    """Last names, and nouns that end an organisation's name (``Commissie``), each with the fullest name."""
    others = {plain[name] for name in names if name.kind != PERSON}
    full: dict[str, str] = {}
    for name in sorted(set(plain.values()), key=lambda name: (len(name), name)):
        parts = re.split(r"[\s\xa0]+", name)
        for n in range(1, len(parts)):
            tail = " ".join(parts[n:])
            if name not in others or tail.lower() in ORGANISATIONS:
                full[tail[0].upper() + tail[1:]] = name
    return full


def _find_short_names(article: Article, names: Sequence[Name], plain: Mapping[Name, str]) -> dict[str, str]:
    """Short names of organisations, each with the one name of the article that it shortens.

    Bracketed initials are surest, then a legal form that is left out, then initials, then a part; where the surest
    reason speaks for several names, the short name stays alone.
    """
    organisations = sorted({plain[name] for name in names if name.kind in (ORGANISATION, GOVERNMENT)})
    reasons: tuple[dict[str, set[str]], ...] = ({}, {}, {}, {})
    for name in organisations:
        for rank, short in _shorten(name):
            reasons[rank].setdefault(short, set()).add(name)
    for left, right in pairwise(names):
        gap = article.text[article.words[left.last].end : article.words[right.first].start]
        if gap in (" (", " (‘") and left.kind != PERSON and _is_alias(plain[right], plain[left], left.kind):
            spelt_out = reasons[2].get(plain[right], set()) - {plain[left]}
            is_foreign = spelt_out and not _abbreviates(plain[right], plain[left])
            reasons[0][plain[left] if is_foreign else plain[right]] = spelt_out if is_foreign else {plain[left]}
    found = {}
    for short in {*organisations, *filter(_is_acronym, plain.values())}:
        longer = next((others for reason in reasons if (others := reason.get(short, set()) - {short})), set())
        longer = longer - {one for one in longer if reasons[1].get(one, set()) & longer}
        if len(longer) > 1:
            longer = {one for one in longer if any(map(_is_legal, one.split()))}
        if len(longer) == 1:
            found[short] = next(iter(longer))
    return {short: _follow(found, short) for short in found}


def _shorten(name: str) -> Iterator[tuple[int, str]]:
    """Ways to shorten an organisation's name, each with its rank."""
    words = name.split()
    core = [word for word in words if not _is_legal(word)]
    if 0 < len(core) < len(words):
        yield 1, " ".join(core)
    if len(words) > 1:
        yield 2, _initials(name)
        yield 3, words[0]
        for n in range(1, len(words) - 1):
            yield 3, " ".join(words[n:])


def _is_legal(word: str) -> bool:
    return word.rstrip(".").lower() in _LEGAL


def _is_alias(short: str, name: str, kind: str) -> bool:
    """Whether bracketed initials are those of the name before, or of its name in another language."""
    return _abbreviates(short, name) or (kind in (ORGANISATION, GOVERNMENT) and _is_acronym(short) and " " in name)


def _follow(found: Mapping[str, str], name: str) -> str:
    """The name that a name leads to, over others if need be."""
    seen = {name}
    while name in found and found[name] not in seen:
        name = found[name]
        seen.add(name)
    return name


def _find_listed(article: Article, taken: Sequence[Mention]) -> dict[str, str]:
    """Initials of the names of listed actors that are no persons, each with its actor."""
    found: dict[str, set[str]] = {}
    for mention in taken:
        name = article.text[mention.start : mention.end]
        if mention.form in ("name", "nominal") and mention.actor_id not in article.wordings.people and " " in name:
            found.setdefault(_initials(name), set()).add(mention.actor_id)
    return {short: next(iter(actors)) for short, actors in found.items() if len(short) > 1 and len(actors) == 1}


def _initials(name: str) -> str:
    return "".join(word[0].upper() for word in name.split() if word[0].isalpha() and word not in _SMALL)


def _is_acronym(name: str) -> bool:
    return 2 <= len(name) <= 8 and name.isupper() and name.isalpha()


def _abbreviates(short: str, name: str) -> bool:
    """Whether the letters of an acronym stand in this order in a name and begin it."""
    letters = iter(name.lower())
    return _is_acronym(short) and name[:1].lower() == short[:1].lower() and all(c in letters for c in short.lower())
