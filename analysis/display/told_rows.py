"""Rows of deeds, responsibility, functions and roles in words: a note for the evidence, and a line that tells the row.

Reads rows of ``actions``, ``responsibility``, ``functions`` and ``role_evidence``; returns text for `explain`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

Name = Callable[[Any], str]
"""What turns an id into a label."""
_NO_AGENT = {True: "agent left out", False: "somebody else"}
_ABOUT = {
    "problem_definition": "whose doing it is",
    "causal_attribution": "who is blamed",
    "moral_evaluation": "who is judged",
    "treatment_recommendation": "who must act",
}


def tell_action(row: Any, name: Name) -> tuple[str, str]:
    """A deed: who does what to whom."""
    agent = name(row.agent_id) if pd.notna(row.agent_id) else _NO_AGENT[row.voice == "agentless_passive"]
    patient = name(row.patient_id) if pd.notna(row.patient_id) else "nobody named"
    told = f"({row.voice}, {row.valence}{_flags(row)}; method {row.method})"
    return f"deed: {row.predicate}", f"{row.action_id}: {agent} -> {row.predicate} -> {patient} {told}"


def tell_responsibility(row: Any, name: Name) -> tuple[str, str]:
    """A statement of who is responsible for what."""
    accused = name(row.accused_id) if pd.notna(row.accused_id) else "nobody named"
    said = f"{name(row.accuser_id)} {row.stance} {accused}{_event(row)}{_flags(row)}"
    return f"words of responsibility ({row.stance})", f"{row.responsibility_id}: {said} (rule {row.rule})"


def tell_function(row: Any, name: Name) -> tuple[str, str]:
    """A framing function: who says so, and whom it is about.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> row = SimpleNamespace(function_id="a:f00001", function="treatment_recommendation", source_id="union",
    ...     actor_id="mayor", event="resign", negated=False, hedged=False, rule="modal:must")
    >>> tell_function(row, str)[1]
    "a:f00001: treatment recommendation by union, who must act: mayor, for 'resign' (rule modal:must)"
    """
    what = row.function.replace("_", " ")
    about = name(row.actor_id) if pd.notna(row.actor_id) else "nobody named"
    said = f"{what} by {name(row.source_id)}, {_ABOUT[row.function]}: {about},{_event(row)}{_flags(row)}"
    return what, f"{row.function_id}: {said.rstrip(',')} (rule {row.rule})"


def tell_role_evidence(row: Any, name: Name) -> tuple[str, str]:
    """A place that speaks for a role."""
    fine = f" ({row.fine_role.replace('_', ' ')})" if pd.notna(row.fine_role) else ""
    behind = f", row {row.row_id}" if pd.notna(row.row_id) else ""
    said = f"speaks for {name(row.actor_id)} as {row.role}{fine}"
    return said, f"{row.role_evidence_id}: {said}, weight {row.weight:.2f} ({row.origin}{behind}; rule {row.rule})"


def _event(row: Any) -> str:
    return f" for '{row.event}'" if pd.notna(row.event) else ""


def _flags(row: Any) -> str:
    return "".join(f", {flag}" for flag in ("negated", "hedged") if getattr(row, flag))
