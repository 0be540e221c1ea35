"""Judging by the reading model: one pass over each passage of an article, its actors and quotes marked.

Reads a `Reading`, its mentions and quotes; returns rows of ``evaluations`` without their ids. The network answers, for
every sentence and every actor mentioned in it or nearby, whether the sentence judges the actor, how, whose judgement
that is, on which words it rests and how it is said. No rule weighs or mends its answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from spacy.tokens import Doc

from analysis.coding.evaluations.methods import CLEAR
from analysis.coding.evaluations.speech import Speech, find_speech, innermost, name_outer, name_source
from analysis.coding.syntax.trees import find_tokens
from analysis.contracts.schema import AUTHOR, UNNAMED
from analysis.contracts.tables import group_rows
from analysis.reading import Reading, load_reading_model
from analysis.reading.judging.network import GROUNDS, MOODS, Judged
from analysis.reading.judging.passages import (
    AUTHOR_SOURCE,
    HERE,
    OTHER_SOURCE,
    Material,
    Mention,
    Passage,
    Quote,
    Sentence,
    cut_passages,
    find_nearest,
)
from analysis.reading.model import ReadingModel

DECIMALS = 4
"""To which probabilities and polarity are rounded: between processors they differ far below."""
ARTICLES_AT_ONCE = 20
MAX_CUES, LEAST_SHARE, STRETCH = 5, 0.05, 0.35
"""Cues at most; least share of the attention of a cue; least share of the strongest word's attention by which its
neighbour belongs to the cue."""
NONE = "none"
Array = npt.NDArray[np.float64]


class _Case(NamedTuple):
    """An article on its way through the network."""

    article_id: str
    language: str
    doc: Doc
    material: Material
    mentions: Sequence[Any]
    quotes: Sequence[Any]
    speech: Sequence[Speech]


class Speaker(NamedTuple):
    """Whose a quote is, by the network: an actor by the mention nearest to it, or (both None) nobody named."""

    source_id: str | None
    source_mention_id: str | None


class JudgedArticle(NamedTuple):
    """An article's rows of ``evaluations`` without their ids, and speakers that the network is sure of, by quote."""

    rows: list[dict[str, Any]]
    speakers: dict[str, Speaker]


def judge_by_model(
    reading: Reading,
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    *,
    languages: Collection[str],
    captions: bool,
    model: ReadingModel | None = None,
    precision: str = "exact",
) -> Iterator[JudgedArticle]:
    """Judge every actor in every sentence, and name the speaker of every quote.

    Parameters
    ----------
    reading, mentions, quotes, captions, model, precision
        See `analysis.coding.evaluations.code.code_evaluations`.
    languages : collection of str
        Articles in others are left out.

    Yields
    ------
    JudgedArticle
        A row for every sentence and actor mentioned in it, and for those judged without a mention there, in the order
        of the text.
    """
    cases: list[_Case] = []
    for case in _make_cases(reading, mentions, quotes, languages, captions=captions, model=model):
        cases.append(case)
        if len(cases) == ARTICLES_AT_ONCE:
            yield from _judge_cases(cases, model, precision)
            cases = []
    if cases:
        yield from _judge_cases(cases, model, precision)


def _make_cases(
    reading: Reading,
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    languages: Collection[str],
    *,
    captions: bool,
    model: ReadingModel | None,
) -> Iterator[_Case]:
    language_of = reading.languages
    mentions_of, quotes_of = group_rows(mentions, "article_id"), group_rows(quotes, "article_id")
    for article_id, sentences in group_rows(reading.sentences, "article_id").items():
        told = [sentence for sentence in sentences if captions or sentence.part != "caption"]
        numbers = {sentence.sentence_id for sentence in told}
        here = [mention for mention in mentions_of.get(article_id, []) if mention.sentence_id in numbers]
        if language_of[article_id] not in languages or not here:
            continue
        model = model or load_reading_model()
        doc = reading.docs[article_id]
        encoding = model.tokenizer.encode(doc.text, add_special_tokens=False)
        said = quotes_of.get(article_id, [])
        material = Material(
            encoding.ids,
            encoding.offsets,
            [Sentence(int(s.sentence_id), int(s.start), int(s.end)) for s in told],
            [Mention(int(m.start), int(m.end), str(m.actor_id)) for m in here],
            [
                Quote(int(q.start), int(q.end), q.kind == "direct", "" if pd.isna(q.source_id) else str(q.source_id))
                for q in said
            ],
        )
        yield _Case(article_id, language_of[article_id], doc, material, here, said, find_speech(doc, said))


def _judge_cases(cases: Sequence[_Case], model: ReadingModel | None, precision: str) -> Iterator[JudgedArticle]:
    network = (model or load_reading_model()).at_precision(precision).judging
    cut = [(case, passage) for case in cases for passage in cut_passages(case.material)]
    judged = network.judge([passage for _, passage in cut])
    articles = {case.article_id: JudgedArticle([], {}) for case in cases}
    for (case, passage), answers in zip(cut, judged, strict=True):
        article = articles[case.article_id]
        article.rows.extend(_make_rows(case, passage, answers, network.thresholds[case.language]))
        article.speakers.update(_name_speakers(case, passage, answers, network.sure_of_speaker))
    for article in articles.values():
        strongest: dict[tuple[int, str], dict[str, Any]] = {}
        for row in article.rows:  # a very long sentence is read in stretches
            key = (row["sentence_id"], row["target_id"])
            if key not in strongest or abs(row["polarity"]) > abs(strongest[key]["polarity"]):
                strongest[key] = row
        ordered = sorted(
            strongest.values(), key=lambda row: (row["sentence_id"], row["target_mention_id"], row["target_id"])
        )
        yield article._replace(rows=ordered)


def _name_speakers(
    case: _Case, passage: Passage, answers: Judged, sure: Mapping[str, float]
) -> Iterator[tuple[str, Speaker]]:
    """Speakers other than those found before, where the network is sure enough."""
    for (first, _, before, number), chances in zip(passage.quotes, answers.speakers, strict=True):
        best = int(chances.argmax()) if len(chances) else -1
        is_same = best == 2 + before if before >= 0 else best <= OTHER_SOURCE
        if best < 0 or is_same or chances[best] < sure["other" if before >= 0 else "first"]:
            continue
        source_id = mention_id = None
        if best > OTHER_SOURCE:
            sentence = next(k for k, row in enumerate(passage.sentences) if row[1] <= first < row[2])
            source_id = passage.actors[best - 2]
            mention_id = str(case.mentions[find_nearest(passage, best - 2, sentence).mention].mention_id)
        yield str(case.quotes[number].quote_id), Speaker(source_id, mention_id)


def _make_rows(case: _Case, passage: Passage, answers: Judged, threshold: float) -> Iterator[dict[str, Any]]:
    for number, pair in enumerate(passage.pairs):
        tone = answers.tones[number].round(DECIMALS)
        polarity = to_polarity(tone, threshold)
        is_clear = abs(polarity) >= CLEAR
        if pair.relation != HERE and not is_clear:
            continue
        mention = case.mentions[pair.mention]
        sentence_id, first, last, _ = passage.sentences[pair.sentence]
        row = {
            "article_id": case.article_id,
            "sentence_id": sentence_id,
            "target_id": passage.actors[pair.actor],
            "target_mention_id": mention.mention_id,
            "polarity": polarity,
            **dict(zip(("p_negative", "p_neutral", "p_positive"), tone.tolist(), strict=True)),
        }
        if is_clear:
            words = _weigh_words(case, passage, answers.words[number], first, last) or [
                (find_tokens(case.doc, int(mention.start), int(mention.end))[0], 1.0)
            ]
            yield row | _tell(case, passage, answers, number, words, 1 if polarity > 0 else -1)
        else:
            token, _ = find_tokens(case.doc, int(mention.start), int(mention.end))
            speaking = innermost(case.speech, token)
            voice = {"source_id": name_source(speaking), "outer_source_id": name_outer(speaking, case.speech)}
            yield row | voice | {"p_source": np.nan, "ground": NONE} | _no_mood() | _no_cue()


def to_polarity(tone: Array, threshold: float) -> float:
    """One number for a tone: sign and strength, of which `CLEAR` is where the network finds a judgement.

    Parameters
    ----------
    tone : ndarray
        Probability of negative, neutral, positive.
    threshold : float
        Least probability of a judgement, of either sign, that counts as one.

    Returns
    -------
    float
        In [-1, 1]: `CLEAR` where a judgement is as likely as `threshold`, and beyond it the stronger, the likelier the
        judgement and the plainer its sign.

    Examples
    --------
    >>> tones = [0.5, 0.5, 0.0], [0.0, 0.0, 1.0], [0.1, 0.8, 0.1], [0.2, 0.8, 0.0], [0.2, 0.4, 0.4]
    >>> [to_polarity(np.array(tone), 0.5) for tone in tones]
    [-0.25, 1.0, 0.0, -0.1, 0.3]
    """
    judged = max(1.0 - float(tone[1]), 1e-9)
    balance = (float(tone[2]) - float(tone[0])) / judged
    if judged < threshold:
        return round(balance * CLEAR * judged / threshold, DECIMALS) + 0.0
    beyond = (1 - CLEAR) * (judged - threshold) / (1 - threshold)
    return round(float(np.sign(balance)) * (CLEAR + abs(balance) * beyond), DECIMALS) + 0.0


def _tell(
    case: _Case, passage: Passage, answers: Judged, number: int, words: Sequence[tuple[int, float]], sign: int
) -> dict[str, Any]:
    """Whose a clear judgement is, on what it rests, how it is said."""
    chances = answers.sources[number]
    best = int(chances.argmax())
    source = {AUTHOR_SOURCE: AUTHOR, OTHER_SOURCE: UNNAMED}.get(best) or passage.actors[best - 2]
    cue = _find_stretch(words)
    first, last = case.doc[cue[0]], case.doc[cue[1]]
    speaking = innermost(case.speech, max(words, key=lambda word: (word[1], -word[0]))[0])
    mood = _no_mood()
    if (said := MOODS[answers.moods[number]]) in mood:
        mood[said] = True
    named = sorted(words, key=lambda word: (-word[1], word[0]))
    named = [word for word in named if word[1] >= LEAST_SHARE and any(map(str.isalpha, case.doc[word[0]].text))][
        :MAX_CUES
    ]
    return {
        "source_id": source,
        "outer_source_id": _find_outer(source, speaking, case.speech),
        "p_source": round(float(chances[best]), DECIMALS),
        "ground": GROUNDS[answers.grounds[number]],
        "cue_start": first.idx,
        "cue_end": last.idx + len(last),
        "cues": "|".join(f"{case.doc[token].text}:{sign * share:+.2f}" for token, share in sorted(named)) or None,
        **mood,
    }


def _find_outer(source: str, speaking: Speech | None, speech: Sequence[Speech]) -> str | None:
    """Who reports a source: another voice that the words stand in."""
    voice = name_source(speaking)
    if source in (voice, AUTHOR):
        return name_outer(speaking, speech) if source == voice else None
    return None if voice == AUTHOR else voice


def _weigh_words(case: _Case, passage: Passage, attention: Array, first: int, last: int) -> list[tuple[int, float]]:
    """Tokens of a sentence with their share of the attention, in their order."""
    shares: dict[int, float] = {}
    for piece in range(first, last):
        start, end = case.material.offsets[passage.pieces[piece - 1]]
        if end > start:
            token, _ = find_tokens(case.doc, end - 1, end)
            shares[token] = shares.get(token, 0.0) + float(attention[piece])
    return sorted(shares.items())


def _find_stretch(words: Sequence[tuple[int, float]]) -> tuple[int, int]:
    """First and last token of the stretch around the strongest word: its neighbours that weigh nearly as much."""
    strongest = max(range(len(words)), key=lambda k: (words[k][1], -k))
    least = STRETCH * words[strongest][1]
    first = last = strongest
    while first > 0 and words[first - 1][1] >= least:
        first -= 1
    while last + 1 < len(words) and words[last + 1][1] >= least:
        last += 1
    return words[first][0], words[last][0]


def _no_mood() -> dict[str, Any]:
    return dict.fromkeys(("negated", "hedged", "question", "conditional", "denied"), False)


def _no_cue() -> dict[str, Any]:
    return {"cue_start": None, "cue_end": None, "cues": None}
