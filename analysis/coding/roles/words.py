"""Words and weights of roles: which words and actions cast an actor in which role, and how much each counts.

Reads ``roles.csv`` (the roles with their definitions) and ``role_weights.csv`` (origin, signal, role, weight) in
``data/codebooks``, and ``data/languages/<language>/roles.csv`` (term, use, role, fine_role); returns frozen records.
Loaded at first use.

``use`` tells how a word casts: ``is`` names or describes the actor, ``does`` is a predicate of its agent, ``undergoes``
one of its patient, ``loses`` what a victim loses, ``harm_to`` a noun of harm whose `voor` or `to` names a victim.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from analysis.coding.language.lists import read_list, read_words
from analysis.contracts.errors import InputError
from analysis.contracts.paths import CODEBOOKS
from analysis.contracts.schema_roles import EVIDENCE_OF_ROLES, ROLES
from analysis.contracts.words import list_languages

USES = ("is", "does", "undergoes", "loses", "harm_to")


class Role(NamedTuple):
    """A main role, and the fine-grained one where the word or action carries it; else empty."""

    main: str
    fine: str


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

    def has_event(self, event: str, side: str) -> bool:
        """Whether the agent or patient (`side`) of a type of event has this role."""
        return event in (self.agent_of if side == "agent" else self.patient_of)


@cache
def load_fine_roles() -> tuple[FineRole, ...]:
    """Load the roles with their definitions, the general ones first, in the order of the file.

    Raises
    ------
    InputError
        When the file is missing or a row has a role that does not exist.
    """
    columns = ("fine_role", "role", "definition", "agent_of", "patient_of")
    return tuple(
        FineRole(
            row["fine_role"],
            row.check("role", ROLES),
            {language: row[f"label_{language}"] for language in list_languages()},
            row["definition"],
            frozenset(row["agent_of"].split()),
            frozenset(row["patient_of"].split()),
            {language: (row[f"example_{language}"], row[f"actor_{language}"]) for language in list_languages()},
        )
        for row in read_list(CODEBOOKS, "roles.csv", columns)
    )


@cache
def load_role_words(language: str) -> Mapping[str, Mapping[str, tuple[Role, ...]]]:
    """Load, by use and lemma, the roles that a word casts in.

    Raises
    ------
    InputError
        When the file is missing or a row has a use or role that does not exist.
    """
    fine_roles = {one.id for one in load_fine_roles()}
    words: dict[str, dict[str, tuple[Role, ...]]] = {use: {} for use in USES}
    for row in read_words(language, "roles.csv", ("term", "use", "role", "fine_role")):
        known = words[row.check("use", USES)]
        role = Role(row.check("role", ROLES), row.check("fine_role", fine_roles))
        known[row["term"]] = (*known.get(row["term"], ()), role)
    return words


@cache
def load_role_weights() -> Mapping[tuple[str, str], Mapping[str, float]]:
    """Load how much each kind of evidence counts: by origin and signal, the roles that it speaks for.

    Raises
    ------
    InputError
        When the file is missing, a row has an origin or role that does not exist, or a weight is no number from zero.
    """
    weights: dict[tuple[str, str], dict[str, float]] = {}
    for row in read_list(CODEBOOKS, "role_weights.csv", ("origin", "signal", "role", "weight")):
        weight = row.number("weight")
        if weight < 0:
            raise InputError(f"{row.where}, weight: must be zero or more")
        key = (row.check("origin", EVIDENCE_OF_ROLES), row["signal"])
        weights.setdefault(key, {})[row.check("role", ROLES)] = weight
    return weights
