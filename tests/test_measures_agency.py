"""Who acts, who undergoes, who is left out: counts on a table anyone can check by hand."""

import pandas as pd
import pytest

from analysis.contracts.errors import UsageError
from analysis.measures.agency import COLUMNS, agency

ROWS = [
    # sentence, agent, predicate, patient, event, voice, negated
    (0, None, "oppakken", "farmers", "arrest", "agentless_passive", False),
    (1, "police", "oppakken", "farmers", "arrest", "passive", False),
    (2, None, "slaan", "farmers", "attack", "passive", False),
    (3, "police", "slaan", "farmers", "attack", "active", False),
    (3, "police", "slaan", "mayor", "attack", "active", False),
    (4, None, "arrestatie", "farmers", "arrest", "nominal", False),
    (5, "farmers", "helpen", None, None, "active", False),
    (6, None, "ontslaan", "mayor", "dismiss", "agentless_passive", True),
]


@pytest.fixture
def actions() -> pd.DataFrame:
    """A few deeds."""
    columns = ["sentence_id", "agent_id", "predicate", "patient_id", "event", "voice", "negated"]
    return pd.DataFrame(ROWS, columns=columns).assign(article_id="a", start=0, end=5)


def test_by_actor(actions):
    """Five deeds are done to the farmers; of the four told by a verb one leaves out the doer."""
    table = agency(actions).set_index("patient_id")
    assert table.loc["farmers"].tolist() == [1, 5, 4, 1, 1, 1, 1, 0.25]
    assert table.loc["mayor"].tolist() == [0, 1, 1, 0, 0, 0, 0, 0.0]
    assert table.loc["police", "n_agent"] == 2
    assert pd.isna(table.loc["police", "share_agentless"])
    assert list(table.columns) == list(COLUMNS)


def test_by_event(actions):
    """A deed that falls on two actors is one deed; a deed without a type is `other`."""
    table = agency(actions, by="event").set_index("event")
    assert table.loc["attack"].tolist() == [1, 2, 2, 0, 1, 0, 0, 0.0]
    assert table.loc["arrest"].tolist() == [1, 3, 2, 1, 0, 1, 1, 0.5]
    assert table.loc["other", "n_agent"] == 1
    assert "dismiss" not in table.index


def test_negated_deeds_count_when_asked(actions):
    """`werd niet ontslagen` is a deed only for who wants it."""
    assert agency(actions, negated=True).set_index("patient_id").loc["mayor", "n_agentless"] == 1


def test_the_order_of_rows_changes_nothing(actions):
    """Most deeds first, then by name."""
    pd.testing.assert_frame_equal(agency(actions), agency(actions.iloc[::-1]))


def test_the_input_is_not_changed(actions):
    """Pure."""
    before = actions.copy()
    agency(actions, by="event")
    pd.testing.assert_frame_equal(actions, before)


def test_no_deeds_no_rows(actions):
    """An empty table keeps its columns."""
    for by in ("patient_id", "event"):
        assert list(agency(actions.iloc[:0], by=by).columns) == [by, *COLUMNS]
        assert agency(actions.iloc[:0], by=by).empty


def test_an_unknown_grouping_is_named(actions):
    """With those there are."""
    with pytest.raises(UsageError, match="use one of patient_id, event"):
        agency(actions, by="outlet")
