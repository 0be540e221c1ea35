"""The notebooks are complete, plain and as executed; every check catches the fault it is for."""

from __future__ import annotations

import re
import shutil
from copy import deepcopy
from pathlib import Path

import nbformat
import pytest
from nbval.plugin import get_sanitize_patterns

from analysis import paths
from analysis.codebook.load import load_codebook
from analysis.display.study import strip_notebook, write_notebook
from analysis.display.translation import read_translation, translate_notebook
from tests import notebook_checks as checks

NOTEBOOKS = checks.read_all_notebooks()
ENGLISH = {name: notebook for name, notebook in NOTEBOOKS.items() if name.startswith("en/")}
HEADINGS = {
    "en": ("**Question.**", "**Method.**", "## What this cannot show", "**Try it yourself.**"),
    "nl": ("**Vraag.**", "**Methode.**", "## Wat dit niet kan laten zien", "**Probeer het zelf.**"),
}
SEED = "\n".join(path.read_text(encoding="utf-8") for path in sorted(paths.SEEDS.glob("*.txt")))
N_SANITIZE_RULES = 2
BY_HAND = ("02", "03", "04", "05", "06", "08", "11", "12")
LABEL = re.compile(r'(?:xlabel|alt) ?= ?"([^"]+)"')
"""Words of a chart that is drawn by hand."""


@pytest.fixture
def notebook() -> nbformat.NotebookNode:
    """A sound notebook with a chart, to plant faults in."""
    return deepcopy(NOTEBOOKS["en/04_tone.ipynb"])


def code_cell(notebook: nbformat.NotebookNode, number: int) -> nbformat.NotebookNode:
    """Code cell `number`, from 1."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"][number - 1]


def chart_cell(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The first cell that shows a chart."""
    return next(c for c in notebook.cells if any("image/png" in o.get("data", {}) for o in c.get("outputs", [])))


def test_the_study_has_its_notebooks():
    """One question each, in order."""
    assert [name.removeprefix("nl/") for name in NOTEBOOKS if name.startswith("nl/")] == [
        name.removeprefix("en/") for name in ENGLISH
    ]
    assert [name.removeprefix("en/") for name in ENGLISH] == [
        "01_articles.ipynb",
        "02_actors.ipynb",
        "03_voices.ipynb",
        "04_tone.ipynb",
        "05_frames.ipynb",
        "06_who_on_whom.ipynb",
        "07_your_own_corpus.ipynb",
        "08_agency.ipynb",
        "09_roles.ipynb",
        "10_microframes.ipynb",
        "11_outlets.ipynb",
        "12_over_time.ipynb",
        "13_validity.ipynb",
    ]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_has_no_fault(name):
    """Counts, alt texts, streams, code, prose, parameters and metadata are as they should be."""
    assert checks.find_faults(NOTEBOOKS[name]) == []
    assert checks.check_quotations(NOTEBOOKS[name], SEED) == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_stored_as_the_study_stores_it(name, tmp_path):
    """Stable JSON, so that a rerun leaves a clean tree."""
    copy = tmp_path / "copy.ipynb"
    write_notebook(strip_notebook(NOTEBOOKS[name]), copy)
    assert copy.read_bytes() == (paths.NOTEBOOKS / name).read_bytes()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_says_what_it_cannot_show_and_asks_a_question(name):
    """A method without its limits teaches the wrong lesson."""
    prose = [cell.source for cell in NOTEBOOKS[name].cells if cell.cell_type == "markdown"]
    question, method, limits, exercise = HEADINGS[name[:2]]
    assert question in prose[0] and method in prose[0]
    assert limits in prose[-1] and exercise in prose[-1]


def test_all_notebooks_have_the_same_parameters():
    """Whoever knows one notebook can change all of them; those that compare start from the teaching corpus."""
    seed = code_cell(NOTEBOOKS["en/01_articles.ipynb"], 1).source
    teaching = seed.replace("paths.SEEDS", 'paths.DATA / "teaching" / "articles"').replace("seed.yaml", "teaching.yaml")
    assert {code_cell(notebook, 1).source for notebook in ENGLISH.values()} <= {seed, teaching}


def test_eight_notebooks_draw_a_chart_by_hand():
    """In pandas and seaborn, by no chart of ours, so that a student has lines to change; both languages have labels."""
    found = {}
    for name, notebook in ENGLISH.items():
        cells = {cell.id: cell.source for cell in notebook.cells}
        number = name.removeprefix("en/")[:2]
        if (source := cells.get(f"{number}-by-hand")) is None:
            continue
        found[number] = source
        assert "import seaborn as sns" in cells[f"{number}-imports"]
        path = paths.TRANSLATIONS / "notebooks" / f"{Path(name).stem}.yaml"
        dutch = next(
            c for c in translate_notebook(notebook, read_translation(path)).cells if c.id == f"{number}-by-hand"
        )
        labels, translated = (LABEL.findall(code) for code in (source, dutch.source))
        assert labels and not set(labels) & set(translated), (labels, translated)
    assert tuple(found) == BY_HAND
    for number, source in found.items():
        assert re.search(r"\baxes = sns\.(\w+plot|heatmap)\(", source)
        assert re.search(r"\.(groupby|value_counts|pivot_table|sort_values)\(", source) and "plot_" not in source
        assert 6 <= len(source.splitlines()) <= checks.MOST_LINES
        assert max(map(len, source.splitlines())) <= 120
        assert source.splitlines()[-1].startswith(f'show_figure(axes.figure, "{number}_by_hand", ')


def test_no_cell_is_left_out_of_the_comparison_without_a_reason():
    """At most two, counted over the study."""
    assert checks.check_ignored(NOTEBOOKS) == []


def test_the_figures_are_those_the_notebooks_show():
    """No stale file, no missing one, and every CSV is the table its chart was drawn from."""
    for language in checks.LANGUAGES:
        notebooks = checks.read_notebooks(paths.NOTEBOOKS / language)
        assert checks.check_figures(notebooks, paths.FIGURES / language) == []
    assert {path.name for path in paths.FIGURES.iterdir() if path.is_dir()} == set(checks.LANGUAGES)


def test_the_sanitise_file_has_the_rules_it_seems_to_have():
    """The plugin reads as many rules from it as we do."""
    content = (paths.NOTEBOOKS / "nbval_sanitize.cfg").read_bytes()
    rules = checks.parse_sanitize_file(content)
    assert len(rules) == N_SANITIZE_RULES
    assert get_sanitize_patterns(content.decode("ascii")) == rules


def test_a_strict_run_compares_captions_and_not_images():
    """The bytes of an image may differ between builds of a font library, also where they stand in the HTML."""
    rules = checks.parse_sanitize_file((paths.NOTEBOOKS / "nbval_sanitize.cfg").read_bytes())
    shown = next(
        o["data"]["text/html"] for o in chart_cell(NOTEBOOKS["en/04_tone.ipynb"]).outputs if "image/png" in o["data"]
    )
    other = shown.replace("iVBORw0", "iVBORx0")
    assert other != shown and "<figcaption>" in shown
    for pattern, replacement in rules:
        shown, other = re.sub(pattern, replacement, shown), re.sub(pattern, replacement, other)
    assert shown == other and len(shown) < 3000


def list_names(language: str) -> set[str]:
    """Every label of the shipped codebooks that a chart in this language may show."""
    books = [load_codebook(paths.CODEBOOKS / f"{name}.yaml") for name in ("seed", "teaching", "frames_axes")]
    entries = [
        entry for book in books for entry in (*book.actors.values(), *book.frames.values(), *book.outlets.values())
    ]
    return {entry.label.get(language) or next(iter(entry.label.values())) for entry in entries}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_finding_names_only_what_its_chart_shows(name):
    """Captions once named actors that were not drawn, and `heroes: nobody` stood beside bars of heroes."""
    assert checks.check_findings(NOTEBOOKS[name], list_names(name[:2]), paths.FIGURES / name[:2]) == []


def test_a_finding_about_somebody_who_is_not_drawn_is_caught(notebook):
    """Also one whom no codebook lists."""
    cell = chart_cell(notebook)
    for output in cell.outputs:
        output.data["text/html"] = output.data["text/html"].replace(
            "<figcaption>", "<figcaption>Reuters and oom kees *: "
        )
    found = checks.check_findings(notebook, list_names("en") | {"Reuters"}, paths.FIGURES / "en")
    assert len(found) == 2 and "'Reuters', which the chart does not show" in found[0]
    assert "kees *" in found[1]


@pytest.mark.parametrize(
    "content",
    [
        b"regex: a\n\nreplace: b\n",
        b"regex:a\nreplace: b\n",
        b"regex: a\n",
        b"regex: \xc3\xa9\nreplace: e\n",
        b"replace: b\nregex: a\n",
        b"regex: (\nreplace: b\n",
    ],
)
def test_a_sanitise_file_that_would_lose_a_rule_is_refused(content):
    """A blank line or a missing space drops a rule without a word."""
    with pytest.raises((ValueError, re.error)):
        checks.parse_sanitize_file(content)


def strip(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count, cell.outputs = None, []


def remove_alt(notebook):
    for output in chart_cell(notebook).outputs:
        output.metadata = {}


def drop_html(notebook):
    for output in chart_cell(notebook).outputs:
        output.data.pop("text/html", None)


def change_alt(notebook):
    for output in chart_cell(notebook).outputs:
        output.metadata["image/png"]["alt"] = "A chart that shows something else than it did when it was stored."


def store_stderr(notebook):
    code_cell(notebook, 3).outputs.append(nbformat.v4.new_output("stream", name="stderr", text="FutureWarning"))


def store_error(notebook):
    code_cell(notebook, 3).outputs.append(nbformat.v4.new_output("error", ename="KeyError", evalue="a", traceback=[]))


def write_code(source):
    def plant(notebook):
        code_cell(notebook, 5).source = source

    return plant


def shorten(notebook):
    notebook.cells = notebook.cells[:19]


def untag(notebook):
    code_cell(notebook, 1).metadata = {}


def tag_twice(notebook):
    code_cell(notebook, 2).metadata = {"tags": ["parameters"]}


def store_version(notebook):
    notebook.metadata["language_info"] = {"name": "python", "version": "3.12.1"}


def store_time(notebook):
    code_cell(notebook, 2).metadata["execution"] = {"iopub.status.busy": "2024-01-01T00:00:00Z"}


def repeat_id(notebook):
    notebook.cells[1].id = notebook.cells[0].id


def state_number(notebook):
    notebook.cells[-1].source += "\n\nThe tone is -0.67."


def state_share(notebook):
    notebook.cells[-1].source += "\n\nConflict stands in 73 % of the sentences."


@pytest.mark.parametrize(
    ("plant", "message"),
    [
        (strip, "execution counts are"),
        (remove_alt, "no alt text"),
        (drop_html, "an exporter would drop the alt text"),
        (change_alt, "not the one nbval compares"),
        (store_stderr, "has stored stderr"),
        (store_error, "stored error, KeyError"),
        (write_code("%matplotlib inline"), "magic or shell line"),
        (write_code("%nosuchmagic\nshow_table(articles)"), "magic or shell line"),
        (write_code("!ls"), "magic or shell line"),
        (write_code("load_corpus?"), "magic or shell line"),
        (write_code("def f():\n    return 1"), "defines a function"),
        (write_code("class A:\n    pass"), "defines a class"),
        (write_code("for row in articles.itertuples():\n    row"), "has a loop"),
        (write_code("[n for n in articles]"), "has a loop"),
        (write_code("articles.apply(len)"), "goes through rows"),
        (write_code("print(1)"), "calls print"),
        (write_code("articles"), "without show_table"),
        (write_code("show_table(articles)\nshow_table(articles)"), "only the last line shows"),
        (write_code("a = '/srv/articles'"), "absolute path"),
        (write_code("a = 'C:/articles'"), "absolute path"),
        (write_code("a = ("), "no plain Python"),
        (write_code("\n".join(f"a{n} = {n}" for n in range(10))), "has 10 lines"),
        (write_code("a = 1"), "outputs and code do not fit"),
        (shorten, "has 19 cells, not 20 to 30"),
        (untag, "has the tag 'parameters'"),
        (tag_twice, "has the tag 'parameters'"),
        (store_version, "not the stable minimum"),
        (store_time, "metadata other than tags"),
        (repeat_id, "same id"),
        (state_number, "prose states '0.67'"),
        (state_share, "prose states '73 %'"),
    ],
)
def test_a_planted_fault_is_caught(notebook, plant, message):
    """Each fault of NOTEBOOKS.md, planted in a copy, is named."""
    assert checks.find_faults(notebook) == []
    plant(notebook)
    faults = checks.find_faults(notebook)
    assert any(re.search(message, fault) for fault in faults), faults


@pytest.mark.parametrize("end", ["-why", "-read"])
def test_a_cell_without_prose_before_or_after_it_is_caught(notebook, end):
    """Two code cells in a row teach nothing."""
    notebook.cells = [cell for cell in notebook.cells if not cell.id.endswith(f"-tone{end}")]
    other = "-by-hand-why" if end == "-read" else "-table-read"
    notebook.cells = [cell for cell in notebook.cells if not cell.id.endswith(other)]
    wanted = "no reading of the result after it" if end == "-read" else "no prose before it"
    assert any(wanted in fault for fault in checks.check_prose(notebook))


def test_a_quotation_of_the_article_is_caught(notebook):
    """The article is not ours to copy into prose."""
    words = re.findall(r"\w+", SEED)[40:46]
    notebook.cells[-1].source += " ".join(words)
    assert "quotes the article" in checks.check_quotations(notebook, SEED)[0]


def test_cells_left_out_of_the_comparison_are_counted(notebook):
    """By tag or by comment, and each must say why."""
    code_cell(notebook, 4).metadata = {"tags": ["nbval-ignore-output"]}
    assert "begin with '# not compared" in checks.check_ignored({"04": notebook})[0]
    code_cell(notebook, 4).source = "# not compared: depends on the hour\nshow_table(a)"
    assert checks.check_ignored({"04": notebook}) == []
    code_cell(notebook, 5).source = "# not compared: depends on the day\n# NBVAL_IGNORE_OUTPUT\nshow_table(a)"
    code_cell(notebook, 6).metadata = {"tags": ["nbval-skip"]}
    assert "3 cells are left out" in checks.check_ignored({"04": notebook})[0]


def edit_csv(folder: Path) -> None:
    table = folder / "04_tone.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("polarity", "tone", 1), encoding="utf-8")


def edit_png(folder: Path) -> None:
    shutil.copy(folder / "03_voices.png", folder / "04_tone.png")


def edit_svg(folder: Path) -> None:
    shutil.copy(folder / "03_voices.svg", folder / "04_tone.svg")


def remove_svg(folder: Path) -> None:
    (folder / "04_tone.svg").unlink()


def leave_stale(folder: Path) -> None:
    (folder / "04_old.png").write_bytes(b"")


@pytest.mark.parametrize(
    ("plant", "message"),
    [
        (edit_csv, "figures/04_tone.csv is not the table the chart was drawn from"),
        (edit_png, "figures/04_tone.png is not the chart in the notebook"),
        (edit_svg, "figures/04_tone.svg does not carry the alt text"),
        (remove_svg, "figures/04_tone.svg is missing"),
        (leave_stale, "figures/04_old.png: no notebook shows it"),
    ],
)
def test_a_figure_that_was_tampered_with_is_caught(tmp_path, plant, message):
    """A chart, its table and its notebook belong to one run."""
    folder = tmp_path / "figures"
    shutil.copytree(paths.FIGURES / "en", folder)
    plant(folder)
    faults = checks.check_figures(checks.read_notebooks(paths.NOTEBOOKS / "en"), folder)
    assert len(faults) == 1
    assert message in faults[0]


def test_an_image_from_elsewhere_and_a_slug_used_twice_are_caught(notebook):
    """Only show_figure shows charts, and each has a name of its own."""
    other = deepcopy(notebook)
    for output in chart_cell(other).outputs:
        output.data["text/plain"] = "<Figure size 640x480 with 1 Axes>"
    found = checks.check_figures(
        {"04_a.ipynb": notebook, "05_b.ipynb": other, "04_c.ipynb": notebook}, paths.FIGURES / "en"
    )
    assert any("05_b.ipynb" in fault and "show_figure did not make" in fault for fault in found)
    assert any("04_c.ipynb" in fault and "is used before" in fault for fault in found)


def test_the_examples_in_the_guide_to_codebooks_are_codebooks(tmp_path):
    """What the guide shows can be copied and used."""
    guide = (paths.ROOT / "docs" / "codebooks.md").read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", guide, flags=re.DOTALL)
    shutil.copy(paths.CODEBOOKS / "frames_generic.yaml", tmp_path)
    loaded = []
    for example in examples:
        (tmp_path / "example.yaml").write_text(example, encoding="utf-8")
        loaded.append(load_codebook(tmp_path / "example.yaml"))
    assert [bool(book.actors) for book in loaded] == [False, True, False, False]
    assert [bool(book.frames) for book in loaded] == [True, False, True, False]
    assert [bool(book.outlets) for book in loaded] == [False, False, False, True]
