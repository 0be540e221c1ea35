"""An evaluation in words: who judges whom, how strongly, on which words that rests, and what another method says of it.

Reads rows of ``evaluations``; returns lines of text for `explain`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pandas as pd

from analysis.schema import AUTHOR

Namer = Callable[[Any], str]
FLAGS = ("negated", "hedged", "question", "conditional", "denied")
"""Columns of moods, in the order in which they are told."""
_GROUNDS = {
    "agent_of_deed": "it does the deed that the sentence tells",
    "judged_by_word": "a word that judges bears on it in the tree of the sentence",
    "addressed": "it is called at",
    "network": "no deed or word of the lists bears on it: the network alone",
    "none": "nothing in the sentence speaks of it, whatever the network reads around it",
}
"""Values of the column ``ground``, in words."""


class Carrier(NamedTuple):
    """A word of the column ``cues`` and its number: its polarity (lexicon), or what it contributes (model)."""

    text: str
    number: float
    is_ground: bool = False


def read_cues(cues: Any) -> list[Carrier]:
    """The words of the column ``cues``; none where it is empty. A star behind a word marks a ground.

    Examples
    --------
    >>> read_cues("laf:-0.50|10:30:+0.25")
    [Carrier(text='laf', number=-0.5, is_ground=False), Carrier(text='10:30', number=0.25, is_ground=False)]
    """
    parts = [cue.rpartition(":") for cue in str(cues).split("|")] if pd.notna(cues) else []
    return [
        Carrier(text.removesuffix("*") or text, float(n), len(text) > 1 and text.endswith("*")) for text, _, n in parts
    ]


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
        Rows of other methods on the same mention.
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
    if quote is not None:
        cue = f" '{quote.cue}'" if pd.notna(quote.cue) else ""
        lines.append(f"who judges: {name(row.source_id)}, by the {quote.kind} speech reported{cue} (rule {quote.rule})")
    elif row.source_id == AUTHOR:
        lines.append(f"who judges: {name(row.source_id)}; no quote that reaches the actor holds the words")
    else:
        lines.append(f"who judges: {name(row.source_id)}, who does what the strongest word says")
    lines += _tell_model(row, model_version) if pd.notna(row.p_neutral) else []
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
    learnt = "a network that learnt from codes of people and of language models"
    read = f"the reading model{version}, {learnt}, read this sentence with the actor"
    lines = [
        f"{read} marked; its probabilities are {told}, so its likeliest label is {likeliest}",
        f"ground {row.ground}: {_GROUNDS.get(row.ground, row.ground)}",
        f"network and ground together give the polarity {row.polarity:+.2f} (weights: grounds-nl-en.csv)",
    ]
    found = sorted(read_cues(row.cues), key=lambda cue: -abs(cue.number))
    if not found:
        lines.append("no word is named: the judgement is not clear, or no single word carries it")
    tone = row.p_positive - row.p_negative
    lines += [
        f"'{cue.text}' is a ground that the network does not see; the lists give it {cue.number:+.2f}"
        if cue.is_ground
        else f"with '{cue.text}' the network's tone is {tone:+.2f}, without it {tone - cue.number:+.2f}: "
        f"the word contributes {cue.number:+.2f}"
        for cue in found
    ]
    if flags := [flag for flag in FLAGS if getattr(row, flag)]:
        lines.append(f"the judgement is {' and '.join(flags)}: polarity has it already (docs/methods.md)")
    return lines


def _tell_other(row: Any, name: Namer) -> str:
    method = {"model": "the reading model", "lexicon": "the lexicon", "vader": "VADER"}.get(row.method, row.method)
    found = read_cues(row.cues)
    words = f", on {', '.join(f'{cue.text} {cue.number:+.2f}' for cue in found)}" if found else ""
    return f"{method} says {row.polarity:+.2f} by {name(row.source_id)}{words}"
