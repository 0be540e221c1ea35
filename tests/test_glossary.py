"""The glossary is the same in both languages, and links to headings of docs/ lead to headings that are there."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
import yaml

from analysis import paths

DOCS = paths.ROOT / "docs"
PAGES = {"en": "glossary.md", "nl": "begrippen.md"}
FOUND_IN = {"en": ("Found in: ", " After: "), "nl": ("Te vinden in: ", " Naar: ")}
N_TERMS = 30
LINK = re.compile(r"\]\(([^()\s#]*)#([^()\s]+)\)")
NAMES = sorted(path.stem for path in (paths.NOTEBOOKS / "en").glob("*.ipynb"))
TERM = re.compile(r"^### (.+)\n\n((?:.|\n)+?)\n(?=\n### |\n## )", re.MULTILINE)


def read_page(path: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def list_anchors(path: Path) -> set[str]:
    """Anchors of the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", read_page(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def read_terms(language: str) -> list[tuple[str, str, str, str]]:
    """Each term with its explanation, where it is found, and its reference."""
    begin, after = FOUND_IN[language]
    terms = []
    for term, body in TERM.findall(read_page(DOCS / PAGES[language])):
        told, _, rest = " ".join(body.split()).partition(begin)
        place, _, reference = rest.partition(after)
        terms.append((term, told, place, reference))
    return terms


def list_prose(language: str, name: str) -> list[str]:
    """The prose of a notebook; the Dutch from its translation, which is there before the notebook has run."""
    if language == "nl":
        content = yaml.safe_load((paths.TRANSLATIONS / "notebooks" / f"{name}.yaml").read_text(encoding="utf-8"))
        return [cell["nl"] for cell in content["cells"].values()]
    notebook = nbformat.read(paths.NOTEBOOKS / "en" / f"{name}.ipynb", as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def list_links(language: str, name: str) -> list[tuple[str, str]]:
    """Links of a notebook to a heading elsewhere: page and anchor."""
    return [link for text in list_prose(language, name) for link in LINK.findall(text)]


def test_both_pages_have_the_same_thirty_terms_in_the_same_order():
    """Term by term the same tables and columns, the same reference, and as many examples."""
    english, dutch = read_terms("en"), read_terms("nl")
    assert len(english) == len(dutch) == N_TERMS
    assert len({term for term, *_ in english}) == len({term for term, *_ in dutch}) == N_TERMS
    for (term, told, place, reference), (_, told_nl, place_nl, reference_nl) in zip(english, dutch, strict=True):
        assert re.findall(r"`[^`]+`", place) == re.findall(r"`[^`]+`", place_nl) != [], term
        assert reference == reference_nl, term
        assert all(re.search(r"\*[^*]{15,}\*", text) for text in (told, told_nl)), f"{term} has no example"


def test_every_reference_is_listed_and_every_listed_one_is_used():
    """By its first author and year; the list is the same in both languages."""
    lists = [read_page(DOCS / page).split("\n## ")[-1].split("\n\n", 1)[1] for page in PAGES.values()]
    assert lists[0] == lists[1]
    listed = {match[1] + match[2] for match in re.finditer(r"^- ([^,]+),.*?\((\d{4})\)", lists[0], re.MULTILINE)}
    told = "; ".join(reference for *_, reference in read_terms("en") if reference)
    used = {re.split(r" & | et al\.| \(", part.strip(" ."))[0] + part[-6:].strip("(). ") for part in told.split(";")}
    assert listed == used


@pytest.mark.parametrize("name", NAMES)
def test_links_of_a_notebook_to_the_glossary_lead_to_a_term(name):
    """Two to four in each language, each to the page of its own language, and to the same terms."""
    order = {}
    for language, page in PAGES.items():
        anchors = [re.sub(r"[^\w\- ]", "", term).lower().replace(" ", "-") for term, *_ in read_terms(language)]
        links = list_links(language, name)
        assert {target for target, _ in links} == {f"../../docs/{page}"}
        assert 2 <= len(links) <= 4 and len(set(links)) == len(links), links
        for _, anchor in links:
            assert anchor in anchors, f"{page} has no term {anchor}"
        order[language] = sorted(anchors.index(anchor) for _, anchor in links)
    assert order["en"] == order["nl"]


@pytest.mark.parametrize("path", [*sorted(DOCS.glob("*.md")), paths.ROOT / "README.md"], ids=lambda path: path.name)
def test_links_of_a_page_lead_to_files_and_headings(path):
    """In docs/ and the README, also to a heading of the page itself."""
    for target in re.findall(r"\]\(([^()\s#:]+)(?:#[^()\s]+)?\)", read_page(path)):
        assert (path.parent / target).exists(), target
    for target, anchor in LINK.findall(read_page(path)):
        if ":" not in target:
            assert anchor in list_anchors(path.parent / target if target else path), f"{target}#{anchor}"
