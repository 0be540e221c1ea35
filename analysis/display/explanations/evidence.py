"""The evidence view: an article with everything that was found in it marked, readable without JavaScript.

Reads `Tables` and a codebook; returns HTML, or writes pages. The article, labels and codebooks are
untrusted: every text is escaped. The text is cut wherever anything begins or ends, and each piece is one element, so
that overlapping evidence never breaks the nesting. What colour says is said again by shape: actors are underlined and
numbered, quotes stand in brackets with their speaker, evaluations carry a triangle that points up or down and the
number of whom they judge, frames have a dotted line and a letter. Tables below the text repeat it in words, for print
and for screen readers. Evaluations are those of one method; of the model, which judges every mention, the clear ones.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.codebook.load import Codebook
from analysis.coding.evaluations.methods import keep_clear, select_evaluations
from analysis.coding.frames.methods import select_frames
from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.schema import METHODS_BY_PREFERENCE
from analysis.contracts.tables import Tables, rows_of
from analysis.corpus.storage import replace_file
from analysis.display.explanations.frame_answers import find_question
from analysis.display.explanations.page import STYLE, make_page
from analysis.display.explanations.rows import match
from analysis.display.words import count, label, number, word
from analysis.display.words_tables import localise

LAYERS = ("actors", "quotes", "evaluations", "frames")
SIGNS = {"negative": "▼", "neutral": "◆", "positive": "▲"}
POINT = re.compile(r"\.(?=\d+(\||$))")
"""The decimal point of a weight in the column ``cues``."""


@dataclass(frozen=True)
class _Span:
    """A stretch of text to mark: its classes, what a pointer shows, and small labels before and after it."""

    start: int
    end: int
    kind: str
    title: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class EvidenceView:
    """One article as HTML; prints as a line that says what it holds."""

    article_id: str
    body: str
    summary: str

    def __repr__(self) -> str:
        return self.summary

    def _repr_html_(self) -> str:
        return f"{STYLE}\n{self.body}"


def show_evidence(
    tables: Tables, article_id: str, codebook: Codebook, *, layers: Sequence[str] = LAYERS, language: str = "nl"
) -> EvidenceView:
    """Show an article with its evidence marked.

    Parameters
    ----------
    tables : Tables
        All tables of a coded corpus.
    article_id : str
    codebook : Codebook
        Labels of actors and frames.
    layers : sequence of {"actors", "quotes", "evaluations", "frames"}
        What to mark.
    language : {"nl", "en"}
        Of all words but the article's.

    Returns
    -------
    EvidenceView
        Displays as HTML in a notebook; its style reaches nothing outside it.

    Raises
    ------
    InputError
        When there is no such article.
    UsageError
        For an unknown layer.
    """
    if unknown := [layer for layer in layers if layer not in LAYERS]:
        raise UsageError(f"show_evidence: there is no layer '{unknown[0]}'; layers are {', '.join(LAYERS)}")
    article = tables.articles[tables.articles["article_id"] == article_id]
    if article.empty:
        raise InputError(
            f"show_evidence: there is no article '{article_id}'; see the column article_id of the table articles"
        )
    part = _Part(tables, str(article_id), codebook, language)
    text = str(article["text"].iloc[0])
    spans = [span for layer in LAYERS if layer in layers for span in getattr(part, layer)()]
    t = part.tables
    rows = (t.mentions, "actor"), (t.quotes, "quote"), (t.evaluations, "evaluation"), (t.frames, "frame")
    shown = [count(len(table), noun, language) for x, (table, noun) in zip(LAYERS, rows, strict=True) if x in layers]
    body = "\n".join(
        [
            f'<div class="fw-evidence" lang="{html.escape(language)}">',
            f'<div class="fw-text" lang="{html.escape(str(article["language"].iloc[0]))}" dir="auto">',
            _mark_text(text, spans, part.captions(), word("is_caption", language)),
            "</div>",
            part.legend(layers),
            part.notes(layers),
            "</div>",
        ]
    )
    summary = word("evidence_in", language, article=article_id, counts=", ".join(shown))
    return EvidenceView(str(article_id), body, summary)


def render_article(
    tables: Tables, article_id: str, *, codebook: Codebook, language: str = "nl", index: str | None = None
) -> str:
    """A stand-alone HTML page of one article; `index` is the address of a page that lists all."""
    view = show_evidence(tables, article_id, codebook, language=language)
    article = next(rows_of(match(tables.articles, article_id=article_id)))
    about = " · ".join(str(value) for value in (article.outlet, article.published) if pd.notna(value))
    back = f'<p><a href="{html.escape(index)}">{word("back", language)}</a></p>\n' if index else ""
    return make_page(
        f"{word('evidence', language)}: {article_id}", f"{back}<p>{html.escape(about)}</p>\n{view.body}", language
    )


def write_evidence(tables: Tables, codebook: Codebook, folder: str | Path, *, language: str = "nl") -> list[Path]:
    """Write a page per article and ``index.html`` that lists them.

    Parameters
    ----------
    tables : Tables
    codebook : Codebook
    folder : path
        Made if needed; only the files returned are written.
    language : {"nl", "en"}

    Returns
    -------
    list of Path
        The index, then the pages in the order of the articles.

    Raises
    ------
    InputError
        When a page cannot be written.
    """
    target = Path(folder)
    names = page_names(tables.articles["article_id"])
    n_mentions = tables.mentions.groupby("article_id").size()
    files = [target / "index.html"]
    rows = []
    for article in rows_of(tables.articles):
        name = names[str(article.article_id)]
        files.append(target / name)
        page = render_article(tables, str(article.article_id), codebook=codebook, language=language, index="index.html")
        replace_file(files[-1], page.encode())
        cells = [article.outlet, article.published, article.headline, n_mentions.get(article.article_id, 0)]
        shown = "".join(f"<td>{'–' if pd.isna(cell) else html.escape(str(cell))}</td>" for cell in cells)
        rows.append(f'<tr><th scope="row"><a href="{name}">{html.escape(str(article.article_id))}</a></th>{shown}</tr>')
    heads = "".join(
        f'<th scope="col">{word(key, language)}</th>'
        for key in ("article", "outlet", "published", "headline", "n_mentions")
    )
    table = (
        f'<div class="fw-evidence"><table><thead><tr>{heads}</tr></thead>\n<tbody>\n'
        + "\n".join(rows)
        + "\n</tbody></table></div>"
    )
    replace_file(files[0], make_page(word("evidence", language), table, language).encode())
    return files


def page_names(article_ids: Any) -> dict[str, str]:
    """A safe file name per article; ids that are not safe, or differ by case only, get a piece of their hash."""
    names: dict[str, str] = {}
    taken = {"index.html"}
    for article_id in map(str, article_ids):
        safe = re.sub(r"[^A-Za-z0-9_-]+", "-", article_id).strip("-")[:80]
        if safe != article_id or f"{safe}.html".lower() in taken:
            safe = f"{safe}-{hashlib.sha256(article_id.encode()).hexdigest()[:8]}".lstrip("-")
        taken.add(f"{safe}.html".lower())
        names[article_id] = f"{safe}.html"
    return names


class _Part:
    """The rows of one article, as spans, legend and notes."""

    def __init__(self, tables: Tables, article_id: str, codebook: Codebook, language: str) -> None:
        judged = select_evaluations(tables.evaluations)
        self.method = str(judged["method"].iloc[0]) if len(judged) else ""
        parts = dict(tables.items()) | {"evaluations": keep_clear(judged), "frames": select_frames(tables.frames)}
        self.tables = Tables(**{name: table[table["article_id"] == article_id] for name, table in parts.items()})
        self.codebook, self.language = codebook, language
        t = self.tables
        sources = t.quotes["source_id"].dropna()
        order = [*t.mentions["actor_id"], *sources, *t.evaluations["target_id"]]
        self.numbers: Mapping[str, int] = {str(a): n for n, a in enumerate(dict.fromkeys(order), start=1)}
        frames = [f for f in codebook.frames if f in set(t.frames["frame_id"])]
        frames += sorted(set(t.frames["frame_id"]) - set(frames))
        self.letters: Mapping[str, str] = {f: chr(ord("A") + n % 26) for n, f in enumerate(frames)}

    def name(self, record_id: Any) -> str:
        return (
            word("nobody", self.language) if pd.isna(record_id) else label(str(record_id), self.codebook, self.language)
        )

    def word(self, key: str) -> str:
        return word(key, self.language)

    def mark(self, actor_id: str) -> str:
        return str(self.numbers[actor_id])

    def captions(self) -> list[tuple[int, int]]:
        rows = self.tables.sentences[self.tables.sentences["part"] == "caption"]
        return [(int(s), int(e)) for s, e in zip(rows["start"], rows["end"], strict=True)]

    def actors(self) -> list[_Span]:
        """Mentions, each with the number of its actor."""
        spans = []
        for m in rows_of(self.tables.mentions):
            title = f"{self.name(m.actor_id)} ({localise(m.form, 'form', self.language)}, {m.rule})"
            spans.append(_Span(m.start, m.end, "fw-actor", title, after=self.mark(m.actor_id)))
        return spans

    def quotes(self) -> list[_Span]:
        """Quotes, each in brackets that open with its speaker."""
        spans = []
        for q in rows_of(self.tables.quotes):
            speaker = self.name(q.source_id)
            title = f"{self.word('speaker')}: {speaker} ({self.word(q.kind)}, {q.rule})"
            spans.append(_Span(q.start, q.end, "fw-quote", title, before=f"[{speaker}: ", after="]"))
        return spans

    def evaluations(self) -> list[_Span]:
        """Cues, each with a triangle and the number of the actor it judges."""
        places = {m.mention_id: (m.start, m.end) for m in rows_of(self.tables.mentions)}
        spans = []
        for e in rows_of(self.tables.evaluations):
            # A method that points at no word is marked at the actor it judges.
            start, end = (e.cue_start, e.cue_end) if pd.notna(e.cue_start) else places.get(e.target_mention_id, (0, 0))
            sign = "negative" if e.polarity < 0 else "positive" if e.polarity > 0 else "neutral"
            polarity = number(e.polarity, self.language, decimals=2, signed=True)
            about = f"{self.word('about')} {self.name(e.target_id)}, {self.word('by')} {self.name(e.source_id)}"
            mark = f"{SIGNS[sign]}{self.mark(e.target_id)}"
            title = f"{polarity} {about} ({localise(e.method, 'method', self.language)})"
            spans.append(_Span(int(start), int(end), f"fw-cue fw-{sign}", title, after=mark))
        return spans

    def frames(self) -> list[_Span]:
        """Evidence of frames, each with the letter of its frame."""
        spans = []
        for f in rows_of(self.tables.frames):
            title = f"{self.name(f.frame_id)}: {find_question(f, self.codebook, self.language)}"
            spans.append(_Span(f.evidence_start, f.evidence_end, "fw-frame", title, after=self.letters[f.frame_id]))
        return spans

    def judged(self) -> str:
        """The heading of the evaluations: which method made them, and whether all of them are shown."""
        if self.method not in METHODS_BY_PREFERENCE:
            return self.word("evaluations")
        shown = [self.word(f"method_{self.method}")] + [self.word("clear_only")] * (self.method == "model")
        return f"{self.word('evaluations')} ({', '.join(shown)})"

    def legend(self, layers: Sequence[str]) -> str:
        lines = []
        if "actors" in layers or "evaluations" in layers:
            names = "; ".join(f"{n} {html.escape(self.name(a))}" for a, n in self.numbers.items())
            lines.append((f'<span class="fw-actor">{self.word("actors")}</span>', names or self.word("no_evidence")))
        if "quotes" in layers:
            lines.append((f'<span class="fw-quote">{self.word("quotes")}</span>', f"[{self.word('speaker')}: …]"))
        if "evaluations" in layers:
            signs = "; ".join(f'<span class="fw-cue fw-{key}">{SIGNS[key]} {self.word(key)}</span>' for key in SIGNS)
            lines.append((html.escape(self.judged()), signs))
        if "frames" in layers:
            names = "; ".join(f"{letter} {html.escape(self.name(frame))}" for frame, letter in self.letters.items())
            lines.append((f'<span class="fw-frame">{self.word("frames")}</span>', names or self.word("no_evidence")))
        items = "".join(f"<dt>{term}</dt><dd>{meaning}</dd>\n" for term, meaning in lines)
        return f'<p class="fw-head">{self.word("legend")}</p>\n<dl>\n{items}</dl>'

    def notes(self, layers: Sequence[str]) -> str:
        """Quotes and evaluations in words."""
        parts = []
        text, point = str(self.tables.articles["text"].iloc[0]), "." if self.language == "en" else ","
        if "quotes" in layers and len(self.tables.quotes):
            rows = [
                [self.name(q.source_id), self.word(q.kind), " ".join(text[int(q.start) : int(q.end)].split())]
                for q in rows_of(self.tables.quotes)
            ]
            parts.append(_table(self.word("quotes"), [self.word(key) for key in ("speaker", "kind", "quote")], rows))
        if "evaluations" in layers and len(self.tables.evaluations):
            rows = [
                [
                    self.name(e.source_id), self.name(e.target_id),
                    number(e.polarity, self.language, decimals=2, signed=True),
                    ("" if pd.isna(e.cues) else POINT.sub(point, e.cues).replace("|", ", ").replace(":", " "))
                    + "".join(f"; {self.word(flag)}" for flag in ("negated", "hedged") if getattr(e, flag)),
                ]
                for e in rows_of(self.tables.evaluations)
            ]  # fmt: skip
            heads = [self.word(key) for key in ("source", "target", "polarity", "cues")]
            parts.append(_table(self.judged(), heads, rows))
        return "\n".join(parts)


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in heads)
    lines = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows]
    body = "\n".join(f"<tr>{line}</tr>" for line in lines)
    above = f"<caption>{html.escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>"
    return f"<table>{above}\n<tbody>\n{body}\n</tbody></table>"


def _mark_text(text: str, spans: Sequence[_Span], captions: Sequence[tuple[int, int]], caption_word: str) -> str:
    """The text as paragraphs of marked pieces."""
    spans = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    paragraphs, start = [], 0
    for gap in re.finditer(r"\n\s*\n|\Z", text):
        if text[start : gap.start()].strip():
            inner = _mark_piece(text, start, gap.start(), spans)
            is_caption = any(first < gap.start() and start < last for first, last in captions)
            kind = f' class="fw-caption" title="{html.escape(caption_word)}"' if is_caption else ""
            paragraphs.append(f"<p{kind}>{inner}</p>")
        start = gap.end()
    return "\n".join(paragraphs)


def _mark_piece(text: str, start: int, end: int, spans: Sequence[_Span]) -> str:
    touching = [span for span in spans if span.start < end and start < span.end]
    cuts = {start, end}
    for span in touching:
        cuts |= {max(start, span.start), min(end, span.end)}
    edges = sorted(cuts)
    parts = []
    for first, last in pairwise(edges):
        over = [span for span in touching if span.start <= first and last <= span.end]
        opening = sorted((s for s in over if s.start == first), key=lambda s: -s.end)
        closing = sorted((s for s in over if s.end == last), key=lambda s: -s.start)
        parts += [_small(s.before, s.title) for s in opening if s.before]
        piece = html.escape(text[first:last])
        if over:
            kinds = " ".join(dict.fromkeys(kind for s in over for kind in s.kind.split()))
            title = html.escape("; ".join(dict.fromkeys(s.title for s in over)))
            piece = f'<span class="{kinds}" title="{title}">{piece}</span>'
        parts.append(piece)
        labels = dict.fromkeys((s.after, s.title) for s in closing if s.after)
        seen: set[str] = set()
        for after, title in labels:
            if after not in seen or after == "]":
                parts.append(_small(after, title))
            seen.add(after)
    return "".join(parts)


def _small(text: str, title: str) -> str:
    tag = "small" if text[0] in "[]" else "sup"
    return f'<{tag} title="{html.escape(title)}">{html.escape(text)}</{tag}>'
