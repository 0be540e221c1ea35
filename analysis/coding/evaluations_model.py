"""Judging by the reading model: the sentence with the mention marked, and the words that its judgement rests on.

Reads places (sentences with their actors); returns one part of a row of ``evaluations`` for each mention. All mentions
of many articles are read together; a mention gets the same numbers in any company. Where the reading has trees, the
network's tone is weighed together with the grounds of `evaluations_grounds`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.coding.evaluations_bearing import NETWORK, NONE, bears_on, head_of
from analysis.coding.evaluations_combine import bend, combine, describe, settle, to_polarity
from analysis.coding.evaluations_grounds import (
    UNGROUNDED,
    Ground,
    Grounds,
    find_grounds,
    is_core,
)
from analysis.coding.evaluations_methods import CLEAR
from analysis.coding.evaluations_speech import Place, Target, innermost, is_within_reach, name_outer, name_source
from analysis.coding.evaluations_standing import Standing, find_standing
from analysis.coding.evaluations_words import MAX_CUES, Word, crop, find_words
from analysis.coding.modality import Modality, find_modality, find_modality_by_clause, find_signs
from analysis.coding.trees import has_tree
from analysis.reading import load_reading_model
from analysis.reading.occlusion import DECIMALS, Marked, Tone, ToneModel, read_tone, weigh_words
from analysis.schema import AUTHOR

MENTIONS_AT_ONCE = 2_000
"""Mentions judged before the words of the clear ones are weighed: bounds the memory of a large corpus."""
LEAST = 0.05
"""Least contribution of a cue, a fortieth of polarity's range: below it nearly every word would be named."""
GROUND_MARK = "*"
"""Behind a word in `cues` that is a ground which the network does not see."""
CLEAR_CUE, SHARE = 0.15, 0.3
"""Least contribution, alone and as a share of the network's polarity, by which a word of the network is a ground."""
OWN = 0.25
"""What is left of a polarity in the actor's own words, unless it is spelt out: no speaker judges the speaker."""
SURE, SURE_BESIDE = 0.2, 0.5
"""Least polarity of the network that counts where nothing bears on the mention: of a subject or object, and of another.
Below the first it is torn between bad and good; below the second, beside the clause, half are wrong in running news."""
WITHOUT_GROUND = 0.25
"""What is left of the polarity of a victim, place, source or bystander on whom no word bears."""


@dataclass(frozen=True)
class _Case:
    """A mention, the network's tone of it, what bears on it, and the two together."""

    place: Place
    target: Target
    tone: Tone
    standing: Standing
    polarity: float

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """What bears on it."""
        return self.standing.grounds

    @property
    def role(self) -> str:
        """Its part in what happens; empty where no tree tells."""
        return self.standing.role

    @property
    def carrying(self) -> Ground | None:
        """The strongest ground in the direction of the polarity."""
        return _strongest(ground for ground in self.grounds if ground.polarity * self.polarity > 0)

    @property
    def turned(self) -> Ground | None:
        """The strongest ground that is negated, unless a plainer one is not."""
        found = _strongest(ground for ground in self.grounds if ground.modality.negated)
        others = [ground for ground in self.grounds if not ground.modality.negated]
        return None if found is None or any(abs(one.polarity) > CLEAR for one in others) else found


def _strongest(grounds: Iterable[Ground]) -> Ground | None:
    return max(grounds, key=lambda ground: (abs(ground.polarity), -ground.token), default=None)


def judge_by_model(
    places: Iterator[Place], model: ToneModel | None, *, precision: str = "exact"
) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Judge every mention of every place, in their order.

    Parameters
    ----------
    places : iterator of Place
        Sentences with their actors.
    model : ToneModel, optional
        By default the model of `load_reading_model`, loaded when there is a mention to judge.
    precision : {"exact", "fast"}
        Of that model: see `analysis.reading.model.ReadingModel`.

    Yields
    ------
    tuple of (Place, dict)
        The place, and the part of the row that depends on the method.
    """
    for chunk in _gather(places):
        model = model or load_reading_model().at_precision(precision)
        tones = iter(read_tone(model, (mark(place, target) for place in chunk for target in place.targets)))
        cases = [case for place in chunk for case in _weigh(place, [next(tones) for _ in place.targets])]
        for case, cues in zip(cases, _find_cues(model, cases), strict=True):
            yield case.place, _make_row(case, cues)


def _gather(places: Iterator[Place]) -> Iterator[list[Place]]:
    """Whole sentences, until they hold `MENTIONS_AT_ONCE`."""
    chunk: list[Place] = []
    for place in places:
        chunk.append(place)
        if sum(len(one.targets) for one in chunk) >= MENTIONS_AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def mark(place: Place, target: Target, words: Sequence[Word] = ()) -> Marked:
    """The sentence with the mention marked; of a very long one, what stands around the mention."""
    first, last = crop(place, target)
    offset = place.start + first
    span = (max(target.start - offset, 0), min(target.end - offset, last - first))
    weighed = tuple((word.start - offset, word.end - offset) for word in words)
    return Marked(place.text[first:last], span, weighed, place.language)


def _weigh(place: Place, tones: Sequence[Tone]) -> Iterator[_Case]:
    """Network and grounds together, of every mention of a sentence; without a tree the network alone."""
    found = find_grounds(place.doc, place.first, place.last, place.language) if has_tree(place.doc) else Grounds()
    for target, tone in zip(place.targets, tones, strict=True):
        standing = find_standing(place, target, tones, found)
        if standing is None:
            yield _Case(place, target, tone, Standing(), tone.polarity)
            continue
        together = to_polarity(combine(describe(tone, standing, found.words)))
        yield _Case(place, target, tone, standing, settle(together, tone, standing.grounds))


def _find_cues(model: ToneModel, cases: Sequence[_Case]) -> list[list[tuple[Word, float]]]:
    """The words that carry each clear judgement, strongest first, with their contribution."""
    words = [
        find_words(case.place, case.target, [ground.token for ground in case.grounds])
        if abs(case.polarity) >= CLEAR
        else []
        for case in cases
    ]
    asked = [number for number, found in enumerate(words) if found]
    marked = [mark(cases[number].place, cases[number].target, words[number]) for number in asked]
    weights = weigh_words(model, marked, polarities=[cases[number].tone.polarity for number in asked])
    cues: list[list[tuple[Word, float]]] = [[] for _ in cases]
    for number, weight in zip(asked, weights, strict=True):
        sign = 1 if cases[number].polarity > 0 else -1
        carrying = [pair for pair in zip(words[number], weight, strict=True) if pair[1] * sign >= LEAST]
        cues[number] = sorted(carrying, key=lambda pair: (-abs(pair[1]), pair[0].start))[:MAX_CUES]
    return cues


def _make_row(case: _Case, cues: Sequence[tuple[Word, float]]) -> dict[str, Any]:
    place, target, tone = case.place, case.target, case.tone
    ground, token = _choose(case, cues)
    modality = _find_modality(case, token)
    source, outer = _find_source(case, token)
    polarity = case.polarity
    if case.role:
        if source == target.actor_id and not (case.carrying is not None and case.carrying.is_plain):
            polarity, ground = polarity * OWN, NONE
        elif ground in (NETWORK, NONE) and not _is_sure(case):
            polarity, ground = polarity * WITHOUT_GROUND, NONE
        turned = case.turned
        modality = turned.modality if turned is not None else modality
        polarity = bend(polarity, modality, turned, is_subject=case.standing.relation == "subject")
    shown = place.doc[token] if token is not None else None
    return {
        "source_id": source,
        "outer_source_id": outer,
        "target_id": target.actor_id,
        "target_mention_id": target.mention_id,
        "polarity": round(polarity, DECIMALS),
        "p_negative": tone.negative,
        "p_neutral": tone.neutral,
        "p_positive": tone.positive,
        "negated": modality.negated,
        "hedged": modality.hedged,
        "question": modality.question,
        "conditional": modality.conditional,
        "denied": modality.denied,
        "ground": ground,
        "cue_start": shown.idx if shown is not None else None,
        "cue_end": shown.idx + len(shown) if shown is not None else None,
        "cues": (_list(case, cues) or None) if abs(round(polarity, DECIMALS)) >= CLEAR else None,
    }


def _is_sure(case: _Case) -> bool:
    """Whether the network's word alone is enough: it is sure, the more so of a mention beside what the clause tells."""
    head = head_of(case.place.doc, case.target.first, case.target.last)
    least = SURE if is_core(head) else SURE_BESIDE
    return case.role not in UNGROUNDED and abs(case.tone.polarity) >= least


def _choose(case: _Case, cues: Sequence[tuple[Word, float]]) -> tuple[str, int | None]:
    """The kind of ground, and the word that carries the judgement: a ground's, else the network's strongest."""
    carrying = case.carrying
    if carrying is not None and (abs(case.polarity) >= CLEAR or carrying.modality != Modality()):
        return carrying.kind, carrying.token
    if not cues:
        return (NETWORK if abs(case.polarity) >= CLEAR else NONE), None
    for word, weight in cues:
        speaking = innermost(case.place.speech, word.token)
        is_heard = is_within_reach(case.target, speaking, case.place.speech)
        if case.role and is_heard and abs(weight) >= max(CLEAR_CUE, SHARE * abs(case.tone.polarity)):
            kind = bears_on(case.place.doc[word.token], case.target.first, case.target.last, case.place.language)
            if kind != NONE:
                return kind, word.token
    return NETWORK, cues[0][0].token


def _find_source(case: _Case, token: int | None) -> tuple[str, str | None]:
    """Who judges, and who reports that: the subject of the judging verb, else whose words they are.

    Words that cannot reach the mention are not what judges it: then who speaks where the mention stands does.
    """
    place, target = case.place, case.target
    speaking = None if token is None else innermost(place.speech, token)
    if token is None or not is_within_reach(target, speaking, place.speech):
        speaking = innermost(place.speech, target.first)
    voice, outer = name_source(speaking), name_outer(speaking, place.speech)
    ground = case.carrying
    found = _judge_above(case) if ground is None else ground.holder if ground.token == token else None
    holder = next((one for one in place.targets if found is not None and one.first <= found < one.last), None)
    if holder is None or holder.actor_id in (target.actor_id, voice):
        return voice, outer
    return holder.actor_id, voice if voice != AUTHOR else outer


def _judge_above(case: _Case) -> int | None:
    """Who does the judging deed that the mention stands under, if that judges as the network does, which is sure."""
    if case.standing.judge is None or abs(case.polarity) < CLEAR or not _is_sure(case):
        return None
    holder, polarity = case.standing.judge
    return holder if polarity * case.polarity > 0 else None


def _list(case: _Case, cues: Sequence[tuple[Word, float]]) -> str:
    """Words with what the network loses without them; a ground that it does not see, marked, with its own polarity."""
    listed = {word.token: (word.text, weight) for word, weight in cues}
    carrying = case.carrying
    if carrying is not None and abs(case.polarity) >= CLEAR and carrying.token not in listed:
        text = case.place.doc[carrying.token].text
        if "|" not in text:
            listed[carrying.token] = (f"{text}{GROUND_MARK}", carrying.polarity)
    return "|".join(f"{text}:{weight:+.2f}" for _, (text, weight) in sorted(listed.items()))


def _find_modality(case: _Case, token: int | None) -> Modality:
    """Of the carrying word, else of what the actor does or undergoes."""
    place = case.place
    if not case.role:
        if token is None:
            return Modality()
        return find_modality_by_clause(place.doc, place.first, place.last, place.language, token)
    signs = find_signs(place.doc, place.first, place.last, place.language)
    word = place.doc[token] if token is not None else head_of(place.doc, case.target.first, case.target.last)
    return find_modality(word, signs, place.language)
