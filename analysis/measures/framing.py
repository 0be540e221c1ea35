"""Frames by voice, by method and together: units and counts over the sentences of a corpus.

Reads the tables of a coded corpus; returns units for `estimate`, or counts. A sentence is quoted when at least half of
its characters stand inside somebody's speech, and the outlet's own otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.coding.frames.methods import list_methods, select_frames
from analysis.contracts.schema import AUTHOR
from analysis.contracts.tables import Tables, group_rows, rows_of
from analysis.measures.estimates import frame_units

HALF = 0.5
"""Least share of a quoted sentence inside speech: the more, the fewer sentences with a few words quoted count."""
OWN, QUOTED = "own voice", "quoted"
"""Voices, as `analysis.measures.estimates.tone_units` calls them."""


def voices_of_sentences(tables: Tables) -> pd.DataFrame:
    """In whose voice each sentence stands.

    Returns
    -------
    DataFrame
        ``article_id``, ``sentence_id``, ``share_quoted`` (of its characters, [0, 1]), ``voice`` (``own voice`` or
        ``quoted``), ``source_id`` of whoever speaks most of a quoted sentence, empty where nobody is named or it is the
        outlet's own. Speech within speech counts for whoever reports it.
    """
    outermost = tables.quotes[tables.quotes["outer_id"].isna()]
    spoken = group_rows(outermost, "article_id") if len(outermost) else {}
    rows = []
    for sentence in rows_of(tables.sentences):
        inside: set[int] = set()
        said: dict[str | None, int] = {}
        for quote in spoken.get(sentence.article_id, []):
            reach = range(max(quote.start, sentence.start), min(quote.end, sentence.end))
            if reach:
                inside.update(reach)
                source = None if pd.isna(quote.source_id) else str(quote.source_id)
                said[source] = said.get(source, 0) + len(reach)
        share = len(inside) / (sentence.end - sentence.start)
        source = max(said, key=lambda key: (said[key], key or "")) if said and share >= HALF else None
        voice = QUOTED if share >= HALF else OWN
        rows.append((sentence.article_id, sentence.sentence_id, share, voice, source))
    columns = ["article_id", "sentence_id", "share_quoted", "voice", "source_id"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"article_id": "str", "share_quoted": float, "voice": "str", "source_id": "str"})


def frame_units_by_voice(tables: Tables, *, frame_ids: Sequence[str], captions: bool = False) -> pd.DataFrame:
    """Every sentence and frame as a unit for `estimate`, with the voice of the sentence.

    Returns
    -------
    DataFrame
        Columns of `analysis.measures.estimates.frame_units`, ``voice`` and ``source_id``.
    """
    voices = voices_of_sentences(tables)[["article_id", "sentence_id", "voice", "source_id"]]
    return frame_units(tables, frame_ids=frame_ids, captions=captions).merge(
        voices, on=["article_id", "sentence_id"], how="left", validate="many_to_one"
    )


def count_frames_by_voice(tables: Tables, *, frame_ids: Sequence[str], captions: bool = False) -> pd.DataFrame:
    """How many sentences of the outlet itself and of each source have a frame.

    Returns
    -------
    DataFrame
        One row per voice, source and frame: ``voice``, ``source_id`` (``author`` for the outlet's own voice, empty for
        quoted sentences without a named speaker), ``frame_id``, ``n_frame`` and ``n_sentences``. Sorted; the source
        that is empty stands last.
    """
    units = frame_units_by_voice(tables, frame_ids=frame_ids, captions=captions)
    whose = units["source_id"].where(units["voice"] == QUOTED, AUTHOR)
    counts = (
        units.assign(source_id=whose)
        .groupby(["voice", "source_id", "frame_id"], dropna=False)["present"]
        .agg(n_frame="sum", n_sentences="size")
        .reset_index()
    )
    return counts.astype({"n_frame": int})


def frame_units_by_method(tables: Tables, *, frame_ids: Sequence[str], captions: bool = False) -> pd.DataFrame:
    """Every sentence, frame and method that answered in this corpus as a unit for `estimate`.

    Returns
    -------
    DataFrame
        Columns of `analysis.measures.estimates.frame_units` and ``answered_by``, the methods best first.
    """
    parts = [
        frame_units(tables, frame_ids=frame_ids, captions=captions, method=method).assign(answered_by=method)
        for method in list_methods(tables.frames)
    ]
    if not parts:
        return frame_units(tables, frame_ids=frame_ids, captions=captions).assign(answered_by="")[:0]
    return pd.concat(parts, ignore_index=True)


def count_frame_pairs(tables: Tables, *, frame_ids: Sequence[str]) -> pd.DataFrame:
    """In how many sentences two frames stand together.

    Returns
    -------
    DataFrame
        One row per pair, in the order of `frame_ids`: ``frame_id``, ``other_id``, ``n_frame``, ``n_other``, ``n_both``
        (sentences), ``n_expected``, how many would have both if the two had nothing to do with each other, and
        ``ratio`` of the two, empty where one of the frames never occurs. Captions are left out.
    """
    units = frame_units(tables, frame_ids=frame_ids)
    present = units.pivot_table(index=["article_id", "sentence_id"], columns="frame_id", values="present")
    rows = []
    for place, first in enumerate(frame_ids):
        for second in list(frame_ids)[place + 1 :]:
            one, two = (present.get(key, pd.Series(0.0, index=present.index)) for key in (first, second))
            expected = float(one.sum() * two.sum()) / len(present) if len(present) else 0.0
            both = int((one * two).sum())
            ratio = both / expected if expected else float("nan")
            rows.append((first, second, int(one.sum()), int(two.sum()), both, expected, ratio))
    columns = ["frame_id", "other_id", "n_frame", "n_other", "n_both", "n_expected", "ratio"]
    return pd.DataFrame(rows, columns=columns)


def list_article_frames(tables: Tables, *, method: str | None = None) -> pd.DataFrame:
    """What each article carries, the strongest frame first: rows of ``article_frames`` of one method per frame."""
    rows = select_frames(tables.article_frames, method)
    return rows.sort_values(["article_id", "score"], ascending=[True, False], kind="stable", ignore_index=True)
