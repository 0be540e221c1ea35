"""Counts of roles and framing functions, by hand."""

import pandas as pd
import pytest

from analysis.contracts.errors import UsageError
from analysis.contracts.tables import empty_table
from analysis.measures.casting import count_functions, count_roles

ROLES = pd.DataFrame(
    [("a", 0, "x", "hero"), ("a", 0, "x", "villain"), ("b", 0, "x", "villain"), ("a", 3, "y", "victim")],
    columns=["article_id", "sentence_id", "actor_id", "role"],
)
FUNCTIONS = pd.DataFrame(
    [
        ("author", "x", "causal_attribution", False), ("y", "x", "causal_attribution", False),
        ("y", None, "problem_definition", False), ("y", "x", "moral_evaluation", True),
    ],
    columns=["source_id", "actor_id", "function", "negated"],
)  # fmt: skip


def test_sentences_are_counted_per_role():
    """A sentence that speaks for two roles counts for both, and once in the total."""
    assert count_roles(ROLES).to_numpy().tolist() == [["x", 1, 2, 0, 2, 2], ["y", 0, 0, 1, 1, 1]]


def test_functions_are_counted_by_who_says_so_and_by_whom_they_are_about():
    """What is denied is left out unless asked for; a row about nobody is nobody's."""
    by_source = count_functions(FUNCTIONS)
    assert by_source.to_numpy().tolist() == [["y", 1, 1, 0, 0, 2], ["author", 0, 1, 0, 0, 1]]
    assert count_functions(FUNCTIONS, by="actor_id").to_numpy().tolist() == [["x", 0, 2, 0, 0, 2]]
    assert count_functions(FUNCTIONS, by="actor_id", negated=True)["moral_evaluation"].tolist() == [1]


def test_no_rows_give_no_rows():
    """Of both tables, with all columns."""
    assert list(count_roles(empty_table("role_evidence")).columns)[1:4] == ["hero", "villain", "victim"]
    assert count_functions(empty_table("functions"), by="actor_id").empty


def test_an_unknown_side_is_refused():
    """With the sides there are."""
    with pytest.raises(UsageError, match="source_id or actor_id"):
        count_functions(FUNCTIONS, by="event")
