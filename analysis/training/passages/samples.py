"""Passages with their answers: what the judging network learns from.

Reads materials and marked targets; returns `Sample` records. Three ways of coding (schemes) have output layers or
biases of their own: whole news items at the base rate of news, texts coded in full, and sentences with one marked
target.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tokenizers import Tokenizer

from analysis.reading.judging.network import GROUNDS, MOODS
from analysis.reading.judging.passages import (
    AUTHOR_SOURCE,
    MAX_PIECES,
    OTHER_SOURCE,
    Material,
    Mention,
    Pair,
    Passage,
    Quote,
    Sentence,
    cut_passages,
)
from analysis.training.data import Target

NEWS, OPINIONS, DIRECTED, MARKED, HEADLINE = 0, 1, 2, 3, 4
UNKNOWN = -100
MAX_SHORT = 160
UNCLEAR, FOUND_SPEAKER = 0.5, 0.3
"""Weights: of a judgement about which readers could differ; of a speaker whom the rules found, where no gold tells."""
NEUTRAL_BY_RELATION = (1.0, 0.5, 0.5, 0.25, 0.25, 0.5, 0.25)
"""Weights of a neutral actor, by where he is mentioned (`relate`): the farther, the more such pairs there are."""
HIDDEN_MARK, HIDDEN_FOUND = 0.35, 0.1
"""How often a mention that the writer marked, or that the program found, is hidden; then its actor is asked for."""


@dataclass
class Answer:
    """The gold of a pair; `sources` are candidates (see `describe_sources`), `words` pieces."""

    sign: int = UNKNOWN
    weight: float = 1.0
    sources: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    ground: int = UNKNOWN
    mood: int = UNKNOWN


@dataclass
class Sample:
    """A passage, its scheme, an answer for every pair, tone by actor (or `UNKNOWN`), speakers of quotes.

    `meant` are places whose slot does not tell who is meant there: pieces, sentence, actor.
    """

    passage: Passage
    scheme: int
    answers: list[Answer]
    tones: list[int] = field(default_factory=list)
    speakers: list[tuple[int, int, int, list[int], float]] = field(default_factory=list)
    language: str = "nl"
    meant: list[tuple[list[int], int, int]] = field(default_factory=list)

    @property
    def n_pieces(self) -> int:
        """Its length."""
        return len(self.passage.ids)


def cut(tokenizer: Tokenizer, text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """Pieces of a text and their characters."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    return encoding.ids, encoding.offsets


def make_material(row: Mapping[str, Any], tokenizer: Tokenizer, mentions: Iterable[Mention] | None = None) -> Material:
    """A row of the materials as `Material`."""
    ids, offsets = cut(tokenizer, row["text"])
    if mentions is None:
        mentions = [Mention(*values) for values in row["mentions"]]
    return Material(
        ids, offsets, [Sentence(*values) for values in row["sentences"]], sorted(mentions),
        [Quote(*values) for values in row["quotes"]],
    )  # fmt: skip


def correct_mentions(row: Mapping[str, Any]) -> list[Mention]:
    """The mentions found, those of the marked places set right."""
    marks = [Mention(*values) for values in row["marks"]]
    found = [Mention(*values) for values in row["mentions"]]
    kept = [one for one in found if not any(one.start < mark.end and mark.start < one.end for mark in marks)]
    return [*kept, *marks]


def hide_mentions(
    row: Mapping[str, Any], mentions: Sequence[Mention], generator: random.Random
) -> tuple[list[Mention], list[Mention]]:
    """Mentions that are shown, and places whose actor is asked for.

    Hidden are some of those that stand at a mark or touch none, of actors who keep a mention; asked for is whom these
    mean, and whom the marks mean that the mentions shown leave out or get wrong.
    """
    marks = [Mention(*values) for values in row["marks"]]
    right = {(mark.start, mark.end, mark.actor_id) for mark in marks}
    left = Counter(mention.actor_id for mention in mentions)
    shown, asked = [], []
    for mention in mentions:
        is_mark = tuple(mention) in right
        is_sure = is_mark or not any(mention.start < mark.end and mark.start < mention.end for mark in marks)
        chance = HIDDEN_MARK if is_mark else HIDDEN_FOUND
        if marks and is_sure and left[mention.actor_id] > 1 and generator.random() < chance:
            left[mention.actor_id] -= 1
            asked.append(mention)
        else:
            shown.append(mention)
    seen = {tuple(mention) for mention in mentions}
    return shown, [*asked, *(mark for mark in marks if tuple(mark) not in seen)]


def news_samples(
    row: Mapping[str, Any],
    tokenizer: Tokenizer,
    *,
    corrected: bool = False,
    max_pieces: int = MAX_PIECES,
    generator: random.Random | None = None,
) -> Iterator[Sample]:
    """The passages of a news item; with a generator, some mentions are hidden."""
    found = [Mention(*values) for values in row["mentions"]]
    mentions = correct_mentions(row) if corrected and row["marks"] else found
    asked: list[Mention] = []
    if generator is not None:
        mentions, asked = hide_mentions(row, mentions, generator)
    material = make_material(row, tokenizer, mentions)
    gold: dict[tuple[int, str], list[Mapping[str, Any]]] = {}
    for one in row["gold"]:
        gold.setdefault((one["sentence"], one["target"]), []).append(one)
    coded = set(row["actors"])
    for passage in cut_passages(material, max_pieces=max_pieces):
        place = _placer(material, passage)
        answers, kept = [], []
        for pair in passage.pairs:
            actor = passage.actors[pair.actor]
            if actor not in coded:
                continue
            rows = gold.get((passage.sentences[pair.sentence][0], actor), [])
            kept.append(pair)
            answers.append(_answer_news(rows, pair, passage, place))
        passage.pairs[:] = kept
        tones = [row["tone"].get(actor, UNKNOWN) for actor in passage.actors]
        if material.sentences[-1].sentence_id not in {s[0] for s in passage.sentences} or not all(
            s[3] for s in passage.sentences
        ):
            tones = [UNKNOWN] * len(tones)  # only whole items
        speakers = list(_list_speakers(row, passage, material))
        if kept:
            meant = list(_list_meant(asked, passage, place))
            yield Sample(passage, NEWS, answers, tones, speakers, row["language"], meant)


def _list_meant(asked: Sequence[Mention], passage: Passage, place: Any) -> Iterator[tuple[list[int], int, int]]:
    for mention in asked:
        pieces = place(mention.start, mention.end) if mention.actor_id in passage.actors else []
        sentence = next((k for k, row in enumerate(passage.sentences) if pieces and row[1] <= pieces[0] < row[2]), None)
        if sentence is not None:
            yield pieces, sentence, passage.actors.index(mention.actor_id)


def _placer(material: Material, passage: Passage) -> Any:
    """A function from characters to pieces of a passage."""

    def place(start: int, end: int) -> list[int]:
        found = []
        for k, number in enumerate(passage.pieces, start=1):
            low, high = material.offsets[number]
            if low < end and start < high and low < high:
                found.append(k)
        return found

    return place


def _answer_news(rows: Sequence[Mapping[str, Any]], pair: Pair, passage: Passage, place: Any) -> Answer:
    signs = {one["sign"] for one in rows}
    if not rows:
        return Answer(0, NEUTRAL_BY_RELATION[pair.relation])
    best = next((one for one in rows if one["clear"]), rows[0])
    sources = sorted({_find_source(one["source"], passage) for one in rows})
    return Answer(
        sign=next(iter(signs)) if len(signs) == 1 else UNKNOWN,
        weight=1.0 if any(one["clear"] for one in rows) else UNCLEAR,
        sources=sources,
        words=_within(place(*best["words"]), passage, pair) if best["words"] else [],
        ground=GROUNDS.index(best["ground"]),
        mood=MOODS.index(best["mood"]),
    )


def _within(words: list[int], passage: Passage, pair: Pair) -> list[int]:
    """Pieces of words that stand in the sentence of a pair."""
    _, first, last, _ = passage.sentences[pair.sentence]
    return [piece for piece in words if first <= piece < last]


def _find_source(source: str, passage: Passage) -> int:
    if source == "author":
        return AUTHOR_SOURCE
    return 2 + passage.actors.index(source) if source in passage.actors else OTHER_SOURCE


def _list_speakers(
    row: Mapping[str, Any], passage: Passage, material: Material
) -> Iterator[tuple[int, int, int, list[int], float]]:
    """``first, last, sentence, candidates, weight`` of quotes: their speaker as coded, or whose their words are."""
    coded = {
        _find_quote(material, place, place + 1): {_find_source(speaker, passage)}
        for place, speaker in row.get("speakers", [])
    }
    judging: dict[int | None, set[int]] = {}
    for one in row["gold"]:
        if one["words"]:
            judging.setdefault(_find_quote(material, *one["words"]), set()).add(_find_source(one["source"], passage))
    told = judging | coded
    for first, last, source, number in passage.quotes:
        sentence = next((k for k, row in enumerate(passage.sentences) if row[1] <= first < row[2]), None)
        if sentence is None or not passage.sentences[sentence][3]:
            continue
        if number in told and AUTHOR_SOURCE not in told[number]:
            yield first, last, sentence, sorted(told[number]), 1.0
        elif source >= 0:
            yield first, last, sentence, [2 + source], FOUND_SPEAKER


def _find_quote(material: Material, start: int, end: int) -> int | None:
    """The innermost quote that holds a stretch of characters."""
    holding = [k for k, quote in enumerate(material.quotes) if quote.start <= start and end <= quote.end + 1]
    return min(holding, key=lambda k: material.quotes[k].end - material.quotes[k].start, default=None)


def opinion_samples(row: Mapping[str, Any], tokenizer: Tokenizer) -> Iterator[Sample]:
    """A text coded in full, as one sentence."""
    mentions = [Mention(*values) for values in row["mentions"]]
    spans = {tuple(one[key]) for one in row["gold"] for key in ("source", "target") if isinstance(one[key], list)}
    names: dict[tuple[int, int], str] = {}
    for start, end in sorted(spans, key=lambda span: (span[1] - span[0], span)):
        over = [one for one in mentions if one.start < end and start < one.end]
        best = max(over, key=lambda one: (min(one.end, end) - max(one.start, start), one.start), default=None)
        if best is None:
            best = Mention(start, end, f"gold:{start}")
            mentions.append(best)
        names[start, end] = best.actor_id
    material = make_material(row | {"sentences": [[0, 0, len(row["text"])]]}, tokenizer, mentions)
    passage = cut_passages(material)[0]
    place = _placer(material, passage)
    by_target: dict[str, list[Mapping[str, Any]]] = {}
    for one in row["gold"]:
        by_target.setdefault(names[tuple(one["target"])], []).append(one)

    def source_of(one: Mapping[str, Any]) -> int:
        if one["source"] == "author":
            return AUTHOR_SOURCE
        if one["source"] == "unnamed":
            return OTHER_SOURCE
        return _find_source(names[tuple(one["source"])], passage)

    answers = []
    for pair in passage.pairs:
        rows = by_target.get(passage.actors[pair.actor], [])
        if not rows:
            answers.append(Answer(0))
            continue
        agreed = [one for one in rows if one["both_sign"]] or rows
        signs = {one["label"] for one in agreed}
        certain = [one for one in rows if one["both"]] or agreed
        words = certain[0]["words"]
        spans_of = [words] if words and isinstance(words[0], int) else words
        answers.append(
            Answer(
                sign=next(iter(signs)) if len(signs) == 1 else UNKNOWN,
                weight=1.0 if any(one["both_sign"] for one in rows) else UNCLEAR,
                sources=sorted({source_of(one) for one in certain}),
                words=[piece for a, b in spans_of for piece in place(a, b)],
            )
        )
    if answers:
        yield Sample(passage, OPINIONS, answers, language=row["language"])


def target_sample(target: Target, tokenizer: Tokenizer, *, is_headline: bool = False) -> Sample | None:
    """One marked target, or a headline that is its own."""
    ids, offsets = cut(tokenizer, target.text)
    if not ids or len(ids) > MAX_SHORT:
        return None
    start, end = (0, len(target.text)) if is_headline else (target.start, target.end)
    material = Material(ids, offsets, [Sentence(0, 0, len(target.text))], [Mention(start, end, "x")])
    passage = cut_passages(material)[0]
    if not passage.pairs:
        return None
    if is_headline:
        passage.slots[:] = [0] * len(passage.slots)
    return Sample(
        passage, HEADLINE if is_headline else MARKED, [Answer(target.label, target.weight)], language=target.language
    )


def directed_sample(row: Mapping[str, Any], tokenizer: Tokenizer, language: str) -> Sample | None:
    """A sentence with a marked source and target: what the one thinks of the other."""
    ids, offsets = cut(tokenizer, row["text"])
    source, target = row["source"], row["target"]
    if not ids or len(ids) > MAX_SHORT or (source[0] < target[1] and target[0] < source[1]):
        return None
    mentions = sorted([Mention(*source, "source"), Mention(*target, "target")])
    passage = cut_passages(Material(ids, offsets, [Sentence(0, 0, len(row["text"]))], mentions))[0]
    if len(passage.actors) < len(mentions):
        return None
    passage.pairs[:] = [pair for pair in passage.pairs if passage.actors[pair.actor] == "target"]
    sources = [2 + passage.actors.index("source")] if row["label"] else []
    return Sample(passage, DIRECTED, [Answer(row["label"], sources=sources)], language=language)


def permute_slots(passage: Passage, generator: random.Random, n_slots: int) -> tuple[list[int], list[int]]:
    """The slots and speakers of a passage under other numbers, so that none of them comes to mean anything."""
    other = [0, *generator.sample(range(1, n_slots + 1), n_slots)]
    return [other[slot] for slot in passage.slots], [other[slot] for slot in passage.speakers]
