"""The rows behind a measure: which mentions, quotes, evaluations, deeds or frames a number counts.

Reads `Tables` and a `Group`, or a label; returns rows of the tables, what of a group no table knows, or
the actor that bears the label.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

import pandas as pd

from analysis.codebook.load import Codebook
from analysis.coding.actions.code import keep_done
from analysis.coding.evaluations.methods import is_negative, select_evaluations
from analysis.coding.frames.methods import select_frames
from analysis.contracts.errors import InputError
from analysis.contracts.schema import AUTHOR, UNNAMED
from analysis.contracts.tables import Tables
from analysis.display.explanations.grouping import Group
from analysis.display.explanations.rows import match
from analysis.display.words import LANGUAGES, label


def rows_behind(tables: Tables, group: Group, *measures: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """Per measure, the table it counts rows of and those rows, for the actors and articles of a group."""
    for measure in measures:
        if measure in ("n_mentions", "prominence", "n_sentences_actor", "n_sentences"):
            yield "mentions", _of(tables, tables.mentions, group, "actor_id")
        elif measure in ("n_quotes", "n_words_quoted"):
            yield "quotes", _of(tables, tables.quotes, group, "source_id")
        elif measure == "n_agent":
            yield "actions", _of(tables, keep_done(tables.actions), group, "agent_id")
        elif measure in ("n_patient", "share_agentless"):
            yield "actions", _of(tables, keep_done(tables.actions), group, "patient_id")
        elif measure == "responsibility":
            frames = select_frames(tables.frames)
            frames = frames[frames["indicator"].str.startswith("responsible")]
            yield "frames", _with_actor(tables, match(frames, frame_id="responsibility"), group)
        elif measure.startswith("frame_"):
            frames = match(select_frames(tables.frames), frame_id=measure.removeprefix("frame_"))
            yield "frames", _with_actor(tables, frames, group)
        elif measure in ("hero", "villain", "victim"):
            yield "role_evidence", match(_of(tables, tables.role_evidence, group, "actor_id"), role=measure)
        else:
            yield "evaluations", _evaluations(tables, group, measure)


def _evaluations(tables: Tables, group: Group, measure: str) -> pd.DataFrame:
    # The method is chosen from the whole table, as features choose it: never from what one actor happens to have.
    rows = _of(tables, select_evaluations(tables.evaluations, group.chosen.get("method")), group, "target_id")
    voice = {
        "tone_author": "own voice",
        "n_author": "own voice",
        "tone_quoted": "quoted",
        "n_quoted": "quoted",
    }.get(measure, group.chosen.get("voice"))
    if voice is not None:
        rows = rows[(rows["source_id"] == AUTHOR) == (voice == "own voice")]
    if measure == "share_negative":
        rows = rows[is_negative(rows)]
    return match(rows, source_id=group.chosen["source_id"]) if "source_id" in group.chosen else rows


def _with_actor(tables: Tables, frames: pd.DataFrame, group: Group) -> pd.DataFrame:
    places = _of(tables, tables.mentions, group, "actor_id")[["article_id", "sentence_id"]].drop_duplicates()
    return frames.merge(places)


def _of(tables: Tables, table: pd.DataFrame, group: Group, column: str) -> pd.DataFrame:
    rows = in_articles(tables, table, group)
    return rows[rows[column].isin(group.actors)] if group.actors is not None else rows


def in_articles(tables: Tables, table: pd.DataFrame, group: Group) -> pd.DataFrame:
    """The rows of a table that lie in the articles of a group."""
    wanted = {key: value for key, value in group.chosen.items() if key in ("article_id", "outlet", "published")}
    if not wanted:
        return table
    return table[table["article_id"].isin(match(tables.articles, **wanted)["article_id"])]


def tell_unknown(tables: Tables, group: Group, actors: Collection[str]) -> str:
    """What of a group occurs nowhere, and what looks like it; empty where all of it occurs.

    Parameters
    ----------
    tables : Tables
        Of a coded corpus.
    group : Group
        The values that were asked for.
    actors : collection of str
        Actors of the codebook, which are known though nothing speaks of them.
    """
    named = _named(tables, actors)
    known = {
        "actor_id": named,
        "source_id": {*named, AUTHOR, UNNAMED, *tables.quotes["source_id"].dropna(), *tables.evaluations["source_id"]},
        "article_id": set(tables.articles["article_id"]),
        "outlet": set(tables.articles["outlet"].dropna()),
        "method": {*tables.evaluations["method"], *tables.frames["method"]},
    }
    for key, value in group.chosen.items():
        if key in known and value not in known[key]:
            near = get_close_matches(value, sorted(known[key]), n=3, cutoff=0.5)
            return f"there is no {key} '{value}'" + (f"; did you mean {', '.join(near)}?" if near else "")
    return ""


def find_actor(tables: Tables, codebook: Codebook, text: str) -> str:
    """The actor of this id or label, in either language, in capitals or not; empty where there is none.

    Raises
    ------
    InputError
        When several actors bear the label.
    """
    known = _named(tables, codebook.actors)
    if text in known:
        return text
    asked = text.removesuffix(" *").casefold()
    found = [
        actor_id
        for actor_id in sorted(known)
        if asked in {label(actor_id, codebook, language).removesuffix(" *").casefold() for language in LANGUAGES}
    ]
    if len(found) > 1:
        ids = ", ".join(found)
        raise InputError(f"explain: '{text}' is the label of {ids}; name one, as tone:actor_id={found[0]}")
    return found[0] if found else ""


def _named(tables: Tables, actors: Collection[str]) -> set[str]:
    return {*actors, *tables.mentions["actor_id"], *tables.evaluations["target_id"], *tables.features["actor_id"]}
