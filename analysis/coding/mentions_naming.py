"""Who an unlisted name is: the fullest name of the article that ends in it, with the title before it.

Reads runs of words that are names; returns them as spans with an ``unlisted:<name>`` actor. Serves the names found by
their capitals and those found by a reading's entities. Two people of one last name in one article are not told apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import NamedTuple

from analysis.coding.mentions_names import ORGANISATIONS, take_title
from analysis.coding.mentions_scene import Found, Scene
from analysis.coding.mentions_tokens import Word, are_adjacent
from analysis.coding.mentions_wordings import LAST_NAME
from analysis.schema import UNLISTED


class Run(NamedTuple):
    """A run of words that is a name, by the indices of its words.

    `is_loose` when only its place in the sentence may explain its capitals; `is_whole` when only a common noun at its
    end (``Europese Commissie``, ``Commissie``) may stand for all of it; `title` is the first word of its title.
    """

    first: int
    last: int
    is_loose: bool
    is_place: bool
    sentence: int
    is_inside: bool = False
    is_whole: bool = False
    title: int | None = None


def slug(name: str) -> str:
    """``Karel Poot`` -> ``karel_poot``: ASCII, lower case, words joined by ``_``."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", ""))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_") or re.sub(r"\W+", "_", name.lower()).strip("_")


def name_runs(scene: Scene, runs: Sequence[Run], covered: Collection[int], *, rule: str) -> list[Found]:
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
        What found the runs: the rows' `rule` is this followed by ``_name`` or ``_last_name``.

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
        if base and base != name and (base in names or name.endswith(("'s", "’s"))):
            plain[run] = base
    whole = {plain[run] for run in runs if run.is_whole}
    full: dict[str, str] = {}
    for name in sorted(set(plain.values()), key=lambda name: (len(name), name)):
        parts = re.split(r"[\s\xa0]+", name)
        for n in range(1, len(parts)):
            tail = " ".join(parts[n:])
            if name not in whole or tail.lower() in ORGANISATIONS:
                full[tail[0].upper() + tail[1:]] = name
    found, floor = [], 0
    for run in runs:
        name = plain[run]
        fullest = full.get(name, name)
        first = take_title(text, words, run.first, max(floor, scene.starts[run.sentence]), scene.language)
        first = min(first, run.first if run.title is None else run.title)
        first = max([first, *(k + 1 for k in range(first, run.first) if k in covered)])
        kind = "name" if fullest == name else LAST_NAME
        form = "title" if first < run.first else "name"
        span = words[first].start, words[run.last].end
        found.append(Found(*span, UNLISTED + slug(fullest), form, f"{rule}_{kind}", first, run.last))
        floor = run.last + 1
    return found


def is_first_name(text: str, words: Sequence[Word], last: int, people: Collection[int]) -> bool:
    """Whether the word after ``words[last]`` begins a listed person, so that a name before it is a part of theirs."""
    return last + 1 in people and are_adjacent(text, words[last], words[last + 1])


def find_people(taken: Sequence[Found], persons: Collection[str]) -> set[int]:
    """First words of the mentions that name one of `persons`, without a title."""
    return {match.first for match in taken if match.actor_id in persons and match.form == "name"}
