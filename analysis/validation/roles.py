"""Task roles: is who the article casts as hero, villain or victim cast so by the coder.

Reads gold rows with the entities that a reader named, in the reader's words, and their role; codes the texts, finds the
actor behind each entity by the mentions that overlap its words, and compares roles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.chain import code_articles
from analysis.codebook import Codebook
from analysis.errors import InputError
from analysis.measures.agreement import alpha_of
from analysis.measures.scoring import LabelScores, score_labels
from analysis.tables import rows_of
from analysis.validation.gold import ROLES, Row, make_gold_articles
from analysis.validation.report import Result, from_labels

METHODS = ("evidence",)
NONE = "none"
"""The coder found no actor behind an entity, or no evidence for a role."""
CODERS = ("hero .43", "victim .32", "villain .17")
"""Alpha of trained coders with each other on the articles of Frermann et al. (2023)."""
CODERS_OF = "narrative-"


def score_roles(rows: Sequence[Row], *, codebook: Codebook, method: str, seed: int, n_draws: int) -> list[Result]:
    """Score the role of each entity that gold names, next to giving all the most frequent role.

    Parameters
    ----------
    rows : sequence of Row
        Gold; entities whose words do not occur in the text are left out and counted in the notes.
    codebook : Codebook
        Actors to look for; none need be listed.
    method : {"evidence"}
        Roles from evaluations and actions, see `analysis.coding.roles.code_roles`.
    seed, n_draws : int
        Of the bootstrap, which resamples articles.

    Raises
    ------
    InputError
        When no entity occurs in its text.

    Notes
    -----
    Gold names who is hero, villain or victim and nobody else, so that precision is among named entities: an actor cast
    in a role that no reader named costs nothing. An entity named twice in one role counts once.
    """
    tables = code_articles(make_gold_articles(rows), codebook)
    cast = {(row.article_id, row.actor_id): _choose_role(row) for row in rows_of(tables.roles)}
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for mention in rows_of(tables.mentions):
        spans.setdefault(mention.article_id, []).append((int(mention.start), int(mention.end), mention.actor_id))
    gold, said, groups, n_absent, n_unfound = [], [], [], 0, 0
    for row in rows:
        for text, role in sorted({(entity["text"].strip().lower(), entity["role"]) for entity in row["entities"]}):
            if not (places := find_places(row["text"], text)):
                n_absent += 1
                continue
            actor_id = find_actor(places, spans.get(row["article_id"], []))
            n_unfound += actor_id is None
            gold.append(role)
            said.append(cast.get((row["article_id"], actor_id), NONE))
            groups.append(row["article_id"])
    if not gold:
        raise InputError("gold, entities: none occurs in its text; name entities in the words of the text")
    frequent = Counter(gold).most_common(1)[0][0]
    notes: dict[str, Any] = {"not_in_text": n_absent, "without_actor": n_unfound, "without_role": said.count(NONE)}
    if all(str(row["id"]).startswith(CODERS_OF) for row in rows):
        notes["alpha_of_coders"] = list(CODERS)
    results = []
    for label, predicted in ((method, said), ("majority", [frequent] * len(gold))):
        scores = score_labels(
            gold,
            predicted,
            labels=[*ROLES, NONE],
            groups=groups,
            rng=np.random.default_rng(seed),
            n_draws=n_draws,
        )
        results.append(from_labels(label, _add_alpha(scores, gold, predicted), notes if label == method else {}))
    return results


def find_places(text: str, words: str) -> list[tuple[int, int]]:
    """Characters of a text at which the words stand, whatever their case.

    Examples
    --------
    >>> find_places("The mayor left. The Mayor!", "the mayor")
    [(0, 9), (16, 25)]
    """
    return [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)]


def find_actor(places: Sequence[tuple[int, int]], mentions: Sequence[tuple[int, int, str]]) -> str | None:
    """The actor most of whose mentions' characters lie at the places; None where no mention does.

    Examples
    --------
    >>> find_actor([(0, 9), (16, 25)], [(0, 9, "mayor"), (4, 9, "post"), (30, 35, "town")])
    'mayor'
    """
    shared: Counter[str] = Counter()
    for start, end in places:
        for first, last, actor_id in mentions:
            if first < end and start < last:
                shared[actor_id] += min(last, end) - max(first, start)
    return min(shared, key=lambda actor_id: (-shared[actor_id], actor_id)) if shared else None


def _choose_role(row: Any) -> str:
    shares: Mapping[str, float] = {role: getattr(row, role) for role in ROLES}
    known = {role: share for role, share in shares.items() if pd.notna(share) and share > 0}
    return max(known, key=lambda role: (known[role], role)) if known else NONE


def _add_alpha(scores: LabelScores, gold: Sequence[str], predicted: Sequence[str]) -> LabelScores:
    """Nominal alpha of yes and no per role, among the entities that gold names."""
    found = []
    for label in scores.per_class.index:
        cells = np.zeros((2, 2))
        for one, other in zip(gold, predicted, strict=True):
            cells[int(one == label), int(other == label)] += 1
        found.append(float(alpha_of(cells + cells.T, np.arange(2.0), level="nominal")))
    return replace(scores, per_class=scores.per_class.assign(alpha=found))
