"""Charts of comparison: a mark per group with its interval, estimators side by side, periods in order."""

import math

import pandas as pd
import pytest

from analysis.codebook.load import Actor, Codebook, Outlet
from analysis.contracts.errors import InputError
from analysis.display import plot_groups, plot_over_time, style

CODEBOOK = Codebook(
    name="test",
    actors={key: Actor(key, {"nl": name}, "crowd") for key, name in (("farmers", "Boeren"), ("police", "Politie"))},
    outlets={key: Outlet(key, {"nl": name}) for key, name in (("courant", "De Courant"), ("bode", "De Bode"))},
)


def table(rows, *columns, n_units=7):
    """Estimates with these grouping columns, then estimate and half the interval (None: none)."""
    made = pd.DataFrame(rows, columns=[*columns, "estimate", "half"])
    half = made.pop("half").astype(float)
    return made.assign(
        measure="polarity", ci_low=made["estimate"] - half, ci_high=made["estimate"] + half, n_articles=3, n_units=n_units,
        unit="article", method="mean of evaluations by model",
    )  # fmt: skip


def names(axes):
    return [tick.get_text() for tick in axes.get_yticklabels()]


def test_groups_stand_in_the_order_of_the_codebook_with_their_n():
    """A panel per actor; the number behind a name is that of the panel."""
    rows = [("farmers", "bode", -0.5, 0.1), ("farmers", "courant", 0.5, None), ("police", "bode", 0.0, 0.2)]
    figure = plot_groups(table(rows, "actor_id", "outlet"), group="outlet", codebook=CODEBOOK)
    first, second = figure.axes
    assert names(first) == ["De Courant  (7)", "De Bode  (7)"]
    assert names(second) == ["De Courant", "De Bode  (7)"]
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Boeren", "Politie"]
    caption = figure.get_supxlabel().replace("\n", " ")
    assert "n per groep" in caption and "leesmodel" in caption and "zonder lijn: minder dan tien" in caption
    assert "open" not in caption
    faces = [line.get_markerfacecolor() for line in first.lines if line.get_marker() == "o"]
    assert faces.count("white") == 0
    few = plot_groups(table(rows, "actor_id", "outlet", n_units=2), group="outlet", codebook=CODEBOOK)
    assert "open: minder dan drie" in few.get_supxlabel().replace("\n", " ")
    assert {line.get_markerfacecolor() for line in few.axes[0].lines if line.get_marker() == "o"} == {"white"}


def test_machine_and_corrected_stand_side_by_side():
    """Two estimators of one group have two places, and a legend."""
    rows = [("bode", "naive", -0.5, 0.1), ("bode", "corrected", -0.2, 0.2), ("bode", "coded", -0.1, 0.4)]
    axes = plot_groups(table(rows, "outlet", "estimator"), group="outlet", codebook=CODEBOOK).axes[0]
    places = [line.get_ydata()[0] for line in axes.lines if line.get_marker() in ("o", "D", "s")]
    assert places == pytest.approx([-0.24, 0, 0.24])
    assert [text.get_text() for text in axes.get_legend().get_texts()] == [
        "machinecodes",
        "gecorrigeerd",
        "alleen goudcodes",
    ]


def test_each_estimator_tells_what_it_rests_on_and_whose_codes_they_are():
    """A label of 14 stood over three gold codes; a legend said `hand` where language models had coded."""
    rows = [
        ("bode", "naive", -0.5, 0.1),
        ("bode", "corrected", -0.2, None),
        ("bode", "coded", -0.1, None),
        ("bode", "all", 0.1, None),
    ]
    made = table(rows, "outlet", "estimator").assign(n_units=14, n_coded=[0, 3, 3, 14], measure="change")
    for coded_by, told in (("models", "by language models, not by people"), ("people", "gold codes: by people")):
        figure = plot_groups(made, group="outlet", codebook=CODEBOOK, language="en", coded_by=coded_by)
        caption = figure.get_supxlabel().replace("\n", " ")
        assert names(figure.axes[0]) == ["De Bode\n●14  ◆3  ■3  ★14"]
        assert told in caption and "fewer than ten together, or than five on a side" in caption
    words = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert words == ["machine codes", "corrected", "gold codes alone", "all gold codes"]


@pytest.mark.parametrize(
    ("kind", "half", "n", "told"),
    [
        ("coded", None, 2, "open: fewer than three"),
        ("coded", None, 9, "no line: fewer than ten"),
        ("coded", 0.0, 12, "crossbar: no spread"),
        ("all", None, 12, "star: all articles, so no interval"),
    ],
)
def test_a_mark_without_a_line_is_explained(kind, half, n, told):
    """Four reasons, and the caption names only the one there is."""
    estimates = table([("bode", "naive", -0.5, 0.1), ("bode", kind, -0.2, half)], "outlet", "estimator")
    figure = plot_groups(estimates.assign(n_coded=[0, n]), group="outlet", codebook=CODEBOOK, language="en")
    caption = figure.get_supxlabel().replace("\n", " ")
    reasons = ("open: fewer than three", "no line: fewer than ten", "crossbar: no spread", "star: all articles")
    assert told in caption
    assert sum(reason in caption for reason in reasons) == 1


def test_periods_keep_their_order_and_gaps_break_the_line():
    """A period without evidence stays on the axis."""
    rows = [("2025-03-02", "bode", 0.1, 0.1), ("2025-03-01", "bode", 0.2, 0.1), ("2025-03-03", "bode", math.nan, None), ("2025-03-04", "bode", 0.3, 0.1)]  # fmt: skip
    axes = plot_over_time(table(rows, "published", "outlet"), group="outlet", codebook=CODEBOOK).axes[0]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["1", "2", "3", "4"]
    assert axes.get_xlabel() == "maart 2025"
    line = next(line for line in axes.lines if len(line.get_ydata()) == 4)
    assert [round(float(value), 1) for value in line.get_ydata()[:2]] == [0.2, 0.1] and math.isnan(line.get_ydata()[2])


def test_no_evidence_is_said_and_the_wrong_table_refused():
    """Empty: words. Two rows for one mark, a missing column, too many groups: an error that says what to do."""
    good = table([("bode", 0.1, 0.1)], "outlet")
    for figure in (
        plot_groups(good.iloc[:0], group="outlet", codebook=CODEBOOK, language="en"),
        plot_over_time(good.iloc[:0].assign(published=""), codebook=CODEBOOK, language="en"),
    ):
        assert [text.get_text() for text in figure.axes[0].texts] == ["There is no evidence in this text."]
    with pytest.raises(InputError, match="more than one row"):
        plot_groups(pd.concat([good, good]), group="outlet", codebook=CODEBOOK)
    with pytest.raises(InputError, match="lacks outlet"):
        plot_groups(good.drop(columns="outlet"), group="outlet", codebook=CODEBOOK)
    many = table([(f"o{n}", "2025", 0.1, 0.1) for n in range(9)], "outlet", "published")
    with pytest.raises(InputError, match="at most 8"):
        plot_over_time(many, group="outlet", codebook=CODEBOOK)


def test_panels_can_be_of_any_column_and_many_stand_in_columns():
    """Frames in the place of actors, their groups named once a line; the caption has the place of a sixth panel."""
    rows = [(f"f{n}", outlet, 0.5, 0.1) for n in range(5) for outlet in ("bode", "courant")]
    figure = plot_groups(table(rows, "frame_id", "outlet"), group="outlet", panel="frame_id", codebook=CODEBOOK)
    shown, (spare,) = ([axes for axes in figure.axes if axes.axison is is_on] for is_on in (True, False))
    assert [axes.get_title(loc="left") for axes in shown] == [f"f{n}" for n in range(5)]
    assert len({round(axes.get_position().x0, 3) for axes in shown}) == 3
    names = [[tick.get_text().strip() for tick in axes.get_yticklabels()] for axes in shown]
    assert [[name.startswith("(") for name in of_panel] for of_panel in names] == [[at % 3 > 0] * 2 for at in range(5)]
    assert figure.get_supxlabel() == "" and spare.texts[0].get_text().startswith("Tussen haakjes")
    box, page = spare.texts[0].get_window_extent(), figure.bbox
    assert box.x1 < page.x1 and box.y0 > page.y0


def test_a_caption_that_does_not_fit_a_left_over_place_stands_below():
    """Where it would be cut off."""
    figure = style.new_figure()
    place = figure.subplots(2, 3).ravel()[-1]
    style.finish(figure, "What?", ["word " * 99], place=place)
    assert figure.get_supxlabel().startswith("word") and not place.texts


def test_estimators_over_time_have_their_marks_and_their_interval():
    """Grey dots of the machine, diamonds corrected; errors are clustered, not drawn again."""
    rows = [("2025-W10", name, 0.1, 0.1) for name in ("corrected", "naive")]
    figure = plot_over_time(
        table(rows, "week", "estimator"), period="week", group="estimator", codebook=CODEBOOK, language="en"
    )
    axes = figure.axes[0]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["machine codes", "corrected"]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["week 10\n●7  ◆7"]
    caption = figure.get_supxlabel().replace("\n", " ")
    assert "clustered by article" in caption and "Behind each name n" in caption


def test_events_and_articles_stand_at_their_period():
    """A line before the first period with or after the event; a period without estimates keeps its place."""
    rows = [("2025-03-01", 0.2, 0.1), ("2025-03-04", 0.1, 0.1)]
    axes = plot_over_time(
        table(rows, "published"), codebook=CODEBOOK, events={"2025-03-03": "a report"},
        n_articles={"2025-03-01": 3, "2025-03-02": 1, "2025-03-04": 4},
    ).axes[0]  # fmt: skip
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["1\n(3)", "2\n(1)", "4\n(4)"]
    broken = [line for line in axes.lines if line.get_linestyle() not in ("-", "None")]
    assert [line.get_xdata()[0] for line in broken] == [1.5]
    assert [text.get_text() for text in axes.texts] == ["a report"]


@pytest.mark.parametrize(
    ("measure", "title"), [("tone", "In what light"), ("change", "What changed"), ("n_quotes", "How do the groups")]
)
def test_a_chart_asks_what_its_measure_answers(measure, title):
    """Unless it is given a question."""
    made = table([("bode", 0.1, 0.1)], "outlet").assign(measure=measure)
    assert plot_groups(made, group="outlet", codebook=CODEBOOK, language="en").get_suptitle().startswith(title)
    own = plot_groups(made, group="outlet", codebook=CODEBOOK, title="Mine?")
    assert own.get_suptitle() == "Mine?"
