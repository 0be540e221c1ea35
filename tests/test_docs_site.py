"""The docs site: what its pages are made of is true, and what is built holds together, in a real Chromium too.

The built site is tested where its environment is (``make .venv-docs/.installed``), the pages' sources everywhere.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

import analysis
from analysis import paths
from analysis.contracts.tables import LAYERS, MODELS
from docs.site import api, gallery, joins, make
from tests.chromium import PROGRAM, Page
from tests.test_display_facade import NOTEBOOKS
from tests.test_environment import LOCKED, PROJECT, name_of

LOCK = (paths.ROOT / "docs" / "requirements.lock").read_text(encoding="utf-8").splitlines()
SPHINX = paths.ROOT / ".venv-docs" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
WORDS = {
    "codebook": "docs/codebooks", "metonym": "docs/glossary", "voornaamwoord": "docs/begrippen",
    "adjudication": "docs/coding-by-hand", "villain": "notebooks/en/09_roles", "schurk": "notebooks/nl/09_roles",
    "bootstrap": "docs/methods", "Flemish": "docs/faq", "draw_sample": "api/measures", "workers": "commands",
}  # fmt: skip
"""Ten words, and a page that must be among the results."""
LOOKED_AT = (
    "index",
    "gallery",
    "docs/faq",
    "notebooks/en/04_tone",
    "tables",
    "commands",
    "api/measures",
    "docs/begrippen",
)


class Links(HTMLParser):
    """What a page links to, what it loads, and its anchors."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Sort the addresses of an element."""
        found = {name: value or "" for name, value in attrs}
        self.anchors.add(found.get("id", ""))
        if tag == "a":
            self.links.append(found.get("href", ""))
        elif tag != "link" or found.get("rel") not in ("author", "index", "search", "next", "prev"):
            self.loaded += [found[name] for name in ("src", "href", "srcset", "data") if name in found]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The site, built; a warning is an error."""
    if not SPHINX.exists():
        pytest.skip("no environment for the docs: make .venv-docs/.installed")
    out = tmp_path_factory.mktemp("docs") / "site"
    done = subprocess.run(
        [str(SPHINX), "-m", "docs.site.make", str(out)], cwd=paths.ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and "WARNING" not in done.stderr, done.stderr
    return out


@pytest.fixture(scope="module")
def address(site) -> str:
    """The site as a server gives it."""
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def page(site, tmp_path_factory) -> Page:  # noqa: ARG001  no browser where there is no site
    """A page that complained of nothing when all was done."""
    if PROGRAM is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    with Page(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened
        assert opened.complaints == []


def go(page: Page, address: str) -> None:
    """Open a page and wait until its scripts have run."""
    page.call("Page.navigate", url="about:blank")
    page.call("Page.navigate", url=address)
    page.until("location.href !== 'about:blank' && document.readyState === 'complete'")


def test_the_lock_of_the_docs_is_the_other_and_more():
    """Pins alone; every package of the extra; what both have, in one version."""
    pins = dict.fromkeys(name_of(line) for line in LOCK)
    for line in LOCK:
        assert re.fullmatch(r"[a-z0-9.-]+==[0-9][\w.!+]*( ; .+)?", line), line
    assert {name_of(one) for one in PROJECT["optional-dependencies"]["docs"] + PROJECT["dependencies"]} <= set(pins)
    main = (paths.ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    shared = {line for line in main if name_of(line) in pins}
    assert shared and shared <= set(LOCK)
    assert not LOCKED & {"sphinx", "myst-nb"}


def test_the_examples_of_the_makers_hold():
    """Those in docstrings."""
    assert doctest.testmod(make).failed == 0


def test_the_api_pages_have_all_that_is_public():
    """The verbs of `analysis` and of display, and every further verb of the map."""
    listed = {name.rpartition(".")[2] for names in api.list_public().values() for name in names}
    assert {name for name in analysis.__all__ if name != "paths"} <= listed
    assert {"code_responsibility", "draw_sample", "fit_frames", "load_world", "validate", "plot_tone"} <= listed
    assert "write_sheet" in listed and len(listed) == sum(len(names) for names in api.list_public().values())
    with pytest.raises(SystemExit, match=r"`no\.such_verb`"):
        api.find_further("Further verbs stand in their modules:\n\n- `no.such_verb`\n\nThe docstrings")


def test_the_gallery_shows_every_chart_with_its_picture_and_words():
    """The lines of a study draw what the notebooks store (`test_display_facade`), and all other charts are there too."""
    charts = gallery.read_charts()
    assert {name: chart.slug for name, chart in gallery.list_facade(charts).items()} == NOTEBOOKS
    assert {f"{slug}.png" for slug in charts} == {path.name for path in (paths.FIGURES / "en").glob("*.png")}
    assert all("show_figure" in chart.code and len(chart.alt) > 40 for chart in charts.values())
    assert gallery.first_lines().startswith("from analysis import Study")


def test_the_joins_hold_in_coded_tables(seed_tables):
    """Every value of a joining column is a key of the table that the picture says."""
    found = joins.list_joins()
    for table, layer in LAYERS.items():
        ids = {column for column in MODELS[table].to_schema().columns if column.endswith("_id")}
        assert ids - {join.column for join in found if join.table == table} <= {layer.key[-1]}, table
    checked = 0
    for join in found:
        rows = getattr(seed_tables, join.table).dropna(subset=[join.column])
        if join.to in LAYERS:
            keys = list(LAYERS[join.to].key)
            mine = [*keys[:-1], join.column]
            other = getattr(seed_tables, join.to)[keys]
            assert set(map(tuple, rows[mine].to_numpy())) <= set(map(tuple, other.to_numpy())), join
            checked += len(rows)
    assert checked > 500


def test_the_lines_that_join_keep_every_row(seed_tables):
    """As the page writes them."""
    page = (paths.ROOT / "docs" / "site" / "tables.txt").read_text(encoding="utf-8")
    made = {"tables": seed_tables}
    exec(re.search(r"```python\n(.+?)```", page, re.DOTALL)[1], made)  # noqa: S102  the page's own code
    assert len(made["words"]) == len(made["meant"]) == len(seed_tables.evaluations) > 0
    assert len(made["told_in"]) == len(seed_tables.features) > 0


def test_the_picture_of_the_joins_names_every_table_and_column():
    """It is an SVG that a browser can read."""
    root = ElementTree.fromstring(joins.draw())  # noqa: S314  our own
    words = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert [word for word in words if word in LAYERS] == list(LAYERS)
    assert {word for word in words if word.endswith("_id")} > {join.column for join in joins.list_joins()}
    assert words.count("key") == sum(len(layer.key) == 1 for layer in LAYERS.values()) + 1 and sum(
        "→" in word for word in words
    ) == len(joins.list_joins())


def test_the_examples_of_the_questions_hold(monkeypatch):
    """Each answer that shows code was tried."""
    monkeypatch.chdir(paths.ROOT)
    told = doctest.testfile(
        str(paths.ROOT / "docs" / "faq.md"), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert told.failed == 0 and told.attempted > 5


def test_the_questions_stand_in_both_languages():
    """As many, with the same commands and options."""
    english, dutch = ((paths.ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("faq.md", "vragen.md"))
    assert english.count("\n## ") == dutch.count("\n## ")
    for kind in (r"--[a-z-]+", r"framewijs [a-z]+", r"\b(?:52|75)\b"):
        assert set(re.findall(kind, english)) == set(re.findall(kind, dutch)), kind


def test_links_and_anchors_lead_somewhere(site):
    """Within the site; to others only by links that a reader clicks."""
    pages = {path: Links(path) for path in site.rglob("*.html")}
    assert len(pages) > 60
    for path, found in pages.items():
        for link in found.links:
            where = urlsplit(link)
            if where.scheme or not link:
                continue
            target = (path.parent / unquote(where.path)).resolve() if where.path else path
            assert target.exists(), f"{path.relative_to(site)}: {link}"
            if where.fragment and target in pages:
                assert unquote(where.fragment) in pages[target].anchors, f"{path.relative_to(site)}: {link}"


def test_nothing_is_loaded_from_elsewhere(site):
    """No script, style, font or picture: pages and styles name files of the site, and these exist."""
    for path in (path for path in site.rglob("*.html") if "_static" not in path.parts):
        for name in Links(path).loaded:
            if not name.startswith("data:"):
                assert not urlsplit(name).netloc, f"{path.relative_to(site)}: {name}"
                assert (path.parent / unquote(urlsplit(name).path)).exists(), f"{path.relative_to(site)}: {name}"
    for path in site.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", path.read_text(encoding="utf-8")), path


def test_the_index_of_the_search_has_ten_words(site):
    """Each leads to the page where it must be, without a browser."""
    told = (site / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(told.removeprefix("Search.setIndex(").removesuffix(")"))
    for word, name in WORDS.items():
        pages = set()
        for terms in (index["terms"], index["titleterms"]):
            for term in (term for term in terms if len(term) > 3 and word.lower().startswith(term)):
                pages |= set(terms[term]) if isinstance(terms[term], list) else {terms[term]}
        assert index["docnames"].index(name) in pages, word


def test_pages_run_without_errors_and_fit_a_phone(page, address):
    """Nothing to scroll sideways at 390 pixels, in light of what the console says."""
    for width in (1100, 390):
        page.resize(width)
        for name in LOOKED_AT:
            go(page, f"{address}/{name}.html")
            assert page.do("document.documentElement.scrollWidth") <= width, (width, name)
            assert page.complaints == [], name
    page.resize(1100)


def test_a_reader_finds_words_without_a_server(page, site):
    """From the folder: the box leads to results, and ten words to their pages."""
    go(page, (site / "index.html").as_uri())
    page.click(".search-button__button")
    page.until("document.querySelector('dialog input[type=search]')")
    page.do("document.querySelector('dialog input[type=search]').value = 'metonym'")
    page.do("document.querySelector('dialog form').requestSubmit()")
    page.until("document.querySelector('#search-results li a')")
    for word, name in WORDS.items():
        go(page, f"{(site / 'search.html').as_uri()}?q={word}")
        page.until(f"[...document.querySelectorAll('#search-results li a')].some(a => a.href.includes('{name}.html'))")


def test_formulas_and_languages_are_told_to_the_browser(page, address):
    """MathML, without a script; a Dutch page says that it is Dutch."""
    go(page, f"{address}/notebooks/nl/04_tone.html")
    assert page.do("document.documentElement.lang") == "nl"
    go(page, f"{address}/docs/methods.html")
    assert page.do("document.querySelector('math').getBoundingClientRect().width") > 50


@pytest.mark.skipif("AXE_CORE" not in os.environ, reason="no axe-core: name its axe.min.js in AXE_CORE")
def test_axe_finds_nothing_serious(page, address):
    """Wide and narrow."""
    for width in (1100, 390):
        page.resize(width)
        for name in LOOKED_AT:
            go(page, f"{address}/{name}.html")
            assert not page.find_serious(), (width, name)
    page.resize(1100)
