"""Relations that hold whatever the words: place, negation, voice, names, order and company, and another event.

Each test changes something that must not matter, or must matter in one known way, and compares the rows.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pandas as pd
import pytest

from analysis.codebook.load import Codebook, load_codebook
from analysis.coding.evaluations.methods import CLEAR
from analysis.contracts.tables import LAYERS, Tables, concat_tables, make_table, rows_of
from analysis.runs.chain import code_articles
from tests.gold_reference import GOLD, load, score_reference

TABLES = tuple(name for name in LAYERS if name != "articles")
FEWEST = 0.8
"""Least share of pairs in which a relation of meaning, which the network has to learn, must hold."""
LEAST_PRECISION, LEAST_RECALL = 0.70, 0.75
"""Floors under what was measured of the swapped article; they are to stand close to those of the seed itself."""
RENAMED = 0.25
"""Most that polarity may move when an actor gets another name: names carry some tone of what was read about their like."""

DEEDS = (
    ("fishermen", "bezetten", "consulate", "active"),
    ("valdoria", "beschieting", "red_harbour", "nominal"),
    ("kestria", "steunen", "morland_government", "passive"),
    (None, "overbrengen", "valdorian_navy", "agentless_passive"),
)
"""Deeds of the swapped article, as those of the seed that both of its coders saw."""
FEWEST_DEEDS = 2
"""A floor under what was measured. The aim is all four."""

ACTORS = """
name: metamorphic
actors:
  - {id: jansen, label: Jansen, type: person, nl: {names: [Jansen]}, en: {names: [Jansen]}}
  - {id: mayor, label: burgemeester, type: person, nl: {nominals: [burgemeester]}, en: {nominals: [mayor]}}
  - {id: police, label: politie, type: institution, nl: {nominals: [politie]}, en: {nominals: [police]}}
  - {id: company, label: Vandermolen, type: company, nl: {names: [Vandermolen]}, en: {names: [Vandermolen]}}
  - {id: residents, label: bewoners, type: group, nl: {nominals: [bewoner]}, en: {nominals: [resident]}}
"""
FILLERS = ("Het regende de hele ochtend in het noorden.", "Om drie uur sloot de markt.")


@pytest.fixture(scope="module")
def codebook(tmp_path_factory) -> Codebook:
    """The actors of the sentences below."""
    path = tmp_path_factory.mktemp("metamorphic") / "codebook.yaml"
    path.write_text(ACTORS, encoding="utf-8")
    return load_codebook(path)


def make_articles(texts: Sequence[str], language: str = "nl") -> pd.DataFrame:
    """The table ``articles`` of texts, in their order."""
    rows = [
        {
            "article_id": f"a{number:03d}",
            "outlet": "own",
            "published": "2024-05-01",
            "published_precision": "day",
            "headline": None,
            "text": text,
            "language": language,
            "source_file": f"a{number:03d}.txt",
            "n_words": len(text.split()),
            "duplicate_of": None,
        }
        for number, text in enumerate(texts)
    ]
    return make_table("articles", rows)


def by_article(tables: Tables, name: str) -> dict[str, pd.DataFrame]:
    return dict(tuple(getattr(tables, name).groupby("article_id")))


SENTENCES = (
    "De burgemeester noemde Jansen een gevaarlijke leugenaar.",
    "De politie zou de bewoners zonder enige reden hebben geslagen.",
    "‘Vandermolen heeft ons jarenlang vergiftigd’, zeggen de bewoners.",
    "Dankzij het moedige optreden van Jansen bleven de bewoners ongedeerd.",
)
MOVED = ["start", "end", "cue_start", "cue_end"]
"""Columns that count characters of the article."""
LAYERS = ("mentions", "quotes", "evaluations", "actions", "responsibility")
KEYS = ["article_id", "sentence_id", "mention_id", "quote_id", "evaluation_id", "action_id", "responsibility_id"]
POINTERS = ["target_mention_id", "source_mention_id", "agent_mention_id", "patient_mention_id", "antecedent_id"]
NUMBERED = [*KEYS, *POINTERS, "outer_id"]
"""Columns that number rows of the article."""


def take_rows(tables: Tables, article_id: str, start: int, end: int, name: str) -> list[dict[str, object]]:
    """Rows of a table that stand in a stretch of an article, without keys, their characters counted from its start."""
    table = by_article(tables, name).get(article_id)
    if table is None:
        return []
    if "start" not in table.columns:
        sentences = by_article(tables, "sentences")[article_id]
        inside = sentences[(sentences["start"] >= start) & (sentences["end"] <= end)]["sentence_id"]
        table = table[table["sentence_id"].isin(inside)]
    else:
        table = table[(table["start"] >= start) & (table["end"] <= end)]
    table = table.drop(columns=[column for column in NUMBERED if column in table.columns])
    rows = []
    for row in table.to_dict("records"):
        moved = {key: row[key] - start for key in MOVED if key in row and not pd.isna(row[key])}
        rows.append({key: None if pd.api.types.is_scalar(v) and pd.isna(v) else v for key, v in (row | moved).items()})
    return rows


def test_a_sentence_is_coded_the_same_wherever_it_stands(codebook):
    """Alone, after others, before others, in another paragraph: the same rows but for where they stand, to the digit.

    Judgements are the exception: the network reads the passage, so that what stands around a sentence may move them.
    The sign of a clear one stays, in most.
    """
    texts, places = [], []
    for sentence in SENTENCES:
        before, after = FILLERS
        for text in (
            sentence,
            f"{before} {sentence}",
            f"{sentence} {after}",
            f"{before}\n\n{after} {sentence} {before}",
        ):
            texts.append(text)
            places.append(text.index(sentence))
    tables = code_articles(make_articles(texts), codebook)
    kept = []
    for number, sentence in enumerate(SENTENCES):
        judged = [
            {
                row["target_id"]: row["polarity"]
                for row in take_rows(
                    tables, f"a{place:03d}", places[place], places[place] + len(sentence), "evaluations"
                )
                if row["method"] == "model"
            }
            for place in range(4 * number, 4 * number + 4)
        ]
        for target, polarity in judged[0].items():
            if abs(polarity) >= CLEAR:
                kept += [other.get(target, 0.0) * polarity > 0 for other in judged[1:]]
        for name in sorted({*LAYERS} - {"evaluations"}):
            rows = [
                take_rows(tables, f"a{place:03d}", places[place], places[place] + len(sentence), name)
                for place in range(4 * number, 4 * number + 4)
            ]
            assert rows[0] == rows[1] == rows[2] == rows[3], (sentence, name)
    assert len(kept) >= 12
    assert sum(kept) >= FEWEST * len(kept), kept
    assert all(len(getattr(tables, name)) for name in ("mentions", "quotes", "evaluations", "actions"))


NEGATED = (
    ("Jansen is een leugenaar.", "Jansen is geen leugenaar."),
    ("De burgemeester is corrupt.", "De burgemeester is niet corrupt."),
    ("Vandermolen is een betrouwbaar bedrijf.", "Vandermolen is geen betrouwbaar bedrijf."),
    ("Jansen heeft zijn werk uitstekend gedaan.", "Jansen heeft zijn werk niet uitstekend gedaan."),
    ("De politie heeft wreed opgetreden.", "De politie heeft nooit wreed opgetreden."),
    ("Jansen bedroog zijn klanten.", "Jansen bedroog niemand."),
    ("De burgemeester verdient lof.", "De burgemeester verdient geen lof."),
    ("Jansen gedroeg zich als een schurk.", "Jansen gedroeg zich allerminst als een schurk."),
    ("Vandermolen heeft de rivier vergiftigd.", "Vandermolen heeft de rivier niet vergiftigd."),
    ("Jansen is een held.", "Jansen is bepaald geen held."),
)


def polarity_of(tables: Tables, article_id: str, actor_id: str) -> float:
    """Mean polarity of the model's evaluations of an actor."""
    table = tables.evaluations
    chosen = (table["article_id"] == article_id) & (table["target_id"] == actor_id) & (table["method"] == "model")
    assert chosen.any(), (article_id, actor_id)
    return float(table.loc[chosen, "polarity"].mean())


@pytest.fixture(scope="module")
def negated(codebook):
    """Each sentence as it is, and negated."""
    return code_articles(make_articles([text for pair in NEGATED for text in pair]), codebook)


def test_negation_flips_or_neutralises(negated):
    """A judgement that takes a side takes it no more when it is negated."""
    held = []
    for number, (plain, _) in enumerate(NEGATED):
        target = next(actor for actor, name in (("jansen", "Jansen"), ("mayor", "burgemeester"), ("police", "politie"), ("company", "Vandermolen")) if name in plain)  # fmt: skip
        first, second = (polarity_of(negated, f"a{2 * number + place:03d}", target) for place in (0, 1))
        sign = 1 if first > 0 else -1
        held.append(abs(first) >= CLEAR and sign * second < CLEAR)
    assert sum(held) >= FEWEST * len(held), [pair for pair, is_held in zip(NEGATED, held, strict=True) if not is_held]


@pytest.mark.xfail(
    reason="not reached: a flag in one of ten. Flags by the tree are right here, and wrong in 23 of 25 cases on news items",
    strict=True,
)
def test_negation_is_flagged(negated):
    """The rows say that a judgement is negated."""
    rows = negated.evaluations[negated.evaluations["method"] == "model"]
    flags = rows.groupby("article_id")["negated"].any()
    assert not flags.iloc[::2].any()
    assert flags.iloc[1::2].mean() >= FEWEST


VOICES = {
    "nl": (
        ("De politie arresteerde Jansen.", "Jansen werd door de politie gearresteerd."),
        ("Vandermolen bedroog de bewoners.", "De bewoners werden bedrogen door Vandermolen."),
        ("De bewoners hebben de burgemeester bedreigd.", "De burgemeester is door de bewoners bedreigd."),
        ("Jansen heeft de politie geholpen.", "De politie is door Jansen geholpen."),
        ("De burgemeester prees de bewoners.", "De bewoners werden geprezen door de burgemeester."),
        ("Toen sloeg de politie de bewoners.", "Toen werden de bewoners door de politie geslagen."),
        ("De bewoners klagen Vandermolen aan.", "Vandermolen wordt door de bewoners aangeklaagd."),
        ("Jansen viel de burgemeester aan.", "De burgemeester werd door Jansen aangevallen."),
    ),
    "en": (
        ("The police arrested Jansen.", "Jansen was arrested by the police."),
        ("Vandermolen deceived the residents.", "The residents were deceived by Vandermolen."),
        ("The mayor has praised the residents.", "The residents have been praised by the mayor."),
        ("Jansen attacked the mayor.", "The mayor was attacked by Jansen."),
    ),
}


@pytest.mark.parametrize("language", VOICES)
def test_active_and_passive_tell_the_same(codebook, language):
    """The same agent, patient, predicate and valence always; the sign of polarity towards both in most pairs."""
    pairs = VOICES[language]
    tables = code_articles(make_articles([text for pair in pairs for text in pair], language), codebook)
    deeds = by_article(tables, "actions")
    signs = []
    for number, pair in enumerate(pairs):
        told = []
        for place, voice in enumerate(("active", "passive")):
            rows = [row for row in rows_of(deeds[f"a{2 * number + place:03d}"]) if isinstance(row.agent_id, str)]
            assert [row.voice for row in rows] == [voice], pair
            told.append([(row.agent_id, row.predicate, row.patient_id, row.valence) for row in rows])
        assert told[0] == told[1], pair
        for actor in (told[0][0][0], told[0][0][2]):
            first, second = (polarity_of(tables, f"a{2 * number + place:03d}", actor) for place in (0, 1))
            signs.append(not (first * second < 0 and min(abs(first), abs(second)) >= CLEAR))
    assert sum(signs) >= FEWEST * len(signs), signs


def rename(text: str) -> str:
    """Another name of as many letters for each."""
    return text.replace("Jansen", "Visser").replace("Vandermolen", "Schipbeheer")


def test_renaming_an_actor_renames_rows_only(codebook, tmp_path):
    """Other names, in text and codebook: the same rows; the mean polarity moves by no more than `RENAMED`.

    Whose a judgement is, the network may read differently, in few.
    """
    path = tmp_path / "renamed.yaml"
    path.write_text(rename(ACTORS), encoding="utf-8")
    first = code_articles(make_articles(SENTENCES), codebook, methods=["model"])
    second = code_articles(make_articles([rename(text) for text in SENTENCES]), load_codebook(path), methods=["model"])
    for name in LAYERS:
        one, two = getattr(first, name), getattr(second, name)
        loose = [
            c for c in one.columns if c.startswith("p_") or c in ("polarity", "cues", "cue_start", "cue_end", "text")
        ]
        if name == "evaluations":
            loose += ["source_id", "ground"]
            assert (one["source_id"] == two["source_id"]).mean() >= FEWEST
            assert (one["polarity"] - two["polarity"]).abs().mean() <= RENAMED
        pd.testing.assert_frame_equal(one.drop(columns=loose), two.drop(columns=loose))


def test_other_ids_are_other_ids_only(codebook, tmp_path):
    """An id is a label: with others the tables are the same to the digit."""
    path = tmp_path / "ids.yaml"
    path.write_text(ACTORS.replace("id: ", "id: x_"), encoding="utf-8")
    first = code_articles(make_articles(SENTENCES), codebook, methods=["model"])
    second = code_articles(make_articles(SENTENCES), load_codebook(path), methods=["model"])
    for name in LAYERS:
        renamed = getattr(first, name).map(
            lambda value: f"x_{value}" if isinstance(value, str) and value in codebook.actors else value
        )
        assert renamed.astype(str).equals(getattr(second, name).astype(str)), name


def test_order_and_company_of_articles_change_nothing(codebook):
    """All at once, in any order, or each by itself: every table the same to the digit."""
    articles = make_articles([f"{a} {b}" for a, b in itertools.pairwise([*SENTENCES, FILLERS[0]])])
    together = code_articles(articles, codebook)
    backwards = code_articles(articles.iloc[::-1], codebook)
    apart = concat_tables([code_articles(articles.iloc[[place]], codebook) for place in range(len(articles))])
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(together, name), getattr(backwards, name))
        pd.testing.assert_frame_equal(getattr(together, name), getattr(apart, name))


def test_workers_change_nothing(tmp_path):
    """One process or two write the same bytes."""
    from analysis.runs.run import CodingOptions, code_corpus

    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, text in enumerate(SENTENCES):
        (corpus / f"a{number}.txt").write_text(text, encoding="utf-8")
    book = tmp_path / "codebook.yaml"
    book.write_text(ACTORS, encoding="utf-8")
    for workers in (1, 2):
        code_corpus(
            [corpus], book, tmp_path / f"out{workers}", format="csv", language="nl",
            coding=CodingOptions(), chunk_size=2, workers=workers,
        )  # fmt: skip
    for file in sorted((tmp_path / "out1").glob("*.csv")):
        assert file.read_bytes() == (tmp_path / "out2" / file.name).read_bytes(), file.name


@pytest.fixture(scope="module")
def swapped():
    """The seed's constructions, told of invented states and another event."""
    text = (GOLD / "swapped.txt").read_text(encoding="utf-8").strip()
    book = load_codebook(GOLD / "swapped_codebook.yaml")
    return code_articles(make_articles([text]), book, methods=["model"], captions=True)


@pytest.mark.xfail(reason="not reached: precision .52 of 25, recall .61 of 18", strict=True)
def test_another_event_is_judged_in_the_same_constructions(swapped):
    """What the coder can do with the seed it can do with its constructions alone."""
    found = score_reference(swapped, load("swapped")["evaluations"])
    assert (found.precision >= LEAST_PRECISION) and (found.recall >= LEAST_RECALL), "\n".join(found.lines)


def test_another_event_told_in_the_same_constructions(swapped):
    """Who acts on whom is found there too."""
    deeds = {
        (row.agent_id if isinstance(row.agent_id, str) else None, row.predicate, row.patient_id, row.voice)
        for row in rows_of(swapped.actions)
    }
    told = [deed for deed in DEEDS if deed in deeds]
    assert len(told) >= FEWEST_DEEDS, [deed for deed in DEEDS if deed not in told]
