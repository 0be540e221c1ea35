"""Who coded is said, and said right: the constructed sets were coded by language models, not by people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis import paths
from analysis.display import plot_groups
from analysis.display.validity_words import name
from analysis.display.words import word
from analysis.validation.stored import read_results
from tests.notebook_checks import read_all_notebooks

NOTEBOOKS = read_all_notebooks()
PEOPLE_CODED = re.compile(
    r"\b(people|persons?|humans?|mensen)\b[^.;:]{0,30}\b(coded|code|codes|adjudicated)\b|\bhand[ -]?cod|\bhandcodes?\b|"
    r"\bby hand\b|\bcoded? by (a )?(people|person|human)|\bhuman (coder|coding|code)|\btweede codeur\b|\bsecond coder\b",
    re.IGNORECASE,
)
"""Words that say that people coded, or leave open whether they did."""
DENIED = re.compile(r"\b(not|no|niet|nor)\b[^.;:]{0,20}\b(by |van )?(people|person|mensen)\b", re.IGNORECASE)
DRAWN = "## By hand\n"
"""The heading above a chart that is drawn by hand: drawn, not coded."""
TEACHING = ("en/11_outlets.ipynb", "en/12_over_time.ipynb")


def claims(text: str) -> list[str]:
    """Sentences that say that people coded."""
    plain = " ".join(text.split())
    parts = re.split(r"(?<=[.;:?])\s", plain)
    return [part for part in parts if PEOPLE_CODED.search(part) and not DENIED.search(part)]


@pytest.mark.parametrize("notebook", TEACHING)
def test_the_notebooks_of_the_teaching_corpus_say_that_language_models_coded(notebook):
    """They said that people had; code, prose and what is shown were all of one mind."""
    cells = NOTEBOOKS[notebook].cells
    prose = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    assert claims(prose.replace(DRAWN, "")) == []
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert 'coded_by = "models"' in code and "hand" not in code.replace("_by_hand", "")
    assert len(re.findall(r"language\s+models,\s+not\s+(by\s+)?people", prose)) >= 1
    shown = "\n".join(o["data"].get("text/plain", "") for c in cells for o in c.get("outputs", []) if "data" in o)
    assert "by hand" not in shown and "hand code" not in shown


@pytest.mark.parametrize("slug", ["11_corrected", "12_change", "12_weeks", "12_trends"])
def test_every_chart_of_gold_codes_says_whose_they_are(slug):
    """Below the chart, where a legend said `alleen handcodes`."""
    for language, wanted in (
        ("nl", "goudcodes: van taalmodellen, niet van mensen"),
        ("en", "gold codes: by language models, not by people"),
    ):
        svg = re.sub(r"<[^>]+>|\s+", " ", (paths.FIGURES / language / f"{slug}.svg").read_text(encoding="utf-8"))
        told = " ".join(svg.split())
        assert wanted in told and "handcodes" not in told


def test_a_table_with_gold_codes_is_never_drawn_in_a_notebook_without_saying_whose():
    """Each call that draws estimators names who coded."""
    for notebook in NOTEBOOKS.values():
        code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
        drawn = re.findall(r"plot_(?:groups|over_time)\((?:[^()]|\([^()]*\))*\)", code)
        for call in drawn:
            if re.search(r"\b(beside|turned|slopes)\b|estimator", call):
                assert "coded_by=coded_by" in call, call
    assert "coded_by" in (plot_groups.__doc__ or "")


def test_legends_say_gold_and_name_the_second_language_model():
    """A second coder that is no person is not called a coder without more."""
    for key in ("estimator_coded", "estimator_all"):
        assert "goudcodes" in word(key, "nl") and "gold codes" in word(key, "en")
    assert name("second language model", "nl") == "tweede taalmodel"
    stored = read_results("methods")
    assert not stored["method"].str.contains("human|person|people").any()
    twice = stored[stored["method"] == "second language model"]
    assert twice["notice"].eq("coders are runs of one kind of language model").all() and len(twice) > 0
    legend = re.sub(r"<[^>]+>|\s+", " ", (paths.FIGURES / "nl" / "13_methods.svg").read_text(encoding="utf-8"))
    assert "tweede taalmodel" in legend and "tweede codeur" not in legend


@pytest.mark.parametrize(
    "page", ["data/teaching/README.md", "data/teaching/codebook.md", "data/validity/README.md", "data/README.md"]
)
def test_pages_about_constructed_data_do_not_say_that_people_coded_it(page):
    """Lines about the public sets, which people coded, name their makers."""
    lines = (paths.ROOT / page).read_text(encoding="utf-8").split("\n")
    kept = [
        line
        for line in lines
        if not re.search(r"\b(19|20)\d\d\b|OpeNER|\| people \||language models?|kind of model", line)
    ]
    assert claims("\n".join(kept)) == []
    if "teaching" in page:
        assert "language model" in "\n".join(lines)


def test_the_readme_and_the_docs_say_who_coded_the_teaching_corpus():
    """Wherever its codes are used as gold."""
    readme, methods, validation = (
        " ".join(Path(paths.ROOT / page).read_text(encoding="utf-8").split())
        for page in ("README.md", "docs/methods.md", "docs/validation.md")
    )
    assert "coded by language models and not by people" in readme
    assert "gold codes, of language models, at r =" in methods
    assert "by its gold coding (of language models)" in validation
    changelog = (paths.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "two codings and a gold standard, all by language models" in changelog
    card = [row for row in readme.split("|") if "teaching corpus, " in row]
    assert card and all(readme.split(row, 1)[1].lstrip("| ").startswith("language models") for row in card)
