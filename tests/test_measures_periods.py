"""Periods: days and weeks as they are known, before and after, and what there is to go by."""

import pandas as pd
import pytest

from analysis.contracts.errors import InputError, UsageError
from analysis.measures.periods import add_periods, add_phases, count_articles

UNITS = pd.DataFrame(
    {
        "actor_id": ["mayor", "mayor", "union", "mayor", "union"],
        "outlet": ["bode", "gazet", "bode", "bode", None],
        "published": ["2025-03-09", "2025-03-10", "2025-03-12", "2025-03", None],
    }
)


def test_a_month_is_no_day():
    """Weeks begin on Monday; what is not known to the day has neither day nor week."""
    found = add_periods(UNITS)
    assert found["week"].tolist()[:3] == ["2025-W10", "2025-W11", "2025-W11"]
    assert found[["day", "week"]].isna().all(axis=1).tolist() == [False, False, False, True, True]
    assert add_periods(UNITS.iloc[:0])["week"].empty


def test_the_day_itself_is_after():
    """Each actor has a turning point of its own; actors without one are left out."""
    found = add_phases(UNITS, {"mayor": "2025-03-10"})
    assert found[["published", "phase", "is_after"]].to_numpy().tolist() == [
        ["2025-03-09", "before", 0.0],
        ["2025-03-10", "after", 1.0],
    ]
    assert add_phases(UNITS, {"ghost": "2025-03-10"}).empty
    with pytest.raises(UsageError, match="'10 maart' is no day"):
        add_phases(UNITS, {"mayor": "10 maart"})


def test_days_without_articles_stand_in_the_count():
    """So that a gap in a chart is seen to be one."""
    days = count_articles(UNITS)
    assert days["n_articles"].tolist() == [1, 1, 0, 1]
    weeks = count_articles(UNITS, period="week", by=["outlet"])
    assert weeks.to_numpy().tolist() == [
        ["2025-W10", "bode", 1],
        ["2025-W10", "gazet", 0],
        ["2025-W11", "bode", 1],
        ["2025-W11", "gazet", 1],
    ]
    assert count_articles(UNITS.iloc[3:]).empty
    assert list(count_articles(UNITS.iloc[3:], by=["outlet"]).columns) == ["day", "outlet", "n_articles"]


def test_wrong_questions_are_refused():
    """With what can be asked."""
    with pytest.raises(UsageError, match="use day or week"):
        count_articles(UNITS, period="year")
    with pytest.raises(InputError, match="lacks krant"):
        count_articles(UNITS, by=["krant"])
