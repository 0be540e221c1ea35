"""The guide to extending holds: its steps, carried out in a copy of the project, give the table and the quote."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from analysis import paths

GUIDE = (paths.ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
STEP = re.compile(r"`([\w/.]+)`, (a new file|at the end|in the class `Tables`):\n\n( *)```\w+\n(.*?)\n *```", re.DOTALL)
BEHIND_THE_LAST_FIELD = "\n    def items(self)"

NEW_TABLE = """
import json
from analysis.codebook.load import EMPTY
from analysis.contracts.dictionary import describe_tables
from analysis.contracts.tables import concat_tables
from analysis.corpus import load_articles, read_tables, write_tables
from analysis.display import explain
from analysis.runs.chain import code_articles
from analysis.runs.identity import find_source
from analysis.validation.freeze_rows import PLACES

open("a.txt", "w").write("Het regende in Breda. De straat stond blank! Help!! Niemand kwam buiten.")
coded = code_articles(load_articles("a.txt", language="nl"), EMPTY, reading="rules", methods=["lexicon"], frames=["patterns"])
write_tables(coded, "out", "csv")
read = read_tables("out")
told = {language: explain(read, "a:x00002", language=language) for language in ("nl", "en")}
print(json.dumps({
    "rows": read.exclamations[["exclamation_id", "n_marks"]].to_numpy().tolist(),
    "joined": len(concat_tables([coded, coded.__class__(**{name: table.iloc[:0] for name, table in coded.items()})]).exclamations),
    "reasons": {language: list(found.reasons) for language, found in told.items()},
    "marked": [mark.text for mark in told["nl"].highlights],
    "is_described": "| n_marks | int64 | no | Exclamation marks in it |" in describe_tables(),
    "is_frozen": "exclamations" in PLACES,
    "is_in_the_fingerprint": any(path.name == "exclamations.py" for path in find_source("analysis.runs.chain")),
}))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project without what no step changes, and with what it only reads behind links."""
    shutil.copytree(paths.ROOT / "analysis", tmp_path / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "data").mkdir()
    for folder in sorted(paths.DATA.iterdir()):
        if folder.is_dir() and folder.name in ("languages", "codebooks"):
            shutil.copytree(folder, tmp_path / "data" / folder.name)
        elif folder.is_dir():
            (tmp_path / "data" / folder.name).symlink_to(folder)
    return tmp_path


def carry_out(section: str, copy: Path) -> int:
    """Do the steps of a section of the guide; how many there were."""
    steps = STEP.findall(section)
    for name, where, _, block in steps:
        path, code = copy / name, textwrap.dedent(block) + "\n"
        path.parent.mkdir(parents=True, exist_ok=True)
        if where == "a new file":
            assert not path.exists(), name
            path.write_text(code, encoding="utf-8")
        elif where == "at the end":
            path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{code}", encoding="utf-8")
        else:
            before, behind = path.read_text(encoding="utf-8").split(BEHIND_THE_LAST_FIELD)
            field = textwrap.indent(code, "    ")
            path.write_text(f"{before}{field}{BEHIND_THE_LAST_FIELD}{behind}", encoding="utf-8")
    return len(steps)


def run(program: str, copy: Path) -> str:
    """What a program prints that uses the package of the copy."""
    done = subprocess.run([sys.executable, "-c", program], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def section_of(title: str) -> str:
    """A section of the guide."""
    return GUIDE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_a_table_takes_a_schema_a_layer_and_a_coder(copy):
    """Nothing else is written by hand: the rest follows from the layer."""
    assert carry_out(section_of("A table"), copy) == 3
    found = json.loads(run(NEW_TABLE, copy))
    assert found.pop("rows") == [["a:x00001", 1], ["a:x00002", 2]]
    assert found.pop("joined") == 2
    assert found.pop("marked") == ["Help!!"]
    assert found.pop("reasons") == {language: ["a:x00002: n_marks 2"] for language in ("nl", "en")}
    assert set(found.values()) == {True}, found


def test_a_folder_of_ten_words_makes_a_language(copy):
    """One quote is found in it, with its speaker, as the guide prints it."""
    section = section_of("A language")
    assert carry_out(section, copy) == 3
    program, printed = re.findall(r"^```(?:python|text)\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    assert run(program, copy) == printed
    assert run(program.replace('"de"', '"fr"'), copy) == ""
