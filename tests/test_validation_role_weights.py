"""Weights of signals for roles, learnt from codes."""

import numpy as np
import pandas as pd
import pytest

from analysis.contracts.errors import InputError
from analysis.validation.role_weights import SIGNALS, fit_role_weights, gather_signals, weigh_left_out, weigh_roles
from tests.hand_coding_tables import make_tables

ROLES = ["hero", "villain", "victim"]


def signals(n: int = 30) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Actors of whom the signal of one role is strong, their roles and their articles."""
    roles = pd.Series([ROLES[number % 3] for number in range(n)])
    table = pd.DataFrame(0.0, index=range(n), columns=list(SIGNALS))
    for role in ROLES:
        table.loc[roles == role, f"deed_{role}"] = 1.0
    return table, roles, pd.Series([f"a{number // 3}" for number in range(n)])


def test_what_goes_with_a_role_speaks_for_it():
    """The weight of its own signal is the highest; probabilities add up to one."""
    table, roles, _ = signals()
    weights = fit_role_weights(table, roles)
    known = weights.set_index("signal")
    assert known.loc["deed_victim", ROLES].astype(float).idxmax() == "victim"
    assert list(weights["signal"]) == [*SIGNALS, "intercept"]
    chances = weigh_roles(table, weights)
    assert np.allclose(chances.sum(axis=1), 1.0)
    assert chances.idxmax(axis=1).tolist() == roles.tolist()


def test_articles_are_left_out_whole():
    """Each role comes from weights that have not seen its article."""
    table, roles, articles = signals()
    assert weigh_left_out(table, roles, articles) == roles.tolist()
    with pytest.raises(InputError, match="too few"):
        weigh_left_out(table[:6], roles[:6], articles[:6])


def test_every_role_needs_some_codes():
    """The one that is missing is named."""
    table, roles, _ = signals()
    with pytest.raises(InputError, match="coded as victim"):
        fit_role_weights(table[roles != "victim"], roles[roles != "victim"])


def test_signals_of_coded_articles():
    """A row for each actor that is mentioned, with the logarithm of one more than its mentions."""
    tables = make_tables(2)
    found = gather_signals(tables)
    counts = tables.mentions.groupby(["article_id", "actor_id"]).size()
    assert len(found) == len(counts)
    assert np.allclose(found["n_mentions"], np.log1p(counts.to_numpy()))
    assert not found[list(SIGNALS)].isna().any(axis=None)
