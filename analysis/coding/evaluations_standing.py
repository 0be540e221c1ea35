"""How a mention stands in its sentence: what bears on it, its part, its relation, and how others there are seen.

Reads a place with a tree, a mention and the network's tones of the place; returns a `Standing`, which
`evaluations_combine.describe` turns into features. Whoever fits the weights reads mentions as a study does: by this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.coding.evaluations_bearing import NAMING, head_of
from analysis.coding.evaluations_grounds import Ground, Grounds, bearing_on, find_role, tells_what
from analysis.coding.evaluations_speech import Place, Target, innermost, is_within_reach
from analysis.coding.trees import has_tree
from analysis.reading.occlusion import Tone

RELATIONS = {
    "subject": frozenset(["nsubj", "csubj"]),
    "object": frozenset(["obj", "iobj"]),
    "undergoing": frozenset(["nsubj:pass", "csubj:pass"]),
    "beside": frozenset(["obl", "obl:arg", "obl:agent", "advmod"]),
    "of_noun": frozenset(["nmod", "nmod:poss", "amod", "acl"]),
}
"""Relations of the head of a mention, by what a reader would call them; any other is none of these."""


@dataclass(frozen=True)
class Standing:
    """How a mention stands in its sentence.

    Attributes
    ----------
    grounds : tuple of Ground
        Those that bear on it and can reach it.
    role : str
        One of `analysis.coding.evaluations_grounds.ROLES`.
    relation : str
        One of `RELATIONS`, or empty.
    is_pronoun : bool
        A pronoun, personal or possessive.
    is_quoted : bool
        Inside a quote.
    is_speaker : bool
        Who says a quote of this sentence.
    is_own : bool
        Inside a quote of the actor itself (`ik`, `we`).
    worse, better : float
        How much more negative, or positive, the network finds another actor of the sentence: probability, 0 to 1. Light
        that falls on another often spills over.
    judge : (int, float) or None
        The token of who does a judging deed that the mention stands under (`de bond hekelt de houding van Kelmo`), and
        the polarity of that deed.
    """

    grounds: tuple[Ground, ...] = ()
    role: str = ""
    relation: str = ""
    is_pronoun: bool = False
    is_quoted: bool = False
    is_speaker: bool = False
    is_own: bool = False
    worse: float = 0.0
    better: float = 0.0
    judge: tuple[int, float] | None = None


def find_standing(place: Place, target: Target, tones: Sequence[Tone], found: Grounds) -> Standing | None:
    """How a mention stands in its sentence; None where no tree tells.

    Parameters
    ----------
    place : Place
        The sentence.
    target : Target
        One of its mentions.
    tones : sequence of Tone
        The network's, of every mention of the place, in their order.
    found : Grounds
        Of the sentence.
    """
    if not has_tree(place.doc) or target.first >= target.last:
        return None
    head = head_of(place.doc, target.first, target.last)
    grounds = tuple(
        ground
        for ground in bearing_on(place.doc, target.first, target.last, found)
        if is_within_reach(target, innermost(place.speech, ground.token), place.speech) and not tells_what(head)
    )
    own = tones[place.targets.index(target)]
    others = [tone for other, tone in zip(place.targets, tones, strict=True) if other.actor_id != target.actor_id]
    top = head
    while top.dep_ in ("conj", *NAMING) and top.head.i != top.i:
        top = top.head
    speaking = innermost(place.speech, target.first)
    return Standing(
        grounds,
        find_role(head, found, place.language),
        next((name for name, relations in RELATIONS.items() if top.dep_ in relations), ""),
        is_pronoun=head.pos_ == "PRON",
        is_quoted=speaking is not None,
        is_speaker=any(quote.source_mention_id == target.mention_id for quote in place.speech),
        is_own=speaking is not None and speaking.source_id == target.actor_id,
        worse=max(0.0, max((tone.negative for tone in others), default=0.0) - own.negative),
        better=max(0.0, max((tone.positive for tone in others), default=0.0) - own.positive),
        judge=next((found.judges[one.i] for one in head.ancestors if one.i in found.judges), None),
    )
