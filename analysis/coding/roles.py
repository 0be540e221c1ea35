"""Roles: whom an article casts as hero, villain or victim, and whom it holds responsible.

Reads mentions, evaluations, actions and frames; returns the table ``roles``: one row per article and actor
with evidence. A share is of the actor's own evidence, so that an actor with one deed is not compared with one
that has twenty without the count beside it.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from analysis.coding.actions import keep_done
from analysis.coding.evaluations_methods import CLEAR, select_evaluations
from analysis.coding.frames_methods import select_frames
from analysis.tables import make_table, rows_of


def code_roles(
    mentions: pd.DataFrame,
    evaluations: pd.DataFrame,
    actions: pd.DataFrame,
    frames: pd.DataFrame,
    *,
    method: str | None = None,
) -> pd.DataFrame:
    """Cast the actors of each article.

    Parameters
    ----------
    mentions, evaluations, actions, frames : DataFrame
        Tables of the same articles.
    method : str, optional
        Which method's evaluations count; by default as `select_evaluations` chooses.

    Returns
    -------
    DataFrame
        Table ``roles``. Evidence for a villain: a clearly negative evaluation, or the agent of a conflict;
        for a hero: a clearly positive evaluation, or the agent of cooperation; for a victim: the patient of a
        conflict; negated deeds do not count. `responsibility` is the share of the article's sentences about who is
        responsible that mention the actor, empty when the article has none.

    Notes
    -----
    A rule-based reading of the three roles; it does not see who is pitied or admired without a word for it.

    References
    ----------
    Frermann, L., Li, J., Khanehzar, S., & Mikolajczak, G. (2023). Conflicts, villains, resolutions: towards
    models of narrative media framing. ACL.
    """
    judged = select_evaluations(evaluations, method)
    clear = judged[judged["polarity"].abs() >= CLEAR]
    actions = keep_done(actions)
    evidence = pd.concat(
        [
            _evidence(clear[clear["polarity"] < 0], "target_id", "villain"),
            _evidence(clear[clear["polarity"] > 0], "target_id", "hero"),
            _evidence(actions[actions["valence"] == "conflict"], "agent_id", "villain"),
            _evidence(actions[actions["valence"] == "cooperation"], "agent_id", "hero"),
            _evidence(actions[actions["valence"] == "conflict"], "patient_id", "victim"),
        ],
        ignore_index=True,
    )
    counts = Counter((row.article_id, row.actor_id, row.role) for row in rows_of(evidence))
    responsible, asked = _share_responsible(mentions, frames)
    keys = sorted({(article_id, actor_id) for article_id, actor_id, _ in counts} | set(responsible))
    rows: list[dict[str, Any]] = []
    for article_id, actor_id in keys:
        found = {role: counts[article_id, actor_id, role] for role in ("hero", "villain", "victim")}
        total = sum(found.values())
        share: float | None = responsible.get((article_id, actor_id))
        if share is None and article_id in asked:
            share = 0.0
        rows.append(
            {
                "article_id": article_id,
                "actor_id": actor_id,
                **{role: n / total if total else None for role, n in found.items()},
                "responsibility": share,
                "n_evidence": total,
            }
        )
    return make_table("roles", rows)


def _evidence(table: pd.DataFrame, column: str, role: str) -> pd.DataFrame:
    named = table[table[column].notna()]
    return pd.DataFrame({"article_id": named["article_id"], "actor_id": named[column], "role": role})


def _share_responsible(mentions: pd.DataFrame, frames: pd.DataFrame) -> tuple[dict[tuple[str, str], float], set[str]]:
    """Share per article and actor, and the articles that have sentences about who is responsible."""
    frames = select_frames(frames)
    is_about = (frames["frame_id"] == "responsibility") & frames["indicator"].str.startswith("responsible")
    about = frames.loc[is_about, ["article_id", "sentence_id"]].drop_duplicates()
    totals = Counter(about["article_id"])
    named = about.merge(mentions[["article_id", "sentence_id", "actor_id"]].drop_duplicates())
    counts = Counter((row.article_id, row.actor_id) for row in rows_of(named))
    return {key: n / totals[key[0]] for key, n in counts.items()}, set(totals)
