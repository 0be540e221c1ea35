"""The evidence browser in a notebook: its one-file page in a frame, open at an actor or another filter.

Reads `Tables` and a codebook; returns a `BrowserView`, and writes the page only where it is told to. The page stands in
the cell itself, packed, or in a file beside the notebook that the cell names. In the cell its frame is a sandbox, which
reaches neither the notebook nor the network; Jupyter serves a file as one too. Where the page opens is the name of the
frame: a page in a cell has no address of its own, and Jupyter takes no fragment in that of a file (`PRELUDE`).

The same tables give the same bytes. Only what packs a page in a cell may differ between builds of zlib; a strict
notebook run would leave that out, as it does PNG (notebooks/nbval_sanitize.cfg), or show a file.
"""

from __future__ import annotations

import base64
import gzip
import html
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from analysis.codebook.load import Codebook
from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.schema import AUTHOR, UNNAMED
from analysis.contracts.tables import Tables
from analysis.corpus.storage import write_tables
from analysis.display.browser import Queries, make_file, open_corpus, pages
from analysis.display.browser.filters import QUOTED, Filter, read_filter
from analysis.display.explanations.behind import find_actor
from analysis.display.links import make_address
from analysis.display.show import FigureView
from analysis.display.words import count, word

MOST_ARTICLES = 2000
"""Articles of a page for a notebook, or fewer where a file of the browser holds fewer."""
MOST_INLINE = 2_000_000
"""Characters of a page inside a cell: Jupyter drops what a cell shows beyond some three million bytes at once."""
LEAST_HEIGHT = 200
ASKED = (*(field.name for field in fields(Filter)), "article")
"""What may be asked for."""
POLICY = '<meta http-equiv="Content-Security-Policy"'

PRELUDE = """<script>
if (name.startsWith("#") && !location.hash) location.hash = name;
if (location.protocol === "about:") {
  history.replaceState = (state, title, address) => { location.hash = address; };
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']");
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    location.hash = link.getAttribute("href");
  });
}
</script>
"""
"""Stands before the page's policy, which allows no script but the page's own: opens the page where the frame's name
says, and keeps links within a page whose address is that of the notebook."""

UNPACK = """<!DOCTYPE html>
<meta charset="utf-8">
<script type="text/plain" id="page">{packed}</script>
<script>
const bytes = Uint8Array.from(atob(document.getElementById("page").textContent), (sign) => sign.charCodeAt(0));
const page = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
new Response(page).text().then((text) => { document.open(); document.write(text); document.close(); });
</script>
"""


ASIDE = """<div style="display: flex; flex-wrap: wrap; gap: 1em">
<div style="flex: 1 1 24em; min-width: 0">{figure}</div>
<div style="flex: 1 1 24em; min-width: 0"><label>{title} <select onchange="{choose}">{options}</select></label>
{frame}</div>
</div>"""
CHOOSE = "const f = this.closest('div').querySelector('iframe'); f.name = this.value; f.replaceWith(f.cloneNode())"
"""Another actor is another frame, named anew: a sandbox takes its address from its name alone."""


@dataclass(frozen=True)
class BrowserView:
    """The browser in a frame; prints as a line that says what it holds and where it is open."""

    frame: str
    summary: str

    def __repr__(self) -> str:
        return self.summary

    def _repr_html_(self) -> str:
        return self.frame


class NotebookBrowser:
    """The evidence browser of a coded corpus, for a notebook: its page is made once, whatever it is opened at.

    Parameters
    ----------
    tables : Tables
        A coded corpus.
    codebook : Codebook
        Labels, and the name of the page.
    language : {"nl", "en"}
        In which the page opens.
    """

    def __init__(self, tables: Tables, codebook: Codebook, *, language: str = "nl") -> None:
        self._tables, self._codebook, self._language = tables, codebook, language

    def show(
        self,
        asks: Mapping[str, str],
        *,
        to: str | Path | None = None,
        height: int = 640,
        beside: FigureView | None = None,
    ) -> BrowserView:
        """Open the page at a filter or an article.

        Parameters
        ----------
        asks : mapping
            ``actor``, ``source``, ``outlet``, ``since``, ``until``, ``sign``, ``kind``, as `Filter` has them, and
            ``article``. Actors and sources by id or label.
        to : path, optional
            Write the page to this file and show that; by default it stands in the cell itself.
        height : int, default 640
            Of the frame, in pixels.
        beside : FigureView, optional
            A chart to put the page beside, with a list to choose an actor from.

        Returns
        -------
        BrowserView

        Raises
        ------
        UsageError
            When there are too many articles, or the page is too large for a cell; when something unknown is asked for,
            or `to` cannot be shown from here.
        InputError
            When a date, sign, kind or article is not known, or `to` cannot be written.
        """
        n, most = len(self._tables.articles), min(MOST_ARTICLES, pages.MOST_ARTICLES)
        if n > most:
            raise UsageError(
                f"browse: {n} articles are too many for a notebook, which holds {most}; choose some (outlets, dates), "
                "or code the articles with `framewijs code` and open the folder with `framewijs browse`"
            )
        if height < LEAST_HEIGHT:
            raise UsageError(f"browse: height is {LEAST_HEIGHT} pixels or more, not {height}")
        asked = self._check(asks)
        address = make_address(asked)
        source = self._inline() if to is None else self._write(Path(to))
        title = pages.read_words()["title"][self._language]
        frame = (
            f'<iframe title="{html.escape(title)}" name="{html.escape(address)}" {source} '
            f'width="100%" height="{height}" style="box-sizing: border-box; border: 1px solid #c8c8c8">'
            "</iframe>"
        )
        told = word("browser_of", self._language, articles=count(n, "article", self._language), address=address)
        if beside is None:
            return BrowserView(frame, told)
        return BrowserView(self._set_beside(beside, frame, asked), f"{beside!r}\n{told}")

    def _set_beside(self, figure: FigureView, frame: str, asked: Mapping[str, str]) -> str:
        """A chart and the page side by side, below each other where it is narrow; the list leads to actors."""
        found = self._queries.actors(read_filter({}), self._language)
        chosen = asked.get("actor", "")
        listed = dict.fromkeys(["", chosen, *(row[0] for row in found["rows"])])
        names = self._queries.names(listed, self._language) | {"": "–"}
        others = {key: value for key, value in asked.items() if key != "article"}
        options = "".join(
            f'<option value="{html.escape(make_address(others | {"actor": actor}))}"{" selected" * (actor == chosen)}>'
            f"{html.escape(names[actor])}</option>"
            for actor in listed
        )
        title = pages.read_words()["find_actor"][self._language]
        return ASIDE.format(
            figure=figure._repr_html_(), title=html.escape(title), choose=CHOOSE, options=options, frame=frame
        )

    @cached_property
    def _queries(self) -> Queries:
        with tempfile.TemporaryDirectory() as folder:
            write_tables(self._tables, folder)
            corpus = open_corpus(folder, codebook=self._codebook)
        return Queries(replace(corpus, name=self._codebook.name))

    @cached_property
    def _page(self) -> str:
        page = make_file(self._queries, self._language)
        return page.replace(POLICY, PRELUDE + POLICY, 1)

    @cached_property
    def _packed(self) -> str:
        return base64.b64encode(gzip.compress(self._page.encode(), mtime=0)).decode("ascii")

    def _inline(self) -> str:
        if len(self._packed) > MOST_INLINE:
            raise UsageError(
                f"browse: the page takes {len(self._packed) / 1e6:.1f} million characters, too many for a cell; write "
                "it to a file beside the notebook: browse(..., to='evidence.html')"
            )
        unpacked = html.escape(UNPACK.replace("{packed}", self._packed))
        return f'srcdoc="{unpacked}" sandbox="allow-scripts allow-modals"'

    def _write(self, file: Path) -> str:
        """Write the page; a file that would not change is not touched. Returns the frame's source."""
        if file.is_dir():
            raise UsageError(f"browse: to='{file}' is a folder; name a file, such as {file / 'evidence.html'}")
        try:
            place = Path(os.path.relpath(file)).as_posix()
        except ValueError:  # another drive
            place = ".."
        if place.startswith(".."):
            raise UsageError(
                f"browse: to='{file}' cannot be shown from here; name a file in the folder of the notebook"
            )
        content = self._page.encode()
        try:
            if not file.is_file() or file.read_bytes() != content:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        except OSError as error:
            raise InputError(f"{file} cannot be written ({error.strerror}). Choose another file.") from error
        return f'src="{quote(place)}"'

    def _check(self, asks: Mapping[str, str]) -> dict[str, str]:
        """What is asked for, by ids; refuses what the corpus does not have."""
        for key in asks:
            if key not in ASKED:
                near = get_close_matches(key, ASKED, n=1)
                hint = f"did you mean {near[0]}? " if near else ""
                raise UsageError(f"browse: there is no filter '{key}'; {hint}There are {', '.join(ASKED)}")
        chosen = {key: value for key, value in asks.items() if value}
        read_filter(chosen)
        findings, overview = self._queries.findings, self._queries.overview(self._language)
        for key, others in (("actor", ()), ("source", (AUTHOR, UNNAMED, QUOTED))):
            if key in chosen and chosen[key] not in {*findings.actors, *others}:
                chosen[key] = self._find_actor(key, chosen[key])
        outlets = [outlet for outlet, _ in overview["outlets"]]
        if (outlet := chosen.get("outlet")) and outlet not in outlets:
            raise UsageError(
                f"browse: no article is of the outlet '{outlet}'; there are {', '.join(outlets) or 'none'}"
            )
        if article := chosen.get("article"):
            self._queries.corpus.number(article)
        return chosen

    def _find_actor(self, key: str, asked: str) -> str:
        """The id of an actor by its label."""
        if found := find_actor(self._tables, self._codebook, asked):
            return found
        near = get_close_matches(asked.lower(), [*self._codebook.actors, *self._queries.findings.actors], n=1)
        hint = f"did you mean '{near[0]}'?" if near else "see the column actor_id of the table mentions"
        raise UsageError(f"browse: there is no {key} '{asked}'; {hint}")
