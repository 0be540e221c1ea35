"""Exact duplicates.

Reads article ids and texts; returns for each the id of the first article with the same text. Case and white
space do not count; everything else does. Near-duplicates (an agency report that was edited) are not found here.
"""

from __future__ import annotations

import hashlib

import pandas as pd


def find_duplicates(articles: pd.DataFrame) -> pd.Series:
    """Point every repeated article to its first occurrence.

    Parameters
    ----------
    articles : DataFrame
        With columns ``article_id`` and ``text``.

    Returns
    -------
    Series of str
        ``duplicate_of``, on the index of `articles`: the smallest article_id with the same text, missing for that
        article itself. It does not depend on the order of the rows.

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["b", "a", "c"], "text": ["Een zin.", "een  ZIN.", "Iets anders."]})
    >>> find_duplicates(rows).fillna("").tolist()
    ['a', '', '']
    """
    marks = pd.Series([_fingerprint(text) for text in articles["text"]], index=articles.index, dtype="str")
    first = articles["article_id"].groupby(marks).transform("min") if len(articles) else articles["article_id"]
    return first.where(first != articles["article_id"]).astype("str").rename("duplicate_of")


def find_stories(articles: pd.DataFrame) -> pd.Series:
    """The story of every article: the first article with its text, itself where it repeats none.

    Parameters
    ----------
    articles : DataFrame
        With columns ``article_id`` and ``duplicate_of``.

    Returns
    -------
    Series of str
        Ids of articles, on the index of `articles`.

    Examples
    --------
    >>> find_stories(pd.DataFrame({"article_id": ["a", "b"], "duplicate_of": [None, "a"]})).tolist()
    ['a', 'a']
    """
    return articles["duplicate_of"].fillna(articles["article_id"])


def _fingerprint(text: str) -> str:
    return hashlib.sha256(" ".join(text.casefold().split()).encode("utf-8", "surrogatepass")).hexdigest()
