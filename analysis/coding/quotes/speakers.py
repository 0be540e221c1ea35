"""Who speaks: from a cue to a mention, by the tree or, where it shows nobody, by place.

Reads an `ArticleView` with a cue or a word of its Doc; returns a `Speaker`. A subject that is no mention gives a
speaker without one. Without a tree the phrase right after a verb speaks, else the nearest before it.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from analysis.coding.language.record import language_of
from analysis.coding.language.reporting import Cue
from analysis.coding.quotes.article import NAMED, ArticleView, Mention, Speaker
from analysis.coding.quotes.cues import find_speaking
from analysis.coding.syntax.trees import children, expand, find_tokens, obliques
from analysis.contracts.words import load_both

FIRST_PERSONS = load_both("pronouns", "first_person_speakers")
_PRONOUNS = load_both("pronouns", "third_person_subjects") | load_both("pronouns", "other_subjects")
_PREPOSITIONS = load_both("function_words", "prepositions")
_DETERMINERS = load_both("function_words", "subject_determiners")
_HEARD_AT = load_both("function_words", "heard_source_prepositions")
_PART_OF = load_both("function_words", "group_prepositions")
_QUANTITIES = load_both("quotes", "quantity_words")
_VOICES = load_both("quotes", "voices")
_VOICE_STEMS = tuple(sorted(load_both("quotes", "voice_stems")))
_BREAK = re.compile(r"[;:.!?()]")
_NEAR = 7
"""Most words between a cue and the speaker after it."""


def speaks_for_others(word: str) -> bool:
    """Whether a word means somebody who speaks for another, or a text that does: a spokesman, a lawyer, a report."""
    return word.lower() in _VOICES or any(stem in word.lower() for stem in _VOICE_STEMS)


def speaker_of(view: ArticleView, cue: Cue, start: int, end: int, *, after: bool = False) -> Speaker | None:
    """The speaker of a cue in the clause from `start` to `end`; None where nothing there looks like one.

    Parameters
    ----------
    after : bool, default False
        Whether the speaker is to be sought after the cue first, as where a quote stands right before it.
    """
    if cue.is_heard:
        return _speaker_heard(view, cue, start, end)
    by_tree = _speaker_by_tree(view, cue)
    if by_tree is not None:
        return by_tree
    later = speaker_after(view, cue.first_end, end) if after or language_of(view.doc).has("verb_second") else None
    if after:
        return later
    before = find_subject(view, start, cue.start)
    if before is None and (later is None or later.mention is None):
        return Speaker(None) if view.words_in(start, cue.start) else None  # somebody whom nobody lists
    return before or later


def _speaker_by_tree(view: ArticleView, cue: Cue) -> Speaker | None:
    if not view.has_tree:
        return None
    first, last = find_tokens(view.doc, cue.start, cue.end)
    for verb in view.doc[first:last]:
        if verb.pos_ in ("VERB", "AUX") and verb.dep_ not in ("aux", "aux:pass"):
            subject = find_speaking(verb)
            if subject is not None and not view.is_quoted(subject.idx):
                found = speaker_at(view, subject)
                return found if found.mention is not None or subject.pos_ != "PRON" else None
    return None


def speaker_at(view: ArticleView, token: Token | None) -> Speaker:
    """The mention that a word heads or stands in; of a spokesman, or of some of a group, the actor behind the word."""
    if token is None:
        return Speaker(None)
    for one in (token, *children(token, ("flat", "compound", "appos"))):
        found = view.mention_at(one.idx, one.idx + len(one))
        if found is not None:
            return Speaker(_prefer_name(view, token, found), "_pronoun" if found.form == "pronoun" else "")
    inner = [one.token for one in obliques(token) if one.preposition in _PART_OF]
    owners = [part for child in children(token, ("nmod:poss",)) for part in expand(child)]
    places = [(one, "") for one in inner] if token.lower_ in _QUANTITIES or token.pos_ == "NUM" else []
    if speaks_for_others(token.text):
        beside = children(token, ("compound", "amod", "nmod"))
        places += [(one, "_spokesperson") for one in (*inner, *owners, *beside)]
    for one, suffix in places:
        found = view.mention_at(one.idx, one.idx + len(one))
        if found is not None:
            return Speaker(found, suffix)
    return Speaker(None)


def _prefer_name(view: ArticleView, token: Token, found: Mention) -> Mention:
    """The name beside a description: ``de burgemeester, Maria Ortega, zei``."""
    beside = children(token, ("appos", "flat")) if found.form not in NAMED else []
    named = [view.mention_at(one.idx, one.idx + len(one)) for one in beside]
    return next((one for one in named if one is not None and one.form in NAMED), found)


def _speaker_heard(view: ArticleView, cue: Cue, start: int, end: int) -> Speaker:
    """The speaker where what is said is the subject: ``klinkt het bij Poot``, ``Bij Poot is te horen``."""
    for words, stop in ((view.words_in(cue.end, end)[:4], end), (view.words_in(start, cue.start), cue.start)):
        at = next((word.end for word in words if word.text.lower() in _HEARD_AT), None)
        if at is not None:
            return speaker_after(view, at, stop) or Speaker(None)
    return Speaker(None)


def speaker_after(view: ArticleView, start: int, end: int) -> Speaker | None:
    """The speaker in a phrase that begins at `start` (``aldus ...``, ``zei ...``); None where no phrase follows."""
    words = view.words_in(start, end)
    if not words or _BREAK.search(view.text[start : words[0].start]):
        return None
    mention = next(iter(view.mentions_in(start, end)), None)
    between = "" if mention is None else view.text[start : mention.start]
    lead = [word.text.lower() for word in words if mention is not None and word.start < mention.start]
    is_far = len(lead) > _NEAR or "," in between.strip(" ,") or bool(_BREAK.search(between))
    if mention is None or is_far or (lead and lead[0] in _PRONOUNS - _DETERMINERS):
        return Speaker(None)
    if any(speaks_for_others(word) for word in lead):
        return Speaker(mention, "_spokesperson")
    return Speaker(None if set(lead) & _PREPOSITIONS else mention)


def find_subject(view: ArticleView, start: int, end: int) -> Speaker | None:
    """The first mention of a stretch of text that no preposition governs, or for whom a spokesman there speaks."""
    for mention in view.mentions_in(start, end):
        lead = [word.text.lower() for word in view.words_in(start, mention.start)]
        if any(speaks_for_others(word) for word in lead[-3:]):
            return Speaker(mention, "_spokesperson")
        if not set(lead[-2:]) & _PREPOSITIONS:
            return Speaker(mention, "_pronoun" if mention.form == "pronoun" else "")
    return None
