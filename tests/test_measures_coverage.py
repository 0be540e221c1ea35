"""Coverage counts what shows nothing, beside what was looked at; of nothing there is no share."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.codebook.load import Actor, Codebook
from analysis.coding.evaluations.methods import select_evaluations
from analysis.contracts.errors import UsageError
from analysis.measures.coverage import COLUMNS, MEASURES, coverage
from tests.hand_coding_tables import make_tables

CODEBOOK = Codebook(
    name="test", actors={key: Actor(key, {"nl": key}, "person") for key in ("mayor", "company", "nobody")}
)


def counts(table: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Numerator and denominator by measure."""
    return {row.measure: (row.n_missing, row.n) for row in table.itertuples()}


def test_every_measure_has_its_numerator_and_denominator():
    """Three articles of eight sentences, an actor in each; the third actor of the codebook is nowhere."""
    tables = make_tables(3)
    mentions = tables.mentions[tables.mentions["sentence_id"] != 7]
    found = coverage(replace(tables, mentions=mentions), codebook=CODEBOOK, captions=True)
    assert list(found.columns) == COLUMNS and list(found["measure"]) == list(MEASURES)
    said = counts(found)
    assert said["sentences_without_mention"] == (3, 24)
    assert said["actors_not_found"] == (1, 3)
    assert said["actors_without_quote"] == (2, 2)
    assert said["mentions_without_evaluation"] == (0, 21)
    assert said["sentences_without_frame"][1] == 24
    assert found.set_index("measure")["share"]["sentences_without_mention"] == pytest.approx(0.125)
    assert counts(coverage(tables, codebook=CODEBOOK))["sentences_without_mention"][1] == 21, "captions are left out"


def test_of_nothing_there_is_no_share():
    """No quote and no deed: the share is empty, not zero."""
    found = coverage(make_tables(3), codebook=CODEBOOK, captions=True).set_index("measure")
    for measure in ("quotes_without_speaker", "deeds_without_doer"):
        assert found.loc[measure, "n"] == 0 and pd.isna(found.loc[measure, "share"])


def test_a_mention_without_a_row_is_silence_and_a_neutral_row_is_not():
    """Evaluations taken away make mentions without one; those near zero are counted apart."""
    tables = make_tables(3)
    whole = counts(coverage(tables, codebook=CODEBOOK, captions=True))
    weak = select_evaluations(tables.evaluations)["polarity"].abs() < 0.25
    assert whole["evaluations_not_clear"] == (int(weak.sum()), len(weak))
    gone = tables.mentions["mention_id"].head(5)
    kept = tables.evaluations[~tables.evaluations["target_mention_id"].isin(gone)]
    less = counts(coverage(replace(tables, evaluations=kept), codebook=CODEBOOK, captions=True))
    assert less["mentions_without_evaluation"] == (5, 24)
    assert less["evaluations_not_clear"][1] < whole["evaluations_not_clear"][1]


def test_groups_add_up_and_an_outlet_may_be_unknown():
    """By outlet and by article the sentences are the same; an article without an outlet is a group."""
    tables = make_tables(3)
    for by in (["outlet"], ["article_id"], ["outlet", "article_id"]):
        found = coverage(tables, codebook=CODEBOOK, by=by, captions=True)
        assert list(found.columns) == [*by, *COLUMNS]
        assert len(found) == 3 * len(MEASURES)
        assert found.loc[found["measure"] == "sentences_without_mention", "n"].tolist() == [8, 8, 8]


def test_an_unknown_group_is_refused():
    """With the groups that there are."""
    with pytest.raises(UsageError, match="use outlet or article_id"):
        coverage(make_tables(1), codebook=CODEBOOK, by=["event"])
