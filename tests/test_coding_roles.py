"""Roles are shares of the evidence, by hand."""

import numpy as np

from analysis.coding.roles import code_roles
from analysis.tables import empty_table, make_table


def evaluation(number: int, target: str, polarity: float) -> dict:
    """One evaluation by the author."""
    return {"evaluation_id": f"a:e{number:04d}", "article_id": "a", "sentence_id": 0, "source_id": "author", "target_id": target,
            "target_mention_id": "a:m0001", "polarity": polarity, "p_negative": None, "p_neutral": None, "p_positive": None,
            "negated": False, "hedged": False, "question": False, "conditional": False, "denied": False, "ground": "network", "outer_source_id": None, "cue_start": None, "cue_end": None, "cues": None, "method": "lexicon"}  # fmt: skip


def action(number: int, agent: str | None, patient: str | None, valence: str) -> dict:
    """One deed."""
    return {"action_id": f"a:a{number:04d}", "article_id": "a", "sentence_id": 0, "agent_id": agent, "predicate": "p",
            "patient_id": patient, "voice": "active", "valence": valence, "negated": False, "agent_mention_id": None, "patient_mention_id": None, "event": None, "hedged": False, "start": 0, "end": 1,
            "method": "patterns"}  # fmt: skip


MENTION = {"mention_id": "a:m0001", "article_id": "a", "sentence_id": 2, "start": 0, "end": 1, "text": "x", "actor_id": "x",
           "form": "name", "antecedent_id": None, "rule": "r"}  # fmt: skip
FRAME = {"article_id": "a", "sentence_id": 2, "frame_id": "responsibility", "score": 1.0, "evidence_start": 0,
         "evidence_end": 1, "indicator": "responsible_other", "method": "patterns", "is_counted": True}  # fmt: skip


def test_roles_are_shares_of_the_actors_own_evidence():
    """Two of three speak for a villain, one for a victim; a faint evaluation casts nobody."""
    evaluations = make_table("evaluations", [evaluation(1, "x", -0.5), evaluation(2, "x", 0.1)])
    actions = make_table("actions", [action(1, "x", "y", "conflict"), action(2, None, "x", "conflict")])
    roles = code_roles(make_table("mentions", [MENTION]), evaluations, actions, empty_table("frames")).set_index(
        "actor_id"
    )
    assert np.allclose(roles.loc["x", ["hero", "villain", "victim"]].astype(float), [0, 2 / 3, 1 / 3])
    assert roles.loc["x", "n_evidence"] == 3
    assert roles.loc["y", "victim"] == 1.0
    assert np.isnan(roles.loc["x", "responsibility"])


def test_responsibility_is_the_share_of_sentences_about_it_that_name_the_actor():
    """Two sentences ask who is responsible, one names x; y is named in none."""
    frames = make_table("frames", [FRAME, FRAME | {"sentence_id": 5}])
    actions = make_table("actions", [action(1, "y", None, "conflict")])
    roles = code_roles(make_table("mentions", [MENTION]), empty_table("evaluations"), actions, frames).set_index(
        "actor_id"
    )
    assert roles["responsibility"].to_dict() == {"x": 0.5, "y": 0.0}
    assert np.isnan(roles.loc["x", "villain"])


def test_no_evidence_gives_no_rows():
    """An article without judgement, deed or blame casts nobody."""
    empty = (empty_table(name) for name in ("mentions", "evaluations", "actions", "frames"))
    assert code_roles(*empty).empty


def test_roles_rest_on_one_method():
    """The model's rows cast; the lexicon's stand beside them unless they are asked for; a faint row casts nobody."""
    rows = [evaluation(1, "x", -0.5) | {"evaluation_id": "a:e1.lexicon"}]
    rows += [
        evaluation(2, "x", polarity) | {"evaluation_id": f"a:e{n}.model", "method": "model"}
        for n, polarity in enumerate([0.25, -0.2])
    ]
    tables = make_table("mentions", [MENTION]), make_table("evaluations", rows), empty_table("actions")
    model, lexicon = (code_roles(*tables, empty_table("frames"), method=method).iloc[0] for method in (None, "lexicon"))
    assert (model["hero"], model["villain"], model["n_evidence"]) == (1.0, 0.0, 1)
    assert (lexicon["hero"], lexicon["villain"], lexicon["n_evidence"]) == (0.0, 1.0, 1)
