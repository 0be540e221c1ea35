"""Web pages: what a page says of its article, and markup made safe to parse.

Reads the text of an HTML document; returns headline, outlet, date and language, or the document without comments and
without tags that never end. The headline is the one that readers see (``<h1>``), else the one for sharing
(``og:title``), else the title of the page, without the name of the site. It cannot tell a slogan in the only ``<h1>``
of a page from a headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import NamedTuple

from analysis.corpus.dates import parse_date

_LOOSE = 100
"""Opening brackets beyond the closing ones that a page may have before it is taken to be broken."""
_LONGEST = 400
"""Characters; a longer title was never closed."""
_DATED = re.compile(r"\d{4}-\d{1,2}(?!\d)")
"""How a date begins in ``datetime``, which may also hold a duration or an hour."""
_SEPARATORS = re.compile(r"\s+[-–—|·•:»]\s+")
_UNSEEN = frozenset(["script", "style", "template", "noscript", "svg", "nav", "footer", "aside"])
_SITE = frozenset(["og:site_name", "application-name", "twitter:site", "publisher"])


class Page(NamedTuple):
    """What a page says of its article; None where it does not say it."""

    headline: str | None
    outlet: str | None
    published: str | None
    language: str | None


def read_page(page: str, *, outlet: str | None = None) -> Page:
    """What a page says of its article.

    Parameters
    ----------
    page : str
        An HTML document.
    outlet : str, optional
        Name of the outlet, which titles of pages often end in.

    Returns
    -------
    Page
        ``outlet`` is ``og:site_name``; ``published`` is ``article:published_time`` if it is a date, else the first
        ``<time datetime>`` in the article, else on the page; ``language`` is that of ``<html lang>``. Each on one line,
        as the page has it.

    Notes
    -----
    Of several ``<h1>``, the first inside ``<article>`` or ``<main>`` is taken, else the one that the title of the page
    holds. What stands after a dash or bar is left out only if it is the name of the outlet or site.

    Examples
    --------
    >>> read_page("<html lang=nl><title>Brug dicht | NU.nl</title><meta property='og:site_name' content='NU.nl'>")
    Page(headline='Brug dicht', outlet='NU.nl', published=None, language='nl')
    >>> read_page("<html><title>Brug dicht - wat nu</title><time datetime='2020-01-31'>").headline
    'Brug dicht - wat nu'
    """
    parser = _Heads()
    parser.feed(make_safe(page))
    parser.close()
    dates = [date for date in (parser.published, parser.times[True], parser.times[False]) if date]
    readable = [date for date in dates if parse_date(date, order="dmy").published]
    return Page(_find_headline(parser, outlet), parser.outlet, next(iter([*readable, *dates]), None), parser.language)


def _find_headline(parser: _Heads, outlet: str | None) -> str | None:
    sites = [site for site in (outlet, *parser.sites) if site]
    titles = [drop_site_name(title, sites) for title in (parser.shared, _join(parser.title)) if title]
    titles = [title for title in titles if title and len(title) <= _LONGEST]
    heads = [(head, is_inside) for pieces, is_inside in parser.heads if 0 < len(head := _join(pieces)) <= _LONGEST]
    heads = [(head, is_inside) for head, is_inside in heads if _plain(head) not in set(map(_plain, sites))]
    inside = [head for head, is_inside in heads if is_inside]
    titled = [head for head, _ in heads if any(_plain(head) in _plain(title) for title in titles)]
    alone = [head for head, _ in heads] if len(heads) == 1 or not titles else []
    return next(iter([*inside, *titled, *alone, *titles]), None)


def drop_site_name(title: str, sites: Iterable[str]) -> str:
    """A title without the name of the site after its last dash or bar.

    Examples
    --------
    >>> drop_site_name("Brug dicht - De Courant", ["de courant"]), drop_site_name("Brug dicht - en nu?", ["NU"])
    ('Brug dicht', 'Brug dicht - en nu?')
    """
    marks = list(_SEPARATORS.finditer(title))
    if marks and _plain(title[marks[-1].end() :]) in {_plain(site) for site in sites}:
        return title[: marks[-1].start()].strip()
    return title


def make_safe(page: str) -> str:
    """A page without comments; where many tags never end, without these, on which parsing would take hours."""
    pieces, at = [], 0
    while (start := page.find("<!--", at)) >= 0:
        end = page.find("-->", start + 4)
        pieces.append(page[at:start])
        at = len(page) if end < 0 else end + 3
    page = "".join([*pieces, page[at:]])
    if page.count("<") - page.count(">") > _LOOSE:
        page = re.sub(r"<(?=[^<>]*(?:<|\Z))", "&lt;", page)
    return page


def _join(pieces: Iterable[str]) -> str:
    return " ".join("".join(pieces).split())


def _plain(name: str) -> str:
    """A name as it is compared: letters and digits, without ``www`` and the ending of an address."""
    return re.sub(r"[\W_]+", "", re.sub(r"\Awww\.|\.(?:nl|be|com|org|net|co\.uk|uk|eu)\Z", "", name.strip().casefold()))


class _Heads(HTMLParser):
    """Collects titles, headings, dates and names of the site."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.shared: str | None = None
        self.outlet: str | None = None
        self.published: str | None = None
        self.language: str | None = None
        self.times: dict[bool, str | None] = {True: None, False: None}
        """The first date inside an article or main, and outside."""
        self.sites: list[str] = []
        self.heads: list[tuple[list[str], bool]] = []
        self.open: str | None = None
        self.depths = dict.fromkeys(("article", "main"), 0)
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where the parser is, and what the page says of itself."""
        if tag in ("body", "article", "main"):
            self.hidden = 0  # what was never closed must not hide the article
            self.open = None
        if tag in self.depths:
            self.depths[tag] += 1
        elif tag in _UNSEEN:
            self.hidden += 1
        elif tag in ("h1", "title") and not self.hidden:
            self.open = tag
            if tag == "h1":
                self.heads.append(([], any(self.depths.values())))
        elif tag in ("p", "div", "meta", "h2") and not (self.open == "h1" and not _join(self.heads[-1][0])):
            self.open = None  # what was never closed; a block that a heading begins with is part of it
        self._read_attributes(tag, {name: value or "" for name, value in attrs})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<meta/>`` opens nothing."""
        self._read_attributes(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        """Leave a heading, an article, or what is not seen."""
        if tag == self.open:
            self.open = None
        if tag in self.depths:
            self.depths[tag] = max(0, self.depths[tag] - 1)
        elif tag in _UNSEEN:
            self.hidden = max(0, self.hidden - 1)

    def handle_data(self, data: str) -> None:
        """Keep the words of titles and headings."""
        if self.open == "title" and not self.heads:
            self.title.append(data)
        elif self.open == "h1" and not self.hidden:
            self.heads[-1][0].append(data)

    def _read_attributes(self, tag: str, attrs: dict[str, str]) -> None:
        if tag in ("meta", "link"):
            self._read_meta(attrs)
        elif tag == "html" and self.language is None:
            self.language = _join([attrs.get("lang") or attrs.get("xml:lang", "")]) or None
        elif tag == "time" and not self.hidden and _DATED.match(date := _join([attrs.get("datetime", "")])):
            is_inside = any(self.depths.values())
            self.times[is_inside] = self.times[is_inside] or date

    def _read_meta(self, attrs: dict[str, str]) -> None:
        key = (attrs.get("property") or attrs.get("name") or attrs.get("rel") or "").casefold()
        content = _join([attrs.get("content", "")])
        if key == "og:title" and content and self.shared is None:
            self.shared = content
        elif key in _SITE and content:
            self.sites.append(content.lstrip("@"))
            self.outlet = self.outlet or (content if key == "og:site_name" and len(content) <= _LONGEST else None)
        elif key == "article:published_time" and content:
            self.published = self.published or content
        address = content if key == "og:url" else attrs.get("href", "") if key == "canonical" else ""
        if found := re.match(r"https?://([^/:?#]+)", address):
            self.sites.append(found[1])
