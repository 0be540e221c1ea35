"""Places of claims: each row of ``data/patterns/claims.yaml`` finds what its examples say, and no more."""

from __future__ import annotations

import pytest

from analysis.coding.claims.places import PLACES, load_places
from analysis.reading import read_articles
from analysis.reading.model_loading import reading_model_path

ROWS = {row.name: row for rows in load_places().values() for row in rows}
EXAMPLES = [(row, example) for row in ROWS.values() for example in row.examples]


def test_every_place_has_a_row_and_every_row_an_example():
    """A row without an example is a row that nobody can check."""
    assert set().union(*(row.cue for row in ROWS.values())) == set(PLACES)
    assert all(any(example.places for example in row.examples) for row in ROWS.values())


@pytest.mark.skipif(not reading_model_path().is_file(), reason="the reading model is not in data/models")
@pytest.mark.parametrize(("row", "example"), EXAMPLES, ids=lambda value: getattr(value, "name", None))
def test_a_row_finds_what_its_examples_say(make_articles, row, example):
    """The word in asterisks is where the path begins."""
    before, word, after = example.text.split("*")
    doc = read_articles(make_articles(before + word + after, language=example.language)).docs["a1"]
    cue = next(token for token in doc if token.idx >= len(before) and not token.is_space)
    found = row.match(cue, row.cue)
    assert " ".join(one.text for one in found["at"]) == example.places["at"] if example.places else found is None
