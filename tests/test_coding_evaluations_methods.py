"""One method's evaluations, never a mix; what counts as negative or clear."""

import pandas as pd
import pytest

from analysis.coding.evaluations.methods import is_clear, is_negative, keep_clear, select_evaluations
from analysis.contracts.tables import empty_table

COLUMNS = ["method", "polarity", "p_negative", "p_neutral", "p_positive"]
TABLE = pd.DataFrame(
    [
        ("vader", -0.9, None, None, None),
        ("lexicon", -0.05, None, None, None),
        ("lexicon", 0.75, None, None, None),
        ("model", -0.10, 0.25, 0.60, 0.15),
        ("model", -0.30, 0.45, 0.40, 0.15),
        ("model", -0.30, 0.40, 0.50, 0.10),
        ("model", 0.80, 0.05, 0.10, 0.85),
    ],
    columns=COLUMNS,
).astype(dict.fromkeys(COLUMNS[1:], float))


@pytest.mark.parametrize(
    ("there", "asked", "chosen"),
    [
        (["vader", "lexicon", "model"], None, "model"),
        (["vader", "lexicon"], None, "lexicon"),
        (["vader"], None, "vader"),
        (["vader", "lexicon", "model"], "vader", "vader"),
    ],
)
def test_the_best_method_there_is_counts_unless_another_is_asked_for(there, asked, chosen):
    """The order of rows does not matter."""
    table = TABLE[TABLE["method"].isin(there)].iloc[::-1]
    assert set(select_evaluations(table, asked)["method"]) == {chosen}


def test_a_method_of_somebody_else_is_taken_when_it_is_alone():
    """Codes of people, say; nothing gives nothing."""
    assert len(select_evaluations(TABLE.assign(method="people"))) == len(TABLE)
    assert select_evaluations(empty_table("evaluations")).empty
    assert select_evaluations(TABLE, "people").empty


def test_what_is_negative_and_what_is_clear():
    """One rule for every method: a quarter either way."""
    assert is_negative(TABLE).tolist() == [True, False, False, False, True, True, False]
    assert is_clear(TABLE).tolist() == [True, False, True, False, True, True, True]
    assert keep_clear(TABLE).index.tolist() == [0, 2, 4, 5, 6]
    assert keep_clear(empty_table("evaluations")).empty
