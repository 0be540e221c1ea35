"""Exact duplicates."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.duplicates import find_duplicates


def test_find_duplicates() -> None:
    """Case and white space do not count; the smallest id is the first."""
    rows = pd.DataFrame(
        {"article_id": ["c", "b", "a", "d"], "text": ["Een zin.", "een\n zin.", "Een  Zin.", "Een zin"]}
    )
    assert find_duplicates(rows).fillna("").tolist() == ["a", "a", "", ""]


def test_no_articles_have_no_duplicates() -> None:
    """An empty table gives an empty column."""
    assert find_duplicates(pd.DataFrame({"article_id": [], "text": []}, dtype="str")).empty


@given(st.lists(st.sampled_from(["Een.", "Twee.", "een.", "Drie."]), min_size=1, max_size=8).flatmap(lambda t: st.tuples(st.just(t), st.permutations(range(len(t))))))  # fmt: skip
def test_order_of_rows_does_not_matter(drawn: tuple[list[str], list[int]]) -> None:
    """Shuffled rows point to the same first articles."""
    texts, order = drawn
    rows = pd.DataFrame({"article_id": [f"a{number}" for number in range(len(texts))], "text": texts})
    shuffled = rows.iloc[order]
    assert find_duplicates(shuffled).sort_index().fillna("").tolist() == find_duplicates(rows).fillna("").tolist()
