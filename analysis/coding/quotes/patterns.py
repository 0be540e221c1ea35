"""The patterns of quotes: rows of ``data/patterns/quotes.yaml``, rows of a study's own, and named functions.

Reads YAML; returns `Pattern` records in the order in which they are tried. `describe_patterns` gives all that
``quotes.rule`` may say as a table, for readers and for the documentation.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import yaml

from analysis.coding.quotes.cues import NAMES
from analysis.coding.syntax.patterns import Pattern, load_patterns
from analysis.contracts.paths import PATTERNS

SUFFIXES = ("_network", "_pronoun", "_spokesperson")
"""What may follow the name of a pattern, the last first."""


def load_quote_patterns(own: str | Path | None = None) -> tuple[Pattern, ...]:
    """Read the rows: those of a study's own first, where there are any, then those that are shipped.

    Parameters
    ----------
    own : path, optional
        A file such as the one that lies beside a codebook (`analysis.codebook.load.QUOTE_PATTERNS`). A row with the
        name of a shipped one takes its place.

    Raises
    ------
    InputError
        For a file that cannot be read, with file, row and what to write.
    """
    first = () if own is None else load_patterns(own, NAMES)
    names = {pattern.name for pattern in first}
    return (*first, *(pattern for pattern in _read_shipped() if pattern.name not in names))


@cache
def _read_shipped() -> tuple[Pattern, ...]:
    return load_patterns(PATTERNS / "quotes.yaml", NAMES)


def describe_patterns() -> pd.DataFrame:
    """All patterns as a table.

    Returns
    -------
    DataFrame
        Columns ``rule``, ``where`` (`tree` or `marks`, which are the functions) and ``about``, one row per pattern.

    Examples
    --------
    >>> describe_patterns().set_index("rule")["about"]["that_clause"]
    'a clause with `dat` or `that`'
    """
    beside = yaml.safe_load((PATTERNS / "quotes_marks.yaml").read_text("utf-8"))
    rows = [{"rule": name, "where": "marks", "about": about} for name, about in beside.items()]
    rows += [{"rule": one.name, "where": "tree", "about": one.about} for one in load_quote_patterns()]
    return pd.DataFrame(rows)


def name_pattern(rule: str) -> str:
    """The name of a pattern without its suffix.

    Examples
    --------
    >>> name_pattern("verb_after_pronoun")
    'verb_after'
    """
    for suffix in SUFFIXES:
        rule = rule.removesuffix(suffix)
    return rule
