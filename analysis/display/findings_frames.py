"""Findings of frames in a sentence: whose voice, which method, how far to believe a probability.

Reads the tables that charts of frames are drawn from; returns a `Finding`, as `analysis.display.findings` does.
"""

from __future__ import annotations

import pandas as pd

from analysis.codebook import Codebook
from analysis.display.findings import Finding, count_nouns, list_words
from analysis.display.words import label, number, word
from analysis.measures.frame_agreement import join_bins, measure_bins
from analysis.schema import AUTHOR


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
    """Expected calibration error of answers about sentences and about articles, and of the frame with the largest."""
    if bins.empty:
        return Finding("There are no answers about texts left out.")
    told = []
    for unit in sorted(set(bins["unit"]), reverse=True):
        part = bins[bins["unit"] == unit]
        errors = {str(key): measure_bins(of_frame) for key, of_frame in part.groupby("frame_id")}
        worst = max(sorted(errors), key=lambda key: round(errors[key], 9))
        told.append(
            f"{count_nouns(part['n'].sum(), 'answer')} about {unit}s, error "
            f"{number(measure_bins(join_bins(part)), 'en', decimals=3)} (largest by frame: "
            f"{number(errors[worst], 'en', decimals=3)}, {worst.replace('_', ' ')})"
        )
    return Finding(f"Stated probability against share of yes: {'; '.join(told)}.")
