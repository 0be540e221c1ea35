"""What a notebook tells a student to do can be done as it is written."""

from __future__ import annotations

import ast
import inspect
import re
from typing import Any

import pytest

import analysis
from analysis import paths
from analysis.contracts.tables import LAYERS
from analysis.display.words_tables import localise
from tests.notebook_checks import read_all_notebooks

NOTEBOOKS = read_all_notebooks()
TABLES = set(LAYERS)
COMMANDS = re.compile(r"framewijs \w+")


def code_of(name: str) -> str:
    """All code of a notebook."""
    return "\n".join(cell.source for cell in NOTEBOOKS[name].cells if cell.cell_type == "code")


def names_in(source: str) -> set[str]:
    """Names, keywords, attributes and the words of texts in a piece of Python."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add(node.asname or node.name)
        elif isinstance(node, ast.keyword) and node.arg:
            found.add(node.arg)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= set(re.findall(r"\w+", node.value))
    return found


def exercise_of(name: str) -> str:
    """What stands behind *Try it yourself*; empty where there is no exercise."""
    heading = {"en": "**Try it yourself.**", "nl": "**Probeer het zelf.**"}[name[:2]]
    return NOTEBOOKS[name].cells[-1].source.partition(heading)[2]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_an_exercise_speaks_of_names_that_the_notebook_has(name):
    """`explain` was not imported, and `share` stood on the line that makes the truth only."""
    text = exercise_of(name)
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    known = names_in(code_of(name)).union(*map(names_in, blocks)) if blocks else names_in(code_of(name))
    shown = "\n".join(
        "".join(o.get("data", {}).get("text/plain", "")) for c in NOTEBOOKS[name].cells for o in c.get("outputs", [])
    )
    for told in re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        if COMMANDS.match(told) or told.split("_")[0].isdigit() or (paths.ROOT / told).exists():
            continue  # a command line, the next notebook, or a page
        if "(" in told:
            check_call(told, known)
            continue
        for word in re.findall(r"\w+", told):
            dutch = localise(word, "voice")
            is_shown = re.search(rf"\b{re.escape(word)}\b", shown) or (dutch != word and dutch in shown)
            assert word in known or is_shown, (name, told)


def check_call(told: str, known: set[str]) -> None:
    """A call names a function that the notebook imports, and arguments that it takes."""
    call = ast.parse(told, mode="eval").body
    assert isinstance(call, ast.Call) and isinstance(call.func, ast.Name), told
    assert call.func.id in known, told
    taken = set(inspect.signature(getattr(analysis, call.func.id)).parameters)
    assert {keyword.arg for keyword in call.keywords} <= taken, told
    assert {argument.id for argument in call.args if isinstance(argument, ast.Name)} <= known, told


def test_a_parameter_of_an_exercise_changes_what_the_notebook_estimates():
    """`share` is set once, and the sample that corrects is drawn with it."""
    for name in ("en/11_outlets.ipynb", "en/12_over_time.ipynb"):
        code = code_of(name)
        assert re.search(r"^share = 0\.5\b", code, re.MULTILINE), name
        assert re.search(r"sample = article_units\.add_gold_codes\(.*share=share", code), name


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_uses_the_tables_that_it_says_it_uses(name):
    """The parameters of 08 spoke of evaluations, as they were copied from 06."""
    told = [
        set(re.findall(r"`(\w+)`", match)) & TABLES
        for cell in NOTEBOOKS[name].cells
        if cell.cell_type == "markdown"
        for match in re.findall(r"We use its tables? (.*?)(?:\.|:|, which)", cell.source, re.DOTALL)
    ]
    code = code_of(name)
    for table in set().union(*told):
        assert (
            f"tables.{table}" in code
            or ("tone_units(tables)" in code and table == "evaluations")
            or ("frame_units(tables" in code and table == "frames")
        ), table


@pytest.mark.parametrize("name", [name for name in NOTEBOOKS if "```python" in exercise_of(name)])
def test_the_code_of_an_exercise_runs(name, tmp_path):
    """Pasted behind the notebook's own cells, it gives something to look at."""
    space: dict[str, Any] = {}
    for cell in (cell for cell in NOTEBOOKS[name].cells if cell.cell_type == "code"):
        source = re.sub(r"figures_at = paths.FIGURES / ..*", lambda _: f"figures_at = {str(tmp_path)!r}", cell.source)
        exec(compile(source, name, "exec"), space)  # noqa: S102  the notebook's own code
    for block in re.findall(r"```python\n(.*?)```", exercise_of(name), re.DOTALL):
        *body, last = ast.parse(block).body
        exec(compile(ast.Module(body, []), name, "exec"), space)  # noqa: S102
        found = eval(compile(ast.Expression(last.value), name, "eval"), space)  # noqa: S307
        assert found.sentences
