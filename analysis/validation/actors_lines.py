"""Gold texts with a sentence on each line: read as a file of them is, and counted by the lines.

Reads rows of task actors; returns them with a blank line for each line end, as `analysis.corpus` parts the paragraphs
of a file, so that a headline and a date are no part of the first sentence; and says where scoring stops. It cannot
tell lines of one sentence from paragraphs of several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.reading import Reading
from analysis.validation.gold import Row


def part_lines(row: Row) -> Row:
    r"""A row in which each line is a paragraph, its spans moved along.

    Parameters
    ----------
    row : dict
        A row of task actors. One without line ends, or with blank lines, is returned as it is.

    Returns
    -------
    dict
        With ``has_lines`` true where lines were parted.

    Examples
    --------
    >>> row = {"text": "Club wint\nAjax won.", "actors": [{"start": 10, "end": 14, "type": "ORG"}]}
    >>> parted = part_lines(row)
    >>> parted["text"], [parted["text"][actor["start"] : actor["end"]] for actor in parted["actors"]]
    ('Club wint\n\nAjax won.', ['Ajax'])
    """
    text = row["text"].rstrip("\n")
    if "\n" not in text or "\n\n" in text:
        return row
    actors = [actor | {key: actor[key] + text.count("\n", 0, actor[key]) for key in ("start", "end")}
              for actor in row["actors"]]  # fmt: skip
    return row | {"text": text.replace("\n", "\n\n"), "actors": actors, "has_lines": True}


def find_limits(rows: Sequence[Mapping[str, Any]], reading: Reading, sentences: int | None) -> dict[str, int]:
    """Where scoring stops in each article.

    Parameters
    ----------
    rows : sequence of dict
        Rows of `part_lines`, with ``article_id``.
    reading : Reading
        The same articles.
    sentences : int, optional
        Sentences to score: lines where gold has one on each, else sentences of the reading.

    Returns
    -------
    dict of str to int
        By article, the character after the last that is scored.
    """
    table = reading.sentences
    ends = dict(tuple(table.groupby("article_id")["end"]))
    limits = {}
    for row in rows:
        article_id, text = str(row["article_id"]), str(row["text"])
        if sentences is None:
            limits[article_id] = len(text)
        elif row.get("has_lines"):
            limits[article_id] = len("\n\n".join(text.split("\n\n")[:sentences]))
        else:
            limits[article_id] = int(ends[row["article_id"]].iloc[:sentences].max())
    return limits
