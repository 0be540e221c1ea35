"""The whole chain: every offset holds, order does not matter, nothing is made up."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.chain import code_articles
from analysis.codebook import EMPTY
from analysis.schema import KEYS, concat_tables

SPANS = [
    ("sentences", "start", "end"),
    ("mentions", "start", "end"),
    ("quotes", "start", "end"),
    ("quotes", "cue_start", "cue_end"),
    ("evaluations", "cue_start", "cue_end"),
    ("actions", "start", "end"),
    ("frames", "evidence_start", "evidence_end"),
]
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
    articles = _articles(text)
    check_offsets(code_articles(articles, EMPTY))


def _articles(*texts: str) -> pd.DataFrame:
    from analysis.schema import make_table

    return make_table("articles", [
        {"article_id": f"a{i}", "outlet": None, "published": None, "published_precision": None, "headline": None, "text": text,
         "language": "nl", "source_file": "x", "n_words": 1, "duplicate_of": None} for i, text in enumerate(texts)
    ])  # fmt: skip


def test_coding_apart_and_together_gives_the_same_tables(seed_codebook):
    """f(concat(parts)) == concat(f(parts)), for every table, in any order of articles."""
    texts = [
        "‘Trump liegt’, zei de Iraanse leider.",
        "De demonstranten vielen de Amerikaanse ambassade aan.",
        "Het regende.",
    ]
    articles = _articles(*texts)
    together = code_articles(articles.iloc[::-1], seed_codebook)
    apart = concat_tables([code_articles(articles.iloc[[i]], seed_codebook) for i in (2, 0, 1)])
    for name, table in together.items():
        pd.testing.assert_frame_equal(table, getattr(apart, name))
        assert table.sort_values(KEYS[name], kind="stable").index.tolist() == list(range(len(table)))


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


@pytest.mark.parametrize(
    ("beginning", "end", "speaker"),
    [
        ("Nee, nee, Amerika", "Trump", "demonstrators"),
        ("De inzet van de soldaten", "faciliteiten", "esper"),
        ("georkestreerde aanval", "aanval", "trump"),
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
