"""Charts of frames: shares at their paragraphs, counts in the cells."""

import math

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis.codebook.load import Codebook, Frame
from analysis.contracts.errors import InputError
from analysis.contracts.tables import empty_table
from analysis.display import plot_frames_by_actor, plot_frames_by_paragraph
from analysis.display.charts import style

CODEBOOK = Codebook(
    name="test",
    frames={
        key: Frame(key, {"nl": name, "en": key}, "d", "s")
        for key, name in (("conflict", "conflict"), ("morality", "moraal"))
    },
)
SHARES = pd.DataFrame(
    [("conflict", 0, 1.0, 2), ("conflict", 3, 0.5, 4), ("morality", 0, 0.0, 2), ("morality", 3, 0.25, 4)],
    columns=["frame_id", "paragraph", "estimate", "n_units"],
).assign(measure="present", ci_low=math.nan, ci_high=math.nan, n_articles=1, unit="sentence", method="mean")


def test_every_frame_has_its_own_panel_on_one_scale():
    """Shares stand at their paragraphs, panels in the order of the codebook."""
    figure = plot_frames_by_paragraph(SHARES.iloc[::-1], codebook=CODEBOOK)
    assert [axes.get_ylabel() for axes in figure.axes] == ["conflict", "moraal"]
    assert [[bar.get_height() for bar in axes.patches] for axes in figure.axes] == [[1.0, 0.5], [0.0, 0.25]]
    assert {axes.get_ylim() for axes in figure.axes} == {(0.0, 1.0)}
    assert [tick.get_text() for tick in figure.axes[-1].get_xticklabels()] == ["1\n(2)", "4\n(4)"]
    assert len({axes.patches[0].get_hatch() for axes in figure.axes}) == 2


def test_frames_by_paragraph_names_what_the_table_lacks():
    """The error says how to group."""
    with pytest.raises(InputError, match="lacks paragraph"):
        plot_frames_by_paragraph(SHARES.drop(columns="paragraph"), codebook=CODEBOOK)


def test_frames_by_actor_writes_sentences_with_the_frame_over_all():
    """Sentences are added up over articles before they are divided."""
    features = pd.DataFrame(
        [
            ("a1", "iran", 4, 0.5, 0.25),
            ("a2", "iran", 2, 0.5, 0.0),
            ("a1", "trump", 1, math.nan, 1.0),
            ("a1", "eu", 0, math.nan, math.nan),
        ],
        columns=["article_id", "actor_id", "n_sentences_actor", "frame_conflict", "frame_morality"],
    )
    axes = plot_frames_by_actor(features, codebook=CODEBOOK).axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["iran  (n = 6)", "trump  (n = 1)"]
    assert [text.get_text() for text in axes.texts] == ["3/6", "1/6", "1/1"]
    faces = [to_hex(box.get_facecolor()) for box in axes.patches]
    assert faces == [*(to_hex(style.sequential_map()(share)) for share in (0.5, 1 / 6)), "#ffffff"]


def test_a_paragraph_of_one_or_two_sentences_has_a_pale_bar():
    """One yes more or less changes it a lot; a paragraph without evidence has no bar."""
    table = SHARES.assign(
        n_units=[2 if paragraph == SHARES["paragraph"].min() else 5 for paragraph in SHARES["paragraph"]]
    )
    figure = plot_frames_by_paragraph(table, codebook=CODEBOOK)
    for axes in figure.axes:
        assert [bar.get_alpha() for bar in axes.patches] == [0.4] + [None] * (len(axes.patches) - 1)
    assert "bleek: minder dan drie" in figure.get_supxlabel().replace("\n", " ")


def test_no_evidence_is_said():
    """Neither sentences nor frames: words, not an empty chart."""
    for figure in (
        plot_frames_by_paragraph(SHARES.assign(estimate=0.0), codebook=CODEBOOK),
        plot_frames_by_actor(empty_table("features"), codebook=CODEBOOK),
    ):
        assert [text.get_text() for text in figure.axes[0].texts] == ["Geen bewijs in deze tekst."]
