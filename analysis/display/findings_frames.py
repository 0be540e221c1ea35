"""Findings of frames in a sentence: whose voice, which method, how far to believe a probability.

Reads the tables that charts of frames are drawn from; returns a `Finding`, as `analysis.display.findings` does.
"""

from __future__ import annotations

import pandas as pd

from analysis.codebook import Codebook
from analysis.display.findings import Finding, count_nouns, list_words
from analysis.display.frames import MAX_FRAMES, choose_frames
from analysis.display.style import FEW, rank
from analysis.display.words import label, number, word
from analysis.measures.frame_agreement import join_bins, measure_bins
from analysis.schema import AUTHOR
from analysis.tables import rows_of


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
        return Finding("No frame is present in any sentence.")
    n_sentences = known.groupby("paragraph")["n_units"].max()
    told, absent = [], []
    for frame in shown:
        rows = [row for row in rows_of(known[known["frame_id"] == frame]) if row.estimate > 0]
        if not rows:
            absent.append(label(frame, codebook, language))
            continue
        most = max(rows, key=lambda row: (row.n_units >= FEW, round(row.estimate, 9), row.n_units, -row.paragraph))
        hits = round(most.estimate * most.n_units)
        told.append(
            f"{label(frame, codebook, language)} in {len(rows)}, most in paragraph {int(most.paragraph) + 1} "
            f"({hits} of {count_nouns(most.n_units, 'sentence')})"
        )
    tail = f" In none: {list_words(absent)}." if absent else ""
    return Finding(f"Of {count_nouns(len(n_sentences), 'paragraph')}: {'; '.join(told)}.{tail}")


def describe_frames_by_actor(
    features: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 3
) -> Finding:
    """The frame that stands in most sentences of each of the actors mentioned most (table ``features``)."""
    columns = [f"frame_{frame}" for frame in codebook.frames if f"frame_{frame}" in features.columns][:MAX_FRAMES]
    seen = features[features["n_sentences_actor"] > 0]
    if seen.empty or not columns:
        return Finding("No frame can be set beside an actor.")
    totals = {str(actor): float(n) for actor, n in seen.groupby("actor_id")["n_sentences_actor"].sum().items()}
    hits = seen[columns].mul(seen["n_sentences_actor"], axis=0).groupby(seen["actor_id"]).sum().to_dict("index")
    told = []
    for actor in rank(totals, codebook, top)[0]:
        counts = {column: round(hits[actor][column]) for column in columns}
        first = max(columns, key=counts.__getitem__)
        frame = label(first.removeprefix("frame_"), codebook, language)
        told.append(f"{label(actor, codebook, language)} ({frame} in {counts[first]} of {totals[actor]:.0f})")
    return Finding(f"Most frequent frame in the sentences with an actor: {list_words(told)}.")


def describe_frames(estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> Finding:
    """In which share of sentences each frame is present (``estimates`` by ``frame_id``)."""
    known = estimates[estimates["estimate"].notna()]
    if known.empty or not (known["estimate"] > 0).any():
        return Finding("No frame is present in any sentence.")
    shares = {
        str(frame): float(share) for frame, share in zip(known["frame_id"], known["estimate"].round(9), strict=True)
    }
    present = {frame: share for frame, share in shares.items() if share > 0}
    told = [
        f"{label(frame, codebook, language)} ({number(present[frame], 'en', decimals=2)})"
        for frame in rank(present, codebook, 99)[0]
    ]
    absent = [label(frame, codebook, language) for frame in shares if frame not in present]
    tail = f" Never present: {list_words(absent)}." if absent else ""
    n = count_nouns(known["n_units"].max(), "sentence")
    return Finding(f"Share of {n} in which a frame is present: {list_words(told)}.{tail}")


def describe_frames_by_voice(counts: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> Finding:
    """Share of own and of quoted sentences with each frame (`analysis.measures.framing.count_frames_by_voice`).

    Returns
    -------
    Finding
        Frames in the order of the codebook, with the source of most sentences at the end.
    """
    if counts.empty:
        return Finding("There are no sentences.")
    by_voice = counts.groupby(["voice", "frame_id"])[["n_frame", "n_sentences"]].sum()
    totals = by_voice.groupby("voice")["n_sentences"].max()
    voices = [voice for voice in ("own voice", "quoted") if voice in totals.index]
    told = []
    for frame in (key for key in codebook.frames if (voices[0], key) in by_voice.index):
        n = [by_voice.loc[(voice, frame), "n_frame"] for voice in voices]
        shares = [
            f"{number(count / totals[voice], 'en', decimals=2)} of {'own' if voice == 'own voice' else 'quoted'}"
            for count, voice in zip(n, voices, strict=True)
        ]
        told.append(f"{label(frame, codebook, language)} in {' and '.join(shares)}")
    sources = counts[counts["source_id"].ne(AUTHOR) & counts["source_id"].notna()]
    tail = ""
    if len(sources):
        most = (
            sources.groupby("source_id")["n_sentences"].max().sort_index().sort_values(ascending=False, kind="stable")
        )
        tail = (
            f" Quoted most: {label(str(most.index[0]), codebook, language)} ({count_nouns(most.iloc[0], 'sentence')})."
        )
    numbers = list_words([f"{totals[voice]} {'own' if voice == 'own voice' else 'quoted'}" for voice in voices])
    return Finding(f"Sentences: {numbers}. Share with a frame: {'; '.join(told)}.{tail}")


def describe_frame_methods(estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> Finding:
    """For which frame the methods differ most, and by which of them it is found how often (by ``answered_by``)."""
    known = estimates[estimates["estimate"].notna()]
    if known.empty:
        return Finding("No method answers a question.")
    wide = known.pivot_table(index="frame_id", columns="answered_by", values="estimate", sort=False)
    if wide.shape[1] < 2:
        return Finding(f"One method answers: {word(f'answered_{wide.columns[0]}', 'en')}.")
    spread = (wide.max(axis=1) - wide.min(axis=1)).round(9)
    first = max(wide.index, key=lambda key: (spread[key], str(key)))
    told = [
        f"{word(f'answered_{method}', 'en')} {number(float(share), 'en', decimals=2)}"
        for method, share in wide.loc[first].dropna().items()
    ]
    name = label(str(first), codebook, language)
    return Finding(f"Share of sentences by {wide.shape[1]} methods. They differ most for {name}: {list_words(told)}.")


def describe_frame_reliability(bins: pd.DataFrame) -> Finding:
    """Expected calibration error of answers about sentences and about articles, as the chart joins them."""
    if bins.empty:
        return Finding("There are no answers about texts left out.")
    told = []
    for unit in sorted(set(bins["unit"]), reverse=True):
        part = bins[bins["unit"] == unit]
        error = number(measure_bins(join_bins(part)), "en", decimals=3)
        told.append(f"{count_nouns(part['n'].sum(), 'answer')} about {unit}s, error {error}")
    return Finding(f"Stated probability against share of yes: {'; '.join(told)}.")
