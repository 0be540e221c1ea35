"""Web pages: the headline that a page gives its article, and markup made safe to parse.

Reads the text of an HTML document; returns its headline, or the document without comments and without tags that never
end. The headline is the one that readers see (``<h1>``), else the one for sharing (``og:title``), else the title of the
page, without the name of the site. It cannot tell a slogan in the only ``<h1>`` of a page from a headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser

_LOOSE = 100
"""Opening brackets beyond the closing ones that a page may have before it is taken to be broken."""
_LONGEST = 400
"""Characters; a longer title was never closed."""
_SEPARATORS = re.compile(r"\s+[-–—|·•:»]\s+")
_UNSEEN = frozenset(["script", "style", "template", "noscript", "svg", "nav", "footer", "aside"])
_SITE = frozenset(["og:site_name", "application-name", "twitter:site", "publisher"])


def find_headline_of_page(page: str, *, outlet: str | None = None) -> str | None:
    """The headline of the article on a page.

    Parameters
    ----------
    page : str
        An HTML document.
    outlet : str, optional
        Name of the outlet, which titles of pages often end in.

    Returns
    -------
    str or None
        On one line; None where the page gives none.

    Notes
    -----
    Of several ``<h1>``, the first inside ``<article>`` or ``<main>`` is taken, else the one that the title of the page
    holds. What stands after a dash or bar is left out only if it is the name of the outlet or site.

    Examples
    --------
    >>> find_headline_of_page("<html><title>Brug dicht | NU.nl</title><meta property='og:site_name' content='NU.nl'>")
    'Brug dicht'
    >>> find_headline_of_page("<html><title>Brug dicht - wat nu</title><p>Tekst.</p>")
    'Brug dicht - wat nu'
    """
    parser = _Heads()
    parser.feed(make_safe(page))
    parser.close()
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
    """Collects titles, headings and names of the site."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.shared: str | None = None
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
        if tag in ("meta", "link"):
            self._read_meta({name: value or "" for name, value in attrs})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<meta/>`` opens nothing."""
        if tag in ("meta", "link"):
            self._read_meta({name: value or "" for name, value in attrs})

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

    def _read_meta(self, attrs: dict[str, str]) -> None:
        key = (attrs.get("property") or attrs.get("name") or attrs.get("rel") or "").casefold()
        content = _join([attrs.get("content", "")])
        if key == "og:title" and content and self.shared is None:
            self.shared = content
        elif key in _SITE and content:
            self.sites.append(content.lstrip("@"))
        address = content if key == "og:url" else attrs.get("href", "") if key == "canonical" else ""
        if found := re.match(r"https?://([^/:?#]+)", address):
            self.sites.append(found[1])
