"""Charts with one row per actor: who is in the news, who gets to speak.

Reads ``features`` or ``quotes``; returns a Figure. What is added up are counts.
"""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from analysis.codebook.load import Codebook
from analysis.contracts.errors import InputError
from analysis.contracts.tables import rows_of
from analysis.display.charts import style
from analysis.display.links import ask_for
from analysis.display.words import label, word

KIND_LOOKS = {
    "direct": (style.QUALITATIVE[0], ""),
    "partial": (style.QUALITATIVE[5], "///"),
    "indirect": ("white", "..."),
}
"""Per kind of quote: colour and hatch."""
NOBODY = "nobody"
"""Row of the quotes whose speaker is not named."""


@style.styled
def plot_mentions(features: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 10) -> Figure:
    """Mentions per actor as bars, and beside them the actor's share of each article's mentions as dots.

    Parameters
    ----------
    features : DataFrame
        Table ``features``; of several articles the mentions are added up, and every article keeps its own dot.
    codebook : Codebook
        Labels, and the order of actors with equally many mentions.
    language : {"nl", "en"}
    top : int, default 10
        Show the actors mentioned most; the caption says how many there are.

    Returns
    -------
    matplotlib.figure.Figure
    """
    title = word("title_mentions", language)
    seen = features[features["n_mentions"] > 0]
    if seen.empty:
        return style.say_no_evidence(title, language)
    totals = {str(actor): float(n) for actor, n in seen.groupby("actor_id")["n_mentions"].sum().items()}
    shown, total = style.rank(totals, codebook, top)
    names = [style.wrap(label(actor, codebook, language), 30) for actor in shown]
    figure = style.new_figure(style.fit_height(names, overhead=1.35))
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=(3, 2))
    bars = pd.DataFrame({"row": [str(i) for i in range(len(shown))], "n": [totals[actor] for actor in shown]})
    sns.barplot(
        bars, x="n", y="row", order=list(bars["row"]), color=style.QUALITATIVE[0], width=0.62, errorbar=None, ax=left
    )
    left.bar_label(left.containers[0], fmt="%d", padding=3, fontsize=style.SMALL)
    left.set(xlabel=word("n_mentions", language), ylabel="")
    style.name_rows(left, names, ask_for(shown))
    left.margins(x=0.12)
    left.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    places = {actor: str(i) for i, actor in enumerate(shown)}
    dots = seen[seen["actor_id"].isin(places)]
    dots = pd.DataFrame({"row": dots["actor_id"].map(places), "prominence": dots["prominence"]})
    sns.stripplot(
        dots, x="prominence", y="row", order=list(bars["row"]), jitter=False, ax=right, color=style.QUALITATIVE[2],
        size=6, alpha=1.0 if len(dots) == len(shown) else 0.5,
    )  # fmt: skip
    right.set(xlabel=word("prominence", language), ylabel="")
    right.set_xlim(0, max(0.05, float(dots["prominence"].max()) * 1.15))
    right.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol="%" if language == "en" else " %"))
    right.xaxis.set_major_locator(MaxNLocator(3))
    right.grid(axis="y")
    for axes in (left, right):
        style.bare(axes)
    caption = word("caption_mentions", language, n=int(seen["n_mentions"].sum()))
    n_articles = features["article_id"].nunique()
    return style.finish(
        figure, title, [caption, word("no_interval", language), *style.notes(shown, total, n_articles, language)]
    )


@style.styled
def plot_voices(
    quotes: pd.DataFrame, articles: pd.DataFrame, *, codebook: Codebook, language: str = "nl", top: int = 10
) -> Figure:
    """Words quoted per speaker, direct, partial and indirect speech apart.

    Parameters
    ----------
    quotes : DataFrame
        Table ``quotes``. A word in a quote inside a quote counts for both speakers.
    articles : DataFrame
        Table ``articles``, whose text the words are counted in.
    codebook : Codebook
    language : {"nl", "en"}
    top : int, default 10
        Show the speakers with most words.

    Returns
    -------
    matplotlib.figure.Figure
        Most words on top; speech without a named speaker stands last.

    Raises
    ------
    InputError
        When a quote comes from an article that is not in `articles`.
    """
    title = word("title_voices", language)
    if quotes.empty:
        return style.say_no_evidence(title, language)
    texts = {str(key): str(text) for key, text in zip(articles["article_id"], articles["text"], strict=True)}
    if missing := sorted(set(quotes["article_id"]) - set(texts)):
        raise InputError(
            f"plot_voices: quotes of article '{missing[0]}', which is not among the articles; pass both of one corpus"
        )
    words = [len(texts[quote.article_id][quote.start : quote.end].split()) for quote in rows_of(quotes)]
    spoken = quotes.assign(n_words=words, source_id=quotes["source_id"].fillna(NOBODY))
    totals = {str(speaker): float(n) for speaker, n in spoken.groupby("source_id")["n_words"].sum().items()}
    has_nobody = totals.pop(NOBODY, None) is not None
    shown, total = style.rank(totals, codebook, top)
    rows = [*shown, NOBODY] if has_nobody else shown
    n_quotes = spoken.groupby("source_id").size()
    names = [
        style.wrap(word("nobody", language) if row == NOBODY else label(row, codebook, language), 30)
        + f"  (n = {n_quotes[row]})"
        for row in rows
    ]
    figure = style.new_figure(style.fit_height(names, overhead=1.6))
    axes = figure.add_subplot()
    left = [0.0] * len(rows)
    handles = []
    by_kind = spoken.groupby(["source_id", "kind"])["n_words"].sum()
    for kind in (kind for kind in ("direct", "partial", "indirect") if kind in set(spoken["kind"])):
        widths = [float(by_kind.get((row, kind), 0)) for row in rows]
        colour, hatch = KIND_LOOKS[kind]
        handles.append(
            axes.barh(
                range(len(rows)), widths, left=left, height=0.62, color=colour, hatch=hatch,
                edgecolor=style.QUALITATIVE[0], linewidth=0.8, label=word(kind, language),
            )
        )  # fmt: skip
        left = [start + width for start, width in zip(left, widths, strict=True)]
    for place, end in enumerate(left):
        axes.annotate(f"{end:.0f}", (end, place), xytext=(4, 0), textcoords="offset points", va="center")
    style.name_rows(axes, names, ask_for(rows, "source_id", kind="quote", but=[NOBODY]))
    axes.set(ylim=(len(rows) - 0.5, -0.5), xlim=(0, max(left) * 1.1), xlabel=word("n_words", language))
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    style.bare(axes)
    style.add_legend(axes, handles)
    caption = [word("caption_voices", language, n=int(spoken["n_words"].sum())), word("no_interval", language)]
    return style.finish(
        figure, title, [*caption, *style.notes(shown, total, articles["article_id"].nunique(), language)]
    )
