"""Match the wording of a codebook: names, last names, descriptions, demonyms and metonyms.

Reads the words of an article and a `Codebook`; returns spans with an actor, a form and a rule. The longest
match wins; whole words only. Names, demonyms and metonyms keep their capitals, descriptions do not.
What it cannot see: two people who share a last name that only one of them has in the codebook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.codebook import Codebook
from analysis.coding.inflect import ADJECTIVE, PEOPLE, inflect_demonym, inflect_phrase
from analysis.coding.mentions_metonyms import is_metonym
from analysis.coding.mentions_names import SURNAME_PARTICLES, find_last_names, write_person
from analysis.coding.mentions_tokens import (
    GROUP_HEADS,
    TITLES,
    Word,
    are_adjacent,
    function_words,
    is_capitalised,
    is_never_actor,
    split_words,
)

NAME, LAST_NAME, NOMINAL, DEMONYM, METONYM = "name", "last_name", "nominal", "demonym", "metonym"
BARE, SURNAME = "bare", "surname"
"""A person listed by surname: the only wording, or beside a fuller one."""
_ORDER = {kind: order for order, kind in enumerate((NAME, NOMINAL, METONYM, LAST_NAME, DEMONYM))}


class Found(NamedTuple):
    """A mention before it has an id; `first` and `last` are the indices of its words in the article."""

    start: int
    end: int
    actor_id: str
    form: str
    rule: str
    first: int
    last: int


class Entry(NamedTuple):
    """One wording: its words, actor, kind, and its reading.

    `reading` is for a demonym whether it means people or an adjective; for a person's name `BARE`, `SURNAME` or empty.
    """

    words: tuple[str, ...]
    actor_id: str
    kind: str
    reading: str = ""


@dataclass(frozen=True)
class Wordings:
    """Compiled wordings of one language, by first word; `exact` keeps capitals, `lower` does not."""

    language: str
    exact: Mapping[str, tuple[Entry, ...]]
    lower: Mapping[str, tuple[Entry, ...]]
    people: frozenset[str]
    places: frozenset[str] = field(default_factory=frozenset)


def compile_wordings(codebook: Codebook, language: str) -> Wordings:
    """Compile a codebook's wording of one language into dictionaries by first word.

    Parameters
    ----------
    codebook : Codebook
        Its actors may lack wording in `language`; they are then never found.
    language : str
        ``nl`` or ``en``.

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
    return Wordings(
        language=language,
        exact=_freeze(exact),
        lower=_freeze(lower),
        people=frozenset(actor.id for actor in codebook.actors.values() if actor.type == "person"),
        places=frozenset(places),
    )


def match_wordings(
    text: str,
    words: Sequence[Word],
    bounds: tuple[int, int],
    wordings: Wordings,
    known: dict[str, int],
    *,
    metonyms: bool,
) -> list[Found]:
    """Mentions of codebook actors in one sentence.

    Parameters
    ----------
    text : str
        The article.
    words : sequence of Word
        All words of the article.
    bounds : tuple of int
        Half-open range of the words of this sentence.
    wordings : Wordings
        From `compile_wordings`.
    known : dict of str to int
        Where each actor was last named in the article: decides between actors that share a wording. Extended here.
    metonyms : bool
        Whether a place may stand for its government.

    Returns
    -------
    list of Found
        In text order, without overlap.
    """
    found: list[Found] = []
    i, stop = bounds
    floor = i
    while i < stop:
        best = _longest(text, words, i, stop, floor, wordings, known, metonyms=metonyms)
        if best is None:
            i += 1
            continue
        last, entry = best
        match = _describe(text, words, i, last, floor, stop, entry, wordings)
        found.append(match)
        known[entry.actor_id] = i
        floor = i = last + 1
    return found


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
            if inner[0].text in ("van", "voor", "of", "for") and is_title(k):
                portfolio = inner[1:]
                if portfolio and all(w.text[0].isupper() or w.text in ("en", "and") for w in portfolio):
                    return k
                break
    return first


def _key(wording: str, *, lower: bool = False) -> tuple[str, ...]:
    words = tuple(word.text.replace("’", "'") for word in split_words(wording)) or (wording,)
    return tuple(word.lower() for word in words) if lower else words


def _add(index: dict[str, list[Entry]], entry: Entry) -> None:
    entries = index.setdefault(entry.words[0], [])
    if entry not in entries:
        entries.append(entry)


def _freeze(index: dict[str, list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    return {
        first: tuple(sorted(group, key=lambda e: (-len(e.words), _ORDER[e.kind]))) for first, group in index.items()
    }


def _read_person(words: tuple[str, ...], keys: Sequence[tuple[str, ...]]) -> str:
    """Whether a person's wording is a surname, and if so whether another of `keys` puts a first name before it."""
    if len(words) > 1 and words[0].lower() not in SURNAME_PARTICLES:
        return ""
    tail = " ".join(words).lower()
    has_fuller = any(len(key) > len(words) and " ".join(key[-len(words) :]).lower() == tail for key in keys)
    return SURNAME if has_fuller else BARE


def _variants(word: str) -> list[str]:
    """A word as it stands and without genitive or the head of a compound that names the same group."""
    plain = word.replace("’", "'").replace("‑", "-")
    variants = [plain]
    if plain.endswith("'s"):
        variants.append(plain[:-2])
    elif plain.endswith("s") and len(plain) > 3:
        variants.append(plain[:-1])
    head, hyphen, tail = plain.rpartition("-")
    if hyphen and tail.lower() in GROUP_HEADS:
        variants.append(head)
    return variants


def _longest(
    text: str,
    words: Sequence[Word],
    i: int,
    stop: int,
    floor: int,
    wordings: Wordings,
    known: dict[str, int],
    *,
    metonyms: bool,
) -> tuple[int, Entry] | None:
    word = words[i].text
    candidates: list[tuple[int, Entry]] = []
    for variant in _variants(word):
        for entry in wordings.exact.get(variant, ()):
            last = _span(text, words, i, stop, entry, variant == word.replace("’", "'"))
            candidates += [] if last is None else [(last, entry)]
    lowered = word.replace("’", "'").lower()
    for entry in wordings.lower.get(lowered, ()):
        last = _span(text, words, i, stop, entry, True)
        candidates += [] if last is None else [(last, entry)]
    candidates = [
        pair for pair in candidates if _fits(text, words, i, pair[0], floor, stop, pair[1], wordings, metonyms)
    ]
    if not candidates:
        return None
    longest = max(last for last, _ in candidates)
    kind = min(_ORDER[entry.kind] for last, entry in candidates if last == longest)
    rivals = [pair for pair in candidates if pair[0] == longest and _ORDER[pair[1].kind] == kind]
    rivals.sort(key=lambda pair: -known.get(pair[1].actor_id, -1))
    is_shared = len({entry.actor_id for _, entry in rivals}) > 1 and rivals[0][1].kind == LAST_NAME
    if is_shared and rivals[0][1].actor_id not in known:
        return None  # two people of this name, and neither has been introduced
    return rivals[0]


def _span(text: str, words: Sequence[Word], i: int, stop: int, entry: Entry, is_whole: bool) -> int | None:
    """Index of the last word when `entry` stands at `i`; a middle initial in a person's name is skipped."""
    if len(entry.words) == 1:
        return i
    if not is_whole:
        return None
    k = i
    for n, wanted in enumerate(entry.words[1:], start=2):
        k += 1
        if (
            k < stop
            and entry.kind == NAME
            and len(words[k].text.rstrip(".")) == 1
            and words[k].text[0].isupper()
            and (wanted != words[k].text)
        ):
            k += 1
        if k >= stop or not are_adjacent(text, words[k - 1], words[k]):
            return None
        actual = words[k].text.replace("’", "'")
        if entry.kind == NOMINAL:
            if actual.lower() != wanted:
                return None
        elif actual != wanted and not (n == len(entry.words) and wanted in _variants(actual)):
            return None
    return k


def _fits(
    text: str,
    words: Sequence[Word],
    i: int,
    last: int,
    floor: int,
    stop: int,
    entry: Entry,
    wordings: Wordings,
    metonyms: bool,
) -> bool:
    """Whether context allows the reading: a metonym's position, a last name without a stranger's first name."""
    if entry.kind == METONYM:
        return metonyms and is_metonym(text, words, i, last, floor, stop, wordings.language)
    if (
        (entry.kind == LAST_NAME or entry.reading == SURNAME)
        and i > floor
        and are_adjacent(text, words[i - 1], words[i])
    ):
        before = words[i - 1].text
        lowered = before.lower().rstrip(".")
        is_stranger = (
            is_capitalised(before)
            and lowered not in TITLES[wordings.language]
            and lowered.rpartition("-")[2] not in TITLES[wordings.language]
            and lowered not in function_words(wordings.language)
            and not any(e.kind == DEMONYM for e in wordings.exact.get(before, ()))
        )
        is_first_name = i - 1 > floor or i + 1 >= stop or words[i].text[0].islower()
        return not (is_stranger and is_first_name)
    return True


def _describe(
    text: str, words: Sequence[Word], i: int, last: int, floor: int, stop: int, entry: Entry, wordings: Wordings
) -> Found:
    first, form, rule = i, entry.kind, f"codebook_{entry.kind}"
    if entry.kind in (NAME, LAST_NAME):
        form, rule = NAME, "last_name" if entry.kind == LAST_NAME else rule
        if entry.actor_id in wordings.people:
            start = _take_first_name(text, words, i, floor, wordings) if entry.reading == BARE else i
            first = take_title(text, words, start, floor, wordings.language)
            form = "title" if first < start else NAME
    elif entry.kind == DEMONYM:
        rule = f"demonym_{_read_demonym(text, words, last, stop, entry, wordings.language)}"
    elif entry.kind == METONYM:
        rule = METONYM
    return Found(words[first].start, words[last].end, entry.actor_id, form, rule, first, last)


def _take_first_name(text: str, words: Sequence[Word], i: int, floor: int, wordings: Wordings) -> int:
    """Index of the first name before a surname that is all the codebook has (``Klaas van Loon``).

    A capital that opens a sentence proves no first name, except before a particle in small letters.
    """
    first = i
    while first - 1 >= floor and are_adjacent(text, words[first - 1], words[first]):
        before = words[first - 1].text
        lowered = before.lower().rstrip(".")
        if (
            not before[0].isupper()
            or lowered.rpartition("-")[2] in TITLES[wordings.language]
            or lowered in function_words(wordings.language)
            or is_never_actor(before)
            or before in wordings.exact
            or (first - 1 == floor and not words[i].text[0].islower())
        ):
            break
        first -= 1
    return first


def _read_demonym(text: str, words: Sequence[Word], last: int, stop: int, entry: Entry, language: str) -> str:
    if entry.reading in (PEOPLE, ADJECTIVE):
        return entry.reading
    if last + 1 < stop and text[words[last].end : words[last + 1].start] in (" ", "\xa0", "\n", ") ", "-", "’ ", "” "):
        follows = words[last + 1].text
        if follows.lower() not in function_words(language) and not follows[0].isdigit():
            return ADJECTIVE
    if language == "nl" and not entry.words[0].endswith("e") and not entry.words[0].endswith("ees"):
        return ADJECTIVE
    return PEOPLE
