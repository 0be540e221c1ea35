"""Judging by word lists: the news lexicon with its shifters, and VADER as a baseline that knows no target.

Reads the tokens of one sentence and its actors; returns the cues by the mention they judge and who utters them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from spacy.tokens import Doc, Span
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.coding.evaluations.speech import Speech, Target, innermost, is_within_reach, name_source
from analysis.coding.evaluations.word_order import Clause, assign_participants, find_clause, split_clauses
from analysis.coding.language.lexicon import Entry, Hit, Shifter, find_hits, load_lexicon, load_shifters

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


Judged = dict[tuple[Target, str], list[Cue]]
"""Cues by the mention they judge and the source that utters them."""


def find_cues(doc: Doc, first: int, last: int, language: str) -> list[tuple[Hit[Entry], Cue]]:
    """Judging words among the tokens `first` to `last` of one sentence, with polarity after shifting."""
    shifters = find_hits(doc, load_shifters(language), first, last)
    clauses = split_clauses(doc, first, last, language)
    cues = []
    for hit in find_hits(doc, load_lexicon(language), first, last):
        here = [s for s in shifters if _in_clause(clauses, hit.first, s.first, (first, last))]
        cues.append((hit, _shift(doc, hit, here)))
    return cues


def _in_clause(clauses: Sequence[Clause], token: int, other: int, sentence: tuple[int, int]) -> bool:
    """Whether another token stands in the clause of `token`, or in the sentence where no clause holds it."""
    number = find_clause(clauses, token)
    first, last = (clauses[number].first, clauses[number].last) if number is not None else sentence
    return first <= other < last


def _bearing(
    shifters: Sequence[Hit[Shifter]], first: int, tokens: Sequence[int], *, is_verb: bool
) -> Iterator[tuple[Hit[Shifter], str]]:
    """Shifters of a clause that bear on a word, each with its effect: ``reverse``, ``hedge`` or ``scale``."""
    for shifter in shifters:
        if set(shifter.tokens) & set(tokens):
            continue
        kind = shifter.record.kind
        is_before = 0 < first - shifter.last <= SHIFT_WINDOW
        if kind in ("negation", "denial"):
            # A verb is negated from anywhere in its clause (`Hij liegt niet`), a noun or adjective from before; what is
            # denied is a noun or adjective (`ontkende de fraude`), not the next verb (`ontkende en prees`).
            if (is_verb and kind == "negation") or (is_before and not (is_verb and kind == "denial")):
                yield shifter, "reverse"
        elif kind in ("hedge", "conditional"):
            yield shifter, "hedge"
        elif is_before:
            yield shifter, "scale"


def _shift(doc: Doc, hit: Hit[Entry], shifters: Sequence[Hit[Shifter]]) -> Cue:
    polarity, negated, hedged = hit.record.polarity, False, False
    for shifter, effect in _bearing(shifters, hit.first, hit.tokens, is_verb=hit.record.pos == "verb"):
        weight = shifter.record.weight
        if effect == "reverse":
            negated = not negated
            polarity *= weight * NEGATION_STRENGTH
        elif effect == "hedge":
            polarity *= weight if not hedged else 1.0
            hedged = True
        else:
            polarity *= weight
    return _cue(doc[hit.first : hit.last + 1], max(-1.0, min(1.0, polarity)), negated=negated, hedged=hedged)


def _cue(span: Span, polarity: float, *, negated: bool = False, hedged: bool = False) -> Cue:
    # span.text and not doc.text[...], which builds the text of the whole article every time
    return Cue(polarity, span.start_char, span.end_char, span.text, negated, hedged)


def judge_by_lexicon(
    doc: Doc, first: int, last: int, targets: Sequence[Target], speech: Sequence[Speech], language: str
) -> Judged:
    """Cues of the lexicon, by the actor of their clause that they bear on."""
    clauses = split_clauses(doc, first, last, language)
    judged: Judged = {}
    for hit, cue in find_cues(doc, first, last, language):
        speaking = innermost(speech, hit.first)
        heard = [target for target in targets if is_within_reach(target, speaking, speech)]
        for target in assign_participants(doc, clauses, hit, heard, language):
            judged.setdefault((target, name_source(speaking)), []).append(cue)
    return judged


def judge_by_vader(
    doc: Doc, first: int, last: int, targets: Sequence[Target], speech: Sequence[Speech], _: str
) -> Judged:
    """The compound score of the whole sentence, for each of its actors."""
    cue = _cue(doc[first:last], float(_vader().polarity_scores(doc[first:last].text)["compound"]))
    judged: Judged = {}
    for target in targets:
        judged[target, name_source(innermost(speech, target.first))] = [cue._replace(text="whole sentence")]
    return judged


@lru_cache(maxsize=1)
def _vader() -> Any:
    """VADER's analyser, which reads its lexicon when it is made: at first use, not at import."""
    return SentimentIntensityAnalyzer()


def make_row(target: Target, source_id: str, cues: list[Cue]) -> dict[str, Any]:
    """What the cues of a mention say of it, as part of a row of ``evaluations``."""
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
