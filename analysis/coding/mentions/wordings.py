"""The wording of a codebook, compiled for matching: every form of every wording by its first word.

Reads a `Codebook`, and if asked for the countries of the world that it does not list; returns `Wordings` of one
language. Names keep their capitals, descriptions do not; last names are derived from names, the forms of descriptions
and demonyms from the rules of `inflect`, those of the world's demonyms from its own list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.codebook.load import Codebook, Wording
from analysis.codebook.world import demonym_readings, exceptions, unsure_words, world_actors
from analysis.coding.language.inflection import inflect_demonym, inflect_phrase
from analysis.coding.language.tokens import split_words
from analysis.coding.mentions.names import SURNAME_PARTICLES, find_last_names, write_person

NAME, LAST_NAME, NOMINAL, DEMONYM, METONYM = "name", "last_name", "nominal", "demonym", "metonym"
BARE, SURNAME = "bare", "surname"
"""A person listed by surname: the only wording, or beside a fuller one."""
WORLDLY, UNSURE = "worldly", "unsure"
"""A country that the codebook does not list: by a word that is surely its own, or by one that needs support."""
NOBODY = ""
"""The actor of a longer name that holds a country's word and means something else (``New Mexico``)."""
ORDER = {kind: order for order, kind in enumerate((NAME, NOMINAL, METONYM, LAST_NAME, DEMONYM))}


class Entry(NamedTuple):
    """One wording: its words, actor, kind, and its reading.

    `reading` is for a demonym whether it means people or an adjective; for a person's name `BARE`, `SURNAME` or empty.
    `world` is `WORLDLY` or `UNSURE` for a country that the codebook does not list, else empty.
    """

    words: tuple[str, ...]
    actor_id: str
    kind: str
    reading: str = ""
    world: str = ""


@dataclass(frozen=True)
class Wordings:
    """Compiled wordings of one language, by first word; `exact` keeps capitals, `lower` does not."""

    language: str
    exact: Mapping[str, tuple[Entry, ...]]
    lower: Mapping[str, tuple[Entry, ...]]
    people: frozenset[str]
    places: frozenset[str] = field(default_factory=frozenset)
    countries: frozenset[str] = field(default_factory=frozenset)


def compile_wordings(  # noqa: PLR0912  one loop a kind of wording
    codebook: Codebook, language: str, *, world: bool = False
) -> Wordings:
    """Compile a codebook's wording of one language into dictionaries by first word.

    Parameters
    ----------
    codebook : Codebook
        Its actors may lack wording in `language`; they are then never found.
    language : str
        ``nl`` or ``en``.
    world : bool
        Whether to add the countries of the world that the codebook does not list.

    Returns
    -------
    Wordings
    """
    exact: dict[str, list[Entry]] = {}
    lower: dict[str, list[Entry]] = {}
    places: set[str] = set()
    claimed: set[tuple[str, ...]] = set()
    derived: list[Entry] = []
    for actor in codebook.actors.values():
        wording = actor.wording.get(language)
        if wording is None:
            continue
        keys = [_key(name) for name in wording.names]
        for words in keys:
            claimed.add(words)
            if actor.type != "person":
                _add(exact, Entry(words, actor.id, NAME))
                continue
            reading = _read_person(words, keys)
            for shape in write_person(words):
                _add(exact, Entry(shape, actor.id, NAME, reading))
            derived += [Entry(last, actor.id, LAST_NAME) for last in find_last_names(words)]
        for nominal in wording.nominals:
            for form in inflect_phrase(nominal, language):
                _add(lower, Entry(_key(" ".join(form), lower=True), actor.id, NOMINAL))
        for demonym in wording.demonyms:
            for demonymic, meaning in inflect_demonym(demonym, language).items():
                _add(exact, Entry(_key(demonymic), actor.id, DEMONYM, meaning))
        for metonym in wording.metonyms:
            words = _key(metonym)
            places.update(words)
            _add(exact, Entry(words, actor.id, METONYM))
    for entry in derived:
        if entry.words not in claimed:
            _add(exact, entry)
    countries = _compile_world(codebook, language) if world else []
    for entry in countries:
        _add(exact, entry)
    return Wordings(
        language=language,
        exact=_freeze(exact),
        lower=_freeze(lower),
        people=frozenset(actor.id for actor in codebook.actors.values() if actor.type == "person"),
        places=frozenset(places),
        countries=frozenset(" ".join(entry.words) for entry in countries),
    )


def _compile_world(codebook: Codebook, language: str) -> list[Entry]:
    """Entries of the countries that a codebook does not list; every form of a demonym is listed in the world."""
    unsure, readings = unsure_words(language), demonym_readings(language)
    entries = [Entry(_key(name), NOBODY, NAME, world=WORLDLY) for name in sorted(exceptions(language))]
    for actor in world_actors(codebook):
        wording = actor.wording.get(language, Wording())
        for kind, words in ((NAME, wording.names), (DEMONYM, wording.demonyms), (METONYM, wording.metonyms)):
            entries += [
                Entry(
                    _key(word), actor.id, kind, readings[word] if kind == DEMONYM else "",
                    UNSURE if word in unsure else WORLDLY,
                )
                for word in words
            ]  # fmt: skip
    return entries


def _key(wording: str, *, lower: bool = False) -> tuple[str, ...]:
    words = tuple(word.text.replace("’", "'") for word in split_words(wording)) or (wording,)
    return tuple(word.lower() for word in words) if lower else words


def _add(index: dict[str, list[Entry]], entry: Entry) -> None:
    entries = index.setdefault(entry.words[0], [])
    if entry not in entries:
        entries.append(entry)


def _freeze(index: dict[str, list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    return {first: tuple(sorted(group, key=lambda e: (-len(e.words), ORDER[e.kind]))) for first, group in index.items()}


def _read_person(words: tuple[str, ...], keys: Sequence[tuple[str, ...]]) -> str:
    """Whether a person's wording is a surname, and if so whether another of `keys` puts a first name before it."""
    if len(words) > 1 and words[0].lower() not in SURNAME_PARTICLES:
        return ""
    tail = " ".join(words).lower()
    has_fuller = any(len(key) > len(words) and " ".join(key[-len(words) :]).lower() == tail for key in keys)
    return SURNAME if has_fuller else BARE
