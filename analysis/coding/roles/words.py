"""Words and weights of roles: by which deeds and words an actor is cast, in which role, and how much it counts.

Reads ``roles.csv`` (the roles with their definitions) and ``role_weights.csv`` (origin, signal, role, weight) in
``data/codebooks``, and ``data/languages/<language>/roles.csv`` (term, use, role, fine_role); returns frozen records.
Loaded at first use.

``use`` tells how a word casts: ``is`` names or describes the actor, ``does`` is a predicate of who acts, ``undergoes``
one of whom it is done to, ``loses`` what a victim loses, ``harm_to`` a noun of harm whose `voor` or `to` names a
victim.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from analysis.contracts.errors import InputError
from analysis.contracts.paths import CODEBOOKS, WORD_LISTS
from analysis.contracts.schema_roles import EVIDENCE_OF_ROLES, ROLES

USES = ("is", "does", "undergoes", "loses", "harm_to")


class Cast(NamedTuple):
    """A role, and the fine-grained one where the word or deed carries it; else empty."""

    role: str
    fine_role: str


@dataclass(frozen=True)
class FineRole:
    """A role of the list; `id` is empty for the three general ones. An example is a sentence and who is cast."""

    id: str
    role: str
    labels: Mapping[str, str]
    definition: str
    agent_of: frozenset[str]
    patient_of: frozenset[str]
    examples: Mapping[str, tuple[str, str]]


@lru_cache(maxsize=1)
def load_fine_roles() -> tuple[FineRole, ...]:
    """The roles with their definitions, the general ones first, in the order of the file.

    Raises
    ------
    InputError
        When the file is missing or a row has a role that does not exist.
    """
    found = []
    for number, row in _rows(CODEBOOKS, "roles.csv", ("fine_role", "role", "definition", "agent_of", "patient_of")):
        if row["role"] not in ROLES:
            raise InputError(f"roles.csv, row {number}: '{row['role']}' is none of {', '.join(ROLES)}")
        found.append(
            FineRole(
                row["fine_role"],
                row["role"],
                {language: row[f"label_{language}"] for language in ("nl", "en")},
                row["definition"],
                frozenset(row["agent_of"].split()),
                frozenset(row["patient_of"].split()),
                {language: (row[f"example_{language}"], row[f"actor_{language}"]) for language in ("nl", "en")},
            )
        )
    return tuple(found)


@lru_cache(maxsize=2)
def load_role_words(language: str) -> Mapping[str, Mapping[str, tuple[Cast, ...]]]:
    """By use and lemma, the roles that a word casts in.

    Raises
    ------
    InputError
        When the file is missing or a row has a use or role that does not exist.
    """
    fine = {one.id for one in load_fine_roles()}
    words: dict[str, dict[str, tuple[Cast, ...]]] = {use: {} for use in USES}
    name = f"{language}/roles.csv"
    for number, row in _rows(WORD_LISTS, name, ("term", "use", "role", "fine_role")):
        if row["use"] not in USES or row["role"] not in ROLES or row["fine_role"] not in fine:
            raise InputError(
                f"{name}, row {number}: '{row['use']}', '{row['role']}' and '{row['fine_role']}' are not all known"
            )
        known = words[row["use"]]
        known[row["term"]] = (*known.get(row["term"], ()), Cast(row["role"], row["fine_role"]))
    return words


@lru_cache(maxsize=1)
def load_role_weights() -> Mapping[tuple[str, str, str], float]:
    """How much each kind of evidence counts, by origin, signal and role; what is not listed does not count.

    Raises
    ------
    InputError
        When the file is missing, a row has an origin or role that does not exist, or a weight is no number from zero.
    """
    weights: dict[tuple[str, str, str], float] = {}
    for number, row in _rows(CODEBOOKS, "role_weights.csv", ("origin", "signal", "role", "weight")):
        if row["origin"] not in EVIDENCE_OF_ROLES or row["role"] not in ROLES:
            raise InputError(f"role_weights.csv, row {number}: '{row['origin']}' or '{row['role']}' is not known")
        try:
            weight = float(row["weight"])
        except ValueError as error:
            raise InputError(f"role_weights.csv, row {number}, weight: '{row['weight']}' is no number") from error
        if weight < 0:
            raise InputError(f"role_weights.csv, row {number}, weight: must be zero or more")
        weights[row["origin"], row["signal"], row["role"]] = weight
    return weights


def _rows(folder: Path, name: str, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    path = folder / name
    if not path.is_file():
        raise InputError(f"{name} is missing from {folder.name}; restore it from the repository")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        if missing := set(needed) - set(reader.fieldnames or ()):
            raise InputError(f"{name}, row 1: lacks the column {', '.join(sorted(missing))}")
        yield from enumerate(reader, start=2)
