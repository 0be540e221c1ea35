"""Views say the same in words: no row more, no number changed."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import paths
from analysis.codebook.load import EMPTY, load_codebook
from analysis.contracts.errors import InputError
from analysis.contracts.tables import empty_table, make_table
from analysis.corpus.selection import articles_from_texts
from analysis.display.explanations.grouping import parse_group
from analysis.display.findings.relations import explain_first_pair
from analysis.display.views import (
    compare_methods,
    count_moods,
    list_articles,
    list_notices,
    list_pairs,
    list_questions,
    list_tables,
    only_actors,
    with_labels,
    with_questions,
    with_sentences,
    with_words,
)
from analysis.display.words_tables import localise

ACTORS = pd.DataFrame({"actor_id": ["trump", "iran", "trump"], "n": [1, 2, 3]}, index=[5, 6, 7])


def test_some_actors_or_all():
    """None means all; the order of rows stays."""
    assert only_actors(ACTORS, ["trump"])["n"].tolist() == [1, 3]
    assert only_actors(ACTORS, None)["n"].tolist() == [1, 2, 3]
    assert only_actors(ACTORS, []).empty
    assert list(only_actors(ACTORS, None).index) == [0, 1, 2]


def test_ids_become_labels_and_columns_lose_their_ending(seed_codebook):
    """Nobody stays nobody; an actor that no codebook lists is marked."""
    table = pd.DataFrame(
        {"source_id": ["author", None, "trump"], "target_id": ["iran", "unlisted:x_y", "trump"], "n": 1}
    )
    labelled = with_labels(table, codebook=seed_codebook, language="nl")
    assert list(labelled.columns) == ["source", "target", "n"]
    assert labelled["target"].tolist() == ["Iran", "x y *", "Donald Trump"]
    assert labelled["source"].tolist()[::2] == ["eigen stem", "Donald Trump"]
    assert labelled["source"].isna().tolist() == [False, True, False]
    assert list(table.columns) == ["source_id", "target_id", "n"]


def test_an_outlet_is_called_as_the_codebook_calls_it():
    """The column keeps its name; an outlet that no codebook lists keeps its own."""
    book = load_codebook(paths.CODEBOOKS / "teaching.yaml")
    table = pd.DataFrame({"outlet": ["courier", "De_Courant", None], "actor_id": ["police", "police", None]})
    labelled = with_labels(table, codebook=book, language="nl")
    assert list(labelled.columns) == ["outlet", "actor"]
    assert labelled["outlet"].tolist()[:2] == ["The Lowland Courier", "De_Courant"] and pd.isna(labelled["outlet"][2])
    assert with_labels(table, codebook=EMPTY)["outlet"].tolist()[:2] == ["courier", "De_Courant"]


def test_a_table_without_rows_keeps_its_columns():
    """Empty evidence is shown as an empty table."""
    labelled = with_labels(empty_table("quotes"), codebook=EMPTY)
    assert "source" in labelled.columns
    articles = articles_from_texts(["Het regent."])
    assert with_words(empty_table("quotes"), articles)["words"].tolist() == []
    assert with_sentences(empty_table("actions"), empty_table("sentences"))["sentence"].tolist() == []
    assert with_questions(empty_table("frames"), codebook=EMPTY)["question"].tolist() == []


def test_offsets_become_words():
    """Half-open characters of the article's text; a row without offsets gets none."""
    articles = articles_from_texts(["De raad zwijgt.", "Het regent."])
    table = pd.DataFrame({"article_id": ["example2", "example1"], "start": [4, None], "end": [10, None]})
    assert with_words(table, articles)["words"].fillna("nothing").tolist() == ["regent", "nothing"]
    with pytest.raises(InputError, match="article 'b' is not among the articles"):
        with_words(table.assign(article_id="b"), articles)


def test_sentences_and_questions_are_looked_up(seed_tables, seed_codebook):
    """Every row of the seed finds its sentence and its question; rows stay as many."""
    frames = with_questions(with_sentences(seed_tables.frames, seed_tables.sentences), codebook=seed_codebook)
    assert len(frames) == len(seed_tables.frames)
    assert frames["question"].str.endswith("?").sum() > len(frames) / 2
    assert frames["question"].notna().all()
    assert frames["sentence"].notna().all()
    questions = list_questions(seed_codebook)
    assert list(questions.columns) == ["frame", "indicator", "question", "n_patterns"]
    assert len(questions) == sum(len(frame.indicators) for frame in seed_codebook.frames.values())
    english = list_questions(seed_codebook, language="en")["question"]
    assert not set(questions["question"]) & set(english)
    assert set(english) == {asked.question for frame in seed_codebook.frames.values() for asked in frame.indicators}


def test_tables_articles_and_notices_are_listed_without_folders(seed_tables):
    """Folders differ between machines; a notebook must not."""
    assert list_tables(seed_tables)["table"].tolist()[:2] == ["articles", "sentences"]
    units = list_tables(seed_tables)["one_row_is"].tolist()
    assert units[:2] == ["article", "sentence"]
    assert [unit for unit in units if localise(unit, "one_row_is", "nl") == unit] == []  # each has its Dutch
    assert "text" not in list_articles(seed_tables.articles).columns
    notices = make_table(
        "notices",
        [
            {"source_file": "/srv/news/a.txt", "row": None, "article_id": None, "notice": "refused"}
            | {"reason": "empty", "remedy": "leave it out"}
        ],
    )
    assert list_notices(notices)["file"].tolist() == ["a.txt"]
    assert list_notices(empty_table("notices")).empty


def test_methods_stand_side_by_side_and_silence_is_empty():
    """Means and counts per method; an actor that a method has no row for gets no number."""
    table = pd.DataFrame(
        {
            "target_id": ["iran", "iran", "iran", "trump"],
            "method": ["model", "model", "lexicon", "model"],
            "polarity": [-0.5, -0.1, 0.75, 0.2],
        }
    )
    beside = compare_methods(table)
    assert list(beside.columns) == ["target_id", "lexicon: n", "lexicon: tone", "model: n", "model: tone"]
    assert beside["model: tone"].round(6).tolist() == [-0.3, 0.2]
    assert beside["model: n"].tolist() == [2, 1]
    assert beside.loc[1, ["lexicon: n", "lexicon: tone"]].isna().all()


def test_moods_are_counted_of_clear_evaluations_alone():
    """Per source: how many, and how many of them in each mood; a faint one counts for nothing."""
    plain = dict.fromkeys(("negated", "hedged", "question", "conditional", "denied"), False) | {"source_id": "author"}
    rows = [
        plain | {"polarity": -0.9, "hedged": True},
        plain | {"polarity": 0.5},
        plain | {"polarity": 0.1, "denied": True},
    ]
    (counted,) = count_moods(pd.DataFrame(rows)).to_dict("records")
    assert counted == {
        "source_id": "author", "negated": 0, "hedged": 1, "question": 0, "conditional": 0, "denied": 0, "n": 2,
    }  # fmt: skip


def test_pairs_are_listed_with_the_name_that_explain_takes(seed_codebook):
    """Most evaluations first; an exercise said `tone:actor_id=...` where no id stood anywhere."""
    pairs = pd.DataFrame(
        [("trump", "iran", -0.9, 4), ("author", "iraq", -0.2, 8)],
        columns=["source_id", "actor_id", "estimate", "n_units"],
    )
    listed = list_pairs(pairs, codebook=seed_codebook)
    assert listed.to_dict("records") == [
        {"source": "eigen stem", "actor": "Irak", "n_units": 8, "estimate": -0.2, "name": "tone:actor_id=iraq,source_id=author"},
        {"source": "Donald Trump", "actor": "Iran", "n_units": 4, "estimate": -0.9, "name": "tone:actor_id=iran,source_id=trump"},
    ]  # fmt: skip
    assert [str(parse_group(name)) for name in listed["name"]] == listed["name"].tolist()
    assert list_pairs(pairs.iloc[:0], codebook=seed_codebook).empty
    found = explain_first_pair(None, listed.iloc[:0], codebook=seed_codebook, language="en")  # type: ignore[arg-type]
    assert found == "Nobody evaluates anybody."
