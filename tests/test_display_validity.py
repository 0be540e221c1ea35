"""Charts of validity: marks at their numbers, open where there is no interval, nothing where nothing was measured."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.contracts.errors import InputError
from analysis.display import plot_coverage, plot_errors, plot_gaps, plot_methods, plot_reliability
from analysis.display.charts.validity import choose_methods
from analysis.display.findings.validity import (
    describe_coverage,
    describe_errors,
    describe_gaps,
    describe_methods,
    describe_reliability,
    describe_robustness,
    describe_stored,
    widen_methods,
    widen_phenomena,
)
from analysis.display.validity_words import name


def methods() -> pd.DataFrame:
    """Two gold sets, three methods."""
    rows = [
        ("own", "nl", "coder", 0.7), ("own", "nl", "model", 0.8), ("own", "nl", "majority", 0.2),
        ("other", "en", "coder", 0.3), ("other", "en", "lexicon", 0.4), ("other", "en", "model_no_target", 0.1),
        ("own", "nl", "model_no_target", 0.5),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["gold", "language", "method", "estimate"])
    return table.assign(
        measure="macro_f1", n=50, ci_low=table["estimate"] - 0.1, ci_high=table["estimate"] + 0.1,
        date="2025-03-01", command="python -m x OUT " + table["gold"],
    )  # fmt: skip


def gaps() -> pd.DataFrame:
    """Two groups of persons in two languages."""
    rows = [("nl", "a", 0.01), ("nl", "b", -0.07), ("en", "a", 0.0), ("en", "b", 0.02)]
    table = pd.DataFrame(rows, columns=["language", "group", "estimate"])
    return table.assign(
        test="name_swap", slot="person", by="group", method="coder", measure="gap", n=8,
        ci_low=table["estimate"] - 0.02, ci_high=table["estimate"] + 0.02,
    )  # fmt: skip


def dots(axes):
    """Places of single marks, rounded."""
    return sorted((round(float(x[0]), 3), round(float(y[0]), 2)) for x, y in (line.get_data() for line in axes.lines) if len(x) == 1)  # fmt: skip


def test_each_gold_set_has_a_row_with_the_program_and_what_must_be_beaten():
    """Of the methods without a model the best alone; parts of the network are for the table."""
    worse = methods().assign(method="vader", estimate=0.1).query("gold == 'own'").head(1)
    table = pd.concat([methods(), worse], ignore_index=True)
    shown = choose_methods(table)
    assert shown["method"].tolist() == ["coder", "model", "majority", "coder", "lexicon"]
    axes = plot_methods(table, language="en").axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["own\nDutch (50)", "other\nEnglish (50)"]
    legend = [text.get_text() for text in axes.get_legend().get_texts()]
    assert legend == ["the program", "its network alone", "best without a network"]
    assert dots(axes) == [(0.2, 0.17), (0.3, 0.83), (0.4, 1.17), (0.7, -0.17), (0.8, 0.0)]
    told = describe_methods(shown, language="en")
    assert told.startswith(describe_methods(table, language="en").partition("; hiding")[0])


def test_what_the_methods_table_says_is_counted_from_it():
    """Beaten, not beaten, behind its network, and what hiding the target costs."""
    told = describe_methods(methods(), language="en")
    assert told.startswith("By macro-F1 the program beats word lists and majority on 1 of 2 gold sets")
    assert "it does not on other (English)" in told
    assert "its network alone scores higher on own (Dutch)" in told
    assert "costs it 0.30 on average" in told
    without = methods().query("method != 'coder'")
    assert describe_methods(without, language="en") == "No gold set was coded by the program."


def test_the_wide_table_has_a_number_with_its_interval_in_a_cell():
    """A row per set and method; a measure that was not taken is a dash."""
    wide = widen_methods(methods(), ["macro_f1", "alpha"])
    assert list(wide.columns) == ["gold", "language", "method", "n", "macro_f1", "alpha"]
    assert wide["macro_f1"].iloc[0] == "0.70 [0.60, 0.80]"
    assert set(wide["alpha"]) == {"–"}


def test_errors_are_ranked_in_words_and_not_in_the_chart():
    """The chart keeps the order of the table; the text names the worst."""
    rows = [("all", 30, 100), ("irony", 9, 10), ("quote", 2, 40)]
    table = pd.DataFrame(rows, columns=["phenomenon", "n_wrong", "n"])
    table = table.assign(method="coder", share_wrong=table["n_wrong"] / table["n"], ci_low=math.nan, ci_high=math.nan)
    axes = plot_errors(table, language="en").axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["all  (100)", "irony  (10)", "quote  (40)"]
    assert all(line.get_markerfacecolor() != "white" for line in axes.lines), "no interval: no line, and not open"
    few = plot_errors(table.assign(n=2), language="en").axes[0]
    assert all(line.get_markerfacecolor() == "white" for line in few.lines)
    assert describe_errors(table, top=1, language="en") == "30 of 100 labels are wrong: most often with irony (9 of 10); least often with quote (2 of 40)."  # fmt: skip
    assert describe_errors(table.iloc[:1], language="en") == "Nothing was measured."


def test_certainty_is_shown_against_the_line_where_it_is_earned():
    """A dot per bin with its n; the text says on which side it errs."""
    bins = pd.DataFrame(
        {
            "n": [10, 30],
            "probability": [0.5, 0.9],
            "share_right": [0.4, 0.8],
            "ci_low": [0.2, 0.7],
            "ci_high": [0.6, 0.9],
        }
    )
    axes = plot_reliability(bins).axes[0]
    assert dots(axes) == [(0.5, 0.4), (0.9, 0.8)]
    assert [text.get_text() for text in axes.texts] == ["10", "30"]
    told = describe_reliability(bins, language="en")
    assert "states 80 % on average and is right in 70 %: it is more sure than right" in told
    assert told.endswith("is 0.10.")


def test_groups_beyond_the_bound_are_filled_and_named():
    """One of four; below the bound a mark is open."""
    axes = plot_gaps(gaps()).axes[0]
    faces = {round(float(line.get_xdata()[0]), 2): line.get_markerfacecolor() for line in axes.lines if len(line.get_xdata()) == 1}  # fmt: skip
    assert faces[-0.07] != "white"
    assert {faces[0.01], faces[0.0], faces[0.02]} == {"white"}
    told = describe_gaps(gaps(), language="en")
    assert "1 reaches 0.05: b (person, Dutch sentences) −0.070 [−0.090, −0.050]" in told
    narrow = gaps().query("group == 'a' or language == 'en'")
    assert "none reaches 0.05; the widest is 0.020" in describe_gaps(narrow, language="en")
    assert describe_gaps(gaps().iloc[:0], language="en") == "Nothing was measured."


def test_silence_is_a_bar_with_its_numbers():
    """Numerator and denominator in the chart; of nothing, no bar and no share in words."""
    rows = [("x", "deeds_without_doer", 1, 4, 0.25), ("x", "quotes_without_speaker", 0, 0, math.nan)]
    table = pd.DataFrame(rows, columns=["corpus", "measure", "n_missing", "n", "share"])
    axes = plot_coverage(table, group="corpus", language="en").axes[0]
    assert [text.get_text() for text in axes.texts] == ["1 / 4", "0 / 0"]
    assert [patch.get_width() for patch in axes.patches] == [0.25, 0.0]
    told = describe_coverage(table, group="corpus", language="en")
    assert told == "Widest silences. x: deeds without a doer 25 % of 4."
    many = pd.concat([table.assign(corpus=str(n)) for n in range(4)])
    with pytest.raises(InputError, match="at most three"):
        plot_coverage(many, group="corpus")


def test_robustness_and_phenomena_are_told():
    """Kinds that change the label most come first; the held half is shown."""
    rows = [("as written", 1.0), ("dropped", 0.9), ("capitals", 0.5)]
    table = pd.DataFrame(rows, columns=["group", "estimate"])
    table = table.assign(test="typo", language="nl", method="coder", measure="same_label", n=20)
    told = "The label stays the same: capitals (Dutch sentences) 50 % of 20 and dropped (Dutch sentences) 90 % of 20."
    assert describe_robustness(table, language="en") == told
    assert describe_robustness(table, method="model", language="en") == "Nothing was measured."
    rows = [("irony", "held", "model", "recall", 0.5), ("irony", "held", "lexicon", "recall", 0.2), ("irony", "dev", "model", "recall", 0.9)]  # fmt: skip
    found = pd.DataFrame(rows, columns=["phenomenon", "half", "method", "measure", "estimate"])
    wide = widen_phenomena(found.assign(n=9, ci_low=np.nan, ci_high=np.nan))
    assert wide.loc["irony"].to_dict() == {"recall, program": "0.50", "recall, lexicon": "0.20"}


def test_stored_results_say_when_and_how():
    """One command, or how many more."""
    told = describe_stored(methods(), what="methods", language="en")
    assert "measured on 2025-03-01" in told and "python -m x OUT own (and 1 like it" in told


def test_nothing_measured_is_said_and_a_wrong_table_refused():
    """Words in an empty chart; the missing column by name."""
    for figure in (
        plot_methods(methods().iloc[:0], language="en"),
        plot_gaps(gaps().iloc[:0], language="en"),
    ):
        assert [text.get_text() for text in figure.axes[0].texts] == ["There is no evidence in this text."]
    with pytest.raises(InputError, match="lacks gold"):
        plot_methods(methods().drop(columns="gold"))
    assert name("irony", "nl") == "ironie" and name("no_such_key", "en") == "no such key"
