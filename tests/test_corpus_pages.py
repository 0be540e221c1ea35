"""Web pages: which words are the headline, and pages that mean harm."""

import time
from pathlib import Path

import pytest

from analysis.corpus import load_articles
from analysis.corpus.page_text import strip_html
from analysis.corpus.pages import read_page


@pytest.mark.parametrize(
    ("page", "headline"),
    [
        ("<title>Brug dicht - De Courant</title><body><p>Tekst.</p>", "Brug dicht"),
        ("<title>Brug dicht | NU</title><meta property='og:site_name' content='NU'>", "Brug dicht"),
        ("<title>Brug dicht – nu.nl</title><link rel=canonical href='https://www.nu.nl/a/1'>", "Brug dicht"),
        ("<title>Brug dicht - en nu?</title><p>Tekst.</p>", "Brug dicht - en nu?"),
        ("<title>Oud | Het Blad</title><h1>Brug <em>dicht</em></h1>", "Brug dicht"),
        ("<meta property='og:title' content='Brug &amp; weg dicht'><title>x</title>", "Brug & weg dicht"),
        ("<h1>De Courant</h1><article><h1>Brug dicht</h1></article><aside><h1>Lees ook</h1></aside>", "Brug dicht"),
        ("<title>Brug dicht</title><h1>Menu</h1><h1>Brug dicht</h1>", "Brug dicht"),
        ("<h1><script>alert(1)</script>Brug dicht", "Brug dicht"),
        ("<title>Brug dicht<body><p>Tekst.</p></body>", "Brug dicht"),
        ("<!-- <h1>Weg</h1> --><h1></h1><p>Tekst.</p>", None),
        ("<p>Tekst.</p>", None),
    ],
)
def test_headline_of_a_page(page: str, headline: str | None) -> None:
    """What readers see, else what is shared, else the title without the name of the site."""
    assert read_page(f"<!doctype html><html>{page}", outlet="De Courant").headline == headline


@pytest.mark.parametrize(
    "piece", ["<!--", "<a ", "<a href='", "<p a=b ", "</div", "<![CDATA[", "<h1>", "<title>", "<?"]
)
def test_broken_markup_takes_no_long_time(piece: str) -> None:
    """Tags and comments that never end are no reason to wait for hours."""
    page = "<html><body><p>Tekst.</p>" + piece * 20_000
    start = time.process_time()
    assert "Tekst." in strip_html(page)
    read_page(page)
    assert time.process_time() - start < 10


def test_pages_as_articles(tmp_path: Path) -> None:
    """The headline stands first and once, also after a menu and in an old encoding."""
    page = (
        "<!doctype html><html><head><meta charset='iso-8859-1'><title>Café dicht - De Courant</title></head><body>"
        "<ul><li>Home</li></ul><h1>Café dicht</h1><p>Het café op de hoek sloot gisteren na een ruzie de deuren.</p></body></html>"
    )
    (tmp_path / "a.html").write_bytes(page.encode("latin-1"))
    article = load_articles(tmp_path, outlet="De Courant").iloc[0]
    assert article["headline"] == "Café dicht"
    assert article["text"].startswith("Café dicht\n\n")
    assert article["text"].count("Café dicht") == 1
