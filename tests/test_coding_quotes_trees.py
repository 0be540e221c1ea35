"""Quotes over trees: a gold sentence for every pattern and language, nested speech, and what must hold of any row."""

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
import yaml

from analysis import load_articles
from analysis.codebook.load import Codebook, load_codebook
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.coding.language.reporting import KINDS, load_reporting
from analysis.coding.quotes.find import find_quotes
from analysis.coding.quotes.rules import RULES, describe_rules, name_rule
from analysis.contracts.paths import CODEBOOKS, SEEDS
from analysis.contracts.tables import make_table
from analysis.reading import Reading, read_articles
from tests.misread import MISREAD

GOLD = Path(__file__).parent / "gold"
CODEBOOK = load_codebook(GOLD / "mentions_codebook.yaml")
LANGUAGES = ("nl", "en")
DUTCH_ONLY = {"ruling", "continued_zou", "look_back"}
"""Patterns of Dutch words or word order."""
SEEN_IN_TEXTS = {"plain_say", "set_off", "bare_clause"}
"""Patterns that repair errors of the tree, or that one language only has: no sentence of our own brings them about."""

MISREAD_TEXTS = {
    "De haven was zo vol, merkte Karel Poot op, dat geen schip kon vertrekken.",
    "Ortega is convinced that the port will open.",
}


def load_gold(language: str) -> list[dict]:
    """Gold sentences of a language."""
    return yaml.safe_load((GOLD / f"quotes_trees_{language}.yaml").read_text(encoding="utf-8"))


def read(texts: list[str], language: str) -> Reading:
    """Texts as articles a000, a001, ..., read by the model."""
    rows = [
        {
            "article_id": f"a{number:03d}", "outlet": None, "published": None, "published_precision": None,
            "headline": None, "text": text, "language": language, "source_file": "test",
            "n_words": len(text.split()), "duplicate_of": None,
        }
        for number, text in enumerate(texts)
    ]  # fmt: skip
    return read_articles(make_table("articles", rows))


def code(reading: Reading, codebook: Codebook = CODEBOOK) -> pd.DataFrame:
    """Quotes with the words said, the speaker's words, and the number of the quote that holds each."""
    mentions = find_all_mentions(reading, codebook)
    quotes = find_quotes(reading, mentions)
    texts = dict(zip(reading.articles["article_id"], reading.articles["text"], strict=True))
    named = dict(zip(mentions["mention_id"], mentions["text"], strict=True))
    return quotes.assign(
        said=[texts[row.article_id][row.start : row.end] for row in quotes.itertuples()],
        speaker=[named.get(key, "") for key in quotes["source_mention_id"]],
        outer=[0 if pd.isna(key) else int(key.rsplit("q", 1)[1]) for key in quotes["outer_id"]],
    )


@pytest.fixture(scope="module")
def coded() -> dict[str, pd.DataFrame]:
    """The quotes of the gold sentences, by language."""
    return {language: code(read([entry["text"] for entry in load_gold(language)], language)) for language in LANGUAGES}


@pytest.mark.parametrize(
    ("language", "number", "entry"),
    [
        pytest.param(
            language,
            number,
            entry,
            id=f"{language}-{number}",
            marks=MISREAD if entry["text"] in MISREAD_TEXTS else (),
        )
        for language in LANGUAGES
        for number, entry in enumerate(load_gold(language))
    ],
)
def test_gold_sentence_gives_exactly_its_quotes(
    coded: dict[str, pd.DataFrame], language: str, number: int, entry: dict
) -> None:
    """Each gold sentence yields its quotes and speakers, and no other."""
    rows = coded[language][coded[language]["article_id"] == f"a{number:03d}"]
    assert rows[["said", "speaker", "kind", "outer"]].to_numpy().tolist() == entry["quotes"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_patterns_lists_what_rows_have_and_no_more(coded: dict[str, pd.DataFrame], language: str) -> None:
    """Every name in ``rule`` is one of docs/quote-patterns.md, and every pattern over trees there gives a row."""
    used = {name_rule(rule) for rule in coded[language]["rule"]}
    known = {rule.name for rule in RULES}
    needed = {rule.name for rule in RULES if "tree" in rule.where} - SEEN_IN_TEXTS
    assert used <= known
    assert (needed - (DUTCH_ONLY if language == "en" else set())) <= used


def test_table_of_patterns_names_each_once() -> None:
    """Names are unique, and every pattern is described."""
    table = describe_rules()
    assert table["rule"].is_unique
    assert table["description"].str.len().gt(20).all()


def test_seed_gives_patterns_of_the_page_and_nested_rows_lie_within_their_outer() -> None:
    """Rows stand apart or within the quote that `outer_id` names; the words of a row hold no cue of it but `volgens`."""
    reading = read_articles(load_articles(SEEDS))
    quotes = code(reading, load_codebook(CODEBOOKS / "seed.yaml"))
    assert {name_rule(rule) for rule in quotes["rule"]} <= {rule.name for rule in RULES}
    assert {"mahdi", "trump", "esper", "khamenei", "al_khazali", "iran_foreign_ministry", "demonstrators"} <= set(
        quotes["source_id"].dropna()
    )
    places = quotes.set_index("quote_id")
    rows = list(quotes.itertuples())
    for row in rows:
        if not pd.isna(row.outer_id):
            outer = places.loc[row.outer_id]
            assert outer["start"] <= row.start < row.end <= outer["end"]
        if not pd.isna(row.cue_start):
            assert not row.start <= row.cue_start < row.end or row.cue.lower() == "volgens"
    for row, other in pairwise(rows):
        assert other.start >= row.end or other.end <= row.end


@pytest.mark.parametrize("language", LANGUAGES)
def test_reporting_words_have_kinds_that_patterns_know(language: str) -> None:
    """Every kind is filled, and no term is of an unknown one."""
    reporting = load_reporting(language)
    kinds = {kind for found in reporting.kinds.values() for kind in found}
    assert kinds == set(KINDS)
    assert reporting.about
    assert {"ontkennen", "deny"} & reporting.denials


def test_articles_apart_or_together_give_the_same_rows() -> None:
    """Coding is by article: one article more or less changes nothing."""
    texts = [entry["text"] for entry in load_gold("nl")[:4]]
    together = code(read(texts, "nl"))
    apart = code(read(texts[:2], "nl"))
    columns = ["article_id", "said", "speaker", "kind", "cue"]
    first = together[together["article_id"].isin(["a000", "a001"])][columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(first, apart[columns].reset_index(drop=True))
