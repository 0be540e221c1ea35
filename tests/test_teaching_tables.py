"""The tables of the teaching corpus are what the program codes; the exercises read them and code nothing."""

from __future__ import annotations

import json
import subprocess
import sys

import pandas as pd
import pytest

from analysis import code_articles, load_articles, load_codebook, paths, read_tables
from analysis.display.exercises import FOLDER as EXERCISES
from analysis.display.exercises import read_lesson
from analysis.reading.model_loading import reading_model_path
from analysis.runs.identity import checksum_of_file

TEACHING = paths.DATA / "teaching"
FOLDER = TEACHING / "tables"
BOOK = paths.CODEBOOKS / "teaching.yaml"
RENEW = (
    "data/teaching/tables is older than the program: renew it with `make tables`, then `git add data/teaching/tables`"
)
CODED_ANEW = ["kl_01", "lc_01", "ow_04", "pdn_07", "vb_01"]
"""One of each outlet: all forty take a minute of one processor."""
READS_ARTICLES = {"07_your_own_corpus"}
"""Its exercises are about that."""


@pytest.fixture(scope="module")
def stored():
    """The tables as a user's are read."""
    return read_tables(FOLDER)


def test_the_tables_were_made_with_this_codebook_and_this_model():
    """And their files are as the command left them."""
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["codebook"]["checksum"] == load_codebook(BOOK).checksum, RENEW
    assert manifest["model"]["checksum"] == checksum_of_file(reading_model_path()), RENEW
    assert manifest["files"] == {path.name: checksum_of_file(path) for path in sorted(FOLDER.glob("*.csv"))}, RENEW
    assert manifest["notices"] == []


def test_the_tables_hold_the_articles_of_the_corpus(stored):
    """All forty, word for word."""
    articles = load_articles(TEACHING / "articles")
    pd.testing.assert_frame_equal(stored.articles.drop(columns="source_file"), articles.drop(columns="source_file"))
    assert len(articles) == 40


def test_an_article_of_each_outlet_coded_anew_gives_the_rows_that_are_stored(stored):
    """In every table, to the last decimal."""
    articles = load_articles(TEACHING / "articles")
    chosen = articles[articles["article_id"].isin(CODED_ANEW)].reset_index(drop=True)
    assert chosen["outlet"].nunique() == articles["outlet"].nunique() == len(chosen)
    for name, table in code_articles(chosen, load_codebook(BOOK)).items():
        kept = getattr(stored, name)
        kept = kept[kept["article_id"].isin(CODED_ANEW)].reset_index(drop=True)
        told = [column for column in table if column != "source_file"]  # as the path was given
        pd.testing.assert_frame_equal(kept[told], table[told], check_exact=True, obj=f"{RENEW}. Table {name}")


def test_the_folder_is_small():
    """It lies in the repository, and a table fits into any program."""
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 3_000_000


def test_the_exercises_load_no_model():
    """Solved one after the other in one process, all but those that are about reading articles: nothing runs a network."""
    files = sorted(path for path in EXERCISES.glob("[0-9]*.yaml") if path.stem not in READS_ARTICLES)
    cells = ["import matplotlib", "matplotlib.use('agg')"]
    for path in files:
        lesson = read_lesson(path, "en")
        cells += [lesson.start, *(f"{exercise.solution}\n{exercise.check}" for exercise in lesson.exercises)]
    cells.append("import sys\nprint('onnxruntime' in sys.modules)")
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(cells)], cwd=paths.ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(files) == 12 and done.stdout.splitlines()[-1] == "False"
