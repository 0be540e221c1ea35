"""Task roles: is who the article casts as hero, villain or victim cast so by the coder.

Reads gold rows with the entities that a reader named, in the reader's words, and their role; codes the texts, finds the
actor behind each entity by the mentions that overlap its words, and compares roles: by the weight of evidence, and by
weights learnt from the other articles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.codebook.load import Actor, Codebook, Wording
from analysis.contracts.errors import InputError
from analysis.contracts.tables import Tables, rows_of
from analysis.measures.agreement import alpha_of
from analysis.measures.scoring import LabelScores, score_labels
from analysis.runs.chain import code_articles
from analysis.validation.gold import ROLES, Row, make_gold_articles
from analysis.validation.report import Result, from_labels
from analysis.validation.role_weights import N_FOLDS, SIGNALS, gather_signals, weigh_left_out

METHODS = ("evidence", "weighed")
NONE = "none"
"""The coder found no actor behind an entity, or no evidence for a role."""
CODERS = ("hero .43", "victim .32", "villain .17")
"""Alpha of trained coders with each other on the articles of Frermann et al. (2023)."""
CODERS_OF = "narrative-"
_ARTICLES = re.compile(r"^(the|a|an|de|het|een)\s+", re.IGNORECASE)
_SHORTEST = 4
"""Letters of an entity that is given to the coder: shorter ones are pronouns."""


def score_roles(rows: Sequence[Row], *, codebook: Codebook, method: str, seed: int, n_draws: int) -> list[Result]:
    """Score the role of each entity that gold names, next to giving all the most frequent role.

    Parameters
    ----------
    rows : sequence of Row
        Gold; entities whose words do not occur in the text are left out and counted in the notes.
    codebook : Codebook
        Actors to look for; none need be listed: things, groups and ideas that gold names are given to the coder as
        actors, as a sentence and its target are in other tasks.
    method : {"evidence", "weighed"}
        Which comes first. Evidence: the role with most weight, see `analysis.coding.roles.evidence`. Weighed: the
        likeliest role by weights learnt from the other articles (five folds), see `analysis.validation.role_weights`;
        only with enough articles.
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
    tables = code_articles(
        make_gold_articles(rows), give_entities(codebook, rows), methods=("model",), frames=("patterns",)
    )
    named, n_absent = _list_named(rows, tables)
    if named.empty:
        raise InputError("gold, entities: none occurs in its text; name entities in the words of the text")
    said = {"evidence": _by_evidence(named, tables)}
    n_articles = named.groupby("role")["article_id"].nunique().reindex(list(ROLES), fill_value=0)
    if n_articles.min() >= N_FOLDS:  # so that no fold holds all of a role
        said["weighed"] = _by_weights(named, tables)
    gold = named["role"].tolist()
    said["majority"] = [Counter(gold).most_common(1)[0][0]] * len(gold)
    notes: dict[str, Any] = {
        "not_in_text": n_absent,
        "without_actor": int(named["actor_id"].isna().sum()),
        "without_role": said["evidence"].count(NONE),
    }
    if all(str(row["id"]).startswith(CODERS_OF) for row in rows):
        notes["alpha_of_coders"] = list(CODERS)
    results: list[Result] = []
    for label in sorted(said, key=lambda name: (name != method, list(said).index(name))):
        scores = score_labels(
            gold,
            said[label],
            labels=[*ROLES, NONE],
            groups=named["article_id"].tolist(),
            rng=np.random.default_rng(seed),
            n_draws=n_draws,
        )
        about = notes if not results else {}
        results.append(from_labels(label, _add_alpha(scores, gold, said[label]), about))
    return results


def give_entities(codebook: Codebook, rows: Sequence[Row]) -> Codebook:
    """The codebook with an actor for each entity of gold that is no name: things, groups, ideas (`coal`, `farmers`)."""
    actors = dict(codebook.actors)
    for row in rows:
        for entity in row["entities"]:
            words = _ARTICLES.sub("", entity["text"].strip())
            if len(words) < _SHORTEST or words != words.lower():
                continue
            actor_id = "given_" + re.sub(r"\W+", "_", words).strip("_")
            wording = {row["language"]: Wording(nominals=(words,))}
            actors.setdefault(actor_id, Actor(actor_id, {row["language"]: words}, "group", wording=wording))
    return replace(codebook, actors=actors)


def _list_named(rows: Sequence[Row], tables: Tables) -> tuple[pd.DataFrame, int]:
    """Entities of gold with their role and the actor behind them, and how many do not occur in their text."""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for mention in rows_of(tables.mentions):
        spans.setdefault(mention.article_id, []).append((int(mention.start), int(mention.end), mention.actor_id))
    named, n_absent = [], 0
    for row in rows:
        for text, role in sorted({(entity["text"].strip().lower(), entity["role"]) for entity in row["entities"]}):
            if places := find_places(row["text"], text):
                named.append((row["article_id"], find_actor(places, spans.get(row["article_id"], [])), role))
            else:
                n_absent += 1
    return pd.DataFrame(named, columns=["article_id", "actor_id", "role"]), n_absent


def _by_evidence(named: pd.DataFrame, tables: Tables) -> list[str]:
    cast = {(row.article_id, row.actor_id): _choose_role(row) for row in rows_of(tables.roles)}
    return [cast.get(key, NONE) for key in zip(named["article_id"], named["actor_id"], strict=True)]


def _by_weights(named: pd.DataFrame, tables: Tables) -> list[str]:
    """Roles by weights learnt from other articles; an entity without an actor has no signals."""
    signals = named.merge(gather_signals(tables), on=["article_id", "actor_id"], how="left")
    signals[list(SIGNALS)] = signals[list(SIGNALS)].fillna(0.0)
    return weigh_left_out(signals, signals["role"], signals["article_id"])


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
