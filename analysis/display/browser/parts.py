"""Who is part of whom among the actors of a corpus: a ministry of a state, a party leader of a party.

Reads ``part_of`` of the codebook; returns `Parts`, by which the counts of an actor are added to those of the actors
that it is part of. A row counts once for an actor, however many of its parts it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.codebook.load import Codebook
from analysis.codebook.world import world_actors
from analysis.contracts.schema import WORLD


@dataclass(frozen=True)
class Parts:
    """Actors and what each is part of.

    Attributes
    ----------
    part_of : mapping of str to str
        What an actor is part of, in the order of the codebook. A circle, which a codebook from a file cannot hold, is
        gone round once.
    """

    part_of: Mapping[str, str]

    @cached_property
    def _direct(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for part, whole in self.part_of.items():
            found.setdefault(whole, []).append(part)
        return found

    @property
    def wholes(self) -> list[str]:
        """The actors that have parts."""
        return list(self._direct)

    def below(self, actor: str) -> list[tuple[str, int]]:
        """The parts of an actor and theirs, each after what it is part of, with its depth from 1.

        Examples
        --------
        >>> Parts({"cabinet": "state", "minister": "cabinet", "army": "state"}).below("state")
        [('cabinet', 1), ('minister', 2), ('army', 1)]
        """
        found: dict[str, int] = {actor: 0}
        waiting = [(part, 1) for part in reversed(self._direct.get(actor, ()))]
        while waiting:
            part, depth = waiting.pop()
            if part not in found:
                found[part] = depth
                waiting += [(other, depth + 1) for other in reversed(self._direct.get(part, ()))]
        return list(found.items())[1:]

    def members(self, actor: str) -> list[str]:
        """The actor and all its parts, none twice."""
        return [actor, *(part for part, _ in self.below(actor))]

    def above(self, actor: str) -> list[str]:
        """What an actor is part of, nearest first.

        Examples
        --------
        >>> Parts({"cabinet": "state", "minister": "cabinet"}).above("minister")
        ['cabinet', 'state']
        """
        found = [actor]
        while (whole := self.part_of.get(found[-1])) is not None and whole not in found:
            found.append(whole)
        return found[1:]


def find_parts(codebook: Codebook, actors: Iterable[str]) -> Parts:
    """Who is part of whom, of some actors and of all that they are part of.

    Parameters
    ----------
    codebook : Codebook
    actors : iterable of str
        Those that a corpus holds; a country's government that no codebook lists is part of the codebook's country.

    Returns
    -------
    Parts
    """
    actors = list(actors)
    listed = list(codebook.actors.values())
    if any(actor.startswith(WORLD) for actor in actors):
        listed += world_actors(codebook)
    part_of = {actor.id: actor.part_of for actor in listed if actor.part_of is not None}
    wanted = {other for actor in actors for other in (actor, *Parts(part_of).above(actor))}
    return Parts({actor: whole for actor, whole in part_of.items() if actor in wanted})
