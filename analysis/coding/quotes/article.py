"""One article as speech is sought in it: words, sentences, mentions, and spans between quotation marks.

Holds the records that the other modules hand on: `Mention`, `Speaker`, `Attribution`, `Said`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Doc

from analysis.coding.language.marks import Span
from analysis.coding.language.reporting import Cue, Reporting
from analysis.coding.language.tokens import Word
from analysis.coding.syntax.trees import has_tree

NAMED = ("name", "title")


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
    """The speaker found, or not (`mention` None: somebody whom nobody lists), and how (`suffix` of the rule)."""

    mention: Mention | None
    suffix: str = ""


class Attribution(NamedTuple):
    """What a pattern found: its name, the speaker, if named, and the cue.

    A weak one was found from afar: a cue in the tree that hands on the same words tells more.
    """

    rule: str
    mention: Mention | None
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    is_partial: bool = False
    is_weak: bool = False


@dataclass(frozen=True)
class Said:
    """One stretch of speech: half-open characters and its attribution; `span` where it stands between marks."""

    start: int
    end: int
    kind: str
    attribution: Attribution
    span: Span | None = None

    def holds(self, position: int | None) -> bool:
        """Whether a character stands in it."""
        return position is not None and self.start <= position < self.end


@dataclass
class ArticleView:
    """One article, ready to be searched for speech; `said` grows as speech is attributed."""

    text: str
    doc: Doc
    words: list[Word]
    sentences: list[tuple[int, int]]
    paragraphs: list[tuple[int, int]]
    mentions: list[Mention]
    spans: list[Span]
    reporting: Reporting
    said: list[tuple[int, Mention]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._cues: dict[tuple[int, int], list[Cue]] = {}
        self._word_starts = [word.start for word in self.words]
        self._mention_starts = [mention.start for mention in self.mentions]
        self._sentence_starts = [start for start, _ in self.sentences]
        self.outer = [span for span in self.spans if span.depth == 0]
        self._outer_starts = [span.open for span in self.outer]
        self.has_tree = has_tree(self.doc)

    def words_in(self, start: int, end: int) -> list[Word]:
        """Words of ``text[start:end]`` outside quotation marks."""
        chosen = self.words[bisect_left(self._word_starts, start) : bisect_left(self._word_starts, end)]
        return [word for word in chosen if not self.is_quoted(word.start)]

    def is_quoted(self, position: int) -> bool:
        """Whether a character stands between quotation marks."""
        n = bisect_right(self._outer_starts, position) - 1
        return n >= 0 and self.outer[n].open <= position < self.outer[n].close

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Mentions outside quotation marks that can speak: demonym adjectives cannot."""
        chosen = self.mentions[bisect_left(self._mention_starts, start) : bisect_left(self._mention_starts, end)]
        return [m for m in chosen if m.end <= end and m.rule != "demonym_adjective" and not self.is_quoted(m.start)]

    def mention_at(self, start: int, end: int) -> Mention | None:
        """The longest mention that a word stands in, quoted or not."""
        at = bisect_right(self._mention_starts, start)
        near = self.mentions[max(0, at - 8) : at]
        found = [m for m in near if m.start < end and start < m.end and m.rule != "demonym_adjective"]
        return max(found, key=lambda mention: (mention.end - mention.start, -mention.start), default=None)

    def cues_in(self, start: int, end: int) -> list[Cue]:
        """Reporting verbs outside quotation marks by their forms, none of them inside a mention."""
        if (start, end) not in self._cues:  # several patterns ask for the same stretch
            taken = self.mentions_in(start, end)
            cues = self.reporting.find_cues(self.words_in(start, end))
            self._cues[start, end] = [cue for cue in cues if not any(m.start <= cue.start < m.end for m in taken)]
        return self._cues[start, end]

    def sentence_at(self, position: int) -> int:
        """Index of the sentence that holds a character, or of the last one before it."""
        return max(0, bisect_right(self._sentence_starts, position) - 1)

    def paragraph_at(self, position: int) -> tuple[int, int]:
        """Bounds of the paragraph that holds a character."""
        return next(((s, e) for s, e in self.paragraphs if s <= position < e), (0, len(self.text)))
