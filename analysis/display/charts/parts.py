"""Chart of what a text is made of: sentences per paragraph, by part of the article.

Reads the table ``sentences``; returns a Figure. What is added up over articles are counts of sentences.
"""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.contracts.schema import PARTS
from analysis.display.charts import style
from analysis.display.words import word

WORDS = {
    "nl": {
        "title": "Uit welke delen bestaat de tekst?",
        "headline": "kop",
        "lead": "inleiding",
        "body": "tekst",
        "caption": "bijschrift",
        "paragraph": "alinea",
        "sentences": "aantal zinnen",
        "unit": "Eenheid: zin, n = {n}",
    },
    "en": {
        "title": "Of what parts is the text made?",
        "headline": "headline",
        "lead": "lead",
        "body": "body",
        "caption": "caption",
        "paragraph": "paragraph",
        "sentences": "number of sentences",
        "unit": "Unit: sentence, n = {n}",
    },
}
LOOKS = {
    "headline": (style.QUALITATIVE[4], "xxx"),
    "lead": (style.QUALITATIVE[1], "///"),
    "body": (style.QUALITATIVE[0], ""),
    "caption": ("white", "..."),
}
"""Per part: colour and hatch."""
MOST_TICKS = 20


@style.styled
def plot_sentences(sentences: pd.DataFrame, *, language: str = "nl") -> Figure:
    """Sentences per paragraph, in the order of the text, each part in its own colour and hatching.

    Parameters
    ----------
    sentences : DataFrame
        Table ``sentences``; of several articles the paragraphs at the same place are added up.
    language : {"nl", "en"}
        Language of the chart.

    Returns
    -------
    matplotlib.figure.Figure
    """
    words = WORDS["nl" if language == "nl" else "en"]
    if sentences.empty:
        return style.say_no_evidence(words["title"], language)
    counts = sentences.groupby(["paragraph", "part"]).size().unstack(fill_value=0)
    places = list(range(int(counts.index.max()) + 1))
    counts = counts.reindex(places, fill_value=0)
    figure = style.new_figure()
    axes = figure.add_subplot()
    below = pd.Series(0, index=counts.index)
    handles = []
    for part in (part for part in PARTS if part in counts.columns):
        colour, hatch = LOOKS[part]
        handles.append(
            axes.bar(
                [place + 1 for place in places], counts[part], bottom=below, width=0.72, color=colour, hatch=hatch,
                edgecolor=style.QUALITATIVE[0], linewidth=0.8, label=words[part],
            )
        )  # fmt: skip
        below = below + counts[part]
    axes.set(xlabel=words["paragraph"], ylabel=words["sentences"])
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.xaxis.set_major_locator(MaxNLocator(MOST_TICKS, integer=True))
    axes.set_xlim(0.3, len(places) + 0.7)
    axes.margins(y=0.08)
    axes.grid(axis="y")
    style.bare(axes)
    style.add_legend(axes, handles)
    caption = [words["unit"].format(n=len(sentences)), word("paragraphs_from_1", language)]
    notes = style.notes([], 0, sentences["article_id"].nunique(), language)
    return style.finish(figure, words["title"], [*caption, *notes])
