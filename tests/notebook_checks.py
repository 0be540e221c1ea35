"""What a strict notebook run does not see: checks of the notebooks and figures as they are committed.

Each function takes a notebook (or all of them, by name) and returns the faults it found, a line each; no fault, no
line. `test_notebooks` runs them over the repository and plants every fault once.
"""

from __future__ import annotations

import ast
import base64
import hashlib
import html
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat

from analysis.contracts.paths import NOTEBOOKS
from analysis.display.study import NOTEBOOK_METADATA

LANGUAGES = ("en", "nl")
MOST_LINES = 9
MOST_CELLS = 30
FEWEST_CELLS = 20
MOST_IGNORED = 2
SHORTEST_ALT = 40
SHOWING = re.compile(r"show_(table|figure|evidence)|explain(_\w+)?|describe_\w+")
"""Names of the verbs that may produce output."""
IGNORE_TAGS = {"nbval-ignore-output", "nbval-skip", "nbval-raises-exception", "raises-exception"}
IGNORE_COMMENTS = re.compile(r"#\s*(NBVAL_|PYTEST_VALIDATE_)\w+")
FIGURE_TEXT = re.compile(r"figure (?P<slug>[a-z0-9_]+): (?P<alt>.+)\ndata (?P<data>[0-9a-f]{12})\Z")

Notebooks = Mapping[str, nbformat.NotebookNode]


def read_notebooks(folder: Path) -> dict[str, nbformat.NotebookNode]:
    """All notebooks of a folder by name, in order."""
    return {path.name: nbformat.read(path, as_version=4) for path in sorted(folder.glob("*.ipynb"))}


def read_all_notebooks() -> dict[str, nbformat.NotebookNode]:
    """The notebooks of both languages, by folder and name: ``nl/04_tone.ipynb``."""
    return {
        f"{language}/{name}": notebook
        for language in LANGUAGES
        for name, notebook in read_notebooks(NOTEBOOKS / language).items()
    }


def find_faults(notebook: nbformat.NotebookNode) -> list[str]:
    """Faults of one notebook by itself."""
    checks = (
        check_counts, check_alt_texts, check_streams, check_code, check_output_verbs, check_prose, check_parameters,
        check_metadata, check_size, check_numbers,
    )  # fmt: skip
    return [fault for check in checks for fault in check(notebook)]


def check_counts(notebook: nbformat.NotebookNode) -> list[str]:
    """Cells were executed top to bottom: counts are exactly 1 to n. A stripped notebook passes nbval on nothing."""
    counts = [cell.execution_count for cell in _code(notebook)]
    return [] if counts == list(range(1, len(counts) + 1)) else [f"execution counts are {counts}; run the study again"]


def check_alt_texts(notebook: nbformat.NotebookNode) -> list[str]:
    """Every image says in words what it shows: in its HTML, in its metadata and in the text that nbval compares."""
    faults = []
    for number, output in _outputs(notebook):
        for kind in (kind for kind in output.get("data", {}) if kind.startswith("image/")):
            alt = output.get("metadata", {}).get(kind, {}).get("alt", "")
            if len(alt) < SHORTEST_ALT:
                faults.append(f"code cell {number}: an image has no alt text; show it with show_figure")
            elif alt not in output["data"].get("text/plain", ""):
                faults.append(f"code cell {number}: the alt text is not the one nbval compares")
            elif f'alt="{html.escape(alt)}"' not in output["data"].get("text/html", ""):
                faults.append(f"code cell {number}: an exporter would drop the alt text; show it with show_figure")
    return faults


def check_findings(notebook: nbformat.NotebookNode, names: Collection[str], folder: Path) -> list[str]:
    """What a finding names is drawn: actors, frames and outlets of its caption stand in the words of the chart.

    Parameters
    ----------
    notebook : NotebookNode
    names : collection of str
        Every label that a chart may show.
    folder : path
        Where the SVG files lie, whose text is text.
    """
    faults = []
    for number, output in _outputs(notebook):
        caption = re.search(r"<figcaption>(.*?)</figcaption>", "".join(output.get("data", {}).get("text/html", "")))
        match = FIGURE_TEXT.match(output.get("data", {}).get("text/plain", ""))
        if not caption or not match or not (folder / f"{match['slug']}.svg").is_file():
            continue
        drawn = _words_of(folder / f"{match['slug']}.svg")
        told = html.unescape(caption[1])
        named = {name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", told)}
        named |= set(re.findall(r"[\w’-]+(?: [\w’-]+)? \*", told))
        faults += [
            f"code cell {number}: the finding names {name!r}, which the chart does not show"
            for name in sorted(named)
            if not any(re.sub(r"\W", "", part) in drawn for part in (name, name.split(" ", 1)[-1]))
        ]
    return faults


def _words_of(svg: Path) -> str:
    """All text of a chart in the order of its file, without spaces and hyphens: labels are broken over lines."""
    root = ElementTree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", svg.read_text(encoding="utf-8")))  # noqa: S314  our own
    texts = ["".join(node.itertext()) for node in root.iter() if node.tag.endswith("}text")]
    return re.sub(r"\W", "", "".join(texts))


def check_streams(notebook: nbformat.NotebookNode) -> list[str]:
    """Nothing was printed, warned or raised."""
    faults = []
    for number, output in _outputs(notebook):
        if output.output_type == "stream":
            faults.append(f"code cell {number}: has stored {output.name}: {output.text[:60]!r}")
        if output.output_type == "error":
            faults.append(f"code cell {number}: has a stored error, {output.ename}")
    return faults


def check_code(notebook: nbformat.NotebookNode) -> list[str]:
    """Short plain Python: no magic, shell line, definition, loop or absolute path."""
    faults = []
    for number, cell in enumerate(_code(notebook), start=1):
        where = f"code cell {number}"
        lines = cell.source.splitlines()
        if len(lines) > MOST_LINES:
            faults.append(f"{where}: has {len(lines)} lines; move logic to analysis/")
        if any(re.match(r"\s*[%!?]|.*\?\s*$", line) for line in lines):
            faults.append(f"{where}: has a magic or shell line")
            continue
        try:
            tree = ast.parse(cell.source)
        except SyntaxError:
            faults.append(f"{where}: is no plain Python")
            continue
        faults += [f"{where}: {what}" for node in ast.walk(tree) if (what := _forbidden(node))]
    return faults


def _forbidden(node: ast.AST) -> str | None:  # noqa: PLR0911  one return per thing that is forbidden
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return "defines a function; move it to analysis/"
    if isinstance(node, ast.ClassDef):
        return "defines a class; move it to analysis/"
    if isinstance(node, ast.For | ast.AsyncFor | ast.While | ast.comprehension):
        return "has a loop; use a verb of analysis/"
    if isinstance(node, ast.Attribute) and node.attr in {"iterrows", "itertuples", "apply"}:
        return f"goes through rows with {node.attr}; use a verb of analysis/"
    if isinstance(node, ast.Name) and node.id in {"get_ipython", "exec", "eval", "print", "display"}:
        return f"calls {node.id}; only show_* and describe_* produce output"
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.match(r"/|~|[A-Za-z]:[\\/]", node.value):
        return f"has an absolute path, {node.value!r}; use analysis.contracts.paths"
    return None


def check_output_verbs(notebook: nbformat.NotebookNode) -> list[str]:
    """What a cell shows comes from a verb made for showing: rounded, sorted, without addresses or random ids."""
    faults = []
    for number, cell in enumerate(_code(notebook), start=1):
        try:
            body = ast.parse(cell.source).body
        except SyntaxError:
            continue
        calls = [node.value for node in body if isinstance(node, ast.Expr)]
        names = [_name_verb(call) for call in calls]
        if not all(SHOWING.fullmatch(name) for name in names):
            faults.append(f"code cell {number}: shows something without show_table, show_figure or their like")
        if len(calls) > 1:
            faults.append(f"code cell {number}: only the last line shows anything; split the cell")
        if bool(cell.outputs) != bool(calls):
            faults.append(f"code cell {number}: outputs and code do not fit; run the study again")
    return faults


def _name_verb(call: ast.expr) -> str:
    """Name of the verb that is called, alone or of a module (``findings.describe_scope``); else empty."""
    if not isinstance(call, ast.Call):
        return ""
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def check_prose(notebook: nbformat.NotebookNode) -> list[str]:
    """Prose before every code cell says why, prose after it how to read the result."""
    cells = notebook.cells
    faults = []
    for place, cell in enumerate(cells):
        if cell.cell_type != "code":
            continue
        before = place > 0 and cells[place - 1].cell_type == "markdown" and cells[place - 1].source.strip()
        after = place + 1 < len(cells) and cells[place + 1].cell_type == "markdown" and cells[place + 1].source.strip()
        if not before:
            faults.append(f"cell {cell.id}: no prose before it")
        if not after:
            faults.append(f"cell {cell.id}: no reading of the result after it")
    return faults


def check_parameters(notebook: nbformat.NotebookNode) -> list[str]:
    """The first code cell, and only that, holds the parameters."""
    tagged = [place for place, cell in enumerate(_code(notebook)) if "parameters" in cell.metadata.get("tags", [])]
    return [] if tagged == [0] else ["the first code cell, and only that, has the tag 'parameters'"]


def check_metadata(notebook: nbformat.NotebookNode) -> list[str]:
    """Nothing volatile is stored: no versions, times or collapsed cells; ids are there and differ."""
    faults = []
    if dict(notebook.metadata) != NOTEBOOK_METADATA or (notebook.nbformat, notebook.nbformat_minor) != (4, 5):
        faults.append("the notebook's metadata is not the stable minimum; run the study again")
    faults += [f"cell {cell.id}: metadata other than tags" for cell in notebook.cells if set(cell.metadata) - {"tags"}]
    ids = [cell.id for cell in notebook.cells]
    if len(set(ids)) < len(ids):
        faults.append("two cells have the same id")
    return faults


def check_size(notebook: nbformat.NotebookNode) -> list[str]:
    """A notebook fits in a class."""
    n_cells = len(notebook.cells)
    return [] if FEWEST_CELLS <= n_cells <= MOST_CELLS else [f"has {n_cells} cells, not {FEWEST_CELLS} to {MOST_CELLS}"]


def check_numbers(notebook: nbformat.NotebookNode) -> list[str]:
    """Prose states no result: neither a decimal number nor a percentage stands in it."""
    found = [
        (cell.id, match.group())
        for cell in notebook.cells
        if cell.cell_type == "markdown" and (match := re.search(r"\d+\s?%|(?<![\d.])\d+[.,]\d+(?!\.?\d)", cell.source))
    ]
    return [f"cell {key}: prose states {number!r}; let code state it" for key, number in found]


def check_quotations(notebook: nbformat.NotebookNode, text: str, *, n_words: int = 4) -> list[str]:
    """Neither prose nor code quotes the article: no `n_words` words in a row stand in both."""
    known = set(_runs(text, n_words))
    return [
        f"cell {cell.id}: quotes the article: {' '.join(run)!r}"
        for cell in notebook.cells
        for run in _runs(cell.source, n_words)
        if run in known
    ]


def check_ignored(notebooks: Notebooks) -> list[str]:
    """At most two cells in the whole study are left out of the comparison, each with a reason in its first line."""
    ignored = [
        (name, cell)
        for name, notebook in notebooks.items()
        for cell in _code(notebook)
        if IGNORE_TAGS & set(cell.metadata.get("tags", [])) or IGNORE_COMMENTS.search(cell.source)
    ]
    faults = [f"{len(ignored)} cells are left out of the comparison"] if len(ignored) > MOST_IGNORED else []
    for name, cell in ignored:
        if not re.match(r"#\s*not compared: \w+", cell.source):
            faults.append(f"{name}, cell {cell.id}: begin with '# not compared: <reason>'")
    return faults


def check_figures(notebooks: Notebooks, folder: Path) -> list[str]:
    """Figures are exactly those the notebooks show, and their files those of the stored run."""
    faults = []
    shown: dict[str, str] = {}
    for name, notebook in notebooks.items():
        for number, output in _outputs(notebook):
            if "image/png" not in output.get("data", {}):
                continue
            where = f"{name}, code cell {number}"
            match = FIGURE_TEXT.match(output["data"].get("text/plain", ""))
            if not match:
                faults.append(f"{where}: an image that show_figure did not make")
                continue
            slug = match["slug"]
            if slug in shown or not slug.startswith(f"{name[:2]}_"):
                faults.append(f"{where}: the slug {slug} is used before or is not of this notebook")
            shown[slug] = where
            faults += [f"{where}: {fault}" for fault in _compare_files(output, match, folder)]
    expected = {f"{slug}.{kind}" for slug in shown for kind in ("csv", "png", "svg")}
    expected.add("evidence.html")  # where names in the charts lead, for whoever wrote it
    faults += [f"figures/{path.name}: no notebook shows it" for path in folder.iterdir() if path.name not in expected]
    return faults


def _compare_files(output: Any, match: re.Match[str], folder: Path) -> Iterator[str]:
    csv, png, svg = (folder / f"{match['slug']}.{kind}" for kind in ("csv", "png", "svg"))
    missing = [path.name for path in (csv, png, svg) if not path.is_file()]
    if missing:
        yield f"figures/{missing[0]} is missing"
        return
    if hashlib.sha256(csv.read_bytes()).hexdigest()[:12] != match["data"]:
        yield f"figures/{csv.name} is not the table the chart was drawn from"
    if png.read_bytes() != base64.b64decode(output["data"]["image/png"]):
        yield f"figures/{png.name} is not the chart in the notebook"
    if match["alt"] not in html.unescape(svg.read_text(encoding="utf-8")):
        yield f"figures/{svg.name} does not carry the alt text"


def parse_sanitize_file(content: bytes) -> list[tuple[str, str]]:
    """Rules of a sanitise file, read more strictly than nbval does, which drops a misspelt rule without a word.

    Raises
    ------
    ValueError
        When a line is no part of a rule, a character is not ASCII, or a pattern is no regular expression.
    """
    lines = content.decode("ascii").splitlines()
    rules = []
    for first, second in zip(lines[::2], [*lines[1::2], ""], strict=False):
        if not first.startswith("regex: ") or not second.startswith("replace: ") or not first[7:].strip():
            raise ValueError(f"not a rule: {first!r}, {second!r}")
        re.compile(first[7:])
        rules.append((first[7:], second[9:]))
    return rules


def _code(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _outputs(notebook: nbformat.NotebookNode) -> Iterator[tuple[int, nbformat.NotebookNode]]:
    for number, cell in enumerate(_code(notebook), start=1):
        yield from ((number, output) for output in cell.outputs)


def _runs(text: str, n: int) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    yield from zip(*(words[start:] for start in range(n)), strict=False)
