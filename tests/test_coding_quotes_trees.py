"""Quotes over trees: the examples of every row of patterns, gold sentences, nested speech, and what must hold of any row."""

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
from analysis.coding.quotes.patterns import describe_patterns, load_quote_patterns, name_pattern
from analysis.contracts.errors import InputError
from analysis.contracts.paths import CODEBOOKS, ROOT, SEEDS
from analysis.contracts.tables import make_table
from analysis.reading import Reading, read_articles
from analysis.runs.own_patterns import check_own_patterns
from analysis.runs.run import code_corpus
from tests.misread import MISREAD

GOLD = Path(__file__).parent / "gold"
CODEBOOK = load_codebook(GOLD / "mentions_codebook.yaml")
LANGUAGES = ("nl", "en")
MISREAD_TEXTS = {"De haven was zo vol, merkte Karel Poot op, dat geen schip kon vertrekken."}


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


EXAMPLES = [(pattern, example) for pattern in load_quote_patterns() for example in pattern.examples]


@pytest.fixture(scope="module")
def examples() -> dict[tuple[str, str], pd.DataFrame]:
    """The quotes of the examples of rows, by language and text."""
    found = {}
    for language in LANGUAGES:
        texts = list(dict.fromkeys(one.text for _, one in EXAMPLES if one.language == language))
        rows = code(read(texts, language))
        found |= {(language, text): rows[rows["article_id"] == f"a{n:03d}"] for n, text in enumerate(texts)}
    return found


@pytest.mark.parametrize(
    ("pattern", "example"),
    [
        pytest.param(one, example, id=f"{one.name}-{n}", marks=MISREAD if example.text in MISREAD_TEXTS else ())
        for n, (one, example) in enumerate(EXAMPLES)
    ],
)
def test_a_row_finds_its_examples_and_leaves_its_counter_examples(examples, pattern, example) -> None:
    """Source and content as the row says, under its name; a counter-example gives no quote by that row."""
    rows = examples[example.language, example.text]
    found = [
        {"source": row.speaker, "content": row.said}
        for row in rows.itertuples()
        if name_pattern(row.rule) == pattern.name
    ]
    assert found == ([dict(example.places)] if example.places else [])


def test_every_row_has_examples_that_match() -> None:
    """In one language at least."""
    assert not [one.name for one in load_quote_patterns() if not any(example.places for example in one.examples)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_patterns_lists_what_rows_have(coded: dict[str, pd.DataFrame], language: str) -> None:
    """Every name in ``rule`` is one of docs/quote-patterns.md."""
    assert {name_pattern(rule) for rule in coded[language]["rule"]} <= set(describe_patterns()["rule"])


def test_table_of_patterns_names_each_once() -> None:
    """Names are unique, and every pattern is described."""
    table = describe_patterns()
    assert table["rule"].is_unique
    assert table["about"].str.len().gt(20).all()


OWN_ROW = """
- name: judgement
  about: the object of any verb of speech
  cue: verb
  source: SUBJECT
  content: obj
"""


def test_rows_of_ones_own_go_first_and_take_the_place_of_a_shipped_row(tmp_path) -> None:
    """They are tried before those that are shipped."""
    (tmp_path / "quotes.yaml").write_text(OWN_ROW, encoding="utf-8")
    names = [pattern.name for pattern in load_quote_patterns(tmp_path / "quotes.yaml")]
    shipped = [pattern.name for pattern in load_quote_patterns()]
    assert names == ["judgement", *(name for name in shipped if name != "judgement")]
    reading = read(["Van Dalen zei iets onaardigs."], "nl")
    mentions = find_all_mentions(reading, CODEBOOK)
    assert find_quotes(reading, mentions, patterns=tmp_path / "quotes.yaml")["rule"].tolist() == ["judgement"]
    assert "judgement" not in find_quotes(reading, mentions)["rule"].tolist()


def test_seed_gives_patterns_of_the_page_and_nested_rows_lie_within_their_outer() -> None:
    """Rows stand apart or within the quote that `outer_id` names; the words of a row hold no cue of it but `volgens`."""
    reading = read_articles(load_articles(SEEDS))
    quotes = code(reading, load_codebook(CODEBOOKS / "seed.yaml"))
    assert {name_pattern(rule) for rule in quotes["rule"]} <= set(describe_patterns()["rule"])
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


def test_patterns_beside_a_codebook_are_part_of_it(tmp_path) -> None:
    """Found in its folder, told among its files, and another checksum with every change."""
    book = tmp_path / "book.yaml"
    book.write_text("name: own\n", encoding="utf-8")
    assert load_codebook(book).quote_patterns is None
    checksums = {load_codebook(book).checksum}
    for text in (OWN_ROW, OWN_ROW.replace("obj", "iobj")):
        (tmp_path / "quotes.yaml").write_text(text, encoding="utf-8")
        own = load_codebook(book)
        checksums.add(own.checksum)
        assert (own.quote_patterns, own.sources) == (tmp_path / "quotes.yaml", ("book.yaml", "quotes.yaml"))
    assert len(checksums) == 3
    assert "tmp" not in repr(own)  # the name of a run is the same on every machine


def test_a_mistake_in_patterns_beside_a_codebook_is_said_before_anything_is_coded(tmp_path) -> None:
    """With file and row, and what to write."""
    (tmp_path / "book.yaml").write_text("name: own\n", encoding="utf-8")
    (tmp_path / "quotes.yaml").write_text(OWN_ROW.replace("SUBJECT", "SPEAKER"), encoding="utf-8")
    with pytest.raises(InputError, match=r"quotes\.yaml, row 1 \(judgement\): 'SPEAKER' is no step; there are ABOUT"):
        code_corpus([SEEDS], tmp_path / "book.yaml", tmp_path / "out")


VERDICT = (ROOT / "docs" / "quote-patterns.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
"""The row that the page tells its readers to write."""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("", "", None),
        (
            "content: een misser",
            "content: een ramp",
            r"quotes\.yaml \(verdict\), 'Bos oordeelde .*', content 'een misser van",
        ),
        ("[case=over]", "[case=om]", "the row finds nothing; change the row or the example"),
        ("[Bos oordeelde mild.]", "[Bos oordeelde over de raad.]", "a counter-example must give none"),
        ("    nl: [B", "    xx: [B", "xx is no language; use en, nl"),
    ],
)
def test_the_examples_of_rows_of_ones_own_are_run(tmp_path, old: str, new: str, message: str | None) -> None:
    """Before anything is coded; without trees rows find nothing, and nothing is run."""
    (tmp_path / "book.yaml").write_text("name: own\n", encoding="utf-8")
    (tmp_path / "quotes.yaml").write_text(VERDICT.replace(old, new), encoding="utf-8")
    book = load_codebook(tmp_path / "book.yaml")
    check_own_patterns(book, reading="rules")
    if message is None:
        check_own_patterns(book)
        return
    with pytest.raises(InputError, match=message):
        check_own_patterns(book)


@pytest.mark.parametrize("language", LANGUAGES)
def test_reporting_words_have_kinds_that_patterns_know(language: str) -> None:
    """Every kind is filled, and no term is of an unknown one."""
    reporting = load_reporting(language)
    kinds = {kind for found in reporting.kinds.values() for kind in found}
    assert kinds == set(KINDS)
    assert reporting.about


def test_articles_apart_or_together_give_the_same_rows() -> None:
    """Coding is by article: one article more or less changes nothing."""
    texts = [entry["text"] for entry in load_gold("nl")[:4]]
    together = code(read(texts, "nl"))
    apart = code(read(texts[:2], "nl"))
    columns = ["article_id", "said", "speaker", "kind", "cue"]
    first = together[together["article_id"].isin(["a000", "a001"])][columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(first, apart[columns].reset_index(drop=True))
