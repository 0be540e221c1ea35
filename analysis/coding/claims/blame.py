"""Blame: the words by which somebody is held responsible, accused, called upon, defended, or denies or admits.

Reads ``data/languages/<language>/blame.csv`` (term, pos, stance, accuser, accused, event, needs); returns frozen
`Blame` records. Loaded at first use, once a language.

``accuser``, ``accused`` and ``event`` tell where in the sentence each stands: ``subject`` (who does what the verb
says), ``object`` (who undergoes it), ``agent`` and ``patient`` (of a noun), ``self`` (the accuser), ``author`` (whose
text it is), ``clause`` (the clause below, and its subject), or adpositions. ``needs`` lists lemmas, or types of event
after an ``@``, one of which the object must be.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from analysis.contracts.errors import InputError
from analysis.contracts.paths import WORD_LISTS
from analysis.contracts.schema import STANCES

_PLACES = frozenset(["subject", "object", "self", "clause"])
KINDS = ("verb", "phrase", "noun", "state")
_COLUMNS = ("term", "pos", "stance", "accuser", "accused", "event", "needs")


@dataclass(frozen=True)
class Blame:
    """A way to hold somebody responsible; see the module for what the places mean."""

    term: str
    pos: str
    stance: str
    accuser: str
    accused: tuple[str, ...]
    event: tuple[str, ...]
    needs: frozenset[str]


@dataclass(frozen=True)
class BlameWords:
    """The ways of a language: verbs, nouns and states by lemma, phrases by the lemma of their verb."""

    verbs: Mapping[str, tuple[Blame, ...]]
    nouns: Mapping[str, Blame]
    states: Mapping[str, Blame]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Blame], ...]]


@lru_cache(maxsize=2)
def load_blame(language: str) -> BlameWords:
    """The ways of a language to hold somebody responsible.

    Raises
    ------
    InputError
        When the file is missing, lacks a column, or a row has a kind or stance that does not exist.
    """
    name = f"{language}/blame.csv"
    path = WORD_LISTS / name
    if not path.is_file():
        raise InputError(f"{name} is missing from {WORD_LISTS.name}; restore it from the repository")
    verbs: dict[str, list[Blame]] = {}
    nouns: dict[str, Blame] = {}
    states: dict[str, Blame] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Blame]]] = {}
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        if missing := set(_COLUMNS) - set(reader.fieldnames or ()):
            raise InputError(f"{name}, row 1: lacks the column {', '.join(sorted(missing))}")
        for number, row in enumerate(reader, start=2):
            if row["pos"] not in KINDS or row["stance"] not in STANCES:
                raise InputError(f"{name}, row {number}: '{row['pos']}' and '{row['stance']}' are not both known")
            blame = Blame(
                row["term"],
                row["pos"],
                row["stance"],
                row["accuser"],
                tuple(row["accused"].split()),
                tuple(row["event"].split()),
                frozenset(row["needs"].split()),
            )
            words = tuple(blame.term.split())
            if blame.pos == "phrase":
                # Dutch infinitives close their phrase, English ones open it.
                verb, rest = (words[-1], words[:-1]) if language == "nl" else (words[0], words[1:])
                phrases.setdefault(verb, []).append((rest, blame))
            elif blame.pos == "verb":
                verbs.setdefault(blame.term, []).append(blame)
            else:
                (nouns if blame.pos == "noun" else states)[blame.term] = blame
    return BlameWords(
        {
            verb: tuple(sorted(found, key=lambda one: (not one.needs, one.accused[0] in _PLACES)))
            for verb, found in verbs.items()
        },
        nouns,
        states,
        {verb: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for verb, found in phrases.items()},
    )
