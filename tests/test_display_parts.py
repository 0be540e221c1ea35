"""The chart of parts draws as many sentences as there are, each where it stands."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from analysis.contracts.tables import empty_table
from analysis.display.charts.parts import plot_sentences


@pytest.mark.parametrize(("language", "title"), [("nl", "Uit welke delen"), ("en", "Of what parts")])
def test_every_sentence_is_drawn_once(seed_tables, language, title):
    """The bars add up to the table, part by part and paragraph by paragraph."""
    figure = plot_sentences(seed_tables.sentences, language=language)
    assert isinstance(figure, Figure)
    assert title in figure.get_suptitle()
    (axes,) = figure.axes
    drawn = {
        (round(bar.get_x() + bar.get_width() / 2) - 1, bar.get_hatch()): bar.get_height()
        for bars in axes.containers
        for bar in bars
        if bar.get_height()
    }
    counts = seed_tables.sentences.groupby(["paragraph", "part"]).size()
    assert sorted(drawn.values()) == sorted(counts)
    assert {place for place, _ in drawn} == set(seed_tables.sentences["paragraph"])
    assert len({hatch for _, hatch in drawn}) == seed_tables.sentences["part"].nunique()


def test_no_sentences_are_said_to_be_none():
    """An empty table gives a chart that says so."""
    assert plot_sentences(empty_table("sentences")).axes[0].texts
