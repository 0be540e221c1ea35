"""Casting: how many sentences speak for each role of an actor, and how often each framing function is carried out.

Reads the tables ``role_evidence`` and ``functions``; returns frames by actor or by source, counts only. Pure.
"""

from __future__ import annotations

import pandas as pd

from analysis.contracts.errors import UsageError
from analysis.contracts.schema_roles import FUNCTIONS, ROLES

SIDES = ("source_id", "actor_id")


def count_roles(role_evidence: pd.DataFrame) -> pd.DataFrame:
    """Count the sentences that speak for each role, per actor.

    Parameters
    ----------
    role_evidence : DataFrame
        Table ``role_evidence``, or a selection of its rows (of one outlet, of one origin).

    Returns
    -------
    DataFrame
        ``actor_id``, ``hero``, ``villain``, ``victim`` (sentences with evidence for the role), ``n_sentences`` (with
        evidence for any: a sentence may speak for two) and ``n_articles``. Most sentences first, then by name.

    Examples
    --------
    >>> rows = [("a", 0, "mayor", "hero"), ("a", 0, "mayor", "hero"), ("a", 1, "mayor", "villain")]
    >>> table = pd.DataFrame(rows, columns=["article_id", "sentence_id", "actor_id", "role"])
    >>> count_roles(table).values.tolist()
    [['mayor', 1, 1, 0, 2, 1]]
    """
    places = ["actor_id", "article_id", "sentence_id"]
    told = role_evidence[[*places, "role"]].drop_duplicates()
    counts = told.groupby(["actor_id", "role"]).size().unstack(fill_value=0).reindex(columns=list(ROLES), fill_value=0)
    counts["n_sentences"] = told[places].drop_duplicates().groupby("actor_id").size()
    counts["n_articles"] = told.groupby("actor_id")["article_id"].nunique()
    return _order(counts, "n_sentences", "actor_id")


def count_functions(functions: pd.DataFrame, *, by: str = "source_id", negated: bool = False) -> pd.DataFrame:
    """Count the places where each framing function is carried out, by who says so or by whom it is about.

    Parameters
    ----------
    functions : DataFrame
        Table ``functions``, or a selection of its rows.
    by : {"source_id", "actor_id"}, default "source_id"
        Who says so; or whose doing it is, who is blamed, who is judged, who must act.
    negated : bool, default False
        Count what is said not to be so as well.

    Returns
    -------
    DataFrame
        Column `by`, a column for each of the four functions, and ``n_functions``, their sum. Rows without an actor are
        left out of ``by="actor_id"``. Most first, then by name.

    Raises
    ------
    UsageError
        For an unknown `by`.
    """
    if by not in SIDES:
        raise UsageError(f"count_functions: there is no side '{by}'; use {' or '.join(SIDES)}")
    told = functions if negated else functions[~functions["negated"].astype(bool)]
    told = told[told[by].notna()]
    counts = told.groupby([by, "function"]).size().unstack(fill_value=0).reindex(columns=list(FUNCTIONS), fill_value=0)
    counts["n_functions"] = counts.sum(axis=1)
    return _order(counts, "n_functions", by)


def _order(counts: pd.DataFrame, total: str, key: str) -> pd.DataFrame:
    counts = counts.rename_axis(index=key, columns=None).reset_index().astype({total: int})
    return counts.sort_values([total, key], ascending=[False, True], ignore_index=True)
