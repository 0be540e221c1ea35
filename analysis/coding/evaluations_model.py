"""Judging by the reading model: the sentence with the mention marked, and the words that its judgement rests on.

Reads places (sentences with their actors); returns one part of a row of ``evaluations`` for each mention. All mentions
of many articles are read together; a mention gets the same numbers in any company.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from analysis.coding.evaluations_lexicon import find_flags
from analysis.coding.evaluations_methods import CLEAR
from analysis.coding.evaluations_speech import Place, Target, innermost, is_within_reach, name_source
from analysis.reading import load_reading_model
from analysis.reading.occlusion import Marked, Offsets, Tone, ToneModel, read_tone, weigh_words

MENTIONS_AT_ONCE = 2_000
"""Mentions judged before the words of the clear ones are weighed: bounds the memory of a large corpus."""
MAX_WORDS = 24
"""Most words weighed for one mention, those nearest to it."""
MAX_CUES = 5
"""Most words named as carrying a judgement."""
LEAST = 0.05
"""Least contribution of a cue, a fortieth of polarity's range: below it nearly every word would be named."""
LONGEST = 200
"""Tokens of the longest sentence in which words are weighed: longer ones are lists, or texts without full stops."""
CONTENT = frozenset(["VERB", "NOUN", "ADJ", "ADV", "PROPN"])
SHORTEST = 4
"""Letters of the shortest word that is weighed where no tag tells content words from others."""
CONTEXT = 3_200
"""Characters of a sentence kept on either side of a mention: more than the model's 192 pieces can hold."""


class _Word(NamedTuple):
    """A token that may carry a judgement, and its characters in the article."""

    token: int
    start: int
    end: int
    text: str


def judge_by_model(places: Iterator[Place], model: ToneModel | None) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Judge every mention of every place, in their order.

    Parameters
    ----------
    places : iterator of Place
        Sentences with their actors.
    model : ToneModel, optional
        By default the model of `load_reading_model`, loaded when there is a mention to judge.

    Yields
    ------
    tuple of (Place, dict)
        The place, and the part of the row that depends on the method.
    """
    pairs = ((place, target) for place in places for target in place.targets)
    while chunk := list(islice(pairs, MENTIONS_AT_ONCE)):
        model = model or load_reading_model()
        tones = read_tone(model, (_mark(place, target) for place, target in chunk))
        cues = _find_cues(model, chunk, tones)
        for (place, target), tone, found in zip(chunk, tones, cues, strict=True):
            yield place, _make_row(place, target, tone, found)


def is_clear(tone: Tone) -> bool:
    """Whether a judgement is clear enough to ask for its words: its label is not neutral, or it is strong."""
    return max(tone.negative, tone.positive) > tone.neutral or abs(tone.polarity) >= CLEAR


def _mark(place: Place, target: Target, words: Sequence[_Word] = ()) -> Marked:
    """The sentence with the mention marked; of a very long one, what stands around the mention."""
    first, last = _crop(place, target)
    offset = place.start + first
    span = (max(target.start - offset, 0), min(target.end - offset, last - first))
    weighed = tuple((word.start - offset, word.end - offset) for word in words)
    return Marked(place.text[first:last], span, weighed, place.language)


def _crop(place: Place, target: Target) -> Offsets:
    """Characters of the sentence that are read."""
    start, end = target.start - place.start, target.end - place.start
    return max(0, start - CONTEXT), min(len(place.text), end + CONTEXT)


def _find_cues(
    model: ToneModel, chunk: Sequence[tuple[Place, Target]], tones: Sequence[Tone]
) -> list[list[tuple[_Word, float]]]:
    """The words that carry each clear judgement, strongest first, with their contribution."""
    words = [
        _find_words(place, target) if is_clear(tone) else [] for (place, target), tone in zip(chunk, tones, strict=True)
    ]
    asked = [number for number, found in enumerate(words) if found]
    marked = [_mark(*chunk[number], words[number]) for number in asked]
    weights = weigh_words(model, marked, polarities=[tones[number].polarity for number in asked])
    cues: list[list[tuple[_Word, float]]] = [[] for _ in chunk]
    for number, weight in zip(asked, weights, strict=True):
        sign = 1 if tones[number].polarity > 0 else -1
        carrying = [pair for pair in zip(words[number], weight, strict=True) if pair[1] * sign >= LEAST]
        cues[number] = sorted(carrying, key=lambda pair: (-abs(pair[1]), pair[0].start))[:MAX_CUES]
    return cues


def _find_words(place: Place, target: Target) -> list[_Word]:
    """Content words of the sentence outside the mention, the nearest `MAX_WORDS`, in their order."""
    if place.last - place.first > LONGEST:
        return []
    first, last = _crop(place, target)
    found = []
    for token in place.doc[place.first : place.last]:
        start, end = token.idx, token.idx + len(token)
        is_inside = place.start + first <= start and end <= place.start + last
        if is_inside and not (start < target.end and target.start < end) and _is_content(token):
            found.append(_Word(token.i, start, end, token.text))
    found.sort(key=lambda word: (max(target.start - word.end, word.start - target.end), word.start))
    return sorted(found[:MAX_WORDS])


def _is_content(token: Any) -> bool:
    if "|" in token.text:  # parts cues in the table
        return False
    if token.pos_:
        return token.pos_ in CONTENT
    return len(token) >= SHORTEST and token.text.isalpha() and not token.is_stop


def _make_row(place: Place, target: Target, tone: Tone, cues: Sequence[tuple[_Word, float]]) -> dict[str, Any]:
    strongest = cues[0][0] if cues else None
    negated = hedged = False
    if strongest is not None:
        negated, hedged = find_flags(place.doc, place.first, place.last, place.language, strongest.token)
    listed = "|".join(f"{word.text}:{weight:+.2f}" for word, weight in sorted(cues))
    return {
        "source_id": _find_source(place, target, strongest),
        "target_id": target.actor_id,
        "target_mention_id": target.mention_id,
        "polarity": tone.polarity,
        "p_negative": tone.negative,
        "p_neutral": tone.neutral,
        "p_positive": tone.positive,
        "negated": negated,
        "hedged": hedged,
        "cue_start": strongest.start if strongest is not None else None,
        "cue_end": strongest.end if strongest is not None else None,
        "cues": listed or None,
    }


def _find_source(place: Place, target: Target, strongest: _Word | None) -> str:
    """Who utters the strongest word, if that can reach the mention; otherwise who speaks where the mention stands."""
    if strongest is not None:
        speaking = innermost(place.speech, strongest.token)
        if is_within_reach(target, speaking, place.speech):
            return name_source(speaking)
    return name_source(innermost(place.speech, target.first))
