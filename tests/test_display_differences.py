"""The chart of differences: the largest first, filled where sure, silent where nothing is known."""

import numpy as np
import pandas as pd
import pytest

from analysis.codebook.load import Actor, Codebook, Outlet
from analysis.contracts.errors import InputError
from analysis.display import plot_differences

CODEBOOK = Codebook(
    name="test",
    actors={"farmers": Actor("farmers", {"nl": "Boeren"}, "crowd")},
    outlets={key: Outlet(key, {"nl": name}) for key, name in (("courant", "De Courant"), ("bode", "De Bode"))},
)
TABLE = pd.DataFrame(
    {
        "actor_id": "farmers", "measure": "tone", "group_a": ["bode", "courant", "gazet"], "group_b": "others",
        "difference": [0.2, -0.6, 0.9], "ci_low": [-0.1, -0.9, np.nan], "ci_high": [0.5, -0.3, np.nan],
        "p_value": [0.4, 0.001, np.nan], "p_adjusted": [0.4, 0.002, np.nan],
        "n_articles_a": [4, 5, 2], "n_articles_b": [9, 8, 11], "n_units": 13,
    }
)  # fmt: skip


def marks(axes):
    return [(line.get_xdata()[0], line.get_markerfacecolor()) for line in axes.lines if line.get_marker() == "o"]


def test_the_largest_stands_first_and_what_outlasts_correction_is_filled():
    """Names say actor, group and articles; a difference without an interval is not shown."""
    figure = plot_differences(TABLE, codebook=CODEBOOK)
    axes = figure.axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == [
        "Boeren: De Courant (5, 8)",
        "Boeren: De Bode (4, 9)",
    ]
    (first, filled), (second, open_) = marks(axes)
    assert (first, second) == (-0.6, 0.2) and filled != "white" and open_ == "white"
    assert "2 toetsen" in figure.get_supxlabel().replace("\n", " ")
    assert axes.get_xlabel() == "verschil in toon per artikel"


def test_only_some_are_shown_and_the_caption_says_so():
    """By size, whatever the sign."""
    figure = plot_differences(TABLE.drop(columns="actor_id"), codebook=CODEBOOK, language="en", top=1)
    assert len(marks(figure.axes[0])) == 1
    assert "1 of 2 shown" in figure.get_supxlabel().replace("\n", " ")


def test_no_evidence_is_said_and_the_wrong_table_refused():
    """Words in the place of a chart; an error that names the column."""
    figure = plot_differences(TABLE.iloc[2:], codebook=CODEBOOK, language="en")
    assert [text.get_text() for text in figure.axes[0].texts] == ["There is no evidence in this text."]
    with pytest.raises(InputError, match="lacks p_adjusted"):
        plot_differences(TABLE.drop(columns="p_adjusted"), codebook=CODEBOOK)
