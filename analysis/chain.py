"""The chain: articles in, every table out.

Reads the table ``articles`` and a codebook; returns `schema.Tables`. This module runs the rooms in a row and
does nothing of its own, so that coding articles apart or together gives the same rows.
"""

from __future__ import annotations

import pandas as pd

from analysis.codebook import Codebook
from analysis.coding.actions import code_actions
from analysis.coding.evaluations import code_evaluations
from analysis.coding.frames import code_frames
from analysis.coding.mentions import find_mentions
from analysis.coding.quotes import find_quotes
from analysis.coding.roles import code_roles
from analysis.measures.features import build_features
from analysis.reading import read_articles
from analysis.schema import Tables


def code_articles(
    articles: pd.DataFrame,
    codebook: Codebook,
    *,
    reading: str = "rules",
    metonyms: bool = True,
    captions: bool = False,
) -> Tables:
    """Read and code articles.

    Parameters
    ----------
    articles : DataFrame
        Table ``articles``, as `load_articles` returns it.
    codebook : Codebook
        Actors and frames to look for.
    reading : str, default "rules"
        How text is read; see `analysis.reading.read_articles`.
    metonyms : bool, default True
        Read a capital that acts or speaks (`Washington reageerde`) as its government.
    captions : bool, default False
        Let photo captions count for evaluations, actions, frames and the shares built on them. Actors
        in captions are always found.

    Returns
    -------
    Tables
        All tables, features last.

    Examples
    --------
    >>> from analysis import load_articles, load_codebook, paths
    >>> tables = code_articles(load_articles(paths.SEEDS), load_codebook(paths.CODEBOOKS / "seed.yaml"))
    >>> list(tables.articles["published"])
    ['2020-01']
    """
    read = read_articles(articles, reading=reading)
    mentions = find_mentions(read, codebook, metonyms=metonyms)
    quotes = find_quotes(read, mentions)
    evaluations = code_evaluations(read, mentions, quotes, captions=captions)
    actions = code_actions(read, mentions, captions=captions)
    frames = code_frames(read, codebook, captions=captions)
    roles = code_roles(mentions, evaluations, actions, frames)
    features = build_features(
        read.articles,
        read.sentences,
        mentions,
        quotes,
        evaluations,
        actions,
        frames,
        roles,
        codebook=codebook,
        captions=captions,
    )
    return Tables(read.articles, read.sentences, mentions, quotes, evaluations, actions, frames, roles, features)
