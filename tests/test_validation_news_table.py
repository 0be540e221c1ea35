"""Running news and frames of news in one table: what is counted is what the scores say, and what is stored is whole."""

from __future__ import annotations

import pytest

from analysis.contracts.paths import reference_data
from analysis.validation import news_table
from analysis.validation.news_table import PARTS, TABLES, measure_gold
from analysis.validation.stored import read_results


def test_every_set_is_stored_with_who_coded_it():
    """The coder and what stands beside it; nothing twice."""
    stored = read_results("news")
    assert list(dict.fromkeys(stored["gold"])) == list(PARTS)
    assert not stored.duplicated(["gold", "method", "measure", "what"]).any()
    assert stored.groupby("gold")["coded_by"].agg(set).map(sorted).to_dict() == {
        "running_news.held_out": ["language models"], "whole_articles": ["language models"],
        "meantime": ["language models"],
        "madtsc_nl.dev": ["language models"], "madtsc_en.dev": ["language models"],
        "narrative_en.dev": ["people"], "issuepositions_nl.dev": ["people"],
    }  # fmt: skip
    methods = stored.groupby("gold")["method"].agg(set)
    assert methods["running_news.held_out"] == methods["whole_articles"] == methods["meantime"] == {"coder", "lexicon"}
    assert methods["issuepositions_nl.dev"] == {"coder", "model, cross-validated", "patterns", "always"}
    assert "coder" not in methods["narrative_en.dev"], "the shipped heads have learnt from these articles"


def test_every_score_of_judgements_has_a_line():
    """By one name each, the r with the actors it rests on."""
    item = {
        "id": "x01", "language": "nl", "headline": "Bakker loog", "text": "Bakker vertrok.",
        "actors": {"bakker": {"type": "person", "names": ["Bakker"], "nominals": []}}, "tone": {"bakker": -1},
        "judgements": [{"sentence": "Bakker loog", "target": "bakker", "source": "author", "polarity": "negative",
                        "words": "loog", "ground": "deed"}],
    }  # fmt: skip
    found = news_table.measure_judgements(lambda: [item]).set_index(["method", "measure"])["n"]
    for measure in ("precision", "recall", "f1", "target_and_sign f1", "source", "words", "r"):
        assert found["coder", measure] == 1
        assert found["lexicon", measure] == 1


def test_reference_data_that_is_not_there_is_left_out(monkeypatch, tmp_path):
    """The running news can be measured by anyone."""
    monkeypatch.setenv("STUDY_REFERENCE_DATA", str(tmp_path))
    assert TABLES["news"].list_present() == ["running_news.held_out", "whole_articles", "meantime"]


@pytest.mark.skipif(
    not (reference_data() / "frames" / "issuepositions_nl.dev.jsonl").is_file(), reason="reference data is not present"
)
def test_stored_frame_figures_hold_for_the_model_as_it_is(monkeypatch):
    """Patterns and saying yes are quick; when this fails, renew data/validity/news.csv."""
    real = news_table.score_frames

    def quick(rows, **options):
        return real(rows, **options | {"method": "patterns", "n_draws": 10})

    monkeypatch.setattr(news_table, "score_frames", quick)
    monkeypatch.setattr(news_table, "UNSEEN", "")
    found = measure_gold("issuepositions_nl.dev").set_index(["method", "measure"])["estimate"]
    stored = read_results("news")
    kept = stored[stored["gold"] == "issuepositions_nl.dev"].set_index(["method", "measure"])["estimate"]
    for key in (("patterns", "f1"), ("patterns", "alpha"), ("always", "f1")):
        assert found[key] == pytest.approx(kept[key], abs=0.005), key
