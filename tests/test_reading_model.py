"""The runtime on a tiny file: tests/gold/make_tiny_model.py wrote it with random weights, so its readings mean nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.contracts.errors import InputError, UsageError
from analysis.reading.model import ReadingModel, SentenceReading

TINY = Path(__file__).parent / "gold" / "tiny-model.npz"
FIRST = ["Ajax", "verloor", "."]
SECOND = ["De", "premier", "van", "Ajax", "wint", "."]
TEXT = "De premier van Ajax wint."


@pytest.fixture(scope="module")
def tiny() -> ReadingModel:
    """The tiny model, on one thread."""
    return ReadingModel.load(TINY, n_threads=1)


def labels_of(reading: SentenceReading) -> list[object]:
    """Everything in a reading that is no number with decimals."""
    spans = [entity[:3] for entity in (*reading.names, *reading.phrases)]
    return [reading.upos, reading.features, reading.lemmas, reading.heads, reading.relations, spans]


def test_a_sentence_is_read(tiny):
    """A literal reading: graph, weights, tokenizer and labels of a file belong together."""
    reading = tiny.read([FIRST])[0]
    assert labels_of(reading) == [
        ["PUNCT", "PUNCT", "PUNCT"],
        [{"Number": "Sing"}, {}, {}],
        ["Ajax", "verloor", "."],
        [1, 1, 1],
        ["punct", "root", "punct"],
        [(0, 2, "group"), (2, 3, "organisation"), (0, 3, "place")],
    ]
    assert reading.names[0].probability == pytest.approx(0.5603, abs=1e-3)
    assert float(np.linalg.norm(reading.vector)) == pytest.approx(1, abs=1e-5)


def test_tone_towards_the_target(tiny):
    """Literal probabilities: another target in the same text, and the text as a whole, have a tone of their own."""
    found = tiny.tone([TEXT, TEXT, "Ajax"], [(3, 10), (15, 19), None])
    expected = [[0.1919, 0.3337, 0.4744], [0.2464, 0.2402, 0.5134], [0.2028, 0.2969, 0.5002]]
    assert found == pytest.approx(np.array(expected), abs=1e-3)
    assert found.sum(1) == pytest.approx(np.ones(3))


def test_a_sentence_is_read_the_same_in_any_company(tiny):
    """Alone, in a crowd, in the other order, and on two threads: bit by bit."""
    crowd = [FIRST, SECOND, ["Ja"], SECOND * 9, *([*SECOND, *FIRST * n] for n in range(20))]
    together = tiny.read(crowd)
    others = [
        tiny.read(crowd[::-1])[::-1],
        [tiny.read([sentence])[0] for sentence in crowd],
        ReadingModel.load(TINY, n_threads=2).read(crowd),
    ]
    for other in others:
        assert list(map(labels_of, other)) == list(map(labels_of, together))
        assert [(reading.names, reading.phrases) for reading in other] == [(r.names, r.phrases) for r in together]
        assert all(np.array_equal(a.vector, b.vector) for a, b in zip(other, together, strict=True))


@pytest.mark.parametrize("precision", ["exact", "fast"])
def test_tone_is_the_same_in_any_company(tiny, precision):
    """The same numbers, to the last digit, at either precision."""
    tiny = tiny.at_precision(precision)
    texts = [TEXT, "Ajax verloor", TEXT * 3, "De", *(f"{TEXT} {'Ajax ' * n}" for n in range(20))]
    spans = [(3, 10), (0, 4), (3, 10), None, *[(3, 10)] * 20]
    together = tiny.tone(texts, spans)
    alone = np.concatenate([tiny.tone([text], [span]) for text, span in zip(texts, spans, strict=True)])
    assert np.array_equal(together, alone)
    assert np.array_equal(together, tiny.tone(texts[::-1], spans[::-1])[::-1])
    other = ReadingModel.load(TINY, n_threads=2, precision=precision)
    assert np.array_equal(together, other.tone(texts, spans))


def test_languages_and_sentences_go_in_pairs(tiny):
    """A count that differs is a mistake of the caller."""
    with pytest.raises(UsageError, match="2 sentences but 1 languages"):
        tiny.read([FIRST, SECOND], languages=["nl"])


def test_the_fast_precision_is_near(tiny):
    """8-bit products: the same probabilities within a few hundredths."""
    fast = ReadingModel.load(TINY, precision="fast", n_threads=1)
    texts, spans = [TEXT, TEXT], [(3, 10), (15, 19)]
    assert fast.tone(texts, spans) == pytest.approx(tiny.tone(texts, spans), abs=0.03)
    assert len(fast.read([SECOND])[0].heads) == len(SECOND)


def test_a_model_at_another_precision_is_made_once(tiny):
    """It shares what lies in memory; at its own precision a model is itself."""
    fast = tiny.at_precision("fast")
    assert fast is tiny.at_precision("fast")
    assert (fast.precision, tiny.at_precision("exact") is tiny) == ("fast", True)
    with pytest.raises(UsageError, match="double"):
        tiny.at_precision("double")


def test_a_sentence_too_long_for_one_window_is_one_tree(tiny):
    """360 words: every word has a head and there is one root."""
    reading = tiny.read([["De", "premier", "verloor"] * 120])[0]
    assert len(reading.heads) == len(reading.upos) == len(reading.lemmas) == 360
    assert sum(head == place for place, head in enumerate(reading.heads)) == 1
    assert reading.relations.count("root") == 1


def test_a_text_too_long_keeps_its_target(tiny):
    """What stands far from the target is not read."""
    long = "Ajax wint. " * 400
    start = len(long)
    with_target = tiny.tone([long + "De premier verloor", long * 2 + "De premier verloor"], [
        (start + 3, start + 10), (2 * start + 3, 2 * start + 10),
    ])  # fmt: skip
    assert with_target[0] == pytest.approx(with_target[1], abs=1e-5)


def test_vectors(tiny):
    """Unit vectors, the same as reading gives; a text without words gets zeros."""
    vectors = tiny.embed(["Ajax verloor.", "", " "])
    assert vectors.shape == (3, 32)
    assert vectors[0] == pytest.approx(tiny.read([FIRST])[0].vector, abs=1e-5)
    assert not vectors[1:].any()


def test_signs_that_no_piece_covers_are_read(tiny):
    """Unknown letters, and a word that is nothing but a space for the tokenizer."""
    assert len(tiny.read([["مرحبا", "😀", "\u200b", "x" * 500]])[0].heads) == 4


def test_nothing_in_nothing_out(tiny):
    """No sentences and no texts are no error."""
    assert tiny.read([]) == []
    assert tiny.tone([], []).shape == (0, 3)
    assert tiny.embed([]).shape == (0, 32)


def test_an_empty_sentence_is_refused(tiny):
    """With its number."""
    with pytest.raises(InputError, match="sentence 1 has no words"):
        tiny.read([FIRST, []])


def test_texts_and_spans_go_in_pairs(tiny):
    """A count that differs is a mistake of the caller."""
    with pytest.raises(UsageError, match="2 texts but 1 spans"):
        tiny.tone(["a", "b"], [None])


def test_an_unknown_precision_is_refused():
    """The message lists what there is."""
    with pytest.raises(UsageError, match="precision='double': choose one of exact, fast"):
        ReadingModel.load(TINY, precision="double")


def test_a_missing_model_says_how_to_get_one(tmp_path):
    """No weights are shipped, so this is what most people see."""
    with pytest.raises(InputError, match="no reading model there; train one with `make train`"):
        ReadingModel.load(tmp_path / "reading-nl-en.npz")
