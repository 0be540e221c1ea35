"""Running news as targets: every mention, marked as a study marks it, with the code of its sentence."""

import json
import os

from analysis.reading.model_loading import MODEL_VARIABLE, reading_model_path
from analysis.training.news import UNCLEAR_WEIGHT, read_news, reading_with
from analysis.validation.running_news import NETWORK, code_items, mark_mentions

ITEM = {
    "id": "d01",
    "language": "nl",
    "headline": "Raad prijst Bakker",
    "text": "De raad dankte Bakker voor haar inzet. Wethouder Bakker loog over de kosten, zegt de raad.",
    "actors": {
        "bakker": {"type": "person", "names": ["Bakker"], "nominals": []},
        "council": {"type": "government", "names": [], "nominals": ["raad"]},
    },
    "judgements": [
        {"sentence": "Raad prijst", "target": "bakker", "source": "council", "polarity": "positive", "words": "prijst"},
        {"sentence": "De raad dankte", "target": "bakker", "source": "council", "polarity": "positive", "words": "x"},
        {
            "sentence": "Wethouder Bakker loog", "target": "bakker", "source": "council", "polarity": "negative",
            "words": "loog", "clear": False,
        },
    ],
    "tone": {"bakker": 0, "council": 0},
}  # fmt: skip


def test_every_mention_has_the_code_of_its_sentence():
    """The judged as judged, whoever judges as neutral; what is unclear counts for less."""
    rows = [row for coded in code_items([ITEM]) for row in mark_mentions(coded)]
    found = {(row["text"][row["start"] : row["end"]], row["label"]) for row in rows}
    assert {("Bakker", 1), ("raad", 0)} <= found
    assert {row["part"] for row in rows} == {NETWORK}
    unclear = [row for row in rows if "loog" in row["text"] and "Bakker" in row["text"][row["start"] : row["end"]]]
    assert [(row["label"], row["is_clear"]) for row in unclear] == [(-1, False)]


def test_one_sentence_that_judges_both_ways_teaches_nothing():
    """Its target has no row."""
    other = {**ITEM["judgements"][1], "polarity": "negative"}
    rows = [
        row
        for coded in code_items([{**ITEM, "judgements": [*ITEM["judgements"], other]}])
        for row in mark_mentions(coded)
    ]
    assert not [row for row in rows if "dankte" in row["text"] and row["label"]]
    assert [row for row in rows if "dankte" in row["text"]]  # the council


def test_targets_are_read_by_part_and_language(tmp_path):
    """A row of another part is left out; mentions of one item are one group."""
    path = tmp_path / "news.jsonl"
    row = {
        "id": "a01",
        "part": "network",
        "language": "en",
        "text": "Ann won.",
        "start": 0,
        "end": 3,
        "label": 1,
        "is_clear": False,
    }
    path.write_text("".join(json.dumps({**row, "part": part}) + "\n" for part in ("network", "weights")), "utf-8")
    targets = read_news(path, ["network"])
    assert [(target.span, target.label, target.language, target.group) for target in targets] == [
        ((0, 3), 1, "en", "a01")
    ]
    assert targets[0].weight == UNCLEAR_WEIGHT


def test_another_file_reads_for_a_while_only(tmp_path):
    """Afterwards the file is the same as before, named or not."""
    before = os.environ.get(MODEL_VARIABLE)
    with reading_with(tmp_path / "other.npz"):
        assert reading_model_path() == tmp_path / "other.npz"
        with reading_with(tmp_path / "third.npz"):
            assert reading_model_path() == tmp_path / "third.npz"
        assert reading_model_path() == tmp_path / "other.npz"
    assert os.environ.get(MODEL_VARIABLE) == before
