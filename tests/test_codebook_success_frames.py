"""A frame beside the shipped ones, success and failure, on sentences written after its codebook."""

import pytest
import yaml

from analysis import paths
from analysis.codebook.load import load_codebook
from analysis.coding.frames.code import code_frames
from analysis.reading import read_articles

SENTENCES = yaml.safe_load((paths.ROOT / "tests" / "gold" / "success_nl.yaml").read_text(encoding="utf-8"))
LEAST_FOUND = 7
"""Of eighteen: as many as were found when the sentences were new."""


@pytest.fixture(scope="module")
def codebook():
    """Success, failure and standing."""
    return load_codebook(paths.CODEBOOKS / "frames_success.yaml")


def test_sentences_ask_what_the_codebook_asks(codebook):
    """Each question is there, and sentences without any of them."""
    asked = {indicator.id for indicator in codebook.frames["success_failure"].indicators}
    assert {question for sentence in SENTENCES for question in sentence["says"]} == asked
    assert sum(not sentence["says"] for sentence in SENTENCES) == 6


def test_patterns_find_few_and_are_right(make_articles, codebook):
    """They say yes to none of the sentences that have nothing of it."""
    reading = read_articles(make_articles(*(sentence["text"] for sentence in SENTENCES)), reading="rules")
    found = set(code_frames(reading, codebook, method="patterns")["article_id"])
    has_frame = {f"a{number}" for number, sentence in enumerate(SENTENCES, start=1) if sentence["says"]}
    assert found <= has_frame
    assert len(found) >= LEAST_FOUND
