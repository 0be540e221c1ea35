"""The tables of framing functions and of roles; they stand in the dictionary of `analysis.contracts.schema`.

Reads nothing; gives the rules of ``functions``, ``role_evidence`` and ``roles``.
"""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing.pandas import Series

from analysis.contracts.schema_rules import Table as _Table
from analysis.contracts.schema_rules import text as _text

FUNCTIONS = ("problem_definition", "causal_attribution", "moral_evaluation", "treatment_recommendation")
"""The four functions of framing (Entman 1993)."""
ROLES = ("hero", "villain", "victim")
EVIDENCE_OF_ROLES = ("evaluation", "deed", "responsibility", "function", "text")
"""Where evidence for a role comes from: rows of four tables, and words of the text."""


class Functions(_Table):
    """One row per place where a framing function is carried out."""

    function_id: Series[str] = _text("Key. <article_id>:f<number>", unique=True)
    article_id: Series[str] = _text("The article")
    sentence_id: Series[int] = pa.Field(ge=0, description="The sentence")
    function: Series[str] = _text(
        "problem_definition, causal_attribution, moral_evaluation or treatment_recommendation", isin=FUNCTIONS
    )
    source_id: Series[str] = _text("Who says so: author, an actor, or unnamed")
    actor_id: Series[str] = _text(
        "Whose doing the problem is, who is blamed, who is judged, or who must act; empty where no actor is named",
        nullable=True,
    )
    event: Series[str] = _text("What it is about: the words as they stand", nullable=True)
    negated: Series[bool] = pa.Field(description="Said not to be so, or denied")
    hedged: Series[bool] = pa.Field(description="Said to be possibly so")
    start: Series[int] = pa.Field(ge=0, description="First character of the words that show it")
    end: Series[int] = pa.Field(ge=1, description="After the last character of those words")
    rule: Series[str] = _text("responsibility:<stance>, or the kind of word and its term")


class RoleEvidence(_Table):
    """One row per place that speaks for a role of an actor."""

    role_evidence_id: Series[str] = _text("Key. <article_id>:v<number>", unique=True)
    article_id: Series[str] = _text("The article")
    actor_id: Series[str] = _text("Who is cast")
    role: Series[str] = _text("hero, villain or victim", isin=ROLES)
    fine_role: Series[str] = _text(
        "A fine-grained role of roles.csv, where deed or words tell; else empty", nullable=True
    )
    sentence_id: Series[int] = pa.Field(ge=0, description="The sentence")
    start: Series[int] = pa.Field(ge=0, description="First character of the evidence")
    end: Series[int] = pa.Field(ge=1, description="After the last character of the evidence")
    origin: Series[str] = _text("evaluation, deed, responsibility, function or text", isin=EVIDENCE_OF_ROLES)
    row_id: Series[str] = _text("Id of the row it comes from; empty where the text itself tells", nullable=True)
    rule: Series[str] = _text("What speaks for the role")
    weight: Series[float] = pa.Field(ge=0, description="How much it counts, after role_weights.csv")


class Roles(_Table):
    """One row per article and actor with evidence for a role."""

    article_id: Series[str] = _text("Key")
    actor_id: Series[str] = _text("Key")
    hero: Series[float] = pa.Field(
        nullable=True, ge=0, le=1, description="Share of the weight of the evidence that casts a hero"
    )
    villain: Series[float] = pa.Field(nullable=True, ge=0, le=1, description="Share that casts a villain")
    victim: Series[float] = pa.Field(nullable=True, ge=0, le=1, description="Share that casts a victim")
    is_hero: Series[bool] = pa.Field(description="The role is present: its weight and its share are enough")
    is_villain: Series[bool] = pa.Field(description="As is_hero")
    is_victim: Series[bool] = pa.Field(description="As is_hero")
    fine_role: Series[str] = _text(
        "The fine-grained role with most weight, of a role that is present; empty where none", nullable=True
    )
    responsibility: Series[float] = pa.Field(
        nullable=True, ge=0, le=1, description="Share of the article's responsibility sentences that name the actor"
    )
    n_evidence: Series[int] = pa.Field(ge=0, description="Rows of role_evidence")
