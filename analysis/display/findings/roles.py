"""Findings about roles and framing functions in a sentence, and one piece of evidence explained.

Reads the tables that the charts of `charts.roles` are drawn from; returns a `Finding` or an `Explanation`.
"""

from __future__ import annotations

import pandas as pd

from analysis.codebook.load import Codebook
from analysis.contracts.schema_roles import FUNCTIONS, ROLES
from analysis.contracts.tables import Tables, rows_of
from analysis.display.charts.style import rank
from analysis.display.explanations.explain import explain
from analysis.display.explanations.explanation import Explanation
from analysis.display.findings.charts import Finding
from analysis.display.words import count, label, list_words, word

_ABOUT = {
    "source_id": ("defines_problems", "names_causes", "judges", "says_what_should_be_done"),
    "actor_id": ("problem_laid_to", "blamed", "judged", "called_on_to_act"),
}
"""What the first of each function is, by who says so and by whom it is about."""


def describe_roles(counts: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 10) -> Finding:
    """Who has most sentences that speak for each role, of the actors that `plot_roles` shows (``count_roles``)."""
    if counts.empty:
        return Finding(word("no_roles", language))
    shown, drawn, rest = _choose(counts, "actor_id", "n_sentences", "actor", codebook, language, top)
    parts = []
    for role in ROLES:
        known = {str(actor): float(n) for actor, n in drawn[role].items() if n}
        names = [f"{label(actor, codebook, language)} ({known[actor]:.0f})" for actor in rank(known, codebook, 3)[0]]
        parts.append(f"{word(role, language)}: {list_words(names or [word('no_one', language)], language)}")
    actors = count(len(shown), "actor", language)
    return Finding(word("roles_cast", language, actors=actors, rest=rest, told="; ".join(parts)))


def describe_functions(counts: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 10) -> Finding:
    """Who comes first in each function, of the rows that `plot_functions` shows (``count_functions``, either side)."""
    by = "source_id" if "source_id" in counts.columns else "actor_id"
    if counts.empty:
        return Finding(word("no_functions", language))
    shown, drawn, rest = _choose(counts, by, "n_functions", "row", codebook, language, top)
    parts = []
    for function, told in zip(FUNCTIONS, _ABOUT[by], strict=True):
        known = {str(key): float(n) for key, n in drawn[function].items() if n}
        first, _ = rank(known, codebook, 1)
        who = f"{label(first[0], codebook, language)} ({known[first[0]]:.0f})" if first else word("no_one", language)
        parts.append(f"{word(told, language)}: {who}")
    n, rows = count(drawn["n_functions"].sum(), "function", language), count(len(shown), "row", language)
    return Finding(word("functions", language, functions=n, rows=rows, rest=rest, told="; ".join(parts)))


def _choose(
    counts: pd.DataFrame, by: str, total: str, noun: str, codebook: Codebook, language: str, top: int
) -> tuple[list[str], pd.DataFrame, str]:
    """What a chart shows of a table of counts, its rows by id, and what to say of the others."""
    totals = {str(key): float(n) for key, n in zip(counts[by], counts[total], strict=True)}
    shown, n_all = rank(totals, codebook, top)
    rest = word("shown_of", language, n=count(n_all, noun, language)) if len(shown) < n_all else ""
    return shown, counts.set_index(by).loc[shown], rest


def explain_role(
    tables: Tables, role: str = "villain", *, codebook: Codebook, language: str = "nl"
) -> Explanation | Finding:
    """The heaviest piece of evidence for a role in the corpus; the first in the text of several."""
    rows = [row for row in rows_of(tables.role_evidence) if row.role == role]
    if not rows:
        return Finding(word("no_role_evidence", language, role=word(role, language)))
    heaviest = min(rows, key=lambda row: (-row.weight, row.role_evidence_id))
    return explain(tables, heaviest.role_evidence_id, codebook=codebook, language=language)
