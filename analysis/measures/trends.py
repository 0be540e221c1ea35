"""Differences and trends within groups: by the machine, corrected by gold codes, and by the gold codes alone.

Reads units with the machine's codes and the gold codes of a sample (`analysis.measures.article_units.add_gold_codes`);
returns one row per group and estimator. The regression itself is `analysis.measures.correction.correct_slopes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from analysis.contracts.errors import InputError
from analysis.measures.correction import ESTIMATORS, correct_slopes
from analysis.measures.least_squares import FEWEST

COLUMNS = (
    "estimator",
    "n_coded",
    "measure",
    "estimate",
    "ci_low",
    "ci_high",
    "n_articles",
    "n_units",
    "unit",
    "method",
)
"""Columns of `correct_differences` after those of `by`."""


def add_weeks(units: pd.DataFrame) -> pd.DataFrame:
    """Add ``weeks``: the time since the first day in weeks, so that the slope of a trend is a change a week.

    Parameters
    ----------
    units : DataFrame
        With ``day`` (`analysis.measures.periods.add_periods`); rows without one are left out.
    """
    known = units[units["day"].notna()].reset_index(drop=True)
    numbers = np.array([date.fromisoformat(str(day)).toordinal() for day in known["day"]], float)
    return known.assign(weeks=(numbers - numbers.min()) / 7 if len(numbers) else numbers)


def correct_differences(
    units: pd.DataFrame,
    term: str,
    *,
    by: Sequence[str] = ("actor_id",),
    predicted: str,
    coded: str = "coded",
    probability: str = "probability",
    level: float = 0.95,
    correction: str = "ppi",
) -> pd.DataFrame:
    """How a code differs with one term, in every group.

    Parameters
    ----------
    units : DataFrame
        As for `correct_slopes`.
    term : str
        A number: 0 and 1 for a difference, such as ``is_after``; time for a trend, such as ``weeks``.
    by : sequence of str
        Groups, each with a regression of its own.
    predicted, coded, probability, level, correction
        As for `correct_slopes`; errors are clustered by ``article_id``. Groups are often small, so ``ppi`` unless asked
        otherwise.

    Returns
    -------
    DataFrame
        `by`, ``estimator`` and the columns of ``estimates``. Groups in which the term cannot be told from chance are
        left out: fewer than three articles, or fewer than two values of it, in the whole or among the coded.

    Raises
    ------
    InputError
        When a column is missing.
    """
    needed = ["article_id", term, *by, predicted, coded, probability]
    if missing := [column for column in needed if column not in units.columns]:
        raise InputError(
            f"correct_differences: the table lacks {', '.join(missing)}; it has {', '.join(units.columns)}"
        )
    known = units[units[needed[:-2]].notna().all(axis=1)]
    parts = []
    for key, group in known.groupby(list(by), sort=True):
        sample = group[group[coded].notna()]
        if all(part["article_id"].nunique() >= FEWEST and part[term].nunique() >= 2 for part in (group, sample)):
            found = correct_slopes(
                group, [term], predicted=predicted, coded=coded, probability=probability, level=level,
                correction=correction,
            )  # fmt: skip
            found = found[found["term"] == term].drop(columns="term")
            where = pd.DataFrame([key] * len(found), columns=list(by), index=found.index)
            parts.append(pd.concat([where, found], axis=1))
    if not parts:
        return pd.DataFrame(columns=[*by, *COLUMNS])
    table = pd.concat(parts, ignore_index=True)
    table["estimator"] = pd.Categorical(table["estimator"], ESTIMATORS, ordered=True)
    table = table.sort_values([*by, "estimator"], ignore_index=True).astype({"estimator": "str"})
    return table[[*by, *COLUMNS]]
