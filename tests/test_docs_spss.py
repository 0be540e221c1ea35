"""The page for SPSS: its columns are those of the tables, and what GNU PSPP can run gives the cases of pandas."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest

from analysis import paths, read_tables
from tests.test_docs_r import OFTEN

PAGE = (paths.ROOT / "docs" / "spss.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```spss\n(.+?)```", PAGE, re.DOTALL)
PSPP = os.environ.get("PSPP") or shutil.which("pspp")
NOT_IN_PSPP = ("MIXED", "GENLIN")


@pytest.mark.parametrize("name", ["features", "evaluations"])
def test_the_variables_are_the_columns_of_the_table(name):
    """In their order, with a type that holds them."""
    table = getattr(read_tables(paths.DATA / "teaching" / "tables"), name)
    block = next(block for block in BLOCKS if f"tables/{name}.csv" in block)
    variables = re.findall(r"(\w+) ([AF])([\d.]+)", block.split("/VARIABLES=")[1].split(".\n")[0])
    assert [variable for variable, _, _ in variables] == list(table.columns)
    texts = table.select_dtypes(exclude="number").astype(str)
    assert not texts.apply(lambda column: column.str.contains("\n")).to_numpy().any(), "a line break begins a new case"
    for variable, kind, width in variables:
        column = table[variable]
        is_number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
        assert (kind == "F") == is_number, variable
        assert is_number or column.dropna().astype(str).str.len().max() <= int(width), variable


def test_what_pspp_can_run_gives_the_cases_of_pandas(tmp_path):
    """Steps 1 to 3: units, their tone, and the tone in the mayor's words."""
    if PSPP is None:
        pytest.skip("no pspp on this machine (Debian: apt-get install pspp)")
    code = "\n".join(block for block in BLOCKS if not block.startswith(NOT_IN_PSPP))
    (tmp_path / "page.sps").write_text(code.replace("'data/", f"'{paths.DATA.as_posix()}/"), encoding="utf-8")
    done = subprocess.run([PSPP, "page.sps"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = pd.read_csv(tmp_path / "units.csv", na_values=" ", skipinitialspace=True)
    tables = read_tables(paths.DATA / "teaching" / "tables")
    units = tables.features[tables.features["tone"].notna()]
    units = units[~units["actor_id"].str.match("(unlisted|world):")]
    units = units[units.groupby("actor_id")["tone"].transform("size") >= OFTEN]
    said = tables.evaluations.query("method == 'model' and source_id == 'stouthart'")
    mayor = said.groupby(["article_id", "target_id"])["polarity"].mean().rename("tone_mayor")
    units = units.join(mayor, on=["article_id", "actor_id"]).set_index(["article_id", "actor_id"])
    found = found.set_index(["article_id", "actor_id"]).reindex(units.index)
    assert found["off"].abs().max() < 1e-9
    for column in ("tone", "tone_mayor"):
        assert np.allclose(found[column], units[column], atol=1e-6, equal_nan=True), column
    assert units["tone_mayor"].notna().any()
    assert (found["slant"] == ((found["outlet"] == "klaroen") & (units.index.get_level_values(1) == "norvelin"))).all()


def test_the_page_says_what_was_not_run():
    """Each command that PSPP does not have."""
    told = PAGE.split("## 1.")[0]
    assert all(f"`{command}`" in told for command in NOT_IN_PSPP) and "**not been run**" in told
    assert sum(block.startswith(NOT_IN_PSPP) for block in BLOCKS) == len(NOT_IN_PSPP)
