"""The chain: articles in, every table out.

Reads the table ``articles`` and a codebook; returns `Tables`. Mentions, quotes and evaluations are made together, since
they mend each other; every table after them by the coder that its `Layer` names, from what that coder's parameters
name. Nothing else is done here, so that coding articles apart or together gives the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from inspect import signature
from typing import Any

import pandas as pd

from analysis.codebook.load import Codebook
from analysis.coding.coreference.resolve import resolve_pronouns
from analysis.coding.coreference.speakers import resolve_speakers
from analysis.coding.evaluations.code import code_evaluations, judge_articles
from analysis.coding.frames.methods import DEFAULT, check_frame_methods
from analysis.coding.frames.model import FrameModel
from analysis.coding.mentions.find import find_mentions
from analysis.coding.quotes.find import find_quotes
from analysis.contracts.errors import UsageError
from analysis.contracts.schema import METHODS_BY_PREFERENCE
from analysis.contracts.tables import LAYERS, Layer, Tables, make_table
from analysis.reading import Reading, load_reading_model, read_articles
from analysis.reading.model_loading import reading_model_path

COMMON = ("reading", "codebook", "captions")
"""What a coder is given besides tables, where it has a parameter of this name."""
METHODS = ("model", "lexicon")
"""Methods that judge when none are named: the model, and the lexicon to set beside it."""


def code_articles(
    articles: pd.DataFrame,
    codebook: Codebook,
    *,
    reading: str = "model",
    methods: Sequence[str] = METHODS,
    frames: Sequence[str] = DEFAULT,
    frame_model: FrameModel | None = None,
    metonyms: bool = True,
    captions: bool = False,
    precision: str = "exact",
) -> Tables:
    """Read and code articles.

    Parameters
    ----------
    articles : DataFrame
        Table ``articles``, as `load_articles` returns it.
    codebook : Codebook
        Actors and frames to look for.
    reading : str, default "model"
        How text is read; see `analysis.reading.read_articles`.
    methods : sequence of str, default ("model", "lexicon")
        Methods that judge, the best first; all their evaluations stand in one table. Roles and features rest on the
        first alone.
    frames : sequence of str, default ("auto", "patterns")
        Methods that answer the questions of frames: what the first says counts, the others stand beside it in the
        table. ``auto`` is for every question the best method that can answer it; see `code_frames`.
    frame_model : FrameModel, optional
        A model of frames of your own, from `fit_frames`.
    metonyms : bool, default True
        Read a capital that acts or speaks (`Washington reageerde`) as its government.
    captions : bool, default False
        Let photo captions count for evaluations, actions, frames and the shares built on them. Actors
        in captions are always found.
    precision : {"exact", "fast"}, default "exact"
        Arithmetic of the network that judges; see `code_evaluations`.

    Returns
    -------
    Tables
        All tables, features last.

    Raises
    ------
    UsageError
        For no method, an unknown one, or methods that do not stand in the order of `METHODS_BY_PREFERENCE`, by which
        charts choose among them. Likewise for methods of frames.

    Examples
    --------
    >>> from analysis import load_articles, load_codebook, paths
    >>> tables = code_articles(load_articles(paths.SEEDS), load_codebook(paths.CODEBOOKS / "seed.yaml"))
    >>> list(tables.articles["published"])
    ['2020-01']
    """
    check_methods(methods)
    check_frame_methods(frames)
    read = read_articles(articles, reading=reading)
    mentions, quotes, evaluations = _find_voices(
        read, codebook, methods, metonyms=metonyms, captions=captions, precision=precision
    )
    made: dict[str, Any] = {
        "reading": read, "codebook": codebook, "captions": captions, "judging_method": methods[0],
        "frame_method": frames[0], "frame_methods_beside": frames[1:], "frame_model": frame_model,
        "articles": read.articles, "sentences": read.sentences,
        "mentions": mentions, "quotes": quotes, "evaluations": evaluations,
    }  # fmt: skip
    for name, layer in LAYERS.items():
        if name not in made:
            made[name] = _call(layer, made)
    return Tables(**{name: made[name] for name in LAYERS})


def _find_voices(
    read: Reading, codebook: Codebook, methods: Sequence[str], *, metonyms: bool, captions: bool, precision: str
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Mentions, quotes and evaluations: a speaker is whom `I` means, and the network that judges names speakers too."""
    mentions = find_mentions(read, codebook, metonyms=metonyms)
    mentions = resolve_pronouns(read, mentions, codebook=codebook)
    quotes = find_quotes(read, mentions, patterns=codebook.quote_patterns)
    mentions = resolve_speakers(read, mentions, quotes)
    judged = []
    if "model" in methods:
        found, quotes = judge_articles(read, mentions, quotes, captions=captions, precision=precision)
        judged.append(found)
    judged += [
        code_evaluations(read, mentions, quotes, method=method, captions=captions)
        for method in methods
        if method != "model"
    ]
    return mentions, quotes, make_table("evaluations", pd.concat(judged, ignore_index=True))


def _call(layer: Layer, made: Mapping[str, Any]) -> pd.DataFrame:
    """Make a table by its coder, from what there is by now."""
    module, _, function = layer.code.partition(":")
    coder = getattr(import_module(module), function)
    named = {name: name for name in signature(coder).parameters if name in COMMON or name in LAYERS}
    named.update(layer.given)
    table: pd.DataFrame = coder(**{name: made[source] for name, source in named.items()})
    return table


def check_methods(methods: Sequence[str]) -> None:
    """Refuse methods that cannot be coded together.

    Raises
    ------
    UsageError
        For no method, an unknown one, one named twice, or another order than that of `METHODS_BY_PREFERENCE`.

    Examples
    --------
    >>> check_methods(["model", "vader"])
    """
    known = ", ".join(METHODS_BY_PREFERENCE)
    if isinstance(methods, str):
        raise UsageError(f"methods: '{methods}' is one text; give a list such as ('model', 'lexicon')")
    if unknown := [method for method in methods if method not in METHODS_BY_PREFERENCE]:
        raise UsageError(f"methods: unknown method '{unknown[0]}'; use one or more of {known}")
    ordered = [method for method in METHODS_BY_PREFERENCE if method in methods]
    if not ordered:
        raise UsageError(f"methods: none is named; use one or more of {known}")
    if list(methods) != ordered:
        raise UsageError(
            f"methods: {', '.join(methods)}: name each once, the best first: {', '.join(ordered)}. Features and charts "
            "rest on the first; for another leave out those before it"
        )


def describe_model(
    reading: str, methods: Sequence[str], frames: Sequence[str] = ("patterns",)
) -> dict[str, str] | None:
    """Name and version of the reading model's file; None where neither reading, judging nor framing uses it."""
    if reading != "model" and "model" not in methods and set(frames) <= {"patterns"}:
        return None
    return {"file": reading_model_path().name, "version": str(load_reading_model().meta.get("version", "unknown"))}
