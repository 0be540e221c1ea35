"""Occlusion: what is left out, where the target goes, and what a word is found to contribute."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import UsageError
from analysis.reading.model import ReadingModel
from analysis.reading.occlusion import Marked, leave_out, read_tone, weigh_words

TINY = Path(__file__).parent / "gold" / "tiny-model.npz"


class Counting:
    """A model whose tone is known: each `slecht` takes 0.3, each `goed` adds 0.3, and nothing else counts."""

    def __init__(self) -> None:
        self.calls: list[int] = []

    def tone(self, texts, spans, languages=None):  # noqa: ARG002
        """Count the known words."""
        self.calls.append(len(texts))
        assert all(span is None or text[slice(*span)] == "Ajax" for text, span in zip(texts, spans, strict=True))
        good, bad = (np.array([text.split().count(word) for text in texts]) * 0.3 for word in ("goed", "slecht"))
        return np.stack([bad, 1 - good - bad, good], axis=1)


@pytest.mark.parametrize(
    ("text", "word", "target", "expected"),
    [
        ("De laffe Ajax verloor.", "laffe", "Ajax", "De [Ajax] verloor."),
        ("Ajax verloor laf.", "laf", "Ajax", "[Ajax] verloor."),
        ("Laf verloor Ajax", "Laf", "Ajax", "verloor [Ajax]"),
        ("Dom, laf Ajax!", "laf", "Ajax", "Dom, [Ajax]!"),
        ("Dom, laf Ajax!", "Dom", "Ajax", ", laf [Ajax]!"),
        ("(laf)Ajax", "laf", "Ajax", "()[Ajax]"),
    ],
)
def test_a_word_goes_and_the_target_moves(text, word, target, expected):
    """One space goes with the word, and the target is marked where it now stands."""
    start, aim = text.index(word), text.index(target)
    left = leave_out(text, (start, start + len(word)), (aim, aim + len(target)))
    first, last = left.target
    assert f"{left.text[:first]}[{left.text[first:last]}]{left.text[last:]}" == expected


@given(st.text("ab .", min_size=2, max_size=20), st.data())
def test_the_target_is_the_same_text_before_and_after(text, data):
    """Whatever is left out beside it, at least the letters of the target stay."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    spans = [(cuts[0], cuts[1]), (cuts[2], cuts[3])]
    word, target = spans if data.draw(st.booleans()) else spans[::-1]
    if word[0] == word[1]:
        return
    left = leave_out(text, word, target)
    assert left.text[slice(*left.target)].strip() == text[slice(*target)].strip()


def test_each_word_contributes_what_its_absence_costs():
    """Known numbers: the polarity is -0.3; without `slecht` 0.3, without `goed` -0.6."""
    text = "goed slecht slecht zei Ajax"
    marked = Marked(text, (23, 27), ((0, 4), (5, 11), (12, 18), (19, 22)))
    assert weigh_words(Counting(), [marked]) == [[0.3, -0.3, -0.3, 0.0]]


def test_many_texts_are_one_call():
    """All words of all texts are read together; a text without words gives an empty list."""
    model = Counting()
    texts = [Marked("goed Ajax", (5, 9), ((0, 4),)), Marked("Ajax", (0, 4)), Marked("slecht", None, ((0, 6),))]
    assert weigh_words(model, texts, polarities=[0.3, 0.0, -0.3]) == [[0.3], [], [-0.3]]
    assert model.calls == [2]


def test_chunks_change_no_number(monkeypatch):
    """Memory is bounded; the result does not know it."""
    texts = [Marked("goed slecht Ajax", (12, 16), ((0, 4), (5, 11)))] * 5
    together = weigh_words(Counting(), texts)
    monkeypatch.setattr("analysis.reading.occlusion.CHUNK", 3)
    model = Counting()
    assert weigh_words(model, texts) == together
    assert model.calls == [3, 2, 3, 3, 3, 1]


def test_the_models_tone_is_rounded_and_its_polarity_is_the_difference():
    """Four decimals, from the tiny model, whose numbers mean nothing."""
    model = ReadingModel.load(TINY, n_threads=1)
    text = "De premier van Ajax wint."
    (tone,) = read_tone(model, [Marked(text, (3, 10))])
    assert tone == pytest.approx(model.tone([text], [(3, 10)])[0], abs=5.1e-5)
    assert all(round(value, 4) == value for value in tone)
    assert tone.polarity == round(tone.positive - tone.negative, 4)
    (found,) = weigh_words(model, [Marked(text, (3, 10), ((15, 19), (20, 24)))])
    (without,) = read_tone(model, [Marked("De premier van wint.", (3, 10))])
    assert found[0] == round(tone.polarity - without.polarity, 4)


@pytest.mark.parametrize(("word", "said"), [((2, 6), "overlap the target"), ((4, 4), "outside"), ((0, 99), "outside")])
def test_what_cannot_be_left_out_is_refused(word, said):
    """The target, nothing, and what is not there."""
    with pytest.raises(UsageError, match=said):
        leave_out("Een Ajax", word, (4, 8))
    with pytest.raises(UsageError, match="2 polarities"):
        weigh_words(Counting(), [Marked("Ajax", None)], polarities=[0.0, 0.0])
