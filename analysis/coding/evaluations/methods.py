"""Evaluations of several methods in one table: which of them count, and which are negative or clear.

Reads the table ``evaluations``; returns its rows, or one flag per row. Whatever counts or averages evaluations asks
here first, so that no number mixes methods.
"""

from __future__ import annotations

import pandas as pd

from analysis.contracts.schema import METHODS_BY_PREFERENCE

CLEAR = 0.25
"""Least strength of a clear evaluation, of every method: the weakest step of the lexicon's grid. One that is clear
casts a role, counts as negative or not, and is shown."""


def select_evaluations(evaluations: pd.DataFrame, method: str | None = None) -> pd.DataFrame:
    """The evaluations of one method: counts and means never mix methods.

    Parameters
    ----------
    evaluations : DataFrame
        Table ``evaluations``, whole: what is chosen must not depend on a part of it.
    method : str, optional
        Which method's; by default the first of `METHODS_BY_PREFERENCE` that occurs, else the first by name.

    Returns
    -------
    DataFrame
        The rows, with their index.

    Examples
    --------
    >>> table = pd.DataFrame({"method": ["lexicon", "model", "model"], "polarity": [-0.75, -0.4, 0.1]})
    >>> select_evaluations(table)["polarity"].tolist(), select_evaluations(table, "vader")["polarity"].tolist()
    ([-0.4, 0.1], [])
    """
    if method is None:
        found = set(evaluations["method"])
        method = next((name for name in [*METHODS_BY_PREFERENCE, *sorted(found)] if name in found), "")
    return evaluations[evaluations["method"] == method]


def is_clear(evaluations: pd.DataFrame) -> pd.Series[bool]:
    """Which evaluations say something: those of at least `CLEAR`, whatever the method.

    Examples
    --------
    >>> is_clear(pd.DataFrame({"polarity": [-0.5, -0.1, 0.25]})).tolist()
    [True, False, True]
    """
    return evaluations["polarity"].abs() >= CLEAR


def is_negative(evaluations: pd.DataFrame) -> pd.Series[bool]:
    """Which evaluations are negative: the clear ones below zero.

    Examples
    --------
    >>> is_negative(pd.DataFrame({"polarity": [-0.5, -0.1, 0.25]})).tolist()
    [True, False, False]
    """
    return evaluations["polarity"] <= -CLEAR


def keep_clear(evaluations: pd.DataFrame) -> pd.DataFrame:
    """The evaluations that say something, with their index: see `is_clear`.

    Examples
    --------
    >>> keep_clear(pd.DataFrame({"polarity": [-0.5, -0.1, 0.25]})).index.tolist()
    [0, 2]
    """
    return evaluations[is_clear(evaluations)]
