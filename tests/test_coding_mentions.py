"""Mentions of listed actors, read by the rules: gold sentences per construction, and what must hold of any text."""

from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codebook.load import EMPTY, Actor, Codebook, Wording, load_codebook
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.coding.mentions.naming import slug
from analysis.contracts.tables import make_table
from analysis.reading import Reading, read_articles

GOLD = Path(__file__).parent / "gold"
CODEBOOK = load_codebook(GOLD / "mentions_codebook.yaml")


def make_reading(*texts: str, language: str = "nl", first: int = 0) -> Reading:
    """Texts as articles a0, a1, ..., read by the rules."""
    rows = [
        {
            "article_id": f"a{number}", "outlet": None, "published": None, "published_precision": None, "headline": None,
            "text": text, "language": language, "source_file": "test", "n_words": len(text.split()), "duplicate_of": None,
        }
        for number, text in enumerate(texts, start=first)
    ]  # fmt: skip
    return read_articles(make_table("articles", rows), reading="rules")


def load_gold() -> list[pytest.param]:
    """Entries of the gold files as test cases."""
    return [
        pytest.param(language, entry, id=f"{language}-{number}")
        for language in ("nl", "en")
        for number, entry in enumerate(yaml.safe_load((GOLD / f"mentions_{language}.yaml").read_text(encoding="utf-8")))
    ]


def found_in(text: str, codebook: Codebook = CODEBOOK, language: str = "nl", **options: bool) -> list[list[str]]:
    """Text, actor and form of each mention."""
    mentions = find_all_mentions(make_reading(text, language=language), codebook, **options)
    return mentions[["text", "actor_id", "form"]].to_numpy().tolist()


@pytest.mark.parametrize(("language", "entry"), load_gold())
def test_gold_sentence_gives_exactly_its_mentions(language: str, entry: dict) -> None:
    """Each gold sentence yields the codebook's mentions and no other."""
    assert found_in(entry["text"], language=language) == entry["mentions"]


def test_metonyms_can_be_switched_off() -> None:
    """Without metonyms a capital is nobody, listed or unlisted."""
    assert found_in("Vredestad ontkent alles.", metonyms=False) == []


def test_bracket_names_its_antecedent() -> None:
    """A phrase that an editor explains points at the mention inside the bracket."""
    mentions = find_all_mentions(make_reading("Toen zweeg die vrouw (Van Dalen, red.) weer."), CODEBOOK)
    assert mentions["mention_id"].tolist() == ["a0:m00001", "a0:m00002"]
    assert mentions.loc[0, "antecedent_id"] == "a0:m00002"
    assert pd.isna(mentions.loc[1, "antecedent_id"])


def test_longest_wording_wins() -> None:
    """A ministry is one mention, not its country's adjective and a rest."""
    assert [row[0] for row in found_in("Het Noorlandse ministerie van Landbouw zweeg.")] == [
        "Noorlandse ministerie van Landbouw"
    ]


def test_shared_last_name_goes_to_whom_was_named_last(tmp_path: Path) -> None:
    """Two actors of one last name: the one introduced last, and nobody where neither was introduced."""
    path = tmp_path / "two.yaml"
    path.write_text(
        "actors:\n"
        "  - {id: jan, label: Jan, type: person, nl: {names: [Jan Kuiper]}}\n"
        "  - {id: lies, label: Lies, type: person, nl: {names: [Lies Kuiper]}}\n",
        encoding="utf-8",
    )
    book = load_codebook(path)
    text = "Toen kwam Kuiper. Daarna sprak Lies Kuiper. Later ging Kuiper weg."
    assert [row[1] for row in found_in(text, book, unlisted=False)] == ["lies", "lies"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Karel Poot", "karel_poot"),
        ("Asa’ib Ahl al-Haq", "asaib_ahl_al_haq"),
        ("Café Søren", "cafe_s_ren"),
        ("Ян", "ян"),
    ],
)
def test_slug_is_short_and_stable(name: str, expected: str) -> None:
    """An unlisted actor's id is its name in small letters; a name in another script keeps its own."""
    assert slug(name) == expected


def test_article_in_another_language_gets_no_mentions() -> None:
    """Only Dutch and English are coded."""
    assert find_all_mentions(make_reading("Karel Poot ist da.", language="de"), CODEBOOK).empty


def test_articles_apart_or_together_give_the_same_rows() -> None:
    """Coding is by article: parts concatenate to the whole."""
    texts = ["Karel Poot kwam. Poot ging.", "Wie is Poot? Veldbelang zweeg.", ""]
    whole = find_all_mentions(make_reading(*texts), CODEBOOK)
    parts = [find_all_mentions(make_reading(text, first=number), CODEBOOK) for number, text in enumerate(texts)]
    pd.testing.assert_frame_equal(whole, make_table("mentions", pd.concat(parts, ignore_index=True)))


PIECES = st.sampled_from(
    [
        "Van Dalen",
        "Veldbelang",
        "de boeren",
        "Vredestad",
        "in Vredestad",
        "Noorlandse",
        "(Van Dalen, red.)",
        "die man",
        "al-Rashidi",
        "zei",
        "‘",
        "’",
        "“",
        "”",
        '"',
        "'",
        ".",
        ",",
        ":",
        "\n\n",
        "Karel",
        "Poot",
        "U.S.",
        "’s",
        "…",
        "—",
        "é",
        "\u200b",
        "İ",
        "العربية",
        "123",
        "Minister van",
        "minister",
        "dat",
        "volgens",
    ]
)
TITLED = Codebook(
    "titled",
    {
        "poot": Actor(
            "poot",
            {"nl": "Poot"},
            "person",
            wording=dict.fromkeys(("nl", "en"), Wording(("Karel Poot",), ("minister",))),
        )
    },
)
"""A codebook whose actor is described by his title."""
TEXTS = st.lists(PIECES, max_size=40).map(" ".join)


def test_a_title_that_the_codebook_lists_is_a_mention_of_its_own() -> None:
    """And no part of the name behind it."""
    found = find_all_mentions(make_reading("Minister Karel Poot kwam."), TITLED)
    assert found[["text", "form"]].to_numpy().tolist() == [["Minister", "nominal"], ["Karel Poot", "name"]]


@settings(max_examples=150, deadline=None)
@given(text=TEXTS | st.text(max_size=120), language=st.sampled_from(["nl", "en"]))
def test_offsets_are_the_evidence_and_rows_do_not_overlap(text: str, language: str) -> None:
    """Whatever the text: text[start:end] is the mention, it lies in its sentence, and no two overlap."""
    reading = make_reading(text, language=language)
    for book in (CODEBOOK, EMPTY, TITLED):
        mentions = find_all_mentions(reading, book)
        bounds = reading.sentences.set_index("sentence_id")
        last = 0
        for row in mentions.itertuples():
            assert reading.articles["text"][0][row.start : row.end] == row.text
            assert bounds.loc[row.sentence_id, "start"] <= row.start < row.end <= bounds.loc[row.sentence_id, "end"]
            assert row.start >= last
            last = row.end
