"""Findings in a sentence: what a table says, in words made from the table.

Reads the tables that charts are drawn from; returns a `Finding`: English text for a notebook or an alt text, so that no
prose states a number that code did not produce. Nothing is estimated here.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.codebook import Codebook
from analysis.coding.actions import keep_done
from analysis.coding.evaluations_methods import is_negative, select_evaluations
from analysis.display.explaining import explain
from analysis.display.explanation import Explanation
from analysis.display.words import event_label, label, number
from analysis.schema import AUTHOR, NOT_IN_CODEBOOK, PARTS, UNNAMED
from analysis.tables import Tables


class Finding(str):
    """A text that a notebook shows as a paragraph."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(self)}</p>"


def describe_scope(articles: pd.DataFrame) -> Finding:
    """What results of these articles can be about.

    Parameters
    ----------
    articles : DataFrame
        Table ``articles``.

    Returns
    -------
    Finding
        With one article, that results describe this article only.

    Examples
    --------
    >>> describe_scope(pd.DataFrame({"article_id": ["a"], "outlet": [None], "published": ["2020-01"]}))
    One article: all results describe this article only, neither its outlet nor the news in general.
    """
    if len(articles) == 1:
        return Finding(
            "One article: all results describe this article only, neither its outlet nor the news in general."
        )
    dates = articles["published"].dropna()
    undated = f" ({len(articles) - len(dates)} undated)" if len(dates) < len(articles) else ""
    period = f", dated {dates.min()} to {dates.max()}{undated}" if len(dates) else ""
    n_outlets, n_unnamed = articles["outlet"].nunique(), int(articles["outlet"].isna().sum())
    unnamed = f" ({n_unnamed} without one)" if n_unnamed else ""
    outlets = f" of {count_nouns(n_outlets, 'outlet')}{unnamed}" if n_outlets else ", no outlet named"
    return Finding(f"{len(articles)} articles{outlets}{period}: results describe these articles.")


def describe_parts(sentences: pd.DataFrame) -> Finding:
    """How many sentences and paragraphs there are, and how many of them are captions (table ``sentences``).

    Examples
    --------
    >>> columns = {"article_id": ["a", "a"], "paragraph": [0, 1], "part": ["caption", "lead"]}
    >>> describe_parts(pd.DataFrame(columns))
    2 sentences in 2 paragraphs. Sentences by part: lead 1 and caption 1.
    """
    if sentences.empty:
        return Finding("There are no sentences.")
    counts = sentences["part"].value_counts()
    told = [f"{part} {counts[part]}" for part in PARTS if part in counts]
    paragraphs = len(sentences[["article_id", "paragraph"]].drop_duplicates())
    total = f"{count_nouns(len(sentences), 'sentence')} in {count_nouns(paragraphs, 'paragraph')}"
    return Finding(f"{total}. Sentences by part: {list_words(told)}.")


def describe_mentions(features: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> Finding:
    """Who is mentioned most, and how many actors are not in the codebook (table ``features``)."""
    counts = features.groupby("actor_id")["n_mentions"].sum()
    counts = counts[counts > 0]
    if counts.empty:
        return Finding("No actor is mentioned.")
    first = _top(counts.to_dict(), codebook)
    named = list_words([f"{label(actor, codebook, language)} ({counts[actor]})" for actor in first])
    unlisted = int(counts.index.str.startswith(NOT_IN_CODEBOOK).sum())
    return Finding(
        f"{count_nouns(counts.sum(), 'mention')} of {count_nouns(len(counts), 'actor')}. Mentioned most: {named}. "
        f"Actors that are not in the codebook: {unlisted}."
    )


def describe_voices(
    quotes: pd.DataFrame, articles: pd.DataFrame, *, codebook: Codebook, language: str = "nl"
) -> Finding:
    """Who speaks longest, and how many quotes have no named speaker (tables ``quotes`` and ``articles``)."""
    if quotes.empty:
        return Finding("Nobody is quoted.")
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    words = [len(texts[quote.article_id][quote.start : quote.end].split()) for quote in quotes.itertuples()]
    spoken = quotes.assign(n_words=words)
    totals = spoken.groupby("source_id")["n_words"].sum()
    nobody = int(quotes["source_id"].isna().sum())
    speakers = ""
    if len(totals):
        first = _top(totals.to_dict(), codebook)
        named = list_words([f"{label(actor, codebook, language)} ({totals[actor]})" for actor in first])
        speakers = f" Most words: {named}."
    return Finding(
        f"{count_nouns(len(quotes), 'quote')} of {count_nouns(sum(words), 'word')} "
        f"by {count_nouns(len(totals), 'speaker')}.{speakers} "
        f"Quotes without a named speaker: {nobody}."
    )


def describe_tone(estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> Finding:
    """Who is evaluated most negatively and most positively (``estimates`` by ``actor_id`` and ``voice``)."""
    known = estimates[estimates["estimate"].notna()]
    if known.empty:
        return Finding("No actor is evaluated.")
    sums = known.assign(sum=known["estimate"] * known["n_units"]).groupby("actor_id")[["sum", "n_units"]].sum()
    means = (sums["sum"] / sums["n_units"]).round(9)
    places = _places(codebook)
    ordered = sorted(means.index, key=lambda actor: (means[actor], -sums["n_units"][actor], places(actor)))

    def tell(actor: str) -> str:
        tone = number(float(means[actor]), "en", decimals=2, signed=True)
        return f"{label(actor, codebook, language)} ({tone}, n = {sums['n_units'][actor]})"

    own = int(known.loc[known["voice"] == "own voice", "n_units"].sum())
    quoted = int(known.loc[known["voice"] == "quoted", "n_units"].sum())
    extremes = f"Most negative: {tell(ordered[0])}."
    if len(ordered) > 1:
        extremes += f" Most positive: {tell(ordered[-1])}."
    return Finding(
        f"{count_nouns(own + quoted, 'evaluation')} of {count_nouns(len(means), 'actor')}, {own} in the outlet's own "
        f"voice and {quoted} quoted. {extremes}"
    )


def describe_frames(estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> Finding:
    """In which share of sentences each frame is present (``estimates`` by ``frame_id``)."""
    known = estimates[estimates["estimate"].notna()]
    if known.empty or not (known["estimate"] > 0).any():
        return Finding("No frame is present in any sentence.")
    shares = dict(zip(known["frame_id"], known["estimate"].round(9), strict=True))
    present = {str(frame): float(share) for frame, share in shares.items() if share > 0}
    told = [
        f"{label(f, codebook, language)} ({number(present[f], 'en', decimals=2)})" for f in _top(present, codebook, 99)
    ]
    absent = [label(frame, codebook, language) for frame in shares if frame not in present]
    tail = f" Never present: {list_words(absent)}." if absent else ""
    n = count_nouns(known["n_units"].max(), "sentence")
    return Finding(f"Share of {n} in which a frame is present: {list_words(told)}.{tail}")


def describe_frames_by_actor(features: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> Finding:
    """The frame that stands in most sentences of each of the actors mentioned most (table ``features``)."""
    columns = [f"frame_{frame}" for frame in codebook.frames if f"frame_{frame}" in features.columns]
    seen = features[features["n_sentences_actor"] > 0]
    if seen.empty or not columns:
        return Finding("No frame can be set beside an actor.")
    n_sentences = seen.groupby("actor_id")["n_sentences_actor"].sum()
    hits = seen[columns].mul(seen["n_sentences_actor"], axis=0).groupby(seen["actor_id"]).sum().to_dict("index")
    told = []
    for actor in _top(n_sentences.to_dict(), codebook):
        counts = {column: round(hits[actor][column]) for column in columns}
        first = max(columns, key=counts.__getitem__)
        frame = label(first.removeprefix("frame_"), codebook, language)
        told.append(f"{label(actor, codebook, language)} ({frame} in {counts[first]} of {n_sentences[actor]})")
    return Finding(f"Most frequent frame in the sentences with an actor: {list_words(told)}.")


def describe_pairs(estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> Finding:
    """Who judges whom most often (``estimates`` by ``source_id`` and ``actor_id``)."""
    known = estimates[estimates["estimate"].notna()]
    if known.empty:
        return Finding("Nobody evaluates anybody.")
    places = _places(codebook)
    columns = [known[column].tolist() for column in ("source_id", "actor_id", "estimate", "n_units")]
    rows = sorted(zip(*columns, strict=True), key=lambda row: (-row[3], row[2], places(row[0]), places(row[1])))
    told = [
        f"{label(source, codebook, language)} on {label(target, codebook, language)} "
        f"({number(tone, 'en', decimals=2, signed=True)}, n = {n})"
        for source, target, tone, n in rows[:3]
    ]
    speakers = len(set(known["source_id"]) - {AUTHOR, UNNAMED})
    return Finding(
        f"{count_nouns(known['n_units'].sum(), 'evaluation')} between {count_nouns(len(known), 'pair')}, with "
        f"{count_nouns(speakers, 'quoted source')}. Most frequent: {list_words(told)}."
    )


def describe_actions(actions: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> Finding:
    """Who acts and who undergoes, and how often the sentence leaves out who did it (table ``actions``)."""
    actions = keep_done(actions)
    if actions.empty:
        return Finding("No deeds are reported.")
    conflict = int((actions["valence"] == "conflict").sum())
    left_out = int((actions["voice"] == "agentless_passive").sum())
    strangers = int((actions["agent_id"].isna() & actions["patient_id"].isna()).sum())
    kinds = (
        f"{count_nouns(len(actions), 'deed')}, {conflict} of conflict and {len(actions) - conflict} of another kind."
    )
    sentences = [kinds, f"Agent left out by a passive: {left_out}. Neither agent nor patient an actor: {strangers}."]
    for column, verb in (("agent_id", "Acting"), ("patient_id", "Undergoing")):
        counts = actions[column].dropna().value_counts().to_dict()
        if counts:
            first = _top(counts, codebook)
            named = list_words([f"{label(actor, codebook, language)} ({counts[actor]})" for actor in first])
            sentences.append(f"{verb} most: {named}.")
    return Finding(" ".join(sentences))


def describe_agency(agency: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> Finding:
    """Who acts more than it undergoes and the reverse (the frame ``agency(actions, by="patient_id")``)."""
    doing, undergoing = ({str(a): int(n) for a, n in zip(agency["patient_id"], agency[column], strict=True) if n}
                         for column in ("n_agent", "n_patient"))  # fmt: skip
    if not doing and not undergoing:
        return Finding("No deeds between actors are reported.")
    only = sorted(set(undergoing) - set(doing), key=_places(codebook))
    sentences = [
        f"{count_nouns(len(doing), 'actor')} act, {len(undergoing)} undergo deeds, {len(only)} only undergo them."
    ]
    for counts, verb in ((doing, "Acting"), (undergoing, "Undergoing")):
        if counts:
            named = [f"{label(actor, codebook, language)} ({counts[actor]})" for actor in _top(counts, codebook)]
            sentences.append(f"{verb} most: {list_words(named)}.")
    return Finding(" ".join(sentences))


def describe_left_out(agency: pd.DataFrame, *, language: str = "nl") -> Finding:
    """Of how many deeds the doer is left out, and of which type most (the frame ``agency(actions, by="event")``)."""
    told, left_out = int(agency["n_verbal"].sum()), int(agency["n_agentless"].sum())
    if not told:
        return Finding("No deed is told by a verb.")
    most = agency.sort_values(["n_agentless", "event"], ascending=[False, True], kind="stable").iloc[0]
    finding = f"{count_nouns(told, 'deed')} told by a verb; the doer is left out of {left_out}."
    if left_out:
        event = event_label(str(most["event"]), language)
        finding += f" Most often of: {event} ({most['n_agentless']} of {most['n_verbal']})."
    return Finding(finding)


def explain_most_negative(tables: Tables, *, codebook: Codebook, language: str = "nl") -> Explanation | Finding:
    """The evaluation with the lowest polarity, explained; a sentence where none is negative. One method's only."""
    judged = select_evaluations(tables.evaluations)
    negative = judged[is_negative(judged)]
    if negative.empty:
        return Finding("No evaluation is negative.")
    lowest = negative.sort_values(["polarity", "evaluation_id"], kind="stable").iloc[0]
    return explain(tables, str(lowest["evaluation_id"]), codebook=codebook, language=language)


def explain_left_out(tables: Tables, *, codebook: Codebook, language: str = "nl") -> Explanation | Finding:
    """The first deed without its doer, explained, one of conflict if there is one; a sentence where there is none."""
    actions = keep_done(tables.actions)
    left_out = actions[actions["voice"] == "agentless_passive"]
    if left_out.empty:
        return Finding("No deed is told without its doer.")
    first = left_out.assign(other=left_out["valence"] != "conflict").sort_values(["other", "action_id"], kind="stable")
    return explain(tables, str(first["action_id"].iloc[0]), codebook=codebook, language=language)


def explain_longest_quote(tables: Tables, *, codebook: Codebook, language: str = "nl") -> Explanation | Finding:
    """The quote of most characters, explained; a sentence where nobody is quoted."""
    if tables.quotes.empty:
        return Finding("Nobody is quoted.")
    lengths = (tables.quotes["end"] - tables.quotes["start"]).rename("length")
    longest = tables.quotes.assign(length=lengths).sort_values(["length", "quote_id"], ascending=[False, True]).iloc[0]
    return explain(tables, str(longest["quote_id"]), codebook=codebook, language=language)


def _places(codebook: Codebook) -> Callable[[str], tuple[int, str]]:
    order = {key: place for place, key in enumerate([*codebook.actors, *codebook.frames])}
    return lambda key: (order.get(key, len(order)), key)


def _top(counts: Mapping[Any, float], codebook: Codebook, n: int = 3) -> list[str]:
    """The `n` keys with the highest count; ties in the order of the codebook."""
    places = _places(codebook)
    return sorted(counts, key=lambda key: (-counts[key], places(key)))[:n]


def count_nouns(n: float, noun: str) -> str:
    """A number and its noun, in the plural where there is not one."""
    return f"{int(n)} {noun}" if n == 1 else f"{int(n)} {noun}s"


def list_words(parts: Sequence[str]) -> str:
    """Words parted by commas and a last ``and``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
