"""The room of display: charts, tables, the evidence view, and `explain`.

Reads tables; returns figures, HTML and text. Nothing here computes a statistic: estimates come from measures.

- `plot_mentions`, `plot_voices` (actors), `plot_tone` (tone): one row per actor
- `plot_who_on_whom`, `plot_pairs`, `plot_actions` (relations): pairs of actors
- `plot_agency`, `plot_left_out` (agency): who acts, who undergoes, who is left out
- `plot_groups`, `plot_over_time` (comparing): a measure per outlet, period or voice, and over time
- `plot_differences` (differences): which group departs from the others
- `plot_methods`, `plot_errors`, `plot_reliability`, `plot_gaps`, `plot_coverage` (validity): how far to trust the rest
- `plot_frames_by_paragraph`, `plot_frames_by_actor` (frames)
- `plot_roles`, `plot_functions` (roles): who is cast as what; who defines, blames, judges, demands
- `plot_microframes`, `plot_profiles` (microframes): actors between opposite meanings
- `show_table`, `show_figure` (show): the only ways to show or save
- `show_evidence`, `write_evidence` (evidence): an article with what was found in it
- `Charts` (facade): the charts of notebooks 02 to 09, a line each; `analysis.Study` holds them as ``study.plot``
- `explain` (explaining): any row or estimate, as the sentences it came from
- `links`, `browsing`: names in charts that open the evidence browser, and the browser in a notebook
- `style`, `words`: palettes, type, chart words

A name is imported when it is first used, so that `explain` does not wait for the charts' libraries.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.display.charts import style
    from analysis.display.charts.actors import plot_mentions, plot_voices
    from analysis.display.charts.agency import plot_agency, plot_left_out
    from analysis.display.charts.comparing import plot_groups, plot_over_time
    from analysis.display.charts.differences import plot_differences
    from analysis.display.charts.facade import Charts
    from analysis.display.charts.frames import plot_frames_by_actor, plot_frames_by_paragraph
    from analysis.display.charts.microframes import plot_microframes, plot_profiles
    from analysis.display.charts.relations import plot_actions, plot_pairs, plot_who_on_whom
    from analysis.display.charts.roles import plot_functions, plot_roles
    from analysis.display.charts.tone import plot_tone
    from analysis.display.charts.validity import plot_coverage, plot_errors, plot_gaps, plot_methods, plot_reliability
    from analysis.display.explanations.evidence import show_evidence, write_evidence
    from analysis.display.explanations.explain import explain
    from analysis.display.explanations.explanation import Explanation
    from analysis.display.show import show_figure, show_table

_HOMES = {
    "plot_mentions": "charts.actors",
    "plot_tone": "charts.tone",
    "plot_voices": "charts.actors",
    "plot_who_on_whom": "charts.relations",
    "plot_pairs": "charts.relations",
    "plot_actions": "charts.relations",
    "plot_agency": "charts.agency",
    "plot_left_out": "charts.agency",
    "plot_groups": "charts.comparing",
    "plot_differences": "charts.differences",
    "plot_over_time": "charts.comparing",
    "plot_frames_by_paragraph": "charts.frames",
    "plot_frames_by_actor": "charts.frames",
    "plot_methods": "charts.validity",
    "plot_errors": "charts.validity",
    "plot_reliability": "charts.validity",
    "plot_gaps": "charts.validity",
    "plot_coverage": "charts.validity",
    "plot_functions": "charts.roles",
    "plot_roles": "charts.roles",
    "plot_microframes": "charts.microframes",
    "plot_profiles": "charts.microframes",
    "show_table": "show",
    "show_figure": "show",
    "show_evidence": "explanations.evidence",
    "write_evidence": "explanations.evidence",
    "explain": "explanations.explain",
    "Explanation": "explanations.explanation",
    "Charts": "charts.facade",
}

__all__ = [
    "Charts",
    "Explanation",
    "explain",
    "plot_actions",
    "plot_agency",
    "plot_coverage",
    "plot_differences",
    "plot_errors",
    "plot_frames_by_actor",
    "plot_frames_by_paragraph",
    "plot_functions",
    "plot_gaps",
    "plot_groups",
    "plot_left_out",
    "plot_mentions",
    "plot_methods",
    "plot_microframes",
    "plot_over_time",
    "plot_pairs",
    "plot_profiles",
    "plot_reliability",
    "plot_roles",
    "plot_tone",
    "plot_voices",
    "plot_who_on_whom",
    "show_evidence",
    "show_figure",
    "show_table",
    "style",
    "write_evidence",
]


def __getattr__(name: str) -> Any:
    if name == "style":
        return import_module("analysis.display.charts.style")
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis.display' has no attribute '{name}'")
    return getattr(import_module(f"analysis.display.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
