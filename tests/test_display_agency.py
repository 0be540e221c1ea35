"""Charts of agency: counts on two sides, shares with their denominators, and what is said in words."""

import pandas as pd
import pytest

from analysis.codebook.load import Actor, Codebook
from analysis.contracts.errors import InputError
from analysis.display import plot_agency, plot_left_out
from analysis.display.findings.relations import describe_agency, describe_left_out
from analysis.display.words import event_label
from analysis.measures.agency import agency

CODEBOOK = Codebook(
    name="test",
    actors={key: Actor(key, {"nl": name}, "crowd") for key, name in (("farmers", "Boeren"), ("police", "Politie"))},
)


def deeds(*rows):
    """Actions as (agent, patient, voice, event)."""
    return pd.DataFrame(rows, columns=["agent_id", "patient_id", "voice", "event"]).assign(
        article_id="a", sentence_id=range(len(rows)), start=0, end=1, predicate="x", negated=False
    )


DEEDS = deeds(
    ("farmers", "police", "active", "attack"), (None, "farmers", "agentless_passive", "arrest"),
    (None, "farmers", "passive", "arrest"), ("police", "farmers", "active", "arrest"), (None, "police", "agentless_passive", "attack"),
)  # fmt: skip


def texts(figure):
    """Numbers written on the bars, in the order drawn."""
    return [text.get_text() for text in figure.axes[0].texts if text.get_text()]


def test_who_undergoes_stands_left_and_who_acts_right():
    """Equal scales on both sides, the actor with most deeds on top."""
    axes = plot_agency(agency(DEEDS), codebook=CODEBOOK).axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Boeren", "Politie"]
    assert [bar.get_width() for bar in axes.patches] == [-3, -2, 1, 1]
    low, high = axes.get_xlim()
    assert low == -high


def test_left_out_doers_are_shares_of_deeds_with_their_number():
    """Named, somebody else, left out: parts of one whole, whose n stands behind the name."""
    figure = plot_left_out(agency(DEEDS, by="event"), codebook=CODEBOOK)
    axes = figure.axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["aanhouden  (3)", "aanvallen  (2)"]
    widths = [bar.get_width() for bar in axes.patches]
    assert [sum(widths[i::2]) for i in (0, 1)] == pytest.approx([1, 1])
    assert texts(figure) == ["1", "1", "1", "1", "1"]


def test_left_out_by_actor_names_actors():
    """The other table the chart takes."""
    axes = plot_left_out(agency(DEEDS), codebook=CODEBOOK, language="en").axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Boeren  (3)", "Politie  (2)"]


def test_findings_say_what_the_charts_show():
    """Numbers in words are made from the table."""
    assert describe_agency(agency(DEEDS), codebook=CODEBOOK, language="en") == (
        "Of 2 actors 2 act, 2 undergo deeds, 0 only undergo them. Acting most: Boeren (1) and Politie (1). "
        "Undergoing most: Boeren (3) and Politie (2)."
    )
    shown = describe_agency(agency(DEEDS), codebook=CODEBOOK, top=1, language="en")
    assert shown.startswith("Of 1 actor (shown, of 2) 1 act") and "Politie" not in shown
    assert describe_left_out(agency(DEEDS, by="event"), top=1, language="en").startswith(
        "3 deeds told by a verb in the 1 type shown, of 2;"
    )
    assert describe_left_out(agency(DEEDS, by="event"), language="en") == (
        "5 deeds told by a verb; the doer is left out of 2. Most often of: arrest (1 of 3)."
    )


def test_a_share_of_one_or_two_deeds_is_pale():
    """A whole bar of one deed looked as sure as a whole bar of seven."""
    figure = plot_left_out(agency(DEEDS, by="event"), codebook=CODEBOOK)
    rows = [tick.get_text() for tick in figure.axes[0].get_yticklabels()]
    pale = {round(bar.get_y() + bar.get_height() / 2): bar.get_alpha() is not None for bar in figure.axes[0].patches}
    assert {row: pale[place] for place, row in enumerate(rows)} == {"aanhouden  (3)": False, "aanvallen  (2)": True}
    assert "bleek: minder dan drie" in figure.get_supxlabel().replace("\n", " ")


def test_no_evidence_is_said_and_the_wrong_table_refused():
    """An empty table is a chart with words; another table is an error that says which one to pass."""
    for by in ("patient_id", "event"):
        empty = agency(DEEDS.iloc[:0], by=by)
        figure = plot_left_out(empty, codebook=CODEBOOK, language="en")
        assert [text.get_text() for text in figure.axes[0].texts] == ["There is no evidence in this text."]
    assert describe_left_out(agency(DEEDS.iloc[:0], by="event"), language="en") == "No deed is told by a verb."
    with pytest.raises(InputError, match="lacks patient_id"):
        plot_agency(agency(DEEDS, by="event"), codebook=CODEBOOK)


def test_types_of_event_in_the_word_lists_have_a_chart_word():
    """No id of a list reaches a chart unnamed."""
    from analysis.contracts.paths import WORD_LISTS

    for language in ("nl", "en"):
        table = pd.read_csv(WORD_LISTS / language / "events.csv")
        for event in sorted(set(table["event"]) - {"none"}):
            assert event_label(event, "nl") != event
