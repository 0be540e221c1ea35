"""Ids that a study names, held against its codebook: a misspelt one would leave charts empty without a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from analysis.contracts.errors import UsageError


def check_actors(actors: Sequence[str] | None, labels: Mapping[str, Mapping[str, str]]) -> None:
    """Refuse ids that no actor can have; those with a colon (``unlisted:...``) are of actors outside the codebook.

    Parameters
    ----------
    actors : sequence of str, or None
        Ids; None stands for all.
    labels : mapping of str to mapping
        Labels of the actors of the codebook, by id and language.

    Raises
    ------
    UsageError
        For one text instead of a list, and for an unknown id; the message says what may have been meant.

    Examples
    --------
    >>> check_actors(["mayor", "unlisted:jan_bos"], {"mayor": {"nl": "burgemeester"}})
    """
    if isinstance(actors, str):
        raise UsageError(f"actors: '{actors}' is one text; give a list such as ['{actors}']")
    for actor in actors or ():
        if actor not in labels and ":" not in actor:
            meant = {text.lower(): key for key, names in labels.items() for text in (key, *names.values())}
            near = get_close_matches(actor.lower(), meant, n=1)
            hint = f"did you mean '{meant[near[0]]}'?" if near else "look the ids up in its file"
            raise UsageError(f"actors: the codebook has no actor with the id '{actor}'; {hint}")
