"""The report on agreement: known values, every group of coders, and intervals that know what belongs together."""

import numpy as np
import pandas as pd
import pytest

from analysis.contracts.errors import InputError, UsageError
from analysis.measures.agreement_report import report_agreement
from analysis.measures.sampling import draw_sample, machine_codes
from analysis.measures.scoring import score_labels
from tests.hand_coding_tables import make_tables

# Krippendorff (2011), section C: four observers, twelve units, missing codes written as `.`
PUBLISHED = {
    "a": "1 2 3 3 2 1 4 1 2 . . .",
    "b": "1 2 3 3 2 2 4 1 2 5 . 3",
    "c": ". 3 3 3 2 3 4 2 2 5 1 .",
    "d": "1 2 3 3 2 4 4 1 2 5 1 .",
}


def long(coded, variable="tone"):
    """Codes in long form, from a text of codes per coder."""
    return pd.DataFrame(
        [
            {"unit": f"u{unit:02d}", "variable": variable, "coder": coder, "code": None if code == "." else int(code)}
            for coder, codes in coded.items()
            for unit, code in enumerate(codes.split())
        ]
    ).astype({"code": object})


def test_the_published_example_is_reported_at_every_level():
    """Alpha of Krippendorff (2011) for all four, and a row for each of the six pairs."""
    table = report_agreement(long(PUBLISHED)).agreement
    everyone = table[table["coders"] == "all"].set_index("level")["alpha"].round(3)
    assert everyone.to_dict() == {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849}
    assert set(table["coders"]) == {"all", "a × b", "a × c", "a × d", "b × c", "b × d", "c × d"}
    assert (table["alpha_low"] <= table["alpha"]).all()
    assert (table["alpha"] <= table["alpha_high"]).all()


def test_missing_codes_are_counted_and_never_scored():
    """Coverage tells who left what open."""
    report = report_agreement(long(PUBLISHED), reference="d")
    counts = report.coverage.set_index("coder")
    assert counts["n_codes"].to_dict() == {"a": 9, "b": 11, "c": 10, "d": 11}
    assert counts["n_missing"].to_dict() == {"a": 3, "b": 1, "c": 2, "d": 1}
    assert report.overall.set_index("coder")["n"].to_dict() == {"a": 9, "b": 10, "c": 10}


def test_scores_against_a_reference_by_hand():
    """Six units: precision, recall, F1 and confusion as counted on paper."""
    report = report_agreement(long({"gold": "1 1 1 0 0 2", "b": "1 1 0 0 2 2"}), reference="gold", n_draws=200)
    table = report.per_class.set_index("label")
    assert table["precision"].to_dict() == {"0": 0.5, "1": 1.0, "2": 0.5}
    assert table["recall"].round(3).to_dict() == {"0": 0.5, "1": 0.667, "2": 1.0}
    assert table["f1"].round(3).to_dict() == {"0": 0.5, "1": 0.8, "2": 0.667}
    assert table["n"].to_dict() == {"0": 2, "1": 3, "2": 1}
    confusion = report.confusion.set_index(["reference_code", "code"])
    assert confusion.loc[("1", "0"), "n"] == 1
    assert confusion.loc[("1", "1"), "share"] == pytest.approx(2 / 3)
    assert confusion["n"].sum() == 6
    for measure in ("precision", "recall", "f1"):
        assert (table[f"{measure}_low"] <= table[measure]).all()
        assert (table[measure] <= table[f"{measure}_high"]).all()
    assert report.overall["accuracy"].iloc[0] == pytest.approx(4 / 6)


def test_the_intervals_are_those_of_the_scores():
    """The bounds of F1 equal those of `score_labels` with the same seed: one bootstrap, not two."""
    rng = np.random.default_rng(3)
    gold, other = rng.integers(-1, 2, 60), rng.integers(-1, 2, 60)
    codes = long({"gold": " ".join(map(str, gold)), "x": " ".join(map(str, other))})
    groups = {f"u{unit:02d}": unit // 6 for unit in range(60)}
    report = report_agreement(codes, reference="gold", groups=groups, seed=5)
    expected = score_labels(
        list(gold), list(other), labels=[-1, 0, 1], level="interval", groups=[unit // 6 for unit in range(60)],
        rng=np.random.default_rng(5),
    )  # fmt: skip
    for row in report.per_class.itertuples():
        assert (row.f1_low, row.f1_high) == pytest.approx(expected.intervals[f"f1 {row.label}"])
    assert report.overall["alpha"].iloc[0] == pytest.approx(expected.alpha)


def test_units_that_belong_together_widen_the_interval():
    """Twenty articles of ten equal units know as much as twenty units, and the interval says so."""
    rng = np.random.default_rng(8)
    gold = np.repeat(rng.integers(0, 2, 20), 10)
    other = np.where(np.repeat(rng.random(20) < 0.3, 10), 1 - gold, gold)
    codes = pd.DataFrame(
        {"unit": [f"u{n:03d}" for n in range(200)] * 2, "variable": "v", "coder": ["g"] * 200 + ["x"] * 200}
    ).assign(code=pd.Series([*gold.tolist(), *other.tolist()], dtype=object))
    groups = {f"u{n:03d}": n // 10 for n in range(200)}
    widths = []
    for given in (None, groups):
        row = report_agreement(codes, reference="g", groups=given).overall.iloc[0]
        widths.append(row["accuracy_high"] - row["accuracy_low"])
    assert widths[1] > 2 * widths[0]


def test_the_machine_joins_as_one_coder_more():
    """People are reported apart from the machine, and the machine is scored as anybody is."""
    sample = draw_sample(make_tables(), n=60, seed=1)
    machine = machine_codes(sample)
    rng = np.random.default_rng(2)
    people = []
    for coder in ("anna", "ben"):
        noise = rng.random(60) < 0.2
        code = [0 if wrong else value for value, wrong in zip(machine["code"], noise, strict=True)]
        people.append(machine.assign(coder=coder, code=pd.Series(code, dtype=object)))
    codes = pd.concat([machine, *people], ignore_index=True)
    report = report_agreement(codes, reference="anna", machines=["model"])
    assert set(report.agreement["coders"]) == {"all", "people", "anna × ben", "anna × model", "ben × model"}
    assert set(report.overall["coder"]) == {"ben", "model"}
    nominal = report.agreement[report.agreement["level"] == "nominal"].set_index("coders")["alpha"]
    assert nominal["people"] == nominal["anna × ben"]
    assert 0.5 < nominal["people"] < 1
    assert list(report.tables()) == ["coverage", "agreement", "overall", "per_class", "confusion"]


def test_variables_and_levels():
    """Two codes have one level; texts have an order only if it is given; without a reference there are no scores."""
    binary = long({"a": "1 0 1 0", "b": "1 0 0 0"}, "conflict")
    texts = binary.assign(variable="size", code=["big", "mid", "small", "mid", "big", "mid", "mid", "small"])
    report = report_agreement(pd.concat([binary, texts]), values={"size": ["small", "mid", "big"]}, n_draws=50)
    assert report.agreement.groupby("variable")["level"].apply(list).to_dict() == {
        "conflict": ["nominal"], "size": ["nominal", "ordinal"],
    }  # fmt: skip
    assert report_agreement(texts, n_draws=50).agreement["level"].tolist() == ["nominal"]
    assert list(report.tables()) == ["coverage", "agreement"]


def test_the_order_of_rows_changes_nothing():
    """Shuffled codes, the same report."""
    codes = long(PUBLISHED)
    one = report_agreement(codes, reference="d")
    two = report_agreement(codes.sample(frac=1, random_state=3), reference="d")
    for name, table in one.tables().items():
        pd.testing.assert_frame_equal(table, two.tables()[name])


@pytest.mark.parametrize(
    ("codes", "options", "error", "message"),
    [
        (long(PUBLISHED), {"reference": "zoe"}, UsageError, "nobody is called 'zoe'; the coders are a, b, c, d"),
        (long(PUBLISHED), {"machines": ["vader"]}, UsageError, "nobody is called 'vader'"),
        (long(PUBLISHED), {"values": {"tone": [1, 2]}}, InputError, "the code 3 is not among `values`"),
        (long({"a": "1 . 1", "b": ". 1 ."}), {}, InputError, "no unit is coded by two coders"),
        (pd.concat([long(PUBLISHED)] * 2), {}, InputError, "a codes the unit u00 twice"),
        (long(PUBLISHED).drop(columns="variable"), {}, InputError, "the table lacks variable"),
    ],
)
def test_what_cannot_be_reported_is_said(codes, options, error, message):
    """One line, with what to do."""
    with pytest.raises(error, match=message):
        report_agreement(codes, **options)
