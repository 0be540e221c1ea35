"""Measurements of the reading model: words read and targets coded per second, time to load, memory.

Reads the project's own Dutch sentences (``data/annotations/target_nl``); returns plain dictionaries. Each ``measure_``
is run by `analysis.training.bench` in a process of its own. A rate is the median of several rounds, with the lowest and
highest beside it; what is compared with each other takes turns within a round, so that a busy minute touches both.
"""

from __future__ import annotations

import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.contracts.errors import InputError
from analysis.contracts.paths import DATA
from analysis.contracts.tables import make_table
from analysis.reading import load_reading_model, read_articles
from analysis.reading.model import ReadingModel
from analysis.training import bench_base
from analysis.training.data import Target, read_own

PARTS = DATA / "annotations" / "target_nl" / "parts"
SENTENCES_PER_ARTICLE = 20


def pick_targets(n: int) -> list[Target]:
    """Return marked actors of the project's own sentences, evenly over the four authors' parts, one a sentence.

    Raises
    ------
    InputError
        If there are fewer sentences.
    """
    by_text = {target.text: target for path in sorted(PARTS.glob("part_*.tsv")) for target in read_own(path)[1]}
    targets = list(by_text.values())
    if n > len(targets):
        raise InputError(f"{PARTS}: {len(targets)} sentences, {n} wanted; ask for fewer")
    return [targets[i * len(targets) // n] for i in range(n)]


def thin_out(values: Sequence[int], n: int) -> list[int]:
    """Return `n` of the values, evenly spread.

    Examples
    --------
    >>> thin_out([1, 2, 3, 4, 5, 6], 2)
    [2, 5]
    """
    n = min(n, len(values))
    return [values[(2 * i + 1) * len(values) // (2 * n)] for i in range(n)]


def make_rows(sentences: Sequence[str]) -> list[dict[str, Any]]:
    """Return rows of the table ``articles``, of 20 sentences each, every sentence a paragraph."""
    rows = []
    for first in range(0, len(sentences), SENTENCES_PER_ARTICLE):
        text = "\n\n".join(sentences[first : first + SENTENCES_PER_ARTICLE])
        row = {"article_id": f"a{first:05}", "text": text, "language": "nl", "source_file": "bench"}
        empty = dict.fromkeys(("outlet", "published", "published_precision", "headline", "duplicate_of"))
        rows.append({**empty, **row, "n_words": len(text.split())})
    return rows


def time_rounds(works: Mapping[str, Callable[[], int]], n_rounds: int) -> dict[str, list[float]]:
    """Return units per second of each work, round by round; every work is warmed up once.

    Parameters
    ----------
    works
        Each does its work and returns how many units that were.
    """
    for work in works.values():
        work()
    rates: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(n_rounds):
        for name, work in works.items():
            started = time.perf_counter()
            n_units = work()
            rates[name].append(n_units / (time.perf_counter() - started))
    return rates


def summarise(values: Sequence[float]) -> dict[str, float]:
    """Return the median with the lowest and highest.

    Examples
    --------
    >>> summarise([3.0, 1.0, 2.0])
    {'median': 2.0, 'lowest': 1.0, 'highest': 3.0}
    """
    found = (statistics.median(values), min(values), max(values))
    return {name: round(value, 2) for name, value in zip(("median", "lowest", "highest"), found, strict=True)}


def measure_reading(n_sentences: int, n_rounds: int) -> dict[str, Any]:
    """Measure the whole of reading, and the network in it.

    Returns
    -------
    dict
        ``words_per_second`` of `read_articles` (sentences, tokens, network, trees, Doc); ``network_words_per_second``
        of the same words over the time spent in the reading network, its heads and the looking up of vectors included
        (encoder and heads are one graph); ``network_share`` of the time; ``n_words``. Environment variables choose the
        file and the threads.
    """
    articles = make_table("articles", make_rows([target.text for target in pick_targets(n_sentences)]))
    inside: list[float] = []
    run_network = ReadingModel._run_reader

    def timed(*arguments: Any, **options: Any) -> Any:
        started = time.perf_counter()
        try:
            return run_network(*arguments, **options)
        finally:
            inside[-1] += time.perf_counter() - started

    def work() -> int:
        inside.append(0.0)
        reading = read_articles(articles, reading="model")
        return sum(not token.is_space for doc in reading.docs.values() for token in doc)

    ReadingModel._run_reader = timed
    try:
        n_words = work()
        rates = time_rounds({"all": work}, n_rounds)["all"]
    finally:
        ReadingModel._run_reader = run_network
    seconds = inside[-n_rounds:]
    return {
        "n_words": n_words,
        "words_per_second": summarise(rates),
        "network_words_per_second": summarise([n_words / spent for spent in seconds]),
        "network_share": summarise([rate * spent / n_words for rate, spent in zip(rates, seconds, strict=True)]),
    }


def measure_tone(model: str, n_targets: int, n_base: int, n_rounds: int, n_threads: int) -> dict[str, Any]:
    """Measure tone at both precisions beside a network of RoBERTa-base's shape.

    Returns
    -------
    dict
        ``targets_per_second`` of ``exact``, ``fast`` and whichever of ``base_torch``, ``base_onnx`` and
        ``base_onnx_fast`` can be run; ``times_base_torch``: how many times as fast the first two are, round by round.

    Notes
    -----
    The base gets texts as long in pieces as the reading model's, which favours it (its own vocabulary would cut Dutch
    finer), and its cutting of texts into pieces is not counted, the reading model's is.
    """
    targets = pick_targets(n_targets)
    texts, spans = [target.text for target in targets], [(target.start, target.end) for target in targets]
    works: dict[str, Callable[[], int]] = {}
    for precision in ("exact", "fast"):
        net = ReadingModel.load(model, precision=precision, n_threads=n_threads)
        works[precision] = lambda net=net: len(net.tone(texts, spans))
    lengths = [len(net._cut_target(text, span)[0]) for text, span in zip(texts, spans, strict=True)]
    mean_pieces = round(statistics.mean(lengths), 1)
    lengths = thin_out(sorted(lengths), n_base)
    if n_base and has_module("torch") and has_module("transformers"):
        works["base_torch"] = bench_base.make_torch_base(lengths, n_threads)
    if n_base and has_module("onnx"):
        works["base_onnx"] = bench_base.make_onnx_base(lengths, n_threads)
        works["base_onnx_fast"] = bench_base.make_onnx_base(lengths, n_threads, is_fast=True)
    rates = time_rounds(works, n_rounds)
    found: dict[str, Any] = {"n_targets": n_targets, "n_base_targets": len(lengths)}
    found["mean_pieces"] = mean_pieces
    found["targets_per_second"] = {name: summarise(values) for name, values in rates.items()}
    found["times_base_torch"] = {
        name: summarise([ours / base for ours, base in zip(rates[name], rates["base_torch"], strict=True)])
        for name in ("exact", "fast")
        if "base_torch" in rates
    }
    return found


def measure_process(started: float, n: int) -> dict[str, float]:
    """Measure a process that imports the study, reads `n` sentences and codes `n` targets.

    Returns
    -------
    dict
        Seconds since `started` (the epoch) until everything is imported and until both networks have answered, seconds
        in all, and the most memory the process held.
    """
    imported = time.time()
    model = load_reading_model()
    model.read([["Ja"]])
    model.tone(["Ja"], [None])
    loaded = time.time()
    targets = pick_targets(n)
    read_articles(make_table("articles", make_rows([target.text for target in targets])), reading="model")
    model.tone([target.text for target in targets], [(target.start, target.end) for target in targets])
    return {
        "seconds_import": round(imported - started, 2),
        "seconds_load": round(loaded - imported, 2),
        "seconds": round(time.time() - started, 2),
        "peak_megabytes": round(peak_bytes() / 1e6, 1),
    }


def peak_bytes() -> int:
    """Return the most memory this process has held resident."""
    status = Path("/proc/self/status")
    if status.exists():
        # The counter of getrusage would begin with what the parent process held.
        line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    import resource  # noqa: PLC0415  POSIX alone has it

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak if sys.platform == "darwin" else peak * 1024)


def has_module(name: str) -> bool:
    """Say whether a module can be imported."""
    return importlib.util.find_spec(name) is not None
