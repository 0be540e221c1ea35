"""Speech between quotation marks and its speaker: the cue beside the marks, and whose words it hands on.

Reads an `ArticleView` and one span between marks with the narrator's words around it; returns an `Attribution`, or None
where the marks enclose no speech (a title, a word held at arm's length). `PATTERNS` has the ways in their order: the
words right after the marks, those before, the end of the sentence, and last the sentences before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from analysis.coding.language.marks import Span
from analysis.coding.language.reporting import Cue
from analysis.coding.language.tokens import Word, function_words
from analysis.coding.quotes.article import ArticleView, Attribution, Speaker
from analysis.coding.quotes.speakers import find_subject, speaker_after, speaker_of
from analysis.coding.syntax.trees import INFINITIVE_MARKERS
from analysis.contracts.words import load_both

_TITLES = load_both("quotes", "title_openers")
_ADVERBS = load_both("quotes", "adverbs_before_verb")
_GOES_ON = load_both("quotes", "continuing_conjunctions")
_SUBORDINATE = load_both("quotes", "subordinate_openers")
_ARTICLES = load_both("function_words", "speaker_determiners")
_STOP = re.compile(r"(?:(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\bMrs)(?<!\bProf)(?<!\bdrs)\.|[;:])\s")
"""The end of a sentence or clause, but no title or initial (``Mr. Poot said``)."""
_BESIDE = 14
"""Most words between a quote and the verb that its clause begins with."""


class Context(NamedTuple):
    """A span with the narrator's words around it: its sentence, and the spans before and after in its paragraph."""

    view: ArticleView
    span: Span
    left: int
    right: int
    previous: Span | None
    before: Attribution | None
    following: Span | None

    @property
    def lead(self) -> str:
        """The text from the beginning of the sentence to the opening mark."""
        return self.view.text[self.left : self.span.open]

    @property
    def narrated(self) -> str:
        """The narrator's words before the span in its sentence, from the span before on."""
        has_previous = self.previous is not None and self.previous.close > self.left
        start = self.previous.close if has_previous and self.previous is not None else self.left
        return self.view.text[start : self.span.open]

    @property
    def stop(self) -> int:
        """Where the narrator's words after the span end: the next span or the end of the sentence."""
        return min(self.right, self.following.open) if self.following else self.right

    @property
    def said(self) -> str:
        """The text between the marks."""
        return self.view.text[self.span.start : self.span.end]

    @property
    def is_long(self) -> bool:
        """Whether the span has the capital and the length of a sentence."""
        return self.said[:1].isupper() and len(self.said.split()) > 3

    @property
    def is_sentence(self) -> bool:
        """Whether the span is a sentence of its own rather than part of the narrator's."""
        return self.is_long and (self.said[-1:] in ".!?…," or not self.lead.strip(" ‘“'\"–—-"))

    @property
    def is_embedded(self) -> bool:
        """Whether the narrator's sentence runs into the span, so that the speech is partial."""
        lead = self.narrated.strip(" –—-\n\xa0(")
        return bool(lead) and lead[-1:] not in ":,." and not self.is_sentence

    @property
    def is_alone(self) -> bool:
        """Whether the span is one or more sentences by itself, without words of the narrator."""
        is_first = not re.search(r"\w", self.narrated) or re.search(r"[.!?]\s*\Z", self.narrated) is not None
        return self.is_long and is_first and not re.search(r"\w", self.view.text[self.span.close : self.stop])


def _make(
    rule: str, speaker: Speaker | None, cue: Cue | None = None, *, is_partial: bool = False, is_weak: bool = False
) -> Attribution:
    text, start, end = (None, None, None) if cue is None else (cue.text, cue.start, cue.end)
    found = speaker or Speaker(None)
    return Attribution(rule + found.suffix, found.mention, text, start, end, is_partial, is_weak)


def _split(context: Context) -> Attribution | None:
    """``‘Het is genoeg’, zei Poot, ‘maar wij blijven rustig’``: the second half has the speaker of the first."""
    before, previous = context.before, context.previous
    if before is None or previous is None or before.cue_start is None or previous.close <= context.left:
        return None
    between = context.view.text[previous.close : context.span.open]
    is_new = context.is_sentence and re.search(r"[.!?]\s*\Z", between) is not None
    if before.cue_start < previous.close or is_new or not between.rstrip().endswith((",", ":", ".", ";")):
        return None
    return before._replace(rule="split", is_partial=False)


def _after(context: Context) -> Attribution | None:
    """``‘...’, zei Karel Poot``; ``“...,” Ortega said``; ``‘...’, aldus Karel Poot``: the clause after the marks."""
    view, close = context.view, context.span.close
    words = view.words_in(close, context.stop)
    if not words or re.search(r"[.;:!?]", view.text[close : words[0].start]):
        return None
    preposition = _find_preposition(view, words[:5])
    if preposition is not None and preposition.start == words[0].start:
        speaker = speaker_after(view, preposition.end, context.stop)
        return _make("adverb_after", speaker, preposition, is_partial=context.is_embedded)
    cue = next(iter(view.cues_in(close, context.stop)), None)
    lead = [] if cue is None else [word.text.lower() for word in words if word.start < cue.start]
    if cue is None or len(lead) > _BESIDE or (lead and lead[0] in _GOES_ON - _ADVERBS):
        return _any_verb(context, words)
    if set(lead) <= _ADVERBS and view.text[cue.first_end : cue.first_end + 1] not in (".", ";"):
        speaker = speaker_of(view, cue, close, context.stop, after=True)
        return None if speaker is None else _make("verb_after", speaker, cue, is_partial=context.is_embedded)
    is_parted = context.said[-1:] in ",?!.…—–-" or view.text[close : close + 2].lstrip().startswith(",")
    if not is_parted or _STOP.search(view.text[close : cue.start]) or cue.is_heard:
        return _any_verb(context, words)
    speaker = speaker_of(view, cue, close, cue.start) or Speaker(None)
    return _make("subject_verb_after", speaker, cue, is_partial=context.is_embedded)


def _any_verb(context: Context, words: list[Word]) -> Attribution | None:
    """``‘Geen boeren, geen brood’, zong de menigte``: after a sentence any verb before an actor reports it."""
    view, verb, said = context.view, words[0], context.said
    gap = view.text[context.span.close : verb.start].strip()
    is_whole = context.is_sentence or said[-1:] in ",!?"
    is_verb = verb.text.islower() and verb.text not in function_words(view.reporting.language)
    if len(words) < 2 or not is_whole or not is_verb or not (gap == "," or (not gap and said[-1:] in ",?!")):
        return None
    speaker = speaker_after(view, verb.end, context.stop)
    if speaker is None or (speaker.mention is None and words[1].text.lower() not in _ARTICLES):
        return None
    return _make("any_verb_after", speaker, Cue(verb.start, verb.end, verb.text, verb.end))


def _colon(context: Context) -> Attribution | None:
    """``Op het plein zei Van Dalen: “...”`` (verb_colon); ``Hanneke van Dalen: ‘...’`` (colon)."""
    view, left = context.view, context.left
    at = left + len(context.lead.rstrip()) - 1
    if not context.lead.rstrip().endswith(":"):
        return None
    cue = next(reversed(view.cues_in(left, at)), None)
    named = view.mentions_in(left, at)
    is_other = bool(cue and named and named[0].end < cue.start) and any(
        word.text.lower() in _SUBORDINATE for word in view.words_in(named[0].end, cue.start if cue else at)
    )
    if cue is not None and not is_other:
        return _make("verb_colon", speaker_of(view, cue, left, at), cue)
    subject = find_subject(view, left, at) or Speaker(next(iter(named), None))
    return _make("colon", subject, Cue(at, at + 1, ":", at + 1), is_weak=True)


def _according_to(context: Context) -> Attribution | None:
    """``Volgens Van Dalen is het plan “een eerste stap”``; ``Het plan is ‘een stap’ volgens haar``."""
    view, is_partial = context.view, context.is_embedded or not context.is_sentence
    for start, end in ((context.left, context.span.open), (context.span.close, context.stop)):
        cue = _find_preposition(view, view.words_in(start, end))
        speaker = None if cue is None else speaker_after(view, cue.end, end)
        if speaker is not None and (speaker.mention is not None or start == context.left):
            return _make("according_to", speaker, cue, is_partial=is_partial)
    return None


def _find_preposition(view: ArticleView, words: list[Word]) -> Cue | None:
    """The first preposition of reporting (volgens, according to) among words."""
    lowered = [word.text.lower() for word in words]
    for n, word in enumerate(words):
        for parts in view.reporting.prepositions:
            if tuple(lowered[n : n + len(parts)]) == parts:
                end = words[n + len(parts) - 1].end
                return Cue(word.start, end, view.text[word.start : end], end)
    return None


def _verb_before(context: Context) -> Attribution | None:
    """``X noemt het ‘onverstandig’``; ``X liet weten een ‘geplande ontregeling’ te zien``; ``X said, “...”``."""
    view, left, start = context.view, context.left, context.span.open
    words = view.words_in(left, start)
    is_title = bool(words) and words[-1].text.lower() in _TITLES  # the musical “Harbour Nights”
    if is_title or re.search(r"[.!?]\s*\Z", context.lead):
        return None
    for cue in reversed(view.cues_in(left, start)):
        before = view.words_in(left, cue.start)
        is_other = cue.is_heard or bool(before and before[-1].text.lower() in INFINITIVE_MARKERS)
        speaker = None if is_other else speaker_of(view, cue, left, start)
        if speaker is not None:
            is_whole = context.is_sentence and context.lead.rstrip()[-1:] in ",:"
            return _make("verb_before", speaker, cue, is_partial=not is_whole, is_weak=True)
    return None


def _verb_later(context: Context) -> Attribution | None:
    """``De ‘regelzucht’ moet stoppen, zegt Karel Poot``: the cue closes the sentence that the quote is part of."""
    view, close = context.view, context.span.close
    for cue in reversed(view.cues_in(close, context.right)):
        comma = view.text.rfind(",", close, cue.start)
        lead = view.words_in(comma, cue.start) if comma >= 0 else []
        if comma < 0 or len(lead) > _BESIDE / 2:
            continue
        speaker = speaker_of(view, cue, comma, context.right if not lead else cue.start, after=not lead)
        if speaker is not None and speaker.mention is not None:
            return _make("verb_later", speaker, cue, is_partial=True, is_weak=True)
    return None


def _turn(context: Context) -> Attribution | None:
    """A paragraph that is a quote, right after one that quotes: whoever spoke before the last one speaks again."""
    view, previous = context.view, context.previous
    turns = [mention for at, mention in view.said if at < context.span.open]
    if previous is None or not context.is_alone or not turns:
        return None
    if view.text[previous.close : context.span.open].strip():
        return None
    other = next((one for one in reversed(turns) if one.actor_id != turns[-1].actor_id), turns[-1])
    return Attribution("turn", other, is_weak=True)


def _introduced(context: Context) -> Attribution | None:
    """``Karel Poot zette Van Dalen op haar plaats. ‘Weer krijgt hij de schuld.’``: the subject just before."""
    view, opens = context.view, context.span.open
    if not context.is_alone:
        return None
    here = view.sentence_at(opens)
    for n in range(here, max(-1, here - 2), -1):
        start, end = view.sentences[n][0], min(view.sentences[n][1], opens)
        words = view.words_in(start, end)
        if not words:
            continue
        if n == here or "\n\n" in view.text[end:opens]:
            return None
        subject = find_subject(view, start, end)
        return None if subject is None else _make("introduced", subject, is_weak=True)
    return None


def _unattributed(context: Context) -> Attribution | None:
    """``‘Zo gaat het hier nu altijd.’`` where nobody is near: speech, but nobody's."""
    return Attribution("unattributed", None, is_weak=True) if context.is_alone else None


PATTERNS: tuple[Callable[[Context], Attribution | None], ...] = (
    _split, _colon, _after, _according_to, _verb_before, _verb_later, _turn, _introduced,
    _unattributed,
)  # fmt: skip
"""The ways to a speaker in their order; the first that fits decides."""


def attribute(context: Context) -> Attribution | None:
    """Speaker and cue of a span, or None where it is no speech."""
    return next((found for pattern in PATTERNS if (found := pattern(context)) is not None), None)
