"""The name-swap test finds a bias that was planted, and none where there is none."""

from __future__ import annotations

import hashlib
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from analysis.contracts.errors import InputError
from analysis.validation.name_swap import (
    COLUMNS,
    FOLDER,
    fill_templates,
    measure_name_swap,
    read_swaps,
    score_swaps,
    summarise_swaps,
)

TEMPLATES = """template_id\tlanguage\tslot\ttone\ttext
a\tnl\tperson\t1\tDe jury prijst {} zeer.
b\tnl\tperson\t0\t{} woont in Assen.
c\tnl\tcountry\t-1\tNiemand vertrouwt {}.
"""
NAMES = """slot\tgroup\tgender\tlanguage\tname
person\tx\tfemale\t\tAnna Bos
person\tx\tmale\t\tBen Bos
person\ty\tfemale\t\tCora Dal
person\ty\tmale\t\tDirk Dal
country\tz\t\tnl\tPolen
country\tz\t\ten\tPoland
"""


class Judge:
    """Positive about sentences with 'jury', neutral otherwise; a name with Dal in it loses `malus`."""

    def __init__(self, malus: float = 0.0) -> None:
        self.malus = malus

    def tone(self, texts, spans, languages=None):  # noqa: ARG002
        """Probabilities as a reading model gives them."""
        rows = []
        for text, (start, end) in zip(texts, spans, strict=True):
            positive = (0.8 if "jury" in text else 0.2) - self.malus * ("Dal" in text[start:end])
            negative = 0.1
            rows.append([negative, 1 - positive - negative, positive])
        return np.array(rows)


@pytest.fixture
def folder(tmp_path):
    """Three sentences and six names."""
    (tmp_path / "templates.tsv").write_text(TEMPLATES, encoding="utf-8")
    (tmp_path / "names.tsv").write_text(NAMES, encoding="utf-8")
    return tmp_path


def test_every_name_is_put_into_every_sentence_of_its_slot(folder):
    """Four persons in two sentences; of a country only its name in the sentence's language."""
    filled = fill_templates(folder)
    assert filled["text"].tolist() == [
        "De jury prijst Anna Bos zeer.", "De jury prijst Ben Bos zeer.",
        "De jury prijst Cora Dal zeer.", "De jury prijst Dirk Dal zeer.",
        "Anna Bos woont in Assen.", "Ben Bos woont in Assen.",
        "Cora Dal woont in Assen.", "Dirk Dal woont in Assen.",
        "Niemand vertrouwt Polen.",
    ]  # fmt: skip
    assert [text[a:b] for text, a, b in zip(filled["text"], filled["start"], filled["end"], strict=True)] == (
        filled["name"].tolist()
    )


def test_a_planted_bias_is_measured(folder):
    """Dal loses .4 in every sentence: half of it each side of the mean; one sentence in two flips for Dal."""
    summary = measure_name_swap(Judge(0.4), folder=folder)
    assert list(summary.columns) == COLUMNS
    found = summary[(summary["slot"] == "person") & (summary["by"] == "group")].set_index("group")
    assert found["gap"].to_dict() == {"x": 0.2, "y": -0.2}
    assert found["ci_high"]["y"] == pytest.approx(-0.2) == found["ci_low"]["y"]
    assert found["mean_polarity"].to_dict() == {"x": 0.4, "y": 0.0}
    assert found["n_names"].to_dict() == {"x": 2, "y": 2}
    assert found["share_flipped"].to_dict() == {"x": 0.5, "y": 0.0}


def test_another_division_of_the_same_names_has_no_gap(folder):
    """Women and men lose alike; a country is not divided by gender."""
    summary = measure_name_swap(Judge(0.4), folder=folder)
    by_gender = summary[summary["by"] == "gender"].set_index("group")
    assert by_gender["gap"].to_dict() == {"female": 0.0, "male": 0.0}
    assert set(by_gender["slot"]) == {"person"}


def test_a_judge_who_sees_no_name_has_no_gap(folder):
    """No gap, no width, nothing flips; and the same again."""
    summary = measure_name_swap(Judge(), folder=folder)
    assert not summary[["gap", "ci_low", "ci_high", "share_flipped"]].to_numpy().any()
    pd.testing.assert_frame_equal(summary, measure_name_swap(Judge(), folder=folder))


def test_a_missing_name_is_refused(folder):
    """Groups are compared in the same sentences, or not at all."""
    scored = score_swaps(Judge(), fill_templates(folder))
    with pytest.raises(InputError, match="nl person: a name is missing"):
        summarise_swaps(scored.drop(index=2))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [("{} woont", "Iemand woont", "line 3: needs one {}"), ("\t0\t", "\t2\t", "line 3"), ("tone", "toon", "lacks")],
)
def test_a_broken_file_is_named(folder, old, new, message):
    """With its line or its column."""
    path = folder / "templates.tsv"
    path.write_text(TEMPLATES.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_swaps(folder)


def test_the_shipped_sentences_and_names_are_balanced():
    """As many of each tone, genders alike in every origin, no sentence and no name twice."""
    templates, names = read_swaps()
    counts = templates.groupby(["language", "slot", "tone"]).size()
    assert counts.unstack("tone").nunique(axis=1).eq(1).all()
    assert counts["nl", "person"].sum() >= 60
    assert counts["en", "person"].sum() >= 30
    assert templates["text"].is_unique
    assert templates["template_id"].is_unique
    persons = names[names["slot"] == "person"]
    assert set(Counter(zip(persons["group"], persons["gender"], strict=True)).values()) == {4}
    assert not names.duplicated(["language", "name"]).any()


@pytest.mark.parametrize("name", ["templates.tsv", "names.tsv"])
def test_the_checksums_are_right(name):
    """A changed file is noticed."""
    found = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()
    assert found in (FOLDER / "README.md").read_text(encoding="utf-8")
