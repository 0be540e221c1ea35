"""Charts of pairs: cells, colours centred on zero, edges with sign and line."""

import math

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import FancyArrowPatch

from analysis.codebook import Actor, Codebook
from analysis.display import plot_actions, plot_network, plot_who_on_whom, style
from analysis.display.relations import sign_of
from analysis.errors import InputError
from analysis.tables import empty_table, make_table

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
).assign(measure="polarity", ci_low=math.nan, ci_high=math.nan, n_articles=1, unit="sentence", method="mean")


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


def test_the_colours_are_centred_on_zero():
    """Zero has the middle of the palette, whatever the values."""
    mesh = plot_who_on_whom(PAIRS[PAIRS["estimate"] > 0], codebook=CODEBOOK).axes[0].collections[0]
    assert mesh.get_clim() == (-1, 1)
    red, green, blue, _ = mesh.cmap(mesh.norm(0.0))
    assert (red, green, blue) == pytest.approx(to_rgb(style.NEUTRAL), abs=0.01)
    assert to_hex(mesh.cmap(0)) == style.NEGATIVE and to_hex(mesh.cmap(255)) == style.POSITIVE


def test_a_pair_may_stand_in_one_row_only():
    """More than one estimate per cell is a wrong grouping, not a choice."""
    with pytest.raises(InputError, match="more than one row"):
        plot_who_on_whom(pd.concat([PAIRS, PAIRS]), codebook=CODEBOOK)
    with pytest.raises(InputError, match="lacks source_id"):
        plot_network(PAIRS.drop(columns="source_id"), codebook=CODEBOOK)


def test_an_edge_says_its_sign_by_colour_and_by_line():
    """Negative dashed, balanced dotted, positive solid."""
    figure = plot_network(PAIRS, codebook=CODEBOOK)
    arrows = [patch for patch in figure.axes[0].patches if isinstance(patch, FancyArrowPatch)]
    looks = {(to_hex(arrow.get_edgecolor()), arrow.get_linestyle()) for arrow in arrows}
    assert looks == {(style.NEGATIVE, "dashed"), (style.POSITIVE, "solid"), ("#8a8a8a", "dotted")}
    assert len(arrows) == 3


def test_the_network_is_the_same_for_rows_in_any_order():
    """Places depend on the table's content only."""
    places = [
        [(t.get_text(), t.get_position()) for t in plot_network(table, codebook=CODEBOOK).axes[0].texts]
        for table in (PAIRS, PAIRS.iloc[::-1])
    ]
    assert places[0] == places[1]
    assert {name for name, _ in places[0]} == {"Iran", "Donald Trump", "eigen stem", "niet genoemde bron"}


def test_names_in_the_network_stay_on_the_page():
    """Long names are wrapped into the room beside the circle."""
    figure = plot_network(PAIRS.replace({"actor_id": {"iran": "long"}}), codebook=CODEBOOK)
    with mpl.rc_context(style.RC):
        figure.canvas.draw()
    for text in figure.axes[0].texts:
        box = text.get_window_extent()
        assert box.x0 >= 0 and box.x1 <= figure.bbox.width, text.get_text()


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
        plot_network(PAIRS.iloc[:0], codebook=CODEBOOK, language="en"),
        plot_actions(empty_table("actions"), codebook=CODEBOOK, language="en"),
    ):
        assert [text.get_text() for text in figure.axes[0].texts] == ["There is no evidence in this text."]


@pytest.mark.parametrize(
    ("value", "sign"),
    [(-0.24, "balanced"), (0.0, "balanced"), (-0.25, "negative"), (0.6, "positive"), (0.246, "positive")],
)
def test_the_sign_is_that_of_the_number_shown(value, sign):
    """A number shown as nearer to zero than 0.25 takes no side."""
    assert sign_of(value) == sign


@pytest.mark.parametrize("plot", [plot_who_on_whom, plot_network])
def test_the_caption_names_the_method_that_judged(plot):
    """As the estimates tell it; silence where they do not."""
    told = PAIRS.assign(method="mean of evaluations by model, percentile bootstrap over sentences, 10 draws")
    assert "beoordeeld door het leesmodel;" in " ".join(plot(told, codebook=CODEBOOK).get_supxlabel().split())
    assert "beoordeeld" not in plot(PAIRS, codebook=CODEBOOK).get_supxlabel().replace("beoordeelde", "")
