"""The teacher's page speaks of every notebook, and what it says of the repository is so."""

from __future__ import annotations

import re

import nbformat
import pytest

from analysis import paths
from tests.test_glossary import list_anchors

DOCS = paths.ROOT / "docs"
PAGE = (DOCS / "teaching.md").read_text(encoding="utf-8")
NOTEBOOKS = sorted((paths.NOTEBOOKS / "en").glob("*.ipynb"))
MINUTES = re.compile(r"^\| (\d+) \|", re.MULTILINE)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_notebook_has_its_goal_minutes_pitfalls_and_answers(path):
    """Under the title of the notebook."""
    title = nbformat.read(path, as_version=4).cells[0].source.splitlines()[0].partition(". ")[2]
    section = PAGE.split(f"\n### {path.stem[:2]} {title}\n")[1].split("\n#")[0]
    for target in (path.name, f"exercises/exc_{path.stem[:2]}.ipynb", f"solutions/solution_{path.stem[:2]}.ipynb"):
        assert f"](../notebooks/en/{target})" in section
    assert "**Goal.**" in section and "**Pitfalls.**" in section and re.search(r"· \d+ minutes", section)


def test_every_link_leads_somewhere():
    """To a file, and to a heading of it."""
    for target, anchor in re.findall(r"\]\(([^)#]*)(?:#([^)]+))?\)", PAGE):
        assert (DOCS / target).exists(), target
        assert not anchor or anchor in list_anchors(DOCS / target), (target, anchor)


def test_the_plans_fill_their_time():
    """An hour, and three hours with a break."""
    hour, afternoon = PAGE.split("**One lesson of an hour.**")[1].split("**Four weeks**")[0].split("**One afternoon**")
    assert sum(map(int, MINUTES.findall(hour))) == 60
    assert sum(map(int, MINUTES.findall(afternoon))) == 180


def test_the_three_answers_are_those_of_the_trust_table():
    """Same names, same order."""
    told = re.findall(r"^- \*\*(.+?)\*\*:", PAGE, re.MULTILINE)
    readme = (paths.ROOT / "README.md").read_text(encoding="utf-8")
    assert told == re.findall(r"^\*\*([A-Z].+?)\.\*\*", readme, re.MULTILINE)
