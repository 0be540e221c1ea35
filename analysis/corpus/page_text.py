"""The text of web pages: the words of the story, without the page around it.

Reads an HTML document or fragment; returns its text, blocks as paragraphs. Of a whole page the article is kept, and
what only surrounds it (menus, teasers, cookie notices, scripts) is left out. Nothing is run or fetched, and no nesting
is too deep: tags are counted, no tree is built. It cannot tell a notice from the story where the page marks neither.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from analysis.corpus.pages import make_safe

_BLOCK_TAGS = (
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul"
)
_DROPPED_TAGS = "script style head template noscript svg iframe object textarea select button"
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_DROPPED = frozenset(_DROPPED_TAGS.split())
_AROUND = frozenset(["nav", "footer", "aside", "dialog"])
"""What is never the story; neither is a ``<header>`` outside it."""
_BOXES = frozenset(["div", "section", "ul"])
_BOX_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "complementary", "dialog", "alertdialog", "search", "menu"]
)
_NOTICE = re.compile(
    r"(?:^|[\s_-])(?i:cookies?|consent|gdpr)(?![a-z])|(?i:cookie(?:bot|bar|banner|box|consent|melding|message|noti|popup|wall))"
)
_STATE = re.compile(r"(?:has|is|no|with|without|hide|show|topic|tag|tags|category|theme)[_-]", re.IGNORECASE)
"""How a class begins that tells something of a page or story, not that the element is a notice."""
_NOTICE_WORDS = re.compile(r"cookie|consent|toestemming|privacy|gdpr|accept|akkoord", re.IGNORECASE)
_LEAST_LEAD = 40
"""Characters; what a header says in fewer is a slogan or a byline."""
_LEAST_STORY = 200
"""Characters that are a story by themselves, however long a cookie notice is."""
_HTML_DOCUMENT = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_PARAGRAPH = "\n\n"


def is_page(text: str) -> bool:
    """Whether a text begins as an HTML document does."""
    return _HTML_DOCUMENT.match(text[:10_000]) is not None


def strip_html(text: str) -> str:
    r"""Text of a page or fragment without tags.

    Parameters
    ----------
    text : str
        An HTML document, or a fragment such as ``<p>...</p>``.

    Returns
    -------
    str
        Blocks as paragraphs; scripts, styles and the head are left out. Of a document only its story is kept.

    Notes
    -----
    The story is the longest ``<article>`` with others that are at least half as long, unless twice as much text stands
    outside it; else ``<main>``, else the body. Navigation, footers, asides, forms, headers outside the story, cookie
    notices and paragraphs that are only a link or a time are left out. A form or notice that holds more than twice the
    text that is kept is the story after all; sentences under the only ``<h1>``, in a header, are its lead. Where
    nothing is left, all text is kept.

    Examples
    --------
    >>> strip_html("<html><nav>Sport</nav><article><h1>Brug dicht</h1></article><p>Lees ook</p>").split("\n\n")
    ['', 'Brug dicht', '']
    """
    is_whole = is_page(text)
    text = make_safe(text)
    if "<title" in text.lower() and "</title" not in text.lower():
        text = re.sub(r"<title[^<>]*>", "", text, flags=re.IGNORECASE)  # a title that is never closed hides nothing
    parser = _Story() if is_whole else _TextOfHtml()
    parser.feed(text)
    parser.close()
    return _find_story(parser.finish()) if isinstance(parser, _Story) else "".join(parser.pieces)


def read_all_text(page: str) -> str:
    """All text of a page, blocks as paragraphs, without looking for its story: a page may hold a hundred articles."""
    parser = _TextOfHtml()
    parser.feed(make_safe(page))
    parser.close()
    return "".join(parser.pieces)


class _TextOfHtml(HTMLParser):
    """Collects the text between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.open_dropped: list[str] = []

    def keep(self, text: str) -> None:
        """Add a piece of text."""
        self.pieces.append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Start a paragraph, break a line, or begin to skip."""
        if tag in ("body", "article", "main"):
            self.open_dropped.clear()  # a head that was never closed must not swallow the article
        if tag in _DROPPED:
            self.open_dropped.append(tag)
        elif tag in _BLOCKS:
            self.keep(_PARAGRAPH)
        elif tag == "br":
            self.keep("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """``<br/>`` and the like open nothing."""
        if tag == "br":
            self.keep("\n")
        elif tag in _BLOCKS:
            self.keep(_PARAGRAPH)

    def handle_endtag(self, tag: str) -> None:
        """End a paragraph, or stop skipping."""
        if tag in self.open_dropped:
            del self.open_dropped[self.open_dropped.index(tag) :]
        elif tag in _BLOCKS:
            self.keep(_PARAGRAPH)

    def handle_data(self, data: str) -> None:
        """Keep text; a line end in the source of HTML is only a space."""
        if not self.open_dropped:
            self.keep(re.sub(r"[ \t\n\f]+", " ", data))


@dataclass(slots=True)
class _Piece:
    """A piece of a page: in which article it stands (0: none), and whether in main, around it, in a link or time.

    `box` numbers the form or notice that it stands in (0: none); `is_lead` marks a paragraph under a header's ``<h1>``.
    """

    text: str
    article: int
    is_main: bool
    is_around: bool
    is_link: bool
    box: int = 0
    is_lead: bool = False


class _Story(_TextOfHtml):
    """Collects the text between tags with its place on the page."""

    def __init__(self) -> None:
        super().__init__()
        self.placed: list[_Piece] = []
        self.depths = Counter[str]()
        self.n_articles = 0
        self.around, self.around_depth, self.around_from = "", 0, 0
        self.box, self.box_depth, self.box_from, self.n_boxes = "", 0, 0, 0
        self.link, self.link_from = "", 0
        self.is_headed, self.is_lead, self.has_headline = False, False, False

    def keep(self, text: str) -> None:
        """Add a piece of text with its place."""
        number = self.n_articles if self.depths["article"] else 0
        is_main, box = self.depths["main"] > 0, self.n_boxes if self.box else 0
        self.placed.append(_Piece(text, number, is_main, bool(self.around), bool(self.link), box, self.is_lead))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where the parser comes to, then as for any HTML."""
        given = {name: value or "" for name, value in attrs}
        if tag in ("body", "main") or (tag in ("article", "h1") and self.around in _BOXES):
            self._show_around()  # what holds the story does not stand around it
        if tag in ("body", "main", "article", "h1"):
            self._show_box()
        if tag in ("body", "main", "article") or (tag == "a" and self.link == "a"):
            self._show_link()
        if tag == "article":
            self.n_articles += not self.depths[tag]
        if tag in ("article", "main"):
            self.depths[tag] += 1
        if tag in _BLOCKS:
            self.is_lead = False
        super().handle_starttag(tag, attrs)
        self._note_lead(tag)
        if self.around:
            self.around_depth += tag == self.around
        elif self._is_around(tag, given):
            self.around, self.around_depth, self.around_from = tag, 1, len(self.placed)
            self.is_headed = False
        if self.box:
            self.box_depth += tag == self.box
        elif _is_box(tag, given):
            self.box, self.box_depth, self.box_from = tag, 1, len(self.placed)
            self.n_boxes += 1
        if not self.link and (tag == "time" or (tag == "a" and "href" in given)):
            self.link, self.link_from = tag, len(self.placed)

    def handle_endtag(self, tag: str) -> None:
        """Note what the parser leaves, then as for any HTML."""
        if tag == self.link:
            self.link = ""
        if tag in _BLOCKS:
            self.is_lead = False
        if tag == self.around:
            self.around_depth -= 1
            if not self.around_depth:
                self.around = ""
        if tag == self.box:
            self.box_depth -= 1
            if not self.box_depth:
                self.box = ""
        super().handle_endtag(tag)
        if tag in ("article", "main"):
            self.depths[tag] = max(0, self.depths[tag] - 1)

    def finish(self) -> list[_Piece]:
        """All pieces; what was never closed neither surrounds the story nor is a link."""
        self._show_around()
        self._show_box()
        self._show_link()
        for piece in self.placed if self.has_headline else ():
            piece.is_lead = False  # the header is the site's
        return self.placed

    def _is_around(self, tag: str, given: dict[str, str]) -> bool:
        if tag in _AROUND:
            return True
        if tag == "header":
            return not self.depths["article"] and not self.depths["main"]
        return tag in _BOXES and given.get("role", "").lower() in _BOX_ROLES

    def _note_lead(self, tag: str) -> None:
        if tag == "h1":
            self.is_headed = self.around == "header"
            self.has_headline = self.has_headline or not self.around
        elif tag == "p":
            self.is_lead = self.is_headed and self.around == "header"

    def _show_around(self) -> None:
        for piece in self.placed[self.around_from :] if self.around else ():
            piece.is_around = False
        self.around = ""

    def _show_box(self) -> None:
        for piece in self.placed[self.box_from :] if self.box else ():
            piece.box = 0
        self.box = ""

    def _show_link(self) -> None:
        for piece in self.placed[self.link_from :] if self.link else ():
            piece.is_link = False
        self.link = ""


def _is_box(tag: str, given: dict[str, str]) -> bool:
    """Whether an element may be a form, or a notice about cookies by its id or one of its classes."""
    names = [given.get("id", ""), *given.get("class", "").split()]
    is_notice = any(_NOTICE.search(name) and not _STATE.match(name) for name in names)
    return tag == "form" or (tag in _BOXES and is_notice)


def _find_story(pieces: list[_Piece]) -> str:
    shown = [piece for piece in pieces if not piece.is_around]
    text = _find_text([piece for piece in shown if not piece.box])
    if boxes := _find_large_boxes(shown, len(text)):
        text = _find_text([piece for piece in shown if not piece.box or piece.box in boxes])
    if not text:
        return "".join(piece.text for piece in pieces)
    return _PARAGRAPH.join(["", *_find_leads(pieces), text, ""])


def _find_leads(pieces: list[_Piece]) -> list[str]:
    """Sentences under the headline in a header that stands before the story."""
    marked = [piece for piece in pieces if piece.is_around and (piece.is_lead or piece.text == _PARAGRAPH)]
    paragraphs = [" ".join(text.split()) for text in "".join(_drop_links(marked)).split(_PARAGRAPH)]
    return [text for text in paragraphs if len(text) >= _LEAST_LEAD and text.rstrip("’”\"'»)]")[-1:] in set(".!?…")]


def _find_text(seen: list[_Piece]) -> str:
    main = [piece for piece in seen if piece.is_main]
    parts = (_find_articles(seen, main), main, seen)
    return next((text for part in parts if (text := "".join(_drop_links(part)).strip())), "")


def _find_large_boxes(shown: list[_Piece], kept: int) -> set[int]:
    """Forms and notices with more than twice the text that is kept, or more than a text too short for a story.

    One that speaks of cookies all through is none beside a story, and needs twice the text beside less.
    """
    lengths, notices = Counter[int](), Counter[int]()
    for piece in shown:
        if piece.box and not piece.is_link:
            lengths[piece.box] += len(piece.text.strip())
            notices[piece.box] += len(_NOTICE_WORDS.findall(piece.text))
    found = set()
    for box, length in lengths.items():
        is_notice, is_story = 400 * notices[box] >= length, kept >= _LEAST_STORY
        if length > (2 if is_notice or is_story else 1) * kept and not (is_notice and is_story):
            found.add(box)
    return found


def _find_articles(seen: list[_Piece], main: list[_Piece]) -> list[_Piece]:
    """The longest article and others like it; none where far more text stands outside it, as on pages with teasers."""
    lengths = Counter[int]()
    for piece in seen:
        lengths[piece.article] += 0 if piece.is_link else len(piece.text.strip())
    outside = _length(piece for piece in (main or seen) if not piece.article)
    longest = max((length for number, length in lengths.items() if number), default=0)
    if 2 * longest < outside:
        return []
    return [piece for piece in seen if piece.article and 2 * lengths[piece.article] >= longest]


def _length(pieces: Iterable[_Piece]) -> int:
    return sum(len(piece.text.strip()) for piece in pieces if not piece.is_link)


def _drop_links(pieces: list[_Piece]) -> Iterator[str]:
    """Texts of pieces without the paragraphs that are only a link or a time."""
    paragraph: list[_Piece] = []
    for piece in [*pieces, _Piece(_PARAGRAPH, 0, False, False, False)]:
        if piece.text != _PARAGRAPH:
            paragraph.append(piece)
            continue
        if not _is_only_link(paragraph):
            yield from (part.text for part in paragraph)
        paragraph = []
        yield _PARAGRAPH


def _is_only_link(paragraph: list[_Piece]) -> bool:
    kinds = {piece.is_link for piece in paragraph if any(map(str.isalnum, piece.text))}
    return kinds == {True}
