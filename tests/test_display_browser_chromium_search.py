"""Search and totals along `part_of` in a real Chromium: typed, clicked, on a phone, and nothing hostile that runs."""

import os

import pytest

from analysis.display.browser import Queries, open_corpus
from tests.browser_corpus import BAD, both_pages
from tests.browser_village import VILLAGE, write_village
from tests.chromium import PROGRAM, Page

pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="no chromium on this machine (Debian: apt-get install chromium)"
)


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    """The page of the server and the page in a file."""
    folder = tmp_path_factory.mktemp("coded")
    with both_pages(Queries(open_corpus(write_village(folder / "out"), codebook=VILLAGE)), folder) as made:
        yield made


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A page that complained of nothing when all was done."""
    with Page(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened
        assert opened.complaints == []


@pytest.fixture(params=["server", "file"])
def address(request, addresses):
    """Both kinds of page, for what holds of both."""
    return addresses[request.param]


def marks(page):
    """The words that are marked."""
    return page.do("[...document.querySelectorAll('#content mark')].map((mark) => mark.textContent)")


def test_the_slash_leads_to_the_search(page, address):
    """Words are typed and their sentences shown; one is opened by keys, in its article, and the way leads back."""
    page.open(address)
    page.press("/")
    assert page.do("document.activeElement.id") == "search"
    page.settle(lambda: page.call("Input.insertText", text="Cafe"))
    assert page.text("#reading-head") == "5 zinnen met ‘Cafe’" and page.do("location.hash") == "#search=Cafe"
    assert marks(page) == ["cafe\u0301", "CAFÉ", "café", "café", "café", "cafés"]
    assert page.text("#content article").startswith("De brug\nkrant · 2024-05-01")
    page.do("document.querySelector('#searching').requestSubmit()")
    assert page.do("document.activeElement.id") == "reading"
    page.press("j")
    page.press("j")
    page.settle(lambda: page.press("o"))
    assert "article=v1" in page.do("location.hash") and page.text(".sentence.here .n") == "1"
    assert marks(page) == ["CAFÉ", "café"], "the words are marked in the article too"
    page.settle(lambda: page.press("Escape"))
    assert page.text("#reading-head") == "5 zinnen met ‘Cafe’"
    page.settle(lambda: page.click("#views [data-view=sentences]"))
    assert "search" not in page.do("location.hash") and page.do("document.querySelector('#search').value") == ""


def test_a_search_is_a_permanent_link(page, address):
    """Sentences with all words, then articles; words in a row; actors by name; narrowed by filters."""
    page.open(f"{address}#search=bank+brug")
    assert page.text("#reading-head") == "1 zin + 1 artikel met ‘bank brug’"
    assert page.do("document.querySelector('#search').value") == "bank brug"
    assert "verschillende zinnen" in page.text(".tier") and marks(page) == ["bank", "brug", "brug", "bank"]
    page.open(f"{address}#search=bank")
    page.settle(lambda: page.click("#meta .names button"))
    assert page.text("#chips") == "Bank ×" and "search" not in page.do("location.hash")
    page.open(f"{address}#search=dorp")
    page.settle(lambda: page.click("#meta .names button"))
    assert page.text("#reading-head") == "5 zinnen", "whom no row names is shown with its parts"
    page.open(f"{address}#search=%22witte+huis%22&lang=en")
    assert page.text("#reading-head") == '2 sentences with ‘"witte huis"’' and marks(page) == [
        "Witte Huis",
        "witte huis",
    ]
    page.open(f"{address}#search=brug&outlet=blad")
    assert page.text("#reading-head") == "1 zin met ‘brug’"
    page.settle(lambda: page.click("#chips button"))
    assert page.text("#reading-head") == "5 zinnen met ‘brug’"
    page.settle(lambda: page.click("#reset"))
    assert page.text("#reading-head") == "5 artikelen"
    page.open(f"{address}#search=zebra")
    assert page.text("#reading-head") == "0 zinnen met ‘zebra’" and "Niets gevonden" in page.text("#content")


def test_what_is_searched_and_found_stays_text(page, address):
    """In the question, the sentences and the names of actors and of their wholes."""
    page.open(f"{address}#search=%3Cscript%3Ealert(1)")
    assert BAD in page.text("#content") and "<script>alert(1)" in page.text("#reading-head")
    for hash_ in ("#search=dorp", "#actor=council&view=sentences&parts=1", "#actor=village"):
        page.open(address + hash_)
        assert "Dorp <b>Ø</b>" in page.text("#meta") + page.text("#chips")
    assert page.do("document.querySelectorAll('main b, main script').length") == 0 and not page.complaints


def test_too_long_a_question_is_told(page, address):
    """As an alert, and the page goes on."""
    page.open(f"{address}#view=articles")
    page.do(f"location.hash = 'search={'+'.join('abcdefghijklm')}'")
    page.until("document.querySelector('[role=alert]')")
    assert "at most 12 words" in page.text("[role=alert]")
    page.settle(lambda: page.do("location.hash = 'search=brug'"))
    assert page.text("#reading-head") == "5 zinnen met ‘brug’"
    page.complaints = [line for line in page.complaints if "404" not in line]  # the answer that says so


def test_totals_open_to_their_parts(page, address):
    """Beside own numbers; each is the way to its sentences, every one of which is there once."""
    page.open(address)
    council = "#actors li:has(> .with-parts)"
    assert page.text(f"{council} > .name") == "Gemeenteraad" and page.text(f"{council} > .total") == "2"
    assert page.text(f"{council} .with-parts").split() == ["met", "2", "onderdelen", "6", "▼", "2", "◆", "2", "▲", "2"]
    page.click(f"{council} .fold")
    assert page.do(f"[...document.querySelectorAll('{council} .parts .name')].map((n) => n.textContent)") == [
        "Els Müller",
        "Bo Jansen",
    ]
    assert page.do("document.activeElement.getAttribute('aria-expanded')") == "true"
    page.settle(lambda: page.click(f"{council} .with-parts > .total"))
    assert page.text("#chips") == "Gemeenteraad, met onderdelen ×" and page.text("#reading-head") == "4 zinnen"
    assert page.text("#actors .parts .name") == "Els Müller", "it stays open"
    page.settle(lambda: page.click(f"{council} .with-parts > .signs .negative"))
    assert page.text("#reading-head") == "2 zinnen" and "sign=negative" in page.do("location.hash")
    page.settle(lambda: page.click("#actors .parts .signs .positive"))
    assert page.text("#chips") == "Bo Jansen ×\npositief ×" and "parts" not in page.do("location.hash")


def test_an_actor_has_its_own_numbers_beside_those_with_its_parts(page, address):
    """In a table, with what it is part of above it."""
    page.open(f"{address}#view=sentences&actor=council")
    assert page.text("#meta .small") == "Onderdeel van Dorp <b>Ø</b>" and page.text("#reading-head") == "2 zinnen"
    rows = (
        "[...document.querySelectorAll('.counts tbody tr')].map((row) => row.innerText.split(/\\s*\\t\\s*/).join('|'))"
    )
    assert page.do(rows)[:2] == ["Gemeenteraad|2|2|0|▼ 1|0|▲ 1", "Gemeenteraad, met onderdelen|6|4|0|▼ 2|◆ 2|▲ 2"]
    page.click("#meta .fold")
    page.until("document.querySelectorAll('.counts tbody tr').length === 5")
    assert page.do(rows)[3:] == ["Els Müller|2|2|0|▼ 1|◆ 1|0", "Bo Jansen|2|2|0|0|◆ 1|▲ 1"]
    page.settle(lambda: page.click(".counts tr:nth-child(2) .name"))
    assert page.text("#reading-head") == "4 zinnen" and page.do("location.hash").count("parts=1") == 1
    page.settle(lambda: page.click(".counts tr:nth-child(2) .neutral"))
    assert page.text("#reading-head") == "2 zinnen"
    page.settle(lambda: page.click("#chips button"))
    assert "parts" not in page.do("location.hash")
    page.open(f"{address}#view=sentences&actor=bank")
    assert page.text("#meta") == ""
    page.settle(lambda: page.do("location.hash = 'view=sentences&actor=village&parts=1&lang=en'"))
    assert page.text("#chips") == "Village <b>Ø</b>, with its parts ×" and page.text("#reading-head") == "5 sentences"


def test_on_a_phone_search_and_totals_fit(page, address):
    """390 pixels wide: nothing to scroll sideways."""
    page.resize(390, 844)
    try:
        for hash_ in ("", "#search=cafe", "#search=bank+brug", "#search=b", "#view=sentences&actor=village&parts=1"):
            page.open(address + hash_)
            for fold in ("#actors .fold", "#meta .fold"):
                page.do(f"document.querySelector('{fold}')?.click()")
            page.until("!document.querySelector('#meta .fold') || document.querySelector('#meta .part')")
            assert page.do("document.documentElement.scrollWidth") <= 390, hash_
            is_list = page.do("getComputedStyle(document.querySelector('#actors')).display") != "none"
            assert is_list == (hash_ == ""), hash_
    finally:
        page.resize(1100)


def test_file_and_server_find_the_same(page, addresses):
    """Two ways of answering, one page: whatever is searched, and totals however narrowed."""
    searches = ("cafe", "CAFÉ", "brug", "ijsb", "sbrug", "bank brug", "bank brug cafe", '"witte huis"', "“huis witte”", "foto's",
                "café-e", "lodz", "mull", "b", "cafe&outlet=blad", "cafe&since=2024-05-02", "cafe&actor=bo", "b&kind=mention&offset=1",
                "cafe&actor=council&parts=1", "bank cafe&actor=bank", "cafe&sign=negative", "jansen brug&kind=mention", "e", "?!",
                "d&article=v2", "cafe&article=v1&at=1&lang=en", "3", "de de", "dorp o", "<b>")  # fmt: skip
    others = ("", "outlet=blad", "since=2024-06", "source=author", "find=raad", "view=sentences&actor=village",
              "view=sentences&actor=village&parts=1", "actor=council&parts=1&sign=neutral", "actor=nobody&parts=1",
              "view=sentences&actor=council&parts=1&kind=deed", "article=v1&actor=council&parts=1")  # fmt: skip
    for hash_ in (*(f"#search={words}" for words in searches), *(f"#{other}" for other in others)):
        seen = []
        for address in addresses.values():
            page.open(address + hash_.replace("<", "%3C").replace('"', "%22"))
            while page.do("Boolean(document.querySelector('#actors .fold[aria-expanded=false]'))"):
                page.do("document.querySelector('#actors .fold[aria-expanded=false]').click()")
            seen.append([page.text("#actors"), page.text("#reading"), marks(page)])
        assert seen[0] == seen[1], hash_


@pytest.mark.skipif("AXE_CORE" not in os.environ, reason="no axe-core: name its axe.min.js in AXE_CORE")
def test_axe_finds_nothing_serious(page, address):
    """Found sentences and articles, the table and the opened list, wide and narrow."""
    for width in (1100, 390):
        page.resize(width)
        for hash_ in ("", "#search=bank+brug", "#search=cafe&article=v1&at=1", "#view=sentences&actor=village&parts=1"):
            page.open(address + hash_)
            for fold in ("#actors .fold", "#meta .fold"):
                page.do(f"document.querySelector('{fold}')?.click()")
            assert not page.find_serious(), (width, hash_)
    page.resize(1100)
