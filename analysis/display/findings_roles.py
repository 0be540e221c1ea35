"""Findings about roles and framing functions in a sentence, and one piece of evidence explained.

Reads the tables that the charts of `analysis.display.roles` are drawn from; returns a `Finding` or an `Explanation`.
"""

from __future__ import annotations

import pandas as pd

from analysis.codebook import Codebook
from analysis.display.explaining import explain
from analysis.display.explanation import Explanation
from analysis.display.findings import Finding, count_nouns, list_words
from analysis.display.style import rank
from analysis.display.words import label
from analysis.schema_roles import FUNCTIONS, ROLES
from analysis.tables import Tables, rows_of

_PLURAL = {"hero": "heroes", "villain": "villains", "victim": "victims"}
_ABOUT = {
    "source_id": ("defines problems", "names causes", "judges", "says what should be done"),
    "actor_id": ("problem laid to", "blamed", "judged", "called on to act"),
}
"""What the first of each function is, by who says so and by whom it is about."""


def describe_roles(roles: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> Finding:
    """Who is cast as what, from the table ``roles``: in how many articles the role is present."""
    if roles.empty:
        return Finding("Nobody is cast in a role.")
    parts = []
    for role in ROLES:
        present = roles[roles[f"is_{role}"]]
        counts = {str(key): float(n) for key, n in present.groupby("actor_id").size().items()}
        first, total = rank(counts, codebook, 3)
        named = list_words([label(actor, codebook, language) for actor in first]) if first else "nobody"
        more = f" and {total - len(first)} more" if total > len(first) else ""
        parts.append(f"{_PLURAL[role].capitalize()}: {named}{more}.")
    n = roles["actor_id"].nunique()
    return Finding(f"{count_nouns(n, 'actor')} with evidence. {' '.join(parts)}")


def describe_functions(counts: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> Finding:
    """Who comes first in each function (``count_functions``, by either side)."""
    by = "source_id" if "source_id" in counts.columns else "actor_id"
    if counts.empty:
        return Finding("No framing function was found.")
    parts = []
    for function, told in zip(FUNCTIONS, _ABOUT[by], strict=True):
        known = {str(key): float(n) for key, n in zip(counts[by], counts[function], strict=True) if n}
        first, _ = rank(known, codebook, 1)
        who = f"{label(first[0], codebook, language)} ({known[first[0]]:.0f})" if first else "nobody"
        parts.append(f"{told}: {who}")
    return Finding(f"{count_nouns(int(counts['n_functions'].sum()), 'function')}. Most often {'; '.join(parts)}.")


def explain_role(
    tables: Tables, role: str = "villain", *, codebook: Codebook, language: str = "nl"
) -> Explanation | Finding:
    """The heaviest piece of evidence for a role in the corpus; the first in the text of several."""
    rows = [row for row in rows_of(tables.role_evidence) if row.role == role]
    if not rows:
        return Finding(f"There is no evidence for a {role}.")
    heaviest = min(rows, key=lambda row: (-row.weight, row.role_evidence_id))
    return explain(tables, heaviest.role_evidence_id, codebook=codebook, language=language)
