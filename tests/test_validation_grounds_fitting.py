"""What the weights of network and grounds are fitted on, and that they are the shipped ones' features."""

import numpy as np
import pytest

from analysis.coding.evaluations_combine import load_weights
from analysis.reading.model_loading import reading_model_path
from analysis.validation.grounds_fitting import OWN, read_own, take_running, take_targets
from analysis.validation.running_news import code_items, read_items

pytestmark = pytest.mark.skipif(not reading_model_path().is_file(), reason="the reading model is not in data/models")


class Even:
    """A model that knows nothing."""

    def tone(self, texts, spans, languages=None):  # noqa: ARG002
        """A third each."""
        return np.full((len(texts), 3), 1 / 3)


def test_own_sentences_have_a_row_for_each_marked_actor():
    """In both languages, the marks gone from the text."""
    for name in OWN:
        rows = read_own(name)
        assert len(rows) > 30
        assert {row["language"] for row in rows} == {name[-2:]}
        assert all("|" not in row["text"] and row["text"][row["start"] : row["end"]] for row in rows)


def test_examples_have_the_features_that_have_weights():
    """Of a marked sentence, with its label."""
    found = list(take_targets(Even(), read_own(OWN[0])[:3]))
    assert [one.label for one in found] == [row["label"] for row in read_own(OWN[0])[:3]]
    assert set(found[0].features) | {"intercept"} == set(load_weights())


def test_mentions_without_a_judgement_are_neutral_examples():
    """Of an item in which nobody is judged."""
    item = next(item for item in read_items() if not item["judgements"])
    labels = [one.label for coded in code_items([item]) for one in take_running(Even(), coded)]
    assert labels and set(labels) == {0}
