"""Framing functions: where a text defines a problem, names its cause, judges morally, or says what should be done.

Reads a `Reading`, its mentions and quotes, and the tables ``responsibility`` and ``evaluations``; returns the table
``functions``: one row per place. Who says so is who the words name, else the speaker of the quote that holds them, else
the outlet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from spacy.tokens import Doc

from analysis.coding.actions.patterns import PlacedActor, place_actors
from analysis.coding.claims.patterns import find_function_signs
from analysis.coding.claims.signs import Sign, find_clause_below
from analysis.coding.evaluations.methods import keep_clear, select_evaluations
from analysis.coding.syntax.modality import find_modality, find_signs
from analysis.coding.syntax.participants import ActorIndex
from analysis.coding.syntax.surface import find_tokens
from analysis.coding.syntax.trees import clause_of, has_finite, has_tree, obliques
from analysis.contracts.schema import AUTHOR, UNNAMED
from analysis.contracts.tables import group_rows, make_table
from analysis.contracts.words import load_both, load_both_pairs
from analysis.reading import Reading

LANGUAGES = ("nl", "en")
OF_STANCE = {
    "holds_responsible": "causal_attribution", "accuses": "causal_attribution", "admits": "causal_attribution",
    "denies": "causal_attribution", "demands": "treatment_recommendation",
}  # fmt: skip
"""The function of stances of the table ``responsibility``. A denial is a cause that is negated; a defence is none, but
for the verbs in `JUDGING`."""
JUDGING = load_both("claims", "judging_verbs")
"""Verbs of responsibility that say right or wrong more than who did it."""
_BY_CLAUSE = {verb: clause == "finite" for verb, clause in load_both_pairs("claims", "demanding_verbs").items()}
"""Verbs that demand only with a clause that is finite, or only with one that is not (`told him to go`)."""
_THAT = load_both("claims", "complementisers")
_WOULD = load_both("claims", "conditional_auxiliaries")
_ACCORDING = load_both("claims", "according_to")
_SPEAKER = load_both("claims", "speaker_pronouns")
"""Pronouns that stand for who speaks, where no mention says so."""


def code_functions(
    reading: Reading,
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    responsibility: pd.DataFrame,
    evaluations: pd.DataFrame,
    *,
    method: str | None = None,
    captions: bool = False,
) -> pd.DataFrame:
    """Find who defines a problem, who is blamed for it, who judges, and who must act.

    Parameters
    ----------
    reading : Reading
        Articles that have been read.
    mentions, quotes, responsibility, evaluations : DataFrame
        Tables of the same articles.
    method : str, optional
        Which method's evaluations tell of whom a judging word is said where the tree does not; by default as
        `select_evaluations` chooses.
    captions : bool, default False
        Also look in photo captions.

    Returns
    -------
    DataFrame
        Table ``functions``; no row for articles that were read without trees. ``actor_id`` is whose doing the problem
        is, who is blamed, who is judged, or who must act; empty where the words name no actor. ``rule`` is
        ``responsibility:<stance>`` or the kind of word and its term (``modal:moeten``).

    Notes
    -----
    Every row of ``responsibility`` carries a function. The other rows come from
    ``data/languages/<language>/functions.csv``. A cause counts where harm or a problem is caused. It cannot see a
    function without a word for it: a problem that the facts alone make plain, blame by juxtaposition, irony.

    References
    ----------
    Entman, R. M. (1993). Framing: toward clarification of a fractured paradigm. Journal of Communication, 43(4),
    51-58.
    """
    languages = reading.languages
    judged = keep_clear(select_evaluations(evaluations, method))
    by_sentence = [group_rows(table, "article_id", "sentence_id") for table in (mentions, responsibility, judged)]
    quotes_of = group_rows(quotes, "article_id")
    rows: list[dict[str, Any]] = []
    for article_id, sentences in group_rows(reading.sentences, "article_id").items():
        language, doc = languages[article_id], reading.docs[article_id]
        if language not in LANGUAGES or not has_tree(doc):
            continue
        found: list[dict[str, Any]] = []
        for sentence in sentences:
            if sentence.part == "caption" and not captions:
                continue
            named, blame, tones = (table.get((article_id, sentence.sentence_id), []) for table in by_sentence)
            where = {"article_id": article_id, "sentence_id": sentence.sentence_id}
            known = [_from_blame(row) for row in blame if _carries_function(doc, row)]
            first, last = find_tokens(doc, sentence.start, sentence.end)
            index = ActorIndex(place_actors(doc, named))
            own = _code(doc, first, last, index, quotes_of.get(article_id, []), tones, language)
            found += [row | where for row in _without_repeats([*known, *own])]
        found.sort(key=lambda row: (row["start"], row["end"], row["function"], row["actor_id"] or ""))
        rows += [row | {"function_id": f"{article_id}:f{n:05d}"} for n, row in enumerate(found, start=1)]
    return make_table("functions", rows)


def _carries_function(doc: Doc, row: Any) -> bool:
    """Whether a row of ``responsibility`` does: a demand with `ask` or `tell` has an infinitive, with `willen` none."""
    name = _name(row)
    if name not in JUDGING and row.stance not in OF_STANCE:
        return False
    if row.stance != "demands" or name not in _BY_CLAUSE:
        return True
    verb = next((one for one in doc.char_span(row.start, row.end, alignment_mode="expand") or ()), None)
    clause = find_clause_below(verb) if verb is not None else None
    if clause is None:
        return False
    opens = {child.lower_ for child in clause.children if child.dep_ == "mark"}
    return (has_finite(clause) or bool(opens & _THAT)) == _BY_CLAUSE[name]


def _name(row: Any) -> str:
    return str(row.rule).split(":", 1)[-1]


def _from_blame(row: Any) -> dict[str, Any]:
    """A row of ``responsibility`` as a function."""
    is_judging = _name(row) in JUDGING
    accused = row.accused_id if isinstance(row.accused_id, str) else None
    return {
        "function": "moral_evaluation" if is_judging else OF_STANCE[row.stance],
        "source_id": row.accuser_id,
        "actor_id": accused,
        "event": row.event if isinstance(row.event, str) else None,
        "negated": bool(row.negated) != (row.stance == "denies"),
        "hedged": bool(row.hedged),
        "start": int(row.start),
        "end": int(row.end),
        "rule": f"responsibility:{row.stance}",
    }


def _code(
    doc: Doc,
    first: int,
    last: int,
    index: ActorIndex[PlacedActor],
    quotes: Sequence[Any],
    tones: Sequence[Any],
    language: str,
) -> Iterator[dict[str, Any]]:
    marks: dict[int, str] | None = None
    for sign in find_function_signs(doc, first, last, language):
        marks = find_signs(doc, first, last, language) if marks is None else marks
        modality = find_modality(sign.head, marks, language)
        source = _find_source(doc, sign, index, quotes)
        actor = _find_actor(doc, sign, index, source, tones)
        start, end = doc[sign.tokens[0]].idx, doc[sign.tokens[-1]].idx + len(doc[sign.tokens[-1]])
        is_thing = bool(sign.actors) and actor is None
        if sign.word.pos == "modal" and source == AUTHOR and is_thing:
            continue  # `de brug moet in mei klaar zijn`: a plan
        if sign.word.pos == "modal" and modality.question:
            continue  # `“moet de directie opstappen?”, vroeg de bond`
        is_wish = sign.word.pos == "modal" and any(doc[i].lower_ in _WOULD for i in sign.tokens)
        yield {
            "function": sign.word.function,
            "source_id": source,
            "actor_id": actor,
            "event": doc[sign.event[0].i : sign.event[-1].i + 1].text if sign.event else None,
            "negated": modality.negated or modality.denied,
            "hedged": modality.hedged and not is_wish,
            "start": start,
            "end": end,
            "rule": f"{sign.word.pos}:{sign.word.term}",
        }


def _find_source(doc: Doc, sign: Sign, index: ActorIndex[PlacedActor], quotes: Sequence[Any]) -> str:
    """Who says so: who the words name, else who speaks, else the outlet."""
    named = [actor for token in sign.sources if (actor := index.find(token)) is not None]
    if named:
        return named[0].actor_id
    if any(token.lower_ not in _SPEAKER for token in sign.sources):
        return UNNAMED
    place = doc[sign.tokens[0]].idx
    around = [quote for quote in quotes if quote.start <= place < quote.end]
    if not around:
        told = [one.token for one in obliques(clause_of(sign.head)) if one.preposition in _ACCORDING]
        return next((actor.actor_id for one in told if (actor := index.find(one)) is not None), AUTHOR)
    source = min(around, key=lambda quote: quote.end - quote.start).source_id
    return str(source) if isinstance(source, str) and source else UNNAMED


def _find_actor(doc: Doc, sign: Sign, index: ActorIndex[PlacedActor], source: str, tones: Sequence[Any]) -> str | None:
    """The first actor among the tokens; of a judging word without one, whom an evaluation has it judge."""
    actors = [actor.actor_id for token in sign.actors if (actor := index.find(token)) is not None]
    others = [actor_id for actor_id in actors if actor_id != source] or (
        actors if sign.word.function == "treatment_recommendation" else []
    )
    if others or sign.word.function != "moral_evaluation":
        return others[0] if others else None
    words = {doc[i].lower_ for i in sign.tokens}
    for row in tones:
        if isinstance(row.cues, str) and words & _words_of(row.cues) and row.target_id != source:
            return str(row.target_id)
    return None


def _words_of(cues: str) -> set[str]:
    """Words of the column ``cues`` of an evaluation."""
    return {cue.rsplit(":", 1)[0].strip("* ").lower() for cue in cues.split("|")}


def _without_repeats(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows without those whose words another row has already used for the same function and actor."""
    kept: list[dict[str, Any]] = []
    for row in rows:
        same = [one for one in kept if one["function"] == row["function"] and _overlap(one, row)]
        if any(row["actor_id"] in (None, one["actor_id"]) or one["rule"] == row["rule"] for one in same):
            is_blame = row["rule"].startswith("responsibility:") and all(
                one["actor_id"] != row["actor_id"] for one in same
            )
            if not is_blame:
                continue
        kept.append(row)
        yield row


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])
