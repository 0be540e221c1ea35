"""Reported speech and speech between quotation marks put together: which words are said, by whom, within which speech.

Reads the attributions of spans between marks and the `Report` rows of a parsed article; returns `Said` rows. Between
marks the words are settled; the tree settles who says them, what is said around them, and what is said within what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from analysis.coding.language.marks import Span
from analysis.coding.quotes.content import QUOTE_MARKS, THAT
from analysis.coding.quotes.context import Attribution
from analysis.coding.quotes.heads import can_speak, find_speaking, is_first_person, speaker_at, speaker_beside
from analysis.coding.quotes.phrases import (
    find_colon,
    find_lead_in,
    find_look_back,
    find_nouns,
    find_prepositions,
    has_hearsay,
)
from analysis.coding.quotes.reports import Report, find_verb_reports
from analysis.coding.quotes.speakers import ArticleView, Speaker
from analysis.coding.quotes.verbs import find_kinds
from analysis.coding.syntax.trees import find_tokens

_WORD = re.compile(r"\w+")
_WEAK = ("unattributed", "continued", "introduced", "shared", "colon")
"""Patterns across sentences: a reporting word in a tree tells more."""
_KEPT_APART = ("naming", "judgement", "content_object", "about", "noun_clause", "denial")
"""Patterns whose words are the narrator's but for those between marks."""
_AROUND = ("verb_after", "set_off", "as_clause", "infinitive")


@dataclass(frozen=True)
class Said:
    """One stretch of speech: half-open characters, its attribution, and where its reporting word stands."""

    start: int
    end: int
    kind: str
    attribution: Attribution
    span: Span | None = None
    cue_at: int | None = None


def correct_speaker(view: ArticleView, doc: Doc, attribution: Attribution, span: Span) -> Attribution:
    """The attribution of a span between marks with the speaker that the tree gives its verb."""
    if attribution.cue_start is None or attribution.cue_end is None or attribution.cue == ":":
        return attribution
    first, last = find_tokens(doc, attribution.cue_start, attribution.cue_end)
    if attribution.rule.startswith("verb_colon"):
        last_verb = _last_verb(view, doc, last, span)
        if last_verb is not None:
            speaker = speaker_at(view, find_speaking(last_verb))
            end = last_verb.idx + len(last_verb)
            return Attribution("verb_colon" + speaker.suffix, speaker.mention, last_verb.text, last_verb.idx, end)
    verbs = [one for one in doc[first:last] if one.pos_ in ("VERB", "AUX") and one.dep_ not in ("aux", "aux:pass")]
    for verb in verbs:
        speaking = find_speaking(verb)
        if speaking is None or view.is_quoted(speaking.idx):
            continue
        speaker = speaker_at(view, speaking)
        if speaker.mention is None and speaking.pos_ == "PRON":
            return attribution
        rule = attribution.rule.removesuffix("_pronoun").removesuffix("_spokesperson")
        return attribution._replace(rule=rule + speaker.suffix, mention=speaker.mention)
    return attribution


def _last_verb(view: ArticleView, doc: Doc, start: int, span: Span) -> Token | None:
    """A participle of saying between a verb and the colon: ``zei dat de rechter had gezegd: ‘...’``."""
    _, stop = find_tokens(doc, max(0, span.open - 1), span.open)
    for token in reversed(doc[start:stop]):
        if token.pos_ == "VERB" and "verb" in find_kinds(token, view.reporting):
            return token
    return None


def find_reports(view: ArticleView, doc: Doc) -> list[Report]:
    """Reported speech of an article by every pattern, in text order."""
    found: list[Report] = []
    previous: tuple[int, int] | None = None
    told: Report | None = None
    lead_in: Report | None = None
    paragraph = -1
    bounds = [find_tokens(doc, start, end) for start, end in view.sentences]
    for n, (first, last) in enumerate(bounds):
        here = next((k for k, (s, e) in enumerate(view.paragraphs) if s <= view.sentences[n][0] < e), -1)
        at_start = here != paragraph
        if at_start:
            previous, told, paragraph = None, None, here
        stop = find_tokens(doc, *view.paragraphs[here])[1] if here >= 0 else last
        reports = find_colon(doc, first, last, stop, view.reporting)
        start = reports[0].pieces[0][0] if reports and reports[0].rule == "verb_colon" else first
        if at_start and lead_in is not None:
            reports.append(lead_in._replace(pieces=((first, _end_of_block(view, doc, first, stop)),)))
        reports += find_look_back(doc, first, last, previous, view.reporting)
        reports += find_prepositions(doc, start, last, view.reporting)
        known = {i for report in reports for i in report.cue}
        reports += [one for one in find_verb_reports(doc, start, last, view.reporting) if not known & set(one.cue)]
        reports += find_nouns(doc, first, last, view.reporting)
        outside = [one for one in reports if not view.is_quoted(doc[one.at].idx)]
        if not outside and told is not None and view.reporting.language == "nl" and has_hearsay(doc, first, last):
            words = [i for i in range(first, last) if doc[i].is_alpha]
            if words and not view.is_quoted(doc[words[0]].idx):
                reports.append(told._replace(rule="continued_zou", at=-1, cue=(), pieces=((words[0], words[-1] + 1),)))
                outside = [told]
        told = next((one for one in reversed(outside) if one.speaking is not None), None)
        previous = (first, last)
        lead_in = find_lead_in(doc, first, last, view.reporting) if last >= stop else None
        found += sorted(reports, key=lambda one: (one.at, one.rule))
    return found


def _end_of_block(view: ArticleView, doc: Doc, first: int, stop: int) -> int:
    """Where a paragraph that a colon announces ends: with its first quotation, where it opens with one."""
    opening = next((span for span in view.outer if abs(span.open - doc[first].idx) <= 1), None)
    return stop if opening is None else min(stop, find_tokens(doc, opening.open, opening.close)[1])


def join(view: ArticleView, doc: Doc, direct: list[Said]) -> list[Said]:
    """Speech between marks and reported speech as rows that stand apart or within one another.

    Parameters
    ----------
    direct : list of Said
        Spans between marks with their attribution.
    """
    rows = list(direct)
    reported: list[Said] = []
    for report in find_reports(view, doc):
        speaker = speaker_at(view, report.speaking)
        if report.speaking is None and report.cue and report.rule not in ("passive_clause", "noun_clause"):
            speaker = speaker_beside(view, doc, report.cue[0])
        if report.rule == "colon_clause" and speaker.mention is None and not can_speak(report.speaking):
            continue
        attribution = _attribute(doc, report, speaker)
        around = next((row for row in direct if _holds(row, attribution.cue_start)), None)
        is_used = any(row.cue_at is not None and row.cue_at == attribution.cue_start for row in direct)
        pieces = [piece for piece in report.pieces if len(report.pieces) == 1 or piece[1] - piece[0] > 1]
        for first, last in pieces:
            start, end = _characters(view, doc, first, last)
            if start >= end:
                continue
            if around is not None:
                reported += _within(view.text, report, attribution, around, start, end)
            else:
                if is_used and report.rule in _AROUND and not any(r.start < end and start < r.end for r in direct):
                    continue  # the narrator's words before `zei X: ‘...’`
                rows, new = _beside(view, rows, report, attribution, start, end)
                reported += new
    return _order(rows, reported)


def _attribute(doc: Doc, report: Report, speaker: Speaker) -> Attribution:
    rule = report.rule + speaker.suffix
    if not report.cue:
        return Attribution(rule, speaker.mention, None, None, None)
    tokens = [doc[i] for i in report.cue]
    return Attribution(
        rule, speaker.mention, " ".join(one.text for one in tokens), tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    )


def _holds(row: Said, position: int | None) -> bool:
    return position is not None and row.start <= position < row.end


def _characters(view: ArticleView, doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Characters of a stretch of tokens, without punctuation at its ends, with both marks of a span or neither."""
    while first < last and not doc[first].text[:1].isalnum() and not _opens(view, doc[first].idx):
        first += 1
    while last > first and not doc[last - 1].text[-1:].isalnum() and doc[last - 1].text not in ("%", ")", "’s"):
        last -= 1
    if first >= last:
        return 0, 0
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    for span in view.outer:
        if start <= span.start < end <= span.close and span.open >= start - 1:
            end = max(end, span.close) if span.open >= start else end
        if span.open < start <= span.start and span.close <= end:
            start = span.open
    return start, end


def _opens(view: ArticleView, position: int) -> bool:
    return any(span.open == position for span in view.outer)


def _within(text: str, report: Report, attribution: Attribution, around: Said, start: int, end: int) -> list[Said]:
    """Speech inside speech between marks: kept where somebody else than its speaker is said to speak."""
    start, end = max(start, around.start), min(end, around.end)
    end = start + len(text[start:end].rstrip(" ,.;:")) if end == around.end else end
    speaker = around.attribution.mention
    mention = attribution.mention
    if start >= end or is_first_person(report.speaking) or report.speaking is None:
        return []
    if mention is None and report.speaking.pos_ == "PRON":
        return []
    if mention is not None and speaker is not None and mention.actor_id == speaker.actor_id:
        return []
    return [Said(start, end, "indirect", attribution, None, attribution.cue_start)]


def _beside(
    view: ArticleView, rows: list[Said], report: Report, attribution: Attribution, start: int, end: int
) -> tuple[list[Said], list[Said]]:
    """Reported speech outside speech between marks, or around some of it."""
    touched = [row for row in rows if row.start < end and start < row.end]
    text = view.text
    outside = [
        match
        for match in _WORD.finditer(text, start, end)
        if not any(row.start <= match.start() < row.end for row in touched)
    ]
    if not touched:
        is_marked = any(span.open <= start and end <= span.close for span in view.outer)
        kind = "direct" if is_marked and report.rule.endswith("colon_clause") else "indirect"
        return rows, [Said(start, end, kind, attribution, None, attribution.cue_start)]
    if not outside or report.rule in _KEPT_APART or (len(outside) == 1 and outside[0][0].lower() in THAT):
        if attribution.mention is None or report.rule.startswith("colon"):
            return rows, []
        weak = [row for row in touched if _is_nearer(row, attribution)]
        told = attribution.cue_start
        return [replace(row, attribution=attribution, cue_at=told) if row in weak else row for row in rows], []
    inside = [row for row in touched if row.span is not None and start <= row.span.open and row.span.close <= end]
    cut = [row for row in touched if row not in inside]
    whole = [row for row in inside if _is_sentence(view, row) and row.attribution.cue_start != attribution.cue_start]
    own = [row for row in whole if _has_other_speaker(row, attribution)]  # speech within this speech
    for row in (*cut, *(row for row in whole if row not in own)):
        opened, closed = (row.span.open, row.span.close) if row.span is not None else (row.start, row.end)
        if opened <= start < closed:
            start = closed
        elif opened < end:
            end = min(end, opened)
    while start < end and not (text[start].isalnum() or text[start] in QUOTE_MARKS):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in QUOTE_MARKS):
        end -= 1
    if len(_WORD.findall(text, start, end)) < 2:
        return rows, []
    merged = [row for row in inside if start <= row.start and row.end <= end and row not in own]
    rows = [row for row in rows if row not in merged]
    kind = "partial" if merged else "indirect"
    return rows, [Said(start, end, kind, attribution, None, attribution.cue_start)]


def _is_nearer(row: Said, attribution: Attribution) -> bool:
    """Whether the verb of a report tells more of a quote than what was found without a tree."""
    name = row.attribution.rule
    is_far = name.startswith(("verb_before", "verb_later")) and row.cue_at != attribution.cue_start
    return is_far or name.split("_")[0] in _WEAK


def _has_other_speaker(row: Said, attribution: Attribution) -> bool:
    one, other = row.attribution.mention, attribution.mention
    return one is not None and other is not None and one.actor_id != other.actor_id


def _is_sentence(view: ArticleView, row: Said) -> bool:
    """Whether a span between marks is a sentence by itself."""
    said = view.text[row.start : row.end]
    return row.kind == "direct" and said[:1].isupper() and len(said.split()) > 3


def _order(rows: list[Said], reported: list[Said]) -> list[Said]:
    """Rows without doubles: reported speech within reported speech has another speaker, or is left out."""
    kept: list[Said] = []
    for row in sorted(reported, key=lambda one: (one.start - one.end, one.start)):
        holding = [one for one in (*rows, *kept) if one.start <= row.start and row.end <= one.end]
        crossing = [
            one
            for one in (*rows, *kept)
            if one.start < row.end and row.start < one.end and one not in holding
            and not (row.start <= one.start and one.end <= row.end)
        ]  # fmt: skip
        if crossing:
            continue
        if holding:
            inner = min(holding, key=lambda one: one.end - one.start)
            is_same = (inner.start, inner.end) == (row.start, row.end)
            mention, outer = row.attribution.mention, inner.attribution.mention
            if is_same or mention is None or (outer is not None and mention.actor_id == outer.actor_id):
                continue
            if row.cue_at is not None and not (inner.start <= row.cue_at < inner.end):
                continue
        kept.append(row)
    return sorted([*rows, *kept], key=lambda one: (one.start, -one.end))


def find_outer(found: list[Said], said: Said) -> int | None:
    """Position of the smallest row that holds another, or None."""
    holding = [
        n
        for n, one in enumerate(found)
        if one is not said
        and one.start <= said.start
        and said.end <= one.end
        and one.end - one.start > said.end - said.start
    ]
    return min(holding, key=lambda n: found[n].end - found[n].start, default=None)
