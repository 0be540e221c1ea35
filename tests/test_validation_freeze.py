"""Freezes: the fixed texts, that coding them twice gives the same files, and what comparing two tells."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.tables import LAYERS, Tables, make_table
from analysis.corpus import read_tables, write_tables
from analysis.validation import freeze_texts
from analysis.validation.freeze import code_freeze, main
from analysis.validation.freeze_compare import MANIFEST, compare_freezes
from analysis.validation.freeze_lines import mark_words
from analysis.validation.freeze_rows import PLACES, RUNNING, Choice, Key, Row, match_rows
from analysis.validation.freeze_texts import draw_evenly, read_set, read_texts
from analysis.validation.running_news import HELD_OUT, part_of
from tests.freeze_tables import make_coded


def write_freeze(folder: Path, tables: Tables, name: str = "seed") -> Path:
    """A freeze of one set."""
    write_tables(tables, folder / name)
    counts = {table: len(rows) for table, rows in tables.items()}
    (folder / MANIFEST).write_text(json.dumps({"commit": "abc", "sets": {name: counts}}), encoding="utf-8")
    return folder


def change(tables: Tables, table: str, place: int, **cells: object) -> Tables:
    """The tables with other cells in one row."""
    rows = getattr(tables, table).to_dict("records")
    rows[place] |= cells
    return replace(tables, **{table: make_table(table, rows)})


def drop(tables: Tables, table: str, place: int) -> Tables:
    """The tables without one row."""
    rows = getattr(tables, table)
    return replace(tables, **{table: rows.drop(index=place).reset_index(drop=True)})


def compare(tmp_path: Path, old: Tables, new: Tables, choice: Choice | None = None, **options: int) -> tuple[bool, str]:
    """Whether two sets differ, and what is told."""
    lines: list[str] = []
    for name in ("old", "new"):
        shutil.rmtree(tmp_path / name, ignore_errors=True)
    folders = write_freeze(tmp_path / "old", old), write_freeze(tmp_path / "new", new)
    differs = compare_freezes(*folders, choice, tell=lines.append, **options)
    return differs, "\n".join(lines)


def line_of(told: str, table: str) -> str:
    """The line with the counts of a table."""
    (line,) = (line for line in told.splitlines() if line.startswith(f"  {table}: "))
    return line.strip()


@pytest.fixture(scope="module")
def tables() -> Tables:
    """Three articles of the same text: Jan speaks of Piet, and Piet laughs."""
    return make_coded()


def test_every_table_has_its_place(tables: Tables) -> None:
    """By columns that it has; its running number is none of them."""
    assert list(PLACES) == list(LAYERS)
    for name, table in tables.items():
        needed = {column for column in (*PLACES[name].where, *PLACES[name].who) if column != "sentence"}
        assert needed <= set(table.columns), name
        assert not needed & RUNNING, name


def test_the_same_rows_do_not_differ(tmp_path: Path, tables: Tables) -> None:
    """Whatever their numbers, which shift with every row that comes before them."""
    differs, told = compare(tmp_path, tables, tables)
    assert not differs and told.endswith("No difference.")
    assert line_of(told, "mentions") == "mentions: 9 rows old, 9 new; 9 the same, 0 changed, 0 only old, 0 only new"
    differs, told = compare(tmp_path, tables, renumber(tables))
    assert not differs, told


def renumber(tables: Tables) -> Tables:
    """The tables with other running numbers of mentions, quotes and evaluations, wherever they stand."""
    shifted = {}
    for name, table in tables.items():
        rows = table.astype(object).where(table.notna(), None)
        numbers = [column for column in table.columns if column.endswith("_id") and column != "sentence_id"]
        for column in numbers:
            rows[column] = rows[column].map(
                lambda value: (
                    value.replace(":m", ":m9").replace(":q", ":q9").replace(":e", ":e9")
                    if isinstance(value, str)
                    else value
                )
            )
        shifted[name] = make_table(name, rows.to_dict("records")) if len(rows) else table
    return Tables(**shifted)


def test_another_speaker_is_a_changed_row_with_its_words(tmp_path: Path, tables: Tables) -> None:
    """Of the quote, not one row less and one more; the sentence is shown with what is said in brackets."""
    new = change(tables, "quotes", 0, source_id="piet", source_mention_id="a1:m00002", cue=None)
    differs, told = compare(tmp_path, tables, new)
    assert differs and told.endswith("The freezes differ.")
    counts = (
        "3 rows old, 3 new; 2 the same, 1 changed (source_id 1, source_mention_id 1, cue 1), 0 only old, 0 only new"
    )
    assert line_of(told, "quotes") == f"quotes: {counts}"
    text = tables.articles["text"][0]
    start, end = tables.quotes.loc[0, ["start", "end"]]
    assert f"[{text[start:end]}]" in told
    assert "source_id: jan -> piet; source_mention_id: mentions 8 11 Jan -> mentions 18 22 Piet" in told
    assert "cue: zei -> None" in told


def test_a_row_that_moves_is_one_less_and_one_more(tmp_path: Path, tables: Tables) -> None:
    """Told from either side, with what the row says."""
    start = int(tables.actions["start"][1])
    new = change(tables, "actions", 1, start=start - 1, end=start + 2, predicate="huilen")
    differs, told = compare(tmp_path, tables, new)
    assert differs
    assert line_of(told, "actions") == "actions: 3 rows old, 3 new; 2 the same, 0 changed, 1 only old, 1 only new"
    less, more = told.split("\n    only old\n")[1].split("\n    only new\n")
    assert "predicate: lachen" in less and "predicate: huilen" in more


def test_a_judgement_shows_cue_and_actor(tmp_path: Path, tables: Tables) -> None:
    """Both in brackets; polarity and its probabilities are told as numbers."""
    place = int(tables.evaluations.index[tables.evaluations["evaluation_id"] == "a1:e00001.model"][0])
    _, told = compare(tmp_path, tables, change(tables, "evaluations", place, polarity=0.25))
    assert "polarity: -0.6 -> 0.25" in told
    assert "[Piet]" in told and "[laf]" in told


def test_what_a_freeze_lacks_is_only_in_the_other(tmp_path: Path, tables: Tables) -> None:
    """A row less; and of more than the limit the number alone."""
    less = tables
    for _ in range(3):
        less = drop(less, "responsibility", 0)
    differs, told = compare(tmp_path, less, tables, limit=1)
    assert differs
    assert line_of(told, "responsibility").endswith("0 rows old, 3 new; 0 the same, 0 changed, 0 only old, 3 only new")
    assert told.count("stance: accuses") == 1 and "    and 2 more" in told
    _, told = compare(tmp_path, less, tables, limit=0)
    assert "stance" not in told and "    and 3 more" in told


def test_columns_can_be_left_out(tmp_path: Path, tables: Tables) -> None:
    """Names of rules may change where nothing else does; and the other way round, one column may be all that counts."""
    new = change(tables, "quotes", 0, rule="another")
    assert compare(tmp_path, tables, new)[0]
    assert not compare(tmp_path, tables, new, Choice(ignore=("rule",)))[0]
    assert not compare(tmp_path, tables, new, Choice(columns=("source_id", "kind")))[0]
    assert not compare(tmp_path, tables, new, Choice(tables=("mentions", "frames")))[0]
    new = change(new, "quotes", 0, source_id="piet")
    assert compare(tmp_path, tables, new, Choice(columns=("source_id",)))[0]


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (Choice(columns=("sourceid",)), "--columns sourceid: no table has such a column"),
        (Choice(ignore=("mention_id",)), "--ignore mention_id: is a running number"),
        (Choice(tables=("quote",)), "--tables quote: is in neither freeze"),
        (Choice(sets=("news",)), "--sets news: is in neither freeze"),
    ],
)
def test_a_wrong_name_is_refused(tmp_path: Path, tables: Tables, choice: Choice, message: str) -> None:
    """Otherwise nothing would be compared, and nothing would differ."""
    with pytest.raises(UsageError, match=message):
        compare(tmp_path, tables, tables, choice)


def test_a_column_of_one_freeze_is_told_and_the_rest_compared(tmp_path: Path, tables: Tables) -> None:
    """A change of the columns does not stand in the way of comparing the others."""
    write_freeze(tmp_path / "a", tables)
    write_freeze(tmp_path / "b", tables)
    path = tmp_path / "b" / "seed" / "quotes.parquet"
    pd.read_parquet(path).drop(columns="rule").assign(seen_by="tree").to_parquet(path)
    lines: list[str] = []
    assert compare_freezes(tmp_path / "a", tmp_path / "b", tell=lines.append)
    told = "\n".join(lines)
    assert "columns only old: rule" in told and "columns only new: seen_by" in told
    assert "3 the same, 0 changed" in line_of(told, "quotes")
    ignored = Choice(ignore=("rule", "seen_by"))
    assert not compare_freezes(tmp_path / "a", tmp_path / "b", ignored, tell=lines.append)
    pd.read_parquet(path).drop(columns="start").to_parquet(path)
    with pytest.raises(InputError, match="the table quotes lacks the column start"):
        compare_freezes(tmp_path / "a", tmp_path / "b", tell=lines.append)


def test_rows_of_another_text_are_not_compared(tmp_path: Path, tables: Tables) -> None:
    """Their places mean nothing there; the text itself has changed, and that is told."""
    other = change(tables, "articles", 0, text=f"{tables.articles['text'][0]} En weg.")
    other = change(other, "quotes", 0, source_id="piet")
    differs, told = compare(tmp_path, tables, other, Choice(tables=("quotes",)))
    assert differs and "1 texts are in one freeze alone or changed" in told
    assert line_of(told, "quotes").startswith("quotes: 2 rows old, 2 new; 2 the same, 0 changed")
    _, told = compare(tmp_path, tables, other)
    assert "1 changed (text 1)" in line_of(told, "articles")


def test_a_set_of_one_freeze_is_a_difference(tmp_path: Path, tables: Tables) -> None:
    """Unless only the others are asked for."""
    write_freeze(tmp_path / "a", tables)
    write_freeze(tmp_path / "b", tables)
    write_tables(tables, tmp_path / "b" / "gold")
    sets = json.loads((tmp_path / "b" / MANIFEST).read_text(encoding="utf-8"))["sets"]
    (tmp_path / "b" / MANIFEST).write_text(json.dumps({"sets": sets | {"gold": sets["seed"]}}), encoding="utf-8")
    lines: list[str] = []
    assert compare_freezes(tmp_path / "a", tmp_path / "b", tell=lines.append)
    assert "gold: is not in the old freeze" in lines
    assert not compare_freezes(tmp_path / "a", tmp_path / "b", Choice(sets=("seed",)), tell=lines.append)


def test_rows_that_share_a_place_are_paired_by_their_ids_first() -> None:
    """Two at the old place, two at the new one in the other order, of which one has changed."""
    key = Key(("article_id", "start"), ("actor_id",))

    def rows(*actors: str) -> list[Row]:
        return [Row({"article_id": "a", "start": 1, "actor_id": actor}) for actor in actors]

    pairs, only_old, only_new = match_rows(rows("jan", "piet"), rows("els", "jan"), key)
    assert [(old.cells["actor_id"], new.cells["actor_id"]) for old, new in pairs] == [("jan", "jan"), ("piet", "els")]
    assert only_old == only_new == []
    pairs, only_old, only_new = match_rows(rows("jan", "jan"), rows("jan"), key)
    assert (len(pairs), len(only_old), len(only_new)) == (1, 1, 0)


@pytest.mark.parametrize(
    ("words", "sentence", "shown"),
    [
        ([(4, 8)], None, "Jan [komt]."),
        ([(0, 3), (10, 14)], None, "[Jan] komt. [Piet] gaat."),
        ([(0, 8), (4, 8)], None, "[Jan [komt]]."),
        ([], 10, "Piet gaat."),
        ([], None, ""),
    ],
)
def test_words_stand_in_brackets(words: Sequence[tuple[int, int]], sentence: int | None, shown: str) -> None:
    """In all sentences that they touch; on one line, without what a terminal obeys."""
    text = "Jan komt.\nPiet\x1b gaat."
    assert mark_words(text, [(0, 9), (10, 21)], words, sentence) == shown


def test_the_command_says_by_its_code_whether_anything_differs(
    tmp_path: Path, tables: Tables, capsys: pytest.CaptureFixture[str]
) -> None:
    """0, 1, and 2 where it cannot tell, with the remedy."""
    old = write_freeze(tmp_path / "old", tables)
    new = write_freeze(tmp_path / "new", change(tables, "quotes", 0, rule="another"))
    assert main(["compare", str(old), str(old)]) == 0
    assert main(["compare", str(old), str(new)]) == 1
    assert main(["compare", str(old), str(new), "--ignore", "rule", "--tables", "quotes,actions"]) == 0
    assert main(["compare", str(old), str(new), "--limit", "-1"]) == 2
    (new / "seed" / "frames.parquet").write_bytes(b"none")
    assert main(["compare", str(old), str(new)]) == 2
    (new / "seed" / "frames.parquet").unlink()
    assert main(["compare", str(old), str(new)]) == 2
    assert main(["compare", str(old), str(tmp_path)]) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line.split(": ", 1)[1][:12] for line in told[1:]] == ["is damaged; ", "is missing; ", "is no freeze"]


def test_coding_twice_gives_the_same_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All tables of a set and what they were made by; by rules, without the model."""
    arguments = ["--sets", "seed", "--reading", "rules"]
    assert main(["code", str(tmp_path / "a"), *arguments]) == main(["code", str(tmp_path / "b"), *arguments]) == 0
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.*"))
    assert len(files) == 1 + len(PLACES)
    for file in files:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes(), file
    manifest = json.loads((tmp_path / "a" / MANIFEST).read_text(encoding="utf-8"))
    tables = read_tables(tmp_path / "a" / "seed")
    assert manifest["sets"] == {"seed": {name: len(rows) for name, rows in tables.items()}}
    assert manifest["sets"]["seed"]["quotes"] > 5
    assert manifest["model"] is None and len(manifest["coder"]) == 64
    assert tables.articles["source_file"].tolist() == [f"seeds/{tables.articles['article_id'][0]}.txt"]
    assert main(["compare", str(tmp_path / "a"), str(tmp_path / "b")]) == 0
    assert main(["code", str(tmp_path / "a"), *arguments]) == 2
    assert main(["code", str(tmp_path / "a" / MANIFEST / "b"), *arguments]) == 2
    refused = capsys.readouterr().err.splitlines()
    assert "not empty" in refused[0] and "cannot be made" in refused[1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sets": ["seeds"]}, "--sets seeds"),
        ({"sets": []}, "--sets: none is named"),
        ({"reading": "spacy"}, "--reading spacy"),
        ({"n": 0}, "--n 0"),
    ],
)
def test_a_wrong_option_is_refused_before_anything_is_coded(
    tmp_path: Path, options: dict[str, object], message: str
) -> None:
    """And leaves no folder."""
    with pytest.raises(UsageError, match=message):
        code_freeze(tmp_path / "a", **options)
    assert not (tmp_path / "a").exists()


def test_the_news_is_drawn_evenly_and_leaves_out_what_is_held_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each item by a codebook of its own actors."""
    items = [
        {"id": f"a{number:02d}", "language": "nl", "headline": "Kop", "text": "Bakker loog.", "judgements": []}
        | {"actors": {f"actor{number}": {"type": "person", "names": ["Bakker"]}}}
        for number in range(1, 13)
    ]
    monkeypatch.setattr(freeze_texts.running_news, "read_items", lambda: items)
    batches = list(read_set("news", n=4))
    ids = [article_id for batch in batches for article_id in batch.articles["article_id"]]
    assert ids == ["a01", "a04", "a07", "a10"]
    assert [list(batch.codebook.actors) for batch in batches] == [[f"actor{int(name[1:])}"] for name in ids]
    every = [batch.articles["article_id"][0] for batch in read_set("news", n=50)]
    held = [item["id"] for item in items if part_of(item) == HELD_OUT]
    assert held and sorted([*every, *held]) == [item["id"] for item in items]
    with pytest.raises(UsageError, match="--n 0"):
        list(read_set("news", n=0))
    with pytest.raises(UsageError, match="--sets old"):
        list(read_set("old"))


def test_rows_are_drawn_at_even_distances() -> None:
    """The first among them, each once."""
    assert draw_evenly(range(10), 4) == [0, 2, 5, 7]
    assert draw_evenly(range(3), 10) == [0, 1, 2]


def test_every_gold_text_is_there_once_and_the_held_half_of_phenomena_is_not() -> None:
    """With ids of their own; marks and answers are no part of a text."""
    articles = pd.concat([batch.articles for batch in read_set("gold")], ignore_index=True)
    assert articles["article_id"].is_unique
    names = set(articles["article_id"].str.replace(r"[-:_].*", "", regex=True))
    assert {"quotes", "mentions", "actors", "functions", "passive", "grounds", "target", "success", "swapped"} <= names
    assert {"passive-30", "irony-01"} <= set(articles["article_id"])
    assert "passive-31" not in set(articles["article_id"])
    assert not articles["text"].str.contains(r"\{|\|", regex=True).any()
    assert set(articles["language"]) == {"nl", "en"}
    assert len(articles) > 3000


def test_a_text_keeps_its_id_when_others_come_before_it(tmp_path: Path) -> None:
    """So that gold may grow between two freezes; the same text twice is one."""
    path = tmp_path / "quotes_en.yaml"
    path.write_text("- text: One.\n- {text: Two., language: nl}\n", encoding="utf-8")
    first = read_texts(path)
    assert [(text.language, text.text) for text in first] == [("en", "One."), ("nl", "Two.")]
    path.write_text("- text: Zero.\n- text: '{One|1}.'\n- text: One.\n- {text: Two., language: nl}\n", encoding="utf-8")
    assert read_texts(path)[1:] == first
    path.write_text("- quotes: []\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"quotes_en\.yaml, entry 1: holds no text"):
        read_texts(path)
    with pytest.raises(InputError, match="restore tests/gold"):
        read_texts(tmp_path / "none.txt")
