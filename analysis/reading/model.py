"""The reading model at work: words in, tags, trees, entities and tone out.

Reads one file (``data/models/reading-nl-en.npz``, written by ``analysis.training.export``) with numpy, onnxruntime and
tokenizers; knows nothing of spaCy or torch. Returns plain named tuples and arrays. At the default precision neither
what is read beside a sentence, nor the order, nor the number of threads shows in a result.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from analysis.contracts.errors import InputError, UsageError
from analysis.reading.judging.network import ARRAYS_PREFIX as PREFIX
from analysis.reading.judging.network import HEADLINE, MARKED, JudgingNetwork, mark_passage
from analysis.reading.judging.passages import MAX_PIECES as MAX_JUDGED
from analysis.reading.model_file import (
    BLOCK,
    HOW_TO_GET,
    Arrays,
    FloatArray,
    read_matrices,
    read_model_file,
    read_weights,
    unpack_blocks,
)
from analysis.reading.model_loading import count_processors
from analysis.reading.model_output import Entity, SentenceReading, decode_sentence, join_stretches
from analysis.reading.model_windows import (
    MAX_PIECES,
    UNK,
    Outputs,
    Window,
    clip_outputs,
    cut_around,
    cut_stretches,
    cut_windows,
    join_windows,
    make_batches,
    make_chunks,
    never_alone,
    pad_rows,
    padded_width,
)

__all__ = ["Entity", "ReadingModel", "SentenceReading"]

PRECISIONS = ("exact", "fast")
WORD = re.compile(r"\w+(?:[-'’&./]\w+)*|[^\w\s]")
#: Words whose pieces are remembered.
MAX_REMEMBERED = 200_000


class ReadingModel:
    """The two networks and their tokenizer; make one with :meth:`load`.

    Parameters
    ----------
    path
        The model file; its matrices are read when a network is first used.
    arrays
        The rest of its content, from `analysis.reading.model_file.read_model_file`.
    precision
        ``exact``: float32 arithmetic. ``fast``: 8-bit products, more than twice as fast; probabilities may differ in
        the second decimal, and between processors. A batch shares the scale of its products, so texts are judged one
        by one: their tone knows no company at either precision. What is read in the same batch shows in trees.
    n_threads
        Threads; by default as many as the process may use.

    Raises
    ------
    UsageError
        If `precision` is neither.
    """

    def __init__(self, path: Path, arrays: Arrays, *, precision: str = "exact", n_threads: int | None = None) -> None:
        if precision not in PRECISIONS:
            raise UsageError(f"precision={precision!r}: choose one of {', '.join(PRECISIONS)}")
        self.precision = precision
        self.n_threads = n_threads or count_processors()
        self.meta: dict[str, Any] = json.loads(arrays["meta"].tobytes())
        self.labels: dict[str, list[str]] = self.meta["labels"]
        self._path = path
        self._arrays = arrays
        self._words = arrays["words"]
        #: Numbers in a vector.
        self.n_hidden = self._words.shape[1] * BLOCK
        self._tokenizer = Tokenizer.from_buffer(arrays["tokenizer"].tobytes())
        self._space = self._tokenizer.token_to_id("▁")
        self._cut: dict[str, list[int]] = {}
        self._sessions: dict[str, onnxruntime.InferenceSession] = {}
        self._others: dict[str, ReadingModel] = {}
        self._judging: JudgingNetwork | None = None
        self._lock = threading.Lock()

    def at_precision(self, precision: str) -> ReadingModel:
        """Return this model at a precision: itself, or another that shares what lies in memory already.

        Parameters
        ----------
        precision : {"exact", "fast"}
            See the class.

        Returns
        -------
        ReadingModel
            The same object for the same precision.
        """
        if precision == self.precision:
            return self
        with self._lock:
            if precision not in self._others:
                self._others[precision] = ReadingModel(
                    self._path, self._arrays, precision=precision, n_threads=self.n_threads
                )
            return self._others[precision]

    @classmethod
    def load(cls, path: Path | str, *, precision: str = "exact", n_threads: int | None = None) -> ReadingModel:
        """Load a model file.

        Parameters
        ----------
        path
            The model file.
        precision, n_threads
            See the class.

        Returns
        -------
        ReadingModel
            Its networks are built at their first use.

        Raises
        ------
        InputError
            If the file is missing, damaged or not a model of this format.
        """
        return cls(Path(path), read_model_file(path), precision=precision, n_threads=n_threads)

    def read(
        self, sentences: Sequence[Sequence[str]], *, languages: Sequence[str] | None = None
    ) -> list[SentenceReading]:
        """Read sentences of words.

        Parameters
        ----------
        sentences
            One list of words per sentence; none may be empty.
        languages
            The language of each sentence, which decides its lemmas and nothing else; None: all are Dutch.

        Returns
        -------
        list of SentenceReading
            In the order given.

        Raises
        ------
        InputError
            If a sentence has no words.
        UsageError
            If there are not as many languages as sentences.

        Notes
        -----
        A sentence of more than 190 pieces is read in windows that overlap: no attachment is seen that no window holds.
        One of more than 400 words is read in stretches, which hang on the first.
        """
        if languages is not None and len(languages) != len(sentences):
            raise UsageError(f"{len(sentences)} sentences but {len(languages)} languages: give one each, or None")
        stretches: list[tuple[int, int, int]] = []
        for row, words in enumerate(sentences):
            if not words:
                raise InputError(f"sentence {row} has no words: leave empty sentences out")
            stretches += [(row, start, end) for start, end in cut_stretches(words)]
        parts: list[list[SentenceReading]] = [[] for _ in sentences]
        for chunk in make_chunks([end - start for _, start, end in stretches]):
            chosen = [stretches[i] for i in chunk]
            texts = [sentences[row][start:end] for row, start, end in chosen]
            for (row, _, _), words, found in zip(chosen, texts, self._read_chunk(texts), strict=True):
                language = languages[row] if languages else "nl"
                parts[row].append(decode_sentence(words, found, self.labels, self.meta["tags"], language))
        return [join_stretches(found) for found in parts]

    def _read_chunk(self, texts: Sequence[Sequence[str]]) -> Iterator[Outputs]:
        """Yield the network's outputs for each stretch of words."""
        by_row = [self._window(row, words) for row, words in enumerate(texts)]
        windows = [window for row in by_row for window in row]
        found: dict[tuple[int, int], Outputs] = {}
        for batch in make_batches([len(window.ids) for window in windows]):
            chosen = [windows[i] for i in batch]
            outputs = self._run_reader(chosen)
            for place, window in enumerate(chosen):
                found[window.row, window.start] = clip_outputs(outputs, place, window.end - window.start)
        for row, words in enumerate(texts):
            yield join_windows(by_row[row], [found.pop((row, window.start)) for window in by_row[row]], len(words))

    def tone(
        self,
        texts: Sequence[str],
        spans: Sequence[tuple[int, int] | None],
        languages: Sequence[str] | None = None,
    ) -> npt.NDArray[np.float64]:
        """Return the calibrated tone of texts towards their marked targets.

        Parameters
        ----------
        texts
            Sentences or headlines.
        spans
            Half-open character offsets of each target; None: the text as a whole.
        languages
            Language of each text; the network reads both alike, so that it changes nothing.

        Returns
        -------
        ndarray
            ``float64 [n, 3]``: probability of negative, neutral, positive.

        Raises
        ------
        UsageError
            If there are not as many spans, or languages, as texts.

        Notes
        -----
        Of a text of more than 510 pieces, those around the target are read.
        """
        if len(texts) != len(spans):
            raise UsageError(f"{len(texts)} texts but {len(spans)} spans: give one span, or None, each")
        if languages is not None and len(languages) != len(texts):
            raise UsageError(f"{len(texts)} texts but {len(languages)} languages: give one each")
        passages = [mark_passage(*self._cut_target(text, span)) for text, span in zip(texts, spans, strict=True)]
        return self.judging.tone(passages, [HEADLINE if span is None else MARKED for span in spans])

    @property
    def judging(self) -> JudgingNetwork:
        """The network that judges, with its heads; built at its first use."""
        with self._lock:
            if self._judging is None:
                if "judging" not in self.meta:
                    raise InputError(f"{self._path}: reads, but holds no network that judges; {HOW_TO_GET}")
                weights = {name.partition(".")[2]: values for name, values in read_matrices(self._path, PREFIX).items()}
                self._judging = JudgingNetwork(self, weights, self.meta["judging"])
            return self._judging

    @property
    def tokenizer(self) -> Tokenizer:
        """Cuts text into pieces."""
        return self._tokenizer

    def run(self, network: str, names: Sequence[str], feeds: dict[str, npt.NDArray[Any]]) -> list[npt.NDArray[Any]]:
        """Run a network of the file on ready-made inputs."""
        return list(self._session(network).run(list(names), feeds))

    def embed(self, texts: Sequence[str]) -> FloatArray:
        """Return unit sentence vectors.

        Parameters
        ----------
        texts
            Sentences; of a text of more than 190 pieces only the beginning is read.

        Returns
        -------
        ndarray
            ``float32 [n, 384]``; a text of no words gets zeros.
        """
        vectors = np.zeros((len(texts), self.n_hidden), np.float32)
        words = [WORD.findall(text) for text in texts]
        filled = [i for i, found in enumerate(words) if found]
        windows = [self._window(i, words[i])[0] for i in filled]
        for batch in make_batches([len(window.ids) for window in windows]):
            chosen = [windows[i] for i in batch]
            vectors[[window.row for window in chosen]] = self._run_reader(chosen, ["sentence"])["sentence"]
        return vectors

    def _cut_word(self, word: str) -> list[int]:
        """Return the pieces of a word, at least one and at most a quarter of a window."""
        ids = self._cut.get(word)
        if ids is None:
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids
            if len(ids) > 1 and ids[0] == self._space:
                ids = ids[1:]
            ids = ids[: MAX_PIECES // 4] or [UNK]
            if len(self._cut) < MAX_REMEMBERED:
                self._cut[word] = ids
        return ids

    def _window(self, row: int, words: Sequence[str]) -> list[Window]:
        return list(cut_windows(row, [self._cut_word(word) for word in words]))

    def _cut_target(self, text: str, span: tuple[int, int] | None) -> tuple[list[int], list[int]]:
        """Return the pieces of a text and a flag for each that touches the span."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        start, end = span or (0, 0)
        flags = [int(a < end and b > start and b > a) for a, b in encoding.offsets]
        return cut_around(encoding.ids, flags, MAX_JUDGED - 2)

    def input_vectors(self, network: str, ids: npt.NDArray[np.int64], types: npt.NDArray[np.int64]) -> FloatArray:
        """Return word + position + type embeddings ``[batch, pieces, hidden]``."""
        unique, places = np.unique(ids, return_inverse=True)
        rows = unpack_blocks(self._words[unique])
        positions = self._arrays[f"{network}.positions"][: ids.shape[1]].astype(np.float32)
        vectors = rows[places.reshape(ids.shape)] + positions
        vectors += self._arrays[f"{network}.types"][types]
        return np.asarray(vectors, np.float32)

    def _run_reader(self, windows: Sequence[Window], names: Sequence[str] | None = None) -> Outputs:
        """Return the reader's outputs of those names (by default all) for a batch of windows of one width."""
        session = self._session("reader")
        width = padded_width(len(windows[0].ids))  # of the words too, which are fewer: company decides neither
        chosen = never_alone(windows)
        ids, mask = pad_rows([window.ids for window in chosen], width=width)
        firsts, _ = pad_rows([window.firsts for window in chosen], 0, width=width)
        vectors = self.input_vectors("reader", ids, np.zeros_like(ids))
        wanted = list(names or (output.name for output in session.get_outputs()))
        feeds = {"vectors": vectors, "mask": mask, "firsts": firsts}
        found = [values[: len(windows)] for values in session.run(wanted, feeds)]
        return dict(zip(wanted, found, strict=True))

    def _session(self, network: str) -> onnxruntime.InferenceSession:
        """Return a network's session, built at its first use."""
        with self._lock:
            if network not in self._sessions:
                self._sessions[network] = self._build_session(network)
            return self._sessions[network]

    def _build_session(self, network: str) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.n_threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False
        # Threads that wait busily took more than half of the processor time, and of the time of neighbours.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        weights = {
            name: onnxruntime.OrtValue.ortvalue_from_numpy(values)
            for name, values in read_weights(self._path, network).items()
        }
        options.add_external_initializers(list(weights), list(weights.values()))
        graph = self._arrays[f"graph.{network}.{self.precision}"].tobytes()
        # Matrices folded into float32 would take three times the memory, to save an eighth of the time at most.
        return onnxruntime.InferenceSession(
            graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=["ConstantFolding"]
        )
