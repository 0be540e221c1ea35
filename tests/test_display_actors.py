"""Charts per actor: artists, order, labels and what an empty table gives."""

import math
from itertools import pairwise

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from analysis.codebook import Actor, Codebook
from analysis.display import plot_mentions, plot_tone, plot_voices, style
from analysis.errors import InputError
from analysis.tables import empty_table, make_table

LONG = "Hoge Vertegenwoordiger van de Unie voor Buitenlandse Zaken en Veiligheidsbeleid"
CODEBOOK = Codebook(
    name="test",
    actors={
        "trump": Actor("trump", {"nl": "Donald Trump", "en": "Donald Trump"}, "person"),
        "iran": Actor("iran", {"nl": "Iran", "en": "Iran"}, "country"),
        "eu": Actor("eu", {"nl": LONG, "en": "High Representative $x$"}, "organisation"),
    },
)


def tone(rows: list[tuple[str, str, float, float, float, int]], unit: str = "sentence") -> pd.DataFrame:
    columns = ["actor_id", "voice", "estimate", "ci_low", "ci_high", "n_units"]
    return pd.DataFrame(rows, columns=columns).assign(measure="polarity", n_articles=1, unit=unit, method="mean")


TONE = tone(
    [
        ("iran", "own voice", -0.5, -0.8, -0.1, 4),
        ("iran", "quoted", -0.75, math.nan, math.nan, 1),
        ("trump", "quoted", 0.25, 0.0, 0.5, 2),
        ("eu", "own voice", math.nan, math.nan, math.nan, 0),
    ]
)


def texts(figure) -> str:
    return figure.get_suptitle() + "\n" + figure.get_supxlabel().replace("\n", " ")


def feature(article_id: str, actor_id: str, n: int, share: float) -> dict:
    counts = dict.fromkeys(
        ["n_quotes", "n_words_quoted", "n_evaluations", "n_author", "n_quoted", "n_agent", "n_patient"], 0
    )
    empty = dict.fromkeys(
        ["tone", "tone_author", "tone_quoted", "share_negative", "share_agentless", "hero", "villain", "victim"]
    )
    about = {"article_id": article_id, "actor_id": actor_id, "outlet": None, "published": None, "n_sentences": 9}
    return about | counts | empty | {"n_mentions": n, "prominence": share, "n_sentences_actor": 1}


def quote(number: int, source: str | None, kind: str, end: int) -> dict:
    return {
        "quote_id": f"a1:q{number:04d}", "article_id": "a1", "start": 0, "end": end, "kind": kind, "source_id": source,
        "source_mention_id": None, "cue": None, "cue_start": None, "cue_end": None, "outer_id": None, "rule": "r",
    }  # fmt: skip


def test_tone_draws_each_estimate_at_its_place():
    """Markers stand at the estimates, most positive actor on top, two voices on one row."""
    axes = plot_tone(TONE, codebook=CODEBOOK).axes[0]
    drawn = [
        (line.get_marker(), *(float(v[0]) for v in line.get_data()))
        for line in axes.lines
        if len(line.get_xdata()) == 1
    ]
    assert drawn == [("o", -0.5, 1 - 0.13), ("^", 0.25, 0.0), ("^", -0.75, 1 + 0.13)]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Donald Trump  ▲2", "Iran  ●4 ▲1"]


def test_tone_has_a_line_at_zero_and_symmetric_limits():
    """The middle of the chart is a balanced tone."""
    axes = plot_tone(TONE, codebook=CODEBOOK).axes[0]
    low, high = axes.get_xlim()
    assert low == -high
    assert any(list(line.get_xdata()) == [0, 0] for line in axes.lines)


def test_an_estimate_without_interval_is_an_open_marker():
    """A single unit has no interval, and the caption says what the open marker means."""
    figure = plot_tone(TONE, codebook=CODEBOOK)
    faces = {
        line.get_xdata()[0]: line.get_markerfacecolor() for line in figure.axes[0].lines if len(line.get_xdata()) == 1
    }
    assert faces[-0.75] == "white" and faces[-0.5] == style.QUALITATIVE[0]
    segments = [path for group in figure.axes[0].collections for path in group.get_segments()]
    assert sorted(segment[:, 0].tolist() for segment in segments if len(segment)) == [[-0.8, -0.1], [0.0, 0.5]]
    assert "open teken" in texts(figure)


@pytest.mark.parametrize(
    ("language", "unit", "words"),
    [
        (
            "nl",
            "sentence",
            ["Hoe wordt elke actor", "n = 7", "95 %-interval", "zinnen", "beschrijft alleen dit artikel"],
        ),
        ("en", "article", ["How is each actor", "95% interval", "articles resampled"]),
    ],
)
def test_the_caption_states_unit_n_and_interval(language, unit, words):
    """A caption stands on its own, in the study's language."""
    table = TONE.assign(unit=unit, n_articles=1 if unit == "sentence" else 3)
    said = texts(plot_tone(table, codebook=CODEBOOK, language=language))
    assert [word for word in words if word not in said] == []


def test_the_voices_are_named_in_the_legend():
    """Own voice and quoted, in the language asked for."""
    for language, words in (("nl", ["eigen stem", "geciteerd"]), ("en", ["own voice", "quoted"])):
        legend = plot_tone(TONE, codebook=CODEBOOK, language=language).axes[0].get_legend()
        assert [text.get_text() for text in legend.get_texts()] == words


def test_tone_refuses_estimates_of_another_grouping():
    """The message names what the table lacks."""
    with pytest.raises(InputError, match="lacks voice"):
        plot_tone(TONE.drop(columns="voice"), codebook=CODEBOOK)


def test_mentions_are_added_up_and_every_article_keeps_its_dot():
    """Bars are sums; dots are the shares of the articles, untouched."""
    features = make_table(
        "features", [feature("a1", "iran", 2, 0.5), feature("a2", "iran", 3, 0.25), feature("a1", "trump", 2, 0.5)]
    )
    before = features.copy(deep=True)
    left, right = plot_mentions(features, codebook=CODEBOOK).axes
    assert [bar.get_width() for bar in left.patches] == [5, 2]
    assert [tick.get_text() for tick in left.get_yticklabels()] == ["Iran", "Donald Trump"]
    dots = sorted(tuple(map(float, point)) for group in right.collections for point in group.get_offsets())
    assert dots == [(0.25, 0.0), (0.5, 0.0), (0.5, 1.0)]
    pd.testing.assert_frame_equal(features, before)


def test_too_many_actors_are_cut_with_a_note():
    """The caption says how many are shown."""
    features = make_table("features", [feature("a1", f"unlisted:x{i:02d}", 20 - i, 0.05) for i in range(14)])
    figure = plot_mentions(features, codebook=CODEBOOK, top=3)
    assert len(figure.axes[0].patches) == 3
    assert "3 van 14 getoond" in texts(figure) and "* niet in het codeboek" in texts(figure)


def test_voices_count_words_by_kind_and_keep_the_nameless_last():
    """Direct and indirect apart; speech of nobody is shown, not dropped."""
    articles = pd.DataFrame({"article_id": ["a1"], "text": ["een twee drie vier vijf zes"]})
    quotes = make_table(
        "quotes",
        [
            quote(1, "iran", "direct", 8),
            quote(2, "iran", "indirect", 13),
            quote(3, None, "direct", 27),
            quote(4, "trump", "partial", 3),
        ],
    )
    axes = plot_voices(quotes, articles, codebook=CODEBOOK).axes[0]
    names = [tick.get_text() for tick in axes.get_yticklabels()]
    assert names == ["Iran  (n = 2)", "Donald Trump  (n = 1)", "spreker niet genoemd  (n = 1)"]
    widths = {group.get_label(): [float(bar.get_width()) for bar in group] for group in axes.containers}
    assert widths == {"letterlijk": [2, 0, 6], "deels letterlijk": [0, 1, 0], "weergegeven": [3, 0, 0]}
    assert len({bar.get_hatch() for group in axes.containers for bar in group}) == 3


def test_voices_refuse_quotes_of_other_articles():
    """Words cannot be counted in a text that is not there."""
    quotes = make_table("quotes", [quote(1, "iran", "direct", 8)])
    with pytest.raises(InputError, match="a1"):
        plot_voices(quotes, pd.DataFrame({"article_id": ["b"], "text": ["x"]}), codebook=CODEBOOK)


def test_an_empty_table_says_that_there_is_no_evidence():
    """No crash and no empty axes."""
    articles = empty_table("articles")
    figures = [
        plot_mentions(empty_table("features"), codebook=CODEBOOK),
        plot_tone(TONE.iloc[:0], codebook=CODEBOOK),
        plot_voices(empty_table("quotes"), articles, codebook=CODEBOOK),
    ]
    for figure in figures:
        assert [text.get_text() for text in figure.axes[0].texts] == ["Geen bewijs in deze tekst."]


def test_long_labels_are_wrapped_and_stay_inside_the_figure():
    """Every label lies within the page and no two overlap, at the size it is read."""
    rows = [
        (actor, "own voice", 0.1 * i, 0.1 * i - 0.1, 0.1 * i + 0.1, 2)
        for i, actor in enumerate(["iran", "eu", "trump"])
    ]
    figure = plot_tone(tone(rows), codebook=CODEBOOK)
    with mpl.rc_context(style.RC):
        figure.canvas.draw()
    boxes = [label.get_window_extent() for label in figure.axes[0].get_yticklabels()]
    assert all(box.x0 >= 0 and box.x1 <= figure.bbox.width for box in boxes)
    assert all(upper.y0 >= lower.y1 for upper, lower in pairwise(boxes))
    assert figure.get_size_inches()[0] == 6.5 and figure.get_size_inches()[1] >= 4.0


def test_nothing_is_left_behind():
    """No figure in pyplot, no setting changed."""
    settings = dict(mpl.rcParams)
    plot_tone(TONE, codebook=CODEBOOK)
    assert plt.get_fignums() == []
    assert dict(mpl.rcParams) == settings
