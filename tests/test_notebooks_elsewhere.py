"""Every notebook runs on any corpus through its parameters cell alone, and says so where there is no evidence."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis import paths
from analysis.contracts.errors import InputError
from tests import notebook_checks as checks

NOTEBOOKS = checks.read_notebooks(paths.NOTEBOOKS / "en")

DUTCH = """date 2023-04-05

De gemeente Lunteren wil de haven dempen. Wethouder Karin Bosma noemt het plan ‘een ramp’. ‘Wij laten ons niet
wegjagen’, zei schipper Joris Veen.

De wethouder steunt de schippers. De gemeente heeft de bewoners bedrogen, aldus Veen."""
ENGLISH = """date 2023-04-06

The council accused the harbour company of fraud. “We did nothing wrong,” said Joris Veen. The residents were attacked
by guards, and the mayor condemned the violence. Both sides refuse to talk."""
SHORT = "date 2023\n\nDe haven ligt er verlaten bij. Morgen regent het weer in het hele land en blijft het koud."
FRENCH = (
    "Le conseil a voté le budget hier soir après une longue discussion. Les habitants ne sont pas contents du tout."
)

ACTORS = """name: harbour
actors:
  - {id: city, label: {nl: de gemeente, en: the city}, type: institution, nl: {nominals: [gemeente]}, en: {nominals: [council]}}
  - {id: veen, label: Joris Veen, type: person, nl: {names: [Joris Veen]}, en: {names: [Joris Veen]}}
"""
FRAMES = """name: burden
frames:
  - id: burden
    label: {nl: last, en: burden}
    definition: The event is told as a burden.
    source: own, 2024
    indicators:
      - id: harm
        question: Is somebody harmed?
        patterns: {nl: [bedrogen], en: [attacked]}
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[..., dict[str, str]]:
    """A function that writes articles and a codebook and returns where they lie, as parameters."""

    def write(texts: dict[str, str], codebook: str) -> dict[str, Any]:
        folder = tmp_path / "articles"
        folder.mkdir()
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        (tmp_path / "book.yaml").write_text(codebook, encoding="utf-8")
        return {"articles_at": str(folder), "codebook_at": str(tmp_path / "book.yaml")}

    return write


@pytest.fixture
def run(tmp_path: Path, monkeypatch) -> Callable[..., list[str]]:
    """A function that runs a notebook's cells with other parameters and returns what they show, as text."""
    monkeypatch.setattr(paths, "FIGURES", tmp_path / "figures")

    def execute(name: str, parameters: dict[str, Any]) -> list[str]:
        names: dict[str, Any] = {}
        shown = []
        for cell in (cell for cell in NOTEBOOKS[name].cells if cell.cell_type == "code"):
            tree = ast.parse(cell.source)
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, name, "exec"), names)  # noqa: S102  our own notebooks
            if "parameters" in cell.metadata.get("tags", []):
                assert set(parameters) <= set(names), "a parameter that the notebook does not have"
                names.update(parameters)
            if last is not None:
                value = eval(compile(ast.Expression(last.value), name, "eval"), names)  # noqa: S307
                shown.append(repr(value))
                assert hasattr(value, "_repr_html_") or hasattr(value, "_repr_mimebundle_")
        return shown

    return execute


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_corpus_in_two_languages_with_frames_only(name, corpus, run):
    """Without actors in the codebook the names are found all the same."""
    shown = run(name, corpus({"a.txt": DUTCH, "b.txt": ENGLISH, "c.txt": SHORT}, FRAMES))
    assert shown[0].startswith("3 articles, no outlet named, dated 2023 to 2023-04-06")
    assert "this article only" not in "\n".join(shown)
    if name == "05_frames.ipynb":
        assert any("Share of 10 sentences" in text or "burden" in text or "last" in text for text in shown)
    if name == "02_actors.ipynb":
        assert any("veen *" in text for text in shown)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_choice_of_actors_outlets_and_dates_with_actors_only(name, corpus, run):
    """Without frames in the codebook the charts of frames say that there is no evidence."""
    rows = [
        ("De Courant", "2023-04-05", DUTCH),
        ("The Post", "2023-04-06", ENGLISH),
        ("De Courant", "2021-01-01", DUTCH),
    ]
    lines = ["outlet,published,text", *(f'{o},{p},"{t.split(chr(10), 2)[2]}"' for o, p, t in rows)]
    where = corpus({"articles.csv": "\n".join(lines)}, ACTORS)
    chosen = {"actors": ["veen"], "outlets": ["De Courant", "The Post"], "dates": ("2023", None), "language": "en"}
    shown = run(name, where | chosen)
    assert shown[0].startswith("2 articles of 2 outlets, dated 2023-04-05 to 2023-04-06")
    if name == "05_frames.ipynb":
        assert any("No frame is present in any sentence." in text for text in shown)


def test_a_workbook_with_columns_of_its_own_and_charts_elsewhere(tmp_path, corpus, run):
    """What no name tells, `columns` says; the project's figures stay as they are."""
    where = corpus({}, ACTORS)
    rows = pd.DataFrame({"Verhaal": [DUTCH.split("\n", 2)[2], SHORT], "Wanneer": [45000, 45001]})
    rows.to_excel(tmp_path / "articles" / "news.xlsx", index=False)
    with pytest.raises(InputError, match="no column with the text of the articles among: Verhaal, Wanneer"):
        run("07_your_own_corpus.ipynb", where)
    mine = {"columns": {"text": "Verhaal", "published": "Wanneer"}, "figures_at": str(tmp_path / "mine")}
    shown = run("07_your_own_corpus.ipynb", where | mine)
    assert shown[0].startswith("2 articles, no outlet named, dated 2023-03-15 to 2023-03-16")
    assert {path.suffix for path in (tmp_path / "mine").iterdir()} == {".csv", ".png", ".svg"}
    assert not (tmp_path / "figures").exists()


@pytest.mark.parametrize("name", NOTEBOOKS)
@pytest.mark.parametrize("text", [SHORT, FRENCH], ids=["nobody", "french"])
def test_an_article_without_any_evidence(name, text, corpus, run):
    """No actor, quote, judgement, deed or frame: every cell still runs and says so."""
    shown = run(name, corpus({"a.txt": text}, "name: nothing\n"))
    assert "this article only" in shown[0]
    told = "\n".join(shown)
    expected = {
        "02_actors.ipynb": "No actor is mentioned.",
        "03_voices.ipynb": "Nobody is quoted.",
        "04_tone.ipynb": "No evaluation is negative.",
        "05_frames.ipynb": "No frame is present in any sentence.",
        "06_who_on_whom.ipynb": "No deeds are reported.",
        "07_your_own_corpus.ipynb": "No actor is evaluated.",
        "09_roles.ipynb": "Nobody is cast in a role.",
        "10_microframes.ipynb": "No actor is in enough sentences.",
        "11_outlets.ipynb": "There is nothing to compare: no two groups have evidence.",
        "12_over_time.ipynb": "There is too little evidence to speak of a change.",
        "13_validity.ipynb": "these articles: sentences without an actor 100 % of",
    }
    assert expected.get(name, "sentence") in told
