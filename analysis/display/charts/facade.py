"""The charts of notebooks 02 to 09 about one corpus, a line each: `Charts`, which a `Study` holds as ``study.plot``.

Reads `Tables` and a codebook; every chart returns what `show_figure` returns and writes its files. A
chart does what the cell of its notebook does: the same rows, finding and alt text (data/translations/alts.yaml).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.codebook.load import Codebook
from analysis.contracts.errors import UsageError
from analysis.contracts.tables import Tables
from analysis.display.charts.actors import plot_mentions, plot_voices
from analysis.display.charts.agency import plot_agency, plot_left_out
from analysis.display.charts.frames import plot_frames_by_actor, plot_frames_by_paragraph
from analysis.display.charts.frames_compared import plot_frames_by_method, plot_frames_by_voice
from analysis.display.charts.relations import plot_actions, plot_pairs, plot_who_on_whom
from analysis.display.charts.roles import plot_functions, plot_roles
from analysis.display.charts.tone import plot_tone
from analysis.display.findings.charts import describe_mentions, describe_voices
from analysis.display.findings.frames import (
    describe_frame_methods,
    describe_frames_by_actor,
    describe_frames_by_paragraph,
    describe_frames_by_voice,
)
from analysis.display.findings.relations import (
    describe_actions,
    describe_agency,
    describe_left_out,
    describe_pairs,
    describe_ranked_pairs,
    describe_tone,
)
from analysis.display.findings.roles import describe_functions, describe_roles
from analysis.display.links import PAGE, check_page
from analysis.display.show import FigureView, show_figure
from analysis.display.views import only_actors, with_words
from analysis.display.words import word
from analysis.measures.agency import agency
from analysis.measures.casting import count_functions, count_roles
from analysis.measures.estimates import add_sides, estimate, frame_units, tone_units
from analysis.measures.framing import count_frames_by_voice, frame_units_by_method


class UnknownChartError(UsageError, AttributeError):
    """There is no such chart; an AttributeError too, so that completion and ``hasattr`` work."""


class Charts:
    """Charts of one corpus; each writes ``<name>.png``, ``.svg`` and ``.csv`` and returns the chart with its words.

    Parameters
    ----------
    tables : Tables
        A coded corpus; `frames_by_method` compares the methods whose answers stand in it.
    codebook : Codebook
    language : {"nl", "en"}
        Of labels, findings and alt texts.
    actors : sequence of str, optional
        Ids of actors to show, as in the notebooks; by default all.
    seed : int
        Where chance begins, for every chart anew, so that none depends on those before it.
    figures_at : path
        Where files are written; made if needed.
    links_to : str, optional
        Page of the evidence browser that labels in the SVG open, as for `show_figure`.

    Raises
    ------
    UsageError
        For a chart that there is not; the message names those that there are.
    """

    def __init__(
        self,
        tables: Tables,
        codebook: Codebook,
        *,
        language: str = "nl",
        actors: Sequence[str] | None = None,
        seed: int = 2020,
        figures_at: str | Path = "figures",
        links_to: str | None = PAGE,
    ) -> None:
        self._tables, self._actors, self._seed, self._figures_at = tables, actors, seed, figures_at
        self._links_to = check_page(links_to, "plot")
        self._frames = list(codebook.frames)
        self._words: dict[str, Any] = {"codebook": codebook, "language": language}

    def mentions(self) -> FigureView:
        """Who is mentioned most (notebook 02)."""
        features = only_actors(self._tables.features, self._actors)
        chosen = ["article_id", "actor_id", "n_mentions", "prominence"]
        return self._draw("mentions", plot_mentions, describe_mentions, features, data=features[chosen])

    def voices(self) -> FigureView:
        """Who speaks, and how long; `actors` are the speakers (notebook 03)."""
        articles = self._tables.articles
        quotes = only_actors(self._tables.quotes, self._actors, column="source_id")
        shown = with_words(quotes, articles)[["quote_id", "source_id", "kind", "words"]]
        return self._draw("voices", plot_voices, describe_voices, quotes, articles, data=shown)

    def tone(self) -> FigureView:
        """How each actor is evaluated, in the outlet's own voice and quoted (notebook 04)."""
        estimates = self._estimate_tone("actor_id", "voice")
        return self._draw("tone", plot_tone, describe_tone, estimates)

    def frames_by_method(self) -> FigureView:
        """How often each frame is present, by each method that answers (notebook 05)."""
        units = frame_units_by_method(self._tables, frame_ids=self._frames)
        shares = self._estimate(units, "present", "frame_id", "answered_by")
        return self._draw("frames_by_method", plot_frames_by_method, describe_frame_methods, shares)

    def frames_by_paragraph(self) -> FigureView:
        """In which paragraphs each frame is present (notebook 05)."""
        shares = self._estimate(frame_units(self._tables, frame_ids=self._frames), "present", "frame_id", "paragraph")
        return self._draw("frames_by_paragraph", plot_frames_by_paragraph, describe_frames_by_paragraph, shares)

    def frames_by_actor(self) -> FigureView:
        """Which frames are present where an actor is mentioned (notebook 05)."""
        features = only_actors(self._tables.features, self._actors)
        chosen = ["article_id", "actor_id", "n_sentences_actor", *features.filter(like="frame_").columns]
        return self._draw(
            "frames_by_actor", plot_frames_by_actor, describe_frames_by_actor, features, data=features[chosen]
        )

    def frames_by_voice(self) -> FigureView:
        """Which frames the outlet and its sources use (notebook 05)."""
        counts = count_frames_by_voice(self._tables, frame_ids=self._frames)
        return self._draw("frames_by_voice", plot_frames_by_voice, describe_frames_by_voice, counts)

    def who_on_whom(self) -> FigureView:
        """Mean polarity of every source towards every target, as a heatmap (notebook 06)."""
        pairs = self._estimate_tone("source_id", "actor_id")
        return self._draw("who_on_whom", plot_who_on_whom, describe_pairs, pairs)

    def pairs(self) -> FigureView:
        """Who judges whom most often, as a ranked list (notebook 06)."""
        pairs = self._estimate_tone("source_id", "actor_id")
        return self._draw("pairs", plot_pairs, describe_ranked_pairs, pairs)

    def actions(self) -> FigureView:
        """Who does what to whom; of all actors (notebook 06)."""
        deeds = self._tables.actions
        chosen = ["action_id", "agent_id", "predicate", "patient_id", "voice", "valence"]
        return self._draw("actions", plot_actions, describe_actions, deeds, data=deeds[chosen])

    def agency(self) -> FigureView:
        """Who acts, and who undergoes (notebook 08)."""
        by_actor = only_actors(agency(self._tables.actions), self._actors, column="patient_id")
        return self._draw("agency", plot_agency, describe_agency, by_actor)

    def left_out(self) -> FigureView:
        """Of which deeds the doer is left out; of all actors (notebook 08)."""
        by_event = agency(self._tables.actions, by="event")
        return self._draw("left_out", plot_left_out, _describe_left_out, by_event)

    def roles(self) -> FigureView:
        """Who is cast as hero, villain or victim (notebook 09)."""
        counts = only_actors(count_roles(self._tables.role_evidence), self._actors)
        return self._draw("roles", plot_roles, describe_roles, counts)

    def functions(self) -> FigureView:
        """Who defines, blames, judges and demands; all sources (notebook 09)."""
        counts = count_functions(self._tables.functions)
        return self._draw("functions", plot_functions, describe_functions, counts)

    def functions_by_actor(self) -> FigureView:
        """Whom problems, blame, judgements and demands are about (notebook 09)."""
        counts = only_actors(count_functions(self._tables.functions, by="actor_id"), self._actors)
        return self._draw("functions_by_actor", plot_functions, describe_functions, counts)

    def _estimate(self, units: pd.DataFrame, measure: str, *by: str) -> pd.DataFrame:
        return estimate(units, measure, by=list(by), rng=np.random.default_rng(self._seed))

    def _estimate_tone(self, *by: str) -> pd.DataFrame:
        units = only_actors(tone_units(self._tables), self._actors)
        return add_sides(self._estimate(units, "polarity", *by), units)

    def _draw(
        self,
        name: str,
        plot: Callable[..., Figure],
        describe: Callable[..., str],
        *drawn: pd.DataFrame,
        data: pd.DataFrame | None = None,
    ) -> FigureView:
        """Draw tables and tell what they say; what is stored is the first of them, or `data`."""
        figure, finding = plot(*drawn, **self._words), describe(*drawn, **self._words)
        alt = word(f"alt_{name}", self._words["language"])
        shown = drawn[0] if data is None else data
        return show_figure(
            figure, name, alt=alt, finding=finding, data=shown, folder=self._figures_at, links_to=self._links_to
        )

    def __getattr__(self, name: str) -> Callable[[], FigureView]:
        """Called for what there is not."""
        if name.startswith("_"):
            raise AttributeError(name)
        near = get_close_matches(name, CHARTS, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise UnknownChartError(f"plot: there is no chart '{name}'; {hint}There are {', '.join(CHARTS)}")

    def __dir__(self) -> list[str]:
        """The charts, to offer for completion."""
        return list(CHARTS)

    def __repr__(self) -> str:
        return f"charts: {', '.join(CHARTS)}"


def _describe_left_out(by_event: pd.DataFrame, *, codebook: Codebook, language: str) -> str:  # noqa: ARG001  as others
    return describe_left_out(by_event, language=language)


CHARTS = tuple(name for name in vars(Charts) if not name.startswith("_"))
"""Names of the charts, in the order of the notebooks."""
