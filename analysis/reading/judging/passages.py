"""Stretches of an article as the judging network reads them, and the questions it is asked about them.

Reads a text cut into pieces, its sentences, mentions and quotes; returns `Passage` records of plain numbers. Knows
nothing of networks, so that training and the runtime cut alike.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

BOS, EOS = 0, 2
MAX_PIECES = 510
"""Pieces of a passage, begin and end included."""
OVERLAP = 2
"""Sentences before a passage's own that it reads again, as context."""
LEAD = 2
"""Sentences of the text's beginning that every passage reads: a headline and a lead name whom the rest is about."""
LEAD_SHARE = 5
"""The beginning takes at most one part in so many of a passage."""
N_SLOTS = 24
"""Actors told apart by a slot vector; the others of a passage share slot 0, that of words which mention nobody."""
NO_SPEECH, DIRECT, REPORTED = 0, 1, 2
HERE = 0
"""The relation of a sentence to an actor mentioned in it; see `relate` for the others."""
N_RELATIONS = 7
AUTHOR_SOURCE, OTHER_SOURCE = 0, 1
"""The first two candidates of every question whose a judgement is: the outlet, and somebody who is no actor of the
passage."""
N_FEATURES = 8


class Sentence(NamedTuple):
    """A sentence as characters ``[start, end)``."""

    sentence_id: int
    start: int
    end: int


class Mention(NamedTuple):
    """A mention as characters ``[start, end)``."""

    start: int
    end: int
    actor_id: str


class Quote(NamedTuple):
    """What is said, as characters; `source_id` is empty where nobody is named."""

    start: int
    end: int
    is_direct: bool
    source_id: str


@dataclass(frozen=True)
class Material:
    """What is known of a text before it is judged: its pieces with their characters, sentences, mentions, quotes."""

    ids: Sequence[int]
    offsets: Sequence[tuple[int, int]]
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    quotes: Sequence[Quote] = ()


class Pair(NamedTuple):
    """A sentence and an actor, who may be judged there.

    `sentence` counts the passage's sentences, `actor` its actors; `relation` is `HERE`, or how far off his nearest
    mention stands (`relate`); `pieces` are those of his mentions in the sentence, or of the nearest; `mention` is the
    number, in the material, of the first of them.
    """

    sentence: int
    actor: int
    relation: int
    pieces: tuple[int, ...]
    mention: int = 0


class Place(NamedTuple):
    """A mention in a passage: its sentence, its pieces, and its number in the material."""

    sentence: int
    pieces: tuple[int, ...]
    mention: int = 0


@dataclass(frozen=True)
class Passage:
    """A stretch of text in numbers.

    Attributes
    ----------
    ids, slots, speakers, speech : list of int
        For every piece: its number; the slot of the actor mentioned; the slot of who speaks; `NO_SPEECH`, `DIRECT` or
        `REPORTED`.
    sentences : list of tuple
        ``sentence_id, first piece, after the last piece, is_own``; not own are those of the overlap.
    actors : list of str
        In the order of their first mention; the first `N_SLOTS` most mentioned have slots, see `slot_of`.
    mentions : list of list of Place
        For every actor, where he is mentioned.
    quotes : list of tuple
        ``first piece, after the last, source (an actor's number, or -1), number of the quote in the material``.
    pieces : list of int
        For every piece but begin and end, its number among the text's pieces.
    numbers : list of int
        For every sentence, its number among the text's sentences.
    pairs : list of Pair
        The questions.
    """

    ids: list[int]
    slots: list[int]
    speakers: list[int]
    speech: list[int]
    sentences: list[tuple[int, int, int, bool]]
    actors: list[str]
    mentions: list[list[Place]]
    quotes: list[tuple[int, int, int, int]]
    pieces: list[int]
    numbers: list[int]
    pairs: list[Pair] = field(default_factory=list)


def cut_passages(material: Material, *, max_pieces: int = MAX_PIECES) -> list[Passage]:
    """Cut a text into passages of whole sentences.

    Parameters
    ----------
    material : Material
        The text.
    max_pieces : int
        Pieces of a passage at most, begin and end included; a longer sentence is read in stretches.

    Returns
    -------
    list of Passage
        Every sentence, or stretch of a long one, is own in just one. Before its own a passage has, as context, the
        `OVERLAP` sentences before them and the `LEAD` of the text's beginning.
    """
    room = max_pieces - 2
    stretches = [
        (sentence, first, min(first + room, last))
        for sentence, (start, last) in zip(material.sentences, _place_sentences(material), strict=True)
        for first in range(start, max(last, start + 1), room)
    ]
    material = replace(material, sentences=[sentence for sentence, _, _ in stretches])
    ranges = [(first, last) for _, first, last in stretches]
    lengths = [last - first for first, last in ranges]
    found: list[Passage] = []
    start = 0
    while start < len(ranges):
        context: list[int] = []
        if start:
            lead = list(range(min(LEAD, start)))
            while sum(lengths[k] for k in lead) > room // LEAD_SHARE:
                lead.pop()
            context = sorted({*lead, *range(max(0, start - OVERLAP), start)})
        while context and sum(lengths[k] for k in (*context, start)) > room:
            context.pop(0)
        used, end = sum(lengths[k] for k in context), start
        while end < len(ranges) and (end == start or used + lengths[end] <= room):
            used += lengths[end]
            end += 1
        found.append(_make_passage(material, ranges, [*context, *range(start, end)], start))
        start = end
    return found


def _place_sentences(material: Material) -> list[tuple[int, int]]:
    """Pieces of every sentence."""
    ranges, piece = [], 0
    for sentence in material.sentences:
        while piece < len(material.offsets) and material.offsets[piece][1] <= sentence.start:
            piece += 1
        last = piece
        while last < len(material.offsets) and material.offsets[last][0] < sentence.end:
            last += 1
        ranges.append((piece, last))
    return ranges


def _make_passage(material: Material, ranges: Sequence[tuple[int, int]], chosen: Sequence[int], start: int) -> Passage:
    """The passage of the chosen sentences, those from `start` on its own."""
    numbers = [piece for k in chosen for piece in range(*ranges[k])]
    offsets = [material.offsets[piece] for piece in numbers]
    n = len(numbers) + 2
    sentences, at = [], 1
    for k in chosen:
        after = at + ranges[k][1] - ranges[k][0]
        sentences.append((material.sentences[k].sentence_id, at, after, k >= start))
        at = after
    touched = _touch(offsets, [(mention.start, mention.end) for mention in material.mentions])
    actors: list[str] = []
    mentions: list[list[Place]] = []
    for number, (mention, pieces) in enumerate(zip(material.mentions, touched, strict=True)):
        if not pieces:
            continue
        if mention.actor_id not in actors:
            actors.append(mention.actor_id)
            mentions.append([])
        place = next((k for k, row in enumerate(sentences) if row[1] <= pieces[0] < row[2]), None)
        if place is not None:
            mentions[actors.index(mention.actor_id)].append(Place(place, pieces, number))
    kept = [k for k, places in enumerate(mentions) if places]
    actors, mentions = [actors[k] for k in kept], [mentions[k] for k in kept]
    slot = slots_of(mentions)
    slots, speakers, speech = [0] * n, [0] * n, [0] * n
    for k, places in enumerate(mentions):
        for one in places:
            for piece in one.pieces:
                slots[piece] = slot[k]
    quotes = []
    order = sorted(range(len(material.quotes)), key=lambda i: material.quotes[i].start - material.quotes[i].end)
    for number in order:  # longest first, so that the innermost speaker stays
        quote = material.quotes[number]
        (pieces,) = _touch(offsets, [(quote.start, quote.end)])
        if not pieces:
            continue
        source = actors.index(quote.source_id) if quote.source_id in actors else -1
        quotes.append((pieces[0], pieces[-1] + 1, source, number))
        for piece in pieces:
            speech[piece] = DIRECT if quote.is_direct else REPORTED
            speakers[piece] = slot[source] if source >= 0 else 0
    ids = [BOS, *(material.ids[piece] for piece in numbers), EOS]
    passage = Passage(ids, slots, speakers, speech, sentences, actors, mentions, quotes, numbers, list(chosen))
    passage.pairs.extend(list_pairs(passage))
    return passage


def _touch(offsets: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Pieces, counted from 1, that touch each span of characters."""
    starts = [a for a, _ in offsets]
    found = []
    for start, end in spans:
        low = max(0, bisect_right(starts, start) - 1)
        pieces = []
        for piece in range(low, len(offsets)):
            a, b = offsets[piece]
            if a >= end:
                break
            if b > start and b > a:
                pieces.append(piece + 1)
        found.append(tuple(pieces))
    return found


def slots_of(mentions: Sequence[Sequence[object]]) -> list[int]:
    """Slots from 1 for the `N_SLOTS` most mentioned actors, in the order of their first mention; 0 for the others.

    Examples
    --------
    >>> slots_of([[1], [2, 3]])
    [1, 2]
    """
    most = sorted(range(len(mentions)), key=lambda k: (-len(mentions[k]), k))[:N_SLOTS]
    slot = [0] * len(mentions)
    for number, k in enumerate(sorted(most), start=1):
        slot[k] = number
    return slot


def list_pairs(passage: Passage) -> list[Pair]:
    """Every own sentence with every actor of the passage."""
    pairs = []
    for place, (_, first, last, is_own) in enumerate(passage.sentences):
        if not is_own or first >= last:
            continue
        for actor, places in enumerate(passage.mentions):
            here = [one for one in places if one.sentence == place]
            if here:
                pieces = tuple(piece for one in here for piece in one.pieces)
                pairs.append(Pair(place, actor, HERE, pieces, here[0].mention))
                continue
            near = find_nearest(passage, actor, place)
            relation = relate(passage.numbers[place] - passage.numbers[near.sentence])
            pairs.append(Pair(place, actor, relation, near.pieces, near.mention))
    return pairs


def relate(distance: int) -> int:
    """How an actor is related to a sentence by where he is mentioned last, so many sentences before it.

    Returns
    -------
    int
        `HERE`; 1, 2 for one or two sentences before, 3 for up to five, 4 for more; 5 for one after it, 6 for more.

    Examples
    --------
    >>> [relate(distance) for distance in (0, 1, 2, 4, 9, -1, -3)]
    [0, 1, 2, 3, 4, 5, 6]
    """
    if distance < 0:
        return 5 if distance == -1 else 6
    return distance if distance <= 2 else 3 if distance <= 5 else 4


def find_nearest(passage: Passage, actor: int, sentence: int) -> Place:
    """The mention of an actor nearest to a sentence, rather before than after it."""
    numbers = passage.numbers
    return min(
        passage.mentions[actor],
        key=lambda one: (abs(numbers[one.sentence] - numbers[sentence]), numbers[one.sentence] > numbers[sentence]),
    )


def describe_sources(
    passage: Passage, first: int, last: int, sentence: int, focus: Sequence[int], actor: int, *, is_blind: bool = False
) -> list[list[float]]:
    """Features of the candidates for whose a stretch of text is: the outlet, another, and every actor of the passage.

    Parameters
    ----------
    passage : Passage
        The passage.
    first, last, sentence : int
        The stretch in pieces, and the sentence it lies in.
    focus : sequence of int
        Pieces of the judged mention, or of the stretch of speech.
    actor : int
        Who is judged; -1 for a stretch of speech.
    is_blind : bool
        Leave out what the quotes found so far say.

    Returns
    -------
    list of list of float
        ``2 + actors`` rows of `N_FEATURES`: is outlet; is other; speaks in the stretch; speaks where the focus stands;
        share of the stretch that is speech; is mentioned in the sentence; distance of the nearest mention (in quarters
        of four sentences); is who is judged.
    """
    heard = [] if is_blind else [quote for quote in passage.quotes if quote[0] < last and quote[1] > first]
    around = [quote for quote in heard if any(quote[0] <= piece < quote[1] for piece in focus)]
    share = min(1.0, sum(min(q[1], last) - max(q[0], first) for q in heard) / max(1, last - first))
    speaks, speaks_there = {q[2] for q in heard}, {q[2] for q in around}
    rows = [
        [1.0, 0.0, float(bool(heard)), float(bool(around)), share, 0.0, 0.0, 0.0],
        [0.0, 1.0, float(-1 in speaks), float(-1 in speaks_there), share, 0.0, 0.0, 0.0],
    ]
    for k in range(len(passage.actors)):
        distance = abs(passage.numbers[find_nearest(passage, k, sentence).sentence] - passage.numbers[sentence])
        rows.append(
            [
                0.0, 0.0, float(k in speaks), float(k in speaks_there), share, float(distance == 0),
                min(4, distance) / 4, float(k == actor),
            ]
        )  # fmt: skip
    return rows
