"""Parts of a corpus: outlets, periods, and sentences of one's own."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.contracts.errors import InputError, UsageError
from analysis.corpus import load_corpus
from analysis.corpus.selection import articles_from_texts, keep_once, select_articles


@pytest.fixture
def articles() -> pd.DataFrame:
    """Five articles: a day, a month, a year, no date; two outlets and none."""
    table = articles_from_texts(["een", "twee", "drie", "vier", "vijf"])
    return table.assign(
        outlet=pd.Series(["De Courant", "Het Blad", "De Courant", "Het Blad", None], dtype="str"),
        published=pd.Series(["2020-01-15", "2020-01", "2020", None, "2021-03-02"], dtype="str"),
    )


@pytest.mark.parametrize(
    ("outlets", "dates", "kept"),
    [
        (None, None, [1, 2, 3, 4, 5]),
        (["De Courant"], None, [1, 3]),
        (None, ("2020-01-10", "2020-01-20"), [1, 2, 3]),
        (None, ("2020-01-16", "2020-01-20"), [2, 3]),
        (None, ("2020-02", "2020-02"), [3]),
        (None, ("2021", None), [5]),
        (None, (None, "2020"), [1, 2, 3]),
        (["Het Blad"], ("2020-01", "2020-01"), [2]),
    ],
)
def test_articles_are_kept_by_outlet_and_by_date_as_far_as_it_is_known(articles, outlets, dates, kept):
    """A month may lie within a fortnight; an undated article lies nowhere."""
    selected = select_articles(articles, outlets=outlets, dates=dates)
    assert list(selected["article_id"]) == [f"example{n}" for n in kept]
    assert list(selected.index) == list(range(len(kept)))


def test_without_articles_the_reason_of_the_refusals_is_repeated(tmp_path):
    """The first reason with its remedy, and how many more there are, as at the command line."""
    (tmp_path / "a.csv").write_text("Krant,Aantal\nDe Courant,3\n", encoding="utf-8")
    corpus = load_corpus(tmp_path)
    reason = (
        r"a\.csv: no column with the text of the articles among: Krant, Aantal\. .* \(text=\.\.\., published=\.\.\.\)\."
    )
    with pytest.raises(InputError, match=reason):
        select_articles(corpus.articles, notices=corpus.notices)
    (tmp_path / "b.txt").touch()
    corpus = load_corpus(tmp_path)
    with pytest.raises(InputError, match="So were 1 more files or rows"):
        select_articles(corpus.articles, notices=corpus.notices)


def test_an_empty_selection_says_what_there_is(articles):
    """Nobody should draw charts of nothing by a slip of the pen."""
    with pytest.raises(InputError, match="the corpus has De Courant, Het Blad"):
        select_articles(articles, outlets=["de courant"])
    with pytest.raises(InputError, match="dates from 2020 to 2021-03-02"):
        select_articles(articles, dates=("1999", "2000"))
    with pytest.raises(InputError, match="show the notices of load_corpus"):
        select_articles(articles.iloc[:0])
    with pytest.raises(UsageError, match="'1 mei 2020' is not understood"):
        select_articles(articles, dates=("1 mei 2020", None))
    with pytest.raises(UsageError, match="'2020-13' is not understood"):
        select_articles(articles, dates=("2020-13", None))


def test_each_text_once_also_where_the_first_printing_is_gone():
    """A repetition counts where the article that it repeats was left out, and then only once."""
    articles = articles_from_texts(["Een.", "Een.", "Een.", "Twee."])
    articles["duplicate_of"] = [None, "example1", "example1", None]
    assert list(keep_once(articles, articles)["article_id"]) == ["example1", "example4"]
    rest = articles.iloc[1:]
    assert list(keep_once(rest, rest)["article_id"]) == ["example2", "example4"]
