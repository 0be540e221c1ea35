"""An evaluation in words: who judges whom, how strongly, on which words that rests, and what another method says of it.

Reads rows of ``evaluations``; returns lines of text for `explain`, Dutch or English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pandas as pd

from analysis.coding.evaluations.methods import CLEAR
from analysis.contracts.schema import AUTHOR
from analysis.display.explanations.told_rows import tell_number
from analysis.display.words import word
from analysis.display.words_tables import column_label, localise

Namer = Callable[[Any], str]
FLAGS = ("negated", "hedged", "question", "conditional", "denied")
"""Columns of moods, in the order in which they are told."""
METHODS = ("model", "lexicon", "vader")
"""Methods that have a name beside that in the column."""


class Carrier(NamedTuple):
    """A word of the column ``cues`` and its number.

    That is its polarity (lexicon), or its signed share of the network's attention (model).
    """

    text: str
    number: float


def read_cues(cues: Any) -> list[Carrier]:
    """The words of the column ``cues``; none where it is empty.

    Examples
    --------
    >>> read_cues("laf:-0.50|10:30:+0.25")
    [Carrier(text='laf', number=-0.5), Carrier(text='10:30', number=0.25)]
    """
    parts = [cue.rpartition(":") for cue in str(cues).split("|")] if pd.notna(cues) else []
    return [Carrier(text, float(number)) for text, _, number in parts]


def summarise(row: Any, name: Namer, language: str) -> str:
    """One line for an evaluation of any method."""
    outer = row.outer_source_id
    return word(
        "why_evaluation", language,
        id=row.evaluation_id,
        target=name(row.target_id),
        polarity=tell_number(row.polarity, language, signed=True),
        source=name(row.source_id),
        reported=word("why_reported_by", language, name=name(outer)) if pd.notna(outer) else "",
        cues=_tell_cues("why_cues", row, language),
        flags="".join(f"; {flag}" for flag in _flags(row, language)),
        method=localise(row.method, "method", language),
    )  # fmt: skip


def tell(
    row: Any,
    others: Iterable[Any],
    name: Namer,
    language: str,
    *,
    mention: Any | None,
    quote: Any | None,
    has_lexicon: bool,
    model_version: str | None,
) -> list[str]:
    """What a student should know of one evaluation beyond its line: the rule or model behind each decision.

    Parameters
    ----------
    row : named tuple
        The row of ``evaluations``.
    others : iterable of named tuple
        Rows of other methods on this actor in this sentence.
    name : callable
        Turns the id of an actor into its label.
    language : {"nl", "en"}
    mention : named tuple, optional
        The row of ``mentions`` that is judged.
    quote : named tuple, optional
        The row of ``quotes`` whose source judges.
    has_lexicon : bool
        Whether the lexicon judged this corpus at all, so that its silence means something.
    model_version : str, optional
        Version of the reading model, as the manifest names it.

    Returns
    -------
    list of str
        Lines in the order to read them: who is meant, who speaks, how strongly and on what ground, what another method
        says.
    """
    lines = []
    if mention is not None:
        target = name(row.target_id)
        lines.append(word("why_target", language, text=mention.text, name=target, rule=mention.rule))
    lines.append(_tell_source(row, name, language, quote))
    lines += _tell_model(row, language, model_version) if pd.notna(row.p_neutral) else []
    others = list(others)
    lines += [_tell_other(other, name, language) for other in others]
    if row.method != "lexicon" and has_lexicon and not any(other.method == "lexicon" for other in others):
        lines.append(word("why_lexicon_is_silent", language))
    return lines


def _tell_source(row: Any, name: Namer, language: str, quote: Any | None) -> str:
    likely = "" if pd.isna(row.p_source) else word("why_chance", language, n=tell_number(row.p_source, language))
    judge = name(row.source_id)
    if quote is None:
        key = "why_judge_is_outlet" if row.source_id == AUTHOR else "why_judge_is_told"
        return word(key, language, name=judge, likely=likely)
    cue = word("why_cue_of_quote", language, cue=quote.cue) if pd.notna(quote.cue) else ""
    kind = localise(quote.kind, "kind", language)
    return word("why_judge_in_quote", language, name=judge, likely=likely, kind=kind, cue=cue, rule=quote.rule)


def _tell_model(row: Any, language: str, model_version: str | None) -> list[str]:
    chances = {"negative": row.p_negative, "neutral": row.p_neutral, "positive": row.p_positive}
    told = [f"{word(sign, language)} {tell_number(chance, language)}" for sign, chance in chances.items()]
    version = word("why_version", language, version=model_version) if model_version else ""
    polarity = tell_number(row.polarity, language, signed=True)
    lines = [word("why_model", language, version=version, chances=", ".join(told))]
    if abs(row.polarity) < CLEAR:
        return [*lines, word("why_not_clear", language, polarity=polarity)]
    ground = word(f"why_ground_{row.ground}", language)
    lines.append(word("why_clear", language, polarity=polarity, ground=ground))
    found = sorted(read_cues(row.cues), key=lambda cue: -abs(cue.number))
    if found:
        words = ", ".join(f"'{cue.text}' {abs(cue.number):.0%}" for cue in found)
        lines.append(word("why_attention", language, words=words))
    if flags := _flags(row, language):
        lines.append(word("why_moods", language, flags=f" {word('and', language)} ".join(flags)))
    return lines


def _tell_other(row: Any, name: Namer, language: str) -> str:
    return word(
        "why_other_method", language,
        method=word(f"why_method_{row.method}", language) if row.method in METHODS else row.method,
        polarity=tell_number(row.polarity, language, signed=True),
        source=name(row.source_id),
        cues=_tell_cues("why_on_cues", row, language),
    )  # fmt: skip


def _tell_cues(key: str, row: Any, language: str) -> str:
    told = [f"{cue.text} {tell_number(cue.number, language, signed=True)}" for cue in read_cues(row.cues)]
    return word(key, language, cues=", ".join(told)) if told else ""


def _flags(row: Any, language: str) -> list[str]:
    return [column_label(flag, language) for flag in FLAGS if getattr(row, flag)]
