"""Roles and functions in one table: figures are those of their counts; what is stored holds for the coder as it is."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.reading.model_loading import reading_model_path
from analysis.validation import roles_table
from analysis.validation.roles_table import COLUMNS, PARTS, TABLES, measure_functions, measure_part
from analysis.validation.stored import read_results

TEXT = (
    "Mayor Anna Berg helped the families of the flooded village. The villagers praised Anna Berg. "
    "Rebel leader Karim Sol attacked the school, and Karim Sol killed two teachers."
)
CAST = (("Anna Berg", "hero"), ("Karim Sol", "villain"), ("the moon", "victim"), ("two teachers", "victim"))


def make_gold(n):
    """So many articles that cast the same three."""
    entities = [{"text": text, "role": role} for text, role in CAST]
    about = {"language": "en", "text": TEXT, "entities": entities}
    return [{"id": f"x{number}", "article_id": f"line{number}"} | about for number in range(n)]


def test_roles_are_scored_by_either_method(monkeypatch):
    """A class a row; entities of the text alone; no row of the majority; the coders' alpha of that role."""
    monkeypatch.setattr(roles_table, "read_gold", lambda *_: make_gold(6))
    monkeypatch.setattr(roles_table, "N_DRAWS", 20)
    found = measure_part("narrative_en.dev")
    assert list(found.columns) == COLUMNS
    assert found[["method", "what", "n"]].to_numpy().tolist() == [
        [method, role, 6] for method in ("evidence", "weighed") for role in ("hero", "victim", "villain")
    ]
    scores = found.set_index(["method", "what"])
    assert scores.loc[("evidence", "hero"), ["found", "alpha", "alpha_of_coders"]].tolist() == [1.0, 1.0, 0.43]
    assert scores.loc[("evidence", "villain"), "alpha_of_coders"] == 0.17
    assert (scores["ci_low"] <= scores["found"]).all() and (scores["found"] <= scores["ci_high"]).all()


def test_functions_are_shares_of_what_is_marked_and_of_traps(monkeypatch):
    """Four marked, of which three placed and two right; one trap of five walked into; a passage may have no traps."""
    counts = pd.DataFrame(
        [("a", 3, 2, 2, 5, 1), ("b", 1, 1, 0, 0, 0)],
        columns=["passage", "n_marked", "n_placed", "n_right", "n_traps", "n_mistakes"],
    )
    monkeypatch.setattr(roles_table, "count_passages", lambda *_: counts.copy())
    found = measure_functions("nl", "passages").set_index("what")
    assert found["n"].to_dict() == {"place": 4, "place, source, actor": 4, "traps left alone": 5}
    assert found["found"].to_dict() == {"place": 0.75, "place, source, actor": 0.5, "traps left alone": 0.8}
    assert found["alpha"].isna().all()
    assert found.loc["place", ["ci_low", "ci_high"]].tolist() == pytest.approx([2 / 3, 1])


@pytest.mark.skipif(not reading_model_path().is_file(), reason="the reading model is not in data/models")
def test_stored_results_hold_for_the_coder_as_it_is():
    """English functions again; when this fails, the coder has changed: renew data/validity as its README says."""
    stored = read_results("roles")
    assert list(dict.fromkeys(stored["gold"])) == list(PARTS)
    assert list(stored.columns[:-2]) == COLUMNS
    assert stored["found"].between(0, 1).all()
    part = stored[stored["gold"] == "functions_en.held"].reset_index(drop=True)
    pd.testing.assert_frame_equal(part[COLUMNS], measure_part("functions_en.held"), check_dtype=False, atol=1e-3)


def test_reference_data_that_is_not_there_is_left_out(monkeypatch, tmp_path):
    """The project's own passages can be measured by anyone."""
    monkeypatch.setenv("STUDY_REFERENCE_DATA", str(tmp_path))
    assert TABLES["roles"].list_present() == ["functions_nl.held", "functions_en.held"]
    (tmp_path / "roles").mkdir()
    (tmp_path / "roles" / "narrative_en.dev.jsonl").touch()
    assert TABLES["roles"].list_present() == list(PARTS)
