"""Framing functions: where a text defines a problem, names its cause, judges morally, or says what should be done.

Reads a `Reading`, its mentions and quotes, and the tables ``responsibility`` and ``evaluations``; returns the table
``functions``: one row per place. Who says so is who the words name, else the speaker of the quote that holds them, else
the outlet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.coding.claims.modals import WOULD
from analysis.coding.claims.sentences import SentenceInArticle, read_sentences
from analysis.coding.claims.words import Claim
from analysis.coding.evaluations.methods import keep_clear, select_evaluations
from analysis.coding.syntax.modality import find_modality
from analysis.contracts.schema import AUTHOR
from analysis.contracts.tables import group_rows, make_table
from analysis.contracts.words import load_both
from analysis.reading import Reading

OF_STANCE = {
    "holds_responsible": "causal_attribution", "accuses": "causal_attribution", "admits": "causal_attribution",
    "denies": "causal_attribution", "demands": "treatment_recommendation",
}  # fmt: skip
"""The function of stances of the table ``responsibility``. A denial is a cause that is negated; a defence is none, but
for the verbs in `JUDGING`."""
JUDGING = load_both("claims", "judging_verbs")
"""Verbs of responsibility that say right or wrong more than who did it."""


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
        Which method's evaluations say whom a judging word is about where the tree does not; by default as
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
    judged = keep_clear(select_evaluations(evaluations, method))
    blame_of, tones_of = (group_rows(table, "article_id", "sentence_id") for table in (responsibility, judged))
    rows: list[dict[str, Any]] = []
    for article_id, sentences in read_sentences(reading, mentions, quotes, captions=captions):
        found: list[dict[str, Any]] = []
        for sentence in sentences:
            key = (article_id, sentence.where["sentence_id"])
            blame = [row | sentence.where for one in blame_of.get(key, []) if (row := _of_blame(one)) is not None]
            found += _without_repeats([*blame, *_rows(sentence, tones_of.get(key, []))])
        found.sort(key=lambda row: (row["start"], row["end"], row["function"], row["actor_id"] or ""))
        rows += [row | {"function_id": f"{article_id}:f{n:05d}"} for n, row in enumerate(found, start=1)]
    return make_table("functions", rows)


def _of_blame(row: Any) -> dict[str, Any] | None:
    """A row of ``responsibility`` as a function, where it carries one."""
    is_judging = str(row.rule).split(":", 1)[-1] in JUDGING
    function = "moral_evaluation" if is_judging else OF_STANCE.get(row.stance)
    if function is None:
        return None
    return {
        "function": function,
        "source_id": row.accuser_id,
        "actor_id": row.accused_id if isinstance(row.accused_id, str) else None,
        "event": row.event if isinstance(row.event, str) else None,
        "negated": bool(row.negated) != (row.stance == "denies"),
        "hedged": bool(row.hedged),
        "start": int(row.start),
        "end": int(row.end),
        "rule": f"responsibility:{row.stance}",
    }


def _rows(sentence: SentenceInArticle, tones: Sequence[Any]) -> Iterator[dict[str, Any]]:
    for claim in sentence.claims("functions"):
        if claim.word.pos == "harm":
            continue
        source = sentence.find_source(claim, nobody=AUTHOR)
        actor = _find_actor(claim, sentence, source, tones)
        row = sentence.row(claim) | {"function": claim.word.label, "source_id": source, "actor_id": actor}
        if claim.word.pos == "modal":
            if source == AUTHOR and claim.targets and actor is None:
                continue  # `de brug moet in mei klaar zijn`: a plan
            if find_modality(claim.head).question:
                continue  # `“moet de directie opstappen?”, vroeg de bond`
            if any(sentence.doc[i].lower_ in WOULD for i in claim.tokens):
                row["hedged"] = False  # `zou moeten`: a wish
        yield row


def _find_actor(claim: Claim, sentence: SentenceInArticle, source: str, tones: Sequence[Any]) -> str | None:
    """The first actor among the targets; of a judging word without one, whom an evaluation has it judge."""
    actors = sentence.find_actors(claim)
    if claim.word.label != "treatment_recommendation":
        actors = [actor_id for actor_id in actors if actor_id != source]
    if actors or claim.word.label != "moral_evaluation":
        return next((one for one in actors if one != source), next(iter(actors), None))
    words = {sentence.doc[i].lower_ for i in claim.tokens}
    judged = (row for row in tones if isinstance(row.cues, str) and words & _words_of(row.cues))
    return next((str(row.target_id) for row in judged if row.target_id != source), None)


def _words_of(cues: str) -> set[str]:
    """Words of the column ``cues`` of an evaluation."""
    return {cue.rsplit(":", 1)[0].strip("* ").lower() for cue in cues.split("|")}


def _without_repeats(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows without those whose words another row has already used for the same function and actor."""
    kept: list[dict[str, Any]] = []
    for row in rows:
        same = [one for one in kept if one["function"] == row["function"] and _overlap(one, row)]
        known = {one["actor_id"] for one in same}
        is_blame = row["rule"].startswith("responsibility:")
        is_repeat = row["actor_id"] in {*known, None} or any(one["rule"] == row["rule"] for one in same)
        if same and is_repeat and not (is_blame and row["actor_id"] not in known):
            continue
        kept.append(row)
        yield row


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])
