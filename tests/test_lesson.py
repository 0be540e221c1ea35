"""The lesson of an hour, in both languages: what its page tells students to do works, and its numbers are those of its files."""

from __future__ import annotations

import re
import shlex
import shutil
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis import paths
from analysis.__main__ import app
from analysis.hand_coding.sheets import read_sheets
from analysis.measures.sampling import plan_units

LESSON = paths.DATA / "lesson"
NAMES = {"en": "lesson-coding.md", "nl": "les-coderen.md"}
PAGES = {language: (paths.ROOT / "docs" / name).read_text(encoding="utf-8") for language, name in NAMES.items()}
PAGE = PAGES["en"]
COMMANDS = [block.replace("\\\n", " ") for block in re.findall(r"```sh\n(.+?)```", PAGE, re.DOTALL)]
CELLS = re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL)
KEYS = {-1: "-", 0: "0", 1: "+"}


def read_table(heading: str) -> list[list[str]]:
    """Cells of the table whose head begins so."""
    rows = PAGE[PAGE.index(f"| {heading} |") :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def short(number: float) -> str:
    """A number as the page writes it: two decimals, no zero before the point."""
    return f"{number:.2f}".replace("0.", ".", 1).replace("-.00", ".00")


@pytest.fixture
def space(tmp_path, monkeypatch) -> dict[str, Any]:
    """The first cell run in an empty build folder."""
    monkeypatch.setattr(paths, "BUILD", tmp_path)
    return run(CELLS[0], {})


def run(cell: str, space: dict[str, Any]) -> dict[str, Any]:
    """Run a cell; what its last line gives is `shown`."""
    *body, last = cell.rstrip().split("\n")
    exec(compile("\n".join([*body, f"shown = {last}"]), "lesson", "exec"), space)  # noqa: S102  the page's own code
    return space


def invoke(command: str, folder) -> str:
    """Run a command of the page with `build/lesson` elsewhere."""
    words = shlex.split(command.replace("build/lesson", str(folder)).replace("data/lesson", str(LESSON)))
    result = CliRunner().invoke(app, words[1:])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_sample_is_drawn_from_the_units():
    """With the design that the page corrects by; and twelve are among the twenty."""
    units, sample = pd.read_csv(LESSON / "units.csv"), pd.read_csv(LESSON / "sample.csv")
    design = {"by": ["predicted"], "allocation": "equal", "at_least": 4, "seed": 1}
    drawn = [
        set(planned.loc[planned["is_drawn"], "unit"])
        for planned in (plan_units(units, n=n, **design) for n in (12, 20))
    ]
    assert drawn[0] < drawn[1] == set(sample["unit"]) and len(drawn[0]) == 12
    assert f"coded all {len(units)} places" in PAGE and f"all {len(units)} places" in (LESSON / "README.md").read_text()
    assert units["actor_id"].nunique() == 6 and units["article_id"].nunique() == 10


def test_the_desk_takes_the_codes(space, tmp_path):
    """Typed key by key, they are those of anna's sheet."""
    desk, wanted = space["shown"], read_sheets(LESSON / "anna.csv").set_index("unit")["code"]
    for unit in pd.read_csv(LESSON / "sample.csv")["unit"]:
        desk.typing.value += KEYS[wanted[unit]]
    assert read_sheets(tmp_path / "lesson" / "anna.csv").set_index("unit")["code"].to_dict() == wanted.to_dict()


def test_the_page_tells_what_the_files_give(space, tmp_path):
    """Agreement, what is settled, and the corrected estimates, from the commands as they stand on the page."""
    folder = tmp_path / "lesson"
    folder.mkdir(exist_ok=True)
    for name in ("anna", "ben"):
        shutil.copy(LESSON / f"{name}.csv", folder)
    invoke(f"{COMMANDS[0].strip()} --out {tmp_path}", folder)
    table = pd.read_csv(tmp_path / "agreement.csv").query("level == 'ordinal'").set_index("coders")
    for coders, alpha, interval, same in read_table("coders"):
        row = table.loc[coders]
        assert [alpha, interval] == [short(row["alpha"]), f"{short(row['alpha_low'])} to {short(row['alpha_high'])}"], (
            coders
        )
        assert same == f"{row['percent_agreement']:.0%}".replace("%", " %"), coders
    assert "4 units to decide" in invoke(COMMANDS[1], folder)
    shutil.copy(LESSON / "clara.csv", folder)
    assert "16 agreed, 4 adjudicated" in invoke(COMMANDS[2], folder)
    run(CELLS[1], space)
    assert len(read_table("codes")) == 5
    for codes, alone, corrected, interval in read_table("codes"):
        found = space["correct"](folder / f"{codes.split(',')[0]}.csv", 12 if "12" in codes else 20).set_index(
            "estimator"
        )
        assert [alone, corrected] == [short(found["estimate"][name]) for name in ("naive", "corrected")], codes
        assert interval == f"{short(found['ci_low']['corrected'])} to {short(found['ci_high']['corrected'])}", codes
        assert found["ci_low"]["naive"] < 0 < found["ci_high"]["naive"]


def test_what_the_page_says_of_the_program_is_so():
    """Injured officers, a bill and inspectors: the reference is neutral where the program was negative."""
    sample = pd.read_csv(LESSON / "sample.csv").set_index("unit")
    codes = read_sheets(LESSON / "anna.csv").set_index("unit")["code"]
    places = zip(sample["text"], sample["mark_start"], sample["mark_end"], strict=True)
    sample["marked"] = [text[start:end] for text, start, end in places]
    harsh = sample[(sample["predicted"] == -1) & (codes[sample.index] == 0)]
    assert {"officers", "company", "inspectors"} <= set(harsh["marked"])


def test_one_neutral_place_stands_for_sixteen():
    """Which is why ben moves the estimate so far."""
    units, sample = pd.read_csv(LESSON / "units.csv"), pd.read_csv(LESSON / "sample.csv").set_index("unit")
    ben = read_sheets(LESSON / "ben.csv").set_index("unit")["code"][sample.index]
    neutral = sample["predicted"] == 0
    assert (sum(units["predicted"] == 0), sum(neutral), sum(ben[neutral] == -1)) == (111, 7, 1)
    assert "of the 111\nplaces that the program calls neutral only 7 were drawn" in PAGE


def test_every_link_leads_somewhere():
    """Files that the pages name."""
    docs = paths.ROOT / "docs"
    for folder, text in (
        *((docs, page) for page in PAGES.values()),
        (LESSON, (LESSON / "README.md").read_text(encoding="utf-8")),
    ):
        for target in re.findall(r"\]\(([^)#]+)", text):
            assert (folder / target).exists(), target


def test_the_dutch_page_has_the_same_commands_cells_and_numbers():
    """All but the language of the desk; numbers as Dutch writes them."""
    dutch = PAGES["nl"]
    assert [block.replace("\\\n", " ") for block in re.findall(r"```sh\n(.+?)```", dutch, re.DOTALL)] == COMMANDS
    cells = re.findall(r"```python\n(.+?)```", dutch, re.DOTALL)
    assert [cell.replace('language="nl"', 'language="en"') for cell in cells] == CELLS
    assert re.findall(r"^\| (\d+) \|", dutch, re.MULTILINE) == re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)
    tables = [
        [row.split("|")[2:-1] for row in page.splitlines() if row.startswith(("| anna", "| ben", "| people", "| ref"))]
        for page in (PAGE.replace(" to ", " tot "), re.sub(r"0,(\d\d)", r".\1", dutch))
    ]
    assert tables[0] == tables[1] and len(tables[0]) == 8
