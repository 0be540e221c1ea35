"""Pages and docstrings that list what the code has are not stale.

``docs/quote-patterns.md`` is generated: ``python tests/test_docs_patterns.py > docs/quote-patterns.md``.
"""

import hashlib
import re
from pathlib import Path

import pytest

import analysis.coding
from analysis import find_mentions, load_codebook, paths
from analysis.coding.coreference import resolve_pronouns
from analysis.coding.coreference_speakers import resolve_speakers
from analysis.coding.quotes_rules import SUFFIXES, describe_rules
from analysis.training.card import README

FIGURE = re.compile(r"(\$[a-z0-9_]+)")
MODEL_FILES = sorted(path for path in paths.MODELS.glob("*-nl-en.*") if path.is_file())
PAGE = paths.ROOT / "docs" / "quote-patterns.md"
HEADER = """# Patterns of quotes

Generated from `analysis.coding.quotes_rules.describe_rules()` by
`python tests/test_docs_patterns.py > docs/quote-patterns.md`; do not edit.

The column `rule` of the table `quotes` names the pattern that found a quote and its speaker. A pattern looks between
quotation `marks`, in the `tree` of the sentence, or on the `surface` of a text that was read without trees
(`reading="rules"`). A suffix tells more: `_pronoun` where the speaker was found through a pronoun, `_spokesperson` where
somebody speaks for the actor.

| rule | where | what it finds |
|---|---|---|
"""


def describe_patterns() -> str:
    """The page in Markdown."""
    rows = describe_rules().map(lambda text: text.replace("|", "\\|"))
    lines = [f"| {row.rule} | {row.where.replace(' ', ', ')} | {row.description} |" for row in rows.itertuples()]
    return HEADER + "\n".join(lines) + "\n"


def test_the_page_of_quote_patterns_is_up_to_date():
    """The page is what the table of patterns gives."""
    message = "run: python tests/test_docs_patterns.py > docs/quote-patterns.md"
    assert PAGE.read_text(encoding="utf-8") == describe_patterns(), message
    assert all(f"`{suffix}`" in HEADER for suffix in SUFFIXES)


def test_the_map_of_the_coding_room_names_every_module_once():
    """The docstring of `analysis.coding` lists the modules that are there, and no others."""
    listed = re.findall(r"^ {4}(\w+) {2,}\S", analysis.coding.__doc__ or "", re.MULTILINE)
    there = [path.stem for path in Path(analysis.coding.__file__).parent.glob("*.py") if path.stem != "__init__"]
    assert sorted(listed) == sorted(there), "bring the docstring of analysis/coding/__init__.py up to date"


def test_the_guide_to_codebooks_shows_an_axis_and_the_rules_of_mentions(tmp_path):
    """The example of an axis loads; the rules that coreference gives, and the reading's, are explained."""
    guide = (paths.ROOT / "docs" / "codebooks.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yml\n(.*?)```", guide, flags=re.DOTALL)
    (tmp_path / "example.yaml").write_text(example, encoding="utf-8")
    assert set(load_codebook(tmp_path / "example.yaml").axes) == {"safe"}
    told = set(re.findall(r"`(\w+)`", guide))
    stated = [find_mentions.__doc__, resolve_pronouns.__doc__, resolve_speakers.__doc__]
    rules = {rule for text in stated for rule in re.findall(r"``([a-z]+(?:_[a-z]+)+)``", text or "")}
    assert len(rules) > 15
    assert rules - {"antecedent_id"} <= told


@pytest.mark.parametrize("path", MODEL_FILES, ids=lambda path: path.name)
def test_the_models_readme_gives_the_checksum_of_every_file(path):
    """A file that was made anew gets its new checksum in data/models/README.md."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    rows = [line for line in (paths.MODELS / "README.md").read_text(encoding="utf-8").splitlines() if path.name in line]
    assert any(line.startswith("|") and found in line for line in rows), f"README beside {path.name}: write {found}"


def test_the_template_of_the_models_readme_is_what_stands_there():
    """What `make card` would write differs from the README in nothing but the figures it fills in."""
    there = (paths.MODELS / "README.md").read_text(encoding="utf-8")
    pattern = "".join(r"\S.*?" if number % 2 else re.escape(part) for number, part in enumerate(FIGURE.split(README)))
    assert re.fullmatch(pattern, there), "bring README in analysis/training/card.py and data/models/README.md together"


if __name__ == "__main__":
    print(describe_patterns(), end="")
