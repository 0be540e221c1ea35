"""Periods: the day and week of an article, before and after an event, and how much there is to go by in each.

Reads units or articles with ``published``; returns them with a column more, or counts. A date counts only where it is
known to the day: a month is not the first of the month.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from analysis.contracts.errors import InputError, UsageError

DAY = re.compile(r"\d{4}-\d\d-\d\d")
PHASES = ("before", "after")
PERIODS = ("day", "week")


def add_periods(units: pd.DataFrame) -> pd.DataFrame:
    """Add the columns ``day`` (``2025-03-04``) and ``week`` (``2025-W10``), empty where the day is not known.

    Parameters
    ----------
    units : DataFrame
        With ``published``.

    Returns
    -------
    DataFrame
        Weeks begin on Monday and are numbered by ISO 8601.

    Examples
    --------
    >>> add_periods(pd.DataFrame({"published": ["2025-03-09", "2025-03", None]}))[["day", "week"]].values.tolist()
    [['2025-03-09', '2025-W10'], [nan, nan], [nan, nan]]
    """
    days = [str(value) if isinstance(value, str) and DAY.fullmatch(value) else None for value in units["published"]]
    weeks = [name_week(day) if day else None for day in days]
    return units.assign(
        day=pd.Series(days, index=units.index, dtype="str"), week=pd.Series(weeks, index=units.index, dtype="str")
    )


def name_week(day: str) -> str:
    """The ISO week of a day.

    Examples
    --------
    >>> name_week("2024-12-31")
    '2025-W01'
    """
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02d}"


def add_phases(units: pd.DataFrame, turning_points: Mapping[str, str]) -> pd.DataFrame:
    """Keep the units about actors with a turning point, and add ``phase``: before it, or from that day on after it.

    Parameters
    ----------
    units : DataFrame
        With ``actor_id`` and ``published``.
    turning_points : mapping of str to str
        The day (``2025-03-10``) by actor_id.

    Returns
    -------
    DataFrame
        ``phase`` (before or after) and ``is_after`` (0.0 or 1.0); units without a day are left out.

    Raises
    ------
    UsageError
        When a turning point is no day.
    """
    if wrong := [day for day in turning_points.values() if not DAY.fullmatch(day)]:
        raise UsageError(f"add_phases: '{wrong[0]}' is no day; write it as 2025-03-10")
    known = add_periods(units[units["actor_id"].isin(list(turning_points))])
    known = known[known["day"].notna()].reset_index(drop=True)
    is_after = known["day"] >= known["actor_id"].map(turning_points).astype("str")
    return known.assign(
        phase=is_after.map({False: PHASES[0], True: PHASES[1]}).astype("str"), is_after=is_after.astype(float)
    )


def count_articles(articles: pd.DataFrame, *, period: str = "day", by: Sequence[str] = ()) -> pd.DataFrame:
    """How many articles there are of each period: what every estimate of it rests on.

    Parameters
    ----------
    articles : DataFrame
        Table ``articles``.
    period : {"day", "week"}
    by : sequence of str
        Columns to count by as well, such as ``outlet``.

    Returns
    -------
    DataFrame
        `period`, `by` and ``n_articles``, for every combination, zero where there is none; weeks without any article
        between the first and the last stand there too. Articles whose day, or value of `by`, is not known are left out.

    Raises
    ------
    UsageError
        For another period.
    InputError
        When a column is missing.
    """
    if period not in PERIODS:
        raise UsageError(f"count_articles: unknown period '{period}'; use {' or '.join(PERIODS)}")
    if missing := [column for column in ("published", *by) if column not in articles.columns]:
        raise InputError(f"count_articles: the table lacks {', '.join(missing)}")
    known = add_periods(articles)
    known = known[known["day"].notna() & known[list(by)].notna().all(axis=1)]
    if known.empty:
        return pd.DataFrame(columns=[period, *by, "n_articles"])
    times = pd.date_range(known["day"].min(), known["day"].max()).strftime("%Y-%m-%d")
    names = list(dict.fromkeys(times if period == "day" else map(name_week, times)))
    found = known.groupby([period, *by]).size().rename("n_articles").reset_index()
    grid = pd.DataFrame({period: pd.Series(names, dtype="str")})
    if by:
        grid = grid.merge(known[list(by)].drop_duplicates().sort_values(list(by)), how="cross")
    table = grid.merge(found, on=[period, *by], how="left")
    return table.assign(n_articles=table["n_articles"].fillna(0).astype("int64"))
