"""The browser in a notebook: its page in a cell or in a file beside it, open where it was asked to be."""

import base64
import gzip
import html
import json
import re
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import urlopen

import nbformat
import pytest
from nbconvert import HTMLExporter
from websocket import create_connection

from analysis.contracts.errors import InputError, UsageError
from analysis.display import browsing
from analysis.display.browser import pages
from analysis.display.browsing import NotebookBrowser
from analysis.display.show import FigureView
from tests.browser_corpus import BAD, CODEBOOK, make_tables_of_three
from tests.chromium import PATIENCE, PROGRAM, Page


@pytest.fixture(scope="module")
def browser() -> NotebookBrowser:
    return NotebookBrowser(make_tables_of_three(), CODEBOOK, language="en")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The folder of a notebook."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def attributes(frame: str) -> dict[str, str]:
    """Attributes of the one frame that a cell shows; nothing else stands in it."""
    match = re.fullmatch(r'<iframe((?: [a-z]+="[^"]*")+)></iframe>', frame)
    assert match
    return {name: html.unescape(value) for name, value in re.findall(r' ([a-z]+)="([^"]*)"', match[1])}


def unpack(cell: str) -> str:
    packed = re.search(r'id="page">([\w+/=]+)</script>', cell)
    assert packed
    return gzip.decompress(base64.b64decode(packed[1])).decode()


def test_a_cell_holds_the_page_in_a_sandbox(browser):
    """Without an address of its own; text of articles is packed, so that none is markup of the notebook."""
    view = browser.show({"actor": "piet"})
    frame = attributes(view._repr_html_())
    assert (frame["name"], frame["sandbox"]) == ("#actor=piet&view=sentences", "allow-scripts allow-modals")
    assert "src" not in frame and BAD not in view.frame and frame["height"] == "640"
    page = unpack(frame["srcdoc"])
    assert page.startswith("<!DOCTYPE html>") and page.replace(browsing.PRELUDE, "", 1) == pages.make_file(
        browser._queries, "en"
    )
    assert page.index(browsing.PRELUDE) < page.index("Content-Security-Policy")
    assert repr(view) == "evidence browser of 3 articles, open at #actor=piet&view=sentences"


def test_a_cell_is_the_same_on_every_run(browser):
    """Another browser of the same tables shows the same bytes."""
    assert NotebookBrowser(make_tables_of_three(), CODEBOOK, language="en").show({}) == browser.show({})
    assert attributes(browser.show({}).frame)["name"] == "#"


def test_a_file_beside_the_notebook_holds_the_page(browser, here):
    """The cell names it; nothing else is written, and what is there already is left alone."""
    (here / "mine.txt").write_text("mine", encoding="utf-8")
    frame = attributes(browser.show({"actor": "piet"}, to="drawn/my page.html").frame)
    assert (frame["src"], frame["name"]) == (
        "drawn/my%20page.html",
        "#actor=piet&view=sentences",
    ) and "srcdoc" not in frame
    file = here / "drawn" / "my page.html"
    assert file.read_bytes() == browser._page.encode()
    written = file.stat().st_mtime_ns
    browser.show({}, to=file)
    assert file.stat().st_mtime_ns == written
    assert sorted(path.name for path in here.rglob("*")) == ["drawn", "mine.txt", "my page.html"]


def test_a_file_that_cannot_be_shown_is_refused(browser, here):
    """A folder, a file outside the notebook's folder, a place that is no folder."""
    with pytest.raises(UsageError, match="is a folder; name a file"):
        browser.show({}, to=here)
    with pytest.raises(UsageError, match="in the folder of the notebook"):
        browser.show({}, to=here.parent / "evidence.html")
    (here / "x").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        browser.show({}, to=here / "x" / "evidence.html")
    assert [path.name for path in here.iterdir()] == ["x"]


@pytest.mark.parametrize(
    ("asks", "address"),
    [
        ({"actor": "john & co"}, "#actor=jan&view=sentences"),
        ({"actor": "Jan & co", "sign": "negative"}, "#actor=jan&sign=negative&view=sentences"),
        ({"source": "author", "since": "2024-03"}, "#source=author&since=2024-03&view=sentences"),
        ({"source": "any:quoted", "kind": "quote"}, "#source=any%3Aquoted&kind=quote&view=sentences"),
        ({"outlet": "blad <i>"}, "#outlet=blad+%3Ci%3E&view=sentences"),
        ({"actor": "", "article": "b/2?"}, "#article=b%2F2%3F"),
    ],
)
def test_what_is_asked_for_is_an_address_of_the_page(browser, asks, address):
    """Labels become ids."""
    assert attributes(browser.show(asks).frame)["name"] == address


@pytest.mark.parametrize(
    ("asks", "error", "said"),
    [
        ({"actor": "jann"}, UsageError, "no actor 'jann'; did you mean 'jan'"),
        ({"actor": "any:quoted"}, UsageError, "no actor 'any:quoted'"),
        ({"source": "zzz"}, UsageError, "see the column actor_id"),
        ({"outlet": "de courant"}, UsageError, "there are blad <i>, krant"),
        ({"actors": "jan"}, UsageError, "no filter 'actors'; did you mean actor"),
        ({"sign": "bad"}, InputError, "use one of negative"),
        ({"since": "March"}, InputError, "is no date"),
        ({"article": "a9"}, InputError, "no article 'a9'"),
    ],
)
def test_what_the_corpus_does_not_have_is_refused(browser, asks, error, said):
    """With what there is."""
    with pytest.raises(error, match=re.escape(said)):
        browser.show(asks)


def test_what_is_too_large_is_sent_to_the_command(browser, monkeypatch):
    """Too many articles to the server, too large a page for a cell to a file."""
    with pytest.raises(UsageError, match="200 pixels or more"):
        browser.show({}, height=10)
    monkeypatch.setattr(browsing, "MOST_INLINE", 1000)
    with pytest.raises(UsageError, match=r"beside the notebook: browse\(\.\.\., to='evidence.html'\)"):
        browser.show({})
    monkeypatch.setattr(pages, "MOST_ARTICLES", 2)
    with pytest.raises(UsageError, match=r"3 articles are too many for a notebook, which holds 2.*`framewijs browse`"):
        browser.show({})


CHART = FigureView("04_tone", "A chart, <b>so</b>.", "Finding.", b"png")


def test_beside_a_chart_stands_a_list_of_actors(browser):
    """Each leads to its sentences under the other filters; the one asked for is chosen, and text stays text."""
    view = browser.show({"actor": "piet", "sign": "negative"}, beside=CHART)
    assert CHART._repr_html_() in view.frame and BAD not in view.frame and html.escape(BAD) in view.frame
    options = re.findall(r'<option value="([^"]*)"( selected)?>([^<]*)</option>', view.frame)
    assert [(html.unescape(value), bool(chosen)) for value, chosen, _ in options] == [
        ("#sign=negative&view=sentences", False),
        ("#actor=piet&sign=negative&view=sentences", True),
        ("#actor=jan&sign=negative&view=sentences", False),
    ]
    assert [html.unescape(name) for *_, name in options] == ["–", BAD, "John & co"]
    assert repr(view).startswith("figure 04_tone: A chart") and "evidence browser of 3 articles" in repr(view)


class Jupyter(SimpleHTTPRequestHandler):
    """Serves files as Jupyter does: as sandboxes."""

    def end_headers(self):
        """What the browser may do with a page."""
        if "evidence" in self.path:
            self.send_header("Content-Security-Policy", "frame-ancestors 'self'; sandbox allow-scripts")
        super().end_headers()

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture
def addresses(here):
    """Where a page of `here` is, as a file and served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Jupyter, directory=str(here)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield {"file": (here / "cell.html").as_uri(), "served": f"http://127.0.0.1:{server.server_address[1]}/cell.html"}
    server.shutdown()
    thread.join()
    server.server_close()


class Frame:
    """The document in the frame of a page: a sandbox, which Chromium keeps in a process of its own."""

    def __init__(self, page: Page) -> None:
        port = (page.folder / "DevToolsActivePort").read_text().split("\n")[0]
        end, found = time.monotonic() + PATIENCE, []
        while not found and time.monotonic() < end:
            with urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
                found = [one["webSocketDebuggerUrl"] for one in json.load(answer) if one["type"] == "iframe"]
        self.socket = create_connection(found[0], timeout=PATIENCE)

    def do(self, script: str):
        """The value of an expression in the frame."""
        asked = {"id": 1, "method": "Runtime.evaluate", "params": {"expression": script, "returnByValue": True}}
        self.socket.send(json.dumps(asked))
        while (told := json.loads(self.socket.recv())).get("id") != 1:
            pass
        return told["result"]["result"].get("value")

    def until(self, script: str) -> None:
        """Wait until an expression holds."""
        end = time.monotonic() + PATIENCE
        while self.do(f"Boolean({script})") is not True:
            assert time.monotonic() < end, (script, self.do("location.hash"), self.do("document.body?.innerText"))
            time.sleep(0.05)


@pytest.mark.skipif(PROGRAM is None, reason="no chromium on this machine (Debian: apt-get install chromium)")
@pytest.mark.parametrize(("way", "to"), [("file", None), ("served", None), ("served", "evidence.html")])
def test_the_page_in_a_frame_opens_and_leads_on(browser, here, addresses, way, to):
    """Where it was asked to be; links, buttons, the search box and the way home work, and text stays text."""
    cell = browser.show({"actor": "piet"}, to=to).frame
    if to:
        cell = cell.replace(to, f"{to}?123")  # as Jupyter does, lest an old file is shown
    (here / "cell.html").write_text(f"<!DOCTYPE html><link rel='icon' href='data:,'>{cell}", encoding="utf-8")
    profile = here / "profile"
    profile.mkdir()
    with Page(profile) as page:
        page.call("Page.navigate", url=addresses[way])
        frame = Frame(page)
        frame.until("document.querySelector('#reading-head')?.textContent === '6 sentences'")
        frame.do("document.querySelector('[data-view=articles]').click()")
        frame.until("location.hash === '#actor=piet&view=articles' && document.querySelector('#content .articles')")
        frame.do("document.querySelector('#content .articles a').click()")
        frame.until("location.hash.includes('article=') && document.querySelector('.sentence')")
        assert BAD in frame.do("document.querySelector('#content').innerText")
        frame.do(
            "const box = document.querySelector('#find-actor'); box.value = 'john'; box.dispatchEvent(new Event('input'))"
        )
        frame.until("location.hash.includes('find=john') && document.querySelectorAll('#actors ol li').length === 1")
        frame.do("document.querySelector('#home').click()")
        frame.until("!location.hash.slice(1) && document.querySelectorAll('#actors ol li').length === 2")
        frame.do("location.hash = '#actor=piet&kind=judgement,neutral&view=sentences'")  # as a chart of tone asks
        frame.until("document.querySelector('#chips').innerText.includes('judgement')")
        assert "kind_" not in frame.do("document.querySelector('#chips').innerText")
        assert "," in frame.do("document.querySelector('#filters form').elements.kind.selectedOptions[0].text")
        assert frame.do("origin") == "null"  # nothing of the notebook's can be reached
        assert page.complaints == []
        frame.socket.close()


@pytest.mark.skipif(PROGRAM is None, reason="no chromium on this machine (Debian: apt-get install chromium)")
def test_the_list_beside_a_chart_opens_the_page_at_another_actor(browser, here, addresses):
    """In a notebook that was exported to one file, without a server; on a phone the page stands below the chart."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("browse()")])
    shown = {"text/html": browser.show({}, beside=CHART).frame, "text/plain": ""}
    notebook.cells[0].outputs = [nbformat.v4.new_output("execute_result", data=shown, execution_count=1)]
    body, _ = HTMLExporter(template_name="basic").from_notebook_node(notebook)
    head = "<!DOCTYPE html><meta name='viewport' content='width=device-width'><link rel='icon' href='data:,'>"
    (here / "cell.html").write_text(head + body, encoding="utf-8")
    profile = here / "profile"
    profile.mkdir()
    below = (
        "document.querySelector('iframe').getBoundingClientRect().top"
        " > document.querySelector('figure').getBoundingClientRect().bottom"
    )
    with Page(profile) as page:
        page.call("Page.navigate", url=addresses["file"])
        page.until("document.querySelector('iframe') && document.querySelector('select')")
        assert page.do(below) is False
        page.do(
            "(() => { const list = document.querySelector('select'); list.selectedIndex = 2;"
            " list.dispatchEvent(new Event('change')); })()"
        )
        assert page.do("document.querySelector('iframe').name") == "#actor=jan&view=sentences"
        frame = Frame(page)
        frame.until("document.querySelector('#reading-head')?.textContent.endsWith('sentences')")
        assert "John & co" in frame.do("document.querySelector('#chips').innerText")
        frame.socket.close()
        page.resize(390)
        assert page.do(below) is True
        assert page.do("document.documentElement.scrollWidth") <= 390
        assert page.complaints == []
