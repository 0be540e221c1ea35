"""The tables of a coded set, every row literal: three articles of one text, for the tests of freezes."""

from __future__ import annotations

from typing import Any

from analysis.contracts.tables import LAYERS, Tables, make_table

TEXT = "Ruzie.\n\nJan zei: ‘Piet is laf en dom.’ Piet lachte."
SENTENCES = ((0, 6, "headline"), (8, 38, "lead"), (39, 51, "lead"))
JAN, PIET, AGAIN = (8, 11), (18, 22), (39, 43)
SAID, CUE, LAF, DEED = (18, 36), (12, 15), (26, 29), (44, 50)
PLAIN = {
    "outer_source_id": None, "p_negative": 0.7, "p_neutral": 0.2, "p_positive": 0.1, "p_source": None,
    "negated": False, "hedged": False, "question": False, "conditional": False, "denied": False, "ground": "none",
    "cue_start": None, "cue_end": None, "cues": None, "method": "model",
}  # fmt: skip
"""Columns of an evaluation about which nothing is special."""


def make_coded() -> Tables:
    """Articles a1, a2 and a3: Jan calls Piet a coward, and Piet laughs."""
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in LAYERS}
    for article_id in ("a1", "a2", "a3"):
        for name, rows in _make_rows(article_id).items():
            made[name] += [{"article_id": article_id} | row for row in rows]
    return Tables(**{name: make_table(name, rows) for name, rows in made.items()})


def _make_rows(article: str) -> dict[str, list[dict[str, Any]]]:
    """Rows of one article, by table."""
    jan, piet, again = (f"{article}:m0000{number}" for number in (1, 2, 3))
    claim = {"sentence_id": 1, "event": None, "negated": False, "hedged": False, "start": LAF[0], "end": LAF[1]}
    judged = PLAIN | {
        "sentence_id": 1, "source_id": "jan", "target_id": "piet", "target_mention_id": piet, "polarity": -0.6,
        "ground": "word", "cue_start": LAF[0], "cue_end": LAF[1], "cues": "laf:-0.50",
    }  # fmt: skip
    role = {"hero": None, "villain": 1.0, "victim": None}
    return {
        "articles": [
            {
                "outlet": None, "published": None, "published_precision": None, "headline": "Ruzie.", "text": TEXT,
                "language": "nl", "source_file": "f.txt", "n_words": 10, "duplicate_of": None,
            }
        ],
        "sentences": [
            {"sentence_id": n, "start": a, "end": b, "paragraph": min(n, 1), "part": part, "text": TEXT[a:b]}
            for n, (a, b, part) in enumerate(SENTENCES)
        ],
        "mentions": [
            {"mention_id": name, "sentence_id": n, "start": a, "end": b, "text": TEXT[a:b], "actor_id": who}
            | {"form": "name", "antecedent_id": None, "rule": "by_name"}
            for name, n, (a, b), who in ((jan, 1, JAN, "jan"), (piet, 1, PIET, "piet"), (again, 2, AGAIN, "piet"))
        ],
        "quotes": [
            {
                "quote_id": f"{article}:q00001", "start": SAID[0], "end": SAID[1], "kind": "direct", "source_id": "jan",
                "source_mention_id": jan, "cue": "zei", "cue_start": CUE[0], "cue_end": CUE[1], "outer_id": None,
                "rule": "by_verb",
            }
        ],
        "evaluations": [
            judged | {"evaluation_id": f"{article}:e00001.model"},
            PLAIN | {"evaluation_id": f"{article}:e00002.model", "sentence_id": 2, "source_id": "author",
                     "target_id": "piet", "target_mention_id": again, "polarity": 0.1},
            judged | {"evaluation_id": f"{article}:e00001.lexicon", "method": "lexicon", "polarity": -0.5,
                      "p_negative": None, "p_neutral": None, "p_positive": None},
        ],
        "actions": [
            {
                "action_id": f"{article}:a00001", "sentence_id": 2, "agent_id": "piet", "predicate": "lachen",
                "patient_id": None, "event": None, "agent_mention_id": again, "patient_mention_id": None,
                "voice": "active", "valence": "neutral", "negated": False, "hedged": False, "start": DEED[0],
                "end": DEED[1], "method": "tree",
            }
        ],
        "responsibility": [
            claim | {"responsibility_id": f"{article}:r00001", "accuser_id": "jan", "accused_id": "piet",
                     "stance": "accuses", "rule": "by_word"}
        ],
        "functions": [
            claim | {"function_id": f"{article}:f00001", "function": "moral_evaluation", "source_id": "jan",
                     "actor_id": "piet", "rule": "by_word"}
        ],
        "frames": [
            {
                "sentence_id": 1, "frame_id": "conflict", "score": 0.9, "evidence_start": LAF[0], "evidence_end": LAF[1],
                "indicator": "blame", "method": "model", "is_counted": True,
            }
        ],
        "article_frames": [
            {
                "frame_id": "conflict", "score": 0.8, "threshold": 0.5, "is_present": True, "n_yes": 1,
                "n_sentences": 3, "sentence_id": 1, "method": "model", "is_counted": True,
            }
        ],
        "role_evidence": [
            {
                "role_evidence_id": f"{article}:v00001", "actor_id": "piet", "role": "villain", "fine_role": None,
                "sentence_id": 1, "start": LAF[0], "end": LAF[1], "origin": "evaluation",
                "row_id": f"{article}:e00001.model", "rule": "negative", "weight": 0.6,
            }
        ],
        "roles": [
            role | {"actor_id": "piet", "is_hero": False, "is_villain": True, "is_victim": False, "fine_role": None,
                    "responsibility": 1.0, "n_evidence": 1}
        ],
        "features": [
            role | {
                "actor_id": "piet", "outlet": None, "published": None, "n_sentences": 3, "n_mentions": 2,
                "prominence": 2 / 3, "n_quotes": 0, "n_words_quoted": 0, "n_evaluations": 2, "tone": -0.25,
                "n_author": 1, "tone_author": 0.1, "n_quoted": 1, "tone_quoted": -0.6, "share_negative": 0.5,
                "n_agent": 1, "n_patient": 0, "share_agentless": None, "n_sentences_actor": 2, "frame_conflict": 0.5,
            }
        ],
    }  # fmt: skip
