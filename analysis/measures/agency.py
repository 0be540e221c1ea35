"""Agency: who acts, who undergoes, and how often the sentence leaves out who did it.

Reads the table ``actions``; returns a frame by actor or by type of event, counts beside each share. Pure.
"""

from __future__ import annotations

import pandas as pd

from analysis.contracts.errors import UsageError

GROUPS = ("patient_id", "event")
COLUMNS = (
    "n_agent",
    "n_patient",
    "n_verbal",
    "n_agentless",
    "n_unlisted_agent",
    "n_nominal",
    "n_nominal_agentless",
    "share_agentless",
)
OTHER = "other"
"""The type of deeds that the event lists do not know."""
_DEED = ["article_id", "sentence_id", "start", "end", "predicate"]


def agency(actions: pd.DataFrame, *, by: str = "patient_id", negated: bool = False) -> pd.DataFrame:
    """Count who acts and who undergoes, and the deeds whose agent is left out.

    Parameters
    ----------
    actions : DataFrame
        Table ``actions``, as `code_actions` returns it, or a selection of its rows (of one valence, one outlet).
    by : {"patient_id", "event"}, default "patient_id"
        A row for each actor that acts or undergoes; or for each type of event, ``other`` where a deed has none.
    negated : bool, default False
        Count deeds that are said not to be done as well.

    Returns
    -------
    DataFrame
        Column `by`, then ``n_agent`` (deeds with the actor, or by event with any actor, as agent), ``n_patient``
        (likewise as patient), ``n_verbal`` (deeds told by a verb; by actor those done to the actor: the denominator),
        ``n_agentless`` (of those: the agent left out), ``n_unlisted_agent`` (of those: the agent named, but no actor
        of the study), ``n_nominal`` and ``n_nominal_agentless`` (told by a noun, and without an agent of the study,
        left out or unlisted), ``share_agentless`` (n_agentless / n_verbal; NaN without a deed). Most deeds first,
        then by name.

    Raises
    ------
    UsageError
        For an unknown `by`.

    Notes
    -----
    A deed with several agents or patients has several rows in ``actions``; it is counted once for each actor, and once
    for its event. What is left out in one sentence may be told in the next: the share tells of sentences.

    Examples
    --------
    >>> rows = [("p", "beat", "agentless_passive"), ("p", "beat", "passive"), ("p", "meet", "active")]
    >>> told = pd.DataFrame(rows, columns=["patient_id", "event", "voice"]).assign(
    ...     agent_id=[None, "q", "q"], article_id="a", sentence_id=range(3), start=0, end=1, predicate="x",
    ...     negated=False)
    >>> agency(told)[["patient_id", "n_agent", "n_verbal", "n_agentless", "share_agentless"]].round(2)
      patient_id  n_agent  n_verbal  n_agentless  share_agentless
    0          p        0         3            1             0.33
    1          q        2         0            0              NaN
    """
    if by not in GROUPS:
        raise UsageError(f"agency: unknown grouping '{by}'; use one of {', '.join(GROUPS)}")
    told = actions if negated else actions[~actions["negated"].astype(bool)]
    if by == "event":
        event = told["event"].fillna(OTHER)
        done = told.assign(event=event)
        n_agent = _count(done[done["agent_id"].notna()], by)
        n_patient = _count(done[done["patient_id"].notna()], by)
    else:
        done = told[told["patient_id"].notna()]
        doing = told[told["agent_id"].notna()].assign(patient_id=told["agent_id"])
        n_agent = _count(doing, by)
        n_patient = _count(done, by)
    is_nominal = done["voice"] == "nominal"
    is_agentless = done["voice"] == "agentless_passive"
    is_unnamed = done["agent_id"].isna()
    counts = {
        "n_agent": n_agent,
        "n_patient": n_patient,
        "n_verbal": _count(done[~is_nominal], by),
        "n_agentless": _count(done[is_agentless], by),
        "n_unlisted_agent": _count(done[is_unnamed & ~is_agentless & ~is_nominal], by),
        "n_nominal": _count(done[is_nominal], by),
        "n_nominal_agentless": _count(done[is_nominal & is_unnamed], by),
    }
    table = pd.DataFrame(counts).fillna(0).astype("int64")
    table["share_agentless"] = (table["n_agentless"] / table["n_verbal"]).where(table["n_verbal"] > 0)
    table.index.name = by
    table = table.reset_index()
    table[by] = table[by].astype("str")
    order = table.assign(n_deeds=table["n_verbal"] + table["n_nominal"] + table["n_agent"])
    order = order.sort_values(["n_deeds", by], ascending=[False, True], kind="stable")
    return table.loc[order.index, [by, *COLUMNS]].reset_index(drop=True)


def _count(rows: pd.DataFrame, by: str) -> pd.Series[int]:
    """Deeds per group, a deed of several rows once."""
    return rows.drop_duplicates([by, *_DEED]).groupby(by, sort=True).size()
