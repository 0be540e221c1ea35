"""Adjudication: units on which coders differ are shown side by side, decided with a reason, and become the reference."""

import json
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from analysis import paths
from analysis.codebook.load import load_codebook
from analysis.contracts.errors import InputError, UsageError
from analysis.hand_coding.adjudication import (
    adjudicate,
    compare_codes,
    show_beside,
    write_gold,
    write_notebook,
    write_reference,
)
from analysis.hand_coding.cells import read_csv, write_csv
from analysis.hand_coding.desk import AdjudicationDesk
from analysis.hand_coding.questions import POLARITY, PRESENT
from analysis.hand_coding.sheets import read_sheets, write_sample, write_sheet
from analysis.measures.agreement_report import report_agreement
from analysis.measures.correction import correct_means
from analysis.measures.sampling import draw_sample, machine_codes, plan_sample
from analysis.validation.gold import read_gold
from tests.hand_coding_tables import make_tables

TABLES = make_tables(extra=" <script>alert(1)</script> & <mark>niet</mark>")
SAMPLE = draw_sample(TABLES, n=12, seed=1)
UNITS = list(SAMPLE["unit"])
ANNA = [1, 1, 0, -1, 0, 0, 1, 1, 0, None, None, 1]
BEN = [1, 0, 0, 1, 0, 0, 1, 1, None, 1, None, None]
NOTES = {11: '=1+1 <img src=x onerror="alert(1)">: a namesake'}
"""Of twelve units coders give different codes for two (1 and 3), and one leaves one open for a reason (11)."""
DIFFER = [UNITS[place] for place in (1, 3, 11)]


def fill(folder, coder, codes, notes=(), sample=SAMPLE, name="polarity"):
    """A sheet as it comes back from a coder."""
    said = dict(notes)
    rows = [
        [unit, variable, coder, "" if code is None else code, said.get(place, "")]
        for place, (unit, variable, code) in enumerate(zip(sample["unit"], sample["variable"], codes, strict=True))
    ]
    write_csv(folder / f"{coder}.csv", ["unit", "variable", "coder", name, "note"], rows)
    return folder / f"{coder}.csv"


@pytest.fixture
def sheets(tmp_path):
    return [fill(tmp_path, "anna", ANNA), fill(tmp_path, "ben", BEN, NOTES)]


def decide(path, sheets, answers, coder="clara", **options):
    """Fill an adjudication sheet: per unit a code and a reason."""
    found = adjudicate(sheets, SAMPLE, **options)
    left = SAMPLE[SAMPLE["unit"].isin(found.open)]
    write_sheet(left, path, coder=coder, beside=show_beside(one for one in found.compared if one.unit in found.open))
    if path.suffix == ".csv":
        header, *rows = read_csv(path)
        for row in rows:
            row[header.index("polarity")], row[header.index("reason")] = answers.get(row[0], ("", ""))
        write_csv(path, header, rows)
        return path
    book = openpyxl.load_workbook(path, rich_text=True)
    sheet = book["coding"]
    titles = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        row[titles.index("polarity")].value, row[titles.index("reason")].value = answers.get(row[0].value, (None, None))
    book.save(path)
    return path


ANSWERS = {DIFFER[0]: (0, "names only"), DIFFER[1]: (-1, "rule 1: onbetrouwbaar"), DIFFER[2]: (None, "a namesake")}


def test_who_differs_and_who_merely_skipped(sheets, tmp_path):
    """A skip with a note is an answer, one without is none; a unit of one coder is decided only where that is asked."""
    compared = {one.unit: one for one in compare_codes(read_sheets(sheets))}
    assert [unit for unit in UNITS if compared[unit].differs] == DIFFER
    assert compared[UNITS[0]].code == 1 and compared[UNITS[8]].code == 0 and compared[UNITS[10]].code is None
    singles = {one.unit for one in compare_codes(read_sheets(sheets), singles=True) if one.differs}
    assert singles == {*DIFFER, UNITS[8], UNITS[9]}
    third = fill(tmp_path, "carl", [1, 0, 1, *[None] * 9])
    compared = {one.unit: one for one in compare_codes(read_sheets([*sheets, third]))}
    assert [unit for unit in UNITS if compared[unit].differs] == [UNITS[1], UNITS[2], *DIFFER[1:]]
    assert {coder: code for coder, (code, _) in compared[UNITS[1]].given.items()} == {"anna": 1, "ben": 0, "carl": 0}


def test_two_coders_are_needed(sheets, tmp_path):
    """Nobody differs from themselves, and a reference is no coder."""
    with pytest.raises(InputError, match="two coders or more, not anna"):
        adjudicate(sheets[:1], SAMPLE)
    with pytest.raises(InputError, match="one of the sheets is a reference"):
        adjudicate([*sheets, fill(tmp_path, "adjudicated", ANNA)], SAMPLE)


def test_the_sheet_shows_the_codes_side_by_side_and_asks_for_a_reason(sheets, tmp_path):
    """Codes and notes of each coder beside the text; three columns open; what a coder wrote is no formula."""
    path = decide(tmp_path / "clara.xlsx", sheets, {})
    book = openpyxl.load_workbook(path)
    sheet = book["coding"]
    titles = [cell.value for cell in sheet[1]]
    assert titles[7:] == [
        "after", "given by anna", "given by ben", "note of ben", "polarity", "reason", "coder", "codebook",
    ]  # fmt: skip
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    assert set(rows) == set(DIFFER)
    assert [cell.value for cell in rows[DIFFER[1]][8:11]] == [-1, 1, None]
    assert [cell.value for cell in rows[DIFFER[2]][8:11]] == [1, None, NOTES[11]]
    assert {cell.data_type for row in rows.values() for cell in row if cell.value is not None} == {"s", "n"}
    unlocked = {titles[cell.column - 1] for cell in sheet[2] if not cell.protection.locked}
    assert unlocked == {"polarity", "reason", "coder"}
    told = [(row[0].value, row[1].value) for row in book["instructions"].iter_rows()]
    assert told[0][0] == "Adjudication" and any(head == "Column reason" for head, _ in told)
    assert not any(head == "Column note" for head, _ in told)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_filled_sheet_and_what_was_agreed_are_the_reference(sheets, tmp_path, ending):
    """Code, reason, who and when; what both gave is taken over; and it reads back as any sheet does."""
    decided = decide(tmp_path / f"clara.{ending}", sheets, ANSWERS)
    found = adjudicate(sheets, SAMPLE, decided=[decided])
    assert found.open == [] and found.notices == ["Units that nobody coded: 1"]
    path = write_reference(found.reference, tmp_path / "reference.csv", POLARITY)
    rows = (
        pd.read_csv(path, keep_default_na=False, dtype=str).set_index("unit").loc[[u for u in UNITS if u != UNITS[10]]]
    )
    assert rows["how"].tolist() == (
        ["agreed", "adjudicated", "agreed", "adjudicated", *["agreed"] * 4, "one coder", "one coder", "adjudicated"]
    )
    assert rows["polarity"].tolist() == ["1", "0", "0", "-1", "0", "0", "1", "1", "0", "1", ""]
    settled = rows.loc[DIFFER]
    assert settled["reason"].tolist() == [reason for _, reason in ANSWERS.values()]
    assert set(settled["adjudicator"]) == {"clara"} and set(rows["coder"]) == {"adjudicated"}
    assert pd.to_datetime(settled["adjudicated_at"]).dt.tz is not None
    assert settled["given by anna"].tolist() == ["1", "-1", "1"] and settled["given by ben"].tolist() == ["0", "1", ""]
    codes = read_sheets([path], sample=SAMPLE).set_index("unit")
    assert codes["code"][UNITS[3]] == -1 and codes["note"][UNITS[3]] == "rule 1: onbetrouwbaar"
    assert pd.isna(codes["code"][UNITS[11]]) and UNITS[10] not in codes.index


def test_a_code_without_a_reason_is_named_by_its_cell(sheets, tmp_path):
    """And nothing of the file is taken."""
    decided = decide(tmp_path / "clara.csv", sheets, {DIFFER[0]: (0, " "), DIFFER[1]: ("neg", "x")})
    with pytest.raises(InputError, match="'neg' is no code"):
        adjudicate(sheets, SAMPLE, decided=[decided])
    decided.unlink()
    decided = decide(tmp_path / "clara.csv", sheets, {DIFFER[0]: (0, " ")})
    with pytest.raises(InputError, match=r"clara.csv, cell L\d: the code has no reason"):
        adjudicate(sheets, SAMPLE, decided=[decided])


def test_adjudicating_in_two_goes(sheets, tmp_path):
    """The second sheet has what is left; two people on one unit are told of each other; the same again is the same."""
    first = decide(tmp_path / "clara.xlsx", sheets, {DIFFER[0]: (0, "names only")})
    with pytest.raises(InputError, match="is there already"):
        decide(first, sheets, ANSWERS)
    found = adjudicate(sheets, SAMPLE, decided=[first])
    assert sorted(found.open) == sorted(DIFFER[1:]) and len(found.reference) == 9
    rest = decide(tmp_path / "dave.csv", sheets, ANSWERS, coder="dave", decided=[first])
    found = adjudicate(sheets, SAMPLE, decided=[first, rest])
    assert found.open == []
    who = found.reference.set_index("unit")["adjudicator"]
    assert who[DIFFER].tolist() == ["clara", "dave", "dave"]
    one, two = (write_reference(found.reference, tmp_path / name, POLARITY) for name in ("a.csv", "b.csv"))
    assert one.read_bytes() == two.read_bytes()
    again = decide(tmp_path / "eva.csv", sheets, ANSWERS, coder="eva")
    with pytest.raises(InputError, match=r"eva.csv, cell L\d: .* decided a second time \(first in clara.xlsx"):
        adjudicate(sheets, SAMPLE, decided=[first, again])


def test_a_coder_who_changes_a_code_opens_the_unit_again(sheets, tmp_path):
    """A decision was on the codes that stood beside it; where coders have come to agree, that is what counts."""
    decided = decide(tmp_path / "clara.xlsx", sheets, ANSWERS)
    changed = [fill(tmp_path, "anna", [1, 0, 0, 0, *ANNA[4:]]), sheets[1]]
    found = adjudicate(changed, SAMPLE, decided=[decided])
    assert found.open == [DIFFER[1]]
    assert found.notices[1].startswith("Decisions on codes that the coders have changed") and ": 1" in found.notices[1]
    assert found.notices[2] == "Decisions where the coders do not differ, which are left out: 1"
    row = found.reference.set_index("unit").loc[DIFFER[0]]
    assert (row["code"], row["how"]) == (0, "agreed")


def test_agreement_is_that_before_adjudication(sheets, tmp_path):
    """The reference is scored against, and agrees with nobody."""
    decided = decide(tmp_path / "clara.csv", sheets, ANSWERS)
    found = adjudicate(sheets, SAMPLE, decided=[decided])
    path = write_reference(found.reference, tmp_path / "reference.csv", POLARITY)
    people, machine = read_sheets(sheets), machine_codes(SAMPLE)
    before = report_agreement(pd.concat([people, machine]), machines=["model"], n_draws=50)
    everybody = pd.concat([read_sheets([*sheets, path]), machine])
    after = report_agreement(everybody, reference="adjudicated", machines=["model"], n_draws=50)
    pd.testing.assert_frame_equal(before.agreement, after.agreement)
    assert after.overall["coder"].tolist() == ["anna", "ben", "model"]
    alone = report_agreement(pd.concat([read_sheets([path]), machine]), reference="adjudicated", n_draws=50)
    assert alone.agreement.empty and alone.overall["coder"].tolist() == ["model"]


def test_estimates_and_validation_take_the_reference(sheets, tmp_path):
    """Corrected means by unit; a gold file of the sentences with a mark and a code."""
    found = adjudicate(sheets, SAMPLE, decided=[decide(tmp_path / "clara.csv", sheets, ANSWERS)])
    path = write_reference(found.reference, tmp_path / "reference.csv", POLARITY)
    units = plan_sample(TABLES, n=12, seed=1)
    assert len(units) > len(SAMPLE)
    units["human"] = pd.to_numeric(units["unit"].map(read_sheets([path]).set_index("unit")["code"]))
    assert set(correct_means(units, predicted="score", coded="human", probability="probability")["n_coded"]) == {0, 10}
    gold = read_gold(write_gold(found.reference, SAMPLE, tmp_path / "gold.jsonl"), "target")
    assert len(gold) == 10
    assert {row["text"][row["start"] : row["end"]] for row in gold} <= {"Jansen", "Waalbouw"}
    with pytest.raises(UsageError, match="unit evaluation only"):
        write_gold(found.reference, draw_sample(TABLES, n=5, unit="article", seed=1), tmp_path / "no.jsonl")


def test_a_codebook_that_has_changed_is_told(tmp_path):
    """By the fingerprint of what coders were told: in the notices and at the desk, for the frame whose text it is."""
    sample = draw_sample(TABLES, n=6, unit="sentence", seed=1)
    book = load_codebook(paths.CODEBOOKS / "frames_generic.yaml")
    conflict = replace(book.frames["conflict"], definition="Anything unpleasant.")
    other = replace(book, frames={**book.frames, "conflict": conflict})
    about_conflict = (sample["frame_id"] == "conflict").tolist()
    contested = about_conflict.index(True)
    sheets = []
    for coder, answer in (("anna", "0"), ("ben", "1")):
        path = write_sheet(sample, tmp_path / f"{coder}.csv", book, coder=coder)
        header, *rows = read_csv(path)
        for place, row in enumerate(rows):
            row[header.index("present")] = answer if place == contested else "1"
        write_csv(path, header, rows)
        sheets.append(path)
    assert adjudicate(sheets, sample, book).notices == []
    told = adjudicate(sheets, sample, other).notices
    assert 0 < sum(about_conflict) < 6 and len(told) == 2
    assert told[0].endswith(
        f"another text of question or codebook than today's: {sum(about_conflict)} by anna (anna.csv)"
    )
    desk = AdjudicationDesk(read_sheets(sheets), sample, tmp_path / "clara.csv", book, coder="clara")
    desk.note.value = "nobody reproaches anybody"
    desk.press("0")
    assert "All 1 units are coded" in desk._message.value
    desk = AdjudicationDesk(read_sheets(sheets), sample, tmp_path / "clara.csv", other, coder="clara")
    assert "another text of the codebook" in desk._message.value and "Anything unpleasant." in desk._card.value
    found = adjudicate(sheets, sample, other, decided=[tmp_path / "clara.csv"])
    assert "1 by clara (clara.csv)" in found.notices[-1]
    assert found.reference["codebook"].notna().sum() == 1


def test_the_desk_shows_both_codes_with_the_codebook_and_wants_a_reason(sheets, tmp_path):
    """Only units in dispute; what coders wrote is shown as text; no reason, no code."""
    codes = read_sheets(sheets)
    desk = AdjudicationDesk(codes, SAMPLE, tmp_path / "clara.csv", coder="clara")
    assert desk.log.units == DIFFER
    card = desk._card.value
    assert "anna: <b>1</b>" in card and "ben: <b>0</b>" in card
    assert "positive: praised" in card and "neutral: named" in card
    assert not any("<img" in shown or "<script" in shown for shown in desk._shown.values())
    desk.press("0")
    assert "Write the reason first" in desk._message.value and not (tmp_path / "clara.csv").exists()
    for _, reason in ANSWERS.values():
        desk.note.value = reason
        desk.press("0")
    assert "All 3 units are coded" in desk._message.value
    found = adjudicate(sheets, SAMPLE, decided=[tmp_path / "clara.csv"])
    assert found.open == []
    settled = found.reference[found.reference["how"] == "adjudicated"]
    assert settled["code"].tolist() == [0, 0, 0] and settled["adjudicated_at"].str.endswith("+00:00").all()


def test_a_desk_goes_on_after_coders_have_changed_their_codes(sheets, tmp_path):
    """What they agree on now is no longer asked, and kept in the file; what they changed is open again."""
    desk = AdjudicationDesk(read_sheets(sheets), SAMPLE, tmp_path / "clara.csv", coder="clara")
    for _ in DIFFER:
        desk.note.value = "see rule 1"
        desk.press("0")
    changed = read_sheets([fill(tmp_path, "anna", [1, 0, 0, 0, *ANNA[4:]]), sheets[1]])
    desk = AdjudicationDesk(changed, SAMPLE, tmp_path / "clara.csv", coder="clara")
    assert desk.log.units == DIFFER[1:] and desk.unit == DIFFER[1] and desk.log.n_coded == 1
    assert "changed their codes" in desk._message.value
    desk.press("-")
    assert desk.log.n_coded == 2
    assert {row[0]: row[3] for row in read_csv(tmp_path / "clara.csv")[1:]} == dict(
        zip(DIFFER, ["0", "-1", "0"], strict=True)
    )


def test_without_a_code_the_reason_alone_decides(sheets, tmp_path):
    """None of the codes is right: the unit is in the reference, without one."""
    desk = AdjudicationDesk(read_sheets(sheets), SAMPLE, tmp_path / "clara.csv", coder="clara")
    desk.note.value = "the mark is wrong"
    desk.press("n")
    found = adjudicate(sheets, SAMPLE, decided=[tmp_path / "clara.csv"])
    row = found.reference.set_index("unit").loc[DIFFER[0]]
    assert row["code"] is None and row["reason"] == "the mark is wrong" and len(found.open) == 2


def test_where_nobody_differs_there_is_nothing_to_adjudicate(tmp_path):
    """The desk says so; the reference is what both gave."""
    alike = [fill(tmp_path, coder, ANNA) for coder in ("anna", "ben")]
    with pytest.raises(InputError, match="differ on no unit"):
        AdjudicationDesk(read_sheets(alike), SAMPLE, tmp_path / "clara.csv", coder="clara")
    found = adjudicate(alike, SAMPLE)
    assert found.open == [] and set(found.reference["how"]) == {"agreed"} and len(found.reference) == 10


def test_the_notebook_opens_the_desk(sheets, tmp_path):
    """Its one cell runs as it stands, whatever is in a name, and an older one is kept."""
    sample = write_sample(SAMPLE, tmp_path / "sample.csv")
    book = paths.CODEBOOKS / "frames_generic.yaml"
    path = write_notebook(tmp_path / "clara.ipynb", sheets, sample, book, coder='Cl"ara', language="nl")
    (cell,) = json.loads(path.read_text(encoding="utf-8"))["cells"]
    *lines, last = cell["source"].split("\n")
    known: dict = {}
    exec("\n".join([*lines, f"desk = {last}"]), known)  # noqa: S102  it is our own cell
    assert known["desk"].log.units == DIFFER and known["desk"].log.coder == 'Cl"ara'
    assert known["desk"].log.path == (tmp_path / "clara.csv").resolve()
    with pytest.raises(InputError, match="is there already"):
        write_notebook(path, sheets, sample, book, coder="clara")


def test_frames_are_adjudicated_too(tmp_path):
    """Another question, another column."""
    sample = draw_sample(TABLES, n=6, unit="sentence", seed=1)
    sheets = [
        fill(tmp_path, coder, codes, sample=sample, name="present")
        for coder, codes in (("anna", [1, 0, 1, 0, 1, 0]), ("ben", [1, 1, 1, 0, 1, 0]))
    ]
    found = adjudicate(sheets, sample)
    assert found.open == [sample["unit"][1]]
    path = write_reference(found.reference, tmp_path / "reference.csv", PRESENT)
    assert read_sheets([path])["variable"].tolist() == sorted(sample["variable"].drop(1))
