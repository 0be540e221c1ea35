"""What the README shows works, and what it claims is what was measured."""

import re
import shlex

import pytest
from typer.testing import CliRunner

from analysis import paths
from analysis.__main__ import app
from analysis.codebook.load import load_codebook
from analysis.coding.frames.code import code_frames
from analysis.contracts.errors import InputError
from analysis.corpus.selection import articles_from_texts
from analysis.reading import read_articles
from analysis.validation import trust
from analysis.validation.stored import read_results

README = (paths.ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (paths.ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_link_leads_somewhere():
    """Files and charts that the README names exist."""
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (paths.ROOT / target).exists(), target


def test_every_make_target_exists():
    """A command that is promised can be typed."""
    for target in re.findall(r"\bmake (\w+)", README.replace("without make", "").replace("Without make", "")):
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target


def test_the_python_example_runs(capsys, tmp_path, monkeypatch):
    """The example draws a chart and prints quotes and the sentences behind a number."""
    monkeypatch.chdir(tmp_path)
    code = re.search(r"```python\n(.+?)```", README, re.DOTALL)
    assert code
    exec(compile(code.group(1), "README.md", "exec"), {})  # noqa: S102  it is the README's own code
    printed = capsys.readouterr().out
    assert "source" in printed and "US government" in printed and "judged: Iran" in printed
    assert "«" in printed
    assert {path.suffix for path in (tmp_path / "build" / "figures").iterdir()} == {".csv", ".png", ".svg"}


def test_the_commands_run(tmp_path, monkeypatch):
    """Each as the README writes it, from the project's folder; `browse` is stopped as soon as it serves."""
    monkeypatch.chdir(paths.ROOT)

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("socketserver.BaseServer.serve_forever", stop)
    for line in re.findall(r"^\.venv/bin/framewijs (.+)$", README, re.MULTILINE):
        arguments = shlex.split(line.replace("build/seed", str(tmp_path / "seed")))
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, (line, result.output)


def test_the_trust_table_is_what_is_stored():
    """No figure is typed: written again from data/validity and docs/baselines.md it is the same page."""
    assert trust.renew_page(README) == README, "python -m analysis.validation trust README.md"


def test_no_figure_stands_outside_the_trust_table():
    """What is typed grows old: beside the table only its bounds and the notebook's bound of gaps."""
    section = README.split("## How far to trust it", 1)[1].split("\n## ", 1)[0]
    outside = section.split(trust.START)[0] + section.split(trust.END)[1]
    assert re.findall(r"\.\d\d|\d+ %", outside.replace("95 %", "")) == [".03", ".05"]


def test_frame_figures_are_those_of_the_shipped_default():
    """The default is the model; the table once gave the patterns' figures as the program's."""
    codebook = load_codebook(paths.CODEBOOKS / "frames_generic.yaml")
    reading = read_articles(articles_from_texts(["De partijen ruziën over de begroting."]))
    found = code_frames(reading, codebook)
    assert set(found.loc[found["is_counted"], "method"]) <= {"model"}
    lines = {line.texts.partition(",")[0]: line for line in trust.list_lines() if "frame" in line.question}
    stored = read_results("news")
    dutch = stored[(stored["gold"] == "issuepositions_nl.dev") & (stored["measure"] == "f1")].set_index("method")
    shown = lines["Dutch election news"]
    assert shown.figure.value == dutch.loc["coder", "estimate"] != dutch.loc["patterns", "estimate"]
    assert f"patterns {trust.Figure(dutch.loc['patterns', 'estimate'])}" in shown.beside
    assert "cross-validated" in lines["English news"].measure


def test_a_row_stands_where_its_number_puts_it():
    """One rule for all; what language models coded is never to be used as it is."""
    groups = [(value, coded_by, trust.Line("q", "t", coded_by, "m", trust.Figure(value), "").group())
              for value in (0.81, 0.8, 0.795, 0.7, 0.6, 0.594) for coded_by in (trust.PEOPLE, trust.MODELS)]  # fmt: skip
    use, check, not_yet = trust.GROUPS
    assert [group for _, who, group in groups if who == trust.PEOPLE] == [use, use, use, check, check, not_yet]
    assert [group for _, who, group in groups if who == trust.MODELS] == [check] * 5 + [not_yet]
    table = trust.write_table()
    assert [table.index(f"**{group}.**") for group in trust.GROUPS] == sorted(
        table.index(f"**{g}.**") for g in trust.GROUPS
    )
    assert "correlation r" in table.split(f"**{not_yet}.**")[1]


def test_a_figure_that_is_not_stored_is_named():
    """With what to run."""
    with pytest.raises(InputError, match="make baselines"):
        trust.read_baseline("ner ner/conll2002_nl", "f1 of nothing")
    with pytest.raises(InputError, match="0 rows"):
        trust.read_stored("methods", gold="nothing")
    with pytest.raises(InputError, match="marks"):
        trust.renew_page("no table here")


def test_the_gaps_that_the_readme_names_are_the_largest():
    """By the coder: none of .03 in Dutch, and two of more than .05 in English."""
    stored = read_results("robustness")
    gaps = stored[(stored["test"] == "name_swap") & (stored["measure"] == "gap") & (stored["method"] == "coder")]
    assert gaps.loc[gaps["language"] == "nl", "estimate"].abs().max() < 0.03
    large = gaps[gaps["estimate"].abs() > 0.05].sort_values("estimate")
    assert large["group"].tolist() == ["Middle East and North Africa", "Eastern Europe"]
    assert set(large["language"]) == {"en"}
    told = " ".join(README.split())
    assert "no group of names differs from the others by .03 in Dutch" in told
    assert "countries of Eastern Europe (higher) and of the Middle East and North Africa (lower" in told


def test_the_method_notes_speak_of_the_frames_that_are_counted():
    """Section 7 described patterns alone; the running news figures are the stored ones."""
    methods = (paths.ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    section = " ".join(methods.split("## 7. Frames", 1)[1].split("\n## ", 1)[0].split())
    for told in ("is the **model**", "patterns**", "**nearness**", "`is_counted`", "coded by language models"):
        assert told in section, told
    r = trust.read_stored("news", gold="running_news.held_out", method="coder", measure="r")
    assert f"of language models, at r = {r}." in " ".join(methods.split())


def test_the_changelog_counts_the_notebooks():
    """It said eight when there were thirteen."""
    numbers = {12: "Twelve", 13: "Thirteen", 14: "Fourteen", 15: "Fifteen"}
    n = len(list((paths.NOTEBOOKS / "en").glob("*.ipynb")))
    assert f"- {numbers[n]} notebooks" in (paths.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
