"""Charts of frames beside each other: counts in the cells, a shape per method, a panel per unit."""

import math

import pandas as pd
import pytest

from analysis.codebook.load import Codebook, Frame
from analysis.contracts.errors import InputError
from analysis.display.charts.frames_compared import plot_frame_reliability, plot_frames_by_method, plot_frames_by_voice
from analysis.display.findings.frames import (
    describe_frame_methods,
    describe_frame_reliability,
    describe_frames_by_voice,
)

CODEBOOK = Codebook(
    name="test",
    frames={
        key: Frame(key, {"nl": name, "en": key}, "d", "s")
        for key, name in (("conflict", "conflict"), ("morality", "moraal"))
    },
)
VOICES = pd.DataFrame(
    [
        ("own voice", "author", "conflict", 1, 8),
        ("own voice", "author", "morality", 2, 8),
        ("quoted", "mayor", "conflict", 1, 2),
        ("quoted", "mayor", "morality", 0, 2),
        ("quoted", "company", "conflict", 3, 3),
        ("quoted", "company", "morality", 0, 3),
        ("quoted", None, "conflict", 0, 1),
        ("quoted", None, "morality", 1, 1),
    ],
    columns=["voice", "source_id", "frame_id", "n_frame", "n_sentences"],
)
SHARES = pd.DataFrame(
    [
        ("conflict", "model", 0.5, 0.3, 0.7),
        ("conflict", "zero_shot", 0.1, 0.0, 0.2),
        ("morality", "model", 0.2, math.nan, math.nan),
    ],
    columns=["frame_id", "answered_by", "estimate", "ci_low", "ci_high"],
).assign(measure="present", n_articles=1, n_units=20, unit="sentence", method="mean")
BINS = pd.DataFrame(
    [
        ("article", "conflict", 0.7, 8, 6, 0.75),
        ("sentence", "conflict", 0.0, 90, 0, 0.02),
        ("sentence", "conflict", 0.9, 10, 8, 0.95),
        ("sentence", "morality", 0.0, 10, 1, 0.05),
    ],
    columns=["unit", "frame_id", "bin_start", "n", "n_yes", "probability"],
)


def test_own_voice_and_quoted_stand_above_the_sources():
    """All that is quoted is the sum of its sources, whoever has no name stands last."""
    axes = plot_frames_by_voice(VOICES, codebook=CODEBOOK).axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == [
        "eigen stem  (n = 8)", "geciteerd  (n = 6)", "company  (n = 3)", "mayor  (n = 2)", "spreker niet genoemd  (n = 1)",
    ]  # fmt: skip
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["conflict", "moraal"]
    assert [text.get_text() for text in axes.texts] == [
        "1/8", "2/8", "4/6", "1/6", "3/3", "0/3", "1/2", "0/2", "0/1", "1/1",
    ]  # fmt: skip


def test_a_text_that_quotes_nobody_has_one_row():
    """No line below a row that is not there."""
    axes = plot_frames_by_voice(VOICES[VOICES["voice"] == "own voice"], codebook=CODEBOOK).axes[0]
    assert len(axes.get_yticklabels()) == 1
    assert not axes.lines


def test_methods_have_a_shape_each():
    """Marks stand at the shares; one without interval has no line, and is open where it rests on one or two."""
    figure = plot_frames_by_method(SHARES, codebook=CODEBOOK, language="en")
    axes = figure.axes[0]
    marks = [(line.get_xdata()[0], line.get_marker(), line.get_markerfacecolor()) for line in axes.lines]
    assert [(x, marker) for x, marker, _ in marks] == [(0.5, "o"), (0.2, "o"), (0.1, "s")]
    assert [colour == "white" for _, _, colour in marks] == [False, False, False]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["model", "example sentences"]
    assert "no line: fewer than ten" in figure.get_supxlabel().replace("\n", " ")
    few = plot_frames_by_method(SHARES.assign(n_units=2), codebook=CODEBOOK).axes[0]
    assert {line.get_markerfacecolor() for line in few.lines if line.get_marker() in "os"} == {"white"}


def test_sentences_and_articles_have_a_reliability_curve_each():
    """Bins of all frames are joined; each dot has its number, each panel its error."""
    figure = plot_frame_reliability(BINS, language="en")
    assert [axes.get_title(loc="left") for axes in figure.axes] == [
        "sentences: n = 110, error 0.025\ncoded by language models",
        "articles: n = 8, error 0.000\ncoded by people",
    ]
    curve = figure.axes[0].lines[1]
    assert curve.get_xdata() == pytest.approx([2.3 / 100, 0.95])
    assert curve.get_ydata() == pytest.approx([0.01, 0.8])
    assert [text.get_text() for text in figure.axes[0].texts] == ["100", "10"]


@pytest.mark.parametrize("plot", [plot_frames_by_voice, plot_frames_by_method])
def test_no_evidence_is_said(plot):
    """An empty table is words, not an empty chart."""
    table = VOICES if plot is plot_frames_by_voice else SHARES
    assert [text.get_text() for text in plot(table[:0], codebook=CODEBOOK).axes[0].texts] == [
        "Geen bewijs in deze tekst."
    ]


def test_no_reliability_is_said():
    """Nor has the curve anything to show without answers."""
    assert len(plot_frame_reliability(BINS[:0]).axes[0].texts) == 1


def test_a_table_of_another_kind_is_refused():
    """The message says what is lacking."""
    with pytest.raises(InputError, match="lacks source_id"):
        plot_frames_by_voice(VOICES.drop(columns="source_id"), codebook=CODEBOOK)
    with pytest.raises(InputError, match="lacks answered_by"):
        plot_frames_by_method(SHARES.drop(columns="answered_by"), codebook=CODEBOOK)
    with pytest.raises(InputError, match="lacks unit"):
        plot_frame_reliability(BINS.drop(columns="unit"))


def test_findings_say_what_the_charts_show():
    """Numbers are those of the tables, by hand."""
    assert describe_frames_by_voice(VOICES, codebook=CODEBOOK, language="en") == (
        "Sentences: 8 own and 6 quoted. Share with a frame: conflict in 0.12 of own and 0.67 of quoted; morality in "
        "0.25 of own and 0.17 of quoted. Quoted most: company (3 sentences)."
    )
    own = VOICES[VOICES["voice"] == "own voice"]
    assert describe_frames_by_voice(own, codebook=CODEBOOK, language="en") == (
        "Sentences: 8 own. Share with a frame: conflict in 0.12 of own; morality in 0.25 of own."
    )
    assert describe_frame_methods(SHARES, codebook=CODEBOOK, language="en") == (
        "Share of sentences by 2 methods. They differ most for conflict: model 0.50 and example sentences 0.10."
    )
    assert describe_frame_methods(SHARES[:1], codebook=CODEBOOK, language="en") == "One method answers: model."
    assert describe_frame_reliability(BINS, language="en") == (
        "Stated probability against share of yes: 110 answers about sentences, error 0.025; 8 answers about "
        "articles, error 0.000."
    )


def test_findings_of_nothing():
    """Are sentences too."""
    assert describe_frames_by_voice(VOICES[:0], codebook=CODEBOOK, language="en") == "There are no sentences."
    assert describe_frame_methods(SHARES[:0], codebook=CODEBOOK, language="en") == "No method answers a question."
    assert describe_frame_reliability(BINS[:0], language="en") == "There are no answers about texts left out."
