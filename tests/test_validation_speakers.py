"""Passages with several speakers are read as gold, and a mistake in them is named."""

import pytest

from analysis.contracts.errors import InputError
from analysis.contracts.paths import DATA
from analysis.validation.speakers import read_speakers

ITEM = """- id: sp_1
  language: nl
  register: interview
  text: |
    Bestuurder Anna de Wit kwam later. ‘Ik wist van niets’, zei De Wit. ‘Echt niet?’
  quotes:
    - {words: Ik wist van niets, speaker: Anna de Wit, kind: direct}
    - {words: "Echt niet?", speaker: reporter, kind: direct}
"""


def test_a_speaker_stands_wherever_the_name_does(tmp_path):
    """Its last word too; a reporter is nobody that the text names."""
    path = tmp_path / "some.yaml"
    path.write_text(ITEM, "utf-8")
    (row,) = read_speakers(path)
    assert row["is_by_character"]
    first, second = row["quotes"]
    assert [row["text"][start:end] for start, end in first["content"]] == ["Ik wist van niets"]
    assert [row["text"][start:end] for start, end in first["source"]] == ["Anna de Wit", "Wit", "Wit"]
    assert second["source"] == []


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("words: Ik wist", "words: Hij wist", "stands in the text 0 times"),
        ("speaker: Anna de Wit", "speaker: Anna Wit", "does not stand in the text"),
        ("speaker: reporter, kind: direct", "speaker: reporter, kind: said", "kind 'said'"),
        ("  register: interview\n", "", "the keys are"),
    ],
)
def test_a_mistake_names_file_and_item(tmp_path, wrong, right, message):
    """With what to write instead."""
    path = tmp_path / "some.yaml"
    path.write_text(ITEM.replace(wrong, right), "utf-8")
    with pytest.raises(InputError, match=message) as caught:
        read_speakers(path)
    assert "some.yaml" in str(caught.value)


def test_a_folder_without_files_is_named(tmp_path):
    """Nothing to read is an error."""
    with pytest.raises(InputError, match=r"holds no \.yaml"):
        read_speakers(tmp_path)


def test_the_passages_of_the_project_are_read():
    """A hundred: each quotation stands once, each speaker is in the text."""
    rows = read_speakers(DATA / "annotations" / "speakers")
    assert [sum(row["language"] == language for row in rows) for language in ("nl", "en")] == [60, 40]
    assert sum(len(row["quotes"]) for row in rows) == 665
