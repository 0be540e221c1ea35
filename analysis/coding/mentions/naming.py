"""Who an unlisted name is: the fullest name of the article that ends in it, with the title before it.

Reads runs of words that are names; returns them as spans with an ``unlisted:<name>`` actor. Serves the names found by
their capitals and those found by a reading's entities. Two people of one last name in one article are not told apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from analysis.coding.language.tokens import Word, are_adjacent
from analysis.coding.mentions.names import ORGANISATIONS, take_title
from analysis.coding.mentions.organisations import short_part
from analysis.coding.mentions.scene import Found, Scene
from analysis.coding.mentions.wordings import LAST_NAME
from analysis.contracts.schema import UNLISTED
from analysis.contracts.words import load_both

_LEGAL = load_both("organisations", "legal_forms")
_NOUN = 3
"""Letters that the noun of a compound has more than (``Delta-vloot``, not ``Al-Asad``, ``Jan-de``)."""
_SMALL = load_both("organisations", "left_out_of_initials")


class Run(NamedTuple):
    """A run of words that is a name, by the indices of its words.

    `is_loose` when only its place in the sentence may explain its capitals; `is_whole` when only a common noun at its
    end (``Europese Commissie``, ``Commissie``) may stand for all of it; `title` is the first word of its title;
    `is_organisation` when a part of it, or its initials, may stand for it (``Northrop Grumman``, ``Northrop``).
    """

    first: int
    last: int
    is_loose: bool
    is_place: bool
    sentence: int
    is_inside: bool = False
    is_whole: bool = False
    title: int | None = None
    is_organisation: bool = False


def slug(name: str) -> str:
    """``Karel Poot`` -> ``karel_poot``: ASCII, lower case, words joined by ``_``."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", ""))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_") or re.sub(r"\W+", "_", name.lower()).strip("_")


def name_runs(
    scene: Scene, runs: Sequence[Run], covered: Collection[int], *, rule: str, taken: Sequence[Found] = ()
) -> list[Found]:
    """Give each run its actor.

    Parameters
    ----------
    scene : Scene
        The article.
    runs : sequence of Run
        In text order, without overlap.
    covered : collection of int
        Words that belong to other mentions.
    rule : str
        What found the runs: the rows' `rule` is this followed by ``_name``, ``_last_name`` or ``_short_name``.
    taken : sequence of Found
        Mentions of listed actors, whose initials or short part may stand for them: ``Openbaar Ministerie (OM)``.

    Returns
    -------
    list of Found
        One per run, in text order.
    """
    text, words = scene.text, scene.words
    plain = {run: text[words[run.first].start : words[run.last].end] for run in runs}
    names = set(plain.values())
    for run, name in plain.items():
        base = re.sub(r"(?:['’]s|s)\Z", "", name).rstrip()
        head = head_of_compound(name)
        if base and base != name and (base in names or name.endswith(("'s", "’s"))):
            plain[run] = base
        elif run.is_whole and head in names:
            plain[run] = head
    whole = {plain[run] for run in runs if run.is_whole}
    full: dict[str, str] = {}
    for name in sorted(set(plain.values()), key=lambda name: (len(name), name)):
        parts = re.split(r"[\s\xa0]+", name)
        for n in range(1, len(parts)):
            tail = " ".join(parts[n:])
            if name not in whole or tail.lower() in ORGANISATIONS:
                full[tail[0].upper() + tail[1:]] = name
    short = _shorten(scene, runs, plain)
    listed = _find_listed(scene, taken)
    found, floor = [], 0
    for run in runs:
        name = plain[run]
        fullest = full.get(name) or short.get(name, name)
        first = take_title(text, words, run.first, max(floor, scene.starts[run.sentence]), scene.language)
        first = max(floor, min(first, run.first if run.title is None else run.title))
        first = max([first, *(k + 1 for k in range(first, run.first) if k in covered)])
        kind = "name" if fullest == name else "short_name" if name in short and name not in full else LAST_NAME
        actor_id = UNLISTED + slug(fullest)
        if fullest == name and name in listed:
            actor_id, kind = listed[name], "short_name"
        form = "title" if first < run.first else "name"
        span = words[first].start, words[run.last].end
        found.append(Found(*span, actor_id, form, f"{rule}_{kind}", first, run.last))
        floor = run.last + 1
    return found


def _shorten(scene: Scene, runs: Sequence[Run], plain: Mapping[Run, str]) -> dict[str, str]:
    """Short names of organisations, each with the one name of the article that it is a part or the initials of.

    Bracketed initials are surest, then a legal form that is left out, then initials, then a part; a surer reason that
    speaks for several names leaves the name alone.
    """
    reasons: tuple[dict[str, set[str]], ...] = ({}, {}, {}, {})
    bracketed, legal, initials, parts = reasons
    organisations = {plain[run] for run in runs if run.is_organisation}
    spelled = _spell_alike(organisations)
    for name in sorted({plain[run] for run in runs if run.is_organisation or run.is_whole}):
        words = name.split()
        core = [word for word in words if not _is_legal(word)]
        if 0 < len(core) < len(words):
            legal.setdefault(" ".join(core), set()).add(name)
        if len(words) < 2 or name not in organisations:
            continue
        parts.setdefault(words[0], set()).add(name)
        for n in range(1, len(words) - 1):
            parts.setdefault(" ".join(words[n:]), set()).add(name)
        if part := short_part(scene, words):
            parts.setdefault(part, set()).add(name)
        initials.setdefault(_initials(name), set()).add(name)
    for left, right in pairwise(runs):
        gap = scene.text[scene.words[left.last].end : scene.words[right.first].start]
        name, short = plain[left], plain[right]
        if gap in (" (", " (‘") and left.is_whole and _is_alias(short, name, is_organisation=left.is_organisation):
            others = initials.get(short, set()) - {name}
            if others and not _abbreviates(short, name):
                bracketed[name] = others  # de Amerikaanse Rekenkamer (GAO)
            else:
                bracketed[short] = {name}
    found = dict(spelled)
    for name in sorted(organisations | {plain[run] for run in runs if _is_acronym(plain[run])}):
        longer = next((given for reason in reasons if (given := reason.get(name, set()) - {name})), set())
        longer = {spelled.get(one, one) for one in longer} - {name}
        longer -= {one for one in longer if legal.get(one, set()) & longer}
        if len(longer) > 1:
            longer = {one for one in longer if any(_is_legal(word) for word in one.split())}
        if len(longer) == 1:
            found[name] = next(iter(longer))
    return {name: _follow(found, name) for name in found}


def _is_legal(word: str) -> bool:
    return word.rstrip(".").lower() in _LEGAL


def _spell_alike(names: Collection[str]) -> dict[str, str]:
    """Names that differ in the full stops of their initials only (``U.S. Air Force``), each with the first of them."""
    same: dict[str, list[str]] = {}
    for name in sorted(names):
        same.setdefault(name.replace(".", ""), []).append(name)
    return {name: first for first, *others in same.values() for name in others}


def _is_alias(short: str, name: str, *, is_organisation: bool) -> bool:
    """Whether bracketed initials are those of the name before, or of its name in another language."""
    return _abbreviates(short, name) or (is_organisation and _is_acronym(short) and " " in name)


def _follow(found: Mapping[str, str], name: str) -> str:
    """The name that a name leads to, over others if need be."""
    seen = {name}
    while name in found and found[name] not in seen:
        name = found[name]
        seen.add(name)
    return name


def head_of_compound(name: str) -> str:
    """What stands before the noun of a compound; empty for what is none.

    Examples
    --------
    >>> head_of_compound("Delta-vloot"), head_of_compound("Al-Asad"), head_of_compound("Delta")
    ('Delta', '', '')
    """
    head, hyphen, tail = name.rpartition("-")
    return head if hyphen and len(tail) > _NOUN and tail.islower() else ""


def _find_listed(scene: Scene, taken: Sequence[Found]) -> dict[str, str]:
    """Initials and short parts of the names of listed actors that are no persons, each with its actor."""
    found: dict[str, set[str]] = {}
    for match in taken:
        name = scene.text[match.start : match.end]
        if match.form in ("name", "nominal") and match.actor_id not in scene.people and " " in name:
            for short in (_initials(name), short_part(scene, name.split())):
                found.setdefault(short or "", set()).add(match.actor_id)
    return {short: next(iter(actors)) for short, actors in found.items() if len(short) > 1 and len(actors) == 1}


def _initials(name: str) -> str:
    return "".join(word[0].upper() for word in name.split() if word[0].isalpha() and word not in _SMALL)


def _is_acronym(name: str) -> bool:
    return 2 <= len(name) <= 8 and name.isupper() and name.isalpha()


def _abbreviates(short: str, name: str) -> bool:
    """Whether the letters of an acronym stand in this order in a name and begin it."""
    letters = iter(name.lower())
    return _is_acronym(short) and name[:1].lower() == short[:1].lower() and all(c in letters for c in short.lower())


def is_first_name(text: str, words: Sequence[Word], last: int, people: Collection[int]) -> bool:
    """Whether the word after ``words[last]`` begins a listed person, so that a name before it is a part of theirs."""
    return last + 1 in people and are_adjacent(text, words[last], words[last + 1])


def find_people(taken: Sequence[Found], persons: Collection[str]) -> set[int]:
    """First words of the mentions that name one of `persons`, without a title."""
    return {match.first for match in taken if match.actor_id in persons and match.form == "name"}
