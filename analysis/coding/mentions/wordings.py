"""The wording of a codebook, compiled for matching: every form of every wording by its first word.

Reads a `Codebook`, and if asked for the countries of the world that it does not list; returns `Wordings` of one
language. Names keep their capitals, descriptions do not. Last names are derived from names, forms of descriptions and
demonyms by `analysis.coding.language.inflection`; the world lists the forms of its demonyms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analysis.codebook.load import Actor, Codebook, Wording
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
    """One wording: its words, actor and kind.

    `reading` says of a demonym whether it means people or is an adjective, of a person's name `BARE` or `SURNAME`.
    `world` is `WORLDLY` or `UNSURE` for a country that the codebook does not list.
    """

    words: tuple[str, ...]
    actor_id: str
    kind: str
    reading: str = ""
    world: str = ""


@dataclass(frozen=True)
class Wordings:
    """Compiled wordings of one language.

    Attributes
    ----------
    language : str
        Code of the language.
    exact, lower : mapping of str to tuple of Entry
        Entries by first word, the longest first; `exact` keeps capitals, descriptions in `lower` do not.
    people : frozenset of str
        Ids of the codebook's persons.
    places : frozenset of str
        Words that the codebook lists as metonyms: never unlisted actors.
    countries : frozenset of str
        Words of unlisted countries; where they are not matched as an actor they are none.
    """

    language: str
    exact: Mapping[str, tuple[Entry, ...]]
    lower: Mapping[str, tuple[Entry, ...]]
    people: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


def compile_wordings(codebook: Codebook, language: str, *, world: bool = False) -> Wordings:
    """Compile a codebook's wording of one language.

    Parameters
    ----------
    codebook : Codebook
        Actors without wording in `language` are never found.
    language : str
        Code of the language.
    world : bool
        Whether to add the countries of the world that the codebook does not list.

    Returns
    -------
    Wordings
    """
    listed = [entry for actor in codebook.actors.values() for entry in _compile_actor(actor, language)]
    claimed = {_key(name) for actor in codebook.actors.values() for name in _wording(actor, language).names}
    entries = [entry for entry in listed if entry.kind != LAST_NAME or entry.words not in claimed]
    countries = list(_compile_world(codebook, language)) if world else []
    named = [entry for entry in [*entries, *countries] if entry.kind != NOMINAL]
    return Wordings(
        language=language,
        exact=_index(named),
        lower=_index([entry for entry in entries if entry.kind == NOMINAL]),
        people=frozenset(actor.id for actor in codebook.actors.values() if actor.type == "person"),
        places=frozenset(word for entry in listed if entry.kind == METONYM for word in entry.words),
        countries=frozenset(" ".join(entry.words) for entry in countries),
    )


def _compile_actor(actor: Actor, language: str) -> Iterator[Entry]:
    wording = _wording(actor, language)
    keys = [_key(name) for name in wording.names]
    for words in keys:
        if actor.type != "person":
            yield Entry(words, actor.id, NAME)
            continue
        reading = _read_person(words, keys)
        for shape in write_person(words):
            yield Entry(shape, actor.id, NAME, reading)
        for last in find_last_names(words):
            yield Entry(last, actor.id, LAST_NAME)
    for nominal in wording.nominals:
        for form in sorted(inflect_phrase(nominal, language)):
            yield Entry(_key(" ".join(form).lower()), actor.id, NOMINAL)
    for demonym in wording.demonyms:
        for word, meaning in inflect_demonym(demonym, language).items():
            yield Entry(_key(word), actor.id, DEMONYM, meaning)
    for metonym in wording.metonyms:
        yield Entry(_key(metonym), actor.id, METONYM)


def _compile_world(codebook: Codebook, language: str) -> Iterator[Entry]:
    """Entries of the countries that a codebook does not list."""
    unsure, readings = unsure_words(language), demonym_readings(language)
    for name in sorted(exceptions(language)):
        yield Entry(_key(name), NOBODY, NAME, world=WORLDLY)
    for actor in world_actors(codebook):
        wording = _wording(actor, language)
        for kind, words in ((NAME, wording.names), (DEMONYM, wording.demonyms), (METONYM, wording.metonyms)):
            for word in words:
                reading = readings[word] if kind == DEMONYM else ""
                yield Entry(_key(word), actor.id, kind, reading, UNSURE if word in unsure else WORLDLY)


def _wording(actor: Actor, language: str) -> Wording:
    return actor.wording.get(language) or Wording()


def _key(wording: str) -> tuple[str, ...]:
    return tuple(word.text.replace("’", "'") for word in split_words(wording)) or (wording,)


def _index(entries: Sequence[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Entries by their first word, the longest first."""
    index: dict[str, list[Entry]] = {}
    for entry in dict.fromkeys(entries):
        index.setdefault(entry.words[0], []).append(entry)
    return {first: tuple(sorted(group, key=lambda e: (-len(e.words), ORDER[e.kind]))) for first, group in index.items()}


def _read_person(words: tuple[str, ...], keys: Sequence[tuple[str, ...]]) -> str:
    """Whether a person's wording is a surname, and if so whether another of `keys` puts a first name before it."""
    if len(words) > 1 and words[0].lower() not in SURNAME_PARTICLES:
        return ""
    tail = " ".join(words).lower()
    has_fuller = any(len(key) > len(words) and " ".join(key[-len(words) :]).lower() == tail for key in keys)
    return SURNAME if has_fuller else BARE
