"""The constructed annotations keep their format, their counts and the agreement their README reports."""

import csv
import hashlib
import re

import krippendorff
import numpy as np
import pytest

from analysis import paths

FOLDER = paths.DATA / "annotations" / "target_nl"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
DOMAINS = {"politics", "conflict", "crime", "economy", "sport", "science", "culture", "local"}
GENRES = {"headline", "own_voice", "direct_quote", "indirect_quote"}
TYPES = {"person", "group", "organisation", "government", "place", "misc"}
MARK = re.compile(r"\{([^{}|]+)\|(-1|0|1|)\|(\w+)\}")


def read_rows() -> list[list[str]]:
    """All sentences, as lists of domain, genre, phenomena, marked sentence."""
    lines = [line for path in sorted(FOLDER.glob("parts/*.tsv")) for line in path.read_text("utf-8").splitlines()]
    return [line.split("\t") for line in lines]


def test_every_row_keeps_the_format_of_the_codebook():
    """Four fields, known words, balanced marks, at least one coded actor."""
    for row in read_rows():
        assert len(row) == 4, row
        assert row[0] in DOMAINS, row
        assert row[1] in GENRES, row
        marks = MARK.findall(row[3])
        assert len(marks) == row[3].count("{") == row[3].count("}"), row
        assert any(code for _, code, _ in marks), row
        assert all(kind in TYPES for _, _, kind in marks), row
        codes = {code for _, code, _ in marks}
        assert ("opposite" in row[2].split(",")) == ({"1", "-1"} <= codes), row


def test_there_are_enough_sentences_and_no_sentence_twice():
    """At least 2,500 different sentences, a third of the rows with opposite tones."""
    rows = read_rows()
    assert len({row[3] for row in rows}) == len(rows) >= 2500
    coded = [(row[2], code) for row in rows for _, code, _ in MARK.findall(row[3]) if code]
    assert sum("opposite" in phenomena for phenomena, _ in coded) >= len(coded) / 3
    assert f"{len(rows):,} news sentences with {len(coded):,} coded actors" in README


def test_the_reported_agreement_is_the_agreement():
    """Alpha over the double-coded units is the one the README prints."""
    with (FOLDER / "double_coding.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    codes = np.array([[float(row[coder]) for row in rows] for coder in ("coder_1", "coder_2")])
    assert len(rows) == 500
    alpha = krippendorff.alpha(codes, level_of_measurement="nominal")
    assert f"alpha {alpha:.3f} nominal".replace("0.", ".", 1) in README


@pytest.mark.parametrize(
    "path", sorted([*FOLDER.glob("parts/*.tsv"), FOLDER / "double_coding.csv"]), ids=lambda p: p.name
)
def test_the_checksums_are_right(path):
    """A changed file is noticed."""
    assert hashlib.sha256(path.read_bytes()).hexdigest() in README
