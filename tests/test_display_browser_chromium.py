"""The evidence browser in a real Chromium: clicks, filters, keys, phone, print, and nothing hostile that runs."""

import base64
import os
import re

import pytest

from analysis.display.browser import Queries, open_corpus
from tests.browser_corpus import BAD, CODEBOOK, both_pages, write_corpus
from tests.chromium import PROGRAM, Page

pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="no chromium on this machine (Debian: apt-get install chromium)"
)
ALL = "#view=sentences&kind=mention,quote,judgement,neutral,frame,deed,blame,function,role"


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    """The page of the server and the page in a file."""
    folder = tmp_path_factory.mktemp("coded")
    with both_pages(Queries(open_corpus(write_corpus(folder / "out"), codebook=CODEBOOK)), folder) as made:
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


def test_text_that_looks_like_a_script_stays_text(page, address):
    """In headlines, sentences, labels, outlets and reasons: seen, and never run."""
    page.resize(1100)
    page.open(f"{address}{ALL}&actor=piet")
    assert BAD in page.text("#content") and BAD in page.text("#actors ol")
    page.click(".card summary")
    page.until("document.querySelector('.why li')")
    assert BAD in page.text(".why") or "a1" in page.text(".why")
    assert page.do("document.scripts.length") == 3 and page.do("document.querySelectorAll('#content i').length") == 0
    assert not page.complaints


def test_a_click_on_an_actor_shows_its_numbered_sentences(page, address):
    """Then on a count: the judgements of that sign; each with source, target, cue, quote and frame marked."""
    page.open(address)
    assert page.text("#reading-head") == "3 artikelen"
    page.settle(lambda: page.click("#actors li:nth-child(2) .name"))
    assert page.text("#chips") == "Jan & co ×" and page.text("#reading-head") == "3 zinnen"
    page.settle(lambda: page.click("#actors li:nth-child(1) .signs .negative"))
    assert page.text("#reading-head") == "3 zinnen" and "sign=negative" in page.do("location.hash")
    for mark, words in (("target", "Piet"), ("source", "Jan"), ("cue", "laf"), ("word", "dom"), ("frame", "laf")):
        assert page.text(f".text .m-{mark}") == words
    assert "[Jan & co: " in page.text(".text") and page.text(".text sup") == "▼" and page.text(".n") == "2"
    assert page.text(".card summary").startswith("▼\nJan & co over ")
    page.settle(lambda: page.click(".judged .neutral"))
    assert "sign=neutral" in page.do("location.hash")


def test_a_click_on_a_mark_opens_its_reason(page, address):
    """And the link in it leads to the row, in its article."""
    page.open(f"{address}#view=sentences&outlet=krant")
    page.click(".text .m-cue")
    page.until("document.querySelector('.is-judgement .why a')")
    assert "beoordeeld met −0,60" in page.text(".is-judgement .why")
    page.settle(lambda: page.click(".is-judgement .why a"))
    assert page.text(".sentence.here .n") == "2" and "row=a1%3Ae1.model" in page.do("location.hash")
    link = page.do("location.href")
    page.open(link)
    page.until("document.querySelector('.card.here .why li')")
    assert page.do("document.activeElement.className").startswith("sentence")
    page.settle(lambda: page.press("Escape"))
    assert page.text("#reading-head") == "2 zinnen"


def test_filters_and_layers_narrow_what_is_listed(page, address):
    """Outlet, period, source and sign by the form; chips take them away; layers by their boxes."""
    page.open(address)

    def choose(name, value):
        script = f"const f = document.querySelector('#filters form').elements['{name}']; f.value = '{value}';"
        page.settle(
            lambda: page.do(f"(() => {{ {script} f.dispatchEvent(new Event('change', {{bubbles: true}})); }})()")
        )

    choose("outlet", "krant")
    assert page.text("#reading-head") == "1 artikel"
    choose("sign", "positive")
    assert page.text("#reading-head") == "1 zin"
    choose("source", "any:quoted")
    assert page.text("#reading-head") == "0 zinnen"
    page.settle(lambda: page.click("#reset"))
    assert page.text("#chips") == ""
    choose("since", "2024-03-03")
    assert page.text("#reading-head") == "2 zinnen" and page.text("#content h3").startswith("Kop")
    page.settle(lambda: page.click("#chips button"))
    assert page.do("document.querySelectorAll('.text .m-quote').length") > 0
    page.settle(lambda: page.click("#layers input[value=quote]"))
    assert page.do("document.querySelectorAll('.text .m-quote').length") == 0 and "layers=" in page.do("location.hash")
    page.settle(lambda: page.click("#layers input[value=deed]"))
    assert page.do("document.querySelectorAll('.text .m-deed').length") > 0


def test_keys_move_open_and_go_back(page, address):
    """j, o, k, a, the question mark; the slash is that of the search."""
    page.open(f"{address}#view=sentences")
    for key in "jj":
        page.press(key)
    second = page.do("document.activeElement.id")
    page.press("k")
    assert page.do("document.activeElement.id") != second
    page.press("o")
    page.until("document.querySelector('.cards > *')")
    page.press("a")
    assert page.do("document.activeElement.id") == "find-actor"
    page.settle(lambda: page.call("Input.insertText", text="jan"))
    assert page.do("document.querySelectorAll('#actors li').length") == 1
    page.press("Escape")
    page.press("?")
    assert page.do("document.querySelector('#keys').open") and "volgende zin" in page.text("#keys")


def test_dutch_and_english(page, address):
    """All of the page, and names from the codebook."""
    page.open(f"{address}#view=sentences&actor=jan")
    page.settle(lambda: page.click("#languages [lang=en]"))
    assert page.do("document.documentElement.lang") == "en" and page.text("#reading-head") == "3 sentences"
    assert page.text("#chips") == "John & co ×" and "Zinnen" not in page.text("body")


def test_a_phone_shows_one_thing_at_a_time(page, address):
    """390 pixels wide: nothing to scroll sideways, actors first, and the way to the sentences."""
    page.resize(390, 844)
    try:
        page.open(address)
        assert page.do("getComputedStyle(document.querySelector('#reading')).display") == "none"
        page.settle(lambda: page.click("#actors .name"))
        assert page.do("getComputedStyle(document.querySelector('#actors')).display") == "none"
        assert "zinnen" in page.text("#reading-head")
        for hash_ in ("", ALL, "#article=a1", "#view=articles"):
            page.open(address + hash_)
            assert page.do("document.documentElement.scrollWidth") <= 390, hash_
    finally:
        page.resize(1100)


def test_print_leaves_out_what_is_for_the_screen(page, address):
    """Filters and actors go, marks and the address stay; the PDF has pages."""
    page.open(f"{address}#article=a1&all=1")
    pdf = base64.b64decode(page.call("Page.printToPDF", printBackground=True)["data"])
    assert pdf.startswith(b"%PDF") and len(re.findall(rb"/Type ?/Page\b", pdf)) >= 1
    page.call("Emulation.setEmulatedMedia", media="print")
    try:
        for query in ("#filters", "#actors", ".tools", "#views"):
            assert page.do(f"getComputedStyle(document.querySelector('{query}')).display") == "none"
        assert "#article=a1" in page.text("#address") and page.text(".text .m-cue") == "laf"
    finally:
        page.call("Emulation.setEmulatedMedia", media="")


def test_file_and_server_show_the_same(page, addresses):
    """Two ways of answering, one page: actors, articles and sentences are the same, whatever is asked."""
    for hash_ in (
        "", "#since=2024-03-03", "#since=2024-03&until=2024-03-01", "#headline=kop", "#find=jan", "#source=jan", ALL,
        "#view=sentences", "#view=sentences&actor=piet", "#view=sentences&actor=piet&sign=neutral", "#article=b%2F2%3F&all=1",
        "#view=sentences&source=any:quoted&kind=judgement", "#view=articles&actor=jan&sign=positive", "#view=sentences&layers=deed",
    ):  # fmt: skip
        seen = []
        for address in addresses.values():
            page.open(address + hash_)
            seen.append([page.text("#actors ol"), page.text("#reading-head"), page.text("#content")])
        assert seen[0] == seen[1], hash_


@pytest.mark.skipif("AXE_CORE" not in os.environ, reason="no axe-core: name its axe.min.js in AXE_CORE")
def test_axe_finds_nothing_serious(page, address):
    """Lists, sentences and article, wide and narrow."""
    for width in (1100, 390):
        page.resize(width)
        for hash_ in ("", ALL, "#article=a1&row=a1:e1.model&all=1&lang=en"):
            page.open(address + hash_)
            assert not page.find_serious(), (width, hash_)
    page.resize(1100)
