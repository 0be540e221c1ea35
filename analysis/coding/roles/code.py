"""Roles: whom an article casts as hero, villain or victim, and whom it holds responsible.

Reads mentions, role evidence and frames; returns the table ``roles``: one row per article and actor with evidence. A
share is of the actor's own evidence, so that an actor with one deed is not compared with one that has twenty without
the count beside it; a role is present only where its evidence weighs enough.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from analysis.coding.frames.methods import select_frames
from analysis.contracts.schema_roles import ROLES
from analysis.contracts.tables import make_table, rows_of

LEAST_WEIGHT = 0.8
"""Least sum of weights of a role that is present: one plain piece of evidence is enough, a hint is not."""
LEAST_SHARE = 0.4
"""Least share of the actor's evidence of a role that is present: two roles at once are possible. Both were set by
reading, not fitted; how far the roles agree with coders stands in docs/frames.md."""


def code_roles(mentions: pd.DataFrame, role_evidence: pd.DataFrame, frames: pd.DataFrame) -> pd.DataFrame:
    """Cast the actors of each article.

    Parameters
    ----------
    mentions, role_evidence, frames : DataFrame
        Tables of the same articles; see `find_role_evidence`.

    Returns
    -------
    DataFrame
        Table ``roles``. `hero`, `villain` and `victim` are shares of the weight of the actor's evidence; `is_hero` and
        its like tell whether the role is present: its weight is at least `LEAST_WEIGHT` and its share at least
        `LEAST_SHARE`. A sentence counts once for a role, with its heaviest evidence: it may be told of by a deed, an
        evaluation and a word of blame at once. An actor may have two roles. `responsibility` is the share of the
        article's sentences about who is responsible that mention the actor, empty when the article has none.

    Notes
    -----
    A rule-based reading of the three roles; it does not see who is pitied or admired without a word for it.

    References
    ----------
    Frermann, L., Li, J., Khanehzar, S., & Mikolajczak, G. (2023). Conflicts, villains, resolutions: towards
    models of narrative media framing. ACL.
    """
    heaviest: dict[tuple[str, str], dict[tuple[str, int], float]] = {}
    fine: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows_of(role_evidence):
        key = (row.article_id, row.actor_id)
        counts[key] += 1
        place = (str(row.role), int(row.sentence_id))
        of_actor = heaviest.setdefault(key, {})
        of_actor[place] = max(of_actor.get(place, 0.0), float(row.weight))
        if isinstance(row.fine_role, str) and row.fine_role:
            fine.setdefault(key, Counter())[row.role, row.fine_role] += row.weight
    responsible, asked = _share_responsible(mentions, frames)
    rows: list[dict[str, Any]] = []
    for key in sorted(set(counts) | set(responsible)):
        found = {role: sum(w for (one, _), w in heaviest.get(key, {}).items() if one == role) for role in ROLES}
        total = sum(found.values())
        shares = {role: found[role] / total if total else None for role in ROLES}
        present = {role for role in ROLES if is_present(found[role], total)}
        share: float | None = responsible.get(key)
        if share is None and key[0] in asked:
            share = 0.0
        rows.append(
            {
                "article_id": key[0],
                "actor_id": key[1],
                **{role: None if value is None else min(value, 1.0) for role, value in shares.items()},
                **{f"is_{role}": role in present for role in ROLES},
                "fine_role": _choose_fine(fine.get(key, Counter()), present),
                "responsibility": share,
                "n_evidence": counts[key],
            }
        )
    return make_table("roles", rows)


def is_present(weight: float, total: float) -> bool:
    """Whether a role is present, by its weight and that of all evidence about the actor.

    Examples
    --------
    >>> is_present(0.8, 1.6), is_present(0.3, 0.3), is_present(1.0, 4.0)
    (True, False, False)
    """
    return total > 0 and round(weight, 6) >= LEAST_WEIGHT and round(weight / total, 6) >= LEAST_SHARE


def _choose_fine(found: Counter[tuple[str, str]], present: set[str]) -> str | None:
    """The fine-grained role with the most weight, of a role that is present; the first by name of several."""
    known = {fine: weight for (role, fine), weight in found.items() if role in present}
    return min(known, key=lambda fine: (-round(known[fine], 6), fine)) if known else None


def _share_responsible(mentions: pd.DataFrame, frames: pd.DataFrame) -> tuple[dict[tuple[str, str], float], set[str]]:
    """Share per article and actor, and the articles that have sentences about who is responsible."""
    frames = select_frames(frames)
    is_about = (frames["frame_id"] == "responsibility") & frames["indicator"].str.startswith("responsible")
    about = frames.loc[is_about, ["article_id", "sentence_id"]].drop_duplicates()
    totals = Counter(about["article_id"])
    named = about.merge(mentions[["article_id", "sentence_id", "actor_id"]].drop_duplicates())
    counts = Counter((row.article_id, row.actor_id) for row in rows_of(named))
    return {key: n / totals[key[0]] for key, n in counts.items()}, set(totals)
