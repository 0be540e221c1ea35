"""Evidence for roles: every place that speaks for an actor as a hero, villain or victim, with how much it counts.

Reads the tables ``evaluations``, ``actions``, ``responsibility`` and ``functions``, and the text of a `Reading`;
returns the table ``role_evidence``. A victim need not have an attacker: who dies, loses a home or is in danger is one
too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.coding.actions.code import keep_done
from analysis.coding.evaluations.methods import keep_clear, select_evaluations
from analysis.coding.roles.text import find_role_signs
from analysis.coding.roles.words import Role, load_fine_roles, load_role_weights, load_role_words
from analysis.coding.syntax.modality import find_modality
from analysis.coding.syntax.participants import ActorIndex, place_actors
from analysis.coding.syntax.trees import find_tokens, has_tree
from analysis.contracts.tables import group_rows, make_table, rows_of
from analysis.contracts.words import list_languages
from analysis.reading import Reading

Row = dict[str, Any]
Place = tuple[str, int, int, int]
"""Article, sentence, and first character and end of the words."""


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
    found: list[Row] = [
        *_of_evaluations(keep_clear(select_evaluations(evaluations, method)), mentions),
        *_of_actions(keep_done(actions), reading.languages),
        *_of_responsibility(responsibility),
        *_of_functions(functions),
        *_of_text(reading, mentions, captions=captions),
    ]
    by_article: dict[str, list[Row]] = {}
    for row in found:
        by_article.setdefault(row["article_id"], []).append(row)
    rows = []
    for article_id, some in by_article.items():
        some.sort(key=lambda row: (row["start"], row["end"], row["actor_id"], row["role"], row["origin"], row["rule"]))
        rows += [
            row | {"role_evidence_id": f"{article_id}:v{number:05d}"}
            for number, row in enumerate(_merge_repeats(some), start=1)
        ]
    return make_table("role_evidence", rows)


def _place(row: Any) -> Place:
    return row.article_id, int(row.sentence_id), int(row.start), int(row.end)


def _row(place: Place, actor_id: str, role: Role, origin: str, row_id: str | None, rule: str, weight: float) -> Row:
    article_id, sentence_id, start, end = place
    return {
        "article_id": article_id,
        "actor_id": actor_id,
        "role": role.main,
        "fine_role": role.fine or None,
        "sentence_id": sentence_id,
        "start": start,
        "end": end,
        "origin": origin,
        "row_id": row_id,
        "rule": rule,
        "weight": round(weight, 4),
    }


def _weigh(place: Place, actor_id: str, origin: str, signal: str, row_id: str, strength: float = 1.0) -> Iterator[Row]:
    """A row for each role that a signal speaks for."""
    for role, weight in load_role_weights().get((origin, signal), {}).items():
        if weight * strength:
            yield _row(place, actor_id, Role(role, ""), origin, row_id, signal, weight * strength)


def _of_evaluations(evaluations: pd.DataFrame, mentions: pd.DataFrame) -> Iterator[Row]:
    """Clear evaluations; the evidence is the strongest cue, else the mention."""
    spans = {row.mention_id: (row.start, row.end) for row in rows_of(mentions)}
    for row in rows_of(evaluations):
        span = (row.cue_start, row.cue_end) if pd.notna(row.cue_start) else spans.get(row.target_mention_id)
        if span is not None:
            place = (row.article_id, int(row.sentence_id), int(span[0]), int(span[1]))
            sign = "negative" if row.polarity < 0 else "positive"
            yield from _weigh(place, row.target_id, "evaluation", sign, row.evaluation_id, abs(row.polarity))


def _of_actions(actions: pd.DataFrame, languages: Mapping[str, str]) -> Iterator[Row]:
    """Actions, for agent and patient: by type of event, by valence, and by the words of the lists."""
    for row in rows_of(actions):
        language = languages.get(row.article_id, "")
        for side, actor_id in (("agent", row.agent_id), ("patient", row.patient_id)):
            if isinstance(actor_id, str) and actor_id:
                for role, rule, weight in _roles_of_action(row, side, language):
                    yield _row(_place(row), actor_id, role, "deed", row.action_id, rule, weight)


def _roles_of_action(row: Any, side: str, language: str) -> Iterator[tuple[Role, str, float]]:
    """Roles of the agent or patient (`side`), at most one a main role: the heaviest, in the finest role known."""
    weights = load_role_weights()
    event = row.event if isinstance(row.event, str) else ""
    signals = (f"{side}:{event}", f"{side}:{row.valence}")  # the type of event tells more than its valence
    signal = next((one for one in signals if ("deed", one) in weights), "")
    found = {main: (signal, weight) for main, weight in weights.get(("deed", signal), {}).items()}
    fine: dict[str, str] = {}
    for one in load_fine_roles():
        if one.id and event and one.role in found and one.has_event(event, side):
            fine.setdefault(one.role, one.id)
    # A patient without an agent (`omkwam`) is the subject of the sentence.
    is_subject = side == "agent" or (row.voice == "agentless_passive" and not isinstance(row.agent_id, str))
    words = load_role_words(language) if language in list_languages() else {}
    for use, holds in (("undergoes", side == "patient"), ("does", is_subject)):
        for role in words.get(use, {}).get(row.predicate, ()) if holds else ():
            weight = weights.get(("deed", use), {}).get(role.main, 0.0)
            if weight > found.get(role.main, ("", 0.0))[1]:
                found[role.main] = (f"{use}:{row.predicate}", weight)
            if role.fine:
                fine[role.main] = role.fine
    for main, (rule, weight) in found.items():
        if weight:
            yield Role(main, fine.get(main, "")), rule, weight


def _of_responsibility(responsibility: pd.DataFrame) -> Iterator[Row]:
    """Blame casts the accused; one who denies it is cast by those who accuse."""
    for row in rows_of(responsibility):
        if not row.negated and isinstance(row.accused_id, str):
            signal = f"accused:{row.stance}"
            yield from _weigh(_place(row), row.accused_id, "responsibility", signal, row.responsibility_id)


def _of_functions(functions: pd.DataFrame) -> Iterator[Row]:
    """Causes and problems laid to somebody, and who says what should be done; rows of blame have been counted."""
    for row in rows_of(functions[~functions["negated"].astype(bool)]):
        for side, actor_id in (("actor", row.actor_id), ("source", row.source_id)):
            is_blame = side == "actor" and str(row.rule).startswith("responsibility:")
            if isinstance(actor_id, str) and actor_id not in ("author", "unnamed") and not is_blame:
                yield from _weigh(_place(row), actor_id, "function", f"{side}:{row.function}", row.function_id)


def _of_text(reading: Reading, mentions: pd.DataFrame, *, captions: bool) -> Iterator[Row]:
    """Words that name or describe an actor, and losses."""
    mentions_of, languages = group_rows(mentions, "article_id", "sentence_id"), reading.languages
    for sentence in rows_of(reading.sentences):
        named = mentions_of.get((sentence.article_id, sentence.sentence_id), ())
        language, doc = languages[sentence.article_id], reading.docs[sentence.article_id]
        is_left_out = sentence.part == "caption" and not captions
        if not named or is_left_out or language not in list_languages() or not has_tree(doc):
            continue
        index = ActorIndex(place_actors(doc, named))
        first, last = find_tokens(doc, sentence.start, sentence.end)
        for sign in find_role_signs(doc, first, last, language):
            weight = load_role_weights().get(("text", sign.use), {}).get(sign.role.main, 0.0)
            actors = {actor.actor_id for one in sign.targets if (actor := index.find(one)) is not None}
            if not weight or not actors:
                continue
            modality = find_modality(sign.head)
            if modality.negated or modality.denied:
                continue
            words = doc[sign.tokens[0] : sign.tokens[-1] + 1]
            place = (sentence.article_id, int(sentence.sentence_id), words.start_char, words.end_char)
            rule = f"{sign.use}:{sign.head.lemma_.lower()}"
            yield from (_row(place, one, sign.role, "text", None, rule, weight) for one in sorted(actors))


def _merge_repeats(rows: Iterable[Row]) -> Iterable[Row]:
    """Of an actor and role, each stretch of words once: the heaviest row, with the finest role of any."""
    kept: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        key = (row["actor_id"], row["role"], row["sentence_id"], row["start"], row["end"])
        known = kept.setdefault(key, row)
        heavier, lighter = (row, known) if row["weight"] > known["weight"] else (known, row)
        kept[key] = heavier | {"fine_role": heavier["fine_role"] or lighter["fine_role"]}
    return kept.values()
