"""Evidence for roles: every place that speaks for an actor as a hero, villain or victim, with how much it counts.

Reads the tables ``evaluations``, ``actions``, ``responsibility`` and ``functions``, and the text of a `Reading`;
returns the table ``role_evidence``. A victim need not have an attacker: who dies, loses a home or is in danger is one
too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.coding.actions.code import keep_done
from analysis.coding.evaluations.methods import keep_clear, select_evaluations
from analysis.coding.roles.text import find_role_signs
from analysis.coding.roles.words import Cast, load_fine_roles, load_role_weights, load_role_words
from analysis.coding.syntax.modality import find_modality
from analysis.coding.syntax.participants import ActorIndex, place_actors
from analysis.coding.syntax.trees import find_tokens, has_tree
from analysis.contracts.tables import group_rows, make_table, rows_of
from analysis.reading import Reading

LANGUAGES = ("nl", "en")
_BLAMED = ("holds_responsible", "accuses", "admits", "demands", "defends")
"""Stances that say something of the accused; who denies is cast by those who accuse."""


def find_role_evidence(
    reading: Reading,
    mentions: pd.DataFrame,
    evaluations: pd.DataFrame,
    actions: pd.DataFrame,
    responsibility: pd.DataFrame,
    functions: pd.DataFrame,
    *,
    method: str | None = None,
    captions: bool = False,
) -> pd.DataFrame:
    """Collect what speaks for each role of each actor.

    Parameters
    ----------
    reading : Reading
        Articles that have been read; where they have no trees, the text itself is not asked.
    mentions, evaluations, actions, responsibility, functions : DataFrame
        Tables of the same articles.
    method : str, optional
        Which method's evaluations count; by default as `select_evaluations` chooses.
    captions : bool, default False
        Also look in photo captions for words that cast.

    Returns
    -------
    DataFrame
        Table ``role_evidence``: clear evaluations, deeds done and undergone, blame, causes and problems laid to
        somebody, and words that name a role. Negated rows are left out. ``weight`` is that of
        ``data/codebooks/role_weights.csv``, for an evaluation times its strength; evidence without weight is left out.

    Notes
    -----
    The fine-grained roles are those of Mahmoud et al. (2025). No coded news was at hand for them, so that nothing is
    known of how far they agree with human coders.

    References
    ----------
    Frermann, L., Li, J., Khanehzar, S., & Mikolajczak, G. (2023). Conflicts, villains, resolutions: towards models
    of narrative media framing. ACL. Mahmoud, T., et al. (2025). Entity framing and role portrayal in the news.
    Findings of ACL.
    """
    languages = reading.languages
    found: list[dict[str, Any]] = [
        *_of_evaluations(keep_clear(select_evaluations(evaluations, method)), mentions),
        *_of_actions(keep_done(actions), languages),
        *_of_responsibility(responsibility),
        *_of_functions(functions),
        *_of_text(reading, mentions, captions=captions),
    ]
    by_article: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        by_article.setdefault(row["article_id"], []).append(row)
    rows = []
    for article_id, some in by_article.items():
        some.sort(key=lambda row: (row["start"], row["end"], row["actor_id"], row["role"], row["origin"], row["rule"]))
        rows += [
            row | {"role_evidence_id": f"{article_id}:v{number:05d}"}
            for number, row in enumerate(_without_repeats(some), start=1)
        ]
    return make_table("role_evidence", rows)


def _row(
    row: Any, actor_id: str, cast: Cast, origin: str, row_id: str | None, rule: str, weight: float
) -> dict[str, Any]:
    return {
        "article_id": row.article_id,
        "actor_id": actor_id,
        "role": cast.role,
        "fine_role": cast.fine_role or None,
        "sentence_id": int(row.sentence_id),
        "start": int(row.start),
        "end": int(row.end),
        "origin": origin,
        "row_id": row_id,
        "rule": rule,
        "weight": round(weight, 4),
    }


def _of_evaluations(evaluations: pd.DataFrame, mentions: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Clear evaluations; the evidence is the strongest cue, else the mention."""
    weights = load_role_weights()
    places = {row.mention_id: (int(row.start), int(row.end)) for row in rows_of(mentions)}
    for row in rows_of(evaluations):
        sign, cast = ("negative", Cast("villain", "")) if row.polarity < 0 else ("positive", Cast("hero", ""))
        weight = weights.get(("evaluation", sign, cast.role), 0.0) * abs(row.polarity)
        place = (row.cue_start, row.cue_end) if pd.notna(row.cue_start) else places.get(row.target_mention_id)
        if weight and place is not None:
            made = _Place(row.article_id, row.sentence_id, int(place[0]), int(place[1]))
            yield _row(made, row.target_id, cast, "evaluation", row.evaluation_id, sign, weight)


class _Place:
    """Where evidence stands, of a row that keeps its place under other names."""

    def __init__(self, article_id: str, sentence_id: int, start: int, end: int) -> None:
        self.article_id, self.sentence_id, self.start, self.end = article_id, sentence_id, start, end


def _of_actions(actions: pd.DataFrame, languages: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Deeds done and undergone: by type of event, by valence, and by the words of the lists."""
    for row in rows_of(actions):
        language = languages.get(row.article_id, "")
        for side, actor_id in (("agent", row.agent_id), ("patient", row.patient_id)):
            if isinstance(actor_id, str) and actor_id:
                for cast, (weight, rule) in _casts_of_deed(row, side, language).items():
                    yield _row(row, actor_id, cast, "deed", row.action_id, rule, weight)


def _casts_of_deed(row: Any, side: str, language: str) -> dict[Cast, tuple[float, str]]:
    """Roles of one side of a deed, at most one row a role: the heaviest, in the finest role that is known."""
    weights = load_role_weights()
    event = row.event if isinstance(row.event, str) else ""
    found: dict[str, tuple[float, str]] = {}
    fine: dict[str, str] = {}
    for signal in (f"{side}:{event}", f"{side}:{row.valence}"):
        for role in ("hero", "villain", "victim"):
            weight = weights.get(("deed", signal, role), 0.0)
            if weight and (role not in found):
                found[role] = (weight, signal)
        if found:
            break
    for one in load_fine_roles():
        if one.id and event and event in (one.agent_of if side == "agent" else one.patient_of) and one.role in found:
            fine.setdefault(one.role, one.id)
    if language in LANGUAGES:
        # An actor without a doer (`omkwam`) is the patient of the table, and the subject of the sentence.
        uses = ("does",) if side == "agent" else ("undergoes", "does") if _is_befallen(row) else ("undergoes",)
        for use in uses:
            for cast in load_role_words(language)[use].get(row.predicate, ()):
                weight = weights.get(("deed", use, cast.role), 0.0)
                if weight > found.get(cast.role, (0.0, ""))[0]:
                    found[cast.role] = (weight, f"{use}:{row.predicate}")
                if cast.fine_role:
                    fine[cast.role] = cast.fine_role
    return {Cast(role, fine.get(role, "")): about for role, about in found.items() if about[0]}


def _is_befallen(row: Any) -> bool:
    return bool(row.voice == "agentless_passive" and not isinstance(row.agent_id, str))


def _of_responsibility(responsibility: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Blame; the accused are cast."""
    weights = load_role_weights()
    for row in rows_of(responsibility):
        if row.negated or row.stance not in _BLAMED or not isinstance(row.accused_id, str):
            continue
        signal = f"accused:{row.stance}"
        for role in ("hero", "villain", "victim"):
            if weight := weights.get(("responsibility", signal, role), 0.0):
                yield _row(row, row.accused_id, Cast(role, ""), "responsibility", row.responsibility_id, signal, weight)


def _of_functions(functions: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Causes and problems laid to somebody, and who says what should be done; rows of blame have been counted."""
    weights = load_role_weights()
    for row in rows_of(functions):
        if row.negated:
            continue
        for side, actor_id in (("actor", row.actor_id), ("source", row.source_id)):
            is_blame = side == "actor" and str(row.rule).startswith("responsibility:")
            if not isinstance(actor_id, str) or actor_id in ("author", "unnamed") or is_blame:
                continue
            for role in ("hero", "villain", "victim"):
                signal = f"{side}:{row.function}"
                if weight := weights.get(("function", signal, role), 0.0):
                    yield _row(row, actor_id, Cast(role, ""), "function", row.function_id, signal, weight)


def _of_text(reading: Reading, mentions: pd.DataFrame, *, captions: bool) -> Iterator[dict[str, Any]]:
    """Words that name or describe an actor, and losses."""
    weights = load_role_weights()
    mentions_of = group_rows(mentions, "article_id", "sentence_id")
    for article_id, sentences in group_rows(reading.sentences, "article_id").items():
        language, doc = reading.languages[article_id], reading.docs[article_id]
        if language not in LANGUAGES or not has_tree(doc):
            continue
        for sentence in sentences:
            named: Sequence[Any] = mentions_of.get((article_id, sentence.sentence_id), [])
            if not named or (sentence.part == "caption" and not captions):
                continue
            index = ActorIndex(place_actors(doc, named))
            first, last = find_tokens(doc, sentence.start, sentence.end)
            for sign in find_role_signs(doc, first, last, language):
                weight = weights.get(("text", sign.use, sign.cast.role), 0.0)
                actors = {actor.actor_id for one in sign.bearers if (actor := index.find(one)) is not None}
                if not weight or not actors:
                    continue
                modality = find_modality(sign.head)
                if modality.negated or modality.denied:
                    continue
                start, end = doc[sign.tokens[0]].idx, doc[sign.tokens[-1]].idx + len(doc[sign.tokens[-1]])
                place = _Place(article_id, sentence.sentence_id, start, end)
                rule = f"{sign.use}:{sign.head.lemma_.lower()}"
                for actor_id in sorted(actors):
                    yield _row(place, actor_id, sign.cast, "text", None, rule, weight)


def _without_repeats(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Of an actor and role, each stretch of words once: the heaviest row, with the finest role of any."""
    kept: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        key = (row["actor_id"], row["role"], row["sentence_id"], row["start"], row["end"])
        known = kept.get(key)
        if known is None or row["weight"] > known["weight"]:
            fine = row["fine_role"] or (known["fine_role"] if known else None)
            kept[key] = row | {"fine_role": fine}
        elif row["fine_role"] and not known["fine_role"]:
            kept[key] = known | {"fine_role": row["fine_role"]}
    yield from kept.values()
