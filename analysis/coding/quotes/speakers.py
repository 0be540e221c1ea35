"""Who speaks: the mention that a cue points at, in either word order, and what a pronoun stands for.

Reads an `ArticleView` (words, sentences, mentions, spans between quotation marks of one article); returns
mentions. There is no parser: nearness, prepositions, commas and conjunctions decide which mention is the subject.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.coding.language.marks import Span
from analysis.coding.language.reporting import Cue, Reporting
from analysis.coding.language.tokens import Word, function_words
from analysis.contracts.words import load_both

PRONOUNS = load_both("pronouns", "third_person_subjects")
_OTHER_PRONOUNS = load_both("pronouns", "other_subjects")
PREPOSITIONS = load_both("function_words", "prepositions")
_BOUNDARIES = load_both("quotes", "clause_boundaries")
_DETERMINERS = load_both("function_words", "subject_determiners")
_SPOKESPERSON = re.compile(
    r"\b(?:woordvoerd\w*|zegs\w+|spokes\w+|persvoorlicht\w*|advoca\w+|bron|bronnen|lawyer|attorney)\b", re.IGNORECASE
)
_DEAR = 10.0
"""Cost above which a mention is no likely subject."""
_PUNCTUATION = re.compile(r"[;:.!?()–—]")


class Mention(NamedTuple):
    """A row of ``mentions``, as far as speech needs it."""

    mention_id: str
    start: int
    end: int
    text: str
    actor_id: str
    form: str
    rule: str


class Speaker(NamedTuple):
    """The speaker found, or not (`mention` None), and how (`suffix` of the rule)."""

    mention: Mention | None
    suffix: str = ""
    cost: float = 0.0


@dataclass
class ArticleView:
    """One article, ready to be searched for speech."""

    text: str
    words: list[Word]
    sentences: list[tuple[int, int]]
    paragraphs: list[tuple[int, int]]
    mentions: list[Mention]
    spans: list[Span]
    reporting: Reporting
    said: list[tuple[int, Mention]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._cues: dict[tuple[int, int], list[Cue]] = {}
        self.word_starts = [word.start for word in self.words]
        self.mention_starts = [mention.start for mention in self.mentions]
        self.sentence_starts = [start for start, _ in self.sentences]
        self.outer = [span for span in self.spans if span.depth == 0]
        self.outer_starts = [span.open for span in self.outer]
        self.persons = {
            m.actor_id
            for m in self.mentions
            if m.form == "title"
            or m.rule in ("last_name", "unlisted_last_name", "entity_last_name")
            or (m.form == "name" and " " in m.text)
        }

    def words_in(self, start: int, end: int, *, is_quoted: bool = False) -> list[Word]:
        """Words of ``text[start:end]``, those between quotation marks left out unless asked for."""
        chosen = self.words[bisect_left(self.word_starts, start) : bisect_left(self.word_starts, end)]
        return chosen if is_quoted else [word for word in chosen if not self.is_quoted(word.start)]

    def is_quoted(self, position: int) -> bool:
        """Whether a character stands between quotation marks."""
        n = bisect_right(self.outer_starts, position) - 1
        return n >= 0 and self.outer[n].open <= position < self.outer[n].close

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Mentions outside quotation marks that can speak: demonym adjectives cannot."""
        chosen = self.mentions[bisect_left(self.mention_starts, start) : bisect_left(self.mention_starts, end)]
        return [m for m in chosen if m.end <= end and m.rule != "demonym_adjective" and not self.is_quoted(m.start)]

    def is_addressed(self, span: Span, actor_id: str) -> bool:
        """Whether an actor is named in what is said: somebody else says it."""
        first = bisect_left(self.mention_starts, span.start)
        return any(
            mention.actor_id == actor_id and mention.form in ("name", "title")
            for mention in self.mentions[first : bisect_left(self.mention_starts, span.end)]
        )

    def mentions_near(self, position: int) -> list[Mention]:
        """Mentions that may hold a character, quoted or not."""
        at = bisect_right(self.mention_starts, position)
        return self.mentions[max(0, at - 8) : at]

    def cues_in(self, start: int, end: int) -> list[Cue]:
        """Reporting verbs outside quotation marks, none of them inside a mention."""
        if (start, end) not in self._cues:  # several patterns ask for the same stretch
            taken = self.mentions_in(start, end)
            cues = self.reporting.find_cues(self.words_in(start, end))
            self._cues[start, end] = [cue for cue in cues if not any(m.start <= cue.start < m.end for m in taken)]
        return self._cues[start, end]

    def sentence_at(self, position: int) -> int:
        """Index of the sentence that holds a character, or of the last one before it."""
        return max(0, bisect_right(self.sentence_starts, position) - 1)

    def paragraph_at(self, position: int) -> tuple[int, int]:
        """Bounds of the paragraph that holds a character."""
        return next(((s, e) for s, e in self.paragraphs if s <= position < e), (0, len(self.text)))


_SOURCE = load_both("function_words", "heard_source_prepositions")
_OBJECT_PRONOUNS = load_both("pronouns", "objects_without_tree")
_OBJECT_OR_POSSESSIVE = load_both("pronouns", "object_or_possessive")
_MODIFIERS = load_both("function_words", "modifiers_after_possessive")
_AFTER_VERB = load_both("function_words", "words_after_pronoun")


def is_pronoun(view: ArticleView, word: Word, end: int) -> bool:
    """Whether a word after a preposition is a pronoun: ``volgens haar is het klaar``, not ``volgens haar advocaat``."""
    lowered = word.text.lower()
    if lowered not in _OBJECT_OR_POSSESSIVE:
        return lowered in _OBJECT_PRONOUNS
    later = view.words_in(word.end, end)[:2]
    if not later or view.text[word.end : later[0].start].strip():
        return True
    if later[0].text.lower() in function_words(view.reporting.language) - _MODIFIERS:
        return True
    return view.reporting.language == "nl" and len(later) > 1 and later[1].text.lower() in _AFTER_VERB


def speaker_named_by(view: ArticleView, cue: tuple[str, int, int], end: int) -> Speaker | None:
    """The speaker after a preposition of reporting (``volgens``), who may be a pronoun (``volgens haar``)."""
    words = view.words_in(cue[2], end)[:1]
    if words and is_pronoun(view, words[0], end) and not view.text[cue[2] : words[0].start].strip():
        mention = resolve_pronoun(view, words[0])
        return Speaker(mention, "_pronoun" if mention else "")
    return speaker_after(view, cue[2], end)


def speaker_of(view: ArticleView, cue: Cue, end: int) -> Speaker | None:
    """The speaker after a verb; after its preposition where what is said is heard (``klinkt het bij Poot``)."""
    if not cue.is_heard:
        return speaker_after(view, cue.first_end, end)
    words = view.words_in(cue.end, end)[:4]
    start = next((word.end for word in words if word.text.lower() in _SOURCE), None)
    return Speaker(None) if start is None else speaker_after(view, start, end)


def speaker_heard(view: ArticleView, start: int, cue: Cue) -> Speaker | None:
    """The speaker before a verb of hearing: ``Bij Veldbelang is te horen``."""
    for word in view.words_in(start, cue.start):
        if word.text.lower() in _SOURCE:
            return speaker_after(view, word.end, cue.start)
    return None


def speaker_after(view: ArticleView, start: int, end: int) -> Speaker | None:
    """The speaker in a phrase that begins at `start` (``aldus ...``, ``zei ...``); None where no phrase follows."""
    words = view.words_in(start, end)
    if not words or re.search(r"[;:.!?()]", view.text[start : words[0].start]):
        return None
    for mention in view.mentions_in(start, end):
        between = view.text[start : mention.start]
        if "," in between.strip(" ,") or _PUNCTUATION.search(between):
            break
        lead = [word.text.lower() for word in view.words_in(start, mention.start)]
        if len(lead) > 7:
            break
        if not set(lead) & PREPOSITIONS:
            if lead and lead[0] in PRONOUNS | _OTHER_PRONOUNS - {"het"}:
                break
            return Speaker(_follow(view, mention, end))
        if _SPOKESPERSON.search(between):
            return Speaker(mention, "_spokesperson")
        named = _follow(view, mention, end)
        if named is not mention:
            return Speaker(named)
        break
    first = words[0].text.lower()
    if first in PRONOUNS:
        mention_or_none = resolve_pronoun(view, words[0])
        return Speaker(mention_or_none, "_pronoun" if mention_or_none else "")
    return Speaker(None)


def _follow(view: ArticleView, mention: Mention, end: int) -> Mention:
    """From a description to the name beside it: ``Veldbelangs voorman Poot``, ``de leider van de boeren Jan Poot``."""
    later = [m for m in view.mentions_in(mention.end, end) if m.form in ("name", "title")][:1]
    if later:
        between = view.text[mention.end : later[0].start]
        is_genitive = bool(re.search(r"(?:['’]s|s['’]?)\Z", mention.text)) and mention.form == "name"
        if between in (" ", "\xa0") and mention.form in ("nominal", "demonym"):
            return later[0]
        if is_genitive and between == " " and later[0].form == "title":
            return later[0]
        is_short = between.strip() and re.fullmatch(r"\s(?:[a-zà-ÿ-]+\s){0,2}", between)
        if is_genitive and is_short and not set(between.split()) & (PREPOSITIONS | _BOUNDARIES | view.reporting.finite):
            return later[0]
    return mention


def speaker_before(view: ArticleView, start: int, cue: int, end: int) -> Speaker | None:
    """The subject of a cue at `cue` in a clause that begins at `start`; after the cue where none stands before it.

    Returns None where nothing looks like a subject at all.
    """
    best: Speaker | None = None
    for mention in view.mentions_in(start, cue):
        candidate = _weigh(view, mention, start, cue)
        if best is None or candidate.cost < best.cost:
            best = candidate
    for word in view.words_in(start, cue):
        if word.text.lower() in PRONOUNS:
            cost = _cost(view, word.end, cue)
            if best is None or cost < best.cost:
                resolved = resolve_pronoun(view, word)
                best = Speaker(resolved, "_pronoun" if resolved else "", cost)
    if best is not None and best.cost <= _DEAR and not _has_unknown_subject(view, start, cue, best):
        return best
    words = view.words_in(start, cue)
    if words and _has_unknown_subject(view, start, cue, best):
        return Speaker(None)
    after = speaker_after(view, cue, end) if view.reporting.language == "nl" else None
    if after is not None and after.mention is not None:
        return after
    return best if best is not None and best.cost <= 2 * _DEAR else None


def _weigh(view: ArticleView, mention: Mention, start: int, cue: int) -> Speaker:
    """A mention before a cue as its subject: the lower the cost, the likelier."""
    cost, suffix, named = _cost(view, mention.end, cue), "", mention
    is_inserted = view.text[start:cue].rstrip().endswith(",")
    if is_inserted and view.text[mention.end] == "," and view.text.count(",", mention.end, cue) > 1:
        cost = 0.5  # Maria Ortega, who leads the dockers, said
    lead = [word.text.lower() for word in view.words_in(max(start, mention.start - 60), mention.start)[-4:]]
    near = next((n for n, word in enumerate(reversed(lead)) if word in PREPOSITIONS), None)
    if near is not None and near <= 2 and not set(lead[len(lead) - near :]) & view.reporting.finite:
        if _SPOKESPERSON.search(view.text[max(start, mention.start - 45) : mention.start]):
            suffix = "_spokesperson"
        else:
            named = _follow(view, mention, cue)
            cost += 12 if named is mention else 0
    if named.form in ("nominal", "demonym"):
        named = _follow(view, named, cue)
    return Speaker(named, suffix, cost)


def _cost(view: ArticleView, start: int, end: int) -> float:
    words = [word.text.lower() for word in view.words_in(start, end)]
    between = view.text[start:end]
    return (
        0.6 * len(words)
        + 1.5 * between.count(",")
        + 5 * len(set(words) & _BOUNDARIES)
        + 6 * bool(re.search(r"[;:]", between))
    )


def _has_unknown_subject(view: ArticleView, start: int, cue: int, best: Speaker | None) -> bool:
    """Whether a description that is no mention stands right before the cue: ``een bewoner zei``."""
    words = view.words_in(start, cue)[-4:]
    for n in range(len(words) - 1, -1, -1):
        word = words[n].text.lower()
        if word in PREPOSITIONS or any(m.start <= words[n].start < m.end for m in view.mentions_in(start, cue)):
            return False
        if word in _OTHER_PRONOUNS and n == len(words) - 1:
            return True
        if word in _DETERMINERS and n < len(words) - 1:
            is_subject = n == 0 or words[n - 1].text.lower() not in PREPOSITIONS
            has_name = best is not None and best.mention is not None and best.mention.start > words[n].start
            return is_subject and not has_name and "," not in view.text[words[n].start : cue]
    return False


def resolve_pronoun(view: ArticleView, word: Word) -> Mention | None:
    """The person a pronoun most likely stands for: who spoke last, or the subject of the sentence before."""
    here = view.sentence_at(word.start)
    paragraph = view.paragraph_at(word.start)[0]
    first = max(0, here - 2)
    while first < here and view.sentences[first][0] < paragraph and here - first > 1:
        first += 1
    may_be_group = word.text.lower() in _MAY_BE_GROUP
    for n in range(here, first - 1, -1):
        start, end = view.sentences[n]
        spoken = [m for position, m in view.said if start <= position < end and position < word.start]
        if not may_be_group:
            spoken = [m for m in spoken if m.actor_id in view.persons]
        spoken = [m for m in spoken if not _clashes(m, word)]
        if spoken:
            return spoken[-1]
        cues = view.cues_in(start, min(end, word.start))
        if cues and _has_unknown_subject(view, start, cues[0].start, None):
            return None
        subject = find_subject(view, start, min(end, word.start), persons=not may_be_group)
        if subject is not None:
            return None if _clashes(subject, word) else subject
    return None


_HE, _SHE = load_both("pronouns", "masculine"), load_both("pronouns", "feminine")
_MAY_BE_GROUP = load_both("pronouns", "plural_or_feminine")


def _clashes(mention: Mention, word: Word) -> bool:
    """Whether a mention that is a pronoun is of another gender than a pronoun."""
    one, other = mention.text.lower(), word.text.lower()
    return (one in _HE and other in _SHE) or (one in _SHE and other in _HE)


def find_subject(view: ArticleView, start: int, end: int, *, persons: bool = False) -> Mention | None:
    """The first mention of a stretch of text that no preposition governs, a person where there is one."""
    candidates: list[Mention] = []
    for mention in view.mentions_in(start, end):
        lead = [word.text.lower() for word in view.words_in(start, mention.start)[-3:]]
        near = next((n for n, word in enumerate(reversed(lead)) if word in PREPOSITIONS), 9)
        named = _follow(view, mention, end)
        if near > 2 or named is not mention:
            candidates.append(named)
    if persons:
        return next((m for m in candidates if m.actor_id in view.persons), None)
    return candidates[0] if candidates else None
