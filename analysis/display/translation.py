"""Notebooks in two languages from one source: the English ones, and a file of translations for each.

Reads notebooks/en and data/translations/notebooks; returns notebooks. Prose is translated cell by cell, by the cell's
id; what a reader sees of the code (titles, alt texts, comments) piece by piece. Code itself stays the same, which is
checked: a translation that changes more than texts is refused.
"""

from __future__ import annotations

import ast
import hashlib
import io
import tokenize
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

import nbformat
import yaml

from analysis.contracts.errors import InputError
from analysis.contracts.paths import TRANSLATIONS
from analysis.display.study import find_notebooks, strip_notebook, write_notebook

SOURCE, TRANSLATED = "en", "nl"
"""The language that notebooks are written in, and the one they are translated to."""
FOLDER = TRANSLATIONS / "notebooks"
LANGUAGE_LITERAL = (f'"{SOURCE}"', f'"{TRANSLATED}"')
"""How the parameters cell names the language."""


class Translation(NamedTuple):
    """What a file of translations holds."""

    cells: dict[str, tuple[str, str]]
    """Id of a cell of prose: checksum of the source it translates, and the translation."""
    code: dict[str, str]
    """Pieces of code that a reader reads, and their translations."""
    path: Path | None = None


def read_translation(path: Path) -> Translation:
    """Read a file of translations.

    Parameters
    ----------
    path : Path
        YAML: ``cells`` (by id of a cell: ``of``, a checksum of the English, and ``nl``) and ``code`` (pieces of
        English in the code and their Dutch).

    Raises
    ------
    InputError
        When the file is no such YAML.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        cells = {str(key): (str(cell["of"]), str(cell[TRANSLATED]).strip()) for key, cell in content["cells"].items()}
        return Translation(cells, {str(old): str(new) for old, new in (content["code"] or {}).items()}, path)
    except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        message = f"{path}: is no file of translations ({reason}); see data/translations/README.md"
        raise InputError(message) from error


def checksum(text: str) -> str:
    """What a translation names as its source: the first digits of a checksum of the English text."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:8]


def translate_notebook(notebook: nbformat.NotebookNode, translation: Translation) -> nbformat.NotebookNode:
    """The notebook in the other language, not yet executed.

    Parameters
    ----------
    notebook : NotebookNode
        In English.
    translation : Translation

    Returns
    -------
    NotebookNode
        A copy with translated prose and texts; code cells keep neither outputs nor counts. A cell that has no
        translation stays English: `find_gaps` names it.

    Raises
    ------
    InputError
        When a translation changes code.
    """
    made = deepcopy(notebook)
    for cell in made.cells:
        if cell.cell_type == "markdown":
            cell.source = translation.cells.get(cell.id, ("", cell.source))[1]
        elif cell.cell_type == "code":
            cell.source = _translate_code(cell, translation)
            cell.outputs, cell.execution_count = [], None
    return made


def _translate_code(cell: nbformat.NotebookNode, translation: Translation) -> str:
    code = str(cell.source)
    if "parameters" in cell.metadata.get("tags", []):
        lines = [line.partition("#") for line in code.split("\n")]  # a comment may name both languages
        code = "\n".join(line.replace(*LANGUAGE_LITERAL) + mark + comment for line, mark, comment in lines)
    for piece in sorted(translation.code, key=len, reverse=True):
        code = code.replace(piece, translation.code[piece])
    try:
        is_same = _shape(code) == _shape(str(cell.source))
    except SyntaxError:
        is_same = False
    if not is_same:
        message = (
            f"{translation.path or 'translation'}: changes the code of cell {cell.id}; translate only texts and "
            "comments, and mind quotation marks"
        )
        raise InputError(message)
    return code


def _shape(code: str) -> str:
    """The code without its texts."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


def find_gaps(notebook: nbformat.NotebookNode, translation: Translation) -> list[str]:
    """What a translation lacks, a line each: cells untranslated or changed since, texts in code, needless entries."""
    prose = {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "markdown"}
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    gaps = [f"cell {key}: is not translated" for key in prose if key not in translation.cells]
    gaps += [f"cell {key}: there is no such cell of prose" for key in translation.cells if key not in prose]
    gaps += [
        f"cell {key}: the English has changed since; translate it anew and write: of: '{checksum(prose[key])}'"
        for key, (of, _) in translation.cells.items()
        if key in prose and of != checksum(prose[key])
    ]
    gaps += [
        f"code: {piece!r} stands in no code" for piece in translation.code if not any(piece in c.source for c in code)
    ]
    for cell in code:
        gaps += [
            f"cell {cell.id}: the text {text!r} is not translated"
            for text in _read_texts(cell.source)
            if not any(piece in text for piece in translation.code)
        ]
    return gaps


def _read_texts(code: str) -> Iterator[str]:
    """Comments, and texts of several words, which a reader reads; none of what is no plain Python."""
    try:
        tokens, tree = list(tokenize.generate_tokens(io.StringIO(code).readline)), ast.parse(code)
    except (SyntaxError, tokenize.TokenError):
        return
    yield from (token.string for token in tokens if token.type == tokenize.COMMENT)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value.split()) > 1:
            yield node.value


def translate_folder(
    source: Path, target: Path, *, translations: Path = FOLDER, only: Iterable[str] | None = None
) -> dict[str, list[str]]:
    """Write the translated notebooks of a folder; one whose cells would not change keeps its outputs.

    Parameters
    ----------
    source, target : Path
        Folders of the English and of the translated notebooks; `target` is made if needed.
    translations : Path
        Folder with a file for each: ``04_tone.yaml`` for ``04_tone.ipynb``.
    only : iterable of str, optional
        Beginnings of the names to translate.

    Returns
    -------
    dict of str to list of str
        What each translation lacks (`find_gaps`), by name of the notebook, for those that lack something.

    Raises
    ------
    InputError
        When a file of translations is damaged or changes code.
    """
    gaps: dict[str, list[str]] = {}
    target.mkdir(parents=True, exist_ok=True)
    for path in find_notebooks(source, only=only):
        if not (translations / f"{path.stem}.yaml").is_file():
            gaps[path.stem] = ["there is no such file, so the notebook is not translated"]
            continue
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        translation = read_translation(translations / f"{path.stem}.yaml")
        if found := find_gaps(notebook, translation):
            gaps[path.stem] = found
        made = translate_notebook(notebook, translation)
        if not _has_same_cells(target / path.name, made):
            write_notebook(strip_notebook(made), target / path.name)
    return gaps


def _has_same_cells(path: Path, notebook: nbformat.NotebookNode) -> bool:
    if not path.is_file():
        return False
    stored = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return list_cells(stored) == list_cells(notebook)


def list_cells(notebook: nbformat.NotebookNode) -> list[tuple[str, str, str, list[str]]]:
    """What of a notebook's cells is written and not run: id, type, source and tags."""
    return [(cell.id, cell.cell_type, cell.source, cell.metadata.get("tags", [])) for cell in notebook.cells]
