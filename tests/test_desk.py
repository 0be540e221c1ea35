"""The coding desk: every code is on disk at once, a restart loses nothing, and article text is text."""

import subprocess
import sys
from pathlib import Path

import pytest

from analysis import paths
from analysis.contracts.errors import InputError, UsageError
from analysis.hand_coding import desk as desk_module
from analysis.hand_coding.cells import read_csv
from analysis.hand_coding.desk import CodingDesk, assign_keys, show_unit
from analysis.hand_coding.log import CodingLog
from analysis.hand_coding.questions import POLARITY, PRESENT, TONE, Code, Question
from analysis.hand_coding.sheets import read_sheets
from analysis.measures.sampling import draw_sample
from tests.hand_coding_tables import make_tables

TABLES = make_tables(extra=" <script>alert(1)</script> & <mark>niet</mark>")
SAMPLE = draw_sample(TABLES, n=12, seed=1)
UNITS = list(SAMPLE["unit"])


@pytest.fixture
def desk(tmp_path):
    return CodingDesk(SAMPLE, tmp_path / "anna.csv", coder="anna")


def codes_in(path):
    """Codes on disk, by unit."""
    return {unit: code for unit, _, _, code, *_ in read_csv(path)[1:]}


def type_in(desk, text):
    """Type as a browser reports it: the field's whole content after each key."""
    for key in text:
        desk.typing.value += key


def test_a_key_codes_saves_and_brings_the_next_unit(desk):
    """After each key the file holds the code."""
    for place, (key, code) in enumerate([("-", "-1"), ("0", "0"), ("+", "1"), ("1", "1")]):
        assert desk.unit == UNITS[place]
        type_in(desk, key)
        assert codes_in(desk.log.path)[UNITS[place]] == code
    assert desk.unit == UNITS[4]
    assert desk.log.n_coded == 4
    assert "4 coded" in desk._count.value


def test_buttons_do_what_keys_do(desk):
    """A click codes too, and shows what was chosen when one leafs back."""
    desk.buttons[-1].click()
    assert codes_in(desk.log.path) == {UNITS[0]: "-1"}
    desk.turn(-1)
    assert desk.unit == UNITS[0]
    assert [button.button_style for button in desk.buttons.values()] == ["success", "", ""]


def test_keys_that_arrive_together_are_all_read_once(desk):
    """A slow kernel gets several keys in one message; a deleted key does nothing."""
    desk.typing.value = "1-"
    desk.typing.value = "1"
    desk.typing.value = "10"
    assert list(codes_in(desk.log.path).values()) == ["1", "-1", "0"]


def test_undo_takes_back_the_last_code_and_only_that(desk):
    """Also a code that replaced another, and in turn all of them."""
    type_in(desk, "10pp-")
    assert codes_in(desk.log.path) == {UNITS[1]: "0", UNITS[0]: "-1"}
    type_in(desk, "u")
    assert desk.unit == UNITS[0]
    assert codes_in(desk.log.path)[UNITS[0]] == "1"
    type_in(desk, "uu")
    assert codes_in(desk.log.path) == {}
    type_in(desk, "u")
    assert "nothing to take back" in desk._message.value


def test_a_note_belongs_to_its_unit_even_if_it_arrives_late(desk):
    """The last letters come in when the next unit is on the desk."""
    field = desk.note
    field.value = "wie is"
    type_in(desk, "0")
    field.value = "wie is dit?"
    assert desk.log.entry(UNITS[0]).note == "wie is dit?"
    assert desk.log.entry(UNITS[1]).note == ""
    assert desk.note.value == ""
    desk.turn(-1)
    assert desk.note.value == "wie is dit?"


CHILD = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from analysis.hand_coding.desk import CodingDesk
from analysis.measures.sampling import draw_sample
from tests.hand_coding_tables import make_tables
desk = CodingDesk(draw_sample(make_tables(), n=12, seed=1), Path(sys.argv[1]), coder="anna")
desk.typing.value = "-0"
desk.note.value = "halverwege"
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kernel_that_dies_in_the_middle_of_a_unit_loses_nothing(tmp_path):
    """Killed without warning after two codes and half a unit: the desk opens at that unit, note and undo in place."""
    path = tmp_path / "anna.csv"
    died = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), str(paths.ROOT)], check=False, timeout=120, capture_output=True
    )
    assert died.returncode == -9, died.stderr
    desk = CodingDesk(SAMPLE, path, coder="anna")
    assert desk.unit == UNITS[2]
    assert desk.note.value == "halverwege"
    assert desk.log.n_coded == 2
    type_in(desk, "1u")
    assert desk.unit == UNITS[2]
    type_in(desk, "u")
    assert codes_in(path) == {UNITS[0]: "-1", UNITS[2]: ""}
    assert sorted(file.name for file in tmp_path.iterdir()) == ["anna.csv"]


def test_a_disk_that_fails_loses_nothing_and_says_so(desk, monkeypatch):
    """The old file stays whole, the unit stays on the desk, nothing counts as coded."""
    type_in(desk, "1")
    before = desk.log.path.read_bytes()

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    type_in(desk, "0")
    assert "Not saved" in desk._message.value
    assert "No space left on device" in desk._message.value
    assert desk.unit == UNITS[1]
    assert desk.log.n_coded == 1
    monkeypatch.undo()
    assert desk.log.path.read_bytes() == before
    type_in(desk, "0")
    assert desk.log.n_coded == 2


def test_two_desks_on_one_file_do_not_overwrite_each_other(tmp_path):
    """The second to save is told to open again."""
    one, two = (CodingDesk(SAMPLE, tmp_path / "anna.csv", coder="anna") for _ in range(2))
    type_in(one, "1")
    type_in(two, "0")
    assert "was changed by another desk" in two._message.value
    assert codes_in(tmp_path / "anna.csv") == {UNITS[0]: "1"}


def test_when_all_is_coded_the_sheet_can_be_read(desk):
    """The desk's file is a sheet as any other."""
    type_in(desk, "-0+" * 4)
    assert "All 12 units are coded" in desk._message.value
    codes = read_sheets([desk.log.path], sample=SAMPLE)
    assert codes.set_index("unit")["code"][UNITS].tolist() == [-1, 0, 1] * 4
    assert set(codes["coder"]) == {"anna"}


def test_leafing_stops_at_either_end_and_skipped_units_come_back(desk):
    """On and back; a unit passed over is the next open one at the end."""
    type_in(desk, "p")
    assert desk.unit == UNITS[0]
    type_in(desk, "n" * 30)
    assert desk.unit == UNITS[-1]
    type_in(desk, "1")
    assert desk.unit == UNITS[0]
    type_in(desk, "?")
    assert "The key ? means nothing here" in desk._message.value


def test_article_text_is_shown_as_text(tmp_path):
    """No tag of an article, a headline or an actor's name gets through; the marked words alone are marked."""
    desk = CodingDesk(SAMPLE, tmp_path / "a.csv", coder="anna")
    for unit in UNITS:
        html = desk._shown[unit]
        assert "<script" not in html
        assert html.count("<mark>") == 1
    assert "&lt;script&gt;" in "".join(desk._shown.values())
    row = SAMPLE.head(1).assign(headline="<img src=x>", actor_id="unlisted:<b>")
    html = show_unit(next(row.itertuples()), desk_module.EMPTY, "en")
    assert "<img" not in html
    assert "<b>&lt;b&gt;</b>" in html
    assert SAMPLE["text"].iloc[0][:5] in html


@pytest.mark.parametrize(("unit", "question"), [("sentence", PRESENT), ("article", TONE)])
def test_every_kind_of_unit_can_be_coded(tmp_path, unit, question):
    """Sentences for frames, articles for actors."""
    sample = draw_sample(TABLES, n=10, unit=unit, seed=1)
    desk = CodingDesk(sample, tmp_path / "a.csv", coder="anna")
    assert set(desk.buttons) == {code.value for code in question.codes}
    type_in(desk, "1")
    codes = read_sheets([tmp_path / "a.csv"])
    assert codes["variable"].tolist() == [sample["variable"][0]]
    assert codes["code"].tolist() == [1]


def test_keys_are_told_apart():
    """A key of two codes, or of a move, is refused."""
    assert assign_keys(POLARITY) == {"-": -1, "0": 0, "+": 1, "1": 1, "=": 1}
    for codes in ((Code("news", ""), Code("opinion", "")), (Code("ab", ""), Code("ac", ""))):
        with pytest.raises(UsageError, match="would mean two things"):
            assign_keys(Question("genre", "Which?", codes))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("unit,coder,polarity,note\n{0},anna,2,\n", "cell C2: '2' is no code; use -1, 0 or 1"),
        ("unit,coder,polarity,note\n{0},ben,1,\n", "this is the coding of ben, not of anna"),
        ("unit,coder,polarity,note\nzz,anna,1,\n", "the unit zz is not in the sample"),
        ("unit,coder,polarity,note\n{0},anna,1,\n{0},anna,1,\n", "cell C3: the unit .* stands there a second time"),
        ("unit,coder,tone,note\n{0},anna,1,\n", "lacks polarity"),
    ],
)
def test_a_file_that_cannot_be_gone_on_from_is_named(tmp_path, rows, message):
    """Another coder's, another sample's, another question's, or a damaged one."""
    path = tmp_path / "anna.csv"
    path.write_text(rows.format(UNITS[0]), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        CodingLog(path, SAMPLE, POLARITY, "anna")


def test_a_coder_has_a_name(tmp_path):
    """Codes of nobody agree with nobody."""
    with pytest.raises(UsageError, match="who codes"):
        CodingDesk(SAMPLE, tmp_path / "a.csv", coder=" ")


def test_without_widgets_the_desk_says_what_to_install(tmp_path, monkeypatch):
    """Import fails only when a desk is opened."""
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(InputError, match="pip install ipywidgets"):
        CodingDesk(SAMPLE, tmp_path / "a.csv", coder="anna")
