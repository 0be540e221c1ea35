"""Lexicons: words that judge, words that shift a judgement, and where they stand in a text.

Reads ``data/languages/<language>/lexicon.csv`` and ``shifters.csv``; returns frozen records and
their occurrences in a spaCy Doc. Loaded at first use, once a language; nothing is read at import.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from spacy.tokens import Doc

from analysis.coding.language.lists import read_words
from analysis.coding.language.record import get_language

PARTICIPLE = re.compile(r"\w*ge\w{2,}(?<!en)[dt]")
"""A participle that takes an -e before a noun."""
GAP = 8
"""Most tokens between the parts of a separable verb (`viel ... aan`): a Dutch clause is rarely longer."""


@dataclass(frozen=True)
class Entry:
    """A word that judges. `bears` tells on whom: agent, patient, both, or head (what it modifies)."""

    term: str
    pos: str
    polarity: float
    domain: str
    bears: str
    forms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Shifter:
    """A word that shifts a judgement. `kind`: negation, denial, intensifier, diminisher, hedge, conditional."""

    term: str
    kind: str
    weight: float
    forms: tuple[tuple[str, ...], ...]


Record = TypeVar("Record", Entry, Shifter)


@dataclass(frozen=True)
class Hit(Generic[Record]):
    """An occurrence: the record, the index of its first token, of its last, and the tokens it uses."""

    record: Record
    first: int
    last: int
    tokens: tuple[int, ...]


@cache
def load_lexicon(language: str) -> Mapping[str, tuple[tuple[tuple[str, ...], Entry], ...]]:
    """The news lexicon of a language, by the first word of each form.

    Returns
    -------
    mapping of str to tuple of (form, Entry)
        Longest forms first. Forms are lower case.

    Raises
    ------
    InputError
        When the file is missing or a row breaks its format; the message names file and row.
    """
    columns = ("term", "pos", "polarity", "domain", "bears", "forms")
    is_inflected = get_language(language).has("inflected_participles")
    entries = []
    for row in read_words(language, "lexicon.csv", columns):
        forms = _forms(row["forms"] or row["term"].replace(" ", "_"))
        if row["pos"] == "verb" and is_inflected:
            forms = _add_attributive(forms)
        entries.append(Entry(row["term"], row["pos"], row.number("polarity"), row["domain"], row["bears"], forms))
    return _index(entries)


@cache
def load_shifters(language: str) -> Mapping[str, tuple[tuple[tuple[str, ...], Shifter], ...]]:
    """Negations, hedges, intensifiers and the like of a language; see `load_lexicon`."""
    rows = read_words(language, "shifters.csv", ("term", "kind", "weight"))
    return _index(
        [Shifter(row["term"], row["kind"], row.number("weight"), _forms(row["term"].replace(" ", "_"))) for row in rows]
    )


def find_hits(
    doc: Doc, index: Mapping[str, tuple[tuple[tuple[str, ...], Record], ...]], first: int = 0, last: int | None = None
) -> list[Hit[Record]]:
    """Occurrences of the records in the tokens `first` to `last` (exclusive), longest first, without overlap.

    A form of several words must stand together, but for two-word forms of verbs, whose parts may stand
    up to `GAP` tokens apart (`viel de minister aan`).
    """
    words = [token.lower_ for token in doc[first : len(doc) if last is None else last]]
    hits: list[Hit[Record]] = []
    used: set[int] = set()
    for position, word in enumerate(words):
        if position in used:
            continue
        for form, record in index.get(word, ()):
            places = _place(words, position, form, is_split=getattr(record, "pos", "") == "verb")
            if places and not used.intersection(places):
                used.update(places)
                tokens = tuple(first + place for place in places)
                hits.append(Hit(record, tokens[0], tokens[-1], tokens))
                break
    return hits


def _place(words: Sequence[str], position: int, form: tuple[str, ...], *, is_split: bool) -> tuple[int, ...]:
    if tuple(words[position : position + len(form)]) == form:
        return tuple(range(position, position + len(form)))
    if is_split and len(form) == 2:
        for place in range(position + 2, min(position + 2 + GAP, len(words))):
            if words[place] == form[1]:
                return (position, place)
    return ()


def _index(records: Sequence[Record]) -> dict[str, tuple[tuple[tuple[str, ...], Record], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], Record]]] = {}
    for record in records:
        for form in record.forms:
            index.setdefault(form[0], []).append((form, record))
    return {word: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for word, found in index.items()}


def _forms(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(form.lower().split("_")) for form in text.split())


def _add_attributive(forms: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Forms of a verb, with those of its participles before a noun (`gevreesd`: `gevreesde`)."""
    known = set(forms)
    made = [(form[0] + "e",) for form in forms if len(form) == 1 and PARTICIPLE.fullmatch(form[0])]
    return (*forms, *(form for form in made if form not in known))
