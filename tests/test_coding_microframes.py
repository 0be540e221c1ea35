"""Micro-frames: contexts on axes of opposite words, against chance."""

import numpy as np
import pandas as pd
import pytest

from analysis import paths
from analysis.codebook import EMPTY, load_codebook
from analysis.coding.microframes import code_microframes, find_directions
from analysis.errors import CodebookError, UsageError
from analysis.reading import read_articles

SAVED = [
    "Anna won de vredesprijs omdat zij buren met elkaar verzoent.",
    "Anna bracht soep en een vriendelijk woord naar elk huis.",
    "Anna sprak zacht en gaf de kinderen bloemen.",
    "Anna stichtte vrede tussen de twee dorpen.",
]
FOUGHT = [
    "Bram sloeg met een ijzeren staaf op de ramen in.",
    "Bram stak het kamp van zijn vijanden in brand.",
    "Bram dreigde de wachters dood te schieten.",
    "Bram voerde de bende aan bij de bloedige overval.",
]


@pytest.fixture(scope="module")
def axes():
    """The axes that the project ships."""
    return load_codebook(paths.CODEBOOKS / "frames_axes.yaml")


def coded(make_articles, axes, texts=(*SAVED, *FOUGHT), **options):
    """Micro-frames of Anna and Bram, who are in four sentences each."""
    reading = read_articles(make_articles(*texts), reading="rules")
    rows = [(key, 0, text.split()[0]) for key, text in zip(reading.articles["article_id"], texts, strict=True)]
    mentions = pd.DataFrame(rows, columns=["article_id", "sentence_id", "actor_id"])
    return code_microframes(reading, mentions, axes, **options)


def test_who_makes_peace_and_who_fights_lie_on_either_side(make_articles, axes):
    """The bias of each on peaceful has its sign, is not chance, and names a sentence of the actor."""
    table = coded(make_articles, axes).set_index(["axis_id", "actor_id"])
    anna, bram = table.loc[("peaceful", "Anna")], table.loc[("peaceful", "Bram")]
    assert anna["bias"] > 0 > bram["bias"]
    assert anna["bias"] == pytest.approx(-bram["bias"])
    assert max(anna["bias_p"], bram["bias_p"]) < 0.05
    assert bram["article_id"] in {"a5", "a6", "a7", "a8"}
    assert (anna["n_sentences"], anna["sentence_id"]) == (4, 0)


def test_a_correction_never_makes_a_finding_surer(make_articles, axes):
    """Benjamini and Hochberg's values are at least the plain ones, and both are shares."""
    table = coded(make_articles, axes, n_draws=200)
    for name in ("bias", "intensity"):
        plain, adjusted = table[f"{name}_p"], table[f"{name}_p_adjusted"]
        assert (adjusted >= plain - 1e-12).all()
        assert plain.between(1 / 201, 1).all()
    assert (table["intensity"] >= 0).all()


def test_the_same_tables_give_the_same_numbers(make_articles, axes):
    """And an actor below the least number of sentences gets no row."""
    first = coded(make_articles, axes, n_draws=50)
    pd.testing.assert_frame_equal(first, coded(make_articles, axes, n_draws=50))
    assert set(coded(make_articles, axes, texts=(*SAVED, *FOUGHT[:2]), n_draws=5)["actor_id"]) == {"Anna"}
    assert coded(make_articles, axes, n_draws=5, least=9).empty


def test_names_do_not_matter(make_articles, axes):
    """Sentences dealt to the other actor change sides."""
    texts = [*(text.replace("Anna", "Bram") for text in SAVED), *(text.replace("Bram", "Anna") for text in FOUGHT)]
    table = coded(make_articles, axes, texts=texts, n_draws=5).set_index(["axis_id", "actor_id"])
    assert table.loc[("peaceful", "Bram"), "bias"] > 0


def test_a_direction_points_from_low_to_high(axes):
    """Unit length, one per axis."""
    directions = find_directions(list(axes.axes.values()))
    assert np.allclose(np.linalg.norm(directions, axis=1), 1)
    assert len(directions) == len(axes.axes)


def test_what_cannot_be_computed_is_said(make_articles, axes, write_codebook):
    """No axes, an impossible count, poles in different languages or without words."""
    with pytest.raises(UsageError, match="has no axes"):
        coded(make_articles, EMPTY)
    with pytest.raises(UsageError, match="must be at least 1"):
        coded(make_articles, axes, n_draws=0)
    text = "axes:\n  - {id: a, label: {nl: a}, low: {nl: [x]}, high: {en: [y]}}\n"
    with pytest.raises(CodebookError, match=r"line 2.*same languages"):
        load_codebook(write_codebook(text))
    with pytest.raises(CodebookError, match="must list words per language"):
        load_codebook(write_codebook(text.replace("low: {nl: [x]}, ", "")))


def test_no_mentions_no_rows(make_articles, axes):
    """An empty table with its columns."""
    reading = read_articles(make_articles("Het regent."), reading="rules")
    empty = pd.DataFrame(columns=["article_id", "sentence_id", "actor_id"])
    table = code_microframes(reading, empty, axes)
    assert table.empty
    assert {"actor_id", "axis_id", "bias"} <= set(table.columns)
