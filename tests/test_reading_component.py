"""The component: what it writes into a Doc, and what it leaves. The tiny model's readings mean nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from analysis.contracts.errors import UsageError
from analysis.reading.component import ModelReader
from analysis.reading.model import ReadingModel
from analysis.reading.tokens import load_pipeline, make_doc

TINY = Path(__file__).parent / "gold" / "tiny-model.npz"
READER = ModelReader(ReadingModel.load(TINY, n_threads=1))
PIECES = st.sampled_from(["Ajax ", "De ", "premier", "  ", "\n\n", ". ", "wint ", "verloor, ", "\u200b", "😀"])


def _doc(text: str, starts: list[int], language: str = "nl") -> Doc:
    return make_doc(load_pipeline("rules", language), text, starts)


def _labels(doc: Doc) -> list[object]:
    """Everything the component wrote."""
    rows = [
        (token.pos_, str(token.morph), token.lemma_, token.head.i, token.dep_, token.is_sent_start) for token in doc
    ]
    spans = [(span.start, span.end, span.label_) for span in (*doc.ents, *doc.spans["actors"])]
    return [rows, spans, doc.user_data["sentence_vectors"].tolist()]


def test_a_doc_is_read():
    """Literal rows: the reading of the runtime, with white space on the word before it."""
    doc = READER(_doc("Ajax  verloor.\n\nJa.", [0, 16]))
    assert [(token.text, token.pos_, token.head.text, token.dep_) for token in doc][:4] == [
        ("Ajax", "PUNCT", "verloor", "punct"),
        (" ", "SPACE", "Ajax", "dep"),
        ("verloor", "PUNCT", "verloor", "ROOT"),
        (".", "PUNCT", "verloor", "punct"),
    ]
    assert str(doc[0].morph) == "Number=Sing"
    assert [(entity.text, entity.label_) for entity in doc.ents][:2] == [
        ("Ajax  verloor", "group"),
        (".", "organisation"),
    ]
    assert [(span.text, span.label_) for span in doc.spans["actors"]][:1] == [("Ajax  verloor.", "place")]
    vectors = doc.user_data["sentence_vectors"]
    assert (vectors.dtype, vectors.shape) == (np.float32, (2, 32))
    assert vectors[0] == pytest.approx(READER.model.read([["Ajax", "verloor", "."]])[0].vector, abs=0)


def test_white_space_at_the_beginning_hangs_on_the_word_after_it():
    """A sentence is never empty."""
    doc = READER(_doc("\n Ajax wint.", [2]))
    assert (doc[0].pos_, doc[0].head.text, doc[0].dep_) == ("SPACE", "Ajax", "dep")
    assert len(list(doc.sents)) == len(doc.user_data["sentence_vectors"]) == 1


@pytest.mark.parametrize("text", ["", "\n\n", "Ja"])
def test_small_docs(text):
    """Nothing, nothing but white space, and one word."""
    doc = READER(_doc(text, [0]))
    assert doc.text == text
    assert doc.user_data["sentence_vectors"].shape == (len(list(doc.sents)) if text else 0, 32)
    assert not text.isspace() or not doc.user_data["sentence_vectors"].any()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(PIECES, st.booleans()), min_size=1, max_size=80))
def test_boundaries_stay_and_every_sentence_is_a_tree(pieces):
    """Text and boundaries are what they were; each sentence has one root, which every token reaches."""
    texts = [piece for piece, _ in pieces]
    starts = [sum(map(len, texts[:i])) for i, (_, is_start) in enumerate(pieces) if is_start]
    doc = _doc("".join(texts), starts)
    before = [token.is_sent_start for token in doc]
    READER(doc)
    assert doc.text == "".join(texts)
    assert [token.is_sent_start for token in doc] == before
    assert len(list(doc.sents)) == len(doc.user_data["sentence_vectors"]) == sum(before)
    for sentence in doc.sents:
        roots = [token for token in sentence if token.head == token]
        assert [root.dep_ for root in roots] == ["ROOT"]
        assert {token.i for token in roots[0].subtree} == set(range(sentence.start, sentence.end))


def test_a_doc_is_read_the_same_in_any_company():
    """Alone, in a stream, and in batches of two: bit by bit."""
    texts = ["Ajax wint. De premier verloor", "Ja", "De premier " * 80, "", "Ajax\n\nwint. " * 9]
    alone = [_labels(READER(_doc(text, [0, 11]))) for text in texts]
    for size in (2, 64):
        stream = READER.pipe([_doc(text, [0, 11]) for text in texts], batch_size=size)
        assert [_labels(doc) for doc in stream] == alone


def test_a_sentence_of_1200_words_is_one_tree():
    """Four stretches of at most 400 words, cut behind a comma: three hang on the first."""
    doc = READER(_doc("De premier van Ajax verloor, " * 200, [0]))
    assert sum(token.head == token for token in doc) == len(list(doc.sents)) == 1
    assert [token.dep_ for token in doc].count("parataxis") == 3


def test_the_language_decides_the_lemmas(monkeypatch):
    """The same letters, two words."""
    monkeypatch.setattr("analysis.reading.lemmas.AS_WRITTEN", frozenset())
    assert [READER(_doc("en was", [0], language))[1].lemma_ for language in ("nl", "en")] == ["zijn", "be"]


def test_a_pipeline_can_hold_the_component(monkeypatch):
    """By its name, behind a component that sets boundaries; the model is found by the environment."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(TINY))
    pipeline = spacy.blank("nl")
    pipeline.add_pipe("sentencizer")
    pipeline.add_pipe("framewijs_reader")
    assert pipeline.analyze_pipes()["problems"]["framewijs_reader"] == []
    docs = list(pipeline.pipe(["Ajax wint. De premier verloor.", "Ja."]))
    assert [len(doc.user_data["sentence_vectors"]) for doc in docs] == [2, 1]


def test_a_doc_without_boundaries_is_refused():
    """Guessing them would be another study's sentences."""
    with pytest.raises(UsageError, match="the sentence boundaries of a Doc are not set; put a component"):
        READER(spacy.blank("nl")("Ajax wint."))
