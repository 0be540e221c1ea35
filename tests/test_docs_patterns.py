"""Pages and docstrings that list what the code has are not stale.

``docs/quote-patterns.md`` and the counts in ``data/codebooks/README.md`` and ``data/languages/README.md`` are generated:
run ``python tests/test_docs_patterns.py``.
"""

import ast
import csv
import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from analysis import find_mentions, load_codebook, paths
from analysis.coding.coreference.resolve import resolve_pronouns
from analysis.coding.coreference.speakers import resolve_speakers
from analysis.coding.quotes.cues import NAMES
from analysis.coding.quotes.patterns import SUFFIXES, describe_patterns, load_quote_patterns
from analysis.contracts.words import load_tuple
from analysis.training.card import README

CODING = paths.ROOT / "analysis" / "coding"
FIGURE = re.compile(r"(\$[a-z0-9_]+)")
MODEL_FILES = sorted(path for path in paths.MODELS.glob("*-nl-en.*") if path.is_file())
PAGE = paths.ROOT / "docs" / "quote-patterns.md"
HEADER = r"""# Patterns of quotes

Generated from `data/patterns/quotes.yaml` and `analysis.coding.quotes.patterns` by `python tests/test_docs_patterns.py`; do not edit.

The column `rule` of the table `quotes` names the pattern that found a quote and its speaker. Of a text that was read without
trees (`reading="rules"`) only speech between quotation marks is found. A suffix tells more: `_pronoun` where the speaker was
found through a pronoun, `_spokesperson` where somebody speaks for the actor, `_network` where the network named the speaker.

## A pattern of your own

Write a row into a file `quotes.yaml` in the folder of your codebook. It is found there, tried before the patterns below (a row
with the name of one of them takes its place), and part of the codebook's checksum. Half an hour's work:

1. Take a sentence that the coder misses, and find the word that hands on the words of somebody: the cue. It must be in
   `data/languages/<language>/reporting.csv`; the kind that it has there is what `cue` asks for (@KINDS@).
2. Look how the tree hangs the sentence: `[(t.text, t.dep_, t.head.text) for t in read_articles(...).docs["a1"]]`.
3. Write the path from the cue to who speaks, and to the head of what is said:

```yaml
- name: verdict
  about: a verdict after over
  cue: verb attitude
  source: SUBJECT
  content: obl|obl:arg[case=over]
  match:
    nl: [{text: Bos oordeelde over een misser van de raad., source: Bos, content: een misser van de raad}]
  miss:
    nl: [Bos oordeelde mild.]
```

| key | holds |
|---|---|
| `name`, `about` | what `rule` says, and what the pattern finds |
| `cue` | one or more kinds of reporting words |
| `voice` | `active`, `passive`, or `any`, which it is when left out |
| `source` | path to the word that heads the speaker's phrase; left out, nobody is named |
| `content` | path to the word, or words, that head what is said; all that hangs on them is said, but for cue and source |
| `beside_marks` | `inner` where only words between quotation marks are said, if there are any; `narrator` where the words around a cue that hands on a quotation are not said; may be left out |
| `match`, `miss` | by language, sentences that the row must and must not find, with source and content |

| sign | meaning | example |
|---|---|---|
| `\|` | any of these relations ([Universal Dependencies](https://universaldependencies.org/u/dep/)) | `ccomp\|xcomp` |
| `[..]` | what the word there has: `case`, `mark` (words under it, `-` for none), `lemma`, `word`, `pos`, divided by `;` | `obl[case=door,by]` |
| `^` | up, to the word that governs, by this relation | `^advcl` |
| `>` | then | `^obj > nsubj` |
| `/` | else: the first way that leads anywhere | `nmod[case=van] / nmod:poss` |

`.` stays at the cue. Capitals are functions: steps @STEPS@; tests in brackets @TESTS@; lists of words @WORDS@
(`analysis.coding.quotes.cues.NAMES`). A mistake is named with file, row and what to write before anything is coded.

- A row holds where `content` leads somewhere: put every condition there. Where `source` leads nowhere, nobody is named, and the network
  may name somebody.
- Words and lemmas in tests are in small letters, `pos` in capitals.
- The examples of a row in a folder of your own tell readers what it means: `code` does not run them. Those of the project's rows are
  run, with the actors of `tests/gold/mentions_codebook.yaml` alone: `pytest tests/test_coding_quotes_trees.py -k NAME`.
- `framewijs code` finds the file beside the codebook; in Python pass it on: `find_quotes(reading, mentions, patterns=codebook.quote_patterns)`.

## Without paths

Quotation marks, neighbouring words and neighbouring sentences are functions (`analysis.coding.quotes.marks`, `reported`).

| rule | what it finds |
|---|---|
"""
ROWS = """
## Paths in the tree

In the order in which they are tried: the first that fits a cue decides.

| rule | what it finds | cue | source | content | example |
|---|---|---|---|---|---|
"""
LANGUAGES = paths.WORD_LISTS / "README.md"
LISTS = {
    paths.CODEBOOKS / "README.md": sorted(paths.CODEBOOKS.glob("*.csv")),
    LANGUAGES: sorted(path for path in paths.WORD_LISTS.glob("*/*") if path.suffix in (".csv", ".yaml")),
}
"""Pages that describe lists, and the files whose rows or words they count."""
COUNTS = "## Counts and checksums\n"
"""Heading of the section that is generated, the last of its page."""
COUNTED = (
    ("lexicon", "polarity"), ("lexicon", "domain"), ("lexicon", "bears"), ("lexicon", "pos"), ("shifters", "kind"),
    ("reporting", "kind"), ("events", "event"), ("events", "valence"), ("events", "pos"), ("blame", "label"),
    ("blame", "pos"),
)  # fmt: skip
"""Lists of languages, and the columns of which the values are counted."""


def describe_rows() -> str:
    """The page in Markdown."""
    names = {"STEPS": NAMES.steps, "TESTS": NAMES.tests, "WORDS": NAMES.words, "KINDS": NAMES.kinds}
    page = HEADER
    for key, listed in names.items():
        page = page.replace(f"@{key}@", ", ".join(f"`{name}`" for name in listed))
    table = describe_patterns()
    page += "".join(f"| {row.rule} | {row.about} |\n" for row in table[table["where"] == "marks"].itertuples()) + ROWS
    for row in yaml.safe_load((paths.PATTERNS / "quotes.yaml").read_text(encoding="utf-8")):
        example = next(iter(row["match"].values()))[0]["text"]
        voice = f", {row['voice']}" if "voice" in row else ""
        source, content = (row.get(key, "").replace("|", "\\|") for key in ("source", "content"))
        page += f"| {row['name']} | {row['about']} | {row['cue']}{voice} | `{source}` | `{content}` | {example} |\n"
    return page


def describe_lists(page: Path) -> str:
    """The section of counts and checksums in Markdown."""
    parts = [COUNTS, "Generated by `python tests/test_docs_patterns.py`; do not edit.\n"]
    for name, column in COUNTED if page == LANGUAGES else ():
        lists = [read_list(paths.WORD_LISTS / language / f"{name}.csv") for language in ("nl", "en")]
        found = [Counter(row[column] for row in rows) for rows in lists]
        values = sorted(set().union(*found), key=lambda value: (float(value) if column == "polarity" else 0, value))
        parts += ["\n" + f"| {name}: {column} | nl | en |", "\n|---|---:|---:|\n"]
        parts += [f"| {value} | {found[0][value]} | {found[1][value]} |\n" for value in values]
        parts.append(f"| total | {found[0].total()} | {found[1].total()} |\n")
    parts.append("\n| file | rows or words | SHA-256 |\n|---|---:|---|\n")
    for path in LISTS[page]:
        name = path.relative_to(page.parent).as_posix()
        parts.append(f"| `{name}` | {count_words(path)} | `{find_checksum(path)}` |\n")
    return "".join(parts)


def read_list(path: Path) -> list[dict[str, str]]:
    """The rows of a word list."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def count_words(path: Path) -> int:
    """The rows of a word list, or the words of all lists in a file."""
    if path.suffix == ".csv":
        return len(read_list(path))
    names = yaml.safe_load(path.read_text(encoding="utf-8"))
    return sum(len(load_tuple(path.stem, name, path.parent.name)) for name in names)


def find_checksum(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_page_of_quote_patterns_is_up_to_date():
    """The page is what the table of patterns gives."""
    assert PAGE.read_text(encoding="utf-8") == describe_rows(), "run: python tests/test_docs_patterns.py"
    assert all(f"`{suffix}`" in HEADER for suffix in SUFFIXES)


def test_the_template_of_the_page_is_a_row_that_can_be_read(tmp_path):
    """As a user would copy it."""
    (template,) = re.findall(r"```yaml\n(.*?)```", HEADER, flags=re.DOTALL)
    (tmp_path / "quotes.yaml").write_text(template, encoding="utf-8")
    assert load_quote_patterns(tmp_path / "quotes.yaml")[0].name == "verdict"


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.parent.name)
def test_the_counts_and_checksums_of_the_word_lists_are_up_to_date(page):
    """The last section of the README is what the lists give; every file has its place above it."""
    above, heading, found = page.read_text(encoding="utf-8").partition(COUNTS)
    assert heading + found == describe_lists(page), "run: python tests/test_docs_patterns.py"
    for path in page.parent.rglob("*.*"):
        assert path == page or f"`{path.name}`" in above, f"{path.name} is not described in {page}"


def test_the_page_of_languages_names_no_file_that_is_gone():
    """What it lists is there, in some language."""
    named = set(re.findall(r"^\| `(\w+\.\w+)`", LANGUAGES.read_text(encoding="utf-8"), re.MULTILINE))
    assert named == {path.name for path in LISTS[LANGUAGES]}


@pytest.mark.parametrize("folder", sorted(CODING.glob("*/__init__.py")), ids=lambda path: path.parent.name)
def test_the_docstring_of_a_sub_package_names_its_modules(folder):
    """It lists the modules that are there, each once, and no others."""
    docstring = ast.get_docstring(ast.parse(folder.read_text(encoding="utf-8")))
    listed = re.findall(r"^ {4}(\w+) {2,}\S", docstring, re.MULTILINE)
    there = [path.stem for path in folder.parent.glob("*.py") if path != folder]
    assert sorted(listed) == sorted(there), f"bring the docstring of {folder.parent.name} up to date"


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
    found = find_checksum(path)
    rows = [line for line in (paths.MODELS / "README.md").read_text(encoding="utf-8").splitlines() if path.name in line]
    assert any(line.startswith("|") and found in line for line in rows), f"README beside {path.name}: write {found}"


def test_the_template_of_the_models_readme_is_what_stands_there():
    """What `make card` would write differs from the README in nothing but the figures it fills in."""
    there = (paths.MODELS / "README.md").read_text(encoding="utf-8")
    pattern = "".join(r"\S.*?" if number % 2 else re.escape(part) for number, part in enumerate(FIGURE.split(README)))
    assert re.fullmatch(pattern, there), "bring README in analysis/training/card.py and data/models/README.md together"


if __name__ == "__main__":
    PAGE.write_text(describe_rows(), encoding="utf-8", newline="\n")
    for page in LISTS:
        kept = page.read_text(encoding="utf-8").partition(COUNTS)[0]
        page.write_text(kept + describe_lists(page), encoding="utf-8", newline="\n")
