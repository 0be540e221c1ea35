"""Rewrites of trees: what only one language has is read in the terms of all."""

import spacy

from analysis.reading.component import NAME
from analysis.reading.model_loading import load_reading_model
from analysis.reading.repair import REWRITES, repair


def test_relations_of_one_language_are_read_in_the_terms_of_all():
    """Each rewrite has a sentence with one marked place, and what coders read is no rewrite again."""
    for told, read, example in REWRITES.values():
        assert repair([told, "root"]) == [read, "root"]
        assert repair([read]) == [read]
        assert example.count("*") == 2


def test_coders_never_see_what_is_rewritten():
    """The component rewrites where coders read, and leaves the tree as it was read where it is scored."""
    known = load_reading_model().labels["relation"]
    told = {told for told, _, _ in REWRITES.values() if told in known}
    texts = ["President Bush left last night.", "All the ministers paid ten dollars a day."]
    seen = {}
    for repairs in (True, False):
        pipeline = spacy.blank("en")
        pipeline.add_pipe("sentencizer")
        pipeline.add_pipe(NAME, config={"repairs": repairs})
        seen[repairs] = {token.dep_ for doc in pipeline.pipe(texts) for token in doc}
    assert not seen[True] & told
    assert bool(seen[False] & told) == bool(told)
