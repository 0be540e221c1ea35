"""Cues that are no finite verb of the main clause: prepositions, participles, verbs in a relative clause.

Reads an `ArticleView` and a stretch of its text; returns positions, a speaker, or whether a verb may hand on words.
"""

from __future__ import annotations

import re

from analysis.coding.language.reporting import Cue
from analysis.coding.language.tokens import Word
from analysis.coding.quotes.speakers import ArticleView, Speaker, find_subject
from analysis.contracts.words import load_both, load_words

TITLED = re.compile(
    r"\b(?:films?|boek|roman|album|liedje|lied|nummer|single|programma|serie|rapport|bundel|tentoonstelling|voorstelling|"
    r"musical|documentaire|podcast|zogen\w+|zogeheten|genaamd|getiteld|genoemd|heet|project|operatie|merk|movie|book|novel|"
    r"song|show|series|report|titled|entitled|so-called|called the|play|exhibition|known as|dubbed|operation)\s*\Z",
    re.IGNORECASE,
)
_PROGRAMME = re.compile(r"[A-Z][\w.]*['’]s?\s+\Z")
BREAK = re.compile(r"(?:(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\bMrs)(?<!\bProf)(?<!\bdrs)\.|[;:])\s")
"""The end of a sentence or clause, but no title or initial (``Mr. Poot said``)."""
_RELATIVE = load_both("quotes", "subordinate_openers")
NOT_SPEECH = re.compile(
    r"(?:order|decid|decision|instruct|find|found|expect|fear|hope|cite|publish|rank|forecast)\w*|"
    r"beslo?o?t\w*|besluit\w*|publice\w*|aanduid\w*|schat\w*|verwacht\w*",
    re.IGNORECASE,
)
"""Verbs that hand on words only in their own clause (``ordered “a halt”``)."""
_PARTICIPLES = load_words("quotes", "saying_participles", "en")


def find_preposition(view: ArticleView, words: list[Word]) -> tuple[str, int, int] | None:
    """The first preposition of reporting (volgens, according to) among `words`: text, start, end."""
    for n, word in enumerate(words):
        for parts in view.reporting.prepositions:
            if parts[0] == word.text.lower() and tuple(w.text.lower() for w in words[n : n + len(parts)]) == parts:
                last = words[n + len(parts) - 1]
                return view.text[word.start : last.end], word.start, last.end
    return None


def is_subordinate(view: ArticleView, left: int, cue: Cue) -> bool:
    """Whether a verb stands in a relative clause: ``... blijft kritisch op wat Poot zei:``."""
    named = view.mentions_in(left, cue.start)
    before = {word.text.lower() for word in view.words_in(named[0].end, cue.start)} if named else set()
    return bool(before & _RELATIVE) and "," not in view.text[named[-1].end : cue.start]


def find_participle(view: ArticleView, left: int, right: int) -> tuple[str, int, int] | None:
    """The last English participle of saying before a span: ``calling the ruling “a disgrace”``."""
    if view.reporting.language != "en":
        return None
    words = [word for word in view.words_in(left, right) if word.text in _PARTICIPLES]
    return (words[-1].text, words[-1].start, words[-1].end) if words else None


def speaker_of_participle(view: ArticleView, left: int, at: int) -> Speaker:
    """After a comma the subject of the sentence, else the actor right before (``with Ortega calling``)."""
    named = view.mentions_in(left, at)
    if not view.text[left:at].rstrip().endswith(","):
        return Speaker(named[-1] if named and not view.text[named[-1].end : at].strip() else None)
    cues = view.cues_in(left, at)
    stop = cues[0].start if cues else at
    before = [mention for mention in named if mention.start < stop]
    if not before and view.words_in(left, stop)[:1] and cues:
        return Speaker(None)  # The court ordered Ortega to pay, calling
    return Speaker(find_subject(view, left, stop))


def is_programme(lead: str, said: str) -> bool:
    """``on CNN's “State of the Union”``: a title in capitals after the name of who brings it."""
    words = [word for word in said.split() if len(word) > 3]
    return _PROGRAMME.search(lead) is not None and all(word[:1].isupper() for word in words)
