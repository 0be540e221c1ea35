"""The reading model as a component of a spaCy pipeline: ``framewijs_reader``.

Reads Docs whose sentence boundaries are set; writes tags, features, lemmas, trees, names and actor phrases into them,
and the vectors of their sentences. What is read beside a Doc shows in none of it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc, Span

from analysis.contracts.errors import UsageError
from analysis.reading.model_loading import load_reading_model
from analysis.reading.model_windows import make_chunks
from analysis.reading.repair import repair

if TYPE_CHECKING:
    from analysis.reading.model import ReadingModel
    from analysis.reading.model_output import Entity, SentenceReading

NAME = "framewijs_reader"
ACTORS = "actors"
"""Key of the actor phrases in ``doc.spans``."""
SENTENCE_VECTORS = "sentence_vectors"
"""Key of the sentence vectors in ``doc.user_data``."""
BATCH_DOCS = 64
BLANK = "dep"
"""What a token of white space is to the word it hangs on, as spaCy's own parsers have it."""
ATTRIBUTES = ("POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START")
_POS, _MORPH, _LEMMA, _HEAD, _DEP, _START = range(len(ATTRIBUTES))


class ModelReader:
    """A pipeline component that reads Docs with the reading model.

    Parameters
    ----------
    model : ReadingModel, optional
        By default the one that `load_reading_model` gives when the first Doc comes.
    repairs : bool
        Whether trees are put in the terms that coders ask for (`analysis.reading.repair`); not where trees are scored.

    Notes
    -----
    Sets ``pos_``, ``morph``, ``lemma_``, ``head`` and ``dep_`` of every token; ``doc.ents`` (names) and
    ``doc.spans["actors"]`` (whole actor phrases, named or not) with the labels person, group, organisation,
    government, place and misc; and ``doc.user_data["sentence_vectors"]``, float32 ``[sentences, 384]``. The model does
    not see white space: such a token is a ``SPACE`` and hangs on the word before it, or after it at the beginning of
    a sentence.
    """

    def __init__(self, model: ReadingModel | None = None, *, repairs: bool = True) -> None:
        self._model = model
        self._repairs = repairs

    @property
    def model(self) -> ReadingModel:
        """The reading model, loaded at its first use."""
        return self._model or load_reading_model()

    def __call__(self, doc: Doc) -> Doc:
        """Read one Doc, in place; see `pipe`."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH_DOCS) -> Iterator[Doc]:
        """Read Docs in place, `batch_size` at a time, and yield them.

        Raises
        ------
        UsageError
            If the sentence boundaries of a Doc are not set.
        """
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            self._read(batch)
            yield from batch

    def _read(self, docs: Sequence[Doc]) -> None:
        drafts = [_Draft(doc) for doc in docs]
        places = [(draft, sentence) for draft in drafts for sentence in draft.sentences]
        for chunk in make_chunks([len(sentence) for _, sentence in places]):
            chosen = [places[i] for i in chunk]
            words = [[draft.doc[int(i)].text for i in sentence] for draft, sentence in chosen]
            languages = [draft.doc.lang_ for draft, _ in chosen]
            readings = self.model.read(words, languages=languages)
            for (draft, sentence), reading in zip(chosen, readings, strict=True):
                draft.add(sentence, reading, repair(reading.relations) if self._repairs else reading.relations)
        for draft in drafts:
            draft.write(self.model.n_hidden)


class _Draft:
    """What will be written into one Doc, as rows of numbers: a Doc may have millions of tokens."""

    def __init__(self, doc: Doc) -> None:
        if len(doc) > 1 and not doc.has_annotation("SENT_START"):
            raise UsageError(
                f"{NAME}: the sentence boundaries of a Doc are not set; put a component that sets them before it "
                "(for instance 'sentencizer'), or use read_articles"
            )
        self.doc = doc
        self.sentences: list[npt.NDArray[np.int64]] = []
        """The tokens of each sentence that are words."""
        self._rows: Any = np.zeros((len(doc), len(ATTRIBUTES)), np.uint64)
        self._vectors: dict[int, npt.NDArray[np.float32]] = {}
        self._numbers: dict[int, int] = {}
        """Which sentence of the Doc begins with a word."""
        self._names: list[Span] = []
        self._actors: list[Span] = []
        self._morphs: dict[tuple[tuple[str, str], ...], int] = {}
        self._n_sentences = 0
        self._divide()

    def _divide(self) -> None:
        """Find sentences and white space, and write the rows of white space."""
        doc, rows = self.doc, self._rows
        if not len(doc):
            return
        is_start = np.fromiter((token.is_sent_start is True for token in doc), bool, len(doc))
        is_start[0] = True
        is_space = np.fromiter((token.is_space for token in doc), bool, len(doc))
        rows[:, _START] = np.where(is_start, 1, -1).astype(np.int64).view(np.uint64)
        rows[is_space, _POS] = doc.vocab.strings["SPACE"]
        bounds = [*np.flatnonzero(is_start).tolist(), len(doc)]
        self._n_sentences = len(bounds) - 1
        for number, (start, end) in enumerate(pairwise(bounds)):
            words = start + np.flatnonzero(~is_space[start:end])
            blanks = start + np.flatnonzero(is_space[start:end])
            if len(words):
                self.sentences.append(words)
                self._numbers[int(words[0])] = number
                before = np.searchsorted(words, blanks) - 1
                heads = words[np.maximum(before, 0)]
            else:
                heads = np.full(len(blanks), start)
            rows[blanks, _HEAD] = (heads - blanks).astype(np.int64).view(np.uint64)
            strings = doc.vocab.strings
            rows[blanks, _DEP] = [strings.add("ROOT" if shift == 0 else BLANK) for shift in (heads - blanks).tolist()]
            rows[blanks, _LEMMA] = [strings.add(doc[i].text) for i in blanks.tolist()]

    def add(self, words: npt.NDArray[np.int64], reading: SentenceReading, relations: Sequence[str]) -> None:
        """Note the reading of the sentence with these words, its relations as they shall be called."""
        strings = self.doc.vocab.strings
        rows = self._rows
        rows[words, _POS] = [strings[tag] for tag in reading.upos]
        rows[words, _MORPH] = [self._add_morph(bundle) for bundle in reading.features]
        rows[words, _LEMMA] = [strings.add(lemma) for lemma in reading.lemmas]
        rows[words, _HEAD] = (words[reading.heads] - words).astype(np.int64).view(np.uint64)
        rows[words, _DEP] = [strings.add("ROOT" if name == "root" else name) for name in relations]
        self._names += self._spans(words, reading.names)
        self._actors += self._spans(words, reading.phrases)
        self._vectors[self._numbers[int(words[0])]] = reading.vector

    def _add_morph(self, bundle: dict[str, str]) -> int:
        key = tuple(bundle.items())
        if key not in self._morphs:
            self._morphs[key] = self.doc.vocab.morphology.add(bundle)
        return self._morphs[key]

    def _spans(self, words: npt.NDArray[np.int64], entities: Sequence[Entity]) -> list[Span]:
        return [Span(self.doc, int(words[e.start]), int(words[e.end - 1]) + 1, label=e.type) for e in entities]

    def write(self, n_hidden: int) -> None:
        """Write everything into the Doc; its sentence boundaries stay as they were."""
        doc = self.doc
        vectors = np.zeros((self._n_sentences, n_hidden), np.float32)
        for number, vector in self._vectors.items():
            vectors[number] = vector
        if len(doc):
            found: Any = np.ascontiguousarray(self._rows[:, :_START])
            starts: Any = np.ascontiguousarray(self._rows[:, _START:])
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", message=r"\[W026\]")  # boundaries are written after the heads
                doc.from_array(list(ATTRIBUTES[:_START]), found)
            doc.from_array(["SENT_START"], starts)
            doc.set_ents(self._names)
        doc.spans[ACTORS] = self._actors
        doc.user_data[SENTENCE_VECTORS] = vectors


@Language.factory(
    NAME,
    assigns=["token.pos", "token.morph", "token.lemma", "token.head", "token.dep", "doc.ents", "doc.spans"],
    requires=["token.is_sent_start"],
    default_config={"repairs": True},
)
def make_reader(nlp: Language, name: str, *, repairs: bool) -> ModelReader:  # noqa: ARG001  spaCy gives all three
    """Make the component ``framewijs_reader`` for a pipeline; the model is loaded when the first Doc comes."""
    return ModelReader(repairs=repairs)
