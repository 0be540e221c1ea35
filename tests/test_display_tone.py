"""The chart of tone: shares and means of each voice, and what rests on few is seen to."""

import math
from itertools import pairwise

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis.codebook.load import Actor, Codebook
from analysis.contracts.errors import InputError
from analysis.display import plot_tone
from analysis.display.charts import style
from analysis.display.charts.tone import PALE
from analysis.display.findings.relations import describe_tone

LONG = "Hoge Vertegenwoordiger van de Unie voor Buitenlandse Zaken en Veiligheidsbeleid"
CODEBOOK = Codebook(
    name="test",
    actors={
        "trump": Actor("trump", {"nl": "Donald Trump", "en": "Donald Trump"}, "person"),
        "iran": Actor("iran", {"nl": "Iran", "en": "Iran"}, "country"),
        "eu": Actor("eu", {"nl": LONG, "en": "High Representative $x$"}, "organisation"),
    },
)
COLUMNS = ["actor_id", "voice", "estimate", "ci_low", "ci_high", "n_negative", "n_neutral", "n_positive"]
NONE = math.nan


def tone(rows: list[tuple], unit: str = "sentence") -> pd.DataFrame:
    """Estimates with the number of evaluations of each class."""
    table = pd.DataFrame(rows, columns=COLUMNS)
    n = table[["n_negative", "n_neutral", "n_positive"]].sum(axis=1)
    return table.assign(measure="polarity", n_units=n, n_articles=1, unit=unit, method="mean")


TONE = tone(
    [
        ("iran", "own voice", -0.5, -0.8, -0.1, 6, 5, 1),
        ("iran", "quoted", -0.75, NONE, NONE, 1, 0, 0),
        ("trump", "quoted", 0.25, NONE, NONE, 0, 3, 2),
        ("eu", "own voice", NONE, NONE, NONE, 0, 0, 0),
    ]
)


def texts(figure) -> str:
    """Title and caption."""
    return figure.get_suptitle() + "\n" + figure.get_supxlabel().replace("\n", " ")


def marks(axes) -> dict:
    """Marker, place and face of every estimate."""
    points = [line for line in axes.lines if len(line.get_xdata()) == 1 and line.get_marker() in "o^"]
    return {(line.get_marker(), float(line.get_xdata()[0])): line for line in points}


def test_bars_are_the_shares_of_each_class_with_their_numbers():
    """Negative, neutral and positive add up to the whole bar; a class without evaluations has none."""
    left, _ = plot_tone(TONE, codebook=CODEBOOK).axes
    bars = [
        (round(float(bar.get_x()), 3), round(float(bar.get_width()), 3), to_hex(bar.get_facecolor()))
        for bar in left.patches
    ]
    assert bars == [
        (0.0, 0.5, style.NEGATIVE), (0.5, 0.417, style.GREY), (0.917, 0.083, style.POSITIVE),
        (0.0, 0.6, style.GREY), (0.6, 0.4, style.POSITIVE), (0.0, 1.0, style.NEGATIVE),
    ]  # fmt: skip
    assert sorted(t.get_text() for t in left.texts) == sorted(["6", "5", "1", "1", "3", "2", "● 12", "▲ 1", "▲ 5"])
    assert [tick.get_text() for tick in left.get_yticklabels()] == ["Donald Trump", "Iran"]


def test_means_stand_beside_their_bars_and_a_line_asks_for_an_interval():
    """At the estimates, on the row of their bar, most positive actor on top."""
    left, right = plot_tone(TONE, codebook=CODEBOOK).axes
    places = {key: float(line.get_ydata()[0]) for key, line in marks(right).items()}
    assert places == {("o", -0.5): 0.8, ("^", -0.75): 1.2, ("^", 0.25): 0.0}
    segments = [path for group in right.collections for path in group.get_segments()]
    assert [segment[:, 0].tolist() for segment in segments if len(segment)] == [[-0.8, -0.1]]
    assert {round(float(bar.get_y() + bar.get_height() / 2), 6) for bar in left.patches} == set(places.values())


def test_what_rests_on_one_or_two_is_pale_and_open():
    """A single evaluation once had the full colour; the caption says what an open mark is, and a mark without a line."""
    figure = plot_tone(TONE, codebook=CODEBOOK)
    left, right = figure.axes
    faces = {key: line.get_markerfacecolor() for key, line in marks(right).items()}
    assert faces[("^", -0.75)] == "white" and faces[("^", 0.25)] == style.QUALITATIVE[2]
    assert [bar.get_alpha() for bar in left.patches] == [1.0] * 5 + [PALE]
    assert "open: minder dan drie" in texts(figure) and "zonder lijn: minder dan tien" in texts(figure)


def test_zero_is_neutral():
    """The class is called so on the axis and in the legend; `in balans` said something else."""
    for language, words in (("nl", ["negatief", "neutraal", "positief"]), ("en", ["negative", "neutral", "positive"])):
        figure = plot_tone(TONE, codebook=CODEBOOK, language=language)
        ticks = [tick.get_text() for tick in figure.axes[1].get_xticklabels()]
        assert ticks == [f"{sign}\n{word}" for sign, word in zip(("−1", "0", "+1"), words, strict=True)]
        legend = [text.get_text() for text in figure.axes[1].get_legend().get_texts()]
        assert legend[2:] == words


def test_the_middle_of_the_scale_is_zero():
    """Limits are symmetric, with a line at zero."""
    right = plot_tone(TONE, codebook=CODEBOOK).axes[1]
    low, high = right.get_xlim()
    assert low == -high and any(list(line.get_xdata()) == [0, 0] for line in right.lines)


def test_without_numbers_of_each_class_only_means_are_drawn():
    """A table of estimates alone is enough."""
    table = TONE.drop(columns=["n_negative", "n_neutral", "n_positive"])
    (axes,) = plot_tone(table, codebook=CODEBOOK).axes
    assert len(marks(axes)) == 3 and not axes.patches


@pytest.mark.parametrize(
    ("language", "unit", "words"),
    [
        (
            "nl",
            "sentence",
            ["Hoe wordt elke actor", "n = 18", "95 %-interval", "zinnen", "beschrijft alleen dit artikel"],
        ),
        ("en", "article", ["How is each actor", "95% interval", "articles resampled"]),
    ],
)
def test_the_caption_states_unit_n_and_interval(language, unit, words):
    """A caption stands on its own, in the study's language."""
    table = TONE.assign(unit=unit, n_articles=1 if unit == "sentence" else 3)
    said = texts(plot_tone(table, codebook=CODEBOOK, language=language))
    assert [word for word in words if word not in said] == []


def test_tone_refuses_estimates_of_another_grouping():
    """The message names what the table lacks; an empty one has no chart."""
    with pytest.raises(InputError, match="lacks voice"):
        plot_tone(TONE.drop(columns="voice"), codebook=CODEBOOK)
    assert [text.get_text() for text in plot_tone(TONE.iloc[:0], codebook=CODEBOOK).axes[0].texts] == [
        "Geen bewijs in deze tekst."
    ]


def test_long_labels_are_wrapped_and_stay_inside_the_figure():
    """Every label lies within the page and no two overlap, at the size it is read; the legend neither."""
    rows = [(actor, "own voice", 0.1 * i, NONE, NONE, 1, 1, 1) for i, actor in enumerate(["iran", "eu", "trump"])]
    figure = plot_tone(tone(rows), codebook=CODEBOOK)
    with mpl.rc_context(style.RC):
        figure.canvas.draw()
    boxes = [label.get_window_extent() for label in figure.axes[0].get_yticklabels()]
    assert all(box.x0 >= 0 and box.x1 <= figure.bbox.width for box in boxes)
    assert all(upper.y0 >= lower.y1 for upper, lower in pairwise(boxes))
    legend, title = figure.axes[1].get_legend().get_window_extent(), figure._suptitle.get_window_extent()
    assert legend.x0 >= 0 and legend.y1 <= title.y0
    assert figure.get_size_inches()[0] == 6.5 and figure.get_size_inches()[1] >= 4.0


def test_the_finding_speaks_of_the_actors_shown_and_of_no_single_case():
    """The extreme of one evaluation is no extreme, and an actor beyond the chart's rows is not named."""
    rows = [("iran", "own voice", -0.4, NONE, NONE, 2, 2, 0), ("trump", "quoted", 0.25, NONE, NONE, 0, 3, 2)]
    rows += [("eu", "quoted", 1.0, NONE, NONE, 0, 0, 1), *[(f"unlisted:x{n}", "quoted", -1.0, NONE, NONE, 1, 0, 0) for n in range(3)]]  # fmt: skip
    assert describe_tone(tone(rows), codebook=CODEBOOK, top=3, language="en") == (
        "10 evaluations of 3 actors (shown, of 6), 4 in the outlet's own voice and 6 quoted: 2 negative, 5 neutral and "
        "3 positive. Lowest mean: Iran (−0.40, n = 4). Highest: Donald Trump (+0.25, n = 5)."
    )
    assert describe_tone(tone(rows).iloc[:0], codebook=CODEBOOK, language="en") == "No actor is evaluated."
    assert "Highest" not in describe_tone(tone(rows[:1]), codebook=CODEBOOK, language="en")
