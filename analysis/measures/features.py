"""Features: one row per article and actor, the table that charts and models start from.

Reads the coded tables; returns ``features``. Every ratio has its denominator in a column beside it; a ratio
without evidence is empty, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.codebook.load import Codebook
from analysis.coding.actions.code import keep_done
from analysis.coding.evaluations.methods import is_negative, select_evaluations
from analysis.coding.frames.methods import select_frames
from analysis.contracts.schema import AUTHOR
from analysis.contracts.tables import make_table

PAIR = ["article_id", "actor_id"]


def build_features(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    evaluations: pd.DataFrame,
    actions: pd.DataFrame,
    frames: pd.DataFrame,
    roles: pd.DataFrame,
    *,
    codebook: Codebook,
    method: str | None = None,
    roll_up: bool = False,
    captions: bool = False,
) -> pd.DataFrame:
    """Count and average the coded tables per article and actor.

    Parameters
    ----------
    articles, sentences, mentions, quotes, evaluations, actions, frames, roles : DataFrame
        The tables of the same articles.
    codebook : Codebook
        Names the frames (one column each, also when no article has it) and the roll-up.
    method : str, optional
        Which rows of ``evaluations`` count: where several methods judged, one is chosen, never their mix; by default
        as `select_evaluations` chooses.
    roll_up : bool, default False
        Count what an actor does, says and undergoes towards every actor it is part of as well
        (`part_of`): totals of a state then hold those of its government and army. A sentence or article
        counts once for an actor, however many of its parts it mentions. Roles stay the actor's own.
    captions : bool, default False
        Count photo captions as sentences.

    Returns
    -------
    DataFrame
        Table ``features``, a row for every actor that is mentioned, speaks or is judged in an article.
    """
    lineage = _lineage(codebook, mentions, quotes, evaluations, actions) if roll_up else None
    counted = sentences if captions else sentences[sentences["part"] != "caption"]
    mentioned = _expand(mentions, "actor_id", lineage)
    spoken = _expand(quotes[quotes["source_id"].notna()], "source_id", lineage)
    judged = _expand(select_evaluations(evaluations, method), "target_id", lineage)
    actions = keep_done(actions)
    doing = _expand(actions[actions["agent_id"].notna()], "agent_id", lineage)
    undergoing = _expand(actions[actions["patient_id"].notna()], "patient_id", lineage)

    pairs = pd.concat([table[PAIR] for table in (mentioned, spoken, judged, doing, undergoing)])
    index = pd.MultiIndex.from_frame(pairs.drop_duplicates().sort_values(PAIR))
    features = pd.DataFrame(index=index)
    features["n_mentions"] = _count(mentioned, index)
    total = mentions.groupby("article_id").size()
    features["prominence"] = features["n_mentions"] / _of_article(total, index).replace(0, float("nan"))
    features["n_quotes"] = _count(spoken, index)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    words = [len(texts[q.article_id][q.start : q.end].split()) for q in spoken.itertuples()]
    features["n_words_quoted"] = _count(spoken.assign(n_words=words), index, "n_words")
    author = judged[judged["source_id"] == AUTHOR]
    quoted = judged[judged["source_id"] != AUTHOR]
    for count, tone, table in (
        ("n_evaluations", "tone", judged),
        ("n_author", "tone_author", author),
        ("n_quoted", "tone_quoted", quoted),
    ):
        features[count] = _count(table, index)
        features[tone] = table.groupby(PAIR)["polarity"].mean().reindex(index)
    negative = judged.assign(is_negative=is_negative(judged).astype(float))
    features["share_negative"] = negative.groupby(PAIR)["is_negative"].mean().reindex(index)
    features["n_agent"] = _count(doing, index)
    features["n_patient"] = _count(undergoing, index)
    agentless = undergoing.assign(is_agentless=(undergoing["voice"] == "agentless_passive").astype(float))
    features["share_agentless"] = agentless.groupby(PAIR)["is_agentless"].mean().reindex(index)
    own_roles = roles.set_index(PAIR)[["hero", "villain", "victim"]].reindex(index)
    features = features.join(own_roles)

    in_text = mentioned.merge(counted[["article_id", "sentence_id"]])
    places = in_text[[*PAIR, "sentence_id"]].drop_duplicates()
    features["n_sentences_actor"] = _count(places, index)
    counted_frames = select_frames(frames)
    for frame_id in codebook.frames:
        present = counted_frames.loc[
            counted_frames["frame_id"] == frame_id, ["article_id", "sentence_id"]
        ].drop_duplicates()
        hits = _count(places.merge(present), index)
        features[f"frame_{frame_id}"] = hits / features["n_sentences_actor"].replace(0, float("nan"))

    features["n_sentences"] = _of_article(counted.groupby("article_id").size(), index)
    about = articles.set_index("article_id")[["outlet", "published"]]
    features = features.reset_index().join(about, on="article_id")
    return make_table("features", features)


def _lineage(codebook: Codebook, *tables: pd.DataFrame) -> Mapping[str, list[str]]:
    columns = ("actor_id", "source_id", "target_id", "agent_id", "patient_id")
    named = {str(a) for table in tables for c in columns if c in table for a in table[c].dropna().unique()}
    return {actor_id: codebook.lineage(actor_id) for actor_id in sorted(named)}


def _expand(table: pd.DataFrame, column: str, lineage: Mapping[str, list[str]] | None) -> pd.DataFrame:
    """Name the actor column ``actor_id``; with a lineage, repeat each row for every actor it counts towards."""
    renamed = table.assign(actor_id=table[column])
    if lineage is None or renamed.empty:
        return renamed
    return (
        renamed.assign(actor_id=renamed["actor_id"].map(lineage))
        .explode("actor_id", ignore_index=True)
        .astype({"actor_id": "str"})
    )


def _count(table: pd.DataFrame, index: pd.MultiIndex, column: str | None = None) -> pd.Series:
    grouped = table.groupby(PAIR)
    counts = grouped[column].sum() if column else grouped.size()
    return counts.reindex(index, fill_value=0).astype("int64")


def _of_article(counts: pd.Series, index: pd.MultiIndex) -> pd.Series:
    values = counts.reindex(index.get_level_values("article_id"), fill_value=0)
    return pd.Series(values.to_numpy(), index=index)
