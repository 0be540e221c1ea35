"""Answers to questions of frames, in words."""

from types import SimpleNamespace

from analysis.codebook.load import EMPTY, Codebook, Frame, Indicator
from analysis.display.explanations.frame_answers import find_question, tell_answer, tell_article_frame

BOOK = Codebook("test", frames={"rain": Frame("rain", {"nl": "regen"}, "d", "s", (Indicator("wet", "Is it wet?"),))})


def test_an_answer_says_what_was_asked_how_surely_and_by_which_method():
    """A probability is called one; what stands beside the method that counts says so."""
    row = SimpleNamespace(frame_id="rain", indicator="wet", score=0.31, method="model", is_counted=True)
    assert find_question(row, BOOK, "nl") == "Is it wet?"
    assert find_question(row, EMPTY, "nl") == "wet"
    assert tell_answer(row, "regen", "Is it wet?", "en") == "regen, wet: Is it wet? probability 0.31 (method model)"
    beside = SimpleNamespace(**vars(row) | {"method": "patterns", "score": 1.0, "is_counted": False})
    assert tell_answer(beside, "regen", "Is it wet?", "nl") == (
        "regen, wet: 'Is it wet?' score 1,00 (methode patronen, naast de methode die telt)"
    )
    assert tell_answer(beside, "regen", "Is it wet?", "en").endswith(
        "score 1.00 (method patterns, beside the method that counts)"
    )


def test_a_frame_of_an_article_leads_to_its_sentences():
    """Without a sentence there is no score."""
    row = SimpleNamespace(
        score=0.5, threshold=0.4, is_present=True, n_yes=2, n_sentences=9, sentence_id=3, method="model"
    )
    assert tell_article_frame(row, "regen", "en") == (
        "regen: present, probability 0.50 (yes from 0.40); 2 of 9 sentences carry it, sentence 3 most (method model)"
    )
    none = SimpleNamespace(**vars(row) | {"score": float("nan"), "n_yes": 0, "is_present": False})
    assert tell_article_frame(none, "regen", "en") == "regen: no score, none of 9 sentences carries it (method model)"
