"""Part of a corpus: by outlet and date, each text once, or a few sentences of one's own.

Reads the table ``articles`` or plain texts; returns the table ``articles``. A date is compared to the precision it is
known: a month is not the first of the month.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.tables import make_table
from analysis.corpus.duplicates import find_stories
from analysis.corpus.loading import explain_refusals

_FIRST = {4: "-01-01", 7: "-01", 10: ""}
_LAST = {4: "-12-31", 7: "-31", 10: ""}


def select_articles(
    articles: pd.DataFrame,
    *,
    outlets: Collection[str] | None = None,
    dates: tuple[str | None, str | None] | None = None,
    notices: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Articles of some outlets, or of a period.

    Parameters
    ----------
    articles : DataFrame
        Table ``articles``.
    outlets : collection of str, optional
        Outlets to keep; by default all.
    dates : (first, last), optional
        Days, months or years as ISO 8601 texts, both included; None leaves a side open. An article of which only the
        month or year is known is kept when part of that month or year falls within. Undated articles are left out.
    notices : DataFrame, optional
        Table ``notices`` of the same corpus, to say why there are no articles.

    Returns
    -------
    DataFrame
        Table ``articles``.

    Raises
    ------
    InputError
        When no article is left; the message says what there is.
    UsageError
        When a date is no ISO 8601 text.

    Examples
    --------
    >>> articles = articles_from_texts(["Het regent."])
    >>> select_articles(articles, outlets=["De Courant"])
    Traceback (most recent call last):
    analysis.contracts.errors.InputError: no article of outlet De Courant is left; the corpus has no ...
    """
    if articles.empty:
        raise InputError(
            "No article could be loaded; show the notices of load_corpus to see why"
            if notices is None
            else explain_refusals(notices)
        )
    kept = articles
    if outlets is not None:
        kept = kept[kept["outlet"].isin(list(outlets))]
        if kept.empty:
            known = ", ".join(sorted(map(str, articles["outlet"].dropna().unique()))) or "no outlet at all"
            raise InputError(
                f"no article of outlet {', '.join(outlets)} is left; the corpus has {known}. "
                "Change outlets, or set it to None for all"
            )
    if dates is not None:
        first, last = (_bound(dates[0], _FIRST, "0000-01-01"), _bound(dates[1], _LAST, "9999-12-31"))
        published = kept["published"]
        earliest = published.map(lambda day: day + _FIRST[len(day)], na_action="ignore")
        latest = published.map(lambda day: day + _LAST[len(day)], na_action="ignore")
        inside = published.notna() & (earliest.fillna("") <= last) & (latest.fillna("") >= first)
        if not inside.any():
            days = published.dropna()
            known = f"dates from {days.min()} to {days.max()}" if len(days) else "no dates"
            raise InputError(f"no article lies within the dates asked for; the corpus has {known}. Change dates")
        kept = kept[inside]
    return kept.reset_index(drop=True)


def keep_once(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Rows of the articles that repeat no other: a wire story in three outlets counts once.

    Parameters
    ----------
    table : DataFrame
        Any table with the column ``article_id``.
    articles : DataFrame
        Table ``articles``; what repeats another article word for word has its id in ``duplicate_of``.

    Returns
    -------
    DataFrame
        The rows of the first article of each text that `articles` has, by id.

    Notes
    -----
    An agency report that an outlet shortened or rewrote is another text, and stays.

    Examples
    --------
    >>> articles = articles_from_texts(["Het regent.", "Het regent."]).assign(duplicate_of=[None, "example1"])
    >>> list(keep_once(articles, articles)["article_id"])
    ['example1']
    """
    ordered = articles[["article_id", "duplicate_of"]].sort_values("article_id")
    is_again = find_stories(ordered).duplicated()
    return table[~table["article_id"].isin(set(ordered.loc[is_again, "article_id"]))]


def articles_from_texts(texts: Sequence[str], *, language: str = "nl") -> pd.DataFrame:
    """Texts of one's own as articles, to try a method out.

    Parameters
    ----------
    texts : sequence of str
        One text an article.
    language : str, default "nl"
        Their language.

    Returns
    -------
    DataFrame
        Table ``articles``, with ids ``example1``, ``example2``, ...

    Examples
    --------
    >>> list(articles_from_texts(["Het regent.", "Het waait."])["article_id"])
    ['example1', 'example2']
    """
    rows = [
        {
            "article_id": f"example{number}",
            "outlet": None,
            "published": None,
            "published_precision": None,
            "headline": None,
            "text": text,
            "language": language,
            "source_file": f"example{number}",
            "n_words": len(text.split()),
            "duplicate_of": None,
        }
        for number, text in enumerate(texts, start=1)
    ]
    return make_table("articles", rows)


def _bound(day: str | None, rest: dict[int, str], default: str) -> str:
    if day is None:
        return default
    try:
        complete = str(day) + rest[len(str(day))]
        pd.Timestamp(str(day) + _FIRST[len(str(day))])
    except (KeyError, ValueError) as error:
        raise UsageError(f"the date {day!r} is not understood; write 2020-01-31, 2020-01 or 2020") from error
    return complete
