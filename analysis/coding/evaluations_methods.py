"""Evaluations of several methods in one table: which of them count, and which are negative or clear.

Reads the table ``evaluations``; returns its rows, or one flag per row. Whatever counts or averages evaluations asks
here first, so that no number mixes methods.
"""

from __future__ import annotations

import pandas as pd

from analysis.schema import METHODS_BY_PREFERENCE

CLEAR = 0.25
"""Least strength of a clear evaluation, one that casts a role: the weakest step of the lexicon's grid."""


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


def is_negative(evaluations: pd.DataFrame) -> pd.Series[bool]:
    """Which evaluations are negative: below zero and, where there are probabilities, most probably negative.

    Examples
    --------
    >>> columns = ["polarity", "p_negative", "p_neutral", "p_positive"]
    >>> rows = [[-0.5, None, None, None], [-0.1, 0.2, 0.7, 0.1], [-0.4, 0.6, 0.2, 0.2]]
    >>> is_negative(pd.DataFrame(rows, columns=columns, dtype=float)).tolist()
    [True, False, True]
    """
    rival = evaluations[["p_neutral", "p_positive"]].max(axis=1)
    has_label = evaluations["p_negative"].notna()
    return (evaluations["polarity"] < 0) & (~has_label | (evaluations["p_negative"] > rival))


def keep_clear(evaluations: pd.DataFrame) -> pd.DataFrame:
    """The evaluations that say something: all without probabilities, and those whose label is clear.

    Returns
    -------
    DataFrame
        The rows, with their index. The model judges every mention; this leaves out what it finds neutral: neutral is
        the most probable label, and polarity is nearer to zero than `CLEAR`.

    Examples
    --------
    >>> columns = ["polarity", "p_negative", "p_neutral", "p_positive"]
    >>> rows = [[-0.1, None, None, None], [-0.1, 0.2, 0.7, 0.1], [-0.3, 0.4, 0.5, 0.1]]
    >>> keep_clear(pd.DataFrame(rows, columns=columns, dtype=float)).index.tolist()
    [0, 2]
    """
    strongest = evaluations[["p_negative", "p_positive"]].max(axis=1)
    has_no_label = evaluations["p_neutral"].isna()
    is_clear = (strongest > evaluations["p_neutral"]) | (evaluations["polarity"].abs() >= CLEAR)
    return evaluations[has_no_label | is_clear]
