"""Rows in words: a line that tells the row, and of rows of one stretch of text a note for the evidence.

Reads rows of every table but evaluations and frames, which have modules of their own; returns text for `explain`, Dutch
or English.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from analysis.coding.roles.words import load_fine_roles
from analysis.contracts.schema_roles import ROLES
from analysis.contracts.tables import LAYERS
from analysis.display.explanations.rows import name_row
from analysis.display.words import number, word
from analysis.display.words_tables import column_label, localise

Name = Callable[[Any], str]
"""What turns an id into a label, and a missing one into words that say so."""


def tell_number(value: float, language: str, *, signed: bool = False) -> str:
    """Two decimals: in Dutch as charts write them, in English as tables do.

    Examples
    --------
    >>> tell_number(-0.25, "nl"), tell_number(-0.25, "en"), tell_number(0.5, "nl", signed=True)
    ('−0,25', '-0.25', '+0,50')
    """
    if language == "en":
        return f"{value:+.2f}" if signed else f"{value:.2f}"
    return number(value, language, decimals=2, signed=signed)


def tell_columns(table: str, row: Any, name: Name, language: str) -> str:
    """What stands in the columns of a row of a table, where it stands left out."""
    places = {"article_id", "sentence_id", *LAYERS[table].names_rows_by}
    shown = []
    for column, value in row._asdict().items():
        if pd.notna(value) and column not in places and not column.endswith(("start", "end")):
            told = name(value) if column.endswith("_id") else localise(str(value), column, language)
            shown.append(f"{column_label(column, language)} {told}")
    return f"{name_row(table, row)}: {', '.join(shown)}"


def tell_article(row: Any, language: str) -> str:
    """How long an article is, and where and when it was published."""
    shown = [
        f"{column_label(key, language)} {localise(getattr(row, key), key, language)}"
        for key in ("language", "outlet", "published")
        if pd.notna(getattr(row, key))
    ]
    told = word("why_article", language, words=_count("words", row.n_words, language), file=row.source_file)
    return ", ".join([told, *shown])


def tell_sentence(row: Any, language: str) -> str:
    """Where a sentence stands."""
    part = localise(row.part, "part", language)
    return word("why_sentence", language, sentence_id=row.sentence_id, paragraph=row.paragraph, part=part)


def tell_features(row: Any, name: Name, language: str) -> str:
    """What an article holds of an actor."""
    tone, judged = tell_number(row.tone, language, signed=True), _count("evaluations", row.n_evaluations, language)
    return word(
        "why_features", language,
        name=name(row.actor_id),
        mentions=_count("mentions", row.n_mentions, language),
        quotes=_count("quotes", row.n_quotes, language),
        words=_count("words", row.n_words_quoted, language),
        tone=word("why_tone_in_article", language, tone=tone, evaluations=judged) if row.n_evaluations else "",
        deeds=_count("deeds", row.n_agent, language),
        n_patient=row.n_patient,
    )  # fmt: skip


def tell_roles(row: Any, name: Name, language: str) -> str:
    """The roles of an actor in an article."""
    known = [role for role in (*ROLES, "responsibility") if pd.notna(getattr(row, role))]
    told = [f"{column_label(role, language)} {tell_number(getattr(row, role), language)}" for role in known]
    return word("why_roles", language, name=name(row.actor_id), roles=", ".join(told), n=row.n_evidence)


def tell_tone(evaluations: pd.DataFrame, language: str) -> str:
    """The mean polarity of evaluations by one method."""
    return word(
        "why_tone", language,
        tone=tell_number(evaluations["polarity"].mean(), language, signed=True),
        evaluations=_count("evaluations", len(evaluations), language),
        articles=_count("articles", evaluations["article_id"].nunique(), language),
        method=localise(evaluations["method"].iloc[0], "method", language),
    )  # fmt: skip


def tell_mention(row: Any, name: Name, language: str) -> tuple[str, str]:
    """A mention: whom it means, and by which rule."""
    actor, back = name(row.actor_id), row.antecedent_id
    told = word(
        "why_mention", language,
        id=row.mention_id,
        text=row.text,
        name=actor,
        form=localise(row.form, "form", language),
        rule=row.rule,
        back=word("why_points_back", language, id=back) if pd.notna(back) else "",
    )  # fmt: skip
    return word("why_mention_of", language, name=actor), told


def tell_quote(row: Any, name: Name, language: str) -> tuple[str, str]:
    """A quote: whose, and by which rule."""
    source = name(row.source_id)
    told = word(
        "why_quote", language,
        id=row.quote_id,
        kind=localise(row.kind, "kind", language),
        name=source,
        cue=word("why_reported_with", language, cue=row.cue) if pd.notna(row.cue) else "",
        inside=word("why_inside", language, id=row.outer_id) if pd.notna(row.outer_id) else "",
        rule=row.rule,
    )  # fmt: skip
    return word("why_said_by", language, name=source), told


def tell_action(row: Any, name: Name, language: str) -> tuple[str, str]:
    """A deed: who does what to whom."""
    nobody = word("no_agent" if row.voice == "agentless_passive" else "other_agent", language)
    told = word(
        "why_deed", language,
        id=row.action_id,
        agent=name(row.agent_id) if pd.notna(row.agent_id) else nobody,
        predicate=row.predicate,
        patient=name(row.patient_id),
        voice=localise(row.voice, "voice", language),
        valence=localise(row.valence, "valence", language),
        flags=_flags(row, language),
        method=localise(row.method, "method", language),
    )  # fmt: skip
    return word("why_note_deed", language, predicate=row.predicate), told


def tell_responsibility(row: Any, name: Name, language: str) -> tuple[str, str]:
    """A statement of who is responsible for what."""
    stance = localise(row.stance, "stance", language)
    told = word(
        "why_responsibility", language,
        id=row.responsibility_id,
        accuser=name(row.accuser_id),
        stance=stance,
        accused=name(row.accused_id),
        event=word("why_event", language, event=row.event) if pd.notna(row.event) else "",
        flags=_flags(row, language),
        rule=row.rule,
    )  # fmt: skip
    return word("why_note_responsibility", language, stance=stance), told


def tell_function(row: Any, name: Name, language: str) -> tuple[str, str]:
    """A framing function: who says so, and whom it is about.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> row = SimpleNamespace(function_id="a:f00001", function="treatment_recommendation", source_id="union",
    ...     actor_id="mayor", event="resign", negated=False, hedged=False, rule="modal:must")
    >>> tell_function(row, str, "en")[1]
    "a:f00001: treatment recommendation by union, who must act: mayor, for 'resign' (rule modal:must)"
    """
    function = localise(row.function, "function", language).replace("_", " ")
    told = word(
        "why_function", language,
        id=row.function_id,
        function=function,
        source=name(row.source_id),
        about=word(f"why_about_{row.function}", language),
        actor=name(row.actor_id),
        event=word("why_event_of_function", language, event=row.event) if pd.notna(row.event) else "",
        flags=_flags(row, language),
        rule=row.rule,
    )  # fmt: skip
    return function, told


def tell_role_evidence(row: Any, name: Name, language: str) -> tuple[str, str]:
    """A place that speaks for a role."""
    labels = {one.id: one.labels[language] for one in load_fine_roles()}
    fine = f" ({labels.get(row.fine_role, row.fine_role)})" if pd.notna(row.fine_role) else ""
    role = localise(row.role, "role", language)
    said = word("why_note_role", language, name=name(row.actor_id), role=role, fine=fine)
    told = word(
        "why_role", language,
        id=row.role_evidence_id,
        said=said,
        weight=tell_number(row.weight, language),
        origin=localise(row.origin, "origin", language),
        behind=word("why_row", language, id=row.row_id) if pd.notna(row.row_id) else "",
        rule=row.rule,
    )  # fmt: skip
    return said, told


def _count(noun: str, n: int, language: str) -> str:
    return word(f"why_n_{noun}", language, n=n)


def _flags(row: Any, language: str) -> str:
    return "".join(f", {column_label(flag, language)}" for flag in ("negated", "hedged") if getattr(row, flag))
