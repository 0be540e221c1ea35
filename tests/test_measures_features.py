"""Features are counts and means anyone can redo by hand from the tables."""

import numpy as np
import pandas as pd
import pytest

from analysis.codebook.load import Actor, Codebook, Frame
from analysis.contracts.tables import empty_table, make_table
from analysis.measures.features import build_features

BOOK = Codebook(
    name="test",
    actors={
        "state": Actor("state", {"nl": "Staat"}, "country"),
        "ministry": Actor("ministry", {"nl": "Ministerie"}, "government", part_of="state"),
        "crowd": Actor("crowd", {"nl": "Menigte"}, "crowd"),
    },
    frames={
        "conflict": Frame("conflict", {"nl": "conflict"}, "d", "s"),
        "morality": Frame("morality", {"nl": "moraal"}, "d", "s"),
    },
)
TEXT = "Menigte prijst Ministerie. Ministerie zwijgt. Staat betaalt."


def tables() -> dict[str, pd.DataFrame]:
    """One article of three sentences, coded by hand."""
    article = {"article_id": "a", "outlet": "courant", "published": "2024-05", "published_precision": "month", "headline": None,
               "text": TEXT, "language": "nl", "source_file": "a.txt", "n_words": 7, "duplicate_of": None}  # fmt: skip
    bounds = [(0, 26), (27, 45), (46, 60)]
    mention = {"article_id": "a", "text": "", "form": "name", "antecedent_id": None, "rule": "name"}
    spots = [(0, 0, 7, "crowd"), (0, 15, 25, "ministry"), (1, 27, 37, "ministry"), (2, 46, 51, "state")]
    judged = {"article_id": "a", "sentence_id": 0, "target_mention_id": "a:m0002", "p_negative": None, "p_neutral": None,
              "p_positive": None, "p_source": None, "negated": False, "hedged": False, "question": False, "conditional": False, "denied": False, "ground": "word", "outer_source_id": None, "cue_start": None, "cue_end": None, "cues": None,
              "method": "lexicon"}  # fmt: skip
    return {
        "articles": make_table("articles", [article]),
        "sentences": make_table("sentences", [
            {"article_id": "a", "sentence_id": i, "start": s, "end": e, "paragraph": 0, "part": "lead", "text": TEXT[s:e]}
            for i, (s, e) in enumerate(bounds)
        ]),
        "mentions": make_table("mentions", [
            mention | {"mention_id": f"a:m{i:04d}", "sentence_id": n, "start": s, "end": e, "actor_id": who}
            for i, (n, s, e, who) in enumerate(spots, start=1)
        ]),
        "quotes": make_table("quotes", [
            {"quote_id": "a:q0001", "article_id": "a", "start": 8, "end": 25, "kind": "direct", "source_id": "crowd",
             "source_mention_id": "a:m0001", "cue": None, "cue_start": None, "cue_end": None, "outer_id": None, "rule": "r"},
        ]),
        "evaluations": make_table("evaluations", [
            judged | {"evaluation_id": "a:e0001", "source_id": "crowd", "target_id": "ministry", "polarity": 0.5},
            judged | {"evaluation_id": "a:e0002", "source_id": "author", "target_id": "ministry", "polarity": -0.25},
            judged | {"evaluation_id": "a:e0003", "source_id": "author", "target_id": "ministry", "polarity": 1.0, "method": "vader"},
        ]),
        "actions": make_table("actions", [
            {"action_id": "a:a0001", "article_id": "a", "sentence_id": 0, "agent_id": "crowd", "predicate": "prijzen",
             "patient_id": "ministry", "voice": "active", "valence": "cooperation", "negated": False, "agent_mention_id": None, "patient_mention_id": None, "event": None, "hedged": False, "start": 8, "end": 14, "method": "patterns"},
            {"action_id": "a:a0002", "article_id": "a", "sentence_id": 1, "agent_id": None, "predicate": "slaan",
             "patient_id": "ministry", "voice": "agentless_passive", "valence": "conflict", "negated": False, "agent_mention_id": None, "patient_mention_id": None, "event": None, "hedged": False, "start": 38, "end": 44, "method": "patterns"},
        ]),
        "frames": make_table("frames", [
            {"article_id": "a", "sentence_id": 1, "frame_id": "conflict", "score": 1.0, "evidence_start": 38, "evidence_end": 44,
             "indicator": i, "method": "patterns", "is_counted": True} for i in ("quarrel", "force")
        ]),
        "roles": empty_table("roles"),
    }  # fmt: skip


@pytest.fixture
def features() -> pd.DataFrame:
    """Features of the small article, by actor."""
    return build_features(**tables(), codebook=BOOK).set_index("actor_id")


def test_counts_and_shares_are_those_of_the_tables(features):
    """Every number of the ministry, by hand."""
    row = features.loc["ministry"]
    expected = {
        "n_sentences": 3, "n_mentions": 2, "prominence": 0.5, "n_quotes": 0, "n_words_quoted": 0, "n_evaluations": 2,
        "tone": 0.125, "n_author": 1, "tone_author": -0.25, "n_quoted": 1, "tone_quoted": 0.5, "share_negative": 0.5,
        "n_agent": 0, "n_patient": 2, "share_agentless": 0.5, "n_sentences_actor": 2, "frame_conflict": 0.5,
        "frame_morality": 0.0,
    }  # fmt: skip
    assert {key: row[key] for key in expected} == expected
    assert row["outlet"] == "courant"


def test_no_evidence_is_empty_and_never_zero(features):
    """Nobody judges the crowd, nothing is done to it: empty, with a zero denominator beside it."""
    row = features.loc["crowd"]
    assert row["n_evaluations"] == 0
    assert np.isnan(row["tone"])
    assert np.isnan(row["share_agentless"])
    assert row["n_words_quoted"] == 2
    assert np.isnan(row["hero"])


def test_roll_up_counts_the_parts_towards_the_whole():
    """What the ministry undergoes counts for the state; a sentence counts once."""
    rolled = build_features(**tables(), codebook=BOOK, roll_up=True).set_index("actor_id")
    assert rolled.loc["state", "n_mentions"] == 3
    assert rolled.loc["state", "n_evaluations"] == 2
    assert rolled.loc["state", "n_sentences_actor"] == 3
    assert rolled.loc["ministry", "n_mentions"] == 2


def test_one_method_counts_never_a_mix():
    """Rows of another method stay out of tone."""
    assert (
        build_features(**tables(), codebook=BOOK, method="vader").set_index("actor_id").loc["ministry", "tone"] == 1.0
    )


def test_a_faint_row_of_the_model_is_not_negative():
    """`share_negative` goes by the likeliest label where there are probabilities."""
    coded = tables()
    faint = {"method": "model", "polarity": -0.1, "p_negative": 0.25, "p_neutral": 0.6, "p_positive": 0.15}
    clear = {"method": "model", "polarity": -0.6, "p_negative": 0.7, "p_neutral": 0.2, "p_positive": 0.1}
    rows = coded["evaluations"].to_dict("records")
    rows += [rows[0] | faint | {"evaluation_id": "a:e0004"}, rows[0] | clear | {"evaluation_id": "a:e0005"}]
    coded["evaluations"] = make_table("evaluations", rows)
    row = build_features(**coded, codebook=BOOK).set_index("actor_id").loc["ministry"]
    assert (row["n_evaluations"], row["share_negative"]) == (2, 0.5)
    assert row["tone"] == pytest.approx(-0.35)


def test_captions_are_left_out_by_default():
    """A sentence of a caption is no sentence of the text, unless asked for."""
    coded = tables()
    coded["sentences"] = make_table("sentences", coded["sentences"].assign(part=["caption", "lead", "body"]))
    assert build_features(**coded, codebook=BOOK)["n_sentences"].tolist() == [2, 2, 2]
    assert build_features(**coded, codebook=BOOK, captions=True)["n_sentences"].tolist() == [3, 3, 3]


def test_empty_tables_give_empty_features_with_all_columns():
    """A corpus in which nobody is found still has its columns."""
    empty = {name: empty_table(name) for name in tables()}
    found = build_features(**empty, codebook=BOOK)
    assert found.empty
    assert {"frame_conflict", "frame_morality"} <= set(found.columns)
