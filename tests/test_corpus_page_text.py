"""The story of a web page is kept, what stands around it is not, and no page breaks the reader."""

import time
from pathlib import Path

import pytest

from analysis.corpus import load_corpus
from analysis.corpus.cleaning import clean_text
from analysis.corpus.page_text import strip_html

STORY = "<p>De raad besloot gisteren dat de haven dichtgaat.</p><p>Schippers zijn boos op de wethouder.</p>"
FIRST = STORY[: STORY.index("</p>") + 4]
TEXT = "De raad besloot gisteren dat de haven dichtgaat.\n\nSchippers zijn boos op de wethouder."
AROUND = (
    "<div id='cookie-banner'><p>Wij gebruiken cookies op deze website.</p><div><button>Akkoord</button></div></div>"
    "<header><a href='/'>De Courant</a> <span>Nieuws voor iedereen</span></header>"
    "<nav><ul><li>Sport</li><li>Economie</li></ul></nav>"
)
AFTER = (
    "<aside><p>Elders in de krant: de trein.</p></aside><form><label>Nieuwsbrief</label></form>"
    "<footer>Contact en colofon</footer><script>var a = '<p>script</p>'</script>"
)


@pytest.mark.parametrize(
    "body",
    [
        f"{AROUND}<article>{STORY}</article>{AFTER}",
        f"{AROUND}<main>{STORY}{AFTER}</main><p>Meer nieuws</p>",
        f"{AROUND}{STORY}{AFTER}",
        f"{AROUND}<main><p>U leest:</p><article>{STORY}{AFTER}</article><p>Reageer hieronder.</p></main>",
        f"<article><header>{STORY}</header></article>",
        f"<article>{STORY}</article><article><p>Een kort bericht.</p></article>",
        f"<main>{STORY}<p><a href='/1'>Lees ook: de trein</a></p><ul><li><a href='/2'>Haven</a></li></ul></main>",
        f"<article><time datetime='2020-01-31'>31 januari 2020</time>{STORY}</article>",
        f"<form action='/'><article>{STORY}</article></form>",
        f"<div class='page cookie-consent-given'><h1></h1>{STORY}</div>",
        f"<div role='navigation'><div>Sport</div><div>Weer</div></div>{STORY}",
        f"<nav><article>Sport</article></nav><article>{STORY}</article>",
        f"<form><nav>Sport</nav>{STORY}</form>",
        f"<header><h1>Haven dicht</h1>{FIRST}<p>Door Jan Bos</p></header><article>{STORY.removeprefix(FIRST)}</article>",
        f"<header><h1>De Courant</h1><p>Nieuws voor iedereen</p></header><article>{STORY}</article>",
        f"<header><p>{'Al honderd jaar nieuws uit de haven.' * 2}</p></header><article>{STORY}</article>",
        f"<div class='CybotCookiebotDialog'>Wij gebruiken cookies.</div>{STORY}",
    ],
)
def test_the_story_alone_is_kept(body: str) -> None:
    """Article, main or body, without what stands around the story."""
    assert clean_text(f"<!doctype html><html><head><title>x</title></head><body>{body}</body></html>").text == TEXT


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (f"<article><a href='/1'>Trein</a><p>Die reed.</p></article>{STORY * 3}", "Schippers"),
        (f"<nav><p>Sport</p>{STORY}", "Schippers"),
        (f"<p><a href='/1'>{STORY}", "Schippers"),
        (f"<p><a name='top'></p>{STORY}", "Schippers"),
        (f"<aside>{STORY}</aside>", "Schippers"),
        (f"<article>{STORY}</article><article>{STORY.replace('boos', 'blij')}</article>", "blij"),
        (f"<form><h2>Kop</h2>{STORY}</form><p>Copyright</p>", "Schippers"),
        ("<form><h2>Kop</h2><p>Verhaal.</p></form><p>Copyright</p>", "Verhaal"),
        (f"<div class='page has-cookie-bar'><h2>Kop</h2>{STORY}</div><p>Copyright</p>", "Schippers"),
        (f"<div class='cookie-bar'><h2>Kop</h2>{STORY}</div><p>Copyright</p>", "Schippers"),
        (f"<article>{STORY}<section class='topic-cookiewet'><p>Nieuwe wet.</p></section></article>", "Nieuwe wet."),
        (f"<article>{STORY}<section class='tag-cookies'><p>Nieuwe wet.</p></section></article>", "Nieuwe wet."),
        (f"<article>{STORY}<p>Zie <a href='/1'>het besluit</a> van de raad.</p></article>", "Zie het besluit van de raad."),
    ],
)  # fmt: skip
def test_no_story_is_lost(body: str, kept: str) -> None:
    """Teasers marked as articles, tags never closed, a story where none is expected, two stories, links in a sentence."""
    assert kept in clean_text(f"<html><body>{body}</body></html>").text


def test_a_header_is_the_sites_where_the_story_has_its_own_headline() -> None:
    """What a site says of itself under its name is no lead."""
    page = f"<header><h1>De Courant</h1>{FIRST}</header><article><h1>Kop</h1><p>Schippers zijn boos.</p></article>"
    assert clean_text(f"<html><body>{page}</body></html>").text == "Kop\n\nSchippers zijn boos."


def test_a_long_cookie_notice_is_no_story() -> None:
    """Beside a short item it is left out, however many words it takes."""
    notice = "<p>Wij gebruiken cookies om de site te verbeteren en vragen daarvoor uw toestemming.</p>"
    page = f"<html><body><div class='cookie-bar'>{notice * 30}</div><article>{STORY * 3}</article></body></html>"
    assert clean_text(page).text == "\n\n".join([TEXT] * 3)


def test_a_fragment_keeps_all_its_words() -> None:
    """What is no page has no story to be found in it."""
    assert clean_text("<aside>Elders</aside><p>Tekst.</p>").text == "Elders\n\nTekst."


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<article>", "<nav>", "<form><h1>", "<a href=x>", "<div class=cookie>", "<main><time>", "</article>"],
)
def test_no_nesting_is_too_deep(piece: str) -> None:
    """A hundred thousand tags inside each other take seconds and hide nothing."""
    start = time.process_time()
    assert "Schippers" in strip_html(f"<html><body>{piece * 100_000}{STORY}</body></html>")
    assert time.process_time() - start < 30


def test_a_deep_page_is_an_article(tmp_path: Path) -> None:
    """From file to table, the other files going on; a script is never more than text that is left out."""
    deep = f"<html><body>{'<div>' * 100_000}{STORY}{'</div>' * 100_000}<script src='https://example.org/x.js'></script>"
    (tmp_path / "a.html").write_text(deep, encoding="utf-8")
    (tmp_path / "b.html").write_text(f"<html><body>{STORY.replace('boos', 'blij')}</body></html>", encoding="utf-8")
    articles = load_corpus(tmp_path, max_characters=2_000_000).articles
    assert articles["text"].tolist() == [TEXT, TEXT.replace("boos", "blij")]


HEAD = (
    "<meta property='og:site_name' content='De Courant &amp; Co'><meta property='og:title' content='Haven dicht'>"
    "<meta property='article:published_time' content='2020-01-31T10:00:00+01:00'>"
)


@pytest.mark.parametrize(
    ("page", "outlet", "published", "language"),
    [
        (f"<html lang='nl-NL'><head>{HEAD}</head><body>{STORY}", "De Courant & Co", "2020-01-31", "nl"),
        (f"<html lang='en'><head>{HEAD}</head><body>{STORY}", "De Courant & Co", "2020-01-31", "nl"),
        (f"<html lang='fy'><body>{STORY}", None, None, "fy"),
        (f"<html><nav><time datetime='2019-01-01'></nav><time datetime='2020-02'>{STORY}", None, "2020-02", "nl"),
        (f"<html><time datetime='2019-01-01'></time><article><time datetime='PT5M'><time datetime='2020-03-01T10:00'>{STORY}",
         None, "2020-03-01", "nl"),
        (f"<html><meta property='article:published_time' content='gisteren'>{STORY}", None, None, "nl"),
        (f"<html><meta property='article:published_time' content='gisteren'><time datetime='2020-03-01'>{STORY}",
         None, "2020-03-01", "nl"),
    ],
)  # fmt: skip
def test_what_a_page_says_of_itself_is_used(
    tmp_path: Path, page: str, outlet: str | None, published: str | None, language: str
) -> None:
    """Outlet, date and language; a language that the words gainsay is a mistake of the site."""
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    corpus = load_corpus(tmp_path)
    (article,) = corpus.articles.astype(object).where(corpus.articles.notna(), None).to_dict("records")
    assert (article["outlet"], article["published"], article["language"]) == (outlet, published, language)
    assert ("undated" in set(corpus.notices["notice"])) == (published is None)
