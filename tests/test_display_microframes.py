"""Charts of micro-frames: what is drawn is what the table says, and every number leads to sentences."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.codebook.load import Actor, Axis, Codebook
from analysis.contracts.errors import InputError, UsageError
from analysis.display import plot_microframes, plot_profiles, style
from analysis.display.charts.microframes import UNTRUSTED
from analysis.display.findings.microframes import (
    describe_axes,
    describe_leaning,
    explain_farthest,
    explain_microframe,
    list_axes,
    list_farthest,
    list_weak,
    set_beside,
)

CODEBOOK = Codebook(
    name="test",
    actors={key: Actor(key, {"nl": name}, "crowd") for key, name in (("farmers", "Boeren"), ("police", "Politie"))},
)
AXES = Codebook(
    name="axes",
    axes={
        key: Axis(key, {"nl": f"{low} - {high}"}, {"nl": (low,)}, {"nl": (high,)})
        for key, low, high in (("peaceful", "gewelddadig", "vreedzaam"), ("strong", "zwak", "sterk"))
    },
)


def row(actor, axis, bias, q, *, interval=0.2, intensity_q=1.0):
    """A row of the table."""
    return {
        "actor_id": actor, "axis_id": axis, "n_sentences": 9 if actor == "police" else 5, "n_articles": 4, "bias": bias,
        "ci_low": bias - interval, "ci_high": bias + interval, "bias_p": q, "bias_q": q, "intensity": 1.0,
        "intensity_p": 1.0, "intensity_q": intensity_q, "unit": "article", "article_id": "a", "sentence_id": 0,
    }  # fmt: skip


TABLE = pd.DataFrame(
    [
        row("farmers", "strong", 0.1, 0.6, intensity_q=0.01), row("farmers", "peaceful", 0.4, 0.03),
        row("police", "strong", 0.0, 1.0), row("police", "peaceful", -0.8, 0.01),
    ]
)  # fmt: skip


def test_the_heatmap_has_a_cell_for_every_bias_and_frames_what_is_no_chance():
    """Actors by number of sentences, axes in the order of the codebook."""
    panel = plot_microframes(TABLE, codebook=CODEBOOK, axes=AXES).axes[0]
    assert [tick.get_text() for tick in panel.get_yticklabels()] == ["Politie (9)", "Boeren (5)"]
    assert [tick.get_text() for tick in panel.get_xticklabels()] == ["gewelddadig - vreedzaam", "zwak - sterk"]
    assert [text.get_text() for text in panel.texts] == ["−0,8", "0,0", "+0,4", "+0,1"]
    assert [(round(box.get_x()), round(box.get_y())) for box in panel.patches] == [(0, 0), (0, 1)]
    assert panel.collections[0].get_clim() == (-0.8, 0.8)


def test_an_axis_that_failed_its_check_is_grey_and_a_bias_of_the_event_dotted():
    """No frame and no filled marker on it; the table says what is left within articles."""
    scores = pd.DataFrame({"half": ["held out"] * 2, "axis_id": ["peaceful", "strong"], "in_order": [0.9, 0.4]})
    assert list_weak(scores) == ["strong"]
    assert list_weak(scores.assign(half="for choosing")) == []
    beside = set_beside(TABLE, TABLE.assign(bias=0.0, bias_q=[1, 1, 1, 0.01]))
    assert beside[["bias", "bias_within", "bias_q_within"]].to_numpy().tolist()[1] == [0.4, 0.0, 1.0]
    options = {"codebook": CODEBOOK, "axes": AXES, "language": "en"}
    figure = plot_microframes(beside, weak=["peaceful"], **options)
    assert not list(figure.axes[0].patches) and "grey: axis that orders texts badly" in flat(figure)
    assert [tick.get_color() for tick in figure.axes[0].get_xticklabels()] == [UNTRUSTED, style.INK]
    assert set(figure.axes[0].collections[0].get_array()[:, 0].tolist()) == {0.0}, "no colour of a bias"
    figure = plot_microframes(beside, weak=["strong"], **options)
    assert [box.get_linestyle() == "-" for box in figure.axes[0].patches] == [True, False], "Politie, Boeren"
    assert "dotted: not within articles" in flat(figure)
    assert "dotted" not in flat(plot_microframes(TABLE, **options))
    profile = plot_profiles(TABLE, weak=["peaceful"], **options)
    points = [line for line in profile.axes[0].lines if line.get_marker() not in ("None", None, "")]
    assert {line.get_markerfacecolor() for line in points} == {"white"} and "grey: axis" in flat(profile)


def flat(figure):
    """The caption in one line."""
    return figure.get_supxlabel().replace("\n", " ")


def test_a_profile_stands_between_its_poles():
    """Low left, high right; a filled marker differs from chance; an interval where the table has one."""
    table = TABLE.assign(ci_low=TABLE["ci_low"].where(TABLE["actor_id"] == "police"))
    figure = plot_profiles(table, ["farmers", "police"], codebook=CODEBOOK, axes=AXES)
    panel = figure.axes[0]
    assert [tick.get_text() for tick in panel.get_yticklabels()] == ["gewelddadig", "zwak"]
    right = panel.child_axes[0]
    assert [tick.get_text() for tick in right.get_yticklabels()] == ["vreedzaam", "sterk"]
    points = [line for line in panel.lines if line.get_marker() not in ("None", None, "")]
    assert [float(line.get_xdata()[0]) for line in points] == [0.4, 0.1, -0.8, 0.0]
    assert [line.get_markerfacecolor() == "white" for line in points] == [False, True, False, True]
    intervals = [line for line in panel.lines if len(line.get_xdata()) == 2 and line.get_ydata()[0] != 0]
    assert len(intervals) == 2


def test_the_finding_names_the_farthest_with_their_pole():
    """Only what differs from chance is told."""
    assert describe_leaning(TABLE, codebook=CODEBOOK, axes=AXES, language="en") == (
        "2 actors on 2 axes. Different from chance after correction: 2 of 4 biases and 1 intensity. "
        "Farthest: Politie to gewelddadig (−0.80, 9 sentences); Boeren to vreedzaam (+0.40, 5 sentences)."
    )
    nothing = TABLE.assign(bias_q=1.0)
    assert describe_leaning(nothing, codebook=CODEBOOK, axes=AXES, language="en").endswith("1 intensity.")
    assert list_farthest(TABLE, axes=AXES)["axis"].tolist() == [
        "gewelddadig - vreedzaam", "gewelddadig - vreedzaam", "zwak - sterk"
    ]  # fmt: skip


def test_axes_are_listed_with_their_poles():
    """What a reader must judge before a result."""
    assert list_axes(AXES).to_numpy().tolist() == [
        ["peaceful", "gewelddadig", "vreedzaam"], ["strong", "zwak", "sterk"]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("half", "order", "told"),
    [
        ("held out", (1.0, 0.75), "in order: 2 of 2 axes."),
        ("held out", (1.0, 0.7), "in order: 1 of 2 axes. Rest no claim on zwak - sterk."),
        ("held out", (0.7,), "0 of 1 axes. Rest no claim on gewelddadig - vreedzaam. Not measured: zwak - sterk."),
        ("for choosing", (1.0, 1.0), "0 of 0 axes. Not measured: gewelddadig - vreedzaam, zwak - sterk."),
    ],
)
def test_axes_that_do_not_part_texts_are_named(half, order, told):
    """By the half nothing was chosen on; an axis of one's own is not measured."""
    scores = pd.DataFrame({"half": half, "axis_id": ["peaceful", "strong"][: len(order)], "in_order": order})
    assert describe_axes(scores, AXES, language="en").endswith(told)


def test_without_a_choice_the_actors_in_most_sentences_have_profiles():
    """Not those that lean farthest: that would be choosing the result."""
    figure = plot_profiles(TABLE, codebook=CODEBOOK, axes=AXES)
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()] == ["Politie (9)", "Boeren (5)"]


def test_a_bias_is_explained_by_its_sentences_with_the_actor_marked():
    """Of each pole the farthest, none of another actor."""
    text = "Politie slaat. Politie helpt. Boeren zingen."
    bounds = [(0, 14), (15, 29), (30, 44)]
    sentences = pd.DataFrame(
        [("a", n, start, end, text[start:end]) for n, (start, end) in enumerate(bounds)],
        columns=["article_id", "sentence_id", "start", "end", "text"],
    )
    mentions = pd.DataFrame(
        [
            ("a", 0, 0, 7, "Politie", "police"),
            ("a", 1, 15, 22, "Politie", "police"),
            ("a", 2, 30, 36, "Boeren", "farmers"),
        ],
        columns=["article_id", "sentence_id", "start", "end", "text", "actor_id"],
    )
    places = pd.DataFrame(
        [("a", 0, "peaceful", -1.5), ("a", 1, "peaceful", 0.5), ("a", 2, "peaceful", 1.0)],
        columns=["article_id", "sentence_id", "axis_id", "place"],
    )
    tables = SimpleNamespace(mentions=mentions, sentences=sentences)
    found = explain_microframe(places, tables, "police", "peaceful", codebook=CODEBOOK, axes=AXES, language="en")
    assert [sentence.text for sentence in found.sentences] == ["Politie slaat.", "Politie helpt."]
    assert [mark.text for mark in found.highlights] == ["Politie", "Politie"]
    assert found.highlights[0].note == "gewelddadig, place −1.50"
    assert "«Politie» slaat." in found.to_text()
    assert "Politie: 1 sentence farthest to the pole vreedzaam" in found.reasons
    options = {"codebook": CODEBOOK, "axes": AXES, "language": "en"}
    assert explain_farthest(TABLE, places, tables, **options).target == "Politie, gewelddadig - vreedzaam"
    nothing = explain_farthest(TABLE.assign(bias_q=1.0), places, tables, **options)
    assert nothing == "No bias differs from chance: there is nothing to lead back to sentences."
    with pytest.raises(UsageError, match="there is no axis 'rich'; there are peaceful, strong"):
        explain_microframe(places, tables, "police", "rich", codebook=CODEBOOK, axes=AXES)


def test_no_evidence_is_said_and_the_wrong_table_refused():
    """Empty tables are charts with words; too many actors, unknown ones and unknown axes are errors."""
    empty = TABLE.iloc[:0]
    for figure in (
        plot_microframes(empty, codebook=CODEBOOK, axes=AXES, language="en"),
        plot_profiles(empty, [], codebook=CODEBOOK, axes=AXES, language="en"),
    ):
        assert [text.get_text() for text in figure.axes[0].texts] == ["There is no evidence in this text."]
    nothing = describe_leaning(empty, codebook=CODEBOOK, axes=AXES, language="en")
    assert nothing == "No actor is in enough sentences."
    with pytest.raises(InputError, match="lacks bias_q"):
        plot_microframes(TABLE.drop(columns="bias_q"), codebook=CODEBOOK, axes=AXES)
    with pytest.raises(InputError, match="the axis 'peaceful' is not in the codebook"):
        plot_microframes(TABLE, codebook=CODEBOOK, axes=CODEBOOK)
    with pytest.raises(UsageError, match="'mayor' has no rows"):
        plot_profiles(TABLE, ["mayor"], codebook=CODEBOOK, axes=AXES)
    with pytest.raises(UsageError, match="one to 4 actors, not 0"):
        plot_profiles(TABLE, [], codebook=CODEBOOK, axes=AXES)


def test_one_article_is_told_in_the_caption():
    """Sentences were permuted: the chart describes that article."""
    figure = plot_microframes(TABLE.assign(unit="sentence"), codebook=CODEBOOK, axes=AXES, language="en")
    assert "describes this article only" in figure.get_supxlabel().replace("\n", " ")


def test_a_finding_about_a_chart_names_the_actors_of_the_chart():
    """The farthest bias was that of an actor in too few sentences to be drawn."""
    rare = TABLE.assign(actor_id="unlisted:rare", n_sentences=1, bias=9.0, bias_q=0.0)
    both = pd.concat([TABLE, rare], ignore_index=True)
    n_actors = TABLE["actor_id"].nunique()
    assert "rare" in describe_leaning(both, codebook=CODEBOOK, axes=AXES, language="en")
    shown = describe_leaning(both, codebook=CODEBOOK, axes=AXES, top=n_actors, language="en")
    assert shown == describe_leaning(TABLE, codebook=CODEBOOK, axes=AXES, language="en")
