"""Parts of names: particles that open a sentence, ``van`` after a name, and names of streets.

Reads the words of an article; returns yes or no. Capitals at the beginning of a sentence prove nothing, so the
rest of the article is asked first. It cannot tell ``De Bruin`` from a bruin; there a list of family names decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from analysis.coding.language.tokens import (
    PARTICLES,
    TITLES,
    Word,
    any_of,
    are_adjacent,
    function_words,
    is_capitalised,
)
from analysis.contracts.words import load_both

ORGANISATIONS = load_both("organisations", "organisation_nouns")
SURNAME_PARTICLES = load_both("names", "surname_particles")
"""Particles that begin a surname wherever they stand; ``Al`` and ``Ben`` are first names as well."""
FIRST_PARTICLES = load_both("names", "opening_particles")
_SURE_PARTICLES = load_both("names", "sure_particles")
_LASTING_PARTICLES = load_both("names", "lasting_particles")
"""Those that keep their small letter where the surname stands alone (``bin Laden``)."""
ROUTE = load_both("names", "route_words")
"""Words that show an initial ``Van`` to be where a way begins (``Van Utrecht naar Zwolle``)."""
_DE_NAMES = load_both("names", "surnames_after_de")
"""What commonly follows ``De`` in a family name; elsewhere an initial ``De`` is an article until shown otherwise."""
_STREET = re.compile(rf"\A(?!Ver).{{2,}}{any_of(load_both('names', 'street_endings'))}\Z")
_STREET_WORD = load_both("names", "street_words")
_SURE_STREET_WORD = load_both("names", "sure_street_words")
_STREET_OPENER = load_both("names", "street_openers")
_STREET_ADJECTIVE = load_both("names", "street_adjectives")
_OF = load_both("titles", "portfolio_prepositions")
_AND = load_both("titles", "portfolio_conjunctions")


def find_last_names(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """How a person of this name is called by last name.

    Examples
    --------
    >>> find_last_names(("Hanneke", "van", "der", "Berg"))
    [('Van', 'der', 'Berg')]
    >>> find_last_names(("Adil", "Abdul", "Mahdi"))
    [('Abdul', 'Mahdi'), ('Mahdi',)]
    >>> find_last_names(("Van", "Loon"))
    []
    """
    if len(words) < 2 or words[0].lower() in SURNAME_PARTICLES:
        return []
    first = next((i for i, word in enumerate(words) if i and word.lower() in PARTICLES), None)
    if first is not None and first < len(words) - 1:
        tail = words[first:]
        capital = (tail[0][0].upper() + tail[0][1:], *tail[1:])
        return [tail, capital] if tail[0] in _LASTING_PARTICLES else [capital]
    tails = [words[i:] for i in range(1, len(words))]
    last = words[-1]
    if last[:3].lower() in ("al-", "el-"):
        tails += [(last[0].upper() + last[1:],), (last[3:],)]
    return tails


def write_person(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The ways to write a person's name: its particle as in the Netherlands and as in Belgium, or alone.

    Examples
    --------
    >>> write_person(("Klaas", "van", "Loon"))
    [('Klaas', 'van', 'Loon'), ('Klaas', 'Van', 'Loon')]
    >>> write_person(("Van", "Loon"))
    [('Van', 'Loon'), ('van', 'Loon')]
    >>> write_person(("Poot",))
    [('Poot',)]
    """
    for n, word in enumerate(words[:-1]):
        if word.lower() in SURNAME_PARTICLES:
            other = (word[0].upper() if word[0].islower() else word[0].lower()) + word[1:]
            return [words, (*words[:n], other, *words[n + 1 :])]
    return [words]


def is_family_name(text: str, words: Sequence[Word], i: int, k: int, stop: int, language: str) -> bool:
    """Whether a particle that opens a sentence begins a name (``Van Loon zweeg``) or is a word (``De Raad zweeg``)."""
    particle, head = words[i].text, words[k].text
    follows = words[k + 1].text if k + 1 < stop and are_adjacent(text, words[k], words[k + 1]) else ""
    if language == "en":
        return particle != "Ten" or k > i + 1
    if k > i + 1 or particle in _SURE_PARTICLES:
        return True
    if follows in ROUTE or head.lower() in ROUTE or sum(letter.isupper() for letter in head) > 1:
        return False
    is_named_in_full = False
    for before, middle, last in zip(words[:-2], words[1:-1], words[2:], strict=True):
        if last.text == head and middle.start != words[i].start and text[before.end : middle.start] in (" ", "\xa0"):
            has_first_name = is_capitalised(before.text) and before.text.lower() not in function_words(language)
            is_named_in_full |= middle.text == particle or (middle.text == particle.lower() and has_first_name)
    if is_named_in_full or particle == "Ten":
        return True
    if particle == "De":
        return head in _DE_NAMES and re.search(rf"\b(?:[Dd]e {head.lower()}|de {head})\b", text) is None
    is_bare = any(c.text == head and b.text.lower() not in PARTICLES for b, c in pairwise(words))
    return not is_bare  # Van Rutte hoorde niemand iets, where Rutte is named elsewhere


def is_street(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a run of capitals is a street or square (``Kanaalstraat``, ``Lange Kade``, ``Park Avenue``)."""
    if _STREET.match(words[last].text) or (first < last and words[first].text in _STREET_OPENER):
        return True
    if words[last].text not in _STREET_WORD or first == last:
        return False
    return words[last].text in _SURE_STREET_WORD or words[last - 1].text in _STREET_ADJECTIVE


def is_affiliation(text: str, words: Sequence[Word], n: int, last: int) -> bool:
    """Whether ``van`` names whom somebody belongs to (``Dijkstra van de VVD``) rather than being part of a name."""
    head = words[n].text
    if (
        sum(letter.isupper() for letter in head) > 1
        or head.lower() in ORGANISATIONS
        or words[n - 1].text == "het"
        or is_street(words, n, n)
    ):
        return True
    surname = words[last].text  # after Jan Dijkstra, Dijkstra is no first name
    return any(
        b.text == surname and is_capitalised(a.text) and text[a.end : b.start] == " " for a, b in pairwise(words[:last])
    )


def take_title(text: str, words: Sequence[Word], i: int, floor: int, language: str) -> int:
    """Index of the first word of the title before a name at `i`, or `i` where there is none.

    Notes
    -----
    ``premier``, ``minister van Landbouw``, ``PvdA-Kamerlid``, ``oud-president``, ``Prime Minister``.
    """
    titles = TITLES.get(language, frozenset())

    def is_title(k: int) -> bool:
        lowered = words[k].text.lower().rstrip(".")
        return lowered in titles or lowered.rpartition("-")[2] in titles

    first = i
    while first - 1 >= floor and are_adjacent(text, words[first - 1], words[first]) and is_title(first - 1):
        first -= 1
    if first == i:
        for k in range(i - 2, max(floor - 1, i - 6), -1):
            if not all(are_adjacent(text, words[n], words[n + 1]) for n in range(k, i)):
                break
            inner = words[k + 1 : i]
            if inner[0].text in _OF and is_title(k):
                portfolio = inner[1:]
                if portfolio and all(w.text[0].isupper() or w.text in _AND for w in portfolio):
                    return k
                break
    return first
