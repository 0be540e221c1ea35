"""`Study`: one corpus and one codebook, coded, with its tables, charts and evidence at hand.

Reads article files and a codebook; returns tables, charts and sentences through the verbs of the rooms, which a
notebook calls one by one. Nothing is computed here.
"""

from __future__ import annotations

import html
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.codebook.load import load_codebook
from analysis.coding.frames.methods import methods_to_compare
from analysis.contracts.errors import UsageError
from analysis.corpus import load_corpus
from analysis.corpus.selection import select_articles
from analysis.display.browsing import BrowserView, NotebookBrowser
from analysis.display.charts.facade import Charts
from analysis.display.explanations.evidence import LAYERS, EvidenceView, show_evidence
from analysis.display.explanations.explain import explain
from analysis.display.explanations.explanation import Explanation
from analysis.display.findings.charts import describe_scope
from analysis.display.links import PAGE, check_page
from analysis.display.show import FigureView, TableView, show_table
from analysis.display.views import with_labels
from analysis.display.words import check_language, word
from analysis.runs.cache import code_once


class Study:
    """A corpus, read and coded once, of which tables and charts are a line each.

    Parameters
    ----------
    articles : path or iterable of paths
        Files or folders, as for `load_corpus`.
    codebook : path
        A YAML file: actors and frames to look for.
    language : {"nl", "en"}, default "nl"
        Of what is shown.
    actors : sequence of str, optional
        Ids of the codebook, to narrow charts; by default all. Tables hold all actors.
    columns : mapping, optional
        For tables of articles, which column holds what, as for `load_corpus`.
    outlets, dates : optional
        Which articles, as for `analysis.corpus.selection.select_articles`.
    seed : int, default 2020
        Where chance begins.
    figures_at : path, default ``figures`` in the working directory
        Where charts are written.
    links_to : str, optional
        Page of the evidence browser that labels in the SVG files open: by default ``evidence.html`` beside them, as
        `browse` writes it (``to="figures/evidence.html"``); None for no links.

    Attributes
    ----------
    articles : DataFrame
        Table ``articles``, as selected.
    notices : DataFrame
        What was refused, repaired or doubtful.
    codebook : Codebook
    tables : Tables
        Every table, with the answers of all methods to the questions of frames, as in notebook 05; kept on disk
        (`code_once`).
    plot : Charts
        A method per chart: ``study.plot.tone()``.

    Raises
    ------
    UsageError
        For a language or an actor that there is not, or `links_to` that is no address of a page.
    InputError, CodebookError
        As `load_corpus`, `select_articles` and `load_codebook`.

    Examples
    --------
    >>> from analysis import paths
    >>> study = Study(paths.SEEDS, paths.CODEBOOKS / "seed.yaml", language="en")
    >>> study
    One article: all results describe this article only, neither its outlet nor the news in general.
    >>> study.show(study.tables.quotes[["source_id", "kind"]], n=1)
    source  kind
    ...
    """

    def __init__(
        self,
        articles: str | Path | Iterable[str | Path],
        codebook: str | Path,
        *,
        language: str = "nl",
        actors: Sequence[str] | None = None,
        columns: Mapping[str, str] | None = None,
        outlets: Collection[str] | None = None,
        dates: tuple[str | None, str | None] | None = None,
        seed: int = 2020,
        figures_at: str | Path = "figures",
        links_to: str | None = PAGE,
    ) -> None:
        check_language(language)
        self.codebook, self.language = load_codebook(codebook, actors=actors), language
        check_page(links_to, "Study")
        corpus = load_corpus(articles, columns=columns)
        self.notices = corpus.notices
        self.articles = select_articles(corpus.articles, outlets=outlets, dates=dates, notices=corpus.notices)
        self.tables = code_once(self.articles, self.codebook, frames=methods_to_compare(self.codebook))
        self.plot = Charts(
            self.tables,
            self.codebook,
            language=language,
            actors=actors,
            seed=seed,
            figures_at=Path(figures_at).absolute(),
            links_to=links_to,
        )
        self._browser = NotebookBrowser(self.tables, self.codebook, language=language)

    def show(
        self, table: pd.DataFrame, *, n: int | None = 20, caption: str | None = None, decimals: int = 2
    ) -> TableView:
        """Show a table with labels for ids, in the language of the study.

        Parameters
        ----------
        table : DataFrame
            One of `tables`, or what you made of one.
        n, caption, decimals
            As for `show_table`; 20 rows by default, None for all.
        """
        labelled = with_labels(table, codebook=self.codebook, language=self.language)
        return show_table(labelled, n=n, caption=caption, decimals=decimals, language=self.language)

    def explain(self, name: str) -> Explanation:
        """Show the sentences behind an actor, a row or an estimate.

        Parameters
        ----------
        name : str
            What `explain` takes: a label or id (``Iran``), the id of a row, or ``tone:actor_id=iran,voice=quoted``.
        """
        return explain(self.tables, name, codebook=self.codebook, language=self.language)

    def evidence(self, *article_ids: str, layers: Sequence[str] = LAYERS, n: int = 5) -> EvidenceView:
        """Show articles with what was found in them, as `show_evidence` does.

        Parameters
        ----------
        *article_ids : str
            By default the first articles; `write_evidence` writes a page for each of many.
        layers : sequence of {"actors", "quotes", "evaluations", "frames"}
            What to mark.
        n : int, default 5
            How many articles to show where none is named.
        """
        if n < 1:
            raise UsageError(f"evidence: n is 1 or more, not {n}")
        headlines = dict(zip(self.articles["article_id"], self.articles["headline"], strict=True))
        shown = article_ids or tuple(headlines)[:n]
        views = [show_evidence(self.tables, key, self.codebook, layers=layers, language=self.language) for key in shown]
        n_left_out = 0 if article_ids else len(headlines) - len(shown)
        if len(views) == 1 and not n_left_out:
            return views[0]
        rest = [f"... {word('more_articles', self.language, n=n_left_out)}"] if n_left_out else []
        titles: list[str] = [key if pd.isna(headlines[key]) else headlines[key] for key in shown]
        bodies = [f"<h3>{html.escape(title)}</h3>\n{view.body}" for title, view in zip(titles, views, strict=True)]
        body = "\n".join([*bodies, *(f"<p>{line}</p>" for line in rest)])
        return EvidenceView(", ".join(shown), body, "\n".join([*(view.summary for view in views), *rest]))

    def browse(
        self,
        actor: str = "",
        *,
        to: str | Path | None = None,
        height: int = 640,
        beside: FigureView | None = None,
        **filters: str,
    ) -> BrowserView:
        """Show the evidence browser in the notebook, open at an actor or another filter; needs no server.

        Parameters
        ----------
        actor : str, optional
            A label or id: its sentences are shown; by default all articles are listed.
        to : path, optional
            Write the page to this file in the folder of the notebook, and show that: for more than some dozens of
            articles, and for the labels of charts to lead to. By default the page stands in the cell itself.
        height : int, default 640
            Of the frame, in pixels.
        beside : FigureView, optional
            A chart to put it beside, with a list of actors: ``study.browse("Iran", beside=study.plot.tone())``.
        **filters : str
            ``source``, ``outlet``, ``since``, ``until``, ``sign``, ``kind``, as in an address of the page
            (`analysis.display.browser.Filter`), or ``article`` for one article.

        Raises
        ------
        UsageError
            When there are more articles than a page holds: `framewijs browse` serves any number. Or when something is
            asked for that there is not.
        InputError
            For a date, sign, kind or article that is not known, or a file that cannot be written.
        """
        return self._browser.show({"actor": actor, **filters}, to=to, height=height, beside=beside)

    def __repr__(self) -> str:
        return str(describe_scope(self.articles, language=self.language))
