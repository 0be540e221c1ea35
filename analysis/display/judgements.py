"""An evaluation in words: who judges whom, how strongly, on which words that rests, and what another method says of it.

Reads rows of ``evaluations``; returns lines of text for `explain`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pandas as pd

from analysis.coding.evaluations_methods import CLEAR
from analysis.schema import AUTHOR

Namer = Callable[[Any], str]
FLAGS = ("negated", "hedged", "question", "conditional", "denied")
"""Columns of moods, in the order in which they are told."""
_GROUNDS = {
    "word": "a judging word",
    "deed": "something it does that harms or helps",
    "event": "a success or failure",
    "blame": "it is accused, suspected or called on to stop",
    "implied": "what the passage implies",
}
"""Values of the column ``ground``, in words."""


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


def summarise(row: Any, name: Namer) -> str:
    """One line for an evaluation of any method."""
    found = read_cues(row.cues)
    cues = f"; cues {', '.join(f'{cue.text} {cue.number:+.2f}' for cue in found)}" if found else ""
    flags = "".join(f"; {flag}" for flag in FLAGS if getattr(row, flag))
    reported = f", reported by {name(row.outer_source_id)}" if pd.notna(row.outer_source_id) else ""
    judged = f"{name(row.target_id)} judged at {row.polarity:+.2f} by {name(row.source_id)}{reported}"
    return f"{row.evaluation_id}: {judged}{cues}{flags} (method {row.method})"


def tell(
    row: Any,
    others: Iterable[Any],
    name: Namer,
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
        lines.append(f"who is judged: '{mention.text}' is {name(row.target_id)} (rule {mention.rule})")
    lines.append(_tell_source(row, name, quote))
    lines += _tell_model(row, model_version) if pd.notna(row.p_neutral) else []
    others = list(others)
    lines += [f"in the same sentence, {_tell_other(other, name)}" for other in others]
    if row.method != "lexicon" and has_lexicon and not any(other.method == "lexicon" for other in others):
        lines.append("in the same sentence, the lexicon finds no word that judges")
    return lines


def _tell_source(row: Any, name: Namer, quote: Any | None) -> str:
    chance = "" if pd.isna(row.p_source) else f" (probability {row.p_source:.2f})"
    if quote is not None:
        cue = f" '{quote.cue}'" if pd.notna(quote.cue) else ""
        return f"who judges: {name(row.source_id)}{chance}, in {quote.kind} speech reported{cue} (rule {quote.rule})"
    if row.source_id == AUTHOR:
        return f"who judges: {name(row.source_id)}{chance}; no quote of somebody else holds the words"
    return f"who judges: {name(row.source_id)}{chance}, whose view the passage tells without quoting it here"


def _tell_model(row: Any, model_version: str | None) -> list[str]:
    version = f" (version {model_version})" if model_version else ""
    chances = {"negative": row.p_negative, "neutral": row.p_neutral, "positive": row.p_positive}
    told = ", ".join(f"{label} {chance:.2f}" for label, chance in chances.items())
    lines = [
        f"the reading model{version}, a network that learnt from codes of people and of language models",
        f"it read the passage with every actor marked; its probabilities for this one in this sentence: {told}",
    ]
    if abs(row.polarity) < CLEAR:
        return [*lines, f"polarity {row.polarity:+.2f}: too little to count as a judgement"]
    lines.append(f"polarity {row.polarity:+.2f}, on the ground of {_GROUNDS.get(row.ground, row.ground)}")
    found = sorted(read_cues(row.cues), key=lambda cue: -abs(cue.number))
    if found:
        words = ", ".join(f"'{cue.text}' {abs(cue.number):.0%}" for cue in found)
        lines.append(f"the words that the network's attention rests on: {words}")
    if flags := [flag for flag in FLAGS if getattr(row, flag)]:
        lines.append(f"the judgement is {' and '.join(flags)}: polarity is what then remains")
    return lines


def _tell_other(row: Any, name: Namer) -> str:
    method = {"model": "the reading model", "lexicon": "the lexicon", "vader": "VADER"}.get(row.method, row.method)
    found = read_cues(row.cues)
    words = f", on {', '.join(f'{cue.text} {cue.number:+.2f}' for cue in found)}" if found else ""
    return f"{method} says {row.polarity:+.2f} by {name(row.source_id)}{words}"
