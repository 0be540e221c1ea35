"""Charts of pairs: boxes, colours centred on zero, a ranked list."""

import math

import pandas as pd
import pytest
from matplotlib.colors import to_hex, to_rgb

from analysis.codebook.load import Actor, Codebook
from analysis.contracts.errors import InputError
from analysis.contracts.tables import empty_table, make_table
from analysis.display import plot_actions, plot_pairs, plot_who_on_whom
from analysis.display.charts import style
from analysis.display.charts.relations import choose_pairs
from analysis.display.charts.tone import PALE
from analysis.display.findings.relations import describe_actions, describe_pairs, describe_ranked_pairs

CODEBOOK = Codebook(
    name="test",
    actors={
        "trump": Actor("trump", {"nl": "Donald Trump"}, "person"),
        "iran": Actor("iran", {"nl": "Iran"}, "country"),
        "long": Actor(
            "long", {"nl": "Internationale Federatie van Rode Kruis- en Halve Maanverenigingen"}, "organisation"
        ),
    },
)
PAIRS = pd.DataFrame(
    [("author", "iran", -0.5, 3), ("trump", "iran", 0.5, 1), ("unnamed", "trump", 0.0, 2)],
    columns=["source_id", "actor_id", "estimate", "n_units"],
).assign(
    n_negative=[2, 0, 0],
    n_neutral=[1, 0, 2],
    n_positive=[0, 1, 0],
    measure="polarity",
    ci_low=math.nan,
    ci_high=math.nan,
    n_articles=1,
    unit="sentence",
    method="mean",
)


def action(number: int, agent: str | None, patient: str | None, voice: str = "agentless_passive") -> dict:
    return {
        "action_id": f"a1:a{number:04d}", "article_id": "a1", "sentence_id": 0, "agent_id": agent, "predicate": "slaan",
        "patient_id": patient, "voice": "active" if agent else voice, "valence": "conflict", "negated": False, "agent_mention_id": None, "patient_mention_id": None, "event": None, "hedged": False, "start": 0, "end": 1, "method": "patterns",
    }  # fmt: skip


def cells(axes) -> dict:
    return {(int(t.get_position()[1]), int(t.get_position()[0])): t.get_text() for t in axes.texts}


def test_who_on_whom_writes_value_and_count_in_the_cell_and_leaves_the_rest_empty():
    """Own voice first, unnamed sources last, no zero where nobody said anything."""
    figure = plot_who_on_whom(PAIRS, codebook=CODEBOOK)
    axes = figure.axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == [
        "eigen stem  (3)",
        "Donald Trump  (1)",
        "niet genoemde bron  (2)",
    ]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["Iran (4)", "Donald Trump (2)"]
    assert cells(axes) == {(0, 0): "−0,50\nn=3", (1, 0): "+0,50\nn=1", (2, 1): "0,00\nn=2"}


def test_nobody_stands_in_the_grid_without_a_box():
    """A source that judges only actors who are not drawn had a row of nothing."""
    rare = PAIRS.iloc[1:2].assign(source_id="long", actor_id="x", n_units=1)
    often = PAIRS.iloc[:1].assign(actor_id="trump", n_units=9)
    grid = choose_pairs(pd.concat([PAIRS, rare, often]), CODEBOOK, top=2)
    assert grid.rows == ["author", "unnamed"] and grid.columns == ["trump", "iran"]
    alone = choose_pairs(pd.concat([often, rare.assign(n_units=8)]), CODEBOOK, top=1)
    assert (alone.rows, alone.columns) == (["author"], ["trump"])
    other = choose_pairs(pd.concat([PAIRS, rare.assign(n_units=8)]), CODEBOOK, top=2)
    assert other.rows == ["author", "long"] and other.columns == ["x", "iran"]
    lonely = choose_pairs(pd.concat([PAIRS.iloc[:1], rare.assign(n_units=2), often]), CODEBOOK, top=2)
    assert lonely.rows == ["author"] and lonely.columns == ["trump", "iran"], "whom nobody drawn judges"


def test_the_colours_are_centred_on_zero():
    """Zero has the middle of the palette, whatever the values."""
    table = pd.concat([PAIRS.assign(actor_id=f"x{n}", estimate=n, n_units=5).iloc[:1] for n in (-1.0, 0.0, 1.0)])
    boxes = plot_who_on_whom(table, codebook=CODEBOOK).axes[0].patches
    assert [to_hex(box.get_facecolor()) for box in boxes][::2] == [style.NEGATIVE, style.POSITIVE]
    assert boxes[1].get_facecolor()[:3] == pytest.approx(to_rgb(style.NEUTRAL), abs=0.01)


def test_neutral_few_and_no_evidence_are_three_things():
    """A grey box, an outline, and no box at all: at full strength for one, and white for both others, they were one."""
    table = PAIRS.assign(estimate=[0.0, 0.97, 0.0], n_units=[3, 1, 2])
    figure = plot_who_on_whom(table, codebook=CODEBOOK)
    boxes = {(int(box.get_y()), int(box.get_x())): box for box in figure.axes[0].patches}
    assert set(boxes) == {(0, 0), (1, 0), (2, 1)}
    assert to_hex(boxes[0, 0].get_facecolor()) != "#ffffff"
    for place in ((1, 0), (2, 1)):
        assert to_hex(boxes[place].get_facecolor()) == "#ffffff" and boxes[place].get_linewidth() > 1
    assert to_hex(boxes[1, 0].get_edgecolor()) == to_hex(style.diverging_map()((0.97 + 1) / 2))
    caption = figure.get_supxlabel().replace("\n", " ")
    assert "geen vak: geen bewijs" in caption and "alleen omlijnd: minder dan drie" in caption


def test_a_pair_may_stand_in_one_row_only():
    """More than one estimate per cell is a wrong grouping, not a choice."""
    with pytest.raises(InputError, match="more than one row"):
        plot_who_on_whom(pd.concat([PAIRS, PAIRS]), codebook=CODEBOOK)
    with pytest.raises(InputError, match="lacks source_id"):
        plot_pairs(PAIRS.drop(columns="source_id"), codebook=CODEBOOK)


def test_the_list_of_pairs_has_those_of_two_and_more_in_their_order():
    """A network drew pairs of one, and its strongest tie through a third actor: a list has no such places."""
    figure = plot_pairs(PAIRS, codebook=CODEBOOK)
    axes = figure.axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == [
        "eigen stem → Iran",
        "niet genoemde bron → Donald Trump",
    ]
    bars = [(bar.get_x(), bar.get_width(), to_hex(bar.get_facecolor())) for bar in axes.patches]
    assert bars == [(0, 2, style.NEGATIVE), (2, 1, style.GREY), (0, 2, style.GREY)]
    assert [text.get_text() for text in axes.texts] == ["2", "1", "−0,50", "2", "0,00"]
    assert [bar.get_alpha() for bar in axes.patches] == [1.0, 1.0, PALE], "of two, pale"
    assert "bleek: minder dan drie" in figure.get_supxlabel().replace("\n", " ")
    assert "Paren van minstens twee" in figure.get_supxlabel().replace("\n", " ")
    same = plot_pairs(PAIRS.iloc[::-1], codebook=CODEBOOK).axes[0]
    assert [tick.get_text() for tick in same.get_yticklabels()] == [tick.get_text() for tick in axes.get_yticklabels()]


def test_the_list_needs_the_numbers_of_each_class():
    """And says where they come from."""
    with pytest.raises(InputError, match="add_sides"):
        plot_pairs(PAIRS.drop(columns="n_neutral"), codebook=CODEBOOK)


def test_findings_name_only_pairs_that_are_drawn():
    """Of the heatmap its rows and columns, of the list its lines."""
    more = pd.concat([PAIRS, PAIRS.iloc[:1].assign(source_id="long", actor_id="long", n_units=1, estimate=-1.0)])
    assert describe_pairs(more, codebook=CODEBOOK, top=2, language="en") == (
        "5 evaluations between 2 pairs are shown, 1 of them of fewer than 3, with 0 quoted sources. Most frequent: "
        "own voice on Iran (−0.50, n = 3) and unnamed source on Donald Trump (0.00, n = 2)."
    )
    assert describe_ranked_pairs(more, codebook=CODEBOOK, top=1, language="en") == (
        "1 pair of 2 with at least two evaluations, 3 together: 2 negative, 1 neutral and 0 positive. Most frequent: "
        "own voice on Iran (−0.50, n = 3)."
    )
    assert describe_pairs(PAIRS.iloc[:0], codebook=CODEBOOK, language="en") == "Nobody evaluates anybody."
    assert describe_ranked_pairs(PAIRS.iloc[1:2], codebook=CODEBOOK, language="en") == "Nobody evaluates anybody twice."


def test_a_box_of_one_deed_is_pale_though_no_box_has_more():
    """Counts of one had the darkest colour where nothing was counted twice."""
    axes = plot_actions(make_table("actions", [action(1, "trump", "iran")]), codebook=CODEBOOK).axes[0]
    (box,) = axes.patches
    assert to_hex(box.get_facecolor()) == to_hex(style.sequential_map()(1 / 3))


def test_actions_keep_what_the_sentence_leaves_out_apart():
    """Agents in rows, then strangers, then who is left out; deeds with neither agent nor patient are no evidence."""
    table = [action(1, "trump", "iran"), action(2, "trump", "iran"), action(3, None, "iran"), action(4, "iran", None)]
    table += [action(5, None, None), action(6, None, "iran", "passive")]
    axes = plot_actions(make_table("actions", table), codebook=CODEBOOK).axes[0]
    rows = ["Donald Trump", "Iran", "iemand anders", "dader weggelaten"]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == rows
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["Iran", "niemand genoemd"]
    assert cells(axes) == {(0, 0): "2", (1, 1): "1", (2, 0): "1", (3, 0): "1"}


def test_columns_with_long_names_get_letters_and_a_key():
    """A name that cannot be tilted without overlap moves to the caption, whole."""
    figure = plot_actions(make_table("actions", [action(1, "trump", "long")]), codebook=CODEBOOK)
    assert [tick.get_text() for tick in figure.axes[0].get_xticklabels()] == ["A"]
    assert f"A = {CODEBOOK.label('long')}" in figure.get_supxlabel().replace("\n", " ")


def test_no_evidence_is_said():
    """Empty tables give a figure with words."""
    for figure in (
        plot_who_on_whom(PAIRS.iloc[:0], codebook=CODEBOOK, language="en"),
        plot_pairs(PAIRS.iloc[:0], codebook=CODEBOOK, language="en"),
        plot_actions(empty_table("actions"), codebook=CODEBOOK, language="en"),
    ):
        assert [text.get_text() for text in figure.axes[0].texts] == ["There is no evidence in this text."]


def test_the_finding_about_deeds_speaks_of_those_shown():
    """Rows and columns of the chart; what it leaves out is counted."""
    table = [action(1, "trump", "iran"), action(2, "trump", "iran"), action(3, None, "iran"), action(4, "long", "long")]
    assert describe_actions(make_table("actions", table), codebook=CODEBOOK, top=1, language="en") == (
        "3 deeds of 4 shown. Agent left out by a passive: 1. Acting most: Donald Trump (2). Undergoing most: Iran (3)."
    )
    assert describe_actions(empty_table("actions"), codebook=CODEBOOK, language="en") == "No deeds are reported."
    nobody = make_table("actions", [action(1, None, None)])
    assert describe_actions(nobody, codebook=CODEBOOK, language="en") == "No deed has an actor."


@pytest.mark.parametrize("plot", [plot_who_on_whom, plot_pairs])
def test_the_caption_names_the_method_that_judged(plot):
    """As the estimates tell it; silence where they do not."""
    told = PAIRS.assign(method="mean of evaluations by model, percentile bootstrap over sentences, 10 draws")
    assert "beoordeeld door het leesmodel;" in " ".join(plot(told, codebook=CODEBOOK).get_supxlabel().split())
    assert "beoordeeld" not in plot(PAIRS, codebook=CODEBOOK).get_supxlabel().replace("beoordeelde", "")
