"""The whole chain: every offset holds, order does not matter, nothing is made up."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codebook.load import EMPTY
from analysis.contracts.errors import UsageError
from analysis.contracts.tables import KEYS, LAYERS, WORDS, columns_of, concat_tables, make_table
from analysis.runs.chain import check_methods, code_articles, describe_model

TINY = Path(__file__).parent / "gold" / "tiny-model.npz"
SPANS = [(name, *pair) for name in LAYERS for pair in WORDS if pair[0] in columns_of(name)]
PIECES = ["‘Jansen liegt’, zei de burgemeester.", "De raad prees Yilmaz.", "Het regende ‘zacht.", "Beeld ANP", "\n\n", "\u202bשלום\u202c", "😀",
          "Minister De Vries (41) werd door Bakker aangevallen.", "N.V. Philips c.s.", "’s Avonds", "\u00a0", "A" * 50]  # fmt: skip


def check_offsets(tables) -> None:
    """Every span lies within its article, and every text column is what it spans."""
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    for name, start, end in SPANS:
        table = getattr(tables, name)
        for row in table[table[start].notna()].to_dict("records"):
            assert 0 <= row[start] < row[end] <= len(texts[row["article_id"]]), (name, row)
            if "text" in row:
                assert texts[row["article_id"]][row[start] : row[end]] == row["text"]


def test_every_offset_of_the_seed_points_at_its_evidence(seed_tables):
    """text[start:end] is the evidence, in every table."""
    check_offsets(seed_tables)
    assert all(len(table) for _, table in seed_tables.items())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_offsets_hold_for_any_text(pieces):
    """Whatever an article holds, its tables point into it."""
    text = " ".join(pieces).strip() or "Niets."
    with pytest.MonkeyPatch.context() as patch:
        # Random weights: trees, entities and tone that no text would have must not break an offset either.
        patch.setenv("FRAMEWIJS_MODEL", str(TINY))
        check_offsets(code_articles(_articles(text), EMPTY))
    check_offsets(code_articles(_articles(text), EMPTY, reading="rules", methods=["lexicon"]))


def _articles(*texts: str) -> pd.DataFrame:
    return make_table("articles", [
        {"article_id": f"a{i}", "outlet": None, "published": None, "published_precision": None, "headline": None, "text": text,
         "language": "nl", "source_file": "x", "n_words": 1, "duplicate_of": None} for i, text in enumerate(texts)
    ])  # fmt: skip


@pytest.mark.parametrize("reading", ["model", "rules"])
def test_coding_apart_and_together_gives_the_same_tables(seed_codebook, monkeypatch, reading):
    """f(concat(parts)) == concat(f(parts)), for every table, in any order of articles."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(TINY))
    texts = [
        "‘Trump liegt’, zei de Iraanse leider.",
        "De demonstranten vielen de Amerikaanse ambassade aan.",
        "Het regende.",
    ]
    articles = _articles(*texts)
    together = code_articles(articles.iloc[::-1], seed_codebook, reading=reading)
    apart = concat_tables([code_articles(articles.iloc[[i]], seed_codebook, reading=reading) for i in (2, 0, 1)])
    for name, table in together.items():
        pd.testing.assert_frame_equal(table, getattr(apart, name))
        assert table.sort_values(KEYS[name], kind="stable").index.tolist() == list(range(len(table)))


def test_features_and_roles_rest_on_the_first_method_alone(seed_codebook, monkeypatch):
    """All methods stand in one table; the tone of an actor is the mean of the first one's rows."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(TINY))
    articles = _articles("Trump loog. Trump prees de demonstranten.")
    for methods in (("model", "lexicon"), ("lexicon",)):
        tables = code_articles(articles, seed_codebook, reading="rules", methods=methods)
        assert set(tables.evaluations["method"]) == set(methods)
        mine = tables.evaluations.query("target_id == 'trump' and method == @methods[0]")
        row = tables.features.set_index("actor_id").loc["trump"]
        assert row["n_evaluations"] == len(mine) > 0
        assert row["tone"] == pytest.approx(np.mean(mine["polarity"]))


@pytest.mark.parametrize(
    ("methods", "said"),
    [
        ((), "none is named"),
        (("model", "magic"), "unknown method 'magic'; use one or more of model, lexicon, vader"),
        (("lexicon", "model"), "the best first: model, lexicon"),
        (("model", "model"), "name each once"),
        ("model", "is one text"),
    ],
)
def test_methods_that_cannot_be_coded_together_are_refused(methods, said):
    """Each mistake has its own line, before anything is read."""
    with pytest.raises(UsageError, match=said):
        check_methods(methods)
    with pytest.raises(UsageError, match=said):
        code_articles(_articles("x"), EMPTY, methods=methods)


def test_the_model_is_named_where_it_is_used(monkeypatch):
    """By reading, by judging, or not at all: then it need not be there."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(TINY))
    named = {"file": "tiny-model.npz", "version": "tiny"}
    assert describe_model("rules", ["model"]) == describe_model("model", ["lexicon"]) == named
    monkeypatch.setenv("FRAMEWIJS_MODEL", "nowhere.npz")
    assert describe_model("rules", ["lexicon", "vader"]) is None


def test_an_article_in_another_language_keeps_its_row_and_is_not_coded(seed_codebook):
    """German is read into sentences and left alone."""
    articles = _articles("Trump lügt. Die Menge schweigt.").assign(language="de")
    tables = code_articles(articles, seed_codebook)
    assert len(tables.articles) == 1
    assert len(tables.sentences) == 2
    assert tables.mentions.empty


def test_no_articles_give_empty_tables(seed_codebook):
    """An empty corpus is no error here: every table is there, with no rows."""
    tables = code_articles(_articles("x").iloc[:0], seed_codebook)
    assert all(table.empty for _, table in tables.items())


BY_THE_NETWORK = pytest.mark.xfail(strict=True, reason="the judging network gives this shout of a crowd to a state")


@pytest.mark.parametrize(
    ("beginning", "end", "speaker"),
    [
        pytest.param("Nee, nee, Amerika", "Trump", "demonstrators", marks=BY_THE_NETWORK),
        ("De inzet van de soldaten", "faciliteiten", "esper"),
        ("in de bestorming een ‘georkestreerde", "te zien", "trump"),
        ("Iran zal volledig", "Gelukkig Nieuwjaar", "trump"),
        ("onbeschaamd", "onbeschaamd", "iran_foreign_ministry"),
        ("Opnieuw geeft die man", "andere landen.", "khamenei"),
        ("De Amerikanen zijn niet gewenst", "vertrekken", "al_khazali"),
    ],
)
def test_every_voice_of_the_seed_is_found_with_its_speaker(seed_tables, beginning, end, speaker):
    """The voices a reader would name, from the first word to the last."""
    text = seed_tables.articles["text"][0]
    spoken = {text[q.start : q.end]: q.source_id for q in seed_tables.quotes.itertuples()}
    assert [who for what, who in spoken.items() if what.startswith(beginning) and what.endswith(end)] == [speaker]
