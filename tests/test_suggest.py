"""Suggestions: unlisted actors put together by name, and entries that a codebook takes."""

import re
from pathlib import Path

import pandas as pd
import pytest
from spacy.util import filter_spans

from analysis.codebook.load import EMPTY, load_codebook
from analysis.codebook.suggest import COLUMNS, GUESSED, suggest_actors, write_suggestions
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.contracts.tables import empty_table, make_table
from analysis.reading import Reading, read_articles

TEXTS = (
    ("Gisteren sprak minister Karel Poot met de Zeebank. Later zweeg Poot.", "nl"),
    ("Vandaag ging Poot naar huis. ‘Nee: nooit’, zei minister Poot. Toen kwam Daklastig.", "nl"),
    ("Yesterday minister Karel Poot met the Veldkrant.", "en"),
)
NAMES = {
    "Karel Poot": "person", "Anna Poot": "person", "Poot": "person",
    "Zeebank": "organisation", "Daklastig": "organisation", "Veldkrant": "organisation",
}  # fmt: skip


def make_tables(*texts: tuple[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Mentions and articles of texts read by the rules, with the names in `NAMES` marked."""
    articles = make_table(
        "articles",
        [
            {
                "article_id": f"a{number}", "outlet": None, "published": None, "published_precision": None,
                "headline": None, "text": text, "language": language, "source_file": "test",
                "n_words": len(text.split()), "duplicate_of": None,
            }
            for number, (text, language) in enumerate(texts)
        ],
    )  # fmt: skip
    return find_all_mentions(mark_names(read_articles(articles, reading="rules")), EMPTY), articles


def mark_names(reading: Reading) -> Reading:
    """The same reading, its Docs with the entities of `NAMES`."""
    for doc in reading.docs.values():
        found = [(match, label) for name, label in NAMES.items() for match in re.finditer(rf"\b{name}\b", doc.text)]
        spans = [doc.char_span(*match.span(), label=label) for match, label in found]
        doc.ents = filter_spans([span for span in spans if span is not None])
    return reading


@pytest.fixture(scope="module")
def suggestions() -> pd.DataFrame:
    """Suggestions for the texts above."""
    return suggest_actors(*make_tables(*TEXTS))


def test_a_last_name_of_another_article_goes_with_the_full_name(suggestions: pd.DataFrame) -> None:
    """``Poot`` alone in one article is ``Karel Poot`` of the others, in both languages, with all counts."""
    poot = suggestions.iloc[0]
    assert poot[["id", "label", "type", "language"]].tolist() == ["karel_poot", "Karel Poot", "person", "en|nl"]
    assert poot[["n_mentions", "n_articles"]].tolist() == [5, 3]
    assert poot["names"] == "Karel Poot|Poot"
    assert poot["actor_ids"] == "unlisted:karel_poot|unlisted:poot"
    assert poot["example"] == "Gisteren sprak minister Karel Poot met de Zeebank."


def test_rows_are_ordered_and_typed(suggestions: pd.DataFrame) -> None:
    """The most mentioned come first; wording gives a type away, else it is an organisation."""
    assert list(suggestions.columns) == list(COLUMNS)
    assert suggestions["n_mentions"].is_monotonic_decreasing
    types = dict(zip(suggestions["id"], suggestions["type"], strict=True))
    assert types == {"karel_poot": "person", "zeebank": "company", "daklastig": "organisation", "veldkrant": "media"}


def test_two_people_of_one_last_name_stay_apart() -> None:
    """A last name that two full names end in is its own suggestion."""
    found = suggest_actors(
        *make_tables(("Toen sprak Karel Poot.", "nl"), ("Toen sprak Anna Poot.", "nl"), ("Toen sprak Poot.", "nl"))
    )
    assert sorted(found["id"]) == ["anna_poot", "karel_poot", "poot"]


def test_nouns_become_nominals() -> None:
    """A description is a nominal in its base form; several are a group, and protesters a crowd."""
    mentions, articles = make_tables(("De betogers zagen bakkers.", "nl"))
    rows = [
        {
            "mention_id": f"a0:m{number:05d}", "article_id": "a0", "sentence_id": 0, "start": start, "end": end,
            "text": articles["text"][0][start:end], "actor_id": actor_id, "form": "nominal", "antecedent_id": None,
            "rule": "actor_phrase",
        }
        for number, (start, end, actor_id) in enumerate([(3, 11, "unlisted:betoger"), (18, 25, "unlisted:bakker")], start=1)
    ]  # fmt: skip
    found = suggest_actors(make_table("mentions", rows), articles)
    assert found[["id", "type", "names", "nominals"]].to_numpy().tolist() == [
        ["bakker", "group", "", "bakker"],
        ["betoger", "crowd", "", "betoger"],
    ]
    assert mentions.empty


def suggest_one(*mentions: tuple[str, str, str], name: str = "x") -> pd.Series:
    """The suggestion for the unlisted actor `name`, from text, form and rule of each of its mentions."""
    text = ". ".join(words for words, _, _ in mentions) + "."
    articles = make_tables((text, "nl"))[1]
    rows, at = [], 0
    for number, (words, form, rule) in enumerate(mentions, start=1):
        rows.append(
            {
                "mention_id": f"a0:m{number:05d}", "article_id": "a0", "sentence_id": 0, "start": at,
                "end": at + len(words), "text": words, "actor_id": f"unlisted:{name}", "form": form, "antecedent_id": None,
                "rule": rule,
            }
        )  # fmt: skip
        at += len(words) + 2
    return suggest_actors(make_table("mentions", rows), articles).iloc[0]


@pytest.mark.parametrize(
    ("text", "form", "rule", "kind", "known_by"),
    [
        ("minister Poot", "title", "entity_name", "person", "title or last name"),
        ("Hanneke Poot", "name", "entity_name", "person", "first name"),
        ("Anne Frank Stichting", "name", "entity_name", "organisation", "word"),
        ("Daklast BV", "name", "entity_name", "company", "word"),
        ("Partij voor de Haven", "name", "entity_name", "party", "word"),
        ("Universiteit Leiden", "name", "entity_name", "institution", "word"),
        ("Daklast Inc.", "name", "entity_name", "company", "word"),
        ("Harbour Council", "name", "entity_name", "government", "word"),
        ("Rechtbank Leiden", "name", "entity_name", "institution", "word"),
        ("Stichting Jan Bakker", "name", "entity_last_name", "organisation", "word"),
        ("Times Square Hotel", "name", "entity_name", "company", "word"),
        ("Harbour Times", "name", "entity_name", "media", "word"),
        ("rechtbank", "nominal", "actor_phrase", "institution", "word"),
        ("fabriek", "nominal", "actor_phrase", "company", "word"),
        ("voedselbank", "nominal", "actor_phrase", "organisation", "word"),
        ("politie", "nominal", "actor_phrase", "institution", "word"),
        ("councillor", "nominal", "actor_phrase", "person", ""),
        ("Daklast", "name", "entity_short_name", "organisation", "short name"),
        ("Rotterdammers", "name", "entity_name", "group", "demonym"),
        ("Daklast", "name", "entity_name", "organisation", ""),
        ("Poot van Daklast", "name", "entity_name", "person", ""),
        ("bakkers", "nominal", "actor_phrase", "group", "plural"),
        ("commissie", "nominal", "actor_phrase", "organisation", "word"),
        ("burgemeester", "nominal", "actor_phrase", "person", "word"),
        ("kapper", "nominal", "actor_phrase", "person", ""),
        ("water", "nominal", "actor_phrase", "person", ""),
    ],
)
def test_what_tells_the_type_is_told_and_a_guess_is_marked(
    tmp_path: Path, text: str, form: str, rule: str, kind: str, known_by: str
) -> None:
    """Titles, names, words, plurals; where nothing tells, the entry asks to be confirmed and still loads."""
    actor = suggest_one((text, form, rule), name=text.removesuffix("s") if form == "nominal" else "x")
    assert (actor["type"], actor["type_by"]) == (kind, known_by)
    written = write_suggestions(actor.to_frame().T)
    assert (f"  # {GUESSED}\n" in written) == (known_by == "")
    path = tmp_path / "suggested.yaml"
    path.write_text(written, encoding="utf-8")
    assert next(iter(load_codebook(path).actors.values())).type == kind


@pytest.mark.parametrize("word", ["fabrieksarbeider", "verpleger", "politiechef", "partijleider", "VVD-leider"])
def test_the_last_part_of_a_compound_tells_the_type(word: str) -> None:
    """Who works in a factory or leads a party is neither."""
    assert suggest_one((word, "nominal", "actor_phrase"), name=word.lower())["type"] == "person"


def test_one_plural_among_many_makes_no_group() -> None:
    """Most mentions decide; an article before a name is no first name, and a last name of it none of a person."""
    kapper = ("de kapper", "nominal", "actor_phrase")
    assert suggest_one(kapper, kapper, ("kappers", "nominal", "actor_phrase"), name="kapper")["type"] == "person"
    assert (
        suggest_one(("Het Tij", "name", "entity_name"), ("Tij", "name", "entity_last_name"))["type"] == "organisation"
    )


def test_entries_are_a_codebook_that_finds_the_same_actors(suggestions: pd.DataFrame, tmp_path: Path) -> None:
    """The YAML loads as it is, and with it nothing of the texts is unlisted."""
    path = tmp_path / "suggested.yaml"
    path.write_text(write_suggestions(suggestions), encoding="utf-8")
    book = load_codebook(path)
    assert set(book.actors) == set(suggestions["id"])
    articles = make_tables(*TEXTS)[1]
    again = find_all_mentions(mark_names(read_articles(articles, reading="rules")), book)
    assert not again["actor_id"].str.startswith("unlisted:").any()
    assert again["actor_id"].value_counts().to_dict() == dict(
        zip(suggestions["id"], suggestions["n_mentions"], strict=True)
    )


def test_a_floor_leaves_rare_actors_out(suggestions: pd.DataFrame) -> None:
    """Only actors with enough mentions are written; the comment above an entry counts them."""
    text = write_suggestions(suggestions, least=2)
    assert text.count("- {id:") == 1
    assert "# 5 mentions in 3 articles: Gisteren sprak" in text


def test_nothing_unlisted_gives_nothing() -> None:
    """No mentions, no suggestions, and still YAML."""
    found = suggest_actors(empty_table("mentions"), empty_table("articles"))
    assert list(found.columns) == list(COLUMNS)
    assert write_suggestions(found) == "actors: []\n"


DESCRIBED = (
    ("De oud-minister en de coördinator praten. Oud-ministers zwegen. De privé-detective is boos.", "nl"),
    ("De kinderen en de raadsleden zingen. Het comité is boos op de ex-militairen en de cafébezoekers.", "nl"),
    ("The children were angry. The spokespeople said nothing. The vice-chairman and the fiancée wept.", "en"),
)


def test_descriptions_keep_accents_and_hyphens_and_find_their_mentions_again(tmp_path: Path) -> None:
    """What is suggested is written as in the texts; in a codebook it takes every mention that it was made of."""
    rows = [make_tables(text)[1].assign(article_id=f"a{number}") for number, text in enumerate(DESCRIBED)]
    articles = make_table("articles", pd.concat(rows))
    reading = read_articles(articles)
    mentions = find_all_mentions(reading, EMPTY)
    found = suggest_actors(mentions, articles)
    labels = set(found["label"])
    assert {"oud-minister", "coördinator", "privé-detective", "kind", "ex-militair", "comité", "child"} <= labels
    path = tmp_path / "suggested.yaml"
    path.write_text(write_suggestions(found), encoding="utf-8")
    again = find_all_mentions(reading, load_codebook(path))
    assert not again["actor_id"].str.startswith("unlisted:").any()
    for row in found.itertuples():
        was = mentions[mentions["actor_id"].isin(row.actor_ids.split("|"))]
        now = again[again["actor_id"] == row.id]
        assert len(now) == len(was) == row.n_mentions, row.label


def test_what_is_named_and_described_has_both_wordings() -> None:
    """``Police`` in a headline and ``the police`` in a sentence are one entry, and both match."""
    articles = make_tables(("Yesterday the Police left. The police had no comment.", "en"))[1]
    places = [(14, 20, "name", "entity_name"), (31, 37, "nominal", "actor_phrase")]
    rows = [
        {
            "mention_id": f"a0:m{number:05d}", "article_id": "a0", "sentence_id": 0, "start": start, "end": end,
            "text": articles["text"][0][start:end], "actor_id": "unlisted:police", "form": form, "antecedent_id": None,
            "rule": rule,
        }
        for number, (start, end, form, rule) in enumerate(places, start=1)
    ]  # fmt: skip
    found = suggest_actors(make_table("mentions", rows), articles)
    assert found[["names", "nominals", "type"]].to_numpy().tolist() == [["Police", "police", "institution"]]


def test_a_story_that_several_outlets_print_counts_once() -> None:
    """Word for word the same text makes an actor no more prominent."""
    text = ("Gisteren sprak minister Karel Poot met de Zeebank. Later zweeg Poot.", "nl")
    mentions, articles = make_tables(text, text, text)
    repeated = articles.assign(duplicate_of=[None, "a0", "a0"])
    once = suggest_actors(mentions, repeated).set_index("id")
    assert once.loc["karel_poot", ["n_mentions", "n_articles"]].tolist() == [2, 1]
    assert suggest_actors(mentions, articles).set_index("id").loc["karel_poot", "n_articles"] == 3
