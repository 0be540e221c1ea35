"""Notebooks in Dutch are the English ones with other texts: nothing is missing, stale or changed in the code."""

from __future__ import annotations

import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis import paths
from analysis.contracts.errors import InputError
from analysis.display.translation import (
    Translation,
    checksum,
    find_gaps,
    list_cells,
    read_translation,
    translate_folder,
    translate_notebook,
)
from tests.notebook_checks import read_notebooks

ENGLISH = read_notebooks(paths.NOTEBOOKS / "en")
DUTCH = read_notebooks(paths.NOTEBOOKS / "nl")
PROSE = "Who speaks?"
CODE = 'show_table(quotes, caption="Most words first")  # the longest first'


@pytest.fixture
def notebook() -> nbformat.NotebookNode:
    """One cell of prose, the parameters, and a cell of code that has run."""
    parameters = new_code_cell(
        'language = "en"  # either "en" or "nl"', id="a-parameters", metadata={"tags": ["parameters"]}
    )
    shown = new_code_cell(CODE, id="a-table", execution_count=2)
    return new_notebook(cells=[new_markdown_cell(PROSE, id="a-title"), parameters, shown])


@pytest.fixture
def translation() -> Translation:
    """Complete."""
    pieces = {
        "Most words first": "Meeste woorden eerst",
        "the longest first": "de langste eerst",
        'either "en" or "nl"': '"en" of "nl"',
    }
    return Translation({"a-title": (checksum(PROSE), "Wie spreekt?")}, pieces)


@pytest.mark.parametrize("name", ENGLISH)
def test_every_notebook_is_translated_whole(name):
    """No cell or text without its Dutch, none whose English has changed, and no entry for what is gone."""
    path = paths.TRANSLATIONS / "notebooks" / name.replace(".ipynb", ".yaml")
    assert find_gaps(ENGLISH[name], read_translation(path)) == []


@pytest.mark.parametrize("name", ENGLISH)
def test_the_dutch_notebooks_are_the_translated_ones(name):
    """Who changes one changes its source too."""
    path = paths.TRANSLATIONS / "notebooks" / name.replace(".ipynb", ".yaml")
    made = translate_notebook(ENGLISH[name], read_translation(path))
    assert list_cells(DUTCH[name]) == list_cells(made)


def test_prose_texts_comments_and_the_language_are_translated(notebook, translation):
    """Outputs go: they are in the other language."""
    made = translate_notebook(notebook, translation)
    assert [cell.source for cell in made.cells] == [
        "Wie spreekt?",
        'language = "nl"  # "en" of "nl"',
        'show_table(quotes, caption="Meeste woorden eerst")  # de langste eerst',
    ]
    assert made.cells[2].execution_count is None
    assert notebook.cells[0].source == PROSE
    assert find_gaps(notebook, translation) == []


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        ({"quotes": "citaten"}, "changes the code of cell a-table"),
        ({"Most words first": 'De "meeste" woorden'}, "changes the code of cell a-table"),
    ],
)
def test_a_translation_that_changes_code_is_refused(notebook, translation, pieces, said):
    """Names, and quotation marks that end a text too soon."""
    with pytest.raises(InputError, match=said):
        translate_notebook(notebook, translation._replace(code=pieces))


def test_gaps_are_named(notebook, translation):
    """Untranslated, changed since, left over; in prose and in code."""
    stale = translation._replace(cells={"a-title": ("00000000", "Wie?"), "a-old": ("00000000", "Oud")})
    told = find_gaps(notebook, stale)
    assert any(f"write: of: '{checksum(PROSE)}'" in line for line in told)
    assert "cell a-old: there is no such cell of prose" in told
    bare = find_gaps(notebook, Translation({}, {"gone": "weg"}))
    assert "cell a-title: is not translated" in bare and "code: 'gone' stands in no code" in bare
    assert sum("is not translated" in line for line in bare) == 4


def test_a_folder_is_translated_and_what_has_not_changed_keeps_its_outputs(tmp_path):
    """So that a second study touches no file."""
    source, target, translations = (tmp_path / name for name in ("en", "nl", "translations"))
    for folder in (source, translations):
        folder.mkdir()
    shutil.copy(paths.NOTEBOOKS / "en" / "04_tone.ipynb", source)
    shutil.copy(paths.TRANSLATIONS / "notebooks" / "04_tone.yaml", translations)
    assert translate_folder(source, target, translations=translations) == {}
    made = nbformat.read(target / "04_tone.ipynb", as_version=4)
    assert all(not cell.outputs for cell in made.cells if cell.cell_type == "code")
    shutil.copy(paths.NOTEBOOKS / "nl" / "04_tone.ipynb", target)
    before = (target / "04_tone.ipynb").read_bytes()
    shutil.copy(paths.NOTEBOOKS / "en" / "04_tone.ipynb", source / "04_tone-Copy1.ipynb")
    gaps = translate_folder(source, target, translations=translations)
    assert gaps == {"04_tone-Copy1": ["there is no such file, so the notebook is not translated"]}
    assert (target / "04_tone.ipynb").read_bytes() == before


@pytest.mark.parametrize("content", ["cells: [", "cells: {a: {nl: x}}\ncode: {}", "code: {}", "a"])
def test_a_damaged_file_of_translations_is_named(tmp_path, content):
    """And what to read."""
    path = tmp_path / "a.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.yaml.*see data/translations/README\.md"):
        read_translation(path)
