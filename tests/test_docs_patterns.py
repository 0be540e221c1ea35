"""Pages and docstrings that list what the code has are not stale.

``docs/quote-patterns.md`` is generated: ``python tests/test_docs_patterns.py > docs/quote-patterns.md``.
"""

import re
from pathlib import Path

import analysis.coding
from analysis import paths
from analysis.coding.quotes_rules import SUFFIXES, describe_rules

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


if __name__ == "__main__":
    print(describe_patterns(), end="")
