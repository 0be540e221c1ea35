"""The judging network on the tiny file, whose numbers mean nothing: shapes, sums, and the same in any company."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.reading.judging import network
from analysis.reading.judging.passages import Material, Mention, Quote, Sentence, cut_passages
from analysis.reading.model import ReadingModel

TINY = Path(__file__).parent / "gold" / "tiny-model.npz"
TEXT = "De premier van Ajax wint. Ajax verloor."


@pytest.fixture(scope="module")
def tiny() -> ReadingModel:
    """The tiny model, on one thread."""
    return ReadingModel.load(TINY, n_threads=1)


def cut(model: ReadingModel, text: str = TEXT, repeat: int = 1):
    """Passages of a text that names two actors in each of its copies."""
    whole = " ".join([text] * repeat)
    encoding = model.tokenizer.encode(whole, add_special_tokens=False)
    size = len(text) + 1
    sentences = [
        s for n in range(repeat) for s in (Sentence(2 * n, n * size, n * size + 25), Sentence(2 * n + 1, n * size + 26, n * size + 39))
    ]  # fmt: skip
    mentions = [m for n in range(repeat) for m in (Mention(n * size + 3, n * size + 10, "premier"), Mention(n * size + 15, n * size + 19, "ajax"))]  # fmt: skip
    material = Material(encoding.ids, encoding.offsets, sentences, mentions, [Quote(26, 38, True, "premier")])
    return cut_passages(material)


def test_a_passage_is_answered(tiny):
    """A tone for each pair, a share for each piece of its sentence, a chance for each candidate."""
    (passage,) = cut(tiny)
    (found,) = tiny.judging.judge([passage])
    assert found.tones.shape == (4, 3)
    assert found.tones.sum(1) == pytest.approx(np.ones(4))
    assert found.words.sum(1) == pytest.approx(np.ones(4))
    for pair, words in zip(passage.pairs, found.words, strict=True):
        _, first, last, _ = passage.sentences[pair.sentence]
        assert words[first:last].sum() == pytest.approx(1)
    assert all(len(chances) in (0, 4) for chances in found.sources)
    assert all(chances.sum() == pytest.approx(1) for chances in found.sources if len(chances))
    assert [len(chances) for chances in found.speakers] == [4]
    assert found.speakers[0].sum() == pytest.approx(1)
    assert set(found.grounds) <= set(range(len(network.GROUNDS))) and set(found.moods) <= set(range(len(network.MOODS)))


@pytest.mark.parametrize("precision", ["exact", "fast"])
def test_a_passage_is_judged_the_same_in_any_company(tiny, precision):
    """Alone, in a crowd of long and short ones, in the other order, on two threads: the same digits."""
    model = tiny.at_precision(precision)
    crowd = [passage for repeat in (1, 2, 3, 4, 6, 1, 12) for passage in cut(model, repeat=repeat)]
    together = model.judging.judge(crowd)
    others = [
        model.judging.judge(crowd[::-1])[::-1],
        [model.judging.judge([passage])[0] for passage in crowd],
        ReadingModel.load(TINY, n_threads=2, precision=precision).judging.judge(crowd),
    ]
    for other in others:
        assert all(np.array_equal(a.tones, b.tones) for a, b in zip(other, together, strict=True))
        assert all(np.array_equal(a.words, b.words) for a, b in zip(other, together, strict=True))


def test_a_passage_without_actors_has_no_answers(tiny):
    """Nothing is asked."""
    encoding = tiny.tokenizer.encode(TEXT, add_special_tokens=False)
    (passage,) = cut_passages(Material(encoding.ids, encoding.offsets, [Sentence(0, 0, len(TEXT))], []))
    (found,) = tiny.judging.judge([passage])
    assert found.tones.shape == (0, 3) and found.sources == []


def test_a_source_is_only_asked_for_where_there_may_be_a_judgement(tiny, monkeypatch):
    """Below the least probability nobody is the source."""
    (passage,) = cut(tiny)
    monkeypatch.setattr(network, "LEAST", 1.1)
    (found,) = tiny.judging.judge([passage])
    assert [len(chances) for chances in found.sources] == [0] * 4
