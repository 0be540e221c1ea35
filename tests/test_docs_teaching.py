"""The teacher's pages, English and Dutch, speak of every notebook, and what they say of the repository is so."""

from __future__ import annotations

import re

import nbformat
import pytest

from analysis import paths
from tests.test_glossary import list_anchors

DOCS = paths.ROOT / "docs"
NAMES = {"en": "teaching.md", "nl": "lesgeven.md"}
PAGES = {language: (DOCS / name).read_text(encoding="utf-8") for language, name in NAMES.items()}
WORDS = {"en": ("**Goal.**", "**Pitfalls.**", "minutes"), "nl": ("**Doel.**", "**Valkuilen.**", "minuten")}
PLANS = {
    "en": ("**One lesson of an hour.**", "**One afternoon**", "**Four weeks**"),
    "nl": ("**Eén les van een uur.**", "**Een middag**", "**Vier weken**"),
}
NOTEBOOKS = sorted(paths.NOTEBOOKS.glob("[en][nl]/*.ipynb"))
MINUTES = re.compile(r"^\| (\d+) \|", re.MULTILINE)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_notebook_has_its_goal_minutes_pitfalls_and_answers(path):
    """Under the title of the notebook."""
    language = path.parent.name
    title = nbformat.read(path, as_version=4).cells[0].source.splitlines()[0].partition(". ")[2]
    section = PAGES[language].split(f"\n### {path.stem[:2]} {title}\n")[1].split("\n#")[0]
    for target in (path.name, f"exercises/exc_{path.stem[:2]}.ipynb", f"solutions/solution_{path.stem[:2]}.ipynb"):
        assert f"](../notebooks/{language}/{target})" in section
    goal, pitfalls, minutes = WORDS[language]
    assert goal in section and pitfalls in section and re.search(rf"· \d+ {minutes}", section)


@pytest.mark.parametrize("page", PAGES.values(), ids=NAMES.values())
def test_every_link_leads_somewhere(page):
    """To a file, and to a heading of it."""
    for target, anchor in re.findall(r"\]\(([^)#]*)(?:#([^)]+))?\)", page):
        assert (DOCS / target).exists(), target
        assert not anchor or anchor in list_anchors(DOCS / target), (target, anchor)


@pytest.mark.parametrize("language", PAGES)
def test_the_plans_fill_their_time(language):
    """An hour, and three hours with a break."""
    first, second, third = PLANS[language]
    hour, afternoon = PAGES[language].split(first)[1].split(third)[0].split(second)
    assert sum(map(int, MINUTES.findall(hour))) == 60
    assert sum(map(int, MINUTES.findall(afternoon))) == 180


def test_the_three_answers_are_those_of_the_trust_table():
    """Same names, same order; the Dutch page gives them beside its own."""
    readme = (paths.ROOT / "README.md").read_text(encoding="utf-8")
    parts = re.findall(r"^\*\*([A-Z].+?)\.\*\*", readme, re.MULTILINE)
    assert re.findall(r"^- \*\*(.+?)\*\*:", PAGES["en"], re.MULTILINE) == parts
    assert re.findall(r"^- \*\*.+?\*\* \(\*(.+?)\*\):", PAGES["nl"], re.MULTILINE) == [part.lower() for part in parts]


def test_both_languages_plan_the_same_minutes():
    """Lesson by lesson and notebook by notebook."""
    told = [
        [*MINUTES.findall(page), *re.findall(r"· (\d+) ", page), *re.findall(r"\n### (\d\d) ", page)]
        for page in PAGES.values()
    ]
    assert told[0] == told[1] and len(told[0]) > 30
