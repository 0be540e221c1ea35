"""The patterns of quotes: rows of ``data/patterns/quotes.yaml``, rows of a study's own, and named functions.

Reads YAML; returns `Pattern` records in the order in which they are tried. `describe_patterns` gives all that
``quotes.rule`` may say as a table, for readers and for the documentation.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from analysis.coding.quotes.cues import NAMES, PATTERN_KINDS
from analysis.coding.syntax.patterns import Pattern, load_patterns
from analysis.contracts.paths import PATTERNS

SHIPPED = PATTERNS / "quotes.yaml"
SUFFIXES = ("_pronoun", "_spokesperson")
"""What may follow the name of a pattern."""
PLACES = ("source", "content")
BESIDE_TREES = {
    "split": "the second half of a quote that the speaker interrupts: ‘Het is genoeg’, zei X, ‘maar ...’",
    "dash_after": "a dash and a name under the quote: ‘...’ — X",
    "verb_colon": "a reporting verb and a colon: X zei: ‘...’; X zegt: dit kan niet",
    "colon": "a name and a colon before the quote: X: ‘...’",
    "adverb_after": "aldus or according to after what is said: ‘...’, aldus X; ..., aldus X",
    "verb_after": "the verb and then the speaker after the quote: ‘...’, zei X",
    "subject_verb_after": "the speaker and then the verb after the quote: “...,” X said",
    "any_verb_after": "a sentence between marks and a verb that is no reporting verb: ‘...’, zong X",
    "according_to": "volgens or according to before or in what is said: Volgens X ...",
    "verb_before": "a reporting verb before the quote: X noemt het ‘onverstandig’",
    "verb_later": "the reporting verb closes the sentence that holds the quote: De ‘...’ moet stoppen, zegt X",
    "continued": "a quote of its own after one in the same paragraph: same speaker",
    "turn": "a paragraph that is a quote after one that quotes: whoever spoke before the last one",
    "introduced": "a quote of its own right after a sentence about somebody: the subject of that sentence",
    "shared": "two quotes in a row of which the second has a speaker: ‘A.’ ‘B’, zei X",
    "unattributed": "a quote of its own with nobody near: speech, but nobody's",
    "colon_clause": "a name and a colon without marks, as in headlines: X: regels moeten weg",
    "block": "a paragraph after one that ends in a reporting verb and a colon: X voegde toe: / ...",
    "look_back": "a sentence that points back: De regels moeten weg. Dat vindt X.",
}
"""What is no path: marks, adjacency, neighbouring sentences. Functions of `marks` and `reported` find it."""


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
    first = () if own is None else _read(Path(own))
    names = {pattern.name for pattern in first}
    return (*first, *(pattern for pattern in _read_shipped() if pattern.name not in names))


def _read(file: Path) -> tuple[Pattern, ...]:
    return load_patterns(file, kinds=PATTERN_KINDS, places=PLACES, needed=["content"], names=NAMES)


@cache
def _read_shipped() -> tuple[Pattern, ...]:
    return _read(SHIPPED)


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
    rows = [{"rule": one.name, "where": "tree", "about": one.about} for one in load_quote_patterns()]
    beside = [{"rule": name, "where": "marks", "about": about} for name, about in BESIDE_TREES.items()]
    return pd.DataFrame([*beside, *(row for row in rows if row["rule"] not in BESIDE_TREES)])


def name_pattern(rule: str) -> str:
    """The name of a pattern without its suffix.

    Examples
    --------
    >>> name_pattern("verb_after_pronoun")
    'verb_after'
    """
    for suffix in ("_network", *SUFFIXES):
        rule = rule.removesuffix(suffix)
    return rule
