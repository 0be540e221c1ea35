"""The constructed sentences for the generic frames keep their format, their balance and the agreement their README reports."""

import csv
import hashlib
import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest
import yaml

from analysis import paths
from analysis.measures.agreement import agreement

FOLDER = paths.DATA / "annotations" / "frames_nl"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
CODEBOOK = (FOLDER / "codebook.md").read_text(encoding="utf-8")
FRAMES = yaml.safe_load((paths.CODEBOOKS / "frames_generic.yaml").read_text(encoding="utf-8"))["frames"]
INDICATORS = [indicator["id"] for frame in FRAMES for indicator in frame["indicators"]]
SECTIONS = {
    "election", "parliament", "foreign", "courts", "economy", "health", "sport", "culture", "local", "science",
}  # fmt: skip


def read_table(name: str) -> pd.DataFrame:
    """One file, as text, by id."""
    return pd.read_csv(FOLDER / name, sep="\t", quoting=csv.QUOTE_NONE, dtype=str, keep_default_na=False).set_index(
        "id"
    )


def read_sentences() -> pd.DataFrame:
    """All parts in one table."""
    return pd.concat([read_table(path.name) for path in sorted(FOLDER.glob("part_*.tsv"))])


SENTENCES = read_sentences()
ANSWERS = SENTENCES[INDICATORS].astype(int)


def compare(answers: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Agreement of two tables of answers over the sentences of the second, per column."""
    coders = {"parts": answers.loc[other.index], "other": other}
    codes = pd.concat(
        table.rename_axis("unit").reset_index().melt("unit", var_name="variable", value_name="code").assign(coder=coder)
        for coder, table in coders.items()
    )
    return agreement(codes, rng=np.random.default_rng(1)).set_index("variable").loc[list(other.columns)]


def agree(name: str) -> pd.DataFrame:
    """Agreement of the answers in `name` with those of the parts, per indicator."""
    return compare(ANSWERS, read_table(name)[INDICATORS].astype(int))


def find_frames(answers: pd.DataFrame) -> pd.DataFrame:
    """Per frame whether any of its indicators is answered yes."""
    ids = {frame["id"]: [indicator["id"] for indicator in frame["indicators"]] for frame in FRAMES}
    return pd.DataFrame({frame: answers[indicators].max(axis=1) for frame, indicators in ids.items()})


def show(rows: pd.DataFrame, indicator: str) -> str:
    """Alpha with its interval, as the README prints it."""
    row = rows.loc[indicator]
    return f"{row['alpha']:.2f} ({row['alpha_low']:.2f} to {row['alpha_high']:.2f})"


def test_every_row_answers_every_question_of_the_codebook():
    """Columns are the indicators in the order of the codebook file, answers are 0 or 1, sections are known."""
    for path in sorted(FOLDER.glob("part_*.tsv")):
        lines = [line.split("\t") for line in path.read_bytes().decode("utf-8").removesuffix("\n").split("\n")]
        assert lines[0] == ["id", "text", *INDICATORS, "section"], path.name
        assert {len(line) for line in lines} == {len(INDICATORS) + 3}, path.name
    assert set(np.unique(SENTENCES[INDICATORS].to_numpy())) == {"0", "1"}
    assert set(SENTENCES["section"]) == SECTIONS
    assert all(f"| {indicator} |" in CODEBOOK for indicator in INDICATORS)


def test_no_sentence_comes_twice_and_openings_vary():
    """Ids and sentences are unique; at most three sentences open with the same three words."""
    assert SENTENCES.index.is_unique
    texts = SENTENCES["text"]
    assert len({re.sub(r"\W+", " ", text.lower()).strip() for text in texts}) == len(texts)
    assert not [text for text in texts if text != text.strip() or '"' in text]
    openings = Counter(tuple(re.findall(r"\w+", text.lower())[:3]) for text in texts)
    assert max(openings.values()) <= 3


def test_the_sentences_are_balanced_as_the_readme_says():
    """At least 60 yes per indicator, a third without any, and the counts of the README."""
    none = int((ANSWERS.sum(axis=1) == 0).sum())
    assert len(SENTENCES) >= 1500
    assert ANSWERS.sum().min() >= 60
    assert none >= len(SENTENCES) / 3
    assert f"{len(SENTENCES):,} news sentences" in README
    assert f"{none:,} answer no to everything" in README
    counts = SENTENCES["section"].value_counts()
    assert all(f"{section} {counts[section]}" in README for section in SECTIONS)


def test_the_second_coder_saw_the_sentences_of_the_parts():
    """Texts and answers of the second coder belong to the same sentences, a fifth of all."""
    texts, answers = read_table("double_coded_texts.tsv"), read_table("double_coded.tsv")
    assert list(texts.index) == list(answers.index)
    assert list(answers.columns) == INDICATORS
    assert texts["text"].equals(SENTENCES.loc[texts.index, "text"])
    assert len(texts) >= max(300, len(SENTENCES) / 5)
    assert list(texts.index) != sorted(texts.index)


def test_the_reported_agreement_is_the_agreement():
    """Each row of the README's table is what the two comparisons and the counts of yes give."""
    second, writing = agree("double_coded.tsv"), agree("double_coded_writing.tsv")
    other = read_table("double_coded.tsv").astype(int)
    first = ANSWERS.loc[other.index]
    for indicator in INDICATORS:
        both = (first[indicator] & other[indicator]).sum()
        yes = f"{first[indicator].sum()} / {other[indicator].sum()} / {both}"
        figures = f"{ANSWERS[indicator].sum()} | {show(writing, indicator)} | {show(second, indicator)} | {yes}"
        assert f"| {indicator} | {figures} |" in README


def test_the_reported_agreement_on_frames_and_sentences_is_the_agreement():
    """Alpha per frame, sentences answered alike and the direction of the differences are as the README says."""
    text = " ".join(README.split())
    other = read_table("double_coded.tsv").astype(int)
    first = ANSWERS.loc[other.index]
    rows = compare(find_frames(ANSWERS), find_frames(other))
    assert ", ".join(f"{frame} {show(rows, frame)}" for frame in rows.index) in text
    differ = first != other
    assert f"the same twenty answers to {(~differ.any(axis=1)).sum()} of {len(other)} sentences" in text
    more = int((other > first).to_numpy().sum())
    assert f"{differ.to_numpy().sum()} answers differ; in {more} of them the second coder says yes" in text
    assert (first.max(axis=1) == other.max(axis=1)).all() == ("the same sentences without any yes" in text)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.tsv")), ids=lambda path: path.name)
def test_the_checksums_are_right(path):
    """A changed file is noticed."""
    assert hashlib.sha256(path.read_bytes()).hexdigest() in README
