"""Charts per actor: artists, order, labels and what an empty table gives."""

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from analysis.codebook.load import Actor, Codebook
from analysis.contracts.errors import InputError
from analysis.contracts.tables import empty_table, make_table
from analysis.display import plot_mentions, plot_voices

LONG = "Hoge Vertegenwoordiger van de Unie voor Buitenlandse Zaken en Veiligheidsbeleid"
CODEBOOK = Codebook(
    name="test",
    actors={
        "trump": Actor("trump", {"nl": "Donald Trump", "en": "Donald Trump"}, "person"),
        "iran": Actor("iran", {"nl": "Iran", "en": "Iran"}, "country"),
        "eu": Actor("eu", {"nl": LONG, "en": "High Representative $x$"}, "organisation"),
    },
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
        plot_voices(empty_table("quotes"), articles, codebook=CODEBOOK),
    ]
    for figure in figures:
        assert [text.get_text() for text in figure.axes[0].texts] == ["Geen bewijs in deze tekst."]


def test_nothing_is_left_behind():
    """No figure in pyplot, no setting changed."""
    settings = dict(mpl.rcParams)
    plot_mentions(make_table("features", [feature("a1", "iran", 2, 0.5)]), codebook=CODEBOOK)
    assert plt.get_fignums() == []
    assert dict(mpl.rcParams) == settings
