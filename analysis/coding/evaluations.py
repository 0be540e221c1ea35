"""Evaluations: how each mention of an actor is judged, by whom, and on which words that rests.

Reads a `Reading`, its mentions and its quotes; returns the table ``evaluations``: one row per mention and
method for which there is evidence. No row means no evidence, which is not the same as a balanced 0.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd
from spacy.tokens import Doc
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.coding.clauses import Clause, find_clause, find_tokens, split_clauses
from analysis.coding.lexicon import Entry, Hit, Shifter, find_hits, load_lexicon, load_shifters
from analysis.coding.participants import assign_participants
from analysis.errors import UsageError
from analysis.reading import Reading
from analysis.schema import AUTHOR, UNNAMED, make_table, rows_of

METHODS = ("lexicon", "vader")
SHIFT_WINDOW = 4
"""Tokens before a cue in which an intensifier or diminisher bears on it (as VADER's three, plus an article)."""
NEGATION_STRENGTH = 0.74
"""Share of a polarity that survives its reversal by a negation (Hutto & Gilbert 2014, measured on raters)."""


class Cue(NamedTuple):
    """A judging word after shifting: its polarity, characters, and what shifted it."""

    polarity: float
    start: int
    end: int
    text: str
    negated: bool
    hedged: bool


@dataclass(frozen=True)
class _Speech:
    """A quote, as token range; `is_partial` lets a target outside be judged by words inside."""

    first: int
    last: int
    source_id: str
    source_mention_id: str | None
    is_partial: bool


@dataclass(frozen=True)
class _Target:
    mention_id: str
    actor_id: str
    first: int
    last: int


def code_evaluations(
    reading: Reading,
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    *,
    method: str = "lexicon",
    captions: bool = False,
) -> pd.DataFrame:
    """Judge every mention of an actor.

    Parameters
    ----------
    reading : Reading
        Articles that have been read.
    mentions, quotes : DataFrame
        Tables ``mentions`` and ``quotes`` of the same articles.
    method : {"lexicon", "vader"}
        ``lexicon``: the news lexicon of the article's language; a word counts for the actors in its
        clause, by the argument it bears on (who attacks, who is praised). ``vader``: English only, the
        compound score of the whole sentence for every actor in it, a baseline that knows no target.
    captions : bool, default False
        Also judge in photo captions.

    Returns
    -------
    DataFrame
        Table ``evaluations``. Polarity is the mean of the cues after shifting, in [-1, 1]: a negation
        multiplies by its weight (-1, or -0.5 for `nauwelijks`) and 0.74, the others by their weight. `source_id`
        is the speaker of the innermost quote that holds the strongest cue, else ``author``.

    Raises
    ------
    UsageError
        For an unknown method.

    Notes
    -----
    Without a parser the clause is cut by punctuation and conjunctions; who acts and who undergoes is told
    by word order, voice and `door` or `by`. Irony, implied judgements and judgements across sentences stay
    unseen. Words inside a direct quote never judge an actor outside it, words of a partial quote do.

    References
    ----------
    Hutto, C. J., & Gilbert, E. (2014). VADER: a parsimonious rule-based model for sentiment analysis of
    social media text. ICWSM. Van Atteveldt, W., Van der Velden, M., & Boukes, M. (2021). The validity of
    sentiment analysis. Communication Methods and Measures, 15(2), 121-140.
    """
    if method not in METHODS:
        raise UsageError(f"code_evaluations: unknown method '{method}'; use one of {', '.join(METHODS)}")
    languages = dict(zip(reading.articles["article_id"], reading.articles["language"], strict=True))
    mentions_of = dict(tuple(mentions.groupby("article_id")))
    quotes_of = dict(tuple(quotes.groupby("article_id")))
    judge = _judge_by_lexicon if method == "lexicon" else _judge_by_vader
    supported = ("nl", "en") if method == "lexicon" else ("en",)
    rows: list[dict[str, Any]] = []
    for key, sentences in reading.sentences.groupby("article_id", sort=True):
        article_id = str(key)
        language = languages[article_id]
        if language not in supported or article_id not in mentions_of:
            continue
        doc = reading.docs[article_id]
        speech = _find_speech(doc, quotes_of.get(article_id))
        found: list[dict[str, Any]] = []
        in_sentence = dict(tuple(mentions_of[article_id].groupby("sentence_id")))
        for sentence in rows_of(sentences):
            if sentence.sentence_id not in in_sentence or (sentence.part == "caption" and not captions):
                continue
            first, last = find_tokens(doc, sentence.start, sentence.end)
            targets = [
                _Target(m.mention_id, m.actor_id, *find_tokens(doc, m.start, m.end))
                for m in rows_of(in_sentence[sentence.sentence_id])
            ]
            for target, cues in judge(doc, first, last, targets, speech, language):
                found.append(_row(article_id, sentence.sentence_id, target, cues, doc, speech, method))
        found.sort(key=lambda row: (row["sentence_id"], row["target_mention_id"]))
        rows += [row | {"evaluation_id": f"{article_id}:e{n:04d}"} for n, row in enumerate(found, start=1)]
    return make_table("evaluations", rows)


def find_cues(doc: Doc, first: int, last: int, language: str) -> list[tuple[Hit[Entry], Cue]]:
    """Judging words among the tokens `first` to `last` of one sentence, with polarity after shifting."""
    shifters = find_hits(doc, load_shifters(language), first, last)
    clauses = split_clauses(doc, first, last, language)
    cues = []
    for hit in find_hits(doc, load_lexicon(language), first, last):
        number = find_clause(clauses, hit.first)
        clause = clauses[number] if number is not None else Clause(first, last)
        cues.append((hit, _shift(doc, hit, [s for s in shifters if clause.first <= s.first < clause.last])))
    return cues


def _shift(doc: Doc, hit: Hit[Entry], shifters: Sequence[Hit[Shifter]]) -> Cue:
    polarity, negated, hedged = hit.record.polarity, False, False
    for shifter in shifters:
        if set(shifter.tokens) & set(hit.tokens):
            continue
        kind, weight = shifter.record.kind, shifter.record.weight
        is_before = 0 < hit.first - shifter.last <= SHIFT_WINDOW
        if kind in ("negation", "denial"):
            # A verb is negated from anywhere in its clause (`Hij liegt niet`); a noun or adjective from before.
            if is_before or (hit.record.pos == "verb" and kind == "negation"):
                negated = not negated
                polarity *= weight * NEGATION_STRENGTH
        elif kind in ("hedge", "conditional"):
            polarity *= weight if not hedged else 1.0
            hedged = True
        elif is_before:
            polarity *= weight
    start, end = doc[hit.first].idx, doc[hit.last].idx + len(doc[hit.last])
    return Cue(max(-1.0, min(1.0, polarity)), start, end, doc.text[start:end], negated, hedged)


def _judge_by_lexicon(
    doc: Doc, first: int, last: int, targets: Sequence[_Target], speech: Sequence[_Speech], language: str
) -> list[tuple[_Target, list[Cue]]]:
    clauses = split_clauses(doc, first, last, language)
    judged: dict[str, list[Cue]] = {}
    for hit, cue in find_cues(doc, first, last, language):
        speaking = _innermost(speech, hit.first)
        heard = [target for target in targets if _is_within_reach(target, speaking, speech)]
        for target in assign_participants(doc, clauses, hit, heard, language):
            judged.setdefault(target.mention_id, []).append(cue)
    return [(target, judged[target.mention_id]) for target in targets if target.mention_id in judged]


def _judge_by_vader(
    doc: Doc, first: int, last: int, targets: Sequence[_Target], *_: Any
) -> list[tuple[_Target, list[Cue]]]:
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    compound = _vader().polarity_scores(doc.text[start:end])["compound"]
    return [(target, [Cue(float(compound), start, end, "whole sentence", False, False)]) for target in targets]


@lru_cache(maxsize=1)
def _vader() -> Any:
    """VADER's analyser, which reads its lexicon when it is made: at first use, not at import."""
    return SentimentIntensityAnalyzer()


def _row(
    article_id: Any,
    sentence_id: Any,
    target: _Target,
    cues: list[Cue],
    doc: Doc,
    speech: Sequence[_Speech],
    method: str,
) -> dict[str, Any]:
    strongest = max(cues, key=lambda cue: (abs(cue.polarity), -cue.start))
    at = target.first if method == "vader" else find_tokens(doc, strongest.start, strongest.end)[0]
    speaking = _innermost(speech, at) or _innermost(speech, target.first)
    return {
        "article_id": article_id,
        "sentence_id": sentence_id,
        "source_id": speaking.source_id if speaking else AUTHOR,
        "target_id": target.actor_id,
        "target_mention_id": target.mention_id,
        "polarity": sum(cue.polarity for cue in cues) / len(cues),
        "p_negative": None,
        "p_neutral": None,
        "p_positive": None,
        "negated": any(cue.negated for cue in cues),
        "hedged": any(cue.hedged for cue in cues),
        "cue_start": strongest.start,
        "cue_end": strongest.end,
        "cues": "|".join(f"{cue.text}:{cue.polarity:+.2f}" for cue in sorted(cues, key=lambda cue: cue.start)),
        "method": method,
    }


def _find_speech(doc: Doc, quotes: pd.DataFrame | None) -> list[_Speech]:
    if quotes is None:
        return []
    return [
        _Speech(
            *find_tokens(doc, quote.start, quote.end),
            source_id=UNNAMED if pd.isna(quote.source_id) else quote.source_id,
            source_mention_id=None if pd.isna(quote.source_mention_id) else quote.source_mention_id,
            is_partial=quote.kind != "direct",
        )
        for quote in rows_of(quotes)
    ]


def _innermost(speech: Sequence[_Speech], token: int) -> _Speech | None:
    holding = [quote for quote in speech if quote.first <= token < quote.last]
    return min(holding, key=lambda quote: quote.last - quote.first, default=None)


def _is_within_reach(target: _Target, speaking: _Speech | None, speech: Sequence[_Speech]) -> bool:
    """Whether a cue said in `speaking` (None: by the author) may judge the target."""
    around = _innermost(speech, target.first)
    if speaking is not None:
        if target.mention_id == speaking.source_mention_id:
            return False
        return around is speaking or speaking.is_partial
    return around is None or around.is_partial
