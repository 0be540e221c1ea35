"""Sampling: which units people code, drawn so that the probability of each is known.

Reads the tables of a coded corpus; returns the drawn units with their probability, their stratum and the text to show
a coder. The probability is what lets a few hundred hand codes correct the machine's codes of all units
(`analysis.measures.correction`). What a unit is stands in `analysis.measures.sampling_units`.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.tables import Tables
from analysis.measures.sampling_units import add_context, list_units, sampling_columns

STRATA = ("outlet", "language", "actor", "frame", "predicted", "uncertainty", "source")
"""What a sample can be stratified by."""
ALLOCATIONS = ("proportional", "equal")
AT_LEAST = 5
"""Units drawn from every stratum, or all of a smaller one: enough to see errors in each, and no stratum goes unseen."""
_COLUMNS = {"actor": "actor_id", "frame": "frame_id", "uncertainty": "uncertainty_level", "source": "source_id"}


def draw_sample(
    tables: Tables,
    *,
    n: int,
    unit: str = "evaluation",
    by: Sequence[str] = (),
    seed: int,
    allocation: str = "proportional",
    at_least: int = AT_LEAST,
    actors: Sequence[str] | None = None,
    frames: Sequence[str] | None = None,
    method: str | None = None,
    captions: bool = False,
    repeats: bool = False,
    context: int = 2,
) -> pd.DataFrame:
    """Draw units for hand coding, at random or at random within strata.

    Parameters
    ----------
    tables : Tables
        All tables of a coded corpus.
    n : int
        How many units to draw.
    unit : {"evaluation", "sentence", "article"}
        ``evaluation``: a mention of an actor in its sentence. ``sentence``: a sentence and a frame. ``article``: an
        article and an actor.
    by : sequence of str
        Strata: any of `STRATA`; none for a simple random sample. ``predicted`` is the machine's class, ``uncertainty``
        how sure it was (low, medium, high, or unknown where the method gives no probabilities).
    seed : int
        The same seed and units give the same sample, in whatever order the units come. A larger `n` adds to a smaller,
        with strata as long as the share of none falls.
    allocation : {"proportional", "equal"}
        How units are shared among strata: by size, or the same number for each as far as it has them. ``equal`` sees
        more of what is rare, at the price of wider intervals for the whole.
    at_least : int, default 5
        Fewest units of a stratum (all of a smaller one), where there are strata. At least 1, so that every unit can be
        drawn.
    actors, frames : sequence of str, optional
        Only these; by default all actors, listed in a codebook or not, and all frames of the codebook.
    method : str, optional
        Whose evaluations are the machine's codes; by default the best that judged.
    captions : bool, default False
        Let sentences in photo captions count, for ``sentence``.
    repeats : bool, default False
        Draw from texts that repeat another word for word as well (``duplicate_of``). By default each story counts once:
        nobody codes the same words twice, and no story weighs more for having been copied.
    context : int, default 2
        Sentences shown before and after, for ``evaluation`` and ``sentence``.

    Returns
    -------
    DataFrame
        One row per drawn unit, in the order to code them, which is random. ``unit`` (key), ``variable`` (what is coded:
        polarity, tone or the frame), where it is and who or what it is about, the machine's code (``predicted``,
        ``score``, ``uncertainty``, ``method``), the design (``stratum``, ``n_stratum``, ``n_drawn``, ``probability``,
        above 0 and up to 1), and what a coder sees (``headline``, ``before``, ``text``, ``after``, ``mark_start`` and
        ``mark_end`` in ``text``).

    Raises
    ------
    UsageError
        For an unknown unit, stratum or allocation, or when `n` is too small for the strata or above what there is.
    InputError
        When there is no unit to draw from.

    Notes
    -----
    Within a stratum every unit has the same probability, ``n_drawn / n_stratum``. Each unit is numbered by a hash of
    seed and key, and the lowest numbers of a stratum are drawn (permanent random numbers), so that a draw depends on
    neither the order of rows nor the number of draws before it. A sample that is stratified by actor or class is no
    miniature of the corpus: weigh by ``1 / probability``, or use `analysis.measures.correction`, before concluding from
    it about the whole.

    References
    ----------
    Egami, N., Hinck, M., Stewart, B. M., & Wei, H. (2023). Using imperfect surrogates for downstream inference:
    design-based supervised learning for social science applications of large language models. NeurIPS.
    Krippendorff, K. (2018). Content analysis: An introduction to its methodology (4th ed.), chapters 6 and 12. Sage.
    Ohlsson, E. (1995). Coordination of samples using permanent random numbers. In Business survey methods. Wiley.
    """
    planned = plan_sample(
        tables,
        n=n,
        unit=unit,
        by=by,
        seed=seed,
        allocation=allocation,
        at_least=at_least,
        actors=actors,
        frames=frames,
        method=method,
        captions=captions,
        repeats=repeats,
    )
    drawn = planned[planned["is_drawn"]].drop(columns="is_drawn")
    order = _numbers(drawn["unit"], seed).sort_values(kind="stable").index
    return add_context(drawn.loc[order].reset_index(drop=True), tables, context=context)


def plan_sample(
    tables: Tables,
    *,
    n: int,
    unit: str = "evaluation",
    by: Sequence[str] = (),
    seed: int,
    allocation: str = "proportional",
    at_least: int = AT_LEAST,
    actors: Sequence[str] | None = None,
    frames: Sequence[str] | None = None,
    method: str | None = None,
    captions: bool = False,
    repeats: bool = False,
) -> pd.DataFrame:
    """All units with the probability that `draw_sample` gives each: what a correction starts from.

    Parameters
    ----------
    tables, n, unit, by, seed, allocation, at_least, actors, frames, method, captions, repeats
        As for `draw_sample`.

    Returns
    -------
    DataFrame
        Every unit, sorted by ``unit``, with the columns of `draw_sample` up to ``probability`` and ``is_drawn``.

    Raises
    ------
    UsageError, InputError
        As `draw_sample`.
    """
    units = list_units(
        tables, unit=unit, actors=actors, frames=frames, method=method, captions=captions, repeats=repeats
    )
    return plan_units(units, n=n, by=by, seed=seed, allocation=allocation, at_least=at_least)


def plan_units(
    units: pd.DataFrame,
    *,
    n: int,
    by: Sequence[str] = (),
    seed: int,
    allocation: str = "proportional",
    at_least: int = AT_LEAST,
) -> pd.DataFrame:
    """Strata, probabilities and the draw, for units that are listed already.

    Parameters
    ----------
    units : DataFrame
        As `analysis.measures.sampling_units.list_units` returns it.
    n, by, seed, allocation, at_least
        As for `draw_sample`.

    Returns
    -------
    DataFrame
        As `plan_sample`, in the order of `units`.

    Raises
    ------
    UsageError, InputError
        As `draw_sample`.
    """
    _check_options(n, by, allocation, at_least)
    if units.empty:
        raise InputError("sample: there is no unit to draw from; code articles that have some")
    if n > len(units):
        raise UsageError(f"sample: n is {n}, but there are {len(units)} units; draw {len(units)} or fewer")
    names = [_COLUMNS.get(name, name) for name in by]
    labels = [
        "; ".join(f"{name}={_show(value)}" for name, value in zip(by, values, strict=True))
        for values in zip(*(units[column] for column in names), strict=True)
    ] or ["all"] * len(units)
    units = units.copy()
    units["stratum"] = pd.Series(labels, index=units.index, dtype="str")
    sizes = dict(Counter(labels))
    shares = allocate(sizes, n, allocation=allocation, at_least=at_least if by else 1)
    units["n_stratum"] = units["stratum"].map(sizes).astype("int64")
    units["n_drawn"] = units["stratum"].map(shares).astype("int64")
    units["probability"] = units["n_drawn"] / units["n_stratum"]
    number = _numbers(units["unit"], seed)
    rank = number.groupby(units["stratum"]).rank(method="first")
    units["is_drawn"] = rank <= units["n_drawn"]
    return units[[*sampling_columns(), "stratum", "n_stratum", "n_drawn", "probability", "is_drawn"]]


def allocate(
    sizes: Mapping[str, int], n: int, *, allocation: str = "proportional", at_least: int = 1
) -> dict[str, int]:
    """Share a sample among strata.

    Parameters
    ----------
    sizes : mapping of str to int
        Units in each stratum.
    n : int
        Units to draw, at most the sum of `sizes`.
    allocation : {"proportional", "equal"}
        As for `draw_sample`.
    at_least : int, default 1
        Fewest units of a stratum, or all of a smaller one.

    Returns
    -------
    dict of str to int
        Units to draw from each stratum; they sum to `n`.

    Raises
    ------
    UsageError
        When `n` is too small to give every stratum `at_least`.

    Notes
    -----
    Beyond the least, units are given out one by one to the stratum that is furthest behind: by Webster's method for
    ``proportional`` (size over twice what it has plus one), to the stratum with the fewest for ``equal``; ties go to
    the first name. A stratum never gets more than it has.

    References
    ----------
    Balinski, M. L., & Young, H. P. (2001). Fair representation (2nd ed.). Brookings.

    Examples
    --------
    >>> allocate({"a": 90, "b": 9, "c": 1}, 20, at_least=2)
    {'a': 17, 'b': 2, 'c': 1}
    >>> allocate({"a": 90, "b": 9, "c": 1}, 20, allocation="equal")
    {'a': 10, 'b': 9, 'c': 1}
    """
    given = {name: min(size, at_least) for name, size in sorted(sizes.items())}
    if sum(given.values()) > n:
        few = f"{sum(given.values())} units are needed to draw {at_least} from each of {len(sizes)} strata (all of a"
        remedy = "raise n, lower at_least (--at-least), or use fewer strata"
        raise UsageError(f"sample: {few} smaller one), and n is {n}; {remedy}")
    priority: Callable[[str], float] = (
        (lambda name: -sizes[name] / (2 * given[name] + 1))
        if allocation == "proportional"
        else (lambda name: float(given[name]))
    )
    waiting = [(priority(name), name) for name in given if given[name] < sizes[name]]
    heapq.heapify(waiting)
    for _ in range(n - sum(given.values())):
        _, name = heapq.heappop(waiting)
        given[name] += 1
        if given[name] < sizes[name]:
            heapq.heappush(waiting, (priority(name), name))
    return given


def machine_codes(sample: pd.DataFrame, *, coder: str | None = None) -> pd.DataFrame:
    """The machine's codes of a sample, so that it joins the human coders as one more.

    Parameters
    ----------
    sample : DataFrame
        As `draw_sample` returns it.
    coder : str, optional
        What to call the machine; by default its method.

    Returns
    -------
    DataFrame
        ``unit``, ``variable``, ``coder`` and ``code``; a unit on which the machine has no evidence has no code.
    """
    code = [None if pd.isna(value) else int(value) for value in sample["predicted"]]
    columns = {"unit": sample["unit"], "variable": sample["variable"], "coder": coder or sample["method"]}
    return pd.DataFrame(columns).assign(code=pd.Series(code, index=sample.index, dtype=object))


def _numbers(units: pd.Series, seed: int) -> pd.Series:
    """A number per unit that depends on seed and key alone; equal numbers would need equal keys."""
    return units.map(lambda unit: hashlib.sha256(f"{seed}\x1f{unit}".encode()).hexdigest()[:15]).map(
        lambda digits: int(digits, 16)
    )


def _show(value: Any) -> str:
    return "none" if pd.isna(value) else str(value)


def _check_options(n: int, by: Sequence[str], allocation: str, at_least: int) -> None:
    if isinstance(by, str):
        raise UsageError(f"sample: by is one text, '{by}'; give a list such as ['outlet', 'predicted']")
    if unknown := [name for name in by if name not in STRATA]:
        raise UsageError(f"sample: cannot stratify by '{unknown[0]}'; use any of {', '.join(STRATA)}")
    if allocation not in ALLOCATIONS:
        raise UsageError(f"sample: unknown allocation '{allocation}'; use {' or '.join(ALLOCATIONS)}")
    if n < 1 or at_least < 1:
        raise UsageError(f"sample: n and at_least must be at least 1, not {n} and {at_least}")
