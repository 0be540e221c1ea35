"""Scoring of the four functions: counts are those one makes by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.contracts.errors import UsageError
from analysis.validation import functions
from analysis.validation.functions import COUNTS, count_passages, read_passages

TEXT = "Het tekort groeit. De directie moet opstappen, zegt de bond."
PASSAGE = {
    "id": "x-01",
    "text": TEXT,
    "actors": {},
    "functions": [
        {"function": "problem_definition", "words": "tekort", "source": "author"},
        {"function": "treatment_recommendation", "words": "moet opstappen", "source": "union", "actor": "board"},
        {"function": "moral_evaluation", "words": "opstappen", "source": "union", "actor": ""},
    ],
    "absent": [{"function": "causal_attribution"}, {"function": "treatment_recommendation", "source": "author"}],
}


def make_rows(*rows):
    """A table of functions: function, words, source, actor, negated."""
    lines = [
        {"function": function, "start": TEXT.index(words), "end": TEXT.index(words) + len(words),
         "source_id": source, "actor_id": actor, "negated": negated}
        for function, words, source, actor, negated in rows
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=["function", "start", "end", "source_id", "actor_id", "negated"])


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        ([], [3, 0, 0, 2, 0]),
        ([("problem_definition", "tekort groeit", "author", None, False)], [3, 1, 1, 2, 0]),
        ([("problem_definition", "groeit", "author", None, False)], [3, 0, 0, 2, 0]),
        ([("treatment_recommendation", "moet", "author", "board", False)], [3, 1, 0, 2, 1]),
        ([("treatment_recommendation", "moet", "union", None, False)], [3, 1, 0, 2, 0]),
        (
            [
                ("treatment_recommendation", "moet", "union", None, False),
                ("treatment_recommendation", "opstappen", "union", "board", False),
            ],
            [3, 1, 1, 2, 0],
        ),
        ([("moral_evaluation", "opstappen", "union", None, False)], [3, 1, 1, 2, 0]),
        ([("moral_evaluation", "opstappen", "union", "board", False)], [3, 1, 0, 2, 0]),
        ([("causal_attribution", "groeit", "author", None, False)], [3, 0, 0, 2, 1]),
    ],
)
def test_counts_of_a_passage(monkeypatch, rows, counts):
    """Nothing, found, elsewhere, another source, no actor, one row of two, nobody, somebody where nobody is, a trap."""
    monkeypatch.setattr(functions, "read_passages", lambda *_: [PASSAGE])
    monkeypatch.setattr(functions, "code_passage", lambda *_: make_rows(*rows))
    found = count_passages("nl", "held")
    assert found["passage"].tolist() == ["x-01"]
    assert found.loc[0, COUNTS].tolist() == counts


def test_a_negation_that_gold_names_must_be_there(monkeypatch):
    """The place alone is not enough then; a passage without traps has none."""
    fact = {"function": "moral_evaluation", "words": "opstappen", "negated": True}
    monkeypatch.setattr(functions, "read_passages", lambda *_: [PASSAGE | {"functions": [fact], "absent": []}])
    for negated, placed in ((True, 1), (False, 0)):
        table = make_rows(("moral_evaluation", "opstappen", "union", None, negated))
        monkeypatch.setattr(functions, "code_passage", lambda *_, table=table: table)
        assert count_passages("nl", "held").loc[0, COUNTS].tolist() == [1, placed, placed, 0, 0]


def test_halves_part_the_file():
    """By order, the first one larger where the number is odd."""
    assert [len(read_passages(language, half)) for language in ("nl", "en") for half in ("dev", "held")] == [
        15,
        15,
        8,
        7,
    ]
    with pytest.raises(UsageError, match="use dev or held"):
        read_passages("nl", "second")
