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
from spacy.tokens import Doc, Span
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.coding.clauses import Clause, find_clause, find_tokens, split_clauses
from analysis.coding.lexicon import Entry, Hit, Shifter, find_hits, load_lexicon, load_shifters
from analysis.coding.participants import assign_participants
from analysis.errors import UsageError
from analysis.reading import Reading
from analysis.schema import AUTHOR, UNNAMED, group_rows, make_table

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


_Judged = dict[tuple[_Target, str], list[Cue]]
"""Cues by the mention they judge and the source that utters them."""


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
        is the speaker of the innermost quote that holds the cues, else ``author``: a mention that two voices
        judge in one sentence has a row for each.

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
    languages = reading.languages
    mentions_of = group_rows(mentions, "article_id", "sentence_id")
    quotes_of = group_rows(quotes, "article_id")
    judge = _judge_by_lexicon if method == "lexicon" else _judge_by_vader
    supported = ("nl", "en") if method == "lexicon" else ("en",)
    rows: list[dict[str, Any]] = []
    for article_id, sentences in group_rows(reading.sentences, "article_id").items():
        language = languages[article_id]
        if language not in supported:
            continue
        doc = reading.docs[article_id]
        speech = _find_speech(doc, quotes_of.get(article_id, []))
        found: list[dict[str, Any]] = []
        for sentence in sentences:
            here = mentions_of.get((article_id, sentence.sentence_id))
            if here is None or (sentence.part == "caption" and not captions):
                continue
            first, last = find_tokens(doc, sentence.start, sentence.end)
            targets = [_Target(m.mention_id, m.actor_id, *find_tokens(doc, m.start, m.end)) for m in here]
            heard = [quote for quote in speech if quote.first < last and first < quote.last]
            judged = judge(doc, first, last, targets, heard, language)
            for (target, source_id), cues in sorted(judged.items(), key=lambda item: (item[0][0].first, item[0][1])):
                about = {"article_id": article_id, "sentence_id": sentence.sentence_id, "method": method}
                found.append(about | _row(target, source_id, cues))
        rows += [row | {"evaluation_id": f"{article_id}:e{n:05d}.{method}"} for n, row in enumerate(found, start=1)]
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
            # A verb is negated from anywhere in its clause (`Hij liegt niet`), a noun or adjective from before; what is
            # denied is a noun or adjective (`ontkende de fraude`), not the next verb (`ontkende en prees`).
            is_verb = hit.record.pos == "verb"
            if (is_verb and kind == "negation") or (is_before and not (is_verb and kind == "denial")):
                negated = not negated
                polarity *= weight * NEGATION_STRENGTH
        elif kind in ("hedge", "conditional"):
            polarity *= weight if not hedged else 1.0
            hedged = True
        elif is_before:
            polarity *= weight
    return _cue(doc[hit.first : hit.last + 1], max(-1.0, min(1.0, polarity)), negated=negated, hedged=hedged)


def _cue(span: Span, polarity: float, *, negated: bool = False, hedged: bool = False) -> Cue:
    # span.text and not doc.text[...], which builds the text of the whole article every time
    return Cue(polarity, span.start_char, span.end_char, span.text, negated, hedged)


def _judge_by_lexicon(
    doc: Doc, first: int, last: int, targets: Sequence[_Target], speech: Sequence[_Speech], language: str
) -> _Judged:
    clauses = split_clauses(doc, first, last, language)
    judged: _Judged = {}
    for hit, cue in find_cues(doc, first, last, language):
        speaking = _innermost(speech, hit.first)
        heard = [target for target in targets if _is_within_reach(target, speaking, speech)]
        for target in assign_participants(doc, clauses, hit, heard, language):
            judged.setdefault((target, speaking.source_id if speaking else AUTHOR), []).append(cue)
    return judged


def _judge_by_vader(
    doc: Doc, first: int, last: int, targets: Sequence[_Target], speech: Sequence[_Speech], _: str
) -> _Judged:
    cue = _cue(doc[first:last], float(_vader().polarity_scores(doc[first:last].text)["compound"]))
    judged: _Judged = {}
    for target in targets:
        around = _innermost(speech, target.first)
        judged[target, around.source_id if around else AUTHOR] = [cue._replace(text="whole sentence")]
    return judged


@lru_cache(maxsize=1)
def _vader() -> Any:
    """VADER's analyser, which reads its lexicon when it is made: at first use, not at import."""
    return SentimentIntensityAnalyzer()


def _row(target: _Target, source_id: str, cues: list[Cue]) -> dict[str, Any]:
    strongest = max(cues, key=lambda cue: (abs(cue.polarity), -cue.start))
    return {
        "source_id": source_id,
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
    }


def _find_speech(doc: Doc, quotes: Sequence[Any]) -> list[_Speech]:
    return [
        _Speech(
            *find_tokens(doc, quote.start, quote.end),
            source_id=UNNAMED if pd.isna(quote.source_id) else quote.source_id,
            source_mention_id=None if pd.isna(quote.source_mention_id) else quote.source_mention_id,
            is_partial=quote.kind != "direct",
        )
        for quote in quotes
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
