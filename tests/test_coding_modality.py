"""Modality: what negates, hedges, asks, conditions or denies a word, by the tree."""

from __future__ import annotations

import pytest

from analysis.coding.syntax.modality import Modality, find_modality
from analysis.reading import read_articles
from analysis.reading.model_loading import reading_model_path
from tests.misread import MISREAD


@pytest.mark.skipif(not reading_model_path().is_file(), reason="the reading model is not in data/models")
@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Jansen is corrupt.", "corrupt", Modality()),
        ("Jansen is niet corrupt.", "corrupt", Modality(negated=True)),
        ("Jansen is niet alleen corrupt, maar ook lui.", "corrupt", Modality()),
        ("Ik geloof niet dat Jansen loog.", "loog", Modality(negated=True)),
        ("Jansen zou corrupt zijn.", "corrupt", Modality(hedged=True)),
        ("Er zijn aanwijzingen dat Jansen fraude pleegde.", "pleegde", Modality(hedged=True)),
        ("Jansen is hoogstwaarschijnlijk corrupt.", "corrupt", Modality(hedged=True)),
        ("Is Jansen corrupt?", "corrupt", Modality(question=True)),
        ("Als Jansen de raad bedriegt, moet hij weg.", "bedriegt", Modality(conditional=True)),
        ("Mocht blijken dat Jansen fraude pleegde, dan grijpt de partij in.", "pleegde", Modality(conditional=True)),
        ("Jansen ontkent dat hij loog.", "loog", Modality(denied=True)),
        pytest.param("Zijn partij spreekt tegen dat Jansen loog.", "loog", Modality(denied=True), marks=MISREAD),
        ("Niemand ontkent dat Jansen loog.", "loog", Modality()),
    ],
)
def test_signs_bear_along_the_tree(make_articles, text, word, expected):
    """One sentence for each way; a denial that is denied is none."""
    doc = read_articles(make_articles(text)).docs["a1"]
    token = next(one for one in doc if one.text == word)
    assert find_modality(token) == expected
