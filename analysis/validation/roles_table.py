"""Roles and framing functions against human codes, in one table.

Reads the reference data on roles, where it is present, and the project's own passages with Entman's four functions;
returns one row per gold set, method and class: the stored table ``roles``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from analysis.codebook.load import EMPTY
from analysis.measures.counting import score_share
from analysis.validation.functions import count_passages
from analysis.validation.gold import ROLES, read_gold
from analysis.validation.roles import CODERS, METHODS, score_roles
from analysis.validation.stored import Part, StoredTable

SEED = 20200101
N_DRAWS = 1000
NARRATIVE = "roles/narrative_en.dev.jsonl"
COLUMNS = [
    "gold", "measured_on", "method", "what", "n", "found", "ci_low", "ci_high", "alpha", "alpha_of_coders"
]  # fmt: skip
"""Columns of the table. ``found`` with its interval lies in [0, 1]: F1 of a role, share of functions or traps."""
FUNCTIONS = {
    "place": ("n_placed", "n_marked"),
    "place, source, actor": ("n_right", "n_marked"),
    "traps left alone": ("n_left_alone", "n_traps"),
}
"""What is counted of functions, and of how many."""


def measure_roles() -> pd.DataFrame:
    """F1 and alpha of each role, by evidence and by weights learnt from other articles, among entities that gold names.

    Returns
    -------
    DataFrame
        Columns `COLUMNS` but for ``gold``; ``n`` counts entities with the role. Intervals of F1 resample articles.

    Raises
    ------
    InputError
        When the reference data is missing.
    """
    results = score_roles(read_gold(NARRATIVE, "roles"), codebook=EMPTY, method=METHODS[0], seed=SEED, n_draws=N_DRAWS)
    of_coders = {role: float(alpha) for role, alpha in map(str.split, CODERS)}
    lines: list[dict[str, Any]] = []
    for result in results:
        classes = result.per_class.to_dict("index")
        for role in ROLES if result.method in METHODS else ():
            row = classes[role]
            low, high = result.intervals[f"f1 {role}"]
            about = {
                "measured_on": "English news on climate",
                "method": result.method,
                "what": role,
                "n": int(row["n"]),
            }
            found = {"found": row["f1"], "ci_low": low, "ci_high": high, "alpha": row["alpha"]}
            lines.append(about | found | {"alpha_of_coders": of_coders[role]})
    return pd.DataFrame(lines)


def measure_functions(language: str, measured_on: str) -> pd.DataFrame:
    """Share of the functions in the second half of the passages that are found, and of the traps that are left alone.

    Parameters
    ----------
    language : {"nl", "en"}
        Of the passages.
    measured_on : str
        What the passages are called in the table.

    Returns
    -------
    DataFrame
        Columns `COLUMNS` but for ``gold``; ``n`` counts functions that a coder marks, or traps. Intervals resample
        passages. There is no alpha: gold does not say where there is no function.
    """
    counts = count_passages(language, "held")
    counts["n_left_alone"] = counts["n_traps"] - counts["n_mistakes"]
    lines = []
    for what, (right, n) in FUNCTIONS.items():
        part = counts[[right, n]].set_axis(["right", "n"], axis=1)
        share, (low, high) = score_share(part, rng=np.random.default_rng(SEED), n_draws=N_DRAWS)
        about = {"measured_on": measured_on, "method": "functions", "what": what, "n": int(part["n"].sum())}
        lines.append(about | {"found": share, "ci_low": low, "ci_high": high})
    return pd.DataFrame(lines).assign(alpha=float("nan"), alpha_of_coders=float("nan"))


PARTS: Mapping[str, Part] = {
    "narrative_en.dev": Part(measure_roles, NARRATIVE),
    "functions_nl.held": Part(partial(measure_functions, "nl", "Dutch passages, second half")),
    "functions_en.held": Part(partial(measure_functions, "en", "English passages, second half")),
}
"""How each gold set is measured."""


def measure_part(gold: str) -> pd.DataFrame:
    """Measure one gold set of `PARTS`: columns `COLUMNS`."""
    return PARTS[gold].measure().assign(gold=gold)[COLUMNS]


TABLES = {"roles": StoredTable({gold: Part(partial(measure_part, gold), part.file) for gold, part in PARTS.items()})}
