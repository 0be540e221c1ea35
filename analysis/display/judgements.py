"""An evaluation in words: who judges whom, how strongly, on which words that rests, and what another method says of it.

Reads rows of ``evaluations``; returns lines of text for `explain`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pandas as pd

Namer = Callable[[Any], str]


class Carrier(NamedTuple):
    """A word of the column ``cues`` and its number: its polarity (lexicon), or what it contributes (model)."""

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
    flags = "".join(f"; {flag}" for flag in ("negated", "hedged") if getattr(row, flag))
    return (
        f"{row.evaluation_id}: {name(row.target_id)} judged at {row.polarity:+.2f} by {name(row.source_id)}{cues}"
        f"{flags} (method {row.method})"
    )


def tell(row: Any, others: Iterable[Any], name: Namer, *, has_lexicon: bool, model_version: str | None) -> list[str]:
    """What a student should know of one evaluation beyond its line: how it was made, and another method's verdict.

    Parameters
    ----------
    row : named tuple
        The row of ``evaluations``.
    others : iterable of named tuple
        Rows of other methods on the same mention.
    name : callable
        Turns the id of an actor into its label.
    has_lexicon : bool
        Whether the lexicon judged this corpus at all, so that its silence means something.
    model_version : str, optional
        Version of the reading model, as the manifest names it.

    Returns
    -------
    list of str
        Lines in the order to read them; none for an evaluation by words alone with nothing beside it.
    """
    lines = _tell_model(row, model_version) if pd.notna(row.p_neutral) else []
    others = list(others)
    lines += [f"on the same mention, {_tell_other(other, name)}" for other in others]
    if row.method != "lexicon" and has_lexicon and not any(other.method == "lexicon" for other in others):
        lines.append("on the same mention, the lexicon finds no word that judges")
    return lines


def _tell_model(row: Any, model_version: str | None) -> list[str]:
    version = f" (version {model_version})" if model_version else ""
    chances = {"negative": row.p_negative, "neutral": row.p_neutral, "positive": row.p_positive}
    told = ", ".join(f"{label} {chance:.2f}" for label, chance in chances.items())
    likeliest = max(chances, key=lambda label: chances[label])
    read = f"the reading model{version}, a network that learnt from people's codes, read this sentence with the actor"
    made = f"{row.p_positive:.2f} - {row.p_negative:.2f} = {row.polarity:+.2f}"
    lines = [
        f"{read} marked; its probabilities are {told}, so the likeliest label is {likeliest}",
        f"polarity is the positive probability minus the negative one: {made}",
    ]
    found = sorted(read_cues(row.cues), key=lambda cue: -abs(cue.number))
    if not found:
        lines.append("no word is named: the judgement is not clear, or no single word carries it")
    lines += [
        f"with '{cue.text}' polarity is {row.polarity:+.2f}, without it {row.polarity - cue.number:+.2f}: "
        f"the word contributes {cue.number:+.2f}"
        for cue in found
    ]
    if row.negated or row.hedged:
        flags = " and ".join(flag for flag in ("negated", "hedged") if getattr(row, flag))
        lines.append(f"the strongest word is {flags}, which the model has read along")
    return lines


def _tell_other(row: Any, name: Namer) -> str:
    method = {"model": "the reading model", "lexicon": "the lexicon", "vader": "VADER"}.get(row.method, row.method)
    found = read_cues(row.cues)
    words = f", on {', '.join(f'{cue.text} {cue.number:+.2f}' for cue in found)}" if found else ""
    return f"{method} says {row.polarity:+.2f} by {name(row.source_id)}{words}"
