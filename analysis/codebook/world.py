"""The countries of the world: names, demonyms, capitals and houses of government, in Dutch and English.

Reads ``data/codebooks/world.csv`` (one row a country, described in the README beside it) and the names of countries in
CLDR, through Babel; returns frozen `Country` records, and as `Actor` records those that a codebook does not list.
Nothing is read at import. It cannot see which country is meant by a word that two share, nor whether a word such as
``Frans`` or ``Georgia`` is a country at all: such words are marked `unsure`, for the matcher to ask for support.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from babel import Locale

from analysis.codebook.load import Actor, Codebook, Wording
from analysis.contracts.errors import InputError
from analysis.contracts.paths import CODEBOOKS
from analysis.contracts.schema import WORLD
from analysis.contracts.words import list_languages

STATUSES = ("member", "observer", "disputed", "territory", "union")
ADJECTIVE, PEOPLE, EITHER = "adjective", "people", "either"
_COLUMNS = ("aliases", "demonym", "inhabitants", "capitals", "seat", "metonyms", "unsure", "exceptions")
_NO_SEAT = "-"
_GOVERNMENT = {"nl": "{} (regering)", "en": "{} (government)"}


@dataclass(frozen=True)
class Terms:
    """How a country is worded in one language; every form is listed, so none has to be made.

    Attributes
    ----------
    names : tuple of str
        The name of CLDR first, then others (``Verenigde Staten``, ``VS``).
    adjectives, inhabitants : tuple of str
        ``Frans``, ``Franse``; ``Fransman``, ``Fransen``. A form may be both (``Chinees``).
    capitals : tuple of str
        In their spellings.
    seats : tuple of str
        Places that stand for the government: the capitals, but ``Den Haag`` for the Netherlands; none for Belgium,
        since ``Brussel`` stands for the European Union.
    houses : tuple of str
        Houses and streets that stand for the government (``Kremlin``).
    unsure : frozenset of str
        Words of this country that are often something else (``Frans``, ``Georgia``) or another country
        (``Congolees``): to be believed with support only.
    exceptions : tuple of str
        Longer names that hold a word of this country and mean something else (``New Mexico``).
    """

    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    inhabitants: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]
    houses: tuple[str, ...]
    unsure: frozenset[str]
    exceptions: tuple[str, ...]

    @property
    def demonyms(self) -> tuple[str, ...]:
        """Adjectives, then inhabitants."""
        return tuple(dict.fromkeys((*self.adjectives, *self.inhabitants)))

    @property
    def metonyms(self) -> tuple[str, ...]:
        """Seats and houses, but for a place that has the country's own name (``Singapore``)."""
        return tuple(place for place in dict.fromkeys((*self.seats, *self.houses)) if place not in self.names)


NO_TERMS = Terms((), (), (), (), (), (), frozenset(), ())
"""The wording of a country in a language of which the table has no words."""


@dataclass(frozen=True)
class Country:
    """A country, or the European Union.

    Attributes
    ----------
    code : str
        ISO 3166-1 alpha-2; ``XK`` for Kosovo and ``EU`` for the European Union, as in CLDR.
    status : str
        ``member`` or ``observer`` of the United Nations, ``disputed``, ``territory`` of another country, ``union``.
    label : mapping of str to str
        Name to show, per language.
    terms : mapping of str to Terms
        Wording, per language.
    note : str
        What else its words may mean.
    """

    code: str
    status: str
    label: Mapping[str, str]
    terms: Mapping[str, Terms]
    note: str = ""


@lru_cache(maxsize=2)
def load_world(path: Path = CODEBOOKS / "world.csv") -> tuple[Country, ...]:
    """Read the countries of the world.

    Parameters
    ----------
    path : Path
        A table with the columns of ``world.csv``; several words in a cell are parted by ``|``.

    Returns
    -------
    tuple of Country
        By code.

    Raises
    ------
    InputError
        When the file or a column is missing, a code is unknown to CLDR or stands twice, a status is unknown, or a
        word is marked unsure that the country does not have. The message names file and row.

    References
    ----------
    Unicode Consortium, Common Locale Data Repository, territories: https://cldr.unicode.org

    Examples
    --------
    >>> france = next(country for country in load_world() if country.code == "FR")
    >>> france.label["nl"], france.terms["nl"].adjectives, france.terms["nl"].seats
    ('Frankrijk', ('Frans', 'Franse'), ('Parijs',))
    """
    languages = _languages(path)
    names = {language: Locale.parse(language).territories for language in languages}
    countries: dict[str, Country] = {}
    for number, row in _rows(path):
        code, status = row["code"], row["status"]
        where = f"{path.name}, row {number}"
        if code in countries:
            raise InputError(f"{where}, code: '{code}' stands twice; keep one row")
        if any(code not in territories for territories in names.values()):
            raise InputError(f"{where}, code: '{code}' is no ISO 3166-1 code that CLDR knows; correct it")
        if status not in STATUSES:
            raise InputError(f"{where}, status: '{status}' is none of {', '.join(STATUSES)}; correct it")
        terms = {language: _terms(row, language, names[language][code], where) for language in languages}
        label = {language: terms[language].names[0] for language in languages}
        countries[code] = Country(code, status, label, terms, row["note"])
    return tuple(countries[code] for code in sorted(countries))


def world_actors(codebook: Codebook) -> list[Actor]:
    """Actors for the countries that a codebook does not list.

    Parameters
    ----------
    codebook : Codebook
        What it lists comes first: a country with the same code, or any actor but a person that bears the country's
        name, takes the place of the country here; a word that it uses for any actor is left out, the last name of a
        person included; of demonyms, all forms of that language where it uses one.

    Returns
    -------
    list of Actor
        With the id ``world:<code>``, by code. Names, demonyms, and as metonyms the seat and houses of government,
        unless the codebook has a government of that country whose own wording lists the seat. Where the codebook has
        the country but no such government, the actor is the country's government: it has metonyms only, and is part of
        the codebook's first government of that country or else of its country.

    Examples
    --------
    >>> from analysis.codebook.load import EMPTY
    >>> france = next(actor for actor in world_actors(EMPTY) if actor.id == "world:FR")
    >>> france.wording["nl"].metonyms[:2]
    ('Parijs', 'Élysée')
    """
    used = {language: _used_words(codebook, language) for language in list_languages()}
    actors = []
    for country in load_world():
        home = _find_home(country, codebook)
        governments = [
            actor
            for actor in codebook.actors.values()
            if actor.type == "government" and _has_code(actor, country) and actor != home
        ]
        is_governed = any(_lists_seat(actor, country) for actor in (*governments, *([home] if home else [])))
        wording = {
            language: _wording(terms, used[language], is_listed=home is not None, is_governed=is_governed)
            for language, terms in country.terms.items()
        }
        wording = {language: words for language, words in wording.items() if words != Wording()}
        if not wording:
            continue
        if home is None:
            kind, label, part_of = "institution" if country.status == "union" else "country", country.label, None
        else:
            kind, part_of = "government", (governments[0] if governments else home).id
            label = {language: _name_government(name, language) for language, name in country.label.items()}
        actors.append(Actor(f"{WORLD}{country.code}", label, kind, country.code, part_of, wording))
    return actors


def label_country(actor_id: str, codebook: Codebook, language: str) -> str:
    """Name of a ``world:<code>`` actor; that of the government where the codebook has the country itself.

    Examples
    --------
    >>> from analysis.codebook.load import EMPTY
    >>> label_country("world:GR", EMPTY, "nl")
    'Griekenland'
    """
    country = _by_code().get(actor_id.removeprefix(WORLD))
    if country is None:
        return actor_id
    name = country.label[language]
    return name if _find_home(country, codebook) is None else _name_government(name, language)


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Country]:
    return {country.code: country for country in load_world()}


def add_world(codebook: Codebook) -> Codebook:
    """A codebook with the countries of the world after its own actors; its checksum stays that of its files.

    Examples
    --------
    >>> from analysis.codebook.load import EMPTY
    >>> add_world(EMPTY).label("world:GR", "nl")
    'Griekenland'
    """
    return replace(codebook, actors={**codebook.actors, **{actor.id: actor for actor in world_actors(codebook)}})


def demonym_readings(language: str) -> dict[str, str]:
    """Every demonym of the world with what it may be, in the place of inflecting one.

    Returns
    -------
    dict of str to str
        Form to ``adjective`` (``Frans``, of things or the language), ``people`` (``Fransen``) or ``either``, where the
        next word decides (``Franse``, ``Chinees``, ``French``).

    Examples
    --------
    >>> readings = demonym_readings("nl")
    >>> readings["Frans"], readings["Franse"], readings["Fransen"], readings["Chinees"]
    ('adjective', 'either', 'people', 'either')
    """
    readings = {}
    for country in load_world():
        terms = country.terms.get(language, NO_TERMS)
        for form in terms.demonyms:
            if form not in terms.adjectives:
                readings[form] = PEOPLE
            elif form in terms.inhabitants or language != "nl" or form.endswith("e"):
                readings[form] = EITHER
            else:
                readings[form] = ADJECTIVE
    return readings


def unsure_words(language: str) -> frozenset[str]:
    """Words of the world that name a country only with support; see `Terms`."""
    return frozenset(word for country in load_world() for word in country.terms.get(language, NO_TERMS).unsure)


def exceptions(language: str) -> frozenset[str]:
    """Longer names that hold a country's word and mean something else; see `Terms`."""
    return frozenset(name for country in load_world() for name in country.terms.get(language, NO_TERMS).exceptions)


def _languages(path: Path) -> list[str]:
    """Languages of which the table has words: a folder of a language may do without countries."""
    if not path.is_file():
        raise InputError(f"{path.name} is missing from {path.parent.name}; restore it from the repository")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        columns = next(csv.reader(handle), [])
    return [language for language in list_languages() if any(column.endswith(f"_{language}") for column in columns)]


def _name_government(country: str, language: str) -> str:
    return _GOVERNMENT.get(language, "{}").format(country)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    columns = (f"{column}_{language}" for column in _COLUMNS for language in _languages(path))
    needed = {"code", "status", "note", *columns}
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        if missing := needed - set(reader.fieldnames or ()):
            raise InputError(f"{path.name}, row 1: lacks the column {', '.join(sorted(missing))}; restore it")
        for number, row in enumerate(reader, start=2):
            if None in row or None in row.values():
                raise InputError(f"{path.name}, row {number}: has not as many cells as row 1; check its commas")
            yield number, row


def _terms(row: Mapping[str, str], language: str, name: str, where: str) -> Terms:
    cells = {
        column: tuple(word.strip() for word in row[f"{column}_{language}"].split("|") if word.strip())
        for column in _COLUMNS
    }
    seats = cells["seat"] or cells["capitals"]
    terms = Terms(
        names=_unique((*_spellings(name), *cells["aliases"])),
        adjectives=cells["demonym"],
        inhabitants=cells["inhabitants"],
        capitals=cells["capitals"],
        seats=() if seats == (_NO_SEAT,) else seats,
        houses=cells["metonyms"],
        unsure=frozenset(cells["unsure"]),
        exceptions=cells["exceptions"],
    )
    if strange := terms.unsure - {*terms.names, *terms.demonyms, *terms.metonyms}:
        raise InputError(f"{where}, unsure_{language}: the country has no word '{sorted(strange)[0]}'; correct it")
    return terms


def _spellings(name: str) -> list[str]:
    """A name of CLDR as news writes it: ``Hongkong SAR van China``, ``Myanmar (Birma)``, ``St. Kitts & Nevis``."""
    parts = re.fullmatch(r"(.+?)(?:\s+SAR\b.*|\s+\((.+)\))?", name)
    plain = [part for part in parts.groups() if part] if parts else [name]
    for old, new in ((" & ", " and "), ("St. ", "Saint "), ("St. ", "St ")):
        plain += [spelling.replace(old, new) for spelling in plain if old in spelling]
    return plain


def _plain(word: str) -> str:
    return word.replace("’", "'").casefold()


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    """Words without those that differ in an apostrophe only, in the order given."""
    kept: dict[str, str] = {}
    for word in words:
        kept.setdefault(word.replace("’", "'"), word)
    return tuple(kept.values())


def _used_words(codebook: Codebook, language: str) -> frozenset[str]:
    words: set[str] = set()
    for actor in codebook.actors.values():
        wording = actor.wording.get(language, Wording())
        words.update(wording.names, wording.nominals, wording.demonyms, wording.metonyms)
        if actor.type == "person":
            # A last name is derived from the name: ``Holland`` must stay Tom Holland's.
            words.update(" ".join(name.split()[n:]) for name in wording.names for n in range(1, len(name.split())))
    return frozenset(_plain(word) for word in words)


def _has_code(actor: Actor, country: Country) -> bool:
    return actor.country is not None and actor.country.upper() == country.code


def _find_home(country: Country, codebook: Codebook) -> Actor | None:
    """The codebook's own actor for a country: by its code, or else by its name."""
    by_code = (a for a in codebook.actors.values() if a.type == "country" and _has_code(a, country))
    by_name = (
        actor
        for actor in codebook.actors.values()
        if actor.type != "person"
        and any(
            {_plain(name) for name in words.names} & {_plain(name) for name in _telling_names(country, actor, language)}
            for language, words in actor.wording.items()
            if language in country.terms
        )
    )
    return next(by_code, None) or next(by_name, None)


def _telling_names(country: Country, actor: Actor, language: str) -> tuple[str, ...]:
    """Names that make an actor the country: any for a country or the Union, else the first (``Emirates`` may fly)."""
    names = country.terms[language].names
    return names if actor.type == "country" or country.status == "union" else names[:1]


def _lists_seat(actor: Actor, country: Country) -> bool:
    return any(
        {_plain(seat) for seat in country.terms[language].seats}
        & {_plain(word) for word in (*words.names, *words.metonyms)}
        - {_plain(n) for n in country.terms[language].names}
        for language, words in actor.wording.items()
        if language in country.terms
    )


def _wording(terms: Terms, used: Collection[str], *, is_listed: bool, is_governed: bool) -> Wording:
    def keep(words: Iterable[str]) -> tuple[str, ...]:
        return tuple(word for word in words if _plain(word) not in used)

    metonyms = () if is_governed else keep(terms.metonyms)
    if is_listed:
        return Wording(metonyms=metonyms)
    demonyms = keep(terms.demonyms)
    return Wording(names=keep(terms.names), demonyms=demonyms if demonyms == terms.demonyms else (), metonyms=metonyms)
