"""Coding sheets: what goes out comes back, text is never a formula, and a wrong code is named by its cell."""

import csv
import re
import shutil
import subprocess

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import paths, write_tables
from analysis.codebook.load import EMPTY
from analysis.contracts.errors import InputError, UsageError
from analysis.hand_coding.cells import from_xlsx, guard, read_csv, read_xlsx, replace_file, to_xlsx, unguard
from analysis.hand_coding.questions import POLARITY, PRESENT, TONE, Code, Question, instruct, question_of
from analysis.hand_coding.sheets import read_sample, read_sheets, write_sample, write_sheet
from analysis.measures.sampling import draw_sample
from tests.hand_coding_tables import make_tables

NASTY = " =cmd|' /C calc'!A0;=1+1\t@SUM(A1)\n-2, _x0041_ _x005F_ x005F_ é€ 😀 <b>&amp;</b> \"quoted\" #REF! '=x"
TABLES = make_tables(extra=NASTY)
SAMPLE = draw_sample(TABLES, n=40, seed=1)
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def column_of(sheet, name):
    return next(cell.column for cell in sheet[1] if cell.value == name)


def fill(path, codes, *, column="polarity"):
    """Put codes into a workbook as a coder would, row by row."""
    book = openpyxl.load_workbook(path)
    sheet = book["coding"]
    place = column_of(sheet, column)
    for row, code in enumerate(codes, start=2):
        sheet.cell(row, place).value = code
    book.save(path)


def test_codes_that_went_in_come_out(tmp_path):
    """A filled workbook gives a row per unit, in the same codes, under the name of its file."""
    path = write_sheet(SAMPLE, tmp_path / "anna.xlsx")
    given_codes = [(-1, 0, 1, None)[row % 4] for row in range(40)]
    fill(path, given_codes)
    codes = read_sheets([path], sample=SAMPLE)
    assert list(codes.columns) == ["unit", "variable", "coder", "code", "note"]
    found = codes.set_index("unit")["code"]
    assert [found[unit] for unit in SAMPLE["unit"]] == given_codes
    assert set(codes["coder"]) == {"anna"}
    assert set(codes["variable"]) == {"polarity"}


def test_the_sheet_is_locked_frozen_and_offers_the_codes(tmp_path):
    """Ids hidden and locked, three columns open, the header frozen, a list on every row to fill in."""
    book = openpyxl.load_workbook(write_sheet(SAMPLE, tmp_path / "a.xlsx", coder="Anna"))
    sheet = book["coding"]
    assert book.sheetnames == ["coding", "instructions", "codes"]
    assert sheet.freeze_panes == "D2"
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden
    assert sheet.column_dimensions["B"].hidden
    unlocked = {sheet.cell(1, cell.column).value for cell in sheet[2] if not cell.protection.locked}
    assert unlocked == {"polarity", "note", "coder"}
    (check,) = sheet.data_validations.dataValidation
    assert check.type == "list"
    assert str(check.sqref) == f"{sheet.cell(1, column_of(sheet, 'polarity')).column_letter}2:I41"
    assert [cell.value for cell in book["codes"]["A"]] == [-1, 0, 1]
    assert book["codes"].sheet_state == "hidden"
    assert sheet.cell(2, column_of(sheet, "coder")).value == "Anna"


def test_coders_do_not_see_what_the_machine_said(tmp_path):
    """No column of the sheet tells class, stratum, probability or outlet."""
    for name in ("a.xlsx", "a.csv"):
        path = write_sheet(SAMPLE, tmp_path / name)
        header = read_csv(path)[0] if name == "a.csv" else [c.value for c in openpyxl.load_workbook(path)["coding"][1]]
        assert header == [
            "unit", "variable", "number", "about", "headline", "before", "text", "after", "polarity", "note", "coder",
            "codebook",
        ]  # fmt: skip


def test_the_marked_words_stand_between_brackets(tmp_path):
    """The mention, and nothing else, in workbook and CSV alike."""
    rows = read_csv(write_sheet(SAMPLE, tmp_path / "a.csv"))
    cells = read_xlsx(write_sheet(SAMPLE, tmp_path / "a.xlsx"), "coding")
    for number, row in enumerate(SAMPLE.itertuples(), start=1):
        marked = f"[[{row.text[row.mark_start : row.mark_end]}]]"
        expected = row.text[: row.mark_start] + marked + row.text[row.mark_end :]
        assert rows[number][6] == expected
        assert cells[number][6] == expected


def test_no_cell_of_text_is_a_formula(tmp_path):
    """Text that begins as a formula is typed as text, and shows as text."""
    path = write_sheet(SAMPLE, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(path)["coding"]
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None}
    assert kinds == {"s", "n"}
    begins = [cell for row in sheet.iter_rows(min_row=2) for cell in row if str(cell.value).startswith("=")]
    assert begins
    assert all(cell.quotePrefix for cell in begins)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_of_a_csv_is_a_formula_however_it_is_parted(tmp_path, delimiter):
    """Opened by a program that expects another delimiter, no cell begins as a formula either."""
    path = write_sheet(SAMPLE, tmp_path / "a.csv")
    text = path.read_text(encoding="utf-8-sig")
    for record in csv.reader(text.splitlines(), delimiter=delimiter):
        for cell in record:
            assert not cell.startswith(("=", "+", "@", "-")), cell


@given(st.text(alphabet="=+-@'\";,|\t\r\n _x0041F a＝é\x07\x1f😀", max_size=20))
def test_guards_can_be_taken_away(text):
    """Both escapes give back what they were given."""
    assert unguard(guard(text)) == text
    assert from_xlsx(to_xlsx(text)) == text
    assert not guard(text).startswith(("=", "+", "-", "@", "＝"))


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice Calc is not installed")
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_nothing_is_lost_through_libreoffice(tmp_path, ending):
    """Opened and saved by LibreOffice: the same units, texts, codes and list; no text became a formula or number."""
    units = SAMPLE.assign(unit=[f"{unit}_x0041_{row}" for row, unit in enumerate(SAMPLE["unit"])])
    path = write_sheet(units, tmp_path / "anna.xlsx")
    given_codes = [(-1, 0, 1, None)[row % 4] for row in range(40)]
    fill(path, given_codes)
    fill(path, [None, None, "twijfel"], column="note")
    saved = convert(path, tmp_path / "saved", ending)
    codes = read_sheets([saved], sample=units).set_index("unit")
    assert [codes["code"][unit] for unit in units["unit"]] == given_codes
    assert codes["note"][units["unit"][2]] == "twijfel"
    if ending == "csv":
        return
    sheet, cells = openpyxl.load_workbook(saved)["coding"], read_xlsx(saved, "coding")
    for number, row in enumerate(units.itertuples(), start=2):
        marked = f"[[{row.text[row.mark_start : row.mark_end]}]]"
        expected = row.text[: row.mark_start] + marked + row.text[row.mark_end :]
        assert cells[number - 1][6] == expected
        assert cells[number - 1][0] == row.unit
        assert sheet.cell(number, 7).data_type == "s"
    assert sheet.data_validations.dataValidation[0].type == "list"
    assert sheet.freeze_panes == "D2"
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice Calc is not installed")
def test_a_csv_sheet_comes_back_from_libreoffice(tmp_path):
    """CSV in, XLSX out: codes typed as numbers, no formula anywhere."""
    path = write_sheet(SAMPLE, tmp_path / "ben.csv")
    rows = read_csv(path)
    for row in rows[1:]:
        row[8] = "-1"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[guard(cell) if cell != "-1" else cell for cell in row] for row in rows])
    saved = convert(path, tmp_path / "saved", "xlsx", "--infilter=CSV:44,34,76")
    sheet = openpyxl.load_workbook(saved).worksheets[0]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    codes = read_sheets([saved], sample=SAMPLE)
    assert set(codes["code"]) == {-1}
    assert set(codes["coder"]) == {"ben"}


def convert(path, folder, ending, *options):
    """Open a file in LibreOffice, with a profile of its own, and save it again."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    target = ending if ending == "xlsx" else "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false"
    command = [OFFICE, profile, "--headless", *options, "--convert-to", target, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / f"{path.stem}.{ending}"


def test_a_wrong_code_is_named_by_its_cell(tmp_path):
    """What, where, what to do; every wrong cell, up to five."""
    path = write_sheet(SAMPLE, tmp_path / "anna.xlsx")
    fill(path, [1, "neg", -2, "−1", "+1", "1.0", True])
    with pytest.raises(InputError) as caught:
        read_sheets([path])
    assert str(caught.value) == (
        "anna.xlsx, cell I3: 'neg' is no code; use -1, 0 or 1; anna.xlsx, cell I4: '-2' is no code; use -1, 0 or 1; "
        "anna.xlsx, cell I8: 'True' is no code; use -1, 0 or 1. Correct the cells and read the sheets again"
    )
    fill(path, ["?"] * 12)
    with pytest.raises(InputError, match=r"cell I6: .*; and 7 more"):
        read_sheets([path])


def test_csv_sheets_are_checked_by_cell_too(tmp_path):
    """With semicolons and a code page, as a Dutch spreadsheet program saves them."""
    path = write_sheet(SAMPLE.head(3), tmp_path / "ben.csv")
    rows = read_csv(path)
    rows[1][8], rows[2][8], rows[2][9] = "1", "min", "één twijfel"
    with path.open("w", encoding="cp1252", newline="", errors="replace") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    with pytest.raises(InputError, match=r"ben\.csv, cell I3: 'min' is no code; use -1, 0 or 1"):
        read_sheets([path])
    rows[2][8] = "-1"
    with path.open("w", encoding="cp1252", newline="", errors="replace") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    codes = read_sheets([path]).set_index("unit").loc[list(SAMPLE["unit"][:3])]
    assert codes["code"].tolist() == [1, -1, None]
    assert codes["note"].iloc[1] == "één twijfel"


def write_rows(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_coders_are_named_by_column_or_file(tmp_path):
    """The column `coder`, a column per coder, or the file's name."""
    one = write_rows(tmp_path / "carla.csv", [["unit", "polarity", "coder"], ["u1", "1", "Anna"], ["u2", "0", ""]])
    two = write_rows(tmp_path / "both.csv", [["unit", "polarity: Ben", "polarity: dirk"], ["u1", "1", "-1"]])
    codes = read_sheets([one, two])
    assert list(zip(codes["unit"], codes["coder"], codes["code"], strict=True)) == [
        ("u1", "Anna", 1), ("u1", "Ben", 1), ("u1", "dirk", -1), ("u2", "carla", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["unit", "tone"], ["u1", "1"], ["u1", "0"]], r"cell B3: x codes the unit u1 a second time \(first in x.csv, cell B2\)"),
        ([["unit", "tone"], ["", "1"]], "cell B2: there is a code, but cell A2 has lost its unit"),
        ([["unit", "mood"], ["u1", "1"]], "no coding sheet; its first row must hold unit and one of polarity, present, tone"),
        ([["tone"], ["1"]], "no coding sheet"),
        ([], "the file is empty"),
        ([["unit", "tone"], ["zz", "1"]], "cell B2: the unit zz is not in the sample"),
    ],
)  # fmt: skip
def test_a_damaged_sheet_is_named(tmp_path, rows, message):
    """Nothing is guessed."""
    sample = pd.DataFrame({"unit": ["u1"]})
    with pytest.raises(InputError, match=message):
        read_sheets([write_rows(tmp_path / "x.csv", rows)], sample=sample)


def test_files_that_are_no_sheets(tmp_path):
    """Each says what to do."""
    (tmp_path / "a.xlsx").write_bytes(b"PK no workbook")
    (tmp_path / "a.ods").write_bytes(b"x")
    for name, message in [("a.xlsx", "damaged"), ("a.ods", "save it as .xlsx or .csv"), ("b.xlsx", "does not exist")]:
        with pytest.raises(InputError, match=message):
            read_sheets([tmp_path / name])
    with pytest.raises(UsageError, match="no file is named"):
        read_sheets([])


def test_a_filled_sheet_is_not_overwritten(tmp_path):
    """Codes are work; they go only when somebody says so."""
    path = write_sheet(SAMPLE, tmp_path / "a.xlsx")
    with pytest.raises(InputError, match="may hold codes"):
        write_sheet(SAMPLE, path)
    write_sheet(SAMPLE, path, overwrite=True)
    with pytest.raises(UsageError, match=r"ends in \.xlsx or \.csv"):
        write_sheet(SAMPLE, tmp_path / "a.ods")
    with pytest.raises(InputError, match="cannot be written"):
        replace_file(path / "x.csv", b"")


def test_the_same_sample_gives_the_same_bytes(tmp_path):
    """No time of day in workbook, CSV or sample."""
    for ending in ("xlsx", "csv"):
        first, second = (write_sheet(SAMPLE, tmp_path / f"{name}.{ending}") for name in "ab")
        assert first.read_bytes() == second.read_bytes()


def test_articles_stand_in_a_worksheet_of_their_own(tmp_path):
    """A cell cannot hold a long article; every paragraph is a row, and each unit leads there."""
    texts = ["Eerste alinea.\n\n=Tweede alinea.", "Lang. " * 8000]
    sample = draw_sample(TABLES, n=2, unit="article", seed=1).assign(text=texts)
    book = openpyxl.load_workbook(write_sheet(sample, tmp_path / "a.xlsx"))
    assert book.sheetnames == ["coding", "instructions", "articles", "codes"]
    sheet, articles = book["coding"], book["articles"]
    places = [sheet.cell(row, 7).hyperlink.location or sheet.cell(row, 7).hyperlink.target for row in (2, 3)]
    assert [place.lstrip("#") for place in places] == ["articles!A1", "articles!A5"]
    cells = [articles.cell(row, 1).value for row in range(1, articles.max_row + 1)]
    assert cells[:3] == ["Article 1", "Eerste alinea.", "=Tweede alinea."]
    assert "".join(cells[5:]) == texts[1]
    assert "tone" in [cell.value for cell in sheet[1]]


def test_a_sentence_beyond_what_a_cell_holds_is_cut_around_the_mark(tmp_path):
    """Excel's limit is met, and the marked words are there."""
    text = "a" * 40_000 + "Jansen" + "b" * 40_000
    sample = SAMPLE.head(1).assign(text=text, mark_start=40_000, mark_end=40_006)
    sheet = openpyxl.load_workbook(write_sheet(sample, tmp_path / "a.xlsx"))["coding"]
    assert len(sheet.cell(2, 7).value) < 32_767
    assert "a[[Jansen]]b" in sheet.cell(2, 7).value


def test_a_sample_comes_back_as_it_was(tmp_path):
    """Every column and type, of every kind of unit."""
    for unit in ("evaluation", "sentence", "article"):
        sample = draw_sample(TABLES, n=20, unit=unit, by=["outlet"], at_least=2, seed=1)
        path = write_sample(sample, tmp_path / f"{unit}.csv")
        pd.testing.assert_frame_equal(read_sample(path), sample)


def test_a_damaged_sample_is_named_by_its_cell(tmp_path):
    """A probability that is none, a unit that stands there twice, a column that is gone."""
    path = write_sample(SAMPLE, tmp_path / "sample.csv")
    rows = read_csv(path)
    place = rows[0].index("probability")
    rows[3][place] = "1,5"
    with pytest.raises(InputError, match=r"cell U4: '1,5' is no probability"):
        read_sample(write_rows(path, rows))
    rows[3] = rows[2]
    with pytest.raises(InputError, match=r"cell A4: the unit .* stands there a second time"):
        read_sample(write_rows(path, rows))
    with pytest.raises(InputError, match="lacks unit"):
        read_sample(write_rows(path, [row[1:] for row in rows]))
    with pytest.raises(InputError, match="lacks probability"):
        write_sample(SAMPLE.drop(columns="probability"), path)


def test_each_kind_of_unit_has_its_question(seed_codebook):
    """Frames are explained by the codebook's own questions, in the instructions."""
    samples = {unit: draw_sample(TABLES, n=20, unit=unit, seed=1) for unit in ("evaluation", "sentence", "article")}
    assert [question_of(sample) for sample in samples.values()] == [POLARITY, PRESENT, TONE]
    lines = instruct(PRESENT, samples["sentence"], seed_codebook)
    assert ("", seed_codebook.frames["conflict"].indicators[0].question) in lines
    assert instruct(PRESENT, samples["sentence"], EMPTY)[0] == ("Question", PRESENT.text)
    with pytest.raises(InputError, match="no sample"):
        question_of(SAMPLE.drop(columns="variable"))


def test_a_study_may_ask_its_own_question(tmp_path):
    """Codes that are texts, with a comma; the list and the reader know them."""
    question = Question("genre", "Which genre?", (Code("news", "a report"), Code("opinion, column", "an opinion")))
    path = write_sheet(SAMPLE, tmp_path / "a.xlsx", question=question)
    fill(path, ["news", "opinion, column"], column="genre")
    assert set(read_sheets([path], questions=[question])["code"].dropna()) == {"news", "opinion, column"}
    with pytest.raises(UsageError, match="two codes or more"):
        Question("genre", "Which genre?", (Code("news", "a report"),))


def test_the_way_that_the_guide_shows_can_be_gone(tmp_path, monkeypatch, capsys):
    """The lines of docs/coding-by-hand.md run: sample, sheets, codes, agreement, corrected estimate."""
    first, second = re.findall(
        r"```python\n(.+?)```", (paths.ROOT / "docs/coding-by-hand.md").read_text(encoding="utf-8"), re.DOTALL
    )
    codebook = str(paths.CODEBOOKS / "seed.yaml")
    monkeypatch.chdir(tmp_path)
    write_tables(TABLES, "build/study")
    names: dict = {}
    exec(compile(first.replace("data/codebooks/seed.yaml", codebook), "guide", "exec"), names)  # noqa: S102
    for coder in ("anna", "ben"):
        fill(tmp_path / "build" / f"{coder}.xlsx", [(-1, 0, 1)[row % 3] for row in range(30)])
    exec(compile(second, "guide", "exec"), names)  # noqa: S102
    agreed = names["report"].agreement.set_index(["coders", "level"])["alpha"]
    assert agreed["anna × ben", "nominal"] == 1
    assert "corrected" in capsys.readouterr().out


def test_a_larger_stratified_sample_holds_the_smaller_where_no_share_falls():
    """What the guide says of drawing more later."""
    small, large = (draw_sample(TABLES, n=n, by=["predicted"], seed=2) for n in (30, 60))
    assert set(small["unit"]) <= set(large["unit"])
