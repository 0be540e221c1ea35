"""Speech without quotation marks: reported clauses found by their surface.

Reads an `ArticleView` and one sentence; returns what is said, by whom, and the pattern. There is no parser: a
clause runs from the word after ``dat`` to the end of its sentence, and only plain word orders are known.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from analysis.coding.language.reporting import Cue
from analysis.coding.quotes.context import Attribution
from analysis.coding.quotes.cues import find_preposition
from analysis.coding.quotes.speakers import (
    PREPOSITIONS,
    PRONOUNS,
    ArticleView,
    Speaker,
    speaker_after,
    speaker_before,
    speaker_named_by,
    speaker_of,
)
from analysis.contracts.words import load_both, load_by_language, load_words

_THAT = load_by_language("clauses", "that_conjunctions")
_SAY_EN = load_words("quotes", "bare_clause_verbs", "en")
_CLAUSE_EN = re.compile(
    rf"\s+(?:(?:{'|'.join(map(re.escape, sorted(load_words('quotes', 'bare_clause_openers', 'en'))))})\b|[A-Z])"
)
_INFINITIVE = {
    "nl": re.compile(r"\bte (?:\w+en|zijn|gaan|doen|zien|staan)\b"),
    "en": re.compile(r"\s+to [a-z]+"),
}
_PROMISES = load_both("quotes", "announcing_verbs")
_SUBORDINATE = load_both("quotes", "subordinating_conjunctions")
_NOT_SPEAKERS = load_both("quotes", "unspeaking_words")
_NAMING = tuple(sorted(load_both("quotes", "naming_stems")))
_ADVERBS = load_both("quotes", "report_adverbs")
_UNREPORTED = load_both("quotes", "unreported_openers")


class Reported(NamedTuple):
    """A reported clause: half-open characters and its attribution."""

    start: int
    end: int
    attribution: Attribution


def find_reported(view: ArticleView, start: int, end: int) -> list[Reported]:
    """Reported clauses of one sentence.

    Parameters
    ----------
    view : ArticleView
        The article.
    start, end : int
        The sentence.

    Returns
    -------
    list of Reported
        None or one: the first pattern that fits decides.
    """
    stop = end
    while stop > start and view.text[stop - 1] in ".!?… \n’”\"')":
        stop -= 1
    if stop - start < 12:
        return []
    cues = [cue for cue in view.cues_in(start, stop) if not cue.text.lower().startswith(_NAMING)]
    cues = [cue for cue in cues if not cue.is_heard or view.text[start : cue.start].rstrip().endswith(",")]
    for rule in (_according_to, _that_clause, _announcement, _denial, _comma_after, _bare_clause):
        reported = rule(view, start, stop, cues)
        if reported is not None and reported.end - reported.start > 3:
            return [reported]
    return []


def _make(
    view: ArticleView, rule: str, speaker: Speaker, cue: Cue | tuple[str, int, int], start: int, end: int
) -> Reported:
    words = (cue.text, cue.start, cue.end) if isinstance(cue, Cue) else cue
    while start < end and view.text[start] in " ,:\n\xa0":
        start += 1
    while end > start and view.text[end - 1] in " ,;\n\xa0":
        end -= 1
    return Reported(start, end, Attribution(rule + speaker.suffix, speaker.mention, *words))


def _according_to(view: ArticleView, start: int, stop: int, _cues: list[Cue]) -> Reported | None:
    """``Volgens X verdwijnen er boerderijen``; ``De regels blijven, aldus X``; ``Dat is volgens X onzin``."""
    words = view.words_in(start, stop)
    cue = find_preposition(view, words)
    speaker = None if cue is None else speaker_named_by(view, cue, stop)
    if cue is None or speaker is None:
        return None
    phrase = [word for word in words if word.start >= cue[2]][:3]
    if speaker.mention is None and (not phrase or any(word.text.lower() in _NOT_SPEAKERS for word in phrase)):
        return None
    if speaker.mention is not None and not speaker.suffix.startswith("_pronoun"):
        phrase_end = speaker.mention.end
    else:
        phrase_end = (
            phrase[0].end
            if speaker.suffix or phrase[0].text.lower() in PRONOUNS
            else phrase[min(1, len(phrase) - 1)].end
        )
    n_before = sum(word.end <= cue[1] for word in words)
    n_after = sum(word.start >= phrase_end for word in words)
    before = view.text[start : cue[1]].rstrip()
    if n_before >= 3 and (before.endswith(",") or n_after == 0):
        return _make(view, "adverb_after", speaker, cue, start, cue[1])
    rest = view.text[phrase_end:stop]
    if rest.startswith(","):
        second = rest.find(",", 1)
        is_insertion = view.reporting.language == "nl" or re.match(r",\s(?:which|who|whose|a|an|the)\b", rest)
        if is_insertion and 0 < second < 100:
            phrase_end += second
    is_inserted = n_before >= 2 and n_after in (1, 2) and not before.endswith(",")  # Het plan is volgens X onzin
    if n_after < 2 and not is_inserted:
        return None
    return _make(view, "according_to", speaker, cue, start if is_inserted else phrase_end, stop)


def _that_clause(view: ArticleView, start: int, stop: int, cues: list[Cue]) -> Reported | None:
    """``Van Dalen zei eerder deze week dat ...``; ``Ortega told Reuters that ...``."""
    words = view.words_in(start, stop)
    for cue in cues:
        later = [word for word in words if word.start >= cue.first_end][:16]
        that = next((word for word in later if word.text.lower() in _THAT[view.reporting.language]), None)
        if that is None or re.search(r"[.;:!?]", view.text[cue.first_end : that.start]):
            continue
        if any(other.start > cue.first_end and other.start < that.start for other in cues) and len(later) > 10:
            continue
        speaker = speaker_before(view, start, cue.start, that.start) or speaker_after(view, cue.first_end, that.start)
        if speaker is not None:
            return _make(view, "that_clause", speaker, cue, that.end, stop)
    return None


def _announcement(view: ArticleView, start: int, stop: int, cues: list[Cue]) -> Reported | None:
    """``Van Dalen liet maandag weten de regels te schrappen``; ``Ortega vowed to keep the port closed``."""
    for cue in cues:
        if " " not in cue.text and cue.text.lower() not in _PROMISES:
            continue
        language = view.reporting.language
        found = (
            _INFINITIVE[language].match(view.text, cue.end)
            if language == "en"
            else _INFINITIVE[language].search(view.text, cue.end, stop)
        )
        if found is None or ":" in view.text[cue.end : found.start()]:
            continue
        speaker = speaker_before(view, start, cue.start, cue.end)
        if speaker is None:
            continue
        content = cue.end
        if speaker.mention is not None and cue.end <= speaker.mention.start < found.start():
            content = speaker.mention.end
        return _make(view, "announcement", speaker, cue, content, stop)
    return None


def _denial(view: ArticleView, start: int, stop: int, cues: list[Cue]) -> Reported | None:
    """``Vredestad ontkent elke schuld aan de blokkade``: what is denied is what is said."""
    for cue in cues:
        if not cue.is_denial or cue.end >= stop:
            continue
        speaker = speaker_before(view, start, cue.start, stop)
        if speaker is not None and speaker.mention is not None:
            content = speaker.mention.end if speaker.mention.start >= cue.end else cue.end
            return _make(view, "denial", speaker, cue, content, stop)
    return None


def _comma_after(view: ArticleView, start: int, stop: int, cues: list[Cue]) -> Reported | None:
    """``De regels verdwijnen niet, zegt Karel Poot``; ``The port will stay closed, Ortega said``."""
    first = view.words_in(start, stop)[:1]
    if not first or first[0].text.lower() in _SUBORDINATE:
        return None
    for cue in reversed(cues):
        comma = view.text.rfind(",", start, cue.start)
        if comma < 0 or len(view.words_in(start, comma)) < 3:
            continue
        lead = view.words_in(comma, cue.start)
        if not lead or (len(lead) == 1 and lead[0].text.lower() in _ADVERBS):
            speaker, rule = speaker_of(view, cue, stop), "verb_after"
            if speaker is None or (speaker.mention is None and len(view.words_in(cue.end, stop)) > 6):
                continue
            last = speaker.mention.end if speaker.mention and speaker.mention.start > cue.start else cue.end
            trailing = view.words_in(last, stop)
            if (
                trailing
                and view.text[last : last + 1] != ","
                and trailing[0].text.lower() not in PREPOSITIONS
                and len(trailing) > 2
            ):
                continue
        elif len(lead) < 8 and len(view.words_in(cue.end, stop)) < 8 and lead[0].text.lower() not in _UNREPORTED:
            if view.reporting.language != "en":
                continue
            speaker, rule = speaker_before(view, comma, cue.start, cue.start), "subject_verb_after"
            if speaker is None:
                continue
        else:
            continue
        return _make(view, rule, speaker, cue, start, comma)
    return None


def _bare_clause(view: ArticleView, start: int, stop: int, cues: list[Cue]) -> Reported | None:
    """``Ortega said she would keep the port closed``: English leaves ``that`` out."""
    if view.reporting.language != "en":
        return None
    for cue in cues:
        if cue.text.lower() not in _SAY_EN or not _CLAUSE_EN.match(view.text, cue.end):
            continue
        if len(view.words_in(cue.end, stop)) < 4:
            continue
        speaker = speaker_before(view, start, cue.start, cue.start)
        if speaker is not None:
            return _make(view, "bare_clause", speaker, cue, cue.end, stop)
    return None
