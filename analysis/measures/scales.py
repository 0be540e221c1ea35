"""How much evidence an interval asks for, and between which bounds a measure lies.

Reads counts and names of measures; returns answers. The numbers stand here and nowhere else, so that every chart and
table keeps to one rule: ten units or no interval, and no interval beyond the scale.
"""

from __future__ import annotations

FEWEST_UNITS = 10
"""Fewest units (evaluations, sentences, articles, coded articles) for an interval. Of fewer, drawing again gives back
little but the units themselves, and intervals come out too narrow (Cameron, Gelbach, & Miller 2008)."""
FEWEST_DRAWN = 5
"""Fewest of what is drawn again (articles, or sentences of one article) that these units come from; of a difference,
fewest units on either side."""
SIGNED, SHARE = (-1.0, 1.0), (0.0, 1.0)
SCALES = {
    "polarity": SIGNED, "tone": SIGNED, "present": SHARE, "carried": SHARE, "spoken": SHARE, "is_toned": SHARE,
}  # fmt: skip
"""Lowest and highest value of a measure, by its column."""
Bounds = tuple[float, float]


def is_enough(n_units: int, n_drawn: int) -> bool:
    """Whether so many units, from so many articles or sentences, carry an interval.

    Examples
    --------
    >>> is_enough(10, 10), is_enough(9, 9), is_enough(40, 4)
    (True, False, False)
    """
    return n_units >= FEWEST_UNITS and n_drawn >= FEWEST_DRAWN


def is_enough_between(n_one: int, n_other: int) -> bool:
    """Whether a difference of two sides of so many units carries an interval.

    Examples
    --------
    >>> is_enough_between(5, 5), is_enough_between(4, 30)
    (True, False)
    """
    return is_enough(n_one + n_other, min(n_one, n_other))


def scale_of(measure: str) -> Bounds | None:
    """Lowest and highest value of a measure; None where it has no bounds that are known."""
    return SCALES.get(measure)


def widest_difference(measure: str) -> Bounds | None:
    """Bounds of a difference between two means of a measure.

    Examples
    --------
    >>> widest_difference("tone"), widest_difference("n_named")
    ((-2.0, 2.0), None)
    """
    scale = scale_of(measure)
    return None if scale is None else (scale[0] - scale[1], scale[1] - scale[0])


def cut(value: float, bounds: Bounds | None) -> float:
    """A number within the bounds of its scale: beyond them nothing true can lie, so an interval loses nothing.

    Examples
    --------
    >>> cut(-1.06, SIGNED), cut(-1.06, None), cut(0.3, SHARE)
    (-1.0, -1.06, 0.3)
    """
    return value if bounds is None else min(max(value, bounds[0]), bounds[1])
