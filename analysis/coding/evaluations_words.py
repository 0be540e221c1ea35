"""Words that may carry a judgement of a mention: the few that are worth leaving out to see what they contribute.

Reads a place and a mention; returns words. Every word that is weighed costs a reading of the sentence, so the tree says
which are near: those that grounds rest on, those the lexicon knows, then those that hang together with the mention.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from spacy.tokens import Token

from analysis.coding.evaluations_bearing import head_of
from analysis.coding.evaluations_speech import Place, Target
from analysis.coding.lexicon import find_hits, load_lexicon
from analysis.coding.trees import has_tree
from analysis.reading.occlusion import Offsets

MAX_WORDS = 24
"""Most words weighed for one mention where there is no tree, those nearest to it."""
MAX_WORDS_TREE = 5
"""Most words weighed where there is one: each costs as much as judging the mention once more."""
MAX_CUES = 5
"""Most words named as carrying a judgement."""
LONGEST = 200
"""Tokens of the longest sentence in which words are weighed: longer ones are lists, or texts without full stops."""
CONTENT = frozenset(["VERB", "NOUN", "ADJ", "ADV", "PROPN"])
SHORTEST = 4
"""Letters of the shortest word that is weighed where no tag tells content words from others."""
CONTEXT = 3_200
"""Characters of a sentence kept on either side of a mention: more than the model's 192 pieces can hold."""


class Word(NamedTuple):
    """A token that may carry a judgement, and its characters in the article."""

    token: int
    start: int
    end: int
    text: str


def crop(place: Place, target: Target) -> Offsets:
    """Characters of the sentence that are read."""
    start, end = target.start - place.start, target.end - place.start
    return max(0, start - CONTEXT), min(len(place.text), end + CONTEXT)


def find_words(place: Place, target: Target, grounds: Collection[int] = ()) -> list[Word]:
    """Content words of the sentence outside the mention that are weighed, in their order.

    Parameters
    ----------
    place : Place
        The sentence.
    target : Target
        The mention.
    grounds : collection of int
        Tokens on which grounds rest: they come first.
    """
    if place.last - place.first > LONGEST:
        return []
    first, last = crop(place, target)
    found = []
    for token in place.doc[place.first : place.last]:
        start, end = token.idx, token.idx + len(token)
        is_inside = place.start + first <= start and end <= place.start + last
        if is_inside and not (start < target.end and target.start < end) and _is_content(token):
            found.append(Word(token.i, start, end, token.text))
    found.sort(key=lambda word: (max(target.start - word.end, word.start - target.end), word.start))
    if not has_tree(place.doc) or target.first >= target.last:
        return sorted(found[:MAX_WORDS])
    known = {
        i for hit in find_hits(place.doc, load_lexicon(place.language), place.first, place.last) for i in hit.tokens
    }
    head = head_of(place.doc, target.first, target.last)
    found.sort(
        key=lambda word: (
            word.token not in grounds,
            _distance(place.doc[word.token], head) - 2 * (word.token in known),
            place.doc[word.token].pos_ == "PROPN",
        )
    )
    return sorted(found[:MAX_WORDS_TREE])


def _is_content(token: Token) -> bool:
    if "|" in token.text:  # parts cues in the table
        return False
    if token.pos_:
        return token.pos_ in CONTENT
    return len(token) >= SHORTEST and token.text.isalpha() and not token.is_stop


def _distance(one: Token, other: Token) -> int:
    """Steps between two tokens along the tree."""
    above = {token.i: steps for steps, token in enumerate([other, *other.ancestors])}
    return next((steps + above[token.i] for steps, token in enumerate([one, *one.ancestors]) if token.i in above), 99)
