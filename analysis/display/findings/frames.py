"""Findings of frames in a sentence: whose voice, which method, how far to believe a probability.

Reads the tables that charts of frames are drawn from; returns a `Finding`, as `analysis.display.findings.charts` does.
"""

from __future__ import annotations

import pandas as pd

from analysis.codebook.load import Codebook
from analysis.contracts.schema import AUTHOR
from analysis.contracts.tables import rows_of
from analysis.display.charts.frames import MAX_FRAMES, choose_frames
from analysis.display.charts.style import FEW, rank
from analysis.display.findings.charts import Finding
from analysis.display.words import count, label, list_words, number, word
from analysis.measures.frame_agreement import join_bins, measure_bins

VOICES = {"own voice": ("n_own", "of_own"), "quoted": ("n_quoted", "of_quoted")}
"""Per voice: chart words for a number and for a share of its sentences."""


def describe_frames_by_paragraph(
    estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = MAX_FRAMES
) -> Finding:
    """In how many paragraphs each frame stands, and in which it fills the largest share, by the chart's numbers.

    Parameters
    ----------
    estimates : DataFrame
        As for `analysis.display.plot_frames_by_paragraph`.
    codebook, language, top
        As for the chart.

    Returns
    -------
    Finding
        Paragraphs are numbered from 1, as on the chart; of equal shares that of most sentences counts, then the first.
        One of fewer than three sentences is named only where no other has the frame.
    """
    known, shown, _ = choose_frames(estimates, codebook, top)
    if known.empty or not (known["estimate"] > 0).any():
        return Finding(word("no_frame", language))
    n_sentences = known.groupby("paragraph")["n_units"].max()
    told, absent = [], []
    for frame in shown:
        rows = [row for row in rows_of(known[known["frame_id"] == frame]) if row.estimate > 0]
        if not rows:
            absent.append(label(frame, codebook, language))
            continue
        most = max(rows, key=lambda row: (row.n_units >= FEW, round(row.estimate, 9), row.n_units, -row.paragraph))
        hits, sentences = round(most.estimate * most.n_units), count(most.n_units, "sentence", language)
        place = {"n": len(rows), "paragraph": int(most.paragraph) + 1, "hits": hits, "sentences": sentences}
        told.append(word("frame_in_paragraphs", language, frame=label(frame, codebook, language), **place))
    tail = word("in_no_paragraph", language, frames=list_words(absent, language)) if absent else ""
    paragraphs = count(len(n_sentences), "paragraph", language)
    return Finding(word("frames_by_paragraph", language, paragraphs=paragraphs, told="; ".join(told), absent=tail))


def describe_frames_by_actor(
    features: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 3
) -> Finding:
    """The frame that stands in most sentences of each of the actors mentioned most (table ``features``)."""
    columns = [f"frame_{frame}" for frame in codebook.frames if f"frame_{frame}" in features.columns][:MAX_FRAMES]
    seen = features[features["n_sentences_actor"] > 0]
    if seen.empty or not columns:
        return Finding(word("no_frame_by_actor", language))
    totals = {str(actor): float(n) for actor, n in seen.groupby("actor_id")["n_sentences_actor"].sum().items()}
    hits = seen[columns].mul(seen["n_sentences_actor"], axis=0).groupby(seen["actor_id"]).sum().to_dict("index")
    told = []
    for actor in rank(totals, codebook, top)[0]:
        counts = {column: round(hits[actor][column]) for column in columns}
        first = max(columns, key=counts.__getitem__)
        frame, name = (label(key, codebook, language) for key in (first.removeprefix("frame_"), actor))
        numbers = {"n": counts[first], "total": int(totals[actor])}
        told.append(word("frame_of_actor", language, actor=name, frame=frame, **numbers))
    return Finding(word("frames_by_actor", language, told=list_words(told, language)))


def describe_frames_by_voice(counts: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> Finding:
    """Share of own and of quoted sentences with each frame (`analysis.measures.framing.count_frames_by_voice`).

    Returns
    -------
    Finding
        Frames in the order of the codebook, with the source of most sentences at the end.
    """
    if counts.empty:
        return Finding(word("no_sentences", language))
    by_voice = counts.groupby(["voice", "frame_id"])[["n_frame", "n_sentences"]].sum()
    totals = by_voice.groupby("voice")["n_sentences"].max()
    voices = [voice for voice in VOICES if voice in totals.index]
    told = []
    for frame in (key for key in codebook.frames if (voices[0], key) in by_voice.index):
        shares = {voice: by_voice.loc[(voice, frame), "n_frame"] / totals[voice] for voice in voices}
        parts = [word(VOICES[v][1], language, share=number(shares[v], language, decimals=2)) for v in voices]
        name = label(frame, codebook, language)
        told.append(word("frame_in_shares", language, frame=name, shares=list_words(parts, language)))
    sources = counts[counts["source_id"].ne(AUTHOR) & counts["source_id"].notna()]
    tail = ""
    if len(sources):
        n_by_source = sources.groupby("source_id")["n_sentences"].max().sort_index()
        most = n_by_source.sort_values(ascending=False, kind="stable")
        name, n_most = label(str(most.index[0]), codebook, language), count(most.iloc[0], "sentence", language)
        tail = word("quoted_most", language, source=name, sentences=n_most)
    numbers = list_words([word(VOICES[voice][0], language, n=totals[voice]) for voice in voices], language)
    return Finding(word("frames_by_voice", language, numbers=numbers, told="; ".join(told), most=tail))


def describe_frame_methods(estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> Finding:
    """For which frame the methods differ most, and by which of them it is found how often (by ``answered_by``)."""
    known = estimates[estimates["estimate"].notna()]
    if known.empty:
        return Finding(word("no_method", language))
    wide = known.pivot_table(index="frame_id", columns="answered_by", values="estimate", sort=False)
    if wide.shape[1] < 2:
        return Finding(word("one_method", language, method=word(f"answered_{wide.columns[0]}", language)))
    spread = (wide.max(axis=1) - wide.min(axis=1)).round(9)
    first = max(wide.index, key=lambda key: (spread[key], str(key)))
    told = [
        f"{word(f'answered_{method}', language)} {number(float(share), language, decimals=2)}"
        for method, share in wide.loc[first].dropna().items()
    ]
    name = label(str(first), codebook, language)
    return Finding(word("frame_methods", language, n=wide.shape[1], frame=name, told=list_words(told, language)))


def describe_frame_reliability(bins: pd.DataFrame, *, language: str = "nl") -> Finding:
    """Expected calibration error of answers about sentences and about articles, as the chart joins them."""
    if bins.empty:
        return Finding(word("no_answers", language))
    told = []
    for unit in sorted(set(bins["unit"]), reverse=True):
        part = bins[bins["unit"] == unit]
        error = number(measure_bins(join_bins(part)), language, decimals=3)
        answers, units = count(part["n"].sum(), "answer", language), word(f"unit_{unit}", language)
        told.append(word("answers_about", language, answers=answers, units=units, error=error))
    return Finding(word("frame_reliability", language, told="; ".join(told)))
