"""Mentions as the shipped model reads them: countries, demonyms and metonyms by role, descriptions, short names."""

from pathlib import Path

import pandas as pd
import pytest
import yaml

from analysis.codebook.load import EMPTY, load_codebook
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.contracts.schema import UNLISTED
from analysis.contracts.tables import make_table
from analysis.reading import Reading, read_articles

GOLD = yaml.safe_load((Path(__file__).parent / "gold" / "mentions_read.yaml").read_text(encoding="utf-8"))


def make_reading(*texts: str, language: str = "nl") -> Reading:
    """Texts as articles a00, a01, ..., read by the model."""
    return read([{"text": text, "language": language} for text in texts])


def read(entries: list[dict]) -> Reading:
    """Entries with text and language as articles, read by the model."""
    rows = [
        {
            "article_id": f"a{number:02d}", "outlet": None, "published": None, "published_precision": None,
            "headline": None, "text": entry["text"], "language": entry["language"], "source_file": "test",
            "n_words": len(entry["text"].split()), "duplicate_of": None,
        }
        for number, entry in enumerate(entries)
    ]  # fmt: skip
    return read_articles(make_table("articles", rows))


@pytest.fixture(scope="module")
def gold() -> Reading:
    """The gold sentences, read once."""
    return read(GOLD)


def rows_of(mentions: pd.DataFrame, number: int) -> list[list[str]]:
    """Text, actor and form of the mentions of one gold sentence."""
    own = mentions[mentions["article_id"] == f"a{number:02d}"]
    return own[["text", "actor_id", "form"]].to_numpy().tolist()


def test_gold_sentences_name_their_actors_and_no_places(gold: Reading) -> None:
    """The same word is an actor where it acts or stands for a state, and nobody where it is a place or an origin."""
    mentions = find_all_mentions(gold, EMPTY)
    wrong = []
    for number, entry in enumerate(GOLD):
        found = rows_of(mentions, number)
        wrong += [(entry["text"], row, found) for row in entry.get("mentions", []) if row not in found]
        wrong += [(entry["text"], text) for text in entry.get("absent", []) if text in [row[0] for row in found]]
    print(*wrong, sep="\n")
    assert not wrong


def test_places_can_be_made_to_count(gold: Reading) -> None:
    """With places, what only says where or whence is a mention too, of the same country; capitals stay a place."""
    mentions, usual = find_all_mentions(gold, EMPTY, places=True), find_all_mentions(gold, EMPTY)
    number = next(n for n, entry in enumerate(GOLD) if entry["text"].startswith("In Noorwegen"))
    assert [row[:2] for row in rows_of(mentions, number)] == [["Noorwegen", "world:NO"], ["Zweden", "world:SE"]]
    assert rows_of(usual, number) == []
    number = next(n for n, entry in enumerate(GOLD) if "Franse films" in entry["text"])
    assert ["Franse", "world:FR", "demonym"] in rows_of(mentions, number)
    assert rows_of(usual, number) == []


def test_without_unlisted_no_country_of_the_world_is_found(gold: Reading) -> None:
    """Countries that no codebook lists are unlisted actors: switched off with the others."""
    assert find_all_mentions(gold, EMPTY, unlisted=False).empty


def test_the_codebook_goes_before_the_world(tmp_path: Path) -> None:
    """A listed country keeps its id; a government without metonyms gets its capital from the world."""
    path = tmp_path / "no.yaml"
    path.write_text(
        "actors:\n  - {id: noren, label: x, type: country, country: 'NO', nl: {names: [Noorwegen], demonyms: [Noors]}}\n",
        encoding="utf-8",
    )
    reading = make_reading("Noorwegen stuurt hulp, zei de Noorse regering. Oslo weigerde commentaar.")
    found = find_all_mentions(reading, load_codebook(path))
    assert found["actor_id"].tolist()[:2] == ["noren", "noren"]
    assert "world:NO" in found["actor_id"].tolist()


@pytest.mark.parametrize(
    ("text", "short", "actor"),
    [
        ("Het Openbaar Ministerie (OM) eist straf. Later zweeg het OM.", "OM", "openbaar_ministerie"),
        ("Het bedrijf Zonneveld Motors groeit. Zonneveld neemt mensen aan.", "Zonneveld", "zonneveld_motors"),
    ],
)
def test_short_names_are_the_organisation(text: str, short: str, actor: str) -> None:
    """Initials and a first word belong to the one organisation of the article that they may shorten."""
    found = find_all_mentions(make_reading(text), EMPTY)
    own = found[found["text"] == short]
    assert set(own["actor_id"]) == {UNLISTED + actor}
    assert set(own["form"]) == {"name"}


def test_order_of_articles_changes_nothing(gold: Reading) -> None:
    """Each article gives its rows whatever stands beside it."""
    whole = find_all_mentions(gold, EMPTY)
    parts = [find_all_mentions(gold.part([f"a{number:02d}"]), EMPTY) for number in (13, 4, 20)]
    for part in parts:
        own = whole[whole["article_id"] == part.loc[0, "article_id"]].reset_index(drop=True)
        pd.testing.assert_frame_equal(part, own)
