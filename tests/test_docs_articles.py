"""What the guide to article files promises is what the loader and the command do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis import load_corpus, paths
from analysis.contracts.tables import LAYERS
from analysis.corpus.files import find_files
from analysis.corpus.readers import COLUMNS, read_file
from analysis.runs.run import CHUNK_SIZE

GUIDE = (paths.ROOT / "docs" / "articles.md").read_text(encoding="utf-8")
NAMES = {
    field: names.split(", ")
    for field, names in re.findall(r"^\| (\w+)(?: \(needed\))? \| (.+) \|$", GUIDE, re.MULTILINE)
    if field != "holds"
}


def test_the_guide_names_every_field():
    """A row for each column that the loader knows."""
    assert set(NAMES) == set(COLUMNS)


@pytest.mark.parametrize(("field", "name"), [(field, name) for field, names in NAMES.items() for name in names])
def test_every_column_name_of_the_guide_is_recognised(tmp_path: Path, field: str, name: str):
    """With spaces, capitals and hyphens, as a column of a table."""
    header = name.title().replace(" ", "-")
    other = "" if field == "text" else "Tekst,"
    row = "value" if field == "text" else "Een tekst.,value"
    (tmp_path / "a.csv").write_text(f"{other}{header},__x\n{row},\n", encoding="utf-8")
    sources, _ = find_files(tmp_path)
    (article,) = read_file(sources[0]).articles
    assert getattr(article, field) == "value"


def test_the_text_file_of_the_guide_is_read_as_the_guide_says(tmp_path: Path):
    """Date line, headline and outlet; a date line below the headline is text."""
    example = re.search(r"## Text files.*?```\n(.+?)```", GUIDE, re.DOTALL)
    assert example
    date, headline, _body = example[1].strip().split("\n\n")
    (tmp_path / "a.txt").write_text(example[1], encoding="utf-8")
    moved = example[1].replace(f"{date}\n\n", "").replace(headline, f"{headline}\n{date}")
    (tmp_path / "b.txt").write_text(moved, encoding="utf-8")
    first, second = load_corpus(tmp_path, outlet="De Courant").articles.to_dict("records")
    assert (first["published"], first["headline"], first["outlet"]) == ("2020-01-31", headline, "De Courant")
    assert second["published"] != "2020-01-31"
    assert date in second["text"]


def test_a_page_is_read_as_the_guide_says(tmp_path: Path):
    """Headline, outlet, date and language from the page; no menus; `--outlet` only where the page names none."""
    page = (
        "<html lang='nl'><head><title>Haven dicht</title>{}</head><body><nav><a>Sport</a></nav><h1>Haven dicht</h1>"
        "<p>De raad besloot dat gisteren. Het gaat nu echt door.</p></body></html>"
    )
    meta = (
        "<meta property='og:site_name' content='De Courant'>"
        "<meta property='article:published_time' content='2020-01-31T23:50:00Z'>"
    )
    (tmp_path / "a.html").write_text(page.format(meta), encoding="utf-8")
    (tmp_path / "b.txt").write_text(page.format("<meta charset=utf-8>"), encoding="utf-8")
    first, second = load_corpus(tmp_path, outlet="Het Blad").articles.to_dict("records")
    assert first["text"] == "Haven dicht\n\nDe raad besloot dat gisteren. Het gaat nu echt door." == second["text"]
    told = ("headline", "outlet", "published", "language")
    assert [first[name] for name in told] == ["Haven dicht", "De Courant", "2020-01-31", "nl"]
    assert (second["headline"], second["outlet"]) == ("Haven dicht", "Het Blad")


def test_tables_and_steps_are_those_of_the_command():
    """The first and the last table, and the number of articles in a step."""
    first, *_, last = LAYERS
    assert f"One file for each table, from `{first}` to `{last}`" in GUIDE
    assert f"in steps of {CHUNK_SIZE} articles (`--chunk-size`)" in GUIDE


def test_a_longer_article_is_read_when_more_is_allowed(tmp_path: Path):
    """The remedy of a refusal names the option that mends it."""
    (tmp_path / "a.txt").write_text("De raad besloot dat gisteren. " * 10, encoding="utf-8")
    refused = load_corpus(tmp_path, max_characters=100).notices
    assert "--max-characters" in refused["remedy"].iloc[0]
    assert len(load_corpus(tmp_path, max_characters=400).articles) == 1
