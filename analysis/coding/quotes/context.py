"""What a pattern of direct speech looks at, and what it returns.

`Context` is a span between quotation marks with the narrator's words around it; `Attribution` is what was found.
"""

from __future__ import annotations

from typing import NamedTuple

from analysis.coding.language.marks import Span
from analysis.coding.language.reporting import Cue
from analysis.coding.quotes.speakers import ArticleView, Mention, Speaker


class Attribution(NamedTuple):
    """What a pattern found: the speaker, if named, the cue and the name of the pattern."""

    rule: str
    mention: Mention | None
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    is_partial: bool = False


class Context(NamedTuple):
    """The narrator's words around a span: sentence bounds, and the span before and after in the same paragraph."""

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
    def tail(self) -> str:
        """The text from the closing mark to the end of the sentence."""
        return self.view.text[self.span.close : self.right]

    @property
    def stop(self) -> int:
        """Where the narrator's words after the span end: the next span or the end of the sentence."""
        return min(self.right, self.following.open) if self.following else self.right

    @property
    def said(self) -> str:
        """The text between the marks."""
        return self.view.text[self.span.start : self.span.end]

    @property
    def is_sentence(self) -> bool:
        """Whether the span is a sentence of its own rather than part of the narrator's."""
        said = self.said
        return (
            said[:1].isupper() and len(said.split()) > 3 and (said[-1:] in ".!?…," or not self.lead.strip(" ‘“'\"–—-"))
        )


def make_attribution(
    rule: str, speaker: Speaker | None, cue: Cue | tuple[str, int, int] | None, *, is_partial: bool = False
) -> Attribution:
    """An attribution by a rule; how the speaker was found is added to its name."""
    words, start, end = (None, None, None) if cue is None else (
        (cue.text, cue.start, cue.end) if isinstance(cue, Cue) else cue
    )  # fmt: skip
    mention = speaker.mention if speaker else None
    return Attribution(rule + (speaker.suffix if speaker else ""), mention, words, start, end, is_partial)


def is_embedded(context: Context) -> bool:
    """Whether the narrator's sentence runs into the span, so that the speech is partial."""
    lead = context.lead.strip(" –—-\n\xa0(")
    if context.previous and context.previous.close > context.left:
        lead = context.view.text[context.previous.close : context.span.open].strip()
    return bool(lead) and lead[-1:] not in ":,." and not context.is_sentence
