"""The page for R: its code runs where R is, its estimates are Python's, and what it shows has the rows that R prints."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pandas as pd
import pytest
import statsmodels.formula.api as smf

from analysis import paths, read_tables
from tests.test_glossary import list_anchors

DOCS = paths.ROOT / "docs"
PAGE = (DOCS / "r.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.+?)^```", PAGE, re.DOTALL | re.MULTILINE)
CODE = "\n".join(block for language, block in BLOCKS if language == "r")
SHOWN = "".join(block for language, block in BLOCKS if not language)
RSCRIPT = os.environ.get("RSCRIPT") or shutil.which("Rscript")
OFTEN = 10


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What R prints of the page's code, and the folder it wrote to."""
    if RSCRIPT is None:
        pytest.skip("no Rscript on this machine (Debian: apt-get install r-base-core r-cran-nlme)")
    folder = tmp_path_factory.mktemp("r")
    code = CODE.replace('"data/', f'"{paths.DATA.as_posix()}/')
    (folder / "page.R").write_text(code, encoding="utf-8")
    done = subprocess.run([RSCRIPT, "page.R"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout, folder


def fit_in_python() -> pd.DataFrame:
    """The model of the page by statsmodels."""
    units = read_tables(paths.DATA / "teaching" / "tables").features
    units = units[units["tone"].notna() & ~units["actor_id"].str.match("(unlisted|world):")]
    units = units[units.groupby("actor_id")["tone"].transform("size") >= OFTEN]
    units["slant"] = ((units["outlet"] == "klaroen") & (units["actor_id"] == "norvelin")).astype(int)
    units = units.astype({"outlet": object, "actor_id": object})
    model = smf.ols("tone ~ C(outlet, Treatment('pdn')) + actor_id + slant", units)
    fitted = model.fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(units["article_id"])[0]})
    return pd.DataFrame({"estimate": fitted.params, "se": fitted.bse})


def test_the_table_that_is_written_is_that_of_statsmodels(printed):
    """Estimates and clustered standard errors; term by term, outlets and actors alike."""
    table = pd.read_csv(printed[1] / "regression.csv", index_col=0)
    wanted = fit_in_python()
    wanted.index = [
        re.sub(r"C\(outlet.*\)\[T\.(\w+)\]", r"outlet\1", name).replace("[T.", "").replace("]", "")
        for name in wanted.index
    ]
    wanted = wanted.rename({"Intercept": "(Intercept)", "slant": "slantTRUE"}).reindex(table.index)
    pd.testing.assert_frame_equal(table[["estimate", "se"]], wanted, rtol=1e-6, atol=1e-9)


def test_what_the_page_shows_is_what_r_prints(printed):
    """All but the decimals, which are of the tables of a day; tone from evaluations is that of features."""
    words = [re.findall(r"[A-Za-z_()]{3,}", text) for text in (SHOWN, printed[0].replace("[1] TRUE\n", ""))]
    assert words[0] == words[1] and len(words[0]) > 20
    assert "[1] TRUE" in printed[0]


def test_the_sentences_have_the_figures_of_the_outputs():
    """Estimate and interval of the program and of the gold codes, rounded."""
    told = PAGE.split("## 5.")[1]
    for row in re.findall(r"^slantTRUE +(\S+) +\S+ +(\S+) +(\S+) ", PAGE, re.MULTILINE):
        assert all(f"{float(number):.2f}" in told for number in row), row


@pytest.mark.parametrize("name", ["r.md", "spss.md"])
def test_every_link_leads_somewhere(name):
    """To a file, and to a heading of it."""
    for target, anchor in re.findall(r"\]\(([^)#]*)(?:#([^)]+))?\)", (DOCS / name).read_text(encoding="utf-8")):
        assert (DOCS / target).exists(), target
        assert not anchor or anchor in list_anchors(DOCS / (target or name)), (target, anchor)
