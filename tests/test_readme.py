"""What the README shows works, and what it claims is what was measured."""

import re
import shlex

import pytest
from typer.testing import CliRunner

from analysis import paths
from analysis.__main__ import app

README = (paths.ROOT / "README.md").read_text(encoding="utf-8")
BASELINES = (paths.ROOT / "docs" / "baselines.md").read_text(encoding="utf-8")
MAKEFILE = (paths.ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_link_leads_somewhere():
    """Files and charts that the README names exist."""
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (paths.ROOT / target).exists(), target


def test_every_make_target_exists():
    """A command that is promised can be typed."""
    for target in re.findall(r"\bmake (\w+)", README.replace("without make", "").replace("Without make", "")):
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target


def test_the_python_example_runs(capsys):
    """The example prints quotes and the sentences behind a number."""
    code = re.search(r"```python\n(.+?)```", README, re.DOTALL)
    assert code
    exec(compile(code.group(1), "README.md", "exec"), {})  # noqa: S102  it is the README's own code
    printed = capsys.readouterr().out
    assert "source_id" in printed
    assert "«" in printed


def test_the_commands_run(tmp_path, monkeypatch):
    """`code` and `explain` as the README writes them, from the project's folder."""
    monkeypatch.chdir(paths.ROOT)
    for line in re.findall(r"^\.venv/bin/framewijs (.+)$", README, re.MULTILINE):
        arguments = shlex.split(line.replace("build/seed", str(tmp_path / "seed")))
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, (line, result.output)


TARGET_EN, TARGET_NL = "target target/newsmtsc_en.dev.jsonl", "target target/opener_nl.dev.jsonl"
SYNTAX, NAMES = "syntax syntax/alpino_nl.dev-ud2.16.conllu", "ner ner/conll2002_nl.testa.txt"


def numbers_of(section: str, row: str) -> list[str]:
    """Figures in the first table row of a section of docs/baselines.md that begins with `row`."""
    text = BASELINES.split(f"## framewijs validate {section}", 1)[1].split("\n## ", 1)[0]
    line = next(line for line in text.splitlines() if line.removeprefix("│").strip().startswith(f"{row} "))
    return [
        f"{float(cell.split()[0]):.2f}".removeprefix("0")
        for cell in line.strip("│").split("│")[1:]
        if cell.split()[0] != "-"
    ]


@pytest.mark.parametrize(
    ("section", "row", "place", "shown"),
    [
        (TARGET_EN, "macro f1", 0, "newsmtsc_en.dev, 785 | macro-F1, three classes | {} |"),
        (TARGET_EN, "macro f1", 1, "three classes | {coder} | network alone {};"),
        (TARGET_EN, "macro f1", 4, "; the lexicon without a target {} |\n| tone towards an actor, Dutch"),
        (TARGET_NL, "mean f1 polar", 0, "opener_nl.dev, 199 | mean F1 of negative and positive | {} |"),
        (TARGET_NL, "mean f1 polar", 1, "negative and positive | {coder} | network alone {};"),
        (TARGET_NL, "mean f1 polar", 4, "; the lexicon without a target {} |\n| tone of a headline"),
        (SYNTAX, "las", 0, "labelled attachment; part of speech | {};"),
        (SYNTAX, "pos", 0, "; {} | |"),
        (NAMES, "overlap f1", 0, "overlap F1; exact F1 | {};"),
        (NAMES, "exact f1", 0, "; {} | capitals"),
        (NAMES, "overlap f1", 1, "capitals {};"),
        (NAMES, "exact f1", 1, "; {} |\n| what is said"),
        ("quotes quotes/polnear_en.dev.jsonl", "overlap f1", 0, "overlap F1; speaker right | {};"),
        ("quotes quotes/polnear_en.dev.jsonl", "source accuracy", 0, "; {} | quotation marks"),
        ("frames frames/narrative_en.dev.jsonl", "conflict", 2, "F1; alpha | {};"),
        ("frames frames/narrative_en.dev.jsonl", "conflict", 5, "; {} | always conflict"),
        ("frames frames/issuepositions_nl.dev.jsonl", "conflict", 2, "532 | F1 | {} | always"),
        ("frames frames/issuepositions_nl.dev.jsonl", "macro f1", 2, "always conflict {} |"),
    ],
)
def test_every_figure_of_the_readme_stands_in_the_baselines(section, row, place, shown):
    """No figure in the README that `make baselines` did not measure."""
    found = numbers_of(section, row)
    assert shown.replace("{coder}", found[0]).format(found[place]) in README


def test_the_headlines_of_the_readme_stand_in_the_card():
    """Ten folds are trained, not validated: their figure is the card's."""
    card = (paths.ROOT / "docs" / "model-card.md").read_text(encoding="utf-8")
    folds = re.search(r"\| network, ten folds \| 6,038 \| (\.\d\d)", card)
    assert folds
    assert f"6,038 in ten folds | accuracy | {folds[1]} |" in README
    (lexicon,) = numbers_of("tone tone/ecosent_nl.train.jsonl", "accuracy")[1:2]
    assert f"the lexicon {lexicon} |" in README
