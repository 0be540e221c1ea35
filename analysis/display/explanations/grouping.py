"""The name of an estimate, ``tone:actor_id=trump,voice=quoted``, read into its parts.

Reads a text; returns a `Group`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from analysis.contracts.errors import InputError

COLUMNS = ("actor_id", "source_id", "voice", "frame_id", "paragraph", "article_id", "outlet", "published", "method")
MEASURES = {"polarity": "tone", "present": "frame"}
"""Other names of a measure: the column it is the mean of."""
VOICES = {
    "own voice": "own voice", "own_voice": "own voice", "author": "own voice", "eigen stem": "own voice",
    "quoted": "quoted", "geciteerd": "quoted",
}  # fmt: skip
_SHAPE = re.compile(r"(?P<measure>[a-z]\w*):(?P<group>([a-z_]+=.*)?)\Z", re.DOTALL)


@dataclass(frozen=True)
class Group:
    """A measure, the values of its grouping columns, and the actors meant (None: all)."""

    measure: str
    chosen: Mapping[str, str]
    actors: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if self.actors is None and "actor_id" in self.chosen:
            object.__setattr__(self, "actors", (self.chosen["actor_id"],))

    def __str__(self) -> str:
        return f"{self.measure}:{','.join(f'{key}={value}' for key, value in self.chosen.items())}"


def is_group(text: str) -> bool:
    """Whether a text has the shape of an estimate's name."""
    return _SHAPE.match(text) is not None


def parse_group(text: str) -> Group:
    """Read the name of an estimate.

    Parameters
    ----------
    text : str
        ``<measure>:<column>=<value>,...``; a comma that is not followed by a column and ``=`` belongs to the value.

    Returns
    -------
    Group

    Raises
    ------
    InputError
        For an unknown column or voice, or a column named twice.

    Examples
    --------
    >>> str(parse_group("polarity:actor_id=trump,voice=author"))
    'tone:actor_id=trump,voice=own voice'
    """
    found = _SHAPE.match(text)
    if found is None:
        raise InputError(f"'{text}' names no estimate; write it as tone:actor_id=trump,voice=quoted")
    values: dict[str, str] = {}
    for part in re.split(r",(?=[a-z_]+=)", found["group"]) if found["group"] else []:
        key, _, value = part.partition("=")
        key = "actor_id" if key == "target_id" else key
        if key not in COLUMNS or key in values:
            near = get_close_matches(key, COLUMNS, n=1)
            hint = (
                f"did you mean '{near[0]}'?"
                if near and key not in values
                else f"each of {', '.join(COLUMNS)} may stand once"
            )
            raise InputError(f"'{text}': cannot group by '{key}'; {hint}")
        values[key] = value
    if "voice" in values:
        if values["voice"] not in VOICES:
            raise InputError(f"'{text}': there is no voice '{values['voice']}'; use 'own voice' or 'quoted'")
        values["voice"] = VOICES[values["voice"]]
    return Group(MEASURES.get(found["measure"], found["measure"]), values)
